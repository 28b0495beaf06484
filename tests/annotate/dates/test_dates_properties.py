"""Whatever the text, dates are exact spans in order, with values the calendar knows."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.isodates import days_of
from briefing.model import PublicationDate
from tests.annotate.dates.test_dates import find_dates

PIECES = st.sampled_from(
    [
        "January", "Jan.", "MAY", "May", "march", "March", "Sept", "Monday", "Tuesday’s", "on",
        "in", "since", "the", "end of", "last", "next", "this", "week", "month", "year", "ago",
        "two", "23", "4", "4-6", "31st", "2019", "2020", "2018-19", "2020-01-23", "23/01/2020",
        "02", "Sunday", "yesterday", "tomorrow", "said", "will", "met", "would", "between",
        "and", "to", "from", "first half of", "Q3", "election", "people", "“", "”", '"', "'",
        ",", ".", "-", "–", "\n", "\n\n", "\xa0", "\u202f", "\u200b", "\u202e", "é", "𝟚", "٢٠١٩",
        "Theresa", "$", "/", "%",
    ]
)  # fmt: skip
TEXT = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " "])), max_size=30).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
DAY = st.dates(dt.date(1900, 1, 1), dt.date(2098, 12, 31))
PUBLISHED = st.none() | DAY.map(
    lambda day: PublicationDate(value=day.isoformat(), precision="day", basis="stated")
)
FORMS = {
    "day": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-\d\d",
    "year": r"\d{4}",
    "range": r"(\d{4}(?:-\d\d){0,2})/(\d{4}(?:-\d\d){0,2})",
}


@settings(max_examples=400, deadline=None)
@given(TEXT, PUBLISHED)
def test_dates_are_spans_in_order_with_values_of_their_precision(
    text: str, published: PublicationDate | None
) -> None:
    at = 0
    for one in find_dates(text, published):
        assert at <= one.start < one.end <= len(text)
        at = one.end
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert re.fullmatch(FORMS[one.precision], one.value)
        assert days_of(one.value) is not None
        assert one.rule


@settings(max_examples=200, deadline=None)
@given(TEXT, PUBLISHED)
def test_what_is_stated_needs_no_publication(text: str, published: PublicationDate | None) -> None:
    with_date = [one for one in find_dates(text, published) if one.basis == "stated"]
    without = [one for one in find_dates(text, None) if one.basis == "stated"]
    assert with_date == without


@settings(max_examples=200, deadline=None)
@given(DAY, st.integers(0, 6))
def test_a_weekday_lies_within_the_six_days_before_or_after_the_publication(
    day: dt.date, index: int
) -> None:
    published = PublicationDate(value=day.isoformat(), precision="day", basis="stated")
    name = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")[index] + "day"
    [past] = find_dates(f"The board met on {name}.", published)
    [future] = find_dates(f"The board will meet on {name}.", published)
    back = day - dt.date.fromisoformat(past.value)
    ahead = dt.date.fromisoformat(future.value) - day
    assert 0 <= back.days <= 6
    assert 0 <= ahead.days <= 6
    assert (back + ahead).days in {0, 7}


@settings(max_examples=200, deadline=None)
@given(DAY, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%A, %d %B %Y", "%Y-%m-%d"]))
def test_every_day_is_read_as_it_was_written(day: dt.date, form: str) -> None:
    words = day.strftime(form)
    [found] = find_dates(f"It opened on {words}, and shut.", None)
    assert (found.start, found.end, found.value) == (13, 13 + len(words), day.isoformat())


@pytest.mark.parametrize(
    "unit",
    ["1", "1 2 ", "in 2019 and ", "on Tuesday ", "Jan. ", "Jan. 4 and ", "4-", "2018-2019-",
     "it said in May, "]
)  # fmt: skip
def test_time_grows_with_the_length_of_a_nasty_text(unit: str) -> None:
    published = PublicationDate(value="2020-01-23", precision="day", basis="stated")

    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        taken = []
        for _ in range(3):
            start = time.process_time()
            find_dates(text, published)
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(100)
    assert seconds(40_000) < 16 * seconds(5_000) + 0.02
