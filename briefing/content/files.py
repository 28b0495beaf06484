"""Reading and writing files: size-limited, atomic, never through a symbolic link.

What is below `index/` can be rebuilt, and may come from anybody and hold anything: what stands in
the way of a file is removed there, and a link in the place of a folder is left alone.
"""

import errno
import itertools
import os
import stat
from collections.abc import Container, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from briefing.errors import ContentError, NotFoundError, WriteError

MAX_FILE_BYTES = 128 * 1024 * 1024
"""The largest file that is read: files are held in memory as a whole."""
_TEMPORARY = ".tmp"
_NAME_PART = 50
"""Characters of a file's name in that of its temporary file: names have at most 255 bytes."""
_TOGETHER = 64
"""Files that are open at once while they are written together."""
_SYNCING = 16
"""Files that the disk is told of at once: their waits overlap (16 took .2 ms a file, 1 took 2)."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Open a regular file in a `with` block; raises NotFoundError, ContentError for others."""
    if not _NO_FOLLOW and path.is_symlink():
        raise ContentError("a symbolic link is not followed", path=path)
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY)
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {path}.") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ContentError("a symbolic link is not followed", path=path) from None
        raise ContentError(f"the file cannot be read: {error.strerror}", path=path) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ContentError("this is not a regular file", path=path)
    with os.fdopen(descriptor, "rb") as file:
        try:
            yield file
        except OSError as error:
            raise ContentError(f"the file cannot be read: {error.strerror}", path=path) from None


def read_bytes(path: Path, *, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read a file as `open_regular` does; raises ContentError, too, for more than `limit` bytes."""
    with open_regular(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise too_large(path, limit)
    return data


def too_large(path: Path, limit: int) -> ContentError:
    """Return the error for a file of more than `limit` bytes."""
    return ContentError(f"the file is larger than {limit // 1024} KiB and was not read", path=path)


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write `data` to `path` so that a reader sees the old file or the whole new one.

    An existing file keeps its permissions; a symbolic link at `path` is replaced, never written
    through. With `durable` the bytes are on the disk when this returns; without, for what can be
    rebuilt, a power cut may tear the file, and parent folders are created. Raises WriteError.
    """
    write_together([(path, data)], durable=durable)


def write_together(files: Sequence[tuple[Path, bytes]], *, durable: bool = True) -> None:
    """Write files as `write_atomic` does, in this order, and let the disk take them together.

    A disk that is told of many files at once writes them in a fraction of the time. Raises
    WriteError for a file that was not written: those before it may have been.
    """
    waiting = [(_temporary(path), path, data) for path, data in files]
    path = Path()
    try:
        for start in range(0, len(waiting), _TOGETHER):
            with ExitStack() as stack:
                descriptors: list[int] = []
                for temporary, path, data in waiting[start : start + _TOGETHER]:
                    if not (durable or path.parent.exists()):
                        path.parent.mkdir(parents=True, exist_ok=True)
                    new = _new_file(temporary, data, mode=_mode_of(path))
                    descriptors.append(stack.enter_context(new))
                if durable:
                    _sync_files(descriptors)
        for temporary, path, _ in waiting:
            temporary.replace(path)
        for folder in dict.fromkeys(path.parent for path, _ in files if durable):
            sync_folder(folder)
    except OSError as error:
        raise write_error(path, error) from error
    except ValueError as error:
        raise WriteError(f"{str(path)!r} cannot be the name of a file.") from error
    finally:
        # After the rename there is no file of this name.
        for temporary, _, _ in waiting:
            with suppress(OSError, ValueError):
                temporary.unlink()


def _sync_files(descriptors: Sequence[int]) -> None:
    if len(descriptors) == 1:
        os.fsync(descriptors[0])
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_SYNCING) as pool:
        list(pool.map(os.fsync, descriptors))


def write_error(path: Path, error: OSError) -> WriteError:
    """Return the WriteError for a failure to write `path`, with a hint where one is known."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "The disk is full: free some space and try again."
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = "Check the folder's permissions, or name another library with --library."
    else:
        hint = None
    return WriteError(f"{path} was not written: {error.strerror or error}.", hint)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise WriteError where the system fails in a `with` block, which writes `path`."""
    try:
        yield
    except OSError as error:
        raise write_error(path, error) from error


def make_folder(folder: Path) -> None:
    """Create a folder and its parents; raises WriteError, for a symbolic link too."""
    refuse_links(folder, folder.parent)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


def refuse_links(path: Path, root: Path) -> None:
    """Raise WriteError where any part of `path` below `root`, `path` included, is a symbolic link.

    A library may come from anybody, and a link in it may lead anywhere. `root` itself may be one,
    and parts may be missing. Raises WriteError, too, where a part cannot be examined.
    """
    here = root
    for part in path.relative_to(root).parts:
        here /= part
        with writing(here):
            linked = here.is_symlink()
        if linked:
            hint = "Replace it by what it leads to, or name another library with --library."
            raise WriteError(f"{here} is a symbolic link; nothing is written through it.", hint)


def is_leftover(name: str) -> bool:
    """Whether a file name is that of a temporary file of `write_atomic`."""
    return name.startswith(".") and name.endswith(_TEMPORARY)


def remove_leftovers(folder: Path) -> int:
    """Remove killed writers' temporary files, under the library's lock; return how many."""
    removed = 0
    if folder.is_symlink():
        return removed
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_leftover(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108 (an entry of scandir has no Path)
                    removed += 1
    return removed


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name[:_NAME_PART]}.{os.urandom(6).hex()}{_TEMPORARY}")


@contextmanager
def _new_file(path: Path, data: bytes, *, mode: int | None) -> Iterator[int]:
    """Write a new file, and yield its descriptor once all is handed to the system."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)
        file.write(data)
        file.flush()
        yield descriptor


def _mode_of(path: Path) -> int | None:
    with suppress(OSError):
        found = path.lstat().st_mode
        return stat.S_IMODE(found) if stat.S_ISREG(found) else None
    return None


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut, where the system can sync a folder."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def count_same(old: Sequence[str | bytes], new: Sequence[str | bytes]) -> int:
    """Return how many lines from the first on are the same in both."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


FAST = "fast"
FOLDERS = (FAST, "search")
"""The folders of an index: copies of what is read often, and what is searched."""


def remove_links_below(folder: Path, *, skip: Container[str] = ()) -> None:
    """Remove every symbolic link in `folder` and its subfolders that leads to no folder.

    Call it before anything is opened or written there; folders with a name in `skip` are not
    searched. Raises WriteError where `folder` itself is a link, or one cannot be removed.
    """
    _refuse_link(folder)
    pending = [folder]
    while pending:
        here = pending.pop()
        # It may not exist yet, or be removed meanwhile.
        with writing(here), suppress(FileNotFoundError), os.scandir(here) as entries:
            for entry in entries:
                if entry.is_symlink() and not entry.is_dir():
                    (here / entry.name).unlink(missing_ok=True)
                elif entry.is_dir(follow_symlinks=False) and entry.name not in skip:
                    pending.append(here / entry.name)


def folder_links(index: Path) -> tuple[Path, ...]:
    """Return the symbolic links in the place of an index's folders; none where it is unreadable."""
    folders = [index, *(index / name for name in FOLDERS)]
    found = [path for path in folders if os.path.islink(path)]  # noqa: PTH114 (never raises)
    with suppress(OSError), os.scandir(index / FAST) as entries:
        found += [Path(entry.path) for entry in entries if entry.is_symlink()]
    return tuple(found)


def clear_place(path: Path, *, folder: bool = False) -> None:
    """Remove what stands at `path` unless it is a file, or `folder`; raises WriteError."""
    import shutil

    with writing(path), suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) and path.is_dir():
            _refuse_link(path)
        if stat.S_ISDIR(mode) and not folder:
            shutil.rmtree(path)
        elif not (stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and not folder)):
            path.unlink()


def append_line(path: Path, line: bytes) -> None:
    """Append one or more complete lines to a log in a single write; raises WriteError.

    A line that an earlier failure left incomplete is ended first. A log that is a symbolic link or
    has a second hard link is replaced by a new file.
    """
    if not _is_sole_link(path):
        before = read_plain(path) or b""
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        write_atomic(path, before + gap + line + b"\n", durable=False)
        return
    flags = os.O_RDWR | os.O_APPEND | _NO_FOLLOW | _BINARY
    with writing(path), os.fdopen(os.open(path, flags), "ab+") as log:
        size = log.seek(0, os.SEEK_END)
        if size:
            log.seek(size - 1)
            line = line if log.read(1) == b"\n" else b"\n" + line
        log.write(line + b"\n")


def read_plain(path: Path) -> bytes | None:
    """Read a regular file; None where there is none, or it is a link, a device or unreadable."""
    with suppress(NotFoundError, ContentError):
        return read_bytes(path)
    return None


def _refuse_link(folder: Path) -> None:
    if folder.is_symlink():
        raise WriteError(f"{folder} is a symbolic link; nothing is written through it.")


def _is_sole_link(path: Path) -> bool:
    """Whether there is a regular file at `path` with no other hard link."""
    with suppress(OSError):
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_nlink == 1
    return False
