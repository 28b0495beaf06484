"""What the commands that show and search put together from the library, as lines or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from briefing.cli.console import print_json, print_lines, say
from briefing.errors import NotFoundError
from briefing.visible import visible

if TYPE_CHECKING:
    from briefing.compare.panels import CountryRow, Panels
    from briefing.library import Library


def print_timeline(library: Library, name: str, country: str | None, *, as_json: bool) -> None:
    """Print what is told of which date; raises NotFoundError where a country is none of these."""
    from briefing.cli.timeline_lines import timeline_lines

    panels = library.panels(name)
    row = find_country(panels, country) if country is not None else None
    entries = library.timeline(name, country=row.code if row else None)
    if as_json:
        print_json(entries)
    else:
        print_lines(
            timeline_lines(entries, f"{panels.title} · {row.name}" if row else panels.title)
        )


def print_explanations(
    library: Library, name: str, article: str | None, wanted: str, *, as_json: bool
) -> None:
    """Print why quotes have the speakers they have: `wanted` is ARTICLE/QUOTE, or all.

    With `article` a quote of it may be named alone, and all are those of it. Raises NotFoundError,
    and UsageError where no article is named.
    """
    from briefing.cli.lines import explanation_lines

    if wanted == "all":
        panels = library.panels(name)
        places = [(row.article, row.quote.id) for row in panels.quotes + panels.paraphrases]
        places = [place for place in places if article in (None, place[0])]
    else:
        holder, _, quote = wanted.rpartition("/")
        if not (holder or article):
            raise click.UsageError("Name the article too: --explain ARTICLE/QUOTE")
        places = [(holder or article or "", quote)]
    found = [library.explain(name, *place) for place in places]
    if as_json:
        print_json(found)
        return
    for place, explanation in zip(places, found, strict=True):
        print_lines(explanation_lines("/".join(place), explanation))


def narrowed(panels: Panels, *, paraphrases: bool) -> Panels:
    """Return the panels with paraphrases among the quotes, or as they are."""
    from msgspec.structs import replace

    if not paraphrases:
        return panels
    countries = tuple(
        replace(row, quotes=row.quotes.plus(row.paraphrases)) for row in panels.countries
    )
    return replace(panels, quotes=panels.quotes + panels.paraphrases, countries=countries)


def panels_data(panels: Panels, row: CountryRow | None, *, quotes: bool) -> object:
    """Return what is printed as JSON: of a country its row, the quotes by it, those about it."""
    from briefing.compare.voices import part_quotes

    if row is None:
        return panels.quotes if quotes else panels
    own, about = part_quotes(panels.quotes, row.code)
    return (*own, *about) if quotes else {"country": row, "by": own, "about": about}


def find_country(panels: Panels, wanted: str) -> CountryRow:
    """Find a country by code, name or demonym; raises NotFoundError with those there are."""
    from briefing.library import country_code

    code = country_code(wanted)
    for row in panels.countries:
        if row.code == code:
            return row
    known = ", ".join(row.code for row in panels.countries)
    raise NotFoundError(f"{wanted!r} is not a country of this briefing", f"It has: {known}")


def print_completions(library: Library, text: str, *, as_json: bool) -> None:
    """Print how a query may go on, a line each."""
    from briefing.cli.lines import Line
    from briefing.search.suggest import last_completed

    completions = library.suggest(text)
    if as_json:
        print_json(completions)
        return
    # A country's code is followed by its name.
    labels = (last.label if (last := last_completed(each)) else "" for each in completions)
    pairs = zip(completions, labels, strict=True)
    print_lines(Line(text=visible(f"{each}  {label}".rstrip())) for each, label in pairs)
    if not completions:
        say("nothing in the library completes this")


def join_words(words: Sequence[str]) -> str:
    """Join the arguments; one that the shell unquoted is a phrase again."""
    if len(words) == 1:
        return words[0]
    plain = (" " not in word or '"' in word or ":" in word for word in words)
    return " ".join(
        word if as_it_is else f'"{word}"' for word, as_it_is in zip(words, plain, strict=True)
    )
