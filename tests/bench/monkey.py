"""Random keys, clicks, pastes and resizes in the app, over the sample and over a hostile library.

    python tests/bench/monkey.py --events 10000 --seed 1

Exit status 1 when the app met an error: its trace, the seed and the last events are printed, and
the same seed plays the same events again.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import os
import random
import sys
import tempfile
import time
import traceback
from collections import deque
from functools import partial
from pathlib import Path
from typing import Any, cast

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from msgspec.structs import replace  # noqa: E402
from textual.app import App  # noqa: E402
from textual.events import Key, Paste  # noqa: E402
from textual.pilot import OutOfBounds, Pilot  # noqa: E402

from briefing.content.articles import encode_article  # noqa: E402
from briefing.content.folders import create_briefing  # noqa: E402
from briefing.library import Library  # noqa: E402
from briefing.library.reports import InputBytes  # noqa: E402
from briefing.model import (  # noqa: E402
    EDITED,
    Aliases,
    Article,
    BriefingInfo,
    SavedSearch,
    Speaker,
)
from briefing.paths import sample_library  # noqa: E402
from briefing.tui.app import BriefingApp  # noqa: E402
from briefing.tui.kit.messages import BriefingWanted  # noqa: E402
from briefing.tui.shell.memory import ReadingMemory  # noqa: E402
from tests.cli import test_one_gate as gate  # noqa: E402

NAMED = (
    "up down left right pageup pagedown home end tab shift+tab enter escape space backspace "
    "delete question_mark slash ctrl+p ctrl+a ctrl+u ctrl+w f1 left_square_bracket "
    "right_square_bracket ctrl+b ctrl+d ctrl+n ctrl+s ctrl+t full_stop minus plus asterisk"
).split()
WAYS = [
    *"P M O C D L c t p r e z m".split(), "P enter", "M enter enter", "M m", "O minus",
    "slash b a n",
    "enter enter", "tab enter", "slash enter enter n", "z slash a", "e tab tab down", "c m enter",
]  # fmt: skip
"""Keys that lead from a briefing to a screen and into it."""
LETTERS = [
    *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789",
    "quotation_mark",
    "colon",
]
EVIL = (
    "\x1b]52;c;cGF5\x07\x1b[2J [red]x[/red] \u202egnol\u202c \u200b\xad [@click=app.quit]q[/] "
    "\u6f22\u5b57\U0001f3f4\u200d\u2620\ufe0f e\u0301"
)
CHARACTERS = {
    "space": " ", "question_mark": "?", "slash": "/", "quotation_mark": '"', "colon": ":",
    "comma": ",", "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip
PASTED = (
    EVIL, "(a+)+$ [", "e\u0301", "\ud800", "word " * 400, "“We wait,” said Ana Lin.\n\n" * 90,
    "theme", "changes", "export", "berlin", "/nowhere/x", "2020-01/..", "country:", '"', "",
)  # fmt: skip
SIZES = ((160, 48), (120, 40), (80, 24))
SHOWN = 25
"""The last events that are printed after an error."""


class Monkey:
    """Draws events from a seed and plays them to an app."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.played: deque[str] = deque(maxlen=SHOWN)

    async def play(self, app: App[None], pilot: Pilot[None], events: int) -> int:
        """Play events until the app ends; return how many were played."""
        for done in range(events):
            if app._exit:
                return done
            await self._one(app, pilot)
        return events

    async def _one(self, app: App[None], pilot: Pilot[None]) -> None:
        draw = self._random
        kind = draw.random()
        if kind < 0.02:
            await self._go(app, pilot, draw.choice(WAYS).split())
        elif kind < 0.05:
            text = draw.choice(PASTED)
            self.played.append(f"paste {text[:20]!r}")
            app.post_message(Paste(text))
        elif kind < 0.85:
            key = draw.choice(NAMED if draw.random() < 0.5 else LETTERS)
            self.played.append(key)
            # Leaving is tried less often than all else, or nothing deep is ever reached.
            if key not in {"q", "ctrl+q"} or draw.random() < 0.02:
                app.post_message(Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
                # Mostly faster than the app can follow, as somebody is who leans on the keys.
                await (pilot.pause() if draw.random() < 0.05 else asyncio.sleep(0.002))
        elif kind < 0.98:
            place = (draw.randrange(app.size.width), draw.randrange(app.size.height))
            self.played.append(f"click {place}")
            with contextlib.suppress(OutOfBounds):
                await pilot.click(offset=place, times=draw.choice((1, 1, 2)))
        else:
            size = draw.choice(SIZES)
            if draw.random() < 0.4:
                size = (draw.choice((1, 10, 20, 40, 250, 400)), draw.choice((1, 3, 5, 10, 60, 100)))
            self.played.append(f"resize {size}")
            await pilot.resize_terminal(*size)

    async def _go(self, app: App[None], pilot: Pilot[None], way: list[str]) -> None:
        """Open a briefing, and press the keys that lead on from there."""
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        self.played.append(f"open, {' '.join(way)}")
        rows = cast("BriefingApp", app).rows
        if rows:
            app.post_message(BriefingWanted(self._random.choice(rows).name))
            await pilot.pause()
        await pilot.press(*way)


def make_hostile(root: Path) -> Library:
    """Make a library with escapes, markup, odd characters or a huge line in every field."""
    library = Library.open(root, create=True)
    story = (
        f"{EVIL} in Berlin\n\nBy {EVIL}\n\n“We {EVIL} wait,” said Ana {EVIL} Lin of Poland.\n\n"
        f"{'word ' * 20_000}\n\n{'x' * 50_000}\n\nGermany banned {EVIL}; France {'and Chad ' * 500}"
    )
    library.add(
        [InputBytes(name=f"{EVIL}.txt", data=f"{number} {story}".encode()) for number in range(4)],
        to="evil",
    )
    info = BriefingInfo(
        title=EVIL * 40, question=EVIL, tags=(EVIL, "x" * 5_000),
        searches=(SavedSearch(name=EVIL, query=EVIL),),
    )  # fmt: skip
    create_briefing(root / "content" / "named", info)
    create_briefing(root / "content" / "none", BriefingInfo(title=""))
    (root / "content" / "broken").mkdir()
    (root / "content" / "broken" / "briefing.yaml").write_text("title: [", encoding="utf-8")
    _made(root)
    library.refresh()
    return library


def _made(root: Path) -> None:
    """Write a briefing of which every field of every article is hostile and many are absent."""
    folder = root / "content" / "made"
    spec = {"[b]": ("bans",), EVIL: ("allows",), "w" * 300: ("asks",)}
    info = gate.record(BriefingInfo, codebook=spec, searches=(), feeds=(), aliases=Aliases())
    create_briefing(folder, info)
    for number, code in enumerate((*spec, "DE", "../N", "N" * 5_000)):
        speaker = gate.record(Speaker, country=code, name=EVIL if number % 2 else "n" * 5_000)
        article = gate.record(Article, id=f"a{number}", date=None, headline=None, publisher=code)
        (chunk,) = article.chunks
        (quote,), (position,) = chunk.quotes, chunk.positions
        stance = list(spec)[number % 3]
        chunk = replace(
            chunk,
            quotes=(replace(quote, speaker=speaker),),
            positions=(replace(position, country=code, stance=stance),),
            **dict.fromkeys(EDITED, ()),
        )
        (folder / f"a{number}.yaml").write_bytes(encode_article(replace(article, chunks=(chunk,))))
    (folder / "broken.yaml").write_text("format: [", encoding="utf-8")


async def run(library: Library, seed: int, events: int) -> bool:
    """Play `events`, the app opened again when it was left; return whether no error was met."""
    monkey, left = Monkey(seed), events
    while left > 0:
        app = BriefingApp(library, memory=ReadingMemory(library.root))
        app.animation_level = "none"
        app.open_url = lambda *_, **__: None  # type: ignore[method-assign]
        try:
            async with app.run_test(size=SIZES[left % 3]) as pilot:
                # What fails in a task of Textual's own ends no app.
                asyncio.get_running_loop().set_exception_handler(partial(_keep, app))
                left -= max(1, await monkey.play(app, pilot, left))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is looked for)
            app.crash = app.crash or error
        gc.unfreeze()  # An app that has started freezes what there is.
        if app.crash is not None:
            traceback.print_exception(app.crash)
            print(f"seed {seed}, {events - left} events before this run; the last:")
            print("  " + " ".join(monkey.played))
            return False
    return True


def _keep(app: BriefingApp, _: object, context: dict[str, Any]) -> None:
    app.crash = app.crash or context.get("exception")
    app.exit()


def main() -> int:
    """Play to both libraries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({f"XDG_{name}_HOME": folder for name in ("CACHE", "CONFIG", "STATE")})
        os.chdir(folder)
        for library in (Library.open(sample_library()), make_hostile(Path(folder) / "hostile")):
            started = time.monotonic()
            if not asyncio.run(run(library, options.seed, options.events)):
                return 1
            took = time.monotonic() - started
            print(
                f"{library.root.name}: {options.events} events, seed {options.seed}, {took:.0f} s"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
