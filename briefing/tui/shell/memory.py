"""What is remembered from one run of the app to the next: the theme, what was read and opened."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from briefing.errors import BriefingError
from briefing.paths import ReadingPlace, ReadingState, read_state, write_state

V = TypeVar("V")


class ReadingMemory:
    """The reading state of one library, kept in a file shared by all libraries and processes.

    `path` is that file, the user's own where it is None. Nothing here ever fails: what cannot be
    read is empty, and what cannot be written is forgotten.
    """

    def __init__(self, root: Path, path: Path | None = None) -> None:
        self._root = str(root)
        self._path = path
        state = read_state(path)
        self.theme = state.theme
        self.is_welcomed = state.is_welcomed
        self._spots = dict(state.spots.get(self._root, {}))
        self._read = {name: dict(each) for name, each in state.read.get(self._root, {}).items()}
        self._opened = dict(state.opened.get(self._root, {}))
        self._states = dict(state.states.get(self._root, {}))
        self._new = ReadingState()
        self._new_spots: dict[str, ReadingPlace] = {}
        self._new_read: dict[tuple[str, str], str] = {}
        self._new_opened: dict[str, int] = {}
        self._new_states: dict[str, str] = {}
        self._writing = threading.Lock()

    def spot(self, briefing: str) -> ReadingPlace | None:
        """Return where one reads in a briefing, or None."""
        return self._spots.get(briefing)

    def has_read(self, briefing: str, article: str, stamp: str) -> bool:
        """Whether an article was read since its text became that of the stamp."""
        return self._read.get(briefing, {}).get(article) == stamp

    def opened(self, briefing: str) -> int | None:
        """Return how many articles a briefing had when it was open last; None if it never was."""
        return self._opened.get(briefing)

    def has_changed(self, briefing: str, stamp: str | None) -> bool:
        """Whether the files of a briefing are others than when it was open last."""
        known = self._states.get(briefing)
        return None not in (known, stamp) and known != _digest(stamp)

    def note_theme(self, theme: str) -> None:
        """Remember a theme that was chosen."""
        if theme != self.theme:
            self.theme = theme
            self._new = replace(self._new, theme=theme)

    def note_welcomed(self) -> None:
        """Remember that the welcome was read."""
        self.is_welcomed = True
        self._new = replace(self._new, is_welcomed=True)

    def note_spot(self, briefing: str, spot: ReadingPlace) -> None:
        """Remember where one reads in a briefing."""
        if self._spots.get(briefing) != spot:
            self._spots[briefing] = self._new_spots[briefing] = spot

    def note_read(self, briefing: str, article: str, stamp: str) -> None:
        """Remember that the text of an article was read."""
        if not self.has_read(briefing, article, stamp):
            self._read.setdefault(briefing, {})[article] = stamp
            self._new_read[briefing, article] = stamp

    def note_opened(self, briefing: str, articles: int, stamp: str | None = None) -> None:
        """Remember that a briefing of so many articles, in files of that stamp, is open."""
        if self._opened.get(briefing) != articles:
            self._opened[briefing] = self._new_opened[briefing] = articles
        state = _digest(stamp)
        if stamp is not None and self._states.get(briefing) != state:
            self._states[briefing] = self._new_states[briefing] = state

    def save(self) -> None:
        """Write what is new into the file; what other processes wrote meanwhile stays."""
        with self._writing:
            new, spots, opened = self._new, self._new_spots, self._new_opened
            read, states = self._new_read, self._new_states
            # Emptied first: the screens go on noting while this is written.
            self._new, self._new_spots, self._new_opened = ReadingState(), {}, {}
            self._new_read, self._new_states = {}, {}
            if new == ReadingState() and not (spots or opened or read or states):
                return
            known, root = read_state(self._path), self._root
            marks = {name: dict(each) for name, each in known.read.get(root, {}).items()}
            for (briefing, article), stamp in read.items():
                marks.setdefault(briefing, {})[article] = stamp
            state = ReadingState(
                theme=new.theme or known.theme,
                spots=_merged(known.spots, root, spots),
                read=_merged(known.read, root, marks),
                opened=_merged(known.opened, root, opened),
                states=_merged(known.states, root, states),
                is_welcomed=new.is_welcomed or known.is_welcomed,
            )
            try:
                write_state(state, self._path)
            except BriefingError:
                return


def _digest(stamp: str | None) -> str:
    """Return what is kept of the stamp of a briefing: its files, but for the folder's own time."""
    files = (stamp or "").partition("/")[2]
    return hashlib.blake2b(files.encode(), digest_size=8).hexdigest()


def _merged(
    known: dict[str, dict[str, V]], root: str, new: dict[str, V]
) -> dict[str, dict[str, V]]:
    """Return what is known of every library with what is new of one."""
    return known | {root: known.get(root, {}) | new} if new else known
