"""What is remembered from one run of the app to the next: the theme, what was read and opened."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from briefing.errors import BriefingError
from briefing.paths import ReadingPlace, ReadingState, read_state, write_state

StateChange = Callable[[ReadingState], ReadingState]


class ReadingMemory:
    """The reading state of one library, kept in a file shared by all libraries and processes.

    `path` is that file, the user's own where it is None. Nothing here ever fails: what cannot be
    read is empty, and what cannot be written is forgotten.
    """

    def __init__(self, root: Path, path: Path | None = None) -> None:
        self._root = str(root)
        self._path = path
        self._state = read_state(path)
        self._changes: list[StateChange] = []
        self._writing = threading.Lock()

    @property
    def theme(self) -> str | None:
        """The theme that was chosen last, None if none ever was."""
        return self._state.theme

    @property
    def is_welcomed(self) -> bool:
        """Whether the welcome was read."""
        return self._state.is_welcomed

    def spot(self, briefing: str) -> ReadingPlace | None:
        """Return where one reads in a briefing, or None."""
        return self._state.spots.get(self._root, {}).get(briefing)

    def has_read(self, briefing: str, article: str, stamp: str) -> bool:
        """Whether an article was read since its text became that of the stamp."""
        return self._state.read.get(self._root, {}).get(briefing, {}).get(article) == stamp

    def opened(self, briefing: str) -> int | None:
        """Return how many articles a briefing had when it was open last; None if it never was."""
        return self._state.opened.get(self._root, {}).get(briefing)

    def has_changed(self, briefing: str, stamp: str | None) -> bool:
        """Whether the files of a briefing are others than when it was open last."""
        known = self._state.states.get(self._root, {}).get(briefing)
        return None not in (known, stamp) and known != _digest(stamp)

    def note_theme(self, theme: str) -> None:
        """Remember a theme that was chosen."""
        if theme != self.theme:
            self._note(lambda state: replace(state, theme=theme))

    def note_welcomed(self) -> None:
        """Remember that the welcome was read."""
        self._note(lambda state: replace(state, is_welcomed=True))

    def note_spot(self, briefing: str, spot: ReadingPlace) -> None:
        """Remember where one reads in a briefing."""
        self._set("spots", briefing, spot)

    def note_read(self, briefing: str, article: str, stamp: str) -> None:
        """Remember that the text of an article was read."""

        def mark(state: ReadingState) -> ReadingState:
            state.read.setdefault(self._root, {}).setdefault(briefing, {})[article] = stamp
            return state

        if not self.has_read(briefing, article, stamp):
            self._note(mark)

    def note_opened(self, briefing: str, articles: int, stamp: str | None = None) -> None:
        """Remember that a briefing of so many articles, in files of that stamp, is open."""
        self._set("opened", briefing, articles)
        if stamp is not None:
            self._set("states", briefing, _digest(stamp))

    def note_own(self, briefing: str, before: str | None, stamp: str | None) -> None:
        """Remember the files as one's own change left them, if those before it were known."""
        known = self._state.states.get(self._root, {}).get(briefing)
        if None not in (before, stamp) and known == _digest(before):
            self._set("states", briefing, _digest(stamp))

    def _set(self, kind: str, briefing: str, value: object) -> None:
        """Set what is remembered of that kind of a briefing, unless it is known."""

        def change(state: ReadingState) -> ReadingState:
            getattr(state, kind).setdefault(self._root, {})[briefing] = value
            return state

        if getattr(self._state, kind).get(self._root, {}).get(briefing) != value:
            self._note(change)

    def _note(self, change: StateChange) -> None:
        self._state = change(self._state)
        self._changes.append(change)

    def save(self) -> None:
        """Write what is new into the file; what other processes wrote meanwhile stays."""
        with self._writing:
            # Emptied first: the screens go on noting while this is written.
            changes, self._changes = self._changes, []
            if changes:
                state = read_state(self._path)
                for change in changes:
                    state = change(state)
                with suppress(BriefingError):
                    write_state(state, self._path)


def _digest(stamp: str | None) -> str:
    """Return what is kept of the stamp of a briefing: its files, but for the folder's own time."""
    files = (stamp or "").partition("/")[2]
    return hashlib.blake2b(files.encode(), digest_size=8).hexdigest()
