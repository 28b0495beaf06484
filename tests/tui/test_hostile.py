"""Whatever a library holds, no screen draws it raw or takes it for markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from textual.app import App
from textual.content import Content
from textual.visual import visualize
from textual.widgets import Input, Label

from briefing.content.articles import encode_article
from briefing.content.edits import dump_edits
from briefing.content.info import dump_info
from briefing.library import Library
from briefing.model import EDITED, Anchor, Article, BriefingInfo, Edit, SavedSearch
from briefing.tui.dialogs.export import ExportScreen
from briefing.tui.dialogs.help import HelpScreen
from tests.cli import test_one_gate as gate

MARKUP = "[reverse]M[/reverse][strike #0a0b0c on #0d0e0f]S[/][@click=app.quit]L[/]"
COLOURS = {(10, 11, 12), (13, 14, 15)}
"""Those that the markup asks for; nothing else on any screen has them, or is struck out."""
RAW = set("\x1b\x07\x9b\u202e\u2066\r\x00")
WALKS: dict[str, tuple[str, ...]] = {
    "library": ("j", "k", "enter", "escape", "question_mark", "escape", "ctrl+p", "escape"),
    "panels": ("enter", "j", "tab", "j", "tab", "j", "enter", "o", "escape", "question_mark"),
    "correcting": ("enter", "tab", "s", "escape", "a", "escape", "x", "u", "r",
                   "escape", "asterisk", "y"),
    "compare": ("enter", "c", "j", "tab", "j", "m", "j", "enter"),
    "timeline": ("enter", "t", "j", "enter"),
    "export": ("enter", "e", "tab", "tab", "down"),
    "outlines": ("enter", "O", "j", "j", "minus", "tab", "j", "tab", "tab", "j", "j", "enter"),
    "people": ("enter", "P", "j", "enter", "j", "v", "tab", "j", "escape", "question_mark"),
    "matrix": ("enter", "M", "j", "l", "enter", "escape", "m", "question_mark"),
    "changes": ("enter", "D", "j", "tab", "j", "enter"),
    "find": ("enter", "z", "slash", "b", "left_parenthesis", "escape", "slash", "b", "a", "enter",
             "n", "N"),
    "search": ("slash", "b", "a", "n", "s", "enter", "j", "enter", "n"),
    "saved": ("enter", "slash", "down", "tab", "down", "enter"),
    "ledger": ("enter", "p", "j", "enter"),
    "palette": ("enter", "ctrl+p", "a", "down"),
    "reader": ("enter", "tab", "tab", "enter", "enter", "right_square_bracket", "j", "1", "y"),
}  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    "filter": ("f",),
    "everywhere": ("slash",),
    "query": ("enter", "slash"),
    "file": ("enter", "e"),
    "words": ("enter", "O", "slash"),
    "find": ("enter", "z", "slash"),
    "palette": ("ctrl+p",),
}
"""The ways to inputs."""


def styled(app: App[object]) -> Iterator[str]:
    """Yield what is on the screen or in a tooltip in a style that only the markup asks for."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if style is None:
                continue
            asked = {tuple(each.triplet) for each in (style.color, style.bgcolor)
                     if each is not None and each.triplet is not None}  # fmt: skip
            if style.strike or asked & COLOURS or "app.quit" in str(style.meta.get("@click")):
                yield segment.text
    for widget in app.screen.walk_children():
        tip = widget.tooltip
        # As the app's own tooltip would draw it.
        drawn = visualize(widget, tip) if tip is not None else None
        if isinstance(drawn, Content) and any("strike" in str(s.style) for s in drawn.spans):
            yield drawn.plain


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Return a library of which every text, and the names of files, are hostile."""
    monkeypatch.setattr(gate, "ACTIVE", gate.ACTIVE + MARKUP)
    monkeypatch.setitem(gate.FIXED, "text", f"Oslo bans it {gate.ACTIVE}")
    bad = gate.ACTIVE
    monkeypatch.setitem(gate.FIXED, "code", f"../../N/{bad}")
    monkeypatch.setitem(gate.FIXED, "country", f"../../N/{bad}")
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
        (folder / "a.yaml").write_bytes(
            encode_article(msgspec.structs.replace(article, chunks=(bare,)))
        )
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


async def test_markup_that_is_obeyed_is_seen() -> None:
    class Obeying(App[None]):
        def compose(self) -> Iterator[Label]:
            label = Label(MARKUP)
            label.tooltip = MARKUP
            yield label

    app = Obeying()
    async with app.run_test():
        assert list(styled(app)) == ["S", "L", "MSL"]


@pytest.mark.parametrize("walk", WALKS)
async def test_no_screen_draws_a_raw_character_or_reads_markup(
    own_home: Path, hostile: Library, sit_down, walk: str
) -> None:
    seen = ""
    async with sit_down(hostile) as person:
        for key in WALKS[walk]:
            await person.press(key)
            assert not set(person.screen) & RAW, (walk, key)
            assert not list(styled(person.app)), (walk, key)
            seen += person.screen
        for widget in person.app.screen.walk_children():
            tooltip = getattr(widget, "tooltip", None)
            assert not (isinstance(tooltip, str) and set(tooltip) & RAW), (walk, tooltip)
    assert "␛" in seen
    assert walk == "saved" or "[reverse]" in seen


@pytest.mark.parametrize("field", FIELDS)
async def test_what_is_pasted_into_a_field_is_no_markup(
    own_home: Path, hostile: Library, sit_down, field: str
) -> None:
    async with sit_down(hostile) as person:
        await person.press(*FIELDS[field])
        assert isinstance(person.app.focused, Input)
        person.app.focused.value = ""
        await person.enter(f"{MARKUP}\x1b[7m\u202e")
        assert "[strike" in person.screen
        assert not set(person.screen) & RAW
        assert not list(styled(person.app))
        for key in ("down", "tab", "enter"):
            await person.press(key)
            assert not set(person.screen) & RAW, key
            assert not list(styled(person.app)), key


@pytest.mark.parametrize("field", FIELDS)
async def test_a_line_without_an_end_is_not_pasted(
    own_home: Path, masts: Library, sit_down, field: str
) -> None:
    async with sit_down(masts, (120, 40)) as person:
        await person.press(*FIELDS[field])
        line = person.app.focused
        assert isinstance(line, Input)
        before = line.value
        await person.enter("(a+)+[ “e\u0301” " * 100_000)
        assert line.value == before
        assert field == "palette" or "Not pasted: a line holds 5,000 characters." in person.screen
        await person.enter("Ports\n" + "(a+)+[ " * 100_000)
        assert "Ports" in line.value


async def test_keys_of_the_config_are_no_markup(own_home: Path, hostile: Library, sit_down) -> None:
    bad = f"{MARKUP}\x1b[7m\u202e"
    keys = {"app.help": f"f7,{bad}", "library.open": bad, "list.down": bad, bad: "f8"}
    async with sit_down(hostile, keys=keys) as person:
        assert not set(person.screen) & RAW
        assert not list(styled(person.app))
        await person.press("f7")
        assert isinstance(person.app.screen, HelpScreen)
        assert "[strike" in person.screen
        assert not set(person.screen) & RAW
        assert not list(styled(person.app))


async def test_a_country_code_proposes_no_other_folder(
    own_home: Path, hostile: Library, sit_down
) -> None:
    async with sit_down(hostile) as person:
        await person.press("enter", "j", "e")
        screen = person.app.screen
        assert isinstance(screen, ExportScreen)
        assert screen.scope is not None
        proposed = screen.query_one("#file", Input).value
        assert proposed.startswith("q")
        assert not set(proposed) & (RAW | set("/\\"))
        assert "Press enter to export without the articles that are broken" in person.screen
        assert "--without-broken" not in person.screen
        await person.press("enter")
        assert not list(Path.cwd().iterdir())
        assert "Press enter to write the file, without 1 broken file." in person.screen
        await person.press("enter")
        assert [path.name for path in Path.cwd().iterdir()] == [proposed]
        assert not list(Path.cwd().parent.glob("*.md"))
