"""Saved searches: queries in `briefing.yaml` that report what is new since their last run.

What a run returned is noted in the user's state folder, a file a search: the analyst's file is
written only when a search is saved.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from briefing.content.info import INFO_NAME, read_info, set_info_key
from briefing.content.locking import OnWait, library_lock
from briefing.errors import NotFoundError, UsageError
from briefing.library.plans import now
from briefing.model import Record, SavedSearch
from briefing.paths import note_path, read_note, write_note
from briefing.search.results import Results, SavedRun, new_since, seen_id

Ask = Callable[[str], Results]
EVERY_HIT = 100_000
"""A limit that no saved search reaches: new hits are only known from all hits."""


class _Seen(Record, frozen=True, kw_only=True):
    query: str
    last_run: str
    seen: tuple[str, ...]


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


def run_saved(root: Path, name: str, label: str, ask: Ask) -> SavedRun:
    """Run a saved search, note which hits it returned, and report the new ones.

    `ask` returns every hit of a query. Raises NotFoundError for an unknown label, WriteError.
    """
    search = _find(root / "content" / name / INFO_NAME, name, label)
    before = read_note(note_path("searches", root, name, label), _Seen)
    if before is not None and before.query == search.query:
        search = replace(search, last_run=before.last_run, seen=before.seen)
    results = ask(search.query)
    new = new_since(results, search.seen) if search.last_run else ()
    found = {seen_id(hit) for group in results.groups for hit in group.hits}
    seen = tuple(sorted({*search.seen, *found}))
    noted = _Seen(query=search.query, last_run=now(), seen=seen)
    write_note(note_path("searches", root, name, label), noted)
    return SavedRun(search=replace(search, seen=()), results=results, new=new)


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
