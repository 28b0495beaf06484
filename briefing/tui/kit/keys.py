"""What the data files of the kit hold: the keys of every widget, and what every sign means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from textual.binding import Binding, BindingType

from briefing.english.lexicon import read_rows
from briefing.tui.kit.text_lines import Line, Piece, length

VIEWS = Binding.Group("Views")


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


def key_ids() -> tuple[str, ...]:
    """Return the ids of all keys, by which a config may name others."""
    bindings = (each for place in _read_keys() for each in _bindings(place))
    return tuple(dict.fromkeys(each.id or "" for each in bindings))


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
                group=VIEWS if "view" in flags else None,
            )  # fmt: skip


class Sign(NamedTuple):
    """A sign or word as shown on the screen, what it means, and the ink it is drawn in.

    `word` is what the foot of its widget says of it, None where only the help explains the sign; a
    highlight is its own word. `ground` is what it is drawn on.
    """

    sign: str
    meaning: str
    ink: str
    word: str | None = None
    ground: str | None = None


class SignGroup(NamedTuple):
    """The signs that the widgets of some types draw, under a title."""

    widget: str
    name: str
    signs: tuple[Sign, ...]


def _read_legend() -> tuple[SignGroup, ...]:
    groups: list[SignGroup] = []
    for row in read_rows("tui/kit", "legend.tsv"):
        first, *rest = row.split("\t")
        if first.startswith("@"):
            groups.append(SignGroup(first[1:], rest[0], ()))
        else:
            widget, name, signs = groups[-1]
            sign, meaning, *word = rest
            ink, _, ground = first.partition(" on ")
            new = Sign(sign, meaning, ink, word[0] if word else None, ground or None)
            groups[-1] = SignGroup(widget, name, (*signs, new))
    return tuple(groups)


LEGEND = _read_legend()


@lru_cache(maxsize=64)
def foot_of(widget: str, width: int, absent: str) -> Line:
    """Return the signs that widgets of a type draw, each with a word, as many as fit `width`.

    `absent` is the word of one that is not drawn now. A stance has the ink that it is drawn in, but
    the sign of one stands for those of all.
    """
    groups = (group for group in LEGEND if widget in group.widget.split(", "))
    line: Line = ()
    for sign in (sign for group in groups for sign in group.signs):
        if sign.word in (None, absent):
            continue
        ink = "soft" if sign.ink.startswith("stance-") else sign.ink
        mark = sign.sign[:1] if ink != sign.ink else sign.sign
        words = (Piece(f" {sign.word}", "faint"),) if sign.word != sign.sign else ()
        more = (Piece(" " if line else ""), Piece(mark, ink, sign.ground), *words)
        if length(line) + length(more) > width:
            break
        line = (*line, *more)
    return line
