"""Documents as pure tasks: bytes in, articles out, read and annotated wherever it may be."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate import pipeline
from briefing.annotate.positions.codebook import codebook_in_use, readable_text
from briefing.codebooks import Codebook, shipped
from briefing.content.articles import encode_article
from briefing.content.digests import reading_digest, seal
from briefing.ingest import NewArticle, NewArticles, WebOrigin, to_articles
from briefing.model import Article, BriefingInfo

SentBook = str | Codebook
"""A codebook as it travels: a shipped one by its name."""


class Document(Struct, frozen=True):
    """The bytes of a file, and what is known of it; `added` is when it is added."""

    name: str
    data: bytes
    added: str
    as_one: bool = False
    origin: WebOrigin | None = None

    @property
    def size(self) -> int:
        """How many bytes travel."""
        return len(self.data)


class ReadyArticle(NewArticle, frozen=True):
    """An article that is annotated already, and its file, unless it has to get another id."""

    file: bytes = b""


def read_document(document: Document) -> NewArticles:
    """Return the articles of a document without annotations; raises as `to_articles` does."""
    return to_articles(
        document.data,
        name=document.name,
        added=document.added,
        as_one=document.as_one,
        origin=document.origin,
    )


def read_and_annotate(document: Document, book: SentBook | None) -> NewArticles:
    """Return the articles of a document, annotated by a codebook.

    Without one it is that of a new briefing which has these articles alone. What cannot be
    annotated comes as it was read. Raises as `to_articles` does.
    """
    made = read_document(document)
    drafts = [new.article for new in made.articles]
    if book is None:
        info = BriefingInfo(title=title_of(drafts, document.name))
        codebook = codebook_in_use(info, (), [readable_text(drafts[0])])
    else:
        codebook = book_of(book)
    return replace(made, articles=tuple(_annotated(new, codebook) for new in made.articles))


def _annotated(new: NewArticle, codebook: Codebook) -> NewArticle:
    with suppress(Exception):  # It is annotated again, and fails, where that can be reported.
        article = annotated(new.article, codebook, read=reading_digest(new.article))
        return ReadyArticle(article, new.marks, encode_article(article))
    return new


def send_book(codebook: Codebook) -> SentBook:
    """Return a codebook as it travels."""
    return codebook.shipped_name or codebook


def book_of(sent: SentBook) -> Codebook:
    """Return a codebook that travelled."""
    return shipped(sent) if isinstance(sent, str) else sent


def title_of(articles: Sequence[Article], name: str) -> str:
    """Return the title of the articles of a file: a headline, else the file's name."""
    return (articles[0].headline if len(articles) == 1 else None) or Path(name).stem


def annotated(article: Article, codebook: Codebook, *, read: str | None) -> Article:
    """Return the article annotated by the rules and sealed with its digest.

    `read` is the reading digest of the original, None where it is unknown.
    """
    made = pipeline.annotate(article, codebook)
    return seal(made, pipeline.NAME, pipeline.VERSION, read=read, codebook=codebook.stamp)
