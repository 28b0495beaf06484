"""The memo: a briefing on a few pages of Markdown, for GitHub, Obsidian and Pandoc.

It is a third as long as its articles at most, half as long where they are short: fewer statements
are chosen then, and none is cut. Where the list of sources leaves them less than a quarter of it,
they have half of it beside that list. `--full` has them all, and every cue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from briefing import __version__
from briefing.compare.changes import Change
from briefing.compare.origin_counts import outlet_words
from briefing.compare.panels import SourceRow
from briefing.compare.standing_words import source_origins
from briefing.export.escape import escape, escape_line, escape_prose, front_matter, web_link
from briefing.export.material import Material
from briefing.export.memo_items import (
    Item,
    analyst_items,
    changed_stances,
    cue_items,
    disagreements,
    standing_rows,
    statement_items,
    timeline_items,
)
from briefing.export.notes import Notes, iso_words, listed, plain_date
from briefing.export.verifying import Written, check_quotes
from briefing.model import READ_ROLES, Article
from briefing.wording import counted
from briefing.world.languages import language_name

GENERATOR: Final = f"briefing {__version__}"
LONG: Final = 3000
"""Articles of more words than this make a memo of a third of them, others one of half."""
SHORT: Final = 300
"""Articles of fewer words than this are told whole: with less there is no memo to speak of."""
TO_FILL: Final = "*To be filled in: what the answer is, in a sentence or two.*"


class _Section(NamedTuple):
    """A section, its items, and its share of the memo before what is left over is given away.

    `noun` is what an item is called where it is counted as left out.
    """

    items: Callable[[Material], list[Item]]
    share: float
    noun: str


_SECTIONS: Final = {
    "table": _Section(standing_rows, 0.6, "stance"),
    "statements": _Section(statement_items, 0.3, "statement"),
    "changes": _Section(changed_stances, 0.12, "changed stance"),
    "disagreements": _Section(disagreements, 0.12, "disagreement"),
    "timeline": _Section(timeline_items, 0.12, "dated sentence"),
    "analyst": _Section(analyst_items, 0.12, "note"),
    "cues": _Section(cue_items, 0, "cue"),
}
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
        name: section.items(material)
        for name, section in _SECTIONS.items()
        if material.request.full or name != "cues"
    }
    words = material.words()
    if material.request.full or words < SHORT:
        return _render(material, offered, [item for items in offered.values() for item in items])
    return _fill(material, offered, words // (3 if words > LONG else 2))


def _fill(material: Material, offered: Mapping[str, Sequence[Item]], limit: int) -> Written:
    """Return the memo with what was asked for, and as many other items as the limit allows.

    Each section has its share first, then what is left goes to statements before all others. Many
    short articles make a frame of sources and gaps that would leave no room at all.
    """
    taken = [item for items in offered.values() for item in items if item.asked]
    made = _render(material, offered, taken)
    shareable, framed = limit, made.count_words()
    if limit - framed < limit // 4:
        shareable = limit // 2
        limit = framed + shareable
    shared = [(name, section.share) for name, section in _SECTIONS.items()]
    rest = [(name, 1.0) for name in _LEFT_OVER]
    for turns in (shared, rest, rest):
        spent = made.count_words()
        added: list[Item] = []
        for name, share in turns:
            room = min(limit, spent + round(share * shareable))
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
        _section("Disagreements", chosen["disagreements"], notes),
        _section("Key statements", chosen["statements"], notes, "\n\n"),
        _section("Timeline", chosen["timeline"], notes),
        _gaps(material),
        _section("Every cue", chosen.get("cues", ()), notes, "\n\n"),
        _sources(material),
        _section("Notes by the analyst", chosen["analyst"], notes, "\n\n"),
    ]
    definitions = notes.definitions()
    out = _out(material, left_out, notes.count_lost())
    parts += [f"## Provenance\n\n- {_made(material)}\n- {out}", definitions]
    return Written(_paragraphs(*parts) + "\n", tuple(notes.exact))


def _paragraphs(*parts: str | None) -> str:
    return "\n\n".join(filter(None, parts))


def _front_matter(material: Material) -> str:
    return front_matter(
        {
            "briefing": material.briefing.name,
            "tags": material.briefing.info.tags or None,
            "country": material.country.code if material.country else None,
            "generated": material.generated,
            "generator": GENERATOR,
        }
    )


def _opening(material: Material) -> str:
    """Return title, day, question and bottom line."""
    info = material.briefing.info
    about = f" – {material.country.name}" if material.country else ""
    return _paragraphs(
        f"# {escape(info.title + about)}",
        f"As of {iso_words(material.generated)}{_span(material)}.",
        f"**Question.** {escape(info.question)}" if info.question else None,
        f"## Bottom line\n\n{escape_prose(info.bottom_line or '') or TO_FILL}",
    )


def _span(material: Material) -> str:
    """Return how many articles there are, and from when to when."""
    dates = sorted(row.date.value for row in material.source_rows if row.date)
    articles = f", from {counted(len(material.source_rows), 'article')}"
    undated = len(material.source_rows) - len(dates)
    words = " to ".join(dict.fromkeys(iso_words(each) for each in (dates[:1] + dates[-1:])))
    if not undated:
        return f"{articles} of {words}" if dates else articles
    return f"{articles}: {f'{len(dates):,} of {words}, ' if dates else ''}{undated:,} undated"


def _changes(material: Material, items: Sequence[Item], notes: Notes) -> str | None:
    summary = _changes_summary(material)
    if summary is None:
        return None
    return _paragraphs("## What changed", summary, "\n".join(item.write(notes) for item in items))


def _table(material: Material, rows: Sequence[Item], notes: Notes) -> str | None:
    """Return a row for each stance, and a line on the countries whose rows found no room."""
    shown = {item.country for item in rows}
    others = [
        f"{row.name} ({row.stance})"
        for row in material.countries
        if row.stance and row.code not in shown
    ]
    if not rows and not others:
        return None
    table = "\n".join([_TABLE_HEAD, *(item.write(notes) for item in rows)]) if rows else None
    more = f"Without room for their sentences: {listed(others, len(others))}." if others else None
    return _paragraphs("## Where they stand", table, more)


def _section(title: str, items: Sequence[Item], notes: Notes, between: str = "\n") -> str | None:
    """Return a section whose items stand under headings of their own, where they have any."""
    if not items:
        return None
    groups = groupby(items, key=lambda item: item.heading)
    parts = (
        _paragraphs(heading, between.join(item.write(notes) for item in group))
        for heading, group in groups
    )
    return _paragraphs(f"## {title}", *parts)


def _sources(material: Material) -> str | None:
    lines = [
        f"{material.sources[row.article]}. {_source(row, material.articles[row.article])}"
        for row in material.source_rows
    ]
    return "## Sources\n\n" + "\n".join(lines) if lines else None


def _source(row: SourceRow, article: Article) -> str:
    """Return publisher, headline and date, each as stated or said to be missing, and the origin."""
    publisher = escape_line(article.publisher) if article.publisher else "publisher not stated"
    headline = f"“{escape(article.headline)}”" if article.headline else "without a headline"
    if not (article.publisher or article.headline):
        headline += f" ({escape(article.id)})"
    date = article.date
    basis = f" ({date.basis})" if date and date.basis != "stated" else ""
    origin = source_origins(replace(row, cites=())) or ("origin: itself",)
    parts = [
        f"{publisher}, {headline}, {plain_date(date)}{basis}",
        f"by {', '.join(map(escape, article.authors))}" if article.authors else None,
        *map(escape, origin),
        web_link(article.url),
    ]
    return "; ".join(filter(None, parts)) + "."


def _changes_summary(material: Material) -> str | None:
    """Return since when, and in numbers what is new, changed or gone; None for a first memo."""
    changes = material.changes
    if changes is None:
        return None
    added = [each.now.source for each in changes.articles if each.now and not each.before]
    counts = (
        (_gone(changes.articles), "article gone", "articles gone"),
        (len(changes.quotes) - _gone(changes.quotes), "new or changed quote", ""),
        (_gone(changes.quotes), "quote gone", "quotes gone"),
        (len(changes.positions), "changed stance", ""),
        (len(changes.conflicts), "changed disagreement", ""),
        (len(changes.rulings), "changed ruling", ""),
    )
    parts = [
        f"{counted(len(added), 'new article')} ({listed(added, 5)})" if added else "",
        *(
            f"{number:,} {many}" if many and number > 1 else counted(number, one)
            for number, one, many in counts
            if number
        ),
        "another bottom line" if changes.bottom_line else "",
    ]
    told = "; ".join(filter(None, parts)) or "nothing"
    return f"Since {escape(changes.since)}: {told}."


def _gone(changes: Sequence[Change[Any]]) -> int:
    return sum(change.now is None for change in changes)


def _gaps(material: Material) -> str | None:
    """Return what is open: who has no position, who was not heard, what rests on one origin."""
    if material.country is not None:
        return None
    known = material.gaps
    by_origin: defaultdict[str, list[str]] = defaultdict(list)
    for each in known.one_origin:
        by_origin[each.standing.tally.origins[0].outlet or ""].append(each.name)
    origins = [
        f"{escape(outlet_words(outlet))} ({listed(dict.fromkeys(names))})"
        for outlet, names in by_origin.items()
    ]
    undated = [str(material.sources[row.article]) for row in known.undated]
    in_language: defaultdict[str, list[str]] = defaultdict(list)
    for source in known.foreign:
        in_language[source.language or ""].append(str(material.sources[source.article]))
    foreign = [
        f"source{'s' * (len(numbers) > 1)} {', '.join(numbers)} in {escape(language_name(code))}"
        for code, numbers in in_language.items()
    ]
    lines = (
        ("No position found", listed(each.name for each in known.no_position)),
        ("Told by others only", listed(each.name for each in known.not_heard)),
        ("In one article only", listed(each.name for each in known.one_article)),
        ("In several articles, from one origin", "; ".join(origins)),
        ("Undated", f"source{'s' * (len(undated) > 1)} {', '.join(undated)}" if undated else ""),
        ("Not read for speakers and positions", "; ".join(foreign)),
    )
    found = "\n".join(f"- {title}: {words}." for title, words in lines if words)
    return _paragraphs("## Gaps", found) if found else None


def _made(material: Material) -> str:
    """Return what was read and checked."""
    briefing = material.briefing
    chunks = [chunk for article in briefing.articles for chunk in article.chunks]
    quotes = sum(len(chunk.quotes) for chunk in chunks)
    aside = sum(chunk.role not in READ_ROLES for chunk in chunks)
    by = (article.annotator for article in briefing.articles if article.annotator)
    annotators = dict.fromkeys(f"{each.name} {each.version}" for each in by)
    edits, orphans = len(briefing.edits), len(briefing.orphans)
    read = ", ".join(material.panels.counted_sources())
    made = f"Made by {escape(GENERATOR)} from {escape(briefing.name)}"
    parts = (
        f"{made} on {iso_words(material.generated)}: {read}",
        f"{material.words():,} words, {counted(aside, 'passage')} set aside",
        f"annotated by {listed(annotators)}" if annotators else None,
        f"{edits - orphans:,} of {counted(edits, 'edit')} applied" if edits else None,
    )
    return (
        f"{'; '.join(filter(None, parts))}. {counted(quotes, 'quote')} compared with the stored "
        "text, and what is shown once more as written. Stances are cues, no verdicts."
    )


def _out(material: Material, left_out: Mapping[str, int], lost: int) -> str:
    """Return what was left out: `left_out` items a section, `lost` characters of those shown."""
    shorter = [counted(number, _SECTIONS[name].noun) for name, number in left_out.items() if number]
    shown = {(row.article, row.quote.id) for row in material.quotes}
    told = ((row.article, row.quote.id) for row in material.panels.paraphrases)
    counts = (
        (sum(each not in shown for each in told), "paraphrase", ""),
        (material.undated_out, "undated article", ""),
        (material.older_out, "older article", ""),
        (lost, "control character", " that Markdown cannot carry"),
    )
    parts = [
        *([f"{', '.join(shorter)} for length (--full has them)"] if shorter else []),
        *(f"{counted(number, noun)}{why}" for number, noun, why in counts if number),
        *(
            f"the file {escape(problem.file)}, which is broken"
            for problem in material.briefing.problems
        ),
    ]
    return f"Left out: {'; '.join(parts)}." if parts else "Nothing was left out."
