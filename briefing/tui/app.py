"""The app: one library, the stack of screens over it, themes, keys, and the background refresh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.search.results import CatalogRow
from briefing.tui import messages
from briefing.tui.screens.library import LibraryScreen
from briefing.tui.themes import DARK, THEMES, palette
from briefing.visible import visible

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.theme import Theme


def _provider() -> type[Provider]:
    from briefing.tui.commands import BriefingCommands

    return BriefingCommands


class BriefingApp(App[None]):
    """Shows a library; `rows` is its catalog as last known."""

    TITLE = "briefing"
    CSS_PATH = Path(__file__).with_name("briefing.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    COMMANDS = {_provider}  # noqa: RUF012 - Textual's own declaration
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", key_display="?", id="app.help",
                tooltip="What every key does here"),
        Binding("ctrl+p", "command_palette", "Palette", id="app.palette", priority=True,
                tooltip="Go to a briefing, country or source; change the theme"),
        Binding("q", "quit", "Quit", id="app.quit", tooltip="Leave the app"),
    ]  # fmt: skip

    def __init__(
        self,
        library: Library,
        *,
        briefing: str | None = None,
        keys: Mapping[str, str] | None = None,
        theme: str | None = None,
    ) -> None:
        # Set before the style sheet is made, which would else be made twice.
        self.set_reactive(App.theme, theme if theme in THEMES else DARK.name)
        super().__init__()
        for each in THEMES.values():
            self.register_theme(each)
        if theme in self.available_themes:
            self.theme = theme
        self.library = library
        self.rows: Sequence[CatalogRow] = library.catalog()
        self.user_keys = dict(keys or {})
        self._opening = briefing
        if briefing is None and len(self.rows) == 1:
            self._opening = self.rows[0].name

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return one of our themes, or one that is registered."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let the style sheet use every ink and ground, whatever the theme."""
        return palette(self)

    def get_default_screen(self) -> Screen[object]:
        """Return the library list: every other screen lies over it."""
        return LibraryScreen(self.library.name, str(self.library.root), self.rows)

    def on_mount(self) -> None:
        """Apply the user's keys, open what was named, and look for changes behind the paint."""
        if self.user_keys:
            self.set_keymap(self.user_keys)
        if self._opening is not None:
            self._open(self._opening)
        self.call_after_refresh(self.refresh_library)

    @work(thread=True, exclusive=True, group="refresh")
    def refresh_library(self) -> None:
        """Bring the index up to date in the background and tell what changed."""

        def tell(done: int, total: int, _: str) -> None:
            self.post_message(messages.RefreshProgress(done, total))

        try:
            refreshed = self.library.refresh(tell)
            rows = self.library.catalog()
        except BriefingError as error:
            self.post_message(messages.RefreshFailed(str(error)))
        else:
            self.post_message(messages.LibraryRefreshed(rows, refreshed))

    def on_refresh_progress(self, message: messages.RefreshProgress) -> None:
        """Tell the screen how far the refresh is."""
        self.screen.post_message(
            messages.RefreshNews(f"reading {message.done:,} of {message.total:,}")
        )

    def on_library_refreshed(self, message: messages.LibraryRefreshed) -> None:
        """Hand the new catalog to all screens; a first briefing that is the only one opens."""
        refreshed, was_empty = message.refreshed, not self.rows
        self.rows = message.rows
        changed = frozenset(refreshed.changed) | frozenset(refreshed.removed)
        for screen in self.screen_stack:
            screen.post_message(messages.CatalogNews(self.rows, changed))
            screen.post_message(messages.RefreshNews(""))
        if refreshed.rebuilt:
            self.say(refreshed.rebuilt)
        if was_empty and len(self.rows) == 1 and len(self.screen_stack) == 1:
            self._open(self.rows[0].name)

    def on_refresh_failed(self, message: messages.RefreshFailed) -> None:
        """Say that the index is as it was, and why."""
        self.screen.post_message(messages.RefreshNews(""))
        self.say(message.message, warning=True)

    def on_briefing_wanted(self, message: messages.BriefingWanted) -> None:
        """Open a briefing."""
        self._open(message.name)

    def _open(self, name: str) -> None:
        from briefing.tui.screens.briefing import BriefingScreen

        self.push_screen(BriefingScreen(self.library, name))

    def on_article_wanted(self, message: messages.ArticleWanted) -> None:
        """Open an article on the whole screen."""
        from briefing.tui.screens.article import ArticleScreen

        self.push_screen(ArticleScreen(self.library, message))

    def on_link_wanted(self, message: messages.LinkWanted) -> None:
        """Open a web address in the browser; say so where there is none or it is no web address."""
        from briefing.tui.links import refusal

        reason = refusal(message.url, message.words)
        if reason is None and message.url is not None:
            self.open_url(message.url)
            self.say(f"Opened in the browser: {message.url}")
        else:
            self.say(reason or "", warning=True)

    def on_search_wanted(self, message: messages.SearchWanted) -> None:
        """Open the search."""
        from briefing.tui.screens.search import SearchScreen

        self.push_screen(SearchScreen(self.library, message.briefing))

    def say(self, words: str, *, warning: bool = False) -> None:
        """Show a sentence for some seconds; never read as markup."""
        severity = "warning" if warning else "information"
        self.notify(visible(words), severity=severity, markup=False, timeout=6)  # type: ignore[arg-type]

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from briefing.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, self.user_keys))
