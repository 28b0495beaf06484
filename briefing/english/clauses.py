"""A sentence as clauses: who does what to whom, and which clause another one governs.

It reads chunks from left to right with the few rules that news prose needs: lists and appositions
before a verb, subjects that go on behind `and`, clauses and infinitives that a verb or a noun
takes, relative clauses, and reports behind a comma. It knows no meaning of any verb but those of
speech.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from briefing.english.chunks import Chunk, VerbGroup, read_chunks
from briefing.english.lexicon import read_words
from briefing.english.tokens import Stream
from briefing.english.verbs import cue_kinds
from briefing.english.word_classes import CAPITAL, GENITIVE

Link = Literal["main", "that", "to", "ing", "noun", "relative", "reduced", "and", "if", "because"]
"""How a clause hangs on its governor.

`that` is what somebody says or thinks, with or without the word; `to` and `ing` are complements of
a verb, `noun` the complement of a noun (`plan to`); `reduced` is a relative clause without a finite
verb; `if` supposes or asks; `because` is any other subordinate clause.
"""
SubjectKind = Literal["own", "shared", "controlled", "antecedent", "none"]

_BEFORE_EITHER: Final = read_words("english", "clauses", "before_either")
_SUPPOSING: Final = read_words("english", "clauses", "supposing")
_GOVERNS_INFINITIVE: Final = read_words("english", "clauses", "noun_with_to")
_LEAVES_OBJECT: Final = read_words("english", "clauses", "small_clause")
COPULAS: Final = read_words("english", "clauses", "copula")
MAX_LIST: Final = 60
"""The longest list of nouns, in chunks."""


class Part(NamedTuple):
    """What a preposition adds to a clause: the word, its token, and the nouns behind it."""

    word: str
    at: int
    nouns: tuple[Chunk, ...]


class Clause(NamedTuple):
    """A verb with its subject and object, each a tuple of noun chunks (lists, appositions).

    Of a passive verb the subject is what the verb is done to, and `by` in `parts` brings who does
    it. `governor` is the number of the clause it hangs on, -1 for none; `noun` is the token of
    the noun that takes it, -1 for none.
    """

    verb: VerbGroup
    subject: tuple[Chunk, ...] = ()
    subject_kind: SubjectKind = "none"
    objects: tuple[Chunk, ...] = ()
    parts: tuple[Part, ...] = ()
    governor: int = -1
    link: Link = "main"
    noun: int = -1
    before: str = ""
    """The preposition or subordinator that the clause stands behind."""


def read_clauses(stream: Stream, first: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of the sentence from token `first` to `end` (exclusive), in order."""
    return _Builder(stream, read_chunks(stream, first, end)).read()


class _Builder:
    """Puts chunks together; `groups` are the noun lists before the next verb, `waiting` those that
    an aside or a subordinate clause has cut off from theirs.
    """

    __slots__ = (
        "at",
        "behind",
        "chunks",
        "clauses",
        "groups",
        "link",
        "lower",
        "stream",
        "waiting",
    )

    def __init__(self, stream: Stream, chunks: Sequence[Chunk]) -> None:
        self.stream, self.lower = stream, stream.lower
        self.chunks = chunks
        self.clauses: list[Clause] = []
        self.groups: list[tuple[Chunk, ...]] = []
        self.waiting: list[tuple[Chunk, ...]] = []
        self.link: Link | None = None
        self.behind = ""
        self.at = 0

    def read(self) -> tuple[Clause, ...]:
        while self.at < len(self.chunks):
            chunk = self.chunks[self.at]
            if chunk.verb is not None:
                self._add_verb(chunk.verb)
                self.at += 1
            elif chunk.kind == "noun":
                self._add_nouns()
            else:
                self._join(chunk)
        self._mark_reports()
        return tuple(self.clauses)

    # -- looking around --------------------------------------------------------------------
    def _kind(self, at: int) -> str:
        return self.chunks[at].kind if 0 <= at < len(self.chunks) else ""

    def _verb(self, at: int) -> VerbGroup | None:
        return self.chunks[at].verb if 0 <= at < len(self.chunks) else None

    def _is_finite(self, at: int) -> bool:
        verb = self._verb(at)
        return verb is not None and verb.form == "finite"

    def _list_from(self, at: int) -> list[int]:
        """Return the numbers of the nouns of a list that begins at a chunk."""
        members = [at]
        place = at + 1
        while len(members) < MAX_LIST:
            if self._is_comma(place) and self._kind(place + 1) == "noun":
                members.append(place + 1)
                place += 2
            elif self._kind(place) == "," and self._kind(place + 1) == "and":
                place += 1
            elif self._kind(place) == "and" and self._kind(place + 1) == "noun":
                if self.lower[self.chunks[place].first] not in ("and", "or", "&", "nor"):
                    break
                members.append(place + 1)
                place += 2
                if self._kind(place) != "," or self._kind(place + 1) != "and":
                    break
            else:
                break
        return members

    def _is_comma(self, at: int) -> bool:
        return self._kind(at) == "," and self.stream.words[self.chunks[at].first] == ","

    def _put_off(self) -> None:
        """Let the nouns so far wait for a verb behind what begins here."""
        self.waiting += self.groups
        self.groups.clear()

    def _has_and(self, members: Sequence[int]) -> bool:
        return len(members) > 1 and self._kind(members[-1] - 1) == "and"

    def _behind_parts(self, at: int) -> int:
        """Return the chunk behind the prepositional phrases that begin at a chunk."""
        while self._kind(at) == "preposition" and self._kind(at + 1) == "noun":
            at += 2
        return at

    # -- nouns -----------------------------------------------------------------------------
    def _add_nouns(self) -> None:
        """Give a list of nouns to the verb before it, or keep it for the verb behind it."""
        members = self._list_from(self.at)
        if not self._has_and(members):
            members = members[:1]
        behind = self._behind_parts(members[-1] + 1)
        opens_clause = self._is_finite(behind) and (
            self._has_and(members) or not self._is_leftover(behind)
        )
        current = self.clauses[-1] if self.clauses else None
        reduced = (
            current is not None and current.link == "reduced" and self._waits_for_verb(current)
        )
        takes = (
            current is not None
            and (not self.groups or reduced)
            and self.link is None
            and not self._opens_coordinate()
        )
        if reduced and takes and self._directly_behind_verb():
            self._give_object(members)
            self.at = members[-1] + 1
            return
        if takes and opens_clause and self._has_and(members) and self._ends_object(members):
            taken = members[: -1 if len(members) == 2 else -2]
            self._give_object(taken[:1] if len(members) == 2 else taken)
            self.at = members[-1]
            self._open_group(members[-1:])
            return
        if takes and not opens_clause and self._directly_behind_verb():
            self._give_object(members)
            self.at = members[-1] + 1
            return
        self._open_group(members)

    def _waits_for_verb(self, clause: Clause) -> bool:
        """Whether the nouns that a reduced clause adds to still wait for their own verb."""
        return bool(self.groups) and clause.subject[-1:] == self.groups[-1][-1:]

    def _opens_coordinate(self) -> bool:
        """Whether a new clause is joined here: behind `but`, or behind a comma and `and`."""
        if self._kind(self.at - 1) != "and":
            return False
        word = self.lower[self.chunks[self.at - 1].first]
        return word in ("but", "yet") or self._kind(self.at - 2) == ","

    def _open_group(self, members: Sequence[int]) -> None:
        self.groups.append(tuple(self.chunks[one] for one in members))
        self.at = members[-1] + 1
        while self._kind(self.at) == "preposition" and self._kind(self.at + 1) == "noun":
            if self.lower[self.chunks[self.at].first] in _BEFORE_EITHER and self._is_finite(
                self.at + 2
            ):
                break
            self.at += 2  # what hangs on a subject is no part of its verb

    def _ends_object(self, members: Sequence[int]) -> bool:
        """Whether the last of a list behind a verb is the subject of the next: `… and Poland keeps`."""
        verb = self.clauses[-1].verb
        return self._directly_behind_verb() and "clause" not in cue_kinds(verb.lemma)

    def _directly_behind_verb(self) -> bool:
        """Whether nothing but objects stands between the last verb and here."""
        return self._kind(self.at - 1) in ("verb", "noun") or (
            self._kind(self.at - 1) == "and" and bool(self.clauses[-1].objects)
        )

    def _give_object(self, members: Sequence[int]) -> None:
        clause = self.clauses[-1]
        if not clause.objects:
            nouns = tuple(self.chunks[one] for one in members)
            self.clauses[-1] = clause._replace(objects=nouns)

    def _is_leftover(self, at: int) -> bool:
        """Whether a past form behind an object is a participle: `wants the ban lifted`."""
        verb = self._verb(at)
        if verb is None or not verb.past or verb.first != verb.head or not self.clauses:
            return False
        if self.groups or self.link is not None or self._kind(self.at - 1) in ("and", ","):
            return False
        kinds = cue_kinds(self.clauses[-1].verb.lemma)
        return not kinds & {"clause", "think"} or self.clauses[-1].verb.lemma in _LEAVES_OBJECT

    # -- words that join -------------------------------------------------------------------
    def _join(self, chunk: Chunk) -> None:
        word = self.lower[chunk.first]
        if chunk.kind == "preposition":
            self._add_part(chunk, word)
            return
        self.at += 1
        if chunk.kind == "subordinator":
            self._put_off()
            self.behind = word
            self.link = "that" if word == "that" else "if" if word in _SUPPOSING else "because"
        elif chunk.kind == "relative":
            self._put_off()
            self.link, self.behind = "relative", word
        elif chunk.kind == ";":
            self.groups.clear()
            self.waiting.clear()
            self.link = None
        elif chunk.kind == "and" and word in ("but", "yet"):
            self.groups.clear()
            self.waiting.clear()

    def _add_part(self, chunk: Chunk, word: str) -> None:
        """Read a preposition with its nouns, and add them to the clause they stand in."""
        at = self.at
        self.at += 1
        if self._kind(at + 1) == "verb":
            self.behind = word
            return
        if self._kind(at + 1) != "noun":
            return
        members = self._list_from(at + 1)
        behind = self._behind_parts(members[0] + 1)
        if word in _BEFORE_EITHER and self._is_finite(behind):
            self._put_off()
            self.link, self.behind = "because", word
            return
        if not self._has_and(members) or self._is_finite(members[-1] + 1):
            members = members[:1]
        verb = self._verb(members[-1] + 1)
        if word == "for" and verb is not None and verb.form == "infinitive":
            self.groups.append(tuple(self.chunks[one] for one in members))
            self.behind = word
        elif self.clauses and self.link is None and self._takes_parts():
            clause = self.clauses[-1]
            nouns = tuple(self.chunks[one] for one in members)
            self.clauses[-1] = clause._replace(
                parts=(*clause.parts, Part(word, chunk.first, nouns))
            )
        self.at = members[-1] + 1

    def _takes_parts(self) -> bool:
        last = self.clauses[-1]
        return not self.groups or (last.link == "reduced" and self._waits_for_verb(last))

    # -- verbs -----------------------------------------------------------------------------
    def _add_verb(self, verb: VerbGroup) -> None:
        if verb.form == "finite":
            clause = self._participle(verb) if self._is_leftover(self.at) else self._finite(verb)
        elif verb.form == "infinitive":
            clause = self._infinitive(verb)
        elif verb.form == "ing":
            clause = self._ing(verb)
        else:
            clause = self._participle(verb)
        self.clauses.append(clause._replace(before=self.behind))
        self.link, self.behind = None, ""

    def _finite(self, verb: VerbGroup) -> Clause:
        number = len(self.clauses) - 1
        link, self.link = self.link, None
        if link == "relative" and not self.groups:
            return Clause(verb, self._antecedent(), "antecedent", governor=number, link="relative")
        if self._is_aside(verb):
            return self._participle(verb)
        if self.groups:
            subject = self._take_subject()
            return self._hang(Clause(verb, subject, "own"), link)
        if self.waiting and self._ends_aside():
            self.groups, self.waiting = self.waiting, []
            return self._hang(Clause(verb, self._take_subject(), "own"), link)
        shared = self._shared(verb)
        if shared is None:
            return Clause(verb, governor=number, link=link or "main")
        governor = self.clauses[shared].governor
        found = self.clauses[shared]
        kind: Link = found.link if found.link in ("that", "if", "relative") else "and"
        return Clause(
            verb, found.subject, "shared", governor=governor if kind != "and" else shared, link=kind
        )

    def _ends_aside(self) -> bool:
        """Whether the verb here goes with nouns before an aside or a clause of their own."""
        last = self.clauses[-1] if self.clauses else None
        return self._kind(self.at - 1) == "," or (
            last is not None and (last.link in ("relative", "reduced", "to") or last.noun >= 0)
        )

    def _is_aside(self, verb: VerbGroup) -> bool:
        """Whether a past form between commas only adds to a noun: `X, also opposed to it, will …`."""
        if not verb.past or verb.first != verb.head or self._kind(self.at - 1) != ",":
            return False
        if not self.groups:
            return False
        for place in range(self.at + 1, len(self.chunks)):
            if self._kind(place) == "," and self._is_finite(place + 1):
                return True
            if self._kind(place) in ("and", "subordinator", ";") and self._is_finite(place + 1):
                return False
        return False

    def _hang(self, clause: Clause, link: Link | None) -> Clause:
        """Return a clause with a subject of its own, hung on the one before it."""
        number = len(self.clauses) - 1
        if number < 0:
            return clause._replace(link=link or "main")
        if link is not None:
            noun = self._noun_before_that() if link == "that" else -1
            return clause._replace(governor=number, link=link, noun=noun)
        first = clause.subject[0].first
        before = self.clauses[number]
        if self._stands_behind(first, before) and cue_kinds(before.verb.lemma) & {
            "clause",
            "think",
        }:
            return clause._replace(governor=number, link="that")
        if self._word_before(first) in ("and", "or") and before.link == "that":
            return clause._replace(governor=before.governor, link="that")
        return clause._replace(governor=-1, link="main")

    def _noun_before_that(self) -> int:
        before = self.at - 1
        while before > 0 and self._kind(before) != "subordinator":
            before -= 1
        return self.chunks[before - 1].head if self._kind(before - 1) == "noun" else -1

    def _word_before(self, token: int) -> str:
        return self.lower[token - 1] if token else ""

    def _stands_behind(self, token: int, clause: Clause) -> bool:
        """Whether a token stands behind a verb or its object without a comma or an `and` between."""
        edge = max([clause.verb.last, *(one.last for one in clause.objects)])
        if clause.parts:
            edge = max(edge, clause.parts[-1].nouns[-1].last)
        between = self.lower[edge + 1 : token]
        return not any(word in (",", "and", "or", "but", "—", "–", "-") for word in between)

    def _take_subject(self) -> tuple[Chunk, ...]:
        """Take the nouns before a verb: the last list, with appositions and the list before it."""
        last = self.groups.pop()
        ends_in_comma = self._kind(self.at - 1) == ","
        names = all(self.stream.flags[one.head] & CAPITAL for one in last)
        while self.groups:
            before = self.groups[-1]
            mark = self.lower[last[0].first - 1] if last[0].first else ""
            is_list = mark == "," and names and len(last) > 1
            joins = is_list or (ends_in_comma and mark in (",", "—", "–", "-"))
            if not joins:
                break
            last = (*self.groups.pop(), *last)
        if ends_in_comma:
            self.groups.clear()
        self._put_off()
        return last

    def _antecedent(self) -> tuple[Chunk, ...]:
        """Return the nouns that a relative pronoun stands for: the last before it."""
        for chunk in reversed(self.chunks[: self.at]):
            if chunk.kind == "noun":
                return () if self._is_agent(chunk) else (chunk,)
        return ()

    def _is_agent(self, noun: Chunk) -> bool:
        """Whether a noun only tells who did what a participle says: `risks posed by China that …`."""
        last = self.clauses[-1] if self.clauses else None
        if last is None or last.link != "reduced" or self._kind(self.at - 2) == ",":
            return False
        return any(part.word == "by" and noun in part.nouns for part in last.parts)

    def _shared(self, verb: VerbGroup) -> int | None:
        """Return the clause whose subject a verb without one takes over, or None."""
        for number in range(len(self.clauses) - 1, -1, -1):
            clause = self.clauses[number]
            if clause.verb.form == "finite" and clause.subject_kind in ("own", "shared"):
                return number
            if clause.link == "relative" and self._kind(self.at - 1) == "and":
                return number
        return None

    def _infinitive(self, verb: VerbGroup) -> Clause:
        number = len(self.clauses) - 1
        if self.groups and self._kind(self.at - 1) != "verb":
            last = self.groups[-1]
            if self.behind == "for":
                self.groups.pop()
                return Clause(verb, last, "own", governor=number, link="to")
            noun = last[-1]
            if self.lower[noun.head] in _GOVERNS_INFINITIVE:
                return Clause(verb, (noun,), "none", governor=number, link="noun", noun=noun.head)
            return Clause(verb, governor=number, link="because")
        if number < 0:
            return Clause(verb)
        clause = self.clauses[number]
        before = self.chunks[self.at - 1]
        if before.kind == "and" and clause.link in ("to", "noun"):
            return clause._replace(verb=verb, objects=(), parts=())
        if before.kind == "noun" and self.lower[before.head] in _GOVERNS_INFINITIVE:
            return Clause(
                verb, clause.subject, "controlled", governor=number, link="noun", noun=before.head
            )
        wished = next((one for one in reversed(clause.parts) if one.word == "for"), None)
        if before.kind == "noun" and wished is not None and not clause.objects:
            return Clause(verb, wished.nouns, "own", governor=number, link="to", before="for")
        if before.kind == "noun" and clause.parts and before in clause.parts[-1].nouns:
            nouns = clause.parts[-1].nouns
            return Clause(verb, nouns, "controlled", governor=number, link="to")
        if clause.objects and before.kind == "noun" and clause.verb.lemma not in COPULAS:
            return Clause(verb, clause.objects, "controlled", governor=number, link="to")
        return Clause(verb, clause.subject, "controlled", governor=number, link="to")

    def _ing(self, verb: VerbGroup) -> Clause:
        number = len(self.clauses) - 1
        before = self._kind(self.at - 1)
        if before == "noun":
            noun = self.groups[-1] if self.groups else (self.chunks[self.at - 1],)
            return Clause(verb, noun, "antecedent", governor=number, link="reduced")
        if number < 0:
            return Clause(verb)
        return Clause(verb, self.clauses[number].subject, "controlled", governor=number, link="ing")

    def _participle(self, verb: VerbGroup) -> Clause:
        verb = verb._replace(form="participle", passive=True, past=False)
        number = len(self.clauses) - 1
        before = self._kind(self.at - 1)
        if self.groups:
            return Clause(verb, self.groups[-1], "antecedent", governor=number, link="reduced")
        if before == "noun" and number >= 0:
            clause = self.clauses[number]
            noun = self.chunks[self.at - 1]
            is_object = noun in clause.objects and clause.verb.lemma in _LEAVES_OBJECT
            link: Link = "to" if is_object else "reduced"
            return Clause(verb, (noun,), "antecedent", governor=number, link=link)
        subject = self.clauses[number].subject if number >= 0 else ()
        return Clause(verb, subject, "controlled", governor=number, link="reduced")

    # -- reports behind what they report ---------------------------------------------------
    def _mark_reports(self) -> None:
        """Hang the clauses before `…, Mr Roe argued` on that report."""
        number = len(self.clauses) - 1
        while number > 0 and self.clauses[number].link not in ("main", "and"):
            number -= 1
        if number <= 0:
            return
        report = self.clauses[number]
        governs = any(
            one.governor == number and one.link not in ("if", "because") for one in self.clauses
        )
        kinds = cue_kinds(report.verb.lemma)
        if report.subject_kind != "own" or "clause" not in kinds or governs:
            return
        if report.objects and "hearer" not in kinds:
            return
        if self._word_before(report.subject[0].first) != ",":
            return
        for place, clause in enumerate(self.clauses[:number]):
            if clause.link == "main":
                self.clauses[place] = clause._replace(governor=number, link="that")


def has_genitive(stream: Stream, chunk: Chunk) -> bool:
    """Whether a noun phrase holds a possessive: `Germany's decision`."""
    return any(flag & GENITIVE for flag in stream.flags[chunk.first : chunk.last + 1])
