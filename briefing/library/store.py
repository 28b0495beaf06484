"""The catalog and the fast copies under `index/`: JSON that may be deleted at any time.

What cannot be read - missing, torn, from another version - counts as absent, and the library
makes it again from `content/`. Whoosh is not imported here: the first screen needs this alone.

    index/store.json            which layout this is
    index/catalog.json          one row a briefing, as it was when the log was last folded in
    index/catalog.log           rows put and removed since, one JSON line each
    index/fast/BRIEFING/KEY     fast copies, a file each
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from msgspec.structs import replace

from briefing.content.derived_files import (
    append_line,
    cannot_write,
    drop_links,
    own_folder,
    read_plain,
    replace_file,
)
from briefing.search.results import CatalogRow

STORE_FORMAT = "briefing/store/6"
"""Another one makes everything anew; due whenever a row or a copy of before cannot be used."""
FOLD_BYTES = 256_000
"""The log is folded into the catalog when it is longer than this and than half the catalog."""

FAST = "fast"

_T = TypeVar("_T")
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\Z")


class _Stamped(msgspec.Struct, frozen=True, gc=False):
    """What a row tells of its briefing's files alone, quicker to read than all of it."""

    name: str
    stamp: str | None = None


_Row = TypeVar("_Row", CatalogRow, _Stamped)


class _Line(msgspec.Struct, Generic[_Row], frozen=True):
    """One line of the log: a row to put, or the name of one to remove."""

    row: _Row | None = None
    removed: str | None = None


class _Format(msgspec.Struct, frozen=True):
    format: str


_rows = msgspec.json.Decoder(tuple[CatalogRow, ...])
_line = msgspec.json.Decoder(_Line[CatalogRow])
_stamped_rows = msgspec.json.Decoder(tuple[_Stamped, ...])
_stamped_line = msgspec.json.Decoder(_Line[_Stamped])


class Store:
    """The catalog and the fast copies of one library.

    Writers of one library hold its lock; readers need none. Reading never writes and never
    raises; writing raises WriteError.
    """

    def __init__(self, folder: Path) -> None:
        """Look at `folder` (a library's `index/`), which need not exist yet."""
        self.folder = folder
        self._known = self._read_format()

    # Catalog

    def catalog(self) -> tuple[CatalogRow, ...]:
        """Every briefing's row, by name; empty when the library was never indexed."""
        rows = self._rows(_rows, _line)
        return tuple(rows[name] for name in sorted(rows))

    def states(self) -> dict[str, str | None]:
        """Return the `stamp` of every row by its name, for a fraction of the catalog's cost."""
        return {row.name: row.stamp for row in self._rows(_stamped_rows, _stamped_line).values()}

    def _rows(
        self,
        rows: msgspec.json.Decoder[tuple[_Row, ...]],
        line: msgspec.json.Decoder[_Line[_Row]],
    ) -> dict[str, _Row]:
        """Read the catalog and play its log."""
        if not self._is_ours():
            return {}
        base = read_plain(self._catalog_path)
        merged = {row.name: row for row in (_decode(base, rows) if base else None) or ()}
        for text in (read_plain(self._log_path) or b"").splitlines():
            _apply(merged, _decode(text, line))
        return merged

    def row(self, briefing: str) -> CatalogRow | None:
        """Return the row of one briefing, or None."""
        return next((row for row in self.catalog() if row.name == briefing), None)

    def put_row(self, row: CatalogRow) -> None:
        """Add a briefing's row, or replace the one of the same name; raises WriteError."""
        self.put_rows((row,))

    def put_rows(self, rows: Sequence[CatalogRow]) -> None:
        """Add briefings' rows, or replace those of the same names; raises WriteError."""
        if rows:
            self._log([_Line(row=row) for row in rows])

    def remove_row(self, briefing: str) -> None:
        """Take a briefing's row out of the catalog, with its fast copies; raises WriteError."""
        self._log([_Line(removed=briefing)])
        self.remove(briefing)

    def put_catalog(self, rows: tuple[CatalogRow, ...]) -> None:
        """Replace the whole catalog at once, as after indexing a library anew."""
        self.claim()
        ordered = sorted(rows, key=lambda row: row.name)
        replace_file(self._catalog_path, msgspec.json.encode(ordered))
        replace_file(self._log_path, b"")

    def _log(self, lines: Sequence[_Line[CatalogRow]]) -> None:
        self.claim()
        append_line(self._log_path, b"\n".join(map(msgspec.json.encode, lines)))
        log, base = _size(self._log_path), _size(self._catalog_path)
        if log > max(FOLD_BYTES, base // 2):
            # A kill between the two files of put_catalog is harmless: the log says it again.
            self.put_catalog(self.catalog())

    # Fast copies

    def read(self, briefing: str, key: str, kind: type[_T]) -> _T | None:
        """Return the fast copy of `key` (such as `panels` or `article/ID`), or None.

        What is stored but not a `kind` as this version knows it counts as absent too.
        """
        if not self._is_ours():
            return None
        data = read_plain(self._path(briefing, key))
        if data is None:
            return None
        return _decode(data, msgspec.json.Decoder(kind))

    def write(self, briefing: str, key: str, value: object) -> None:
        """Store a fast copy of `value`, a model type or built-in data; raises WriteError."""
        self.claim()
        path = self._path(briefing, key)
        own_folder(path.parent, self.folder)
        replace_file(path, msgspec.json.encode(value))

    def remove(self, briefing: str, key: str | None = None) -> None:
        """Delete one fast copy, or all of a briefing; raises WriteError."""
        from shutil import rmtree

        path = self._path(briefing, key) if key else self._fast_folder / _file_name(briefing)
        own_folder(path.parent if key else path, self.folder)
        try:
            if key:
                path.unlink(missing_ok=True)
            elif path.exists():
                rmtree(path)
        except OSError as error:
            raise cannot_write(path, error) from error

    # The whole

    def drop_links(self) -> None:
        """Take symbolic links out of the folder, before anything is written; raises WriteError.

        Those among the fast copies, which may be many, are taken out when one is written.
        """
        drop_links(self.folder, spare=(FAST,))

    def forget_stamps(self) -> None:
        """Take every file for changed, as when the search index starts anew; raises WriteError."""
        rows = self.catalog()
        if any(row.stamp is not None for row in rows):
            self.put_catalog(tuple(replace(row, stamp=None) for row in rows))

    def clear(self) -> None:
        """Forget everything; raises WriteError."""
        from shutil import rmtree

        own_folder(self._fast_folder, self.folder)
        try:
            for path in (self._catalog_path, self._log_path, self._format_path):
                path.unlink(missing_ok=True)
            if self._fast_folder.exists():
                rmtree(self._fast_folder)
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        self._known = False

    # Layout

    @property
    def _format_path(self) -> Path:
        return self.folder / "store.json"

    @property
    def _catalog_path(self) -> Path:
        return self.folder / "catalog.json"

    @property
    def _log_path(self) -> Path:
        return self.folder / "catalog.log"

    @property
    def _fast_folder(self) -> Path:
        return self.folder / FAST

    def _path(self, briefing: str, key: str) -> Path:
        # A folder for the articles alone would cost more than any of the files.
        name = ".".join(_file_name(part) for part in key.split("/", 1))
        return self._fast_folder / _file_name(briefing) / f"{name}.json"

    def _is_ours(self) -> bool:
        """Tell whether the folder is of this version; another process may just have made it so."""
        self._known = self._known or self._read_format()
        return self._known

    def _read_format(self) -> bool:
        data = read_plain(self._format_path)
        stamp = _decode(data, msgspec.json.Decoder(_Format)) if data else None
        return stamp == _Format(STORE_FORMAT)

    def claim(self) -> None:
        """Clear what another version left, and stamp the folder as ours; raises WriteError.

        Each write begins with it; call it where several processes are about to write.
        """
        own_folder(self.folder, self.folder)
        if self._known and self._format_path.exists():
            return
        if not self._read_format():
            self.clear()
            replace_file(self._format_path, msgspec.json.encode(_Format(STORE_FORMAT)))
        self._known = True


def _apply(rows: dict[str, _Row], line: _Line[_Row] | None) -> None:
    """Play one line of the log; a torn line (None) is passed over."""
    if line is None:
        return
    if line.row is not None:
        rows[line.row.name] = line.row
    if line.removed is not None:
        rows.pop(line.removed, None)


def _file_name(name: str) -> str:
    """Make a name safe on every file system: a slug stays as it is, others are hashed."""
    if _PLAIN_NAME.match(name):
        return name
    import hashlib

    return "x." + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _decode(data: bytes, decoder: msgspec.json.Decoder[_T]) -> _T | None:
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
