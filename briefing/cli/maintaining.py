"""The commands that add to a library, verify it, undo, and move, remove or copy what it holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import console
from briefing.cli.correcting import Call, correcting, open_to_edit, report_done, require_article
from briefing.cli.feeding import allow_private_option, offline_option, read_list
from briefing.cli.job import (
    Folder,
    Job,
    Output,
    any_name_argument,
    command,
    json_option,
    name_argument,
    option,
    print_output,
    word_argument,
)
from briefing.cli.shell_completion import complete_file, complete_name
from briefing.errors import ExitCode, InputError, NotFoundError, UsageError
from briefing.visible import one_line, visible

if TYPE_CHECKING:
    from briefing.cli.lines import PlainLine
    from briefing.cli.places import NamedPlace


cluster_option = option(
    "--cluster",
    metavar="ADDRESS",
    help="Let a cluster read and annotate: local, or tcp://HOST:PORT of a Dask scheduler in a "
    "network that you trust.",
)


@click.command()
@word_argument("files", nargs=-1, metavar="FILE...", shell_complete=complete_file)
@option(
    "--to",
    metavar="NAME",
    shell_complete=complete_name,
    help="The briefing to add to; created if it does not exist.",
)
@option("--as-one", help="Take a file for one article even where it seems to hold several.")
@click.option(
    "--keep-doubles/--skip-doubles",
    default=None,
    help="Add articles whose text or address is there already, or leave them out.",
)
@option(
    "--from-list",
    metavar="FILE",
    shell_complete=complete_file,
    help="Add the addresses in FILE as well, one a line; - reads standard input.",
)
@cluster_option
@allow_private_option
@offline_option
@json_option
@click.pass_obj
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
    as_json: bool,
) -> None:
    """Add articles: files, folders, addresses, or - for standard input.

    Read are text, Markdown, pages, Word, RTF, mail, books, lists of read-later tools, references,
    archives of these, and with the extra `pdf` PDF. An export of a press database becomes the
    articles that it holds.

    What stands at an address is fetched as its robots.txt allows, one page a second from each
    host; what came is kept, and the same call goes on with the rest. Needs the extra `fetch`.

    On a cluster, the files are read and annotated by the workers of a Dask scheduler; `local`
    starts one with a process a core. Whoever reaches a scheduler can run programs there and here:
    use one in a network that you trust. Needs the extra `cluster`.

    \b
    Examples:
      briefing add saved/*.txt --to huawei-5g
      briefing --library ~/news add page.html
      briefing add https://paper.example/story --to huawei-5g
      pbpaste | briefing add - --to huawei-5g
    """
    from msgspec.structs import replace

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
    if as_json:
        console.print_json(report)
    console.report_added(report, quiet=as_json)
    if not as_json:
        console.report_briefings(library, report, job.named)
    console.exit_with({failure.exit_code for failure in report.failures})


@click.command()
@name_argument
@option("--reread", help="Read the original documents again as well.")
@option("--force", help="Also replace files that were changed by hand.")
@cluster_option
@json_option
@click.pass_obj
def annotate(
    job: Job, name: str, cluster: str | None, *, reread: bool, force: bool, as_json: bool
) -> None:
    """Annotate the articles of briefing NAME again; your edits are kept and applied.

    Before it replaces a file that was changed by hand, the command asks; without a terminal it
    leaves the file as it is.
    """
    from briefing.wording import counted

    def confirm(article: str) -> bool:
        question = f"{visible(article)} was changed by hand. Replace it?"
        return force or (sys.stdin.isatty() and click.confirm(question, err=True))

    library = job.library(fresh=False)
    done = library.reannotate(name, reread=reread, confirm=confirm, cluster=cluster)
    if as_json:
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


@click.command()
@any_name_argument
@option("--adopt", help="Store what was changed by hand in article files as edits.")
@json_option
@click.pass_obj
def check(job: Job, name: str | None, *, adopt: bool, as_json: bool) -> None:
    """Check briefing NAME, or all: hashes of originals, anchors of annotations, edits, files.

    \b
    Examples:
      briefing check huawei-5g
      briefing check huawei-5g --adopt
    """
    from briefing.cli.lines import PlainLine, problem_text
    from briefing.wording import counted

    if adopt:
        print_output(_adopt(job, name), as_json=as_json)
        return
    problems = job.library(fresh=False).check(name)
    lines = (PlainLine(f"{one.severity}: {problem_text(one)}", 0, "warning") for one in problems)
    print_output(Output(problems, lines), as_json=as_json)
    errors = sum(problem.severity == "error" for problem in problems)
    console.say(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    if errors:
        sys.exit(ExitCode.BAD_CONTENT)


def _adopt(job: Job, name: str | None) -> Output:
    """Store changes by hand as edits; return each of them and what no edit can say."""
    from briefing.cli.lines import PlainLine, place_words
    from briefing.visible import one_line

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


@click.command()
@option("--rebuild", help="Rebuild the whole index.")
@click.pass_obj
def index(job: Job, *, rebuild: bool) -> None:
    """Bring the index up to date with content/ (other commands do so by themselves)."""
    from briefing.wording import counted

    library = job.library(fresh=False)
    refreshed = console.refresh(library, force=rebuild, searchable=True)
    changed = counted(len(refreshed.changed), "briefing")
    console.say(
        f"{changed} indexed, {len(refreshed.removed):,} removed; index: {library.index_shown}"
    )


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
