"""A briefing, or one country of it, as a Markdown memo for GitHub, Obsidian and Pandoc."""

from __future__ import annotations

from briefing import __version__
from briefing.compare.panels import Panels
from briefing.export.checking import check_quotes, stored_places
from briefing.export.escape import escape
from briefing.export.footnotes import footnotes
from briefing.export.frontmatter import front_matter
from briefing.export.provenance import provenance
from briefing.export.sections import (
    analyst_notes,
    bottom_line,
    country_table,
    key_quotes,
    positions,
    sources,
)
from briefing.export.selection import Selection, select
from briefing.model import Briefing

GENERATOR = f"briefing {__version__}"


def to_markdown(
    briefing: Briefing, panels: Panels, *, country: str | None = None, generated: str
) -> str:
    """Return the memo, ending in a line feed.

    `panels` are those of this briefing; `country` is a code that keeps one country only;
    `generated` is the date to print, as ISO 8601. Raises MismatchError, with article, chunk and
    quote, when a quote is not in the stored text, and NotFoundError for an unknown country.
    """
    places = stored_places(briefing)
    checked = check_quotes(briefing, panels, places)
    selection = select(briefing, panels, places, country)
    parts = [
        _front_matter(selection, generated),
        f"# {escape(_title(selection))}",
        bottom_line(selection),
        country_table(selection),
        key_quotes(selection),
        positions(selection),
        analyst_notes(selection),
        sources(selection),
        provenance(selection, checked=checked, generated=generated, generator=GENERATOR),
        footnotes(selection),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(selection: Selection) -> str:
    title = selection.briefing.info.title
    return title if selection.country is None else f"{title}: {selection.country.name}"


def _front_matter(selection: Selection, generated: str) -> str:
    info = selection.briefing.info
    return front_matter(
        {
            "title": _title(selection),
            "question": info.question,
            "tags": info.tags or None,
            "country": selection.country.code if selection.country else None,
            "date": generated,
            "sources": len(selection.source_rows),
            "generator": GENERATOR,
        }
    )
