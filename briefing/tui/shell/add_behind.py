"""Adding documents behind the screens: a worker that only posts messages, and what is said then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.library.reports import AddReport, InputBytes
from briefing.tui.kit.messages import CorrectionFailed, DocumentsAdded, Progress
from briefing.visible import one_line
from briefing.wording import counted, quotes_in_words

MOST_NAMED = 2
"""How many documents that were not added are named with their reasons."""


def add_behind(
    app: App[Any], library: Library, inputs: Sequence[Path | InputBytes], to: str | None
) -> None:
    """Add documents in a thread; those that are begun are added even if the app ends."""

    def report(done: int, total: int, name: str) -> None:
        app.post_message(Progress(f"adding {done + 1:,} of {total:,}" if name else ""))

    def run() -> None:
        try:
            added = library.add(inputs, to=to, progress=report)
        except BriefingError as error:
            app.post_message(Progress(""))
            app.post_message(CorrectionFailed(error))
        else:
            app.post_message(DocumentsAdded(added, library.catalog()))

    app.post_message(Progress("adding"))
    app.run_worker(run, thread=True, group="adding")


def added_words(report: AddReport, titles: dict[str, str]) -> str:
    """Return in a line what was added and set aside, and what was not added and why."""
    parts = []
    touched = sorted({item.briefing for item in report.added})
    if touched:
        where = titles.get(touched[0], touched[0])
        into = f"“{one_line(where)}”" if len(touched) == 1 else counted(len(touched), "briefing")
        said = (
            sum(item.quotes for item in report.added),
            sum(item.paraphrases for item in report.added),
        )
        aside = counted(sum(item.set_aside for item in report.added), "block")
        articles = counted(len(report.added), "article")
        parts.append(f"Added {articles} to {into}: {quotes_in_words(*said)}, {aside} set aside.")
    if report.duplicates:
        parts.append(f"{counted(len(report.duplicates), 'document')} there already.")
    for failure in report.failures[:MOST_NAMED]:
        parts += [f"Not added: {one_line(failure.message).removesuffix('.')}."]
    if len(report.failures) > MOST_NAMED:
        parts.append(f"Nor {counted(len(report.failures) - MOST_NAMED, 'other document')}.")
    if report.unindexed is not None:
        parts.append(report.unindexed)
    return " ".join(parts) or "There is nothing to add there."
