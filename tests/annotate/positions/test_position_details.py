"""What goes with a stance: target, object, hedge, whose words it is in, and who passed it on."""

from __future__ import annotations

import pytest
from position_rows import positions_of

TARGETS = [
    ("Norway imposed sanctions on Sweden.", "NO", "SE"),
    ("Sanctions were imposed on Sweden by Norway.", "NO", "SE"),
    ("Norway accused Sweden of spying for Russia.", "NO", "SE"),
    ("Sweden was accused of spying by Norway.", "NO", "SE"),
    ("Norway urged Sweden and Denmark to sign the treaty.", "NO", "SE"),
    ("Norwegian ministers met the Swedish king.", "NO", "SE"),
    ("Norway met its own ministers.", "NO", None),
    ("Norway threatened to expel Swedish envoys.", "NO", "SE"),
    ("Rebels in Chad attacked a convoy.", "TD", None),
    ("Norway, a Swedish ally, has refused to send ships to Chad.", "NO", "TD"),
    ("EU member Sweden threatened to expel the envoys.", "SE", None),
    ("Norway demanded that Sweden stop the ship.", "NO", "SE"),
    ("Norway said Sweden should leave the talks.", "NO", "SE"),
    ('"Sweden should not copy Chad," said Norwegian minister Jane Roe.', "NO", "SE"),
]
OBJECTS = [
    ("Norway welcomed the “wider lock” and the pier.", "wider lock"),
    ("Norway welcomed her “gracious letter and the offer” itself.", "her gracious letter"),
    ("Norway said the new tax would hurt its growers.", "new tax"),
    ("Norway called the new tax absurd.", "new tax"),
    ("Norway opposes the new tax on imported fish.", "new tax"),
    ("The new tax is opposed by Norway.", "new tax"),
    ("Norway dropped its opposition to the new tax.", "new tax"),
    ("Norway abstained.", None),
    ("Norway threw its support behind the toll.", "toll"),
    ("Norway threw its support behind waiving port fees.", "port fees"),
    ("Norway voiced regret over the toll.", "toll"),
    ("Norway backs scrapping the toll.", "toll"),
    ("Norway voted in favour.", None),
    ("Norway voted in favour of the toll.", "toll"),
    ("Norway came out against the toll.", "toll"),
]
HEDGES = [
    ("Norway, which would have gained from it, opposes the tax.", None),
    ("Norway, whose plan had failed, opposes the tax.", None),
    ("Norway called the tax absurd.", None),
    ("Norway opposes the tax.", None),
    ("Norway may oppose the tax.", "may"),
    ("Norway would oppose the tax.", "would"),
    ("Norway would reportedly oppose the tax.", "reportedly"),
    ("Norway will probably oppose the tax.", "probably"),
]
VOICES = [
    ("Norway opposes the tax.", "NO", "other", ()),
    ("Norway said it opposed the tax.", "NO", "self", ()),
    ('"We oppose the tax," said Norwegian minister Jane Roe.', "NO", "self", ()),
    ('"Sweden opposes the tax," said Norwegian minister Jane Roe.', "SE", "other", ("Jane Roe",)),
    (
        '"Norway opposes the tax," Swedish minister Jane Roe told the Financial Times.',
        *("NO", "other", ("Jane Roe", "Financial Times")),
    ),
    ("Norwegian minister Jane Roe said Norway opposed the tax.", "NO", "self", ()),
]


@pytest.mark.parametrize(("text", "country", "target"), TARGETS)
def test_the_target_is_the_other_country_of_the_act(
    text: str, country: str, target: str | None
) -> None:
    (position,) = positions_of(text, "acts")
    assert (position.country, position.target) == (country, target)


def test_each_of_several_actors_has_the_target_of_all() -> None:
    shown = positions_of("Norway, Sweden and Denmark signed a treaty with Chad.", "acts")
    assert [(one.country, one.target) for one in shown] == [
        ("NO", "TD"),
        ("SE", "TD"),
        ("DK", "TD"),
    ]


@pytest.mark.parametrize(("text", "words"), OBJECTS)
def test_the_object_is_what_the_stance_is_about(text: str, words: str | None) -> None:
    (position,) = positions_of(text, "sides")
    assert position.object == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norway's ban on imported fish drew anger.", "imported fish"),
        ("Norway is ready to sign.", None),
        ("Norway has so far refused to sign.", None),
    ],
)
def test_a_cue_is_not_its_own_object(text: str, words: str | None) -> None:
    (position,) = positions_of(text, "acts")
    assert position.object == words


@pytest.mark.parametrize(("text", "hedge"), HEDGES)
def test_the_hedge_is_the_word_that_weakens_most(text: str, hedge: str | None) -> None:
    (position,) = positions_of(text, "sides")
    assert position.hedge == hedge


@pytest.mark.parametrize(("text", "country", "said_by", "chain"), VOICES)
def test_own_words_are_told_from_those_of_others(
    text: str, country: str, said_by: str, chain: tuple[str, ...]
) -> None:
    (position,) = positions_of(text, "sides")
    assert (position.country, position.said_by, position.chain) == (country, said_by, chain)


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("Norway imposed a ban on the toxin similar to that in Sweden.", None, "toxin"),
        ("Norway adopted limits on fish comparable to those of Sweden.", None, "fish"),
        ("Norway imposed a ban on the toxin like the one in Sweden.", None, "toxin"),
        ("Norway wants a ban on apps from countries like Sweden.", "SE", "apps"),
        ("Norway's ban on the toxin led Sweden to wait.", None, "toxin"),
        ("Norway's ban on the toxin came as Sweden met.", None, "toxin"),
        ("Norway has banned the toxin, while Sweden waits.", None, "toxin"),
        ("Norway proposed curbs on apps from Sweden.", "SE", "apps"),
    ],
)
def test_a_country_that_is_only_near_is_no_target(
    text: str, target: str | None, words: str
) -> None:
    (position,) = positions_of(text)
    found = position.country, position.target, position.object
    assert found == ("NO", target, words)


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Norway believes that Sweden will ban the toxin.", ()),
        ("Oslo said that Sweden will ban the toxin.", ()),
        ("The EU thinks that Sweden will ban the toxin.", ()),
        ("Norway believes that Sweden will ban the toxin, Reuters reported.", ("Reuters",)),
        ("Norwegian minister Jane Roe said Sweden will ban the toxin.", ("Jane Roe",)),
        ("The White House said that Sweden will ban the toxin.", ("White House",)),
    ],
)
def test_a_country_that_speaks_of_another_passes_nothing_on(
    text: str, chain: tuple[str, ...]
) -> None:
    (position,) = positions_of(text)
    assert (position.country, position.said_by, position.chain) == ("SE", "other", chain)


@pytest.mark.parametrize(
    ("role", "said_by"),
    [
        ("Norway's trade minister", "self"),
        ("who was Norway's trade minister until May", "other"),
        ("a former Norwegian trade minister", "other"),
        ("the shadow trade minister of Norway", "other"),
        ("a Norwegian opposition lawmaker", "other"),
        ("a Norwegian MEP", "other"),
        ("a Norwegian member of the European Parliament", "other"),
    ],
)
def test_only_who_holds_an_office_speaks_for_the_country(role: str, said_by: str) -> None:
    (position,) = positions_of(f'"Norway will ban the toxin," said Ana Lin, {role}.')
    assert (position.country, position.said_by) == ("NO", said_by)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway set a limit on fish.", ["restrict"]),
        ("Norway is unlikely to ban the toxin completely.", []),
        ("Norway is unlikely to impose a full ban on the toxin.", []),
        ("Norway is unlikely to ban the toxin.", ["allow"]),
        ("Norway rejected a full ban on the toxin.", ["restrict"]),
    ],
)
def test_amounts_and_forecasts_of_whole_measures_restrict_nothing(
    text: str, expected: list[str]
) -> None:
    assert [one.stance for one in positions_of(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["Norway backed the tax, a step condemned by Sweden.", "Norway backed it, joining Sweden."],
)
def test_who_acts_in_a_clause_behind_is_no_target(text: str) -> None:
    first, _ = positions_of(text, "sides")
    assert (first.country, first.target) == ("NO", None)
