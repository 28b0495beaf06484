"""Which country or source of a briefing is meant by the words of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import NotFoundError, list_known, nearest
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.compare.panels import CountryRow, Panels, SourceRow


def find_country(panels: Panels, wanted: str) -> CountryRow:
    """Find a country by code, name or demonym; raises NotFoundError, which lists those there are.

    A country that no article names is reported as such, and a misspelt name with one like it.
    """
    from briefing.library import country_code
    from briefing.world.country_names import country_name

    code = country_code(wanted)
    for row in panels.countries:
        if row.code == code:
            return row
    known = [row.code for row in panels.countries]
    name = country_name(code)
    if name != code:
        raise NotFoundError(
            f"no article of this briefing names {name}", list_known([], known) + _unread(panels)
        )
    like = nearest(wanted, [row.name for row in panels.countries])
    raise NotFoundError(
        f"{wanted!r} is not a country of this briefing", list_known(like, known) + _unread(panels)
    )


def find_source(panels: Panels, wanted: str) -> SourceRow:
    """Find an article by id, number or label; raises NotFoundError, which lists those there are."""
    folded = wanted.casefold()
    for row in panels.sources:
        if folded in (row.article.casefold(), str(row.number), one_line(row.label).casefold()):
            return row
    known = [row.article for row in panels.sources]
    like = nearest(wanted, [*known, *(one_line(row.label) for row in panels.sources)])
    raise NotFoundError(
        f"{wanted!r} is not an article of this briefing", list_known(like, known) + _unread(panels)
    )


def _unread(panels: Panels) -> str:
    """Return what to add where not everything could be read: the country may stand there."""
    if not panels.problems:
        return ""
    return f" Not everything could be read: run briefing check {panels.name}."
