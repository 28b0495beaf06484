"""The article file, one source document with chunks and annotations: reading and writing it.

A digest of what was written, and one of what was read, reveal changes by hand.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, combinations, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from briefing import model
from briefing.content import yaml_reading, yaml_writing
from briefing.content.files import MAX_FILE_BYTES, read_bytes
from briefing.content.yaml_reading import Steps, decode, describe_steps
from briefing.content.yaml_writing import quote_scalar, write_flow
from briefing.errors import ContentError, InputError, WrongQuoteError
from briefing.quote_ids import name_quotes

OLDER_ARTICLES = ("briefing/article/1",)
"""Quotes were numbered (q1), and rules had hyphens in their names."""
Fault = tuple[str, Steps]
"""A message, and the steps to the value that it is about."""
_Fields = model.Record | dict[str, Any]


def read_article(path: Path) -> model.Article:
    """Read and check an article file; raises NotFoundError, and ContentError with its place."""
    return parse_article(read_bytes(path), path)


def parse_article(data: bytes, path: Path) -> model.Article:
    """Read an article from the bytes of its file; `path` is only used in errors.

    An article in an older format is converted. Raises ContentError with line and column, of a
    quote that is not the text before anything else.
    """
    text = decode(data, path)
    plain = yaml_reading.load(text, path)
    yaml_reading.check_format(plain, model.ARTICLE_FORMAT, text, path, older=OLDER_ARTICLES)
    article = yaml_reading.to_record(plain, model.Article, text, path)
    faults = sorted(find_faults(article), key=lambda fault: not _is_wrong_quote(fault))
    for message, steps in faults[:1]:
        kind = WrongQuoteError if _is_wrong_quote((message, steps)) else ContentError
        where = f"{message} (at {describe_steps(steps)})"
        yaml_reading.refuse_at(where, steps, text, path, kind=kind)
    return _convert(article)


_edits_of = attrgetter(*model.EDITED)
_spans_of = attrgetter(*model.SPANNED)

METADATA_BYTES = 20_000
"""Bytes of an article's file within which its metadata stand."""


def parse_metadata(data: bytes, path: Path) -> model.Article:
    """Read an article without its chunks, which cost most; raises as `parse_article` does."""
    return parse_article(data.partition(b"\nchunks:")[0] + b"\n", path)


def _is_wrong_quote(fault: Fault) -> bool:
    return "quotes" in fault[1] and fault[1][-1] in ("exact", "start")


def rewrite_article(data: bytes, path: Path, fields: Mapping[str, Any]) -> bytes:
    """Return an article's file with metadata replaced alone; raises ContentError if broken."""
    wanted = replace(parse_article(data, path), **fields)
    text: str | None = decode(data, path)
    for key, value in fields.items():
        written = yaml_writing.YamlValue(write_flow(value))
        text = yaml_writing.replace_value(text, key, written) if text else None
    if text is not None:
        with suppress(ContentError):
            new = text.encode("utf-8")
            if parse_article(new, path) == wanted:
                return new
    return encode_article(wanted)


def encode_article(article: model.Article) -> bytes:
    """Return the bytes of an article's file.

    Raises InputError for an article that could not be read back: a span that does not fit, a
    duplicate id, tags or notes from edits, a lone surrogate, or more than MAX_FILE_BYTES.
    """
    for message, steps in find_faults(article):
        raise InputError(f"{article.id} was not stored: {message} (at {describe_steps(steps)})")
    *metadata, _chunks = model.Article.__struct_fields__
    lines = [f"{key}: {write_flow(getattr(article, key))}" for key in metadata]
    lines.append("chunks:" if article.chunks else "chunks: []")
    # Piece by piece: the text of a long article is not held twice.
    buffer = bytearray()
    for part in chain([lines], map(_chunk_lines, article.chunks)):
        buffer += "\n".join((*part, "")).encode("utf-8")
    data = bytes(buffer)
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"{article.id} was not stored: with its annotations it would take "
            f"{len(data) // 1024} KiB, and the limit is {MAX_FILE_BYTES // 1024} KiB."
        )
    return data


def find_faults(article: model.Article) -> Iterator[Fault]:
    """Yield what is wrong with the spans and ids of an article, in reading order."""
    chunk_ids: set[str] = set()
    quote_ids: set[str] = set()
    for number, chunk in enumerate(article.chunks):
        here: Steps = ("chunks", number)
        if chunk.id in chunk_ids:
            yield f"the chunk id {chunk.id!r} is used twice", (*here, "id")
        chunk_ids.add(chunk.id)
        for field, value in zip(model.EDITED, _edits_of(chunk), strict=True):
            if value:
                yield f"the {field} of a chunk belong to edits.yaml", (*here, field)
        for message, steps in _span_faults(chunk):
            yield message, here + steps
        for index, quote in enumerate(chunk.quotes):
            if quote.id in quote_ids:
                yield f"the quote id {quote.id!r} is used twice", (*here, "quotes", index, "id")
            quote_ids.add(quote.id)


def _span_faults(chunk: model.Chunk) -> Iterator[Fault]:
    length = len(chunk.text)
    for field, items in zip(model.SPANNED, _spans_of(chunk), strict=True):
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


def _chunk_lines(chunk: model.Chunk) -> list[str]:
    lines = [f"- id: {quote_scalar(chunk.id)}", f"  role: {quote_scalar(chunk.role)}"]
    for key in ("reason", "section", "time"):
        value = getattr(chunk, key)
        if value is not None:
            lines.append(f"  {key}: {quote_scalar(value)}")
    lines.append(f"  text: {yaml_writing.write_text(chunk.text, '  ')}")
    if chunk.countries:
        lines.append(f"  countries: {write_flow(chunk.countries)}")
    for field, items in zip(model.SPANNED, _spans_of(chunk), strict=True):
        if items:
            lines += yaml_writing.write_lines(field, items, "  ")
    return lines


def _convert(article: model.Article) -> model.Article:
    """Return an article in the current format; valid digests are computed again."""
    if article.format == model.ARTICLE_FORMAT:
        return article
    old = article.chunks
    rows = name_quotes([chunk.text for chunk in old], [chunk.quotes for chunk in old])
    pairs = zip(map(_with_rules, old), rows, strict=True)
    chunks = tuple(replace(chunk, quotes=quotes) for chunk, quotes in pairs)
    converted = replace(article, format=model.ARTICLE_FORMAT, chunks=chunks)
    seal = article.annotator
    if seal is None:
        return converted
    if seal.read is not None and not is_set_by_hand(article):
        seal = replace(seal, read=reading_digest(converted))
    if not is_hand_edited(article):
        seal = replace(seal, digest=digest(converted))
    return replace(converted, annotator=seal)


def _with_rules(chunk: model.Chunk) -> model.Chunk:
    """Return a chunk with the current names of the rules that made it."""
    return replace(
        chunk,
        reason=chunk.reason and chunk.reason.replace("-", "_"),
        mentions=tuple(
            replace(each, rule=each.rule and each.rule.replace("-", "_")) for each in chunk.mentions
        ),
        dates=tuple(replace(each, rule=each.rule.replace("-", "_")) for each in chunk.dates),
    )


DIGEST_LENGTH = 16
MOST_BY_HAND = 3
"""Fields of blocks changed by hand, at most, that are told from those that rules changed since."""
MOST_TRIES = 5_000
_PLAIN = frozenset((str, int, float))
"""What is written as it is, as most values are: they are not asked whether they are more."""


def digest(article: model.Article) -> str:
    """Return 16 hex digits over everything in an article file but its `annotator`.

    Empty fields do not count, so that a field added by a later version changes no digest. Raises
    InputError for a lone surrogate, which no file can hold.
    """
    bare = replace(article, annotator=None, chunks=())
    return _digest_of(bare, without_edits(article).chunks, article.id)


def find_sealed(article: model.Article, again: model.Article) -> model.Article | None:
    """Return the article as it was sealed, where a hand changed a few of its annotations since.

    `again` is the same document as it is read and annotated by now: rules may find something else
    than then. Of the fields in which the two differ it is tried which, taken from `again`, give the
    digest of the seal; None where no MOST_BY_HAND of them do.
    """
    wanted = article.annotator.digest if article.annotator else None
    fields = _encode(replace(article, annotator=None, chunks=()))
    chunks = [_encode(chunk) for chunk in without_edits(article).chunks]
    pairs = list(zip(article.chunks, again.chunks, strict=True))
    differ = [
        (number, field)
        for number, (one, other) in enumerate(pairs)
        for field in model.ANNOTATED
        if getattr(one, field) != getattr(other, field)
    ]
    some = (combinations(differ, count) for count in range(MOST_BY_HAND + 1))
    for tried in islice(chain.from_iterable(some), MOST_TRIES):
        changed = {number: pairs[number][0] for number, _ in tried}
        encoded = list(chunks)
        for number, field in tried:
            value = getattr(pairs[number][1], field)
            changed[number] = replace(changed[number], **{field: value})
            encoded[number] = _encode(changed[number])
        if _sum_up(fields, encoded) == wanted:
            now = (changed.get(number, one) for number, (one, _) in enumerate(pairs))
            return replace(article, chunks=tuple(now))
    return None


def reading_digest(article: model.Article) -> str:
    """Return 16 hex digits over what was read of the original; raises InputError as `digest`."""
    chunks = (model.fields_of(chunk, *READ_CHUNK_FIELDS) for chunk in article.chunks)
    return _digest_of(model.fields_of(article, *READ_FIELDS), chunks, article.id)


def without_edits(article: model.Article) -> model.Article:
    """Return the article without what only edits fill in its chunks."""
    if not any(getattr(chunk, field) for chunk in article.chunks for field in model.EDITED):
        return article
    chunks = (replace(chunk, **dict.fromkeys(model.EDITED, ())) for chunk in article.chunks)
    return replace(article, chunks=tuple(chunks))


READ_FIELDS = (
    *("headline", "publisher", "authors", "date", "updated", "language", "url", "reprint_of"),
    "evidence",
)
READ_CHUNK_FIELDS = ("id", "role", "reason", "section", "time", "text", "links")
"""The fields of an article and of a chunk that a reader fills."""


def _digest_of(fields: _Fields, chunks: Iterable[_Fields], article_id: str) -> str:
    """Return the digest of fields and, as the last of them, chunks; these never exist at once."""
    try:
        return _sum_up(_encode(fields), map(_encode, chunks))
    except UnicodeEncodeError:
        raise InputError(
            f"{article_id} holds half a character (a lone surrogate), which no file can store."
        ) from None


def _sum_up(fields: bytes, chunks: Iterable[bytes]) -> str:
    summed = hashlib.sha256(fields[:-1])
    before = b',"chunks":[' if len(fields) > len(b"{}") else b'"chunks":['
    for chunk in chunks:
        summed.update(before + chunk)
        before = b","
    summed.update(b"]}" if before == b"," else b"}")
    return summed.hexdigest()[:DIGEST_LENGTH]


def _encode(fields: _Fields) -> bytes:
    return msgspec.json.encode(_drop_empty(fields))


def seal(
    article: model.Article,
    name: str,
    version: int,
    *,
    read: str | None = None,
    codebook: str | None = None,
) -> model.Article:
    """Return the article sealed: its digest, that of what was `read`, and the codebook's stamp."""
    annotator = model.Annotator(
        name=name, version=version, digest=digest(article), read=read, codebook=codebook
    )
    return replace(article, annotator=annotator)


def is_hand_edited(article: model.Article) -> bool:
    """Whether a sealed article differs from what its annotator wrote."""
    return article.annotator is not None and article.annotator.digest != digest(article)


def is_set_by_hand(article: model.Article) -> bool:
    """Whether metadata or text are known to differ from what was read from the original."""
    known = article.annotator.read if article.annotator else None
    return known is not None and known != reading_digest(article)


def _drop_empty(fields: _Fields) -> dict[str, Any]:
    """Return what is not empty of fields, and of those of the records in them."""
    pairs: Iterable[tuple[str, Any]]
    if isinstance(fields, model.Record):
        pairs = zip(fields.__struct_fields__, msgspec.structs.astuple(fields), strict=True)
    else:
        pairs = fields.items()
    kept: dict[str, Any] = {}
    for name, value in pairs:
        plain = value
        if type(value) not in _PLAIN:
            if isinstance(value, tuple):
                plain = [
                    _drop_empty(i) if isinstance(i, model.Record) else i for i in value
                ] or None
            elif isinstance(value, model.Record):
                plain = _drop_empty(value) or None
        if plain is not None:
            kept[name] = plain
    return kept
