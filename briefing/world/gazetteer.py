"""The compiled gazetteer: which names there are and what each may stand for.

`tests/bench/build_gazetteer.py` compiles the data files; nothing here judges a text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import ahocorasick_rs
from msgspec import Struct

from briefing.english.lexicon import read_rows

BIG_CITY: Final = 1000
"""Thousands of inhabitants from which a city's name needs no evidence."""


class Sense(Struct, frozen=True):
    """One thing a name may stand for: a country by its code, the kind of name, a city's size.

    `people` counts thousands of inhabitants; 0 for anything that is no city of GeoNames.
    """

    kind: str
    code: str
    people: int


class GazetteerEntry(Struct, frozen=True):
    """A name with its senses, the likeliest first; none for a phrase that means no country.

    `guards` says what else the name is: a person's name (p), an ordinary word (w), a name that
    needs a word of place beside it (e), a capital whose name towns elsewhere bear (c),
    an institution named like ordinary things (o), a people named like another (n).
    """

    name: str
    senses: tuple[Sense, ...]
    guards: str


class Gazetteer(Struct, frozen=True):
    """All names at once: `find` gives every place where one of them stands as a string of letters.

    `capitals` holds the words of names in capitals only (US, NATO, EE.UU.), which stay as they are
    when a text in capitals is read as one in small letters.
    """

    rows: Sequence[str]
    automaton: ahocorasick_rs.AhoCorasick
    capitals: frozenset[str]

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return every occurrence as (number of the entry, start, end), overlapping ones too."""
        found: list[tuple[int, int, int]] = self.automaton.find_matches_as_indexes(
            text, overlapping=True
        )
        return found

    def entry(self, number: int) -> GazetteerEntry:
        """Return the entry with that number."""
        return _read_row(self.rows[number])


@functools.lru_cache(maxsize=8192)
def _read_row(row: str) -> GazetteerEntry:
    name, guards, senses = row.split("\t")
    cells = (cell.split(":") for cell in senses.split())
    read = tuple(Sense(kind, code, int(people)) for kind, code, people in cells)
    return GazetteerEntry(name, read, guards)


@functools.cache
def load_gazetteer(language: str = "en") -> Gazetteer:
    """Read the compiled data file of a language once and build the automaton over its names."""
    file = "gazetteer.tsv" if language == "en" else f"gazetteer_{language}.tsv"
    rows = tuple(read_rows("world", file))
    names = [row.partition("\t")[0] for row in rows]
    automaton = ahocorasick_rs.AhoCorasick(
        names,
        store_patterns=False,
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )
    capitals = (word for name in names if name.isupper() for word in _CAPITALS.findall(name))
    return Gazetteer(rows, automaton, frozenset(capitals))


def country_named(name: str, *, but: Collection[str] = ()) -> str | None:
    """Return the code of the country that a name alone stands for, in any case, or None.

    A name written as in the gazetteer goes before one in another case; the likeliest sense counts.
    Small cities, abbreviated states and institutions that many countries have mean no country, and
    neither do names of the kinds in `but`.
    """
    gazetteer = load_gazetteer()
    words = " ".join(name.split()).replace("’", "'")
    folded = words.casefold()
    rows = _rows_by_name()
    numbers = (*rows.get(folded, ()), *rows.get(folded.removeprefix("the "), ()))
    entries = [gazetteer.entry(number) for number in numbers]
    for entry in sorted(entries, key=lambda each: each.name != words):
        sense = next(iter(entry.senses), None)
        if sense and sense.kind not in but and _stands_alone(sense):
            return sense.code
    return None


def is_name(words: str) -> bool:
    """Whether words are the name of a place or an institution, however small, in any case."""
    rows = _rows_by_name().get(words.replace("’", "'").casefold(), ())
    return any(load_gazetteer().entry(number).senses for number in rows)


def country_forms() -> Mapping[str, str]:
    """Return what countries and groups are called, names and demonyms, each with its code."""
    found: dict[str, str] = {}
    for row in load_gazetteer().rows:
        entry = _read_row(row)
        if entry.senses and entry.senses[0].kind in _OF_COUNTRIES:
            found.setdefault(entry.name, entry.senses[0].code)
    return found


_CAPITALS: Final = re.compile(r"[^\W\d_]{2,}")
_OF_COUNTRIES: Final = frozenset({"name", "demonym", "group"})


@functools.cache
def _rows_by_name() -> Mapping[str, Sequence[int]]:
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(load_gazetteer().rows):
        numbers.setdefault(row.partition("\t")[0].casefold(), []).append(number)
    return numbers


def _stands_alone(sense: Sense) -> bool:
    if sense.kind == "city":
        return sense.people >= BIG_CITY
    return sense.kind not in {"state_abbreviation", "state_short", "generic_institution"}
