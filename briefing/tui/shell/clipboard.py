"""Copying: through the terminal, which may not take it, and by a way that can be seen to work."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Mapping

from briefing.content.files import write_atomic
from briefing.errors import BriefingError
from briefing.paths import state_folder

PROGRAMS = (
    ("pbcopy", None),
    ("wl-copy", "WAYLAND_DISPLAY"),
    ("xclip -selection clipboard", "DISPLAY"),
)
"""Programs that fill the clipboard, and the variable without which each cannot."""
PATIENCE = 3


def copy_beside(text: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Give a text to a program for the clipboard, else to a file in the user's state folder.

    Returns that file's path, and None where a program has taken it or no file can be written.
    """
    data = text.encode("utf-8", "replace")
    for command, needed in PROGRAMS:
        program, *arguments = command.split()
        found = shutil.which(program, path=environ.get("PATH"))
        if found is not None and (needed is None or environ.get(needed)):
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                # What is copied goes in as data; nothing of it is part of the command.
                subprocess.run(  # noqa: S603
                    [found, *arguments], input=data, timeout=PATIENCE, check=True,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
                return None
    path = state_folder() / "copied.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except (BriefingError, OSError):
        return None
    return str(path)
