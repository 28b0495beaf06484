"""Panels, articles and results as plain lines in reading order: the screen reader's way in.

Every line carries a strength and no colour. Lines may hold control characters of an article: the
printer makes them visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from briefing.compare.choosing import unread_languages
from briefing.compare.origin_counts import circle_words
from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow
from briefing.compare.standing_words import (
    ONLY_MENTIONED,
    OWN_VOICES,
    about_heading,
    country_counts,
    cue_words,
    part_cues,
    part_quotes,
    provenance,
    source_origins,
    standing_words,
)
from briefing.model import (
    READ_ROLES,
    Article,
    Chunk,
    Problem,
    Quote,
    Record,
    paragraph_numbers,
)
from briefing.paraphrases import paraphrase_label
from briefing.search.results import (
    ArticleHits,
    CatalogRow,
    Results,
    SavedRun,
    Snippet,
    counted_passages,
)
from briefing.visible import one_line
from briefing.wording import (
    code_and_name,
    counted,
    date_text,
    marked,
    older_stances,
    quotes_in_words,
    speaker_text,
    where_stated,
)
from briefing.world.languages import language_name, other_language, what_is_read

if TYPE_CHECKING:
    from briefing.annotate.positions.unruled import Unruled
    from briefing.annotate.quotes.explain import Explanation
    from briefing.compare.panels import StanceNote

_ON_ONE_LINE = dict.fromkeys(map(ord, "\t\n\r"), " ")

Strength = Literal["title", "strong", "normal", "faint", "quote", "warning"]


class PlainLine(Record, frozen=True):
    """A line of output: its text, indent in columns, strength, and `marks` as spans of `text`."""

    text: str = ""
    indent: int = 0
    strength: Strength = "normal"
    marks: tuple[tuple[int, int], ...] = ()


def catalog_lines(rows: Sequence[CatalogRow]) -> Iterator[PlainLine]:
    """Yield one line a briefing: name, title and what it holds."""
    width = max((len(row.name) for row in rows), default=0)
    for row in rows:
        counts = list(catalog_counts(row))
        if row.latest:
            counts.append(f"latest {row.latest}")
        if row.problems:
            counts.append(counted(row.problems, "problem"))
        if row.is_codebook_newer:
            counts.append(older_stances(row.name))
        yield PlainLine(f"{row.name:<{width}}  {one_line(row.title)} · {' · '.join(counts)}")


def catalog_counts(row: CatalogRow) -> tuple[str, str, str]:
    """Return how many articles, quotes and countries a briefing holds, in words."""
    return (
        counted(row.articles, "article"),
        quotes_in_words(row.quotes, row.paraphrases),
        counted(len(row.countries), "country"),
    )


def briefing_lines(panels: Panels) -> Iterator[PlainLine]:
    """Yield the whole briefing: what it is about, countries, quotes and sources."""
    yield PlainLine(one_line(panels.title), 0, "title")
    for text in (panels.question, panels.bottom_line):
        if text:
            yield PlainLine(one_line(text))
    counts = (
        *panels.counted_sources(),
        counted(len(panels.countries), "country"),
        panels.counted_quotes(),
    )
    yield PlainLine(" · ".join(counts), 0, "faint")
    for circle in panels.circles:
        yield PlainLine(circle_words(circle), 0, "warning")
    yield from codebook_lines(panels)
    yield from language_lines(panels)
    if panels.problems or panels.orphans:
        problems = counted(panels.problems + panels.orphans, "problem")
        text = f"{problems}: run briefing check {panels.name}"
        yield PlainLine(text, 0, "warning")
    yield PlainLine()
    yield PlainLine("Countries", 0, "strong")
    for row in panels.countries:
        if row.group != "mentioned":
            yield _country_line(row)
    mentioned = ", ".join(row.name for row in panels.countries if row.group == "mentioned")
    if mentioned:
        yield PlainLine(f"{ONLY_MENTIONED}: {mentioned}", 0, "faint")
    yield PlainLine()
    yield from quote_section(panels.quotes, panels.name)
    yield from _sources(panels.sources, panels.name)


def _sources(rows: Iterable[SourceRow], briefing: str) -> Iterator[PlainLine]:
    yield PlainLine("Sources", 0, "strong")
    for row in rows:
        yield from source_lines(row, briefing)


def language_lines(panels: Panels) -> Iterator[PlainLine]:
    """Yield for each language but English what is read in its articles."""
    for text in unread_languages(panels.sources):
        yield PlainLine(text, 0, "faint")


def codebook_lines(panels: Panels) -> Iterator[PlainLine]:
    """Yield which codebook the stances are of and why, and whether they are of an older one."""
    note = panels.codebook
    if note is None:
        return
    text = f"Codebook: {note.name or one_line(', '.join(note.stances))}"
    if note.reason:
        text += f" ({one_line(note.reason)})"
    yield PlainLine(text, 0, "faint")
    if note.is_newer:
        yield PlainLine(older_stances(panels.name), 0, "warning")


def country_view(panels: Panels, row: CountryRow) -> Iterator[PlainLine]:
    """Yield one country: its standing, the cues in time order, its quotes and their sources."""
    labels = {source.article: source.label for source in panels.sources}
    yield PlainLine(f"{one_line(panels.title)} · {row.name}", 0, "title")
    yield PlainLine(_country_facts(row))
    for standing in row.standings:
        yield PlainLine(one_line(standing_words(standing)), 2)
        for move in standing.moves:
            for lead, note in (("moved from", move.former), ("to", move.latter)):
                yield PlainLine(f"{lead:>10}  {one_line(cue_words(note, labels))}", 4, "faint")
    for heading, notes in part_cues(row.ledger):
        yield PlainLine()
        yield PlainLine(f"{heading} ({len(notes):,})", 0, "strong")
        for note in notes:
            place = span_words(panels.name, note)
            yield PlainLine(f"{one_line(cue_words(note, labels))} · {place}", 2, "faint")
    yield PlainLine()
    yield from voice_sections(panels.quotes, row, panels.name)
    own = (source for source in panels.sources if source.article in row.sources)
    yield from _sources(own, panels.name)


def _country_line(row: CountryRow) -> PlainLine:
    """Return a country's code, name and counts, and where it stands on the main object."""
    text = _country_facts(row)
    if row.standings:
        text += f" · cue: {one_line(standing_words(row.standings[0]))}"
    others = len(row.standings) - 1
    if others > 0:
        text += f" · on {counted(others, 'more object')} too"
    return PlainLine(text)


def _country_facts(row: CountryRow) -> str:
    mentions = f"{counted(row.mentions, 'mention')} in {counted(row.articles, 'article')}"
    return f"{code_and_name(row.code, row.name)}: {country_counts(row)} · {mentions}"


def voice_sections(
    quotes: Sequence[QuoteRow], row: CountryRow, briefing: str
) -> Iterator[PlainLine]:
    """Yield the quotes by a country, then those about it, each under its heading."""
    own, about = part_quotes(quotes, row.code)
    yield from quote_section(own, briefing, OWN_VOICES)
    yield from quote_section(about, briefing, about_heading(row.name))


def quote_section(
    quotes: Sequence[QuoteRow], briefing: str, heading: str = "Quotes"
) -> Iterator[PlainLine]:
    """Yield a heading and every quote under it, a blank line after each."""
    told = sum(row.paraphrase is not None for row in quotes)
    number = quotes_in_words(len(quotes) - told, told) if told else f"{len(quotes):,}"
    yield PlainLine(f"{heading} ({number})", 0, "strong")
    for row in quotes:
        yield from quote_lines(row, briefing)
        yield PlainLine()
    if not quotes:
        yield PlainLine("none")
        yield PlainLine()


def quote_lines(row: QuoteRow, briefing: str) -> Iterator[PlainLine]:
    """Yield a quote's words, its speaker, and its place: as commands take it, then in words."""
    place = place_words(briefing, row.article, row.quote.id)
    yield PlainLine(marked(row.quote), 2, "quote")
    yield PlainLine(speaker_text(row.quote.speaker), 4)
    yield PlainLine(f"{place} · {provenance(row)} · {kind_text(row.quote)}", 4, "faint")


def place_words(*parts: str) -> str:
    """Return a place as commands take it: `NAME/ARTICLE/QUOTE`."""
    return "/".join(map(one_line, parts))


def span_words(briefing: str, span: StanceNote | Unruled) -> str:
    """Return the place of a sentence as commands take it: `NAME/ARTICLE/CHUNK:START-END`."""
    return place_words(briefing, span.article, f"{span.chunk}:{span.start}-{span.end}")


def kind_text(quote: Quote) -> str:
    """Return the kind of a quote, that of a paraphrase with what it reports, and its rule."""
    label = paraphrase_label(quote)
    return f"{quote.kind} {label}, {quote.rule}" if label else f"{quote.kind}, {quote.rule}"


def source_lines(row: SourceRow, briefing: str) -> Iterator[PlainLine]:
    """Yield an article's number, label, date and place, what it cites, and its counts."""
    place = place_words(briefing, row.article)
    yield PlainLine(f"{row.number} {one_line(row.label)} · {date_text(row.date)} · {place}")
    if row.headline and row.headline != row.label:
        yield PlainLine(one_line(row.headline), 2)
    for text in source_origins(row):
        yield PlainLine(text, 2)
    if row.double_of:
        yield PlainLine(f"double of {one_line(row.double_of)}", 2)
    counts = f"{quotes_in_words(row.quotes, row.paraphrases)}, {counted(row.countries, 'country')}"
    counts += f", {counted(row.paragraphs, 'paragraph')}, {row.set_aside} set aside"
    yield PlainLine(counts, 2, "faint")
    if row.url:
        yield PlainLine(row.url, 2, "faint")
    if row.stated:
        yield PlainLine(" · ".join(row.stated), 2, "faint")


def article_lines(article: Article, *, everything: bool = False) -> Iterator[PlainLine]:
    """Yield an article to read: numbered paragraphs, and what is set aside on request."""
    yield PlainLine(one_line(article.headline or article.id), 0, "title")
    facts = [one_line(article.publisher or "publisher not stated"), date_text(article.date)]
    if article.authors:
        facts.append(one_line(", ".join(article.authors)))
    yield PlainLine(" · ".join(facts), 0, "faint")
    yield PlainLine(" · ".join(where_stated(article)), 0, "faint")
    code = other_language(article.language)
    if code:
        yield PlainLine(f"{language_name(code)}: {what_is_read(code)}", 0, "faint")
    yield PlainLine()
    numbers = paragraph_numbers(article)
    for chunk in article.chunks:
        if chunk.role in READ_ROLES or everything:
            yield from _chunk_lines(chunk, numbers.get(chunk.id))
    hidden = sum(chunk.role not in READ_ROLES for chunk in article.chunks)
    if hidden and not everything:
        text = f"{counted(hidden, 'block')} set aside; --all shows them"
        yield PlainLine(text, 0, "faint")


def _chunk_lines(chunk: Chunk, number: int | None) -> Iterator[PlainLine]:
    label = f"{one_line(chunk.id)} {chunk.role if number is None else f'¶{number}'}"
    if chunk.reason and chunk.role not in READ_ROLES:
        label += f" ({chunk.reason})"
    if chunk.time:
        label += f" {one_line(chunk.time)}"
    strength: Strength = "strong" if chunk.role == "heading" else "normal"
    if chunk.role not in READ_ROLES:
        strength = "faint"
    yield PlainLine(f"{label}  {one_line(chunk.text)}", strength=strength)
    for span in chunk.highlights:
        words = one_line(chunk.text[span.start : span.end])
        yield PlainLine(f"highlighted: {words}", 4, "faint")
    for note in chunk.notes:
        yield PlainLine(f"note: {one_line(note)}", 4, "faint")
    if chunk.tags:
        yield PlainLine(" ".join(f"#{one_line(tag)}" for tag in chunk.tags), 4, "faint")
    yield PlainLine()


def result_lines(results: Results) -> Iterator[PlainLine]:
    """Yield the hits article by article, with the hint and how many there are."""
    if results.hint:
        yield PlainLine(results.hint, 0, "warning")
    if results.suggestion:
        yield PlainLine(f"Try: {results.suggestion}", 0, "warning")
    for group in results.groups:
        yield from _group_lines(group)
    shown = sum(len(group.hits) for group in results.groups)
    hits = counted_passages(results)
    articles = counted(results.total_articles, "article")
    some = f"{shown:,} of " if shown < results.total_chunks else ""
    yield PlainLine(f"{some}{hits} in {articles}", 0, "faint")


def saved_lines(run: SavedRun) -> Iterator[PlainLine]:
    """Yield what a saved search found that is new since its last run; all of it the first time."""
    if run.search.last_run is None:
        yield from result_lines(run.results)
        yield PlainLine("first run: the next one shows what is new", 0, "faint")
        return
    fresh = {(hit.article, hit.chunk) for hit in run.new}
    for group in run.results.groups:
        hits = tuple(hit for hit in group.hits if (hit.article, hit.chunk) in fresh)
        if hits:
            yield from _group_lines(replace(group, hits=hits, total=len(hits)))
    total = counted_passages(run.results)
    yield PlainLine(f"{len(run.new):,} new since {run.search.last_run}, of {total}", 0, "faint")


def explanation_lines(place: str, explanation: Explanation) -> Iterator[PlainLine]:
    """Yield a quote, then every candidate for its speaker: the rule, the evidence, the verdict."""
    quote = explanation.quote
    yield PlainLine(f"{place} · {kind_text(quote)}", 0, "faint")
    yield PlainLine(f"“{one_line(quote.exact)}”", 2, "quote")
    for considered in explanation.candidates:
        text = f"{considered.verdict}: {speaker_text(considered.speaker)} · {considered.rule}"
        chosen = considered.verdict == "chosen"
        yield PlainLine(text, 4, "strong" if chosen else "normal")
        if considered.evidence:
            yield PlainLine(f"“{one_line(considered.evidence)}”", 6, "faint")
        yield PlainLine(one_line(considered.reason), 6, "faint")
    yield PlainLine()


def unruled_lines(sentences: Sequence[Unruled], panels: Panels) -> Iterator[PlainLine]:
    """Yield each sentence to rule on under its place and countries, and how to rule."""
    for one in sentences:
        countries = ", ".join(map(one_line, one.countries))
        yield PlainLine(f"{span_words(panels.name, one)} · {countries}", 0, "faint")
        yield PlainLine(one_line(one.exact), 2)
        yield PlainLine()
    count = counted(len(sentences), "sentence")
    how = "Rule on one: briefing rule PLACE STANCE --country CODE, or briefing rule PLACE none."
    yield PlainLine(f"{count} to rule on. {how}" if sentences else "no sentence to rule on")
    yield from language_lines(panels)


def _group_lines(group: ArticleHits) -> Iterator[PlainLine]:
    parts = [group.publisher or group.headline or group.article]
    parts.append(date_text(group.date))
    title = " · ".join(one_line(part) for part in parts)
    yield PlainLine(f"{title} · {group.briefing}/{group.article}", 0, "strong")
    for hit in group.hits:
        label = f"¶{hit.paragraph}" if hit.paragraph is not None else hit.role
        yield _snippet_line(f"{label}  ", hit.snippet, 2)
        for note in hit.notes:
            yield _snippet_line("your note: ", note, 4)
    if group.total > len(group.hits):
        yield PlainLine(f"and {group.total - len(group.hits)} more", 2, "faint")
    if group.copies:
        places = ", ".join(one_line(f"{copy.briefing}/{copy.article}") for copy in group.copies)
        copies = counted(len(group.copies), "copy")
        yield PlainLine(f"and {copies}: {places}", 2, "faint")
    yield PlainLine()


def _snippet_line(label: str, snippet: Snippet, indent: int) -> PlainLine:
    """Return a snippet on one line with its marks, code point for code point as stored."""
    text = snippet.text.translate(_ON_ONE_LINE) + ("…" if snippet.more else "")
    lead = f"{label}{'…' if snippet.start else ''}"
    shifted = tuple((start + len(lead), end + len(lead)) for start, end in snippet.marks)
    return PlainLine(lead + text, indent, marks=shifted)


def problem_text(problem: Problem) -> str:
    """Return `file:line:column: what is wrong`."""
    return f"{problem.place}: {problem.message}"
