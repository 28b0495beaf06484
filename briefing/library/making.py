"""Documents as pure tasks: bytes in, articles out, read and annotated anywhere; and titles."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, replace

from briefing.annotate import pipeline
from briefing.annotate.positions.codebook import codebook_in_use, readable_text
from briefing.codebooks import Codebook, shipped
from briefing.content.articles import encode_article, reading_digest, seal
from briefing.ingest import NewArticle, NewArticles, WebOrigin, to_articles
from briefing.model import READ_ROLES, Article, BriefingInfo

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
    name, data, added, as_one, origin = astuple(document)
    return to_articles(data, name=name, added=added, as_one=as_one, origin=origin)


def read_and_annotate(document: Document, book: SentBook | None) -> NewArticles:
    """Return a document's annotated articles, by a codebook of their own without `book`."""
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
    """Return the article annotated and sealed; `read` is the reading digest, where known."""
    made = pipeline.annotate(article, codebook)
    return seal(made, pipeline.NAME, pipeline.VERSION, read=read, codebook=codebook.stamp)


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
"""A word, or initials with full stops, as in `U.S.`."""
_OPENING = re.compile(r"[.!?:;…\n“”\"‘«»•]")
"""Characters before a word that may be capitalised because of its position."""


class Spelling:
    """Counts spellings of the words of a briefing's name, for a title; headings count last."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._words = () if " " in name else tuple(re.split(r"[-_]+", name.strip("-_")))
        spelled = (r"\.?".join(map(re.escape, word)) for word in self._words)
        self._any_word = re.compile(rf"(?i)(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])")
        self._texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._headings: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def count(self, article: Article) -> None:
        """Count the spellings of the name's words in an article."""
        wanted = {word.casefold() for word in self._words}
        for chunk in article.chunks if wanted else ():
            # Most paragraphs have none of the words, and are not cut into words to see that.
            if chunk.role not in READ_ROLES or not self._any_word.search(chunk.text):
                continue
            counts = self._headings if chunk.role == "heading" else self._texts
            for form in _words_inside(chunk.text):
                key = form.replace(".", "").casefold()
                if key in wanted:
                    counts[key][form] += 1

    def title(self) -> str:
        """Return the title: each word in its most frequent spelling, the first capitalised."""
        if not self._words:
            return " ".join(self._name.split())
        return _with_capital(" ".join(map(self._spell, self._words)))

    def _spell(self, word: str) -> str:
        """Return a word as the articles spell it, else capitalised; one with capitals unchanged."""
        if word != word.lower():
            return word
        for counts in (self._texts, self._headings):
            forms = counts.get(word.casefold())
            if forms:
                return forms.most_common(1)[0][0]
        return _with_capital(word)


def _words_inside(text: str) -> Iterable[str]:
    """Yield the words of a text that are not first in a sentence, line or quotation."""
    end = 0
    for number, match in enumerate(_WORD.finditer(text)):
        if number and not _OPENING.search(text, end, match.start()):
            yield match.group()
        end = match.end()


def _with_capital(words: str) -> str:
    """Return words with the first capitalised, unless it has a capital inside: `iPhone`."""
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if first == first.lower() else words
