from __future__ import annotations

import pytest

from briefing.english.inflection import add_s, inflect


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("warn", ("warn", "warns", "warned", "warning")),
        ("note", ("note", "notes", "noted", "noting")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("convey", ("convey", "conveys", "conveyed", "conveying")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
    ],
)
def test_a_regular_verb_has_four_forms(base: str, forms: tuple[str, ...]) -> None:
    assert inflect(base) == forms


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("ally", "allies"), ("attorney", "attorneys"), ("boss", "bosses"), ("coach", "coaches")],
)
def test_a_plural_is_regular(noun: str, plural: str) -> None:
    assert add_s(noun) == plural
