"""What a briefing lacks as an outline: a section for each kind of gap, with places to go to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from briefing.compare.citing import provenance
from briefing.compare.gaps import FEWEST_MENTIONS, Gaps, NoPosition, OneOrigin, OpenStanding
from briefing.compare.origin_counts import tally_words
from briefing.compare.outlines import Outline, OutlineRow
from briefing.compare.panels import Panels, QuoteRow
from briefing.compare.place import Place
from briefing.compare.standing_words import conflict_words, cue_words, matter_words
from briefing.wording import code_and_name, counted, date_words, marked, speaker_text
from briefing.world.languages import language_name

_PASSING = f"named {FEWEST_MENTIONS} times or more, or heard; others are named in passing"


def outline_gaps(gaps: Gaps, panels: Panels) -> Outline:
    """Return each kind of gap that there is under its heading; an article goes by its label."""
    labels = {source.article: source.label for source in panels.sources}

    def standing(one: OpenStanding, tail: str) -> Iterator[OutlineRow]:
        yield OutlineRow(depth=1, text=_standing_text(one), facts=(tail,))
        for cue in one.cues:
            words = cue_words(cue, labels)
            yield OutlineRow(depth=2, text=words, strength="faint", place=cue.place)

    def retold(one: OneOrigin) -> Iterator[OutlineRow]:
        yield OutlineRow(depth=1, text=tally_words(one.tally))
        for article in one.articles:
            yield OutlineRow(depth=2, text=labels[article], strength="faint", place=Place(article))

    sections = (
        (
            "Articles or voices disagree",
            [standing(one, conflict_words(one.standing.conflicts)) for one in gaps.disagreements],
        ),
        (
            "Several articles, one origin",
            [
                *map(retold, gaps.one_origin_articles),
                *(standing(one, tally_words(one.standing.tally)) for one in gaps.one_origin),
                *map(_quote, gaps.one_origin_quotes),
            ],
        ),
        (f"No position ({_PASSING})", list(map(_no_position, gaps.no_position))),
        ("Heard only through others", [standing(one, _own_words(one)) for one in gaps.not_heard]),
        ("On one article alone", [standing(one, "") for one in gaps.one_article]),
        ("Dates to come", list(_dates(gaps))),
        (
            "Sources without a date",
            [
                iter([OutlineRow(depth=1, text=row.label, place=Place(row.article))])
                for row in gaps.undated
            ],
        ),
        (
            "Not in English: speakers and positions are not read",
            [
                iter([_foreign(row.label, row.language, row.article)])
                for row in gaps.foreign
                if row.language
            ],
        ),
    )
    rows: list[OutlineRow] = []
    for heading, found in sections:
        if found:
            rows.append(OutlineRow(depth=0, text=f"{heading}: {len(found)}", strength="strong"))
        rows += [row for each in found for row in each]
    about = f"as of {date_words(gaps.as_of)}"
    return Outline(what="gaps and disagreements", about=about, rows=tuple(rows))


def _foreign(label: str, language: str, article: str) -> OutlineRow:
    return OutlineRow(depth=1, text=label, facts=(language_name(language),), place=Place(article))


def _standing_text(one: OpenStanding) -> str:
    standing = one.standing
    about = matter_words(standing.object, standing.latest.target)
    stances = " or ".join(standing.at_odds) or standing.stance
    return f"{code_and_name(one.country, one.name)}, {stances}" + (f": {about}" if about else "")


def _own_words(one: OpenStanding) -> str:
    if not one.statements:
        return ""
    return f"{counted(one.statements, 'statement')} of its own, none of them a position"


def _quote(row: QuoteRow) -> Iterator[OutlineRow]:
    yield OutlineRow(
        depth=1,
        text=marked(row.quote),
        strength="quote",
        said=speaker_text(row.quote.speaker),
        source=(provenance(row),),
        place=row.place,
    )


def _no_position(one: NoPosition) -> Iterator[OutlineRow]:
    heard = f"{counted(one.statements, 'statement')} of its own" if one.statements else "not heard"
    named = f"{counted(one.mentions, 'mention')} in {counted(len(one.articles), 'article')}"
    place = Place(one.articles[0]) if one.articles else None
    name = code_and_name(one.country, one.name)
    yield OutlineRow(depth=1, text=name, facts=(heard, named), place=place)


def _dates(gaps: Gaps) -> Iterator[Sequence[OutlineRow]]:
    """Yield the dates to come, each with its sentences."""
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
