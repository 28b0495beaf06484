"""Adding what stands at addresses: each document as it comes, told apart from what was there.

Feeds give such addresses. What a machine remembers of a feed (its stamps, the entries it has seen)
is noted in the user's state folder; the feeds themselves stand in `briefing.yaml`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec.structs import replace

from briefing.annotate.positions.codebook import READ_TEXTS
from briefing.content.articles import METADATA_BYTES, parse_metadata
from briefing.content.files import read_bytes
from briefing.content.info import INFO_NAME, read_info, require_own
from briefing.content.naming import briefing_names
from briefing.errors import BriefingError, InputError
from briefing.ingest import WebOrigin
from briefing.ingest.formats import SUFFIXES, suffix_for, suffix_of
from briefing.library.adding import AddHooks, add_documents, find_folder_name, require_place
from briefing.library.holdings import stored_articles
from briefing.library.plans import now
from briefing.library.reports import (
    AddReport,
    Failure,
    InputBytes,
    Progress,
    Synced,
    SyncedFeed,
    failure,
)
from briefing.model import Feed, Record
from briefing.paths import note_path, read_note, write_note
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.ingest.web.feeds import FeedContent, FeedEntry
    from briefing.ingest.web.fetching import Fetched, Fetcher


_ADDRESS = re.compile(rb"https?://[^\s'\"]+")
_GOES_ON = dt.timedelta(days=1)
"""How long after its beginning a run that did not get everything is gone on with."""


class EarlierVersion(NamedTuple):
    """An article from an address: its file, when it was added, and whether it was fetched."""

    path: Path
    added: str
    is_fetched: bool


Known = Mapping[str, Sequence[EarlierVersion]]
"""The articles from each address, in the order in which they were added."""


def add_addresses(
    root: Path,
    addresses: Sequence[str],
    fetcher: Fetcher,
    *,
    to: str | None,
    as_one: bool = False,
    progress: Progress | None = None,
    hooks: AddHooks,
) -> AddReport:
    """Fetch addresses and add what comes, a changed page beside its old; raises as `add`."""
    require_place(root, to)
    wanted, failures = _read_addresses(addresses)
    known = find_known(root, to, frozenset(wanted))
    key = hashlib.sha256("\n".join(sorted(wanted)).encode()).hexdigest()
    note = note_path("fetching", root, to or "", key)
    # When a run began that did not get everything, and can be gone on with.
    (begun,) = read_note(note, tuple[str]) or ("",)
    oldest = (dt.datetime.now(dt.UTC) - _GOES_ON).strftime("%Y-%m-%dT%H:%M:%SZ")
    done: set[str] = set()
    if begun >= oldest:
        before = ((each, one) for each in wanted for one in known.get(each, ()))
        done = {each for each, one in before if one.is_fetched and one.added >= begun}
    else:
        write_note(note, [now()])
    rest = [address for address in wanted if address not in done]
    add = partial(add_documents, root, as_one=as_one, hooks=hooks)
    is_new = to is not None and is_empty(root, to)
    report, retry = add_fetched(rest, fetcher, known, add, to=to, is_new=is_new, progress=progress)
    if not retry:
        note.unlink(missing_ok=True)
    told = report.told
    if done:
        told = (f"{counted(len(done), 'page')} had come before the last run was stopped", *told)
    return replace(report, failures=(*failures, *report.failures), told=told)


def _read_addresses(addresses: Sequence[str]) -> tuple[list[str], list[Failure]]:
    """Return the addresses as they are asked for, each once, and those that are none."""
    from briefing.ingest.web.addresses import read_web_address

    wanted: dict[str, None] = {}
    failures: list[Failure] = []
    for address in addresses:
        try:
            wanted.setdefault(read_web_address(address))
        except InputError as error:
            failures.append(failure(address, error))
    return list(wanted), failures


def find_known(root: Path, to: str | None, wanted: frozenset[str]) -> Known:
    """Return the articles of a briefing, or of all, that are from the wanted addresses."""
    content = root / "content"
    names = briefing_names(content) if to is None else (find_folder_name(content, to),)
    known: dict[str, list[EarlierVersion]] = {}
    for name in names:
        for path in stored_articles(content / name):
            for address, version in _from_addresses(path, wanted):
                known.setdefault(address, []).append(version)
    return {address: sorted(known[address], key=lambda one: one.added) for address in known}


def _from_addresses(path: Path, wanted: frozenset[str]) -> Iterator[tuple[str, EarlierVersion]]:
    """Yield which of the wanted addresses an article is from: as fetched, or as its page says."""
    with suppress(BriefingError, OSError):
        data = read_bytes(path)
        head = data[:METADATA_BYTES]
        found = (each.decode("utf-8", "replace") for each in _ADDRESS.findall(head))
        # What YAML may have behind an address without marks can be part of it, too.
        if wanted.isdisjoint(form for each in found for form in (each, each.rstrip(",}"))):
            return
        article = parse_metadata(data, path)
        source = article.source
        for address in {source.address, article.url}:
            if address is not None and address in wanted:
                yield address, EarlierVersion(path, source.added, address == source.address)


def is_empty(root: Path, to: str) -> bool:
    """Whether a briefing has no articles yet; it need not exist."""
    content = root / "content"
    return not stored_articles(content / find_folder_name(content, to))


def add_fetched(
    addresses: Sequence[str],
    fetcher: Fetcher,
    known: Known,
    add: Callable[..., AddReport],
    *,
    to: str | None,
    is_new: bool,
    progress: Progress | None,
) -> tuple[AddReport, set[str]]:
    """Fetch addresses that were read, and `add` each document as it comes.

    Returns also the addresses that may do better another time. `add` is `add_documents`; the first
    documents of a briefing that `is_new` are added together, since they choose its codebook.
    """
    from briefing.ingest.web.fetching import Request, fetch_all

    versions = {address: [one.path for one in each] for address, each in known.items()}
    waiting: list[InputBytes] = []
    reports: list[AddReport] = []
    retry = set(addresses)
    least = READ_TEXTS if is_new else 1

    def store() -> None:
        if waiting:
            origin = waiting[0].origin
            before = versions.get(origin.asked, ()) if origin else ()
            beside = before[-1].parent.name if before else None
            added = add(waiting, to=to or beside, versions=versions)
            reports.append(_in_addresses(added, waiting))
            waiting.clear()

    try:
        requests = [Request(address) for address in addresses]
        for count, (request, outcome) in enumerate(fetch_all(fetcher, requests), 1):
            document = outcome if isinstance(outcome, Exception) else to_document(outcome)
            if isinstance(document, Exception):
                reports.append(AddReport(failures=(failure(request.address, document),)))
            else:
                waiting.append(document)
            if not isinstance(document, Exception) or getattr(document, "is_final", True):
                retry.discard(request.address)
            if len(waiting) >= least:
                store()
                least = 1
            if progress:
                progress(count, len(addresses), request.address)
    finally:
        store()
    if progress:
        progress(len(addresses), len(addresses), "")
    report = AddReport.of(reports)
    changed = (
        f"{one.name} has changed since it was added as {one.briefing}/{one.before}: "
        f"it is kept beside that as {one.briefing}/{one.article}"
        for one in report.added
        if one.before is not None
    )
    return replace(report, told=(*report.told, *changed)), retry


def to_document(fetched: Fetched) -> InputBytes | InputError:
    """Return what was fetched as a file that is called after its address, or why it is none."""
    from briefing.ingest.web.feeds import is_feed

    if is_feed(fetched.data):
        hint = "To get its articles: briefing feeds NAME --add ADDRESS, and briefing sync NAME"
        return InputError(f"{fetched.request.address}: this is a feed, not an article", hint)
    path = PurePosixPath(unquote(urlsplit(fetched.address).path))
    own, told = suffix_of(path.name), suffix_for(fetched.media_type)
    # Text of every kind comes as plain text from many hosts.
    ending = own if own in SUFFIXES and told in {None, ".txt"} else told or ""
    asked = fetched.request.address
    return InputBytes(
        name=asked,
        data=fetched.data,
        file=f"{path.stem if own in SUFFIXES else path.name or 'page'}{ending}",
        origin=WebOrigin(asked, fetched.address, fetched.encoding),
    )


def _in_addresses(report: AddReport, documents: Sequence[InputBytes]) -> AddReport:
    """Let what is told of documents name their addresses, as it named their files."""
    files = {document.name: document.file or "" for document in documents}
    failures = tuple(
        replace(one, message=f"{one.name}{one.message.removeprefix(files[one.name])}")
        if one.name in files and one.message.startswith(files[one.name])
        else one
        for one in report.failures
    )
    return replace(report, failures=failures)


class FeedState(Record, frozen=True, kw_only=True):
    """What is noted of a feed: stamps, once all is seen, of it and entries, and its words then."""

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
    hooks: AddHooks,
) -> Synced:
    """Fetch the feeds of briefings, and add the pages of the entries that are new.

    At most so many pages of each feed are fetched, its first ones; the next run goes on. What
    cannot be fetched is reported. Raises WriteError for samples, and as `read_info` does.
    """
    asked: list[_Come] = []
    for name in names:
        require_own(root / "content", name)
        noted = read_note(note_path("feeds", root, name), dict[str, FeedState]) or {}
        feeds = feeds_of(root, name)
        asked += [_Come(name, each, noted.get(each.address, FeedState())) for each in feeds]
    come = _fetch_feeds(asked, fetcher)
    reports, done = list[AddReport](), list[SyncedFeed]()
    for name in dict.fromkeys(one.briefing for one in come):
        here = [one for one in come if one.briefing == name]
        found = {entry.address for one in here for entry in one.candidates()}
        known = find_known(root, name, frozenset(found))
        wanted = [_wanted(one, known) for one in here]
        pages = dict.fromkeys(entry.address for each in wanted for entry in each[:most])
        add = partial(add_documents, root, hooks=hooks)
        is_new = is_empty(root, name)
        report, retry = add_fetched(
            list(pages), fetcher, known, add, to=name, is_new=is_new, progress=progress
        )
        reports.append(report)
        late = retry | {entry.address for each in wanted for entry in each[most:]}
        states = {one.feed.address: _settled(one, late) for one in here}
        write_note(note_path("feeds", root, name), states)
        done += [_told(*pair, most) for pair in zip(here, wanted, strict=True)]
    return Synced(feeds=tuple(done), report=AddReport.of(reports))


def _fetch_feeds(asked: Sequence[_Come], fetcher: Fetcher) -> list[_Come]:
    """Fetch and read feeds, in their order; one that several briefings have is asked for once."""
    from briefing.ingest.web.fetching import Request, fetch_all

    def request_of(one: _Come) -> Request:
        is_same = one.state.words == one.feed.words
        stamps = (one.state.etag, one.state.modified) if is_same else (None, None)
        return Request(one.feed.address, *stamps)

    outcomes = dict(fetch_all(fetcher, list(dict.fromkeys(map(request_of, asked)))))
    pairs = ((one, outcomes.get(request_of(one))) for one in asked)
    return [_read_feed(one, outcome) for one, outcome in pairs if outcome is not None]


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
    seen, there = one.state.entries, [each.address for each in one.content.entries]
    candidates = {each.address: each.updated for each in one.candidates()}
    entries = {address: seen[address] for address in there if address in seen}
    entries |= {address: candidates[address] for address in candidates if address not in late}
    etag, modified = one.fetched.etag, one.fetched.modified
    if not candidates.keys().isdisjoint(late):
        etag = modified = None
    return FeedState(etag=etag, modified=modified, words=one.feed.words, entries=entries)


def _told(one: _Come, wanted: Sequence[FeedEntry], most: int) -> SyncedFeed:
    return SyncedFeed(
        briefing=one.briefing,
        address=one.feed.address,
        title=one.content.title if one.content else None,
        entries=len(one.content.entries) if one.content else 0,
        asked=len(wanted[:most]),
        left=len(wanted[most:]),
        is_unchanged=one.fetched is not None and one.fetched.is_unchanged,
        failure=one.failure,
    )
