"""What the commands share: which library was named, their arguments, and how they answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from briefing.cli import console
from briefing.cli.shell_completion import complete_name, complete_place
from briefing.errors import BusyError, WriteError

if TYPE_CHECKING:
    from briefing.cli.lines import PlainLine
    from briefing.compare.panels import CountryRow, Panels
    from briefing.library import Library


class Job:
    """The library that a call of the command line works on, opened when a command needs it."""

    def __init__(self, named: Path | None, index: str | None = None) -> None:
        self.named = named
        self.index = index

    def library(
        self, *, fresh: bool = True, searchable: bool = False, create: bool = False
    ) -> Library:
        """Open the library; with `fresh` its index is brought up to date first.

        With `create` the library need not exist. While another process writes, standard error says
        so. Where the index cannot be written, `content/` is read instead.
        """
        from briefing.library import Library

        library = Library.open(self.named, index=self.index, create=create)
        library.on_wait = console.say
        if fresh:
            self.freshen(library, searchable=searchable)
        return library

    def freshen(self, library: Library, *, searchable: bool = False) -> None:
        """Bring the index of an open library up to date; where it cannot be, read `content/`."""
        try:
            console.refresh(library, searchable=searchable)
        except (BusyError, WriteError) as error:
            library.read_content()
            instead = "Only what it has is searched." if searchable else "Briefings are read anew."
            console.say(f"The index is not up to date: {error.message} {instead}")

    def panels(self, name: str) -> tuple[Library, Panels]:
        """Open the library and read a briefing's panels; what cannot be read is reported."""
        library = self.library()
        panels = library.panels(name)
        if panels.problems:
            console.say_unread(name)
        return library, panels


class Output(NamedTuple):
    """What a command found: as data for JSON, as lines, and what is said beside the lines."""

    data: object
    lines: Iterable[PlainLine] = ()
    said: Iterable[str] = ()


def print_output(output: Output, *, as_json: bool) -> None:
    """Print what a command found: its data as JSON, else its lines and what is said."""
    if as_json:
        console.print_json(output.data)
        return
    console.print_lines(output.lines)
    for text in output.said:
        console.say(text)


def command(
    *parts: Callable[[Any], Any], name: str | None = None, settings: dict[str, Any] | None = None
) -> Callable[[Callable[..., Output | None]], click.Command]:
    """Return a decorator that makes a command with --json of a function that answers a job.

    `parts` are its arguments and options in the order of the help.
    """

    def make(function: Callable[..., Output | None]) -> click.Command:
        @wraps(function)
        def run(job: Job, *, as_json: bool, **given: Any) -> None:
            output = function(job, **given)
            if output is not None:
                print_output(output, as_json=as_json)

        made: Any = click.pass_obj(run)
        for add in reversed((*parts, json_option)):
            made = add(made)
        return click.command(name, context_settings=settings or {})(made)

    return make


def given_option(names: Iterable[str]) -> str | None:
    """Return the first option or argument of these that this call gives, None for none."""
    context = click.get_current_context()
    sources = {
        each.opts[0]: context.get_parameter_source(each.name or "")
        for each in context.command.params
    }
    given = (name for name in names if sources.get(name) is ParameterSource.COMMANDLINE)
    return next(given, None)


def refuse_ignored(shown: str, heeded: Collection[str]) -> None:
    """Raise UsageError where this call gives more than is heeded for what it shows, and --json."""
    params = (each.opts[0] for each in click.get_current_context().command.params)
    ignored = given_option(name for name in params if name not in heeded and name != "--json")
    if ignored is not None:
        raise click.UsageError(f"{ignored} has no effect with {shown}")


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


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """Return an option of click's: a flag, or with a `metavar` one that takes some word."""
    how = {"type": some_word} if "metavar" in settings else {"is_flag": "type" not in settings}
    return click.option(*names, **how | settings)


word_argument = partial(click.argument, type=some_word)
name_argument = word_argument("name", shell_complete=complete_name)
any_name_argument = word_argument("name", required=False, shell_complete=complete_name)
place_argument = word_argument("place", shell_complete=complete_place)
in_option = partial(option, "--in", "name", metavar="NAME", shell_complete=complete_name)
json_option = option("--json", "as_json", help="Print JSON.")
country_option = option("--country", metavar="CODE", help="Only this country: its code or name.")


def chosen_country(panels: Panels, wanted: str | None) -> CountryRow | None:
    """Return the country that a call names, None where it names none; raises NotFoundError."""
    from briefing.cli.places import find_country

    return find_country(panels, wanted) if wanted is not None else None
