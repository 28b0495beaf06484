"""Files that another process changes, adds or takes away while a screen shows what is in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import AppFocus

from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.tui.kit.messages import BriefingWanted
from briefing.tui.shell.memory import ReadingMemory

SCREENS = {
    "panels": "", "ledger": "p", "to rule": "r", "timeline": "t", "page": "z", "people": "P",
    "person": "P enter", "matrix": "M", "outlines": "O", "gaps": "L", "compare": "c",
    "search": "slash m a s t s", "export": "e", "help": "question_mark", "find": "z slash a",
    "filter": "escape f m", "adding": "a",
}  # fmt: skip
"""The keys that lead to a screen from the panels of a briefing."""
SOME = ("panels", "to rule", "person", "matrix", "outlines", "export")
"""Those that are tried with all that may happen; all are with the commonest."""


def delete(root: Path) -> None:
    (root / "content/masts/harbour-post-2020-01-23.yaml").unlink()


def change(root: Path) -> None:
    path = root / "content/masts/harbour-post-2020-01-23.yaml"
    path.write_text(path.read_text("utf-8").replace("Harbour Post", "Quay Post"), "utf-8")


def spoil(root: Path) -> None:
    (root / "content/masts/harbour-post-2020-01-23.yaml").write_text("format: [", "utf-8")


def add(root: Path) -> None:
    story = b"Norway waits\n\nNorway banned the supplier on Monday.\n"
    Library.open(root).add([InputBytes(name="new.txt", data=story)], to="masts")


def forget(root: Path) -> None:
    shutil.rmtree(root / "index")


def empty(root: Path) -> None:
    for path in (root / "content/masts").glob("*-*.yaml"):
        path.unlink()


def drop(root: Path) -> None:
    shutil.rmtree(root / "content/masts")


def rename(root: Path) -> None:
    root.rename(root.parent / "elsewhere")


@pytest.mark.parametrize(
    ("happens", "seen", "gone"),
    [
        (delete, "3 articles", "Harbour Post"),
        (change, "Quay Post", "Harbour Post"),
        (spoil, "1 file left out", "Harbour Post"),
        (add, "5 articles", "4 articles"),
        (forget, "Harbour Post", "Traceback"),
        (empty, "no articles", "Harbour Post"),
        (drop, "no briefing 'masts'", "Traceback"),
        (rename, "no briefing 'masts'", "Traceback"),
    ],
)
async def test_every_screen_follows_what_happens_to_its_files(
    masts: Library, sit_down, happens: Callable[[Path], None], seen: str, gone: str
) -> None:
    root, kept = masts.root, masts.root.parent / "kept"
    shutil.copytree(root / "content", kept)
    async with sit_down(masts, memory=ReadingMemory(root)) as person:
        app = person.app
        for name in SCREENS if happens is delete else SOME:
            app.post_message(BriefingWanted("masts"))
            await person.wait()
            await person.press(*SCREENS[name].split())
            happens(root)
            app.post_message(AppFocus())
            await person.wait()
            assert gone not in person.screen, f"{name}\n{person.screen}"
            await person.press("j", "enter", "k", "tab", "enter", *["escape"] * 5)
            app.post_message(BriefingWanted("masts"))
            await person.wait()
            assert seen in person.screen, f"{name}\n{person.screen}"
            while len(app.screen_stack) > 1:
                await app.pop_screen()
            shutil.rmtree(root / "content", ignore_errors=True)
            shutil.rmtree(root.parent / "elsewhere", ignore_errors=True)
            shutil.copytree(kept, root / "content")
            app.post_message(AppFocus())
            await person.wait()
