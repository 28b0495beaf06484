"""The command that exports a briefing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.cli.console import print_bytes, say
from briefing.cli.job import Job
from briefing.cli.places import chosen_country, find_place
from briefing.errors import NotFoundError, UsageError, WriteError

if TYPE_CHECKING:
    from briefing.library import Library

_TABLES = ("csv", "json")


def export(
    job: Job,
    /,
    name: str,
    *,
    country: str | None,
    select: Sequence[str],
    format_name: str | None,
    without_broken: bool,
    output: str,
    force: bool,
    **asked: Any,
) -> None:
    """Export briefing NAME as a memo, or as rows or references for other programs."""
    from briefing.export.formats import format_for
    from briefing.export.material import ExportRequest

    library = job.library()
    try:
        row = chosen_country(library.panels(name), country)
        chosen = tuple(_find_quote(library, name, each) for each in select)
    except NotFoundError:
        # What is broken may be why, and is worse.
        library.export(name, without_broken=without_broken)
        raise
    request = ExportRequest(country=row.code if row else None, select=chosen, **asked)
    file = "" if output == "-" else output
    if (
        request.rows is not None
        and (chosen_format := format_for(file, format_name).name) not in _TABLES
    ):
        raise UsageError(
            f"--rows chooses a table, and {chosen_format} holds none",
            "Name a file that ends in .csv or .json, or choose one with --format.",
        )
    made = library.export(
        name, request, file=file, format_name=format_name, without_broken=without_broken
    )
    for problem in made.skipped:
        say(f"left out, since it cannot be read: {problem.place}: {problem.message}")
    if file:
        say(f"wrote {library.save_export(made.text, Path(file), overwrite=force)}")
    else:
        print_bytes(made.text.encode("utf-8"))
    if made.state is None:
        return
    from briefing.library.earlier_states import keep_state

    try:
        keep_state(library.root, name, made.state)
    except WriteError as error:
        say(f"this export is not remembered for briefing changes: {error.message}")


def _find_quote(library: Library, name: str, text: str) -> tuple[str, str]:
    place = find_place(library, f"{name}/{text.removeprefix(f'{name}/')}")
    if place.quote is None:
        raise UsageError(
            f"{text!r} names no quote", "A quote is ARTICLE/QUOTE, as briefing show prints it."
        )
    return place.article, place.quote
