"""Dates that a text states in full; nothing relative, no day that may be the month."""

import re
from typing import NamedTuple

from briefing import isodates
from briefing.isodates import MONTH_PATTERN, exact_day
from briefing.model import DateBasis, DatePrecision, Evidence, PublicationDate
from briefing.world.dates_abroad import date_line_words, dates_of_line
from briefing.world.gazetteer import country_named, is_name

_MONTH = rf"(?P<month>{MONTH_PATTERN})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?i)\b{form}(?!\d)")
    for form in (
        rf"{_MONTH}\s{_DAY},?\s{_YEAR}",
        rf"{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR}",
        r"(?P<year>(?:19|20)\d\d)[-/](?P<month>\d\d)[-/](?P<day>\d\d)",
        rf"{_MONTH},?\s{_YEAR}",
    )
)
_BESIDE_DATE = re.compile(
    r"(?i)\b(?:first |originally )?(?:published|posted|released|date|dated|issued|issue)\b"
    r"(?: on| at| in)?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?h\b)?|\b[ap]\.?m\.?(?!\w)|\b(?:gmt|utc|e[sd]?t|p[sd]?t|c[sd]?t|bst|cest?)\b"
    rf"|\b(?:{'|'.join(sorted(date_line_words()))})\b|\bà\b"
    r"|\bat\b|\d{1,2}h\d\d|(?-i:\b[A-Z]{1,4}T\b)"
)
_UPDATED = re.compile(
    r"(?i)\b(?:(?:and )?last )?(?:updated|modified|revised|corrected"
    r"|aktualisiert|mise? à jour|modifiée?|actualizad[oa])\b"
)
_IN_ADDRESS = re.compile(r"(?<![\d])((?:19|20)\d\d)([-/_])(\d{1,2})\2(\d{1,2})(?![\d])")
_NAME = r"[A-Z][^\W\d_]*(?:[ .'’-]{1,2}[A-Z][^\W\d_]*){0,2}"
_PLACE = re.compile(
    rf"\s*\(?({_NAME})(?:(?:\s?/\s?| and |, ){_NAME}){{0,2}}\s?(?:[,—–-](?=\s)|\((?=\d))"
)
_DATELINE_END = re.compile(
    r"\)?,?\s?(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/)?\s?(?:(?P<colon>:)|\.?--?|[—–.|])\s"
)
_EDGE = " \t\u00a0,.;:|/()–—-•·"
_FIGURES = re.compile(r"\d\d")
"""What every date has: the figures of its year."""


class StatedDate(NamedTuple):
    """A date in ISO 8601, how precise it is, and the words that state it with their offsets."""

    value: str
    precision: DatePrecision
    exact: str
    start: int
    end: int


def find_date(text: str) -> StatedDate | None:
    """Return the first date with a year in a text of at most 300 characters, None without one."""
    if len(text) > 300 or not _FIGURES.search(text):
        return None
    found = [match for form in _FORMS for match in [form.search(text)] if match is not None]
    dates = [date for match in found for date in [_read(match)] if date is not None]
    first = min(dates, key=lambda date: (date.start, -len(date.exact)), default=None)
    if first is not None and first.precision == "day":
        return first
    abroad = next(dates_of_line(text), None)  # 1. November 2022, of which English reads the month
    if abroad is None or abroad.value is None or (first and abroad.start >= first.start):
        return first
    exact = text[abroad.start : abroad.end]
    return StatedDate(*abroad.value, exact, abroad.start, abroad.end)


def find_date_line(text: str) -> StatedDate | None:
    """Return the date of a line that says only when it was published, or that and an update."""
    if len(text) > 120 or not _FIGURES.search(text):
        return None
    stated = _UPDATED.split(text, maxsplit=1)[0]
    date = find_date(stated)
    if date is None:
        return None
    rest = stated[: date.start] + " " + stated[date.end :]
    place = _PLACE.match(rest[:60])  # As in a letter: `Oslo, 4 May 2020`.
    rest = rest[place.end() :] if place and country_named(place[1]) else rest
    left = _BESIDE_DATE.sub(" ", rest).strip(_EDGE)
    return None if re.search(r"\w", left) and not country_named(left) else date


def find_dateline(text: str) -> StatedDate | None:
    """Return the date of a dateline: `Oslo, 4 May 2020 (Halyard) -`, `OSLO, 4 May 2020:`."""
    place = _PLACE.match(text[:60])
    if place is None or not is_name(place[1]):
        return None
    at = place.end()
    head = text[at : at + 80]
    date = find_date(head)
    end = _DATELINE_END.match(head, date.end) if date and not head[: date.start].strip() else None
    if date is None or end is None or (end["colon"] and not place[1].isupper()):
        return None
    return date._replace(start=date.start + at, end=date.end + at)


def find_published(text: str) -> StatedDate | None:
    """Return the date that a byline or the like states, but for that of an update."""
    return find_date(_UPDATED.split(text, maxsplit=1)[0])


def find_updated(text: str) -> StatedDate | None:
    """Return the date that stands behind a word for updating, None where there is none."""
    updated = _UPDATED.search(text[:300])
    return find_date(text[updated.end() :]) if updated else None


def stated_as(
    basis: DateBasis, date: isodates.DateValue | StatedDate | None, evidence: Evidence
) -> PublicationDate | None:
    """Return a date that was read as a fact, with what shows it; None for None."""
    if date is None:
        return None
    value, precision = date[:2]
    return PublicationDate(value=value, precision=precision, basis=basis, evidence=evidence)


def metadata_date(value: str, place: str | None = None) -> PublicationDate | None:
    """Return the date, ISO 8601 or words, in the field `place` (`meta date`), or None."""
    date = isodates.read_leading(value) or find_date(value)
    return stated_as("metadata", date, Evidence(exact=value, place=place))


def date_in_address(url: str) -> PublicationDate | None:
    """Return the day that an address holds, as `inferred`; None where it holds no single day."""
    found = {match[0]: match for match in _IN_ADDRESS.finditer(url[:2000])}
    if len(found) != 1:
        return None
    exact, match = next(iter(found.items()))
    date = exact_day(int(match[1]), int(match[3]), int(match[4]))
    return stated_as("inferred", date, Evidence(exact=exact, place="address"))


def _read(match: re.Match[str]) -> StatedDate | None:
    parts = match.groupdict()
    year, word, day = int(parts["year"]), parts["month"], parts.get("day")
    month = int(word) if word.isdigit() else isodates.month_number(word)
    date = exact_day(year, month, int(day)) if day else isodates.month_value(year, month)
    exact = match[0].rstrip(".")
    return StatedDate(*date, exact, match.start(), match.start() + len(exact)) if date else None
