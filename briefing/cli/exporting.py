"""The command that exports a briefing."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.console import print_bytes, say
from briefing.cli.job import Job, country_option, name_argument, some_word
from briefing.cli.targets import find_country
from briefing.errors import NotFoundError, WriteError


@click.command()
@name_argument
@country_option
@click.option(
    "-o",
    "--output",
    type=some_word,
    metavar="FILE",
    default="-",
    show_default=True,
    help="The file to write; - is standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@click.pass_obj
def export(job: Job, name: str, country: str | None, output: str, *, force: bool) -> None:
    """Export briefing NAME to Markdown; every quote is checked against the stored text.

    \b
    Examples:
      briefing export huawei-5g > memo.md
      briefing export huawei-5g --country GB -o uk.md
    """
    library = job.library()
    code = None
    if country is not None:
        try:
            code = find_country(library.panels(name), country).code
        except NotFoundError:
            library.export(name)  # a quote that is wrong is worse, and may be why
            raise
    made = library.export(name, country=code, suffix=Path(output).suffix)
    for problem in made.skipped:
        say(f"left out, since it cannot be read: {problem.place}: {problem.message}")
    if output == "-":
        print_bytes(made.text.encode("utf-8"))
    else:
        say(f"wrote {library.save_export(made.text, Path(output), overwrite=force)}")
    try:
        library.keep_export_state(name, made.state)
    except WriteError as error:
        say(f"this export is not remembered for briefing changes: {error.message}")
