"""What the search screen knows of kept searches: reading, keeping and running them.

All of it happens behind the screen, since it reads and writes the briefing's own file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from textual import work
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import SavedSearch
from briefing.tui.search.kept import Fresh, fresh_of, why_kept
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.tui.shell.background import LibraryApp


class KeepingScreen(Screen[object]):
    """Knows what is kept in `briefing`, which None stands for all of, and what is new of it."""

    kept: var[tuple[SavedSearch, ...]] = var((), init=False)
    fresh: var[Mapping[str, Fresh]] = var(dict, init=False)
    """What the last run of each kept search found new, by its query."""

    class Kept(Message):
        """These searches are kept in the briefing."""

        def __init__(self, searches: tuple[SavedSearch, ...]) -> None:
            super().__init__()
            self.searches = searches

    class Ran(Message):
        """A kept search was run, and this is what it found new."""

        def __init__(self, fresh: Fresh) -> None:
            super().__init__()
            self.fresh = fresh

    def __init__(self, library: Library, briefing: str | None, title: str) -> None:
        super().__init__()
        self.library = library
        self.briefing = briefing
        self.briefing_title = one_line(title)
        self.taken: str | None = None

    def say(self, words: str, *, warning: bool = False) -> None:
        """Show a sentence, from whatever thread."""
        cast("LibraryApp", self.app).say(words, warning=warning)

    def look_at_kept(self) -> None:
        """Learn what is kept, where one briefing can be searched."""
        if self.briefing is not None:
            self.read_kept(self.briefing)

    def keep(self, briefing: str | None, query: str) -> None:
        """Keep a query in a briefing, or say why not."""
        if briefing is None:
            self.say("A query is kept in one briefing: search that to keep it.")
        elif not query:
            self.say("There is no query to keep yet.")
        else:
            self.save_query(briefing, query)

    @work(thread=True, group="kept")
    def read_kept(self, briefing: str) -> None:
        """Learn what is kept in a briefing."""
        with self._telling():
            self.post_message(self.Kept(self.library.saved_searches(briefing)))

    @work(thread=True, group="kept")
    def save_query(self, briefing: str, query: str) -> None:
        """Keep a query under itself in a briefing, unless it is there, and say so."""
        with self._telling():
            known = why_kept(self.library.saved_searches(briefing), query)
            if known is None:
                self.library.save_search(briefing, query, query)
                self.post_message(self.Kept(self.library.saved_searches(briefing)))
            self.say(known or f"Kept in {self.briefing_title}: {one_line(query)}")

    @work(thread=True, group="kept")
    def run_kept(self, briefing: str, label: str, query: str) -> None:
        """Run a kept search, which notes what it finds, and learn what is new.

        `query` is how it stands in the box.
        """
        with self._telling():
            run = self.library.run_saved(briefing, label)
            self.post_message(self.Ran(fresh_of(query, run)))

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except BriefingError as error:
            self.say(str(error), warning=True)

    def on_keeping_screen_kept(self, message: Kept) -> None:
        """Offer what is kept."""
        self.kept = message.searches

    def on_keeping_screen_ran(self, message: Ran) -> None:
        """Tell what is new."""
        self.fresh = {**self.fresh, message.fresh.query: message.fresh}
