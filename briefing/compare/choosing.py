"""What of a briefing's panels is shown for a choice of country: pure functions over `Panels`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow
from briefing.model import Place
from briefing.visible import one_line
from briefing.wording import counted, older_stances
from briefing.world.languages import language_name, what_is_read


def country_row(panels: Panels, code: str | None) -> CountryRow | None:
    """Return the row of a country, or None."""
    return next((row for row in panels.countries if row.code == code), None)


def source_row(panels: Panels, article: str) -> SourceRow | None:
    """Return the row of an article, or None."""
    return next((row for row in panels.sources if row.article == article), None)


def source_label(panels: Panels | None, article: str) -> str:
    """Return what an article is called among the sources, its id where it is none of them."""
    source = source_row(panels, article) if panels is not None else None
    return source.label if source is not None else article


def quotes_of(panels: Panels, code: str | None, *, paraphrases: bool) -> Sequence[QuoteRow]:
    """Return the quotes by a country or about it, or all; with the paraphrases if asked for."""
    rows = panels.quotes_and_paraphrases() if paraphrases else panels.quotes
    return rows if code is None else [row for row in rows if row.concerns(code)]


def sources_of(panels: Panels, code: str | None) -> Sequence[SourceRow]:
    """Return the articles that name a country or have a quote on it, or all."""
    row = country_row(panels, code)
    if row is None:
        return panels.sources
    return [source for source in panels.sources if source.article in row.sources]


def quote_at(panels: Panels, place: Place | None) -> QuoteRow | None:
    """Return the quote that is chosen at a place, or None."""
    if place is None or place.quote is None:
        return None
    rows = panels.quotes + panels.paraphrases
    wanted = (place.article, place.quote)
    return next((row for row in rows if (row.article, row.quote.id) == wanted), None)


def no_quotes(panels: Panels, code: str | None) -> str:
    """Say why there are no quotes to show, and what there is instead."""
    row = country_row(panels, code)
    if row is not None:
        name = one_line(row.name)
        if row.paraphrases.total:
            found = counted(row.paraphrases.total, "paraphrase")
            return f"No words in quotation marks by or about {name}. Press i for {found}."
        found = f"{counted(row.mentions, 'mention')} in {counted(row.articles, 'article')}"
        only = f"{name} is only mentioned" if row.group == "mentioned" else f"No quotes of {name}"
        return f"{only}: {found}. Press / to search for it."
    if panels.paraphrases:
        found = counted(len(panels.paraphrases), "paraphrase")
        return f"No words in quotation marks. Press i for {found}."
    return "No quotes were found."


def no_positions(panels: Panels, code: str | None) -> str:
    """Say that there is no cue for a stance, and where to look instead."""
    row = country_row(panels, code)
    if row is None:
        return "No cue for a stance was found in these articles."
    return f"No cue for a stance of {one_line(row.name)} was found. Press esc for its quotes."


def no_dates(panels: Panels, code: str | None) -> str:
    """Say that no sentence has a date, and where to look instead."""
    row = country_row(panels, code)
    if row is None:
        return "No sentence of these articles has a date, and no article a date of publication."
    return f"No dated sentence names {one_line(row.name)}. Choose All countries for the whole."


def no_articles(panels: Panels) -> str:
    """Say how a briefing gets its first article."""
    command = f"briefing add FILE… --to {panels.name}"
    return f"This briefing has no articles yet. Add some on the command line: {command}"


def unread_languages(sources: Sequence[SourceRow]) -> tuple[str, ...]:
    """Say how many sources are in other languages than English, and what is read in these."""
    counts = Counter(row.language for row in sources if row.language)
    found: dict[str, list[str]] = {}
    for code, number in counts.most_common():
        words = found.setdefault(what_is_read(code), [])
        words.append(f"{number if words else counted(number, 'article')} in {language_name(code)}")
    return tuple(f"{', '.join(words)}: {read}" for read, words in found.items())


def troubles(panels: Panels) -> str:
    """Return what is wrong with the files of the briefing and its stances, or an empty text."""
    parts = [f"{counted(panels.problems, 'file')} left out"] if panels.problems else []
    if panels.orphans:
        parts.append(counted(panels.orphans, "orphaned edit"))
    if panels.codebook is not None and panels.codebook.is_newer:
        parts.append(older_stances(panels.name))
    codes = dict.fromkeys(row.language for row in panels.sources if row.language)
    if codes:
        few = len(codes) == 1
        names = language_name(next(iter(codes))) if few else counted(len(codes), "language")
        parts.append(f"speakers not read in {names}")
    return ", ".join(parts)
