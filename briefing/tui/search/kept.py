"""The searches kept in a briefing: how they are offered, and what is told of a run of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefing.model import SavedSearch
from briefing.search.results import SavedRun, seen_id
from briefing.tui.kit.text_lines import fit
from briefing.tui.search.completing import Offer
from briefing.visible import one_line

LABEL_WIDTH = 32


class Fresh(NamedTuple):
    """What a run of a kept query found new: since when, None on the first run, and where.

    `ids` are the `article/chunk` ids of the new passages.
    """

    query: str
    since: str | None
    ids: frozenset[str]

    @property
    def words(self) -> str:
        """What the line under the query says; nothing on the first run."""
        if self.since is None:
            return ""
        return f"{len(self.ids) or 'nothing'} new since {one_line(self.since[:10])}"


def fresh_of(query: str, run: SavedRun) -> Fresh:
    """Return what `run` found new, for the query as it stands in the box."""
    ids = frozenset(seen_id(hit) for hit in run.new)
    return Fresh(query, run.search.last_run, ids)


def offers_of(searches: Iterable[SavedSearch]) -> tuple[Offer, ...]:
    """Offer each kept search under its label; its query comes out on one line."""
    return tuple(
        Offer(f"{_folded(each.query)} ", "", fit(one_line(each.name), LABEL_WIDTH), each.name)
        for each in searches
        if _folded(each.query)
    )


def why_kept(searches: Iterable[SavedSearch], query: str) -> str | None:
    """Return the sentence that `query` is kept already, or its name taken; None where neither."""
    named = {_folded(each.query): each.name for each in searches}
    label = named.get(_folded(query))
    if label is not None:
        return f"Kept already{'' if label == query else f' as {one_line(label)}'}."
    if query in named.values():
        return "Another search is kept under this name already."
    return None


def _folded(query: str) -> str:
    return " ".join(query.split())
