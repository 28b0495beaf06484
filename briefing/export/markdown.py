"""A briefing, or one country of it, as a Markdown memo for GitHub, Obsidian and Pandoc."""

from __future__ import annotations

from briefing import __version__
from briefing.compare.panels import Panels
from briefing.export.escape import escape
from briefing.export.footnotes import footnotes
from briefing.export.frontmatter import front_matter
from briefing.export.memo_sections import (
    analyst_notes,
    bottom_line,
    country_table,
    key_quotes,
    positions,
    sources,
)
from briefing.export.provenance import provenance
from briefing.export.scope import ExportScope, choose_scope
from briefing.export.verifying import check_quotes, stored_places
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
    scope = choose_scope(briefing, panels, places, country)
    parts = [
        _front_matter(scope, generated),
        f"# {escape(_title(scope))}",
        bottom_line(scope),
        country_table(scope),
        key_quotes(scope),
        positions(scope),
        analyst_notes(scope),
        sources(scope),
        provenance(scope, checked=checked, generated=generated, generator=GENERATOR),
        footnotes(scope),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(scope: ExportScope) -> str:
    title = scope.briefing.info.title
    return title if scope.country is None else f"{title}: {scope.country.name}"


def _front_matter(scope: ExportScope, generated: str) -> str:
    info = scope.briefing.info
    return front_matter(
        {
            "title": _title(scope),
            "question": info.question,
            "tags": info.tags or None,
            "country": scope.country.code if scope.country else None,
            "date": generated,
            "sources": len(scope.source_rows),
            "generator": GENERATOR,
        }
    )
