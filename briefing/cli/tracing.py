"""The command that says where a briefing, or one claim in it, comes from."""

from __future__ import annotations

from briefing.cli.job import Job, Output, command, name_argument, option
from briefing.errors import NotFoundError


@command(
    name_argument,
    option(
        "--claim",
        metavar="PLACE|WORDS",
        help="Only this claim: the place of a quote or position as show prints it, or words of it.",
    ),
)
def origins(job: Job, name: str, claim: str | None) -> Output:
    """Print who heard what from whom in briefing NAME, outlet by outlet.

    Under each outlet stand the articles that have something from it. Articles count by the origin
    of their text, or of the report that they open with. A claim takes in the same words in other
    articles, and the same stance on the same object through the same outlet.

    \b
    Examples:
      briefing origins huawei-5g
      briefing origins huawei-5g --claim "short of madness"
      briefing origins huawei-5g --claim huawei-5g/halyard-wire-2020-01-28/c4
    """
    from briefing.cli.outline_lines import outline_lines
    from briefing.cli.places import find_place
    from briefing.compare.outlines.origin_outline import outline_origins
    from briefing.compare.place import Place

    library, panels = job.panels(name)
    wanted: Place | str | None = claim
    if claim is not None and _is_place(claim):
        found = find_place(library, f"{name}/{claim.removeprefix(f'{name}/')}")
        wanted = Place(found.article, found.chunk, found.start or 0, found.end or 0, found.quote)
    tree = library.origins(name, wanted)
    if claim is not None and not tree.branches:
        raise NotFoundError(
            f"{name} has no claim {claim!r}",
            f"briefing show {name} --quotes --paraphrases prints those it has.",
        )
    return Output(tree, outline_lines(outline_origins(tree, panels), panels))


def _is_place(claim: str) -> bool:
    """Whether a claim is named by its place: a quote alone, or one word with a stroke."""
    return len(claim.split()) == 1 and ("/" in claim or claim.startswith("q-"))
