"""What every sign on a screen means, grouped by the widget that draws it."""

from __future__ import annotations

from typing import NamedTuple

from briefing.english.lexicon import read_rows


class Sign(NamedTuple):
    """A sign or word as shown on the screen, what it means, and the ink it is drawn in."""

    sign: str
    meaning: str
    ink: str


class SignGroup(NamedTuple):
    """The signs that the widgets of some types draw, under a title."""

    widget: str
    name: str
    signs: tuple[Sign, ...]


def _read_legend() -> tuple[SignGroup, ...]:
    """Return the groups of `data/legend.tsv`, in the order of the help."""
    groups: list[SignGroup] = []
    for row in read_rows("tui/kit", "legend.tsv"):
        first, *rest = row.split("\t")
        if first.startswith("@"):
            groups.append(SignGroup(first[1:], rest[0], ()))
        else:
            widget, name, signs = groups[-1]
            groups[-1] = SignGroup(widget, name, (*signs, Sign(rest[0], rest[1], first)))
    return tuple(groups)


LEGEND = _read_legend()
