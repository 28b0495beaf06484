"""Who acts: which country a sentence's stance belongs to, and who acts for none."""

from __future__ import annotations

import pytest
from position_rows import positions_of, rows, stances

MEASURES = """
Austria, Latvia and Peru banned the toxin. | AT ban; LV ban; PE ban
The toxin was banned by Austria, Latvia and Peru. | AT ban; LV ban; PE ban
PARIS, May 3 (Roe News) - Norway banned the toxin. | NO ban
The rules were approved in Lisbon by Norwegian ministers. | NO allow
The toxin is banned in Norway. | NO ban
The toxin was banned in Oslo after long talks. |
In Norway, the toxin is banned. | NO ban
Two vendors were barred from Norway. | NO ban
Allies, including Norway and Sweden, ban the toxin. | NO ban; SE ban
Ministers Jane Roe of Norway and Max Doe of Sweden banned the toxin. | NO ban; SE ban
Officials say the U.S. Has banned the toxin. | US ban
The U.S. And Norway banned the toxin. | US ban; NO ban
Ministers agreed in Vienna that the toxin should go. |
Norway, which had banned the toxin, sold a port. | NO ban
Norway sold a port that Sweden had banned. | SE ban
Norway's finance minister banned the toxin. | NO ban
A Norwegian court banned the toxin. | NO ban
Officials in Norway have banned the toxin. | NO ban
The Swedish delegation in Norway has banned the toxin. | SE ban
The delegation in Norway has banned the toxin. |
Norway's central bank banned the toxin. | NO ban
The Norwegian government met. The ministry wants to ban the toxin. |
Norway approved a budget. The government banned the toxin. | NO allow; NO ban
The EU approved a budget. The government banned the toxin. | EU allow
Norwegian minister Jane Roe spoke. Mrs Roe banned the toxin. | NO ban
Norwegian Foreign Minister Jane Roe spoke. Mrs Roe banned the toxin. | NO ban
Norwegian minister Jane Roe spoke. Mrs Doe banned the toxin. |
Former Norwegian minister Jane Roe spoke. Mrs Roe banned the toxin. |
The ex-president of Norway has banned the toxin. |
Norwegian banks banned the toxin. |
A Norwegian shoe company banned the toxin. |
The chairman of the Norwegian Stock Exchange banned the toxin. |
KLX Norway banned the toxin. |
Norwegian growers banned the toxin. |
The reports that Norway banned the toxin were false. |
Nothing will change until Norway bans the toxin. |
Norway will decide before Sweden would ban the toxin. |
Nobody knows whether Norway will ban the toxin. |
"""
ACTS = """
Thousands of Norwegians staged a protest. | NO protest
A group of Swedish students staged a rally. | SE protest
Hundreds of workers throughout Norway went on strike. | NO protest
Doctors from two Norwegian charities donated tents. | NO aid
Rebels in Chad attacked a convoy. | TD fight
Students staged a rally in Oslo. | NO protest
Bankers staged a rally in Oslo. |
Hundreds are believed to have been killed in Norway. |
A roadside bomb near Baghdad killed two soldiers. | IQ assault
Two soldiers were killed by a mine near Baghdad. | IQ assault
Norway issued a statement demanding talks. | NO request
Norwegian imports from Chad rose. |
The Norwegian arm of Roe and Doe grew. |
Two Norwegian carpenters met Swedish bankers. |
"""
PRONOUNS = """
Norway banned the toxin. It also bans the drug. | NO ban; NO ban
Norway banned the toxin. They also approved the drug. | NO ban; NO allow
Norway banned the toxin. Bankers approved the move. They also ban the drug. | NO ban
Norway banned the toxin. The plan was approved. It bans the drug. | NO ban
Norway went further than its neighbours. It has banned the toxin. | NO ban
The European Commission met. Norway waited. The Commission banned the toxin. | EU ban
Norway held an auction. Many came. It has banned two vendors. |
It is possible that Norway will ban the toxin. | NO ban
It is possible to ban the toxin. |
Norway met the Swedes before they banned the toxin. | SE ban
"""
SAME = """
Norway opposes the toll. Sweden followed suit. | NO oppose; SE oppose
Norway opposes the toll. Sweden and Chad share that view. | NO oppose; SE oppose; TD oppose
Norway opposes the toll, as do Sweden and Chad. | NO oppose; SE oppose; TD oppose
Norway backed the toll, prompting Sweden to follow suit. | NO support; SE support
Norway opposes the toll. Such a step was also taken by Chad. | NO oppose; TD oppose
Norway opposes the toll. Sweden did not follow suit. | NO oppose
Norway opposes the toll. It rained. Sweden followed suit. | NO oppose
Norway joined Sweden in opposing the toll. | NO oppose; SE oppose
Protests came from Norway. |
Objections came from Norway and Sweden. | NO oppose; SE oppose
Norway and Sweden, which grow barley, oppose the toll. | NO oppose; SE oppose
Norway opposes the toll. Its ministry said they backed it. | NO oppose
"""
LEADERS = [
    ("Angela Merkel banned the toxin.", "2012-05-01", "DE ban"),
    ("Angela Merkel banned the toxin.", "2023-05-01", ""),
    ("Merkel banned the toxin.", "2012-05-01", "DE ban"),
    ("The chancellor met Angela Merkel, who banned the toxin.", "2012-05-01", "DE ban"),
    ("President Nobody Atall banned the toxin.", "2012-05-01", ""),
]


def _check(row: str, codebook: str) -> None:
    text, _, expected = row.partition(" |")
    assert stances(positions_of(text, codebook)) == expected.strip()


@pytest.mark.parametrize("row", rows(MEASURES))
def test_a_stance_belongs_to_whoever_acts_for_a_country(row: str) -> None:
    _check(row, "measures")


@pytest.mark.parametrize("row", rows(ACTS))
def test_acts_count_people_of_a_country_and_where_violence_happens(row: str) -> None:
    _check(row, "acts")


@pytest.mark.parametrize("row", rows(SAME))
def test_who_does_the_same_holds_the_stance_that_was_told(row: str) -> None:
    _check(row, "sides")


@pytest.mark.parametrize("row", rows(PRONOUNS))
def test_a_pronoun_takes_up_who_acted_last_and_nothing_else(row: str) -> None:
    _check(row, "measures")


@pytest.mark.parametrize(("text", "date", "expected"), LEADERS)
def test_leaders_act_for_their_country_while_they_are_in_office(
    text: str, date: str, expected: str
) -> None:
    assert stances(positions_of(text, "measures", date)) == expected


@pytest.mark.parametrize("people", ["Thousands of Norwegians", "Norwegian farmers"])
def test_people_act_in_acts_and_take_no_side_for_their_country(people: str) -> None:
    text = f"{people} support the treaty, and {people} blame Peru."
    assert stances(positions_of(text, "sides")) == ""
    assert stances(positions_of(text, ("sides", "acts"))) == "NO accuse"
    assert stances(positions_of(text, "acts")) == "NO support; NO accuse"


FELLOWS = """
Malta is the only country that opposes the treaty. | MT oppose
Peru and Chile were the two states that voted against the plan. | PE oppose; CL oppose
Norway is one of the countries that favour the plan. | NO support
A group of states led by Malta opposes the plan. | MT oppose
Several states, headed by Brazil, rejected the text. | BR oppose
Canada came out in favour of a pause, joining Chile and Spain. | CA support; CL support; ES support
Chile opposed it, joining Peru. | CL oppose; PE oppose
Malta, a member of the European Union, opposes it. | MT oppose
The Arab League spoke in support of Egypt and Sudan. | ARAB-LEAGUE support
Peru backed a park, an idea championed by Malta. | PE support; MT support
"""


@pytest.mark.parametrize("row", rows(FELLOWS))
def test_those_who_stand_together_are_told_from_those_only_named(row: str) -> None:
    _check(row, "sides")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The government has agreed to end the toll,” a Swedish minister said.", "SE agree"),
        ("“This government opposes the toll,” a Swedish minister said.", "SE accuse"),
        ("“Its government has agreed to end the toll,” a Swedish minister said.", "NO agree"),
        ("“The government has agreed to end the toll,” a Swedish banker said.", "NO agree"),
    ],
)
def test_of_the_government_an_official_means_his_own(text: str, expected: str) -> None:
    assert stances(positions_of(f"Norway has kept its crane. {text}", "acts")) == expected


def test_a_spokesman_taken_up_speaks_for_the_capital_he_was_in() -> None:
    text = (
        "Norway opposes the toll. A ministry spokesman in Stockholm spoke too. "
        "The spokesman added: “We would not support it.”"
    )
    assert stances(positions_of(text, "sides")) == "NO oppose; SE oppose"
