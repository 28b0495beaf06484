"""Every text can be read on its ground, in every theme that is offered, and without colours."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.screen import ModalScreen
from textual.widget import Widget

from briefing.library import Library
from briefing.tui.kit.actions import say
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.themes import TERMINAL, THEMES

SCRIPT = Path(__file__).parents[1] / "bench" / "contrast.py"
COLOURED = sorted(name for name, theme in THEMES.items() if not theme.ansi)
LEAST = {name: 7.0 if "contrast" in name else 4.5 for name in COLOURED}
FRAMES = frozenset(map(chr, range(0x2500, 0x25A0)))
SCREENS: dict[str, tuple[str, ...]] = {
    "library": ("escape", "f"),
    "briefing": ("tab", "j"),
    "positions": ("p", "j"),
    "asking": ("tab", "s"),
    "speaking": ("tab", "a"),
    "article": ("tab", "j", "enter", "b", "v", "right"),
    "compare": ("j", "c", "tab", "j"),
    "search": ("slash",),
    "export": ("e",),
    "help": ("question_mark",),
    "adding": ("plus", "tab", "enter"),
    "palette": ("ctrl+p", "down"),
}

MARKED = {"briefing": "Replacing every mast", "palette": "Compare"}
"""Words that are underlined and bold where no colour tells that they are chosen."""


@pytest.fixture(scope="session")
def contrast() -> ModuleType:
    """Return the script that computes contrasts."""
    spec = importlib.util.spec_from_file_location("contrast", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def drawn(person, screen: str) -> list[Segment]:
    """Open a screen by its keys and return the segments that have words."""
    await person.press(*SCREENS[screen])
    if screen == "search":
        person.app.screen.query_one(QueryBox).write("laboratory")
    say(person.app, "Something was done.")
    say(person.app, "Something was not done.", warning=True)
    await person.wait()
    top = person.app.screen
    strips = top._compositor.render_strips()
    if isinstance(top, ModalScreen):  # What shows dimmed below it is not read.
        shown = [each.region for each in top.query(Widget) if each.visible and not each.children]
        strips = [strips[y].crop(r.x, r.right) for r in shown for y in range(r.y, r.bottom)]
    return [segment for strip in strips for segment in strip if _words(segment.text)]


def _words(text: str) -> str:
    return "".join(char for char in text if char not in FRAMES).strip()


def test_black_on_white_has_the_greatest_contrast(contrast: ModuleType) -> None:
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert contrast.contrast(black, white) == pytest.approx(21)
    assert contrast.contrast(white, white) == pytest.approx(1)
    assert contrast.contrast(Color.parse("#777777"), white) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", COLOURED)
def test_every_ink_can_be_read_on_every_ground(contrast: ModuleType, name: str) -> None:
    found = list(contrast.pairs(THEMES[name]))
    assert len(found) == 27 * 9
    assert [pair for pair in found if pair.contrast < LEAST[name]] == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", ["briefing-dark", "briefing-light"])
async def test_every_text_on_a_screen_can_be_read(
    masts: Library, sit_down, contrast: ModuleType, name: str, screen: str
) -> None:
    async with sit_down(masts, briefing="masts", theme=name) as person:
        segments = await drawn(person, screen)
    measured = {
        (segment.text.strip(), *(each.get_truecolor().hex for each in _colours(segment)))
        for segment in segments
    }
    assert len(measured) > 3
    faint = {
        (words, fore, back)
        for words, fore, back in measured
        if contrast.contrast(Color.parse(fore), Color.parse(back)) < LEAST[name]
    }
    assert faint == set()


def _colours(segment: Segment) -> Iterator:
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    colours = style.color, style.bgcolor
    return reversed(colours) if style.reverse else iter(colours)


@pytest.mark.parametrize("screen", MARKED)
async def test_without_colours_weight_and_lines_tell_what_is_chosen(
    masts: Library, sit_down, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit_down(masts, briefing="masts", theme="light") as person:
        segments = await drawn(person, screen)
    styles = {segment.style for segment in segments if segment.style is not None}
    assert {each.color.name for each in styles if each.color} <= {"default"}
    assert {each.bgcolor.name for each in styles if each.bgcolor} <= {"default"}
    assert any(each.reverse for each in styles)
    lined = [each.text for each in segments if each.style.bold and each.style.underline]
    assert any(MARKED[screen] in text for text in lined), lined


async def test_the_terminal_s_own_colours_are_the_only_ones(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts", theme="terminal") as person:
        assert person.app.theme == TERMINAL
        segments = await drawn(person, "briefing")
    colours = {each for s in segments if s.style for each in (s.style.color, s.style.bgcolor)}
    assert {each.is_system_defined or each.is_default for each in colours if each} == {True}


async def test_the_palette_finds_light_first_and_no_theme_that_cannot_be_read(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("ctrl+p")
        await person.enter("light")
        await person.press("enter")
        assert person.app.theme == "briefing-light"
        await person.press("ctrl+p")
        await person.enter("theme")
        themes = {line.split("Theme: ")[1].split()[0] for line in person.lines if "Theme: " in line}
    assert themes == {"dark", "light", "contrast-dark", "contrast-light", "terminal"}


async def test_without_colours_no_theme_is_offered(
    masts: Library, sit_down, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit_down(masts, briefing="masts") as person:
        await person.press("ctrl+p")
        await person.enter("theme")
        assert "Theme:" not in person.screen
