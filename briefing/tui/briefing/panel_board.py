"""The lists of a briefing: three side by side, or one at a time on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from briefing.compare.panels import Panels, QuoteRow, SourceRow
from briefing.compare.side_by_side import StanceCue
from briefing.model import Place
from briefing.tui.briefing.ledgers import (
    LedgerList,
    PositionList,
    TimelineList,
    TimelineRow,
    UnruledList,
    UnruledRow,
)
from briefing.tui.briefing.panel_lists import CountryList, QuoteList, SourceList
from briefing.tui.correcting.screen import Rulable
from briefing.tui.kit.line_list import LineList
from briefing.tui.people_screen import PeopleList, Speaking

PANELS = ("Countries", "Quotes", "Sources", "Positions", "Unruled", "Timeline", "People")
"""The titles of the lists, in the order of the tabs; in small letters they are the ids."""

MIDDLE = ("quotes", "positions", "unruled", "timeline", "people")
"""The lists that share the middle of a wide screen; one of them is shown."""


class PanelBoard(Horizontal):
    """Countries, quotes and sources, with the lists that are shown in place of the quotes."""

    def __init__(self) -> None:
        super().__init__(id="panels")
        self.countries = CountryList(id="countries", empty="Loading …")
        self.quotes = QuoteList(id="quotes", empty="")
        self.positions = PositionList(id="positions", empty="")
        self.unruled = UnruledList(id="unruled")
        self.sources = SourceList(id="sources", empty="")
        self.ledgers: dict[str, LedgerList[Any]] = {
            "positions": self.positions,
            "unruled": self.unruled,
            "timeline": TimelineList(id="timeline", empty=""),
            "people": PeopleList(id="people", empty=""),
        }
        self._filtered: Sequence[LineList[Any]] = (
            self.quotes,
            *self.ledgers.values(),
            self.sources,
        )
        """The lists that a country filters."""
        self._indexed: dict[LineList[Any], tuple[Sequence[Any], PlaceIndex]] = {}

    def compose(self) -> ComposeResult:
        """Lay out the lists."""
        for each in (self.countries, *self._filtered):
            yield each.add_class("panel", update=False)

    def bookmarks(self) -> Sequence[Bookmark]:
        """Return where the cursors are, for `reopen` after the lists were filled again."""
        return [
            (each, each.cursor, _row_key(each.items[each.cursor]), each.chosen is not None)
            for each in self._filtered
            if each.items
        ]

    def reopen(self, bookmarks: Sequence[Bookmark]) -> None:
        """Move the cursors to the rows where they were, or to what took their places."""
        for each, cursor, key, chosen in bookmarks:
            if each.items:
                found = (at for at, row in enumerate(each.items) if _row_key(row) == key)
                each.aim(next(found, min(cursor, len(each.items) - 1)), choose=chosen)

    def show_lists(self, panel: str, middle: str, *, narrow: bool) -> None:
        """Show the list of that id on a narrow screen, else three with that one in the middle.

        Classes of the screen could do so, but would restyle all that is on it.
        """
        wanted = {panel} if narrow else {"countries", middle, "sources"}
        for each in (self.countries, *self._filtered):
            each.display = each.id in wanted

    def fill(self, panels: Panels, country: str | None, *, paraphrases: bool) -> None:
        """Fill the panels with what is of a country, or with all."""
        self.countries.fill(panels, country, paraphrases=paraphrases)
        self.quotes.fill(panels, country, paraphrases=paraphrases)
        self.sources.fill(panels, country)

    def select_place(self, place: Place) -> None:
        """Choose the row of a place in each list, or none, with the cursor at the same article."""
        for each in self._filtered:
            if each.items:
                rows = self._rows_of(each, place.article)
                whole = each is self.sources
                near = [1 if whole else _nearness(here, place) for _, here in rows]
                best = max(near, default=0)
                if each is self.unruled and best == 1:
                    best = 0  # These are gone through from the first one on.
                wanted = [at for (at, _), rank in zip(rows, near, strict=True) if rank == best]
                # Several cues may have the same sentence.
                if (each.cursor in wanted) if best else each is self.unruled:
                    wanted = [each.cursor]
                each.aim(wanted[0] if wanted else each.cursor, choose=best > 0)

    def _rows_of(self, each: LineList[Any], article: str) -> Sequence[tuple[int, Place]]:
        items, index = self._indexed.get(each, ((), {}))
        if items is not each.items:
            index = {}
            for at, row in enumerate(each.items):
                for place in row.places if isinstance(row, Speaking) else (row.place,):
                    index.setdefault(place.article, []).append((at, place))
            self._indexed[each] = each.items, index
        return index.get(article, ())

    def place_at(self, ledger: str) -> Place | None:
        """Return the place of the row that the cursor of a list is at."""
        each = self.ledgers.get(ledger, self.quotes)
        return each.items[each.cursor].place if each.items else None

    def rulable(self) -> Rulable | None:
        """Return the sentence under the cursor of the focused list, None in other lists."""
        row = self.row_of(self.screen.focused)
        if isinstance(row, UnruledRow):
            return Rulable(row.place, self.unruled.country_of(row), known=False)
        if isinstance(row, StanceCue):
            return Rulable(row.place, row.code, row.note.target, row.note.object)
        return None

    def row_of(self, focused: Widget | None) -> AnyRow | None:
        """Return the row under the cursor of the focused list, None for countries and no list."""
        lists = (each for each in self._filtered if each is focused)
        return next((each.chosen for each in lists), None)

    def ruled(self, stance: str) -> bool:
        """Go on to the next sentence of the focused list; return whether it has sentences."""
        focused = self.screen.focused
        if focused is self.unruled:
            self.unruled.note_ruling(stance)
        elif focused is self.positions:
            self.positions.action_line(1)
        return focused in {self.unruled, self.positions}

    def first_place(self, middle: str) -> Place | None:
        """Return the first row of the list in the middle, else the first quote or source."""
        lists = sorted(self._filtered, key=lambda each: each.id != middle)
        wanted = (each for each in lists if each.items and each.id in {middle, "quotes", "sources"})
        return next((each.items[0].place for each in wanted), None)


AnyRow: TypeAlias = QuoteRow | SourceRow | StanceCue | TimelineRow | UnruledRow | Speaking


Bookmark: TypeAlias = tuple[LineList[Any], int, object, bool]
"""A list with its cursor, the key of the row there, and whether that is chosen."""
PlaceIndex: TypeAlias = dict[str, list[tuple[int, Place]]]
"""The rows of a list with their places, by article."""


def _nearness(here: Place, place: Place) -> int:
    """Return 2 where a row is of a place, 1 where its words overlap those there, else 0.

    The row of another quote is not of the place of a quote, whatever their words.
    """
    if here.quote is not None and place.quote is not None:
        return 2 if here.quote == place.quote else 0
    if here[:4] == place[:4]:
        return 2
    overlaps = here.start < place.end and place.start < here.end
    return int(place.chunk is not None and here.chunk == place.chunk and overlaps)


def _row_key(row: AnyRow) -> object:
    return row.place, row.code if isinstance(row, StanceCue) else None
