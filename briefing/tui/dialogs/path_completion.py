"""How a path that is being typed may go on: the folders, and the files of kinds that are read."""

from __future__ import annotations

import os
from collections.abc import Sequence

from briefing.ingest.formats import SUFFIXES

MOST = 60
"""The most completions that are offered."""


def complete_path(typed: str) -> Sequence[str]:
    """Return whole paths that begin as typed, folders first, each written as it was begun.

    Hidden ones are offered where a dot was typed. Nothing is offered where nothing can be read.
    """
    folder, begun = os.path.split(typed)
    try:
        with os.scandir(os.path.expanduser(folder or ".")) as entries:  # noqa: PTH111
            found = [
                (not entry.is_dir(), entry.name)
                for entry in entries
                if entry.name.casefold().startswith(begun.casefold())
                and entry.name.startswith(".") == begun.startswith(".")
                and (entry.is_dir() or _is_read(entry.name))
            ]
    except (OSError, ValueError):
        return ()
    named = (f"{name}{'' if is_file else '/'}" for is_file, name in sorted(found)[:MOST])
    return tuple(os.path.join(folder, name) for name in named)  # noqa: PTH118


def _is_read(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in SUFFIXES  # noqa: PTH122
