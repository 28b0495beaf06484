"""Quotations in anybody's draft: their words, who is said to have said them, the sources named.

Drafts are Markdown, plain text or HTML. Whatever stands in quotation marks or is set as a block
quotation is a quotation; what front matter and code hold is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.other_languages.stretches import find_stretches
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.compare.word_alignment import read_words_of, split_keys
from briefing.english.marks import find_marked
from briefing.english.sentences import split_sentences
from briefing.errors import InputError
from briefing.ingest.blocks import Block
from briefing.ingest.formats import is_html, suffix_of
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.inline import Inline, read_inline
from briefing.ingest.readers.markdown import cut_markdown
from briefing.model import Chunk, Link, Quote, Speaker
from briefing.world.languages import languages_of_chunks

MAX_BYTES: Final = 5_000_000
_NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*(?:\n(?! {0,3}\[\^)(?=.*\S).+)*)", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,60})\]")
_ESCAPED = re.compile(r"\\\[(?=\\?\^)")
_GUARD = "\ue000"
"""What tells words that look like a note's mark, as Markdown escapes them, from such a mark."""
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"”’]{1,2000}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_Q = re.compile(r"<(/?)q\b[^<>]{0,300}>", re.IGNORECASE)
_SIGNED = re.compile(r"\s*(?:[—–―]|--)\s*([^\n]{1,300})")
_SIGNED_BELOW = re.compile(r"\n\s*(?:[—–―]|--)\s*([^\n]{1,300})\s*\Z")
_SIGNER_ENDS = re.compile(r"\s*[,·|(\[;:]|\s[—–]\s")
_AROUND: Final = 3
_REACH: Final = 80
_TAIL: Final = 1_000
"""Characters behind a quotation, and of a footnote, that are read for its source."""
_LINES_APART: Final = 100_000
"""Characters between two quotations within which the second is looked for in the draft."""
_NUMBERED = re.compile(r"(\d{1,4})[.)]\s")
_ITEM = re.compile(r"\bSource (\d{1,4})\b|\[(\d{1,4})\]")
_KEY = re.compile(r"(?<!\w)@([\w-]{1,100})")
_MARKS = '"\u201d’»*_) \n'
_SKIPPED = frozenset({"code", "chrome"})


class DraftQuotation(NamedTuple):
    """A quotation of a draft with its line, from 1, and what the draft says of its speaker.

    `around` are its words with a few before and behind it, as they are compared; `near` the texts
    that may name its source, footnotes and signature; `urls` the links there and beside it.
    """

    text: str
    line: int
    speaker: Speaker | None
    around: tuple[str, ...]
    near: tuple[str, ...]
    urls: tuple[str, ...]


def read_draft(data: bytes, name: str) -> tuple[DraftQuotation, ...]:
    """Return the quotations of a draft; raises InputError where it is no text or too large."""
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: a draft of more than {MAX_BYTES // 1_000_000} MB is not read")
    text, notes = decode(data, name).text, dict[str, Inline]()
    if is_html(data):
        from briefing.ingest.readers.html.saved_page import read_html

        blocks = read_html(data, name).blocks
    else:
        bare = _TAG.sub("", _Q.sub(lambda tag: "”" if tag[1] else "“", text))
        bare = _ESCAPED.sub(rf"\g<0>{_GUARD}", bare)
        notes = {found[1]: read_inline(found[2], {}) for found in _NOTE.finditer(bare)}
        is_plain = suffix_of(name) not in {".md", ".markdown"}
        blocks = cut_markdown(_NOTE.sub("", bare), remnants=is_plain).blocks
    blocks = [block for block in blocks if block.form not in _SKIPPED]
    return tuple(_with_lines(_quotations(blocks, notes), text))


class _Sources(NamedTuple):
    """What a draft names its sources by: footnotes by label, items of numbered lists by number."""

    notes: Mapping[str, Inline]
    items: Mapping[str, str]


def _quotations(blocks: Sequence[Block], notes: Mapping[str, Inline]) -> Iterator[DraftQuotation]:
    items = {found[1]: one.text for one in blocks if (found := _NUMBERED.match(one.text))}
    texts = [*blocks, *(Block(note.text, links=note.links) for note in notes.values())]
    chunks = [Chunk(id=f"c{at}", role="body", text=one.text) for at, one in enumerate(texts)]
    others = languages_of_chunks(chunks, None)
    english = [chunk for chunk in chunks if chunk.id not in others]
    annotated = {one.id: one for one in annotate_quotes(annotate_countries(english, None))}
    marked = find_marked([block.text for block in texts])
    for block, chunk, stretches in zip(texts, chunks, marked, strict=True):
        quotes = annotated.get(chunk.id, chunk).quotes
        said = {quote.start: quote.speaker for quote in quotes if _is_said_here(quote, block)}
        marks = (
            find_stretches(block.text)
            if chunk.id in others
            else [(one.start, one.end) for one in stretches]
        )
        yield from _of_block(block, _spans(block, marks), said, _Sources(notes, items))


def _is_said_here(quote: Quote, block: Block) -> bool:
    """Whether a block itself says whose a quotation is: blocks of a draft are no one story."""
    mention = quote.speaker.mention if quote.speaker else None
    is_named = mention is not None and mention in block.text
    return quote.kind != "indirect" and (quote.cue is not None or is_named)


def _of_block(
    block: Block,
    spans: Sequence[tuple[int, int]],
    said: Mapping[int, Speaker | None],
    sources: _Sources,
) -> Iterator[DraftQuotation]:
    """Yield the quotations at the spans of a block, with whom its rules say they are of."""
    text = block.text
    below = _SIGNED_BELOW.search(text, max(0, len(text) - _TAIL)) if block.form == "quote" else None
    body = text[: below.start()] if below else text
    spans = [(start, end) for start, end in spans if end <= len(body)]
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    sentences = [end for _, end in split_sentences(text)]
    link_starts = [link.start for link in block.links]
    link_ends = [link.end for link in block.links]
    for (start, end), before, after in zip(spans, edges[:-2:2], edges[3::2], strict=True):
        ending = sentences[min(bisect_right(sentences, end - 1), len(sentences) - 1)]
        tail = text[end : min(max(ending, after), end + _TAIL)]
        signed = below or _SIGNED.match(tail.lstrip(_MARKS))
        links = block.links[bisect_right(link_ends, before) : bisect_left(link_starts, after)]
        near, urls = _named_near(tail, signed[1] if signed else "", links, sources)
        words = _NOTE_MARK.sub("", text[start:end]).replace(_GUARD, "")
        around = (
            *split_keys(text[max(0, start - _REACH) : start])[-_AROUND:],
            *split_keys(words),
            *split_keys(body[end : end + _REACH])[:_AROUND],
        )
        speaker = (_signer(signed[1]) if signed else None) or said.get(start)
        yield DraftQuotation(words, 0, speaker, around, near, urls)


def _spans(block: Block, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Return the quotations of a block: what is in marks, or a block quotation's paragraphs."""
    if block.form != "quote":
        return spans
    whole = list(_paragraphs(block.text))
    inside, total = (
        sum(len(block.text[start:end].split()) for start, end in each) for each in (spans, whole)
    )
    return whole if inside * 2 < total else spans


def _named_near(
    tail: str, signed: str, links: Sequence[Link], sources: _Sources
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts behind a quotation that may name its source, and the links near it."""
    notes, items = sources
    cited = [notes[label] for label in _NOTE_MARK.findall(tail) if label in notes]
    near = [note.text[:_TAIL] for note in cited] + [signed]
    numbers = [
        found[found.lastindex or 0] for text in (*near, tail) for found in _ITEM.finditer(text)
    ]
    near += [items[number][:_TAIL] for number in numbers if number in items]
    near += [key.replace("-", " ") for text in (*near, tail) for key in _KEY.findall(text)]
    urls = [link.url for link in (*links, *(one for note in cited for one in note.links))]
    urls += [url for text in (*near, tail) for url in _ADDRESS.findall(text)]
    return tuple(filter(None, near)), tuple(dict.fromkeys(filter(None, urls)))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a block quotation but for its signature."""
    for found in re.finditer(r"\S[^\n]*(?:\n(?!\s*(?:\n|[—–―]|--))[^\n]+)*", text):
        if not _SIGNED.match(found[0]):
            yield found.span()


def _signer(text: str) -> Speaker | None:
    """Return who signs a quotation: the words before the first comma or dot in the middle."""
    name = _SIGNER_ENDS.split(text, maxsplit=1)[0].strip()
    is_name = bool(name) and all(word[0].isupper() for word in name.split() if len(word) > 3)
    return Speaker(name=name, type="named") if is_name else None


def _with_lines(found: Iterator[DraftQuotation], text: str) -> Iterator[DraftQuotation]:
    """Give each quotation the line of the draft that its first words are found on, in order."""
    words = read_words_of(text).words
    joined = f" {' '.join(word.key for word in words)} "
    places = [0, *accumulate(len(word.key) + 1 for word in words)]
    breaks = [at for at, char in enumerate(text) if char == "\n"]
    at, line = 0, 1
    for quotation in found:
        place = joined.find(f" {' '.join(split_keys(quotation.text)[:8])} ", at, at + _LINES_APART)
        if place >= 0 and words:
            at = place + 1
            line = bisect_right(breaks, words[bisect_right(places, place) - 1].start) + 1
        yield quotation._replace(line=line)
