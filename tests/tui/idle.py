"""Waiting for an app that nothing is left to do, where Textual looks at the clock of the CPU.

Textual's pilot sleeps for 20 ms after each key, and again for as long as the process works. Here
what is waited for is what the app does: the messages that are handled, what is then painted, and
the threads.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic, process_time

from textual._context import active_app
from textual.app import App, ScreenStackError

SLICE = 0.02
"""Seconds after which a thread that uses no CPU is taken for one that waits for the test."""


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until an app has nothing to do, for `max_sleep` seconds at most; as Textual's own."""
    app, end = active_app.get(), monotonic() + max_sleep
    await _handle_messages(app, end)
    while monotonic() < end and (threads := _threads(app)):
        begun = process_time()
        ended, _ = await asyncio.wait(threads, timeout=SLICE)
        await _handle_messages(app, end)
        if not ended and process_time() - begun < SLICE / 20:
            break


async def _handle_messages(app: App[object], end: float) -> None:
    """Let the tasks run until all wait for something else, and paint what is due meanwhile."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    while monotonic() < end:
        await asyncio.sleep(0)
        if not ready:
            with suppress(ScreenStackError):
                app.screen._on_timer_update()
            if not ready:
                return


def _threads(app: App[object]) -> list[asyncio.Task[object]]:
    return [each._task for each in app.workers if not each.is_finished and each._task is not None]
