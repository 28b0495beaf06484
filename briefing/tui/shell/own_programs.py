"""The user's own programs: editor and pager while the app waits, browser, and clipboard.

What the variables hold is split as a shell would, and no shell ever sees it or a text.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
from textual.app import App, SuspendNotSupported
from textual.events import AppFocus

from briefing.content.files import write_atomic
from briefing.errors import BriefingError
from briefing.paths import state_folder
from briefing.tui.kit.actions import say

IN_TERMINAL = frozenset({"elinks", "links", "lynx", "w3m", "www-browser"})


def edit_outside(app: App[Any], root: Path, place: str) -> None:
    """Run `briefing edit PLACE` in the terminal, and say what came of it."""

    def edit() -> tuple[str, bool]:
        done = subprocess.run(  # noqa: S603 (the place is the id of an article of the library)
            _briefing(root, "edit", place),
            stderr=subprocess.PIPE, text=True, errors="replace", check=False,
        )  # fmt: skip
        words = " ".join(done.stderr.split())
        return words or "The editor was closed.", done.returncode == 0

    _outside(app, edit, f"No editor can be run here. In a terminal: briefing edit {place}")
    app.post_message(AppFocus())  # One comes back as from another window.


def page_outside(app: App[Any], root: Path, place: str) -> None:
    """Give what `briefing show PLACE` prints to the user's pager."""

    def page() -> tuple[str, bool]:
        shown = subprocess.run(  # noqa: S603 (the place is the id of an article of the library)
            _briefing(root, "show", place), capture_output=True, check=False
        )
        click.echo_via_pager((shown.stdout or shown.stderr).decode("utf-8", "replace"))
        return "The pager was closed.", True

    _outside(app, page, f"No pager can be run here. In a terminal: briefing show {place}")


def _briefing(root: Path, command: str, place: str) -> list[str]:
    return [sys.executable, "-m", "briefing", "--library", str(root), command, "--", place]


def _outside(app: App[Any], run: Callable[[], tuple[str, bool]], otherwise: str) -> None:
    """Run something in the terminal while the app waits; `otherwise` is said where that cannot be.

    `run` returns what came of it, and whether it went well.
    """
    try:
        with app.suspend(), _deaf():
            words, went_well = run()
    except SuspendNotSupported:
        words, went_well = otherwise, False
    except OSError as error:
        words, went_well = f"That cannot be run: {error.strerror}", False
    say(app, words, warning=not went_well)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Leave ^C to the program that has the terminal: it would end the app as well."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _command(value: str) -> list[str] | None:
    """Return a command's words with the path of its program, None where that is not here."""
    try:
        words = shlex.split(value)
    except ValueError:
        return None
    program = shutil.which(words[0]) if words else None
    return [program, *words[1:]] if program else None


def own_browser() -> webbrowser.BaseBrowser | None:
    """Return the first of $BROWSER that is here, else the system's; None where there is none."""
    for each in os.environ.get("BROWSER", "").split(os.pathsep):
        command = _command(each)
        if command is not None:
            with contextlib.suppress(webbrowser.Error):
                if [each] == shlex.split(each):
                    return webbrowser.get(each)
            return webbrowser.get(each if "%s" in each else f"{each} %s")
    try:
        return webbrowser.get()
    except webbrowser.Error:
        return None


def browse_outside(app: App[Any], url: str) -> None:
    """Open a web address in the user's browser; one that needs the terminal gets it meanwhile."""
    browser = own_browser()
    if browser is None:
        say(app, f"There is no browser here for {url}: name one in $BROWSER.", warning=True)
    elif type(browser) is webbrowser.GenericBrowser or Path(browser.name).name in IN_TERMINAL:
        name = Path(browser.name).name
        otherwise = f"{name} cannot be run here. The address: {url}"
        _outside(
            app,
            lambda: (
                (f"{name} was closed.", True)
                if browser.open(url)
                else (f"{name} failed to show {url}", False)
            ),
            otherwise,
        )
    else:
        app.run_worker(partial(browser.open, url), thread=True, group="browser")
        say(app, f"Opened in the browser: {url}")


PROGRAMS = (
    ("pbcopy", None),
    ("wl-copy", "WAYLAND_DISPLAY"),
    ("xclip -selection clipboard", "DISPLAY"),
)
"""Programs that fill the clipboard, and the variable without which each cannot."""
PATIENCE = 3


def copy_beside(text: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Give a text to a program for the clipboard, else to a file in the user's state folder.

    Returns that file's path, and None where a program has taken it or no file can be written.
    """
    data = text.encode("utf-8", "replace")
    for command, needed in PROGRAMS:
        program, *arguments = command.split()
        found = shutil.which(program, path=environ.get("PATH"))
        if found is not None and (needed is None or environ.get(needed)):
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                # What is copied goes in as data; nothing of it is part of the command.
                subprocess.run(  # noqa: S603
                    [found, *arguments], input=data, timeout=PATIENCE, check=True,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
                return None
    path = state_folder() / "copied.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except (BriefingError, OSError):
        return None
    return str(path)
