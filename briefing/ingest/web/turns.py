"""Whose turn it is: one request at a time a host, with a pause after each."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from protego import Protego

from briefing.ingest.web.addresses import FetchError
from briefing.ingest.web.connections import Deadline

LONGEST_PAUSE = 60.0
"""The longest pause that a site's robots.txt is granted, in seconds."""


class AskedHost:
    """What is known of one host in a run: its pause, its rules, until when it asks to wait.

    `rules` are those of the robots.txt of each scheme and port, or why that cannot be read; who
    reads one holds `rules_lock`.
    """

    def __init__(self, pause: float) -> None:
        self.rules: dict[str, Protego | str] = {}
        self.rules_lock = threading.Lock()
        self._pause = pause
        self._lock = threading.Lock()
        self._free_at = 0.0
        self._closed_until = 0.0

    def slow_down(self, pause: float | None) -> None:
        """Take the pause that the host asks for, where it is longer than ours."""
        self._pause = min(max(self._pause, pause or 0.0), LONGEST_PAUSE)

    def close(self, seconds: float) -> None:
        """Ask nothing more of the host for so long."""
        self._closed_until = time.monotonic() + seconds

    @contextmanager
    def turn(self, address: str, deadline: Deadline) -> Iterator[None]:
        """Wait for one's turn; raises FetchError where the host asked to wait for longer."""
        since = time.monotonic()
        with self._lock:
            closed = self._closed_until - time.monotonic()
            if closed > 0:
                raise asks_to_wait(address, closed)
            deadline.wait_until(self._free_at, since)
            try:
                yield
            finally:
                self._free_at = time.monotonic() + self._pause


class AskedHosts:
    """The hosts of a run, each known from when it is asked first."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._lock = threading.Lock()
        self._known: dict[str, AskedHost] = {}

    def find(self, name: str) -> AskedHost:
        """Return what is known of a host."""
        with self._lock:
            return self._known.setdefault(name, AskedHost(self._pause))


def asks_to_wait(address: str, seconds: float) -> FetchError:
    """Return the error for a host that asked to be left alone for a while."""
    minutes = -(-seconds // 60)
    how_long = f"{minutes:.0f} minutes" if minutes > 1 else f"{max(1, seconds):.0f} seconds"
    return FetchError(
        f"{address}: the host asks to wait for {how_long}", "Run the command again after that."
    )
