"""Turning: what stands between a country and a cue, on both sides of a noun and in the passive."""

from __future__ import annotations

import pytest
from position_rows import positions_of, rows, stances

from briefing.model import CodebookSpec, StanceSpec

OWN: CodebookSpec = {
    "toll": StanceSpec(cues=("to toll", "a toll"), opposite="free"),
    "free": ("to free",),
}
TURNED = """
Norway imposed a {noun}. | {on}
A {noun} was imposed by Norway. | {on}
Norway backs a {noun}. | {on}
Norway announced a plan for a {noun}. | {on}
Norway {past} the bridge. | {on}
The bridge was {past} by Norway. | {on}
Norway lifted the {noun}. | {off}
The {noun} was lifted by Norway. | {off}
Norway ended the {noun}. | {off}
Norway scrapped the {noun}. | {off}
Norway delayed the {noun}. | {off}
Norway rejected a {noun}. | {off}
The {noun} was rejected by Norway. | {off}
Norway rejected calls for a {noun}. | {off}
Norway voted against a {noun}. | {off}
Norway is against a {noun}. | {off}
Norway opposes a {noun}. | {off}
Norway opposes {ing} the bridge. | {off}
Norway scrapped a plan for a {noun}. | {off}
Norway wants the {noun} to be lifted. | {off}
Norway called for the {noun} to be lifted. | {off}
Norway has no plans for a {noun}. | {off}
Norway did not {base} the bridge. | {off}
It is unlikely that Norway {past} the bridge. | {off}
Norway said it had not {past} the bridge. | {off}
If Norway imposes a {noun}, trade will fall. |
Norway met Sweden after the {noun}. |
Norway imposed the tax despite the {noun}. |
Norway has authority for a {noun}. |
"""
MEASURES = """
Norway failed to ban the toxin. | NO allow
Norway did not fail to ban the toxin. | NO ban
Norway will not hesitate to ban the toxin. | NO ban
Norway denied it had banned the toxin. | NO allow
Norway's refusal to ban the toxin surprised Sweden. | NO allow
Norway is too weak to ban the toxin. |
Norway has not yet banned the toxin. | NO undecided
Norway wants Sweden to ban the toxin. | NO pressure
Norway wants the toxin banned. | NO ban
Norway said Sweden should ban the toxin. | NO pressure
Sweden was led by Norway to ban the toxin. |
The toxin could force Norway to ban it. |
Norway banned the toxin, ending a long quarrel. | NO ban
"""
SIDES = """
Norway has yet to decide on the toll. | NO undecided
Norway is studying the proposal. | NO undecided
Norway did not say whether it would back the toll. | NO undecided
Norway neither backed nor opposed the toll. | NO undecided
Norway warned against the toll. | NO oppose
Norway will not accept the toll. | NO oppose
Norway has refrained from criticising the toll. |
Norway stopped short of backing the toll. |
Norway said the toll was “unfair”. | NO oppose
Norway said it was “in favour” of the toll. | NO support
Ministers reaffirmed the opposition of Norway to the toll. | NO oppose
Norway in no way backs the toll. | NO oppose
Norway will by no means back the toll. | NO oppose
No toll was backed by Norway. | NO oppose
Norway studied the toll and will not back it. | NO oppose
Norway and Sweden back the toll. | NO support; SE support
Norway backs the treaty. | NO support
Norway backs lifting the tax. | NO oppose
Norway opposes lifting the tax. | NO support
Norway criticised Sweden for refusing to sign. | NO oppose
The treaty is opposed by Norway. | NO oppose
Norway said the proposals were opposed by all parties. |
Norway is opposed to the treaty. | NO oppose
Norway expressed its opposition to the treaty. | NO oppose
Norway expressed hope after meeting opposition leaders. |
Norway dropped its opposition to the treaty. | NO support
Norway withdrew its support for the treaty. | NO oppose
Norway went back on its support for the treaty. | NO oppose
Norway could not support the treaty. | NO oppose
Norway said the treaty was unacceptable. | NO oppose
Norway said the treaty was not unacceptable. | NO support
Norway called the treaty a mistake. | NO oppose
Norway said no one would benefit from the treaty. |
Norway backed Sweden in its opposition to the treaty. | NO support
"""
ACTS = """
Norway refused to rule out a toll. |
Norway asked why the ship had sailed. |
Norway asked Sweden why it had sailed. |
Norwegian parties fight the new tax. |
Norwegian troops fight rebels in Chad. | NO fight
Norwegian ministers attacked the new tax. | NO accuse
Norway clashed with Sweden on fishing. | NO accuse
No sanctions were imposed by Norway. |
Norway will enforce the sanctions. | NO threaten
Norway said Sweden was responsible for the blast. | NO accuse
Norway said Sweden was behind the blast. | NO accuse
Norway said one has to be careful. |
Norway said the law was needed to fight fraud. | NO support
Norway stressed its support for talks and its dismay over a breach by Sweden. |
Norway imposed sanctions on Sweden. | NO sanction
Norway imposed tariff cuts. |
Norway eased the curfew to help growers. | NO yield
Norway will send aid to Chad. | NO agree
Norway threatened to impose sanctions on Sweden. | NO threaten
Norway said Sweden must agree to talks. | NO request
Norway said it had to wait ten months. |
Norway expects prices to rise. |
Norway received support from Sweden. |
Norway needs Swedish support. |
Norway met Swedish ministers. | NO consult
Norway is opposed to the deployment of troops. | NO reject
Norway met its targets. |
Norway failed to meet its targets. |
Norway restricted its output. |
Norway declined to comment on the plan. |
Norway declined to discuss the plan. |
Norway refused to discuss the plan with Sweden. | NO reject
Norway is investigating allegations of fraud. | NO investigate
"""


@pytest.mark.parametrize("row", rows(TURNED))
@pytest.mark.parametrize(
    ("codebook", "words"),
    [
        (
            "measures",
            {"noun": "ban", "base": "ban", "past": "banned", "ing": "banning"}
            | {"on": "NO ban", "off": "NO allow"},
        ),
        (
            OWN,
            {"noun": "toll", "base": "toll", "past": "tolled", "ing": "tolling"}
            | {"on": "NO toll", "off": "NO free"},
        ),
    ],
    ids=["shipped", "own"],
)
def test_what_governs_a_cue_turns_it(
    row: str, codebook: CodebookSpec, words: dict[str, str]
) -> None:
    text, _, expected = row.format(**words).partition(" |")
    assert stances(positions_of(text, codebook)) == expected.strip()


@pytest.mark.parametrize(
    ("codebook", "row"),
    [
        *(("measures", row) for row in rows(MEASURES)),
        *(("sides", row) for row in rows(SIDES)),
        *(("acts", row) for row in rows(ACTS)),
    ],
)
def test_a_book_turns_its_stances_its_own_way(codebook: str, row: str) -> None:
    text, _, expected = row.partition(" |")
    assert stances(positions_of(text, codebook)) == expected.strip()


def test_an_own_stance_without_an_opposite_is_dropped_where_it_is_denied() -> None:
    assert positions_of("Norway did not toll the bridge.", {"toll": ("to toll",)}) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway is far from backing the toll.", "NO oppose"),
        ("Norway was nowhere near supporting the toll.", "NO oppose"),
        ("Norway is far from alone in backing the toll.", "NO support"),
        ("Norway is not alone in opposing the toll.", "NO oppose"),
        ("Norway is a long way from backing the toll.", "NO oppose"),
        ("No Norwegian minister backs the toll.", "NO oppose"),
        ("None of the ministers in Norway backs the toll.", "NO oppose"),
        ("Not one of the ministers in Norway backs the toll.", "NO oppose"),
        ("Neither of the two, Norway and Chad, backs the toll.", "NO oppose; TD oppose"),
        ("No one but Norway backs the toll.", "NO support"),
        ("Norway will back the toll.", "NO support"),
        ("Norway did not back the toll.", "NO oppose"),
        ("Norway wants to back the toll.", "NO support"),
        ("Norway and Chad said they would not back the toll.", "NO oppose; TD oppose"),
        ("Norway could back down.", ""),
        ("Norway threw its support behind waiving port fees.", "NO support"),
        ("Norway supports ending the war.", "NO support"),
        ("Norway supports ending the sanctions.", "NO oppose"),
        ("Norway has yet to back the toll.", "NO undecided"),
        ("Norway has yet to vote on the toll.", "NO undecided"),
        ("Norway had backed the toll but later changed its mind.", ""),
        ("Norway had backed the toll but not the tax.", "NO support"),
        ("Norway cannot go along with the toll.", "NO oppose"),
        ("Norway sees no need for the toll.", "NO oppose"),
        ("Norway came out against it, breaking with its allies.", "NO oppose"),
        ("Norway said it was dismayed by the toll.", "NO oppose"),
        ("Norway said the toll was not in its interest.", "NO oppose"),
        ("Norway is weighing the risks of the toll.", "NO undecided"),
        ("The crane led Norway to back away from the toll.", ""),
    ],
)
def test_subjects_and_predicates_deny_and_back_is_a_verb_behind_its_auxiliary(
    text: str, expected: str
) -> None:
    assert stances(positions_of(text, "sides")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway will comply with the ban.", "NO agree"),
        ("Norway refused to comply with the ban.", "NO reject"),
        ("Norway will not supply arms to Chad.", "NO reject"),
    ],
)
def test_verbs_that_end_as_adverbs_do_are_verbs(text: str, expected: str) -> None:
    assert stances(positions_of(text, "acts")) == expected
