"""The kinds of edits: what each needs, what it does to a chunk, and how it is said.

`KINDS` is the list. An action gets the place of an anchor and the edit, and returns the chunk.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, cast

from msgspec.structs import replace

from briefing import model
from briefing.content.anchors import AnchorPlace, locate
from briefing.isodates import read_value
from briefing.model import NO_POSITION, Article, Chunk, Dismissal, Edit, Evidence, Position
from briefing.quote_ids import QuoteNames
from briefing.wording import ended, speaker_text

ANALYST_RULE = "analyst"
"""The `rule` of annotations that an edit made."""
SAME_SPAN = 0.8
"""The share of the longer of two spans that must overlap for both to be the same quote."""
MAX_WORDS = 60
"""Characters of an anchor's words in a sentence about it."""


class NoTargetError(Exception):
    """The anchor matches, but the quote or value that the edit refers to is not there."""


def set_metadata(article: Article, edit: Edit) -> Article:
    """Set a field of an article's metadata; the words at the anchor become its evidence."""
    field = edit.field
    if field is None:
        raise NoTargetError("it names no field")
    evidence = None
    if edit.anchor.exact:
        place = locate(article, edit.anchor)
        evidence = Evidence(chunk=place.chunk.id, exact=edit.anchor.exact)
    if field in ("date", "updated"):
        return replace(article, **{field: _to_date(edit.value, evidence)})
    value = () if edit.value is None and field == "authors" else edit.value
    shown_by = replace(article.evidence, **{field: evidence})
    return replace(article, **{field: value, "evidence": shown_by})


def _to_date(value: object, evidence: Evidence | None) -> model.PublicationDate | None:
    if value is None:
        return None
    date = read_value(value) if isinstance(value, str) else None
    if date is None:
        raise NoTargetError(f"its value is not a date: {value!r}")
    return model.PublicationDate(
        value=date.value, precision=date.precision, basis="analyst", evidence=evidence
    )


def _set_speaker(place: AnchorPlace, edit: Edit) -> Chunk:
    target = _quote_at(place)
    chain = _led_by(edit.speaker, target.chain)
    return _with_quote(place.chunk, target, speaker=edit.speaker, chain=chain, rule=ANALYST_RULE)


def _with_quote(chunk: Chunk, target: model.Quote, **fields: object) -> Chunk:
    changed = replace(target, **fields)
    quotes = [changed if quote is target else quote for quote in chunk.quotes]
    return replace(chunk, quotes=tuple(sorted(quotes, key=lambda one: (one.start, one.end))))


def _set_bounds(place: AnchorPlace, edit: Edit) -> Chunk:
    """Give the quote at the place the bounds of other words, which overlap it."""
    target = _quote_at(place)
    words = edit.words or ""
    first, last = max(0, place.start - len(words) + 1), place.end + len(words) - 1
    start = place.chunk.text.find(words, first, last)
    if start < 0 or not words:
        raise NoTargetError("its new words do not stand where the quote does")
    if place.chunk.text.find(words, start + 1, last) >= 0:
        raise NoTargetError("its new words stand there twice")
    end = start + len(words)
    return _with_quote(place.chunk, target, start=start, end=end, exact=words, rule=ANALYST_RULE)


def _drop_quote(place: AnchorPlace, _edit: Edit) -> Chunk:
    """Drop the quote at the place, if any; raises NoTargetError where one only overlaps it."""
    chunk = place.chunk
    quotes = tuple(quote for quote in chunk.quotes if not is_same_span(quote, place))
    if len(quotes) == len(chunk.quotes) and any(_shared(quote, place) for quote in quotes):
        raise NoTargetError("the quote at its anchor now has other bounds")
    return replace(chunk, quotes=quotes)


def _add_quote(place: AnchorPlace, edit: Edit) -> Chunk:
    """Add a quote with the analyst's bounds; keep what the rules found out about the same quote."""
    chunk = place.chunk
    others = [quote for quote in chunk.quotes if not is_same_span(quote, place)]
    known = next((quote for quote in chunk.quotes if is_same_span(quote, place)), None)
    if known is None:
        names = QuoteNames(quote.id for each in place.article.chunks for quote in each.quotes)
        number = names.name(chunk.text, place.start, place.end)
        known = model.Quote(id=number, kind="direct", start=0, end=0, exact="", rule="")
    quote = replace(
        known,
        kind=edit.quote_kind or "direct",
        start=place.start,
        end=place.end,
        exact=edit.anchor.exact,
        speaker=edit.speaker or known.speaker,
        chain=_led_by(edit.speaker, known.chain),
        rule=ANALYST_RULE,
    )
    quotes = sorted((*others, quote), key=lambda q: (q.start, q.end))
    return replace(chunk, quotes=tuple(quotes))


def _led_by(speaker: model.Speaker | None, chain: tuple[str, ...]) -> tuple[str, ...]:
    """Return a chain that begins with the speaker who was set."""
    label = speaker and (speaker.name or speaker.role or speaker.mention)
    return (label, *chain[1:]) if label and chain else chain


def _set_role(place: AnchorPlace, edit: Edit) -> Chunk:
    reason = None if edit.role == "body" else ANALYST_RULE
    return replace(place.chunk, role=edit.role or place.chunk.role, reason=reason)


def _rule_position(place: AnchorPlace, edit: Edit) -> Chunk:
    """Let a ruling stand for what the rules found of the country at the place, or of any."""
    chunk = place.chunk
    ruled = [one for one in chunk.positions if _is_of(one, edit.country, place)]
    kept = [one for one in chunk.positions if one not in ruled]
    if edit.stance == NO_POSITION:
        ruling = Dismissal(country=edit.country, start=place.start, end=place.end)
        left = tuple(one for one in chunk.dismissed if one != ruling)
        return replace(chunk, positions=tuple(kept), dismissed=(*left, ruling))
    left = tuple(one for one in chunk.dismissed if not _is_of(one, edit.country, place))
    positions = sorted((_ruled_position(place, edit, ruled), *kept), key=lambda p: p.start)
    return replace(chunk, positions=tuple(positions), dismissed=left)


def _is_of(item: Position | Dismissal, country: str | None, place: AnchorPlace) -> bool:
    """Whether an item is about this country, or any where that is None, and overlaps the place."""
    return country in (None, item.country) and _shared(item, place) > 0


def _ruled_position(place: AnchorPlace, edit: Edit, ruled: Sequence[Position]) -> Position:
    """Return the ruling, with what the rules found out of the same words: who acts and says so."""
    new = Position(country="", stance="", start=0, end=0, rule="")
    known = next((one for one in ruled if one.stance == edit.stance), next(iter(ruled), new))
    given = model.fields_of(edit, *_MATTER)  # Where empty is not stated, and None not given.
    fields = {name: getattr(known, name) if v is None else v or None for name, v in given.items()}
    fields |= {"country": edit.country or "", "stance": edit.stance or "", "rule": ANALYST_RULE}
    hedge = known.hedge if known.stance == edit.stance else None
    return replace(known, **fields, hedge=hedge, start=place.start, end=place.end)


def _set_position(place: AnchorPlace, edit: Edit) -> Chunk:
    """Set target, object or date of the country's positions at the place; empty is not stated."""
    chunk = place.chunk
    named = model.fields_of(edit, *_MATTER).items()
    fields = {name: value or None for name, value in named if value is not None}
    if not any(_is_of(one, edit.country, place) for one in chunk.positions):
        raise NoTargetError(f"there is no position of {edit.country} at its anchor")
    changed = tuple(
        replace(one, **fields, rule=ANALYST_RULE) if _is_of(one, edit.country, place) else one
        for one in chunk.positions
    )
    return replace(chunk, positions=changed)


def _set_mention(place: AnchorPlace, edit: Edit) -> Chunk:
    """Let the words at the place name a country, or none, whatever the rules found there."""
    chunk = place.chunk
    mentions = [one for one in chunk.mentions if not _shared(one, place)]
    if edit.kind != "drop-mention":
        code = edit.country or ""
        mentions.append(
            model.Mention(code=code, start=place.start, end=place.end, rule=ANALYST_RULE)
        )
    return replace(chunk, mentions=tuple(sorted(mentions, key=lambda one: one.start)))


def _add(place: AnchorPlace, edit: Edit) -> Chunk:
    """Add a pin, a note, a tag or a highlight to the chunk, once."""
    field, added = f"{edit.kind}s", cast("object", edit.text)
    if edit.kind == "pin":
        added = _quote_at(place).id
    elif edit.kind == "highlight":
        added = model.HighlightedSpan(start=place.start, end=place.end)
    items = getattr(place.chunk, field)
    return place.chunk if added in items else replace(place.chunk, **{field: (*items, added)})


def _quote_at(place: AnchorPlace) -> model.Quote:
    """Return the quote with the anchor's span, else the one that overlaps it most."""

    def nearness(quote: model.Quote) -> tuple[bool, int]:
        return (quote.start, quote.end) == (place.start, place.end), _shared(quote, place)

    best = max(place.chunk.quotes, key=nearness, default=None)
    if best is None or not _shared(best, place):
        raise NoTargetError("there is no quote at its anchor any more")
    return best


_Span = model.Quote | Position | Dismissal | model.Mention | AnchorPlace


def _shared(item: _Span, place: _Span) -> int:
    return max(0, min(item.end, place.end) - max(item.start, place.start))


def is_same_span(quote: model.Quote, place: _Span) -> bool:
    """Whether quote and place are the same span, give or take a mark or a word at the ends."""
    longer = max(quote.end - quote.start, place.end - place.start)
    return _shared(quote, place) >= SAME_SPAN * longer


Act = Callable[[AnchorPlace, Edit], Chunk]


class KindRow(NamedTuple):
    """A kind of edit: fields needed (one of each group), what it does to a chunk, what it says."""

    needs: tuple[str | tuple[str, ...], ...]
    act: Act | None
    says: str
    of_quote: bool = False
    reads_again: bool = False


_MATTER = ("target", "object", "date")
KINDS: Mapping[model.EditKind, KindRow] = {
    "set-speaker": KindRow((), _set_speaker, "the speaker of {at} is {who}{lost}", of_quote=True),
    "drop-quote": KindRow((), _drop_quote, "the quote {at} is dropped"),
    "add-quote": KindRow((), _add_quote, "the quote {at} is added", of_quote=True),
    "set-bounds": KindRow(("words",), _set_bounds, "the quote {at} is now {words}", of_quote=True),
    "pin": KindRow((), _add, "the quote {at} is pinned", of_quote=True),
    "set-role": KindRow(("role",), _set_role, "the block {at} is now {role}", reads_again=True),
    "set-metadata": KindRow(
        ("field",), None, "the {field} of {article} {is_} {value}", reads_again=True
    ),
    "rule-position": KindRow(("stance",), _rule_position, "{country} at {at}: {stance}"),
    "set-position": KindRow(
        ("country", _MATTER), _set_position, "the position of {country} at {at} has {matter}"
    ),
    "drop-mention": KindRow((), _set_mention, "{at} names no country", reads_again=True),
    "add-mention": KindRow(("country",), _set_mention, "{at} names {country}", reads_again=True),
    "set-mention": KindRow(("country",), _set_mention, "{at} names {country}", reads_again=True),
    "note": KindRow(("text",), _add, "a note on {at}: {text}"),
    "tag": KindRow(("text",), _add, "{at} is tagged {text}"),
    "highlight": KindRow((), _add, "{at} is highlighted"),
}


def find_edit_fault(edit: Edit) -> str | None:
    """Return what is wrong with an edit itself, or None."""
    if not edit.id:
        return "the edit has an empty id"
    if not edit.anchor.exact and edit.kind != "set-metadata":
        return f"the edit {edit.id!r} has an empty anchor"
    needed = KINDS[edit.kind].needs
    if edit.kind == "rule-position" and edit.stance != NO_POSITION:
        needed = ("country", *needed)
    # Of a position what is set may be empty: it is not stated then.
    missing = [
        " or ".join(group)
        for group in ((one,) if isinstance(one, str) else one for one in needed)
        if not any(getattr(edit, name) for name in group)
        and (group is not _MATTER or all(getattr(edit, name) is None for name in group))
    ]
    if missing:
        return f"the edit {edit.id!r} of kind {edit.kind} needs: {', '.join(missing)}"
    if edit.kind == "set-metadata":
        wanted = {"authors": tuple, "reprint_of": model.Reprint}.get(edit.field or "", str)
        if edit.value is not None and not (edit.value and isinstance(edit.value, wanted)):
            return f"the edit {edit.id!r} cannot set {edit.field} to {edit.value!r}"
    if edit.date and read_value(edit.date) is None:
        return f"the edit {edit.id!r} has a date that is none: {edit.date!r}"
    return None


def describe(edit: Edit, article: Article | None = None) -> str:
    """Return what an edit does as a sentence; an article not at hand is named by its id."""
    headline, publisher = (article.headline, article.publisher) if article else (None, None)
    values = ((name, getattr(edit, name)) for name in _MATTER)
    parts = [f"{name} {value or 'not stated'}" for name, value in values if value is not None]
    said = KINDS[edit.kind].says.format(
        at=quoted(edit.anchor.exact),
        article=quoted(headline) if headline else publisher or edit.anchor.article,
        who=speaker_text(edit.speaker) if edit.speaker else "not stated",
        lost=_lost_words(edit, article),
        words=quoted(edit.words or ""),
        role=edit.role,
        field="original" if edit.field == "reprint_of" else edit.field,
        is_="are" if edit.field == "authors" else "is",
        value=_in_words(edit.value),
        country=edit.country or "any country",
        stance="no position" if edit.stance == NO_POSITION else edit.stance,
        matter=", ".join(parts),
        text=_short(edit.text or ""),
    )
    return ended(f"{said[:1].upper()}{said[1:]}")


def _lost_words(edit: Edit, article: Article | None) -> str:
    """Return which facts the article's speaker of a quote has, and the one who is set has not."""
    if edit.kind != "set-speaker" or edit.speaker is None or article is None:
        return ""
    try:
        before = _quote_at(locate(article, edit.anchor)).speaker
    except NoTargetError:
        return ""
    facts = model.fields_of(edit.speaker, "role", "country").items()
    lost = [name for name, value in facts if not value and getattr(before, name, None)]
    return f"; {' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} not stated" if lost else ""


def quoted(words: str) -> str:
    """Return words in marks, cut where they are many."""
    return f"“{_short(words)}”"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MAX_WORDS else f"{line[: MAX_WORDS - 1].rstrip()}…"


def _in_words(value: str | tuple[str, ...] | model.Reprint | None) -> str:
    if isinstance(value, model.Reprint):
        parts = (value.publisher, value.headline, value.date, value.url)
        value = tuple(part for part in parts if part)
    text = ", ".join(value) if isinstance(value, tuple) else value
    return _short(text) if text else "not stated"
