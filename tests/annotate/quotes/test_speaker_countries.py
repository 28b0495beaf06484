"""The country that a speaker speaks for."""

from __future__ import annotations

import pytest

from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.quotes.annotator import annotate_quotes, find_quotes
from briefing.model import Chunk, Speaker


def speakers(*paragraphs: str, date: str | None = None) -> list[Speaker]:
    chunks = [Chunk(id=f"c{at}", role="body", text=one) for at, one in enumerate(paragraphs)]
    read = annotate_quotes(annotate_countries(chunks, None), date=date)
    return [one.speaker for chunk in read for one in chunk.quotes if one.speaker is not None]


def country(*paragraphs: str, date: str | None = None) -> str | None:
    return speakers(*paragraphs, date=date)[-1].country


@pytest.mark.parametrize(
    ("speaker", "code"),
    [
        ("Jamaican envoy Tom Marsh", "JM"),
        ("the Kremlin", "RU"),
        ("a Polish official", "PL"),
        ("the EC Commission", "EU"),
        ("the governor of the central bank of Norway", "NO"),
        ("the Bank of England", "GB"),
        ("former Norwegian minister Tom Marsh", None),
        ("a former Norwegian official", None),
        ("a Norwegian economist", None),
        ("the director of a Norwegian bank", None),
        ("Tom Marsh, a professor at a university in Oslo", None),
        ("Tom Marsh", None),
    ],
)
def test_words_name_the_country_of_whoever_speaks_for_one(speaker: str, code: str | None) -> None:
    assert country(f"“It leaked,” {speaker} said.") == code


@pytest.mark.parametrize(
    ("date", "code"), [("2004-11-20", "GB"), ("2016-05-01", None), (None, "GB")]
)
def test_an_office_counts_while_it_is_held(date: str | None, code: str | None) -> None:
    assert country("“It leaked,” Jack Straw said.", date=date) == code


@pytest.mark.parametrize(("role", "code"), [("Party leader", "GB"), ("Club president", None)])
def test_a_party_s_leader_is_who_held_the_office(role: str, code: str | None) -> None:
    assert country(f"“It leaked,” {role} Jack Straw said.") == code


def test_a_ministry_by_another_name_is_the_same() -> None:
    told = "Peru's commerce ministry said it was late. The US, the US and the US waited."
    assert country(told, "The Ministry of Commerce said the US tariffs were “mad”.") == "PE"


def test_a_body_of_all_countries_is_of_none_by_its_seat() -> None:
    assert country("The International Seabed Authority in Kingston said it was “mad”.") is None
    assert country("European officials in Lima said it was “mad”.") is None
    assert country("Foreign diplomats in Lima said it was “mad”.") is None
    assert country("The Harbour Authority in Kingston said it was “mad”.") == "JM"


def test_the_office_in_a_name_tells_the_country_of_which_the_article_speaks() -> None:
    told = "Peru waits. Peru hopes. Peru sleeps."
    assert country(told, "“We go,” said President Marsh.") == "PE"
    assert country(told, "“We go,” said Mr. Marsh.") is None


def test_the_role_of_another_trade_is_no_namesake_s_office() -> None:
    assert country("“It leaked,” said Jack Straw, a nurse.", date="2004-11-20") is None


def test_an_office_is_that_of_the_person_who_was_told_to_hold_it() -> None:
    found = speakers(
        "Foreign Secretary Tom Marsh met Ana Lin.", "The foreign secretary said it was “dead”."
    )[-1]
    assert (found.name, found.role, found.mention) == (
        "Tom Marsh",
        "Foreign Secretary",
        "The foreign secretary",
    )


def test_an_office_is_that_of_the_person_known_to_hold_it() -> None:
    found = speakers(
        "Jack Straw met Ana Lin in Hull.",
        "The foreign secretary said it was “dead”.",
        date="2004-11-20",
    )[-1]
    assert (found.name, found.country) == ("Jack Straw", "GB")


def test_an_office_is_taken_up_without_what_it_is_for() -> None:
    told = "The Minister for Fish of Norway, Ana Lin, arrived. Chile was late."
    assert speakers(told, "The Minister said it was “dead”.")[-1].name == "Ana Lin"


@pytest.mark.parametrize("office", ["president", "mayor"])
def test_an_office_that_two_people_hold_is_nobody_s(office: str) -> None:
    found = speakers(
        f"{office.title()} Tom Marsh met {office.title()} Ana Lin.",
        f"The {office} said it was “dead”.",
    )[-1]
    assert (found.name, found.role) == (None, office)


def test_the_president_of_a_bank_is_not_the_president() -> None:
    found = speakers("Acme Bank President Tom Marsh left.", "The president said it was “dead”.")
    assert found[-1].name is None


@pytest.mark.parametrize(
    ("paragraphs", "code"),
    [
        (("Polish trade officials met.", "“It leaked,” one trade official said."), "PL"),
        (("Polish trade officials met.", "“It leaked,” one official said."), None),
        (("The Polish ministry agreed.", "“It leaked,” the ministry said."), "PL"),
        (("A Polish and a Danish ministry agreed.", "“It leaked,” the ministry said."), None),
        (("Poland asked for time. Its ministers said the plan was “dead”.",), "PL"),
        (("Poland has rules. The government said the plan was “dead”.",), "PL"),
        (("Poland and Norway have rules. The government said it was “dead”.",), None),
        (("Poland has rules. The company said the plan was “dead”.",), None),
    ],
)
def test_a_body_without_a_country_is_that_of_the_one_in_question(
    paragraphs: tuple[str, ...], code: str | None
) -> None:
    assert country(*paragraphs) == code


@pytest.mark.parametrize(
    ("paragraphs", "code"),
    [
        (("Peru rejects it. Foreign Minister Ana Roe said it was “mad”.",), "PE"),
        (("Peru rejects it. Former Foreign Minister Ana Roe said it was “mad”.",), None),
        (("Peru rejects it. Foreign Minister Ana Roe said Chile would say it was “mad”.",), None),
        (("Peru and Chile reject it. Foreign Minister Ana Roe said it was “mad”.",), None),
        (("Peru’s growers wait. Foreign Minister Ana Roe said it was “mad”.",), None),
        (("Peru rejects it. Ministers said it was “mad”.",), None),
        (
            ("LIMA, May 3 - Peru will pay, Foreign Minister Ana Roe said. “No,” she said.",),
            "PE",
        ),
        (("LIMA, May 3 - Peru will pay.", "The foreign ministry said it was “mad”."), "PE"),
        (("LIMA, May 3 - Chile will pay.", "The foreign ministry said it was “mad”."), None),
        (("GENEVA, May 3 - Peru will pay.", "The foreign ministry said it was “mad”."), None),
        (("Peru's delegation left. Its head, Ana Roe, said it was “mad”.",), "PE"),
        (("Peru's Anna Roe said it was “mad”.",), "PE"),
        (("Peru's Zemtek said it was “mad”.",), None),
        (("Peru spoke. Her government said it was “mad”.",), None),
        (("Peruvian minister Ana Roe left. Her aide, Jo Poe, said it was “mad”.",), "PE"),
        (("Lima says it is due. “It is mad,” its delegate said.",), "PE"),
        (("Peru rejects it. A spokesman, Jo Poe, said it was “mad”.",), "PE"),
        (("Peru rejects it. Chile's plan, said a ministry official, was “mad”.",), None),
        (("Peruvian Vice-President Jo Poe said it was “mad”.",), "PE"),
        (("The envoy to the EU said it was “mad”.",), None),
        (("Peru's envoy to the EU said it was due. “It is mad,” he said.",), "PE"),
    ],
)
def test_an_office_without_a_country_is_of_where_the_story_is(
    paragraphs: tuple[str, ...], code: str | None
) -> None:
    assert country(*paragraphs) == code


def test_a_minister_is_of_the_country_that_an_article_speaks_of() -> None:
    text = "Poland voted. Poland waits. The Polish parliament, says Poland, is late."
    assert country(text, "“It leaked,” said Finance Minister Tom Marsh.") == "PL"
    assert country(text, "“It leaked,” said Acme president Tom Marsh.") is None


def test_a_name_behind_a_party_or_a_title_is_the_person_s() -> None:
    assert speakers("“It leaked,” Conservative Ana Lin said.")[0].name == "Ana Lin"
    assert speakers("“It leaked,” PM Ana Lin said.")[0].name == "Ana Lin"
    assert speakers("“It leaked,” said Anna Early, an aide.")[0].name == "Anna Early"


def test_it_is_the_body_of_the_sentence_before() -> None:
    found = speakers("Acme sued the Port Authority. It said the plan was “dead”.")[-1]
    assert (found.name, found.mention) == ("Acme", "It")


def test_it_is_not_the_body_of_the_spokesman_before() -> None:
    text = "A spokesman for the ministry left. Acme welcomed what it called a “fair” rule."
    assert speakers(text)[-1].name == "Acme"


def test_a_conjunction_is_no_part_of_a_role() -> None:
    found = speakers("It was reported in May that German officials opposed a ban.")[-1]
    assert (found.role, found.country) == ("German officials", "DE")


def test_a_body_may_say_in_the_plural() -> None:
    found = speakers("The Foreign Office say Monday it is “late”.")[-1]
    assert (found.name, found.country) == ("Foreign Office", "GB")


def test_a_phrase_with_a_name_may_end_the_paragraph() -> None:
    text = "Ferries cost 84 crowns a year, according to a yearly study by the Harbour Corp."
    ((quote,),) = find_quotes([text])
    assert (quote.exact, quote.rule) == ("Ferries cost 84 crowns a year", "according_to_reported")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Peru will mend the lock, its harbour minister said.", "PE"),
        ("Peru will mend the lock, its harbour minister Ana Lin said.", "PE"),
        ("Peru's neighbours will mend the lock, its harbour minister said.", None),
        ("Peru and Chad will mend the lock, their harbour ministers said.", None),
        ("The firm will mend the lock, its harbour minister said.", None),
    ],
)
def test_its_minister_is_of_the_subject_of_what_is_said(text: str, code: str | None) -> None:
    assert country(text) == code
