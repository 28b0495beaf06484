"""Workers post what they read, and nothing that is no longer asked for."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from textual.app import App
from textual.message import Message

from briefing.errors import BriefingError
from briefing.tui.kit.actions import ReadFailed, post_result


@dataclass
class Number(Message):
    value: int


class Listener(App[None]):
    """Keeps what its workers post."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int] = []
        self.errors: list[str] = []

    def on_number(self, message: Number) -> None:
        self.numbers.append(message.value)

    def on_read_failed(self, message: ReadFailed) -> None:
        self.errors.append(message.error.message)


async def finish(app: Listener, pilot) -> None:
    await app.workers.wait_for_complete([each for each in app.workers if not each.is_cancelled])
    await pilot.pause()


async def test_the_result_of_a_replaced_read_is_dropped() -> None:
    started, released = threading.Event(), threading.Event()

    def slow() -> Number:
        started.set()
        released.wait(10)
        return Number(1)

    app = Listener()
    async with app.run_test() as pilot:
        post_result(app, "numbers", slow)
        while not started.is_set():
            await pilot.pause()
        post_result(app, "numbers", lambda: Number(2))
        released.set()
        await finish(app, pilot)
        assert app.numbers == [2]


async def test_reads_of_different_groups_do_not_replace_each_other() -> None:
    app = Listener()
    async with app.run_test() as pilot:
        post_result(app, "one", lambda: Number(1))
        post_result(app, "two", lambda: Number(2))
        await finish(app, pilot)
        assert sorted(app.numbers) == [1, 2]


async def test_an_error_is_posted_in_place_of_the_result() -> None:
    def fail() -> Number:
        raise BriefingError("The file is broken.")

    app = Listener()
    async with app.run_test() as pilot:
        post_result(app, "numbers", fail)
        await finish(app, pilot)
        assert (app.numbers, app.errors) == ([], ["The file is broken."])
