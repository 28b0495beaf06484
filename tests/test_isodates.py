"""ISO 8601 dates: their days, and how they read in words."""

import datetime as dt

import pytest

from briefing.isodates import days_of, in_words, in_words_under_year, read_leading, read_value


@pytest.mark.parametrize(
    ("value", "precision", "days"),
    [
        ("2020-02-29", "day", ((2020, 2, 29), (2020, 2, 29))),
        ("2019-02", "month", ((2019, 2, 1), (2019, 2, 28))),
        ("2019", "year", ((2019, 1, 1), (2019, 12, 31))),
        ("2019-11/2020-02", "range", ((2019, 11, 1), (2020, 2, 29))),
    ],
)
def test_a_value_has_a_precision_and_covers_days(
    value: str, precision: str, days: tuple[tuple[int, int, int], tuple[int, int, int]]
) -> None:
    assert read_value(value) == (value, precision)
    assert days_of(value) == (dt.date(*days[0]), dt.date(*days[1]))


@pytest.mark.parametrize(
    "value",
    ["", "20", "2019-2", "2019-13", "2019-02-29", "2020-02/2020-01", "٢٠٢٠", "0999", "2020-01-01T"],
)
def test_what_is_no_date_has_no_value(value: str) -> None:
    assert read_value(value) is None
    assert in_words(value) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-01-23T08:00:00Z", "2020-01-23"),
        (" 2020-01 ", "2020-01"),
        ("2020-01-234", None),
        ("2020-02-30", None),
        ("on 2020-01-23", None),
    ],
)
def test_a_time_begins_with_its_day(text: str, value: str | None) -> None:
    found = read_leading(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("value", "words", "under_year"),
    [
        ("2020-01-23", "23 January 2020", "23 Jan"),
        ("2020-01", "January 2020", "Jan"),
        ("2020", "2020", "2020"),
        ("2020-01-13/2020-01-19", None, "13–19 Jan"),
        ("2019-11/2020-02", None, "Nov–Feb 2020"),
        ("2019/2020", None, "2019–2020"),
    ],
)
def test_a_date_reads_in_words(value: str, words: str | None, under_year: str) -> None:
    assert in_words(value) == words
    assert in_words_under_year(value) == under_year
