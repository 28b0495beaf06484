"""What may be traced in a briefing: a row for each outline, with what reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from briefing.compare.outlines import Outline
from briefing.library import Library

LAST_LOOK = "last-look"


class Trace(NamedTuple):
    """An outline: its title, what it shows, what reads it, and whether it may be of some words."""

    title: str
    help: str
    read: Callable[[Library, str, str], Outline]
    has_words: bool = False


def _origins(library: Library, name: str, words: str) -> Outline:
    from briefing.compare.outlines.origin_outline import outline_origins

    return outline_origins(library.origins(name, words or None), library.panels(name))


def _concordance(library: Library, name: str, words: str) -> Outline:
    from briefing.compare.concordance import has_words
    from briefing.compare.outlines.version_outline import outline_concordances

    found = library.concordance(name, has_words(words) if words else None)
    return outline_concordances(found)


def _changes(library: Library, name: str, _: str) -> Outline:
    from briefing.compare.outlines.change_outline import outline_changes

    return outline_changes(library.changes(name, LAST_LOOK), library.panels(name))


def _gaps(library: Library, name: str, _: str) -> Outline:
    from briefing.compare.outlines.gap_outline import outline_gaps

    return outline_gaps(library.gaps(name), library.panels(name))


TRACES: Mapping[str, Trace] = MappingProxyType(
    {
        "origins": Trace("Origins", "Who heard what from whom", _origins, has_words=True),
        "concordance": Trace(
            "Concordance", "The same words in several articles", _concordance, has_words=True
        ),
        "changes": Trace("Changes", "What changed since you last looked", _changes),
        "gaps": Trace("Gaps", "What the briefing lacks, and who disagrees", _gaps),
    }
)


def read_outline(library: Library, name: str, trace: str, words: str) -> Outline:
    """Return an outline of a briefing, of some words if given; raises BriefingError."""
    return TRACES[trace].read(library, name, words)
