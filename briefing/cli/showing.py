"""The commands that read: open the reader, list the briefings, show one as linear text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from briefing.cli.console import print_json, print_lines, say
from briefing.cli.job import Job, country_option, json_option, some_word
from briefing.cli.places import find_article, find_place
from briefing.cli.shell_completion import complete_article, complete_name, complete_place
from briefing.cli.targets import find_country

if TYPE_CHECKING:
    from briefing.compare.matrix import MatrixBasis
    from briefing.compare.panels import CountryRow, Panels
    from briefing.library import Library


@click.command(name="open")
@click.argument("name", required=False, type=some_word, shell_complete=complete_name)
@click.pass_obj
def open_command(job: Job, name: str | None) -> None:
    """Open the reader, on briefing NAME if given."""
    open_app(job, name)


def open_app(job: Job, name: str | None) -> None:
    """Open the reader; without a terminal, print the list of briefings."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from briefing.cli.lines import catalog_lines

        library = job.library()
        if name is not None:
            library.require(name)
        print_lines(catalog_lines(library.catalog()))
        return
    from briefing.tui import run

    library = job.library(fresh=False)
    if name is not None:
        library.require(name)
    run(library, briefing=name)


@click.command(name="list")
@json_option
@click.pass_obj
def list_command(job: Job, *, as_json: bool) -> None:
    """List the briefings of the library."""
    from msgspec.structs import replace

    from briefing.cli.lines import catalog_lines

    library = job.library()
    rows = library.catalog()
    if as_json:
        print_json([replace(row, stamp=None) for row in rows])
        return
    print_lines(catalog_lines(rows))
    unread = library.unread(rows)
    if unread:
        say(f"not listed, since they cannot be read: {', '.join(unread)} (run briefing check)")
    elif not rows:
        say("no briefings yet; create one: briefing add FILE --to NAME")


@click.command()
@click.argument("name", type=some_word, shell_complete=complete_place)
@country_option
@click.option("--quotes", is_flag=True, help="Only the quotes.")
@click.option(
    "--paraphrases", is_flag=True, help="Include paraphrases: speech, thoughts, attitudes, phrases."
)
@click.option(
    "--timeline", is_flag=True, help="What the articles say about each date, in time order."
)
@click.option(
    "--matrix",
    type=click.Choice(("source", "time")),
    help="The positions of each country in each source, or in each month or year.",
)
@click.option(
    "--article",
    type=some_word,
    metavar="ID",
    shell_complete=complete_article,
    help="The text of one article.",
)
@click.option(
    "--all", "everything", is_flag=True, help="With --article: include what is set aside."
)
@click.option(
    "--explain",
    type=some_word,
    metavar="QUOTE",
    help="Why a quote (ARTICLE/QUOTE, or all) has its speaker, and which others were considered.",
)
@click.option("--unruled", is_flag=True, help="Sentences that may hold a position, to rule on.")
@json_option
@click.pass_obj
def show(
    job: Job,
    name: str,
    country: str | None,
    article: str | None,
    explain: str | None,
    matrix: MatrixBasis | None,
    *,
    quotes: bool,
    paraphrases: bool,
    timeline: bool,
    everything: bool,
    unruled: bool,
    as_json: bool,
) -> None:
    """Show briefing NAME as linear text: countries, quotes and sources.

    NAME/ARTICLE shows an article, NAME/ARTICLE/QUOTE why a quote has its speaker.

    \b
    Examples:
      briefing show huawei-5g
      briefing show huawei-5g --country GB
      briefing show huawei-5g --quotes --json
      briefing show huawei-5g --timeline --country GB
      briefing show huawei-5g --unruled
      briefing show huawei-5g --matrix source
      briefing show huawei-5g/halyard --all
      briefing show huawei-5g --explain halyard-wire-2020-01-28/q-768a
    """
    library = job.library()
    if "/" in name:
        place = find_place(library, name)
        name, article = place.briefing, place.article or article
        explain = place.quote or explain
    elif article is not None:
        article = find_article(library, name, article)
    if explain is not None:
        _print_explanations(library, name, article, explain, as_json=as_json)
    elif article is not None:
        from briefing.cli.lines import article_lines

        text = library.article(name, article)
        print_json(text) if as_json else print_lines(article_lines(text, everything=everything))
    elif unruled:
        _print_unruled(library, name, as_json=as_json)
    elif timeline:
        _print_timeline(library, name, country, as_json=as_json)
    else:
        panels = library.panels(name)
        panels = with_paraphrases(panels) if paraphrases else panels
        row = find_country(panels, country) if country is not None else None
        if matrix is not None:
            _print_matrix(panels, row, matrix, as_json=as_json)
        elif as_json:
            print_json(_panels_data(panels, row, quotes=quotes))
        else:
            _print_panels(panels, row, quotes=quotes)


def _print_panels(panels: Panels, row: CountryRow | None, *, quotes: bool) -> None:
    from briefing.cli import lines

    if quotes:
        found = panels.quotes
        name = panels.name
        print_lines(
            lines.voice_sections(found, row, name) if row else lines.quote_section(found, name)
        )
    else:
        print_lines(lines.country_view(panels, row) if row else lines.briefing_lines(panels))


def _print_matrix(
    panels: Panels, row: CountryRow | None, basis: MatrixBasis, *, as_json: bool
) -> None:
    from briefing.cli.matrix_lines import matrix_lines
    from briefing.compare.matrix import build_matrix

    matrix = build_matrix(panels, basis, row.code if row is not None else None)
    print_json(matrix) if as_json else print_lines(matrix_lines(matrix, panels.title))


def _print_timeline(library: Library, name: str, country: str | None, *, as_json: bool) -> None:
    from briefing.cli.timeline_lines import timeline_lines

    panels = library.panels(name)
    row = find_country(panels, country) if country is not None else None
    entries = library.timeline(name, country=row.code if row else None)
    title = f"{panels.title} · {row.name}" if row else panels.title
    print_json(entries) if as_json else print_lines(timeline_lines(entries, title))


def _print_unruled(library: Library, name: str, *, as_json: bool) -> None:
    from briefing.cli.lines import unruled_lines

    found = library.unruled(name)
    print_json(found) if as_json else print_lines(unruled_lines(found, name))


def _print_explanations(
    library: Library, name: str, article: str | None, wanted: str, *, as_json: bool
) -> None:
    """Print why quotes have the speakers they have: `wanted` is ARTICLE/QUOTE, or all.

    With `article` its quotes may be named without it, and `all` means those of it. Raises
    NotFoundError, and UsageError where no article is named.
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


def with_paraphrases(panels: Panels) -> Panels:
    """Return the panels with the paraphrases among the quotes."""
    from msgspec.structs import replace

    countries = tuple(
        replace(row, quotes=row.quotes.plus(row.paraphrases)) for row in panels.countries
    )
    return replace(panels, quotes=panels.quotes + panels.paraphrases, countries=countries)


def _panels_data(panels: Panels, row: CountryRow | None, *, quotes: bool) -> object:
    """Return what is printed as JSON: of a country its row, the quotes by it, those about it."""
    from briefing.compare.voices import part_quotes

    if row is None:
        return panels.quotes if quotes else panels
    own, about = part_quotes(panels.quotes, row.code)
    return (*own, *about) if quotes else {"country": row, "by": own, "about": about}
