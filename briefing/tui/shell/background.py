"""The background refresh of the index: when it runs, and what its worker posts to the app."""

from __future__ import annotations

import contextlib
import time
from functools import partial
from typing import Any

from textual.app import App

from briefing.errors import BriefingError, WriteError
from briefing.library import Library
from briefing.library.reports import Refreshed
from briefing.tui.kit.actions import say
from briefing.tui.kit.messages import LibraryRefreshed, Progress, RefreshFailed

SHOW_EVERY = 2.0
"""Seconds after which the briefings that were read so far are shown."""
LOOK_AGAIN = 30.0
"""Seconds between two searches for changes, while no key is pressed."""
IDLE_AFTER = 10.0
"""Seconds without a key or mouse event after which the person counts as idle."""


class BackgroundRefresh:
    """Updates the index of a library in a worker of the app."""

    def __init__(self, app: App[Any], library: Library) -> None:
        self._app = app
        self._library = library
        self._last_touch = time.monotonic()

    def touch(self) -> None:
        """Note that the person pressed a key or the mouse."""
        self._last_touch = time.monotonic()

    def stop(self) -> None:
        """Make a running refresh end soon."""
        self._library.stop()

    def start(self) -> None:
        """Start a refresh; one that is running already is replaced."""
        self._app.run_worker(self._run, thread=True, exclusive=True, group="refresh")

    def look_again(self) -> None:
        """Start a refresh unless one is running."""
        if not any(each.group == "refresh" and each.is_running for each in self._app.workers):
            self.start()

    def look_when_idle(self) -> None:
        """Start a refresh unless one is running or the person is busy."""
        if self._is_idle():
            self.look_again()

    def _is_idle(self) -> bool:
        return time.monotonic() - self._last_touch > IDLE_AFTER

    def _run(self) -> None:
        """Update the index, and then, while the person is idle, merge it step by step."""
        shown = time.monotonic()

        def report(done: int, total: int, _: str) -> None:
            # Where everything is new, what is ready shows before the rest is.
            nonlocal shown
            rows = None
            if done and time.monotonic() - shown > SHOW_EVERY:
                rows, shown = self._library.catalog(), time.monotonic()
            self._app.post_message(Progress(f"reading {done:,} of {total:,}", rows))

        self._library.on_wait = partial(say, self._app)
        try:
            refreshed = self._library.refresh(report)
            rows = self._library.catalog()
        except WriteError as error:
            # What is read from now on is newer than the index.
            self._library.read_content()
            with contextlib.suppress(BriefingError):
                rows = self._library.catalog()
                self._app.post_message(LibraryRefreshed(rows, Refreshed()))
            self._app.post_message(RefreshFailed(str(error)))
        except BriefingError as error:
            self._app.post_message(RefreshFailed(str(error)))
        else:
            self._app.post_message(LibraryRefreshed(rows, refreshed))
        # Searching does not depend on merging: its failure is not worth a message.
        with contextlib.suppress(BriefingError):
            while self._is_idle() and self._library.tidy():
                pass
