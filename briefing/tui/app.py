"""The app: one library, the stack of screens over it, themes and keys."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual import events, on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.search.results import CatalogRow
from briefing.tui.kit import messages
from briefing.tui.kit.actions import in_words, say
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.quiet_screen import NARROW, TALL, QuietScreen, SwiftScreen, WholeScreen
from briefing.tui.kit.themes import TERMINAL, THEMES, theme_named
from briefing.tui.library_screen import LibraryScreen
from briefing.tui.shell.background import LOOK_AGAIN, BackgroundRefresh, Hand

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.command import Provider
    from textual.driver import Driver
    from textual.message import Message
    from textual.theme import Theme

    from briefing.library.reports import AddReport, Done, Refreshed
    from briefing.tui.shell.memory import ReadingMemory

NEW_OBJECTS, SEARCHES = 10_000, 50
"""How many objects more there are at a search for unreachable ones, which a key bears, and how many
searches there are before one that looks at what they left, which a pause bears sooner."""

PATIENCE = 1.0
"""Seconds for which keys wait at most for one before them that may leave a line."""

SCREENS: Mapping[type[messages.ScreenWanted] | str, tuple[str, str]] = {
    messages.BriefingWanted: ("briefing.screen", "BriefingScreen"),
    messages.SearchWanted: ("search.screen", "SearchScreen"),
    messages.ArticleWanted: ("reader.screen", "ArticleScreen"),
    messages.TraceWanted: ("tracing_screen", "TraceScreen"),
    "matrix": ("matrix_screen", "MatrixScreen"),
    messages.PersonWanted: ("people_screen", "PeopleScreen"),
    "compare": ("compare_screen", "CompareScreen"),
    "export": ("dialogs.export", "ExportScreen"),
}
"""The module and class of each screen, those that are opened most before the others."""
DIALOGS = ("dialogs.help", "palette", "dialogs.add")


def _load_screens() -> None:
    """Load every screen where nobody waits for it: none but the first is loaded at the start."""
    for room in (*DIALOGS, *(room for room, _ in SCREENS.values())):
        import_module(f"briefing.tui.{room}")


def _is_line(widget: Widget | None) -> bool:
    """Whether it is one to type in."""
    return widget is not None and widget.check_consume_key("a", "a")


def _provider(name: str) -> type[Provider]:
    found: type[Provider] = getattr(import_module("briefing.tui.palette"), name)
    return found


class BriefingApp(App[None]):
    """Shows a library: its list first, or the briefing that is named or the only one.

    `rows` is the catalog as last known; `crash` is the error that ended the app, or None, and
    `ended_by` the signal that did.
    """

    TITLE = "briefing"
    CSS_PATH = Path(__file__).with_name("briefing.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012
    COMMANDS = {  # noqa: RUF012 - Textual's own declaration
        partial(_provider, "BriefingCommands"), partial(_provider, "PlaceCommands"),
    }  # fmt: skip
    BINDINGS = keys_of("app")

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
        self.leaving = threading.Event()
        self.refresher = BackgroundRefresh(self, library)
        self.hand = Hand(self, library)
        self._aimed: WeakKeyDictionary[events.Event, tuple[Screen[Any], Widget | None]] = (
            WeakKeyDictionary()
        )
        self._early: list[events.Event] = []
        """What was typed before the screen on top could take it."""
        self._line_key: events.Key | None = None
        """A key that may leave the line that has the focus, until it was taken."""
        self.memory = memory
        self._unsearched: str | None = None
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

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as messages and the README write it: `enter`, no sign for it."""
        return super().get_key_display(binding).replace("⏎", "enter")

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return one of our themes, or one that is registered."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return every ink and ground of the theme for the style sheet."""
        return self.current_theme.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return no filter for the terminal's colours: a theme has only its own, or only those."""
        filters = super().get_line_filters()
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def get_default_screen(self) -> Screen[object]:
        """Return the library list, over which all other screens open."""
        name, place, covered = self.library.name, str(self.library.root), self._opening is not None
        return LibraryScreen(name, place, self.rows, self.memory, covered=covered)

    async def on_event(self, event: events.Event) -> None:
        """Note when the person pressed a key or the mouse, and hold keys that come too early."""
        was_forwarded = event.is_forwarded
        if isinstance(event, (events.InputEvent, events.Paste)) and not was_forwarded:
            if self.leaving.is_set() or not self._screen_stack:
                return  # The app has ended, however it did.
            self.refresher.touch()
            if isinstance(event, (events.Key, events.Paste)) and await self._holds(event):
                return
        await super().on_event(event)
        # It has come back from the line that had it, or did not go there.
        if event is self._line_key and event.is_forwarded == was_forwarded:
            await self.on_screen_ready()

    async def _holds(self, event: events.Key | events.Paste) -> bool:
        """Whether what was typed has to wait; else note what it was aimed at."""
        if self._line_key is not None and event.time - self._line_key.time > PATIENCE:
            await self.on_screen_ready()  # The line is gone, and the key with it.
        screen = self.screen
        is_open = not isinstance(screen, WholeScreen) or screen.is_ready
        if not is_open or self._line_key is not None:
            self._early.append(event)
            return True
        self._aimed[event] = screen, screen.focused
        if isinstance(event, events.Key) and not event.is_printable and _is_line(screen.focused):
            self._line_key = event
        return False

    async def on_screen_ready(self) -> None:
        """Take what was typed meanwhile."""
        self._line_key = None
        early, self._early = self._early, []
        for each in early:
            await self.on_event(each)

    def _is_late(self, event: events.Key | events.Paste) -> bool:
        """Whether something typed came before a screen was opened, or a line had the focus."""
        screen, focused = self.screen, self.screen.focused
        aimed_screen, aimed = self._aimed.get(event, (screen, focused))
        if aimed_screen is not screen:
            return True
        return aimed is not focused and _is_line(focused)

    def on_key(self, event: events.Key) -> None:
        """Let a key that came too early be typed where it belongs now, in its turn."""
        if self._is_late(event):
            event.prevent_default()
            self.post_message(events.Key(event.key, event.character))

    def on_mount(self) -> None:
        """Apply the user's keys, open what was named, and refresh after the first paint."""
        self._hear_signals()
        if self.user_keys:
            self.set_keymap(self.user_keys)
        if self._opening is not None:
            self.open_screen(messages.BriefingWanted(self._opening))
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
        gc.set_threshold(NEW_OBJECTS, SEARCHES)
        gc.enable()
        self.refresher.start()
        if self.memory is not None and not self.memory.is_welcomed:
            # Who has a library is no newcomer; asked once, since it costs reading YAML.
            self.action_welcome() if self.library.has_only_samples else self._welcomed(None)
        self.set_interval(LOOK_AGAIN, self._look_when_idle)
        self.run_worker(_load_screens, thread=True, group="screens")

    def _look_when_idle(self) -> None:
        """Look for changes and for unreachable objects while the person is not busy."""
        if self.refresher.is_idle():
            self.refresher.look_again()
            gc.collect(1)

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave without waiting for a refresh."""
        self.refresher.stop()
        self.leaving.set()
        super().exit(*args, **options)

    # The background refresh

    def on_app_focus(self) -> None:
        """Look for changes: something may have been added in another window."""
        self.refresher.look_again()

    def on_work_progress(self, message: messages.WorkProgress) -> None:
        """Show on every screen how far it has come, and the briefings that were read."""
        self._tell_screens(messages.RefreshNews, message.words)
        if message.rows is not None:
            self._tell_screens(messages.CatalogNews, message.rows, frozenset())

    def _tell_screens(self, news: type[Message], *what: object) -> None:
        for screen in self.screen_stack:
            screen.post_message(news(*what))

    def take_refreshed(self, rows: Sequence[CatalogRow], refreshed: Refreshed) -> None:
        """Pass the new catalog to all screens; open a first briefing that is the only one."""
        from briefing.library.refreshing import NO_INDEX

        was_empty = not self.rows
        # Another process may have indexed its own changes: then only the catalog shows them.
        others = {row.name for row in set(self.rows) ^ set(rows)}
        self.rows = rows
        changed = frozenset({*refreshed.changed, *refreshed.removed, *others})
        self._tell_screens(messages.CatalogNews, rows, changed)
        self._tell_screens(messages.RefreshNews, "")
        # That there was no index yet is no news at a first start.
        if refreshed.rebuilt and not (was_empty and refreshed.rebuilt == NO_INDEX):
            say(self, refreshed.rebuilt)
        if refreshed.unsearched not in {None, self._unsearched}:
            say(self, str(refreshed.unsearched), warning=True)
        self._unsearched = refreshed.unsearched
        if was_empty:
            self._open_only()

    # Adding

    def action_add(self, text: str | None = None) -> None:
        """Ask for documents to add in the background, where `text` was pasted already."""
        from briefing.tui.dialogs.add import AddScreen

        if isinstance(self.screen, AddScreen):
            # A text was pasted while the dialog opened, or with the key that opens it.
            if text is not None:
                self.screen.take_text(text)
            return

        def go_on(wanted: Message | None) -> None:
            if wanted is not None:
                self.post_message(wanted)

        to, only_samples = getattr(self.screen, "briefing", None), self.library.has_only_samples
        self.push_screen(AddScreen(self.rows, to, text, only_samples=only_samples), go_on)

    def on_documents_chosen(self, message: messages.DocumentsChosen) -> None:
        """Add documents in the background."""
        from briefing.tui.shell.background import add_behind

        add_behind(self, self.library, message, self.leaving)

    def on_paste(self, event: events.Paste) -> None:
        """Paste what came too early into the line, as a key; offer to add a pasted article."""
        from briefing.tui.dialogs.add import is_article

        if self._is_late(event):
            self.post_message(events.Paste(event.text))
        elif not self.screen.is_modal and is_article(event.text):
            self.action_add(event.text)

    def take_added(self, report: AddReport, rows: Sequence[CatalogRow]) -> None:
        """Say what was added, and show it."""
        from briefing.library.reports import Refreshed
        from briefing.tui.shell.background import added_words

        touched = {item.briefing for item in report.added}
        self.take_refreshed(rows, Refreshed(changed=tuple(touched)))
        failed = bool(report.failures or report.unindexed)
        words = added_words(report, {row.name: row.title for row in rows})
        say(self, words, warning=True) if failed else self._tell(words)

    def on_notify(self) -> None:
        """Let the screen have a place for the notice, which Textual's own handler then shows."""
        if isinstance(self.screen, SwiftScreen):
            self.screen.place_notices()

    def _tell(self, words: str) -> None:
        """Tell what was done, at the foot of a screen that has room for it there."""
        screen = self.screen
        screen.tell(words) if isinstance(screen, QuietScreen) else say(self, words)

    # The analyst's hand

    def tell_done(self, done: Done, *, quiet: bool) -> None:
        """Say what was done and how it is undone, unless `quiet`; only the last notice stays."""
        if done.unindexed is not None:
            say(self, f"{done.done} {done.unindexed}", warning=True)
        elif not quiet:
            words = f"{done.done}{' u undoes it.' if done.undo is not None else ''}"
            self._tell(words)

    def tell_failure(
        self, error: BriefingError, again: Callable[[str], None] | None = None
    ) -> None:
        """Say why nothing was stored, or ask `again` with what was typed."""
        words = in_words(error)
        if again is not None:
            again(words)
        else:
            say(self, words, warning=True)

    async def on_library_wanted(self, message: messages.LibraryWanted) -> None:
        """Go on in another library, as if the app had been started there."""
        from briefing.tui.shell.memory import ReadingMemory

        self.refresher.stop()
        library = Library.open(message.root, create=message.adding is not None)
        self.library, self.rows = library, library.catalog()
        self.refresher, self.hand = BackgroundRefresh(self, library), Hand(self, library)
        if self.memory is not None:
            self.memory = ReadingMemory(library.root)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if isinstance(self.screen, LibraryScreen):
            self.screen.go_to(library.name, str(library.root), self.rows, self.memory)
        if message.briefing is not None:
            self.open_screen(messages.BriefingWanted(message.briefing))
        say(self, f"This is your own library now: {library.root}")
        if message.adding is not None:
            self.on_documents_chosen(message.adding)

    # The reading state

    def _remember_theme(self, theme: Theme) -> None:
        if self.memory is not None:
            self.memory.note_theme(theme.name)
            self._save_memory()

    def on_reading_left(self, message: messages.ReadingLeft) -> None:
        """Go on at the place on the other screens of the briefing, and save the reading state."""
        if message.place is not None:
            self._tell_screens(messages.PlaceNews, message)
        self._save_memory()

    def _save_memory(self) -> None:
        if self.memory is not None:
            self.run_worker(self.memory.save, thread=True, group="memory")

    async def on_unmount(self) -> None:
        """Save the reading state and look at what one did last; the workers have ended by then."""
        if self.memory is not None:
            await asyncio.to_thread(self.memory.save)
            for each in self.hand.changed:
                with contextlib.suppress(BriefingError):
                    await asyncio.to_thread(self.library.look, each)

    # Screens

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that are seen below another: none below one that covers all.

        For the one below Textual would else repaint the whole screen whenever that has news.
        """
        return super()._background_screens if self.screen.styles.background.a < 1 else []

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Read the style of a screen's first opening; Textual parses all the rest with it again."""
        new = [each for each in screen.css_path if not self.stylesheet.has_source(str(each), "")]
        if new:
            self.stylesheet.read_all(new)
            self.stylesheet.parse()
            self.stylesheet.apply(screen)

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        """Remove widgets; after a screen nothing is laid out: the one below is already painted."""
        return super()._prune(*nodes, parent=None if parent is self else parent)

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen on top; the last stays, as when a click on `Back` comes twice."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    @on(messages.ScreenWanted)
    def open_screen(self, wanted: messages.ScreenWanted) -> None:
        """Open the screen that shows what is wanted, loading it first."""
        key = wanted.screen if isinstance(wanted, messages.PanelsWanted) else type(wanted)
        room, name = SCREENS[key]
        screen = getattr(import_module(f"briefing.tui.{room}"), name)
        self.push_screen(screen(self.library, wanted))

    def on_link_wanted(self, message: messages.LinkWanted) -> None:
        """Open a web address in the browser, or say why it is not opened."""
        from briefing.tui.kit.actions import refusal

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

    def action_welcome(self) -> None:
        """Show the first page, and remember when it was read."""
        from briefing.tui.dialogs.help import WelcomeScreen

        self.push_screen(WelcomeScreen(), self._welcomed)

    def _welcomed(self, _: bool | None) -> None:  # noqa: FBT001 - Textual hands it over
        if self.memory is not None and not self.memory.is_welcomed:
            self.memory.note_welcomed()
            self._save_memory()
            self._open_only()

    def _open_only(self) -> None:
        """Open the briefing that is the only one, unless something is open."""
        if len(self.rows) == 1 and len(self.screen_stack) == 1:
            self.open_screen(messages.BriefingWanted(self.rows[0].name))

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from briefing.tui.dialogs.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, self.user_keys))
