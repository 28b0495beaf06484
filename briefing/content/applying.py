"""How an analyst's edits act on articles: each at the one place its anchor names, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from briefing.errors import MismatchError
from briefing.model import Anchor, Article, Chunk, Edit, Orphan, Position, Quote

ANALYST_RULE = "analyst"
"""The rule's name in what an edit made."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an anchor matched: the chunk by its number, and the span of its exact words."""

    number: int
    start: int
    end: int


class _NoTargetError(Exception):
    """The anchor stands, but what the edit speaks of does not stand there."""


def locate(article: Article, anchor: Anchor) -> tuple[str, int, int]:
    """Find the one place of an anchor: the chunk's id, and the span of the exact words in it.

    Prefix, exact and suffix must stand side by side within one chunk. Raises MismatchError that
    says how often they do where that is not once, or that the anchor is of another article.
    """
    place = _find(article, anchor)
    return article.chunks[place.number].id, place.start, place.end


def apply_edits(
    articles: Sequence[Article], edits: Iterable[Edit]
) -> tuple[tuple[Article, ...], tuple[Orphan, ...]]:
    """Apply edits in their order; those whose place or target is gone come back as orphans.

    Nothing is moved to a look-alike. Applying the same edits to the result changes nothing.
    """
    by_id = {article.id: article for article in articles}
    orphans = []
    for edit in edits:
        article = by_id.get(edit.anchor.article)
        if article is None:
            orphans.append(Orphan(edit=edit, reason="its article is not in the briefing"))
            continue
        try:
            by_id[article.id] = _apply(article, edit)
        except MismatchError as error:
            orphans.append(Orphan(edit=edit, reason=error.message))
        except _NoTargetError as error:
            orphans.append(Orphan(edit=edit, reason=str(error)))
    return tuple(by_id[article.id] for article in articles), tuple(orphans)


def _find(article: Article, anchor: Anchor) -> _Place:
    if anchor.article != article.id:
        raise MismatchError(f"its anchor is in {anchor.article}, not in {article.id}")
    if not anchor.exact:
        raise MismatchError("its anchor is empty")
    needle = anchor.prefix + anchor.exact + anchor.suffix
    places = []
    count = 0
    for number, chunk in enumerate(article.chunks):
        at = chunk.text.find(needle)
        while at >= 0:
            count += 1
            if not places:
                start = at + len(anchor.prefix)
                places.append(_Place(number, start, start + len(anchor.exact)))
            at = chunk.text.find(needle, at + 1)
    if count != 1:
        raise MismatchError(
            f"its words stand in {count} places" if count else "its words are not in the article"
        )
    return places[0]


def _apply(article: Article, edit: Edit) -> Article:
    place = _find(article, edit.anchor)
    chunk = _ACTIONS[edit.kind](article, place, edit)
    chunks = (*article.chunks[: place.number], chunk, *article.chunks[place.number + 1 :])
    return msgspec.structs.replace(article, chunks=chunks)


def _set_speaker(article: Article, place: _Place, edit: Edit) -> Chunk:
    chunk = article.chunks[place.number]
    target = _quote_at(chunk, place)
    changed = msgspec.structs.replace(target, speaker=edit.speaker, rule=ANALYST_RULE)
    quotes = tuple(changed if quote is target else quote for quote in chunk.quotes)
    return msgspec.structs.replace(chunk, quotes=quotes)


def _drop_quote(article: Article, place: _Place, _edit: Edit) -> Chunk:
    """Drop the quote of exactly this span; its absence is what the edit wants, so no orphan."""
    chunk = article.chunks[place.number]
    quotes = tuple(q for q in chunk.quotes if (q.start, q.end) != (place.start, place.end))
    return msgspec.structs.replace(chunk, quotes=quotes)


def _add_quote(article: Article, place: _Place, edit: Edit) -> Chunk:
    """Add a quote; a machine quote of the same span is replaced, so that none stands twice."""
    chunk = article.chunks[place.number]
    others = tuple(q for q in chunk.quotes if (q.start, q.end) != (place.start, place.end))
    same = next((q for q in chunk.quotes if q not in others), None)
    quote = Quote(
        id=same.id if same else _fresh_id(article),
        kind=edit.quote_kind or (same.kind if same else "direct"),
        start=place.start,
        end=place.end,
        exact=edit.anchor.exact,
        utterance=same.utterance if same else None,
        speaker=edit.speaker or (same.speaker if same else None),
        cue=same.cue if same else None,
        to=same.to if same else None,
        chain=same.chain if same else (),
        rule=ANALYST_RULE,
    )
    quotes = sorted((*others, quote), key=lambda q: (q.start, q.end))
    return msgspec.structs.replace(chunk, quotes=tuple(quotes))


def _set_role(article: Article, place: _Place, edit: Edit) -> Chunk:
    chunk = article.chunks[place.number]
    reason = None if edit.role == "body" else ANALYST_RULE
    return msgspec.structs.replace(chunk, role=edit.role or chunk.role, reason=reason)


def _rule_position(article: Article, place: _Place, edit: Edit) -> Chunk:
    """Put the analyst's ruling in place of all machine cues for that country in the clause."""
    chunk = article.chunks[place.number]
    country, stance = edit.country or "", edit.stance or ""
    ruled = [p for p in chunk.positions if _is_ruled(p, country, place)]
    position = Position(
        country=country,
        stance=stance,
        actor=next((p.actor for p in ruled if p.actor), None),
        start=place.start,
        end=place.end,
        rule=ANALYST_RULE,
    )
    others = [p for p in chunk.positions if p not in ruled]
    positions = sorted((*others, position), key=lambda p: (p.start, p.end, p.country))
    return msgspec.structs.replace(chunk, positions=tuple(positions))


def _note(article: Article, place: _Place, edit: Edit) -> Chunk:
    chunk = article.chunks[place.number]
    return msgspec.structs.replace(chunk, notes=_with(chunk.notes, edit.text))


def _tag(article: Article, place: _Place, edit: Edit) -> Chunk:
    chunk = article.chunks[place.number]
    return msgspec.structs.replace(chunk, tags=_with(chunk.tags, edit.text))


_ACTIONS: dict[str, Callable[[Article, _Place, Edit], Chunk]] = {
    "set-speaker": _set_speaker,
    "drop-quote": _drop_quote,
    "add-quote": _add_quote,
    "set-role": _set_role,
    "rule-position": _rule_position,
    "note": _note,
    "tag": _tag,
}


def _quote_at(chunk: Chunk, place: _Place) -> Quote:
    """Find the quote with the anchor's span, else the one that shares most with it."""
    best, most = None, 0
    for quote in chunk.quotes:
        if (quote.start, quote.end) == (place.start, place.end):
            return quote
        shared = min(quote.end, place.end) - max(quote.start, place.start)
        if shared > most:
            best, most = quote, shared
    if best is None:
        raise _NoTargetError("no quote stands at its anchor any more")
    return best


def _is_ruled(position: Position, country: str, place: _Place) -> bool:
    overlaps = position.start < place.end and place.start < position.end
    return position.country == country and overlaps


def _fresh_id(article: Article) -> str:
    taken = {quote.id for chunk in article.chunks for quote in chunk.quotes}
    number = 1
    while f"a{number}" in taken:
        number += 1
    return f"a{number}"


def _with(items: tuple[str, ...], item: str | None) -> tuple[str, ...]:
    return items if item is None or item in items else (*items, item)
