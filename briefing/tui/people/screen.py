"""All that a person says: who speaks at the left, the words and positions of one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import DescendantFocus

from briefing.compare.choosing import place_of, source_row
from briefing.compare.citing import whereabouts
from briefing.compare.panels import Panels, QuoteRow
from briefing.compare.persons import PersonRow, list_people, positions_of, statements_of
from briefing.compare.side_by_side import StanceCue
from briefing.library import Library
from briefing.tui.briefing.ledgers import ledger_lines
from briefing.tui.kit.actions import copy_quote
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import HeadLines, LineList
from briefing.tui.kit.messages import ArticleWanted, CatalogNews, PersonWanted
from briefing.tui.kit.quiet_screen import QuietScreen
from briefing.tui.kit.quote_lines import place_of_cue, quote_lines
from briefing.tui.kit.text_lines import Line
from briefing.tui.kit.workers import PanelsRead, post_result
from briefing.tui.people.people_list import PeopleList, part_head
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
        items: list[Statement] = []
        heads: dict[int, HeadLines] = {}
        for words, part in parts:
            if isinstance(next(iter(part), None), QuoteRow):
                heads |= dict.fromkeys(range(len(items) + 1, len(items) + len(part)), _blank)
            if part:
                heads[len(items)] = partial(part_head, words, len(part), below=bool(items))
            items += part
        self.title(one_line(person.label), *filter(None, (one_line(person.country or ""),)))
        self.show(items, heads=heads)

    def lines_of(self, item: Statement, width: int) -> Sequence[Line]:
        """Return the lines of a quote or of a cue."""
        if isinstance(item, QuoteRow):
            return quote_lines(item, width)
        return ledger_lines(item, width)


def _blank(_: int) -> tuple[Line]:
    return ((),)


class PeopleScreen(QuietScreen):
    """Shows who speaks, and of the one under the cursor every quote and position."""

    CSS_PATH = Path(__file__).with_name("people.tcss")
    BINDINGS = keys_of("people")

    def __init__(self, library: Library, wanted: PersonWanted) -> None:
        super().__init__()
        self.library, self.panels, self.country = library, wanted.panels, wanted.country
        self._all, self._person = wanted.people, wanted.person
        self._entered = False
        self._heading = TitleBar()
        self._tabs = TabStrip([Tab("people", "People"), Tab("statements", "Statements")])
        self._people = PeopleList(id="people")
        self._statements = StatementList(id="statements", empty="")

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, both lists and keys."""
        yield self._heading
        yield self._tabs
        with Horizontal(id="both"):
            yield self._people
            yield self._statements
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill both lists, and begin at what the person says."""
        self._fill()
        self.set_focus(self._statements)

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read the panels again if the briefing has changed."""
        name = self.panels.name
        if name in message.changed:
            post_result(self, "panels", lambda: PanelsRead(self.library.panels(name)))

    def on_panels_read(self, message: PanelsRead) -> None:
        """Show the new panels, keeping the person and the statement where they still exist."""
        cursor = self._statements.cursor
        self.panels, self._all = message.panels, list_people(message.panels)
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
        row: Statement = message.item
        place = place_of(row) if isinstance(row, QuoteRow) else place_of_cue(row)
        source = source_row(self.panels, place.article)
        label = source.label if source is not None else place.article
        self.post_message(ArticleWanted(self.panels.name, place, label, self.country))

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
        quote = row if isinstance(row, QuoteRow) else None
        source = source_row(self.panels, quote.article) if quote is not None else None
        copy_quote(self, quote, whereabouts(source))

    def action_back(self) -> None:
        """Go back to the people from what one says, if entered from there, else to the briefing."""
        if self._entered and self.focused is self._statements:
            self._entered = False
            self.set_focus(self._people)
        else:
            self.dismiss()
