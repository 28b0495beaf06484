"""Dates that a text states in full; nothing relative, no day that may be the month."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.isodates import MONTH_PATTERN, exact_day, month_number, month_value, read_leading
from briefing.model import DatePrecision, Evidence, PublicationDate

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
    r"|\d{1,2}[:.]\d\d(?::\d\d)?|\b[ap]\.?m\.?(?!\w)|\b(?:gmt|utc|e[sd]?t|p[sd]?t|c[sd]?t|bst|cest?)\b"
    r"|\bat\b|\d{1,2}h\d\d|(?-i:\b[A-Z]{1,4}T\b)"
)
_UPDATED = re.compile(r"(?i)\b(?:updated|modified|revised|corrected)\b")


class StatedDate(NamedTuple):
    """A date in ISO 8601, how precise it is, and the words that state it with their offsets."""

    value: str
    precision: DatePrecision
    exact: str
    start: int
    end: int


def find_date(text: str) -> StatedDate | None:
    """Return the first date with a year in a text of at most 300 characters, None without one."""
    if len(text) > 300:
        return None
    found = [match for form in _FORMS for match in [form.search(text)] if match is not None]
    dates = [date for match in found for date in [_read(match)] if date is not None]
    return min(dates, key=lambda date: (date.start, -len(date.exact)), default=None)


def find_date_line(text: str) -> StatedDate | None:
    """Return the date of a line that says only when it was published.

    A line that says when a text was updated states no publication, unless it says both.
    """
    if len(text) > 120:
        return None
    stated = text
    updated = _UPDATED.search(text)
    if updated is not None:
        stated = text[: updated.start()]
    date = find_date(stated)
    if date is None:
        return None
    rest = stated[: date.start] + " " + stated[date.end :]
    return None if re.search(r"\w", _BESIDE_DATE.sub(" ", rest)) else date


def metadata_date(value: str) -> PublicationDate | None:
    """Return the date that a field of metadata states, in ISO 8601 or words; None without one."""
    date = read_leading(value) or find_date(value)
    if date is None:
        return None
    return PublicationDate(
        value=date.value,
        precision=date.precision,
        basis="metadata",
        evidence=Evidence(exact=value),
    )


def _read(match: re.Match[str]) -> StatedDate | None:
    parts = match.groupdict()
    year, word, day = int(parts["year"]), parts["month"], parts.get("day")
    month = int(word) if word.isdigit() else month_number(word)
    date = exact_day(year, month, int(day)) if day else month_value(year, month)
    exact = match[0].rstrip(".")
    return StatedDate(*date, exact, match.start(), match.start() + len(exact)) if date else None
