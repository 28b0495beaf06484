"""What the commands share: which library was named, checked arguments, common options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.console import refresh_with_progress, report_refreshed, say
from briefing.cli.shell_completion import complete_name
from briefing.errors import BusyError, WriteError

if TYPE_CHECKING:
    from briefing.library import Library


class Job:
    """The library that a call of the command line works on, opened when a command needs it."""

    def __init__(self, named: Path | None) -> None:
        self.named = named

    def library(
        self, *, fresh: bool = True, searchable: bool = False, create: bool = False
    ) -> Library:
        """Open the library; with `fresh` its index is brought up to date first.

        With `create` the library need not exist. While another process writes, standard error says
        so. Where the index cannot be written, `content/` is read instead.
        """
        from briefing.library import Library

        library = Library.open(self.named, create=create)
        library.on_wait = say
        if fresh:
            self.freshen(library, searchable=searchable)
        return library

    def freshen(self, library: Library, *, searchable: bool = False) -> None:
        """Bring the index of an open library up to date; where it cannot be, read `content/`."""
        try:
            report_refreshed(refresh_with_progress(library, searchable=searchable))
        except (BusyError, WriteError) as error:
            library.read_content()
            say(f"The index is not up to date: {error.message} Briefings are read anew.")


def some_word(value: str) -> str:
    """Return a name, label or country; raises BadParameter for an empty one (an unset variable)."""
    if not value.strip():
        raise click.BadParameter("it is empty")
    return value


class Folder(click.Path):
    """A folder; an empty name is refused, which pathlib takes for the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; raises BadParameter."""
        return super().convert(some_word(value), param, ctx)


name_argument = click.argument("name", type=some_word, shell_complete=complete_name)


def briefing_option(help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option `--in NAME`, which leaves other briefings out."""
    return click.option(
        "--in",
        "name",
        type=some_word,
        metavar="NAME",
        shell_complete=complete_name,
        help=help_text,
    )


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
country_option = click.option(
    "--country", type=some_word, metavar="CODE", help="Only this country: its code or name."
)
