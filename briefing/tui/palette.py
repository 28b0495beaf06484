"""The command palette: go to a briefing, country or source, run an action, change the theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape
from textual.widgets import Input

from briefing.compare.standing_words import country_counts
from briefing.tui.briefing.screen import BriefingScreen
from briefing.tui.correcting.screen import CorrectingScreen
from briefing.tui.kit.inputs import HiddenAsSigns
from briefing.tui.kit.messages import BriefingWanted
from briefing.tui.kit.themes import PREFIX, THEMES
from briefing.tui.library.catalog_list import matching
from briefing.tui.shell.own_editor import edit_outside
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.tui.app import BriefingApp

MOST_BRIEFINGS = 20


class Command(NamedTuple):
    """A line of the palette."""

    words: str
    help: str
    run: Callable[[], object]


class Palette(CommandPalette):
    """Textual's own palette, which would fail on some keys where its list has no room."""

    def on_mount(self) -> None:
        """Show what is pasted with signs for what a terminal would obey."""
        self.query_one(Input).highlighter = HiddenAsSigns()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: not in a list that has no room."""
        if action == "command_list" and not self.query_one(CommandList).scrollable_content_region:
            return False
        return super().check_action(action, parameters)


class BriefingCommands(Provider):
    """Finds commands by their words."""

    @property
    def _app(self) -> BriefingApp:
        return cast("BriefingApp", self.app)

    def _here(self) -> Iterator[Command]:
        """Yield the actions of the screen, the places in its briefing, and the themes."""
        yield from self._actions()
        yield from self._in_briefing()
        yield from self._article()
        yield from self._themes()
        yield Command("Welcome", "What this is, and how to begin", self._app.action_welcome)

    async def discover(self) -> Hits:
        """Offer what can be done here."""
        for words, help_text, run in self._here():
            yield DiscoveryHit(cast("str", Content(words)), run, words, escape(help_text))

    async def search(self, query: str) -> Hits:
        """Offer the commands that match `query`, best first."""
        matcher = self.matcher(query)
        for words, help_text, run in (*self._here(), *self._briefings(query)):
            score, offsets = matcher.fuzzy_search.match(query, words)
            if score > 0:
                yield Hit(score, _highlighted(words, offsets), run, words, escape(help_text))

    def _actions(self) -> Iterator[Command]:
        """Yield the actions that have a key here."""
        seen = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            listed = binding.show and binding.action not in seen and enabled
            if listed and binding.id not in {"app.palette", None}:
                seen.add(binding.action)
                run = partial(self.app.run_action, binding.action, node)
                key = self.app.get_key_display(binding)
                yield Command(binding.description, f"{binding.tooltip} ({key})", run)

    def _in_briefing(self) -> Iterator[Command]:
        """Yield the countries and sources of the briefing on the screen."""
        screen = self.screen
        if not isinstance(screen, BriefingScreen) or screen.panels is None:
            return
        for row in screen.panels.countries:
            go = partial(screen.go_to_country, row.code)
            yield Command(f"Country: {one_line(row.name)}", country_counts(row), go)
        for source in screen.panels.sources:
            words, headline = f"Source: {one_line(source.label)}", one_line(source.headline or "")
            yield Command(words, headline, partial(screen.go_to_source, source.article))

    def _article(self) -> Iterator[Command]:
        """Yield what can be done with the article that is read."""
        screen = self.screen
        place = screen.here() if isinstance(screen, CorrectingScreen) else None
        if place is not None and isinstance(screen, CorrectingScreen):
            where = f"{screen.briefing}/{place.article}"
            run = partial(edit_outside, self.app, screen.library.root, where)
            yield Command("Edit in your editor", f"briefing edit {one_line(where)}", run)

    def _briefings(self, query: str) -> Iterator[Command]:
        """Yield the first briefings that hold all words of the query."""
        for row in matching(self._app.rows, query)[:MOST_BRIEFINGS]:
            words = f"Briefing: {one_line(row.title)}"
            run = partial(self.app.post_message, BriefingWanted(row.name))
            yield Command(words, one_line(row.question or ""), run)

    def _themes(self) -> Iterator[Command]:
        for name in () if self.app.no_color else THEMES:
            run = partial(setattr, self.app, "theme", name)
            yield Command(f"Theme: {name.removeprefix(PREFIX)}", "Change the colours", run)


def _highlighted(words: str, offsets: Iterable[int]) -> Content:
    """Return words with what was typed underlined; Textual's own takes them for markup."""
    shown = Content(words)
    for offset in offsets:
        shown = shown.stylize("underline", offset, offset + 1)
    return shown
