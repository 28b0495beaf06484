"""The app: one library, the stack of screens over it, themes and keys."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from briefing.library import Library
from briefing.tui.kit import messages
from briefing.tui.kit.themes import DARK, THEMES, palette
from briefing.tui.library.screen import LibraryScreen
from briefing.tui.shell.background import LOOK_AGAIN, LibraryApp

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.theme import Theme

    from briefing.tui.shell.memory import ReadingMemory


def _provider() -> type[Provider]:
    from briefing.tui.commands import BriefingCommands

    return BriefingCommands


class BriefingApp(LibraryApp):
    """Shows a library: its list first, or the briefing that is named or the only one.

    `crash` is the error that ended it, None where it was left.
    """

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
        memory: ReadingMemory | None = None,
    ) -> None:
        theme = theme or (memory.theme if memory is not None else None)
        # Set before the style sheet is made, which would else be made twice.
        self.set_reactive(App.theme, theme if theme in THEMES else DARK.name)
        super().__init__()
        for each in THEMES.values():
            self.register_theme(each)
        if theme in self.available_themes:
            self.theme = theme
        self.library = library
        self.memory = memory
        self.rows = library.catalog()
        self.crash: Exception | None = None
        self.user_keys = dict(keys or {})
        self._opening = briefing
        if briefing is None and len(self.rows) == 1:
            self._opening = self.rows[0].name

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first error for whoever runs the app, and end it."""
        if self.crash is None:
            failed = error.error if isinstance(error, WorkerFailed) else None
            self.crash = failed if isinstance(failed, Exception) else error
        super()._handle_exception(error)
        # Textual would print each with the values of its variables, which are what was read.
        self._exit_renderables.clear()

    def action_command_palette(self) -> None:
        """Show the palette."""
        from briefing.tui.commands import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

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
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """After the first paint: keep what is there for good, and look for changes."""
        gc.freeze()
        gc.enable()
        self.refresh_library()
        self.set_interval(LOOK_AGAIN, self.look_when_idle)

    def on_briefing_wanted(self, message: messages.BriefingWanted) -> None:
        """Open a briefing."""
        self._open(message.name)

    def _open(self, name: str) -> None:
        from briefing.tui.briefing.screen import BriefingScreen

        self.push_screen(BriefingScreen(self.library, name, memory=self.memory))

    def on_article_wanted(self, message: messages.ArticleWanted) -> None:
        """Open an article on the whole screen."""
        from briefing.tui.reader.screen import ArticleScreen

        self.push_screen(ArticleScreen(self.library, message))

    def on_link_wanted(self, message: messages.LinkWanted) -> None:
        """Open a web address in the browser; say so where there is none or it is no web address."""
        from briefing.tui.shell.links import refusal

        reason = refusal(message.url, message.words)
        if reason is None and message.url is not None:
            self.open_url(message.url)
            self.say(f"Opened in the browser: {message.url}")
        else:
            self.say(reason or "", warning=True)

    def on_search_wanted(self, message: messages.SearchWanted) -> None:
        """Open the search."""
        from briefing.tui.search.screen import SearchScreen

        self.push_screen(SearchScreen(self.library, message))

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from briefing.tui.dialogs.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, self.user_keys))
