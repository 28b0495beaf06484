"""Output of the command line: data to standard output, everything else to standard error."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from briefing.errors import AmbiguousError, BriefingError, ExitCode, InputError, WriteError
from briefing.visible import copied, escape_json, one_line, visible, visible_marked

if TYPE_CHECKING:
    from rich.progress import Progress

    from briefing.cli.lines import PlainLine
    from briefing.library import Library
    from briefing.library.reports import Refreshed

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "underline": True},
    "strong": {"bold": True},
    "faint": {"dim": True},
    "quote": {"fg": "cyan"},
    "warning": {"fg": "yellow"},
    "normal": {},
}
STANDARD_INPUT = "standard input"
MANY_FILES = 4
"""The number of files from which on a progress bar is shown."""
MANY_BRIEFINGS = 50
"""The number of briefings to index from which on a progress bar is shown."""


def print_lines(lines: Iterable[PlainLine]) -> None:
    """Print lines of data; colour is left out by click where the stream is no terminal.

    Whatever a library holds passes here on its way to the terminal, which must not obey it.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a character shows its number instead of ending the command.
        sys.stdout.reconfigure(errors="backslashreplace")
    with printing():
        for line in lines:
            click.echo(" " * line.indent + styled(line))


def print_json(data: object) -> None:
    """Print model types or built-in data as JSON in UTF-8, escaped where it is not printable."""
    import json

    import msgspec

    try:
        encoded = msgspec.json.encode(data)
    except UnicodeEncodeError:
        # A byte of a file's name that is no UTF-8.
        text = json.dumps(msgspec.to_builtins(data), ensure_ascii=False)
        encoded = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text).encode()
    text = msgspec.json.format(encoded, indent=2).decode()
    print_bytes(escape_json(text).encode() + b"\n")


def print_bytes(data: bytes) -> None:
    """Print data that is encoded already."""
    with printing():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def printing() -> Iterator[None]:
    """Raise WriteError where standard output is closed or its disk is full.

    Where the reader of a pipe, such as `head`, has exited, the command ends without a message.
    """
    try:
        yield
    except BrokenPipeError:
        _discard(sys.stdout)
        sys.exit(ExitCode.OK)
    except OSError as error:
        _discard(sys.stdout)
        raise WriteError(f"standard output was not written: {error.strerror}.") from error


def _discard(stream: TextIO) -> None:
    """Let what a stream still holds disappear; else Python would try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def narrating() -> Iterator[None]:
    """Go on in silence where standard error cannot be written: no work fails for that."""
    try:
        yield
    except OSError:
        _discard(sys.stderr)


def styled(line: PlainLine) -> str:
    """Return a line as a terminal may have it: in the colours of its strength, with its marks."""
    if not line.text:
        return ""
    style = STYLES[line.strength]
    text, marks = visible_marked(line.text, line.marks)
    parts: list[str] = []
    at = 0
    for start, end in marks:
        parts.append(click.style(text[at:start], **style))
        parts.append(click.style(text[start:end], bold=True, fg="yellow"))
        at = end
    parts.append(click.style(text[at:], **style))
    return "".join(parts)


def report_wrong_call(error: click.ClickException) -> None:
    """Print what is wrong with a call in click's words, which repeat arguments."""
    said = io.StringIO()
    error.show(said)
    with narrating():
        # It names an empty argument by nothing.
        click.echo(
            copied(said.getvalue()).replace("argument ()", "argument ('')"), err=True, nl=False
        )


def say(text: str) -> None:
    """Print a message to standard error."""
    with narrating():
        click.echo(visible(text), err=True)


def say_unread(name: str) -> None:
    """Tell that an answer may lack something, since files of a briefing are broken."""
    say(f"not everything could be read: run briefing check {name}")


def read_input(name: str) -> tuple[str, bytes]:
    """Return what a file holds, or with `-` standard input, and what that is called.

    Raises InputError where it cannot be read.
    """
    if name != "-":
        from briefing.ingest import read_source

        return name, read_source(Path(name))
    try:
        return STANDARD_INPUT, sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(f"{STANDARD_INPUT}: cannot be read ({error.strerror})") from error


def report_error(message: str, hint: str | None = None) -> None:
    """Print a failure and what to do next."""
    with narrating():
        click.echo(click.style("error: ", fg="red", bold=True) + visible(message), err=True)
        if hint:
            click.echo(f"  {visible(hint)}", err=True)


def leave(error: BriefingError) -> NoReturn:
    """Print a failure, with the places where words stand if there are several, and exit."""
    report_error(error.message, error.hint)
    choices = error.choices if isinstance(error, AmbiguousError) else ()
    for number, choice in enumerate(choices, start=1):
        words = one_line(f"…{choice.before}[{choice.exact}]{choice.after}…")
        say(f"  --nth {number}  {one_line(choice.chunk)}: {words}")
    sys.exit(int(error.exit_code))


def exit_with(codes: set[int]) -> None:
    """Exit with the code of what failed, if anything did; with the general one for several."""
    if codes:
        sys.exit(codes.pop() if len(codes) == 1 else ExitCode.FAILURE)


def refresh(library: Library, *, force: bool = False, searchable: bool | None = None) -> Refreshed:
    """Bring the index up to date, with a progress bar where many briefings have changed.

    Prints why it was rebuilt, or has not got what changed, and which files were skipped.
    """
    from briefing.cli.lines import problem_text

    with progress_bar("Indexing", MANY_BRIEFINGS) as show:
        refreshed = library.refresh(show, force=force, searchable=searchable)
    for sentence in filter(None, (refreshed.rebuilt, refreshed.unsearched)):
        say(sentence)
    for problem in refreshed.problems:
        say(f"skipped: {problem_text(problem)}")
    return refreshed


@contextmanager
def progress_bar(label: str, least: int) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function that shows progress from `least` things on, by a bar on standard error.

    The bar disappears at the end.
    """
    from briefing.wording import pace

    bar: Progress | None = None

    def show(done: int, total: int, _: str) -> None:
        nonlocal bar
        if bar is None and total >= least and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress

            columns = "{task.description}", BarColumn(), "{task.fields[pace]}"
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.start()
            bar.add_task(label, total=total, pace="")
        if bar is not None:
            words = f"{done:,} of {total:,}  {pace(done, total, bar.tasks[0].elapsed or 0)}"
            bar.update(bar.task_ids[0], completed=done, total=total, pace=words)

    try:
        yield show
    finally:
        if bar is not None:
            bar.stop()
