"""The command that sets two countries, or two sources, against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from briefing.cli.console import print_json, print_lines, say_unread
from briefing.cli.job import Job, json_option, name_argument, some_word
from briefing.cli.targets import find_country, find_source
from briefing.errors import NotFoundError

if TYPE_CHECKING:
    from briefing.compare.panels import Panels
    from briefing.compare.side_by_side import Basis


@click.command()
@name_argument
@click.argument("articles", nargs=-1, type=some_word, metavar="[ARTICLE ARTICLE]")
@click.option(
    "--country",
    "countries",
    multiple=True,
    type=some_word,
    metavar="CODE",
    help="A country to compare, by code or name; give it twice. Default: the first two.",
)
@click.option(
    "--sources",
    is_flag=True,
    help="Compare two articles, by id, number or publisher. Default: the first two.",
)
@json_option
@click.pass_obj
def compare(
    job: Job,
    name: str,
    articles: tuple[str, ...],
    countries: tuple[str, ...],
    *,
    sources: bool,
    as_json: bool,
) -> None:
    """Compare two countries, or two sources, of briefing NAME as linear text.

    One side follows the other under the same headings: the cues for a stance with their sentences,
    then the quotes. A quote that the other side has too says so.

    \b
    Examples:
      briefing compare huawei-5g
      briefing compare huawei-5g --country DE --country FR
      briefing compare huawei-5g --sources
      briefing compare huawei-5g --sources halyard-wire-2020-01-28 mast-cable-2019-04-16
    """
    from briefing.cli.compare_lines import comparison_lines

    basis: Basis = "source" if sources else "country"
    if articles and not sources:
        raise click.UsageError("Give --sources to compare articles, --country to compare countries")
    if countries and sources:
        raise click.UsageError("Give either --country or --sources")
    wanted = articles or countries
    if len(wanted) not in (0, 2):
        raise click.UsageError(f"Name two {_many(basis)} to compare, not {len(wanted)}")
    library = job.library()
    panels = library.panels(name)
    pair = _pair(panels, basis, wanted)
    if panels.problems:
        say_unread(name)
    compared = library.compare(name, basis, pair)
    print_json(compared) if as_json else print_lines(comparison_lines(compared, name))


def _pair(panels: Panels, basis: Basis, wanted: Sequence[str]) -> tuple[str, str]:
    """Return the keys of the two that are compared; raises NotFoundError and UsageError."""
    from briefing.compare.side_by_side import first_pair, sides

    if wanted:
        keys = [
            find_country(panels, each).code
            if basis == "country"
            else find_source(panels, each).article
            for each in wanted
        ]
        if keys[0] == keys[1]:
            raise click.UsageError(f"Name two different {_many(basis)}: both are {keys[0]}")
        return keys[0], keys[1]
    left, right = first_pair(sides(panels, basis), None)
    if left is None or right is None:
        raise NotFoundError(
            f"{panels.name} does not have two {_many(basis)} to compare",
            f"Add articles: briefing add FILE --to {panels.name}",
        )
    return left, right


def _many(basis: Basis) -> str:
    return "countries" if basis == "country" else "sources"
