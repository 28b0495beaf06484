"""The forms in which newspapers write a day, a month, a year or a stretch of them.

A form is a pattern and a small reader that makes candidates of its match. It knows neither the
publication date nor the sentence around: a candidate that lacks its year says how to find it.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from briefing import isodates
from briefing.annotate.dates import resolving
from briefing.annotate.dates.resolving import Resolver, Tense
from briefing.english.lexicon import read_words
from briefing.isodates import MONTHS, DateValue, month_number

DateScope = Literal["stated", "convention", "yearless", "day", "period"]
"""What a candidate rests on.

`stated` on its words alone, `convention` on the calendar year being meant, `yearless` on the
publication for its year, `day` and `period` on it for everything.
"""


class DateCandidate(Struct, frozen=True):
    """A date read from its words: its `value`, or for a given tense a resolver of it.

    With `wants` it has a value only in that tense; `own_tense` is what its own words settle.
    """

    start: int
    end: int
    rule: str
    scope: DateScope = "stated"
    value: DateValue | None = None
    resolver: Callable[[Tense | None], Resolver] | None = None
    wants: Tense | None = None
    own_tense: Tense | None = None


DateReader = Callable[[str, re.Match[str]], tuple[DateCandidate, ...]]


class DateForm(Struct, frozen=True):
    """A pattern that is tried where an anchor stands, and what reads its match."""

    pattern: re.Pattern[str]
    read: DateReader


SHORT_MONTHS = ("Sept", *(month[:3] for month in MONTHS if month != "May"))
date_words = functools.partial(read_words, "annotate/dates", "dates")
"""Return the words of a section of the lexicon of dates."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
S = r"(?:[^\S\n]{1,3}\n?|\n)"
"""White space within a line or at one line break, never a blank line."""
DASH = r"[-–—‑−]"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_END = r"(?![\w%°€$£]|[.,:/][0-9]|[-–—‑−][\w])"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_DAY_TH = rf"{_DAY}(?:st|nd|rd|th|ST|ND|RD|TH)?(?![\w%])"
_WEEKDAY = (
    r"(?P<weekday>(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)"
)
_LEAD = rf"(?:{_WEEKDAY}\.?(?:,{S}?|{S})(?:the{S})?)?"


def month_pattern(name: str) -> str:
    """Return a group of that `name`: a month in full or short, with a stop, in capitals."""
    return rf"(?P<{name}>(?:{_either_case(MONTHS)})\b|(?:{_either_case(SHORT_MONTHS)})\b\.?)"


def _either_case(words: Sequence[str]) -> str:
    return "|".join((*words, *(word.upper() for word in words)))


_M1, _M2 = month_pattern("month"), month_pattern("month2")
_D1, _D2 = rf"(?P<day>{_DAY_TH})", rf"(?P<day2>{_DAY_TH})"
_SEP = rf"(?:{S}?(?P<dash>{DASH}){S}?|{S}(?P<to>to|through|until|till){S}|{S}(?P<and>and|or|&){S})"
_THEN_YEAR = (
    rf"(?:(?:,{S}?|{S})(?P<year>{_YEAR}){_END}|(?!,?{S}?[0-9]{{4}})(?!{DASH}\w|[.,:/][0-9]))"
)
_WORD_BEFORE = re.compile(r"([A-Z][\w-]*\.?)\s$")
_GIVEN_NAMES = read_words("english", "given_names") - set(MONTHS)
_DAY_AFTER = re.compile(r"\w+\.?\s?\d")
_EVERY = re.compile(r"\b(?:[Ee]very|[Ee]ach|[Aa]nnual|[Tt]raditional|[Ww]eek of|week beginning)\s$")
_RELATIVE_YEAR = re.compile(r",?\s(?:of\s)?(last|this|next)\syear\b")
_HOUR = re.compile(r"\s[ap]\.?m\b|\so['’]clock\b")
_NEXT_WORD = re.compile(r"\s([A-Za-z][\w’'-]*)")
_SHOWN = 16
"""How far back the words before a date are read."""


def next_word(text: str, end: int) -> str:
    """Return the word after one blank, empty where none follows."""
    match = _NEXT_WORD.match(text, end)
    return match[1] if match else ""


def weekday_number(word: str) -> int:
    """Return 0 for any form of Monday to 6 for Sunday."""
    short = word[:3].title()
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(short))


def relative_year(text: str, end: int) -> int | None:
    """Return -1, 0 or 1 where `of last year`, `this year` or `next year` follows, else None."""
    match = _RELATIVE_YEAR.match(text, end)
    return {"last": -1, "this": 0, "next": 1}[match[1]] if match else None


def counts_things(text: str, end: int) -> bool:
    """Whether the figure that ends here counts what the next word names, or an hour."""
    return next_word(text, end) in date_words("units") or _HOUR.match(text, end) is not None


def is_surname(text: str, start: int) -> bool:
    """Whether the word before shows a person's name: `Theresa May`, `Mr March`, not `Ann May 5`."""
    before = _WORD_BEFORE.search(text, max(0, start - _SHOWN), start)
    if before is None:
        return False
    return before[1] in read_words("english", "people", "title", "title_male", "title_female") or (
        before[1] in _GIVEN_NAMES and not _DAY_AFTER.match(text, start)
    )


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _read_dated(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """One day with its month: `Thursday, Jan. 23, 2020`, `the 23rd of January`."""
    parts = match.groupdict()
    month, day = month_number(parts["month"]), _number(parts["day"])
    order = "month_day" if match.start("month") < match.start("day") else "day_month"
    if is_surname(text, match.start("month")):
        return ()
    if parts["year"]:
        value = isodates.exact_day(int(parts["year"]), month, day)
        return (DateCandidate(*match.span(), f"{order}_year", value=value),)
    if _is_event(text, match, month, day):
        return ()
    weekday = weekday_number(parts["weekday"]) if parts["weekday"] else None

    def spell(year: int) -> DateValue | None:
        return isodates.exact_day(year, month, day)

    def of_year(day: dt.date) -> DateValue | None:
        return spell(day.year + (years or 0))

    years = relative_year(text, match.end())
    if years is not None:
        return (
            DateCandidate(*match.span(), f"{order}_of_year", "period", resolver=lambda _: of_year),
        )
    return (_yearless(match.span(), order, spell, weekday),)


def _yearless(
    span: tuple[int, int],
    rule: str,
    spell: Callable[[int], DateValue | None],
    weekday: int | None = None,
) -> DateCandidate:
    def resolver(tense: Tense | None) -> Resolver:
        return resolving.without_year(spell, tense, weekday)

    return DateCandidate(*span, rule, "yearless", resolver=resolver)


def _is_event(text: str, match: re.Match[str], month: int, day: int) -> bool:
    """Whether a day without a year names something else: an event, a custom, a number of things."""
    before = text[max(0, match.start() - _SHOWN) : match.start()]
    if (month, day) == (9, 11) or counts_things(text, match.end()) or _EVERY.search(before):
        return True
    attributive = re.search(r"\b[Tt]he\s$", before) and match.start("month") < match.start("day")
    return bool(attributive and next_word(text, match.end()))


def _read_days(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """Two days: `January 4-6, 2019`, `30 January to 2 February`, `Jan. 4 and 6, 2019`."""
    parts = match.groupdict()
    month = month_number(parts["month"] or parts["month2"])
    month2 = month_number(parts["month2"]) if parts["month2"] else month
    first, second = (month, _number(parts["day"])), (month2, _number(parts["day2"]))
    joined = bool(parts["dash"] or parts["to"])
    if counts_things(text, match.end()):
        return ()

    def spell(pair: tuple[int, int], year: int) -> DateValue | None:
        return isodates.exact_day(year, *pair)

    def spell_range(year: int) -> DateValue | None:
        start, stop = spell(first, year - (first[0] > second[0])), spell(second, year)
        return isodates.range_value(start, stop) if start and stop else None

    year = int(parts["year"]) if parts["year"] else None
    if joined and year is None:
        return (_yearless(match.span(), "days", spell_range),)
    if joined and year is not None:
        return (DateCandidate(*match.span(), "days_year", value=spell_range(year)),)
    return _read_pair(match, functools.partial(spell, first), functools.partial(spell, second))


def _read_pair(
    match: re.Match[str],
    first: Callable[[int], DateValue | None],
    second: Callable[[int], DateValue | None],
) -> tuple[DateCandidate, ...]:
    """Two days joined by `and`: without a year, only the one that has its month beside it."""
    leads = -1 < match.start("month2") < match.start("day2")
    head = match.start(), max(match.end("day"), match.end("month"))
    tail = match.start("month2") if leads else match.start("day2"), match.end()
    if match["year"]:
        year = int(match["year"])
        return (
            DateCandidate(*head, "days_year", value=first(year)),
            DateCandidate(*tail, "days_year", value=second(year)),
        )
    first_has = match["month"] is not None
    second_has = match["month2"] is not None
    return (
        *((_yearless(head, "days", first),) if first_has else ()),
        *((_yearless(tail, "days", second),) if second_has else ()),
    )


def _read_month_year(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`January 2020`, `Jan. of 2020`."""
    if is_surname(text, match.start()) or counts_things(text, match.end()):
        return ()
    value = isodates.month_value(int(match["year"]), month_number(match["month"]))
    return (DateCandidate(*match.span(), "month_year", value=value),)


def _read_months_year(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`January to March 2019`, `March and April 2019`, `between March and June 2019`."""
    year = int(match["year"])
    first, second = month_number(match["month"]), month_number(match["month2"])
    values = isodates.month_value(year, first), isodates.month_value(year, second)
    before = text[max(0, match.start() - _SHOWN) : match.start()]
    if match["dash"] or match["to"] or (match["and"] == "and" and before.endswith("between ")):
        value = isodates.range_value(*values)
        return (DateCandidate(*match.span(), "months_year", value=value),)
    head = match.start(), match.end("month")
    tail = match.start("month2"), match.end()
    return (
        DateCandidate(*head, "months_year", value=values[0]),
        DateCandidate(*tail, "months_year", value=values[1]),
    )


def _read_figures(_: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`2020-01-23`, `2020/01/23`, and `23/01/2020` where only one reading is a date."""
    parts = match.groupdict()
    if parts["year"]:
        read = [(int(parts["year"]), int(parts["month"]), int(parts["day"]))]
    else:
        one, two, year = int(parts["one"]), int(parts["two"]), int(parts["last"])
        read = list({(year, two, one), (year, one, two)})
    days = {day for day in (isodates.exact_day(*each) for each in read) if day}
    value = days.pop() if len(days) == 1 else None
    return (DateCandidate(*match.span(), "figures", value=value),)


DATED_FORMS: tuple[DateForm, ...] = (
    DateForm(re.compile(rf"{_LEAD}{_M1}{S}{_D1}{_SEP}(?:{_M2}{S})?{_D2}{_THEN_YEAR}"), _read_days),
    DateForm(re.compile(rf"{_LEAD}{_M1}{S}{_D1}{_THEN_YEAR}"), _read_dated),
    DateForm(
        re.compile(rf"{_LEAD}{_D1}(?:{S}{_M1})?{_SEP}{_D2}{S}(?:of{S})?{_M2}{_THEN_YEAR}"),
        _read_days,
    ),
    DateForm(re.compile(rf"{_LEAD}{_D1}{S}(?:of{S})?{_M1}{_THEN_YEAR}"), _read_dated),
)
"""Forms with a day, which a weekday may lead."""
MONTH_FORMS: tuple[DateForm, ...] = (
    DateForm(
        re.compile(rf"{_M1}{_SEP}{_M2}(?:,{S}?|{S})(?:of{S})?(?P<year>{_YEAR}){_END}"),
        _read_months_year,
    ),
    DateForm(re.compile(rf"{_M1}(?:,{S}?|{S})(?:of{S})?(?P<year>{_YEAR}){_END}"), _read_month_year),
)
FIGURE_FORMS: tuple[DateForm, ...] = (
    DateForm(
        re.compile(
            rf"(?P<year>{_YEAR})(?P<mark>[-/])(?P<month>[01][0-9])(?P=mark)(?P<day>[0-3][0-9])"
            r"(?:(?=T[0-9])|(?![\w/%]|[-.,:][\w]))"
        ),
        _read_figures,
    ),
    DateForm(
        re.compile(
            rf"(?P<one>[0-3]?[0-9])(?P<mark>[/.])(?P<two>[0-3]?[0-9])(?P=mark)(?P<last>{_YEAR})"
            r"(?P<year>)(?![\w/%]|[-.,:][\w])"
        ),
        _read_figures,
    ),
)
