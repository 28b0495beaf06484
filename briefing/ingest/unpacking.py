"""Finds the files that may be articles, also inside ZIP archives, gzip files and mail boxes.

What is inside is read in its turn, never written to disk; an archive inside another is not opened.
"""

import gzip
import io
import mmap
import os
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from briefing.errors import InputError
from briefing.ingest import formats
from briefing.ingest.formats import ADDED_SUFFIXES, MAX_BYTES, ZIP_FAULTS, suffix_of, too_large
from briefing.wording import counted

MOST_FILES: Final = 20_000
"""More files or mails of one archive are left out."""
MOST_BYTES: Final = 1024 * 1024 * 1024
"""More bytes than these, unpacked, are left out of one archive."""
_MAIL_BOX: Final = re.compile(
    rb"(?:\A|(?<=\n)\r?\n)From [^\r\n]{1,200}[ ,](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep"
    rb"|Oct|Nov|Dec)[ ,][^\r\n]{0,12}\d\d:\d\d[^\r\n]{0,60}\r?\n(?=[!-9;-~]{1,70}:|>From )"
)
_ESCAPED_FROM: Final = re.compile(rb"(?m)^>(?=>*From )")
_DOCUMENTS: Final = frozenset(
    {"[Content_Types].xml", "word/document.xml", "META-INF/container.xml", "mimetype"}
)
"""What the archives hold that are documents of an office program, or books."""
_PAGE_FOLDERS: Final = re.compile(
    r"(.+)(?:_files|\.files|-dateien|_fichiers|_archivos|_bestanden|_arquivos|_file|_pliki|-filer)\Z"
)
_MOST_NAMED: Final = 6
_OF_LIBRARIES: Final = frozenset({"briefing.yaml", "store.json"})
"""Files that only a briefing and an index have: what is below is in a library already."""
_LONGEST: Final = 10
"""Endings that are named of files left out, and the characters of one."""
_UNPACK: Final = "Unpack it and add what is inside."
_ENDINGS = sorted({row.suffixes[0] for row in formats.FORMATS} | formats.PACKED_SUFFIXES)
_KIN = {
    ".doc": ".docx", ".odt": ".docx", ".pages": ".docx", ".wps": ".docx", ".msg": ".eml",
    ".webarchive": ".mhtml", ".xls": ".csv", ".xlsx": ".csv", ".ods": ".csv", ".mobi": ".epub",
}  # fmt: skip
"""Endings of files that are not read, with what their program saves as well."""
_HINTS = {ending: f"Save it as {other}." for ending, other in _KIN.items()} | {
    ".opml": "To take the feeds that it lists: briefing feeds NAME --import FILE"
}
_ACCEPTED = f"Articles are {', '.join(_ENDINGS)} and files without an ending."


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A document inside a file, named with it; `read` raises InputError where it cannot unpack."""

    name: str
    read: Callable[[], bytes]


@dataclass(slots=True)
class Gathered:
    """The documents of a folder or a file, an error for each that is left out, and what is told."""

    files: list[Path | PackedFile] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def tell_other_kinds(where: str, names: Iterable[str]) -> list[str]:
    """Return a sentence on files that are not read for their endings, none where there are none."""
    endings = Counter(suffix_of(name) for name in names)
    if not endings:
        return []
    named = sorted(endings.most_common(_MOST_NAMED))
    kinds = ", ".join(f"{number:,} {ending[:_LONGEST]}" for ending, number in named)
    count = counted(endings.total(), "file")
    return [f"{where}: {count} of other kinds left out ({kinds})"]


def unpack(source: Path | bytes, name: str) -> Gathered | None:
    """Return what a file holds, None for a document; raises InputError for a damaged one."""
    try:
        with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as stream:
            head = stream.read(400)
    except OSError:
        return None
    if head.startswith(b"PK\x03\x04"):
        return _unpack_zip(source, name)
    if head.startswith(b"\x1f\x8b\x08"):
        return _unpack_gzip(source, name)
    return _unpack_mails(source, name) if _MAIL_BOX.match(head) else None


def is_page_folder(folder: str, beside: frozenset[str] | set[str]) -> bool:
    """Whether a folder holds the pictures of a page `beside` it, in names in lower case."""
    match = _PAGE_FOLDERS.match(folder.lower())
    return match is not None and not beside.isdisjoint({f"{match[1]}.html", f"{match[1]}.htm"})


def _unpack_zip(source: Path | bytes, name: str) -> Gathered | None:
    try:
        archive = zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source))
    except ZIP_FAULTS as error:
        if suffix_of(name) != ".zip":
            return None
        raise _damaged(name, error) from error
    members = [info for info in archive.infolist() if not info.is_dir()]
    names = {info.filename for info in members}
    lowered = {name.lower() for name in names}
    if not names.isdisjoint(_DOCUMENTS):
        return None
    left, size = 0, 0
    shown = [info for info in members if _is_shown(info.filename, lowered)]
    others = [info.filename for info in shown if suffix_of(info.filename) not in ADDED_SUFFIXES]
    found = Gathered(told=tell_other_kinds(name, others))
    for info in (info for info in shown if suffix_of(info.filename) in ADDED_SUFFIXES):
        size += info.file_size if info.file_size <= MAX_BYTES else 0
        if len(found.files) >= MOST_FILES or size > MOST_BYTES:
            left += 1
            continue
        try:
            _add_member(found, archive, info, f"{name}/{info.filename}")
        except InputError as error:
            found.errors.append(error)
    if left:
        found.errors.append(_left_out(name, left))
    elif not found.files and not found.errors:
        raise InputError(f"{name}: no articles in this archive", _UNPACK)
    return found


def _is_shown(member: str, names: set[str]) -> bool:
    """Whether a member is neither hidden nor in a folder that belongs to a page."""
    path = PurePosixPath(member.replace("\\", "/"))
    if any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
        return False
    return not any(is_page_folder(str(folder), names) for folder in path.parents)


def _add_member(
    found: Gathered, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str
) -> None:
    if info.flag_bits & 1:
        raise InputError(f"{name}: it is locked with a password", _UNPACK)
    if suffix_of(name) in {".zip", ".gz"}:
        raise InputError(f"{name}: an archive inside an archive is not opened", _UNPACK)
    if info.file_size > MAX_BYTES:
        raise too_large(name, info.file_size)
    read = partial(_read_member, archive, info, name)
    if suffix_of(name) == ".mbox":
        mails = _unpack_mails(read(), name)
        found.files += mails.files
        found.errors += mails.errors
    else:
        found.files.append(PackedFile(name, read))


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        # No more than the size that the archive states is unpacked of a member.
        return archive.read(info)
    except ZIP_FAULTS as error:
        raise _damaged(name, error) from error


def _unpack_gzip(source: Path | bytes, name: str) -> Gathered:
    inner = PurePosixPath(name.replace("\\", "/")).stem
    if suffix_of(inner) == ".tar" or suffix_of(name) == ".tgz":
        raise InputError(f"{name}: a tar archive is not opened", _UNPACK)
    whole = f"{name}/{inner}"
    if suffix_of(inner) in {".zip", ".gz"}:
        raise InputError(f"{whole}: an archive inside an archive is not opened", _UNPACK)
    head = _read_gzip(source, name, 400, cut=True)
    if _MAIL_BOX.match(head):
        return _unpack_mails(_read_gzip(source, name, MOST_BYTES // 4), name)
    return Gathered([PackedFile(whole, partial(_read_gzip, source, whole, MAX_BYTES))])


def _read_gzip(source: Path | bytes, name: str, limit: int, *, cut: bool = False) -> bytes:
    try:
        with gzip.open(source if isinstance(source, Path) else io.BytesIO(source)) as stream:
            data: bytes = stream.read(limit if cut else limit + 1)
    except ZIP_FAULTS as error:
        raise _damaged(name, error) from error
    if len(data) > limit:
        most = f"(the limit is {limit // 1_048_576} MB)"
        message = f"{name}: the file is too large when it is unpacked {most}"
        raise InputError(message, "Split it into one file an article.")
    return data


def _unpack_mails(source: Path | bytes, name: str) -> Gathered:
    """Find the mails of a mail box: each begins with a line `From ` behind a blank one."""
    box: bytes | mmap.mmap = source if isinstance(source, bytes) else b""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            box = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    starts = [match.span() for match in _MAIL_BOX.finditer(box)]
    ends = [*(start for start, _ in starts[1:]), len(box)]
    found = Gathered()
    if len(starts) > MOST_FILES:
        found.errors.append(_left_out(name, len(starts) - MOST_FILES))
    for number, ((_, start), end) in enumerate(zip(starts[:MOST_FILES], ends, strict=False), 1):
        mail = f"{name}/{number}.eml"
        found.files.append(PackedFile(mail, partial(_read_mail, box, start, end, mail)))
    return found


def _read_mail(box: bytes | mmap.mmap, start: int, end: int, name: str) -> bytes:
    if end - start > MAX_BYTES:
        raise too_large(name, end - start)
    return _ESCAPED_FROM.sub(b"", box[start:end])


def _damaged(name: str, error: Exception) -> InputError:
    return InputError(f"{name}: it is damaged and cannot be unpacked ({error})", "Save it again.")


def _left_out(name: str, number: int) -> InputError:
    most = f"{MOST_FILES:,} files or {MOST_BYTES // 1_073_741_824} GB"
    message = f"{name}: {number:,} more files are left out; it holds more than {most}"
    return InputError(message, _UNPACK)


def gather(paths: Sequence[Path]) -> Gathered:
    """Return the files to add, and an error for each path that holds none.

    Folders are walked, sorted by name, hidden entries and what belongs to a saved page skipped,
    other kinds of file told; a folder reached twice (a loop of symbolic links) is walked once, a
    file named twice is returned once. What archives and mail boxes hold stands in their place. A
    file that was named itself is reported when its ending is not accepted.
    """
    files: dict[Path, None] = {}
    found = Gathered()
    for path in paths:
        try:
            articles, told = _articles_at(path)
            files |= dict.fromkeys(articles)
            found.told += told
        except InputError as error:
            found.errors.append(error)
    for file in files:
        try:
            inside = unpack(file, file.name) or Gathered([file])
            found.files += inside.files
            found.errors += inside.errors
            found.told += inside.told
        except InputError as error:
            found.errors.append(error)
    return found


def read_source(path: Path | PackedFile) -> bytes:
    """Return the bytes of a file; raises InputError where it is too large or cannot be read."""
    if isinstance(path, PackedFile):
        return path.read()
    with _readable(path):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: not a regular file", _ACCEPTED)
        if status.st_size > MAX_BYTES:
            raise too_large(str(path), status.st_size)
        return path.read_bytes()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Raise InputError where the system refuses a path in a `with` block."""
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        raise InputError(f"{str(path)!r}: not a file name ({error})") from error


def _articles_at(path: Path) -> tuple[list[Path], list[str]]:
    with _readable(path):
        mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return _articles_below(path)
    if not stat.S_ISREG(mode):
        raise InputError(f"{path}: neither a file nor a folder", _ACCEPTED)
    if path.suffix.lower() not in ADDED_SUFFIXES:
        hint = _HINTS.get(path.suffix.lower(), _ACCEPTED)
        raise InputError(f"{path}: files ending in {path.suffix} are not read", hint)
    return [path], []


def _articles_below(folder: Path) -> tuple[list[Path], list[str]]:
    told: list[str] = []
    files = list(_walk(folder, told))
    found = [file for file in files if file.suffix.lower() in ADDED_SUFFIXES]
    others = [file.name for file in files if file.suffix.lower() not in ADDED_SUFFIXES]
    if not found:
        raise InputError(f"{folder}: no articles in this folder", _ACCEPTED)
    return found, told + tell_other_kinds(folder.resolve().name or str(folder), others)


def _walk(folder: Path, told: list[str]) -> Iterator[Path]:
    """Yield the files below a folder; tell which below cannot be read or are a library's."""

    def tell(error: OSError) -> None:
        refused = _unreadable(Path(error.filename), error)
        if error.filename == str(folder):
            raise refused from error
        told.append(refused.message)

    seen: set[tuple[int, int]] = set()
    for here, folders, files in os.walk(folder, onerror=tell, followlinks=True):
        if not _OF_LIBRARIES.isdisjoint(files) and here != str(folder):
            folders.clear()
            told.append(f"{here}: left out, a library's own files")
            continue
        status = Path(here).stat()
        beside = {name.lower() for name in (*folders, *files)}
        shown = sorted(name for name in folders if not name.startswith("."))
        again = (status.st_dev, status.st_ino) in seen
        folders[:] = [] if again else [n for n in shown if not is_page_folder(n, beside)]
        seen.add((status.st_dev, status.st_ino))
        paths = [Path(here, name) for name in sorted(files) if not name.startswith(".")]
        # Whatever the system has against a link, it is none to read; `Path.is_file` raises.
        yield from (each for each in paths if not again and os.path.isfile(each))  # noqa: PTH113


def _unreadable(path: Path, error: OSError) -> InputError:
    reasons = {
        FileNotFoundError: "there is no such file or folder",
        PermissionError: "no permission to read it",
    }
    reason = reasons.get(type(error), error.strerror or "it cannot be read")
    return InputError(f"{path}: {reason}", "Check the path." if path else None)
