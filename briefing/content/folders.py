"""Reading and storing the files in a briefing's folder."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from msgspec.structs import replace

from briefing import errors
from briefing.content.articles import encode_article, parse_article, read_article
from briefing.content.edits import EDITS_NAME, Apply, apply_only, read_edits
from briefing.content.files import make_folder, read_bytes, remove_leftovers, write_together
from briefing.content.info import INFO_NAME, dump_info, parse_info
from briefing.content.locking import briefing_lock, library_lock, library_of
from briefing.content.naming import is_safe_name, safe_child, slugify
from briefing.errors import ContentError, InputError, NotFoundError, WriteError
from briefing.model import Article, Briefing, BriefingInfo, Problem

_T = TypeVar("_T")

ORIGINALS = "originals"
SUFFIX = ".yaml"


def article_paths(folder: Path) -> tuple[Path, ...]:
    """List a briefing's article files by name, no hidden ones; raises NotFoundError."""
    if folder.is_symlink():
        raise NotFoundError(f"{folder} is a symbolic link, which is not followed.")
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if _is_article_name(entry.name))
    except OSError as error:
        raise NotFoundError(f"The folder {folder} cannot be read: {error.strerror}.") from None
    return tuple(folder / name for name in names)


def read_briefing(folder: Path, apply: Apply = apply_only) -> Briefing:
    """Read a briefing, `apply` its edits; broken files are named. Raises NotFoundError."""
    return edited(read_folder(folder, article_paths(folder)), apply)


def edited(briefing: Briefing, apply: Apply) -> Briefing:
    """Return a briefing that was read with its edits applied by `apply`."""
    articles, orphans = apply(briefing.articles, briefing.edits, briefing.info)
    return replace(briefing, articles=articles, orphans=orphans)


def read_folder(
    folder: Path, paths: Iterable[Path], open_file: Callable[[Path], bytes] = read_bytes
) -> Briefing:
    """Read a briefing's files, articles at `paths`, by `open_file`; raises NotFoundError."""
    written = read_analyst_files(folder, open_file)
    read, _, problems = read_articles(
        paths, {}, read_file=lambda path: parse_article(open_file(path), path)
    )
    return replace(written, articles=read, problems=written.problems + problems)


def read_analyst_files(folder: Path, open_file: Callable[[Path], bytes] = read_bytes) -> Briefing:
    """Read briefing.yaml and edits.yaml, and no articles; raises as `read_folder` does."""
    problems: list[Problem] = []
    path = folder / INFO_NAME
    parsed = _or_problem(lambda path: parse_info(open_file(path), path), path, problems)
    if parsed is not None and parsed.broken_codebook is not None:
        problems.append(_problem_in(path, parsed.broken_codebook))
    edits = _or_problem(partial(read_edits, open_file=open_file), folder / EDITS_NAME, problems)
    info = parsed.info if parsed else BriefingInfo(title=folder.name)
    return Briefing(name=folder.name, info=info, edits=edits or (), problems=tuple(problems))


def read_articles(
    paths: Iterable[Path],
    names: dict[str, str],
    *,
    known: Callable[[Path], bool] = lambda _: False,
    read_file: Callable[[Path], Article] = read_article,
    before_each: Callable[[], None] = lambda: None,
) -> tuple[tuple[Article, ...], tuple[str, ...], tuple[Problem, ...]]:
    """Read articles of a folder; return them, the ids of those that are `known`, and problems.

    `names` has the file of each id that was seen before, and gets those of these.
    """
    problems: list[Problem] = []
    read: list[Article] = []
    same: list[str] = []
    for path in paths:
        before_each()
        is_known = known(path)
        try:
            article = None if is_known else _or_problem(read_file, path, problems)
        except NotFoundError:
            continue  # removed between listing and reading
        if article is None and not is_known:
            continue
        found = path.stem if article is None else article.id
        if found in names:
            message = f"the id {found!r} is already that of {names[found]}"
            problems.append(Problem(file=f"{path.parent.name}/{path.name}", message=message))
            continue
        names[found] = path.name
        if article is None:
            same.append(found)
        else:
            read.append(article)
    return tuple(read), tuple(same), tuple(problems)


def parse_folder(folder: Path, files: Mapping[str, bytes]) -> Briefing:
    """Return what a folder's files, bytes by name, hold; raises NotFoundError without its info."""

    def open_file(path: Path) -> bytes:
        if path.name not in files:
            raise NotFoundError(f"There is no file {path}.")
        return files[path.name]

    paths = [folder / name for name in sorted(files) if _is_article_name(name)]
    return read_folder(folder, paths, open_file)


def _or_problem(reader: Callable[[Path], _T], path: Path, problems: list[Problem]) -> _T | None:
    try:
        return reader(path)
    except ContentError as error:
        problems.append(_problem_in(path, error))
        return None


def _problem_in(path: Path, error: ContentError) -> Problem:
    """Return what is wrong with a file of a briefing, named relative to `content/`."""
    return replace(to_problem(error), file=f"{path.parent.name}/{path.name}")


def create_briefing(folder: Path, info: BriefingInfo) -> Path:
    """Create a briefing under the lock; raises UsageError for a name, BusyError, WriteError."""
    folder = safe_child(folder.parent, folder.name)
    path = folder / INFO_NAME
    with briefing_lock(folder):
        make_folder(folder)
        if not os.path.lexists(path):
            write_together([(path, dump_info(info).encode("utf-8"))])
    return path


def store_articles(
    folder: Path,
    articles: Sequence[tuple[Article, bytes]],
    write: Callable[[Sequence[tuple[Path, bytes]]], None] = write_together,
    encode: Callable[[Article], bytes] = encode_article,
) -> tuple[Path, ...]:
    """Store articles with their originals, which are written first; return their paths.

    Takes the library's lock, creates a missing briefing (titled after the first) and removes
    temporary files of killed writers. A file that several share is kept once. `write` writes the
    YAML that `encode` makes, and what has to be written with it; where it raises, none or only
    some are stored. Raises MismatchError where an original does not have its article's sha256,
    InputError, UsageError for an unsafe id, BusyError, WriteError.
    """
    files: dict[Path, bytes] = {}
    originals: dict[Path, bytes] = {}
    digests: dict[Path, str] = {}
    for article, original in articles:
        kept = original_path(folder, article)
        files[article_path(folder, article.id)] = encode(article)
        if originals.setdefault(kept, original) != original:
            raise _is_taken(kept)
        if kept not in digests:
            digests[kept] = hashlib.sha256(original).hexdigest()
        if digests[kept] != article.source.sha256:
            raise errors.MismatchError(f"The original of {article.id} does not match its sha256.")
    with library_lock(library_of(folder)):
        first = articles[0][0]
        create_briefing(folder, BriefingInfo(title=first.headline or first.id))
        make_folder(folder / ORIGINALS)
        remove_leftovers(folder / ORIGINALS)
        remove_leftovers(folder)
        write_together([item for item in originals.items() if not _is_kept(*item)])
        write(list(files.items()))
    return tuple(files)


def article_path(folder: Path, article_id: str) -> Path:
    """Return the path of an article's file; raises UsageError or InputError for an unsafe id."""
    if not is_safe_name(article_id):
        safe_child(folder, article_id)
        hint = f"Use lower-case letters, digits and hyphens, as in {slugify(article_id)!r}."
        raise InputError(f"{article_id!r} cannot be the id of an article.", hint)
    return safe_child(folder, article_id + SUFFIX)


def original_path(folder: Path, article: Article) -> Path:
    """Return the path of an original; raises InputError for a place elsewhere, UsageError."""
    parts = PurePosixPath(article.source.file).parts
    if len(parts) != 2 or parts[0] != ORIGINALS:
        raise InputError(
            f"The original of {article.id}, {article.source.file!r}, is not in {ORIGINALS}/."
        )
    return safe_child(folder / ORIGINALS, parts[1])


def _is_kept(path: Path, data: bytes) -> bool:
    """Whether an original is kept already; raises WriteError where another file is in its place."""
    try:
        if read_bytes(path, limit=max(len(data), 1)) == data:
            return True
    except NotFoundError:
        return False
    except ContentError:
        pass
    raise _is_taken(path)


def _is_taken(path: Path) -> WriteError:
    hint = "Store the article under another id."
    return WriteError(f"{path} holds the original of another article and was left as it is.", hint)


def _is_article_name(name: str) -> bool:
    return name.endswith(SUFFIX) and name[0] != "." and name not in (INFO_NAME, EDITS_NAME)


def to_problem(error: ContentError) -> Problem:
    """Return the error of a broken file as a problem to report."""
    place = ":".join(str(p) for p in (error.path, error.line, error.column) if p is not None)
    return Problem(
        file=str(error.path),
        message=error.message.removeprefix(f"{place}: "),
        line=error.line,
        column=error.column,
        wrong_quote=isinstance(error, errors.WrongQuoteError),
    )
