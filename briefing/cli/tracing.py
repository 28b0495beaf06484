"""The command that says where a briefing, or one claim in it, comes from."""

from __future__ import annotations

import click

from briefing.cli.console import print_json, print_lines, say_unread
from briefing.cli.job import Job, json_option, name_argument, some_word
from briefing.errors import NotFoundError


@click.command()
@name_argument
@click.option(
    "--claim",
    type=some_word,
    metavar="PLACE|WORDS",
    help="Only this claim: the place of a quote or a position as show prints it, or words of it.",
)
@json_option
@click.pass_obj
def origins(job: Job, name: str, claim: str | None, *, as_json: bool) -> None:
    """Print who heard what from whom in briefing NAME, outlet by outlet.

    Under each outlet stand the articles that have something from it. Articles count by the origin
    of their text, or of the report that they open with. A claim takes in the same words in other
    articles, and the same stance on the same object through the same outlet.

    \b
    Examples:
      briefing origins huawei-5g
      briefing origins huawei-5g --claim "decided on security"
      briefing origins huawei-5g --claim huawei-5g/halyard-wire-2020-01-28/c4
    """
    from briefing.cli.outline_lines import outline_lines
    from briefing.cli.places import find_place
    from briefing.compare.outlines.origins import outline_origins
    from briefing.compare.place import Place

    library = job.library()
    wanted: Place | str | None = claim
    if claim is not None and _is_place(claim):
        found = find_place(library, f"{name}/{claim.removeprefix(f'{name}/')}")
        wanted = Place(found.article, found.chunk, found.start or 0, found.end or 0, found.quote)
    panels = library.panels(name)
    if panels.problems:
        say_unread(name)
    tree = library.origins(name, wanted)
    if claim is not None and not tree.branches:
        raise NotFoundError(
            f"{name} has no claim {claim!r}",
            f"briefing show {name} --quotes --paraphrases prints those it has.",
        )
    lines = outline_lines(outline_origins(tree, panels), panels.title, name)
    print_json(tree) if as_json else print_lines(lines)


def _is_place(claim: str) -> bool:
    """Whether a claim is named by its place: a quote alone, or one word with a stroke."""
    return len(claim.split()) == 1 and ("/" in claim or claim.startswith("q-"))
