"""Which index folders this machine made: Whoosh unpickles what it opens, so no other is opened.

A token lies in the index and, with the folder's identity, in the user's state folder. A folder
that was copied here, or changed hands, is not known and is made anew from `content/`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

import platformdirs

from briefing.content.derived_files import replace_file

FILE_NAME = "made-here"
_LENGTH = 32


def is_ours(folder: Path, version: str) -> bool:
    """Whether this machine made the index in `folder`, in this version of its layout."""
    token = _token(folder)
    if token is None or folder.is_symlink():
        return False
    try:
        return _known(token).read_text("ascii") == _identity(folder, version)
    except (OSError, ValueError):
        return False


def remember(folder: Path, version: str) -> None:
    """Note that this machine made the index in `folder`; raises WriteError."""
    token = secrets.token_hex(_LENGTH // 2)
    replace_file(folder / FILE_NAME, token.encode("ascii"))
    replace_file(_known(token), _identity(folder, version).encode("ascii"))


def forget(folder: Path) -> None:
    """Drop what was noted of a folder, before another index takes its place."""
    token = _token(folder)
    if token is not None:
        with contextlib.suppress(OSError):
            _known(token).unlink()


def _token(folder: Path) -> str | None:
    try:
        token = (folder / FILE_NAME).read_text("ascii")
    except (OSError, ValueError):
        return None
    is_token = len(token) == _LENGTH and all(mark in "0123456789abcdef" for mark in token)
    return token if is_token else None


def _known(token: str) -> Path:
    return platformdirs.user_state_path("briefing") / "indexes" / token


def _identity(folder: Path, version: str) -> str:
    found = os.stat(folder)  # noqa: PTH116 - the same on every supported Python
    return f"{version} {found.st_dev} {found.st_ino}"
