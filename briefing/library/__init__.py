"""The library: what the command line and the screens ask for, and nothing they need not know.

Everything heavy (YAML, Whoosh, the annotators) is imported by the method that needs it, since the
first screen needs none of it.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from briefing import paths
from briefing.errors import BusyError, NotFoundError, WriteError
from briefing.library.reports import AddReport, InputBytes, Progress, Reannotated, Refreshed
from briefing.library.store import Store
from briefing.model import Article, Briefing, Edit, Problem, SavedSearch
from briefing.search.results import CatalogRow, Results, SavedRun

if TYPE_CHECKING:
    from briefing.annotate.quotes.explain import Explanation
    from briefing.compare.panels import Panels
    from briefing.compare.side_by_side import Basis, Comparison
    from briefing.compare.timeline import TimelineEntry
    from briefing.content import Waiting
    from briefing.search.index import SearchIndex


class Library:
    """A folder with `content/`, the truth, and an index of it that may be deleted at any time.

    Attributes: `root`, the folder; `origin`, how it was chosen; `index_dir`, where its index lives;
    `on_wait`, told in a sentence for whom a method waits, from the thread that waits.
    Every method raises `BriefingError` alone.
    """

    def __init__(self, place: paths.LibraryPlace) -> None:
        self.on_wait: Waiting | None = None
        self.root = place.root
        self.origin = place.origin
        self.index_dir = paths.index_folder(place.root)
        self.content = place.root / "content"
        self._store = Store(self.index_dir)
        self._search: SearchIndex | None = None
        self._unwanted = threading.Event()

    @classmethod
    def open(cls, root: Path | None = None, *, create: bool = False) -> Library:
        """Open the library that `paths.find_library` chooses; with `create` it need not exist.

        Raises NotFoundError where there is none, UsageError where the config is broken.
        """
        place = paths.find_library(root)
        if not create:
            paths.require_library(place)
        return cls(place)

    @property
    def name(self) -> str:
        """The library's folder name, or that it is the sample."""
        return "sample library" if self.is_sample else self.root.name

    @property
    def is_sample(self) -> bool:
        """Whether this is the library that ships."""
        return self.root == paths.sample_library()

    def catalog(self) -> tuple[CatalogRow, ...]:
        """Return a row a briefing, from the index alone; empty before the first refresh."""
        return self._store.catalog()

    def require(self, name: str) -> None:
        """Raise NotFoundError unless there is a briefing `name`."""
        from briefing.content import briefing_names

        names = briefing_names(self.content)
        if name not in names:
            raise NotFoundError(
                f"no briefing {name!r} in {self.root}",
                f"It has: {', '.join(names[:12])}" if names else "It has none yet.",
            )

    def _require_own(self, name: str) -> None:
        """Raise NotFoundError unless there is a briefing `name`, WriteError if it is a sample."""
        from briefing.library.sample import require_own

        self.require(name)
        require_own(self.content, name)

    def panels(self, name: str) -> Panels:
        """Return the panels of a briefing: the ready-made copy, else made from its YAML."""
        from briefing.compare.panels import Panels

        ready = self._store.read(name, "panels", Panels)
        if ready is not None:
            return ready
        from briefing.compare.build import build_panels

        return build_panels(self.briefing(name))

    def article(self, name: str, article_id: str) -> Article:
        """Return an article with its edits applied; raises NotFoundError."""
        ready = self._store.read(name, f"article/{article_id}", Article)
        if ready is not None:
            return ready
        articles = self.briefing(name).articles
        for article in articles:
            if article.id == article_id:
                return article
        known = ", ".join(article.id for article in articles[:12])
        raise NotFoundError(f"no article {article_id!r} in {name}", f"It has: {known}")

    def compare(self, name: str, basis: Basis, pair: tuple[str, str]) -> Comparison:
        """Return two countries, by code, or two articles, by id, of a briefing side by side."""
        from briefing.compare.side_by_side import compare, cues

        panels = self.panels(name)
        cited = {cue.note.article for key in pair for cue in cues(panels, basis, key)}
        articles = {article: self.article(name, article) for article in cited}
        return compare(panels, basis, pair, articles)

    def timeline(self, name: str, *, country: str | None = None) -> tuple[TimelineEntry, ...]:
        """Return the dated sentences and publications of a briefing, or those of a country."""
        from briefing.compare.timeline import build_timeline

        return build_timeline(self.briefing(name), country=country)

    def briefing(self, name: str) -> Briefing:
        """Read a whole briefing from its YAML, edits applied; raises NotFoundError."""
        from briefing.content import read_briefing

        self.require(name)
        return read_briefing(self.content / name)

    def refresh(
        self,
        progress: Progress | None = None,
        *,
        force: bool = False,
        searchable: bool = False,
        names: Sequence[str] | None = None,
    ) -> Refreshed:
        """Bring the index up to date with `content/`, reading only what changed.

        `force` makes all of it anew; `names` looks at these briefings alone; `searchable` looks
        at the search index too, even where no file changed. `progress` is told how many of how
        many briefings are done, and which comes next. Another process that refreshes at the same
        time is waited for; raises BusyError where that one is stuck, and StoppedError on `stop`.
        """
        from briefing.library.staleness import look

        state = look(self.content, self._store, names)
        if not (force or state.stale or state.gone or (searchable and not self._is_searchable())):
            return Refreshed()
        from briefing.content import library_lock
        from briefing.library.refreshing import refresh

        self._unwanted = threading.Event()
        self._store.drop_links()
        with library_lock(
            self.root,
            place=self.index_dir,
            doing="indexing",
            waiting=self.on_wait,
            unwanted=self._unwanted,
        ) as hold:
            return refresh(
                self.content,
                self._store,
                hold,
                progress=progress,
                force=force,
                searchable=searchable,
                names=names,
            )

    def stop(self) -> None:
        """End a refresh that goes on in another thread; the next one takes up where it was."""
        self._unwanted.set()

    def _is_searchable(self) -> bool:
        from briefing.errors import StaleIndexError

        try:
            self._searcher()
        except StaleIndexError:
            return False
        return True

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
        """Answer a query from the index; a query that makes no sense is answered with a hint.

        While the query is `typing`, its last word is taken for the beginning of one. Without
        `facets` none are counted.
        """
        from briefing.errors import StaleIndexError
        from briefing.search.query import as_typed

        query = as_typed(query) if typing else query

        def ask() -> Results:
            return self._searcher().search(
                query, briefing=briefing, limit=limit, order=order, facets=facets
            )

        try:
            return ask()
        except StaleIndexError:
            self.close()
            self.refresh(force=True)
            return ask()

    def save_search(self, name: str, label: str, query: str) -> None:
        """Keep a query under a label in a briefing; raises NotFoundError, WriteError, BusyError."""
        from briefing.library.saved import save_search

        self._require_own(name)
        save_search(self.root, name, label, query, waiting=self.on_wait)

    def saved_searches(self, name: str) -> tuple[SavedSearch, ...]:
        """Return the searches kept in a briefing; reads its briefing.yaml and nothing else."""
        from briefing.content import INFO_NAME, read_info

        self.require(name)
        return read_info(self.content / name / INFO_NAME).searches

    def run_saved(self, name: str, label: str) -> SavedRun:
        """Run a saved search and tell what is new since its last run; raises NotFoundError."""
        from briefing.library.saved import EVERY_HIT, run_saved

        self._require_own(name)
        ask = partial(self.search, briefing=name, limit=EVERY_HIT)
        return run_saved(self.root, name, label, ask, waiting=self.on_wait)

    def explain(self, name: str, article_id: str, quote_id: str) -> Explanation:
        """Tell which rule chose a quote's speaker, and which candidates lost.

        Speaks of what the rules make of the stored text; edits do not count. Raises NotFoundError.
        """
        from briefing.annotate.quotes.explain import explain
        from briefing.content import article_path, read_article

        self.require(name)
        path = article_path(self.content / name, article_id)
        if not path.exists():
            self.article(name, article_id)
        return explain(read_article(path).chunks, quote_id)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Return completions of a query being typed: fields, and values of the last field."""
        return self._searcher().suggest(text)

    def add(
        self,
        inputs: Sequence[Path | InputBytes],
        *,
        to: str | None = None,
        progress: Progress | None = None,
        index: bool = True,
    ) -> AddReport:
        """Add documents to the briefing `to`, or each to one of its own, and index them.

        Without `index` the next refresh does that, which pays where many briefings are added to.

        Returns what became of each, and why none is searchable yet where another process that
        indexes is stuck. Raises UsageError where `to` names no briefing, and WriteError where the
        library cannot be written at all or is the sample; both before anything is written.
        """
        from briefing.library.adding import add_documents

        report = add_documents(self.root, inputs, to=to, progress=progress, waiting=self.on_wait)
        touched = sorted({added.briefing for added in report.added})
        if touched and index:
            try:
                self.refresh(names=touched)
            except BusyError as error:
                # The documents are in; whatever refreshes next finds and indexes them.
                return replace(report, unindexed=error.message)
        return report

    def reannotate(
        self,
        name: str,
        *,
        reread: bool = False,
        confirm: Callable[[str], bool] = lambda _: False,
        progress: Progress | None = None,
    ) -> Reannotated:
        """Annotate a briefing's articles anew; edits apply again, hand-changed files are asked for.

        With `reread` the articles are read from their original bytes again as well.
        """
        from briefing.library.reannotating import reannotate

        self._require_own(name)
        done = reannotate(
            self.root,
            name,
            reread=reread,
            confirm=confirm,
            progress=progress,
            waiting=self.on_wait,
        )
        if done.changed:
            self.refresh(names=[name])
        return done

    def export(self, name: str, *, country: str | None = None, suffix: str = ".md") -> str:
        """Return the briefing, or one country of it, read afresh from its YAML.

        `suffix` is that of the file the text is for, and chooses the format; Markdown by default.
        Raises MismatchError where a quote is not in the stored text, character for character.
        """
        from briefing.compare.build import build_panels
        from briefing.export.formats import format_for

        briefing = self.briefing(name)
        generated = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d")
        write = format_for(suffix).write
        return write(briefing, build_panels(briefing), country=country, generated=generated)

    def save_export(self, text: str, path: Path, *, overwrite: bool = False) -> Path:
        """Write an export to `path` atomically and return it; raises WriteError."""
        from briefing.content import write_atomic

        if path.exists() and not overwrite:
            raise WriteError(f"{path} exists already", "Overwrite it with --force.")
        write_atomic(path, text.encode("utf-8"))
        return path

    def check(self, name: str | None = None) -> tuple[Problem, ...]:
        """Check one briefing or all: hashes, anchors, digests, edits; problems in file order."""
        from briefing.content import briefing_names, check_briefing

        if name is not None:
            self.require(name)
        names = [name] if name is not None else briefing_names(self.content)
        return tuple(problem for each in names for problem in check_briefing(self.content / each))

    def edit(self, name: str, edit: Edit) -> None:
        """Keep an analyst's correction and show it at once; raises WriteError or BusyError."""
        from briefing.content import append_edit, library_lock

        self._require_own(name)
        with library_lock(self.root, waiting=self.on_wait):
            append_edit(self.content / name, edit)
        self.refresh(names=[name])

    def remove_edit(self, name: str, edit_id: str) -> None:
        """Take a correction back; raises NotFoundError where there is none of that id."""
        from briefing.content import library_lock, remove_edit

        self._require_own(name)
        with library_lock(self.root, waiting=self.on_wait):
            remove_edit(self.content / name, edit_id)
        self.refresh(names=[name])

    def tidy(self) -> bool:
        """Fold once what has become too many in the index, and tell whether anything had.

        For when nobody waits: a large fold takes seconds. Searching goes on meanwhile, and where
        another process is writing nothing is done.
        """
        from briefing.content import library_lock

        if not self._searcher().is_due():
            return False
        self._store.drop_links()
        try:
            with library_lock(self.root, 0, place=self.index_dir, doing="tidying the index"):
                return self._searcher().fold()
        except BusyError:
            return False

    def close(self) -> None:
        """Give back what the index holds open; the library may be used again after it."""
        if self._search is not None:
            self._search.close()
            self._search = None

    def _searcher(self) -> SearchIndex:
        if self._search is None:
            from briefing.search.index import SearchIndex

            self._search = SearchIndex.open(self.index_dir)
        return self._search


def country_code(wanted: str) -> str:
    """Return the code of a country given by code, name or demonym; as it is where unknown."""
    from briefing.search.resolve import country_code as find_code

    return find_code(wanted) or wanted.upper()
