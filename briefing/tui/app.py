"""The app: one library, the stack of screens over it, themes and keys."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from briefing.library import Library
from briefing.search.results import CatalogRow
from briefing.tui.kit import messages
from briefing.tui.kit.actions import in_words, say
from briefing.tui.kit.quiet_screen import NARROW, QuietScreen
from briefing.tui.kit.themes import TERMINAL, THEMES, palette, theme_named
from briefing.tui.library.screen import LibraryScreen
from briefing.tui.shell.background import LOOK_AGAIN, BackgroundRefresh
from briefing.tui.shell.hand import Hand

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.driver import Driver
    from textual.theme import Theme

    from briefing.tui.shell.memory import ReadingMemory

NEW_OBJECTS = 50_000
"""How many objects are made between two searches for unreachable ones; a key makes thousands."""


def _commands() -> type[Provider]:
    from briefing.tui.palette import BriefingCommands

    return BriefingCommands


def _places() -> type[Provider]:
    from briefing.tui.palette import PlaceCommands

    return PlaceCommands


class BriefingApp(App[None]):
    """Shows a library: its list first, or the briefing that is named or the only one.

    `rows` is the catalog as last known; `crash` is the error that ended the app, or None, and
    `ended_by` the signal that did.
    """

    TITLE = "briefing"
    CSS_PATH = Path(__file__).with_name("briefing.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    COMMANDS = {_commands, _places}  # noqa: RUF012 - Textual's own declaration
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", id="app.help",
                tooltip="Show what every key and sign here means"),
        Binding("ctrl+p", "command_palette", "Palette", id="app.palette", priority=True,
                tooltip="Go to anybody and anything; do anything; change settings"),
        Binding("q", "quit", "Quit", id="app.quit", tooltip="Quit the app"),
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
        # Without colours, rows and marks are told apart as they are in the terminal's own.
        theme = TERMINAL if "NO_COLOR" in os.environ else theme_named(theme)
        # Set before the style sheet is built, to build it only once.
        self.set_reactive(App.theme, theme)
        super().__init__()
        for each in THEMES.values():
            self.register_theme(each)
        self.library = library
        self.refresher = BackgroundRefresh(self, library)
        self.hand = Hand(self, library)
        self._aimed: WeakKeyDictionary[events.Key, Widget | None] = WeakKeyDictionary()
        self.memory = memory
        self.rows: Sequence[CatalogRow] = library.catalog()
        self.crash: Exception | None = None
        self.ended_by: signal.Signals | None = None
        self.user_keys = dict(keys or {})
        self._opening = briefing
        if briefing is None and len(self.rows) == 1:
            self._opening = self.rows[0].name

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first error for the caller of `run`, and end the app."""
        if self.crash is None:
            failed = error.error if isinstance(error, WorkerFailed) else None
            self.crash = failed if isinstance(failed, Exception) else error
        super()._handle_exception(error)
        self._exit_renderables.clear()

    def _fatal_error(self) -> None:
        """End the app; Textual draws, for minutes, the values of variables, which hold texts."""
        self._close_messages_no_wait()

    def get_driver_class(self) -> type[Driver]:
        """Return the driver of the platform; ours for a POSIX terminal."""
        own = super().get_driver_class()
        if own.__name__ != "LinuxDriver":
            return own
        from briefing.tui.shell.terminal import Terminal

        return Terminal

    def action_command_palette(self) -> None:
        """Show the palette."""
        from briefing.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return one of our themes, or one that is registered."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return every ink and ground of the theme for the style sheet."""
        return palette(self)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return no filter for the terminal's colours: a theme has only its own, or only those."""
        filters = super().get_line_filters()
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def get_default_screen(self) -> Screen[object]:
        """Return the library list, over which all other screens open."""
        name, place, covered = self.library.name, str(self.library.root), self._opening is not None
        return LibraryScreen(name, place, self.rows, self.memory, covered=covered)

    async def on_event(self, event: events.Event) -> None:
        """Note when the person pressed a key or the mouse."""
        if isinstance(event, events.InputEvent):
            self.refresher.touch()
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._aimed[event] = self.screen.focused
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Let a key that came before a line had the focus be typed there, in its turn."""
        focused = self.screen.focused
        late = focused is not self._aimed.get(event, focused)
        if late and focused is not None and focused.check_consume_key("a", "a"):
            event.prevent_default()
            self.post_message(events.Key(event.key, event.character))

    def on_mount(self) -> None:
        """Apply the user's keys, open what was named, and refresh after the first paint."""
        self._hear_signals()
        if self.user_keys:
            self.set_keymap(self.user_keys)
        if self._opening is not None:
            self._open(self._opening)
        if self.library.is_sample and self.memory is not None and not self.memory.is_welcomed:
            self.action_welcome()
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self.call_after_refresh(self._settle)

    def _hear_signals(self) -> None:
        """Let what ends a process end the app as a key would, so that the terminal is put back."""
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
            # Windows lacks some and a loop that hears them; only the first thread has them at all.
            with contextlib.suppress(KeyError, NotImplementedError, RuntimeError, ValueError):
                heard = signal.Signals[name]
                asyncio.get_running_loop().add_signal_handler(heard, self.end_by, heard)

    def end_by(self, heard: signal.Signals) -> None:
        """End the app as a signal would."""
        self.ended_by = heard
        self.exit()

    def _settle(self) -> None:
        """After the first paint: collect garbage again, and look for changes."""
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS)
        gc.enable()
        self.refresher.start()
        self.set_interval(LOOK_AGAIN, self.refresher.look_when_idle)

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave without waiting for a refresh."""
        self.refresher.stop()
        super().exit(*args, **options)

    # The background refresh

    def on_app_focus(self) -> None:
        """Look for changes: something may have been added in another window."""
        self.refresher.look_again()

    def on_refresh_progress(self, message: messages.RefreshProgress) -> None:
        """Show the progress of the refresh, and the briefings it has read."""
        words = f"reading {message.done:,} of {message.total:,}"
        self.screen.post_message(messages.RefreshNews(words))
        if message.rows is not None:
            self._publish(message.rows, frozenset())

    def on_library_refreshed(self, message: messages.LibraryRefreshed) -> None:
        """Pass the new catalog to all screens; open a first briefing that is the only one."""
        refreshed, was_empty = message.refreshed, not self.rows
        # Another process may have indexed its own changes: then only the catalog shows them.
        others = {row.name for row in set(self.rows) ^ set(message.rows)}
        self.rows = message.rows
        self._publish(self.rows, frozenset({*refreshed.changed, *refreshed.removed, *others}))
        for screen in self.screen_stack:
            screen.post_message(messages.RefreshNews(""))
        if refreshed.rebuilt:
            say(self, refreshed.rebuilt)
        if was_empty and len(self.rows) == 1 and len(self.screen_stack) == 1:
            self._open(self.rows[0].name)

    def _publish(self, rows: Sequence[CatalogRow], changed: frozenset[str]) -> None:
        for screen in self.screen_stack:
            screen.post_message(messages.CatalogNews(rows, changed))

    def on_refresh_failed(self, message: messages.RefreshFailed) -> None:
        """Say why the index could not be updated."""
        self.screen.post_message(messages.RefreshNews(""))
        say(self, message.reason, warning=True)

    # Adding

    def on_add_wanted(self, message: messages.AddWanted) -> None:
        """Ask for documents and add them in the background."""
        from briefing.tui.dialogs.add import AddScreen, Documents
        from briefing.tui.shell.add_behind import add_behind

        def go_on(wanted: Documents | None) -> None:
            if wanted is not None:
                add_behind(self, self.library, wanted.inputs, wanted.to)

        self.push_screen(AddScreen(self.rows, message.briefing, message.text), go_on)

    def on_paste(self, event: events.Paste) -> None:
        """Offer to add an article that is pasted where nothing is typed."""
        from briefing.tui.dialogs.add import is_article

        if not self.screen.is_modal and is_article(event.text):
            briefing = getattr(self.screen, "briefing", None)
            self.post_message(messages.AddWanted(briefing, event.text))

    def on_add_progress(self, message: messages.AddProgress) -> None:
        """Show how far it has come on every screen."""
        for screen in self.screen_stack:
            screen.post_message(messages.RefreshNews(message.words))

    def on_documents_added(self, message: messages.DocumentsAdded) -> None:
        """Say what was added, and show it."""
        from briefing.library.reports import Refreshed
        from briefing.tui.shell.add_behind import added_words

        report, titles = message.report, {row.name: row.title for row in message.rows}
        touched = {item.briefing for item in report.added}
        refreshed = Refreshed(changed=tuple(touched))
        self.on_library_refreshed(messages.LibraryRefreshed(message.rows, refreshed))
        failed = bool(report.failures or report.unindexed)
        words = added_words(report, titles)
        say(self, words, warning=True) if failed else self._tell(words)

    def _tell(self, words: str) -> None:
        """Tell what was done, at the foot of a screen that has room for it there."""
        screen = self.screen
        screen.tell(words) if isinstance(screen, QuietScreen) else say(self, words)

    # The analyst's hand

    def on_corrected(self, message: messages.Corrected) -> None:
        """Say what was done and how it is undone; only the last such notice stays."""
        done = message.done
        if done.unindexed is not None:
            say(self, f"{done.done} {done.unindexed}", warning=True)
        elif not message.quiet:
            words = f"{done.done}{' u undoes it.' if done.undo is not None else ''}"
            self._tell(words)

    def on_correction_failed(self, message: messages.CorrectionFailed) -> None:
        """Say why nothing was stored, or ask again with what was typed."""
        words = in_words(message.error)
        if message.again is not None:
            message.again(words)
        else:
            say(self, words, warning=True)

    async def on_library_wanted(self, message: messages.LibraryWanted) -> None:
        """Go on in another library, as if the app had been started there."""
        from briefing.tui.shell.memory import ReadingMemory

        self.refresher.stop()
        library = Library.open(message.root)
        self.library, self.rows = library, library.catalog()
        self.refresher, self.hand = BackgroundRefresh(self, library), Hand(self, library)
        if self.memory is not None:
            self.memory = ReadingMemory(library.root)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if isinstance(self.screen, LibraryScreen):
            self.screen.go_to(library.name, str(library.root), self.rows, self.memory)
        if message.briefing is not None:
            self._open(message.briefing)
        say(self, f"This is your own copy now: {library.root}")

    # The reading state

    def _remember_theme(self, theme: Theme) -> None:
        if self.memory is not None:
            self.memory.note_theme(theme.name)
            self._save_memory()

    def on_reading_left(self, message: messages.ReadingLeft) -> None:
        """Go on at the place on the other screens of the briefing, and save the reading state."""
        if message.place is not None:
            for screen in self.screen_stack:
                screen.post_message(messages.PlaceNews(message))
        self._save_memory()

    def _save_memory(self) -> None:
        if self.memory is not None:
            self.run_worker(self.memory.save, thread=True, group="memory")

    async def on_unmount(self) -> None:
        """Save the reading state when the app ends; its workers have ended by then."""
        if self.memory is not None:
            await asyncio.to_thread(self.memory.save)

    # Screens

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that are seen below another: none below one that covers all.

        For the one below Textual would else repaint the whole screen whenever that has news.
        """
        return super()._background_screens if self.screen.styles.background.a < 1 else []

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen on top; the last stays, as when a click on `Back` comes twice."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def on_briefing_wanted(self, message: messages.BriefingWanted) -> None:
        """Open a briefing."""
        self._open(message.name)

    def _open(self, name: str) -> None:
        from briefing.tui.briefing.screen import BriefingScreen

        self.push_screen(BriefingScreen(self.library, name, memory=self.memory))

    def on_article_wanted(self, message: messages.ArticleWanted) -> None:
        """Open an article on the whole screen."""
        from briefing.tui.reader.screen import ArticleScreen

        self.push_screen(ArticleScreen(self.library, message, self.memory))

    def on_link_wanted(self, message: messages.LinkWanted) -> None:
        """Open a web address in the browser, or say why it is not opened."""
        from briefing.tui.shell.links import refusal

        reason = refusal(message.url, message.words)
        if reason is None and message.url is not None:
            self.open_url(message.url)
        else:
            say(self, reason or "", warning=True)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a web address: in the browser that shows the app, or in the user's own."""
        if self.is_web:
            super().open_url(url, new_tab=new_tab)
        else:
            from briefing.tui.shell.own_programs import browse_outside

            browse_outside(self, url)

    def on_search_wanted(self, message: messages.SearchWanted) -> None:
        """Open the search."""
        from briefing.tui.search.screen import SearchScreen

        titles = {row.name: row.title for row in self.rows}
        self.push_screen(SearchScreen(self.library, message, titles))

    def on_compare_wanted(self, message: messages.CompareWanted) -> None:
        """Open the comparison."""
        from briefing.tui.compare.screen import CompareScreen

        self.push_screen(
            CompareScreen(self.library, message.panels, message.country, message.article)
        )

    def on_person_wanted(self, message: messages.PersonWanted) -> None:
        """Open what a person says."""
        from briefing.tui.people.screen import PeopleScreen

        self.push_screen(PeopleScreen(self.library, message))

    def on_matrix_wanted(self, message: messages.MatrixWanted) -> None:
        """Open the matrix of positions."""
        from briefing.tui.matrix.screen import MatrixScreen

        self.push_screen(MatrixScreen(self.library, message))

    def on_trace_wanted(self, message: messages.TraceWanted) -> None:
        """Open origins, concordance, changes or gaps."""
        from briefing.tui.tracing.screen import TraceScreen

        self.push_screen(TraceScreen(self.library, message))

    def on_export_wanted(self, message: messages.ExportWanted) -> None:
        """Open the export dialog."""
        from briefing.tui.dialogs.export import ExportScreen

        self.push_screen(ExportScreen(self.library, message.panels, message.country))

    def action_welcome(self) -> None:
        """Show the first page, and remember when it was read."""
        from briefing.tui.dialogs.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(), self._welcomed)

    def _welcomed(self, _: bool | None) -> None:  # noqa: FBT001 - Textual hands it over
        if self.memory is not None:
            self.memory.note_welcomed()
            self._save_memory()

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from briefing.tui.dialogs.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, self.user_keys))
