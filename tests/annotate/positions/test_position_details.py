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
]
OBJECTS = [
    ("Norway opposes the new tax on imported fish.", "new tax"),
    ("The new tax is opposed by Norway.", "new tax"),
    ("Norway dropped its opposition to the new tax.", "new tax"),
    ("Norway abstained.", None),
]
HEDGES = [
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
