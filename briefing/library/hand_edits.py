"""What a person changed in an article's file, field by field, as the edits that say the same.

The file is compared with what the machine made: the original, read and annotated again. Where the
rules have changed since, what they made then is known by its digest, if a hand changed little.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from briefing import model
from briefing.annotate.positions.codebook import codebook_in_use
from briefing.codebooks import BOOKS, JOINED, Codebook, shipped
from briefing.content import articles
from briefing.content.anchors import anchor_at
from briefing.content.edit_kinds import describe, is_same_span
from briefing.content.folders import article_paths
from briefing.content.info import INFO_NAME, read_info
from briefing.errors import BriefingError, MismatchError
from briefing.library.edited_articles import apply_and_annotate
from briefing.library.making import annotated
from briefing.library.plans import make_edit
from briefing.library.reannotating import read_again, stored_texts
from briefing.library.reports import HandEdits
from briefing.library.values import FIELDS
from briefing.model import NO_POSITION, Anchor, Article, BriefingInfo, Chunk, Edit, EditKind

NOT_TOLD = (
    "the rules or the codebook have changed since it was annotated, and their changes cannot be "
    "told from yours: make yours with briefing set or briefing edit, then run briefing annotate "
    "with --force, which keeps this file in the trash"
)
_UNSAYABLE = ("section", "time", "links", "citations", "dates")
"""The fields of a chunk that no edit sets."""
_FOLLOWING = ("mentions", "quotes", "positions", *_UNSAYABLE)
"""The fields of a chunk that may follow from its role and the article's metadata."""


class HandEdited(NamedTuple):
    """A file changed by hand: its path, what is reported, and the bytes that the machine made."""

    path: Path
    report: HandEdits
    made: bytes


def find_all(folder: Path) -> tuple[HandEdited, ...]:
    """Return readable article files that were changed by hand; raises as `read_info`."""
    paths = article_paths(folder)
    info = read_info(folder / INFO_NAME)
    found: list[HandEdited] = []
    for path in paths:
        try:
            known = articles.read_article(path)
        except BriefingError:
            continue
        if articles.is_hand_edited(known) or articles.is_set_by_hand(known):
            codebook = codebook_in_use(info, (), stored_texts(paths))
            found.append(_compare(folder, path, known, info, codebook))
    return tuple(found)


def _compare(
    folder: Path, path: Path, hand: Article, info: BriefingInfo, codebook: Codebook
) -> HandEdited:
    try:
        draft = read_again(folder, hand)
    except BriefingError as error:
        report = HandEdits(article=hand.id, edits=(), says=(), rest=(error.message,))
        return HandEdited(path, report, b"")
    made, rest = _find_made(hand, draft, codebook)
    edits = [] if rest else list(_reading_edits(made, hand))
    now = made
    if not rest:
        (now,), _ = apply_and_annotate((made,), edits, info)
        for one, other in zip(now.chunks, _follow(now, made, hand).chunks, strict=True):
            for find in (_quote_edits, _mention_edits, _position_edits):
                edits += find(now, one, other)
        (now,), orphans = apply_and_annotate((made,), edits, info)
        lost = {orphan.edit.id for orphan in orphans}
        edits = [edit for edit in edits if edit.id not in lost]
        rest = tuple(_find_rest(now, _follow(now, made, hand)))
    says = tuple(map(describe, edits))
    report = HandEdits(article=hand.id, edits=tuple(edits), says=says, rest=rest)
    return HandEdited(path, report, articles.encode_article(made))


def _find_made(
    hand: Article, draft: Article, codebook: Codebook
) -> tuple[Article, tuple[str, ...]]:
    """Return the article as the machine made it, and why changes by hand cannot be said or told."""
    made = annotated(draft, codebook, read=articles.reading_digest(draft))
    seal = hand.annotator
    if seal is None or (seal.read is not None and seal.read != articles.reading_digest(made)):
        return made, ("the original is read otherwise by now",)
    texts = [(chunk.id, chunk.text) for chunk in made.chunks]
    if [(chunk.id, chunk.text) for chunk in hand.chunks] != texts:
        return made, ("its text or its blocks were changed",)
    if seal.digest == articles.digest(annotated(hand, codebook, read=None)):
        return made, ()
    for book in (codebook, *_earlier_book(seal)):
        again = annotated(draft, book, read=articles.reading_digest(draft))
        if seal.digest == articles.digest(again):
            return replace(again, annotator=seal), ()
        for base in (_with_reading(hand, draft), hand):
            sealed = articles.find_sealed(base, again)
            if sealed is not None:
                then = _with_reading(sealed, draft)
                read = articles.reading_digest(draft)
                stamp = replace(seal, digest=articles.digest(then), read=read)
                return replace(then, annotator=stamp), ()
    return made, (NOT_TOLD,)


def _earlier_book(seal: model.Annotator) -> Iterator[Codebook]:
    """Yield the shipped codebook of a file's stances, if they are of one that is as it was."""
    name = (seal.codebook or "").partition("@")[0]
    if name and set(name.split(JOINED)) <= set(BOOKS) and shipped(name).stamp == seal.codebook:
        yield shipped(name)


def _with_reading(article: Article, draft: Article) -> Article:
    names, pairs = articles.READ_CHUNK_FIELDS, zip(article.chunks, draft.chunks, strict=True)
    chunks = tuple(replace(one, **model.fields_of(read, *names)) for one, read in pairs)
    return replace(article, **model.fields_of(draft, *articles.READ_FIELDS), chunks=chunks)


def _reading_edits(made: Article, hand: Article) -> Iterator[Edit]:
    """Yield the edits that give the made article the metadata and roles set by hand."""
    nowhere = Anchor(article=made.id, exact="")
    for field in FIELDS:
        old, new = _plain(getattr(made, field)), _plain(getattr(hand, field))
        if old != new:
            yield make_edit("set-metadata", nowhere, field=field, value=new)
    for one, other in zip(made.chunks, hand.chunks, strict=True):
        if one.role != other.role:
            yield from _at(made, "set-role", one, 0, len(one.text), role=other.role)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, model.PublicationDate) else value or None


def _at(
    made: Article, kind: EditKind, chunk: Chunk, start: int, end: int, **fields: Any
) -> Iterator[Edit]:
    with suppress(MismatchError):
        yield make_edit(kind, anchor_at(made, chunk.id, start, end), **fields)


def _follow(now: Article, made: Article, hand: Article) -> Article:
    """Return what a hand wrote, and what follows from its roles and date as rules find it."""
    chunks = []
    for one, old, new in zip(now.chunks, made.chunks, hand.chunks, strict=True):
        is_aside = new.role not in model.READ_ROLES
        left = [
            field for field in _FOLLOWING if is_aside or getattr(new, field) == getattr(old, field)
        ]
        chunks.append(replace(new, **{field: getattr(one, field) for field in left}))
    return replace(hand, chunks=tuple(chunks))


def _quote_edits(made: Article, chunk: Chunk, hand: Chunk) -> Iterator[Edit]:
    left = list(chunk.quotes)
    for quote in hand.quotes:
        same = [one for one in left if (one.start, one.end) == (quote.start, quote.end)]
        near = same or [one for one in left if is_same_span(one, quote)]
        known = near[0] if near else None
        if known is not None:
            left.remove(known)
        if known is None or known.kind != quote.kind:
            fields = {"speaker": quote.speaker, "quote_kind": quote.kind}
            yield from _at(made, "add-quote", hand, quote.start, quote.end, **fields)
            continue
        if not same:
            yield from _at(made, "set-bounds", chunk, known.start, known.end, words=quote.exact)
        if known.speaker != quote.speaker:
            yield from _at(made, "set-speaker", hand, quote.start, quote.end, speaker=quote.speaker)
    for one in left:
        yield from _at(made, "drop-quote", chunk, one.start, one.end)


def _mention_edits(made: Article, chunk: Chunk, hand: Chunk) -> Iterator[Edit]:
    old = {(one.start, one.end): one.code for one in chunk.mentions}
    new = {(one.start, one.end): one.code for one in hand.mentions}
    for start, end in sorted(old.keys() - new.keys()):
        yield from _at(made, "drop-mention", chunk, start, end)
    for (start, end), code in new.items():
        if old.get((start, end)) != code:
            kind: EditKind = "set-mention" if (start, end) in old else "add-mention"
            yield from _at(made, kind, chunk, start, end, country=code)


def _position_edits(made: Article, chunk: Chunk, hand: Chunk) -> Iterator[Edit]:
    old = {(one.country, one.start, one.end): one for one in chunk.positions}
    ours = {(one.country, one.start, one.end): one for one in hand.positions}
    for country, start, end in sorted(old.keys() - ours.keys()):
        fields = {"country": country, "stance": NO_POSITION}
        yield from _at(made, "rule-position", chunk, start, end, **fields)
    for (country, start, end), position in ours.items():
        known = old.get((country, start, end))
        matter = model.fields_of(position, "target", "object", "date")
        if known is None or known.stance != position.stance:
            fields = {"country": country, "stance": position.stance, **matter}
            yield from _at(made, "rule-position", chunk, start, end, **fields)
            continue
        new = {key: value or "" for key, value in matter.items() if value != getattr(known, key)}
        if new:
            yield from _at(made, "set-position", chunk, start, end, country=country, **new)


def _find_rest(now: Article, hand: Article) -> Iterator[str]:
    for field in FIELDS:
        if _plain(getattr(now, field)) != _plain(getattr(hand, field)):
            yield f"the {field.replace('_', ' ')} was changed"
    for one, other in zip(now.chunks, hand.chunks, strict=True):
        if _essence(one) != _essence(other):
            yield f"the block {one.id} has other changes"


def _essence(chunk: Chunk) -> object:
    return (
        chunk.role,
        [getattr(chunk, field) for field in _UNSAYABLE],
        {(one.code, one.start, one.end) for one in chunk.mentions},
        {(one.start, one.end, one.kind, one.speaker) for one in chunk.quotes},
        {replace(one, rule="", hedge=None, chain=()) for one in chunk.positions},
    )
