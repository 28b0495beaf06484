"""Read, annotate, search and export news briefings across countries, in the terminal.

The public names below load on first use (PEP 562), so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.errors import BriefingError
    from briefing.library import Library
    from briefing.model import Article, Briefing, Chunk, Quote

__version__ = "0.1.0"
__all__ = ["Article", "Briefing", "BriefingError", "Chunk", "Library", "Quote", "__version__"]

_HOMES = {
    "Article": "briefing.model",
    "Briefing": "briefing.model",
    "BriefingError": "briefing.errors",
    "Chunk": "briefing.model",
    "Library": "briefing.library",
    "Quote": "briefing.model",
}


def __getattr__(name: str) -> Any:
    """Load a public name from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
