"""All that a person says: who speaks at the left, the words and positions of one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import DescendantFocus

from briefing.compare.panels import Panels, QuoteRow
from briefing.compare.persons import PersonRow, list_people, positions_of, statements_of
from briefing.compare.side_by_side import StanceCue
from briefing.library import Library
from briefing.tui.briefing.ledgers import ledger_lines
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import BLANK_LINE, LineList
from briefing.tui.kit.messages import PersonWanted
from briefing.tui.kit.panels_screen import PanelsScreen
from briefing.tui.kit.quote_lines import in_parts, quote_lines
from briefing.tui.kit.text_lines import Line
from briefing.tui.people.people_list import PeopleList
from briefing.visible import one_line
from briefing.wording import counted

Statement: TypeAlias = QuoteRow | StanceCue


class StatementList(LineList[Statement]):
    """The quotes, paraphrases and positions of a person."""

    def show_person(self, person: PersonRow, panels: Panels) -> None:
        """Show all that a person says."""
        rows = statements_of(person, panels)
        quotes, paraphrases = rows[: person.quotes], rows[person.quotes :]
        cues = positions_of(person, panels)
        parts: tuple[tuple[str, Sequence[Statement]], ...] = (
            ("Quotes", quotes), ("Positions", cues), ("Paraphrases", paraphrases),
        )  # fmt: skip
        items, heads = in_parts(parts, apart=True)
        between = (at for at, item in enumerate(items) if isinstance(item, QuoteRow))
        heads = {**dict.fromkeys(between, BLANK_LINE), **heads}
        self.title(one_line(person.label), *filter(None, (one_line(person.country or ""),)))
        self.show(items, heads=heads)

    def lines_of(self, item: Statement, width: int) -> Sequence[Line]:
        """Return the lines of a quote or of a cue."""
        if isinstance(item, QuoteRow):
            return quote_lines(item, width)
        return ledger_lines(item, width)


class PeopleScreen(PanelsScreen):
    """Shows who speaks, and of the one under the cursor every quote and position."""

    BINDINGS = keys_of("people")

    def __init__(self, library: Library, wanted: PersonWanted) -> None:
        super().__init__(library, wanted.panels)
        self.country = wanted.country
        self._all, self._person = wanted.people, wanted.person
        self._entered = False
        self._tabs = TabStrip([Tab("people", "People"), Tab("statements", "Statements")])
        self._people = PeopleList(id="people")
        self._statements = StatementList(id="statements", empty="")

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, both lists and keys."""
        yield self._heading
        yield self._tabs
        with Horizontal(id="sides"):
            yield self._people
            yield self._statements
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill both lists, and begin at what the person says."""
        self._fill()
        self.set_focus(self._statements)

    def show_panels(self) -> None:
        """Show the new panels, keeping the person and the statement where they still exist."""
        cursor = self._statements.cursor
        self._all = list_people(self.panels)
        self._fill()
        self._statements.cursor = min(cursor, max(len(self._statements.items) - 1, 0))

    def _fill(self) -> None:
        self._people.fill(self.panels, self.country, self._all)
        self._people.select_person(self._person)
        self._heading.show(self.panels.title, "who speaks", (counted(len(self._all), "voice"),))
        self._show_person()

    def _show_person(self) -> None:
        row = self._people.chosen
        if row is None:
            self._statements.show_nothing("")
            return
        self._person = row.person
        self._statements.show_person(row.person, self.panels)
        self._tabs.relabel([Tab("people", "People"), Tab("statements", one_line(row.person.label))])

    # What the person at the keyboard does

    @on(LineList.Moved, "#people")
    def follow_cursor(self, message: LineList.Moved) -> None:
        """Show what the person under the cursor says."""
        if not message.overtaken:
            self._show_person()

    @on(LineList.Chosen, "#people")
    def enter_statements(self) -> None:
        """Go on to what the person says."""
        self._entered = True
        self.set_focus(self._statements)

    @on(LineList.Chosen, "#statements")
    def open_article(self, message: LineList.Chosen) -> None:
        """Open the article at the words."""
        self.open_place(message.item.place, self.country)

    def on_tab_strip_picked(self, message: TabStrip.Picked) -> None:
        """Show the list of the tab."""
        self.set_focus(self._people if message.panel == "people" else self._statements)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the list that has the focus on a narrow screen."""
        for each in (self._people, self._statements):
            each.set_class(each is event.widget, "-shown")
        self._tabs.show(event.widget.id or "")

    def action_switch(self) -> None:
        """Go to the other list."""
        self.set_focus(self._people if self.focused is self._statements else self._statements)

    def action_yank(self) -> None:
        """Copy the quote under the cursor, with its source."""
        row = self._statements.chosen if self.focused is self._statements else None
        self.copy_row(row if isinstance(row, QuoteRow) else None)

    def action_back(self) -> None:
        """Go back to the people from what one says, if entered from there, else to the briefing."""
        if self._entered and self.focused is self._statements:
            self._entered = False
            self.set_focus(self._people)
        else:
            self.dismiss()
