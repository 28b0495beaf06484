"""Editing in the user's own editor, as `briefing edit` does it, while the app waits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported
from textual.events import AppFocus

from briefing.tui.kit.actions import say


def edit_outside(app: App[Any], root: Path, place: str) -> None:
    """Run `briefing edit PLACE` in the terminal, and say what came of it."""
    command = [sys.executable, "-m", "briefing", "--library", str(root), "edit", "--", place]
    try:
        with app.suspend():
            # The place is the id of an article that the library holds.
            done = subprocess.run(  # noqa: S603
                command, stderr=subprocess.PIPE, text=True, errors="replace", check=False
            )
    except SuspendNotSupported:
        say(app, f"No editor can be run here. In a terminal: briefing edit {place}", warning=True)
    else:
        words = " ".join(done.stderr.split()) or "The editor was closed."
        say(app, words, warning=done.returncode != 0)
        app.post_message(AppFocus())  # One comes back as from another window.
