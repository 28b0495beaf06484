"""The commands that undo, and those that move, rename, remove and copy what a library holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.correcting import Call, correcting, open_to_edit, report_done, require_article
from briefing.cli.job import (
    Folder,
    Job,
    Output,
    any_name_argument,
    command,
    option,
    word_argument,
)
from briefing.cli.shell_completion import complete_name
from briefing.errors import NotFoundError, UsageError
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.cli.places import NamedPlace


@command(
    any_name_argument,
    option("--action", metavar="ID", help="This one, by its id in the log."),
    option("--edit", metavar="ID", help="This edit of NAME's edits.yaml."),
    option("--skip", help="Pass over actions that cannot be undone any more."),
)
def undo(job: Job, name: str | None, action: str | None, edit: str | None, *, skip: bool) -> Output:
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
    editing = library.editing
    try:
        if name and edit:
            return report_done(job, editing.withdraw(name, edit))
        return report_done(job, editing.undo(name, action, skip=skip))
    except NotFoundError:
        if name is not None:
            library.require(name)
        raise


@command(any_name_argument)
def log(job: Job, name: str | None) -> Output:
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
    return _output_rows(actions, rows, "nothing was done yet")


def _output_rows(data: object, rows: Iterable[Iterable[str | None]], none: str) -> Output:
    """Return a line a row of facts, those that there are; `none` is said where there is no row."""
    from briefing.cli.lines import PlainLine

    lines = [PlainLine("  ".join(map(one_line, filter(None, row)))) for row in rows]
    return Output(data, lines, () if lines else (none,))


@correcting(word_argument("to", shell_complete=complete_name), words=False)
def move(call: Call, to: str) -> Output:
    """Move an article to briefing TO, with its original, edits and pins.

    \b
    Example:
      briefing move huawei-5g/halyard telecoms
    """
    library, found = call.open()
    require_article(found)
    _require_whole(found)
    open_to_edit(call.job, to)
    return call.report(library.editing.move_article(found.briefing, found.article, to))


def _require_whole(place: NamedPlace) -> None:
    if place.chunk is not None:
        raise UsageError(
            f"{place} is a part of an article",
            "A quote is dropped with briefing drop, a block set aside with briefing set PLACE "
            "role=unrelated.",
        )


@correcting(word_argument("new"), words=False)
def rename(call: Call, new: str) -> Output:
    """Give a briefing or an article another name; edits and pins follow.

    \b
    Examples:
      briefing rename huawei-5g/halyard halyard-2020-01-28
      briefing rename huawei-5g networks
    """
    library, found = call.open()
    _require_whole(found)
    if found.article:
        return call.report(library.editing.rename_article(found.briefing, found.article, new))
    return call.report(library.editing.rename_briefing(found.briefing, new))


@correcting(words=False)
def remove(call: Call) -> Output:
    """Remove a briefing or an article: it is kept in the trash until `briefing tidy`.

    \b
    Example:
      briefing remove huawei-5g/halyard
    """
    library, found = call.open()
    _require_whole(found)
    if found.article:
        return call.report(library.editing.remove_article(found.briefing, found.article))
    return call.report(library.editing.remove_briefing(found.briefing))


@command()
def trash(job: Job) -> Output:
    """List what was removed and is kept in the trash, the newest first."""
    removed = job.library(fresh=False).editing.trash()
    rows = ((one.id, one.made, one.done) for one in removed)
    return _output_rows(removed, rows, "the trash is empty")


@command(option("--yes", help="Do not ask."))
def tidy(job: Job, *, yes: bool) -> Output:
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
    return Output({"deleted": count}, said=[f"deleted for good: {counted(count, 'removal')}"])


@command(click.argument("folder", type=Folder(path_type=Path)))
def copy(job: Job, folder: Path) -> Output:
    """Copy the library to a new FOLDER, where every briefing is yours, samples too.

    \b
    Example:
      briefing copy ~/news
    """
    return report_done(job, job.library(fresh=False).editing.copy_to(folder))
