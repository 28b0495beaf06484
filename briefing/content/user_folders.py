"""The folders of the user's in which the program keeps what belongs to no library."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import platformdirs

APP = "briefing"


def user_folder(kind: Literal["cache", "config", "state"]) -> Path:
    """Return a folder of the user's; one that lasts as long as the process where there is no home.

    It is made under a new name then, since another user may have made one of a known name.
    """
    try:
        path: Path = getattr(platformdirs, f"user_{kind}_path")(APP)
    except RuntimeError:  # So newer versions of platformdirs; older ones return `~`.
        return _passing_folder() / kind
    return path if path.is_absolute() else _passing_folder() / kind


@functools.cache
def _passing_folder() -> Path:
    import atexit
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix=f"{APP}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
