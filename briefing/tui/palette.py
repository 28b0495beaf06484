"""The command palette: go to anybody and anything, run an action, change a setting."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape
from textual.widgets import Input

from briefing.compare.panels import Panels
from briefing.compare.persons import list_people
from briefing.compare.standing_words import country_counts
from briefing.model import Place
from briefing.paths import config_path
from briefing.search.results import CatalogRow
from briefing.tui.briefing.screen import BriefingScreen
from briefing.tui.correcting.screen import CorrectingScreen
from briefing.tui.kit.actions import open_at_once, say
from briefing.tui.kit.inputs import LONGEST, HiddenAsSigns
from briefing.tui.kit.messages import BriefingWanted, SearchWanted
from briefing.tui.kit.quiet_screen import WholeScreen
from briefing.tui.kit.themes import PREFIX, THEMES
from briefing.tui.library_screen import haystack
from briefing.tui.shell.own_programs import edit_outside, page_outside
from briefing.visible import one_line
from briefing.wording import counted

if TYPE_CHECKING:
    from textual.css.styles import RenderStyles

    from briefing.tui.app import BriefingApp

MOST = 12
"""The most places of a kind that are offered."""


Command: TypeAlias = tuple[str, str, Callable[[], object]]
"""A line of the palette: its words, its help, and what it does."""


class Goal(NamedTuple):
    """A place to go to: its kind, its words and help, what is looked for in it, and itself."""

    kind: str
    words: str
    help: str
    key: str
    target: str | Place | None


class Palette(CommandPalette, WholeScreen[None]):
    """Textual's own palette, which would fail on some keys where its list has no room."""

    def on_mount(self) -> None:
        """Show what is pasted with signs for what a terminal would obey."""
        line = self.query_one(Input)
        line.highlighter, line.max_length = HiddenAsSigns(), LONGEST

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: not in a list that has no room."""
        lists = self.query(CommandList)
        if action == "command_list" and not any(each.scrollable_content_region for each in lists):
            return False
        return super().check_action(action, parameters)

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return plain styles once it is closed: a search for commands may end after it."""
        try:
            return super().get_component_styles(*names)
        except KeyError:
            return self.styles

    def _watch__list_visible(self) -> None:
        """Show or hide the list, unless it is gone: see above."""
        if self.query(CommandList):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        """Show or hide that a search goes on, unless what shows it is gone: see above."""
        if self.query(CommandList):
            await super()._watch__show_busy()


class BriefingCommands(Provider):
    """Finds actions and settings by their words."""

    def _here(self, *, hidden: bool) -> Iterator[Command]:
        """Yield the actions of the screen, what can be done with its article, and the settings.

        `hidden` is whether to yield those, too, that no foot shows.
        """
        yield from self._actions(hidden=hidden)
        yield from self._article()
        yield from self._settings()
        welcome = partial(self.app.run_action, "app.welcome")
        yield "Welcome", "What this is, and how to begin", welcome

    async def discover(self) -> Hits:
        """Offer what can be done here."""
        for words, help_text, run in self._here(hidden=False):
            yield DiscoveryHit(cast("str", Content(words)), run, words, escape(help_text))

    async def search(self, query: str) -> Hits:
        """Offer the commands that match `query`, best first."""
        matcher = self.matcher(query)
        for words, help_text, run in self._here(hidden=True):
            score, offsets = matcher.fuzzy_search.match(query, words)
            if score > 0:
                yield Hit(score, _highlighted(words, offsets), run, words, escape(help_text))
        words = f"Search all articles for: {one_line(query)}"
        run = partial(open_at_once, self.app, SearchWanted(query=query))
        yield Hit(0.01, Content(words), run, words, "Their words, and fields such as country:GB")

    def _actions(self, *, hidden: bool) -> Iterator[Command]:
        """Yield all that has a key here, but the moves in a list."""
        seen = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            own = binding.id is not None and not binding.id.startswith("list.")
            own = own and (hidden or binding.show)
            if own and enabled and binding.action not in seen and binding.id != "app.palette":
                seen.add(binding.action)
                run = partial(self.app.run_action, binding.action, node)
                key = self.app.get_key_display(binding)
                words = binding.description or binding.tooltip
                yield words, f"{binding.tooltip} ({key})", run

    def _article(self) -> Iterator[Command]:
        screen = self.screen
        place = screen.here() if isinstance(screen, CorrectingScreen) else None
        if place is not None and isinstance(screen, CorrectingScreen):
            where = f"{screen.briefing}/{place.article}"
            for words, name, run in (
                ("Edit in your editor", "edit", edit_outside),
                ("Read in your pager", "show", page_outside),
            ):
                act = partial(run, self.app, screen.library.root, where)
                yield words, f"briefing {name} {one_line(where)}", act

    def _settings(self) -> Iterator[Command]:
        if self.app.no_color:
            words = "NO_COLOR is set: start without it to choose a theme."
            yield "Theme", words, partial(say, self.app, words)
        for name in () if self.app.no_color else THEMES:
            run = partial(setattr, self.app, "theme", name)
            yield f"Theme: {name.removeprefix(PREFIX)}", "Change the colours", run
        where = f"Keys of your own, theme and library are set in {config_path()}"
        yield "Settings file", where, partial(say, self.app, where)


class PlaceCommands(Provider):
    """Finds briefings, and the countries, people, sources and articles of the one being read."""

    _goals: Sequence[Goal] = ()
    _home: BriefingScreen | None = None

    async def startup(self) -> None:
        """Gather the places in a thread: there may be tens of thousands."""
        stack = [each for each in self.app.screen_stack if isinstance(each, BriefingScreen)]
        self._home = stack[-1] if stack else None
        panels = self._home.panels if self._home is not None else None
        rows = cast("BriefingApp", self.app).rows
        self._goals = await asyncio.to_thread(gather_goals, rows, panels)

    async def discover(self) -> Hits:
        """Offer the countries of the briefing."""
        for goal in [each for each in self._goals if each.kind == "Country"][:MOST]:
            words = f"{goal.kind}: {goal.words}"
            run = partial(self._go, goal)
            yield DiscoveryHit(cast("str", Content(words)), run, words, escape(goal.help))

    async def search(self, query: str) -> Hits:
        """Offer the first places of each kind that hold all words of the query."""
        matcher = self.matcher(query)
        wanted, offered = query.casefold().split(), Counter[str]()
        for number, goal in enumerate(self._goals):
            if number % 1000 == 0:
                await asyncio.sleep(0)  # Keys come first.
            if offered[goal.kind] < MOST and all(word in goal.key for word in wanted):
                offered[goal.kind] += 1
                words = f"{goal.kind}: {goal.words}"
                score, offsets = matcher.fuzzy_search.match(query, words)
                # What is found in the help only comes last.
                shown = _highlighted(words, offsets if score else ())
                yield Hit(score or 0.02, shown, partial(self._go, goal), words, escape(goal.help))

    async def _go(self, goal: Goal) -> None:
        """Go there, leaving the screens that lie over the briefing."""
        home, target = self._home, goal.target
        if goal.kind == "Briefing":
            open_at_once(self.app, BriefingWanted(str(target)))
        elif home is not None and home in self.app.screen_stack:
            while self.app.screen is not home:
                await self.app.pop_screen()
            home.go_to(target)


def gather_goals(rows: Sequence[CatalogRow], panels: Panels | None) -> Sequence[Goal]:
    """Return all that one can go to, in a library and a briefing, the nearest kinds first."""
    goals = list(_goals_in(panels)) if panels is not None else []
    for row in rows:
        words, help_text = one_line(row.title), one_line(row.question or "")
        goals.append(Goal("Briefing", words, help_text, f"briefing: {haystack(row)}", row.name))
    return goals


def _goals_in(panels: Panels) -> Iterator[Goal]:
    for row in panels.countries:
        yield _goal("Country", row.name, country_counts(row), row.code)
    statements = {row.key: row for row in (*panels.quotes, *panels.paraphrases)}
    for person in list_people(panels):
        first = statements[person.statements[0]]
        if person.name is not None:
            roles = [role.role for role in person.roles[-1:]]
            said = counted(person.quotes + person.paraphrases, "statement")
            help_text = " · ".join(filter(None, (person.country, *roles, said)))
            yield _goal("Speaker", person.name, help_text, first.place)
    for source in panels.sources:
        place, headline = Place(source.article), source.headline or ""
        yield _goal("Source", source.label, headline, place)
        if headline:
            yield _goal("Article", headline, source.label, place)


def _goal(kind: str, words: str, help_text: str, target: str | Place | None) -> Goal:
    shown = one_line(words), one_line(help_text)
    return Goal(kind, *shown, f"{kind}: {shown[0]}\n{shown[1]}".casefold(), target)


def _highlighted(words: str, offsets: Iterable[int]) -> Content:
    """Return words with what was typed underlined; Textual's own takes them for markup."""
    shown = Content(words)
    for offset in offsets:
        shown = shown.stylize("underline", offset, offset + 1)
    return shown
