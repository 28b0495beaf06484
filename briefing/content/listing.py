"""Listing the briefings of a library without opening a file: start-up needs this first."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from briefing.errors import ContentError


def briefing_names(content_dir: Path, known: Collection[str] = frozenset()) -> tuple[str, ...]:
    """List the folders in `content_dir` that contain a briefing.yaml, by name.

    Folders `known` to contain one are not examined, and one that may not be entered counts as
    containing one. Hidden folders, symbolic links and names that are not text are skipped; a
    missing `content_dir` has no briefings. Raises ContentError where it cannot be read.
    """
    try:
        with os.scandir(content_dir) as entries:
            return tuple(
                sorted(each.name for each in entries if each.name in known or _is_briefing(each))
            )
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        raise ContentError(message, path=Path(content_dir)) from error


def passed_over(content_dir: Path) -> tuple[tuple[Path, str], ...]:
    """Return the folders that hold a briefing.yaml but are no briefings, each with the reason.

    Raises ContentError where `content_dir` cannot be read.
    """
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
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_briefing(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or not is_text(entry.name):
        return False
    if not entry.is_dir(follow_symlinks=False):
        return False
    return _may_be_file(f"{entry.path}{os.sep}briefing.yaml")


def _may_be_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path, follow_symlinks=False).st_mode)  # noqa: PTH116 (hot path)
    except PermissionError:
        return True
    except OSError:
        return False
