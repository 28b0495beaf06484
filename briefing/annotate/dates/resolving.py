"""Dates counted from another day: `last week`, `Tuesday`, a month without its year.

Every resolver takes a day on which an article may have appeared and returns the value that a
relative date has then, or None where readers of that day could differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal

from briefing.isodates import (
    DateValue,
    Days,
    day_value,
    days_of,
    month_value,
    range_value,
    year_value,
)
from briefing.model import DatePrecision, PublicationDate

Tense = Literal["past", "future"]
Direction = Literal[-1, 1]
"""Back or ahead."""
Resolver = Callable[[dt.date], DateValue | None]

SUNDAY = 6
NEAR = dt.timedelta(days=60)
"""So near, a date without a year needs no tense: any other year would have been named."""
CLOSE: dict[DatePrecision, dt.timedelta] = {
    "month": dt.timedelta(days=31),
    "day": NEAR,
    "range": NEAR,
}
"""So close on the other side of the publication, a date without a year may be either."""


def publication_days(published: PublicationDate | None) -> Days | None:
    """Return the first and last day on which an article may have appeared, None if unknown."""
    return days_of(published.value) if published else None


def resolve(published: Days, resolver: Resolver) -> DateValue | None:
    """Return what `resolver` gives for every day of publication; None where they differ.

    Resolvers grow with the day, so that the first and the last day stand for those between.
    """
    first = resolver(published[0])
    return first if first is not None and first == resolver(published[1]) else None


def nearest_weekday(index: int, tense: Tense | None) -> Resolver:
    """Resolve a bare weekday: the last one up to the day itself, or the first from it on."""

    def resolver(day: dt.date) -> DateValue | None:
        if tense is None:
            return None
        back = (day.weekday() - index) % 7
        ahead = (index - day.weekday()) % 7
        return day_value(_add(day, -back if tense == "past" else ahead))

    return resolver


def other_weekday(index: int, direction: Direction) -> Resolver:
    """Resolve `last Tuesday` and `next Tuesday`: the nearest, if it lies in another week.

    Within the day's own week some mean the nearest and some the one after; then there is no value,
    nor on a Sunday, which ends one week or begins the next.
    """

    def resolver(day: dt.date) -> DateValue | None:
        if SUNDAY == day.weekday() != index:
            return None
        found = _add(day, direction * ((direction * (index - day.weekday())) % 7 or 7))
        return day_value(found) if _monday(found) != _monday(day) else None

    return resolver


def strict_weekday(index: int, direction: Direction) -> Resolver:
    """Resolve `this past Tuesday` and `this coming Tuesday`: the nearest but the day itself."""

    def resolver(day: dt.date) -> DateValue | None:
        return day_value(_add(day, direction * ((direction * (index - day.weekday())) % 7 or 7)))

    return resolver


def weekday_of_week(index: int, weeks: int) -> Resolver:
    """Resolve `Tuesday of last week`; a Sunday is of one week or the next, and has no value."""

    def resolver(day: dt.date) -> DateValue | None:
        if SUNDAY in (index, day.weekday()):
            return None
        return day_value(_add(_monday(day), 7 * weeks + index))

    return resolver


def week(weeks: int) -> Resolver:
    """Resolve to a week, Monday to Sunday, so many on; on a Sunday it may be either of two."""

    def resolver(day: dt.date) -> DateValue | None:
        if day.weekday() == SUNDAY:
            return None
        monday = _add(_monday(day), 7 * weeks)
        return range_value(day_value(monday), day_value(_add(monday, 6)))

    return resolver


def day_off(days: int) -> Resolver:
    """Resolve to the day so many days on."""
    return lambda day: day_value(_add(day, days))


def month_off(months: int) -> Resolver:
    """Resolve to the month so many months on."""
    return lambda day: month_value(day.year, day.month + months)


def year_off(years: int) -> Resolver:
    """Resolve to the year so many years on."""
    return lambda day: year_value(day.year + years)


def named_month(month: int, direction: Direction) -> Resolver:
    """Resolve `last May` and `next May`: the neighbouring year's, if no other lies between."""

    def resolver(day: dt.date) -> DateValue | None:
        if (month - day.month) * direction > 0:
            return None
        return month_value(day.year + direction, month)

    return resolver


def without_year(
    spell: Callable[[int], DateValue | None], tense: Tense | None, weekday: int | None = None
) -> Resolver:
    """Resolve a date that lacks its year: `spell` gives its value in a year, None without one.

    In the past the latest one begun, in the future the first not over, each only if the one on the
    other side of the publication is not close; without a tense one that is near. A weekday that
    stands with it must fit, and decides alone.
    """

    def resolver(day: dt.date) -> DateValue | None:
        spelled = [spell(year) for year in (day.year - 1, day.year, day.year + 1)]
        known = [(value, days) for value in spelled if value and (days := days_of(value.value))]
        if weekday is not None:
            fitting = [value for value, days in known if days[0].weekday() == weekday]
            return fitting[0] if len(fitting) == 1 else None
        if tense == "past":
            return _latest_begun(known, day)
        if tense == "future":
            return _first_left(known, day)
        return _nearest(known, day)

    return resolver


def month_of_year(month: int, years: int) -> Resolver:
    """Resolve `March of last year`: the month in the year so many years on."""
    return lambda day: month_value(day.year + years, month)


def _latest_begun(known: Sequence[tuple[DateValue, Days]], day: dt.date) -> DateValue | None:
    begun = [value for value, days in known if days[0] <= day]
    coming = [(value, days[0]) for value, days in known if days[0] > day]
    close = bool(coming) and coming[0][1] - day <= CLOSE[coming[0][0].precision]
    return begun[-1] if begun and not close else None


def _first_left(known: Sequence[tuple[DateValue, Days]], day: dt.date) -> DateValue | None:
    over = [(value, days[1]) for value, days in known if days[1] < day]
    left = [value for value, days in known if days[1] >= day]
    close = bool(over) and day - over[-1][1] <= CLOSE[over[-1][0].precision]
    return left[0] if left and not close else None


def _nearest(known: Sequence[tuple[DateValue, Days]], day: dt.date) -> DateValue | None:
    begun = [(value, days[1]) for value, days in known if days[0] <= day]
    if begun and day - begun[-1][1] <= NEAR:
        return begun[-1][0]
    coming = [(value, days[0]) for value, days in known if days[0] > day]
    return coming[0][0] if coming and coming[0][1] - day <= NEAR else None


def _monday(day: dt.date) -> dt.date:
    return _add(day, -day.weekday())


def _add(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)
