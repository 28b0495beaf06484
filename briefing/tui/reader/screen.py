"""One article on the whole screen, from the briefing screen or from a search."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult

from briefing.compare.panels import QuoteRow
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import Article, Place, paragraph_numbers, read_chunks, text_stamp
from briefing.paraphrases import count_quotes
from briefing.paths import ReadingPlace
from briefing.tui.correcting.screen import CorrectingScreen
from briefing.tui.kit.actions import ArticleRead, copy_quote, read_article, read_in_thread
from briefing.tui.kit.bars import KeyBar, TitleBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.messages import ArticleWanted, CatalogNews, ReadingLeft
from briefing.tui.reader.reader import Reader
from briefing.wording import counted, long_date, quotes_in_words


class ArticleScreen(CorrectingScreen):
    """Shows the article that was asked for, at the place that was asked for."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["reader.tcss", "../correcting/correcting.tcss"]
    BINDINGS = keys_of("article")
    AUTO_FOCUS = "Reader"

    def __init__(self, library: Library, wanted: ArticleWanted) -> None:
        super().__init__()
        self._top = wanted.top
        self.library = library
        self.wanted = wanted
        self.briefing = wanted.briefing
        self.article: Article | None = None
        self._unreadable = False
        self._heading = TitleBar(wanted.label)
        self._reader = Reader(id="reader", empty="Loading …", full=True)

    def compose(self) -> ComposeResult:
        """Lay out heading, reader and keys."""
        yield self._heading
        yield self._reader
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the article, or read it; and read what corrections need."""
        if self.wanted.read is not None:
            self._take_article(self.wanted.read)
        else:
            self._read_article()
        self.read_hand()

    def _read_article(self) -> None:
        where = self.briefing, self.wanted.place.article
        read = partial(read_article, self.library, *where)
        read_in_thread(self, "article", read, self._take_article, self._fail)

    def on_unmount(self) -> None:
        """Report where one has read to, and remember it."""
        place, reader = self._reader.place, self._reader
        if place is None:
            return
        if self._memory is not None:
            known = self._memory.spot(self.briefing) or ReadingPlace(place=place)
            spot = replace(known, place=place, top=reader.top, is_reading=True)
            self._memory.note_spot(self.briefing, spot)
        self.app.post_message(ReadingLeft(self.briefing, place, reader.top))

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read the article again if the briefing has changed."""
        if self.briefing in message.changed:
            self._read_article()
            self.read_hand()

    def here(self) -> Place | None:
        """Return the place of the reader."""
        return self._reader.place

    def is_reading(self) -> bool:
        """Whether what is corrected here is still being read."""
        return super().is_reading() or (self.article is None and not self._unreadable)

    def on_reader_moved(self, _: Reader.Moved) -> None:
        """Show the keys that work at the new place."""
        self.refresh_bindings()

    def _take_article(self, read: ArticleRead) -> None:
        article, wanted = read.article, self.wanted
        self.article = article
        label = wanted.label or article.publisher or article.headline or article.id
        counts = (
            counted(len(paragraph_numbers(article)), "paragraph"),
            quotes_in_words(*count_quotes(q for each in read_chunks(article) for q in each.quotes)),
        )
        # The frame of the text names the source.
        detail = None if article.headline else wanted.briefing
        self._heading.show(article.headline or label, detail, counts)
        self._reader.show(
            article,
            self._reader.place or wanted.place,
            label=label,
            country=wanted.country,
            found=wanted.found,
            placed=read.placed,
            top=self._top,
        )
        self._top = None
        if self._memory is not None:
            self._memory.note_read(self.briefing, article.id, text_stamp(article))
        self.note_news()

    def _fail(self, error: BriefingError) -> None:
        self._unreadable = True
        self._reader.show_error(error)
        self.note_news()

    def address(self) -> tuple[str, str] | None:
        """Return address and headline of the article."""
        article = self.article
        return (article.url, article.headline or article.id) if article and article.url else None

    def action_yank(self) -> None:
        """Copy the selected quote with its source."""
        article, chunk, quote = self.article, self._chunk(), self._quote()
        if article is None or chunk is None or quote is None:
            copy_quote(self, None, (), "Press ] for the next annotation.")
            return
        number, source = paragraph_numbers(article).get(chunk.id), article.publisher or article.id
        row = QuoteRow(
            article=article.id, chunk=chunk.id, paragraph=number, source=source, quote=quote
        )
        copy_quote(self, row, (article.headline, long_date(article.date), article.url))
