"""Countries: which spans of a text name them, what a text is about, by sentences of our own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.annotate.countries.annotator import about, annotate_countries, find_mentions
from briefing.annotate.countries.context import CountryRules
from briefing.annotate.countries.senses import RULE_NAMES
from briefing.model import Chunk, CountryWeight
from briefing.world.country_names import country_name
from briefing.world.name_kinds import kind_of


def _named(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.code) for one in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("Ministers from Norway met.", ("Norway", "NO"), "name"),
        ("The U.S. objected.", ("U.S.", "US"), "name"),
        ("UK ministers met.", ("UK", "GB"), "name"),
        ("Scotland voted.", ("Scotland", "GB"), "name"),
        ("Talks in Hong Kong ended.", ("Hong Kong", "HK"), "name"),
        ("Taiwan objected.", ("Taiwan", "TW"), "name"),
        ("Archives of the Soviet Union opened.", ("Soviet Union", "RU"), "name"),
        ("West Germany paid.", ("West Germany", "DE"), "name"),
        ("The Dutch won.", ("Dutch", "NL"), "demonym"),
        ("A Filipina nurse spoke.", ("Filipina", "PH"), "demonym"),
        ("Reporters flew to Ouagadougou.", ("Ouagadougou", "BF"), "capital"),
        ("She works in Osaka.", ("Osaka", "JP"), "city"),
        ("Rain fell on Nova Scotia.", ("Nova Scotia", "CA"), "state"),
        ("A judge in Cuyahoga County ruled.", ("Cuyahoga County", "US"), "county"),
        ("The Kremlin denied it.", ("Kremlin", "RU"), "metonym"),
        ("Whitehall was silent.", ("Whitehall", "GB"), "metonym"),
        ("The Bundestag voted.", ("Bundestag", "DE"), "institution"),
        ("The Sejm voted.", ("Sejm", "PL"), "institution"),
        ("NATO met.", ("NATO", "NATO"), "group"),
        ("The EU agreed.", ("EU", "EU"), "group"),
        ("The Five Eyes alliance met.", ("Five Eyes alliance", "FVEY"), "group"),
        ("Sino-Russian talks began.", ("Sino-", "CN"), "prefix"),
        ("A fire broke out in Springfield, Ill., at noon.", ("Ill.", "US"), "state_abbreviation"),
        ("Texas Instruments hired.", ("Texas Instruments", "US"), "company"),
        ("Acme Norway Ltd hired.", ("Norway", "NO"), "company"),
    ],
)
def test_a_kind_of_name_gives_its_country_and_rule(
    text: str, expected: tuple[str, str], rule: str
) -> None:
    assert expected in _named(text)
    assert rule in {one.rule for one in find_mentions(text)}


@pytest.mark.parametrize(
    "text",
    [
        "They ate French fries.",
        "The Oslo accords failed.",
        "He sailed the Indian Ocean.",
        "The Gulf of Mexico was calm.",
        "She read the Washington Post.",
        "He is fluent English speaker material who can speak English.",
        "It cost 40 million US dollars.",
        "Paris Hilton smiled.",
        "Michael Jordan scored.",
        "Jack London wrote.",
        "the contact us page",
        "Ticker <UK> rose.",
        "They live on Oxford Lane.",
        "mail @London now",
        "a turkey dinner on fine china",
        "The Chadwick family left.",
        "Bolton disagreed.",
    ],
)
def test_a_word_that_only_looks_like_a_country_is_left_alone(text: str) -> None:
    assert _named(text) == []


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("A man from Paris, Texas, won.", "Paris", "US"),
        ("London, Ky. - London police arrested two.", "London", "US"),
        ("Lebanon, Pa., held a fair.", "Lebanon", "US"),
        ("Queensland police went to Edmonton after the call.", "Edmonton", "AU"),
        ("Alberta is cold, and Edmonton is colder.", "Edmonton", "CA"),
        ("Atlanta is the capital of Georgia, and Florida is near.", "Georgia", "US"),
        ("Russia and Armenia border Georgia.", "Georgia", "GE"),
        ("Canada's House of Commons voted; Canada waited.", "House of Commons", "CA"),
        ("Britain waited while the House of Commons voted.", "House of Commons", "GB"),
        ("He was born in Bolton.", "Bolton", "GB"),
        ("Ministers left for Geneva.", "Geneva", "CH"),
    ],
)
def test_an_ambiguous_name_is_settled_by_its_text(text: str, name: str, code: str) -> None:
    assert {found for word, found in _named(text) if word == name} == {code}


def test_a_bare_surname_stays_a_person_after_the_full_name() -> None:
    assert _named("Michael Jordan came. Jordan smiled.") == []


def test_the_longest_name_wins() -> None:
    assert _named("Papua New Guinea and South Sudan") == [
        ("Papua New Guinea", "PG"),
        ("South Sudan", "SS"),
    ]


def test_line_breaks_odd_spaces_and_hidden_characters_are_read_through() -> None:
    text = "Talks in New\n    Zealand, South\u00a0Africa and Nor\u200bway"
    assert _named(text) == [
        ("New\n    Zealand", "NZ"),
        ("South\u00a0Africa", "ZA"),
        ("Nor\u200bway", "NO"),
    ]


def test_no_name_reaches_over_a_blank_line() -> None:
    assert _named("He went South\n\nAfrica was far.") == []


def test_a_title_in_capitals_is_read_like_any_other() -> None:
    assert _named("JAPAN AND WEST GERMANY SIGN PACT IN NEW ZEALAND") == [
        ("JAPAN", "JP"),
        ("WEST GERMANY", "DE"),
        ("NEW ZEALAND", "NZ"),
    ]


def test_a_text_is_about_what_title_and_dateline_name() -> None:
    body = "OSLO, March 3 - Norway cut rates. Analysts in Sweden, Spain and Italy took note."
    assert about("NORWAY CUTS RATES", body) == ("NO",)


def test_groups_do_not_push_countries_out() -> None:
    body = "BRUSSELS, May 2 - The EU met. The EU agreed. The EU left. Spain objected in Brussels."
    assert "BE" in about("EU AGREES", body)


def test_a_text_that_names_nothing_is_about_nothing() -> None:
    assert about("Rain", "It rained all day.") == ()


def test_chunks_carry_mentions_in_their_own_offsets_and_weights_that_sum_to_one() -> None:
    chunks = [
        Chunk(id="c1", role="body", text="Norway and Sweden met. Norway paid."),
        Chunk(id="c2", role="unrelated", text="Spain won."),
        Chunk(id="c3", role="body", text="Nothing."),
    ]
    first, second, third = annotate_countries(chunks, "Talks")
    assert [first.text[one.start : one.end] for one in first.mentions] == [
        "Norway",
        "Sweden",
        "Norway",
    ]
    assert first.countries == (
        CountryWeight(code="NO", weight=0.67),
        CountryWeight(code="SE", weight=0.33),
    )
    assert (second.mentions, second.countries) == ((), ())
    assert (third.mentions, third.countries) == ((), ())


def test_a_chunk_is_read_in_the_light_of_the_whole_article() -> None:
    chunks = [
        Chunk(id="c1", role="body", text="Police in Queensland said more."),
        Chunk(id="c2", role="body", text="Residents of Edmonton agreed."),
    ]
    _, second = annotate_countries(chunks, None)
    assert [one.code for one in second.mentions] == ["AU"]


def test_codes_have_english_names_groups_included() -> None:
    shown = [country_name(code) for code in ("GB", "TR", "FVEY", "EU", "ZZZ")]
    assert shown == ["United Kingdom", "Turkey", "Five Eyes", "European Union", "ZZZ"]


def test_a_rule_can_be_turned_off_by_name() -> None:
    rules = CountryRules(off=frozenset({"person_name"}))
    assert "person_name" in RULE_NAMES
    assert [one.code for one in find_mentions("Michael Jordan scored.", rules)] == ["JO"]


@given(
    parts=st.lists(
        st.one_of(
            st.sampled_from(["Norway", "NEW ZEALAND", "U.S.", ", Texas", "Paris", "\n\n", "  "]),
            st.text(max_size=6),
        ),
        max_size=20,
    )
)
def test_mentions_are_in_order_inside_the_text_and_apart(parts: list[str]) -> None:
    text = "".join(parts)
    edge = 0
    for one in find_mentions(text):
        assert edge <= one.start < one.end <= len(text)
        edge = one.end


@given(before=st.text(alphabet=" \n\u200b\u00a0.,ab\U0001f600", max_size=30))
def test_whatever_stands_before_a_name_its_span_is_exact(before: str) -> None:
    text = f"{before} Norway."
    assert [text[one.start : one.end] for one in find_mentions(text)] == ["Norway"]


@pytest.mark.parametrize(
    "unit",
    ["x", "NORWAY", "Norway ", "\u202e\u200b", "A ", "\n", " ", "Paris, ", "é", "U.S."],
)
def test_a_megabyte_of_junk_takes_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    find_mentions(text)
    assert time.process_time() - start < 12


def _about(text: str, *, headline: str | None = None) -> tuple[str, ...]:
    (chunk,) = annotate_countries([Chunk(id="c1", role="body", text=text)], headline)
    return tuple(weight.code for weight in chunk.countries)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Washington objected. The British National Security Council met.", "GB"),
        (
            "The United States and the US Navy objected. India's National Security Council met.",
            "IN",
        ),
        ("Americans and US voters waited. Canada’s Supreme Court ruled.", "CA"),
        ("British ministers, led by Britain's envoy, met the National Security Council.", "GB"),
        ("Officials of the US said that the National Security Council met.", "US"),
    ],
)
def test_an_institution_of_many_countries_is_that_of_its_owner(text: str, code: str) -> None:
    assert find_mentions(text)[-1].code == code


def test_an_institution_of_many_countries_is_nobody_s_where_none_is_named() -> None:
    assert find_mentions("The National Security Council met.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "She spoke in Brussels on Wednesday.",
        "A crowd gathered outside central Paris.",
        "The two met near Budapest.",
    ],
)
def test_a_city_where_something_happens_weighs_nothing(text: str) -> None:
    assert _about(text) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Paris refused.", ("FR",)),
        ("Officials in Paris refused.", ("FR",)),
        ("The government in Budapest refused.", ("HU",)),
        ("It angered Paris.", ("FR",)),
        ("In Paris's view it was late.", ("FR",)),
        ("She spoke in France.", ("FR",)),
    ],
)
def test_a_seat_of_government_still_weighs(text: str, codes: tuple[str, ...]) -> None:
    assert _about(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Brussels fined the firm.", ("EU",)),
        ("The firm feared Brussels.", ("EU",)),
        ("Belgium held its breath, and Brussels voted.", ("BE",)),
        ("The Belgian cabinet met, and Brussels voted.", ("BE",)),
    ],
)
def test_brussels_acts_for_the_union_where_no_belgium_is_named(
    text: str, codes: tuple[str, ...]
) -> None:
    assert _about(text) == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France agreed.", ("FR", "name")),
        ("Ports in Paris, Texas, closed.", ("US", "capital_by_region_after_comma")),
        ("They met in Bolton.", ("GB", "city_by_place_word")),
        ("Canada’s Supreme Court ruled.", ("CA", "institution_by_owner_before")),
        ("Americans and US voters waited. Georgia voted.", ("US", "state_by_leading_country")),
    ],
)
def test_a_rule_is_the_kind_of_name_and_what_chose_its_country(
    text: str, expected: tuple[str, str]
) -> None:
    assert expected in {(one.code, one.rule) for one in find_mentions(text)}


def test_the_kind_of_name_is_read_from_a_rule() -> None:
    assert kind_of("generic_institution") == "generic_institution"
    assert kind_of("capital_by_region_after_comma") == "capital"
    assert kind_of(None) == ""
