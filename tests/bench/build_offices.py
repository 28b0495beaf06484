"""Compile who held which office: our own list and the leaders of an event coder's dictionaries.

    python tests/bench/build_offices.py [--dictionaries DIR] [--check]

Writes `briefing/world/data/offices.tsv`; `--check` compares instead and exits with 1 where it
differs. Sources and their licences:

- leaders.txt: written for this project.
- `petrarch2/data/dictionaries/Phoenix.Countries.actors.txt` of openeventdata/petrarch2 (MIT,
  Copyright (c) 2014 Open Event Data Alliance), in DIR. Without DIR the people whom the present
  file has from there are kept.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from build_gazetteer import geonames_data

from briefing.english.lexicon import read_words
from briefing.isodates import Days, days_of
from briefing.world.offices import Office, read_offices
from briefing.world.person_folding import fold_name

DATA = Path(__file__).parents[2] / "briefing" / "world" / "data"
COUNTRIES = "Phoenix.Countries.actors.txt"
HEADER = """\
# Compiled by tests/bench/build_offices.py: edit leaders.txt beside this file, not this file.
# Rows that end in `petrarch2` come from the dictionary of country actors of
# openeventdata/petrarch2, The MIT License, Copyright (c) 2014 Open Event Data Alliance,
# whose terms are those of LICENSE: names and dates filtered, rewritten and merged.
# All else was written for this project.
# keys\tname/other forms\tgender\toffices\tsource
"""
COMMON = read_words("world", "people", "common")
KNOWN_UNTIL = "2010-12-31~"
"""The end of offices to which the dictionary gives none: its lists were made until that time."""
CENTURY = 30
"""Years of two digits from this one on are of the twentieth century."""
MAJOR = frozenset(
    "AR AT AU BE BG BR CA CH CL CO CY CZ DE DK EE ES FI FR GB GR HR HU IE IL IN IS IT JP"
    " LT LU LV MT MX NL NO NZ PL PT RO RU SE SI SK TR UA US ZA".split()
)
"""Countries of whose governments the dictionary's lists are kept beside their leaders: those whose
names it writes as the press does."""
DEPENDENT = frozenset(
    "AI AN AS AW BM BQ CK CW FK FO GF GG GI GL GP GU IM JE KY MP MQ MS NC NU PF PM PR RE SH TC"
    " TK VG VI WF YT".split()
)
"""Territories of other countries: their leaders' names would only get in the way."""
FAMILY_FIRST = frozenset("CN HK KH KP KR TW VN".split())
OTHER_CODES = {
    "KSV": "XK",
    "TMP": "TL",
    "SUN": "RU",
    "USR": "RU",
    "CSK": "CZ",
    "YUG": "RS",
    "SCG": "RS",
}
TITLES = re.compile(
    r"^(?:(?:FORMER|EX|PRESIDENT|PRIME|MINISTER|CHANCELLOR|GENERAL|GEN|GOV|GOVERNOR|SECRETARY|VICE|MR|MRS|MS"
    r"|SIR|DAME|LORD|LADY|KING|QUEEN|PRINCE|PRINCESS|EMPEROR|SHEIKH|COL|COLONEL|CAPT|DR|PM)[._]+)+"
)
NUMBERED = re.compile(r"[IVX]+|Jr\.?")
MALE, FEMALE = (
    re.compile(r"\b(?:MR|SIR|LORD|KING|PRINCE)[._ ]"),
    re.compile(r"\b(?:MRS|MS|DAME|LADY|QUEEN|PRINCESS)[._ ]"),
)
NO_PERSON = re.compile(
    r"ADMINISTRATION|GOVERNMENT|REGIME|FORCES|MINISTRY|COUNCIL|LEADER|PRESIDENT|MINISTER|CHANCELLOR"
    r"|GOVERNOR|SECRETARY|CABINET|OFFICIAL|\bOF_THE\b|\bAND\b|[\d,()/:]"
)
NOT_THEIRS = {
    "JOHN_ABIZAID",
    "PAUL_BREMER",
    "TOMMY_FRANKS",
    "JAY_GARNER",
    "JOHNSON",
    "SOVIET_OF_NATIONALITIES",
}
"""Entries left out: commanders in a country that is not theirs, and names of nobody."""
SMALL = frozenset("al and bin da de del della der di dos du el ibn la le van von y zu".split())


@dataclass
class Entry:
    """A dictionary's actor: its names and its codes with their dates, as they are written."""

    names: list[str]
    codes: list[str] = field(default_factory=list)
    section: str = ""


@dataclass(frozen=True)
class Person:
    """A row of the table."""

    forms: tuple[str, ...]
    gender: str
    offices: str
    source: str

    def keys(self) -> list[str]:
        """What the person may be called, folded: full names, and most family names.

        Officials, and leaders from the dictionary with a common family name, have none alone.
        """
        found = self.all_keys()
        if not re.search(r" (?!official)[a-z]+ ", self.offices):
            return [key for key in found if " " in key]
        if self.source == "own":
            return found
        return [key for key in found if " " in key or key not in COMMON]

    def all_keys(self) -> list[str]:
        """The full names and family names, folded."""
        first = self.offices[:2] in FAMILY_FIRST
        full = [form for form in self.forms if " " in form]
        alone = [form for form in self.forms if " " not in form]
        if not alone:
            families = (form.split()[0 if first else -1] for form in full)
            alone = [family for family in families if not NUMBERED.fullmatch(family)]
        keys = dict.fromkeys(fold_name(form).key for form in (*alone, *full))
        return [key for key in keys if len(key) > 1]

    def row(self) -> str:
        """The row as the file has it."""
        return "\t".join(
            ("|".join(self.keys()), "/".join(self.forms), self.gender, self.offices, self.source)
        )


def read_dictionary(path: Path) -> list[Entry]:
    """Read a dictionary: an actor's first name, its others after `+`, its codes below."""
    entries: list[Entry] = []
    section = ""
    for line in path.read_text("utf-8", errors="replace").splitlines():
        body = line.partition("#")[0].rstrip()
        codes = [code.strip() for code in re.findall(r"\[([^\]]*)\]", body)]
        name = re.sub(r"\[[^\]]*\]?", "", body).strip().strip("_").replace(" ", "_")
        if not body.strip():
            continue
        if body[0].isspace() or not name:
            if entries:
                entries[-1].codes.extend(codes)
        elif name.startswith("+"):
            entries[-1].names.append(name[1:].strip("_"))
            entries[-1].codes.extend(codes)
        else:
            if codes and len(codes[0]) == 3:
                section = name
            entries.append(Entry([name], codes, section))
    return entries


def country_codes() -> dict[str, str]:
    """Map the dictionary's codes of three letters to those of the gazetteer."""
    return {str(row["iso3"]): str(row["iso"]) for row in geonames_data("countries")} | OTHER_CODES


def proper_name(name: str) -> str:
    """Write a name of the dictionary, MIGUEL_DE_LA_MADRID, as texts do."""
    words = [
        word.lower() if place and word.lower() in SMALL else cased(word)
        for place, word in enumerate(word for word in name.split("_") if word)
    ]
    return " ".join(words)


def cased(word: str) -> str:
    """Capitalize a word and its parts: MCALEESE, O'NEILL, AL-ASSAD."""
    if "-" in word:
        first, *others = word.split("-")
        return "-".join(
            [first.lower() if first.lower() in SMALL else cased(first), *map(cased, others)]
        )
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    if word[1:2] == "'":
        return word[:2] + word[2:].capitalize()
    if "." in word.rstrip(".") or (set(word) <= set("IVX") and len(word) > 1):
        return word
    return word.capitalize()


def read_day(digits: str) -> str | None:
    """Turn 870310 or 19270101 into an ISO date, None for what is no day."""
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) >= CENTURY else "20") + digits
    iso = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return iso if len(digits) == 8 and days_of(iso) else None


def read_term(code: str, entry: Entry, countries: dict[str, str]) -> str | None:
    """Turn FRAGOV 860320-880510 into an office, None for a code that is none."""
    found = re.fullmatch(r"([A-Z]{3})GOV([A-Z]*) (?:(\d+)-(\d+)|> ?(\d+))", code)
    country = countries.get(found[1]) if found else None
    if country == "MU" and "_OULD_" in entry.names[0]:
        country = "MR"  # the dictionary codes Mauritania as Mauritius
    if found is None or country is None or country in DEPENDENT:
        return None
    start = read_day(found[3] or found[5])
    end = read_day(found[4]) if found[4] else KNOWN_UNTIL
    if start is None or end is None or start > end:
        return None
    leads = not found[2] and country != "US" and any("ELI" in one for one in entry.codes)
    return f"{country} {'leader' if leads else 'official'} {start} {end}"


def read_people(path: Path) -> Iterator[Person]:
    """Read everyone with dated offices; leaders of all countries, officials of the major ones."""
    countries = country_codes()
    for entry in read_dictionary(path):
        if NOT_THEIRS.intersection(entry.names):
            continue
        terms = dict.fromkeys(read_term(code, entry, countries) for code in entry.codes)
        offices = merge_terms(term for term in terms if term)
        forms = list(dict.fromkeys(personal_forms(entry.names)))
        if not offices or not forms:
            continue
        if all(" leader " not in term and term[:2] not in MAJOR for term in offices):
            continue
        written = " ".join(entry.names)
        gender = "f" if FEMALE.search(written) else "m" if MALE.search(written) else ""
        yield Person(tuple(forms), gender, ";".join(offices), "petrarch2")


def personal_forms(names: Iterable[str]) -> Iterator[str]:
    """Yield the names that are a person's own, without titles; of single words the first alone."""
    for place, name in enumerate(names):
        bare = TITLES.sub("", name)
        if NO_PERSON.search(bare) or not re.fullmatch(r"[A-Z][^\W\d_]*(?:[._'-]+\w*)*", bare):
            continue
        if "_" in bare.strip("_") or (not place and len(bare) > 4):
            yield proper_name(bare)


def merge_terms(terms: Iterable[str]) -> list[str]:
    """Join offices of one country and title that touch or overlap."""
    spans: dict[str, list[list[str]]] = defaultdict(list)
    for term in sorted(terms):
        country, title, start, end = term.split()
        last = spans[f"{country} {title}"]
        if last and start <= next_month(last[-1][1]):
            last[-1][1] = max(last[-1][1], end)
        else:
            last.append([start, end])
    merged = [f"{what} {start} {end}" for what, found in spans.items() for start, end in found]
    return sorted(merged, key=lambda term: term.split()[2])


def next_month(day: str) -> str:
    """The last day that still follows on, with the month after it counted in full."""
    year, month = int(day[:4]), int(day[5:7])
    return f"{year + month // 12:04}-{month % 12 + 1:02}-31"


def read_own() -> list[Person]:
    """Read leaders.txt. Raises ValueError for a line that is no person."""
    people = []
    for line in (DATA / "leaders.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            names, gender, *offices = line.split(";")
            if gender not in ("m", "f") or not read_offices(";".join(offices)):
                raise ValueError(line)
            people.append(Person(tuple(names.split("/")), gender, ";".join(offices), "own"))
    return people


def kept_people() -> list[Person]:
    """The people whom the present file has from the dictionary."""
    rows = (DATA / "offices.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row.endswith("\tpetrarch2")]
    return [Person(tuple(cell[1].split("/")), *cell[2:]) for cell in cells]


def are_one(office: Office, other: Office) -> bool:
    """Whether two offices are of one country and overlap."""
    return office.country == other.country and overlap(span(office), span(other))


def span(office: Office) -> Days:
    """First and last day of an office."""
    start, end = days_of(office.start), days_of(office.end or "2999")
    if start is None or end is None:
        raise ValueError(office)
    return start[0], end[1]


def overlap(one: Days, other: Days) -> bool:
    """Whether two stretches of time share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def without_known(people: list[Person]) -> list[Person]:
    """Drop people listed before: a full name in common and a country, or a name and the office."""
    seen: dict[str, list[tuple[Office, ...]]] = defaultdict(list)
    for person in read_own():
        add_person(seen, person)
    left = []
    for person in people:
        offices = read_offices(person.offices)
        if not any(is_known(key, offices, seen[key]) for key in person_keys(person)):
            left.append(person)
            if " leader " in person.offices:
                add_person(seen, person)
    return left


def person_keys(person: Person) -> list[str]:
    """All keys of a person, and the given name: few have both it and the office in common."""
    first = fold_name(person.forms[0]).key.split(" ")[0]
    return [*person.all_keys(), f"{first}+"]


def add_person(seen: dict[str, list[tuple[Office, ...]]], person: Person) -> None:
    """Note the offices of a person under each key."""
    for key in person_keys(person):
        seen[key].append(read_offices(person.offices))


def is_known(key: str, offices: tuple[Office, ...], seen: list[tuple[Office, ...]]) -> bool:
    """Whether someone of that key is among the people seen."""
    for other in seen:
        if " " in key and {one.country for one in offices} & {one.country for one in other}:
            return True
        rivals = [one for one in offices if one.title == "leader" or not key.endswith("+")]
        if any(are_one(one, two) for one in rivals for two in other):
            return True
    return False


def render(dictionaries: Path | None) -> str:
    """The text of offices.tsv."""
    found = kept_people() if dictionaries is None else read_people(dictionaries / COUNTRIES)
    people = [person for person in found if person.keys()]
    people.sort(key=lambda person: (" leader " not in person.offices, person.row()))
    rows = [person.row() for person in (*read_own(), *without_known(people))]
    return HEADER + "".join(row + "\n" for row in rows)


def main() -> int:
    """Write or check the table; 1 where a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--dictionaries", type=Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    text = render(args.dictionaries)
    path = DATA / "offices.tsv"
    print(f"offices.tsv: {text.count(chr(10))} lines, {len(text.encode()) // 1024} KB")
    if args.check:
        return int(path.read_text("utf-8") != text)
    path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
