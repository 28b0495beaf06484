"""Years and months that stand alone: dates only where the words beside them say so.

A figure of four digits may count anything and a month may be a name or a verb, so that each needs a
cue before it, and must not be followed by what would make it something else.
"""

from __future__ import annotations

import re

from briefing import isodates
from briefing.annotate.dates import resolving
from briefing.annotate.dates.full import (
    DASH,
    SHORT_MONTHS,
    DateCandidate,
    DateForm,
    S,
    counts_things,
    date_words,
    is_surname,
    month_pattern,
    next_word,
    relative_year,
)
from briefing.annotate.dates.resolving import Resolver, Tense
from briefing.isodates import MONTHS, month_number

BACK = 60
"""How far back the words before a date are read."""

_YEAR = r"(?:1[6-9]|20)[0-9]{2}"
_END = r"(?![\w%°€$£+]|[.,:/][0-9]|['’]s?\d|[-–—‑−][\w])"
_LIST = rf"(?:{_YEAR}(?:,\s(?:and\s)?|\s(?:and|or)\s)){{0,4}}"
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|by|until|till|before|after|during|from|through|early|late|year|throughout)\s"
    r"(?:(?:early|late|mid)[\s-])?|\bmid-|\bas of\s|\b(?:for|between)\s"
    r"|\b(?:spring|summer|autumn|fall)\s)"
    rf"{_LIST}$",
    re.IGNORECASE,
)
_OF = re.compile(rf"\b([A-Za-z]+)\s(?:of|in)\s(?:(?:early|late)\s)?{_LIST}$")
_PART = re.compile(
    r"\b(?:(first|second|third|fourth)[\s-](half|quarter)\s(?:of|in)\s|(?:[Tt]he\s)?(H|Q)([1-4])\s)$",
    re.IGNORECASE,
)
_BUSINESS_YEAR = re.compile(r"\b(?:fiscal|financial|business|tax|school|academic)\b", re.IGNORECASE)
_HOLDER = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)|['’]s?)\s$")
_EVENT = re.compile(r"(?:\s[A-Za-z][\w-]*){1,3}")
_RANGE_CUE = re.compile(
    r"(?:\b(?:in|from|for|during|between|of|period|years|over|through|season)\s|[(\[])$",
    re.IGNORECASE,
)
_MONTH_CUE = re.compile(
    r"\b(?:(?P<which>last|next|this)(?:\s(?P<turn>past|coming))?\s"
    r"|(?P<cue>in|since|until|till|by|during|from|through|before|after)\s(?:(?:early|late|mid)[\s-])?"
    r"|(?P<noun>end|start|beginning|middle|rest|course|half|part|week|weekend|days|weeks)\sof\s"
    r"|(?P<time>early|late|mid)[\s-])$",
    re.IGNORECASE,
)
_NO_MONTH_AFTER = re.compile(
    rf"\s?[\d/]|['’]\d|{DASH}\w|{S}(?:to|through|and|or|&){S}(?:{'|'.join(MONTHS)})\b"
    rf"|,{S}(?:{'|'.join(MONTHS)})\b"
)
_NAMES = frozenset({"April", "May", "June", "August", "March", "Jan.", "APRIL", "MAY", "JUNE"})
"""Months that are given names or surnames too."""
_SHORT_NEED_STOP = frozenset(SHORT_MONTHS) - {"Sept"}
_FUTURE_CUES = frozenset({"until", "till", "by"})


def _read_year(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`in 2019`, `the end of 2027`, `the first half of 2019`, `the 2016 election`."""
    at, end = match.span()
    before = text[max(0, at - BACK) : at]
    if counts_things(text, end):
        return ()
    part = _PART.search(before)
    if part is not None:
        return _read_part(at - len(before) + part.start(), match, part, before)
    of = _OF.search(before)
    if _YEAR_CUE.search(before) or (of and of[1] in date_words("nouns_of_time")):
        return (DateCandidate(at, end, "year", value=isodates.year_value(int(match[0]))),)
    if _HOLDER.search(before) and _names_event(text, end):
        return (DateCandidate(at, end, "year_event", value=isodates.year_value(int(match[0]))),)
    return ()


def _read_part(
    start: int, match: re.Match[str], part: re.Match[str], before: str
) -> tuple[DateCandidate, ...]:
    """Read a half, or a quarter, which is a convention: a company's own year may differ."""
    if _BUSINESS_YEAR.search(before):
        return ()
    word, figure = part[1], part[4]
    number = (
        int(figure) if figure else ("first", "second", "third", "fourth").index(word.lower()) + 1
    )
    is_half = (part[2] or part[3]).lower() in {"half", "h"}
    months = 6 if is_half else 3
    if number * months > 12:
        return ()
    year = int(match[0])
    first = isodates.month_value(year, (number - 1) * months + 1)
    value = isodates.range_value(first, isodates.month_value(year, number * months))
    if is_half:
        return (DateCandidate(start, match.end(), "half_year", value=value),)
    return (DateCandidate(start, match.end(), "quarter", "convention", value=value),)


def _names_event(text: str, end: int) -> bool:
    words = _EVENT.match(text, end)
    return words is not None and any(
        word.lower() in date_words("events") for word in words[0].split()
    )


def _read_years(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`from 2018 to 2020`, `between 2018 and 2020`, `in 2018-20`."""
    before = text[max(0, match.start() - BACK) : match.start()]
    cue = _RANGE_CUE.search(before)
    if counts_things(text, match.end()) or _BUSINESS_YEAR.search(before[-12:]):
        return ()
    if cue is None and not _HOLDER.search(before):
        return ()
    first, last = match["first"], match["last"]
    last = last if len(last) == 4 else first[:2] + last
    value = isodates.range_value(isodates.year_value(int(first)), isodates.year_value(int(last)))
    return (DateCandidate(*match.span(), "years", value=value),)


def _read_month(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`in March`, `since January`, `the end of April`, `last May`, `next June`."""
    start, end = match.span()
    words = match["month"]
    cue = _MONTH_CUE.search(text, max(0, start - BACK), start)
    if cue is None or _NO_MONTH_AFTER.match(text, end) or is_surname(text, start):
        return ()
    if words in _SHORT_NEED_STOP or (words in _NAMES and not _is_month(text, match, cue)):
        return ()
    number = month_number(words)
    years = relative_year(text, end)
    if years is not None:
        of_year = resolving.month_of_year(number, years)
        return (DateCandidate(start, end, "month_of_year", "period", resolver=lambda _: of_year),)
    if cue["which"] and cue["which"].lower() != "this":
        direction: resolving.Direction = -1 if cue["which"].lower() == "last" else 1
        return (_month_off(match, number, direction),)

    def resolver(tense: Tense | None) -> Resolver:
        return resolving.without_year(lambda year: isodates.month_value(year, number), tense)

    word = (cue["cue"] or "").lower()
    own_tense: Tense | None = "past" if word == "since" or cue["turn"] == "past" else None
    if cue["turn"] == "coming":
        own_tense = "future"
    wants: Tense | None = "future" if word in _FUTURE_CUES else None
    return (
        DateCandidate(
            start, end, "month", "yearless", resolver=resolver, own_tense=own_tense, wants=wants
        ),
    )


def _month_off(match: re.Match[str], number: int, direction: resolving.Direction) -> DateCandidate:
    rule = "last_month_name" if direction < 0 else "next_month_name"
    resolver = resolving.named_month(number, direction)
    return DateCandidate(*match.span(), rule, "yearless", resolver=lambda _: resolver)


def _is_month(text: str, match: re.Match[str], cue: re.Match[str]) -> bool:
    """Whether a month that is a name too is meant as a month."""
    following = next_word(text, match.end())
    if following[:1].isupper() or text[match.end() : match.end() + 2] in {"'s", "’s"}:
        return False
    if match["month"].upper() != "MAY":
        return True
    at = cue.start()
    return (cue["cue"] or "in").lower() == "in" and not _TRUST.search(text, max(0, at - BACK), at)


_TRUST = re.compile(r"\b(?:confidence|trust|faith|belief|believe|believed|interest)\s$")


YEAR_FORMS: tuple[DateForm, ...] = (
    DateForm(
        re.compile(
            rf"(?P<first>{_YEAR})(?:{S}?{DASH}{S}?(?={_YEAR})|{DASH}(?=[0-9]{{2}}\b)"
            rf"|{S}(?:to|through|until){S}(?={_YEAR})|(?<=[Bb]etween\s....)\sand\s(?={_YEAR}))"
            rf"(?P<last>[0-9]+){_END}"
        ),
        _read_years,
    ),
    DateForm(re.compile(rf"{_YEAR}{_END}"), _read_year),
)
BARE_MONTH_FORM = DateForm(re.compile(month_pattern("month")), _read_month)
