"""The cue words of a codebook and the words that turn or weaken them, ready to be looked up.

Which stance a sentence shows is decided elsewhere; here is only what each word may be.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

import ahocorasick_rs

from briefing.codebooks import Codebook, Stance
from briefing.english.inflection import add_s, inflect
from briefing.english.lexicon import read_data

GAP: Final = "..."
VOWELS: Final = "aeiou"
RULING: Final = frozenset({"rule", "rules", "ruled", "ruling"})
"""Open the one cue that is an operator as well: to rule out."""
Shape = Literal["base", "third", "past", "participle", "ing", "noun", "phrase"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that may show a stance; `gap` lets a few words stand after the first one."""

    words: tuple[str, ...]
    stance: str
    shape: Shape
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """Words of one class of operators: negation, refusal, considering, reporting ..."""

    words: tuple[str, ...]
    kind: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues and operators by their first word, and the sets of single words the rules ask for.

    `negated` is the stance that a denied cue shows, where the codebook has it.
    """

    stances: frozenset[str]
    cues: Mapping[str, tuple[Cue, ...]]
    operators: Mapping[str, tuple[Operator, ...]]
    negated: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    automaton: ahocorasick_rs.AhoCorasick

    def spot(self, text: str) -> list[int]:
        """List where words stand that may open a cue: a quick first look at a text."""
        low = text.lower()
        if len(low) != len(text):  # a few letters have longer small forms: offsets would slip
            low = "".join(char if len(char) == 1 else "?" for char in map(str.lower, text))
        return [
            start
            for _, start, end in self.automaton.find_matches_as_indexes(low)
            if not low[start - 1 : start].isalnum() and not low[end : end + 1].isalnum()
        ]


def _verb_forms(entry: str) -> dict[Shape, str]:
    """Return the forms of a verb by shape, from its base form or its five forms with slashes."""
    if "/" not in entry:
        base, third, past, ing = inflect(entry)
        return {"base": base, "third": third, "past": past, "participle": past, "ing": ing}
    shapes: tuple[Shape, ...] = ("base", "third", "past", "participle", "ing")
    return dict(zip(shapes, entry.split("/"), strict=False))


@functools.cache
def _read_file() -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads(read_data("annotate/positions", "stances.toml")))


def load_lexicon(codebook: Codebook) -> Lexicon:
    """Build the lexicon of a codebook: its stances in their order, operators always the same."""
    return _load(codebook.stances)


@functools.lru_cache(maxsize=32)
def _load(codebook: tuple[Stance, ...]) -> Lexicon:
    data = _read_file()
    stances = frozenset(stance.name for stance in codebook)
    cues = [cue for stance in codebook for text in stance.cues for cue in _cues(stance.name, text)]
    negated = {stance.name: stance.opposite for stance in codebook if stance.opposite}
    words = data["operators"] | data["actors"]
    operators = [one for kind in data["operators"] for one in _operators(kind, words[kind])]
    table = _by_first_word(cues)
    automaton = ahocorasick_rs.AhoCorasick(
        sorted(set(table) | RULING), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return Lexicon(
        stances,
        table,
        _by_first_word(operators),
        MappingProxyType(negated),
        MappingProxyType({kind: frozenset(entries) for kind, entries in words.items()}),
        automaton,
    )


_Entry = TypeVar("_Entry", Cue, Operator)


def _by_first_word(entries: Iterable[_Entry]) -> Mapping[str, tuple[_Entry, ...]]:
    """Group entries by their first word, those of more words first."""
    table: dict[str, list[_Entry]] = {}
    for entry in entries:
        row = table.setdefault(entry.words[0], [])
        if entry not in row:
            row.append(entry)
    return MappingProxyType(
        {word: tuple(sorted(row, key=lambda one: -len(one.words))) for word, row in table.items()}
    )


def _phrase(entry: str) -> tuple[str, tuple[str, ...], bool]:
    """Split a phrase into its first word, its other words, and whether it has a gap."""
    first, *rest = entry.split()
    return first, tuple(word for word in rest if word != GAP), GAP in rest


def _verb_cues(stance: str, entry: str) -> Iterator[Cue]:
    first, rest, gap = _phrase(entry)
    for shape, form in _verb_forms(first).items():
        yield Cue((form, *rest), stance, shape, gap)


def _cues(stance: str, text: str) -> Iterator[Cue]:
    """Yield the cues that one entry of a codebook stands for."""
    marker, _, rest = text.partition(" ")
    if not rest or marker not in ("to", "a", "an", "is"):
        yield from _own_cues(stance, text)
    elif marker == "to":
        yield from _verb_cues(stance, rest)
    elif marker == "is":
        yield Cue(tuple(rest.split()), stance, "phrase")
    else:
        yield Cue(tuple(rest.split()), stance, "noun")
        yield Cue(tuple(add_s(rest).split()), stance, "noun")


def _own_cues(stance: str, text: str) -> Iterator[Cue]:
    """Yield a bare word as noun and verb, a bare phrase as it is and with its verb inflected."""
    _, rest, gap = _phrase(text)
    yield Cue((text.split(maxsplit=1)[0], *rest), stance, "phrase" if rest else "noun", gap)
    yield from _verb_cues(stance, text)
    words = text.split()
    if len(words[0]) > len("ab") and words[0][-1] not in VOWELS + "wxy":
        doubled = words[0] + words[0][-1]
        yield Cue((doubled + "ed", *words[1:]), stance, "past")
        yield Cue((doubled + "ing", *words[1:]), stance, "ing")


INFLECTED: Final = frozenset({"refusal", "considering", "support", "ending", "reporting"})
"""Classes of operators whose entries are verbs or phrases that open with one."""


def _operators(kind: str, entries: Sequence[str]) -> Iterator[Operator]:
    for entry in entries:
        first, rest, gap = _phrase(entry)
        forms = set(_verb_forms(first).values()) if kind in INFLECTED else {first}
        for form in sorted(forms):
            yield Operator((form, *rest), kind, gap)
