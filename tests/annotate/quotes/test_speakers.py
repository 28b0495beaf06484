from __future__ import annotations

import pytest

from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.quotes.annotator import annotate_quotes, find_quotes
from briefing.model import Chunk, Speaker


def speakers(*paragraphs: str) -> list[Speaker | None]:
    return [quote.speaker for row in find_quotes(paragraphs) for quote in row]


def speaker(*paragraphs: str) -> Speaker:
    last = speakers(*paragraphs)[-1]
    assert last is not None
    return last


def test_a_surname_gets_the_full_name_the_article_knows() -> None:
    found = speaker("Ana Marsh runs the port.", "“It leaked,” Marsh said.")
    assert (found.name, found.mention, found.type) == ("Ana Marsh", "Marsh", "named")


def test_a_title_tells_namesakes_apart() -> None:
    people = "Anna Lin met her husband, Peter Lin, in Hull."
    assert speaker(people, "“It leaked,” Mr. Lin said.").name == "Peter Lin"
    assert speaker(people, "“It leaked,” Mrs. Lin said.").name == "Anna Lin"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We go,” van Oort told the port.", "Ana van Oort"),
        ("The port, van Oort said, was shut.", "Ana van Oort"),
        ("De Wit said the port was shut.", "Tom de Wit"),
        ("“We go,” bin Laith said.", "Ali bin Laith"),
        ("“We go,” said Rashid al-Sabah.", "Rashid al-Sabah"),
        ("“We go,” Wang told the port.", "Wang Yi"),
        ("“We go,” Zemtek said.", "Zemtek"),
    ],
)
def test_a_family_name_has_its_particle_and_may_stand_first(text: str, name: str) -> None:
    people = "Ana van Oort, Tom de Wit and Ali bin Laith met Wang Yi, who leads Zemtek Peru."
    assert speaker(people, "“No,” Wang Yi said.", text).name == name


def test_an_outlet_that_speaks_is_no_person() -> None:
    found = speaker("Le Monde said the port was shut.")
    assert (found.name, found.type) == ("Le Monde", "institution")


def test_countries_that_speak_together_are_no_person() -> None:
    found = speaker("Peru and Chile said they would meet.")
    assert (found.name, found.type, found.country) == ("Peru and Chile", "institution", None)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Peru, Chile and Fiji said they would meet.", "Peru, Chile and Fiji", None),
        (
            "Peru and the three Baltic states want to meet.",
            "Peru and the three Baltic states",
            None,
        ),
        ("In Lima, Chile and Fiji said they would meet.", "Chile and Fiji", None),
        ("Antigua and Barbuda said it would meet them.", "Antigua and Barbuda", "AG"),
        ("Saudi Arabia argued that it was late.", "Saudi Arabia", "SA"),
    ],
)
def test_countries_in_a_list_speak_together(text: str, name: str, code: str | None) -> None:
    (chunk,) = annotate_quotes(annotate_countries((Chunk(id="c1", role="body", text=text),), None))
    found = chunk.quotes[0].speaker
    assert found is not None
    assert (found.name, found.type, found.country) == (name, "institution", code)


def test_a_month_that_is_a_family_name_speaks() -> None:
    text = "Prime Minister Theresa May spoke. In May told of it, she rose. May said it was late."
    assert speaker(text).name == "Theresa May"
    assert speaker("Prime Minister Theresa May has said it was late.").name == "Theresa May"


def test_a_name_with_from_behind_it_is_the_person_of_the_phrase() -> None:
    people = "Anna Lin of the Reform Party met Tom Marsh."
    text = "Harbour board member Anna Lin from the Reform Party said it was late."
    assert speaker(people, text).name == "Anna Lin"


@pytest.mark.parametrize(("pronoun", "name"), [("he", "Peter Marsh"), ("she", "Anna Lin")])
def test_a_pronoun_is_the_last_person_of_its_gender(pronoun: str, name: str) -> None:
    found = speaker("Peter Marsh met Anna Lin in Hull.", f"“It leaked,” {pronoun} said.")
    assert (found.name, found.mention) == (name, pronoun)


def test_a_pronoun_takes_who_spoke_over_who_was_only_named() -> None:
    text = "Peter Marsh said the talks with Paul Berg had failed. “It leaked,” he said."
    assert speaker(text).name == "Peter Marsh"


def test_a_pronoun_takes_up_a_role() -> None:
    found = speaker("A spokeswoman said the firm was sorry. “We will do better,” she added.")
    assert (found.name, found.role, found.type) == (None, "spokeswoman", "spokesperson")


def test_they_takes_up_the_officials_that_spoke() -> None:
    found = speaker("British officials played it down. They said the risk was “real but small”.")
    assert found.mention == "They"


def test_nobody_is_made_up_for_a_pronoun_without_a_person() -> None:
    found = speaker("“It leaked,” he said.")
    assert (found.name, found.role, found.type) == (None, None, "anonymous")


@pytest.mark.parametrize(
    ("text", "role", "kind", "country"),
    [
        (
            "“It leaked,” said a spokesman for the UK government.",
            "spokesman for the UK government",
            "spokesperson",
            "GB",
        ),
        ("“It leaked,” a senior German official said.", "senior German official", "official", "DE"),
        ("“It leaked,” said a ministry aide.", "ministry aide", "official", None),
        (
            "“It leaked,” said a person familiar with the matter.",
            "person familiar with the matter",
            "anonymous",
            None,
        ),
        ("“It leaked,” the ministry said.", "ministry", "institution", None),
        ("“It leaked,” the Prime Minister said.", "Prime Minister", "official", None),
        ("The report said: “It leaked for a year.”", "report", "document", None),
        ("“We can’t wait,” the couple said.", "couple", "anonymous", None),
    ],
)
def test_a_role_without_a_name_has_a_type_and_a_country(
    text: str, role: str, kind: str, country: str | None
) -> None:
    found = speaker(text)
    assert (found.name, found.role, found.type, found.country) == (None, role, kind, country)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("“It leaked,” said Ana Marsh, a nurse from Hull.", "Ana Marsh", "nurse from Hull"),
        ("“It leaked,” ministry spokesman Tom Lin said.", "Tom Lin", "ministry spokesman"),
        ("“It leaked,” said Foreign Secretary Vikram Rao.", "Vikram Rao", "Foreign Secretary"),
        (
            "“It leaked,” said Tom Lin, who was the senior director for Europe until May.",
            "Tom Lin",
            "senior director for Europe until May",
        ),
        (
            "“It leaked,” said Tom Lin, Britain’s national security adviser.",
            "Tom Lin",
            "Britain’s national security adviser",
        ),
        (
            "“It leaked,” said Tom Lin, the Secretary of State, on Friday.",
            "Tom Lin",
            "Secretary of State",
        ),
        (
            "Ms. Wong, 45, a teacher whose son is ill, said she was “heartbroken”.",
            "Ms. Wong",
            "teacher",
        ),
        ("Chief Supt. Mark Hall added: “We are sorry.”", "Mark Hall", "Chief Supt."),
        ("The judge, Susan Cole, told him: “You knew.”", "Susan Cole", "judge"),
        ("Rep. Ana Lin (D-Va.) said: “We will vote no.”", "Ana Lin", "Rep."),
        ("Union leader Tom Marsh, 54, said: “We won't give up.”", "Tom Marsh", "Union leader"),
    ],
)
def test_a_named_speaker_keeps_the_role_told_there(text: str, name: str, role: str) -> None:
    found = speaker(text)
    assert (found.name, found.role, found.type) == (name, role, "named")


def test_the_role_of_each_quote_is_the_one_told_last() -> None:
    first, second = speakers(
        "“It leaked,” said Tom Lin, the chief engineer.",
        "Tom Lin, a former mayor, went home. “I quit,” Lin said.",
    )
    assert first is not None
    assert second is not None
    assert (first.role, second.role) == ("chief engineer", "former mayor")


def test_a_country_comes_from_the_words_of_the_role() -> None:
    assert speaker("“It leaked,” said British Prime Minister Ana Lin.").country == "GB"
    assert speaker("“It leaked,” said Ana Lin, a nurse.").country is None


def test_an_acronym_that_speaks_is_an_institution() -> None:
    found = speaker("“It leaked,” the NCSC said.")
    assert (found.name, found.type) == ("NCSC", "institution")


def test_the_name_of_a_body_keeps_its_of() -> None:
    found = speaker("“It leaked,” the Department of Commerce said.")
    assert (found.name, found.type) == ("Department of Commerce", "institution")


@pytest.mark.parametrize(
    ("role", "country"),
    [
        ("the Norwegian ambassador in Rome", "NO"),
        ("the ambassador in Rome", None),
        ("the envoy to Japan", None),
        ("Acme’s head of sales in Britain", None),
        ("Norway’s minister for trade in Europe", "NO"),
        ("a senator from Texas", "US"),
        ("the director of a bank in Hamburg", None),
        ("the governor of the central bank of Norway", "NO"),
        ("the former German minister", None),
        ("a German professor", None),
    ],
)
def test_a_post_abroad_is_not_the_speaker_s_country(role: str, country: str | None) -> None:
    assert speaker(f"“It leaked,” said Ole Berg, {role}.").country == country


@pytest.mark.parametrize(
    "role", ["vice-president", "secretary-general", "director-general", "vice-chairman"]
)
def test_a_title_with_a_hyphen_is_a_role(role: str) -> None:
    found = speaker(f"“It leaked,” said Ana Lin, the {role} of the council.")
    assert found.role == f"{role} of the council"


def test_a_role_told_before_a_name_between_commas_is_remembered() -> None:
    found = speaker("The mayor of Hull, Ana Lin, read it out. “It leaked,” Lin told reporters.")
    assert (found.name, found.role, found.country) == ("Ana Lin", "mayor of Hull", "GB")


def test_a_list_of_people_tells_no_role() -> None:
    found = speaker("They met a nurse, Ana Lin and Ole Berg. “It leaked,” Lin said.")
    assert found.role is None


def test_a_city_is_nobody_a_pronoun_can_mean() -> None:
    found = speaker("Brussels begins to worry.", "Asked in Brussels, he waited. “Yes,” he said.")
    assert found.name is None


def test_yes_before_a_colon_is_no_name() -> None:
    found = speaker("Yes, but: Ana Lin, the mayor, wrote on Twitter: “We want to win it back.”")
    assert found.name == "Ana Lin"


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        (
            ["The Fish and Farm Board (FFB) was closed.", "The FFB said fish was dear."],
            "Fish and Farm Board",
        ),
        (["The Fish and Farm Board (QXZ) was closed.", "The FFB said fish was dear."], "FFB"),
        (["Easing UK rules: In May, the UK said fish was dear."], "UK"),
        (["Whatever Zorex does, Zorex said fish was dear."], "Zorex"),
    ],
)
def test_a_body_is_called_by_its_name_and_by_nothing_before_it(
    paragraphs: list[str], name: str
) -> None:
    (quote,) = find_quotes(paragraphs)[-1]
    assert quote.speaker is not None
    assert quote.speaker.name == name
