"""The analyst's hand: corrections carried out in a thread, one after the other."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from textual.app import App
from textual.message import Message
from textual.worker import get_current_worker

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.library.reports import Done, Refreshed
from briefing.tui.kit.messages import Corrected, CorrectionFailed, LibraryRefreshed

Deed = Callable[[], Done]


class _Step(NamedTuple):
    job: Deed
    quiet: bool
    again: Callable[[str], None] | None


class Hand:
    """Stores what the analyst decides, in order; what is asked for is stored though the app ends.

    Screens go on at once: forty rulings may wait while the first is written.
    """

    def __init__(self, app: App[Any], library: Library) -> None:
        self._app = app
        self._library = library
        self._steps: deque[_Step] = deque()
        self._lock = threading.Lock()
        self._busy = False

    def do(
        self, job: Deed, *, quiet: bool = False, again: Callable[[str], None] | None = None
    ) -> None:
        """Carry out `job` after those before it; `again` is called with why it failed."""
        with self._lock:
            self._steps.append(_Step(job, quiet, again))
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
            try:
                done = step.job()
            except BriefingError as error:
                self._post(CorrectionFailed(error, step.again))
            else:
                changed.update({done.briefing} if done.briefing and done.changed else ())
                self._post(Corrected(done, step.quiet))
            if not self._steps and changed:
                refreshed = Refreshed(changed=tuple(changed))
                self._post(LibraryRefreshed(self._library.catalog(), refreshed))
                changed.clear()
            step = self._next()

    def _post(self, message: Message) -> None:
        if not get_current_worker().is_cancelled:
            self._app.post_message(message)
