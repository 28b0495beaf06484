"""Which index folders this machine created: Whoosh unpickles what it opens, so no other is opened.

A token is kept in the index and, with the folder's identity, in the user's state folder. A folder
that was copied or changed owner is not trusted and is rebuilt from `content/`.
"""

import contextlib
import os
import re
import secrets
from pathlib import Path

from briefing.content.files import read_plain, write_atomic, writing
from briefing.content.naming import user_folder

FILE_NAME = "made-here"
_TOKEN = re.compile(r"[0-9a-f]{32}")


def is_ours(folder: Path, version: str) -> bool:
    """Whether this machine created the index in `folder`, with this version of its layout."""
    token = _token(folder)
    with contextlib.suppress(OSError, ValueError):
        if token is not None and not folder.is_symlink():
            return _known(token).read_text("ascii") == _identity(folder, version)
    return False


def require_notes() -> None:
    """Raise WriteError where it cannot be recorded who creates an index."""
    notes = _known("")
    with writing(notes):
        notes.mkdir(parents=True, exist_ok=True)


def remember(folder: Path, version: str) -> None:
    """Record that this machine created the index in `folder`; raises WriteError."""
    token = secrets.token_hex(16)
    write_atomic(folder / FILE_NAME, token.encode("ascii"), durable=False)
    write_atomic(_known(token), _identity(folder, version).encode("ascii"), durable=False)


def forget(folder: Path) -> None:
    """Delete the record of a folder, before another index replaces it."""
    token = _token(folder)
    if token is not None:
        with contextlib.suppress(OSError):
            _known(token).unlink()


def _token(folder: Path) -> str | None:
    token = (read_plain(folder / FILE_NAME) or b"").decode("ascii", "replace")
    return token if _TOKEN.fullmatch(token) else None


def _known(token: str) -> Path:
    return user_folder("state") / "indexes" / token


def _identity(folder: Path, version: str) -> str:
    found = os.stat(folder)  # noqa: PTH116 - the same on every supported Python
    return f"{version} {found.st_dev} {found.st_ino}"
