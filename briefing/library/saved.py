"""Saved searches: queries in `briefing.yaml` that report what is new since their last run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from briefing.content.info import INFO_NAME, read_info, set_info_key
from briefing.content.locking import OnWait, library_lock
from briefing.errors import NotFoundError, UsageError
from briefing.model import SavedSearch
from briefing.search.results import Results, SavedRun, new_since, seen_id

Ask = Callable[[str], Results]
EVERY_HIT = 100_000
"""A limit that no saved search reaches: new hits are only known from all hits."""


def save_search(
    root: Path, name: str, label: str, query: str, *, on_wait: OnWait | None = None
) -> None:
    """Save `query` under `label` in a briefing, replacing an older one with that label."""
    if not label.strip():
        raise UsageError("A saved search needs a label.")
    path = root / "content" / name / INFO_NAME
    with library_lock(root, on_wait=on_wait):
        kept = [search for search in read_info(path).searches if search.name != label]
        set_info_key(path, "searches", (*kept, SavedSearch(name=label, query=query)))


def run_saved(
    root: Path, name: str, label: str, ask: Ask, *, on_wait: OnWait | None = None
) -> SavedRun:
    """Run a saved search, store which hits it returned, and report the new ones.

    `ask` returns every hit of a query. Raises NotFoundError for an unknown label.
    """
    path = root / "content" / name / INFO_NAME
    search = _find(path, name, label)
    results = ask(search.query)
    new = new_since(results, search.seen) if search.last_run else ()
    found = {seen_id(hit) for group in results.groups for hit in group.hits}
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with library_lock(root, on_wait=on_wait):
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
