"""The commands that add to a library, verify it, undo, and move, remove or copy what it holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from briefing.cli import console
from briefing.cli.correcting import Call, at_place, open_to_edit, report_done, require_article
from briefing.cli.feeding import read_list, report_added, report_briefings
from briefing.cli.job import Job, Output
from briefing.cli.lines import PlainLine, place_words, problem_text
from briefing.errors import ExitCode, InputError, NotFoundError, UsageError
from briefing.visible import one_line, visible
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.cli.places import NamedPlace


def add(
    job: Job,
    files: tuple[str, ...],
    to: str | None,
    from_list: str | None,
    cluster: str | None,
    *,
    as_one: bool,
    keep_doubles: bool | None,
    allow_private: bool,
    offline: bool,
) -> None:
    """Add articles: files, folders, addresses, or - for standard input."""
    from briefing.ingest.lines.urls import is_address
    from briefing.library.reports import AddReport, Failure, InputBytes, failure

    addresses = [name for name in files if is_address(name)]
    addresses += read_list(from_list) if from_list is not None else []
    if not files and from_list is None:
        raise click.UsageError("Missing argument 'FILE...'.")
    library = job.library(fresh=False, create=True)
    fetcher = library.fetcher(offline=offline, allow_private=allow_private) if addresses else None
    found: list[Path | InputBytes] = []
    unread: list[Failure] = []
    for name in files:
        if is_address(name):
            continue
        if name != "-":
            found.append(Path(name))
            continue
        try:
            called, data = console.read_input(name)
            found.append(InputBytes(name=called, data=data))
        except InputError as error:
            unread.append(failure(console.STANDARD_INPUT, error))
    report = AddReport()
    if found or not addresses:
        with console.progress_bar("Adding", console.MANY_FILES) as show:
            how = partial(library.add, found, to=to, as_one=as_one, progress=show)
            report = how(keep_doubles=keep_doubles, cluster=cluster)
    if fetcher is not None:
        with console.progress_bar("Fetching", console.MANY_FILES) as show:
            fetched = library.fetch(addresses, fetcher, to=to, as_one=as_one, progress=show)
        report = AddReport.of((report, fetched))
    report = replace(report, failures=(*unread, *report.failures))
    if job.as_json:
        console.print_json(report)
    report_added(report, quiet=job.as_json)
    if not job.as_json:
        report_briefings(library, report, job.named)
    console.exit_with({failure.exit_code for failure in report.failures})


def annotate(job: Job, name: str, cluster: str | None, *, reread: bool, force: bool) -> None:
    """Annotate the articles of briefing NAME again; your edits are kept and applied."""

    def confirm(article: str) -> bool:
        question = f"{visible(article)} was changed by hand. Replace it?"
        return force or (sys.stdin.isatty() and click.confirm(question, err=True))

    library = job.library(fresh=False)
    done = library.reannotate(name, reread=reread, confirm=confirm, cluster=cluster)
    if job.as_json:
        console.print_json(done)
    for failure in done.failures:
        console.report_error(failure.message, failure.hint)
    for article in done.kept:
        console.say(f"changed by hand, not replaced: {article}")
    for article in done.replaced:
        console.say(f"changed by hand, replaced: {article}; the old file is in the trash")
    if done.replaced:
        console.say(f"to bring one back: briefing undo {name}")
    if done.kept:
        console.say(f"to keep such changes as edits: briefing check {name} --adopt")
    console.say(f"{counted(len(done.changed), 'article')} changed")
    if done.failures:
        sys.exit(ExitCode.BAD_CONTENT)


def check(job: Job, name: str | None, *, adopt: bool) -> None:
    """Check briefing NAME, or all: hashes of originals, anchors of annotations, edits, files."""
    if adopt:
        job.print(_adopt(job, name))
        return
    problems = job.library(fresh=False).check(name)
    lines = (PlainLine(f"{one.severity}: {problem_text(one)}", 0, "warning") for one in problems)
    job.print(Output(problems, lines))
    errors = sum(problem.severity == "error" for problem in problems)
    console.say(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    if errors:
        sys.exit(ExitCode.BAD_CONTENT)


def _adopt(job: Job, name: str | None) -> Output:
    """Store changes by hand as edits; return each of them and what no edit can say."""
    if name is None:
        raise click.UsageError("Name the briefing: briefing check NAME --adopt")
    editing = open_to_edit(job, name).editing
    lines: list[PlainLine] = []
    for one in editing.hand_edits(name):
        place = place_words(name, one.article)
        lines += [PlainLine(f"{place}: {one_line(each)}") for each in one.says]
        lines += [
            PlainLine(f"{place}: no edit can say this: {one_line(each)}", 0, "warning")
            for each in one.rest
        ]
    return report_done(job, editing.adopt(name))._replace(lines=lines)


def index(job: Job, *, rebuild: bool) -> None:
    """Bring the index up to date with content/ (other commands do so by themselves)."""
    library = job.library(fresh=False)
    refreshed = console.refresh(library, force=rebuild, searchable=True)
    changed = counted(len(refreshed.changed), "briefing")
    console.say(
        f"{changed} indexed, {len(refreshed.removed):,} removed; index: {library.index_shown}"
    )


def undo(job: Job, name: str | None, action: str | None, edit: str | None, *, skip: bool) -> Output:
    """Undo the last action in briefing NAME, or in the library; again, the one before."""
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


def log(job: Job, name: str | None) -> Output:
    """List what was done in briefing NAME, or in the library, the newest first."""
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
    lines = [PlainLine("  ".join(map(one_line, filter(None, row)))) for row in rows]
    return Output(data, lines, () if lines else (none,))


@at_place
def move(call: Call, to: str) -> Output:
    """Move an article to briefing TO, with its original, edits and pins."""
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


@at_place
def rename(call: Call, new: str) -> Output:
    """Give a briefing or an article another name; edits and pins follow."""
    library, found = call.open()
    _require_whole(found)
    if found.article:
        return call.report(library.editing.rename_article(found.briefing, found.article, new))
    return call.report(library.editing.rename_briefing(found.briefing, new))


@at_place
def remove(call: Call) -> Output:
    """Remove a briefing or an article: it is kept in the trash until `briefing tidy`."""
    library, found = call.open()
    _require_whole(found)
    if found.article:
        return call.report(library.editing.remove_article(found.briefing, found.article))
    return call.report(library.editing.remove_briefing(found.briefing))


def trash(job: Job) -> Output:
    """List what was removed and is kept in the trash, the newest first."""
    removed = job.library(fresh=False).editing.trash()
    rows = ((one.id, one.made, one.done) for one in removed)
    return _output_rows(removed, rows, "the trash is empty")


def tidy(job: Job, *, yes: bool) -> Output:
    """Delete for good what is in the trash, after asking."""
    library = open_to_edit(job, None)
    held = len(library.editing.trash())
    question = f"Delete {counted(held, 'removal')} for good?"
    if held and not yes:
        if not sys.stdin.isatty():
            raise UsageError("there is no terminal to ask on", "To delete without asking: --yes")
        click.confirm(question, err=True, abort=True)
    count = library.editing.empty_trash()
    return Output({"deleted": count}, said=[f"deleted for good: {counted(count, 'removal')}"])


def copy(job: Job, folder: Path) -> Output:
    """Copy the library to a new FOLDER, where every briefing is yours, samples too."""
    return report_done(job, job.library(fresh=False).editing.copy_to(folder))
