"""New, renamed, moved and removed: what happens to the files of briefings and articles."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from briefing.content.articles import parse_article, rewrite_article
from briefing.content.digests import digest, is_hand_edited
from briefing.content.edits import EDITS_NAME, dump_edits
from briefing.content.files import read_bytes, write_atomic, writing
from briefing.content.folders import ORIGINALS
from briefing.content.info import INFO_NAME, dump_info, parse_info, rewrite_info
from briefing.content.listing import briefing_names
from briefing.content.naming import is_safe_name, numbered, slugify
from briefing.errors import BriefingError, NotFoundError, UsageError, WriteError
from briefing.model import Article, BriefingInfo, Edit, PinnedQuote
from briefing.paths import read_state, write_state

if TYPE_CHECKING:
    from briefing.library.plans import Plan


_SAMPLE = re.compile(rb"(?m)(?:(?<=\n)(?:#.*\r?\n)+)?^sample: *false\r?\n")
"""The key that a copy needs no more, with the comment on it; one that opens the file stays."""


def plan_new(plan: Plan, values: Mapping[str, Any], name: str | None) -> str:
    """Plan a new briefing and return its name; one named after its title gets a free name."""
    stems = numbered(slugify(values["title"], "briefing"))
    free = (each for each in stems if not _is_taken(plan, f"content/{each}"))
    folder = next(free) if name is None else name
    require_free_name(plan, "briefing", folder, f"content/{folder}")
    data = dump_info(BriefingInfo(**values)).encode("utf-8")
    plan.write(f"content/{folder}/{INFO_NAME}", data)
    return folder


def plan_article_rename(plan: Plan, name: str, article: str, new: str) -> None:
    """Plan to rename an article: its file and id, its original, and the anchors that name it."""
    data, known = _require_article(plan, name, article)
    path, target = f"content/{name}/{article}.yaml", f"content/{name}/{new}.yaml"
    require_free_name(plan, "article", new, target)
    original = PurePosixPath(known.source.file)
    kept = original.with_name(new + original.name.removeprefix(article))
    follows = original.name.startswith(f"{article}.") and not _is_taken(
        plan, f"content/{name}/{kept}"
    )
    source = replace(known.source, file=str(kept)) if follows else known.source
    renamed = replace(known, id=new, source=source)
    fields: dict[str, Any] = {"id": new, "source": source}
    if known.annotator is not None and not is_hand_edited(known):
        fields["annotator"] = replace(known.annotator, digest=digest(renamed))
    plan.write(path, rewrite_article(data, Path(path), fields))
    plan.edit(name, lambda present: [_renamed(edit, article, new) for edit in present])
    pinned = [
        replace(pin, article=new) if pin.article == article else pin for pin in _pins(plan, name)
    ]
    plan.info(name, {"pinned": tuple(pinned)})
    if follows:
        plan.move(f"content/{name}/{original}", f"content/{name}/{kept}")
    plan.move(path, target)


def plan_article_move(plan: Plan, name: str, article: str, to: str) -> None:
    """Plan to move an article, its original, its edits and its pins to another briefing."""
    _, known = _require_article(plan, name, article)
    target = f"content/{to}/{article}.yaml"
    if (
        to == name
        or _is_taken(plan, target)
        or (known.source.part is None and _is_taken(plan, f"content/{to}/{known.source.file}"))
    ):
        raise UsageError(
            f"{to} has an article {article} already.", "Rename one of them before moving it."
        )
    mine, pins = _take_out(plan, name, article)
    if mine:
        plan.edit(to, lambda present: (*present, *_with_free_ids(mine, present)))
    if pins:
        plan.info(to, {"pinned": (*_pins(plan, to), *pins)})
    _move_files(plan, name, known, f"content/{to}")


def plan_article_removal(plan: Plan, name: str, article: str) -> None:
    """Plan to move an article, its original and its edits to the trash."""
    _, known = _require_article(plan, name, article)
    mine, _ = _take_out(plan, name, article)
    folder = f"{plan.trash}/content/{name}"
    if mine:
        plan.write(f"{folder}/{EDITS_NAME}", dump_edits(mine).encode("utf-8"))
    _move_files(plan, name, known, folder)


def _take_out(
    plan: Plan, name: str, article: str
) -> tuple[tuple[Edit, ...], tuple[PinnedQuote, ...]]:
    mine: list[Edit] = []

    def rest(present: tuple[Edit, ...]) -> list[Edit]:
        mine.extend(edit for edit in present if edit.anchor.article == article)
        return [edit for edit in present if edit.anchor.article != article]

    plan.edit(name, rest)
    pins = _pins(plan, name)
    gone = tuple(pin for pin in pins if pin.article == article)
    if gone:
        plan.info(name, {"pinned": tuple(pin for pin in pins if pin not in gone)})
    return tuple(mine), gone


def _move_files(plan: Plan, name: str, article: Article, folder: str) -> None:
    """Plan to move an article's file and its original; one of several articles is copied."""
    original = article.source.file
    here, there = f"content/{name}/{original}", f"{folder}/{original}"
    if original.startswith(f"{ORIGINALS}/") and _is_taken(plan, here):
        if article.source.part is None:
            plan.move(here, there)
        elif not _is_taken(plan, there) and not folder.startswith(plan.trash):
            plan.write(there, plan.read(here))
    plan.move(f"content/{name}/{article.id}.yaml", f"{folder}/{article.id}.yaml")


def _with_free_ids(edits: Sequence[Edit], present: Sequence[Edit]) -> list[Edit]:
    taken = {edit.id for edit in present}
    free: list[Edit] = []
    for edit in edits:
        name = next(each for each in numbered(edit.id) if each not in taken)
        taken.add(name)
        free.append(replace(edit, id=name))
    return free


def _renamed(edit: Edit, article: str, new: str) -> Edit:
    if edit.anchor.article != article:
        return edit
    return replace(edit, anchor=replace(edit.anchor, article=new))


def _pins(plan: Plan, name: str) -> tuple[PinnedQuote, ...]:
    path = f"content/{name}/{INFO_NAME}"
    return parse_info(plan.read(path) or b"", Path(path)).info.pinned


def _require_article(plan: Plan, name: str, article: str) -> tuple[bytes, Article]:
    path = f"content/{name}/{article}.yaml"
    data = plan.read(path) if is_safe_name(article) else None
    if data is None:
        raise NotFoundError(f"no article {article!r} in {name}")
    return data, parse_article(data, Path(path))


def require_free_name(plan: Plan, kind: str, new: str, path: str) -> None:
    """Raise UsageError for a name that is none for a briefing or an article, or is taken."""
    if not is_safe_name(new):
        raise UsageError(
            f"{new!r} cannot name {'an' if kind == 'article' else 'a'} {kind}.",
            f"Use lower-case letters, digits and hyphens, as in {slugify(new)!r}.",
        )
    if _is_taken(plan, path):
        raise UsageError(f"There is already {'an' if kind == 'article' else 'a'} {kind} {new}.")


def _is_taken(plan: Plan, path: str) -> bool:
    return os.path.lexists(plan.root / path)


def follow_rename(root: Path, name: str, article: str, new: str) -> None:
    """Let the reading place and the reading mark of an article follow its new name."""
    with suppress(BriefingError):
        known, here = read_state(), str(root)
        state = known
        spots, read = state.spots.get(here, {}), state.read.get(here, {})
        spot, marks = spots.get(name), read.get(name, {})
        if spot is not None and spot.place.article == article:
            spot = replace(spot, place=spot.place._replace(article=new))
            state = replace(state, spots={**state.spots, here: {**spots, name: spot}})
        if article in marks:
            marks = {new if one == article else one: stamp for one, stamp in marks.items()}
            state = replace(state, read={**state.read, here: {**read, name: marks}})
        if state is not known:
            write_state(state)


def copy_library(content: Path, folder: Path) -> None:
    """Copy the briefings of a library to a new one, none of which is a sample there.

    Raises WriteError where `folder` holds anything already, is part of what is copied, or cannot be
    written; it is left as it was then, and where the copying is interrupted.
    """
    try:
        is_part = folder.resolve().is_relative_to(content.resolve())
    except (OSError, RuntimeError, ValueError) as error:  # Links in a circle, a lone surrogate.
        raise WriteError(f"{folder} is no name of a folder.", "Name another.") from error
    if is_part:
        raise WriteError(f"{folder} is in the library that is copied.", "Name a folder elsewhere.")
    is_new = not folder.exists()
    if not is_new and any(folder.iterdir()):
        raise WriteError(f"{folder} is not empty and was left as it is.", "Name a new folder.")
    target = folder / "content"
    try:
        for name in briefing_names(content):
            _copy_briefing(content / name, target / name)
    except BaseException:
        shutil.rmtree(folder if is_new else target, ignore_errors=True)
        raise


def _copy_briefing(source: Path, target: Path) -> None:
    links = [path.name for path in source.rglob("*") if path.is_symlink()]
    with writing(target):
        ignore = shutil.ignore_patterns(*links)
        shutil.copytree(source, target, ignore=ignore, copy_function=_copy_file)
    path = target / INFO_NAME
    data = read_bytes(path)
    try:
        own = rewrite_info(data, path, {"sample": False})
    except BriefingError:  # It is broken, and stays as it is.
        return
    write_atomic(path, _SAMPLE.sub(b"", own))


def _copy_file(source: str, target: str) -> None:
    """Copy a file; raises WriteError, at which copying a folder ends as at no OSError."""
    with writing(Path(target)):
        shutil.copy2(source, target)
