"""One article on the whole screen, from the briefing screen or from a search."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from briefing.compare.citing import citation_of
from briefing.compare.panels import QuoteRow
from briefing.library import Library
from briefing.model import Article, paragraph_numbers
from briefing.tui.kit.bars import KeyBar, TitleBar
from briefing.tui.kit.messages import ArticleWanted, LinkWanted
from briefing.tui.reader.reader import Reader
from briefing.tui.reader.reading import ReadingScreen
from briefing.wording import counted, long_date


class ArticleScreen(ReadingScreen):
    """Shows the article that was wanted, at the place that was wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "browse", "Open source", id="article.browse",
                tooltip="Open the chosen link, or the article's own address, in the browser"),
        Binding("y", "yank", "Copy", id="article.yank",
                tooltip="Copy the chosen quote with its speaker and source"),
        Binding("escape,z", "dismiss", "Back", id="article.back", tooltip="Back"),
    ]  # fmt: skip
    AUTO_FOCUS = "Reader"

    def __init__(self, library: Library, wanted: ArticleWanted) -> None:
        super().__init__(library, wanted.briefing)
        self.wanted = wanted
        self.article: Article | None = None

    def compose(self) -> ComposeResult:
        """Lay out heading, reader and keys."""
        yield TitleBar(self.wanted.label, id="heading")
        yield Reader(id="reader", empty="Opening …", full=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the article."""
        self.read_article(self.wanted.place.article)

    def on_reading_screen_article_ready(self, message: ReadingScreen.ArticleReady) -> None:
        """Show the article at the place."""
        article, wanted = message.article, self.wanted
        self.article = article
        label = wanted.label or article.publisher or article.headline or article.id
        quotes = sum(len(chunk.quotes) for chunk in article.chunks)
        counts = (
            counted(len(paragraph_numbers(article)), "paragraph"),
            counted(quotes, "quote"),
        )
        self.query_exactly_one(TitleBar).show(
            article.headline or label, label if article.headline else wanted.briefing, counts
        )
        self.query_exactly_one(Reader).show(
            article, wanted.place, label=label, country=wanted.country, found=wanted.found
        )

    def action_browse(self) -> None:
        """Open the chosen link or the article's own address."""
        link = self.query_exactly_one(Reader).link_here()
        if link is None and self.article is not None and self.article.url is not None:
            link = self.article.url, self.article.headline or self.article.id
        if link is None:
            self.notify("The article does not say where it is on the web.", markup=False)
        else:
            self.post_message(LinkWanted(*link))

    def action_yank(self) -> None:
        """Copy the chosen quote with its source."""
        row = self._quote_here()
        if row is None or self.article is None:
            self.notify("No quote is chosen; n goes to the next one.", markup=False)
            return
        article = self.article
        where = (article.headline, long_date(article.date), article.url)
        self.app.copy_to_clipboard(citation_of(row, where))
        self.notify("Quote and source copied.", markup=False)

    def _quote_here(self) -> QuoteRow | None:
        place, article = self.query_exactly_one(Reader).place, self.article
        if place is None or article is None:
            return None
        numbers = paragraph_numbers(article)
        for chunk in article.chunks:
            for quote in chunk.quotes:
                if chunk.id == place.chunk and quote.id == place.quote:
                    return QuoteRow(
                        article=article.id,
                        chunk=chunk.id,
                        paragraph=numbers.get(chunk.id),
                        source=article.publisher or article.id,
                        quote=quote,
                    )
        return None
