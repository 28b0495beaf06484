"""The search index of a library: opening, changing and searching it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self

from briefing.model import READ_ROLES, ROLES, Article, BriefingInfo, Role
from briefing.search.documents import article_key, prepare
from briefing.search.engines import Engine
from briefing.search.hints import find_hints
from briefing.search.nodes import And, Field, Node, Or, join, leaves
from briefing.search.parser import parse
from briefing.search.present import present, results_without_hits
from briefing.search.resolve import resolve
from briefing.search.results import Results
from briefing.search.suggest import complete

if TYPE_CHECKING:
    import datetime as dt

Order = Literal["rank", "date"]

FOLDER: Final = "search"


class SearchIndex:
    """All passages of a library, searchable.

    Any number of threads and processes may search at any time; changes are made one at a time. A
    search sees the state of one commit. Changes raise as `Engine.batch` does.
    """

    def __init__(self, engine: Engine) -> None:
        """Use `open` or `create`."""
        self._engine = engine

    @classmethod
    def open(cls, folder: Path, wait: float = 30.0) -> Self:
        """Open the index in `folder` (a library's `index/`).

        A change waits up to `wait` seconds for another process that is changing the index. Raises
        StaleIndexError where this machine and version have created none: `create` it and add
        everything.
        """
        from briefing.search.engines.whoosh import WhooshEngine

        return cls(WhooshEngine.open(folder / FOLDER, wait))

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Create an empty index in `folder`, replacing any other; raises WriteError."""
        from briefing.search.engines.whoosh import WhooshEngine

        return cls(WhooshEngine.create(folder / FOLDER))

    def close(self) -> None:
        """Release the files; optional."""
        self._engine.close()

    # Changing

    def update(self, briefing: str, info: BriefingInfo, articles: Sequence[Article]) -> None:
        """Add articles to a briefing, replacing those with the same ids.

        They are searchable on return, within `batch` when that ends.
        """
        self._engine.update(prepare(briefing, info, article) for article in articles)

    def delete(self, briefing: str, article_ids: Iterable[str] | None = None) -> None:
        """Delete articles of a briefing, with None all of them."""
        keys = None if article_ids is None else [article_key(briefing, i) for i in article_ids]
        self._engine.delete(briefing, keys)

    def batch(self, committed: Callable[[], None] | None = None) -> AbstractContextManager[object]:
        """Collect the changes made in a `with` block into few commits.

        `committed` is called after each: only then are the changes made before on disk.
        """
        return self._engine.batch(committed)

    def needs_merge(self) -> bool:
        """Whether `merge` would merge anything."""
        return self._engine.needs_merge()

    def merge(self) -> bool:
        """Merge segments if there are too many; return whether any were merged."""
        return self._engine.merge()

    # Searching

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
            return results_without_hits(query, asked.hints)
        named, root = _roles_named(asked.root)
        wanted = tuple(roles) if roles is not None else named or READ_ROLES
        if briefing is not None:
            root = join(And, (root, Field("briefing", briefing))) or root
        newest = order == "date"
        answer = self._engine.ask(root, wanted, max(1, limit), newest=newest, facets=facets)
        hints = find_hints(self._engine, query, root, wanted, answer)
        return present(query, asked, answer, hints, self._engine.near)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Return completions of a partly typed query, the likeliest first."""
        return complete(self._engine, text)

    def verify(self) -> None:
        """Read the whole index; raises StaleIndexError where a part is damaged."""
        self._engine.verify()

    def __len__(self) -> int:
        return len(self._engine)


def _roles_named(root: Node) -> tuple[tuple[Role, ...], Node]:
    """Split a query into the roles it names and the rest, to be searched in these roles only.

    A query of nothing but roles is returned whole.
    """
    parts = root.children if isinstance(root, And) else (root,)
    naming = [part for part in parts if _is_role_filter(part)]
    if not naming:
        nested = any(isinstance(leaf, Field) and leaf.name == "role" for leaf in leaves(root))
        return (ROLES if nested else ()), root
    roles = tuple(role for role in ROLES if all(_matches_role(part, role) for part in naming))
    others = tuple(part for part in parts if part not in naming)
    if not others:
        return roles, root
    return roles, others[0] if len(others) == 1 else And(others)


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
