"""The catalog and the fast copies under `index/`: JSON that may be deleted at any time.

A file that is missing, torn or from another version counts as absent, and the library rebuilds it
from `content/`. Whoosh is not imported here: the first screen needs only this.

    index/store.json            the version of the layout
    index/catalog.json          one row per briefing, as of the last compaction of the log
    index/catalog.log           rows added and removed since, one JSON line each
    index/fast/BRIEFING/KEY     fast copies, a file each: articles, their `counts` for the catalog,
                                and `panels`, which the next reading makes after a change
    index/unsearched.log        articles that the search index has yet to get
    index/generation            which filling of a shared index the stamps of the rows are true of
    index/doubles.log           addresses and runs of words, by which doubles are found
    index/shared-…/             all of these beside a shared index, a folder for each
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from briefing.content import files
from briefing.content.naming import HOLDER_NAME, LOCK_NAME
from briefing.errors import WriteError
from briefing.model import decoder_of
from briefing.search.results import CatalogRow

if TYPE_CHECKING:
    from briefing.search.index import IndexPlace

STORE_FORMAT = "briefing/store/14"
"""Another value rebuilds the index; change it when old rows or copies cannot be used."""
_FORMAT = msgspec.json.encode({"format": STORE_FORMAT})
_FILES = ("store.json", "catalog.json", "catalog.log", "unsearched.log", "generation")
DOUBLES = "doubles.log"
FOLD_BYTES = 256_000
"""The log is compacted when it is longer than this and than half the catalog."""
_T = TypeVar("_T")
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\Z")


class _Stamped(msgspec.Struct, frozen=True, gc=False):
    """The name and stamp of a row, quicker to read than the whole row."""

    name: str
    stamp: str | None = None


_Row = TypeVar("_Row", CatalogRow, _Stamped)


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the log: a row to add, or the name of one to remove."""

    row: msgspec.Raw = msgspec.Raw()
    removed: str | None = None


_line = decoder_of(_Line)
_left = msgspec.json.Decoder(dict[str, list[str]])


class Store:
    """A library's catalog and fast copies: writers hold its lock, readers never raise."""

    def __init__(self, folder: Path, place: IndexPlace | None = None) -> None:
        """Use `folder`, which need not exist; `place` is a shared or temporary search index."""
        self.folder = folder
        self.place: IndexPlace = place or folder
        self._own_files = tuple(folder / name for name in (*_FILES, DOUBLES))
        self._format_path, self._catalog_path, self._log_path, *others = self._own_files
        self._unsearched_path, self._generation_path, _ = others
        self._fast_folder = folder / files.FAST
        self._known = self._read_format()

    # Catalog

    def catalog(self) -> tuple[CatalogRow, ...]:
        """Return every briefing's row, by name; empty when the library was never indexed."""
        rows = self._rows(CatalogRow)
        return tuple(rows[name] for name in sorted(rows))

    def stamps(self) -> dict[str, str | None]:
        """Return the `stamp` of every row by its name, at a fraction of the catalog's cost."""
        return {row.name: row.stamp for row in self._rows(_Stamped).values()}

    def _rows(self, kind: type[_Row]) -> dict[str, _Row]:
        """Read the catalog and apply its log; a torn line of it is skipped."""
        if not self._is_ours():
            return {}
        base, each = files.read_plain(self._catalog_path), decoder_of(kind)
        every: msgspec.json.Decoder[tuple[_Row, ...]] = decoder_of(tuple[kind, ...])  # type: ignore[valid-type]
        rows = {row.name: row for row in (_decode(base, every) if base else None) or ()}
        for text in (files.read_plain(self._log_path) or b"").splitlines():
            line = _decode(text, _line) or _Line()
            row = _decode(line.row, each)
            if row is not None:
                rows[row.name] = row
            if line.removed is not None:
                rows.pop(line.removed, None)
        return rows

    def put_rows(self, *rows: CatalogRow) -> None:
        """Add briefings' rows, or replace those with the same names."""
        if rows:
            self._log([_Line(row=msgspec.Raw(msgspec.json.encode(row))) for row in rows])

    def remove_row(self, briefing: str) -> None:
        """Remove a briefing's row and its fast copies."""
        self._log([_Line(removed=briefing)])
        self.remove(briefing)

    def put_catalog(self, rows: tuple[CatalogRow, ...]) -> None:
        """Replace the whole catalog and empty its log."""
        self.claim()
        ordered = sorted(rows, key=lambda row: row.name)
        files.write_atomic(self._catalog_path, msgspec.json.encode(ordered), durable=False)
        files.write_atomic(self._log_path, b"", durable=False)

    def _log(self, lines: Sequence[_Line]) -> None:
        self.claim()
        files.append_line(self._log_path, b"\n".join(map(msgspec.json.encode, lines)))
        log, base = _size(self._log_path), _size(self._catalog_path)
        if log > max(FOLD_BYTES, base // 2):
            # A kill between the two writes of put_catalog is harmless: the log is applied again.
            self.put_catalog(self.catalog())

    # Fast copies

    def read(self, briefing: str, key: str, kind: type[_T]) -> _T | None:
        """Return the fast copy of `key` (`panels`, `article/ID`); None where none decodes."""
        data = files.read_plain(self._path(briefing, key)) if self._is_ours() else None
        return None if data is None else _decode(data, decoder_of(kind))

    def write(self, briefing: str, key: str, value: object) -> None:
        """Store a fast copy of `value`, a model type or built-in data."""
        self.claim()
        path = self._path(briefing, key)
        files.refuse_links(path.parent, self.folder)
        data = msgspec.json.encode(value)
        try:
            files.write_atomic(path, data, durable=False)
        except WriteError:
            files.clear_place(path.parent, folder=True)
            files.clear_place(path)
            files.write_atomic(path, data, durable=False)

    def remove(self, briefing: str, key: str | None = None) -> None:
        """Delete one fast copy, or all of a briefing."""
        if key is None:
            self._delete_folder(self._fast_folder / _file_name(briefing))
        else:
            path = self._path(briefing, key)
            files.refuse_links(path.parent, self.folder)
            self._delete(path)

    # What is searched later

    def leave_unsearched(self, briefing: str, articles: Sequence[str]) -> None:
        """Note that the search index has yet to get articles as their copies have them."""
        self.claim()
        files.append_line(self._unsearched_path, msgspec.json.encode({briefing: articles}))

    def has_unsearched(self) -> bool:
        """Whether any article was left to the next search; costs one system call."""
        return _size(self._unsearched_path) > 0

    def unsearched(self) -> dict[str, set[str]]:
        """Return the ids of the articles that were left to the next search, by briefing."""
        found: dict[str, set[str]] = {}
        for line in (files.read_plain(self._unsearched_path) or b"").splitlines():
            for briefing, articles in (_decode(line, _left) or {}).items():
                found.setdefault(briefing, set()).update(articles)
        return found

    def forget_unsearched(self) -> None:
        """Forget what was left to the next search: the search index has it."""
        self._delete(self._unsearched_path)

    def generation(self) -> str:
        """Return which filling of a shared index the stamps are true of; "" where none is noted."""
        data = files.read_plain(self._generation_path) if self._is_ours() else None
        return (data or b"").decode("ascii", "replace")

    def put_generation(self, generation: str) -> None:
        """Note which filling of a shared index has what the stamps say."""
        if generation != self.generation():
            self.claim()
            files.write_atomic(self._generation_path, generation.encode("ascii"), durable=False)

    # The whole

    def clear_way(self) -> None:
        """Remove what stands in the place of the index's files, before writing them."""
        files.remove_links_below(self.folder, skip=(files.FAST,))
        for name in (LOCK_NAME, HOLDER_NAME):
            files.clear_place(self.folder / name)
        for path in self._own_files:
            files.clear_place(path)
        for name in files.FOLDERS:
            files.clear_place(self.folder / name, folder=True)

    def forget_stamps(self) -> None:
        """Mark every briefing as changed, as when the search index is rebuilt."""
        rows = self.catalog()
        if any(row.stamp is not None for row in rows):
            self.put_catalog(tuple(replace(row, stamp=None) for row in rows))

    def clear(self) -> None:
        """Delete the catalog and all fast copies."""
        for path in self._own_files:
            self._delete(path)
        self._delete_folder(self._fast_folder)
        self._known = False

    def _delete_folder(self, folder: Path) -> None:
        from shutil import rmtree

        files.refuse_links(folder, self.folder)
        files.clear_place(folder, folder=True)
        with files.writing(folder):
            if folder.exists():
                rmtree(folder)

    def _delete(self, path: Path) -> None:
        files.clear_place(path)
        with files.writing(path):
            path.unlink(missing_ok=True)

    # Layout

    def _path(self, briefing: str, key: str) -> Path:
        # No folder for the articles: it would cost more than any of the files.
        name = ".".join(_file_name(part) for part in key.split("/", 1))
        return self._fast_folder / _file_name(briefing) / f"{name}.json"

    def _is_ours(self) -> bool:
        """Whether the folder has this version's layout, which another process may have created."""
        self._known = self._known or self._read_format()
        return self._known

    def _read_format(self) -> bool:
        return files.read_plain(self._format_path) == _FORMAT

    def claim(self) -> None:
        """Before a write: clear what another version left, and mark the folder as ours."""
        if not (self._known and self._format_path.exists()):
            if not self._read_format():
                self.clear()
                files.write_atomic(self._format_path, _FORMAT, durable=False)
            self._known = True


def _file_name(name: str) -> str:
    """Return a name that is safe on every file system: a slug unchanged, others hashed."""
    if _PLAIN_NAME.match(name):
        return name
    import hashlib

    return "x." + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.lstat().st_size
    return 0


def _decode(data: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[_T]) -> _T | None:
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return decoder.decode(data)
    return None
