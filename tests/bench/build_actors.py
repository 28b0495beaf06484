"""Compile the names of institutions, parties and armed groups that belong to a country.

    python tests/bench/build_actors.py [--dictionaries DIR] [--check]

Writes `briefing/world/data/actors.tsv`; `--check` compares instead and exits with 1 where it
differs. A name that the gazetteer knows to act for its country is left out. Sources and licences:

- actors.txt: written for this project.
- `Phoenix.Countries.actors.txt` and `Phoenix.MilNonState.actors.txt` in
  `petrarch2/data/dictionaries/` of openeventdata/petrarch2 (MIT, Copyright (c) 2014 Open Event
  Data Alliance), in DIR. Without DIR the names that the present file has from there are kept.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from build_gazetteer import DATA, read_entries
from build_offices import COUNTRIES, country_codes, proper_name, read_dictionary

from briefing.world.gazetteer import load_gazetteer
from briefing.world.name_kinds import ACTING

GROUPS = "Phoenix.MilNonState.actors.txt"
HEADER = """\
# Compiled by tests/bench/build_actors.py: edit actors.txt beside this file, not this file.
# Rows that end in `petrarch2` come from dictionaries of openeventdata/petrarch2, The MIT License,
# Copyright (c) 2014 Open Event Data Alliance, whose terms are those of LICENSE: filtered.
# All else was written for this project.
# name\tcountry or group\tkind\tsource
"""
STATE = re.compile(r"(?:GOV|MIL|SPY|COP|LEG|JUD)")
BODIES = frozenset(
    "agency army assembly brigade brigades cells command committee congress council federation"
    " force forces front group guard league militia movement organization party union"
    " volunteers".split()
)
"""Nouns of which a name needs one to be an organization's."""
SMALL = {
    "Of": "of",
    "The": "the",
    "For": "for",
    "In": "in",
    "To": "to",
    "Against": "against",
    "From": "from",
}


def read_own() -> Iterator[tuple[str, str, str]]:
    """Yield name, country and kind of every entry of actors.txt."""
    for kind, code, name in read_entries("actors"):
        yield name, code, kind


def read_foreign(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, country and kind of the dictionaries' organizations that name their country."""
    countries = country_codes()
    for file in (COUNTRIES, GROUPS):
        for entry in read_dictionary(folder / file):
            code = entry.codes[0] if entry.codes else ""
            country, sector = countries.get(code[:3]), code[3:]
            kind = (
                "government"
                if STATE.match(sector)
                else "rebels"
                if sector.startswith("REB")
                else None
            )
            if country is None or kind is None or any(" " in one for one in entry.codes):
                continue
            for name in entry.names:
                written = as_text(name)
                if is_organization(written) and country in countries_inside(written):
                    yield written, country, kind


def as_text(name: str) -> str:
    """Write a dictionary's name as texts do, without what stands in brackets."""
    words = proper_name(re.sub(r"_?\([^)]*\)?", "", name).strip("_")).split()
    return " ".join(SMALL.get(word, word) if place else word for place, word in enumerate(words))


def is_organization(name: str) -> bool:
    """Whether a name of three words or more is an organization's."""
    words = [word.lower() for word in name.split()]
    if not 3 <= len(words) <= 8 or re.search(r"[^\w '.-]|\d|--| - |\b(?:Us|Pla|Cpi)\b", name):
        return False
    return bool(BODIES.intersection(words))


def countries_inside(name: str) -> set[str]:
    """The countries that the gazetteer finds named in a name; empty where there are two."""
    gazetteer = load_gazetteer()
    found = set()
    for number, start, end in gazetteer.find(name):
        if not name[start - 1 : start].isalnum() and not name[end : end + 1].isalnum():
            found.update(sense.code for sense in gazetteer.entry(number).senses[:1])
    return found if len(found) == 1 else set()


def acts_in_gazetteer(name: str, code: str) -> bool:
    """Whether the gazetteer has the whole name as one that acts for that country."""
    gazetteer = load_gazetteer()
    for number, start, end in gazetteer.find(name):
        if (start, end) == (0, len(name)):
            senses = gazetteer.entry(number).senses
            return any(sense.kind in ACTING and sense.code == code for sense in senses)
    return False


def kept_rows() -> list[tuple[str, str, str]]:
    """The rows that the present file has from the dictionaries."""
    rows = (DATA / "actors.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row.endswith("\tpetrarch2")]
    return [(name, code, kind) for name, code, kind, _ in cells]


def render(dictionaries: Path | None) -> str:
    """The text of actors.tsv."""
    table: dict[str, str] = {}
    foreign = kept_rows() if dictionaries is None else list(read_foreign(dictionaries))
    for source, rows in (("own", read_own()), ("petrarch2", iter(foreign))):
        for name, code, kind in rows:
            plain = name.replace("’", "'")
            if not acts_in_gazetteer(plain, code):
                table.setdefault(plain, f"{plain}\t{code}\t{kind}\t{source}")
    return HEADER + "".join(f"{table[name]}\n" for name in sorted(table))


def main() -> int:
    """Write or check the table; 1 where a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--dictionaries", type=Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    text = render(args.dictionaries)
    print(f"actors.tsv: {text.count(chr(10))} lines, {len(text.encode()) // 1024} KB")
    if args.check:
        return int((DATA / "actors.tsv").read_text("utf-8") != text)
    (DATA / "actors.tsv").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
