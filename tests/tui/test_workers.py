"""Workers hand over what they read, and nothing that is no longer asked for."""

from __future__ import annotations

import threading

from textual.app import App

from briefing.errors import BriefingError
from briefing.tui.kit.actions import read_in_thread


class Listener(App[None]):
    """Keeps what its workers hand over."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int] = []
        self.errors: list[str] = []

    def fail(self, error: BriefingError) -> None:
        self.errors.append(error.message)


async def finish(app: Listener, pilot) -> None:
    await app.workers.wait_for_complete([each for each in app.workers if not each.is_cancelled])
    await pilot.pause()


async def test_the_result_of_a_replaced_read_is_dropped() -> None:
    started, released = threading.Event(), threading.Event()

    def slow() -> int:
        started.set()
        released.wait(10)
        return 1

    app = Listener()
    async with app.run_test() as pilot:
        read_in_thread(app, "numbers", slow, app.numbers.append)
        while not started.is_set():
            await pilot.pause()
        read_in_thread(app, "numbers", lambda: 2, app.numbers.append)
        released.set()
        await finish(app, pilot)
        assert app.numbers == [2]


async def test_reads_of_different_groups_do_not_replace_each_other() -> None:
    app = Listener()
    async with app.run_test() as pilot:
        read_in_thread(app, "one", lambda: 1, app.numbers.append)
        read_in_thread(app, "two", lambda: 2, app.numbers.append)
        await finish(app, pilot)
        assert sorted(app.numbers) == [1, 2]


async def test_an_error_comes_in_place_of_the_result() -> None:
    def fail() -> int:
        raise BriefingError("The file is broken.")

    app = Listener()
    async with app.run_test() as pilot:
        read_in_thread(app, "numbers", fail, app.numbers.append, app.fail)
        await finish(app, pilot)
        assert (app.numbers, app.errors) == ([], ["The file is broken."])
