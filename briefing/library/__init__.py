"""The library: the facade that the command line and the screens use.

Heavy modules (YAML, Whoosh, the annotators) are imported by the methods that need them.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from msgspec.structs import replace

from briefing import errors, paths
from briefing.content.files import folder_links, write_atomic, write_error
from briefing.content.naming import INTENT_NAME, briefing_names, passed_over
from briefing.library import reports
from briefing.library.store import Store
from briefing.model import Article, Briefing, BriefingInfo, Feed, Problem, Record, SavedSearch
from briefing.search.results import CatalogRow, Results, SavedRun, seen_id
from briefing.wording import older_stances

if TYPE_CHECKING:
    from briefing.annotate.positions.unruled import Unruled
    from briefing.annotate.quotes.explain import Explanation
    from briefing.codebooks import Codebook
    from briefing.compare.changes import BriefingState, Changes
    from briefing.compare.gaps import Gaps
    from briefing.compare.origin_tree import OriginTree
    from briefing.compare.panels import Panels
    from briefing.compare.side_by_side import Basis, Comparison
    from briefing.compare.timeline import TimelineEntry
    from briefing.content.locking import OnWait
    from briefing.export.draft_checking import CheckedDraft
    from briefing.export.material import ExportRequest
    from briefing.ingest.web.connections import Network
    from briefing.ingest.web.fetching import Fetcher
    from briefing.library.editing import Editing
    from briefing.library.incremental_reading import Stored
    from briefing.model import Place
    from briefing.search.index import SearchIndex

_T = TypeVar("_T")
NOTHING_STORED: Mapping[Path, Stored] = MappingProxyType({})
MOST_HELD = 1_000
"""Articles of one call that are held until they are indexed; later ones are read back instead."""
_EVERY_HIT = 100_000
"""A limit that no saved search reaches: new hits are only known from all hits."""


class _Seen(Record, frozen=True, kw_only=True):
    """What is noted of a run of a saved search."""

    query: str
    last_run: str
    seen: tuple[str, ...]


class Library:
    """A folder with `content/`, the truth, and an index of it that may be deleted at any time.

    Attributes: `root`, the folder; `origin`, how it was chosen; `index_dir`, where its index is;
    `address`, where the search index is instead, if that is shared;
    `on_wait`, called in the waiting thread with a sentence that names the process it waits for;
    `network`, through which addresses are fetched, by default the internet.
    Methods raise no exceptions but `BriefingError` and its subclasses.
    """

    def __init__(self, place: paths.LibraryPlace) -> None:
        self.on_wait: OnWait | None = None
        self.network: Network | None = None
        self.root = place.root
        self.origin = place.origin
        self.address = place.index
        self.index_dir = paths.shared_folder(paths.index_folder(place.root), place.index)
        self.content = place.root / "content"
        self._store = Store(self.index_dir, self.address)
        self._search: SearchIndex | None = None
        self._cancelled = threading.Event()
        self._reads_content = False

    @classmethod
    def open(
        cls, root: Path | None = None, *, index: str | None = None, create: bool = False
    ) -> Library:
        """Open the library that `paths.find_library` chooses; with `create` it need not exist.

        Raises NotFoundError, and UsageError where the config is broken.
        """
        place = paths.find_library(root, index)
        if not create:
            paths.require_library(place)
        if os.path.lexists(place.root / INTENT_NAME):
            from briefing.content.performing import finish_interrupted

            finish_interrupted(place.root)
        return cls(place)

    @property
    def name(self) -> str:
        """The library's folder name, or `sample library`."""
        return "sample library" if self.is_sample else self.root.name

    @property
    def index_shown(self) -> str:
        """Where the search index is: a folder, or a shared one's address without a password."""
        if self.address is None:
            return str(self.index_dir)
        from briefing.search.address import shown_address

        return shown_address(self.address)

    @property
    def is_sample(self) -> bool:
        """Whether this is the library that ships with the program."""
        return self.root == paths.sample_library()

    @property
    def has_only_samples(self) -> bool:
        """Whether all its briefings are samples, so that nothing can be added or changed."""
        from briefing.content.info import has_only_samples

        return has_only_samples(self.content)

    @property
    def editing(self) -> Editing:
        """What the analyst may do to this library."""
        from briefing.library.editing import Editing

        return Editing(self)

    def catalog(self) -> tuple[CatalogRow, ...]:
        """Return a row per briefing, from the index, or its YAML after `read_content`."""
        if self._reads_content:
            from briefing.library.incremental_reading import read_rows

            return read_rows(self.content)
        return self._store.catalog()

    def unread(self, rows: Iterable[CatalogRow]) -> tuple[str, ...]:
        """Return the names of the briefings that have no row: their folders cannot be read."""
        listed = {row.name for row in rows}
        return tuple(name for name in briefing_names(self.content) if name not in listed)

    def read_content(self) -> None:
        """Read `content/`, but in searches, until the next refresh: the index is out of date."""
        self._reads_content = True

    def _copy(self, name: str, key: str, kind: type[_T]) -> _T | None:
        return None if self._reads_content else self._store.read(name, key, kind)

    def require(self, name: str) -> None:
        """Raise NotFoundError, with the nearest names, unless there is a briefing `name`."""
        names = briefing_names(self.content)
        if name not in names:
            known = errors.list_known(errors.nearest(name, names), names)
            raise errors.NotFoundError(f"no briefing {name!r} in {self.root}", known)

    def _require_own(self, name: str) -> None:
        """Raise NotFoundError unless there is a briefing `name`, WriteError if it is a sample."""
        from briefing.content.info import require_own

        self.require(name)
        require_own(self.content, name)

    def info(self, name: str) -> BriefingInfo:
        """Return what a briefing.yaml says; raises NotFoundError, and ContentError if broken."""
        from briefing.content.info import INFO_NAME, read_info

        self.require(name)
        return read_info(self.content / name / INFO_NAME)

    def panels(self, name: str) -> Panels:
        """Return the panels of a briefing: the fast copy, else built and kept."""
        from briefing.compare.panels import Panels

        ready = self._copy(name, "panels", Panels) or self._build_waiting(name)
        if ready is not None:
            return ready
        from briefing.compare.build import build_panels

        return build_panels(self.briefing(name))

    def _build_waiting(self, name: str) -> Panels | None:
        """Build the panels that a change left to this reading; None where that cannot be."""
        if self._reads_content or name not in self._store.stamps():
            return None
        from briefing.content.locking import library_lock
        from briefing.library.incremental_reading import build_waiting

        doing, place = "building panels", self.index_dir
        with (
            suppress(errors.BriefingError, OSError),
            library_lock(self.root, place=place, doing=doing, on_wait=self.on_wait),
        ):
            return build_waiting(self.content, self._store, name)
        return None

    def article_ids(self, name: str) -> tuple[str, ...]:
        """Return the ids of a briefing's articles in reading order, which needs no panels."""
        from briefing.compare.panels import COUNTS, BriefingCounts

        counts = self._copy(name, COUNTS, BriefingCounts)
        if counts is None:
            return tuple(source.article for source in self.panels(name).sources)
        return counts.reading_order()

    def codebook(self, name: str) -> Codebook:
        """Return the codebook for the stances of a briefing; raises NotFoundError."""
        from briefing.codebooks import resolve, shipped
        from briefing.compare.panels import COUNTS, BriefingCounts

        counts = self._copy(name, COUNTS, BriefingCounts)
        note = counts.codebook if counts else self.panels(name).codebook
        if note is not None and note.reason is not None and note.name is not None:
            return replace(shipped(note.name), reason=note.reason)
        return resolve(self.info(name).codebook or ())

    def article(self, name: str, article_id: str) -> Article:
        """Return an article with its edits applied; raises NotFoundError."""
        ready = self._copy(name, f"article/{article_id}", Article)
        if ready is not None:
            return ready
        articles = {article.id: article for article in self.briefing(name).articles}
        if article_id not in articles:
            known = ", ".join([*articles][:12])
            raise errors.NotFoundError(f"no article {article_id!r} in {name}", f"It has: {known}")
        return articles[article_id]

    def compare(self, name: str, basis: Basis, pair: tuple[str, str]) -> Comparison:
        """Return two countries, by code, or two articles, by id, of a briefing side by side."""
        from briefing.compare.side_by_side import compare, cues

        panels = self.panels(name)
        cited = {cue.note.article for key in pair for cue in cues(panels, basis, key)}
        articles = {article: self.article(name, article) for article in cited}
        return compare(panels, basis, pair, articles)

    def origins(self, name: str, claim: Place | str | None = None) -> OriginTree:
        """Return who heard what from whom in a briefing, or one claim: its place or words of it."""
        from briefing.compare.build import reading_order
        from briefing.compare.origin_tree import build_origin_tree

        aliases = self.info(name).aliases
        return build_origin_tree(reading_order(self.articles(name)), aliases, claim)

    def timeline(self, name: str, *, country: str | None = None) -> tuple[TimelineEntry, ...]:
        """Return the dated sentences and publications of a briefing, or of one country in it."""
        from briefing.compare.timeline import build_timeline

        return build_timeline(self.briefing(name), country=country)

    def changes(self, name: str, since: str = "last-export") -> Changes:
        """Return what a briefing says now that it did not say at the last export, a day or commit.

        `last-look` is when this user had it open last in the app. A day is ISO, as is a month or a
        year, which counts from its beginning; anything else is a revision of git. Raises
        NotFoundError where there is no such state, UsageError where it cannot be one, ContentError
        where the note of the last export or look is broken.
        """
        from briefing.library.earlier_states import LAST_LOOK, changes_since_look, find_changes

        if since == LAST_LOOK:
            return changes_since_look(self.root, name, self._state(name))
        return find_changes(self.root, self.briefing(name), since)

    def look(self, name: str) -> Changes | None:
        """Return what changed in a briefing since this user looked last, and note this look.

        None where nothing did, and while it is not indexed. Raises NotFoundError, WriteError.
        """
        from briefing.library.earlier_states import note_look

        stamp = self._store.stamps().get(name)
        return note_look(self.root, name, stamp, partial(self._state, name)) if stamp else None

    def _state(self, name: str) -> BriefingState:
        """Return what a briefing says now, from the fast copies where all of it can be read."""
        from briefing.compare.changes import take_state
        from briefing.content.edits import EDITS_NAME, read_edits
        from briefing.library.plans import now

        panels = self.panels(name)
        if panels.problems:
            briefing = self.briefing(name)
        else:
            info, edits = self.info(name), read_edits(self.content / name / EDITS_NAME)
            briefing = Briefing(name=name, info=info, articles=self.articles(name), edits=edits)
        return take_state(briefing, panels, now())

    def gaps(self, name: str, as_of: dt.date | None = None) -> Gaps:
        """Return what a briefing lacks as of a day: by default that of its newest article."""
        from briefing.compare.gaps import find_gaps, newest_day

        panels = self.panels(name)
        day = as_of or newest_day(panels) or dt.datetime.now(dt.UTC).date()
        return find_gaps(panels, self.timeline(name), day)

    def unruled(self, name: str) -> tuple[Unruled, ...]:
        """Return sentences to rule on, likeliest first: of a country without position."""
        from briefing.annotate.positions.codebook import codebook_for
        from briefing.annotate.positions.stances import load_lexicon
        from briefing.annotate.positions.unruled import list_unruled
        from briefing.compare.build import reading_order

        info, articles = self.info(name), self.articles(name)
        words = " ".join(filter(None, (info.title, info.question)))
        spot = load_lexicon(codebook_for(info, articles)).spot
        return list_unruled(reading_order(articles), spot, words)

    def articles(self, name: str) -> tuple[Article, ...]:
        """Return the articles of a briefing: the fast copies, else as read from its YAML."""
        ids = self.article_ids(name)
        copies = [self._copy(name, f"article/{each}", Article) for each in ids]
        articles = tuple(article for article in copies if article is not None)
        return articles if len(articles) == len(ids) else self.briefing(name).articles

    def verify_draft(self, data: bytes, draft: str, name: str | None = None) -> CheckedDraft:
        """Compare a draft's quotations with articles; raises NotFoundError, InputError."""
        from briefing.export.draft_checking import check_draft
        from briefing.export.draft_quotes import read_draft

        names = self._named(name)
        pairs = ((each, article) for each in names for article in self.articles(each))
        checked = check_draft(read_draft(data, draft), pairs)
        return replace(checked, unread=tuple(n for n in names if self.panels(n).problems))

    def _named(self, name: str | None) -> Sequence[str]:
        """Return the briefing `name` alone, or the names of all; raises NotFoundError."""
        if name is None:
            return briefing_names(self.content)
        self.require(name)
        return [name]

    def rule(
        self,
        name: str,
        place: tuple[str, str, int, int],
        stance: str,
        country: str | None = None,
        *,
        target: str | None = None,
        matter: str | None = None,
    ) -> reports.Done:
        """Rule on the words at article, chunk, start and end, whether they have a position or not.

        The stance `none` rules that they show none, of any country where none is named. Raises as
        `Editing` does, UsageError for a stance that is not in the briefing's codebook, and
        MismatchError where the words cannot be told from others of the article.
        """
        from briefing.content.anchors import anchor_at
        from briefing.library.plans import make_edit

        anchor = anchor_at(self.article(name, place[0]), *place[1:])
        ruling = {"country": country, "stance": stance, "target": target, "object": matter}
        return self.editing.store(name, make_edit("rule-position", anchor, **ruling))

    def briefing(self, name: str) -> Briefing:
        """Read a whole briefing from its YAML, edits applied; raises NotFoundError."""
        from briefing.content.folders import read_briefing
        from briefing.library.edited_articles import apply_and_annotate

        self.require(name)
        return read_briefing(self.content / name, apply_and_annotate)

    def refresh(
        self,
        progress: reports.Progress | None = None,
        *,
        force: bool = False,
        searchable: bool | None = None,
        names: Sequence[str] | None = None,
        stored: Mapping[Path, Stored] = NOTHING_STORED,
    ) -> reports.Refreshed:
        """Update the index from `content/`, reading only what changed.

        `force` rebuilds all of it; `names` limits it to these briefings; where it must be
        `searchable` the search index is checked even where no file changed; where it need not be
        (False) the next search updates it, which is most of the work. Files that are as they were
        `stored` are not read back. `progress` is called before each briefing and at the end. Raises
        BusyError where another process is stuck, StoppedError on `stop`, WriteError.
        """
        from briefing.library.staleness import check_staleness

        state = check_staleness(self.content, self._store, names)
        waits = searchable is not False and self._store.has_unsearched()
        is_asked = searchable or (searchable is None and self._search is not None)
        is_lacking = is_asked and not self._is_searchable()
        if not (force or state.stale or state.gone or waits or is_lacking):
            return reports.Refreshed()
        moved = self._leave_links_alone()
        if moved is not None:
            done = self.refresh(
                progress, force=force, searchable=searchable, names=names, stored=stored
            )
            return replace(done, rebuilt=f"{moved} {done.rebuilt or ''}".rstrip())
        from briefing.content.locking import library_lock
        from briefing.library.refreshing import refresh

        self._cancelled = threading.Event()
        try:
            self._store.clear_way()
            with library_lock(
                self.root,
                place=self.index_dir,
                doing="indexing",
                on_wait=self.on_wait,
                cancelled=self._cancelled,
            ) as hold:
                done = refresh(
                    self.content,
                    self._store,
                    hold,
                    progress=progress,
                    force=force,
                    searchable=is_lacking or searchable,
                    names=names,
                    stored=stored,
                )
        except OSError as error:
            raise write_error(self.index_dir, error) from error
        self._reads_content = False
        return done

    def _leave_links_alone(self) -> str | None:
        """Where a folder of the index is a link, keep the index in the user's cache; return why."""
        links = folder_links(self.index_dir)
        if not links:
            return None
        self.close()
        self.index_dir = paths.shared_folder(paths.cached_index_folder(self.root), self.address)
        self._store = Store(self.index_dir, self.address)
        return f"{links[0]} is a symbolic link and is left alone; the index is {self.index_dir}."

    def stop(self) -> None:
        """Stop a refresh in another thread; the next one continues where it stopped."""
        self._cancelled.set()

    def _is_searchable(self) -> bool:
        """Whether the search index can be read and has been compared with what is here."""
        was_open = self._search is not None
        try:
            search = self._searcher()
            return search.generation == self._store.generation() or not search.may_write()
        except errors.StaleIndexError:
            return False
        except errors.UnavailableError:
            if was_open:
                return True  # Nothing can be done about it now.
            raise

    def search(
        self,
        query: str,
        *,
        briefing: str | None = None,
        limit: int = 50,
        order: Literal["rank", "date"] = "rank",
        typing: bool = False,
        facets: bool = True,
    ) -> Results:
        """Answer a query from the index; parts of it that make no sense are reported as hints.

        With `typing`, the last word of the query is a prefix. `limit` counts passages. Without
        `facets` none are counted. A damaged index is rebuilt. Raises as `refresh` then.
        """
        from briefing.search.parser import as_typed

        query = as_typed(query) if typing else query
        self._catch_up()

        def ask() -> Results:
            return self._searcher().search(
                query, briefing=briefing, limit=limit, order=order, facets=facets
            )

        try:
            return ask()
        except errors.StaleIndexError:
            self.close()
            try:
                # Others use a shared index: it is emptied where that is asked for only.
                self.refresh(force=self.address is None, searchable=True)
            except errors.WriteError as error:
                if self.address is not None:
                    raise
                self._index_for_now(error)
            except errors.UnavailableError:
                self.close()  # What is added or edited meanwhile waits for the next search.
                raise
            return ask()

    def stop_search(self) -> None:
        """Stop a search of a shared index in another thread, which raises StoppedError."""
        if self._search is not None:
            self._search.stop()

    def _index_for_now(self, refused: errors.WriteError) -> None:
        """Index the library in a temporary folder; where that fails, raise the `refused` error."""
        from tempfile import TemporaryDirectory

        try:
            temporary = TemporaryDirectory(prefix="briefing-index-")
        except OSError:
            raise refused from None
        if self.on_wait:
            self.on_wait(
                f"{refused.message} What is searched is indexed for now, which takes long."
            )
        self.index_dir = Path(temporary.name)
        self._store = Store(self.index_dir, temporary)
        self.refresh()

    def save_search(self, name: str, label: str, query: str) -> None:
        """Save a query under a label in a briefing; raises NotFoundError, WriteError, BusyError."""
        from briefing.content.info import INFO_NAME, set_info_key
        from briefing.content.locking import library_lock

        self._require_own(name)
        if not label.strip():
            raise errors.UsageError("A saved search needs a label.")
        with library_lock(self.root, on_wait=self.on_wait):
            kept = [search for search in self.saved_searches(name) if search.name != label]
            new = (*kept, SavedSearch(name=label, query=query))
            set_info_key(self.content / name / INFO_NAME, "searches", new)

    def saved_searches(self, name: str) -> tuple[SavedSearch, ...]:
        """Return the saved searches of a briefing; reads only its briefing.yaml."""
        return self.info(name).searches

    def run_saved(self, name: str, label: str) -> SavedRun:
        """Run a saved search and report the hits that are new since this user's last run of it.

        What a run returned is noted in the user's state folder, a file a search. Raises
        NotFoundError, and WriteError for a sample or where the run cannot be noted.
        """
        from briefing.library.plans import now

        self._require_own(name)
        saved = {search.name: search for search in self.saved_searches(name)}
        search = saved.get(label)
        if search is None:
            save = "Save one: briefing search QUERY --in NAME --save LABEL"
            hint = f"It has: {', '.join(saved)}" if saved else save
            raise errors.NotFoundError(f"no saved search {label!r} in {name}", hint)
        note = paths.note_path("searches", self.root, name, label)
        before = paths.read_note(note, _Seen)
        if before is not None and before.query == search.query:
            search = replace(search, last_run=before.last_run, seen=before.seen)
        results = self.search(search.query, briefing=name, limit=_EVERY_HIT)
        found = {seen_id(hit): hit for group in results.groups for hit in group.hits}
        known = frozenset(search.seen if search.last_run else found)
        new = [hit for each, hit in found.items() if each not in known]
        seen = tuple(sorted({*search.seen, *found}))
        paths.write_note(note, _Seen(query=search.query, last_run=now(), seen=seen))
        return SavedRun(search=replace(search, seen=()), results=results, new=tuple(new))

    def explain(self, name: str, article_id: str, quote_id: str) -> Explanation:
        """Return the rule for a quote's speaker, and candidates; raises NotFoundError."""
        from briefing.annotate.quotes.explain import explain

        article = self.article(name, article_id)
        day = article.date.value if article.date else None
        language, publisher = article.language, article.publisher
        return explain(article.chunks, quote_id, language, publisher=publisher, date=day)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Return completions of a partly typed query, the likeliest first."""
        self._catch_up()
        return self._searcher().suggest(text)

    def add(
        self,
        inputs: Sequence[Path | reports.InputBytes],
        *,
        to: str | None = None,
        as_one: bool = False,
        progress: reports.Progress | None = None,
        index: bool = True,
        keep_doubles: bool | None = None,
        cluster: str | None = None,
    ) -> reports.AddReport:
        """Add documents to the briefing `to`, or each to one of its own, and index them.

        A file that seems to hold several articles and that no reader parts fails, but for `as_one`.
        Articles whose text or address the library holds are told, and left out where `keep_doubles`
        is False, or None and the analyst left them out before. `cluster` is the address of a Dask
        scheduler, or `local`. Without `index` the next refresh does that, which is faster for many
        briefings. Returns the outcome of each, and why none is searchable yet. Raises UsageError
        where `to` cannot name a briefing, WriteError where nothing can be written, and
        ClusterError, all before anything is.
        """
        from briefing.library.adding import add_documents

        add = partial(add_documents, self.root, inputs, to=to, as_one=as_one)
        add = partial(add, progress=progress, cluster=cluster)
        return self._store_added(add, index=index, keep_doubles=keep_doubles)

    def fetcher(
        self,
        *,
        offline: bool = False,
        allow_private: bool = False,
        cancelled: threading.Event | None = None,
    ) -> Fetcher:
        """Return what fetches until `cancelled`; raises UsageError offline or uninstalled."""
        if offline or paths.read_config().offline:
            hint = None if offline else "The config says offline = true."
            raise errors.UsageError("nothing is fetched while offline", hint)
        try:
            from briefing.ingest.web.connections import Network
            from briefing.ingest.web.fetching import Fetcher
        except ModuleNotFoundError:
            message = "fetching needs httpx, protego and feedparser, which are not installed"
            hint = "Install the extra: pip install 'briefing[fetch]'"
            raise errors.UsageError(message, hint) from None
        return Fetcher(self.network or Network(allow_private=allow_private), cancelled=cancelled)

    def fetch(
        self,
        addresses: Sequence[str],
        fetcher: Fetcher,
        *,
        to: str | None = None,
        as_one: bool = False,
        progress: reports.Progress | None = None,
    ) -> reports.AddReport:
        """Fetch what stands at addresses, and add it as `add` does, each as it comes.

        A run that was stopped goes on with the rest when it is called again. Raises as `add`.
        """
        from briefing.library.fetched import add_addresses

        fetch = partial(add_addresses, self.root, addresses, fetcher)
        return self._store_added(partial(fetch, to=to, as_one=as_one, progress=progress))

    def sync(
        self,
        names: Sequence[str],
        fetcher: Fetcher,
        *,
        most: int = 100,
        progress: reports.Progress | None = None,
    ) -> reports.Synced:
        """Fetch the feeds of briefings, of all where none is named, and add what is new in them.

        At most so many pages of each feed are fetched; the next run goes on. Raises NotFoundError,
        WriteError for samples, and UsageError where there are no feeds.
        """
        from briefing.library.fetched import fed_briefings, sync

        for name in names:
            self._require_own(name)
        chosen = names or fed_briefings(self.root)
        if not any(map(self.feeds, chosen)):
            raise errors.UsageError(
                "there are no feeds", "Name one: briefing feeds NAME --add ADDRESS"
            )
        done: list[reports.Synced] = []

        def add(**how: Any) -> reports.AddReport:
            done.append(sync(self.root, chosen, fetcher, most=most, progress=progress, **how))
            return done[0].report

        report = self._store_added(add)
        return replace(done[0], report=report)

    def feeds(self, name: str) -> tuple[Feed, ...]:
        """Return the feeds of a briefing, as its `briefing.yaml` has them; raises NotFoundError."""
        from briefing.library.fetched import feeds_of

        return feeds_of(self.root, name)

    def _store_added(
        self,
        add: Callable[..., reports.AddReport],
        *,
        index: bool = True,
        keep_doubles: bool | None = None,
    ) -> reports.AddReport:
        """Call what adds documents, and bring the index up to date with them."""
        from briefing.library.adding import AddHooks
        from briefing.library.doubles import Doubles
        from briefing.library.incremental_reading import Stored

        stored: dict[Path, Stored] = {}

        def keep(path: Path, article: Article) -> None:
            if index and len(stored) < MOST_HELD:
                found = path.lstat()
                stamp = (found.st_size, found.st_mtime_ns)
                stored[path] = Stored(stamp=stamp, article=article)

        def hooks() -> AddHooks:
            # Nobody else holds what finds doubles, which is large and done with before the index.
            find = Doubles(self.root, self._store, keep=keep_doubles).find
            return AddHooks(self.on_wait, keep, find)

        report = add(hooks=hooks())
        touched = sorted({added.briefing for added in report.added})
        if touched and index:
            try:
                done = self.refresh(names=touched, stored=stored)
            except Exception as error:  # noqa: BLE001 (whatever it is, the documents are stored)
                self.read_content()
                return replace(report, unindexed=reports.failure("the index", error).message)
            if done.unsearched:
                return replace(report, told=(*report.told, done.unsearched))
        return report

    def reannotate(
        self,
        name: str,
        *,
        reread: bool = False,
        confirm: Callable[[str], bool] = lambda _: False,
        progress: reports.Progress | None = None,
        cluster: str | None = None,
    ) -> reports.Reannotated:
        """Annotate a briefing's articles again; edits are kept.

        With `reread` the articles are read from their original bytes first. `confirm` is called
        with the id of an article changed by hand before it is replaced; `cluster` is as in `add`.
        """
        from briefing.library.reannotating import reannotate

        self._require_own(name)
        done = reannotate(
            self.root,
            name,
            reread=reread,
            confirm=confirm,
            progress=progress,
            on_wait=self.on_wait,
            cluster=cluster,
        )
        if done.changed:
            self.refresh(names=[name])
        return done

    def export(
        self,
        name: str,
        request: ExportRequest | None = None,
        *,
        file: str = "",
        format_name: str | None = None,
        without_broken: bool = False,
    ) -> reports.Exported:
        """Return what is asked for of a briefing, as a text read from its YAML: a memo by default.

        `format_name` chooses the format, else the name of the `file` does; Markdown by default.
        Raises ContentError where an article cannot be read, and MismatchError where a quote is not
        in the stored text, character for character; `without_broken` leaves such articles out, and
        names them. Raises UsageError and NotFoundError for what the request names and is not there.
        """
        from briefing.compare.build import build_panels
        from briefing.compare.changes import take_state
        from briefing.export.formats import format_for, write_export
        from briefing.export.material import ExportRequest, gather_material
        from briefing.export.verifying import refuse_broken
        from briefing.library.earlier_states import changes_since_export
        from briefing.library.plans import now

        chosen = format_for(file, format_name)
        briefing = self.briefing(name)
        if not without_broken:
            refuse_broken(briefing)
        made, panels = now(), build_panels(briefing)
        state = take_state(briefing, panels, made)
        wanted = request or ExportRequest()
        changes = changes_since_export(self.root, name, state)
        material = gather_material(briefing, panels, wanted, generated=made[:10], changes=changes)
        text = write_export(material, chosen)
        noted = state if chosen.name == "markdown" and not wanted.is_part else None
        return reports.Exported(text=text, skipped=briefing.problems, state=noted)

    def save_export(self, text: str, path: Path, *, overwrite: bool = False) -> Path:
        """Write an export to `path` and compare it; return `path` or raise WriteError."""
        if os.path.isdir(path):  # noqa: PTH112 (no error where it cannot be looked up)
            raise errors.WriteError(f"{path} is a folder", "Name a file in it.")
        if os.path.lexists(path) and not overwrite:
            raise errors.WriteError(f"{path} exists already", "Overwrite it with --force.")
        data = text.encode("utf-8")
        write_atomic(path, data)
        if path.read_bytes() != data:
            raise errors.WriteError(f"{path} does not hold what was written to it")
        return path

    def check(self, name: str | None = None) -> tuple[Problem, ...]:
        """Check one briefing or all: hashes, anchors, digests, edits; problems in file order."""
        found: list[Problem] = []
        if name is None:
            message = "a symbolic link, which is left alone: the index is kept in the cache"
            links = folder_links(self.root / "index")
            found += [Problem(file=str(one), message=message, severity="warning") for one in links]
            passed = (
                (path, f"not read as a briefing: {r}") for path, r in passed_over(self.content)
            )
            found += [Problem(file=str(path), message=message) for path, message in passed]
        for each in self._named(name):
            found += _checked(self.content / each)
        return tuple(found)

    def tidy(self) -> bool:
        """Merge small segments of the index if there are too many; return whether any were merged.

        Takes seconds in a large library, so call it in idle time. Searching works meanwhile. Does
        nothing where another process is writing, nor to a shared index, which who fills it tidies.
        """
        from briefing.content.locking import library_lock

        if self.address is not None or not self._searcher().needs_merge():
            return False
        try:
            self._store.clear_way()
            with library_lock(self.root, 0, place=self.index_dir, doing="tidying the index"):
                return self._searcher().merge()
        except errors.BusyError:
            return False

    def close(self) -> None:
        """Release the index's files; the library remains usable."""
        if self._search is not None:
            self._search.close()
            self._search = None

    def _searcher(self) -> SearchIndex:
        if self._search is None:
            from briefing.search.index import open_index

            self._search = open_index(self._store.place)
        return self._search

    def _catch_up(self) -> None:
        """Index what edits left to this search, if possible; raises UnavailableError."""
        if self._store.has_unsearched():
            with suppress(errors.BusyError, errors.WriteError):
                self.refresh(names=(), searchable=True if self.address else None)


def country_code(wanted: str) -> str:
    """Return the code of a country given by code, name or demonym; unknown ones in upper case."""
    from briefing.search.resolve import country_code as find_code

    return find_code(wanted) or wanted.upper()


def _checked(folder: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a briefing; that its folder cannot be read is wrong too."""
    from briefing.compare.build import codebook_of
    from briefing.content.checking import check_briefing
    from briefing.library.edited_articles import apply_and_annotate

    def warn(info: BriefingInfo, articles: Sequence[Article]) -> str | None:
        return older_stances(folder.name) if codebook_of(info, articles).is_newer else None

    try:
        return check_briefing(folder, apply_and_annotate, warn)
    except errors.NotFoundError as error:
        return (Problem(file=str(folder), message=error.message),)
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
        return (Problem(file=str(error.filename or folder), message=message),)
