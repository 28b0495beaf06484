"""The log of what an analyst did to a library, by which it can be undone.

It is the machine's, not the library's: it stands in the user's state folder, a file a library, a
line an action, and only the last of them are kept.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from briefing.content.files import append_line, count_same, read_plain, write_atomic
from briefing.content.naming import user_folder
from briefing.errors import BriefingError
from briefing.model import Edit, Record, decoder_of

MAX_ACTIONS = 2_000
"""Actions that can be undone; older ones are forgotten."""
MAX_LOG_BYTES = 16 * 1024 * 1024
"""The log is cut down when it is longer than this, or has twice as many actions as are kept."""


class FileChange(Record, frozen=True, kw_only=True):
    """What an action did to one path: it was moved, or text was replaced in it.

    `at` is where, in bytes, `old` was replaced by `new`, whole lines both; `before` and `after` are
    the digests of the file, None where it was not there. `added` and `removed` are the edits of an
    `edits.yaml`, the latter with their places in the list.
    """

    path: str
    to: str | None = None
    at: int = 0
    old: str = ""
    new: str = ""
    before: str | None = None
    after: str | None = None
    added: tuple[Edit, ...] = ()
    removed: tuple[tuple[int, Edit], ...] = ()


class Logged(Record, frozen=True, kw_only=True):
    """A line of the log: an action on `briefings`, named as afterwards, or what it `undoes`."""

    id: str
    made: str
    by: str | None = None
    briefings: tuple[str, ...] = ()
    done: str = ""
    changes: tuple[FileChange, ...] = ()
    undoes: str | None = None


_decoder = decoder_of(Logged)


def read_log(root: Path) -> tuple[tuple[Logged, ...], frozenset[str]]:
    """Return the actions that are logged for a library, the oldest first, and the ids undone."""
    lines = tuple(_lines(root))
    undone = frozenset(line.undoes for line in lines if line.undoes is not None)
    return tuple(line for line in lines if line.undoes is None), undone


def is_logged(root: Path, line_id: str) -> bool:
    """Whether the log has a line of this id."""
    return any(line.id == line_id for line in _lines(root))


def write_log(root: Path, line: Logged) -> bool:
    """Append a line to the log; return whether it could be written."""
    path = _log_path(root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            write_atomic(path, b"")
        append_line(path, msgspec.json.encode(line))
        if path.stat().st_size > MAX_LOG_BYTES or len(_texts(root)) > 2 * MAX_ACTIONS:
            write_atomic(path, _cut(tuple(_lines(root))))
    except (BriefingError, OSError):
        return False
    return True


def _cut(lines: Sequence[Logged]) -> bytes:
    undone = {line.undoes for line in lines}
    kept = [line for line in lines if line.undoes is None and line.id not in undone]
    encoded = [msgspec.json.encode(line) + b"\n" for line in kept[-MAX_ACTIONS:]]
    while encoded and sum(map(len, encoded)) > MAX_LOG_BYTES // 2:
        encoded = encoded[len(encoded) // 2 + 1 :]
    return b"".join(encoded)


def _lines(root: Path) -> Iterator[Logged]:
    for text in _texts(root):
        try:
            yield _decoder.decode(text)
        except msgspec.DecodeError:
            continue  # Torn by a kill, or of another version.


def _texts(root: Path) -> list[bytes]:
    return (read_plain(_log_path(root)) or b"").splitlines()


def _log_path(root: Path) -> Path:
    key = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    return user_folder("state") / "actions" / f"{key}.jsonl"


def digest_of(data: bytes | None) -> str | None:
    """Return the digest of a file's bytes, None for no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()[:32]


def change_of(path: str, before: bytes | None, after: bytes | None) -> FileChange:
    """Return what was replaced in a file: whole lines, never nothing but a removal."""
    old = (before or b"").splitlines(keepends=True)
    new = (after or b"").splitlines(keepends=True)
    head = count_same(old, new)
    longest = min(len(old), len(new)) - head
    tail = min(longest, count_same(old[::-1], new[::-1]))
    if head and len(new) - tail == head:
        head -= 1  # So that the place can be found again in a file that changed elsewhere.
    elif tail and len(new) - tail == head:
        tail -= 1
    return FileChange(
        path=path,
        at=sum(map(len, old[:head])),
        old=b"".join(old[head : len(old) - tail]).decode("utf-8"),
        new=b"".join(new[head : len(new) - tail]).decode("utf-8"),
        before=digest_of(before),
        after=digest_of(after),
    )
