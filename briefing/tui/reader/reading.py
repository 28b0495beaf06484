"""Screens over one briefing of a library, which read in workers that only post what they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from briefing.compare.panels import Panels
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import Article, paragraph_numbers
from briefing.tui.reader.reader import Reader

if TYPE_CHECKING:
    from briefing.tui.briefing.ledgers import TimelineRow


class QuietScreen(Screen[object]):
    """Leaves it to the widgets concerned to paint themselves when the focus goes on."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)


class PanelsScreen(QuietScreen):
    """Reads the panels of `briefing`."""

    class PanelsReady(Message):
        """The panels were read."""

        def __init__(self, panels: Panels) -> None:
            super().__init__()
            self.panels = panels

    class Failed(Message):
        """Something could not be read."""

        def __init__(self, error: BriefingError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, library: Library, briefing: str) -> None:
        super().__init__()
        self.library = library
        self.briefing = briefing

    @work(thread=True, exclusive=True, group="panels")
    def read_panels(self) -> None:
        """Read the panels."""
        try:
            self.post_message(self.PanelsReady(self.library.panels(self.briefing)))
        except BriefingError as error:
            self.post_message(self.Failed(error))


class ReadingScreen(PanelsScreen):
    """Reads panels and articles of `briefing`; what cannot be read is told in the reader."""

    CSS_PATH = Path(__file__).with_name("reading.tcss")

    class ArticleReady(Message):
        """An article was read."""

        def __init__(self, article: Article) -> None:
            super().__init__()
            self.article = article

    class TimelineReady(Message):
        """The timeline was read."""

        def __init__(self, rows: Sequence[TimelineRow]) -> None:
            super().__init__()
            self.rows = rows

    @work(thread=True, exclusive=True, group="article")
    def read_article(self, article_id: str) -> None:
        """Read an article."""
        try:
            self.post_message(self.ArticleReady(self.library.article(self.briefing, article_id)))
        except BriefingError as error:
            self.post_message(self.Failed(error))

    @work(thread=True, exclusive=True, group="timeline")
    def read_timeline(self) -> None:
        """Read the timeline, with the paragraph in which each sentence stands."""
        from briefing.tui.briefing.ledgers import TimelineRow

        numbers: dict[str, Mapping[str, int]] = {}
        rows = []
        try:
            for entry in self.library.timeline(self.briefing):
                if entry.article not in numbers:
                    article = self.library.article(self.briefing, entry.article)
                    numbers[entry.article] = paragraph_numbers(article)
                rows.append(TimelineRow(entry, numbers[entry.article].get(entry.chunk or "")))
        except BriefingError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.TimelineReady(rows))

    def on_panels_screen_failed(self, message: PanelsScreen.Failed) -> None:
        """Say what could not be read, and what to do about it."""
        hint = f"\n\n{message.error.hint}" if message.error.hint else ""
        self.query_exactly_one(Reader).clear(f"{message.error.message}{hint}")
