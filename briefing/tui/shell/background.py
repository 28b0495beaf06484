"""What goes on behind the screens: bringing the index up to date, and telling the screens."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.app import App

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.search.results import CatalogRow
from briefing.tui.kit import messages
from briefing.visible import visible

if TYPE_CHECKING:
    from textual.theme import Theme

    from briefing.tui.shell.memory import ReadingMemory

SHOW_EVERY = 2.0
"""Seconds after which the rows of briefings that were read anew are shown."""
LOOK_AGAIN = 30.0
"""After so many seconds what others changed is looked for again, where nobody is at the keys."""
AT_THE_KEYS = 10.0
"""Somebody who pressed a key or the mouse so many seconds ago still is."""


class LibraryApp(App[None]):
    """An app over one library: `rows` is its catalog as last known, `memory` what it remembers."""

    library: Library
    rows: Sequence[CatalogRow] = ()
    memory: ReadingMemory | None = None
    _last_touch = 0.0

    async def on_event(self, event: events.Event) -> None:
        """Note when somebody was last at the keys; whoever starts the app is."""
        if isinstance(event, events.InputEvent | events.Load):
            self._last_touch = time.monotonic()
        await super().on_event(event)

    def on_app_focus(self) -> None:
        """Look for changes: who comes back may have added something in another window."""
        self.look_again()

    def look_when_idle(self) -> None:
        """Look for changes unless somebody is at the keys."""
        if self._is_idle():
            self.look_again()

    def look_again(self) -> None:
        """Look for changes, unless that goes on already."""
        if not any(each.group == "refresh" and each.is_running for each in self.workers):
            self.refresh_library()

    def _is_idle(self) -> bool:
        return time.monotonic() - self._last_touch > AT_THE_KEYS

    @work(thread=True, exclusive=True, group="refresh")
    def refresh_library(self) -> None:
        """Bring the index up to date in the background and tell what changed.

        What is left to be folded in the index is, a step at a time, while nobody is at the keys.
        """
        shown = time.monotonic()

        def tell(done: int, total: int, _: str) -> None:
            # Where everything is new, what is ready shows before the rest is.
            nonlocal shown
            rows = None
            if done and time.monotonic() - shown > SHOW_EVERY:
                rows, shown = self.library.catalog(), time.monotonic()
            self.post_message(messages.RefreshProgress(done, total, rows))

        self.library.on_wait = self.say
        try:
            refreshed = self.library.refresh(tell)
            rows = self.library.catalog()
        except BriefingError as error:
            self.post_message(messages.RefreshFailed(str(error)))
        else:
            self.post_message(messages.LibraryRefreshed(rows, refreshed))
        # Nobody asked for this, and searching does not depend on it.
        with contextlib.suppress(BriefingError):
            while self._is_idle() and self.library.tidy():
                pass

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave, and have a refresh end that would be waited for."""
        self.library.stop()
        super().exit(*args, **options)

    def on_refresh_progress(self, message: messages.RefreshProgress) -> None:
        """Tell the screen how far the refresh is."""
        self.screen.post_message(
            messages.RefreshNews(f"reading {message.done:,} of {message.total:,}")
        )
        if message.rows is not None:
            for screen in self.screen_stack:
                screen.post_message(messages.CatalogNews(message.rows, frozenset()))

    def on_library_refreshed(self, message: messages.LibraryRefreshed) -> None:
        """Hand the new catalog to all screens; a first briefing that is the only one opens."""
        refreshed, was_empty = message.refreshed, not self.rows
        # Another process may have indexed what it changed: then the catalog alone tells.
        others = {row.name for row in set(self.rows) ^ set(message.rows)}
        self.rows = message.rows
        changed = frozenset({*refreshed.changed, *refreshed.removed, *others})
        for screen in self.screen_stack:
            screen.post_message(messages.CatalogNews(self.rows, changed))
            screen.post_message(messages.RefreshNews(""))
        if refreshed.rebuilt:
            self.say(refreshed.rebuilt)
        if was_empty and len(self.rows) == 1 and len(self.screen_stack) == 1:
            self.post_message(messages.BriefingWanted(self.rows[0].name))

    def on_refresh_failed(self, message: messages.RefreshFailed) -> None:
        """Say that the index is as it was, and why."""
        self.screen.post_message(messages.RefreshNews(""))
        self.say(message.message, warning=True)

    def _remember_theme(self, theme: Theme) -> None:
        """Keep the theme for next time."""
        if self.memory is not None:
            self.memory.note_theme(theme.name)
            self.save_memory()

    def on_reading_left(self, _: messages.ReadingLeft) -> None:
        """Keep what was read last for next time."""
        self.save_memory()

    async def on_unmount(self) -> None:
        """Keep it when the app ends too; workers are over by then."""
        if self.memory is not None:
            await asyncio.to_thread(self.memory.save)

    @work(thread=True, group="memory")
    def save_memory(self) -> None:
        """Write what is remembered; it is no loss that stops anybody if that fails."""
        if self.memory is not None:
            self.memory.save()

    def say(self, words: str, *, warning: bool = False) -> None:
        """Show a sentence for some seconds; never read as markup."""
        severity = "warning" if warning else "information"
        self.notify(visible(words), severity=severity, markup=False, timeout=6)  # type: ignore[arg-type]
