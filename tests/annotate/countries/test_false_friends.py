"""Names that stand for no country, or for another one than they usually do."""

from __future__ import annotations

import pytest

from briefing.annotate.countries.annotator import find_mentions


def codes(text: str) -> list[str]:
    return [mention.code for mention in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Strikes hit Osaka, New York and Madrid.", ["JP", "US", "ES"]),
        ("Delegates came from Lisbon, Texas and Alaska.", ["PT", "US", "US"]),
        ("Fairs in Madrid, Vienna, New York, Dakar and Porto.", ["ES", "AT", "US", "SN", "PT"]),
        ("Fires burnt near Athens, Georgia, and Naples, Florida.", ["US"] * 4),
        ("Mills in Lima, Ohio and Dublin, Georgia closed.", ["US"] * 4),
        ("She moved to Rome, Georgia, in May.", ["US", "US"]),
    ],
)
def test_a_list_of_places_is_no_city_with_its_state(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keto Diet Books Sell Well", []),
        ("The Diet is a plan of the doctor in Leeds.", ["GB"]),
        ("Tokyo waits. The Diet votes on Monday.", ["JP", "JP"]),
        ("She lives in the Blue House in Quito.", ["EC"]),
        ("Seoul's Blue House was silent.", ["KR", "KR"]),
        ("He wears the Number 10 shirt of Santos in Lagos.", ["NG"]),
    ],
)
def test_an_everyday_name_of_an_institution_needs_its_country(
    text: str, expected: list[str]
) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Foreign Office in Vienna was silent.", ["AT", "AT"]),
        ("Oslo's Home Office agreed.", ["NO", "NO"]),
        ("The Swedish Treasury paid.", ["SE", "SE"]),
        ("Australia's Border Patrol waits.", ["AU", "AU"]),
        ("The FBI in Rome was silent.", ["US", "IT"]),
        ("The Foreign Office was silent.", ["GB"]),
    ],
)
def test_an_institution_belongs_to_the_country_beside_it(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Indian tribes sued; the Indian leaders marched.", []),
        ("The American Indian museum opened.", ["US"]),
        ("India's Indian tribes bill passed.", ["IN", "IN"]),
        ("An Indian minister spoke.", ["IN"]),
    ],
)
def test_the_first_peoples_of_america_are_not_from_india(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("opening", ["", "\n\n", "Sport\n\n"])
def test_a_given_name_that_opens_a_paragraph_makes_a_person(opening: str) -> None:
    assert codes(f"{opening}Kevin Jordan won. “At last,” Jordan said.") == []


@pytest.mark.parametrize(
    "text",
    ["The Paris Climate Accords hold.", "the Minsk peace agreement", "a Treaty of Amsterdam"],
)
def test_a_place_that_an_accord_is_named_after_is_not_meant(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Economy Minister Kenta Morioka left.", []),
        ("Oil Minister Ali al-Sabah left.", []),
        ("The group met in Morioka.", ["JP"]),
        ("The group met in Sabah.", ["MY"]),
    ],
)
def test_a_place_in_the_name_of_somebody_in_office_is_not_meant(
    text: str, expected: list[str]
) -> None:
    assert codes(text) == expected
