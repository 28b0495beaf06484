"""The command line: the group that every command belongs to, and what happens when one fails.

A command is a section of the table and a function in a module of this folder, which is imported
when the command runs.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from briefing import __version__
from briefing.cli.console import leave, printing, report_error, report_wrong_call
from briefing.cli.job import Folder, Job, some_word
from briefing.cli.table import make_commands
from briefing.errors import BriefingError, ExitCode

NEW_OBJECTS = 100_000
"""How many objects are made between two searches for unreachable ones."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; every failure is reported here, with its exit code."""
    # By default, a sixth of a long article's time goes into looking for garbage that is not there.
    gc.set_threshold(NEW_OBJECTS)
    try:
        _call(arguments)
    except BriefingError as error:
        leave(error)
    except click.ClickException as error:
        report_wrong_call(error)
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        report_error("interrupted; everything added so far is kept")
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 (the edge: whatever it is ends in a sentence)
        from briefing.crashes import report_crash

        leave(report_crash(error, "briefing"))


def _call(arguments: Sequence[str] | None) -> None:
    try:
        main.main(args=arguments, prog_name="briefing", standalone_mode=False)
    except OSError as error:
        if error.filename is not None:
            raise
        with printing():  # It is what click prints itself, such as --help.
            raise
    with printing():
        sys.stdout.flush()


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Examples:\n\n"
    "\b\n"
    "  briefing                                   read the library found here\n"
    "  briefing add saved/*.html --to huawei-5g   add articles to a briefing\n"
    "  briefing search which countries ban huawei\n"
    "  briefing export huawei-5g > memo.md\n",
)
@click.option(
    "--library",
    type=Folder(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The library's folder. Default: BRIEFING_LIBRARY, else the nearest parent folder with "
    "content/, else the one in the config, else the sample library.",
)
@click.option(
    "--index",
    type=some_word,
    metavar="ADDRESS",
    help="The shared search index: postgresql://user@host/database, or local for the library's own "
    "in index/. Default: BRIEFING_INDEX, else the one in the config, else local.",
)
@click.version_option(__version__, message="briefing %(version)s")
@click.pass_context
def main(context: click.Context, library: Path | None, index: str | None) -> None:
    """Read, annotate, search and export news briefings.

    Without a command the reader opens; without a terminal, the list of briefings is printed.
    """
    if "NO_COLOR" in os.environ:
        context.color = False
    context.obj = Job(library, index)
    if context.invoked_subcommand is None:
        from briefing.cli.showing import open_app

        open_app(context.obj, None)


for command in make_commands():
    main.add_command(command)
