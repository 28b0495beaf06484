"""Days, and months with their year, as German, French and Spanish write them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.english.lexicon import read_lexicon, read_words
from briefing.isodates import DateValue, exact_day, month_value, range_value

_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d)"
_WORD = re.compile(r"[^\W\d_]+")
_LONE_YEAR = re.compile(
    r"\b(?P<year>(?:1[5-9]|20)\d\d)(?![\w%°€$/-]|[.,]\d|\s[\d%€$])(?:\s(?P<behind>[^\W\d_]+))?"
)
_LAST_WORD = re.compile(r"(?:^|\W)([^\W\d_]+)\s\Z")
_LONGEST_WORD = 20
_FIRST = r"(?:\s?er|ᵉʳ|\.?[ºᵒ°])?"
_SHAPES = {
    "de": (r"(?:\.|ter|ten)\s?", r"\s"),
    "fr": (rf"{_FIRST}\s", r"\s"),
    "es": (rf"{_FIRST}\s(?:de\s)?", r"(?:,?\s|\sdel?\s)"),
}
"""What stands before a month and before the year."""
_STREET = re.compile(
    r"(?i)(?:\b(?:rue|place|avenue|boulevard|plaza|avenida)|straße|strasse|platz|brücke)"
    r"\s(?:du|des|de|del)\s$"
)
_MONTHS = 12
_UNCLEAR = (9, 11)
"""A day that is an event without its year."""
_SHORT = 3
"""Letters of short months that are words too."""


def date_line_words() -> frozenset[str]:
    """Return the words that stand beside a date of publication in these languages."""
    weekdays = (form for code in _SHAPES for form in _numbers(f"{code} weekdays"))
    beside = read_words("world", "months", "beside", *(f"{code} beside" for code in _SHAPES))
    return beside.union(weekdays)


def dates_of_line(line: str) -> Iterator[DateAbroad]:
    """Yield the dates of a line in whatever language; of two at one place the longer goes first.

    `3 mai 2023` is no German month. Figures count only where they or words beside them tell which
    is the day: `20.09.2022`.
    """
    yield from sorted(_dates_of_line(line), key=lambda date: (date.start, -date.end))


def _dates_of_line(line: str) -> Iterator[DateAbroad]:
    words = set(_WORD.findall(line.lower()))
    for language in _SHAPES:
        beside = read_words("world", "months", f"{language} beside")
        is_told = not words.isdisjoint(beside.union(_numbers(f"{language} weekdays")))
        for date in find_dates(line, language):
            if (
                date.value
                and date.value.precision != "range"
                and (is_told or date.rule != "figures" or date.days[0] > _MONTHS)
            ):
                yield date


class DateAbroad(NamedTuple):
    """A date with its offsets and the rule that read it; `year` is None where it states none.

    `days` are its first and last day in the month, none for a month; a `weekday` counts from 0.
    """

    start: int
    end: int
    rule: str
    year: int | None
    month: int
    days: tuple[int, ...] = ()
    weekday: int | None = None

    @property
    def value(self) -> DateValue | None:
        """Return the date as stated, None where the calendar has no such or the year is missing."""
        return self.of_year(self.year) if self.year is not None else None

    def of_year(self, year: int) -> DateValue | None:
        """Return the date in a year, None where the calendar has no such."""
        if not self.days:
            return month_value(year, self.month)
        first, last = (exact_day(year, self.month, day) for day in self.days)
        return first if first == last else first and last and range_value(first, last)


def find_dates(text: str, language: str) -> Iterator[DateAbroad]:
    """Yield the dates of a text in a language, in order; none in other languages.

    Days may lack their year, but not where a word beside them tells it: `le 3 mai dernier`.
    """
    if language not in _SHAPES:
        return
    for match in _pattern(language).finditer(text):
        date = _read(match, language)
        if date.year is not None or not _names_other(text, date, match["month"]):
            yield date


def find_years(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where a text states a year alone: behind a word such as `desde`, no unit behind it."""
    if language not in _SHAPES:
        return
    before = read_words("world", "months", f"{language} before year")
    units = read_words("world", "months", "units")
    for match in _LONE_YEAR.finditer(text):
        word = _LAST_WORD.search(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
        behind = (match["behind"] or "").lower()
        if word is not None and word[1].lower() in before and behind not in units:
            yield match.span("year")


def _names_other(text: str, date: DateAbroad, month: str) -> bool:
    """Whether a day without its year is of another one, is an event, or is none: `3 mar`."""
    if (len(month) <= _SHORT and month.lower() != "mai") or (date.month, date.days[0]) == _UNCLEAR:
        return True
    behind = _WORD.findall(text[date.end : date.end + 30].partition("\n")[0])[:2]
    told = not read_words("world", "months", "other years").isdisjoint(map(str.lower, behind))
    is_street = _STREET.search(text[max(0, date.start - 30) : date.start]) is not None
    return told or is_street


def _read(match: re.Match[str], language: str) -> DateAbroad:
    year, word = (
        match["year"] or match["year2"] or match["year3"],
        match["month"] or match["month2"],
    )
    month = _numbers(language)[word.lower()] if word else int(match["figure"])
    last = match["day"] or match["day3"]
    first = match["from"] or last
    rule = "days" if match["from"] else "day_month" if match["day"] else "month"
    weekday = _numbers(f"{language} weekdays").get((match["weekday"] or "").lower())
    return DateAbroad(
        *match.span(),
        "figures" if match["day3"] else f"{rule}_year" if year else rule,
        int(year) if year else None,
        month,
        (int(first), int(last)) if last else (),
        weekday - 1 if weekday else None,
    )


@functools.cache
def _numbers(section: str) -> dict[str, int]:
    """Return the forms of months, or of weekdays, with their numbers from 1."""
    rows = read_lexicon("world", "months")[section]
    return {form.lower(): number for number, row in enumerate(rows, 1) for form in row.split("/")}


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    before, behind = _SHAPES[language]
    words = "|".join(sorted(_numbers(language), key=len, reverse=True))
    to = "|".join(read_words("world", "months", f"{language} to"))
    weekdays = "|".join(_numbers(f"{language} weekdays"))
    day = (
        rf"(?:(?P<weekday>{weekdays}),?\s(?:(?:dem|den|le|el)\s)?)?"
        rf"(?:(?P<from>\d{{1,2}})(?:\.|er)?(?:\s(?:{to})\s|\s?[–-]\s?))?"
    )
    year2, year3 = _YEAR.replace("year", "year2"), _YEAR.replace("year", "year3")
    full = rf"{day}{_DAY}{before}(?P<month>{words})\b(?:\.?{behind}{_YEAR}|(?!\.?{behind}?\d|-))"
    month = rf"(?P<month2>{words})\b\.?{behind}{year2}"
    figures = rf"(?P<day3>\d{{1,2}})(?P<dot>[./-])\s?(?P<figure>\d{{1,2}})(?P=dot)\s?{year3}"
    return re.compile(rf"(?i)(?<![\w.,/-])(?:{full}|{month}|{figures})")
