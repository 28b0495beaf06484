"""What works behind the screens, in threads: the index, adding documents, the analyst's hand."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from textual.worker import get_current_worker

from briefing.errors import BriefingError, WriteError
from briefing.library import Library
from briefing.library.reports import AddReport, Done, Refreshed
from briefing.tui.kit.actions import say
from briefing.tui.kit.messages import DocumentsChosen, WorkProgress
from briefing.visible import one_line
from briefing.wording import counted, pace, quotes_in_words

if TYPE_CHECKING:
    from briefing.tui.app import BriefingApp

Deed = Callable[[], Done]


_Step: TypeAlias = tuple[Deed, bool, Callable[[str], None] | None]
"""What is to be done, whether quietly, and what is told why it failed."""


class Hand:
    """Stores what the analyst decides, in order; what is asked for is stored though the app ends.

    Screens go on at once: forty rulings may wait while the first is written.
    """

    def __init__(self, app: BriefingApp, library: Library) -> None:
        self._app = app
        self._library = library
        self._steps: deque[_Step] = deque()
        self._lock = threading.Lock()
        self._busy = False
        self.changed: set[str] = set()
        """The briefings whose news are the analyst's own doing, until a screen has looked."""

    def do(
        self, job: Deed, *, quiet: bool = False, again: Callable[[str], None] | None = None
    ) -> None:
        """Carry out `job` after those before it; `again` is called with why it failed."""
        with self._lock:
            self._steps.append((job, quiet, again))
            if self._busy:
                return
            self._busy = True
        self._app.run_worker(self._run, thread=True, group="hand")

    def _next(self) -> _Step | None:
        with self._lock:
            self._busy = bool(self._steps)
            return self._steps.popleft() if self._steps else None

    def _run(self) -> None:
        """Carry out all that waits, and then let the screens read what has changed."""
        changed: set[str] = set()
        step = self._next()
        while step is not None:
            job, quiet, again = step
            try:
                done = job()
            except BriefingError as error:
                self._call(self._app.tell_failure, error, again)
            else:
                changed.update({done.briefing} if done.briefing and done.changed else ())
                self.changed |= changed
                self._call(partial(self._app.tell_done, done, quiet=quiet))
            if not self._steps and changed:
                refreshed, rows = Refreshed(changed=tuple(changed)), self._library.catalog()
                before = {row.name: row.stamp for row in self._app.rows}
                # One's own changes are seen, also those of a briefing that was left meanwhile.
                for row in rows:
                    if self._app.memory is not None and row.name in changed:
                        self._app.memory.note_own(row.name, before.get(row.name), row.stamp)
                self._call(self._app.take_refreshed, rows, refreshed)
                changed.clear()
            step = self._next()

    def _call(self, method: Callable[..., None], *what: object) -> None:
        if not get_current_worker().is_cancelled:
            self._app.call_later(method, *what)


SHOW_EVERY = 2.0
"""Seconds after which the briefings that were read so far are shown."""
LOOK_AGAIN = 30.0
"""Seconds between two searches for changes, while no key is pressed."""
IDLE_AFTER = 10.0
"""Seconds without a key or mouse event after which the person counts as idle."""


class BackgroundRefresh:
    """Updates the index of a library in a worker of the app."""

    def __init__(self, app: BriefingApp, library: Library) -> None:
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

    def is_idle(self) -> bool:
        """Whether the person has pressed nothing for some time."""
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
            self._app.post_message(WorkProgress(f"reading {done:,} of {total:,}", rows))

        self._library.on_wait = partial(say, self._app)
        try:
            refreshed = self._library.refresh(report)
            rows = self._library.catalog()
        except WriteError as error:
            # What is read from now on is newer than the index.
            self._library.read_content()
            with contextlib.suppress(BriefingError):
                rows = self._library.catalog()
                self._app.call_later(self._app.take_refreshed, rows, Refreshed())
            _fail(self._app, error)
        except BriefingError as error:
            _fail(self._app, error)
        else:
            self._app.call_later(self._app.take_refreshed, rows, refreshed)
        # Searching does not depend on merging: its failure is not worth a message.
        with contextlib.suppress(BriefingError):
            while self.is_idle() and self._library.tidy():
                pass


MOST_NAMED = 2
"""How many documents that were not added are named with their reasons."""


def _fail(app: BriefingApp, error: BriefingError) -> None:
    app.post_message(WorkProgress(""))
    app.call_later(app.tell_failure, error)


def add_behind(
    app: BriefingApp, library: Library, chosen: DocumentsChosen, leaving: threading.Event
) -> None:
    """Add documents in a thread; those that are begun are added even if the app ends.

    Fetching ends when the app is `leaving`; what came by then is added.
    """
    begun = time.monotonic()

    def report(doing: str, done: int, total: int, name: str) -> None:
        rate = pace(done, total, time.monotonic() - begun)
        words = f"{doing} {min(done + 1, total):,} of {total:,}" + (f", {rate}" if rate else "")
        app.post_message(WorkProgress(words if name else ""))

    def run() -> None:
        added = AddReport()
        try:
            if chosen.inputs:
                added = library.add(chosen.inputs, to=chosen.to, progress=partial(report, "adding"))
            if chosen.addresses:
                fetcher, progress = library.fetcher(cancelled=leaving), partial(report, "fetching")
                fetched = library.fetch(chosen.addresses, fetcher, to=chosen.to, progress=progress)
                added = AddReport.of((added, fetched))
        except BriefingError as error:
            _fail(app, error)
        else:
            app.call_later(app.take_added, added, library.catalog())

    app.post_message(WorkProgress("fetching" if chosen.addresses else "adding"))
    app.run_worker(run, thread=True, group="adding")


def added_words(report: AddReport, titles: dict[str, str]) -> str:
    """Return in a line what was added and set aside, and what was not added and why."""
    parts = []
    touched = sorted({item.briefing for item in report.added})
    if touched:
        where = titles.get(touched[0], touched[0])
        into = f"“{one_line(where)}”" if len(touched) == 1 else counted(len(touched), "briefing")
        said = (
            sum(item.quotes for item in report.added),
            sum(item.paraphrases for item in report.added),
        )
        aside = counted(sum(item.set_aside for item in report.added), "block")
        articles = counted(len(report.added), "article")
        parts.append(f"Added {articles} to {into}: {quotes_in_words(*said)}, {aside} set aside.")
    if report.duplicates:
        parts.append(f"{counted(len(report.duplicates), 'document')} there already.")
    parts += [f"{one_line(sentence).removesuffix('.')}." for sentence in report.told[:MOST_NAMED]]
    for failure in report.failures[:MOST_NAMED]:
        parts += [f"Not added: {one_line(failure.message).removesuffix('.')}."]
    if len(report.failures) > MOST_NAMED:
        parts.append(f"Nor {counted(len(report.failures) - MOST_NAMED, 'other document')}.")
    doubles = [double for double in report.doubles if not double.known]
    if len(doubles) == 1:
        parts.append(f"{one_line(doubles[0].says())}.")
    elif doubles:
        parts.append(f"{len(doubles):,} of them share text or address with articles there.")
    if report.unindexed is not None:
        parts.append(report.unindexed)
    return " ".join(parts) or "There is nothing to add there."
