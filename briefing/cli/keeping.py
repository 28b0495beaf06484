"""The commands that undo, and those that move, rename, remove and copy what a library holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import print_json, print_lines, say
from briefing.cli.correcting_job import (
    Call,
    correcting,
    open_to_edit,
    report_done,
    require_article,
)
from briefing.cli.job import Folder, Job, json_option, some_word
from briefing.cli.shell_completion import complete_name
from briefing.errors import NotFoundError, UsageError
from briefing.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.cli.places import NamedPlace


@click.command()
@click.argument("name", required=False, type=some_word, shell_complete=complete_name)
@click.option("--action", type=some_word, metavar="ID", help="This one, by its id in the log.")
@click.option("--edit", type=some_word, metavar="ID", help="This edit of NAME's edits.yaml.")
@click.option("--skip", is_flag=True, help="Pass over actions that cannot be undone any more.")
@json_option
@click.pass_obj
def undo(
    job: Job, name: str | None, action: str | None, edit: str | None, *, skip: bool, as_json: bool
) -> None:
    """Undo the last action in briefing NAME, or in the library; again, the one before.

    What was changed since is never lost: where it is in the way, nothing is undone, and you are
    told which action can be undone instead.

    \b
    Examples:
      briefing undo huawei-5g
      briefing undo --action 20260224-101500-3f2a9c1e
    """
    if edit is not None and (name is None or action is not None):
        raise click.UsageError("--edit goes with NAME, and without --action.")
    library = open_to_edit(job, name, gone=True)
    try:
        editing = library.editing
        done = (
            editing.withdraw(name, edit) if name and edit else editing.undo(name, action, skip=skip)
        )
    except NotFoundError:
        if name is not None:
            library.require(name)
        raise
    report_done(job, done, as_json=as_json)


@click.command()
@click.argument("name", required=False, type=some_word, shell_complete=complete_name)
@json_option
@click.pass_obj
def log(job: Job, name: str | None, *, as_json: bool) -> None:
    """List what was done in briefing NAME, or in the library, the newest first.

    \b
    Example:
      briefing log huawei-5g
    """
    library = job.library(fresh=False)
    actions = library.editing.log(name)
    if name is not None and not actions:
        library.require(name)
    rows = (
        (one.id, one.made, one.by, one.briefing, f"{one.done} (undone)" if one.undone else one.done)
        for one in actions
    )
    print_json(actions) if as_json else _print_rows(rows, "nothing was done yet")


def _print_rows(rows: Iterable[Iterable[str | None]], none: str) -> None:
    """Print a line a row of facts, those that there are; `none` where there is no row."""
    from briefing.cli.lines import PlainLine

    lines = [PlainLine("  ".join(map(one_line, filter(None, row)))) for row in rows]
    print_lines(lines)
    if not lines:
        say(none)


@correcting(click.argument("to", type=some_word, shell_complete=complete_name), words=False)
def move(call: Call, to: str) -> None:
    """Move an article to briefing TO, with its original, edits and pins.

    \b
    Example:
      briefing move huawei-5g/halyard telecoms
    """
    library, found = call.open()
    require_article(found)
    _require_whole(found)
    open_to_edit(call.job, to)
    call.report(library.editing.move_article(found.briefing, found.article, to))


def _require_whole(place: NamedPlace) -> None:
    if place.chunk is not None:
        raise UsageError(
            f"{place} is a part of an article",
            "A quote is dropped with briefing drop, a block set aside with briefing set PLACE "
            "role=unrelated.",
        )


@correcting(click.argument("new", type=some_word), words=False)
def rename(call: Call, new: str) -> None:
    """Give a briefing or an article another name; edits and pins follow.

    \b
    Examples:
      briefing rename huawei-5g networks
      briefing rename huawei-5g/halyard halyard-2020-01-28
    """
    library, found = call.open()
    _require_whole(found)
    editing = library.editing
    if found.article:
        call.report(editing.rename_article(found.briefing, found.article, new))
    else:
        call.report(editing.rename_briefing(found.briefing, new))


@correcting(words=False)
def remove(call: Call) -> None:
    """Remove a briefing or an article: it is kept in the trash until `briefing tidy`.

    \b
    Example:
      briefing remove huawei-5g/halyard
    """
    library, found = call.open()
    _require_whole(found)
    editing = library.editing
    if found.article:
        call.report(editing.remove_article(found.briefing, found.article))
    else:
        call.report(editing.remove_briefing(found.briefing))


@click.command()
@json_option
@click.pass_obj
def trash(job: Job, *, as_json: bool) -> None:
    """List what was removed and is kept in the trash, the newest first."""
    removed = job.library(fresh=False).editing.trash()
    rows = ((one.id, one.made, one.done) for one in removed)
    print_json(removed) if as_json else _print_rows(rows, "the trash is empty")


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def tidy(job: Job, *, yes: bool, as_json: bool) -> None:
    """Delete for good what is in the trash, after asking."""
    from briefing.wording import counted

    library = open_to_edit(job, None)
    held = len(library.editing.trash())
    question = f"Delete {counted(held, 'removal')} for good?"
    if held and not yes:
        if not sys.stdin.isatty():
            raise UsageError("there is no terminal to ask on", "To delete without asking: --yes")
        click.confirm(question, err=True, abort=True)
    count = library.editing.empty_trash()
    if as_json:
        print_json({"deleted": count})
    else:
        say(f"deleted for good: {counted(count, 'removal')}")


@click.command()
@click.argument("folder", type=Folder(path_type=Path))
@json_option
@click.pass_obj
def copy(job: Job, folder: Path, *, as_json: bool) -> None:
    """Copy the library to a new FOLDER, where every briefing is yours, samples too.

    \b
    Example:
      briefing copy ~/news
    """
    done = job.library(fresh=False).editing.copy_to(folder)
    report_done(job, done, as_json=as_json)
