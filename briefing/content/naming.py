"""Safe names for folders and files."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import UsageError

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
    """Return a file name made from `text`, or from `fallback` where nothing is left of it.

    It has lower-case ASCII letters, digits and single hyphens, at most MAX_SLUG characters (plus
    a suffix for reserved names), and is never empty.
    """
    for candidate in (text, fallback, _LAST_RESORT):
        slug = _reduce(candidate)
        if slug:
            return f"{slug}-1" if slug in _RESERVED else slug
    return _LAST_RESORT


def numbered(stem: str) -> Iterator[str]:
    """Yield a name, and then the same with the numbers from 2 on: `ports`, `ports-2`."""
    yield stem
    yield from (f"{stem}-{number}" for number in itertools.count(2))


def is_safe_name(name: str) -> bool:
    """Whether `name` has the form of `slugify`'s results, up to 200 characters long."""
    return len(name) <= 200 and bool(_SAFE.match(name)) and name not in _RESERVED


def safe_child(folder: Path, name: str) -> Path:
    """Return the path of `name` directly in `folder`.

    Raises UsageError for a name with separators, a drive, a leading dot or control characters, or
    of a symbolic link.
    """
    plain = name and not name.startswith(".") and not name.endswith((".", " "))
    if not plain or any(char in '/\\:*?"<>|' or ord(char) < 32 for char in name):
        raise UsageError(
            f"{name!r} cannot be the name of a folder or file.",
            hint=f"Use letters, digits and hyphens, for example {slugify(name)!r}.",
        )
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
