"""The command line: one thin command per job of the library.

Nothing heavy is imported before the command that needs it runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing import __version__
from briefing.cli.answers import (
    find_country,
    join_words,
    narrowed,
    panels_data,
    print_completions,
    print_explanations,
    print_timeline,
)
from briefing.cli.console import (
    a_reader_may_leave,
    add_with_progress,
    leave,
    print_json,
    print_lines,
    refresh_with_progress,
    say,
    tell_briefings,
    tell_error,
    tell_refreshed,
    tell_report,
)
from briefing.errors import BriefingError, ExitCode
from briefing.visible import visible

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.library.reports import InputBytes


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; a failure is told in one place, with its exit code."""
    try:
        main.main(args=arguments, prog_name="briefing", standalone_mode=False)
    except BriefingError as error:
        leave(error)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        tell_error("interrupted; what was added before stays")
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 (the edge: whatever it is ends in a sentence)
        from briefing.crashes import report_crash

        leave(report_crash(error, "briefing"))


def some_word(value: str) -> str:
    """Return a name, label or country; an empty one, as of an unset variable, is a wrong call."""
    if not value.strip():
        raise click.BadParameter("it is empty")
    return value


class Folder(click.Path):
    """A folder; an empty name, which pathlib takes for the current folder, is a wrong call."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        return super().convert(some_word(value), param, ctx)


class Job:
    """What every command shares: which library was named."""

    def __init__(self, named: Path | None) -> None:
        self.named = named

    def library(
        self, *, fresh: bool = True, searchable: bool = False, create: bool = False
    ) -> Library:
        """Open the library; with `fresh` its index is brought up to date first.

        With `create` it need not exist. Whoever has to wait is told for whom.
        """
        from briefing.library import Library

        library = Library.open(self.named, create=create)
        library.on_wait = say
        if fresh:
            tell_refreshed(refresh_with_progress(library, searchable=searchable))
        return library


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
    help="The library's folder; else BRIEFING_LIBRARY, the nearest folder upwards that holds "
    "content/, the config, or the sample library.",
)
@click.version_option(__version__, message="briefing %(version)s")
@click.pass_context
def main(context: click.Context, library: Path | None) -> None:
    """Read, annotate, search and export news briefings.

    Without a command the reader opens; where there is no terminal, the list of briefings is
    printed.
    """
    if "NO_COLOR" in os.environ:
        context.color = False
    context.obj = Job(library)
    if context.invoked_subcommand is None:
        _open_app(context.obj, None)


@main.command(name="open")
@click.argument("name", required=False, type=some_word)
@click.pass_obj
def open_command(job: Job, name: str | None) -> None:
    """Open the reader, on briefing NAME if given."""
    _open_app(job, name)


def _open_app(job: Job, name: str | None) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from briefing.cli.lines import catalog_lines

        print_lines(catalog_lines(job.library().catalog()))
        return
    from briefing.tui import run as run_app

    library = job.library(fresh=False)
    if name is not None:
        library.require(name)
    run_app(library, briefing=name)


@main.command()
@click.argument("files", nargs=-1, required=True, type=some_word, metavar="FILE...")
@click.option(
    "--to", type=some_word, metavar="NAME", help="The briefing to add to; it is made if it is new."
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.pass_obj
def add(job: Job, files: tuple[str, ...], to: str | None, *, as_json: bool) -> None:
    """Add articles: files (.txt, .md, .html), folders, or - for standard input.

    \b
    Examples:
      briefing add saved/*.txt --to huawei-5g
      briefing --library ~/news add page.html
      pbpaste | briefing add - --to huawei-5g
    """
    library = job.library(fresh=False, create=True)
    inputs = [_input(name) for name in files]
    report = add_with_progress(library, inputs, to)
    if as_json:
        print_json(report)
    tell_report(report, quiet=as_json)
    if not as_json:
        tell_briefings(library, report, job.named)
    if report.failures:
        codes = {failure.exit_code for failure in report.failures}
        sys.exit(codes.pop() if len(codes) == 1 else ExitCode.FAILURE)


def _input(name: str) -> Path | InputBytes:
    from briefing.library.reports import InputBytes

    if name == "-":
        return InputBytes(name="standard input", data=sys.stdin.buffer.read())
    return Path(name)


@main.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_command(job: Job, *, as_json: bool) -> None:
    """List the briefings of the library."""
    from msgspec.structs import replace

    from briefing.cli.lines import catalog_lines

    rows = job.library().catalog()
    if as_json:
        print_json([replace(row, stamp=None) for row in rows])
        return
    print_lines(catalog_lines(rows))
    if not rows:
        say("no briefings yet: briefing add FILE --to NAME makes one")


@main.command()
@click.argument("name", type=some_word)
@click.option(
    "--country", type=some_word, metavar="CODE", help="Only this country: its code or name."
)
@click.option("--quotes", is_flag=True, help="Only the quotes.")
@click.option("--paraphrases", is_flag=True, help="Indirect speech as well.")
@click.option("--timeline", is_flag=True, help="What is told of which date, in time order.")
@click.option("--article", type=some_word, metavar="ID", help="The text of one article.")
@click.option("--all", "everything", is_flag=True, help="With --article: what is set aside too.")
@click.option(
    "--explain",
    type=some_word,
    metavar="QUOTE",
    help="Why this quote (ARTICLE/QUOTE, or all) has the speaker it has, and who else might.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(
    job: Job,
    name: str,
    country: str | None,
    article: str | None,
    explain: str | None,
    *,
    quotes: bool,
    paraphrases: bool,
    timeline: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Show briefing NAME as linear text: countries, quotes and sources.

    \b
    Examples:
      briefing show huawei-5g
      briefing show huawei-5g --country GB
      briefing show huawei-5g --quotes --json
      briefing show huawei-5g --timeline --country GB
      briefing show huawei-5g --article halyard-wire-2020-01-28 --all
      briefing show huawei-5g --explain halyard-wire-2020-01-28/q5
    """
    from briefing.cli import lines as linear

    library = job.library()
    if explain is not None:
        print_explanations(library, name, article, explain, as_json=as_json)
        return
    if article is not None:
        text = library.article(name, article)
        if as_json:
            print_json(text)
        else:
            print_lines(linear.article_lines(text, everything=everything))
        return
    if timeline:
        print_timeline(library, name, country, as_json=as_json)
        return
    panels = narrowed(library.panels(name), paraphrases=paraphrases)
    row = find_country(panels, country) if country is not None else None
    if as_json:
        print_json(panels_data(panels, row, quotes=quotes))
    elif quotes and row is not None:
        print_lines(linear.voice_sections(panels.quotes, row))
    elif quotes:
        print_lines(linear.quote_section(panels.quotes))
    elif row is not None:
        print_lines(linear.country_view(panels, row))
    else:
        print_lines(linear.briefing_lines(panels))


# A query may begin with what it leaves out.
@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@click.option("--in", "name", type=some_word, metavar="NAME", help="Only in this briefing.")
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(min=1),
    help="At most so many passages.",
)
@click.option("--newest", is_flag=True, help="Newest first instead of best first.")
@click.option("--complete", is_flag=True, help="List how the query may go on: fields, values.")
@click.option(
    "--save", type=some_word, metavar="LABEL", help="Keep the query in the briefing under LABEL."
)
@click.option(
    "--saved",
    type=some_word,
    metavar="LABEL",
    help="Run a kept query: what is new since last time.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def search(
    job: Job,
    query: tuple[str, ...],
    name: str | None,
    limit: int,
    save: str | None,
    saved: str | None,
    *,
    newest: bool,
    complete: bool,
    as_json: bool,
) -> None:
    """Search the words of all articles; the best article comes first.

    All words are looked for in an article, and the passages that have them are shown. "A phrase",
    prefix*, word~, and or not, same:(in one passage), a NEAR/5 b, and fields: country: speaker:
    voice: stance: cites: publisher: headline: section: role: briefing: tag: before: after: date:

    \b
    Examples:
      briefing search ban risk*
      briefing search which countries ban huawei
      briefing search '"core network"'
      briefing search speaker:pompeo
      briefing search 'country:GB stance:restrict after:2019'
      briefing search --complete country:ger
      briefing search 'stance:ban' --in huawei-5g --save bans
      briefing search --in huawei-5g --saved bans
    """
    from briefing.cli import lines as linear

    unknown = [word for word in query if word.startswith("--")]
    if unknown:
        raise click.NoSuchOption(unknown[0], ctx=click.get_current_context())
    says = bool("".join(query).strip()) or complete
    if (not says and saved is None) or (name is None and (save or saved)):
        raise click.UsageError("Give a query; --save and --saved need --in NAME as well.")
    library = job.library(searchable=True)
    if complete:
        print_completions(library, " ".join(query), as_json=as_json)
        return
    if name is not None:
        library.require(name)
    if name is not None and saved is not None:
        run_again = library.run_saved(name, saved)
        print_json(run_again) if as_json else print_lines(linear.saved_lines(run_again))
        return
    asked = join_words(query)
    order: Any = "date" if newest else "rank"
    results = library.search(asked, briefing=name, limit=limit, order=order, facets=as_json)
    if name is not None and save is not None:
        library.save_search(name, save, asked)
        say(f"saved as {save} in {name}")
    if as_json:
        print_json(results)
    else:
        print_lines(linear.result_lines(results))


@main.command()
@click.argument("name", type=some_word)
@click.option(
    "--country", type=some_word, metavar="CODE", help="Only this country: its code or name."
)
@click.option(
    "-o",
    "--output",
    type=some_word,
    metavar="FILE",
    default="-",
    show_default=True,
    help="Where to write.",
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
    code = find_country(library.panels(name), country).code if country is not None else None
    text = library.export(name, country=code)
    if output == "-":
        with a_reader_may_leave():
            sys.stdout.buffer.write(text.encode("utf-8"))
            sys.stdout.buffer.flush()
        return
    say(f"written: {library.save_export(text, Path(output), overwrite=force)}")


@main.command()
@click.option("--rebuild", is_flag=True, help="Make the whole index anew.")
@click.pass_obj
def index(job: Job, *, rebuild: bool) -> None:
    """Bring the index up to date with content/ (done by itself before every other command)."""
    library = job.library(fresh=False)
    refreshed = refresh_with_progress(library, force=rebuild)
    tell_refreshed(refreshed)
    changed, removed = len(refreshed.changed), len(refreshed.removed)
    say(f"{changed} briefings indexed, {removed} removed; the index is in {library.index_dir}")


@main.command()
@click.argument("name", type=some_word)
@click.option("--reread", is_flag=True, help="Read the originals again as well.")
@click.option("--force", is_flag=True, help="Replace files that were changed by hand, too.")
@click.pass_obj
def annotate(job: Job, name: str, *, reread: bool, force: bool) -> None:
    """Annotate the articles of briefing NAME anew; your edits stay and apply again.

    A file that was changed by hand is asked for first, or left alone where nobody can answer.
    """

    def confirm(article: str) -> bool:
        question = f"{visible(article)} was changed by hand. Replace what was changed?"
        return force or (sys.stdin.isatty() and click.confirm(question, err=True))

    done = job.library(fresh=False).reannotate(name, reread=reread, confirm=confirm)
    for failure in done.failures:
        tell_error(failure.message, failure.hint)
    for article in done.kept:
        say(f"left as it is, changed by hand: {article}")
    say(f"{len(done.changed)} articles changed")
    if done.failures:
        sys.exit(ExitCode.BAD_CONTENT)


@main.command()
@click.argument("name", required=False, type=some_word)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(job: Job, name: str | None, *, as_json: bool) -> None:
    """Check hashes of originals, anchors of annotations, edits and files, of NAME or of all."""
    from briefing.cli.lines import problem_lines

    problems = job.library(fresh=False).check(name)
    if as_json:
        print_json(problems)
    else:
        print_lines(problem_lines(problems))
    errors = sum(problem.severity == "error" for problem in problems)
    say(f"{errors} errors, {len(problems) - errors} warnings")
    if errors:
        sys.exit(ExitCode.BAD_CONTENT)
