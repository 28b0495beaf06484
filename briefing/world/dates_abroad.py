"""Full dates and months with their year as German, French and Spanish write them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.english.lexicon import read_lexicon, read_words
from briefing.isodates import exact_day, month_value
from briefing.model import DatePrecision

_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d)"
_WORD = re.compile(r"[^\W\d_]+")
_SHAPES = {
    "de": (r"\.\s?", r"\s", r"\."),
    "fr": (r"(?:er)?\s", r"\s", "/"),
    "es": (r"\sde\s", r"\sdel?\s", "/"),
}
"""What stands before a month, before the year, and between the figures of a day."""


def date_line_words() -> frozenset[str]:
    """Return the words that stand beside a date of publication in these languages."""
    return read_words("world", "months", "beside", *(f"{code} beside" for code in _SHAPES))


def dates_of_line(line: str) -> Iterator[DateAbroad]:
    """Yield the dates of a line in whatever language, figures only beside words that tell it."""
    words = set(_WORD.findall(line.lower()))
    for language in _SHAPES:
        is_told = not words.isdisjoint(read_words("world", "months", f"{language} beside"))
        for date in find_dates(line, language):
            if is_told or date.rule != "figures":
                yield date


class DateAbroad(NamedTuple):
    """A date in ISO 8601, how precise it is, its offsets, and the rule that read it."""

    value: str
    precision: DatePrecision
    start: int
    end: int
    rule: str


def find_dates(text: str, language: str) -> Iterator[DateAbroad]:
    """Yield the dates that a text in a language states whole, in order; none in other languages."""
    if language not in _SHAPES:
        return
    for match in _pattern(language).finditer(text):
        date = _read(match, language)
        if date is not None:
            yield date


def _read(match: re.Match[str], language: str) -> DateAbroad | None:
    year = int(match["year"] or match["year2"] or match["year3"])
    word = match["month"] or match["month2"]
    month = _numbers(language)[word.lower()] if word else int(match["figure"])
    day = match["day"] or match["day3"]
    value = exact_day(year, month, int(day)) if day else month_value(year, month)
    rule = "day_month_year" if match["day"] else "figures" if day else "month_year"
    return DateAbroad(*value, *match.span(), rule) if value else None


@functools.cache
def _numbers(language: str) -> dict[str, int]:
    rows = read_lexicon("world", "months")[language]
    return {form.lower(): number for number, row in enumerate(rows, 1) for form in row.split("/")}


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    before, behind, dot = _SHAPES[language]
    words = "|".join(sorted(_numbers(language), key=len, reverse=True))
    full = rf"{_DAY}{before}(?P<month>{words})\b\.?{behind}{_YEAR}"
    month = rf"(?P<month2>{words})\b\.?{behind}{_YEAR.replace('year', 'year2')}"
    figures = rf"(?P<day3>\d{{1,2}}){dot}(?P<figure>\d{{1,2}}){dot}{_YEAR.replace('year', 'year3')}"
    return re.compile(rf"(?i)(?<![\w.,/-])(?:{full}|{month}|{figures})")
