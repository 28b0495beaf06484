"""Knows dates that a text states in full; nothing relative, no day that may be the month."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from briefing.model import DatePrecision

_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
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
    """Return the date of a line that says nothing but when it was published.

    A line that tells when a text was updated states no publication, unless it tells both.
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


def read_iso(value: str) -> tuple[str, DatePrecision] | None:
    """Return day, month or year of an ISO 8601 date or time as written, None for anything else."""
    match = re.match(r"\s*((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])", value)
    if match is None:
        return None
    year, month, day = match.groups()
    if day is not None:
        return (f"{year}-{month}-{day}", "day") if _is_day(year, month, day) else None
    if month is not None:
        return (f"{year}-{month}", "month") if 1 <= int(month) <= 12 else None
    return year, "year"


def _read(match: re.Match[str]) -> StatedDate | None:
    parts = match.groupdict()
    year, month, day = parts["year"], _month_number(parts["month"]), parts.get("day")
    exact = match[0].rstrip(".")
    end = match.start() + len(exact)
    if day is None:
        return StatedDate(f"{year}-{month:02}", "month", exact, match.start(), end)
    if not _is_day(year, month, day):
        return None
    return StatedDate(f"{year}-{month:02}-{int(day):02}", "day", exact, match.start(), end)


def _month_number(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word[:3].lower()) // 3 + 1


def _is_day(year: str, month: str | int, day: str) -> bool:
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
