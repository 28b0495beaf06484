"""Checking a briefing's folder: every file, anchor, hash and edit in it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing.content.articles import is_hand_edited, is_set_by_hand, parse_article
from briefing.content.edits import EDITS_NAME, Apply, apply_only, read_edits
from briefing.content.files import is_leftover, open_regular, read_bytes
from briefing.content.folders import ORIGINALS, SUFFIX, article_paths, original_path, to_problem
from briefing.content.info import INFO_NAME, MAX_INFO_BYTES, parse_info
from briefing.content.yaml_reading import Places, Step, decode, describe_steps
from briefing.errors import BriefingError, ContentError, NotFoundError
from briefing.model import Article, BriefingInfo, Edit, Evidence, Orphan, Problem

MAX_UNKNOWN = 20
"""Unknown keys reported per file; more would hide the other problems."""
Severity = Literal["error", "warning"]
Warn = Callable[[BriefingInfo, Sequence[Article]], str | None]


@dataclass(frozen=True, slots=True)
class _Read:
    path: Path
    text: str
    article: Article

    def problem(self, message: str, steps: Sequence[Step], severity: Severity) -> Problem:
        return _problem(self.path, Places(self.text), steps, message, severity)


def check_briefing(
    folder: Path, apply: Apply = apply_only, warn: Warn = lambda _info, _articles: None
) -> tuple[Problem, ...]:
    """Read every file in a briefing's folder and return what is wrong with it.

    Errors are files that cannot be read and values that do not match (a hash, an anchor, a
    duplicate id); warnings are changes by hand, orphaned edits, and keys or files without effect.
    `apply` applies the edits, as in `read_briefing`; `warn` says what else is wrong with articles
    by what briefing.yaml says. Raises NotFoundError where there is no such folder.
    """
    paths = article_paths(folder)
    problems: list[Problem] = []
    info = _check_info(folder / INFO_NAME, problems)
    read = [found for path in paths if (found := _read(path, problems)) is not None]
    problems += _check_ids(read)
    for found in read:
        for check in (_check_original, _check_evidence, _check_digest):
            problems += check(found, folder)
    articles = [found.article for found in read]
    known = info[0] if info else BriefingInfo(title=folder.name)
    problems += _check_edits(folder / EDITS_NAME, lambda edits: apply(articles, edits, known)[1])
    if info is not None:
        problems += _check_pins(folder / INFO_NAME, *info, articles)
        warning = warn(known, articles)
        if warning is not None:
            path = folder / INFO_NAME
            problems.append(_problem(path, info[1], ("codebook",), warning, "warning"))
    problems += _check_files(folder, articles, complete=len(read) == len(paths))
    return tuple(problems)


def _check_info(path: Path, problems: list[Problem]) -> tuple[BriefingInfo, Places] | None:
    try:
        data = read_bytes(path, limit=MAX_INFO_BYTES)
        info, unknown, broken_codebook, text = parse_info(data, path)
    except NotFoundError:
        problems.append(Problem(file=str(path), message="the file is missing"))
        return None
    except ContentError as error:
        problems.append(to_problem(error))
        return None
    if broken_codebook is not None:
        problems.append(to_problem(broken_codebook))
    places = Places(text)
    for steps in unknown[:MAX_UNKNOWN]:
        message = f"the key {describe_steps(steps)} is unknown and has no effect"
        problems.append(_problem(path, places, steps, message, "warning"))
    return info, places


def _read(path: Path, problems: list[Problem]) -> _Read | None:
    try:
        data = read_bytes(path)
        return _Read(path, decode(data, path), parse_article(data, path))
    except NotFoundError:
        return None
    except ContentError as error:
        problems.append(to_problem(error))
        return None


def _check_ids(read: Sequence[_Read]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for found in read:
        known = first.setdefault(found.article.id, found.path)
        if known != found.path:
            message = f"the id {found.article.id!r} is already that of {known.name}"
            yield found.problem(message, ("id",), "error")
        elif found.path.name != found.article.id + SUFFIX:
            message = f"the file should be called {found.article.id}{SUFFIX}, after its id"
            yield found.problem(message, ("id",), "warning")


def _check_digest(found: _Read, _folder: Path) -> Iterator[Problem]:
    if is_hand_edited(found.article) or is_set_by_hand(found.article):
        yield found.problem("the file was changed by hand", ("annotator",), "warning")


def _check_original(found: _Read, folder: Path) -> Iterator[Problem]:
    source = found.article.source
    try:
        with open_regular(original_path(folder, found.article)) as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
    except NotFoundError:
        yield found.problem(f"the original {source.file} is missing", ("source",), "error")
    except BriefingError as error:
        yield found.problem(f"the original: {error.message}", ("source",), "error")
    else:
        if actual != source.sha256:
            message = f"the original {source.file} has another sha256, {actual}"
            yield found.problem(message, ("source",), "error")


def _check_evidence(found: _Read, _folder: Path) -> Iterator[Problem]:
    article = found.article
    dates = {"date": article.date, "updated": article.updated}
    shown: dict[str, Evidence | None] = {
        **{field: date.evidence if date else None for field, date in dates.items()},
        **{field: getattr(article.evidence, field) for field in article.evidence.__struct_fields__},
    }
    texts = {chunk.id: chunk.text for chunk in article.chunks}
    for field, evidence in shown.items():
        if evidence is None or evidence.chunk is None:
            continue
        if evidence.exact not in texts.get(evidence.chunk, ""):
            message = f"the {field}'s evidence is not in the chunk {evidence.chunk!r}"
            yield found.problem(message, (field if field in dates else "evidence",), "error")


def _check_edits(
    path: Path, find_orphans: Callable[[Sequence[Edit]], Sequence[Orphan]]
) -> Iterator[Problem]:
    try:
        edits = read_edits(path)
    except ContentError as error:
        yield to_problem(error)
        return
    numbers = {edit.id: number for number, edit in enumerate(edits)}
    orphans = find_orphans(edits)
    places = Places(decode(read_bytes(path), path) if orphans else "")
    for orphan in orphans:
        message = f"the edit {orphan.edit.id!r} has no effect: {orphan.reason}"
        yield _problem(path, places, ("edits", numbers[orphan.edit.id]), message, "warning")


def _check_pins(
    path: Path, info: BriefingInfo, places: Places, articles: Sequence[Article]
) -> Iterator[Problem]:
    texts = {article.id: [chunk.text for chunk in article.chunks] for article in articles}
    for number, pin in enumerate(info.pinned):
        if not any(pin.exact in text for text in texts.get(pin.article, ())):
            message = f"the pinned quote is not in {pin.article!r}"
            yield _problem(path, places, ("pinned", number), message, "warning")


def _check_files(folder: Path, articles: Sequence[Article], *, complete: bool) -> Iterator[Problem]:
    """Report files without effect; originals only where all articles could be read."""
    used = {article.source.file for article in articles}
    known = {*(path.name for path in article_paths(folder)), INFO_NAME, EDITS_NAME, ORIGINALS}
    for path in (*_paths_in(folder), *_paths_in(folder / ORIGINALS)):
        is_original = path.parent != folder
        is_own_text = path.suffix.lower() == ".md" and path.is_file()  # Such as SOURCES.md.
        is_ours = path.name in known or path.name.startswith(".") or is_own_text
        message = ""
        if is_leftover(path.name):
            message = "left by an interrupted write; the next write removes it"
        elif is_original and complete and f"{ORIGINALS}/{path.name}" not in used:
            message = "no article was made from this original"
        elif not is_original and not is_ours:
            message = "this is not a file of a briefing and is not read"
        if message:
            yield Problem(file=str(path), message=message, severity="warning")


def _paths_in(folder: Path) -> list[Path]:
    """List a folder by name; empty where it is a link, missing or unreadable."""
    with suppress(OSError):
        return [] if folder.is_symlink() else sorted(folder.iterdir())
    return []


def _problem(
    path: Path, places: Places, steps: Sequence[Step], message: str, severity: Severity
) -> Problem:
    line, column = places.find(steps)
    return Problem(file=str(path), message=message, line=line, column=column, severity=severity)
