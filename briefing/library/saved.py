"""Saved searches: queries in `briefing.yaml` that report what is new since their last run.

What a run returned is noted in the user's state folder, a file a search: the analyst's file is
written only when a search is saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from briefing.content.info import INFO_NAME, read_info, set_info_key
from briefing.content.locking import OnWait, library_lock
from briefing.errors import NotFoundError, UsageError
from briefing.model import Record, SavedSearch, decoder_of
from briefing.paths import note_path, write_note
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
    """Save `query` under `label` in a briefing, replacing an older one with that label.

    What older files hold of the runs of others is moved out of them.
    """
    if not label.strip():
        raise UsageError("A saved search needs a label.")
    path = root / "content" / name / INFO_NAME
    with library_lock(root, on_wait=on_wait):
        kept = [search for search in read_info(path).searches if search.name != label]
        for search in kept:
            if search.last_run and not _note_path(root, name, search).exists():
                _write_seen(root, name, search)
        bare = [replace(search, last_run=None, seen=()) for search in kept]
        set_info_key(path, "searches", (*bare, SavedSearch(name=label, query=query)))


def run_saved(root: Path, name: str, label: str, ask: Ask) -> SavedRun:
    """Run a saved search, note which hits it returned, and report the new ones.

    `ask` returns every hit of a query. Raises NotFoundError for an unknown label, WriteError.
    """
    search = _read_seen(root, name, _find(root / "content" / name / INFO_NAME, name, label))
    results = ask(search.query)
    new = new_since(results, search.seen) if search.last_run else ()
    found = {seen_id(hit) for group in results.groups for hit in group.hits}
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    _write_seen(root, name, replace(search, last_run=now, seen=tuple({*search.seen, *found})))
    return SavedRun(search=replace(search, seen=()), results=results, new=new)


def _read_seen(root: Path, name: str, search: SavedSearch) -> SavedSearch:
    """Return the search with what is noted of its runs; an older file's own list comes second."""
    try:
        noted = decoder_of(_Seen).decode(_note_path(root, name, search).read_bytes())
    except (OSError, msgspec.DecodeError):
        return search
    if noted.query != search.query:
        return replace(search, last_run=None, seen=())
    return replace(search, last_run=noted.last_run, seen=noted.seen)


def _write_seen(root: Path, name: str, search: SavedSearch) -> None:
    noted = _Seen(
        query=search.query, last_run=search.last_run or "", seen=tuple(sorted(search.seen))
    )
    write_note(_note_path(root, name, search), noted)


def _note_path(root: Path, name: str, search: SavedSearch) -> Path:
    return note_path("searches", root, name, search.name)


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
