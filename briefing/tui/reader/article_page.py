"""An article as one page of text with inks, and how offsets in a chunk map to the page.

The page is data: text that is safe to show, spans with their ink, the stops that `]` goes through.
The reader widget wraps and paints it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from briefing.model import READ_ROLES, Article, Chunk, Link, paragraph_numbers
from briefing.visible import hidden_places, one_line, visible, visible_aligned
from briefing.wording import speaker_name

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LINE_BREAK = re.compile(r"""(?<![.!?:;…”’"'])(?<!\A)\n""")
"""A line break that ends no sentence; a blank in its place keeps all offsets."""
MARKS = frozenset("“”\"‘’'«»„‹›‚「」『』")


class Inked(NamedTuple):
    """A span of the page and its ink."""

    start: int
    end: int
    ink: str


class PageLink(NamedTuple):
    """A link of the article: its words, and its address where one is left."""

    words: str
    url: str | None


class Stop(NamedTuple):
    """An annotation to stop at: its span on the page and in its chunk, and what it is."""

    start: int
    end: int
    chunk: str
    chunk_start: int
    chunk_end: int
    label: str
    quote: str | None = None
    link: PageLink | None = None
    position: bool = False

    @property
    def chunk_span(self) -> tuple[str, int, int]:
        """The span in its chunk."""
        return self.chunk, self.chunk_start, self.chunk_end


class PageBlock(NamedTuple):
    """A chunk on the page.

    `inserted` are the chunk offsets where the page adds a link's number, with its length; `hidden`
    those of the characters that it leaves out.
    """

    chunk: str
    start: int
    end: int
    section: str | None
    paragraph: int | None
    inserted: tuple[tuple[int, int], ...] = ()
    hidden: tuple[int, ...] = ()

    def page_start(self, offset: int) -> int:
        """Return where a span that starts at `offset` of the chunk starts on the page."""
        return self._shown(offset) + sum(size for at, size in self.inserted if at <= offset)

    def page_end(self, offset: int) -> int:
        """Return where a span that ends at `offset` of the chunk ends on the page."""
        return self._shown(offset) + sum(size for at, size in self.inserted if at < offset)

    def chunk_span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the page inside the block as a span of the chunk."""
        offsets = range(self.end - self.start + len(self.hidden) + 1)
        return (
            bisect_left(offsets, start, key=self.page_start),
            bisect_left(offsets, end, key=self.page_end),
        )

    def _shown(self, offset: int) -> int:
        return self.start + offset - bisect_left(self.hidden, offset)


class Marks(NamedTuple):
    """What is marked in a block: inks in painting order, stops in reading order."""

    inked: tuple[Inked, ...] = ()
    stops: tuple[Stop, ...] = ()


class Page(NamedTuple):
    """The page: text, the inks of the app's own lines, blocks and links.

    `marks` are those of the block of a chunk, found when it is looked at: long articles have many.
    """

    text: str
    inked: tuple[Inked, ...]
    blocks: tuple[PageBlock, ...]
    links: tuple[PageLink, ...]
    paragraphs: int
    set_aside: int
    by_chunk: Mapping[str, PageBlock]
    marks: Callable[[str], Marks]

    def block(self, chunk: str | None) -> PageBlock | None:
        """Return the block of a chunk, or None where it is not shown."""
        return self.by_chunk.get(chunk or "")

    def paragraph_from(self, block: PageBlock) -> int | None:
        """Return the number of a block's paragraph, or of the next where a heading has none."""
        at = bisect_left(self.blocks, block.start, key=lambda each: each.start)
        return next((each.paragraph for each in self.blocks[at : at + 4] if each.paragraph), None)

    def block_at(self, offset: int) -> PageBlock | None:
        """Return the block with an offset of the page, or the next one."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.end)
        return self.blocks[at] if at < len(self.blocks) else None

    def stops_at(self, offset: int) -> Sequence[Stop]:
        """Return the stops that an offset of the page is in."""
        block = self.block_at(offset)
        stops = self.marks(block.chunk).stops if block is not None else ()
        return [stop for stop in stops if stop.start <= offset < stop.end]

    def stop_beside(self, start: int, end: int, direction: int) -> Stop | None:
        """Return the first stop behind that of a span, or the last one before it; None at last."""
        here = bisect_left(self.blocks, start, key=lambda block: block.end)
        for block in self.blocks[here:] if direction > 0 else self.blocks[here::-1]:
            stops, at = self.marks(block.chunk).stops, (start, end)
            if direction > 0:
                found = [stop for stop in stops if (stop.start, stop.end) > at]
            else:
                found = [stop for stop in reversed(stops) if (stop.start, stop.end) < at]
            if found:
                return found[0]
        return None

    def span(self, chunk: str, start: int, end: int) -> tuple[int, int] | None:
        """Return a span of a chunk as a span of the page, quotation marks beside it included."""
        block = self.block(chunk)
        if block is None:
            return None
        first, last = with_marks(self.text, block.page_start(start), block.page_end(end))
        return max(first, block.start), min(last, block.end)


def with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span by quotation marks right before and right after it."""
    first = start - 1 if start > 0 and text[start - 1] in MARKS else start
    last = end + 1 if end < len(text) and text[end] in MARKS else end
    return first, last


EMPTY_PAGE = Page("", (), (), (), 0, 0, {}, lambda _: Marks())


def plain_page(words: str) -> Page:
    """Return a page with a message of the app."""
    text = visible_aligned(words, lines=True)
    return EMPTY_PAGE._replace(text=text, inked=(Inked(0, len(text), "soft"),))


def compose_page(
    article: Article, *, aside: bool = False, country: str | None = None, notes: bool = True
) -> Page:
    """Lay out an article: headline and byline, chunks, links.

    Blocks that were set aside are dimmed with `aside`, else replaced by one line; then they are
    stops, too, as are mentions of `country`, which take the accent. Without `notes`, notes and
    tags are left to the margin.
    """
    builder = _PageBuilder(article, country, notes=notes)
    headline = _headline_chunk(article)
    if headline is None:
        if article.headline:
            builder.add_line(one_line(article.headline), "heading", gap=not article.authors)
        builder.add_byline(article)
    for read, run in groupby(article.chunks, key=lambda chunk: chunk.role in READ_ROLES):
        chunks = list(run)
        if read:
            for chunk in chunks:
                builder.add_chunk(chunk)
                if chunk is headline:
                    builder.add_byline(article)
        elif aside:
            for chunk in chunks:
                builder.add_line(f"▪ {_reason(chunk)}", "faint", gap=False)
                builder.add_chunk(chunk)
        else:
            what = f"{len(chunks)} blocks" if chunks[1:] else _reason(chunks[0])
            builder.add_line(f"▪ {what} set aside, press b to show", "faint")
    builder.add_links()
    return builder.page(sum(chunk.role not in READ_ROLES for chunk in article.chunks))


def _headline_chunk(article: Article) -> Chunk | None:
    """Return the chunk that is the headline, if the text opens with it."""
    wanted = one_line(article.headline or "")
    opening = (chunk for chunk in article.chunks[:3] if chunk.role in READ_ROLES)
    return next((chunk for chunk in opening if wanted and one_line(chunk.text) == wanted), None)


def _reason(chunk: Chunk) -> str:
    words = one_line((chunk.reason or chunk.role).replace("-", " ").replace("_", " "))
    return words if chunk.reason is None else f"{chunk.role.replace('-', ' ')} ({words})"


class _PageBuilder:
    """Builds the page piece by piece, for one call of `compose_page`."""

    def __init__(self, article: Article, country: str | None, *, notes: bool) -> None:
        self._notes = notes
        self._parts: list[str] = []
        self._at = 0
        self._inked: list[Inked] = []
        self._blocks: list[PageBlock] = []
        self._links: list[PageLink] = []
        self._paragraphs = paragraph_numbers(article)
        self._chunks = {chunk.id: chunk for chunk in article.chunks}
        self._country = country

    def _add(self, text: str) -> int:
        start = self._at
        self._parts.append(text)
        self._at += len(text)
        return start

    def add_line(self, text: str, ink: str, *, gap: bool = True) -> None:
        """Add a line of the app's own words, with a blank line after it unless `gap` is false."""
        start = self._add(text)
        self._inked.append(Inked(start, self._at, ink))
        self._add("\n\n" if gap else "\n")

    def add_byline(self, article: Article) -> None:
        """Add the authors, if the article states them."""
        if article.authors:
            self.add_line(f"By {', '.join(map(one_line, article.authors))}", "faint")

    def add_chunk(self, chunk: Chunk) -> None:
        """Add a chunk, without its links where it was set aside."""
        text = visible_aligned(chunk.text.replace("\t", " "), lines=True)
        text = LINE_BREAK.sub(" ", text) if "\n" in text else text
        inserted, shown = self._number_links(chunk, text)
        start = self._add(visible(shown, lines=True))
        number = self._paragraphs.get(chunk.id)
        block = PageBlock(
            chunk.id, start, self._at, chunk.section, number, inserted, hidden_places(chunk.text)
        )
        self._blocks.append(block)
        self._add("\n")
        notes = [f"✎ {one_line(note)}" for note in chunk.notes]
        notes += [" ".join(f"#{one_line(tag)}" for tag in chunk.tags)] if chunk.tags else []
        for words in notes if self._notes else ():
            self.add_line(words, "accent", gap=False)
        self._add("\n")

    def _number_links(self, chunk: Chunk, text: str) -> tuple[tuple[tuple[int, int], ...], str]:
        """Add a superscript number after each link that is read; return where, and the new text."""
        inserted: list[tuple[int, int]] = []
        parts: list[str] = []
        done = 0
        links = chunk.links if chunk.role in READ_ROLES else ()
        for link in sorted(links, key=lambda link: link.end):
            self._links.append(_page_link(chunk, link))
            number = str(len(self._links)).translate(SUPERSCRIPTS)
            parts += [text[done : link.end], number]
            inserted.append((link.end, len(number)))
            done = link.end
        return tuple(inserted), "".join([*parts, text[done:]])

    def add_links(self) -> None:
        """Add the list of links with their numbers and addresses."""
        if not self._links:
            return
        self.add_line("Links", "faint", gap=False)
        for number, link in enumerate(self._links, 1):
            where = one_line(link.url) if link.url else "dead when the article was stored"
            self.add_line(f"{number} {link.words} → {where}", "faint", gap=False)

    def page(self, set_aside: int) -> Page:
        """Return the page."""
        by_chunk = {block.chunk: block for block in self._blocks}
        return Page(
            text="".join(self._parts).rstrip("\n"),
            inked=tuple(self._inked),
            blocks=tuple(self._blocks),
            links=tuple(self._links),
            paragraphs=len(self._paragraphs),
            set_aside=set_aside,
            by_chunk=by_chunk,
            marks=cache(partial(_marks, self._chunks, by_chunk, self._country)),
        )


def _marks(
    chunks: Mapping[str, Chunk], blocks: Mapping[str, PageBlock], country: str | None, chunk_id: str
) -> Marks:
    """Return what is marked in a chunk that is on the page, nothing in one that is not."""
    block = blocks.get(chunk_id)
    if block is None:
        return Marks()
    chunk = chunks[chunk_id]
    if chunk.role not in READ_ROLES:
        label = f"set aside: {_reason(chunk)} · R restores it"
        stop = _stop(block, 0, len(chunk.text), label)
        return Marks((Inked(block.start, block.end, "faint"),), (stop,))
    stops = sorted(_stops(chunk, block, country), key=lambda stop: (stop.start, stop.end))
    return Marks(tuple(_inks(chunk, block, country)), tuple(stops))


def _inks(chunk: Chunk, block: PageBlock, country: str | None) -> Iterable[Inked]:
    base = {"heading": "heading", "body": "text"}.get(chunk.role, "soft")
    yield Inked(block.start, block.end, base)
    for quote in chunk.quotes:
        if quote.kind != "indirect":
            yield _ink(block, *with_marks(chunk.text, quote.start, quote.end), "quote")
    for citation in chunk.citations:
        yield _ink(block, citation.start, citation.end, "citation")
    for mention in chunk.mentions:
        chosen = mention.code == country
        yield _ink(block, mention.start, mention.end, "country-chosen" if chosen else "country")
    for link in chunk.links:
        if link.url:
            yield _ink(block, link.start, link.end, "link")
        number = (block.page_end(link.end), block.page_start(link.end))
        yield Inked(*number, "link" if link.url else "faint")


def _ink(block: PageBlock, start: int, end: int, ink: str) -> Inked:
    return Inked(block.page_start(start), block.page_end(end), ink)


def _stops(chunk: Chunk, block: PageBlock, country: str | None) -> Iterable[Stop]:
    for quote in chunk.quotes:
        who, rule = speaker_name(quote.speaker), one_line(quote.rule)
        label = f"{quote.kind} quote · {who} · rule {rule}"
        yield _stop(block, quote.start, quote.end, label, quote.id)
    for citation in chunk.citations:
        verb = "names" if citation.kind == "mention" else "cites"
        yield _stop(block, citation.start, citation.end, f"{verb} {one_line(citation.outlet)}")
    for position in chunk.positions:
        hedge = f", {position.hedge}" if position.hedge else ""
        label = f"cue: {position.country} {position.stance}{hedge} · rule {position.rule}"
        stop = _stop(block, position.start, position.end, one_line(label))
        yield stop._replace(position=True)
    for link in chunk.links:
        label = f"link to {one_line(link.url)}" if link.url else "dead link"
        yield _stop(block, link.start, link.end, label)._replace(link=_page_link(chunk, link))
    for mention in chunk.mentions:
        if mention.code == country:
            yield _stop(block, mention.start, mention.end, f"names {one_line(mention.code)}")


def _stop(block: PageBlock, start: int, end: int, label: str, quote: str | None = None) -> Stop:
    page = (block.page_start(start), block.page_end(end))
    return Stop(*page, block.chunk, start, end, label, quote)


def _page_link(chunk: Chunk, link: Link) -> PageLink:
    return PageLink(one_line(chunk.text[link.start : link.end]), link.url)
