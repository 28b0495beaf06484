from __future__ import annotations

import datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import ROLES, SpeakerType
from briefing.search.dates import WANTED
from briefing.search.documents import day_range
from briefing.search.nodes import And, ExactPhrase, Field, Near, Node, Not, Or, Query, Same, Word
from briefing.search.parser import parse
from briefing.search.resolve import country_code, resolve

TODAY = datetime.date(2020, 1, 23)  # a Thursday


def resolved(text: str) -> Query:
    return resolve(parse(text), TODAY)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019", "2019"),
        ("2019-2", "2019-02"),
        ("2019-02-03", "2019-02-03"),
        ("2019-02/2019-03", "2019-02-01/2019-03-31"),
        ("2019-01..2019-03", "2019-01-01/2019-03-31"),
        ("2019..2020", "2019-01-01/2020-12-31"),
        ("15.3.1987", "1987-03-15"),
        ("3/15/1987", "1987-03-15"),
        ("15/3/1987", "1987-03-15"),
        ("3/3/1987", "1987-03-03"),
        ("1987/03/15", "1987-03-15"),
        ("March 1987", "1987-03"),
        ("Mar. 1987", "1987-03"),
        ("sept 1987", "1987-09"),
        ("15 March 1987", "1987-03-15"),
        ("March 15, 1987", "1987-03-15"),
        ("the 15th", None),
        ("March 15th 1987", "1987-03-15"),
        ("March 1987..May 1987", "1987-03-01/1987-05-31"),
        ("March..May 1987", "1987-03-01/1987-05-31"),
        ("15 March..20 March 1987", "1987-03-15/1987-03-20"),
        ("today", "2020-01-23"),
        ("Yesterday", "2020-01-22"),
        ("this week", "2020-01-20/2020-01-26"),
        ("last week", "2020-01-13/2020-01-19"),
        ("this month", "2020-01"),
        ("last month", "2019-12"),
        ("this year", "2020"),
        ("last year", "2019"),
        ("last 7 days", "2020-01-17/2020-01-23"),
        ("last 2 weeks", "2020-01-10/2020-01-23"),
        ("last 3 months", "2019-10-24/2020-01-23"),
        ("past 2 years", "2018-01-24/2020-01-23"),
        ("unknown", "unknown"),
        ("none", "unknown"),
    ],
)
def test_a_date_is_written_as_the_index_reads_it(written: str, iso: str | None) -> None:
    query = resolved(f'date:"{written}"')
    if iso is None:
        assert query.root is None
        return
    assert query == Query(Field("date", iso))
    assert iso == "unknown" or day_range(iso)[0]
    assert resolve(query, TODAY) == query


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("date:2019..", Field("after", "2019")),
        ("date:last week..", Field("after", "2020-01-13")),
        ("date:..2019-03", Field("before", "2019-04-01")),
        ("date:..2019", Field("before", "2020-01-01")),
        ("before:2019-03", Field("before", "2019-03")),
        ("after:2019", Field("after", "2019")),
        ("before:2019-01..2019-03", Field("before", "2019-01-01")),
        ("after:last week", Field("after", "2020-01-13")),
        ("after:2019..", Field("after", "2019")),
        ("before:March 1987 oil", And((Field("before", "1987-03"), Word("oil")))),
        ("2019-01..2019-03", Field("date", "2019-01-01/2019-03-31")),
        ("-date:unknown oil", And((Not(Field("date", "unknown")), Word("oil")))),
        ("date:2019,2020", Or((Field("date", "2019"), Field("date", "2020")))),
    ],
)
def test_open_ranges_and_first_days_decide_what_is_before_and_after(text: str, root: Node) -> None:
    assert resolved(text) == Query(root)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("date:soon", f"date: needs {WANTED}, not “soon”"),
        ("after:soon", "after: needs a date such as 2019, 2019-03 or 2019-03-15, not “soon”"),
        (
            "before:unknown",
            "before: needs a date such as 2019, 2019-03 or 2019-03-15, not “unknown”",
        ),
        ("date:march", "date: “March” needs its year, such as March 2019"),
        ("date:15 march", "date: “15 March” needs its year, such as 15 March 2019"),
        ("date:3/4/1987", "date: “3/4/1987” may be two days: write 1987-04-03 or 1987-03-04"),
        ("date:2019-02-30", "date: there is no day “2019-02-30”"),
        ("date:31 feb 2019", "date: there is no day “31 feb 2019”"),
        ("date:2020..2019", "date: “2020..2019” ends before it begins"),
        ("date:last 0 days", "date: a time of no days holds no article"),
        ("date:last 9999 years", "date: there is no day “last 9999 years”"),
        (
            "before:..2019",
            f"before: needs {WANTED}, and “..2019” has no first day",
        ),
        (
            "voice:foo",
            f"voice: is one of {', '.join(get_args(SpeakerType))}, not “foo”",
        ),
        ("role:foo", f"role: is one of {', '.join(ROLES)}, not “foo”"),
        (
            "country:atlantis",
            "no country is known as “atlantis”; put several words in quotation marks",
        ),
    ],
)
def test_a_value_that_means_nothing_is_named_with_what_is_legal(text: str, hint: str) -> None:
    assert resolved(text) == Query(None, (hint,))
    assert resolved(f"{text} oil") == Query(Word("oil"), (hint,))
    assert resolved(f"same:({text} OR oil)") == Query(Word("oil"), (hint,))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("country:britain", Field("country", "GB")),
        ("country:uk,germany", Or((Field("country", "GB"), Field("country", "DE")))),
        ('country:"DE, france"', Or((Field("country", "DE"), Field("country", "FR")))),
        ("stance:Ban", Field("stance", "ban")),
        ("voice:Officials", Field("voice", "official")),
        ("voice:anonymous", Field("voice", "anonymous")),
        ("voice:spokeswoman", Field("voice", "spokesperson")),
        ("voice:off*", Field("voice", "off", prefix=True)),
        ("role:Captions", Field("role", "caption")),
        ('role:"editor note"', Field("role", "editor-note")),
        ("role:any", Or(tuple(Field("role", role) for role in ROLES))),
        ("role:(all OR body)", None),
        ("headline:Ban", Field("headline", "Ban")),
        ("same:(a country:uk)", Same(And((Word("a"), Field("country", "GB"))))),
        ('"a b"~3', Near((Word("a"), Word("b")), 3)),
    ],
)
def test_a_value_is_put_as_the_index_holds_it(text: str, root: Node | None) -> None:
    if root is None:
        root = Or((*(Field("role", role) for role in ROLES), Field("role", "body")))
    assert resolved(text) == Query(root)


@pytest.mark.parametrize(
    ("text", "root", "names"),
    [
        (
            "which countries",
            Word("countries"),
            "“which”; write it in quotation marks to search for it",
        ),
        (
            "What did huawei say?",
            And((Word("huawei"), Word("say?"))),
            "“What”, “did”; write them in quotation marks to search for them",
        ),
        (
            "does germany or france ban",
            Or((Word("germany"), And((Word("france"), Word("ban"))))),
            "“does”; write it in quotation marks to search for it",
        ),
    ],
)
def test_words_that_only_ask_are_not_looked_for(text: str, root: Node, names: str) -> None:
    assert resolved(text) == Query(root, (f"not searched: {names}",))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("which", Word("which")),
        ("who is who", And((Word("who"), Word("is"), Word("who")))),
        ("who country:GB", And((Word("who"), Field("country", "GB")))),
        ('"which" huawei', And((ExactPhrase("which"), Word("huawei")))),
        ("WHO huawei", And((Word("WHO"), Word("huawei")))),
        ("of the huawei", And((Word("of"), Word("the"), Word("huawei")))),
    ],
)
def test_words_that_ask_are_looked_for_where_nothing_else_is(text: str, root: Node) -> None:
    assert resolved(text) == Query(root)


pieces = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["date:", "before:", "country:", "voice:", "role:any", "(", ")", "OR", "-", '"']
    ),
    st.sampled_from(
        ["last", "9999", "0000", "years", "days", "..", "2019-01", "31", "feb", "15/3/1"]
    ),
    st.sampled_from(["which", "who", "x", "/", "same:(", "NEAR", "today", "0001..", "..9999"]),
)


@given(st.lists(pieces).map(" ".join), st.lists(pieces).map("".join), st.dates())
def test_any_query_is_resolved_once_and_for_all(
    spaced: str, joined: str, today: datetime.date
) -> None:
    for text in (spaced, joined):
        query = resolve(parse(text), today)
        again = resolve(query, today)
        assert again.root == query.root


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("GB", "britain, BRITISH, uk, U.K., United Kingdom, great britain, london, Scotland"),
        ("US", "us, u.s., usa, America, americans, united states of america, washington"),
        ("US", "White House, california, new york"),
        ("KR", "South Korea, south korean, Republic of Korea, SOUTH KOREA"),
        ("KP", "north koreans, DPRK, Democratic People's Republic of Korea"),
        ("CN", "china, Chinese, beijing, PRC, People’s Republic of China"),
        ("DE", "germany, German, GERMANS, berlin, bundestag"),
        ("FR", "france, FRENCH, Paris"),
        ("RU", "Russia, moscow, the kremlin"),
        ("NL", "netherlands, the Netherlands, dutch, holland, the Hague"),
        ("CH", "swiss, SWITZERLAND"),
        ("CI", "ivory coast, Côte d'Ivoire"),
        ("CD", "DR Congo, dr congo, democratic republic of the congo"),
        ("BA", "bosnia and herzegovina, BOSNIA AND HERZEGOVINA"),
        ("TT", "port of spain"),
        ("TR", "turkey, Türkiye, turkiye"),
        ("JO", "jordan"),
        ("EU", "eu, european union"),
        ("NATO", "nato, NATO"),
        ("XX", "xx"),
        ("QQQ", "QQQ"),
        (None, "atlantis, qqq, aachen, Parliament, Calif., brussels sprouts"),
    ],
)
def test_a_country_is_found_by_any_name_in_any_case(code: str | None, names: str) -> None:
    assert {name: country_code(name) for name in names.split(", ")} == dict.fromkeys(
        names.split(", "), code
    )


@pytest.mark.parametrize("date", ["0500", "..3500-01-01", "0999-12-31..2019"])
def test_a_date_out_of_range_is_reported(date: str) -> None:
    query = resolved(f"date:{date}")
    assert query.root is None
    assert query.hints == (f"date: there is no day “{date}”",)
