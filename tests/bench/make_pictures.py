"""Draw the pictures of the README from the sample library, as the app shows it.

    python tests/bench/make_pictures.py [--folder tests/pictures] [--only reader]
    python tests/bench/make_pictures.py --all /tmp/pictures [--library DIR --briefing NAME]

`--all` draws every screen and dialog instead, at three sizes, dark and light. Each picture is an
SVG of 30 to 50 KB without fonts of its own: runs of one style, each as wide as its cells, so that
whatever monospaced font is installed keeps the columns.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widgets import Input

from briefing.library import Library
from briefing.paths import sample_library
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.export import ExportScreen, Preview
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.themes import DARK, THEMES, theme_named

FOLDER = Path(__file__).parents[1] / "pictures"
BRIEFING = "huawei-5g"
QUERY = "which countries ban huawei"
CELL, LINE, SIZE = 8.4, 18, 14
"""The width and height of a cell, and the size of the letters, which are 0.6 as wide as high."""

UPRIGHT = {"│": (0.43, 0.14), "▌": (0.0, 0.5)}
"""Signs that are as high as a line: where in the cell they begin, and how wide they are."""

FONTS = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace"


class Run(NamedTuple):
    """Letters of one style from a cell on, as many cells wide."""

    x: int
    width: int
    text: str
    style: Style


class Picture(NamedTuple):
    """A screen: its size in cells, the keys that lead to it, and what it is for those who hear."""

    columns: int
    lines: int
    reach: Callable[[Pilot[None]], Awaitable[None]]
    words: str


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and every message has been handled."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def reach_reader(pilot: Pilot[None]) -> None:
    """Choose the country with the most quotes, and its first quote."""
    await press(pilot, "j", "tab")


async def reach_search(pilot: Pilot[None]) -> None:
    await press(pilot, "slash")
    pilot.app.screen.query_one(QueryBox).write(QUERY)
    await settle(pilot)


async def reach_memo(pilot: Pilot[None]) -> None:
    """Open the export dialog, its preview at the heading above the first quotes."""
    await press(pilot, "e")
    screen = pilot.app.screen
    assert isinstance(screen, ExportScreen)
    screen.query_one("#file", Input).border_title = "File"
    lines = (screen.text or "").splitlines()
    quote = next((at for at, line in enumerate(lines) if line.startswith("> ")), 0)
    heads = [at for at, line in enumerate(lines[:quote]) if line.startswith("## ")]
    preview = screen.query_one(Preview)
    preview.scroll_to(y=preview._row_top(heads[-1] if heads else 0), animate=False)
    await settle(pilot)


async def reach_matrix(pilot: Pilot[None]) -> None:
    """Open the matrix, and go to a country's cell in the second row."""
    await press(pilot, "M", "j", "n", "n")


PICTURES = {
    "reader": Picture(120, 36, reach_reader, "Countries, quotes and sources; the reader below"),
    "search": Picture(120, 30, reach_search, f"A search for: {QUERY}"),
    "matrix": Picture(120, 34, reach_matrix, "Countries by sources: who takes what stance where"),
    "memo": Picture(120, 36, reach_memo, "The export dialog with the Markdown of the memo"),
}


SIZES = ((160, 48), (120, 40), (80, 24))
SCREENS = {
    "welcome": ("welcome",),
    "library": ("library", "j"),
    "library-filter": ("library", "f", "type:o"),
    "briefing": ("j",),
    "quotes": ("j", "tab", "j"),
    "paraphrases": ("j", "tab", "i"),
    "sources": ("j", "tab", "tab", "j"),
    "reader": ("j", "tab", "j", "enter"),
    "positions": ("p", "j"),
    "to-rule-on": ("r", "j"),
    "timeline": ("t", "j"),
    "people": ("P", "j"),
    "person": ("P", "j", "enter", "tab"),
    "matrix": ("M", "n"),
    "matrix-time": ("M", "m"),
    "origins": ("O", "j"),
    "concordance": ("C", "j"),
    "changes": ("D",),
    "gaps": ("L",),
    "compare": ("j", "c", "tab", "j"),
    "compare-sources": ("c", "m", "j"),
    "article": ("j", "tab", "j", "enter", "z"),
    "find": ("j", "tab", "enter", "z", "slash", "type:the"),
    "selecting": ("j", "tab", "enter", "v", "right", "right"),
    "speaker": ("j", "tab", "s"),
    "note": ("j", "tab", "a"),
    "metadata": ("tab", "tab", "m"),
    "search": ("slash", "type:government"),
    "search-all": ("slash", "type:country:us", "ctrl+b"),
    "export": ("e",),
    "add": ("plus",),
    "help": ("question_mark",),
    "palette": ("ctrl+p", "type:ger"),
}
"""The keys that lead to every screen and dialog: `type:` types, and a word alone is an action."""


async def go(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press keys, type words, or do what an action of that name does."""
    for key in keys:
        if key.startswith("type:"):
            await press(pilot, *("space" if each == " " else each for each in key[5:]))
        elif key == "library":
            while len(pilot.app.screen_stack) > 1:
                await press(pilot, "escape")
        elif key == "welcome":
            await pilot.app.run_action("welcome")
            await settle(pilot)
        else:
            await press(pilot, key)


def runs_of(segments: Iterable[Segment]) -> Iterator[Run]:
    """Yield the runs of a line: stretches of one style, the bar of a quote apart."""
    x = 0
    for (style, _), group in groupby(segments, key=_kind):
        parts = list(group)
        text = "".join(part.text for part in parts)
        width = sum(part.cell_length for part in parts)
        yield Run(x, width, text, style)
        x += width


def _kind(segment: Segment) -> tuple[Style, bool]:
    return segment.style or Style.null(), segment.text.strip() in UPRIGHT


def colours_of(style: Style, theme: Theme) -> tuple[str, str]:
    """Return the colours of letters and ground as `#rrggbb`."""
    fore = _hexed(style.color, str(theme.foreground))
    back = _hexed(style.bgcolor, str(theme.background))
    return (back, fore) if style.reverse else (fore, back)


def _hexed(color: Color | None, fallback: str) -> str:
    if color is None or color.is_default:
        return fallback
    return color.get_truecolor().hex


def figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _across(x: float) -> str:
    return figure(x * CELL + 8)


class Drawing:
    """An SVG that grows run by run; each ink becomes one short class."""

    def __init__(self, columns: int, lines: int, words: str, theme: Theme) -> None:
        self._theme = theme
        self._size = (figure(columns * CELL + 16), lines * LINE + 16)
        self._words = words
        self._classes: dict[str, str] = {}
        self._parts: list[str] = []

    def add(self, y: int, runs: Iterable[Run]) -> None:
        """Draw a line: the grounds first, then the letters on them."""
        drawn = list(runs)
        for run in drawn:
            ground = colours_of(run.style, self._theme)[1]
            if ground != self._theme.background:
                self._fill(y, run.x, run.width, ground)
        for run in drawn:
            self._write(y, run)

    def _write(self, y: int, run: Run) -> None:
        """Write the letters; bars and upright lines are drawn, so that they meet those below."""
        text = run.text.strip()
        skipped = len(run.text) - len(run.text.lstrip())
        if text in UPRIGHT:
            shift, width = UPRIGHT[text]
            self._fill(y, run.x + skipped + shift, width, colours_of(run.style, self._theme)[0])
        elif text:
            width = run.width - (len(run.text) - len(text))
            self._parts.append(
                f'<text class="{self._class(run.style)}" x="{_across(run.x + skipped)}" '
                f'y="{y * LINE + 22}" textLength="{figure(width * CELL)}">{escape(text)}</text>'
            )

    def _fill(self, y: int, x: float, width: float, colour: str) -> None:
        across = figure(width * CELL + (0.3 if width >= 1 else 0))
        self._parts.append(
            f'<path fill="{colour}" d="M{_across(x)} {y * LINE + 8}h{across}v{LINE}h-{across}z"/>'
        )

    def _class(self, style: Style) -> str:
        rules = f"fill:{colours_of(style, self._theme)[0]}"
        rules += ";font-weight:700" if style.bold else ""
        rules += ";text-decoration:underline" if style.underline else ""
        return self._classes.setdefault(rules, f"i{len(self._classes)}")

    def svg(self) -> str:
        """Return the whole picture."""
        width, height = self._size
        inks = "".join(f".{name}{{{rules}}}" for rules, name in self._classes.items())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">\n'
            f"<title>{escape(self._words)}</title>\n"
            f"<style>text{{font:{SIZE}px {FONTS}}}{inks}</style>\n"
            f'<rect width="100%" height="100%" rx="8" fill="{self._theme.background}"/>\n'
            + "\n".join(self._parts)
            + "\n</svg>\n"
        )


async def draw(
    library: Library, picture: Picture, briefing: str = BRIEFING, theme: Theme = DARK
) -> str:
    """Return the SVG of a screen, reached as a person would reach it."""
    app = BriefingApp(library, briefing=briefing, theme=theme.name)
    app.animation_level = "none"
    async with app.run_test(size=(picture.columns, picture.lines)) as pilot:
        await settle(pilot)
        await picture.reach(pilot)
        for box in app.screen.query(Input):
            box.cursor_blink = False
        await settle(pilot)
        drawing = Drawing(picture.columns, picture.lines, picture.words, theme)
        # What lies under a dialog shows through it, so that the strips are those of all screens.
        for y, strip in enumerate(app.screen._compositor.render_strips()):
            drawing.add(y, runs_of(strip))
    return drawing.svg()


def draw_all(library: Library, briefing: str, folder: Path, only: str | None) -> None:
    """Draw every screen at each size, dark and light, into a folder for each."""
    for columns, lines in SIZES:
        for theme in (DARK, THEMES[theme_named("light")]):
            here = folder / f"{columns}x{lines}-{'dark' if theme.dark else 'light'}"
            here.mkdir(parents=True, exist_ok=True)
            for name, keys in SCREENS.items():
                if only in (None, name):
                    picture = Picture(columns, lines, partial(go, keys=keys), name)
                    svg = asyncio.run(draw(library, picture, briefing, theme))
                    (here / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", choices=sorted({*PICTURES, *SCREENS}))
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="draw every screen, there")
    parser.add_argument("--library", type=Path, default=sample_library())
    parser.add_argument("--briefing", default=BRIEFING)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for name in ("CACHE", "CONFIG", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = home
        library = Library.open(arguments.library)
        library.refresh(searchable=True)
        if arguments.all:
            draw_all(library, arguments.briefing, arguments.all, arguments.only)
            return
        arguments.folder.mkdir(parents=True, exist_ok=True)
        for name, picture in PICTURES.items():
            if arguments.only in (None, name):
                svg = asyncio.run(draw(library, picture))
                path = arguments.folder / f"{name}.svg"
                path.write_text(svg, encoding="utf-8", newline="\n")
                print(f"{path}  {len(svg.encode()):,} bytes")


if __name__ == "__main__":
    main()
