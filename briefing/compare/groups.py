"""Sorting things into groups from pairs that belong together."""

from __future__ import annotations

from collections.abc import Iterable


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Return for each of `count` items the smallest item it is connected to through `pairs`."""
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return tuple(root(item) for item in range(count))
