"""The base of screens that ask in a line at their foot, and store what is typed.

Everything is stored by the app's hand, one step after the other, while the screen goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from textual.containers import Vertical

from briefing.library import Library
from briefing.tui.kit.actions import SHOWN_FOR, read_in_thread, say
from briefing.tui.kit.bars import WrappedBar
from briefing.tui.kit.messages import LibraryWanted
from briefing.tui.kit.quiet_screen import QuietScreen

if TYPE_CHECKING:
    from briefing.library.reports import Done
    from briefing.tui.app import BriefingApp
    from briefing.tui.correcting.ask_line import Foot, Prompt, Values
    from briefing.tui.shell.memory import ReadingMemory

PATIENCE = 5.0
"""The seconds that a key waits for what it needs to be read."""


HandRead: TypeAlias = tuple[str | None, tuple[str, ...], str]
"""Why the briefing cannot be changed, or None; its stances and bottom line."""


class AskingScreen(QuietScreen):
    """A screen of one briefing that knows whether it may be changed, and asks."""

    library: Library
    briefing: str

    _foot: Foot | None = None
    _refusal: str | None = None
    _stances: tuple[str, ...] = ()
    _bottom_line = ""

    def __init__(self) -> None:
        super().__init__()
        self._news = asyncio.Event()

    @property
    def is_asking(self) -> bool:
        """Whether a question is open, or words to find are typed."""
        return self._foot is not None and (self._foot.line.is_modal or self._foot.find.is_modal)

    @property
    def _memory(self) -> ReadingMemory | None:
        return cast("BriefingApp", self.app).memory

    # Reading

    def read_hand(self) -> None:
        """Find out in a thread whether and how the briefing can be changed."""
        failed = lambda _: self.take_hand((None, (), ""))  # noqa: E731
        read_in_thread(self, "hand", self._hand, self.take_hand, failed)

    def _hand(self) -> HandRead:
        # What the first question needs is loaded here, where nobody waits for it.
        from briefing.tui.correcting import ask_line, questions  # noqa: F401

        panels = self.library.panels(self.briefing)
        stances = panels.codebook.stances if panels.codebook is not None else ()
        refusal = self.library.editing.can_edit(self.briefing)
        return refusal, stances, panels.bottom_line or ""

    async def take_hand(self, hand: HandRead) -> None:
        """Keep what was found, and have the line ready."""
        self._refusal, self._stances, self._bottom_line = hand
        if self._foot is None:
            from briefing.tui.correcting.ask_line import AskLine, Foot
            from briefing.tui.reader.findable import FindLine

            foot = Foot(WrappedBar(id="notice"), AskLine(), FindLine())
            # The first child: what comes and goes there changes the painting order of no other.
            await self.mount(Vertical(*foot, id="foot"), before=0)
            self._foot = foot
        self.note_news()

    def is_reading(self) -> bool:
        """Whether something that corrections need is still being read."""
        return self._foot is None

    def note_news(self) -> None:
        """Go on with the keys that wait for what was read."""
        self._news.set()
        self.refresh_bindings()

    async def _ready(self) -> bool:
        """Wait for what is still being read; return whether the briefing can be changed."""
        return await self._has_read() and self._may()

    async def _has_read(self) -> bool:
        """Wait for what is still being read; return whether it came.

        The keys that come meanwhile wait, too, so that none of an answer is taken for a command.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                while self.is_reading():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            say(self, "Nothing was done: the briefing is still being read.", warning=True)
            return False
        return True

    # Asking and storing

    def tell(self, words: str) -> None:
        """Tell at the foot what was done."""
        if self._foot is not None:
            self._foot.notice.show(words, "accent", SHOWN_FOR)
        else:
            super().tell(words)

    def quiet(self) -> None:
        """Tell no longer what was done: something else is to be seen there."""
        if self._foot is not None:
            self._foot.notice.hide()

    def _may(self) -> bool:
        """Whether the briefing can be changed; where not, offer a copy of the library."""
        if self._refusal is None:
            return True
        from briefing.tui.correcting.questions import text_question

        name = "briefings" if self.library.is_sample else f"{self.library.root.name}-copy"
        title = "Copy the library to this folder, and go on there"
        question = text_question(title, str(Path.home() / name), key="folder", error=self._refusal)

        def copy(values: Values) -> None:
            folder = Path(values["folder"].strip()).expanduser()
            app = cast("BriefingApp", self.app)
            failed = partial(app.tell_failure, again=partial(self._again, question, copy, values))
            read_in_thread(app, "copy", partial(self._copied, folder), app.post_message, failed)

        self._ask(question, copy)
        return False

    def _copied(self, folder: Path) -> LibraryWanted:
        self.library.editing.copy_to(folder)
        Library.open(folder).refresh()
        return LibraryWanted(folder, self.briefing)

    def _ask(self, question: Prompt, then: Callable[[Values], None]) -> None:
        self.quiet()
        if self._foot is not None:
            self._foot.line.ask(question, then)

    def _again(
        self, question: Prompt, then: Callable[[Values], None], values: Values, why: str
    ) -> None:
        """Ask the same again with what was typed, and say why; only say so in another's place."""
        if self.is_attached and not self.is_asking:
            fields = [each._replace(value=values[each.key]) for each in question.fields]
            self._ask(question._replace(fields=fields, error=why), then)
        else:
            typed = " · ".join(filter(None, values.values()))
            say(self.app, f"Not stored: “{typed}”. {why}", warning=True)

    def _ask_and_store(self, question: Prompt, job: Callable[[Values], Done]) -> None:
        """Ask, then store; where that fails, ask again with what was typed."""

        def store(values: Values) -> None:
            again = partial(self._again, question, store, values)
            self._store(partial(job, values), again=again)

        self._ask(question, store)

    def _store(
        self,
        job: Callable[[], Done],
        *,
        quiet: bool = False,
        again: Callable[[str], None] | None = None,
    ) -> None:
        cast("BriefingApp", self.app).hand.do(job, quiet=quiet, again=again)
