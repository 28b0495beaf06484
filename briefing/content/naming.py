"""Names: safe ones for folders and files, those of the briefings, the user's own folders."""

import functools
import itertools
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import platformdirs

from briefing.errors import ContentError, UsageError

MAX_SLUG = 60
LOCK_NAME = ".lock"
HOLDER_NAME = ".lock-holder"
"""The files of a library's lock: the lock itself, and who holds it."""
INTENT_NAME = ".intent"
"""The file that says what a process is about to do to several files of a library."""
_LAST_RESORT = "untitled"
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "briefing", "edits", "originals"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)
"""Device names of Windows, and names of a briefing's own files."""
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l",
        "ı": "i", "'": "", "’": "", "‘": "",
    }
)  # fmt: skip
_OTHER = re.compile(r"[^a-z0-9]+")
_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z")


def slugify(text: str, fallback: str = _LAST_RESORT) -> str:
    """Return a safe name of `text` or `fallback`: ASCII, digits, hyphens, up to MAX_SLUG long."""
    slug = next(filter(None, map(_reduce, (text, fallback, _LAST_RESORT))))
    return f"{slug}-1" if slug in _RESERVED else slug


def numbered(stem: str) -> Iterator[str]:
    """Yield a name, and then the same with the numbers from 2 on: `ports`, `ports-2`."""
    yield stem
    yield from (f"{stem}-{number}" for number in itertools.count(2))


def is_safe_name(name: str) -> bool:
    """Whether `name` has the form of `slugify`'s results, up to 200 characters long."""
    return len(name) <= 200 and bool(_SAFE.match(name)) and name not in _RESERVED


def safe_child(folder: Path, name: str) -> Path:
    """Return the path of `name` directly in `folder`.

    Raises UsageError for separators, a drive, a leading dot, control characters, or a link.
    """
    plain = name and not name.startswith(".") and not name.endswith((".", " "))
    if not plain or any(char in '/\\:*?"<>|' or ord(char) < 32 for char in name):
        hint = f"Use letters, digits and hyphens, for example {slugify(name)!r}."
        raise UsageError(f"{name!r} cannot be the name of a folder or file.", hint)
    child = folder / name
    if os.path.islink(child):  # noqa: PTH114 (a name too long for a file is none)
        raise UsageError(f"{child} is a symbolic link, which is not followed.")
    return child


def _reduce(text: str) -> str:
    """Fold to lower-case ASCII words joined by hyphens, cut at a word's end where possible."""
    folded = unicodedata.normalize("NFKD", text[: MAX_SLUG * 20].translate(_LETTERS))
    ascii_only = folded.encode("ascii", "ignore").decode("ascii").lower()
    slug = _OTHER.sub("-", ascii_only).strip("-")
    if len(slug) <= MAX_SLUG:
        return slug
    head = slug[: MAX_SLUG + 1]
    return (head.rpartition("-")[0] or head[:MAX_SLUG]).strip("-")


def briefing_names(content_dir: Path, known: Collection[str] = frozenset()) -> tuple[str, ...]:
    """List the folders in `content_dir` that contain a briefing.yaml, by name.

    Folders `known` to contain one are not examined, and one that may not be entered counts as
    containing one. Hidden folders, symbolic links and names that are not text are skipped; a
    missing `content_dir` has no briefings. Raises ContentError where it cannot be read.
    """
    try:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(content_dir) as entries:
            found = (each.name for each in entries if each.name in known or _is_briefing(each))
            return tuple(sorted(found))
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        raise ContentError(message, path=Path(content_dir)) from error
    return ()


def passed_over(content_dir: Path) -> tuple[tuple[Path, str], ...]:
    """Return folders with a briefing.yaml that are none, and why; raises ContentError."""
    known = briefing_names(content_dir)
    found: list[tuple[Path, str]] = []
    for path in sorted(content_dir.glob("*/briefing.yaml")):
        folder = path.parent
        if folder.name in known or folder.name.startswith("."):
            continue
        if not is_text(folder.name):
            reason = "its name is not UTF-8; rename it"
        elif folder.is_symlink():
            reason = "a symbolic link is not followed"
        elif path.is_symlink():
            reason = "its briefing.yaml is a symbolic link, which is not followed"
        else:
            reason = "its briefing.yaml is no file"
        found.append((folder, reason))
    return tuple(found)


def is_text(name: str) -> bool:
    """Whether a file's name is valid Unicode: on some systems it may be any bytes."""
    with suppress(UnicodeEncodeError):
        return bool(name.encode("utf-8"))
    return False


def _is_briefing(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or not is_text(entry.name):
        return False
    if not entry.is_dir(follow_symlinks=False):
        return False
    path = f"{entry.path}{os.sep}briefing.yaml"
    try:
        return stat.S_ISREG(os.stat(path, follow_symlinks=False).st_mode)  # noqa: PTH116 (hot path)
    except PermissionError:
        return True
    except OSError:
        return False


APP = "briefing"


def user_folder(kind: Literal["cache", "config", "state"]) -> Path:
    """Return a folder of the user's, or without a home a new one until the process ends."""
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
