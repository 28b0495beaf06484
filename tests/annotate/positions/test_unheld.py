"""What a sentence does not show: neither, would have, once did, asked of others, told of others."""

from __future__ import annotations

import pytest
from position_rows import positions_of, rows, stances

DENIED = """
Neither Norway nor Sweden supports the treaty. | NO oppose; SE oppose
Norway supports neither treaty. | NO oppose
Norway backs none of the plans. | NO oppose
Norway has agreed not to veto the treaty. | NO support
Norway did not criticise Sweden. |
Norway has never praised Sweden. |
"""
UNREAL = """
Had Norway backed the treaty, Sweden would have signed. |
Were Norway to oppose the treaty, nobody would sign. |
Should Norway veto the treaty, nobody will sign. |
Norway would have backed the treaty if Sweden had signed. |
It is not true that Norway backs the treaty. |
Norway does not believe the treaty is necessary. |
There is little prospect of Norway backing the treaty. |
The chance of Norway opposing the treaty is small. |
"""
OVER = """
Norway, which had long opposed the treaty, now supports it. | NO support
Norway initially backed the treaty but later rejected it. | NO oppose
Norway had opposed the treaty until last year. |
Norway used to oppose the treaty. |
"""
OF_OTHERS = """
Norway banned the ship, prompting Sweden to recall its ambassador. | NO sanction; SE sanction
Norway said members of the EU may not negotiate alone. |
Norway insists that it is not late. |
Norway insists that Sweden must pay. | NO request
Norway suggested that talks could fail. |
Norway received a Swedish request for talks. |
Norway warned that the talks were late. |
Norway warned that a bomb could go off. |
Norway demanded that Sweden lift its tariffs. | NO request
Norway warned that it would act. | NO threaten
Norway buys nothing from Sweden. | NO reject
The price had more to do with Norway than with Sweden's decision to suspend aid. | SE sanction
Norway had not received a French request for talks. |
Norway's army is pressing its operations in Chad. |
Norway's opposition left the hall. |
Norway's opposition to the treaty grew. | NO oppose
"""


@pytest.mark.parametrize(
    ("codebook", "row"),
    [
        *(("sides", row) for row in rows(DENIED + UNREAL + OVER)),
        *(("acts", row) for row in rows(OF_OTHERS)),
    ],
)
def test_a_sentence_holds_no_more_than_it_says(codebook: str, row: str) -> None:
    text, _, expected = row.partition(" |")
    found = positions_of(text, ("sides", "acts") if codebook == "acts" else codebook)
    assert stances(found) == expected.strip()


def test_a_promise_not_to_act_is_the_opposite() -> None:
    assert stances(positions_of("Norway promised not to lift the ban.", "acts")) == "NO agree"


@pytest.mark.parametrize(
    "text",
    [
        "Norway refused to lift the ban.",
        "Norway will not ease the ban.",
        "Norway has no plans to end the ban.",
        "Norway rejected calls for the ban to be scrapped.",
        "Norway promised not to lift the ban.",
    ],
)
def test_who_does_not_end_a_measure_keeps_it(text: str) -> None:
    assert stances(positions_of(text)) == "NO ban"


def test_who_does_not_oppose_a_measure_does_not_take_it() -> None:
    assert stances(positions_of("Norway does not oppose a ban.")) == "NO undecided"


def test_a_pronoun_of_a_tag_is_whoever_speaks() -> None:
    told = "Norwegian minister Jane Roe left. Judy Bell runs a dairy in Hull."
    assert positions_of(f'{told} "We oppose the tax," she said.', "sides") == ()


def test_what_something_does_not_mean_is_not_asked() -> None:
    text = "Norwegian minister Jane Roe said a late ship does not mean the port should close."
    assert positions_of(text, "acts") == ()


def test_a_given_name_is_no_namesake_in_office() -> None:
    text = "Gordon Brown and Tony Blair met. Gordon opposes the tax."
    assert [one.country for one in positions_of(text, "sides")] == []


def test_a_company_and_an_agency_speak_for_no_country() -> None:
    assert positions_of("Norway's Acme said it backs the treaty.", "sides") == ()
    (told,) = positions_of("Swedish news agencies said Sweden backs the treaty.", "sides")
    assert (told.said_by, told.chain) == ("other", ("Swedish news agencies",))


def test_countries_that_act_together_pass_on_nothing() -> None:
    found = positions_of("Norway and Sweden agreed to resume talks.", "acts")
    assert [(one.country, one.chain) for one in found] == [("NO", ()), ("SE", ())]
