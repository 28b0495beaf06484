"""The articles of a file of entries, and what a person is told of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.errors import InputError
from briefing.ingest.blocks import SourceDocument
from briefing.ingest.formats import MOST_ARTICLES, too_many
from briefing.ingest.readers.entries import EntryFields, Holds, read_entry, values_of
from briefing.wording import counted

_NAMED = 3
_TELLING = ("url", "text", "highlights", "highlight", "abstract", "date", "date of one article")
"""Parts that only an article has; a film, a person and a program have a title as well."""
_SAID: tuple[tuple[Holds, str], ...] = (
    ("title", "no text, only title and address"),
    ("abstract", "no text but a summary"),
    ("highlights", "no text but what was highlighted"),
)


class ListedEntry(NamedTuple):
    """An entry, and where it stands in its file: `line 4`, `item 3`."""

    entry: EntryFields
    where: str


def to_document(
    rows: Sequence[ListedEntry],
    bad: Sequence[str],
    name: str,
    *,
    kind: str,
    encoding: str,
    joined: bool = True,
) -> SourceDocument:
    """Return the articles that rows are, `bad` being the places of those that cannot be read.

    Unless `joined` is False, rows of one address are one article, and so are highlights of one
    title and its authors. Raises InputError where no row names an article.
    """
    groups: dict[tuple[str, ...], list[EntryFields]] = {}
    empty: list[str] = []
    for row in rows:
        key = _key(row, joined=joined)
        if key is None:
            empty.append(row.where)
        else:
            groups.setdefault(key, []).append(row.entry)
        if len(groups) > MOST_ARTICLES:
            raise too_many(name)
    telling = any(values_of(row.entry, part) for row in rows for part in _TELLING)
    if not groups or (joined and not telling):
        places = f": {_places([*bad, *empty])} could not be read" if bad or empty else ""
        raise InputError(
            f"{name}: nothing in it has an address, a text, or a title and a date{places}",
            "Export the list again, with titles and addresses.",
        )
    made = [read_entry(entries, kind) for entries in groups.values()]
    counts = Counter(each.holds for each in made)
    told = _tell(len(rows) - len(empty), [*bad, *empty], counts)
    return SourceDocument(
        tuple(replace(each.extraction, encoding=encoding) for each in made),
        tuple(f"{name}: {sentence}" for sentence in told),
    )


def _tell(rows: int, bad: Sequence[str], counts: Counter[Holds]) -> Iterator[str]:
    if bad:
        yield f"{_places(bad)} could not be read as an article"
    if rows > counts.total():
        yield f"{rows} rows are {counted(counts.total(), 'article')}"
    for holds, words in _SAID:
        if counts[holds]:
            yield f"{counts[holds]} of {counts.total()} hold {words}"


def _places(bad: Sequence[str]) -> str:
    """Return the first and the last of the places, and how many there are between."""
    if len(bad) <= _NAMED:
        return ", ".join(bad)
    return f"{', '.join(bad[: _NAMED - 1])}, {len(bad) - _NAMED} more and {bad[-1]}"


def _key(row: ListedEntry, *, joined: bool) -> tuple[str, ...] | None:
    """Return what the rows of one article share, None where a row is no article."""

    def found(part: str) -> tuple[str, ...]:
        return tuple(each.value for each in values_of(row.entry, part))

    if joined and found("url"):
        return ("url", *found("url")[:1])
    if joined and found("highlight"):
        return ("title", *found("headline")[:1], *found("authors"))
    named = any(map(found, ("headline", "url", "text", "highlights", "abstract")))
    return ("row", row.where) if named else None
