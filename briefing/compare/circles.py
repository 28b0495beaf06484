"""Circles in a graph of who heard whom: A cites B, and B cites A."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator


def find_circles(links: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield circles of the links, each node once: all of two, and of longer ones one a knot.

    Takes time linear in the links; the order is that of the names.
    """
    known = {(one, other) for one, other in links if one != other}
    pairs = sorted(link for link in known if link[::-1] in known and link[0] < link[1])
    yield from pairs
    known.difference_update(pairs, [link[::-1] for link in pairs])
    ahead: defaultdict[str, set[str]] = defaultdict(set)
    behind: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in known:
        ahead[one].add(other)
        behind[other].add(one)
    _strip_ends(ahead, behind)
    _strip_ends(behind, ahead)
    yield from _walk(ahead)


def _strip_ends(ahead: defaultdict[str, set[str]], behind: defaultdict[str, set[str]]) -> None:
    """Take out the nodes from which nothing leads on, until each has a next one."""
    ends = [node for node in behind if not ahead[node]]
    while ends:
        node = ends.pop()
        for former in behind.pop(node, ()):
            ahead[former].discard(node)
            if not ahead[former]:
                ends.append(former)
        ahead.pop(node, None)


def _walk(ahead: defaultdict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the circles that one comes upon by going on from each node, always the same way."""
    done: set[str] = set()
    for start in sorted(ahead):
        way: dict[str, None] = {}
        node = start
        while node not in done and node not in way:
            way[node] = None
            node = min(ahead[node])
        path = list(way)
        if node in way:
            yield tuple(path[path.index(node) :])
        done.update(path)
