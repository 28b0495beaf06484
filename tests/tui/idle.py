"""Waiting for an app that has nothing left to do, where Textual looks at the clock of the CPU.

Textual's pilot sleeps for 20 ms after each key, and again for as long as the process works. Here
what is waited for is what the app does: the messages it handles, its timers, and its threads.
"""

from __future__ import annotations

import asyncio
from time import monotonic, process_time

import pytest
from textual._context import active_app
from textual.app import App

SOON = 0.02
"""Seconds within which a timer is due that is waited for."""
IDLE = 0.05
"""Seconds without CPU after which a thread is taken for one that waits for the test."""


def wait_for_work_alone(patch: pytest.MonkeyPatch) -> None:
    """Let the pilot of Textual wait so, and paint at once."""
    for module in ("app", "pilot"):
        patch.setattr(f"textual.{module}.wait_for_idle", wait_for_idle)
    patch.setattr("textual.screen.UPDATE_PERIOD", 0.001)


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until an app has nothing to do, for `max_sleep` seconds at most; as Textual's own."""
    app, end = active_app.get(), monotonic() + max_sleep
    await _run_tasks(app, end)
    while monotonic() < end and (threads := _threads(app)):
        begun = process_time()
        ended, _ = await asyncio.wait(threads, timeout=IDLE)
        await _run_tasks(app, end)
        if not ended and process_time() - begun < IDLE / 20:
            break


async def _run_tasks(app: App[object], end: float) -> None:
    """Let tasks run until none goes on by itself and nothing keeps from painting, or to `end`."""
    loop = asyncio.get_running_loop()
    while monotonic() < end:
        await asyncio.sleep(0)
        if not loop._ready:
            due = (each.when() for each in loop._scheduled if not each.cancelled())
            seconds = min(due, default=end) - loop.time()
            if seconds > SOON and not app._batch_count:
                return
            await asyncio.sleep(min(seconds, SOON))


def _threads(app: App[object]) -> list[asyncio.Task[object]]:
    return [each._task for each in app.workers if not each.is_finished and each._task is not None]
