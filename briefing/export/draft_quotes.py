"""Quotations in anybody's draft: their words, who is said to have said them, the sources named.

Drafts are Markdown, plain text or HTML. Whatever stands in quotation marks or is set as a block
quotation is a quotation; what front matter and code hold is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from msgspec.structs import replace

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
from briefing.ingest.readers.inline import read_inline
from briefing.ingest.readers.markdown import cut_markdown
from briefing.model import Chunk, Link, Quote, Speaker
from briefing.world.languages import languages_of_chunks

MAX_BYTES: Final = 5_000_000
_NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*(?:\n(?! {0,3}\[\^)(?=.*\S).+)*)", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,60})\]| \[\d{1,5}\]\Z")
_GUARD = "\ue000"
"""What tells words that look like a note's mark, as Markdown escapes them, from such a mark."""
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"”’]{1,2000}")
_MARKUP = re.compile(
    r"(\\\[)(?=\\?\^|\d)|\\.|<(/?[a-z][\w-]*)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
_Q = {"q": "“", "/q": "”"}
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*(?:\n|[—–―]|--))[^\n]+)*")
_SIGNED = re.compile(r"(?:[—–―]|--)\s*([^\n]{1,300})")
_ROW = re.compile(r"^(?:\||\d{1,5}[.)]\s).*(?:\n(?!\||\d{1,5}[.)]\s).*)*", re.MULTILINE)
_SIGNER_ENDS = re.compile(r"\s*[,·|(\[;:]|\s[—–]\s")
_AROUND: Final = 3
_REACH: Final = 80
_TAIL: Final = 1_000
"""Characters behind a quotation, and of a footnote, that are read for its source."""
_LINES_APART: Final = 100_000
"""Characters between two quotations within which the second is looked for in the draft."""
_NUMBERED = re.compile(r"(\d{1,5})[.)]\s")
_ITEM = re.compile(r"\b(?i:sources?) (\d{1,5})\b|\[(\d{1,5})\]")
_KEY = re.compile(r"(?<!\w)@([\w-]{1,100})")
_MARKS = '"\u201d’»*_) \n'
_SKIPPED = frozenset({"code", "chrome"})
_APART = frozenset({"list", "quote", "table"})
"""Forms of blocks that tell a story of their own: nobody named above is meant in them."""


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
    text, notes = decode(data, name).text, dict[str, Block]()
    if is_html(data):
        from briefing.ingest.readers.html.saved_page import read_html

        blocks = read_html(data, name).blocks
    else:
        bare = _MARKUP.sub(_without_tags, text)
        inlines = {found[1]: read_inline(found[2], {}) for found in _NOTE.finditer(bare)}
        notes = {label: Block(one.text, "list", one.links) for label, one in inlines.items()}
        is_plain = suffix_of(name) not in {".md", ".markdown"}
        blocks = cut_markdown(_NOTE.sub("", bare), remnants=is_plain).blocks
    blocks = [block for block in blocks if block.form not in _SKIPPED]
    return tuple(_with_lines(_quotations(blocks, notes), text))


def _without_tags(found: re.Match[str]) -> str:
    """Return what stands for markup of HTML, and for an escaped sign."""
    if found[2]:
        return _Q.get(found[2].lower(), "")
    return found[0] + (_GUARD if found[1] else "")


class _Sources(NamedTuple):
    """What a draft names its sources by: footnotes by label, items of numbered lists by number."""

    notes: Mapping[str, Block]
    items: Mapping[str, Sequence[str]]


class _Passage(NamedTuple):
    """A paragraph, item or row of a draft, and what of it or below it names its source.

    That is who signs a block quotation, and all of a row, a footnote or an item with a number.
    """

    block: Block
    source: Block | None = None


def _quotations(blocks: Sequence[Block], notes: Mapping[str, Block]) -> Iterator[DraftQuotation]:
    passages = [passage for block in blocks for passage in _passages(block)]
    passages += [_Passage(note, note) for note in notes.values()]
    items: defaultdict[str, list[str]] = defaultdict(list)
    for passage in passages:
        number = _NUMBERED.match(passage.block.text)
        if number:
            items[number[1]].append(passage.block.text)
    texts = [passage.block.text for passage in passages]
    chunks = [Chunk(id=f"c{at}", role="body", text=text) for at, text in enumerate(texts)]
    others = languages_of_chunks(chunks, None)
    forms = {chunk.id: one.block.form for chunk, one in zip(chunks, passages, strict=True)}
    english = annotate_countries([chunk for chunk in chunks if chunk.id not in others], None)
    stories = [[chunk] for chunk in english if forms[chunk.id] in _APART]
    stories.append([chunk for chunk in english if forms[chunk.id] not in _APART])
    annotated = {chunk.id: chunk for story in stories for chunk in annotate_quotes(story)}
    for passage, chunk, stretches in zip(passages, chunks, find_marked(texts), strict=True):
        marks = [(one.start, one.end) for one in stretches]
        if chunk.id in others:
            marks = find_stretches(chunk.text)
        quotes = annotated.get(chunk.id, chunk).quotes
        said = {one.start: one.speaker for one in quotes if _is_said_here(one, chunk.text)}
        yield from _of_passage(passage, marks, said, _Sources(notes, items))


def _passages(block: Block) -> Iterator[_Passage]:
    """Yield the rows and numbered items of a block, the paragraphs of a quotation, or all of it."""
    if block.form == "quote":
        yield from reversed(list(_signed_paragraphs(block)))
    elif _ROW.match(block.text):
        rows = (block.stretch(*found.span()) for found in _ROW.finditer(block.text))
        yield from (_Passage(replace(row, form="list"), row) for row in rows)
    else:
        yield _Passage(block, block if block.form == "table" else None)


def _signed_paragraphs(block: Block) -> Iterator[_Passage]:
    """Yield the paragraphs of a block quotation, from its end, each with the signature below it."""
    signature = None
    for found in reversed(list(_PARAGRAPH.finditer(block.text))):
        part = block.stretch(*found.span())
        signed = _SIGNED.match(part.text)
        if signed:
            signature = part.stretch(signed.start(1))
        else:
            yield _Passage(part, signature)


def _is_said_here(quote: Quote, text: str) -> bool:
    """Whether a passage itself says, beside the quotation, whose it is."""
    mention = quote.speaker.mention if quote.speaker else None
    is_named = mention is not None and mention in text.replace(quote.exact, "")
    return quote.kind != "indirect" and (quote.cue is not None or is_named)


def _of_passage(
    passage: _Passage,
    marks: Sequence[tuple[int, int]],
    said: Mapping[int, Speaker | None],
    sources: _Sources,
) -> Iterator[DraftQuotation]:
    """Yield the quotations of a passage, with whom its rules say they are of."""
    block, source = passage
    text = block.text
    inside = sum(len(text[start:end].split()) for start, end in marks)
    is_whole = block.form == "quote" and inside * 2 < len(text.split())
    spans = [(0, len(text))] if is_whole else marks
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    sentences = [end for _, end in split_sentences(text)]
    link_starts = [link.start for link in block.links]
    link_ends = [link.end for link in block.links]
    for (start, end), before, after in zip(spans, edges[:-2:2], edges[3::2], strict=True):
        ending = sentences[min(bisect_right(sentences, end - 1), len(sentences) - 1)]
        tail = text[end : min(max(ending, after), end + _TAIL)]
        links = block.links[bisect_right(link_ends, before) : bisect_left(link_starts, after)]
        behind = _SIGNED.match(tail.lstrip(_MARKS))
        signed = behind[1] if behind else ""
        if source is not None:
            signed, links = source.text[:_TAIL], (*links, *source.links)
        near, urls = _named_near(tail, signed, links, sources)
        words = _NOTE_MARK.sub("", text[start:end]).replace(_GUARD, "")
        around = (
            *split_keys(text[max(0, start - _REACH) : start])[-_AROUND:],
            *split_keys(words),
            *split_keys(text[end : end + _REACH])[:_AROUND],
        )
        is_signed = bool(signed) and (block.form == "quote" or source is None)
        speaker = _signer(signed) if is_signed else said.get(start)
        yield DraftQuotation(words, 0, speaker, around, near, urls)


def _named_near(
    tail: str, signed: str, links: Sequence[Link], sources: _Sources
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts that may name the source of a quotation, and the links near it."""
    cited = [label for label in _NOTE_MARK.findall(f"{tail} {signed}") if label in sources.notes]
    notes = [sources.notes[label] for label in cited]
    texts = [note.text[:_TAIL] for note in notes] or [tail, signed]
    known: set[str] = set()
    for text in texts:  # Which grow: a reference may name an item of a list, as a note does.
        for number in {found[found.lastindex or 0] for found in _ITEM.finditer(text)} - known:
            known.add(number)
            texts += [item[:_TAIL] for item in sources.items.get(number, ())]
    near = [text for text in texts if text is not tail]
    near += [key.replace("-", " ") for text in texts for key in _KEY.findall(text)]
    urls = [link.url for link in (*links, *(one for note in notes for one in note.links))]
    urls += [url for text in texts for url in _ADDRESS.findall(text)]
    return tuple(filter(None, near)), tuple(dict.fromkeys(filter(None, urls)))


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
