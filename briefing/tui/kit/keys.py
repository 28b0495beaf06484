"""The keys of every screen and widget, read from one table: help, feet and palette show them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from textual.binding import Binding, BindingType

from briefing.english.lexicon import read_rows


@cache
def _read_keys() -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for row in read_rows("tui/kit", "keys.tsv"):
        if row.startswith("@"):
            rows = places.setdefault(row[1:], [])
        else:
            rows.append(row)
    return places


def keys_of(place: str) -> list[BindingType]:
    """Return the bindings of a place of the table; raises KeyError for a place it does not have."""
    return list(_bindings(place))


def _bindings(place: str) -> Iterator[Binding]:
    for row in _read_keys()[place]:
        if row.startswith("*"):
            yield from _bindings(row[1:])
            continue
        for each in [row.format(n=n) for n in range(1, 10)] if "{n}" in row else [row]:
            name, keys, action, description, flags, tooltip = each.split("\t")
            yield Binding(
                keys, action, description, show="quiet" not in flags,
                priority="first" in flags, tooltip=tooltip, id=name,
            )  # fmt: skip
