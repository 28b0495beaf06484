"""What is remembered from one run of the app to the next: the theme, the article read last."""

from __future__ import annotations

import threading
from pathlib import Path

from briefing.errors import BriefingError
from briefing.paths import ReadingState, read_state, write_state


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
        self._places = dict(state.places.get(self._root, {}))
        self._new_theme: str | None = None
        self._new_places: dict[str, str] = {}
        self._writing = threading.Lock()

    def article(self, briefing: str) -> str | None:
        """Return the id of the article read last in a briefing, or None."""
        return self._places.get(briefing)

    def note_theme(self, theme: str) -> None:
        """Remember a theme that was chosen."""
        if theme != self.theme:
            self.theme = self._new_theme = theme

    def note_article(self, briefing: str, article: str) -> None:
        """Remember the article that is being read in a briefing."""
        if self._places.get(briefing) != article:
            self._places[briefing] = self._new_places[briefing] = article

    def save(self) -> None:
        """Write what is new into the file; what other processes wrote meanwhile stays."""
        with self._writing:
            theme, places = self._new_theme, self._new_places
            if theme is None and not places:
                return
            self._new_theme, self._new_places = None, {}
            known = read_state(self._path)
            here = known.places.get(self._root, {}) | places
            state = ReadingState(
                theme=theme or known.theme, places=known.places | {self._root: here}
            )
            try:
                write_state(state, self._path)
            except BriefingError:
                return
