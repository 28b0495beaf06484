"""The sections of a memo, each a pure function from the scope to Markdown or None."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.compare.panels import CountryRow, SourceRow, StanceNote
from briefing.compare.standing_words import (
    matter_words,
    part_cues,
    source_words,
    standing_words,
    voice_words,
)
from briefing.compare.voices import ONLY_MENTIONED, OWN_VOICES, about_heading
from briefing.export.escape import escape, escape_line, escape_prose, web_link
from briefing.export.footnotes import footnote_mark
from briefing.export.memo_wording import article_words, plain_date, reprint_words, speaker_words
from briefing.export.scope import ExportScope, Section
from briefing.export.utterances import Statement
from briefing.export.verifying import ChunkPlace
from briefing.model import Article, Chunk
from briefing.wording import counted

SHORT_QUOTE = 140
"""A quote of at most this many code points fits into the table of countries."""
OMISSION = r" \[…\] "
"""Stands where the reporter's words between two parts of a statement are left out."""


def bottom_line(scope: ExportScope) -> str | None:
    """Return question and bottom line in the analyst's words."""
    info = scope.briefing.info
    prose = escape_prose(info.bottom_line or "")
    parts = [
        f"**Question.** {escape(info.question)}" if info.question else None,
        f"## Bottom line\n\n{prose}" if prose else None,
    ]
    return "\n\n".join(part for part in parts if part) or None


def country_table(scope: ExportScope) -> str | None:
    """Return a row for each country that speaks, acts or is spoken about, and a line on others."""
    rows = [row for row in scope.countries if row.group != "mentioned" or scope.country]
    mentioned = [row for row in scope.countries if row not in rows]
    table = [
        "| Country | Stance | Quotes by it | Quotes about it | In its own words |",
        "| :-- | :-- | --: | --: | :-- |",
    ]
    table += [_country_line(row, scope) for row in rows]
    names = ", ".join(escape(row.name) for row in mentioned)
    parts = ["## Countries", "\n".join(table) if rows else None]
    parts.append(f"{ONLY_MENTIONED}: {names}." if names else None)
    return "\n\n".join(part for part in parts if part) if rows or names else None


def key_quotes(scope: ExportScope) -> str | None:
    """Return every statement once: own voices first, then what is said about the country."""
    if not scope.sections:
        return None
    return "\n\n".join(
        ["## Key quotes", *(part for each in scope.sections for part in _section(each, scope))]
    )


def _section(section: Section, scope: ExportScope) -> Iterator[str]:
    country = section.country
    yield f"### {_country_name(country)}"
    if country is None:
        yield from (_statement(each, scope) for each in section.about)
        return
    if section.own:
        yield f"#### {OWN_VOICES}"
        yield from (_statement(each, scope) for each in section.own)
    elsewhere = _quoted_elsewhere(country, scope)
    if section.about or elsewhere:
        yield f"#### {escape(about_heading(country.name))}"
        yield from (_statement(each, scope) for each in section.about)
    if elsewhere:
        yield elsewhere


def positions(scope: ExportScope) -> str | None:
    """Return where each country stands, and each cue with its words: its own, then by others."""
    parts = [part for country in scope.countries for part in _positions_of(country, scope)]
    if not parts:
        return None
    intro = "Cues with the words that show them, oldest first. A cue is not a verdict."
    return "\n\n".join(["## Positions", intro, *parts])


def _positions_of(country: CountryRow, scope: ExportScope) -> Iterator[str]:
    if not country.ledger:
        return
    yield f"### {_country_name(country)}"
    if country.standings:
        yield "\n".join(f"- {escape_line(standing_words(each))}" for each in country.standings)
    for heading, notes in part_cues(country.ledger):
        lines = dict.fromkeys(_position(note, scope) for note in notes)
        yield f"#### {heading}\n\n" + "\n".join(lines)


def analyst_notes(scope: ExportScope) -> str | None:
    """Return what the analyst wrote on, tagged or highlighted in the selected sources."""
    lines = [
        f"- {said} (source {scope.sources[place.article.id]}{_paragraph(place)})"
        for place in scope.places.values()
        if place.article.id in scope.sources
        for said in _by_analyst(place.chunk)
    ]
    return "## Notes by the analyst\n\n" + "\n".join(lines) if lines else None


def _by_analyst(chunk: Chunk) -> Iterator[str]:
    yield from map(escape_line, chunk.notes)
    if chunk.tags:
        yield f"Tagged {', '.join(map(escape, chunk.tags))}"
    for span in chunk.highlights:
        yield f"Highlighted: “{escape(chunk.text[span.start : span.end])}”"


def sources(scope: ExportScope) -> str | None:
    """Return the numbered list of sources with dates and links."""
    articles = {article.id: article for article in scope.briefing.articles}
    lines = [
        f"{number}. {_source(row, articles[row.article])}"
        for number, row in enumerate(scope.source_rows, 1)
        if row.article in articles
    ]
    return "## Sources\n\n" + "\n".join(lines) if lines else None


def _country_name(country: CountryRow | None) -> str:
    return "No country" if country is None else f"{escape(country.name)} ({escape(country.code)})"


def _country_line(row: CountryRow, scope: ExportScope) -> str:
    counts = (f"{row.quotes.by}", f"{row.quotes.about}")
    cells = [_country_name(row), _stance(row), *counts, _short_quote(row, scope)]
    return f"| {' | '.join(cells)} |"


def _stance(row: CountryRow) -> str:
    if row.stance is None:
        return "–"
    former = f" (earlier: {escape(row.former)})" if row.former else ""
    said = f", {voice_words(row.standings[0])}" if row.standings else ""
    return escape(row.stance) + former + said + ("; sources disagree" if row.conflict else "")


def _short_quote(country: CountryRow, scope: ExportScope) -> str:
    """Return a short quote by a speaker of the country, as a cell of the table."""
    for statement in scope.statements:
        if statement.by == country.code and len(statement.first.quote.exact) <= SHORT_QUOTE:
            speaker = statement.speaker
            name = (speaker.name or speaker.role) if speaker else None
            said = f" — {escape(name)}" if name else ""
            mark = footnote_mark(scope.footnotes[statement])
            return f"“{escape(statement.first.quote.exact)}”{said}{mark}"
    return "–"


def _statement(statement: Statement, scope: ExportScope) -> str:
    number = scope.footnotes[statement]
    source = scope.places[statement.first.article, statement.first.chunk].article
    credit = f"{escape(statement.first.source)}, {plain_date(source.date)}"
    pin = " · pinned" if statement.pinned else ""
    return "\n>\n".join([
        *(f"> {paragraph}" for paragraph in _paragraphs(statement)),
        f"> — {speaker_words(statement.speaker)} · {credit}{pin}{footnote_mark(number)}",
    ])  # fmt: skip


def _paragraphs(statement: Statement) -> list[str]:
    """Return the parts verbatim: those of one chunk on a line, each chunk a paragraph."""
    paragraphs: dict[str, list[str]] = {}
    for part in statement.parts:
        line = paragraphs.setdefault(part.chunk, [])
        line.append(escape(part.quote.exact) if line else escape_line(part.quote.exact))
    return [OMISSION.join(line) for line in paragraphs.values()]


def _quoted_elsewhere(country: CountryRow, scope: ExportScope) -> str | None:
    """Return where the other statements stand that are about this country too."""
    others = [
        section.country
        for section in scope.sections
        if section.country is not country
        for statement in section.statements
        if country.code in statement.about
    ]
    if not others:
        return None
    homes = ", ".join(dict.fromkeys(_country_name(home) for home in others))
    return f"{counted(len(others), 'more statement')} about this country: see {homes}."


def _position(note: StanceNote, scope: ExportScope) -> str:
    place = scope.places[note.article, note.chunk]
    hedge = f" ({escape(note.hedge)})" if note.hedge else ""
    about = matter_words(note.object, note.target)
    on = f": {escape(about)}" if about else ""
    source = source_words(note)
    by = f", {escape(source)}" if source else ""
    ruled = ", ruled by the analyst" if note.ruled else ""
    words = escape(place.chunk.text[note.start : note.end])
    where = f"source {scope.sources[note.article]}{_paragraph(place)}"
    date = plain_date(place.article.date)
    return f"- **{escape(note.stance)}**{hedge}{on}{by}, {date}{ruled} ({where}): {words}"


def _paragraph(place: ChunkPlace) -> str:
    return f", ¶ {place.paragraph}" if place.paragraph is not None else ""


def _source(row: SourceRow, article: Article) -> str:
    parts = [
        article_words(article),
        f"by {', '.join(escape(author) for author in article.authors)}"
        if article.authors
        else None,
        reprint_words(article.reprint_of) if article.reprint_of else None,
        f"names as its sources {', '.join(escape(outlet) for outlet in row.cites)}"
        if row.cites
        else None,
        counted(row.quotes, "quote"),
        web_link(article.url),
    ]
    return "; ".join(part for part in parts if part) + "."
