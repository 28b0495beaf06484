"""The formats a briefing is exported to: a format is one row of the table."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from briefing.compare.panels import Panels
from briefing.export.markdown import to_markdown
from briefing.model import Briefing


class Writer(Protocol):
    """Turns a briefing into the text of an export; raises MismatchError and NotFoundError."""

    def __call__(
        self, briefing: Briefing, panels: Panels, *, country: str | None, generated: str
    ) -> str:
        """Return the text, of one country by its code or of all; `generated` is the ISO date."""
        ...


class ExportFormat(NamedTuple):
    """A format's name, the suffixes of its files, its media type, and what writes it."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    write: Writer


FORMATS = (ExportFormat("Markdown", (".md", ".markdown"), "text/markdown", to_markdown),)


def format_for(suffix: str) -> ExportFormat:
    """Return the format of files with a suffix such as `.md`, or the first one of the table."""
    folded = suffix.casefold()
    return next((each for each in FORMATS if folded in each.suffixes), FORMATS[0])
