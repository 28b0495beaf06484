"""The parts of a memo that a limit of length chooses from: rows, statements, changes, dates, notes.

Each is an item that writes itself as Markdown and cites its evidence; `memo.py` chooses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from briefing.compare.changes import Change, KeptStanding
from briefing.compare.gaps import OpenStanding
from briefing.compare.origin_counts import origin_words, tally_words
from briefing.compare.panels import CountryRow, StanceNote, Standing
from briefing.compare.standing_words import about_heading, matter_words
from briefing.compare.timeline import TimelineEntry
from briefing.content.anchors import locate
from briefing.english.lexicon import read_words
from briefing.errors import MismatchError
from briefing.export.escape import escape, escape_line
from briefing.export.material import Material
from briefing.export.notes import Notes, brief_date, iso_words, speaker_words
from briefing.export.statements import ShownStatement, Stretch, stretch_at
from briefing.isodates import days_of
from briefing.model import Edit
from briefing.wording import NO_DATE
from briefing.world.country_names import country_name

Write = Callable[[Notes], str]
FEW: Final = 3
"""The stances of a country, and the statements by it or about it, that a memo has at most."""
MOST_DATES: Final = 15
"""The dated sentences that it has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row or paragraph of a memo; `rank` orders the choice, lowest first.

    `heading` stands over it where the item before it has another one. What is `asked` for is never
    left out for length; what is `spare` stands only where all does.
    """

    write: Write
    rank: tuple[int, ...] = ()
    heading: str = ""
    asked: bool = False
    country: str = ""
    spare: bool = False
    stretches: tuple[Stretch, ...] = ()


def standing_rows(material: Material) -> list[Item]:
    """Return a row of the table for each object that a country has a stance on.

    A memo has few of a country, and none that only one sentence shows on an object of its own.
    """
    shared = Counter(each.object for row in material.countries for each in row.standings)
    return [
        Item(
            write=partial(_standing_row, material, country, standing),
            rank=(round_, not standing.latest.ruled, order),
            country=country.code,
            spare=round_ >= FEW or (round_ > 0 and shared[standing.object] == standing.cues == 1),
        )
        for order, country in enumerate(material.countries)
        for round_, standing in enumerate(country.standings)
    ]


def _standing_row(material: Material, country: CountryRow, standing: Standing, notes: Notes) -> str:
    note = standing.latest
    former = f" (was {escape(standing.former)})" if standing.former else ""
    cells = [
        escape(country.name),
        stance_words(note) + former + notes.cite(material.stretch_of(note)),
        _matter(standing.object, note.target) or "–",
        iso_words(standing.since) if standing.since else NO_DATE,
        says_so(note, standing),
    ]
    return f"| {' | '.join(cells)} |"


def stance_words(note: StanceNote) -> str:
    """Return the stance with its hedge; that of a turned cue is of what was turned."""
    hedge = f" ({escape(note.hedge)})" if note.hedge and not note.turned else ""
    return escape(note.stance) + hedge


def _matter(matter: str | None, target: str | None) -> str:
    """Return what a stance is about; a pronoun, which a reader could not resolve, is left out."""
    named = matter if matter and matter.casefold() not in _pronouns() else None
    return escape(matter_words(named, country_name(target) if target else None))


def says_so(note: StanceNote, standing: Standing | None = None) -> str:
    """Return whether the country itself or others say so, and where that entered the record.

    With the standing that a cue shows, all its voices and origins are counted.
    """
    if note.ruled:
        return "ruled by the analyst"
    actor = note.actor if note.said_by == "self" else None
    named = actor if actor and actor.casefold() not in _pronouns() else None
    voice = "itself" if note.said_by == "self" else "others"
    if standing is None or standing.tally.articles <= 1:
        told = origin_words(note.origin)
    else:
        sides = (standing.own, standing.others)
        if all(side and side.stance == standing.stance for side in sides):
            voice, named = "itself and others", None
        told = tally_words(standing.tally)
    return voice + (f" ({escape(named)})" if named else "") + f"; {escape(told)}"


def _pronouns() -> frozenset[str]:
    return read_words("english", "grammar", "pronoun", "subject_pronoun")


def statement_items(material: Material) -> list[Item]:
    """Return each statement under the country it speaks for, else under one that it is about."""
    shown = {row.code: row for row in material.countries}
    evidence: dict[tuple[str, str], list[StanceNote]] = {}
    for country in material.countries:
        for note in country.ledger:
            evidence.setdefault((note.article, note.chunk), []).append(note)
    homes = {statement: _home(statement, shown) for statement in material.statements}
    items = []
    for order, code in enumerate([*shown, None]):
        for own in (True, False):
            group = [each for each, home in homes.items() if home == (code, own)]
            best = sorted(group, key=lambda each: _worth(each, evidence))
            rounds = {each: place for place, each in enumerate(best)}
            items += [
                Item(
                    write=partial(_statement, material, each, own=own),
                    rank=(rounds[each] * 2 + (0 if own else 1), order),
                    heading=_group_heading(shown.get(code or ""), own=own),
                    spare=rounds[each] >= FEW,
                    asked=each.pinned or bool(material.request.select),
                    stretches=each.stretches,
                )
                for each in sorted(group, key=lambda each: not each.pinned)
            ]
    return items


def _home(statement: ShownStatement, shown: Mapping[str, CountryRow]) -> tuple[str | None, bool]:
    if statement.by in shown:
        return statement.by, True
    return next((code for code in statement.about if code in shown), None), False


def _worth(
    statement: ShownStatement, evidence: Mapping[tuple[str, str], Sequence[StanceNote]]
) -> tuple[bool, ...]:
    """Return what puts a statement before others: pinned, shows a position, known, whole."""
    first = statement.first
    shows = any(
        note.start < part.quote.end and part.quote.start < note.end
        for part in statement.parts
        for note in evidence.get((part.article, part.chunk), ())
    )
    whole = first.quote.kind in ("direct", "block")
    return not statement.pinned, not shows, not statement.speakers, not whole


def _group_heading(country: CountryRow | None, *, own: bool) -> str:
    if country is None:
        return "### By others"
    name = escape(country.name)
    if own:
        return f"### {name}: its own voices"
    return f"### {escape(about_heading(country.name))}, by others"


def _statement(material: Material, statement: ShownStatement, notes: Notes, *, own: bool) -> str:
    first = statement.first
    told = " ".join(map(material.text, statement.stretches))
    article = material.places[first.article, first.chunk].article
    known = material.called(article) if article.publisher else None
    source = escape(known or f"source {material.sources[article.id]}")
    date = f", {brief_date(article.date.value)}" if article.date else ""
    via = "".join(f", via {escape(link)}" for link in first.quote.chain[1:])
    speaker = "; ".join(speaker_words(each, told) for each in statement.speakers or (None,))
    country = f", for {escape(country_name(statement.by))}" if statement.by and not own else ""
    pin = " · pinned" if statement.pinned else ""
    mark = notes.cite(statement.stretches[0], _repeats(material, statement), is_shown=True)
    return "\n>\n".join([
        *(f"> {notes.quote(stretch, opens_line=True)}" for stretch in statement.stretches),
        f"> — {speaker}{country} · {source}{date}{via}{pin}{mark}",
    ])  # fmt: skip


def _repeats(material: Material, statement: ShownStatement) -> str:
    """Return where else the same words are quoted, and where they are quoted in other words."""
    first = statement.first
    known = {row.key for row in statement.repeats}
    same = dict.fromkeys(row.article for row in statement.repeats)
    varied = dict.fromkeys(key[0] for key in first.also if key not in known)
    parts = (("the same words in", same), ("other words in", varied))
    told = [
        f"{words} source {', '.join(str(material.sources[each]) for each in found)}"
        for words, articles in parts
        if (found := [each for each in articles if each in material.sources])
    ]
    return "".join(f"; {each}" for each in told)


def changed_stances(material: Material) -> list[Item]:
    """Return a line for each stance that moved, is new or is gone, in that order."""
    changes = material.changes.positions if material.changes else ()
    shown = {row.code for row in material.countries}
    return [
        Item(write=partial(_changed, material, change), rank=(rank,))
        for rank, change in enumerate(changes)
        if any(side and side.country in shown for side in (change.before, change.now))
    ]


def _changed(material: Material, change: Change[KeptStanding], notes: Notes) -> str:
    before, now = change.before, change.now
    shown = next(side for side in (now, before) if side is not None)
    matter = f", on {escape(shown.object)}" if shown.object else ""
    parts = []
    if now is not None:
        # Its article may be left out here.
        is_held = (now.article, now.chunk) in material.places
        mark = notes.cite(stretch_at(material.places, now)) if is_held else ""
        parts.append(("" if before else "new, ") + escape(now.stance) + mark)
    if before is not None:
        was = "before, " if now else "no longer "
        parts.append(f"{was}{escape(before.stance)} (“{escape(before.sentence)}”)")
    return f"- **{escape(shown.name)}**{matter}: {'; '.join(parts)}"


def disagreements(material: Material) -> list[Item]:
    """Return a line for each object on which the cues about a country disagree."""
    return [
        Item(write=partial(_disagreement, material, found), rank=(order,))
        for order, found in enumerate(material.gaps.disagreements)
        if any(row.code == found.country for row in material.countries)
    ]


def _disagreement(material: Material, found: OpenStanding, notes: Notes) -> str:
    said = "; ".join(
        f"{stance_words(cue)} – {says_so(cue)}{notes.cite(material.stretch_of(cue))}"
        for cue in found.cues
    )
    matter = f", on {escape(found.standing.object)}" if found.standing.object else ""
    return f"- **{escape(found.name)}**{matter}: {said}"


def timeline_items(material: Material) -> list[Item]:
    """Return the dated sentences in time order, each once; dates to come are chosen first."""
    first: dict[tuple[str, str, int, int], TimelineEntry] = {}
    for entry in material.timeline:
        if entry.kind == "sentence" and entry.chunk and entry.precision != "year":
            first.setdefault((entry.article, entry.chunk, entry.start or 0, entry.end or 0), entry)
    notes = (note for country in material.countries for note in country.ledger)
    shown = {stretch.key for stretch in map(material.stretch_of, notes)}
    items = [
        Item(
            write=partial(_dated, entry, Stretch(*key)),
            rank=(not is_to_come(material, entry), entry.precision != "day", key not in shown),
            heading="### To come" if is_to_come(material, entry) else "",
            stretches=(Stretch(*key),),
        )
        for key, entry in first.items()
    ]
    best = sorted(items, key=lambda item: item.rank)[:MOST_DATES]
    known = set(map(id, best))
    return [replace(item, spare=id(item) not in known) for item in items]


def is_to_come(material: Material, entry: TimelineEntry) -> bool:
    """Whether a date lies behind the day of the memo."""
    days = days_of(entry.date)
    return days is not None and days[1].isoformat() > material.generated


def _dated(entry: TimelineEntry, stretch: Stretch, notes: Notes) -> str:
    inferred = "" if entry.basis == "stated" else f" ({entry.basis})"
    mark = notes.cite(stretch, is_shown=True)
    return f"- **{iso_words(entry.date)}**{inferred}: {notes.quote(stretch)}{mark}"


def cue_items(material: Material) -> list[Item]:
    """Return every cue with its sentence, by country and oldest first."""
    return [
        Item(
            write=partial(_cue, material, note),
            heading=f"### {escape(country.name)}: cues",
            stretches=(material.stretch_of(note),),
        )
        for country in material.countries
        for note in country.ledger
    ]


def _cue(material: Material, note: StanceNote, notes: Notes) -> str:
    stretch = material.stretch_of(note)
    matter = _matter(note.object, note.target)
    on = f": {matter}" if matter else ""
    date = iso_words(note.date) if note.date else NO_DATE
    return (
        f"- **{stance_words(note)}**{on}; {says_so(note)}, {date}"
        f"{notes.cite(stretch, is_shown=True)}\n\n  > {notes.quote(stretch, opens_line=True)}"
    )


def analyst_items(material: Material) -> list[Item]:
    """Return what the analyst wrote on, tagged or highlighted in the sources, and who did."""
    orphans = {orphan.edit.id for orphan in material.briefing.orphans}
    return [
        Item(write=partial(_by_analyst, material, edit), rank=(order,))
        for order, edit in enumerate(material.briefing.edits)
        if edit.kind in ("note", "tag", "highlight")
        and edit.id not in orphans
        and edit.anchor.article in material.sources
    ]


def _by_analyst(material: Material, edit: Edit, notes: Notes) -> str:
    who = escape(edit.by) if edit.by else "the analyst"
    said = {"note": "", "tag": "tagged ", "highlight": "highlighted"}[edit.kind]
    words = escape_line(edit.text or "") if edit.kind != "highlight" else ""
    try:
        _, chunk, start, end = locate(material.articles[edit.anchor.article], edit.anchor)
    except MismatchError:
        return f"- {said}{words} — {who}"
    stretch = Stretch(edit.anchor.article, chunk.id, start, end)
    mark = notes.cite(stretch, is_shown=True)
    return f"- {said}{words} — {who}{mark}\n\n  > {notes.quote(stretch, opens_line=True)}"
