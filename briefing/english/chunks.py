"""A sentence as chunks: noun phrases, groups of verbs and the words that join them."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from briefing.english.lexicon import read_words
from briefing.english.tokens import Stream
from briefing.english.verb_forms import BASE, ING, NOUN_TOO, PARTICIPLE, PAST, THIRD, verb_form
from briefing.english.verbs import cue_kinds
from briefing.english.word_classes import (
    ADV,
    AUX,
    BODY,
    CAPITAL,
    CONJ,
    DET,
    GENITIVE,
    PERSON,
    POSS,
    PREP,
    PRON,
    PUNCT,
    QUOTE,
    REL,
    SUB,
    TIME,
    WORD,
)

ChunkKind = Literal["noun", "verb", "preposition", "subordinator", "relative", "and", ",", ";", "("]
Finiteness = Literal["finite", "infinitive", "participle", "ing"]

_BE: Final = read_words("english", "grammar", "be") | {"'s", "’s", "'re", "’re", "'m", "’m"}
_HAVE: Final = frozenset(("has", "have", "had", "having", "'ve", "’ve"))
_DO: Final = frozenset(("do", "does", "did"))
_MODALS: Final = {
    **{
        word: word
        for word in ["will", "would", "can", "could", "may", "might", "must", "shall", "should"]
    },
    "'ll": "will",
    "’ll": "will",
    "'d": "would",
    "’d": "would",
    "cannot": "can",
    "wo": "will",
    "ca": "can",
    "sha": "shall",
}
_CLITICS: Final = ("'ll", "’ll", "'ve", "’ve", "'re", "’re", "'d", "’d", "'m", "’m")
_NEGATIONS: Final = frozenset(("not", "never", "nor"))
_PRESENT_BE: Final = frozenset(("is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"))
_SUBORDINATORS: Final = read_words("english", "clauses", "subordinator")
_RELATIVES: Final = frozenset(("who", "which", "whom", "whose"))
_TIMES_OF_CLAUSE: Final = read_words("english", "clauses", "before_either")
_PLURAL_PRONOUNS: Final = frozenset(("they", "we", "you", "i", "who", "which", "that", "both"))
_SINGULAR_PRONOUNS: Final = frozenset(("he", "she", "it", "who", "which", "that", "this"))
_PLURAL_NOUNS: Final = read_words("english", "grammar", "plural")
_OBJECT_PREPOSITIONS: Final = read_words("english", "clauses", "after_verb")
_DEGREES: Final = frozenset(("very", "more", "most", "less", "so", "too", "how", "as"))
_BREAKS: Final = frozenset((";", ":"))
_DASHES: Final = frozenset(("—", "–", "-"))
_PARTICLES: Final = frozenset(("up", "out", "off", "down", "away"))
MAX_BRACKET: Final = 40
"""The longest aside in brackets, in tokens."""
MAX_GROUP: Final = 8
"""The longest group of verbs, in tokens."""


class VerbGroup(NamedTuple):
    """A main verb with its auxiliaries: tokens `first` to `last`, the main verb at `head`.

    `lemma` is that of the main verb, `be`, `have` or `do` where an auxiliary stands alone. `past`
    is told of a finite group without a modal verb only.
    """

    first: int
    last: int
    head: int
    lemma: str
    form: Finiteness
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    perfect: bool = False
    past: bool = False


class Chunk(NamedTuple):
    """A piece of a sentence, tokens `first` to `last`; `head` is the noun or verb it turns on.

    A noun phrase holds what `of` joins to it; its head stands before that.
    """

    kind: ChunkKind
    first: int
    last: int
    head: int
    verb: VerbGroup | None = None


def read_chunks(stream: Stream, first: int, end: int) -> list[Chunk]:
    """Cut the tokens from `first` to `end` (exclusive) into chunks, in order; adverbs are skipped.

    Marks of quotation are skipped as well, so that words in marks take part in the sentence.
    """
    return _Chunker(stream, first, end).read()


class _Chunker:
    """Reads one sentence from left to right; what stood before decides between noun and verb."""

    __slots__ = ("chunks", "end", "expected", "first", "flags", "lower", "words")

    def __init__(self, stream: Stream, first: int, end: int) -> None:
        self.flags, self.lower, self.words = stream.flags, stream.lower, stream.words
        self.first, self.end = first, end
        self.chunks: list[Chunk] = []
        self.expected: tuple[int, Finiteness | None] = (-1, None)

    def read(self) -> list[Chunk]:
        at = self.first
        while at < self.end:
            at = max(self._step(at), at + 1)
        return self.chunks

    # -- one chunk -------------------------------------------------------------------------
    def _step(self, at: int) -> int:
        """Read the chunk at a token; return the token behind it."""
        flag, word = self.flags[at], self.lower[at]
        if flag & PUNCT:
            return self._mark(at)
        if flag & QUOTE or not flag & (WORD | GENITIVE):
            return at + 1
        group = self._verb_group(at)
        if group is not None:
            self.chunks.append(Chunk("verb", group.first, group.last, group.head, group))
            return group.last + 1
        kind = self._joining(at)
        if kind == "preposition" and (self._opens_time(at + 1) or self._is_particle(at)):
            return at + 1
        if kind is not None:
            self.chunks.append(Chunk(kind, at, at, at))
            return at + 1
        if self._is_skipped(at, flag, word):
            return at + 1
        return self._noun_phrase(at)

    def _mark(self, at: int) -> int:
        word = self.words[at]
        if word == "," or word in _DASHES:
            self.chunks.append(Chunk(",", at, at, at))
        elif word in _BREAKS:
            self.chunks.append(Chunk(";", at, at, at))
        elif word in "([":
            for close in range(at + 1, min(self.end, at + MAX_BRACKET)):
                if self.words[close] in ")]":
                    return close + 1
        return at + 1

    def _is_skipped(self, at: int, flag: int, word: str) -> bool:
        """Whether a word tells only when or how."""
        if word == "short" and self.lower[at + 1 : at + 2] == ("of",):
            return True
        if flag & CAPITAL:
            is_day = bool(flag & TIME) and word not in ("may", "march")
            return is_day or (at == self.first and bool(flag & ADV))
        return bool(flag & (ADV | TIME)) and not flag & (DET | PRON)

    def _joining(self, at: int) -> ChunkKind | None:
        """Return the kind of a word that joins phrases or clauses, None for any other."""
        flag, word = self.flags[at], self.lower[at]
        if flag & CAPITAL and at > self.first:
            return None
        if word == "that":
            return self._kind_of_that(at)
        if word in _RELATIVES:
            return "relative"
        if word in _SUBORDINATORS:
            return "subordinator"
        if word == "where":
            return "relative" if self._last_kind() in ("noun", ",") else "subordinator"
        if flag & CONJ and word not in ("so", "for"):
            return "and"
        if flag & PREP or word == "for":
            return "preposition"
        return None

    def _is_particle(self, at: int) -> bool:
        """Whether a preposition belongs to the verb before it: `stepped up pressure`."""
        return self.lower[at] in _PARTICLES and self._last_kind() == "verb"

    def _opens_time(self, at: int) -> bool:
        """Whether a preposition tells when: `on Tuesday`, `in March`, `at last`."""
        if at >= self.end or not self.flags[at] & TIME or self.flags[at] & DET:
            return False
        behind = at + 1
        while behind < self.end and (self.flags[behind] & TIME or self.words[behind].isdigit()):
            behind += 1
        return behind >= self.end or not self._plain_noun_at(behind) or self._may_be_verb(behind)

    def _kind_of_that(self, at: int) -> ChunkKind | None:
        last = self._last_kind()
        if last == "noun" and self._starts_verb(at + 1):
            return "relative"
        follows = self.flags[at + 1] if at + 1 < self.end else 0
        if last in ("verb", "noun", ",", "and") and follows & WORD:
            is_determiner = last == "verb" and not follows & (DET | POSS | PRON | CAPITAL)
            nominal = is_determiner and not self.lower[at + 1].endswith("s")
            return None if nominal and not self._verb_within(at + 1, 6) else "subordinator"
        return None if last == "preposition" or last is None else "subordinator"

    def _verb_within(self, at: int, count: int) -> bool:
        return any(
            self.flags[place] & AUX or self._may_be_verb(place)
            for place in range(at + 1, min(self.end, at + count))
        )

    def _may_be_verb(self, at: int) -> bool:
        known = verb_form(self.lower[at])
        return known is not None and not known.forms & NOUN_TOO

    def _starts_verb(self, at: int) -> bool:
        while at < self.end and self.flags[at] & ADV and not self.flags[at] & CAPITAL:
            at += 1
        if at >= self.end:
            return False
        known = verb_form(self.lower[at])
        return bool(self.flags[at] & AUX) or (
            known is not None
            and not self.flags[at] & (CAPITAL | DET)
            and not (known.forms & NOUN_TOO and self._noun_follows(at + 1))
        )

    def _noun_follows(self, at: int) -> bool:
        return at < self.end and bool(self.flags[at] & AUX)

    def _last_kind(self) -> ChunkKind | None:
        return self.chunks[-1].kind if self.chunks else None

    # -- noun phrases ----------------------------------------------------------------------
    def _noun_phrase(self, at: int) -> int:
        """Read a noun phrase, and those that `of` joins to it; return the token behind it."""
        stop, head = self._base(at)
        last = stop - 1
        while stop + 1 < self.end and self.lower[stop] == "of" and not self._is_gerund(stop + 1):
            stop, _ = self._base(stop + 1)
            if stop - 1 <= last + 1:
                break
            last = stop - 1
        self.chunks.append(Chunk("noun", at, last, head))
        return last + 1

    def _is_gerund(self, at: int) -> bool:
        known = verb_form(self.lower[at])
        return known is not None and bool(known.forms & ING) and self._verb_at(at) is not None

    def _base(self, at: int) -> tuple[int, int]:
        """Return the token behind a noun with what stands before it, and the noun."""
        place = at
        while place < self.end:
            flag = self.flags[place]
            if flag & GENITIVE:
                if self._last_is_pronoun(place):
                    break
            elif not flag & WORD or (place > at and self._ends_phrase(at, place)):
                break
            place += 1
            if flag & PRON and not flag & (DET | CAPITAL) and place == at + 1:
                break
        return place, place - 1

    def _last_is_pronoun(self, at: int) -> bool:
        return at > self.first and bool(self.flags[at - 1] & PRON)

    def _ends_phrase(self, at: int, place: int) -> bool:
        flag = self.flags[place]
        if flag & CAPITAL:
            return bool(flag & TIME) and self.lower[place] not in ("may", "march")
        if flag & (PREP | CONJ | SUB | REL | AUX | PRON) and not flag & DET:
            return True
        if flag & DET and self.lower[place] in ("the", "a", "an", "this", "that", "these"):
            return True
        if flag & POSS:
            return True
        if flag & (ADV | TIME) and not self.flags[place - 1] & (DET | POSS | GENITIVE):
            return not flag & DET
        form = self._verb_at(place, inside=at)
        self.expected = (place, form)
        return form is not None

    # -- verbs -----------------------------------------------------------------------------
    def _verb_group(self, at: int) -> VerbGroup | None:
        """Read the group of verbs that begins at a token, or return None."""
        flag, word = self.flags[at], self.lower[at]
        if flag & CAPITAL and not (at == self.first and flag & AUX):
            return None
        if word == "to":
            return self._infinitive(at)
        if word in _NEGATIONS and not self._auxiliary_behind(at + 1):
            return self._negated_verb(at)
        if flag & AUX or word in _NEGATIONS or (flag & GENITIVE and self._last_is_pronoun(at)):
            return self._with_auxiliaries(at)
        if flag & ADV and not flag & AUX:
            return None
        form = self.expected[1] if self.expected[0] == at else self._verb_at(at)
        if form is None:
            return None
        lemma = verb_form(word)
        assert lemma is not None
        return VerbGroup(at, at, at, lemma.lemma, form, past=form == "finite" and self._is_past(at))

    def _auxiliary_behind(self, at: int) -> bool:
        at = self._skip_adverbs(at)
        return at < self.end and bool(self.flags[at] & AUX)

    def _negated_verb(self, at: int) -> VerbGroup | None:
        """Read a verb that `not` stands before without an auxiliary: `restrict but not forbid`."""
        place = self._skip_adverbs(at + 1)
        if place >= self.end or self.flags[place] & CAPITAL:
            return None
        known = verb_form(self.lower[place])
        verb = next((one.verb for one in reversed(self.chunks[-4:]) if one.verb), None)
        if known is not None and known.forms & (PAST | THIRD) and self._last_kind() == "noun":
            return VerbGroup(
                at, place, place, known.lemma, "finite", negated=True, past=bool(known.forms & PAST)
            )
        if known is None or verb is None or self._last_kind() not in ("and", ",", "verb"):
            return None
        if known.forms & BASE and (verb.modal or verb.form == "infinitive"):
            return verb._replace(first=at, last=place, head=place, lemma=known.lemma, negated=True)
        if known.forms & ING and self._last_kind() == "and" and verb.form == "ing":
            return VerbGroup(at, place, place, known.lemma, "ing", negated=True)
        return None

    def _is_past(self, at: int) -> bool:
        known = verb_form(self.lower[at])
        return known is not None and bool(known.forms & PAST) and not known.forms & BASE

    def _infinitive(self, at: int) -> VerbGroup | None:
        place = self._skip_adverbs(at + 1)
        negated = any(self.lower[one] in _NEGATIONS for one in range(at, place))
        if place >= self.end or self.flags[place] & CAPITAL:
            return None
        if self.lower[place] in ("be", "have"):
            group = self._with_auxiliaries(place)
            if group is None:
                return None
            return group._replace(first=at, form="infinitive", negated=group.negated or negated)
        known = verb_form(self.lower[place])
        if self.lower[place] == "do":
            return VerbGroup(at, place, place, "do", "infinitive", negated=negated)
        if (
            known is None
            or not known.forms & BASE
            or self._reads_as_noun_after_to(place, known.forms)
        ):
            return None
        return VerbGroup(at, place, place, known.lemma, "infinitive", negated=negated)

    def _reads_as_noun_after_to(self, at: int, forms: int) -> bool:
        """Whether `to` is a preposition: `opposed to change`, `close to agreement`."""
        if not forms & NOUN_TOO or at + 1 >= self.end:
            return False
        follows = self.flags[at + 1]
        before = self.lower[at - 2] if at - 2 >= self.first else ""
        return before in ("opposed", "access", "response", "due", "subject", "exposed") or bool(
            follows & AUX
        )

    def _skip_adverbs(self, at: int) -> int:
        while at < self.end and (
            (self.flags[at] & ADV and not self.flags[at] & (AUX | CAPITAL))
            or self.lower[at] in _NEGATIONS
            or self.words[at] in "\"“”‘’'"
        ):
            at += 1
        return at

    def _with_auxiliaries(self, at: int) -> VerbGroup | None:
        """Read auxiliaries and the main verb behind them."""
        modal: str | None = None
        negated = perfect = been = passive = progressive = past = did = False
        first, place, last_aux = at, at, -1
        while place < min(self.end, at + MAX_GROUP):
            word, flag = self.lower[place], self.flags[place]
            if word == "no" and self.lower[place + 1 : place + 2] == ("longer",):
                negated, place = True, place + 2
                continue
            if word in _NEGATIONS or word.endswith(("n't", "n’t")) or word == "cannot":
                negated = True
            bare = word.removesuffix("n't").removesuffix("n’t")
            if bare in _MODALS and flag & (AUX | WORD):
                modal = _MODALS[bare]
            elif bare in _HAVE:
                perfect, past = True, past or bare == "had"
            elif bare in _BE or bare == "is":
                been, past = True, past or bare in ("was", "were")
                passive = False
            elif bare in _DO:
                did, past = True, past or bare == "did"
            elif (
                word in _NEGATIONS
                or (flag & ADV and not flag & CAPITAL)
                or (flag & TIME and not flag & (DET | CAPITAL))
                or self.words[place] in "\"“”‘’'"
            ):
                place += 1
                continue
            else:
                break
            last_aux = place
            place += 1
        if last_aux < 0:
            return None
        head, lemma = last_aux, "be" if been else "have" if perfect else "do"
        if place < self.end and not self.flags[place] & CAPITAL:
            known = verb_form(self.lower[place])
            forms = known.forms if known else 0
            if known and been and forms & PARTICIPLE:
                head, lemma, passive = place, known.lemma, True
            elif known and been and forms & ING and not self._noun_reading(place):
                head, lemma, progressive = place, known.lemma, True
            elif known and perfect and not been and forms & (PARTICIPLE | PAST):
                head, lemma = place, known.lemma
            elif (modal or did) and not been and not perfect:
                if known and forms & BASE:
                    head, lemma = place, known.lemma
                elif known is None and self._plain_noun_at(place):
                    head, lemma = place, self.lower[place]
        if self.lower[last_aux] == "being" and not passive:
            progressive = True
        form: Finiteness = "ing" if self.lower[first] in ("being", "having") else "finite"
        if first > self.first and self.lower[first] == "been" and form == "finite":
            form = "participle"
        is_past = past and modal is None and not (perfect and not past)
        return VerbGroup(
            first,
            head,
            head,
            lemma,
            form,
            passive,
            negated,
            modal,
            (perfect and not been) or perfect,
            is_past,
        )

    def _noun_reading(self, at: int) -> bool:
        return at > self.first and bool(self.flags[at - 1] & (DET | POSS | GENITIVE))

    def _verb_at(self, at: int, inside: int = -1) -> Finiteness | None:
        """Return how a word without an auxiliary can be a verb here; None for a noun.

        `inside` is the first token of the noun phrase that is being read, -1 outside of one.
        """
        known = verb_form(self.lower[at])
        if known is None or self.flags[at] & (CAPITAL | AUX):
            return None
        forms = known.forms
        before = self.flags[at - 1] if at > self.first else 0
        if before & (DET | POSS | GENITIVE) and not before & PRON:
            if self.lower[at - 1] not in ("that", "this", "all", "both", "some", "many", "most"):
                return None
        if at > self.first and self.lower[at - 1] in _DEGREES:
            return None
        if forms & ING:
            return self._ing(at, forms, inside)
        if (forms & PAST and not forms & BASE) or (forms & PARTICIPLE and not forms & BASE):
            return self._past(at, forms, inside)
        is_person = bool(self.flags[at] & (PERSON | BODY)) and not before & PRON
        if forms & NOUN_TOO and is_person and not forms & PAST:
            return None
        if forms & THIRD:
            return self._third(at, forms, inside)
        return self._plain(at, forms, inside)

    def _governs(self, at: int, *, strictly: bool = False) -> bool:
        """Whether what follows a word can be the object or complement of a verb."""
        if at + 1 >= self.end:
            return False
        flag, word = self.flags[at + 1], self.lower[at + 1]
        if flag & (DET | POSS | PRON | CAPITAL) or word in ("that", "to", "not"):
            return True
        if word[:1].isdigit() or word in _OBJECT_PREPOSITIONS:
            return True
        return not strictly and bool(flag & (ADV | PREP))

    def _ing(self, at: int, forms: int, inside: int) -> Finiteness | None:
        before = self.flags[at - 1] if at > self.first else 0
        if at + 1 < self.end and self.lower[at + 1] == "of":
            return None
        if forms & NOUN_TOO:
            return "ing" if self._governs(at, strictly=True) and not before & CAPITAL else None
        if inside < 0 and self._follows_speech() and self._plain_noun_at(at + 1):
            return None
        if inside >= 0 and not self._governs(at):
            follows = self.flags[at + 1] if at + 1 < self.end else 0
            return None if follows & WORD and not self.lower[at + 1].endswith("s") else "ing"
        return "ing"

    def _follows_speech(self) -> bool:
        verb = self.chunks[-1].verb if self.chunks else None
        return verb is not None and "clause" in cue_kinds(verb.lemma)

    def _plain_noun_at(self, at: int) -> bool:
        """Whether a word can only be a noun or an adjective by its class."""
        if at >= self.end:
            return False
        flag = self.flags[at]
        return bool(flag & WORD) and not (
            flag & (DET | POSS | PREP | CONJ | SUB | AUX | ADV | PRON | TIME | CAPITAL)
            or self.lower[at][:1].isdigit()
        )

    def _past(self, at: int, forms: int, inside: int) -> Finiteness | None:
        is_plain_noun_next = self._plain_noun_at(at + 1)
        if inside < 0:
            last = self._last_kind()
            if last in ("preposition", "verb", None) and is_plain_noun_next:
                return None
            if last in (",", "and", "relative", "noun", ";", "subordinator"):
                return self._finite_or_participle(at, last)
            return "participle"
        if is_plain_noun_next and not self._has_noun(inside, at):
            return None
        if forms & NOUN_TOO and not self._governs(at):
            return None
        return self._finite_or_participle(at, "noun")

    def _has_noun(self, first: int, at: int) -> bool:
        """Whether the phrase so far has a noun or name, and not only words that stand before one."""
        flag = self.flags[at - 1]
        return not flag & (DET | POSS | GENITIVE)

    def _finite_or_participle(self, at: int, last: ChunkKind) -> Finiteness:
        """Tell `Iran banned the firm` from `a firm banned by Iran`."""
        known = verb_form(self.lower[at])
        if known and not known.forms & PAST:
            return "participle"
        if at + 1 < self.end and self.lower[at + 1] == "by" and last in ("noun", ","):
            return "participle"
        return "finite"

    def _third(self, at: int, forms: int, inside: int) -> Finiteness | None:
        before = self.lower[at - 1] if at > self.first else ""
        if before in _SINGULAR_PRONOUNS:
            return "finite"
        follows = self.flags[at + 1] if at + 1 < self.end else PUNCT
        if follows & AUX and not follows & CAPITAL:
            return None
        if not forms & NOUN_TOO:
            return (
                "finite"
                if inside >= 0 or self._last_kind() in ("and", "relative", ",", "noun")
                else None
            )
        if inside < 0 and self._last_kind() not in ("and", "relative", "noun", ","):
            return None
        behind_name = at > self.first and (
            self.flags[at - 1] & CAPITAL or self.words[at - 1] in ")]" or self.flags[at - 1] & ADV
        )
        opens = inside >= 0 and bool(self.flags[inside] & (DET | POSS))
        if not (behind_name or opens or inside < 0):
            return None
        if self._governs(at, strictly=not behind_name):
            return "finite"
        is_only = behind_name and self._plain_noun_at(at + 1) and not self._has_finite()
        return "finite" if is_only and not self._verb_follows(at + 1) else None

    def _verb_follows(self, at: int) -> bool:
        """Whether a finite verb stands behind a token, before the next mark or `that`."""
        for place in range(at, self.end):
            if self.flags[place] & PUNCT or self.lower[place] in ("that", "who", "which"):
                return False
            known = verb_form(self.lower[place])
            if self.flags[place] & AUX or (
                known and known.forms & (PAST | THIRD) and not known.forms & NOUN_TOO
            ):
                return True
        return False

    def _plain(self, at: int, forms: int, inside: int) -> Finiteness | None:
        before = self.lower[at - 1] if at > self.first else ""
        last = self._last_kind()
        if before in _PLURAL_PRONOUNS:
            return "finite"
        follows = self.flags[at + 1] if at + 1 < self.end else PUNCT
        if follows & AUX and not follows & CAPITAL:
            return None
        if last == "and" and inside < 0:
            verb = next((one.verb for one in reversed(self.chunks[-6:]) if one.verb), None)
            if verb is not None and (verb.form == "infinitive" or verb.modal):
                if not forms & NOUN_TOO or self._governs(at, strictly=True):
                    return "infinitive" if verb.form == "infinitive" else "finite"
            return None
        if inside < 0 and last == "noun" and self.flags[at - 1] & (ADV | TIME):
            inside = self.chunks[-1].first
        if inside < 0:
            return None
        plural = self._is_plural(inside, at)
        behind_name = bool(self.flags[at - 1] & CAPITAL) and not self._has_finite()
        if forms & PAST and (behind_name or self._governs(at, strictly=bool(forms & NOUN_TOO))):
            return "finite"  # cut, put, set, hit: past as well
        if not forms & NOUN_TOO and not self._has_finite():
            return "finite" if plural or self._governs(at) else None
        if not plural or (forms & NOUN_TOO and not self._governs(at, strictly=True)):
            return None
        return "finite"

    def _has_finite(self) -> bool:
        """Whether the clause has a finite verb already."""
        for chunk in reversed(self.chunks):
            if chunk.verb is not None and chunk.verb.form == "finite":
                return True
            if chunk.kind in ("subordinator", "relative", ";"):
                return False
        return False

    def _is_plural(self, first: int, at: int) -> bool:
        while at - 1 > first and self.flags[at - 1] & (ADV | TIME):
            at -= 1
        word = self.lower[at - 1]
        if word in _PLURAL_NOUNS or word in ("dutch", "french", "british", "chinese", "japanese"):
            return True
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return True
        return self._last_kind() == "and" and bool(self.flags[at - 1] & CAPITAL)
