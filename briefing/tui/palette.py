"""The command palette: go to a briefing, country or source, run an action, change the theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape

from briefing.compare.voices import country_counts
from briefing.tui.briefing.screen import BriefingScreen
from briefing.tui.kit.messages import BriefingWanted
from briefing.tui.library.catalog_list import matching
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether the action is possible: not in a list that has no room."""
        if action == "command_list" and not self.query_one(CommandList).scrollable_content_region:
            return False
        return super().check_action(action, parameters)


class BriefingCommands(Provider):
    """Finds commands by their words."""

    @property
    def _app(self) -> BriefingApp:
        return cast("BriefingApp", self.app)

    async def discover(self) -> Hits:
        """Offer what can be done here, then where one can go in this briefing, then themes."""
        for command in (*self._actions(), *self._in_briefing(), *self._themes()):
            yield DiscoveryHit(
                cast("str", Content(command.words)),
                command.run,
                command.words,
                escape(command.help),
            )

    async def search(self, query: str) -> Hits:
        """Offer the commands that match `query`, best first."""
        matcher = self.matcher(query)
        commands = (*self._actions(), *self._in_briefing(), *self._themes())
        for command in (*commands, *self._briefings(query)):
            score = matcher.match(command.words)
            if score > 0:
                highlighted = matcher.highlight(command.words)
                yield Hit(score, highlighted, command.run, command.words, escape(command.help))

    def _actions(self) -> Iterable[Command]:
        """Yield the actions that have a key here."""
        seen = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            listed = binding.show and binding.action not in seen and enabled
            if listed and binding.id not in {"app.palette", None}:
                seen.add(binding.action)
                run = partial(self.app.run_action, binding.action, node)
                key = self.app.get_key_display(binding)
                yield Command(binding.description, f"{binding.tooltip} ({key})", run)

    def _in_briefing(self) -> Iterable[Command]:
        """Yield the countries and sources of the briefing on the screen."""
        screen = self.screen
        if not isinstance(screen, BriefingScreen) or screen.panels is None:
            return
        for row in screen.panels.countries:
            words = f"Country: {one_line(row.name)}"
            run = partial(screen.go_to_country, row.code)
            yield Command(words, country_counts(row), run)
        for source in screen.panels.sources:
            words = f"Source: {one_line(source.label)}"
            run = partial(screen.go_to_source, source.article)
            yield Command(words, one_line(source.headline or ""), run)

    def _briefings(self, query: str) -> Iterable[Command]:
        """Yield the first briefings that hold all words of the query."""
        for row in matching(self._app.rows, query)[:MOST_BRIEFINGS]:
            words = f"Briefing: {one_line(row.title)}"
            run = partial(self.app.post_message, BriefingWanted(row.name))
            yield Command(words, one_line(row.question or ""), run)

    def _themes(self) -> Iterable[Command]:
        for name in self.app.available_themes:
            run = partial(setattr, self.app, "theme", name)
            yield Command(f"Theme: {name}", "Change the colours", run)
