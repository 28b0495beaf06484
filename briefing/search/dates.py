"""Dates as people write them in a query: where one ends in a text, and which days it means.

    2019, 2019-03, 2019-03-15        15.3.1987, 3/15/1987 (where only one reading is a day)
    March 1987, 15 March 1987, March 15, 1987
    today, yesterday, last week, this month, last year, last 7 days, last 3 months
    a..b, a.., ..b                   from the first day of a to the last of b

Weeks begin on Monday; `last 7 days` ends today.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from briefing.isodates import MONTH_PATTERN, MONTHS, days_between, month_length, month_number

WANTED: Final = "a date such as 2019, 2019-03 or 2019-03-15"
_MONTH: Final = rf"({MONTH_PATTERN.lower()})\b\.?"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"


class DateSpan(NamedTuple):
    """The days a date means, and its ISO 8601; of an open range, the first day of or after it."""

    first: date
    last: date
    iso: str


class UnclearDate(ValueError):  # noqa: N818 - it is caught and shown, not a fault of the program
    """A date that is unclear; the message says what is missing."""


def find_date(text: str, place: int) -> int | None:
    """Find where the date that begins at this place ends, over as many words as make one."""
    found = _RANGE.match(text, place)
    return found.end() if found and found.end() > place else None


def is_date_range(run: str) -> bool:
    """Whether a run is `a..b` between two dates, written in figures."""
    begin, dots, end = run.partition("..")
    return bool(dots) and all(_FIGURES.fullmatch(side) for side in (begin, end))


def ends_unfinished(text: str) -> bool:
    """Whether a text ends in a date field's value that may be in the middle of being typed."""
    return _UNFINISHED.search(text) is not None


def read_date(value: str, today: date) -> DateSpan:
    """Read a date or a range of dates.

    In: `March..May 1987`. Out: its days, and `1987-03-01/1987-05-31`. Raises `UnclearDate`.
    """
    value = " ".join(value.casefold().split())
    sides = [side.strip() for side in value.split("/" if _ISO_RANGE.fullmatch(value) else "..")]
    try:
        if len(sides) == 1:
            return _read_one(value, today)
        if len(sides) == 2 and any(sides):
            return _read_range(sides[0], sides[1], today)
    except UnclearDate:
        raise
    except (OverflowError, ValueError) as error:
        raise UnclearDate(f"there is no day “{value}”") from error
    raise UnclearDate(f"needs {WANTED}, not “{value}”")


def _read_range(begin: str, end: str, today: date) -> DateSpan:
    if not end:
        first, _, iso = _read_one(begin, today)
        return DateSpan(first, date.max, iso.partition("/")[0])
    last = _read_one(end, today).last
    if not begin:
        return DateSpan(date.min, last, (last + timedelta(1)).isoformat())
    first = _read_one(begin, today, last.year).first
    if first > last:
        raise UnclearDate(f"“{begin}..{end}” ends before it begins")
    return _days(first, last)


def _read_one(text: str, today: date, year: int | None = None) -> DateSpan:
    for pattern, read in _FORMS:
        found = re.fullmatch(pattern, text, re.ASCII)
        if found:
            return read(found.groups(), today, year)
    raise UnclearDate(f"needs {WANTED}, not “{text}”")


def _span(year: int, month: int | None = None, day: int | None = None) -> DateSpan:
    """Make the days of a year, a month or a day; a ValueError where there is none."""
    days = days_between(year, month, day)
    if days is None:
        raise ValueError
    return DateSpan(*days, days[0].isoformat()[: 10 if day else 7 if month else 4])


def _days(first: date, last: date) -> DateSpan:
    return DateSpan(first, last, f"{first.isoformat()}/{last.isoformat()}")


_Groups = Sequence[str | None]


def _iso(groups: _Groups, _today: date, _year: int | None) -> DateSpan:
    return _span(*(int(part) for part in groups if part))


def _slashed(groups: _Groups, _today: date, _year: int | None) -> DateSpan:
    first, second, year = (int(part or 0) for part in groups)
    if first != second and first <= 12 and second <= 12:
        readings = f"{_span(year, second, first).iso} or {_span(year, first, second).iso}"
        raise UnclearDate(f"“{first}/{second}/{year}” may be two days: write {readings}")
    return _span(year, second, first) if second <= 12 else _span(year, first, second)


def _worded(groups: _Groups, _today: date, beside: int | None) -> DateSpan:
    """Take a day, which may stand before the month or behind it, a month, and a year if stated."""
    *parts, stated = groups
    day, name = parts if (parts[0] or "0")[:1].isdigit() else parts[::-1]
    year = int(stated) if stated else beside
    number = month_number(name or "")
    if year is None:
        written = f"{day or ''} {MONTHS[number - 1]}".strip()
        raise UnclearDate(f"“{written}” needs its year, such as {written} 2019")
    return _span(year, number, int(day) if day else None)


def _calendar(groups: _Groups, today: date, _year: int | None) -> DateSpan:
    which, unit = groups[0], groups[-1]
    back = int(which == "last")
    if unit in {"today", "yesterday"}:
        day = today - timedelta(unit == "yesterday")
        return _span(day.year, day.month, day.day)
    if unit == "week":
        monday = today - timedelta(today.weekday() + 7 * back)
        return _days(monday, monday + timedelta(6))
    if unit == "year":
        return _span(today.year - back)
    day = _months_before(today.replace(day=1), back)
    return _span(day.year, day.month)


def _latest(groups: _Groups, today: date, _year: int | None) -> DateSpan:
    """Take the last so many days, weeks, months or years, today being the last day."""
    count, unit = int(groups[0] or 0), groups[1]
    if not count:
        raise UnclearDate("a time of no days holds no article")
    if unit in {"day", "week"}:
        first = today - timedelta(count * (7 if unit == "week" else 1))
    else:
        first = _months_before(today, count * (12 if unit == "year" else 1))
    return _days(first + timedelta(1), today)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


_FORMS: Final[Sequence[tuple[str, Callable[[_Groups, date, int | None], DateSpan]]]] = (
    (r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", _iso),
    (r"(\d{4})/(\d{1,2})/(\d{1,2})", _iso),
    (
        r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})",
        lambda groups, today, year: _iso(groups[::-1], today, year),
    ),
    (r"(\d{1,2})/(\d{1,2})/(\d{4})", _slashed),
    (rf"{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+(\d{{4}}))?", _worded),
    (rf"(?:{_DAY}\.?\s+)?{_MONTH}(?:,?\s+(\d{{4}}))?", _worded),
    (r"(today|yesterday)", _calendar),
    (r"(last|this)\s+(week|month|year)", _calendar),
    (r"(?:last|past)\s+(\d{1,4})\s+(day|week|month|year)s?", _latest),
)
"""Every way of writing a date with what reads it; the first that ends where a word ends is it."""
_ANY: Final = "|".join(pattern for pattern, _ in _FORMS)
_RANGE: Final = re.compile(
    rf"(?:{_ANY})?(?:\.\.(?:{_ANY})?)?(?=[\s(),;?!*\"“”„«»]|\.(?:\s|\Z)|\Z)",
    re.ASCII | re.IGNORECASE,
)
_FIGURES: Final = re.compile("|".join(pattern for pattern, _ in _FORMS[:4]), re.ASCII)
_ISO_RANGE: Final = re.compile(r"\d{4}[\d-]*/\d{4}[\d-]*", re.ASCII)
_UNFINISHED: Final = re.compile(
    rf"\b(?:date|before|after):(?:[^\s:]+\s*(?:\.\.|,)\s*)?"
    rf"(?:(?:last|this|past)\s+(?:\d+\s+)?[a-z]+|\d{{1,2}}\.?\s+[a-z]+|{_MONTH}\s+\d+)\Z",
    re.ASCII | re.IGNORECASE,
)
