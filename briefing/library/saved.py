"""Saved searches: queries kept in `briefing.yaml` that tell what is new since they last ran."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from briefing.content import INFO_NAME, Waiting, library_lock, read_info, set_info_key
from briefing.errors import NotFoundError, UsageError
from briefing.model import SavedSearch
from briefing.search.results import Results, SavedRun, new_since, seen_id

Ask = Callable[[str], Results]
EVERY_HIT = 100_000
"""A limit that no saved search reaches: what is new can only be told from all hits."""


def save_search(
    root: Path, name: str, label: str, query: str, *, waiting: Waiting | None = None
) -> None:
    """Keep `query` under `label` in a briefing, in place of an older one of that label."""
    if not label.strip():
        raise UsageError("A search is kept under a label, and there is none.")
    path = root / "content" / name / INFO_NAME
    with library_lock(root, waiting=waiting):
        kept = [search for search in read_info(path).searches if search.name != label]
        set_info_key(path, "searches", (*kept, SavedSearch(name=label, query=query)))


def run_saved(
    root: Path, name: str, label: str, ask: Ask, *, waiting: Waiting | None = None
) -> SavedRun:
    """Run a saved search, remember what it returned, and tell what is new since the last run.

    `ask` answers a query with every hit it has. Raises NotFoundError for an unknown label.
    """
    path = root / "content" / name / INFO_NAME
    search = _find(path, name, label)
    results = ask(search.query)
    new = new_since(results, search.seen) if search.last_run else ()
    found = {seen_id(hit) for group in results.groups for hit in group.hits}
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with library_lock(root, waiting=waiting):
        searches = tuple(
            replace(each, last_run=now, seen=tuple(sorted({*each.seen, *found})))
            if each.name == label
            else each
            for each in read_info(path).searches
        )
        set_info_key(path, "searches", searches)
    return SavedRun(search=search, results=results, new=new)


def _find(path: Path, name: str, label: str) -> SavedSearch:
    searches = read_info(path).searches
    for search in searches:
        if search.name == label:
            return search
    known = ", ".join(search.name for search in searches)
    raise NotFoundError(
        f"no saved search {label!r} in {name}",
        f"It has: {known}" if known else "Save one: briefing search QUERY --in NAME --save LABEL",
    )
