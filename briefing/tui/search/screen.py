"""Search as you type: passages by article, values to narrow by, hints on a query without sense.

One search runs at a time, and meanwhile only the latest query is remembered, which stops a search
in a database: typing fast neither piles up work nor shows the results of an earlier query.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import var
from textual.widgets import Input

from briefing.library import Library
from briefing.model import Place, SavedSearch
from briefing.search.results import Results
from briefing.tui.kit import messages
from briefing.tui.kit.actions import open_at_once, read_in_thread, say
from briefing.tui.kit.bars import KeyBar, TitleBar
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.quiet_screen import SwiftScreen
from briefing.tui.search.answer_bar import AnswerBar, Offer
from briefing.tui.search.answering import (
    NOTHING,
    Fresh,
    Question,
    answer,
    answer_words,
    offers_of,
    run_saved,
    save_query,
)
from briefing.tui.search.search_lists import FacetList, ResultList, ResultRow, narrowed
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.tui.app import BriefingApp

HOW_TO = (
    'Type words, "core network", restrict*, or fields: country:GB speaker:pompeo stance:ban '
    "before:2019-03 role:heading. Up and down select a passage, enter opens it."
)
PLACEHOLDER = 'words, "core network", country:GB, speaker:pompeo, before:2019-03'
PAGE = 50
"""Passages asked for at first; twice as many near the last of them, at most MOST_MORE at once."""
MOST_MORE = 500
SAVED = "saved searches"


class SearchScreen(SwiftScreen[object]):
    """Searches the library; `scope` is the briefing searched, None for all."""

    CSS_PATH = Path(__file__).with_name("search.tcss")
    BINDINGS = keys_of("search")
    AUTO_FOCUS = "#query"

    query_text: var[str] = var("", init=False)
    scope: var[str | None] = var(None, init=False)
    newest: var[bool] = var(default=False, init=False)
    results: var[Results | None] = var(None, init=False, always_update=True)
    offered: var[tuple[Offer, ...]] = var((), init=False)
    choice: var[int] = var(0, init=False)
    limit: var[int] = var(PAGE, init=False)

    saved: var[tuple[SavedSearch, ...]] = var((), init=False)
    fresh: var[Mapping[str, Fresh]] = var(dict, init=False)
    """What the last run of each saved search found new, by its query."""

    def __init__(self, library: Library, wanted: messages.SearchWanted) -> None:
        super().__init__()
        self._titles: Mapping[str, str] = {}
        self.library = library
        self.briefing = wanted.briefing
        self._title = one_line(wanted.title)
        self._wanted = wanted.query
        self._asked: Question | None = None
        self._offered_for = ""
        self._shown_to = 0
        self._exact: str | None = None
        self.set_reactive(SearchScreen.scope, wanted.briefing)
        self._heading = TitleBar("Search")
        self._box = QueryBox(placeholder=PLACEHOLDER, id="query")
        self._answer = AnswerBar(self._complete)
        self._passages = ResultList(id="results", empty=HOW_TO)
        self._passages.ask_for_more = self._ask_for_more
        self._facets = FacetList(id="facets", empty="")

    def compose(self) -> ComposeResult:
        """Lay out query, answer, passages, facets and keys."""
        yield self._heading
        yield self._box
        yield self._answer
        with Horizontal(id="found"):
            yield self._passages
            yield self._facets
        yield KeyBar()

    def on_mount(self) -> None:
        """Name what is searched."""
        self._titles = {row.name: row.title for row in cast("BriefingApp", self.app).rows}
        self._passages.title("Passages")
        self._facets.title("Narrow by")
        self._show_heading()
        self._read_saved()
        if self._wanted:
            self._box.write(self._wanted)

    def _show_heading(self) -> None:
        self._heading.show("Search", f"in {self._title}" if self.scope else "in all briefings")

    # Saved searches

    def _read_saved(self) -> None:
        name = self.briefing
        if name is not None:
            read = partial(self.library.saved_searches, name)
            read_in_thread(self, "saved", read, partial(setattr, self, "saved"))

    def _take_saved(self, notice: str) -> None:
        say(self, notice)
        self._read_saved()

    def _take_fresh(self, fresh: Fresh) -> None:
        self.fresh = {**self.fresh, fresh.query: fresh}

    # Asking

    def on_catalog_news(self, message: messages.CatalogNews) -> None:
        """Search again if something changed."""
        self._titles = {row.name: row.title for row in message.rows}
        if self.briefing in message.changed:
            self._read_saved()
        if message.changed and self.results is not None:
            self._ask()

    def question(self) -> Question:
        """Return the current question."""
        exact = self.query_text.strip() == self._exact
        return Question(self.query_text, self.scope, self.newest, exact, self.limit)

    def watch_query_text(self) -> None:
        """Search again, from the first passage."""
        self.set_reactive(SearchScreen.limit, PAGE)
        self._ask()

    watch_newest = watch_query_text

    def watch_scope(self) -> None:
        """Search again."""
        self._show_heading()
        self.watch_query_text()

    def _ask_for_more(self) -> None:
        """Ask for more passages, unless more are asked for already or there are none.

        Those of near copies are found and not listed: the list may stay shorter than the total.
        """
        if self.results is None or self._shown_to != self.limit:
            return
        if self.limit < self.results.total_chunks:
            self.limit += min(self.limit, MOST_MORE)
            self._ask()

    def _ask(self) -> None:
        if not self.query_text.strip():
            self.results, self._offered_for = None, self.query_text
            self._offer_saved()
        elif self._asked is None:
            self._asked = asked = self.question()
            read = partial(answer, self.library, asked)
            taken = partial(self._take_answer, asked)
            read_in_thread(self, "search", read, taken, self._ask_again)
        elif self.library.address and self._asked != self.question():
            read_in_thread(self, "stop", self.library.stop_search, lambda _: None)

    def _ask_again(self, _: object = None) -> None:
        self._asked = None
        self._ask()

    def _take_answer(self, asked: Question, found: tuple[Results, tuple[Offer, ...]]) -> None:
        """Show the results if they are still asked for, else ask the latest question."""
        if asked != self.question():
            self._ask_again()
            return
        self._asked, self._offered_for = None, asked.text
        self.results, self.offered = found

    # Showing

    def watch_results(self) -> None:
        """Show passages, facets and the hint."""
        results = self.results
        self._passages.empty = HOW_TO if results is None else results.hint or NOTHING
        if results is not None and results.suggestion:
            self._passages.empty += f" Press enter to search for: {results.suggestion}"
        longer, self._shown_to = self.limit > PAGE, self.limit
        titles = {} if self.scope else self._titles
        shown = results or Results(query="")
        self._passages.show_results(shown, titles, longer=longer)
        self._facets.show_facets(shown.facets)
        self.watch_fresh()

    def watch_fresh(self) -> None:
        """Show what the run of a saved query found new, and mark it."""
        fresh = self._fresh_here()
        self._passages.mark_new(fresh.ids if fresh else ())
        self._show_answer()

    def _fresh_here(self) -> Fresh | None:
        return self.fresh.get(self.query_text.strip()) if self.scope else None

    def _show_answer(self) -> None:
        results, fresh = self.results, self._fresh_here()
        if results is None:
            words, ink, order = SAVED if self.offered else "", "soft", ""
        else:
            words, ink = answer_words(results, fresh.words if fresh else "")
            order = "newest first" if self.newest else "best first"
        self._answer.show(words, ink, order)

    def watch_offered(self, before: tuple[Offer, ...], now: tuple[Offer, ...]) -> None:
        """Show how the query may be completed, with the likeliest selected."""
        self.set_reactive(SearchScreen.choice, 0)
        self.watch_choice()
        if self.results is None:
            self._show_answer()
        if min(len(before), 2) != min(len(now), 2):
            self.refresh_bindings()

    def watch_choice(self) -> None:
        """Mark the selected completion."""
        self._answer.offer(self.offered, self.choice)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Follow the typing."""
        self.query_text = message.value

    async def on_input_submitted(self, message: Input.Submitted) -> None:
        """Open the selected passage, or accept the suggestion where nothing was found."""
        self.query_text = message.value
        results = self.results
        if results is not None and not results.groups and results.suggestion:
            self._box.write(results.suggestion)
        else:
            await self.action_open()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the article at the words; or add the value to the query, or remove it."""
        if message.sender is self._facets:
            self._box.write(narrowed(self._box.value, message.item))
            return
        row: ResultRow = message.item
        group, hit = row.group, row.hit
        found = [(each.chunk, *span) for each in group.hits for span in each.spans]
        start, end = hit.spans[0] if hit.spans else (hit.snippet.start, hit.snippet.start)
        place = Place(group.article, hit.chunk, start, end)
        label = group.publisher or group.headline or group.article
        wanted = messages.ArticleWanted(group.briefing, place, label=label, found=found)
        open_at_once(self, wanted)

    def _complete(self, number: int) -> None:
        """Accept an offer, if it still is for the query in the box."""
        if self._offered_for == self._box.value and number < len(self.offered):
            offer = self.offered[number]
            self._box.write(offer.query)
            if offer.saved is not None and self.briefing is not None:
                self._exact = offer.query.strip()
                run = partial(run_saved, self.library, self.briefing, offer.saved, self._exact)
                read_in_thread(self, f"run {offer.saved}", run, self._take_fresh)

    def watch_saved(self) -> None:
        """Offer the saved searches while the query is empty."""
        if not self.query_text.strip():
            self._offer_saved()

    def _offer_saved(self) -> None:
        self.offered = offers_of(self.saved) if self.scope else ()

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: completing only where something is offered."""
        least = {"complete": 1, "other_completion": 2}.get(action, 0)
        if least == 0:
            return super().check_action(action, parameters)
        box = self._box
        is_at_end = box.has_focus and box.cursor_at_end and box.selection.is_empty
        return len(self.offered) >= least and is_at_end

    def action_complete(self) -> None:
        """Complete the query."""
        self._complete(self.choice)

    def action_other_completion(self) -> None:
        """Select the next completion, after the last the first."""
        self.choice = (self.choice + 1) % len(self.offered)

    async def action_open(self) -> None:
        """Open the passage under the cursor."""
        await self._passages.action_choose()

    def action_passage(self, direction: int) -> None:
        """Move among the passages while the query keeps the focus."""
        self._passages.action_line(direction)

    def action_scope(self) -> None:
        """Search all briefings, or the one again."""
        if self.briefing is not None:
            self.scope = None if self.scope else self.briefing

    def action_keep(self) -> None:
        """Save the query in the briefing that is searched, or say why not."""
        query = self.query_text.strip()
        if self.scope is None:
            say(self, "Queries are saved in a briefing: search one briefing to save its queries.")
        elif not query:
            say(self, "There is no query to save yet.")
        else:
            save = partial(save_query, self.library, self.scope, self._title, query)
            read_in_thread(self, "save", save, self._take_saved)

    def action_back(self) -> None:
        """Go back a step: to the query, else to the screen before."""
        if self._box.has_focus:
            self.dismiss()
        else:
            self.set_focus(self._box)
