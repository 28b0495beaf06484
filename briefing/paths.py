"""Where things are: which library to open, its index, the user's config and reading state."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import replace

from briefing.content.naming import APP, user_folder
from briefing.errors import ContentError, NotFoundError, UsageError, WriteError
from briefing.model import Place, Record, decoder_of

_T = TypeVar("_T")
MAX_CONFIG_BYTES = 1_000_000
LIBRARY_VARIABLE = "BRIEFING_LIBRARY"
INDEX_VARIABLE = "BRIEFING_INDEX"
OWN_INDEX = "local"
"""Said for the address of a shared index, it means the library's own in `index/`."""
CONFIG_VARIABLE = "BRIEFING_CONFIG"

FoundBy = Literal["named", "environment", "folder", "config", "sample"]


class LibraryPlace(Record, frozen=True, kw_only=True):
    """A library's folder and how it was chosen; the folder need not exist when it was named.

    `index` is the address of the database that has its search index, None where `index/` has it.
    """

    root: Path
    origin: FoundBy
    index: str | None = None


class Config(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The user's `config.toml`: all of it optional, and never written by the program.

    `index` is the address of the search index of `library`, or of any library where none is named;
    `keys` maps a binding's id to the keys that trigger it, separated by commas; with `offline`
    nothing is fetched.
    """

    library: str | None = None
    index: str | None = None
    theme: str | None = None
    offline: bool = False
    keys: dict[str, str] = msgspec.field(default_factory=dict)


class ReadingPlace(Record, frozen=True, kw_only=True):
    """Where one reads in a briefing: its place and what is chosen around it.

    `top` is the chunk that the view begins with and
    the offset in it; `panel` is the list that was used last, `is_reading` whether the reader was.
    """

    place: Place
    top: tuple[str, int] | None = None
    country: str | None = None
    panel: str = "countries"
    middle: str = "quotes"
    is_reading: bool = False
    paraphrases: bool = False


class ReadingState(Record, frozen=True, kw_only=True):
    """Where the reader left off: the theme, and the last place in each briefing of a library.

    `spots` maps `library root` to `briefing` to where one reads, `opened` to how many articles
    there were when it was open last, `states` to what its files were then, `read` to `article` to
    the stamp of the text that was read;
    `is_welcomed` says that the welcome was read.
    """

    theme: str | None = None
    spots: dict[str, dict[str, ReadingPlace]] = msgspec.field(default_factory=dict)
    opened: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    states: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    read: dict[str, dict[str, dict[str, str]]] = msgspec.field(default_factory=dict)
    is_welcomed: bool = False


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the config file's path, which need not exist; raises UsageError."""
    named = _named_by(CONFIG_VARIABLE, environ)
    return Path(named) if named else user_folder("config") / "config.toml"


def _named_by(variable: str, environ: Mapping[str, str]) -> str | None:
    """Return the path that a variable names, None where it is not set.

    Raises UsageError where it is empty: another path in its place would be the wrong one.
    """
    named = environ.get(variable)
    if named is not None and not named.strip():
        raise UsageError(f"{variable} is set, but empty", "Name a path with it, or unset it.")
    return named


def read_config(path: Path | None = None) -> Config:
    """Return the config, empty where there is no file.

    Raises UsageError where it is broken, and where a variable names a file that there is not.
    """
    is_named = path is None and CONFIG_VARIABLE in os.environ
    path = path or config_path()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CONFIG_BYTES)
    except (FileNotFoundError, NotADirectoryError):  # Daemons have a file for their home.
        if is_named:
            hint = f"{CONFIG_VARIABLE} names it: write it, or unset that."
            raise UsageError(f"{path}: there is no such file", hint) from None
        return Config()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    import tomllib

    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8")), Config)
    except (ValueError, msgspec.ValidationError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else error
        raise UsageError(
            f"{path}: {reason}", "Correct the file, or move it away to use the defaults."
        ) from error


def sample_library() -> Path:
    """Return the library that ships: inside the package, or beside it in a checkout."""
    package = Path(__file__).parent
    shipped = package / "sample"
    return shipped if (shipped / "content").is_dir() else package.parent


def find_library(
    named: Path | None,
    index: str | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    folder: Path | None = None,
    config: Config | None = None,
) -> LibraryPlace:
    """Choose the library: named, from the environment, nearest folder upwards, config, sample.

    So is its `index`: as named, from the environment, or the config where that means this library;
    the sample has its own unless another is named. Raises UsageError where the config is broken, or
    names a library by nothing, and for what is no address of an index.
    """
    read = cache(lambda: config if config is not None else read_config())
    place = _find_root(named, environ, folder, read)
    is_sample = place.origin == "sample"
    address = index or (None if is_sample else _named_by(INDEX_VARIABLE, environ))
    if address is None and not is_sample:
        library = read().library
        if library is None or _absolute(Path(library)) == place.root:
            address = read().index
    if address is None or address == OWN_INDEX:
        return place
    from briefing.search.address import check_address

    return replace(place, index=check_address(address))


def _find_root(
    named: Path | None,
    environ: Mapping[str, str],
    folder: Path | None,
    read: Callable[[], Config],
) -> LibraryPlace:
    if named is not None:
        return LibraryPlace(root=_absolute(named), origin="named")
    variable = _named_by(LIBRARY_VARIABLE, environ)
    if variable is not None:
        return LibraryPlace(root=_absolute(Path(variable)), origin="environment")
    for candidate in _upwards(folder):
        if holds_briefings(candidate):
            return LibraryPlace(root=candidate, origin="folder")
    library = read().library
    if library is not None:
        if not library.strip():
            raise UsageError("library is empty in the config", "Name a folder, or leave it out.")
        return LibraryPlace(root=_absolute(Path(library)), origin="config")
    return LibraryPlace(root=sample_library(), origin="sample")


def _upwards(folder: Path | None) -> tuple[Path, ...]:
    """Return a folder, by default the current one, and those above; none where it was deleted."""
    try:
        start = (folder or Path.cwd()).absolute()
    except FileNotFoundError:
        return ()
    return (start, *start.parents)


def _absolute(named: Path) -> Path:
    """Return the folder that was named; raises UsageError where it depends on nothing."""
    try:
        return named.expanduser().absolute()
    except FileNotFoundError:
        message = "the current folder no longer exists"
    except RuntimeError:
        message = "there is no home of that user"
    raise UsageError(f"{named}: {message}", "Name the library by a whole path.") from None


def holds_briefings(root: Path) -> bool:
    """Whether `root/content/` has at least one folder with a `briefing.yaml`."""
    try:
        with os.scandir(root / "content") as entries:
            return any(
                entry.is_dir(follow_symlinks=False)
                and os.path.lexists(os.path.join(entry.path, "briefing.yaml"))  # noqa: PTH118
                for entry in entries
            )
    except OSError:
        return False


def require_library(place: LibraryPlace) -> Path:
    """Return the root of a library that exists.

    Raises NotFoundError with a way out, ContentError where permissions hide it.
    """
    try:
        if stat.S_ISDIR((place.root / "content").stat().st_mode):
            return place.root
    except PermissionError as error:
        raise ContentError("it may not be looked into", path=Path(error.filename)) from None
    except (OSError, ValueError):
        pass
    raise NotFoundError(
        f"{place.root}: no library here (there is no content/ folder)",
        f"Make one by adding an article: briefing --library {place.root} add FILE --to NAME",
    )


def index_folder(root: Path, *, environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the index of a library lives: inside it, or in the cache if it is read-only.

    The sample library inside an installed package counts as read-only even where it is not, so
    that an installed package is never written to; and so does one whose index is a symbolic link,
    which may lead anywhere.
    """
    inside = root / "index"
    shipped = Path(__file__).parent in (root, *root.parents)
    here = inside if os.path.isdir(inside) else root  # noqa: PTH112 (a closed folder is none)
    if not shipped and not os.path.islink(inside) and _writable(here):  # noqa: PTH114
        return inside
    return cached_index_folder(root, environ=environ)


def cached_index_folder(root: Path, *, environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the index of a library lives in the user's cache."""
    import hashlib

    named = environ.get("XDG_CACHE_HOME")
    cache = Path(named) / APP if named else user_folder("cache")
    return cache / hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:16]


def shared_folder(index_folder: Path, address: str | None) -> Path:
    """Return the folder, of those in an index's, for what belongs to the database at an address.

    What is known of one index tells nothing of another, so that each has a folder of its own.
    """
    if address is None:
        return index_folder
    from briefing.search.address import address_key

    return index_folder / f"shared-{address_key(address)}"


def _writable(folder: Path) -> bool:
    while not os.path.exists(folder):  # noqa: PTH110 (nor does it raise here)
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)


def state_folder() -> Path:
    """Return the user's folder for what the program notes for itself, which need not exist."""
    return user_folder("state")


def note_path(kind: str, root: Path, *names: str) -> Path:
    """Return where the program notes for itself what it knows of a thing in a library."""
    import hashlib

    key = b"\0".join(map(os.fsencode, (str(root.absolute()), *names)))
    return state_folder() / kind / f"{hashlib.sha256(key).hexdigest()[:32]}.json"


def state_path() -> Path:
    """Return the reading state's path, which need not exist."""
    return state_folder() / "reading.json"


def read_state(path: Path | None = None) -> ReadingState:
    """Return the reading state; an absent or unreadable file is an empty state."""
    return read_note(path or state_path(), ReadingState) or ReadingState()


def write_state(state: ReadingState, path: Path | None = None) -> None:
    """Write the reading state atomically; raises WriteError."""
    write_note(path or state_path(), state)


def read_note(path: Path, kind: type[_T]) -> _T | None:
    """Return what the program noted for itself, None where there is no note or a broken one."""
    try:
        return decoder_of(kind).decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def write_note(path: Path, value: Record | Sequence[Record | str] | Mapping[str, Record]) -> None:
    """Write what the program notes for itself as JSON, atomically; raises WriteError."""
    from briefing.content.files import write_atomic

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{path.parent}: cannot be made ({error.strerror})") from error
    write_atomic(path, msgspec.json.encode(value))
