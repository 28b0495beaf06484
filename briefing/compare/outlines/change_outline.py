"""What changed in a briefing, what it lacks, its origins and versions of utterances, as outlines.

Changes are shown as `from … to` for changed, `+` for new, `−` for gone. Of origins: an outlet, the
articles that have it, and what they have; of an utterance: how each article has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, TypeVar

from msgspec.structs import replace

from briefing.compare import standing_words
from briefing.compare.changes import Change, Changes, KeptArticle, KeptQuote, KeptStanding
from briefing.compare.concordance import Concordance, Version
from briefing.compare.gaps import FEWEST_MENTIONS, Gaps, NoPosition, OneOrigin, OpenStanding
from briefing.compare.origin_counts import (
    NOT_STATED_WORDS,
    circle_words,
    outlet_words,
    tally_origins,
    tally_words,
)
from briefing.compare.origin_tree import Branch, OriginTree, TracedStatement, Way
from briefing.compare.origins import Origin
from briefing.compare.outlines import Outline, OutlineRow
from briefing.compare.panels import Panels, QuoteRow, SourceRow
from briefing.model import Edit, Place
from briefing.wording import (
    NO_DATE,
    NO_SPEAKER,
    code_and_name,
    counted,
    date_text,
    date_words,
    marked,
    speaker_name,
    speaker_text,
)
from briefing.world.languages import language_name

_T = TypeVar("_T")
MOST_NAMED = 2
"""How many countries that moved are named in a sentence."""
_PASSING = f"named {FEWEST_MENTIONS} times or more, or heard; others are named in passing"


def outline_changes(changes: Changes, panels: Panels) -> Outline:
    """Return each kind of change that there is; only what is now has a place."""
    places = {
        (row.article, row.quote.id): row.place for row in (*panels.quotes, *panels.paraphrases)
    }

    def quote(one: KeptQuote) -> OutlineRow:
        place = places.get((one.article, one.quote), Place(one.article, quote=one.quote))
        source = one.speaker or NO_SPEAKER, one.source
        return OutlineRow(depth=1, text=f"“{one.exact}”", source=source, place=place)

    line = changes.bottom_line
    return Outline(
        what="changes",
        about=f"since {changes.since}",
        notes=changes.notes,
        rows=(
            *_section(
                "Bottom line",
                [line] if line else [],
                lambda words: OutlineRow(depth=1, text=words),
            ),
            *_section("Positions", changes.positions, _standing),
            *_section("Disagreements", changes.conflicts, _at_odds),
            *_section("Rulings", changes.rulings, _ruling),
            *_section("Articles", changes.articles, _article),
            *_section("Quotes", changes.quotes, quote),
        ),
        empty="nothing changed",
    )


def news_words(changes: Changes) -> str:
    """Return in words what is new and where a stance is another now; none for neither.

    What the analyst ruled is no news to the analyst.
    """
    moved = [
        f"{one.now.name} moved from {one.before.stance} to {one.now.stance}"
        for one in changes.positions
        if one.before and one.now and not one.now.ruled
    ]
    more = len(moved) - MOST_NAMED
    new = ((changes.articles, "new article"), (changes.quotes, "new quote"))
    numbers = [(sum(one.before is None for one in found), noun) for found, noun in new]
    parts = (
        *(counted(number, noun) for number, noun in numbers if number),
        *moved[:MOST_NAMED],
        f"{more} more moved" if more > 0 else "",
    )
    return ", ".join(part for part in parts if part)


def _section(
    heading: str, found: Sequence[Change[_T]], row: Callable[[_T], OutlineRow]
) -> Iterator[OutlineRow]:
    if found:
        yield OutlineRow(depth=0, text=f"{heading}: {len(found):,}", strength="strong")
    for change in found:
        both = change.before is not None and change.now is not None
        if change.before is not None:
            yield replace(row(change.before), sign="from" if both else "−", place=None)
        if change.now is not None:
            yield replace(row(change.now), sign="to" if both else "+")


def _standing(one: KeptStanding) -> OutlineRow:
    since = f" since {one.since}" if one.since else ""
    return OutlineRow(
        depth=1,
        text=f"{_stance_text(one, one.stance)}{since}",
        facts=("ruled by the analyst",) if one.ruled else (),
        said=one.sentence,
        source=(one.source,),
        place=_place_of(one),
    )


def _at_odds(one: KeptStanding) -> OutlineRow:
    words = " or ".join(one.at_odds) or f"{one.stance}"
    text = _stance_text(one, words) + ("" if one.at_odds else ", nobody disagrees")
    return OutlineRow(depth=1, text=text, place=_place_of(one))


def _place_of(one: KeptStanding) -> Place:
    return Place(one.article, one.chunk, one.start, one.end)


def _stance_text(one: KeptStanding, stance: str) -> str:
    return f"{code_and_name(one.country, one.name)}, {stance}" + (
        f": {one.object}" if one.object else ""
    )


def _ruling(one: Edit) -> OutlineRow:
    country = f"{one.country} " if one.country else ""
    about = ": ".join(part for part in (one.stance, one.object) if part)
    target = f" → {one.target}" if one.target else ""
    return OutlineRow(
        depth=1,
        text=f"{country}{about}{target}",
        facts=(one.date,) if one.date else (),
        said=f"“{one.anchor.exact}”",
        place=Place(one.anchor.article),
    )


def _article(one: KeptArticle) -> OutlineRow:
    facts = one.date or NO_DATE, f"original {one.sha256[:8]}"
    return OutlineRow(depth=1, text=one.source, facts=facts, place=Place(one.article))


def outline_gaps(gaps: Gaps, panels: Panels) -> Outline:
    """Return each kind of gap that there is under its heading; an article goes by its label."""
    labels = {source.article: source.label for source in panels.sources}

    def standing(one: OpenStanding, tail: str) -> Iterator[OutlineRow]:
        about = standing_words.matter_words(one.standing.object, one.standing.latest.target)
        stances = " or ".join(one.standing.at_odds) or one.standing.stance
        text = f"{code_and_name(one.country, one.name)}, {stances}"
        yield OutlineRow(depth=1, text=text + (f": {about}" if about else ""), facts=(tail,))
        for cue in one.cues:
            words = standing_words.cue_words(cue, labels)
            yield OutlineRow(depth=2, text=words, strength="faint", place=cue.place)

    def retold(one: OneOrigin) -> Iterator[OutlineRow]:
        yield OutlineRow(depth=1, text=tally_words(one.tally))
        for article in one.articles:
            yield OutlineRow(depth=2, text=labels[article], strength="faint", place=Place(article))

    sections: tuple[tuple[str, Sequence[Iterable[OutlineRow]]], ...] = (
        (
            "Articles or voices disagree",
            [
                standing(one, standing_words.conflict_words(one.standing.conflicts))
                for one in gaps.disagreements
            ],
        ),
        (
            "Several articles, one origin",
            [
                *map(retold, gaps.one_origin_articles),
                *(standing(one, tally_words(one.standing.tally)) for one in gaps.one_origin),
                *map(_quote_row, gaps.one_origin_quotes),
            ],
        ),
        (f"No position ({_PASSING})", list(map(_no_position, gaps.no_position))),
        ("Heard only through others", [standing(one, _own_words(one)) for one in gaps.not_heard]),
        ("On one article alone", [standing(one, "") for one in gaps.one_article]),
        ("Dates to come", list(_dates(gaps))),
        ("Sources without a date", [[_named(row)] for row in gaps.undated]),
        (
            "Not in English: speakers and positions are not read",
            [[_named(row, language_name(row.language or ""))] for row in gaps.foreign],
        ),
    )
    rows: list[OutlineRow] = []
    for heading, found in sections:
        if found:
            rows.append(OutlineRow(depth=0, text=f"{heading}: {len(found):,}", strength="strong"))
        rows += [row for each in found for row in each]
    about = f"as of {date_words(gaps.as_of)}"
    return Outline(what="gaps and disagreements", about=about, rows=tuple(rows))


def _named(row: SourceRow, *facts: str) -> OutlineRow:
    return OutlineRow(depth=1, text=row.label, facts=facts, place=row.place)


def _own_words(one: OpenStanding) -> str:
    if not one.statements:
        return ""
    return f"{counted(one.statements, 'statement')} of its own, none of them a position"


def _quote_row(row: QuoteRow) -> Iterator[OutlineRow]:
    yield OutlineRow(
        depth=1,
        text=marked(row.quote),
        strength="quote",
        said=speaker_text(row.quote.speaker),
        source=(standing_words.provenance(row),),
        place=row.place,
    )


def _no_position(one: NoPosition) -> Iterator[OutlineRow]:
    heard = f"{counted(one.statements, 'statement')} of its own" if one.statements else "not heard"
    named = f"{counted(one.mentions, 'mention')} in {counted(len(one.articles), 'article')}"
    place = Place(one.articles[0]) if one.articles else None
    name = code_and_name(one.country, one.name)
    yield OutlineRow(depth=1, text=name, facts=(heard, named), place=place)


def _dates(gaps: Gaps) -> Iterator[Sequence[OutlineRow]]:
    for date, entries in groupby(gaps.to_come, lambda entry: entry.date):
        words = "–".join(map(date_words, date.split("/")))
        sentences = (
            OutlineRow(
                depth=2,
                text=entry.text or "",
                source=(entry.source, f"date {entry.basis}", " ".join(entry.countries)),
                place=Place(entry.article, entry.chunk, entry.start or 0, entry.end or 0),
            )
            for entry in entries
        )
        yield [OutlineRow(depth=1, text=words), *sentences]


_WAYS: Mapping[Way, str] = {
    "own": "its own story",
    "wire": "wire report",
    "reprint": "reprint",
    "copy": "the same text",
    "retelling": "opens with its report",
    "citation": "cites it",
}
_OWN: Final = frozenset(("own", "wire", "reprint", "copy"))
"""The ways in which a whole text is an outlet's: its statements are counted, not listed."""


def outline_origins(tree: OriginTree, panels: Panels) -> Outline:
    """Return a branch an outlet, then what is circular."""
    rows = [row for branch in tree.branches for row in _branch_rows(branch, tree, panels)]
    for circle in tree.circles:
        rows.append(OutlineRow(depth=0, text=circle_words(circle), strength="warning"))
        for step in circle.hearings:
            place = Place(step.article, step.chunk, step.start, step.end)
            text = f"{step.hearer} heard from {step.heard}"
            rows.append(OutlineRow(depth=1, text=text, place=place))
    return Outline(
        what="origins of one claim" if tree.is_claim else "origins",
        about=tally_words(tree.tally) if tree.branches else "",
        rows=tuple(rows),
        empty="no articles",
    )


def _branch_rows(branch: Branch, tree: OriginTree, panels: Panels) -> Iterator[OutlineRow]:
    sources = {row.article: row for row in panels.sources}
    articles = (counted(len(branch.articles), "article"),)
    yield OutlineRow(depth=0, text=_heading(branch), strength="strong", facts=articles)
    for held in branch.articles:
        is_listed = tree.is_claim or held.way not in _OWN
        is_stated = branch.outlet is not None or held.way == "copy"
        row = sources[held.article]
        count = 0 if is_listed else len(held.statements)
        facts = (
            "" if row.date and row.label.endswith(row.date.value) else date_text(row.date),
            _WAYS[held.way] if is_stated else "",
            counted(count, "statement") if count else "",
        )
        yield OutlineRow(depth=1, text=row.label, facts=facts, place=Place(held.article))
        if is_listed:
            for _, same in groupby(held.statements, lambda one: (one.chunk, one.start, one.end)):
                yield _statement_row(list(same))


def _heading(branch: Branch) -> str:
    if branch.outlet is None:
        return NOT_STATED_WORDS.capitalize()
    heard = [origin.heard_from for origin in branch.tally.origins if origin.heard_from]
    return ", from ".join([outlet_words(branch.outlet, short=False), *heard])


def _statement_row(same: Sequence[TracedStatement]) -> OutlineRow:
    """Return the words of statements of one place, and from whom they are."""
    one = same[0]
    is_paraphrase = one.kind in (None, "indirect")
    stances = [
        f"{each.country} {each.stance}" + (f": {each.object}" if each.object else "")
        for each in same
        if each.stance
    ]
    heard = f"from {one.origin.heard_from}" if one.origin.heard_from else ""
    return OutlineRow(
        depth=2,
        text=one.exact if is_paraphrase else f"“{one.exact}”",
        strength="quote",
        source=(heard, *stances),
        place=Place(one.article, one.chunk, one.start, one.end, one.quote),
    )


def outline_concordances(found: Sequence[Concordance]) -> Outline:
    """Return each utterance: the longest version, then how the others differ from it."""
    several = sum(bool(one.others) for one in found)
    count = counted(several, "utterance") if several else "no utterance"
    return Outline(
        what="concordance",
        about=f"{count} in several versions",
        rows=tuple(row for one in found for row in _rows(one)),
        empty="no two articles quote the same words",
    )


def _rows(one: Concordance) -> Iterator[OutlineRow]:
    versions = (one.base, *one.others)
    rows = [row for version in versions for row in version.rows]
    who = speaker_text(next((row.quote.speaker for row in rows if row.quote.speaker), None))
    found = ((row.article, Origin(outlet=row.origin.outlet)) for row in rows)
    origins = tally_words(tally_origins(found))
    facts = (f"{counted(len(versions), 'version')} in {origins}",)
    yield OutlineRow(depth=0, text=who, strength="strong", facts=facts)
    for version in versions:
        yield _version_row(version)


def _version_row(version: Version) -> OutlineRow:
    """Return a version with what it changes, who says whose words they are, and where."""
    row = version.rows[0]
    is_same = version.changes == ("same",)
    told = row.quote.kind == "indirect"
    source = (
        "" if is_same else ", ".join(version.changes),
        speaker_name(row.quote.speaker),
        standing_words.place_and_chain(row),
        date_text(version.date),
    )
    return OutlineRow(
        depth=1,
        text="same words" if is_same else version.text if told else f"“{version.text}”",
        strength="faint" if is_same else "normal" if version.changes else "quote",
        source=source,
        place=row.place,
        parts=() if is_same else version.parts,
    )
