"""ISO 8601 dates: the one place that reads their values, and how they read in words.

A value is a day, a month, a year or a range of two such: `2020-01-23`, `2019-03`, `2019`,
`2019-02/2019-03`. This module knows no words but the names of months.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from briefing.errors import UsageError
from briefing.model import DatePrecision

Days = tuple[dt.date, dt.date]
"""First and last day of a stretch of time, both included."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_PATTERN = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS).replace(
    "Sep(?:tember)?", "Sep(?:t(?:ember)?)?"
)
"""A pattern for a month in full or short, without a stop; to be matched in either case."""

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_LEADING = re.compile(r"\s*((?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)(?![\d-])", re.ASCII)
_FIGURES = re.compile(r"(\d\d?)[/.](\d\d?)(?:[/.](\d{4}))?", re.ASCII)
_LEAP_YEAR = 2000
_YEARS = range(1000, 3000)


class DateValue(NamedTuple):
    """A date in ISO 8601 as in PublicationDate, and how precise it is."""

    value: str
    precision: DatePrecision


@functools.lru_cache(maxsize=2048)
def days_of(value: str) -> Days | None:
    """Return first and last day of an ISO day, month, year or range; None for anything else."""
    first, slash, last = value.partition("/")
    if slash:
        start, stop = _plain_days(first), _plain_days(last)
        return (start[0], stop[1]) if start and stop and start[0] <= stop[1] else None
    return _plain_days(value)


def read_value(value: str) -> DateValue | None:
    """Return an ISO day, month, year or range with its precision; None for anything else."""
    if days_of(value) is None:
        return None
    plain: tuple[DatePrecision, ...] = ("year", "month", "day")
    return DateValue(value, "range" if "/" in value else plain[value.count("-")])


def read_leading(text: str) -> DateValue | None:
    """Return the day, month or year that an ISO date or time begins with, None without one."""
    match = _LEADING.match(text)
    return read_value(match[1]) if match else None


def in_words(value: str, *, short: bool = False, year: bool = True) -> str | None:
    """Return `23 January 2020` for `2020-01-23`, `January 2020` for `2020-01`; None for no date.

    `short` cuts the month to three letters; without `year` a day or month leaves its year out.
    """
    days = _plain_days(value)
    if days is None:
        return None
    parts = value.count("-")
    if not parts:
        return value
    month = MONTHS[days[0].month - 1]
    words = [str(days[0].day)] if parts == 2 else []
    words.append(month[:3] if short else month)
    return " ".join([*words, value[:4]] if year else words)


def in_words_under_year(value: str) -> str | None:
    """Return a date or range as it reads under its year: `23 Jan`, `13–19 Jan`, `Nov–Feb 2020`.

    None for no date.
    """
    first, slash, last = value.partition("/")
    words = in_words(first, short=True, year=False)
    if not slash or words is None:
        return words
    end = in_words(last, short=True, year=first[:4] != last[:4])
    if end is None:
        return None
    same_month = len(first) == len(last) == 10 and first[:7] == last[:7]
    return f"{int(first[8:])}–{end}" if same_month else f"{words}–{end}"


def find_date_fault(text: str) -> str | None:
    """Return what is wrong with a date as typed, None for an ISO day, month, year or range."""
    if days_of(text) is not None:
        return None
    first, slash, last = text.partition("/")
    if slash and _PLAIN.fullmatch(first) and _PLAIN.fullmatch(last):
        faults = (find_date_fault(part) for part in (first, last))
        return next(filter(None, faults), "the range ends before it begins")
    iso = _PLAIN.fullmatch(text)
    figures = _FIGURES.fullmatch(text)
    if iso is not None:
        parts: Sequence[str | None] = iso.groups()
    elif figures is not None:
        parts = figures.groups()[::-1]
    else:
        return "it is no day, month, year or range"
    year, month, day = (int(part) if part else None for part in parts)
    return _find_part_fault(year, month, day) or "it is not written as year-month-day"


def require_days(text: str) -> Days:
    """Return first and last day of a date as typed; raises UsageError that says what is wrong."""
    days = days_of(text)
    if days is None:
        raise UsageError(
            f"{text!r} is not a date: {find_date_fault(text)}.",
            "Write it as 2019-02-21, 2019-02, 2019 or 2019-02/2019-03.",
        )
    return days


def _find_part_fault(year: int | None, month: int | None, day: int | None) -> str | None:
    """Return which part of a date the calendar does not have, or None."""
    if year is not None and year not in _YEARS:
        return f"the year {year} is not between {_YEARS.start} and {_YEARS.stop - 1}"
    if month is None or day is None:
        return None if month in (None, *range(1, 13)) else f"there is no month {month}"
    if not 1 <= month <= 12 and not (year is None or 1 <= day <= 12):
        return f"there is no month {month}"
    if not 1 <= month <= 12:
        month, day = day, month
        if not 1 <= month <= 12:
            return f"there is no month {day}"
    length = month_length(year or _LEAP_YEAR, month)
    if not 1 <= day <= length:
        when = f"{MONTHS[month - 1]} {year}" if year else MONTHS[month - 1]
        return f"{when} has {length} days, not {day}"
    return None


def month_number(word: str) -> int:
    """Return the number of a month from any of its forms, 1 for January."""
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(word[:3].title()))


def _plain_days(value: str) -> Days | None:
    match = _PLAIN.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return days_between(year or 0, month, day)


def days_between(year: int, month: int | None = None, day: int | None = None) -> Days | None:
    """Return first and last day of a year, a month or a day, None where the calendar has none."""
    if year not in _YEARS or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    length = month_length(year, month)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, length)
    return (dt.date(year, month, day),) * 2 if 1 <= day <= length else None


def exact_day(year: int, month: int, day: int) -> DateValue | None:
    """Return the value of a day, None where the calendar has none."""
    days = days_between(year, month, day)
    return day_value(days[0]) if days else None


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def day_value(day: dt.date) -> DateValue:
    """Return a day's value."""
    return DateValue(day.isoformat(), "day")


def month_value(year: int, month: int) -> DateValue:
    """Return a month's value; months beyond the year's run on into its neighbours."""
    years, index = divmod(month - 1, 12)
    return DateValue(f"{year + years:04}-{index + 1:02}", "month")


def year_value(year: int) -> DateValue:
    """Return a year's value."""
    return DateValue(f"{year:04}", "year")


def range_value(first: DateValue, last: DateValue) -> DateValue | None:
    """Return the range from one value to a later one, None where it does not run forward."""
    if first.precision != last.precision or first.value >= last.value:
        return None
    return DateValue(f"{first.value}/{last.value}", "range")
