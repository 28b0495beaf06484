"""What the commands share: which library was named, and how they answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from briefing.cli import console
from briefing.errors import BusyError, WriteError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from briefing.cli.lines import PlainLine
    from briefing.compare.panels import Panels
    from briefing.library import Library


class Job:
    """The library that a call of the command line works on, opened when a command needs it.

    `as_json` is whether the call asks for JSON.
    """

    def __init__(self, named: Path | None, index: str | None = None) -> None:
        self.named = named
        self.index = index
        self.as_json = False

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

    def print(self, output: Output) -> None:
        """Print what a command found: its data as JSON, else its lines and what is said."""
        if self.as_json:
            console.print_json(output.data)
            return
        console.print_lines(output.lines)
        for text in output.said:
            console.say(text)


class Output(NamedTuple):
    """What a command found: as data for JSON, as lines, and what is said beside the lines."""

    data: object
    lines: Iterable[PlainLine] = ()
    said: Iterable[str] = ()


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


def some_file(value: str) -> str:
    """Return what a name of a file may hold, any bytes; raises BadParameter where it is empty."""
    if not value.strip():
        raise click.BadParameter("it is empty")
    return value


def any_word(value: str) -> str:
    """Return a text; raises BadParameter for other bytes, which no file of a library can hold."""
    if not value.isprintable() and re.search("[\ud800-\udfff]", value):
        raise click.BadParameter("it is no text in UTF-8")
    return value


def some_word(value: str) -> str:
    """Return a name, label or country; raises BadParameter for an empty one or none in UTF-8."""
    return any_word(some_file(value))


class Folder(click.Path):
    """A folder; an empty name is refused, which pathlib takes for the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; raises BadParameter."""
        return super().convert(some_file(value), param, ctx)
