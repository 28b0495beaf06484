"""Engines that store the index and answer queries; `Engine` is what each must do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from briefing.search.documents import PreparedArticle
    from briefing.search.nodes import Node
    from briefing.search.ranking import SearchAnswer


class Engine(Protocol):
    """An index of prepared articles.

    A query is a resolved tree; `roles` are the roles of the passages to search. Every method
    raises StaleIndexError where the stored index cannot be read.
    """

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

    def count(self, root: Node, roles: Collection[str]) -> tuple[int, int]:
        """Return the numbers of passages and of articles that match a query."""

    def terms(self, field: str, prefix: str) -> Counter[str]:
        """Return the terms of a field with a prefix, and the number of passages with each."""

    def near(self, term: str, distance: int) -> Counter[str]:
        """Return the terms within an edit distance, and the number of passages with each."""

    def update(self, articles: Iterable[PreparedArticle]) -> None:
        """Add articles, replacing those with the same keys; raises as `batch` does."""

    def delete(self, briefing: str, keys: Iterable[str] | None = None) -> None:
        """Delete articles by key, or with None the whole briefing; raises as `batch` does."""

    def batch(self, committed: Callable[[], None] | None = None) -> AbstractContextManager[object]:
        """Collect the changes made in a `with` block into few commits.

        `committed` is called after each. An exception in the block commits nothing more. Raises
        WriteError (the index is then unchanged), BusyError or StaleIndexError.
        """

    def needs_merge(self) -> bool:
        """Whether `merge` would merge anything; takes no lock and writes nothing."""

    def merge(self) -> bool:
        """Merge small segments if there are too many; return whether any were merged."""

    def verify(self) -> None:
        """Read the whole index."""

    def close(self) -> None:
        """Release the files; they are opened again when needed."""

    def __len__(self) -> int: ...
