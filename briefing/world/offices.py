"""Who held which national or international office, and when.

`tests/bench/build_offices.py` compiles the data file; whether a text speaks of the person whom a
name can mean is the caller's to judge. Nothing here guesses between two people.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from briefing.english.lexicon import read_rows, read_words
from briefing.isodates import Days, days_of
from briefing.world.person_folding import FoldedName, fold_name

OfficeTitle = Literal[
    "head_of_state",
    "head_of_government",
    "deputy",
    "foreign_minister",
    "finance_minister",
    "defence_minister",
    "trade_minister",
    "minister",
    "institution_head",
    "leader",
    "official",
]
"""`leader` is a head of state or of government, or who ruled without the title; `official` anyone
whom lists of governments name, ministers mostly."""

HolderGender = Literal["female", "male"]

TITLES: Final[Mapping[str, OfficeTitle]] = {
    "hs": "head_of_state",
    "hg": "head_of_government",
    "vp": "deputy",
    "fm": "foreign_minister",
    "fin": "finance_minister",
    "def": "defence_minister",
    "trade": "trade_minister",
    "min": "minister",
    "ih": "institution_head",
    "leader": "leader",
    "official": "official",
}
"""The titles by their abbreviations in the data files."""

GENDERS: Final[Mapping[str, HolderGender]] = {"f": "female", "m": "male"}
"""The genders by their letters in the data files."""

AROUND: Final = dt.timedelta(days=183)
"""How long before and after an office a family name alone still means its holder."""

_LEADING: Final[frozenset[OfficeTitle]] = frozenset(
    {"head_of_state", "head_of_government", "leader", "foreign_minister"}
)


class Office(NamedTuple):
    """An office of a country or group, its ISO dates of any precision both included.

    Without `end` it was held when the list was written. `open` says that the list does not know
    whether it ended: with an `end`, that is the last day of which the list knows.
    """

    country: str
    title: OfficeTitle
    start: str
    end: str | None
    open: bool


class Holder(NamedTuple):
    """A person who held offices, under the usual name; no gender where the list states none."""

    name: str
    gender: HolderGender | None
    offices: tuple[Office, ...]


class HeldOffice(NamedTuple):
    """The person whom a name means at a date, the office it means, and whether it is over."""

    holder: Holder
    office: Office
    is_former: bool


@functools.lru_cache(maxsize=4096)
def holders_named(name: str) -> tuple[Holder, ...]:
    """Return everyone whom a full name in any usual form, or a family name alone, may mean.

    Case, accents, particles and initials do not matter, but initials tell namesakes apart.
    Officials of the lists of governments are known by their full names only.
    """
    folded = fold_name(name)
    rows = _rows_by_key().get(folded.key, "")
    found = [_read_holder(row) for row in rows.splitlines()]
    if len(found) > 1 and folded.initials:
        same = [one for one in found if fold_name(one.name).initials == folded.initials]
        found = same or found
    return tuple(found)


@functools.lru_cache(maxsize=8192)
def holder_at(name: str, on: str | None, country: str | None = None) -> HeldOffice | None:
    """Return the one holder whom a name can mean on an ISO date, with the office; None if none.

    A full name means its bearer from half a year before the first office on, for good. A family
    name alone means whoever is in office within half a year of the date; without a date the only
    one who bears it, unless it is a common name or an everyday word. With a `country` its offices
    alone count, and a family name alone may then mean a former holder if only one can be meant.
    Two people who both can be meant are nobody. A string that is no date counts as none.
    """
    named = holders_named(name)
    if not named:
        return None
    days = days_of(on) if on else None
    folded = fold_name(name)
    alone = " " not in folded.key
    people = [
        one
        for one in (_of_country(each, country) for each in named)
        if one.offices and _may_be_meant(one, folded, days)
    ]
    if days is None:
        meant = [] if alone and _is_common(folded.key) else people
    else:
        meant = [one for one in people if any(_is_around(office, days) for office in one.offices)]
        if not meant and (not alone or country is not None):
            meant = people
    if len(meant) != 1:
        return None
    return _held(meant[0], days)


def _of_country(holder: Holder, country: str | None) -> Holder:
    if country is None:
        return holder
    offices = tuple(office for office in holder.offices if office.country == country)
    return holder._replace(offices=offices)


def _may_be_meant(holder: Holder, folded: FoldedName, days: Days | None) -> bool:
    """Whether a person had an office by then; namesakes of everybody only while in office."""
    if days is None:
        return any(office.title != "official" for office in holder.offices)
    fleeting = all(office.title == "official" for office in holder.offices) or (
        _is_common(folded.key.rpartition(" ")[2])
        and not any(office.title in _LEADING for office in holder.offices)
    )
    if fleeting:
        return any(_is_around(office, days) for office in holder.offices)
    return any(_days(office)[0] <= _later(days[1], AROUND) for office in holder.offices)


def _held(holder: Holder, days: Days | None) -> HeldOffice:
    """Choose the office that counts: in force then, else the last one before, else the next."""
    offices = sorted(holder.offices, key=lambda office: _days(office)[0])
    if days is None:
        return HeldOffice(holder, offices[-1], is_former=False)
    begun = [office for office in offices if _days(office)[0] <= days[1]]
    running = [office for office in begun if office.open or _days(office)[1] >= days[0]]
    former = bool(begun) and not running
    ranked = sorted(running, key=lambda office: office.title in _LEADING)
    return HeldOffice(holder, (ranked or begun or offices[:1])[-1], is_former=former)


def _is_around(office: Office, days: Days) -> bool:
    start, end = _days(office)
    return start <= _later(days[1], AROUND) and _later(end, AROUND) >= days[0]


def _later(day: dt.date, by: dt.timedelta) -> dt.date:
    return day + by if day < dt.date.max - by else dt.date.max


@functools.lru_cache(maxsize=4096)
def _days(office: Office) -> Days:
    start, end = days_of(office.start), days_of(office.end) if office.end else None
    return (start[0] if start else dt.date.min, end[1] if end else dt.date.max)


def _is_common(word: str) -> bool:
    return word in read_words("world", "people", "common")


@functools.cache
def _rows_by_key() -> Mapping[str, str]:
    """Map every key of a name, full or family name alone, to the lines of those who bear it."""
    found: dict[str, str] = {}
    for row in read_rows("world", "offices.tsv"):
        for key in row[: row.index("\t")].split("|"):
            found[key] = f"{found[key]}\n{row}" if key in found else row
    return found


@functools.lru_cache(maxsize=2048)
def _read_holder(row: str) -> Holder:
    _, name, gender, offices, _ = row.split("\t")
    return Holder(name.partition("/")[0], GENDERS.get(gender), read_offices(offices))


def read_offices(text: str) -> tuple[Office, ...]:
    """Read offices as the data files write them: `FR hs 1995-05-17 2007-05-16;…`.

    `~` follows the last known day of an office that is not known to have ended. Raises ValueError
    for anything else.
    """
    return tuple(_read_office(cell) for cell in text.split(";"))


def _read_office(cell: str) -> Office:
    country, title, start, *rest = cell.split()
    end = rest[0] if rest else None
    if title not in TITLES or len(rest) > 1:
        raise ValueError(f"not an office: {cell}")
    return Office(
        country,
        TITLES[title],
        start,
        end.removesuffix("~") if end else None,
        end is None or end[-1] == "~",
    )
