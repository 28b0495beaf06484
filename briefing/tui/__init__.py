"""The terminal app; importing this package loads nothing heavy, `run` does."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.library import Library


def run(library: Library, *, briefing: str | None = None) -> None:
    """Run the app over `library`, opened at the briefing of that name if one is given.

    Keys and theme come from the user's config, else the theme from the reading state. Raises
    UsageError where the config is broken or names a theme or key that there is not, and
    UnexpectedError where the app crashed. Ends the process where a signal ended the app.
    """
    from briefing.paths import read_config

    config = read_config()
    # Nothing allocated while the app starts is garbage, and looking for it takes a fifth of the
    # time to the first paint; the app enables the collector once it has painted.
    gc.disable()
    try:
        from briefing.tui.app import BriefingApp
        from briefing.tui.kit.keys import key_ids
        from briefing.tui.kit.themes import THEME_NAMES
        from briefing.tui.shell.memory import ReadingMemory

        _refuse_unknown("theme", [config.theme] if config.theme is not None else [], THEME_NAMES)
        _refuse_unknown("key", config.keys, key_ids())
        app = BriefingApp(
            library,
            briefing=briefing,
            keys=config.keys,
            theme=config.theme,
            memory=ReadingMemory(library.root),
        )
        app.run()
    finally:
        gc.enable()
    if app.crash is not None:
        from briefing.crashes import report_crash

        raise report_crash(app.crash, "the reader")
    if app.ended_by is not None:
        sys.exit(128 + app.ended_by)


def _refuse_unknown(kind: str, names: Iterable[str], known: Sequence[str]) -> None:
    """Raise UsageError for a name in the config that is none: misspelt, it would do nothing."""
    from briefing.errors import UsageError, list_known, nearest
    from briefing.paths import config_path

    for name in names:
        if name not in known:
            raise UsageError(
                f"{config_path()}: there is no {kind} {name!r}",
                list_known(nearest(name, known), known),
            )
