"""What the analyst does to a library: correct, set, rename, move, remove, and undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.library.reports import Action, DateHint, Done, HandEdits, Trashed
from briefing.model import Anchor, EditKind, PlacedEdit, Speaker

if TYPE_CHECKING:
    from briefing.library import Library


class Editing:
    """The analyst's hand in one library; every method that writes is one step of undo."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def can_edit(self, name: str | None) -> str | None:
        """Return why the briefing, or a new one where None, cannot be edited; None if it can."""
        raise NotImplementedError

    def copy_to(self, folder: Path) -> Done:
        """Copy the library, samples as briefings of one's own, to a new folder."""
        raise NotImplementedError

    def anchor(
        self,
        name: str,
        article: str,
        *,
        quote: str | None = None,
        chunk: str | None = None,
        start: int | None = None,
        end: int | None = None,
        words: str | None = None,
    ) -> Anchor:
        """Return the anchor of a quote, a chunk, a span of one, or words."""
        raise NotImplementedError

    def speaker(
        self,
        name: str | None = None,
        role: str | None = None,
        type: str | None = None,
        country: str | None = None,
    ) -> Speaker:
        """Return a speaker from fields as typed."""
        raise NotImplementedError

    def correct(
        self, name: str, kind: EditKind, anchor: Anchor, *, by: str | None = None, **fields: Any
    ) -> Done:
        """Store a correction."""
        raise NotImplementedError

    def pin(self, name: str, article: str, quote: str, on: bool | None = None) -> Done:
        """Pin a quote or unpin it."""
        raise NotImplementedError

    def withdraw(self, name: str, edit_id: str) -> Done:
        """Take one edit out again."""
        raise NotImplementedError

    def set_article(
        self,
        name: str,
        article: str,
        values: Mapping[str, str],
        *,
        evidence: Anchor | None = None,
        by: str | None = None,
    ) -> Done:
        """Set metadata of an article."""
        raise NotImplementedError

    def set_briefing(self, name: str, values: Mapping[str, str | Sequence[str]]) -> Done:
        """Set keys of briefing.yaml."""
        raise NotImplementedError

    def merge_speakers(self, name: str, into: str, forms: Sequence[str]) -> Done:
        """Show speakers under one name."""
        raise NotImplementedError

    def merge_outlets(self, name: str, into: str, forms: Sequence[str]) -> Done:
        """Show outlets under one name."""
        raise NotImplementedError

    def new_briefing(
        self,
        title: str,
        *,
        question: str | None = None,
        codebook: str | None = None,
        name: str | None = None,
    ) -> Done:
        """Make a briefing without articles."""
        raise NotImplementedError

    def rename_briefing(self, name: str, new: str) -> Done:
        """Rename the folder of a briefing."""
        raise NotImplementedError

    def remove_briefing(self, name: str) -> Done:
        """Move a briefing to the trash."""
        raise NotImplementedError

    def rename_article(self, name: str, article: str, new: str) -> Done:
        """Rename an article's file and id."""
        raise NotImplementedError

    def move_article(self, name: str, article: str, to: str) -> Done:
        """Move an article to another briefing with its edits and pins."""
        raise NotImplementedError

    def remove_article(self, name: str, article: str) -> Done:
        """Move an article to the trash."""
        raise NotImplementedError

    def trash(self) -> tuple[Trashed, ...]:
        """Return what the trash holds, newest first."""
        raise NotImplementedError

    def empty_trash(self) -> int:
        """Delete what was removed; return how many removals."""
        raise NotImplementedError

    def undo(self, name: str | None = None, action: str | None = None) -> Done:
        """Undo the last action of a briefing or the library, or this one."""
        raise NotImplementedError

    def log(self, name: str | None = None) -> tuple[Action, ...]:
        """Return what was done, newest first."""
        raise NotImplementedError

    def hand_edits(self, name: str, article: str | None = None) -> tuple[HandEdits, ...]:
        """Return what was changed by hand in article files, as edits."""
        raise NotImplementedError

    def adopt(self, name: str, article: str | None = None) -> Done:
        """Store what was changed by hand in article files as edits."""
        raise NotImplementedError

    def speakers_of(self, name: str, article: str) -> tuple[Speaker, ...]:
        """Return speakers to choose from, those of the article first."""
        raise NotImplementedError

    def dates_of(self, name: str, article: str) -> tuple[DateHint, ...]:
        """Return publication dates that the article's text suggests, the likeliest first."""
        raise NotImplementedError

    def notes(self, name: str) -> tuple[PlacedEdit, ...]:
        """Return the notes of a briefing in reading order."""
        raise NotImplementedError

    def placed(self, name: str, article: str) -> tuple[PlacedEdit, ...]:
        """Return the edits of an article with their places."""
        raise NotImplementedError
