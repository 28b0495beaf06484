"""Whatever a library holds, no screen draws it raw or takes it for markup."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from briefing.content.articles import write_article
from briefing.content.edits import dump_edits
from briefing.content.info import dump_info
from briefing.library import Library
from briefing.model import EDITED, Anchor, Article, BriefingInfo, Edit, SavedSearch
from tests.cli import test_one_gate as gate

MARKUP = "[reverse]M[/reverse][@click=app.quit]L[/]"
RAW = set("\x1b\x07\x9b\u202e\u2066\r\x00")
WALKS: dict[str, tuple[str, ...]] = {
    "library": ("j", "k", "enter", "escape", "question_mark", "escape", "ctrl+p", "escape"),
    "panels": ("enter", "j", "tab", "j", "tab", "j", "enter", "o", "escape", "question_mark"),
    "correcting": ("enter", "tab", "s", "escape", "a", "escape", "x", "u", "r",
                   "escape", "asterisk", "y"),
    "compare": ("enter", "c", "j", "tab", "j", "m", "j", "enter"),
    "timeline": ("enter", "t", "j", "enter"),
    "export": ("enter", "e", "tab", "tab", "down"),
    "search": ("slash", "b", "a", "n", "s", "enter", "j", "enter", "n"),
    "saved": ("enter", "slash", "down", "tab", "down", "enter"),
    "ledger": ("enter", "p", "j", "enter"),
    "palette": ("enter", "ctrl+p", "a", "down"),
    "reader": ("enter", "tab", "tab", "enter", "enter", "right_square_bracket", "j", "1", "y"),
}  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Return a library of which every text, and the names of files, are hostile."""
    monkeypatch.setattr(gate, "ACTIVE", gate.ACTIVE + MARKUP)
    monkeypatch.setitem(gate.FIXED, "text", f"Oslo bans it {gate.ACTIVE}")
    bad = gate.ACTIVE
    content = tmp_path / f"lib{MARKUP}\x1b[7m\u202e" / "content"
    for name in ("quay", f"q\x1b[7m\u202e{MARKUP.replace('/', '')}"):
        folder = content / name
        folder.mkdir(parents=True)
        saved = (SavedSearch(name=bad, query=f"bans {bad}"),)
        info = gate.record(BriefingInfo, codebook=("ban",), searches=saved, feeds=())
        (folder / "briefing.yaml").write_text(dump_info(info), "utf-8")
        article = gate.record(Article, id="a" + bad)
        (chunk,) = article.chunks
        bare = msgspec.structs.replace(chunk, **dict.fromkeys(EDITED, ()))
        write_article(folder / "a.yaml", msgspec.structs.replace(article, chunks=(bare,)))
        (folder / f"b\x1b[7m\u202e{MARKUP.replace('/', '')}.yaml").write_text("format: [", "utf-8")
        edits = [
            Edit(
                id="e" + bad, kind="note", anchor=Anchor(article="a" + bad, exact="Oslo"), text=bad
            )
        ]
        (folder / "edits.yaml").write_text(dump_edits(edits), "utf-8")
    library = Library.open(content.parent)
    library.refresh(searchable=True)
    return library


@pytest.mark.parametrize("walk", WALKS)
async def test_no_screen_draws_a_raw_character_or_reads_markup(
    own_home: Path, hostile: Library, sit_down, walk: str
) -> None:
    seen = ""
    async with sit_down(hostile) as person:
        for key in WALKS[walk]:
            await person.press(key)
            assert not set(person.screen) & RAW, (walk, key)
            seen += person.screen
        for widget in person.app.screen.walk_children():
            tooltip = getattr(widget, "tooltip", None)
            assert not (isinstance(tooltip, str) and set(tooltip) & RAW), (walk, tooltip)
    assert "␛" in seen
    assert walk == "saved" or "[reverse]" in seen
