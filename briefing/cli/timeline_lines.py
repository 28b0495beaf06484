"""A timeline as plain lines: a date, and under it what the articles say about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.cli.lines import PlainLine
from briefing.compare.timeline import TimelineEntry, group_by_date
from briefing.visible import one_line
from briefing.wording import counted


def timeline_lines(entries: Sequence[TimelineEntry], title: str) -> Iterator[PlainLine]:
    """Yield the title, then every date in time order with its sentences and publications."""
    yield PlainLine(f"{one_line(title)} · timeline", strength="title")
    dates = group_by_date(entries)
    sentences = sum(entry.kind == "sentence" for entry in entries)
    counts = (
        counted(len(dates), "date"),
        counted(sentences, "dated sentence"),
        counted(len(entries) - sentences, "publication"),
    )
    yield PlainLine(" · ".join(counts), strength="faint")
    for group in dates:
        yield PlainLine()
        yield PlainLine(group.date, strength="strong")
        for entry in group.entries:
            yield from entry_lines(entry)


def entry_lines(entry: TimelineEntry) -> Iterator[PlainLine]:
    """Yield a sentence or a publication, and where it stands."""
    if entry.kind == "published":
        headline = f": {one_line(entry.text)}" if entry.text else ""
        yield PlainLine(f"published{headline}", indent=2)
    else:
        yield PlainLine(one_line(entry.text or ""), indent=2)
    place = [one_line(entry.source), entry.article]
    if entry.chunk:
        place.append(entry.chunk)
        place.append(f"date {entry.basis}")
    if entry.kind == "sentence" and entry.countries:
        place.append(" ".join(entry.countries))
    yield PlainLine(" · ".join(place), indent=4, strength="faint")
