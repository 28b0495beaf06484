"""Dates that a text names: in full, in part, or relative to the day on which it appeared.

Precision goes before recall: what could be another date, or no date, gets none. A date that the
words give whole is `stated`. One that the publication date completes is `inferred`, and only where
every day on which the article may have appeared gives the same: an article dated to a month has a
`last year` and no `yesterday`, an undated one has neither. The rules, by the name they leave:

- `month_day_year`, `day_month_year`, `figures`, `days_year`: full days and ranges of them; figures
  alone only where one reading is a date (`23/01/2020`, not `02/03/2020`).
- `month_year`, `months_year`, `year`, `years`, `year_event`, `half_year`: stated months, years and
  ranges. A year needs a cue (`in`, `since`, `the end of`) or an event (`the 2016 election`), and
  nothing after it that it could count. `quarter` is inferred: a company's may be another.
- `month_day`, `day_month`, `days`, `month`: dates that lack a year. With a past verb it is the
  latest one begun, with a future verb the next, unless the one on the other side of the publication
  is within a month; with neither, the one within 60 days. A weekday beside it must fit and decides.
  None where a stated year beside it says otherwise.
- `weekday`: with a past verb (or `since`, `after Tuesday's`) the last one up to the day of
  publication, with a future verb (or `ahead of Tuesday's`) the first from it on; the day of
  publication itself in both. None with another verb, and after `by`, `until`, `for` and the like
  only with a future one.
- `last_weekday`, `next_weekday`: the nearest one if it lies in another week (Monday to Sunday) than
  the publication, else none. `this_past_weekday`, `this_coming_weekday`: the nearest one.
  `weekday_of_week`: `Tuesday of last week`.
- `last_month_name`, `next_month_name`: of the year before or after, unless the month of the
  publication's own year may be meant.
- `last_week`, `this_month`, `next_year` and their like: the week as a range from Monday to Sunday
  (none on a Sunday), the month, the year; `the last year` is a stretch of time and no date.
- `yesterday`, `tomorrow`, `publication_day` (`tonight`, `this morning`), `days_ago`, `years_ago`.
  `today` is none: it may mean nowadays.

Inside quotation marks a speaker counts from the day of speaking, which is not known: there nothing
is relative to the publication, and a date without a year only if it is near.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec.structs import replace

from briefing import isodates
from briefing.annotate.dates import full, resolving
from briefing.annotate.dates.partial import BARE_MONTH_FORM, YEAR_FORMS
from briefing.annotate.dates.relative import AGO_FORM, DAY_FORM, PERIOD_FORM, WEEKDAY_FORM
from briefing.annotate.dates.resolving import Tense
from briefing.annotate.dates.tense import find_tense
from briefing.english.marks import find_marked
from briefing.english.sentences import split_sentences
from briefing.isodates import DateValue, Days
from briefing.model import READ_ROLES, Chunk, DateMention, PublicationDate

_ANCHOR = re.compile(
    r"\b(?:J(?:an|u[nl]|AN|U[NL])|F(?:eb|EB|ri|RI)|M(?:a[ry]|A[RY]|on|ON)|A(?:pr|ug|PR|UG)"
    r"|S(?:ep|EP|at|un|AT|UN)|O(?:ct|CT)|N(?:ov|OV)|D(?:ec|EC)|T(?:u[e]|hu|U[E]|HU)|W(?:ed|ED)"
    r"|[0-9](?:[0-9]{3}(?:[-/][01][0-9][-/]|\b)"
    r"|[0-9]?(?:[/.][0-9]{1,2}[/.][12]|(?=(?:st|nd|rd|th|ST|ND|RD|TH)?[-–—‑−\s])))"
    r"|[Ll]ast\s(?:week|month|year)\b|[Nn]ext\s(?:week|month|year)\b"
    r"|[Tt](?:his\s(?:week|month|year|morning|afternoon|evening)|omorrow|onight)\b"
    r"|[Yy]esterday\b|ago\b)"
)
"""Where a date may start or, for `ago`, end; every branch opens with a character: that is fast."""
_DAYS = frozenset({"tomorrow", "tonight", "yesterday"})
_PERIODS = ("week", "month", "year")
_WEEKDAYS = frozenset(name[:3].lower() for name in full.WEEKDAYS)
_FORMS: dict[str, tuple[full.DateForm, ...]] = {
    "month": (*full.DATED_FORMS, *full.MONTH_FORMS, BARE_MONTH_FORM),
    "weekday": (*full.DATED_FORMS, WEEKDAY_FORM),
    "figures": full.FIGURE_FORMS,
    "year": YEAR_FORMS,
    "number": full.DATED_FORMS,
    "period": (PERIOD_FORM,),
    "day": (DAY_FORM,),
    "ago": (AGO_FORM,),
}
_NOT_BEFORE = frozenset("#@/\\_$€£¥=&+*~^<")
_NOT_BEFORE_FIGURES = _NOT_BEFORE | frozenset(".,:-–—‑−'’")
_PREFIX = re.compile(r"\b(?:[Mm]id|[Ee]arly|[Ll]ate|[Pp]re|[Pp]ost)-$")
_MAY = "May"


def annotate_dates(chunks: Sequence[Chunk], published: PublicationDate | None) -> tuple[Chunk, ...]:
    """Return the chunks with `dates` filled where their role is read, in order, not overlapping.

    `published` is the article's own date, None if it does not say, the module says what each rule
    makes of it; no date found here ever becomes it.
    """
    days = resolving.publication_days(published)
    read = [chunk.text for chunk in chunks if chunk.role in READ_ROLES]
    person = any(_names_person(text) for text in read)
    return tuple(
        replace(chunk, dates=_find(chunk.text, days, may_is_person=person))
        if chunk.role in READ_ROLES
        else (replace(chunk, dates=()) if chunk.dates else chunk)
        for chunk in chunks
    )


def _names_person(text: str) -> bool:
    found = re.finditer(rf"(?<=\s){_MAY}\b", text) if _MAY in text else ()
    return any(full.is_surname(text, match.start()) for match in found)


def _find(text: str, days: Days | None, *, may_is_person: bool) -> tuple[DateMention, ...]:
    reading = _Reading(text, days)
    candidates = [
        candidate
        for candidate in _candidates(text)
        if not (may_is_person and text[candidate.start : candidate.end] == _MAY)
    ]
    stated = [one for one in candidates if one.scope == "stated" and one.value]
    found = []
    for candidate in candidates:
        value = candidate.value or reading.infer(candidate, stated)
        if value is not None:
            found.append(
                DateMention(
                    start=candidate.start,
                    end=candidate.end,
                    value=value.value,
                    precision=value.precision,
                    basis="stated" if candidate.scope == "stated" else "inferred",
                    rule=candidate.rule,
                )
            )
    return tuple(found)


def _candidates(text: str) -> Iterator[full.DateCandidate]:
    """Read every form at its anchor; what one form has taken is not read again."""
    done = 0
    for anchor in _ANCHOR.finditer(text):
        start = anchor.start()
        if start < done:
            continue
        kind = _kind_of(anchor[0])
        if not _may_start(text, start, kind):
            continue
        for form in _FORMS[kind]:
            match = form.pattern.match(text, start)
            if match is not None:
                taken = [one for one in form.read(text, match) if one.start >= done]
                yield from taken
                done = max(match.end(), *(one.end for one in taken)) if taken else match.end()
                break


def _kind_of(anchor: str) -> str:
    """Return the kind of date that an anchor may open."""
    if anchor[0].isdigit():
        if anchor.isdigit():
            return "year" if len(anchor) == 4 else "number"
        return "figures"
    word = anchor.lower()
    if word.endswith(_PERIODS):
        return "period"
    if " " in word or word in _DAYS or not word.isalpha():
        return "day"
    if word == "ago":
        return "ago"
    return "weekday" if word in _WEEKDAYS else "month"


def _may_start(text: str, start: int, kind: str) -> bool:
    """Whether the character before leaves room for a date: none in an address or a price."""
    before = text[start - 1 : start]
    if kind in {"figures", "number"}:
        return before not in _NOT_BEFORE_FIGURES or before == ""
    if before and before in "-–—‑−'’.,:":
        tail = text[max(0, start - 6) : start]
        return before in "–—" or (kind in {"month", "year"} and _PREFIX.search(tail) is not None)
    return before == "" or before not in _NOT_BEFORE


class _Reading:
    """A text with what the resolution of its dates needs, each found once and only if needed."""

    def __init__(self, text: str, days: Days | None) -> None:
        self._text = text
        self._days = days

    def infer(
        self, candidate: full.DateCandidate, stated: Sequence[full.DateCandidate]
    ) -> DateValue | None:
        """Return the value that the publication gives a candidate, None where it gives none."""
        if candidate.resolver is None or self._days is None:
            return None
        quoted = self._is_quoted(candidate.start)
        if quoted and candidate.scope != "yearless":
            return None
        tense = None if quoted else self._tense(candidate)
        if candidate.wants and tense != candidate.wants:
            return None
        value = resolving.resolve(self._days, candidate.resolver(tense))
        return value if value and self._agrees(candidate, value, stated) else None

    def _tense(self, candidate: full.DateCandidate) -> Tense | None:
        if candidate.own_tense or candidate.scope == "period":
            return candidate.own_tense
        sentence = self._sentence(candidate.start)
        return find_tense(self._text, sentence, candidate.start, candidate.end, self._is_quoted)

    def _agrees(
        self, candidate: full.DateCandidate, value: DateValue, stated: Sequence[full.DateCandidate]
    ) -> bool:
        """Whether no stated date nearby shows that the sentence speaks of another time.

        A date without a year bows to the stated year before it and to any in its sentence; a date
        relative to the publication to one that stands before it in its sentence.
        """
        start, end = self._sentence(candidate.start)
        number = bisect.bisect_left(stated, candidate.start, key=lambda one: one.start)
        before = stated[number - 1] if number else None
        after = stated[number] if number < len(stated) else None
        if candidate.scope == "day" and before and before.rule.startswith("year"):
            return True
        if candidate.scope != "yearless":
            return before is None or before.start < start or _shares_year(before, value)
        return (before is None or _shares_year(before, value)) and (
            after is None or after.start >= end or _shares_year(after, value)
        )

    def _sentence(self, at: int) -> tuple[int, int]:
        number = bisect.bisect_right(self._sentences, at, key=lambda span: span[0]) - 1
        return self._sentences[number] if number >= 0 else (0, len(self._text))

    def _is_quoted(self, at: int) -> bool:
        number = bisect.bisect_right(self._quoted, at, key=lambda span: span[0]) - 1
        return number >= 0 and at < self._quoted[number][1]

    @cached_property
    def _sentences(self) -> tuple[tuple[int, int], ...]:
        return split_sentences(self._text)

    @cached_property
    def _quoted(self) -> tuple[tuple[int, int], ...]:
        return tuple((one.start, one.end) for one in find_marked([self._text])[0])


def _shares_year(stated: full.DateCandidate, value: DateValue) -> bool:
    if stated.value is None:
        return True
    there, here = isodates.days_of(stated.value.value), isodates.days_of(value.value)
    if there is None or here is None:
        return True
    return there[0].year <= here[1].year and here[0].year <= there[1].year
