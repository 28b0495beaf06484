"""What outlets are called: usual names, forms and short names."""

import pytest

from briefing.world.outlets import (
    ends_as_outlet,
    find_outlets,
    outlet_named,
    short_name,
    usual_name,
)


@pytest.mark.parametrize(
    ("form", "usual"),
    [
        ("Guardian", "The Guardian"),
        ("The Guardian", "The Guardian"),
        ("WSJ", "The Wall Street Journal"),
        ("The Financial Times", "Financial Times"),
        ("Nikkei Asian Review", "Nikkei Asia"),
        ("Harbour Gazette", None),
    ],
)
def test_every_form_of_an_outlet_has_one_usual_name(form: str, usual: str | None) -> None:
    assert usual_name(form) == usual


def test_a_short_name_is_the_initials_in_use_or_the_name_without_its_article() -> None:
    assert short_name("The Wall Street Journal") == "WSJ"
    assert short_name("The Guardian") == "Guardian"
    assert short_name("Harbour Gazette") == "Harbour Gazette"


def test_a_citation_shows_an_outlet_without_its_article() -> None:
    assert outlet_named("the Guardian’s") == "Guardian"
    assert outlet_named("Guardian") is None
    assert [(one.outlet, one.start, one.definite) for one in find_outlets("The Guardian said")] == [
        ("Guardian", 4, True)
    ]


def test_a_name_may_end_as_outlets_do() -> None:
    assert ends_as_outlet("Harbour Gazette")
    assert not ends_as_outlet("Harbour Council")
