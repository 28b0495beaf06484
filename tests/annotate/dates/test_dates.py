"""Dates in a text: which words are dates, which value each gets, and which get none."""

from __future__ import annotations

import pytest

from briefing.annotate.dates.annotator import annotate_dates
from briefing.model import Chunk, DateMention, DatePrecision, PublicationDate

THURSDAY = "2020-01-23"


def on(value: str, precision: DatePrecision = "day") -> PublicationDate:
    return PublicationDate(value=value, precision=precision, basis="stated")


def find_dates(text: str, published: PublicationDate | None) -> tuple[DateMention, ...]:
    (chunk,) = annotate_dates([Chunk(id="c1", role="body", text=text)], published)
    return chunk.dates


def dates(text: str, published: PublicationDate | None = None) -> list[tuple[str, str]]:
    """Return the words and the value of each date."""
    return [(text[one.start : one.end], one.value) for one in find_dates(text, published)]


def inferred(text: str, published: str = THURSDAY) -> list[tuple[str, str]]:
    return dates(text, on(published))


STATED = [
    ("The quay opened on 23 January 2020.", [("23 January 2020", "2020-01-23")]),
    ("Jan. 23, 2020", [("Jan. 23, 2020", "2020-01-23")]),
    ("January 23rd, 2020 was cold", [("January 23rd, 2020", "2020-01-23")]),
    ("It closed January 23 2020", [("January 23 2020", "2020-01-23")]),
    ("the 23rd of January 2020", [("23rd of January 2020", "2020-01-23")]),
    ("3rd November, 2019", [("3rd November, 2019", "2019-11-03")]),
    ("LISBON, JAN. 23, 2020", [("JAN. 23, 2020", "2020-01-23")]),
    ("Thursday, Jan. 23, 2020 at 10:30", [("Thursday, Jan. 23, 2020", "2020-01-23")]),
    ("Thu 23 Jan 2020", [("Thu 23 Jan 2020", "2020-01-23")]),
    ("on January\n23, 2020", [("January\n23, 2020", "2020-01-23")]),
    ("Sent 2020-01-23.", [("2020-01-23", "2020-01-23")]),
    ("2020-01-23T10:00Z", [("2020-01-23", "2020-01-23")]),
    ("2020/01/23", [("2020/01/23", "2020-01-23")]),
    ("23/01/2020", [("23/01/2020", "2020-01-23")]),
    ("01/23/2020", [("01/23/2020", "2020-01-23")]),
    ("23.1.2020", [("23.1.2020", "2020-01-23")]),
    ("05/05/2020", [("05/05/2020", "2020-05-05")]),
    ("on Feb. 29, 2020", [("Feb. 29, 2020", "2020-02-29")]),
    ("May 5, 2019", [("May 5, 2019", "2019-05-05")]),
    ("in March 2019", [("March 2019", "2019-03")]),
    ("Sept. 2019", [("Sept. 2019", "2019-09")]),
    ("January, 2019 and July of 2018", [("January, 2019", "2019-01"), ("July of 2018", "2018-07")]),
    ("It grew in 2019.", [("2019", "2019")]),
    ("open since 2018, shut by 2027", [("2018", "2018"), ("2027", "2027")]),
    ("by the end of 2027", [("2027", "2027")]),
    ("in early 2021 or mid-2022", [("2021", "2021"), ("2022", "2022")]),
    ("in the summer of 2018", [("2018", "2018")]),
    ("In 2016, 2017 and 2018", [("2016", "2016"), ("2017", "2017"), ("2018", "2018")]),
    ("the 2016 presidential election", [("2016", "2016")]),
    ("the port’s 2014 safety review", [("2014", "2014")]),
    ("from 2018 to 2020", [("2018 to 2020", "2018/2020")]),
    ("between 2018 and 2020", [("2018 and 2020", "2018/2020")]),
    ("in 2018–2020", [("2018–2020", "2018/2020")]),
    ("the 2018-19 season", [("2018-19", "2018/2019")]),
    ("January 4-6, 2019", [("January 4-6, 2019", "2019-01-04/2019-01-06")]),
    ("4 to 6 January 2019", [("4 to 6 January 2019", "2019-01-04/2019-01-06")]),
    ("Jan. 30–Feb. 2, 2020", [("Jan. 30–Feb. 2, 2020", "2020-01-30/2020-02-02")]),
    ("Dec. 30 to Jan. 2, 2020", [("Dec. 30 to Jan. 2, 2020", "2019-12-30/2020-01-02")]),
    ("Jan. 4 and 6, 2019", [("Jan. 4", "2019-01-04"), ("6, 2019", "2019-01-06")]),
    ("4 and 6 January 2019", [("4", "2019-01-04"), ("6 January 2019", "2019-01-06")]),
    ("January to March 2019", [("January to March 2019", "2019-01/2019-03")]),
    ("between March and June 2019", [("March and June 2019", "2019-03/2019-06")]),
    ("March and April 2019", [("March", "2019-03"), ("April 2019", "2019-04")]),
    ("the first half of 2019", [("first half of 2019", "2019-01/2019-06")]),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_a_date_in_full_is_stated_whatever_the_publication(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert dates(text) == expected
    assert dates(text, on("1999-06-15")) == expected
    assert {one.basis for one in find_dates(text, None)} == {"stated"}


NO_DATES = [
    "Theresa May spoke of May and June Smith.",
    "They may march in rows; the Sun and the Sunday Times wrote of it.",
    "The March on the quay drew Mr. May 5 times.",
    "It cost $2019, £2020 or 2,019 crowns.",
    "in 2,019 homes, in 2000 homes, by 1800 votes, for 2000 people",
    "5G, 4G, version 2.2019, iOS 12.1.2019, A-2019, #2020",
    "Call 555-2019, 1-800-2019 or +44 2019 2020.",
    "02/03/2020 may be one of two days.",
    "31 April 2019, Feb. 30, 2020 and 2019-13-40",
    "room 2019, page 2018, 2019 crates",
    "the 1990s and since the 2010s",
    "a total of 2016 crates",
    "from 2020 to 2018",
    "the 2018 quay and the 2019 crane",
    "in fiscal 2019 and FY2019",
    "the fiscal third quarter of 2019",
    "www.tide.example/2020/01/23/quay",
    "on 2020-01-23-7",
    "Prime Minister May 2019 notes",
    "March 2019 miles",
    "at 20:19",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text, on("2019-05-15")) == []


WITH_TENSE = [
    ("The board met on Tuesday.", [("Tuesday", "2020-01-21")]),
    ("The board met Thursday.", [("Thursday", "2020-01-23")]),
    ("The board met on Friday.", [("Friday", "2020-01-17")]),
    ("The board will meet on Tuesday.", [("Tuesday", "2020-01-28")]),
    ("The board will meet on Thursday.", [("Thursday", "2020-01-23")]),
    ("A vote is expected on Friday.", [("Friday", "2020-01-24")]),
    ("A vote will be called on Monday.", [("Monday", "2020-01-27")]),
    ("They’ll sail on Monday.", [("Monday", "2020-01-27")]),
    ("On Tuesday, the board said it will close.", [("Tuesday", "2020-01-21")]),
    ("On Tuesday the board will close it.", [("Tuesday", "2020-01-28")]),
    ("On Tuesday, a proposed rule will be read.", [("Tuesday", "2020-01-28")]),
    ("Rotterdam closed it, and on Tuesday Antwerp will vote.", [("Tuesday", "2020-01-28")]),
    ("She declined to comment on Tuesday.", [("Tuesday", "2020-01-21")]),
    ("She agreed on Tuesday to sail.", [("Tuesday", "2020-01-21")]),
    ("It has been shut since Monday.", [("Monday", "2020-01-20")]),
    ("It will stay shut until Monday.", [("Monday", "2020-01-27")]),
    ("After Tuesday’s vote it rose.", [("Tuesday", "2020-01-21")]),
    ("Ahead of Tuesday's vote it rose.", [("Tuesday", "2020-01-28")]),
    ("It closed last Friday.", [("Friday", "2020-01-17")]),
    ("It opens next Tuesday.", [("Tuesday", "2020-01-28")]),
    ("It closed last Thursday.", [("Thursday", "2020-01-16")]),
    ("It closed this past Tuesday.", [("Tuesday", "2020-01-21")]),
    ("It opens this coming Tuesday.", [("Tuesday", "2020-01-28")]),
    ("He left Tuesday of last week.", [("Tuesday of last week", "2020-01-14")]),
    (
        "Last week on Tuesday he left.",
        [("Last week", "2020-01-13/2020-01-19"), ("Tuesday", "2020-01-14")],
    ),
    ("It closed on Dec. 5.", [("Dec. 5", "2019-12-05")]),
    ("It will open on 12 March.", [("12 March", "2020-03-12")]),
    ("It opens on Jan. 31.", [("Jan. 31", "2020-01-31")]),
    ("It closed on Monday, Jan. 20.", [("Monday, Jan. 20", "2020-01-20")]),
    ("It was shut Jan. 4-6.", [("Jan. 4-6", "2020-01-04/2020-01-06")]),
    ("It was shut Dec. 30 to Jan. 2.", [("Dec. 30 to Jan. 2", "2019-12-30/2020-01-02")]),
    ("It closed on Jan. 5 last year.", [("Jan. 5", "2019-01-05"), ("last year", "2019")]),
    ("It closed in May.", [("May", "2019-05")]),
    ("It will open in May.", [("May", "2020-05")]),
    ("It has been shut since January.", [("January", "2020-01")]),
    ("It closed at the end of August.", [("August", "2019-08")]),
    ("In March of last year it closed.", [("March", "2019-03"), ("last year", "2019")]),
    ("It closed last May.", [("May", "2019-05")]),
    ("It was shut last January.", [("January", "2019-01")]),
    ("It opens next January.", [("January", "2021-01")]),
    ("It fell in the third quarter of 2019.", [("third quarter of 2019", "2019-07/2019-09")]),
    ("It closed yesterday.", [("yesterday", "2020-01-22")]),
    ("Tomorrow, it opens.", [("Tomorrow", "2020-01-24")]),
    ("It opens tonight.", [("tonight", "2020-01-23")]),
    ("It opened this morning.", [("this morning", "2020-01-23")]),
    ("It closed three days ago.", [("three days ago", "2020-01-20")]),
    ("It closed two years ago.", [("two years ago", "2018")]),
    ("It closed last week.", [("last week", "2020-01-13/2020-01-19")]),
    ("It closed earlier this week.", [("this week", "2020-01-20/2020-01-26")]),
    ("It opens next week.", [("next week", "2020-01-27/2020-02-02")]),
    ("It closed earlier this month.", [("this month", "2020-01")]),
    ("It closed last month.", [("last month", "2019-12")]),
    ("It opens next month.", [("next month", "2020-02")]),
    ("It closed last year.", [("last year", "2019")]),
    ("It opens this year or next year.", [("next year", "2021")]),
]


@pytest.mark.parametrize(("text", "expected"), WITH_TENSE)
def test_a_date_told_from_the_publication_is_inferred(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert inferred(text) == expected
    assert {one.basis for one in find_dates(text, on(THURSDAY))} == {"inferred"}


@pytest.mark.parametrize(("text", "expected"), WITH_TENSE)
def test_without_a_publication_nothing_is_told_from_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [one for one in dates(text) if one[0] != "third quarter of 2019"] == []


UNCLEAR = [
    "The board votes on Tuesday, Lin said.",
    "They would meet on Tuesday.",
    "He agreed to meet on Tuesday.",
    "She was expected to speak on Monday.",
    "A talk scheduled for Monday was dropped.",
    "The board met every Tuesday.",
    "It opened on Tuesdays.",
    "The Tuesday meeting was held.",
    "It was sold on Black Friday.",
    "He told the Sunday Times.",
    "It ran Monday to Friday.",
    "Tuesday’s vote was close.",
    "It closed last Tuesday.",
    "It opens next Friday.",
    "“We will sail on Tuesday,” she said.",
    "“It closed last week,” she said.",
    "He joined two years ago this week and had left months ago on Tuesday.",
    "The attack of Sept. 11 was recalled.",
    "The March 11 disaster was recalled.",
    "It closed every July 4.",
    "It closed on March 14 miles away.",
    "It closed on Feb. 20.",
    "It will open on Jan. 4.",
    "It closed on Friday, Jan. 23.",
    "It closed in February.",
    "In 2017 it grew. In August it closed.",
    "In August, and again in 2017, it closed.",
    "Workers lost confidence in May.",
    "Mrs. May won the vote in May.",
    "It closed the last year of the war.",
    "It fell over the last week.",
    "It closed nearly two years ago.",
    "Seventy-four years ago it closed.",
    "It closed the day before yesterday.",
    "The leaders of tomorrow and yesterday’s men met.",
    "The film Tomorrow Never Sinks was shown.",
    "Today it is a museum.",
    "It opens next December.",
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_could_be_two_dates_is_none(text: str) -> None:
    mentions = find_dates(text, on(THURSDAY))
    assert [one for one in mentions if one.basis == "inferred"] == []


def test_a_month_is_last_years_unless_this_years_lies_between() -> None:
    assert inferred("It closed last March.") == [("March", "2019-03")]
    assert inferred("It closed last March.", "2020-06-11") == []
    assert inferred("It opens next March.", "2019-11-20") == [("March", "2020-03")]
    assert inferred("It opens next December.", "2019-11-20") == []


@pytest.mark.parametrize(
    ("text", "month", "year", "range_"),
    [
        ("It closed yesterday.", [], [], []),
        ("It closed on Tuesday.", [], [], []),
        ("It closed last week.", [], [], []),
        ("It closed this month.", [("this month", "2020-01")], [], []),
        ("It closed last month.", [("last month", "2019-12")], [], []),
        ("It closed last year.", [("last year", "2019")], [("last year", "2019")], []),
        ("It closed in May.", [("May", "2019-05")], [], [("May", "2019-05")]),
        ("It closed on Nov. 5.", [("Nov. 5", "2019-11-05")], [], [("Nov. 5", "2019-11-05")]),
    ],
)
def test_a_vague_publication_gives_only_what_each_of_its_days_would(
    text: str,
    month: list[tuple[str, str]],
    year: list[tuple[str, str]],
    range_: list[tuple[str, str]],
) -> None:
    assert dates(text, on("2020-01", "month")) == month
    assert dates(text, on("2020", "year")) == year
    assert dates(text, on("2019-12-20/2020-01-05", "range")) == range_


def test_on_a_sunday_no_week_has_a_value() -> None:
    text = "It closed last week, will open next week and closed on Tuesday of last week."
    assert inferred(text, "2020-01-26") == []
    assert inferred("It closed on Saturday.", "2020-01-26") == [("Saturday", "2020-01-25")]


@pytest.mark.parametrize(
    "value", ["", "soon", "2020-02-31", "2020-13", "0001-01-01", "9999-12-31", "2020/2019", "²020"]
)
def test_a_publication_that_is_no_date_counts_as_unknown(value: str) -> None:
    assert dates("It closed yesterday, after 2018.", on(value)) == [("2018", "2018")]


def test_each_mention_names_its_rule_precision_and_basis() -> None:
    text = "Opened on 23 January 2020, it closed last week."
    assert find_dates(text, on("2020-03-05")) == (
        DateMention(
            start=10,
            end=25,
            value="2020-01-23",
            precision="day",
            basis="stated",
            rule="day_month_year",
        ),
        DateMention(
            start=37,
            end=46,
            value="2020-02-24/2020-03-01",
            precision="range",
            basis="inferred",
            rule="last_week",
        ),
    )


def test_only_chunks_that_are_read_get_dates_and_old_ones_are_replaced() -> None:
    old = DateMention(start=0, end=1, value="1999", precision="year", basis="stated", rule="old")
    chunks = (
        Chunk(id="c1", role="body", text="It closed yesterday.", dates=(old,)),
        Chunk(id="c2", role="caption", text="The quay, Jan. 4, 2019"),
        Chunk(id="c3", role="unrelated", text="It closed yesterday.", dates=(old,)),
    )
    done = annotate_dates(chunks, on(THURSDAY))
    assert [[one.value for one in chunk.dates] for chunk in done] == [
        ["2020-01-22"],
        ["2019-01-04"],
        [],
    ]


def test_a_person_called_may_anywhere_in_the_article_takes_the_bare_month_away() -> None:
    body = Chunk(id="c2", role="body", text="It closed in May. It fell in June.")
    person = Chunk(id="c1", role="body", text="Theresa May left.")
    alone = annotate_dates((body,), on(THURSDAY))
    beside = annotate_dates((person, body), on(THURSDAY))
    assert [one.value for one in alone[0].dates] == ["2019-05", "2019-06"]
    assert [one.value for one in beside[1].dates] == ["2019-06"]
