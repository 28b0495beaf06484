"""The cues of a codebook: how they are written, and where they stand in a sentence."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from briefing.english.inflection import add_s, strip_plural
from briefing.english.tokens import Stream
from briefing.english.verb_forms import forms_of, verb_form
from briefing.english.word_classes import ADV, AUX, CAPITAL, PREP, SUB, TIME, classify

GAP: Final = "..."
REACH: Final = 5
"""How many words a gap may hold."""
Shape = Literal["verb", "noun", "predicate"]
_WITHIN: Final = frozenset(("of", "up", "out", "off", "down", "over", "back", "away", "in", "on"))
"""Prepositions that may stand inside a gap."""
_ENDS_PHRASE: Final = frozenset((*",;:—", "that", "he", "she", "they", "we", "i"))
"""Marks, and words that open a clause of their own."""
_PARTICLES: Final = frozenset(("to", "that", "no", "not", "it", "itself"))
_MARKS: Final = frozenset("\"“”‘’'")


class Cue(Struct, frozen=True):
    """Words that may show a stance; `rest` are those behind the first, GAP between some.

    `first` is the lemma of a verb, the singular of a noun, or the first word of a predicate; a
    `denied` cue counts only where its verb is denied.
    """

    first: str
    rest: tuple[str, ...]
    stance: str
    shape: Shape
    denied: bool = False

    @property
    def weight(self) -> int:
        """Return how many words the cue has: longer ones are surer."""
        return 1 + sum(word != GAP for word in self.rest)

    @property
    def is_mere(self) -> bool:
        """Whether it is one verb alone, which says little without what it governs."""
        return self.shape == "verb" and not self.rest


class CueTable(NamedTuple):
    """The cues of a codebook by their first word; the longest of each come first."""

    verbs: Mapping[str, tuple[Cue, ...]]
    denied: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    predicates: Mapping[str, tuple[Cue, ...]]
    needs: Mapping[str, tuple[frozenset[str], ...]]
    """By every form that a cue may open with, in lower case, the other words of each such cue."""


def parse_cue(entry: str, stance: str) -> tuple[Cue, ...]:
    """Read a cue as a codebook writes it; a bare word is a verb and a noun.

    `to VERB …` is a verb only, `not to VERB …` one that is denied, `a NOUN …` a noun, `is …` stands
    behind a form of to be; of several bare words the first may be a verb. An entry without a word
    has no cue.
    """
    words = entry.lower().split()
    if len(words) > 1 and words[0] == "to":
        return (_verb(words[1:], stance),)
    if len(words) > 2 and words[:2] == ["not", "to"]:
        return (replace(_verb(words[2:], stance), denied=True),)
    if len(words) > 1 and words[0] in ("a", "an"):
        return (Cue(words[1], tuple(words[2:]), stance, "noun"),)
    if len(words) > 1 and words[0] == "is":
        return (Cue(words[1], tuple(words[2:]), stance, "predicate"),)
    if not words or words[0] == GAP:
        return ()
    both = (_verb(words, stance), Cue(words[0].partition("/")[0], tuple(words[1:]), stance, "noun"))
    return (
        both if len(words) == 1 else (*both, Cue(words[0], tuple(words[1:]), stance, "predicate"))
    )


def _verb(words: Sequence[str], stance: str) -> Cue:
    first = words[0].partition("/")[0]
    words = [words[0], *(word if word == GAP else singular(word) for word in words[1:])]
    known = verb_form(first)
    return Cue(known.lemma if known else first, tuple(words[1:]), stance, "verb")


def build_table(cues: Iterable[Cue]) -> CueTable:
    """Put cues together by shape and first word; of two that are alike the first counts."""
    rows: defaultdict[tuple[str, str], dict[tuple[str, ...], Cue]] = defaultdict(dict)
    for cue in cues:
        rows["denied" if cue.denied else cue.shape, cue.first].setdefault(cue.rest, cue)
    needs: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for (shape, first), row in rows.items():
        forms = {first} if shape == "predicate" else {first, add_s(first)}
        for form in forms_of(first) if shape in ("verb", "denied") else forms:
            needs[form].update(frozenset(rest) - {GAP} for rest in row)

    def longest_first(wanted: str) -> Mapping[str, tuple[Cue, ...]]:
        found = {first: row.values() for (shape, first), row in rows.items() if shape == wanted}
        return {
            word: tuple(sorted(row, key=lambda one: -one.weight)) for word, row in found.items()
        }

    # Where one cue needs nothing else, no other need counts.
    least = {form: {frozenset[str]()} & needed or needed for form, needed in needs.items()}
    return CueTable(
        verbs=longest_first("verb"),
        denied=longest_first("denied"),
        nouns=longest_first("noun"),
        predicates=longest_first("predicate"),
        needs={form: tuple(needed) for form, needed in least.items()},
    )


@functools.lru_cache(maxsize=1 << 12)
def singular(word: str) -> str:
    """Return the likely singular of a noun in lower case."""
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return strip_plural(word) if len(word) > 3 else word


class Match(Struct, frozen=True):
    """A cue in its place: the token of its first word and of its last."""

    cue: Cue
    first: int
    last: int


def match_verb(
    table: CueTable, stream: Stream, head: int, lemma: str, *, denied: bool = False
) -> Match | None:
    """Return the longest verb cue that stands at a main verb, None where there is none."""
    return _longest((table.denied if denied else table.verbs).get(lemma, ()), stream, head)


def match_passive(
    table: CueTable, stream: Stream, head: int, lemma: str, subject: tuple[int, int]
) -> Match | None:
    """Return the cue of a passive verb, whose object is its subject: `sanctions were imposed`."""
    held = stream.lower[subject[0] : subject[1] + 1]
    for cue in table.verbs.get(lemma, ()):
        nouns = [word for word in cue.rest if word != GAP]
        if nouns and all(
            word in held or any(singular(one) == word for one in held) for word in nouns
        ):
            return Match(cue, head, head)
    return _longest(table.verbs.get(lemma, ()), stream, head)


def match_noun(table: CueTable, stream: Stream, at: int) -> Match | None:
    """Return the longest noun cue that stands at a token."""
    word = stream.lower[at]
    return _longest(table.nouns.get(word) or table.nouns.get(singular(word), ()), stream, at)


def match_predicate(table: CueTable, stream: Stream, at: int) -> Match | None:
    """Return the longest predicate that stands at a token behind a form of to be."""
    return _longest(table.predicates.get(stream.lower[at], ()), stream, at)


def _longest(cues: Sequence[Cue], stream: Stream, at: int) -> Match | None:
    for cue in cues:
        last = _last_token(cue, stream, at)
        if last >= 0:
            return Match(cue, at, last)
    return None


def _last_token(cue: Cue, stream: Stream, at: int) -> int:
    """Return the token of the last word of a cue that begins at a token, -1 for no match.

    Adverbs and marks of quotation may stand between its words; a noun may have words before it.
    """
    place, reach = at + 1, 0
    for number, word in enumerate(cue.rest):
        if word == GAP:
            reach = REACH
            continue
        if not reach and cue.shape == "verb" and not _is_particle(word) and number == 0:
            reach = REACH - 1
        found = _find(word, stream, place, place + reach + 1)
        if found < 0:
            return -1
        place, reach = found + 1, 0
    return place - 1


@functools.lru_cache(maxsize=1 << 12)
def _is_particle(word: str) -> bool:
    return bool(classify(word)[1] & (PREP | ADV)) or word in _PARTICLES


def _find(word: str, stream: Stream, first: int, stop: int) -> int:
    """Return where a word stands from a token on, -1 where it does not before `stop`."""
    place, end = first, len(stream.words)
    while place < stop and place < end:
        here, flag = stream.lower[place], stream.flags[place]
        if here == word or (here[:1] == word[:1] and singular(here) == word):
            return place
        if (flag & (ADV | TIME) and not flag & CAPITAL) or here in _MARKS:
            stop += stop < end
        if (flag & (AUX | PREP | SUB) and here not in _WITHIN) or here in _ENDS_PHRASE:
            return -1  # the words of a cue belong to one phrase
        place += 1
    return -1
