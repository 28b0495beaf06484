"""The terminal app; importing this package loads nothing heavy, `run` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.library import Library


def run(library: Library, *, briefing: str | None = None) -> None:
    """Open `library` on the screen, at the briefing of that name if one is given, until it quits.

    Raises BriefingError where the app cannot start.
    """
    from briefing.tui.app import BriefingApp

    BriefingApp(library, briefing=briefing).run()
