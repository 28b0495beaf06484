"""The search index of a library: opening, changing and asking it, in one place for all callers."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol, Self

from briefing.model import READ_ROLES, ROLES, Article, BriefingInfo, Role
from briefing.search.documents import Prepared, article_key, prepare
from briefing.search.hints import explain
from briefing.search.nodes import And, Field, Node, Or, join, leaves
from briefing.search.present import present, results_without_hits
from briefing.search.query import parse
from briefing.search.ranking import Answer
from briefing.search.resolve import resolve
from briefing.search.results import Results
from briefing.search.suggest import complete

if TYPE_CHECKING:
    import datetime as dt

Order = Literal["rank", "date"]

FOLDER: Final = "search"


class Engine(Protocol):
    """What an engine does; raises StaleIndexError where what it holds cannot be read.

    A query is a resolved tree; `roles` are the roles of the passages to look in.
    """

    def ask(
        self,
        root: Node,
        roles: Collection[str],
        limit: int,
        *,
        newest: bool = False,
        facets: bool = True,
    ) -> Answer:
        """Answer with the best passages, or the newest, and how the articles found divide."""

    def count(self, root: Node, roles: Collection[str]) -> tuple[int, int]:
        """Count the passages and the articles that a query finds."""

    def terms(self, field: str, beginning: str) -> Counter[str]:
        """Count the passages that hold each of a field's terms or values that begin so."""

    def near(self, term: str, distance: int) -> Counter[str]:
        """Count the passages that hold each word at most so many letters away."""

    def stamps(self) -> dict[str, str]:
        """Return the stamp of each article by its key."""

    def update(self, articles: Iterable[Prepared]) -> None:
        """Put articles in, in place of those of the same keys."""

    def delete(self, briefing: str, keys: Iterable[str] | None = None) -> None:
        """Take articles out, or with None the whole briefing."""

    def batch(
        self, committed: Callable[[], None] | None = None
    ) -> contextlib.AbstractContextManager[object]:
        """Gather changes into few commits; `committed` is called after each."""

    def is_due(self) -> bool:
        """Whether `fold` would do anything."""

    def fold(self) -> bool:
        """Put small parts of the index together, and say whether there were too many."""

    def verify(self) -> None:
        """Read everything."""

    def close(self) -> None:
        """Let go of the files."""

    def __len__(self) -> int:
        """Return how many passages are searchable."""


class SearchIndex:
    """All passages of a library, searchable.

    Any number of threads and processes may search at any time; those that change the index wait
    for each other. A search sees the index as one commit left it.
    """

    def __init__(self, engine: Engine) -> None:
        """Use `open` or `create`."""
        self._engine = engine

    @classmethod
    def open(cls, folder: Path, wait: float = 30.0) -> Self:
        """Open the index below `folder` (a library's `index/`).

        A change waits up to `wait` seconds for another process that is changing the index. Raises
        StaleIndexError where there is none that this machine made in this version: `create` it and
        add everything.
        """
        from briefing.search.engines.whoosh import WhooshEngine

        return cls(WhooshEngine.open(folder / FOLDER, wait))

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Start an empty index below `folder`, in place of whatever is there; raises WriteError."""
        from briefing.search.engines.whoosh import WhooshEngine

        return cls(WhooshEngine.create(folder / FOLDER))

    def close(self) -> None:
        """Let go of the files; nothing is lost by not calling it."""
        self._engine.close()

    # Changing

    def update(self, briefing: str, info: BriefingInfo, articles: Sequence[Article]) -> None:
        """Put articles in, in place of those of the same id in that briefing.

        Searchable on return, or inside `batch` when that ends. Raises WriteError (the index stays
        as it was), BusyError or StaleIndexError.
        """
        self._engine.update(prepare(briefing, info, article) for article in articles)

    def delete(self, briefing: str, article_ids: Iterable[str] | None = None) -> None:
        """Take articles out, or with None the whole briefing; raises as `update` does."""
        keys = None if article_ids is None else [article_key(briefing, i) for i in article_ids]
        self._engine.delete(briefing, keys)

    @contextlib.contextmanager
    def batch(self, committed: Callable[[], None] | None = None) -> Iterator[None]:
        """Gather the changes made inside into few commits, as for a whole library.

        `committed` is called after each commit: all changes made before are then on disk, and
        only then should the caller note them as done. An exception inside commits nothing more.
        """
        with self._engine.batch(committed):
            yield

    def is_due(self) -> bool:
        """Whether `fold` would fold anything; takes no lock and writes nothing."""
        return self._engine.is_due()

    def fold(self) -> bool:
        """Fold segments that have become too many, and say whether any had.

        For when nobody waits: changes are searchable without it. Raises as `update` does.
        """
        return self._engine.fold()

    # Asking

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
        """Find passages; what a person may type never raises, it gives a hint.

        `limit` counts passages. `roles` are the roles to look in: those that the query names,
        else those that are read. `today` is what `yesterday` is told from. Without
        `facets` none are counted. Raises StaleIndexError where the index turns out to be damaged.
        """
        asked = resolve(parse(query), today)
        if asked.root is None or not any(leaves(asked.root)):
            return results_without_hits(query, asked.hints)
        named, root = _roles_named(asked.root)
        wanted = tuple(roles) if roles is not None else named or READ_ROLES
        if briefing is not None:
            root = join(And, (root, Field("briefing", briefing))) or root
        newest = order == "date"
        answer = self._engine.ask(root, wanted, max(1, limit), newest=newest, facets=facets)
        told = explain(self._engine, query, root, wanted, answer)
        return present(query, asked, answer, told, self._engine.near)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Complete a partly typed query: whole queries, the likeliest first."""
        return complete(self._engine, text)

    def stamps(self) -> dict[str, str]:
        """Return the stamp of each article that the index holds, by `briefing/article`."""
        return self._engine.stamps()

    def verify(self) -> None:
        """Read the whole index; raises StaleIndexError where a part of it cannot be read."""
        self._engine.verify()

    def __len__(self) -> int:
        """Return how many passages are searchable."""
        return len(self._engine)


def _roles_named(root: Node) -> tuple[tuple[Role, ...], Node]:
    """Read where a query says to look: the roles it names, and what is left to look for.

    Words are then looked for in passages of these roles alone. A query of nothing but roles is
    left whole.
    """
    parts = root.children if isinstance(root, And) else (root,)
    naming = [part for part in parts if _asks_for_roles(part)]
    if not naming:
        nested = any(isinstance(leaf, Field) and leaf.name == "role" for leaf in leaves(root))
        return (ROLES if nested else ()), root
    roles = tuple(role for role in ROLES if all(_takes(part, role) for part in naming))
    others = tuple(part for part in parts if part not in naming)
    if not others:
        return roles, root
    return roles, others[0] if len(others) == 1 else And(others)


def _asks_for_roles(node: Node) -> bool:
    match node:
        case Field("role"):
            return True
        case Or(children):
            return all(map(_asks_for_roles, children))
    return False


def _takes(node: Node, role: Role) -> bool:
    match node:
        case Field(_, value, prefix):
            return role.startswith(value) if prefix else role == value
        case Or(children):
            return any(_takes(child, role) for child in children)
    return False
