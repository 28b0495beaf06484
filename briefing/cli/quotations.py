"""The commands that follow quotations: an utterance in all its versions, a draft's in the text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import (
    STANDARD_INPUT,
    print_json,
    print_lines,
    read_standard_input,
    say_unread,
)
from briefing.cli.job import Job, briefing_option, json_option, some_word
from briefing.cli.places import find_place
from briefing.cli.shell_completion import complete_place
from briefing.errors import ExitCode, InputError, NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.compare.concordance import Version
    from briefing.library import Library


@click.command()
@click.argument("place", type=some_word, shell_complete=complete_place, metavar="NAME")
@click.argument("words", nargs=-1, type=some_word, metavar="[QUOTE | WORDS...]")
@json_option
@click.pass_obj
def concordance(job: Job, place: str, words: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is quoted in several articles of briefing NAME, in all versions word by word.

    A version is shown against the longest one: [...] for what it cuts, [-old-]{+new+} for what it
    changes. With a quote, by its place, or with words, only what they are of.

    \b
    Examples:
      briefing concordance huawei-5g
      briefing concordance huawei-5g/tidewater-note-2019-02-22/q-8daa
      briefing concordance huawei-5g more advanced
    """
    from briefing.cli.outline_lines import outline_lines
    from briefing.cli.quotation_lines import WIDTH
    from briefing.compare.outlines.concordance import outline_concordances

    library = job.library()
    name, _, part = place.partition("/")
    if len(words) == 1 and not part and ("/" in words[0] or words[0].startswith("q-")):
        part, words = words[0].removeprefix(f"{name}/"), ()
    found = library.concordance(name, _wanted(library, name, part, words))
    if not found and (part or words):
        raise NotFoundError(f"{name} quotes nothing of {part or ' '.join(words)!r} as speech")
    panels = library.panels(name)
    if panels.problems:
        say_unread(name)
    lines = outline_lines(outline_concordances(found), panels.title, name, WIDTH)
    print_json(found) if as_json else print_lines(lines)


def _wanted(
    library: Library, name: str, part: str, words: tuple[str, ...]
) -> Callable[[Version], bool] | None:
    """Return which versions a call asks for, None for all; raises NotFoundError, UsageError."""
    from briefing.compare.concordance import has_words

    if not part:
        return has_words(" ".join(words)) if words else None
    place = find_place(library, f"{name}/{part}")
    if place.quote is None:
        raise UsageError(f"{place} is no quote", "Name one as briefing show prints it.")
    key = (place.article, place.chunk, place.quote)
    return lambda version: any(row.key == key for row in version.rows)


@click.command()
@click.argument("draft", type=some_word)
@briefing_option("Only against the articles of this briefing.")
@json_option
@click.pass_obj
def verify(job: Job, draft: str, name: str | None, *, as_json: bool) -> None:
    """Compare every quotation of DRAFT (.md, .txt, .html, - for standard input) with the articles.

    Reports what is cut without an ellipsis, changed, not found, attributed to another speaker or
    footnoted to another source than those that hold it; ends with code 8 where there is any.

    \b
    Examples:
      briefing verify memo.md
      briefing verify memo.md --in huawei-5g
    """
    from briefing.cli.quotation_lines import verified_lines
    from briefing.ingest import read_source

    library = job.library()
    try:
        data = read_standard_input() if draft == "-" else read_source(Path(draft))
        checked = library.verify_draft(data, STANDARD_INPUT if draft == "-" else draft, name)
    except InputError as error:
        # Its hint is for who adds articles.
        raise InputError(
            error.message, "A draft is a Markdown, text or HTML file, or - for standard input."
        ) from None
    print_json(checked) if as_json else print_lines(verified_lines(checked))
    for each in checked.unread:
        say_unread(each)
    if not all(quotation.is_sound for quotation in checked.quotations):
        sys.exit(ExitCode.MISMATCH)
