"""Noun phrases that may name a speaker, read from the words around a verb without a parser."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from briefing.english import word_classes as wc
from briefing.english.lexicon import read_words
from briefing.english.names import find_names
from briefing.english.tokens import Stream
from briefing.english.verbs import noun_forms

Head = Literal["name", "noun", "pronoun"]

MAX_PHRASE: Final = 28
"""The longest noun phrase, in tokens, that is read as one speaker."""
MAX_ASIDE: Final = 60
"""How far back, in tokens, the subject may stand from its verb across asides."""
MAX_OWNER: Final = 4
"""How many words may stand between an owner and the noun that is owned."""

_JOINS: Final = read_words("english", "grammar", "join")
_SPEAKERS: Final = wc.PERSON | wc.BODY | wc.DOCUMENT
_POSTNOMINAL: Final = read_words("english", "grammar", "postnominal")
_SUBJECT_PRONOUNS: Final = read_words("english", "grammar", "subject_pronoun")
_NOUN_PRONOUNS: Final = read_words("english", "grammar", "noun_pronoun")
_GIVEN: Final = read_words("english", "given_names")
_OWNERS: Final = frozenset(("his", "her", "their"))
_SAID: Final = frozenset(("said", "told", "wrote", "thought", "found", "knew"))
_OF_OFFICE: Final = frozenset(("of", "at", "to"))
_OF_WHOM: Final = frozenset(("of", "for", "from", "to", "with", "at"))
_FROM: Final = frozenset(("from", "of", "at", "with"))
_WHOLE_PRONOUNS: Final = frozenset(("someone", "somebody", "everyone", "nobody"))
"""Pronouns that take no article: `that nobody came`."""


class Phrase(Struct, frozen=True, gc=False):
    """A noun phrase by its tokens: `first` to `last`, and the name in it (`-1` where none).

    `role_first`, `role_last` bound an apposition that tells who a named person is.
    """

    first: int
    last: int
    head: Head
    name_first: int = -1
    name_last: int = -1
    role_first: int = -1
    role_last: int = -1


class Phrases:
    """The noun phrases of one paragraph, read on demand around a verb."""

    __slots__ = ("flags", "lower", "names", "size", "stream")

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.flags = stream.flags
        self.lower = stream.lower
        self.names = find_names(stream)
        self.size = len(stream.flags)

    # -- reading to the left ---------------------------------------------------------------
    def ending_at(self, last: int, low: int) -> Phrase | None:
        """Return the noun phrase that ends with token `last` and starts no earlier than `low`."""
        if last < low:
            return None
        flag = self.flags[last]
        low = max(low, last - MAX_PHRASE)
        if flag & wc.PUNCT and self.stream.words[last] == ")":
            return self._before_bracket(last, low)
        if not flag & wc.WORD:
            return None
        if self.names[last] >= 0:
            return self._name_ending_at(last, low)
        word = self.lower[last]
        if word in _SUBJECT_PRONOUNS:
            return Phrase(last, last, "pronoun")
        return self._noun_ending_at(last, low)

    def owner_before(self, at: int, low: int) -> Phrase | None:
        """Return whose the noun `at` is, starting no earlier than `low`: `Lin's`, `his`."""
        position = at - 1
        stop = max(low, at - MAX_OWNER)
        while position > stop and not self.flags[position] & (
            wc.POSS | wc.GENITIVE | wc.PUNCT | wc.DET | wc.AUX
        ):
            is_verb = self.flags[position] & wc.VERB or self.lower[position].endswith("ed")
            if is_verb and self.flags[position - 1] & (wc.PERSON | wc.BODY):
                return None  # Lin's office resisted calls
            position -= 1
        if position < low:
            return None
        if self.flags[position] & wc.GENITIVE:
            return self.ending_at(position - 1, low)
        if self.lower[position] in _OWNERS:
            return Phrase(position, position, "pronoun")
        return None

    def _before_bracket(self, last: int, low: int) -> Phrase | None:
        position = last - 1
        while position > low and self.stream.words[position] != "(":
            position -= 1
        return self.ending_at(position - 1, low) if position > low else None

    def _name_ending_at(self, last: int, low: int) -> Phrase:
        start = max(self.names[last], low)
        if start == last and self._is_office(last):
            return self._noun_ending_at(last, low) or Phrase(start, last, "name", start, last)
        before = start - 1
        alone = Phrase(start, last, "name", start, last)
        if before < low:
            return alone
        word, flag = self.lower[before], self.flags[before]
        if flag & wc.GENITIVE and any(one & wc.TITLE for one in self.flags[start : last + 1]):
            owner = self._modifiers_from(before, low)  # Peru's Foreign Minister Ana Lin
            return Phrase(owner, last, "name", start, last)
        if (
            flag & (wc.PERSON | wc.BODY)
            and self.names[before] < 0
            and not flag & (wc.PREP | wc.VERB)
        ):
            return self._with_role_noun(start, last, low)
        if flag & wc.DET and word in ("the", "a", "an"):
            alone = Phrase(before, last, "name", start, last)
            word = self.lower[before - 1] if before - 1 > low else ""
            is_role = word == "for" or (word in _OF_OFFICE and self._is_role(before - 2, low))
            return (is_role and self._joined(word, before, last, low)) or alone
        is_joined = word in _JOINS and before > low
        return (self._joined(word, start, last, low) if is_joined else None) or alone

    def _is_role(self, position: int, low: int) -> bool:
        """Whether a title or a noun for one person ends here: `the chairman of the Bank`."""
        if position < low or self.lower[position].endswith("s"):
            return False
        flag = self.flags[position]
        if self.names[position] >= 0:
            return bool(flag & wc.TITLE)
        return bool(flag & wc.PERSON) and not flag & (wc.VERB | wc.CUE)

    def _is_office(self, position: int) -> bool:
        """Whether a word is an office in capitals, which names nobody: `a bank CEO`, `two MPs`."""
        word = self.stream.words[position].removesuffix("s")
        return word.isupper() and bool(wc.name_flags().get(word, 0) & wc.TITLE)

    def _with_role_noun(self, start: int, last: int, low: int) -> Phrase:
        """Read `a ministry spokesman, Tom Lin` and `a spokesman for candidate Ana Lin`."""
        first = self._modifiers_from(start - 1, low)
        if first - 2 >= low and self.lower[first - 1] in _OF_WHOM:
            joined = self.ending_at(first - 2, low)
            if joined is not None and joined.head == "noun" and self.is_speaker_noun(joined):
                person = self._head_of(joined.first, first - 2, last + 1)
                return person or Phrase(joined.first, last, "noun")
            if joined is not None and joined.head == "name" and self.names[first] >= 0:
                return Phrase(joined.first, last, "name", start, last)  # Bank of Spain governor
        return Phrase(first, last, "name", start, last)

    def _joined(self, word: str, start: int, last: int, low: int) -> Phrase | None:
        """Join a name to the phrase before it by `and`, `of`, `for` or a participle and `by`."""
        end = start - 2
        if word == "by":
            if not self.lower[end].endswith(("ed", "en", "de")):
                return None
            end -= 1
        joined = self.ending_at(end, low)
        if joined is None or joined.head == "pronoun":
            return None
        if word in ("and", "or", "&"):
            return self._joined_by_and(joined, last)
        in_body = word in ("in", "on", "for") and self._names_body(joined)
        if word in ("of", "at", "from") or in_body:
            return self._joined_by_of(joined, start, last)
        is_role = joined.head == "noun" and self.is_speaker_noun(joined)
        is_role |= word == "for" and bool(self.flags[joined.name_last] & wc.TITLE)
        if word == "by":
            return joined
        return Phrase(joined.first, last, "noun") if is_role else None

    def _joined_by_and(self, joined: Phrase, last: int) -> Phrase | None:
        """Join a name to the one before, or to a role: `the member for Hull and Ennis`."""
        if joined.head == "noun":
            is_named = self.names[joined.last] > joined.first
            return Phrase(joined.first, last, "noun") if is_named else None
        is_list = joined.name_last == joined.last
        return Phrase(joined.first, last, "name", joined.name_first, last) if is_list else None

    def _joined_by_of(self, joined: Phrase, start: int, last: int) -> Phrase:
        """Join the name behind a preposition; only the name of a body includes it."""
        if self._is_title(joined):
            return Phrase(joined.first, last, "name", start, last)
        name_last = last if self._names_body(joined) else joined.name_last
        return Phrase(joined.first, last, joined.head, joined.name_first, name_last)

    def _names_body(self, phrase: Phrase) -> bool:
        return phrase.head == "name" and any(
            self.flags[index] & wc.ORG for index in range(phrase.name_first, phrase.name_last + 1)
        )

    def _is_title(self, phrase: Phrase) -> bool:
        """Whether a name is nothing but titles, as in `Secretary of State Ana Lin`."""
        return phrase.head == "name" and all(
            self.flags[index] & wc.TITLE for index in range(phrase.name_first, phrase.name_last + 1)
        )

    def _modifiers_from(self, position: int, low: int) -> int:
        first = position
        while position >= low:
            flag = self.flags[position]
            if not flag & (wc.WORD | wc.GENITIVE) or (
                flag & (wc.PREP | wc.CONJ | wc.SUB | wc.PRON | wc.AUX | wc.VERB)
                and self.names[position] < 0
            ):
                break
            if flag & wc.CUE and self.names[position] < 0 and self._is_past(position):
                break
            if flag & wc.ADV and flag & wc.CAPITAL and self.names[position] < 0:
                break  # Meanwhile opposition leader Ana Lin
            first = position
            if flag & wc.DET and self.names[position] < 0:
                break
            position -= 1
        return first

    def _noun_ending_at(self, last: int, low: int) -> Phrase | None:
        first = self._base_noun(last, low)
        if first is None:
            return None
        if first < last and self.lower[first] == "that" and self.lower[last].endswith("s"):
            return Phrase(first + 1, last, "noun")
        while first - 1 > low:
            before = self.lower[first - 1]
            if before in _POSTNOMINAL or (
                before in ("and", "or")
                and self.flags[first - 2] & wc.WORD
                and (
                    not self.flags[first - 2] & (wc.VERB | wc.AUX)
                    or self.flags[first - 2] & wc.PERSON
                )
            ):
                start = self._base_noun(first - 2, low)
            else:
                break
            if start is None:
                break
            name = self.names[first - 2]
            if self.lower[first - 1] in _FROM and self.names_person(name, first - 2):
                return Phrase(name, last, "name", name, first - 2)
            first = start
        return Phrase(first, last, "noun")

    def names_person(self, first: int, last: int) -> bool:
        """Whether a name is a person's by its given name."""
        return 0 <= first < last and self.stream.words[first] in _GIVEN

    def _base_noun(self, last: int, low: int) -> int | None:
        """Return the first token of the nouns and modifiers that end at `last`, or None."""
        position = last
        first: int | None = None
        while position >= low:
            flag = self.flags[position]
            if flag & (wc.DET | wc.POSS):
                return position
            if not flag & (wc.WORD | wc.GENITIVE):
                break
            if self.names[position] < 0 and flag & (
                wc.PREP | wc.CONJ | wc.SUB | wc.PRON | wc.AUX | wc.VERB
            ):
                is_noun = flag & wc.PERSON and not flag & (
                    wc.PREP | wc.CONJ | wc.SUB | wc.PRON | wc.AUX
                )
                is_pronoun = position == last and self.lower[position] in _NOUN_PRONOUNS
                if not (is_noun or is_pronoun):
                    break
                if self.lower[position] in _WHOLE_PRONOUNS:
                    return position
            if (
                flag & wc.CUE
                and self.names[position] < 0
                and self._is_verbal(position, is_last=first is None)
            ):
                break
            if flag & wc.TIME and first is not None:
                break
            if flag & wc.ADV and not (position > low and self.flags[position - 1] & wc.DET):
                break
            first = position
            position -= 1
        return first

    def _is_verbal(self, position: int, *, is_last: bool) -> bool:
        """Whether a form of a cue verb can only be a verb inside a noun phrase."""
        if self.flags[position] & _SPEAKERS:
            return False
        if self.lower[position] in _SAID:
            return True
        if self.lower[position].endswith("ing"):
            return not is_last
        if self._is_past(position):
            return not is_last
        if self.lower[position] not in noun_forms():
            return True
        return position > 0 and self.names[position - 1] >= 0 and not is_last

    def _is_past(self, position: int) -> bool:
        word = self.lower[position]
        return word.endswith("ed") or word in _SAID

    # -- reading to the right --------------------------------------------------------------
    def starting_at(self, first: int, high: int) -> Phrase | None:
        """Return the noun phrase that starts with token `first` and ends before `high`."""
        high = min(high, self.size, first + MAX_PHRASE)
        if first >= high or not self.flags[first] & wc.WORD:
            return None
        if self.lower[first] in _SUBJECT_PRONOUNS and not (self.names[first] >= 0):
            return Phrase(first, first, "pronoun")
        last = self._base_end(first, high)
        if last < first:
            stands_alone = self.lower[first] in _NOUN_PRONOUNS
            has_of = self.flags[first] & wc.DET and self.lower[first + 1 : first + 2] == ("of",)
            if not (stands_alone or has_of):
                return None
            last = first
        name = self.names[last]
        if name >= first and not (name == last and self._is_office(last)):
            body = self._extend_name(first, name, last, high)
            return self._person_of_body(body, high) or body
        if 0 <= name < first:
            return Phrase(first, last, "name", first, last)
        return self._head_of(first, last, high) or Phrase(
            first, self._with_postmodifiers(last, high), "noun"
        )

    def _head_of(self, first: int, last: int, high: int) -> Phrase | None:
        """Return the person in `head of research Ana Lin`, unlike in `friend of singer Ana Lin`."""
        start = last + 2
        if start >= high or self.lower[last + 1] != "of" or not self.flags[last] & wc.PERSON:
            return None
        end = self._base_end(start, high)
        name = self.names[end] if end > start else -1
        if name <= start or not self.names_person(name, end):
            return None
        matter = self.flags[name - 1]
        is_person = matter & wc.PERSON and not self.lower[name - 1].endswith("s")
        if self.flags[start] & (wc.DET | wc.POSS | wc.CAPITAL) or matter & wc.GENITIVE or is_person:
            return None
        return Phrase(first, end, "name", name, end)

    def _with_postmodifiers(self, last: int, high: int) -> int:
        """Find where a noun ends with the phrases behind it: `a spokesman for the ministry`."""
        while last + 2 < high and self.lower[last + 1] in _POSTNOMINAL:
            if self.lower[last + 1] == "to" and not self.flags[last + 2] & (
                wc.CAPITAL | wc.DET | wc.POSS
            ):
                break
            end = self._base_end(last + 2, high)
            if end < last + 2:
                break
            last = end
        joined = last + 2  # the head of the Federation of Peru and Chile
        if joined < high and self.lower[last + 1] == "and" and self.names[joined] == joined:
            end = self._name_end(joined, high)
            is_subject = end + 1 < high and self.flags[end + 1] & (wc.VERB | wc.AUX | wc.CUE)
            last = end if self.names[last] >= 0 and not is_subject else last
        return last

    def _extend_name(self, first: int, name: int, last: int, high: int) -> Phrase:
        end = last
        while end + 2 < high and self.lower[end + 1] in ("of", "for", "and", "&"):
            joint, start = self.lower[end + 1], end + 2
            alone = Phrase(first, last, "name", name, last)
            is_title = bool(self.flags[last] & wc.TITLE)
            if joint == "of" and is_title and self.lower[start] == "the" and start + 1 < high:
                start += 1  # Chancellor of the Exchequer Ana Lin
            if self.names[start] != start or (joint == "for" and not self.flags[last] & wc.ORG):
                break
            stop = self._name_end(start, high)
            is_subject = stop + 1 < high and self.flags[stop + 1] & (wc.VERB | wc.AUX | wc.CUE)
            if joint == "and" and is_subject and not self._names_part(end, name):
                break
            is_set_off = self.stream.words[stop + 1 : stop + 2] == (",",)
            person = self._person_in(start, stop)
            if joint == "of" and is_title and stop > start and not (is_set_off and person < 0):
                name, last = max(start, person), stop
            elif joint != "of" or self._names_body(alone):
                last = stop
            end = stop
        return Phrase(first, end, "name", name, last)

    def _name_end(self, start: int, high: int) -> int:
        """Return the last token before `high` of the name that starts with a token."""
        return next((at - 1 for at in range(start, high) if self.names[at] != start), high - 1)

    def _names_part(self, end: int, name: int) -> bool:
        """Whether a name is but the end of a longer one: `Centre for Law` and Justice."""
        return self.names[end] > name

    def _person_in(self, start: int, stop: int) -> int:
        """Return where a person's name begins by a given name inside a row of capitals, else -1."""
        given = (at for at in range(start, stop) if self.stream.words[at] in _GIVEN)
        return next(given, -1)

    def _person_of_body(self, body: Phrase, high: int) -> Phrase | None:
        """Return the person in `Bank of Spain governor Ana Lin`, `Acme Corp (AC) head Ana Lin`."""
        first = body.last + 1
        if first < high and self.stream.words[first] == "(":
            first = next((at + 1 for at in range(first, high) if self.lower[at] == ")"), high)
        if first >= high or self.names[first] >= 0 or not self.flags[first] & wc.PERSON:
            return None
        last = self._base_end(first, high)
        name = self.names[last] if last > first else -1
        return Phrase(body.first, last, "name", name, last) if first < name < last else None

    def _base_end(self, first: int, high: int) -> int:
        """Return the last token of a noun and its modifiers, or `first - 1` if there is no noun."""
        last = first - 1
        headed = owned = False
        for position in range(first, high):
            flag = self.flags[position]
            if self.names[position] >= 0:
                last = position
                continue
            if flag & wc.GENITIVE:
                owned = True
                continue
            if flag & (wc.DET | wc.POSS):
                if position > first + 1 or (position > first and not self.flags[first] & wc.DET):
                    break
                continue
            if not flag & wc.WORD or self._ends_base(position, first, last):
                break
            behind_name = last >= first and not owned and self.names[last] >= 0
            if behind_name and not self._goes_on_behind_name(position, first, high):
                break
            if headed and not flag & _SPEAKERS and self.lower[position].endswith(("s", "ed")):
                break
            headed = headed or bool(flag & _SPEAKERS)
            last = position
        return last

    def _ends_base(self, position: int, first: int, last: int) -> bool:
        """Whether the class of a word shows that the noun phrase ends before it."""
        flag = self.flags[position]
        is_named = last >= first and self.names[position] == self.names[first] >= 0
        if (
            flag & (wc.PREP | wc.CONJ | wc.SUB | wc.REL | wc.AUX | wc.PRON | wc.TIME)
            and not is_named
        ):
            return True
        if flag & wc.ADV and last >= first:
            return True
        if position == first or not flag & (wc.VERB | wc.CUE) or flag & (wc.PERSON | wc.DOCUMENT):
            return False
        if flag & wc.BODY and not flag & wc.VERB:
            return False
        return bool(last >= first or flag & wc.VERB)

    def _goes_on_behind_name(self, position: int, first: int, high: int) -> bool:
        """Whether a noun phrase goes on behind a name with an unlisted word."""
        if self.flags[position] & _SPEAKERS or self._leads_to_head(position, high):
            return True
        return bool(self.flags[first] & (wc.DET | wc.POSS)) and self._may_be_noun(position)

    def _may_be_noun(self, position: int) -> bool:
        """Whether an unlisted word behind a name can be a noun: `their U.S. counterparts`."""
        flag = self.flags[position]
        return not flag & (wc.CLOSED | wc.VERB | wc.CUE | wc.ADV) and not self._is_past(position)

    def _leads_to_head(self, position: int, high: int) -> bool:
        """Whether a word for a speaker follows a word behind a name: `Trump transition adviser`."""
        for index in range(position + 1, min(high, position + 4)):
            flag = self.flags[index]
            if not flag & wc.WORD or flag & (wc.CLOSED | wc.VERB) or self._is_past(index - 1):
                return False
            if flag & _SPEAKERS or self.names[index] >= 0:
                return True
        return False

    # -- judging ----------------------------------------------------------------------------
    def classes(self, phrase: Phrase) -> int:
        """Return all word classes of the tokens of a phrase, or-ed."""
        result = 0
        for position in range(phrase.first, phrase.last + 1):
            result |= self.flags[position]
        return result

    def is_speaker_noun(self, phrase: Phrase) -> bool:
        """Whether a phrase without a name is headed by a word for one who speaks."""
        return (
            bool(self.classes(phrase) & _SPEAKERS)
            or any(map(self._is_office, range(phrase.first, phrase.last + 1)))
            or self.lower[phrase.first] in _NOUN_PRONOUNS
        )

    def text(self, first: int, last: int) -> str:
        """Return the words from one token to another as the paragraph has them."""
        return self.stream.text[self.stream.starts[first] : self.stream.ends[last]]

    def text_without_article(self, first: int, last: int) -> str:
        """Return the words from one token to another without the article they open with."""
        has_article = first < last and self.lower[first] in ("a", "an", "the")
        return self.text(first + has_article, last)
