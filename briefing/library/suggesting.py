"""What the screens suggest while one corrects: speakers, dates, and where edits are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from briefing.content.anchors import locate
from briefing.content.edit_kinds import describe
from briefing.content.edits import apply_edits
from briefing.errors import BriefingError, MismatchError
from briefing.library.reports import DateHint
from briefing.model import Article, Edit, PlacedEdit, Speaker, fields_of

if TYPE_CHECKING:
    from briefing.library import Library

MAX_BRIEFINGS = 20
"""Other briefings whose speakers are suggested."""
MAX_SPEAKERS = 200
MAX_DATES = 12
_PRECISIONS = ("day", "month", "range", "year")


def speakers_of(library: Library, name: str, article_id: str) -> tuple[Speaker, ...]:
    """Return speakers to choose from, each once, and those quoted most first in each part."""
    found: dict[tuple[str | None, str | None], Speaker] = {}
    for part in _speaker_lists(library, name, article_id):
        counts = Counter(replace(one, mention=None) for one in part if one.name or one.role)
        for speaker, _ in counts.most_common():
            found.setdefault((speaker.name, None if speaker.name else speaker.role), speaker)
        if len(found) >= MAX_SPEAKERS:
            break
    return tuple(found.values())[:MAX_SPEAKERS]


def _speaker_lists(library: Library, name: str, article_id: str) -> Iterator[list[Speaker]]:
    article = library.article(name, article_id)
    quotes = [quote for chunk in article.chunks for quote in chunk.quotes]
    yield [quote.speaker for quote in quotes if quote.speaker]
    others = [row.name for row in library.catalog() if row.name != name]
    for each in (name, *others[:MAX_BRIEFINGS]):
        with suppress(BriefingError):
            rows = library.panels(each).quotes
            yield [row.quote.speaker for row in rows if row.quote.speaker]


def dates_of(article: Article) -> tuple[DateHint, ...]:
    """Return the dates that the whole text states, set-aside blocks too; days come first."""
    from briefing.annotate.dates.annotator import annotate_dates
    from briefing.annotate.other_languages.annotator import annotate_others
    from briefing.quote_ids import QuoteNames
    from briefing.world.languages import languages_of_chunks

    chunks = [replace(chunk, role="body") for chunk in article.chunks]
    others = languages_of_chunks(chunks, article.language)
    read = [*annotate_dates([one for one in chunks if one.id not in others], None)]
    read += annotate_others([one for one in chunks if one.id in others], others, QuoteNames())
    found = [(one, date) for one in read for date in one.dates if date.basis == "stated"]
    hints: dict[str, DateHint] = {}
    for chunk, date in sorted(found, key=lambda one: _PRECISIONS.index(one[1].precision)):
        words, place = chunk.text[date.start : date.end], fields_of(date, "value", "start", "end")
        hints.setdefault(date.value, DateHint(words=words, chunk=chunk.id, **place))
    return tuple(hints.values())[:MAX_DATES]


def place_edits(edits: Sequence[Edit], article: Article) -> tuple[PlacedEdit, ...]:
    """Return the edits of an article with their places, in reading order; orphans come last."""
    numbers: dict[str | None, int] = {chunk.id: at for at, chunk in enumerate(article.chunks)}
    placed = [_place(article, edit) for edit in edits if edit.anchor.article == article.id]
    placed.sort(key=lambda one: (one.reason is not None, numbers.get(one.chunk, -1), one.start))
    return tuple(placed)


def _place(article: Article, edit: Edit) -> PlacedEdit:
    _, orphans = apply_edits((article,), [edit])
    one = PlacedEdit(edit=edit, says=describe(edit), reason=orphans[0].reason if orphans else None)
    with suppress(MismatchError):  # One without words has no place.
        place = locate(article, edit.anchor)
        return replace(one, chunk=place.chunk.id, start=place.start, end=place.end)
    return one
