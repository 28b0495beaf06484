"""The search index of a library, asked in the words of the query language."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final, Literal

from briefing.model import READ_ROLES, ROLES, Role
from briefing.search.engines.whoosh import WhooshEngine
from briefing.search.hints import find_hints
from briefing.search.nodes import And, Field, Node, Or, join, leaves
from briefing.search.parser import parse
from briefing.search.present import present
from briefing.search.resolve import resolve
from briefing.search.results import Results
from briefing.search.suggest import complete

if TYPE_CHECKING:
    import datetime as dt

Order = Literal["rank", "date"]
NOTHING_ASKED: Final = "type a word to search for"


class SearchIndex(WhooshEngine):
    """All passages of a library, searchable by queries as typed.

    Any number of threads and processes may search at any time; changes are made one at a time. A
    search sees the state of one commit.
    """

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
