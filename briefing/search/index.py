"""The search index of a library, asked in the words of the query language."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, cast

from briefing.model import READ_ROLES, ROLES, Article, BriefingInfo, Role
from briefing.search.documents import PreparedArticle, prepare
from briefing.search.hints import find_hints
from briefing.search.nodes import And, Field, Node, Or, join, leaves, parts_of
from briefing.search.parser import parse
from briefing.search.planning import SearchAnswer
from briefing.search.present import present
from briefing.search.resolve import resolve
from briefing.search.results import Results
from briefing.search.suggest import complete

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path
    from tempfile import TemporaryDirectory

Order = Literal["rank", "date"]
WAIT_SECONDS: Final = 30.0
NOTHING_ASKED: Final = "type a word to search for"


class IndexBatch(Protocol):
    """Changes that are collected; they are searchable once they are committed."""

    committed: bool
    """Whether anything was."""

    def put(self, article: PreparedArticle) -> None:
        """Add an article, replacing an older version."""

    def delete(self, briefing: str, article_ids: Iterable[str] | None) -> None:
        """Delete articles of a briefing, with None all of them."""

    def commit(self) -> None:
        """Commit the changes made so far."""

    def cancel(self) -> None:
        """Discard what is not committed, and let others write."""


class SearchIndex(ABC):
    """All passages of a library, searchable by queries as typed.

    Any number of threads and processes may search at any time; how many may write is the engine's.
    A search sees the state of one commit. What an engine implements takes resolved queries, and
    the roles of the passages to search; every method raises StaleIndexError where the stored index
    cannot be read, and UnavailableError where it is in a database that does not answer.
    """

    generation: str = ""
    """Another one where a database was emptied and filled anew, perhaps by another machine."""

    def __init__(self) -> None:
        """Use `open_index` or `create_index`."""
        self._reading, self._writing = threading.RLock(), threading.RLock()
        self._batch: Any = None

    @abstractmethod
    def ask(
        self,
        root: Node,
        roles: Collection[str],
        limit: int,
        *,
        newest: bool = False,
        facets: bool = True,
    ) -> SearchAnswer:
        """Return the `limit` best or newest passages, and facet counts of all articles found."""

    @abstractmethod
    def count(self, root: Node, roles: Collection[str], *, articles: bool = False) -> int:
        """Return the number of passages, or of articles, that match a query."""

    def stop(self) -> None:
        """Have what another thread asks raise StoppedError, where that asks somebody else."""
        return

    @abstractmethod
    def terms(self, field: str, prefix: str) -> Counter[str]:
        """Return the terms of a field with a prefix, and the number of passages with each."""

    @abstractmethod
    def near(self, term: str, distance: int) -> Counter[str]:
        """Return the passages with each term within an edit distance, of the same first letter."""

    @abstractmethod
    def verify(self) -> None:
        """Read the whole index; raises StaleIndexError where a part is damaged."""

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of passages."""

    @abstractmethod
    def start(self, committed: Callable[[], None] | None) -> IndexBatch:
        """Return a new batch; `committed` is called after each of its commits."""

    def finish(self) -> None:
        """Do what is due once a batch is committed, and would take too long after each."""
        return

    @contextmanager
    def batch(self, committed: Callable[[], None] | None = None) -> Iterator[Any]:
        """Collect the changes made in a `with` block into few commits.

        `committed` is called after each: only then are the changes made before on disk. An
        exception in the block commits nothing more. Raises WriteError (the index is then
        unchanged), BusyError, StaleIndexError or UnavailableError.
        """
        with self._writing:
            if self._batch is not None:
                yield self._batch
                return
            batch = self._batch = self.start(committed)
            try:
                yield batch
                batch.commit()
                if batch.committed:
                    self.finish()
            finally:
                self._batch = None
                batch.cancel()

    @abstractmethod
    def close(self) -> None:
        """Release files and connections; they are opened again when needed."""

    def may_write(self) -> bool:
        """Whether the index may be changed by this user; others search it as it is."""
        return True

    def held(self, briefing: str, article_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the digests of those articles that are indexed, where the index keeps them."""
        del briefing, article_ids
        return {}

    def is_of(self, keys: Collection[str]) -> bool:
        """Whether the index is that of a library whose articles have these keys, or is empty."""
        del keys
        return True

    def needs_merge(self) -> bool:
        """Whether `merge` would merge anything; takes no lock and writes nothing."""
        return False

    def merge(self) -> bool:
        """Tidy the stored index where that makes it faster; return whether anything was done."""
        return False

    def update(self, briefing: str, info: BriefingInfo, articles: Iterable[Article]) -> None:
        """Add or replace articles of a briefing by id, searchable on return; raises as `batch`."""
        with self.batch() as batch:
            for article in articles:
                batch.put(prepare(briefing, info, article))

    def delete(self, briefing: str, article_ids: Iterable[str] | None = None) -> None:
        """Delete articles of a briefing, with None all of them; raises as `batch`."""
        with self.batch() as batch:
            batch.delete(briefing, article_ids)

    def search(
        self,
        query: str,
        *,
        briefing: str | None = None,
        limit: int = 50,
        order: Order = "rank",
        roles: Collection[Role] | None = None,
        today: dt.date | None = None,
        facets: bool = True,
    ) -> Results:
        """Find passages; parts of the query that make no sense are reported as hints.

        `limit` counts passages. `roles` are the roles to search, by default those that the query
        names, else READ_ROLES. `today` is the day that `yesterday` refers to. Without `facets`
        none are counted. Raises StaleIndexError where the index is damaged.
        """
        asked = resolve(parse(query), today)
        if asked.root is None or not any(leaves(asked.root)):
            return Results(query=query, hint="; ".join(asked.hints) or NOTHING_ASKED)
        named, root = _roles_named(asked.root)
        wanted = tuple(roles) if roles is not None else named or READ_ROLES
        if briefing is not None:
            root = join(And, (root, Field("briefing", briefing))) or root
        newest = order == "date"
        answer = self.ask(root, wanted, max(1, limit), newest=newest, facets=facets)
        hints = find_hints(self, query, root, wanted, answer)
        return present(query, asked, answer, hints, self.near)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Return completions of a partly typed query, the likeliest first."""
        return complete(self, text)


def _roles_named(root: Node) -> tuple[tuple[Role, ...], Node]:
    """Split a query into the roles it names and the rest; one of nothing but roles stays whole."""
    parts = parts_of(root)
    naming = [part for part in parts if _is_role_filter(part)]
    if not naming:
        nested = any(isinstance(leaf, Field) and leaf.name == "role" for leaf in leaves(root))
        return (ROLES if nested else ()), root
    roles = tuple(role for role in ROLES if all(_matches_role(part, role) for part in naming))
    return roles, join(And, (part for part in parts if part not in naming)) or root


def _is_role_filter(node: Node) -> bool:
    match node:
        case Field("role"):
            return True
        case Or(children):
            return all(map(_is_role_filter, children))
    return False


def _matches_role(node: Node, role: Role) -> bool:
    match node:
        case Field(_, value, prefix):
            return role.startswith(value) if prefix else role == value
        case Or(children):
            return any(_matches_role(child, role) for child in children)
    return False


IndexPlace: TypeAlias = "Path | str | TemporaryDirectory[str]"
"""Where an index is: a library's folder `index/`, a database's address, or a folder for now."""


def open_index(place: IndexPlace, wait: float = WAIT_SECONDS) -> SearchIndex:
    """Open an index; `wait` for other writers, in seconds. Raises StaleIndexError for none."""
    return cast("SearchIndex", _engine(place).open(place, wait))


def create_index(place: IndexPlace) -> SearchIndex:
    """Create an empty index, replacing any other; raises WriteError."""
    return cast("SearchIndex", _engine(place).create(place))


def _engine(place: IndexPlace) -> Any:
    if isinstance(place, str):
        from briefing.search.engines.postgres import PostgresIndex

        return PostgresIndex
    from briefing.search.engines.whoosh import WhooshIndex

    return WhooshIndex
