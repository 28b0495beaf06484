"""Applying an analyst's edits to articles: each where its anchor matches exactly once, or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from briefing.errors import MismatchError
from briefing.isodates import read_value
from briefing.model import (
    NO_POSITION,
    Anchor,
    Article,
    Chunk,
    Dismissal,
    Edit,
    Evidence,
    Orphan,
    Position,
    PublicationDate,
    Quote,
    Speaker,
)
from briefing.quote_ids import QuoteNames

ANALYST_RULE = "analyst"
"""The `rule` of annotations that an edit made."""

SAME_SPAN = 0.8
"""The share of the longer of two spans that must overlap for both to be the same quote."""

LEAST_AROUND = 32
"""The characters on either side that an anchor takes first where its words stand twice."""

MAX_PLACES = 100
"""Matches of an anchor that are counted at most, which keeps the search linear."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an anchor matched: the index of the chunk, and the span of the exact words in it."""

    number: int
    start: int
    end: int


class _NoTargetError(Exception):
    """The anchor matches, but the quote or value that the edit refers to is not there."""


def locate(article: Article, anchor: Anchor) -> tuple[str, int, int]:
    """Return where an anchor matches: the chunk's id, and start and end of the exact words in it.

    Prefix, exact and suffix must be adjacent within one chunk. Raises MismatchError where they
    match nowhere or more than once, or where the anchor belongs to another article.
    """
    place = _find(article, anchor)
    return article.chunks[place.number].id, place.start, place.end


def anchor_at(article: Article, chunk_id: str, start: int, end: int) -> Anchor:
    """Return the anchor that matches a span of a chunk and nothing else of the article.

    As much of the text around it is taken as that needs. Raises MismatchError where the span is
    empty or outside the chunk, or the whole chunk's text stands in the article again.
    """
    text = next((chunk.text for chunk in article.chunks if chunk.id == chunk_id), "")
    if not 0 <= start < end <= len(text):
        raise MismatchError(f"article {article.id}, chunk {chunk_id}: no words at {start}–{end}")
    around = 0
    while True:
        anchor = Anchor(
            article=article.id,
            exact=text[start:end],
            prefix=text[max(0, start - around) : start],
            suffix=text[end : end + around],
        )
        try:
            _find(article, anchor)
        except MismatchError:
            if around >= len(text):
                raise
            around = max(2 * around, LEAST_AROUND)
        else:
            return anchor


def apply_edits(
    articles: Sequence[Article], edits: Iterable[Edit]
) -> tuple[tuple[Article, ...], tuple[Orphan, ...]]:
    """Apply edits in order; return the edited articles and the edits that no longer apply.

    An edit is never moved to a similar passage. Applying the same edits again changes nothing.
    """
    by_id = {article.id: article for article in articles}
    orphans = []
    for edit in _without_superseded(tuple(edits)):
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


Apply = Callable[
    [Sequence[Article], Sequence[Edit], Sequence[str]],
    tuple[tuple[Article, ...], tuple[Orphan, ...]],
]
"""As `apply_edits`, with the codebook of the briefing for what annotates anew."""


def apply_only(
    articles: Sequence[Article], edits: Sequence[Edit], _codebook: Sequence[str]
) -> tuple[tuple[Article, ...], tuple[Orphan, ...]]:
    """Apply edits, and leave the annotations as they are stored."""
    return apply_edits(articles, edits)


def _without_superseded(edits: tuple[Edit, ...]) -> list[Edit]:
    """Leave out edits of a quote that a later edit drops."""
    dropped: set[Anchor] = set()
    kept = []
    for edit in reversed(edits):
        if edit.kind in ("set-speaker", "add-quote") and edit.anchor in dropped:
            continue
        if edit.kind == "drop-quote":
            dropped.add(edit.anchor)
        kept.append(edit)
    return kept[::-1]


def _find(article: Article, anchor: Anchor) -> _Place:
    if anchor.article != article.id:
        raise MismatchError(f"its anchor is in {anchor.article}, not in {article.id}")
    if not anchor.exact:
        raise MismatchError("its anchor is empty")
    places: list[_Place] = []
    for number, chunk in enumerate(article.chunks):
        starts = _occurrences(chunk.text, anchor)
        places += [_Place(number, start, start + len(anchor.exact)) for start in starts]
    if not places:
        raise MismatchError("its words are not in the article")
    if len(places) > 1:
        many = f"more than {MAX_PLACES}" if len(places) > MAX_PLACES else str(len(places))
        raise MismatchError(f"its words match {many} places")
    return places[0]


def _occurrences(text: str, anchor: Anchor) -> list[int]:
    """Return where the exact words start between prefix and suffix; matches may overlap."""
    needle = anchor.prefix + anchor.exact + anchor.suffix
    starts: list[int] = []
    at = text.find(needle)
    while at >= 0 and len(starts) <= MAX_PLACES:
        starts.append(at + len(anchor.prefix))
        at = text.find(needle, at + 1)
    return starts


def _apply(article: Article, edit: Edit) -> Article:
    if edit.kind == "set-metadata":
        return _set_metadata(article, edit)
    place = _find(article, edit.anchor)
    chunk = _ACTIONS[edit.kind](article, place, edit)
    chunks = (*article.chunks[: place.number], chunk, *article.chunks[place.number + 1 :])
    return msgspec.structs.replace(article, chunks=chunks)


def _set_metadata(article: Article, edit: Edit) -> Article:
    """Set a field of an article's metadata; the words at the anchor become its evidence."""
    field = edit.field
    if field is None:
        raise _NoTargetError("it names no field")
    evidence = None
    if edit.anchor.exact:
        place = _find(article, edit.anchor)
        evidence = Evidence(chunk=article.chunks[place.number].id, exact=edit.anchor.exact)
    if field in ("date", "updated"):
        return msgspec.structs.replace(article, **{field: _to_date(edit.value, evidence)})
    value = () if edit.value is None and field == "authors" else edit.value
    shown_by = msgspec.structs.replace(article.evidence, **{field: evidence})
    return msgspec.structs.replace(article, **{field: value, "evidence": shown_by})


def _to_date(value: object, evidence: Evidence | None) -> PublicationDate | None:
    if value is None:
        return None
    date = read_value(value) if isinstance(value, str) else None
    if date is None:
        raise _NoTargetError(f"its value is not a date: {value!r}")
    return PublicationDate(
        value=date.value, precision=date.precision, basis="analyst", evidence=evidence
    )


def _set_speaker(article: Article, place: _Place, edit: Edit) -> Chunk:
    chunk = article.chunks[place.number]
    target = _quote_at(chunk, place)
    changed = msgspec.structs.replace(target, speaker=edit.speaker, rule=ANALYST_RULE)
    quotes = tuple(changed if quote is target else quote for quote in chunk.quotes)
    return msgspec.structs.replace(chunk, quotes=quotes)


def _drop_quote(article: Article, place: _Place, _edit: Edit) -> Chunk:
    """Drop the quote at the place; without one there is nothing to do.

    Raises _NoTargetError where the place only overlaps a quote with other bounds.
    """
    chunk = article.chunks[place.number]
    quotes = tuple(quote for quote in chunk.quotes if not _is_same_span(quote, place))
    if len(quotes) == len(chunk.quotes) and any(_shared(quote, place) for quote in quotes):
        raise _NoTargetError("the quote at its anchor now has other bounds")
    return msgspec.structs.replace(chunk, quotes=quotes)


def _add_quote(article: Article, place: _Place, edit: Edit) -> Chunk:
    """Add a quote with the analyst's bounds; keep what the rules found out about the same quote."""
    chunk = article.chunks[place.number]
    others = [quote for quote in chunk.quotes if not _is_same_span(quote, place)]
    known = next((quote for quote in chunk.quotes if _is_same_span(quote, place)), None)
    quote = Quote(
        id=known.id if known else _fresh_id(article, chunk, place),
        kind=edit.quote_kind or "direct",
        start=place.start,
        end=place.end,
        exact=edit.anchor.exact,
        utterance=known.utterance if known else None,
        speaker=edit.speaker or (known.speaker if known else None),
        cue=known.cue if known else None,
        to=known.to if known else None,
        chain=_led_by(edit.speaker, known.chain) if known else (),
        rule=ANALYST_RULE,
    )
    quotes = sorted((*others, quote), key=lambda q: (q.start, q.end))
    return msgspec.structs.replace(chunk, quotes=tuple(quotes))


def _led_by(speaker: Speaker | None, chain: tuple[str, ...]) -> tuple[str, ...]:
    """Return a chain that begins with the speaker who was set."""
    label = speaker and (speaker.name or speaker.role or speaker.mention)
    return (label, *chain[1:]) if label and chain else chain


def _set_role(article: Article, place: _Place, edit: Edit) -> Chunk:
    chunk = article.chunks[place.number]
    reason = None if edit.role == "body" else ANALYST_RULE
    return msgspec.structs.replace(chunk, role=edit.role or chunk.role, reason=reason)


def _rule_position(article: Article, place: _Place, edit: Edit) -> Chunk:
    """Let a ruling stand for what the rules found of the country at the place, or of any."""
    chunk = article.chunks[place.number]
    country = edit.country
    if edit.stance == NO_POSITION:
        kept = [one for one in chunk.positions if not _is_of(one, country, place)]
        ruling = Dismissal(country=country, start=place.start, end=place.end)
        left = tuple(one for one in chunk.dismissed if one != ruling)
        return msgspec.structs.replace(chunk, positions=tuple(kept), dismissed=(*left, ruling))
    ruled = [one for one in chunk.positions if _is_of(one, country, place)]
    kept = [one for one in chunk.positions if one not in ruled]
    positions = sorted((_ruled_position(place, edit, ruled), *kept), key=lambda p: p.start)
    return msgspec.structs.replace(
        chunk,
        positions=tuple(positions),
        dismissed=tuple(one for one in chunk.dismissed if not _is_of(one, country, place)),
    )


def _is_of(item: Position | Dismissal, country: str | None, place: _Place) -> bool:
    """Whether an item is about this country, or any where that is None, and overlaps the place."""
    return country in (None, item.country) and _shared(item, place) > 0


def _ruled_position(place: _Place, edit: Edit, ruled: Sequence[Position]) -> Position:
    """Return the ruling, with what the rules found out of the same words: who acts and says so."""
    known = next((one for one in ruled if one.stance == edit.stance), next(iter(ruled), None))
    same = known is not None and known.stance == edit.stance
    return Position(
        country=edit.country or "",
        stance=edit.stance or "",
        target=edit.target or (known.target if known else None),
        object=edit.object or (known.object if known else None),
        hedge=known.hedge if known and same else None,
        said_by=known.said_by if known else None,
        actor=known.actor if known else None,
        chain=known.chain if known else (),
        start=place.start,
        end=place.end,
        rule=ANALYST_RULE,
    )


def _add_text(article: Article, place: _Place, edit: Edit) -> Chunk:
    chunk = article.chunks[place.number]
    field = "notes" if edit.kind == "note" else "tags"
    texts = getattr(chunk, field)
    if edit.text is None or edit.text in texts:
        return chunk
    return msgspec.structs.replace(chunk, **{field: (*texts, edit.text)})


_ACTIONS: dict[str, Callable[[Article, _Place, Edit], Chunk]] = {
    "set-speaker": _set_speaker,
    "drop-quote": _drop_quote,
    "add-quote": _add_quote,
    "set-role": _set_role,
    "rule-position": _rule_position,
    "note": _add_text,
    "tag": _add_text,
}


def _quote_at(chunk: Chunk, place: _Place) -> Quote:
    """Return the quote with the anchor's span, else the one that overlaps it most."""
    exact = (q for q in chunk.quotes if (q.start, q.end) == (place.start, place.end))
    best = next(exact, None) or max(
        chunk.quotes, key=lambda quote: _shared(quote, place), default=None
    )
    if best is None or not _shared(best, place):
        raise _NoTargetError("there is no quote at its anchor any more")
    return best


def _shared(item: Quote | Position | Dismissal, place: _Place) -> int:
    """Return the number of characters in which an annotation and a place overlap."""
    return max(0, min(item.end, place.end) - max(item.start, place.start))


def _is_same_span(quote: Quote, place: _Place) -> bool:
    """Whether quote and place are the same span, give or take a mark or a word at the ends."""
    longer = max(quote.end - quote.start, place.end - place.start)
    return _shared(quote, place) >= SAME_SPAN * longer


def _fresh_id(article: Article, chunk: Chunk, place: _Place) -> str:
    taken = (quote.id for each in article.chunks for quote in each.quotes)
    return QuoteNames(taken).name(chunk.text, place.start, place.end)
