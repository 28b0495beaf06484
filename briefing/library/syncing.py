"""Bringing briefings up to date with their feeds: new entries' pages are fetched and added.

What a machine remembers of a feed (its stamps, the entries it has seen) is noted in the user's
state folder; the feeds themselves stand in `briefing.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.content.info import INFO_NAME, read_info
from briefing.content.listing import briefing_names
from briefing.errors import BriefingError
from briefing.library.adding import NO_HOOKS, AddHooks, add_documents
from briefing.library.fetched import Known, add_fetched, find_known, is_empty
from briefing.library.reports import AddReport, Failure, Progress, Synced, SyncedFeed, failure
from briefing.library.sample import require_own
from briefing.model import Feed, Record
from briefing.paths import note_path, read_note, write_note

if TYPE_CHECKING:
    from briefing.ingest.web.feeds import FeedContent, FeedEntry
    from briefing.ingest.web.fetching import Fetched, Fetcher


class FeedState(Record, frozen=True, kw_only=True):
    """What is noted of a feed: its stamps, once all its entries were seen, and their own.

    `words` are those by which entries were chosen then.
    """

    etag: str | None = None
    modified: str | None = None
    words: tuple[str, ...] = ()
    entries: dict[str, str] = msgspec.field(default_factory=dict)


class _Come(NamedTuple):
    """A feed of a briefing, what was noted of it, and what has come of it now."""

    briefing: str
    feed: Feed
    state: FeedState
    fetched: Fetched | None = None
    content: FeedContent | None = None
    failure: Failure | None = None

    def candidates(self) -> list[FeedEntry]:
        """Return the entries that the feed's words choose and that were not seen as they are."""
        seen = self.state.entries
        is_wanted = _chosen_by(self.feed.words)
        entries = self.content.entries if self.content else ()
        return [
            one for one in entries if seen.get(one.address) != one.updated and is_wanted(one.text)
        ]


def feeds_of(root: Path, name: str) -> tuple[Feed, ...]:
    """Return the feeds that a briefing names, each once; raises as `read_info` does."""
    feeds = read_info(root / "content" / name / INFO_NAME).feeds
    each = (one if isinstance(one, Feed) else Feed(address=one) for one in feeds)
    return tuple({one.address: one for one in each}.values())


def fed_briefings(root: Path) -> list[str]:
    """Return the names of the briefings that have feeds: no samples, and none that is broken."""
    found: list[str] = []
    for name in briefing_names(root / "content"):
        with suppress(BriefingError):
            info = read_info(root / "content" / name / INFO_NAME)
            if info.feeds and not info.sample:
                found.append(name)
    return found


def sync(
    root: Path,
    names: Iterable[str],
    fetcher: Fetcher,
    *,
    most: int,
    progress: Progress | None = None,
    hooks: AddHooks = NO_HOOKS,
) -> Synced:
    """Fetch the feeds of briefings, and add the pages of the entries that are new.

    At most so many pages of each feed are fetched, its first ones; the next run goes on. What
    cannot be fetched is reported and stops nothing. Raises WriteError for samples, and as
    `read_info` does.
    """
    asked: list[_Come] = []
    for name in names:
        require_own(root / "content", name)
        states = read_note(note_path("feeds", root, name), dict[str, FeedState]) or {}
        asked += [
            _Come(name, feed, states.get(feed.address, FeedState()))
            for feed in feeds_of(root, name)
        ]
    come = _fetch_feeds(asked, fetcher)
    reports, done = list[AddReport](), list[SyncedFeed]()
    for name in dict.fromkeys(one.briefing for one in come):
        feeds = [one for one in come if one.briefing == name]
        found = {entry.address for one in feeds for entry in one.candidates()}
        known = find_known(root, name, frozenset(found))
        wanted = [_wanted(one, known) for one in feeds]
        pages = dict.fromkeys(entry.address for each in wanted for entry in each[:most])
        add = partial(add_documents, root, hooks=hooks)
        is_new = is_empty(root, name)
        outcome = add_fetched(
            list(pages), fetcher, known, add, to=name, is_new=is_new, progress=progress
        )
        reports.append(outcome.report)
        late = outcome.retry | {entry.address for each in wanted for entry in each[most:]}
        states = {one.feed.address: _settled(one, late) for one in feeds}
        write_note(note_path("feeds", root, name), states)
        done += [
            _told(one, len(each[:most]), len(each[most:]))
            for one, each in zip(feeds, wanted, strict=True)
        ]
    return Synced(feeds=tuple(done), report=AddReport.of(reports))


def _fetch_feeds(asked: Sequence[_Come], fetcher: Fetcher) -> list[_Come]:
    """Fetch and read feeds, in their order; one that several briefings have is asked for once."""
    from briefing.ingest.web.fetching import Request, fetch_all

    def request_of(one: _Come) -> Request:
        is_same = one.state.words == one.feed.words
        stamps = (one.state.etag, one.state.modified) if is_same else (None, None)
        return Request(one.feed.address, *stamps)

    outcomes = dict(fetch_all(fetcher, list(dict.fromkeys(map(request_of, asked)))))
    return [
        _read_feed(one, outcomes[request_of(one)]) for one in asked if request_of(one) in outcomes
    ]


def _read_feed(one: _Come, outcome: Fetched | Exception) -> _Come:
    """Return a feed with what was fetched of it, or why it cannot be read."""
    from briefing.ingest.web.feeds import read_feed

    if isinstance(outcome, Exception):
        return one._replace(failure=failure(one.feed.address, outcome))
    try:
        data, address = outcome.data, outcome.address
        content = None if outcome.is_unchanged else read_feed(data, address, outcome.media_type)
    except Exception as error:  # noqa: BLE001 (one feed must not stop the others)
        return one._replace(failure=failure(one.feed.address, error))
    return one._replace(fetched=outcome, content=content)


def _chosen_by(words: Sequence[str]) -> Callable[[str], bool]:
    """Return what says whether one of the words stands in a text; without words, all do."""
    forms = [r"\s+".join(map(re.escape, word.split())) for word in words if word.strip()]
    if not forms:
        return lambda _: True
    any_of = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(forms)})(?!\w)")
    return lambda text: any_of.search(text) is not None


def _wanted(one: _Come, known: Known) -> list[FeedEntry]:
    """Return the entries to fetch: not those that the briefing had before the feed was noted."""
    seen = one.state.entries
    return [each for each in one.candidates() if each.address in seen or each.address not in known]


def _settled(one: _Come, late: Collection[str]) -> FeedState:
    """Return what to note of a feed, whose `late` pages are left to the next run."""
    if one.fetched is None or one.content is None:
        return one.state
    seen = one.state.entries
    entries = {
        each.address: seen[each.address] for each in one.content.entries if each.address in seen
    }
    candidates = one.candidates()
    entries |= {each.address: each.updated for each in candidates if each.address not in late}
    is_whole = all(each.address not in late for each in candidates)
    return FeedState(
        etag=one.fetched.etag if is_whole else None,
        modified=one.fetched.modified if is_whole else None,
        words=one.feed.words,
        entries=entries,
    )


def _told(one: _Come, asked: int, left: int) -> SyncedFeed:
    return SyncedFeed(
        briefing=one.briefing,
        address=one.feed.address,
        title=one.content.title if one.content else None,
        entries=len(one.content.entries) if one.content else 0,
        asked=asked,
        left=left,
        is_unchanged=one.fetched is not None and one.fetched.is_unchanged,
        failure=one.failure,
    )
