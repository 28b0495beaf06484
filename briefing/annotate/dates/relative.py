"""Dates relative to the day of publication: weekdays, yesterday, last week, next year."""

from __future__ import annotations

import re

from briefing.annotate.dates import resolving
from briefing.annotate.dates.full import (
    DASH,
    WEEKDAYS,
    DateCandidate,
    DateForm,
    DateScope,
    S,
    date_words,
    next_word,
    weekday_number,
)
from briefing.annotate.dates.resolving import Resolver, Tense

BACK = 60
"""How far back the words before a date are read."""

_WEEKDAY = re.compile(
    rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b(?P<owner>['’]s?\b)?"
    rf"(?P<of>(?:{S}(?:morning|afternoon|evening|night|noon))?,?{S}(?:of{S})?"
    rf"(?P<which>last|next|this|the previous|the following){S}week\b)?"
)
_NOT_AFTER = re.compile(
    rf"{DASH}\w|/\w|s\b|\s?[\d]|{S}the{S}\d|{S}(?:to|through|or){S}(?:{'|'.join(WEEKDAYS)})"
)
_BEFORE = re.compile(r"(?:([\w’'-]+)\s)?([\w’'-]+),?\s$")
_WEEK_BEFORE = re.compile(r"\b(?P<which>last|next)\sweek,?\s(?:on\s)?$", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"\b(?:(?:last|next|previous|following|that|same)\s(?:week|month|year)|ago|earlier|previously)\b",
    re.IGNORECASE,
)
_WANT_FUTURE = frozenset({"by", "until", "till", "for", "from", "before", "starting", "beginning"})
_AHEAD_OF = frozenset({"ahead of", "before"})
_AFTERMATH = frozenset({"after", "following", "since"})

_PERIOD = re.compile(
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s(?P<unit>week|month|year)\b"
    r"(?!\s(?:or|and a half)\b|-)"
)
_NO_PERIOD_BEFORE = re.compile(
    r"\b(?:the|ago|every|per|very|following|previous)\s$",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?P<word>[Yy]esterday|[Tt]omorrow|[Tt]onight|[Tt]his\s(?:morning|afternoon|evening))\b"
    r"(?!['’]s?\b|-)"
)
_NO_DAY_BEFORE = re.compile(r"\b(?:of|before|after|like|every|for|born)\s$", re.IGNORECASE)
_SENTENCE_OPENS = re.compile(r"(?:^|[.!?:;—–\n“\"])[\s“\"]*$")
_AGO = re.compile(r"\bago\b(?!\s(?:this|last|next|on|in|today|yesterday|tomorrow|to)\b)")
_COUNT_BEFORE = re.compile(
    r"(?:([\w-]+)\s)?(?<![\w-])(an?|one|two|three|four|five|six|seven|eight|nine|[1-9])\s(day|year)(s?)\s$",
    re.IGNORECASE,
)
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _read_weekday(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`on Tuesday`, `last Tuesday`, `Tuesday of last week`, `after Tuesday's vote`."""
    start, end = match.start(), match.end()
    index = weekday_number(match["weekday"])
    before = text[max(0, start - BACK) : start]
    words = _BEFORE.search(before)
    second, first = (words[1] or "", words[2]) if words else ("", "")
    span = (start, match.end("weekday"))
    if match["owner"]:
        return _read_owner(span, index, second, first)
    if {first, first.lower()} & date_words("before_weekdays") or _NOT_AFTER.match(text, end):
        return ()
    if next_word(text, end) in date_words("after_weekdays"):
        return ()
    week = match["which"] or (found["which"] if (found := _WEEK_BEFORE.search(before)) else None)
    if week:
        return _of_week((start, end) if match["of"] else span, index, week.lower())
    return _plain_weekday(text, span, index, second.lower(), first.lower())


def _plain_weekday(
    text: str, span: tuple[int, int], index: int, second: str, first: str
) -> tuple[DateCandidate, ...]:
    directions: dict[str, resolving.Direction] = {"last": -1, "next": 1, "past": -1, "coming": 1}
    if first in {"last", "next"}:
        return _fixed(span, f"{first}_weekday", resolving.other_weekday(index, directions[first]))
    if first in {"past", "coming"}:
        if second == "this":
            resolver = resolving.strict_weekday(index, directions[first])
            return _fixed(span, f"this_{first}_weekday", resolver)
        return ()
    if _OTHER_TIME.search(text, max(0, span[0] - 2 * BACK), span[0]):
        return ()
    wants: Tense | None = "future" if first in _WANT_FUTURE else None
    own_tense: Tense | None = "past" if first == "since" else None
    return _weekday(span, index, wants, own_tense)


def _read_owner(
    span: tuple[int, int], index: int, second: str, first: str
) -> tuple[DateCandidate, ...]:
    """`Tuesday's vote` has no tense of its own: only what it is set before or after."""
    if first.lower() in _AFTERMATH:
        return _weekday(span, index, own_tense="past")
    if first.lower() in _AHEAD_OF or f"{second} {first}".lower() in _AHEAD_OF:
        return _weekday(span, index, own_tense="future")
    return ()


def _of_week(span: tuple[int, int], index: int, week: str) -> tuple[DateCandidate, ...]:
    weeks = {"last": -1, "this": 0, "next": 1}.get(week)
    if weeks is None:
        return ()
    return _fixed(span, "weekday_of_week", resolving.weekday_of_week(index, weeks))


def _weekday(
    span: tuple[int, int], index: int, wants: Tense | None = None, own_tense: Tense | None = None
) -> tuple[DateCandidate, ...]:
    def resolver(tense: Tense | None) -> Resolver:
        return resolving.nearest_weekday(index, tense)

    return (
        DateCandidate(*span, "weekday", "day", resolver=resolver, wants=wants, own_tense=own_tense),
    )


def _fixed(
    span: tuple[int, int], rule: str, resolver: Resolver, scope: DateScope = "day"
) -> tuple[DateCandidate, ...]:
    return (DateCandidate(*span, rule, scope, resolver=lambda _: resolver),)


def _read_period(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`last week`, `this month`, `next year`; `the last week` is a stretch of time and no date."""
    if _NO_PERIOD_BEFORE.search(text, max(0, match.start() - BACK), match.start()):
        return ()
    which, unit = match["which"].lower(), match["unit"]
    off = {"last": -1, "this": 0, "next": 1}[which]
    resolvers = {"week": resolving.week, "month": resolving.month_off, "year": resolving.year_off}
    return _fixed(match.span(), f"{which}_{unit}", resolvers[unit](off), "period")


def _read_day(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`yesterday`, `tomorrow`, `tonight`, `this morning`."""
    before = text[max(0, match.start() - BACK) : match.start()]
    if _NO_DAY_BEFORE.search(before):
        return ()
    if match[0][0].isupper() and not _SENTENCE_OPENS.search(before):
        return ()
    word = match["word"].lower()
    off = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    rule = word if off else "publication_day"
    return _fixed(match.span(), rule, resolving.day_off(off))


def _read_ago(text: str, match: re.Match[str]) -> tuple[DateCandidate, ...]:
    """`two years ago`, `three days ago`; none where the number is rounded."""
    count = _COUNT_BEFORE.search(text, max(0, match.start() - BACK), match.start())
    if count is None or (count[1] or "").lower() in date_words("vague"):
        return ()
    number = _count(count[2].lower())
    span = (count.start(2), match.end())
    if count[3].lower() == "year":
        return _fixed(span, "years_ago", resolving.year_off(-number), "period")
    return _fixed(span, "days_ago", resolving.day_off(-number))


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 1 if word in {"a", "an"} else _NUMBERS.index(word)


WEEKDAY_FORM = DateForm(_WEEKDAY, _read_weekday)
PERIOD_FORM = DateForm(_PERIOD, _read_period)
DAY_FORM = DateForm(_DAY, _read_day)
AGO_FORM = DateForm(_AGO, _read_ago)
