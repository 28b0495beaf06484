"""Search as one types: passages by article, facets to narrow by, hints for a senseless query.

One search runs at a time. While it runs only the latest query is remembered, so that typing fast
neither piles up work nor shows the answer to a question no longer asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from briefing.compare.place import Place
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.search.results import Results
from briefing.tui.kit.bars import KeyBar, TitleBar
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import ArticleWanted, CatalogNews, Found, SearchWanted
from briefing.tui.search.answer_bar import AnswerBar
from briefing.tui.search.completing import Offer, offers
from briefing.tui.search.keeping import KeepingScreen
from briefing.tui.search.kept import Fresh, offers_of
from briefing.tui.search.query_box import QueryBox
from briefing.tui.search.search_lists import FacetList, ResultList, ResultRow, narrowed
from briefing.wording import counted

HOW_TO = (
    'Type words, "core network", restrict*, or fields: country:GB speaker:pompeo stance:ban '
    "before:2019-03 role:heading. Up and down choose a passage, enter opens it."
)
PLACEHOLDER = 'words, "core network", country:GB, speaker:pompeo, before:2019-03'
NOTHING = "No passage has this."
PAGE = 50
"""Passages that are asked for at first; more once the person comes to the last of them."""
KEPT = "kept searches"


class Question(NamedTuple):
    """What is asked: the query as it stands, the briefing searched or None for all, the order.

    An `exact` query, one that was kept, is not taken for one still being typed. At most `limit`
    passages are wanted.
    """

    text: str
    scope: str | None
    newest: bool
    exact: bool
    limit: int


class SearchScreen(KeepingScreen):
    """Asks the library and shows the answer; `scope` is the briefing searched, None for all."""

    CSS_PATH = Path(__file__).with_name("search.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the query's own keys, which they are again where nothing is offered.
        Binding("right", "complete", "Complete", key_display="→", id="search.complete",
                priority=True, tooltip="Complete the field or value at the end of the query"),
        Binding("ctrl+n", "other_completion", "Another", id="search.other-completion",
                priority=True, tooltip="Choose another completion"),
        Binding("enter", "open", "Open", id="search.open", tooltip="Open the article at the words"),
        Binding("down", "results('down')", "Next", show=False, id="search.next",
                tooltip="Next passage"),
        Binding("up", "results('up')", "Before", show=False, id="search.previous",
                tooltip="Passage before"),
        Binding("ctrl+b", "scope", "This briefing/all", id="search.scope",
                tooltip="Search this briefing, or all"),
        Binding("ctrl+t", "order", "Newest/best first", id="search.order",
                tooltip="Newest first, or best first"),
        Binding("tab", "app.focus_next", "To the lists", id="search.facets",
                tooltip="To passages and facets"),
        Binding("ctrl+s", "keep", "Keep query", id="search.keep",
                tooltip="Keep the query in this briefing; an empty query offers what is kept"),
        Binding("slash", "edit", "Edit query", show=False, id="search.edit",
                tooltip="Back to the query"),
        Binding("escape", "dismiss", "Back", id="search.back", tooltip="Back"),
    ]  # fmt: skip
    AUTO_FOCUS = "#query"

    query_text: var[str] = var("", init=False)
    scope: var[str | None] = var(None, init=False)
    newest: var[bool] = var(default=False, init=False)
    results: var[Results | None] = var(None, init=False)
    offered: var[tuple[Offer, ...]] = var((), init=False)
    choice: var[int] = var(0, init=False)
    limit: var[int] = var(PAGE, init=False)

    class Answered(Message):
        """The library answered a question, and this is how its query may go on."""

        def __init__(
            self, question: Question, results: Results, offered: tuple[Offer, ...]
        ) -> None:
            super().__init__()
            self.question = question
            self.results = results
            self.offered = offered

    class Failed(Message):
        """The library could not answer."""

        def __init__(self, question: Question, error: BriefingError) -> None:
            super().__init__()
            self.question = question
            self.error = error

    def __init__(self, library: Library, wanted: SearchWanted) -> None:
        super().__init__(library, wanted.briefing, wanted.title)
        self._asked: Question | None = None
        self._offered_for = ""
        self.set_reactive(SearchScreen.scope, wanted.briefing)

    def compose(self) -> ComposeResult:
        """Lay out query, answer, passages, facets and keys."""
        yield TitleBar("Search", id="heading")
        yield QueryBox(placeholder=PLACEHOLDER, id="query")
        yield AnswerBar()
        with Horizontal(id="found"):
            yield ResultList(id="results", empty=HOW_TO)
            yield FacetList(id="facets", empty="")
        yield KeyBar()

    def on_mount(self) -> None:
        """Name what is searched."""
        self.query_exactly_one(ResultList).title("Passages")
        self.query_exactly_one(FacetList).title("Narrow by")
        self._head()
        self.look_at_kept()

    def _head(self) -> None:
        where = f"in {self.briefing_title}" if self.scope else "in all briefings"
        self.query_exactly_one(TitleBar).show("Search", where)

    # Asking

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Ask anew where something changed."""
        if self.briefing in message.changed:
            self.look_at_kept()
        if message.changed and self.results is not None:
            self._ask()

    def question(self) -> Question:
        """Return what is asked now."""
        exact = self.query_text.strip() == self.taken
        return Question(self.query_text, self.scope, self.newest, exact, self.limit)

    def watch_query_text(self) -> None:
        """Ask anew."""
        self._ask_from_start()

    def watch_scope(self) -> None:
        """Ask anew."""
        self._head()
        self._ask_from_start()

    def watch_newest(self) -> None:
        """Ask anew."""
        self._ask_from_start()

    @on(LineList.Moved, "#results")
    def go_on(self, message: LineList.Moved) -> None:
        """Ask for more passages where the last of those shown is reached."""
        results, passages = self.results, self.query_exactly_one(ResultList)
        if results and message.item is passages.items[-1] and self.limit < results.total_chunks:
            self.limit += PAGE
            self._ask()

    def _ask_from_start(self) -> None:
        self.set_reactive(SearchScreen.limit, PAGE)
        self._ask()

    def _ask(self) -> None:
        if not self.query_text.strip():
            self.results, self._offered_for = None, self.query_text
            self._offer_kept()
        elif self._asked is None:
            self._asked = self.question()
            self.run_search(self._asked)

    @work(thread=True, group="search")
    def run_search(self, question: Question) -> None:
        """Ask the library: for passages first, since that mends an index that is damaged."""
        text, scope, newest, exact, limit = question
        try:
            order: Literal["date", "rank"] = "date" if newest else "rank"
            results = self.library.search(
                text.strip(), briefing=scope, order=order, typing=not exact, limit=limit
            )
            offered = offers(text, self.library.suggest(text))
        except BriefingError as error:
            self.post_message(self.Failed(question, error))
        else:
            self.post_message(self.Answered(question, results, offered))

    def on_search_screen_answered(self, message: Answered) -> None:
        """Show the answer if it is still asked for."""
        if self._done(message.question):
            self._offered_for = message.question.text
            self.results, self.offered = message.results, message.offered

    def on_search_screen_failed(self, message: Failed) -> None:
        """Say why there is no answer, if it is still asked for."""
        if self._done(message.question):
            query = message.question.text.strip()
            self.results, self.offered = Results(query=query, hint=message.error.message), ()

    def _done(self, question: Question) -> bool:
        """Note that a search is over; ask the latest question if it was another one."""
        self._asked = None
        if question == self.question():
            return True
        self._ask()
        return False

    # Showing

    def watch_results(self) -> None:
        """Show passages, facets and the hint."""
        results = self.results
        passages = self.query_exactly_one(ResultList)
        facets = self.query_exactly_one(FacetList)
        passages.empty = HOW_TO if results is None else _nothing(results)
        # What is gone on with keeps its place.
        cursor = passages.cursor if self.limit > PAGE else 0
        passages.show_results(results or Results(query=""), cursor)
        facets.show_facets(results.facets if results else Results(query="").facets)
        self.watch_fresh()

    def watch_fresh(self) -> None:
        """Tell what the run of a kept query found new, and mark it."""
        fresh = self._fresh_here()
        self.query_exactly_one(ResultList).mark_new(fresh.ids if fresh else ())
        self._show_answer()

    def _fresh_here(self) -> Fresh | None:
        """Return what is new, if the run was of what is asked now."""
        return self.fresh.get(self.query_text.strip()) if self.scope else None

    def _show_answer(self) -> None:
        results, fresh = self.results, self._fresh_here()
        if results is None:
            words, ink, order = KEPT if self.offered else "", "soft", ""
        else:
            words, ink = _answer(results, fresh.words if fresh else "")
            order = "newest first" if self.newest else "best first"
        self.query_exactly_one(AnswerBar).show(words, ink, order)

    def watch_offered(self, before: tuple[Offer, ...], now: tuple[Offer, ...]) -> None:
        """Show how the query may go on, the likeliest chosen."""
        self.set_reactive(SearchScreen.choice, 0)
        self.watch_choice()
        if self.results is None:
            self._show_answer()
        if min(len(before), 2) != min(len(now), 2):
            self.refresh_bindings()

    def watch_choice(self) -> None:
        """Mark the completion that is chosen."""
        self.query_exactly_one(AnswerBar).offer(self.offered, self.choice)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Follow the typing."""
        self.query_text = message.value

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Open what is chosen, or take the suggestion where nothing was found."""
        results = self.results
        if results is not None and not results.groups and results.suggestion:
            self.query_exactly_one(QueryBox).write(results.suggestion)
        else:
            self.action_open()

    @on(LineList.Chosen, "#results")
    def open_result(self, message: LineList.Chosen) -> None:
        """Open the article at the words."""
        row: ResultRow = message.item
        group, hit = row.group, row.hit
        spans = [Found(each.chunk, *span) for each in group.hits for span in each.spans]
        start, end = hit.spans[0] if hit.spans else (hit.snippet.start, hit.snippet.start)
        place = Place(group.article, hit.chunk, start, end)
        label = group.publisher or group.headline or group.article
        self.post_message(ArticleWanted(group.briefing, place, label=label, found=spans))

    @on(LineList.Chosen, "#facets")
    def narrow(self, message: LineList.Chosen) -> None:
        """Add the value to the query, or take it out."""
        box = self.query_exactly_one(QueryBox)
        box.write(narrowed(box.value, message.item))

    def on_answer_bar_picked(self, message: AnswerBar.Picked) -> None:
        """Complete the query so."""
        self._complete(message.number)

    def _complete(self, number: int) -> None:
        """Take an offer, if it still is for what stands in the query."""
        box = self.query_exactly_one(QueryBox)
        if self._offered_for == box.value and number < len(self.offered):
            offer = self.offered[number]
            box.write(offer.query)
            if offer.kept is not None and self.briefing is not None:
                self.taken = offer.query.strip()
                self.run_kept(self.briefing, offer.kept, self.taken)

    def watch_kept(self) -> None:
        """Offer what is kept where nothing is typed."""
        if not self.query_text.strip():
            self._offer_kept()

    def _offer_kept(self) -> None:
        self.offered = offers_of(self.kept) if self.scope else ()

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of the offers to the query where there is nothing to complete."""
        least = {"complete": 1, "other_completion": 2}.get(action, 0)
        if least == 0:
            return super().check_action(action, parameters)
        return len(self.offered) >= least and self.query_exactly_one(QueryBox).at_end

    def action_complete(self) -> None:
        """Complete the query."""
        self._complete(self.choice)

    def action_other_completion(self) -> None:
        """Choose the next completion, after the last the first."""
        self.choice = (self.choice + 1) % len(self.offered)

    def action_open(self) -> None:
        """Open the passage under the cursor."""
        self.query_exactly_one(ResultList).action_choose()

    def action_results(self, direction: str) -> None:
        """Move among the passages while the query keeps the focus."""
        passages = self.query_exactly_one(ResultList)
        if direction == "down":
            passages.action_down()
        else:
            passages.action_up()

    def action_scope(self) -> None:
        """Search all briefings, or the one again."""
        if self.briefing is not None:
            self.scope = None if self.scope else self.briefing

    def action_order(self) -> None:
        """Change the order."""
        self.newest = not self.newest

    def action_keep(self) -> None:
        """Keep the query in the briefing that is searched, or say why not."""
        self.keep(self.scope, self.query_text.strip())

    def action_edit(self) -> None:
        """Go back to the query."""
        self.query_exactly_one(QueryBox).focus()


def _nothing(results: Results) -> str:
    suggestion = f" Press enter to search for: {results.suggestion}" if results.suggestion else ""
    return f"{results.hint or NOTHING}{suggestion}"


def _answer(results: Results, new: str) -> tuple[str, str]:
    """Return the sentence under the query, with what is `new`, and its ink."""
    if not results.groups and results.hint:
        return results.hint, "warning"
    found = counted(results.total_chunks, "passage")
    where = counted(results.total_articles, "article")
    parts = (f"{found} in {where}", new, "enter opens" if results.groups else "", results.hint)
    return " · ".join(part for part in parts if part), "soft"
