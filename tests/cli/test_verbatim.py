"""Characters that nobody sees: hidden on screen, kept in what leaves the program."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Run

PASTE = (
    "Har\u00adbour fees\n\n\ufeff“No ship\u200bper will be ex\u00adclu\u00added,\u2060”\u200b said "
    "Ana Lin, the Dutch trans\u00adport min\u00adister. “Re\u202efunds\x1b[31m wait,” she said.\n"
)


def test_hidden_characters_are_found_shown_and_exported_as_no_characters(briefing: Run) -> None:
    briefing("add", "-", "--to", "quay", stdin=PASTE.encode())
    for shown in (
        briefing("search", '"shipper will be excluded"').stdout,
        briefing("show", "quay").stdout,
        briefing("show", "quay", "--quotes").stdout,
    ):
        assert "No shipper will be excluded" in shown
        assert not set(shown) & set("\u00ad\u200b\u2060\ufeff\u202e\x1b⟨")
    memo = briefing("export", "quay", "--full").stdout
    assert "No ship\u200bper will be ex\u00adclu\u00added,\u2060" in memo
    assert "Re&#8238;funds\\[31m wait," in memo
    assert "1 control character that Markdown cannot carry" in memo


@pytest.mark.parametrize("option", [(), ("--article", "harbour-fees"), ("--quotes",)])
def test_json_holds_every_character_and_sends_none_to_the_terminal(
    briefing: Run, option: tuple[str, ...]
) -> None:
    briefing("add", "-", "--to", "quay", stdin=PASTE.encode())
    name = next(iter(json.loads(briefing("show", "quay", "--json").stdout)["sources"]))["article"]
    option = tuple(name if word == "harbour-fees" else word for word in option)
    shown = briefing("show", "quay", "--json", *option).stdout
    assert shown.replace("\n", "").isprintable()
    assert "Re\u202efunds\x1b[31m wait," in str(json.loads(shown)).encode().decode("unicode_escape")
