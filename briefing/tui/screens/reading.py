"""A screen over one briefing of a library, which reads in workers that only post what they read."""

from __future__ import annotations

from pathlib import Path

from textual import work
from textual.message import Message
from textual.screen import Screen

from briefing.compare.panels import Panels
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import Article
from briefing.tui.widgets.reader import Reader


class ReadingScreen(Screen[object]):
    """Reads panels and articles of `briefing`; what cannot be read is told in the reader."""

    CSS_PATH = Path(__file__).with_name("reading.tcss")

    class PanelsReady(Message):
        """The panels were read."""

        def __init__(self, panels: Panels) -> None:
            super().__init__()
            self.panels = panels

    class ArticleReady(Message):
        """An article was read."""

        def __init__(self, article: Article) -> None:
            super().__init__()
            self.article = article

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

    @work(thread=True, exclusive=True, group="article")
    def read_article(self, article_id: str) -> None:
        """Read an article."""
        try:
            self.post_message(self.ArticleReady(self.library.article(self.briefing, article_id)))
        except BriefingError as error:
            self.post_message(self.Failed(error))

    def on_reading_screen_failed(self, message: Failed) -> None:
        """Say what could not be read, and what to do about it."""
        hint = f"\n\n{message.error.hint}" if message.error.hint else ""
        self.query_exactly_one(Reader).clear(f"{message.error.message}{hint}")
