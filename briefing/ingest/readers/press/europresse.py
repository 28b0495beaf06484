"""Reads exports of Europresse (Eureka.cc) as pages, in its present form and in that of tables."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from briefing.ingest.blocks import Block, SourceDocument
from briefing.ingest.lines.author_names import read_authors, signs
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.html.dom import outermost, parse_page, walk
from briefing.ingest.readers.press import fields
from briefing.ingest.readers.press.fields import FieldKind, FieldRow, is_copyright

_WORDS: Final = re.compile(r"\d[\d\s\xa0.,]{0,9}\s?(?:mots|words|palabras|parole|woorden|Wörter)\b")
_WEEKDAY: Final = re.compile(
    r"(?i)\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day)\b"
)
_LONGEST_BYLINE = 160


def read_europresse(data: bytes, name: str) -> SourceDocument:
    """Read an export; raises InputError where it cannot be read or holds no article."""
    text, encoding = decode(data, name)
    named = _named(parse_page(text, name), "DocPublicationName")
    above = (next(element.iterancestors("article", "td"), None) for element in named)
    articles = outermost(element for element in above if element is not None)
    return fields.to_document(map(_read_article, articles), name, encoding)


def _read_article(article: Any) -> Iterator[FieldRow]:
    """Yield the rows of an article: those above its title, the title, and what is below it."""
    outlet = _squeeze(_named(article, "DocPublicationName"))
    header = _squeeze(_named(article, "DocHeader"))
    title = _squeeze((_named(article, "titreArticleVisu") or _named(article, "titreArticle"))[:1])
    above = _texts(article.iter("header"))
    aside = _texts([*article.iter("aside"), *article.iter("footer")])
    headed = opened = ended = False
    for block in _lines_of(article, headed_by=title):
        text, bare = block.text, "".join(block.text.split())
        ended = ended or is_copyright(text) or (headed and text in aside)
        if not headed and bare == outlet:
            yield FieldRow(text, "publisher", None, "element DocPublicationName")
        elif not headed and bare == header:
            yield from _read_header(text)
        elif not headed and bare == title:
            headed = True
            yield FieldRow(text, "headline", None, "element titreArticleVisu")
        elif ended or not headed:
            reason = "copyright" if is_copyright(text) else "document_number"
            yield FieldRow(text, "chrome", reason=reason if headed else "kicker", links=block.links)
        elif not opened and (signs(text) or (text in above and len(text) <= _LONGEST_BYLINE)):
            opened = text not in above
            kind: FieldKind = "byline" if read_authors(text, stated=True) else "standfirst"
            yield FieldRow(text, kind, None, "line below the title")
        else:
            opened = True
            yield FieldRow(text, links=block.links)


def _read_header(text: str) -> Iterator[FieldRow]:
    """Yield the row of the line under the outlet: section, date, count of words, page."""
    yield FieldRow(text, "date", None, "element DocHeader")
    date = fields.read_date(text)
    exact = date.evidence.exact if date is not None and date.evidence is not None else ""
    place = text.find(exact)
    day = _WEEKDAY.search(text, 0, place)
    yield FieldRow("", "section", text[: day.start() if day else place].strip(" ,"))
    words = _WORDS.search(text, place + len(exact))
    yield FieldRow("", "words", words[0] if words else "")


def _lines_of(article: Any, *, headed_by: str) -> Iterator[Block]:
    """Yield the blocks of an article; above its title and right below it each line is one."""
    below = 0
    headed = False
    for block in walk(article, None):
        near = not headed or below < 2
        headed = headed or "".join(block.text.split()) == headed_by
        below += headed
        pieces = block.text.split("\n") if near else [block.text]
        if len(pieces) == 1 or len(block.text) > 600:
            yield block
        else:
            yield from (Block(piece.strip()) for piece in pieces if piece.strip())


def _named(root: Any, name: str) -> list[Any]:
    """Return the elements of a class, in either case of its first letter."""
    names = sorted({name, name[:1].upper() + name[1:]})
    return [each for spelled in names for each in root.find_class(spelled)]


def _squeeze(elements: list[Any]) -> str:
    """Return the words of elements without a blank, as a key."""
    return "".join("".join("".join(each.itertext()) for each in elements).split())


def _texts(elements: Iterable[Any]) -> frozenset[str]:
    return frozenset(block.text for each in elements for block in walk(each, None))
