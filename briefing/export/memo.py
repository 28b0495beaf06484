"""The memo: a briefing on a few pages of Markdown, for GitHub, Obsidian and Pandoc.

It is a third as long as its articles at most, half as long where they are short: fewer statements
are chosen then, and none is cut. `--full` has them all, and every cue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from msgspec.structs import replace

from briefing import __version__
from briefing.compare.citing import source_origins
from briefing.compare.panels import SourceRow
from briefing.export.escape import escape, escape_prose
from briefing.export.frontmatter import front_matter
from briefing.export.material import Material
from briefing.export.memo_changes import changed_stances, changes_summary
from briefing.export.memo_gaps import disagreements, gaps
from briefing.export.memo_sections import (
    Item,
    analyst_items,
    cue_items,
    standing_rows,
    statement_items,
    timeline_items,
)
from briefing.export.memo_wording import article_words, iso_words, listed
from briefing.export.notes import Notes
from briefing.export.provenance import provenance
from briefing.export.verifying import check_quotes
from briefing.export.web_links import web_link
from briefing.export.written import Written
from briefing.model import Article
from briefing.wording import counted

GENERATOR: Final = f"briefing {__version__}"
LONG: Final = 3000
"""Articles of more words than this make a memo of a third of them, others one of half."""
SHORT: Final = 300
"""Articles of fewer words than this are told whole: with less there is no memo to speak of."""
TO_FILL: Final = "*To be filled in: what the answer is, in a sentence or two.*"


class _Section(NamedTuple):
    """A section, its items, and its share of the memo before what is left over is given away."""

    name: str
    items: Callable[[Material], list[Item]]
    share: float
    only_full: bool = False


_SECTIONS: Final = (
    _Section("table", standing_rows, 0.6),
    _Section("statements", statement_items, 0.3),
    _Section("changes", changed_stances, 0.12),
    _Section("disagreements", disagreements, 0.12),
    _Section("timeline", timeline_items, 0.12),
    _Section("analyst", analyst_items, 0.12),
    _Section("cues", cue_items, 0, only_full=True),
)
_LEFT_OVER: Final = ("changes", "statements", "timeline", "disagreements", "analyst", "table")
"""The order in which what is left over is given away."""
_TABLE_HEAD: Final = (
    "| Country | Stance | On | At least since | Says so; origin |\n"
    "| :--------- | :-------- | :--------- | :-------- | :--------------- |"
)


def to_memo(material: Material) -> Written:
    """Return the memo, ending in a line feed, with the stored words that must be in it.

    Raises MismatchError, with article, chunk and quote, when a quote is not in the stored text.
    """
    check_quotes(material.briefing, material.panels, material.places)
    offered = {
        section.name: section.items(material)
        for section in _SECTIONS
        if material.request.full or not section.only_full
    }
    limit = _limit(material)
    if limit is None:
        return _render(material, offered, [item for items in offered.values() for item in items])
    return _fill(material, offered, limit)


def _limit(material: Material) -> int | None:
    """Return how many words the memo may have; None for as many as it takes."""
    words = material.words()
    if material.request.full or words < SHORT:
        return None
    return words // (3 if words > LONG else 2)


def _fill(material: Material, offered: Mapping[str, Sequence[Item]], limit: int) -> Written:
    """Return the memo with what was asked for, and as many other items as the limit allows.

    Each section has its share first, then what is left goes to statements before all others.
    """
    taken = [item for items in offered.values() for item in items if item.asked]
    made = _render(material, offered, taken)
    shared = [(section.name, section.share) for section in _SECTIONS]
    rest = [(name, 1.0) for name in _LEFT_OVER]
    for turns in (shared, rest, rest):
        spent = made.count_words()
        added: list[Item] = []
        for name, share in turns:
            room = min(limit, spent + round(share * limit))
            for item in _waiting(offered.get(name, ()), [*taken, *added]):
                cost = _cost(material, item)
                if spent + cost <= room:
                    spent += cost
                    added.append(item)
        made = _render(material, offered, [*taken, *added])
        while added and made.count_words() > limit:
            added.pop()
            made = _render(material, offered, [*taken, *added])
        taken += added
    return made


def _waiting(items: Iterable[Item], taken: Iterable[Item]) -> list[Item]:
    """Return the items that may be taken and were not yet, the best first."""
    known = set(map(id, taken))
    waiting = (item for item in items if id(item) not in known and not item.spare)
    return sorted(waiting, key=lambda item: item.rank)


def _cost(material: Material, item: Item) -> int:
    """Return how many words an item adds at most, with its heading and footnotes."""
    notes = Notes(material, {stretch.key for stretch in item.stretches})
    text = f"{item.heading} {item.write(notes)}"
    return len(f"{text} {notes.definitions() or ''}".split())


def _render(
    material: Material, offered: Mapping[str, Sequence[Item]], taken: Iterable[Item]
) -> Written:
    known = set(map(id, taken))
    chosen = {
        name: [item for item in items if id(item) in known] for name, items in offered.items()
    }
    quoted = {
        stretch.key for items in chosen.values() for item in items for stretch in item.stretches
    }
    notes = Notes(material, quoted)
    left_out = {name: len(items) - len(chosen[name]) for name, items in offered.items()}
    parts = [
        _front_matter(material),
        _opening(material),
        _changes(material, chosen["changes"], notes),
        _table(material, chosen["table"], notes),
        _listed("Disagreements", chosen["disagreements"], notes),
        _grouped("Key statements", chosen["statements"], notes, "\n\n"),
        _grouped("Timeline", chosen["timeline"], notes, "\n"),
        gaps(material),
        _grouped("Every cue", chosen.get("cues", ()), notes, "\n"),
        _sources(material),
        _listed("Notes by the analyst", chosen["analyst"], notes),
    ]
    definitions = notes.definitions()
    parts += [provenance(material, left_out, notes.count_lost(), GENERATOR), definitions]
    return Written("\n\n".join(part for part in parts if part) + "\n", tuple(notes.exact))


def _front_matter(material: Material) -> str:
    info = material.briefing.info
    return front_matter(
        {
            "briefing": material.briefing.name,
            "tags": info.tags or None,
            "country": material.country.code if material.country else None,
            "generated": material.generated,
            "generator": GENERATOR,
        }
    )


def _title(material: Material) -> str:
    title = material.briefing.info.title
    return title if material.country is None else f"{title}: {material.country.name}"


def _opening(material: Material) -> str:
    """Return title, day, question and bottom line."""
    info = material.briefing.info
    question = f"**Question.** {escape(info.question)}" if info.question else None
    parts = [
        f"# {escape(_title(material))}",
        f"As of {iso_words(material.generated)}{_span(material)}.",
        question,
        f"## Bottom line\n\n{escape_prose(info.bottom_line or '') or TO_FILL}",
    ]
    return "\n\n".join(part for part in parts if part)


def _span(material: Material) -> str:
    """Return how many articles there are, and from when to when."""
    dates = sorted(row.date.value for row in material.source_rows if row.date)
    articles = f", from {counted(len(material.source_rows), 'article')}"
    undated = len(material.source_rows) - len(dates)
    words = dict.fromkeys(iso_words(each) for each in (dates[:1] + dates[-1:]))
    known = f" of {' to '.join(words)}" if dates else ""
    return articles + known + (f", {undated} undated" if undated else "")


def _changes(material: Material, items: Sequence[Item], notes: Notes) -> str | None:
    summary = changes_summary(material)
    lines = "\n".join(item.write(notes) for item in items)
    parts = ["## What changed", summary, lines]
    return "\n\n".join(part for part in parts if part) if summary else None


def _table(material: Material, rows: Sequence[Item], notes: Notes) -> str | None:
    """Return a row for each stance, and a line on the countries whose rows found no room."""
    shown = {item.country for item in rows}
    others = [
        f"{row.name} ({row.stance})"
        for row in material.countries
        if row.stance and row.code not in shown
    ]
    table = "\n".join([_TABLE_HEAD, *(item.write(notes) for item in rows)]) if rows else None
    more = f"Without room for their sentences: {listed(others, len(others))}." if others else None
    parts = ["## Where they stand", table, more]
    return "\n\n".join(part for part in parts if part) if rows or others else None


def _listed(title: str, items: Sequence[Item], notes: Notes) -> str | None:
    lines = "\n".join(item.write(notes) for item in items)
    return f"## {title}\n\n{lines}" if lines else None


def _grouped(title: str, items: Sequence[Item], notes: Notes, between: str) -> str | None:
    """Return a section whose items stand under headings of their own."""
    if not items:
        return None
    parts: Iterator[str] = (
        (f"{heading}\n\n" if heading else "") + between.join(item.write(notes) for item in group)
        for heading, group in groupby(items, key=lambda item: item.heading)
    )
    return "\n\n".join([f"## {title}", *parts])


def _sources(material: Material) -> str | None:
    lines = [
        f"{material.sources[row.article]}. {_source(row, material.articles[row.article])}"
        for row in material.source_rows
    ]
    return "## Sources\n\n" + "\n".join(lines) if lines else None


def _source(row: SourceRow, article: Article) -> str:
    origin = source_origins(replace(row, cites=())) or ("origin: itself",)
    parts = [
        article_words(article),
        f"by {', '.join(map(escape, article.authors))}" if article.authors else None,
        *map(escape, origin),
        web_link(article.url),
    ]
    return "; ".join(part for part in parts if part) + "."
