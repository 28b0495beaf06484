"""Reading and writing the article file: one source document with chunks and annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from briefing.content.digests import digest, is_hand_edited, is_set_by_hand, reading_digest
from briefing.content.files import MAX_FILE_BYTES, read_bytes, write_atomic
from briefing.content.yaml_reading import (
    Steps,
    check_format,
    decode,
    describe_steps,
    load,
    refuse_at,
    to_record,
)
from briefing.content.yaml_writing import (
    YamlValue,
    quote_scalar,
    replace_value,
    write_flow,
    write_lines,
    write_text,
)
from briefing.errors import ContentError, InputError, WrongQuoteError
from briefing.model import ARTICLE_FORMAT, EDITED, SPANNED, Article, Chunk
from briefing.quote_ids import name_quotes

OLDER_ARTICLES = ("briefing/article/1",)
"""Quotes were numbered (q1), and rules had hyphens in their names."""
Fault = tuple[str, Steps]
"""A message, and the steps to the value that it is about."""


def read_article(path: Path) -> Article:
    """Read and check the article file at `path`.

    Raises NotFoundError, and ContentError with line and column where the file is broken.
    """
    return parse_article(read_bytes(path), path)


def parse_article(data: bytes, path: Path) -> Article:
    """Read an article from the bytes of its file; `path` is only used in errors.

    An article in an older format is converted. Raises ContentError with line and column, of a
    quote that is not the text before anything else.
    """
    text = decode(data, path)
    plain = load(text, path)
    check_format(plain, ARTICLE_FORMAT, text, path, older=OLDER_ARTICLES)
    article = to_record(plain, Article, text, path)
    faults = sorted(find_faults(article), key=lambda fault: not _is_wrong_quote(fault))
    for message, steps in faults[:1]:
        kind = WrongQuoteError if _is_wrong_quote((message, steps)) else ContentError
        refuse_at(f"{message} (at {describe_steps(steps)})", steps, text, path, kind=kind)
    return _convert(article)


_edits_of = attrgetter(*EDITED)
_spans_of = attrgetter(*SPANNED)

METADATA_BYTES = 20_000
"""Bytes of an article's file within which its metadata stand."""


def parse_metadata(data: bytes, path: Path) -> Article:
    """Read an article without its chunks, which cost most; raises as `parse_article` does."""
    return parse_article(data.partition(b"\nchunks:")[0] + b"\n", path)


def _is_wrong_quote(fault: Fault) -> bool:
    return "quotes" in fault[1] and fault[1][-1] in ("exact", "start")


def _parts(article: Article) -> Iterator[str]:
    *metadata, _chunks = Article.__struct_fields__
    lines = [f"{key}: {write_flow(getattr(article, key))}" for key in metadata]
    lines.append("chunks:" if article.chunks else "chunks: []")
    yield "\n".join((*lines, ""))
    for chunk in article.chunks:
        yield "\n".join((*_chunk_lines(chunk), ""))


def write_article(path: Path, article: Article) -> None:
    """Write an article to `path` atomically; raises WriteError, and as `encode_article` does."""
    write_atomic(path, encode_article(article))


def rewrite_article(data: bytes, path: Path, fields: Mapping[str, Any]) -> bytes:
    """Return the bytes of an article's file with metadata replaced, and its other lines as before.

    Raises ContentError where the file is broken, and as `encode_article` does.
    """
    wanted = replace(parse_article(data, path), **fields)
    text: str | None = decode(data, path)
    for key, value in fields.items():
        text = replace_value(text, key, YamlValue(write_flow(value))) if text else None
    if text is not None:
        with suppress(ContentError):
            new = text.encode("utf-8")
            if parse_article(new, path) == wanted:
                return new
    return encode_article(wanted)


def encode_article(article: Article) -> bytes:
    """Return the bytes of an article's file.

    Raises InputError for an article that could not be read back: a span that does not fit, a
    duplicate id, tags or notes from edits, a lone surrogate, or more than MAX_FILE_BYTES.
    """
    for message, steps in find_faults(article):
        raise InputError(f"{article.id} was not stored: {message} (at {describe_steps(steps)})")
    # Piece by piece: the text of a long article is not held twice.
    buffer = bytearray()
    for part in _parts(article):
        buffer += part.encode("utf-8")
    data = bytes(buffer)
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"{article.id} was not stored: with its annotations it would take "
            f"{len(data) // 1024} KiB, and the limit is {MAX_FILE_BYTES // 1024} KiB."
        )
    return data


def find_faults(article: Article) -> Iterator[Fault]:
    """Yield what is wrong with the spans and ids of an article, in reading order."""
    chunk_ids: set[str] = set()
    quote_ids: set[str] = set()
    for number, chunk in enumerate(article.chunks):
        here: Steps = ("chunks", number)
        if chunk.id in chunk_ids:
            yield f"the chunk id {chunk.id!r} is used twice", (*here, "id")
        chunk_ids.add(chunk.id)
        for field, value in zip(EDITED, _edits_of(chunk), strict=True):
            if value:
                yield f"the {field} of a chunk belong to edits.yaml", (*here, field)
        for message, steps in _span_faults(chunk):
            yield message, here + steps
        for index, quote in enumerate(chunk.quotes):
            if quote.id in quote_ids:
                yield f"the quote id {quote.id!r} is used twice", (*here, "quotes", index, "id")
            quote_ids.add(quote.id)


def _span_faults(chunk: Chunk) -> Iterator[Fault]:
    length = len(chunk.text)
    for field, items in zip(SPANNED, _spans_of(chunk), strict=True):
        for index, item in enumerate(items):
            if not 0 <= item.start <= item.end <= length:
                span = f"the span {item.start}–{item.end}"
                message = f"{span} lies outside the chunk's text of {length} characters"
                yield message, (field, index, "start")
    for index, quote in enumerate(chunk.quotes):
        if chunk.text[quote.start : quote.end] != quote.exact:
            yield (
                f"the quote {quote.id!r} is not the text at {quote.start}–{quote.end}",
                ("quotes", index, "exact"),
            )


def _chunk_lines(chunk: Chunk) -> list[str]:
    lines = [f"- id: {quote_scalar(chunk.id)}", f"  role: {quote_scalar(chunk.role)}"]
    for key in ("reason", "section", "time"):
        value = getattr(chunk, key)
        if value is not None:
            lines.append(f"  {key}: {quote_scalar(value)}")
    lines.append(f"  text: {write_text(chunk.text, '  ')}")
    if chunk.countries:
        lines.append(f"  countries: {write_flow(chunk.countries)}")
    for field, items in zip(SPANNED, _spans_of(chunk), strict=True):
        if items:
            lines += write_lines(field, items, "  ")
    return lines


def _convert(article: Article) -> Article:
    """Return an article in the current format; valid digests are computed again."""
    if article.format == ARTICLE_FORMAT:
        return article
    rows = name_quotes(
        [chunk.text for chunk in article.chunks], [chunk.quotes for chunk in article.chunks]
    )
    chunks = tuple(
        replace(_with_rules(chunk), quotes=quotes)
        for chunk, quotes in zip(article.chunks, rows, strict=True)
    )
    converted = replace(article, format=ARTICLE_FORMAT, chunks=chunks)
    seal = article.annotator
    if seal is None:
        return converted
    if seal.read is not None and not is_set_by_hand(article):
        seal = replace(seal, read=reading_digest(converted))
    if not is_hand_edited(article):
        seal = replace(seal, digest=digest(converted))
    return replace(converted, annotator=seal)


def _with_rules(chunk: Chunk) -> Chunk:
    """Return a chunk with the current names of the rules that made it."""
    return replace(
        chunk,
        reason=_rule(chunk.reason) if chunk.reason else None,
        mentions=tuple(
            replace(each, rule=_rule(each.rule) if each.rule else None) for each in chunk.mentions
        ),
        dates=tuple(replace(each, rule=_rule(each.rule)) for each in chunk.dates),
    )


def _rule(name: str) -> str:
    return name.replace("-", "_")
