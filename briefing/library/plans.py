"""A plan: the steps of one action, collected under the library's lock and then done at once.

Here are those of new, renamed, moved and removed briefings and articles. And undoing: which action
comes next, what was done before it, and why one cannot be undone.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Self, TypeVar

from msgspec.structs import replace

from briefing.content import performing
from briefing.content.action_log import Logged, read_log
from briefing.content.articles import digest, is_hand_edited, parse_article, rewrite_article
from briefing.content.edits import EDITS_NAME, change_edits, dump_edits
from briefing.content.files import read_bytes, write_atomic, writing
from briefing.content.folders import ORIGINALS
from briefing.content.info import INFO_NAME, dump_info, parse_info, rewrite_info
from briefing.content.locking import library_lock
from briefing.content.naming import briefing_names, is_safe_name, numbered, slugify
from briefing.content.performing import TRASH, ActionStep, names_now
from briefing.errors import BriefingError, MismatchError, NotFoundError, UsageError, WriteError
from briefing.library.reports import Action, Done, failure
from briefing.model import Anchor, Article, BriefingInfo, Edit, EditKind, PinnedQuote, fields_of
from briefing.paths import read_state, write_state

if TYPE_CHECKING:
    from briefing.library import Library


_HasArticle = TypeVar("_HasArticle", Anchor, PinnedQuote)
MOST_TRIED = 100
"""Actions before one that cannot be undone among which another is looked for."""


class Plan(ExitStack):
    """The steps of one action on a library, and the lock under which they are planned and done."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self.root = library.root
        self.id = new_id()
        self.trash = f"{TRASH}/{self.id}"
        self.steps: list[ActionStep] = []

    def __enter__(self) -> Self:
        self.enter_context(library_lock(self.root, on_wait=self._library.on_wait))
        performing.finish(self.root)
        return self

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the library as planned so far, None where it is missing."""
        for step in reversed(self.steps):
            if step.path == path and step.to is None:
                return step.after
        return performing.read_file(self.root, path)

    def write(self, path: str, data: bytes | None) -> None:
        """Plan to write a file, or to delete it."""
        before = self.read(path)
        if data != before:
            self.steps.append(ActionStep(path=path, before=before, after=data))

    def move(self, path: str, to: str) -> None:
        """Plan to move a file or folder; what is written to is written before."""
        self.steps.append(ActionStep(path=path, to=to))

    def edit(self, name: str, change: Callable[[tuple[Edit, ...]], Iterable[Edit]]) -> None:
        """Plan to change the edits of a briefing."""
        path = f"content/{name}/{EDITS_NAME}"
        data = self.read(path)
        new = change_edits(data, self.root / path, change)
        if data is not None or b"\n- " in new:
            self.write(path, new)

    def info(self, name: str, values: Mapping[str, Any]) -> None:
        """Plan to set keys of a briefing.yaml; raises NotFoundError where there is none."""
        path = f"content/{name}/{INFO_NAME}"
        data = self.read(path)
        if data is None:
            raise NotFoundError(f"There is no file {self.root / path}.")
        self.write(path, rewrite_info(data, self.root / path, values))

    def perform(
        self,
        done: str,
        briefings: Sequence[str],
        *,
        article: str | None = None,
        edits: tuple[Edit, ...] = (),
        undoes: str | None = None,
    ) -> Done:
        """Do what was planned, index it and report it; `briefings` are its names afterwards."""
        if undoes is None:
            line = log_line(self.id, briefings, done, self.steps)
        else:
            line = Logged(id=self.id, made=now(), by=user_name(), undoes=undoes)
        logged = performing.perform(self.root, self.steps, line)
        self.close()
        return Done(
            done=done,
            undo=f"briefing undo {briefings[0]}" if logged and undoes is None else None,
            briefing=briefings[0],
            article=article,
            edits=edits,
            unindexed=self._index(briefings),
        )

    def _index(self, briefings: Sequence[str]) -> str | None:
        """Bring the index up to date; return why that failed, for what was done is stored."""
        is_elsewhere = any(step.to or step.after is None for step in self.steps)
        names = None if is_elsewhere else briefings
        try:
            self._library.refresh(names=names, searchable=False)
        except Exception as error:  # noqa: BLE001 (whatever it is, the action is done)
            self._library.read_content()
            return failure("the index", error).message
        return None


def log_line(
    action: str, briefings: Iterable[str], done: str, steps: Sequence[ActionStep]
) -> Logged:
    """Return the line of the log on an action that is done now."""
    return Logged(
        id=action,
        made=now(),
        by=user_name(),
        briefings=tuple(briefings),
        done=done,
        changes=tuple(map(performing.change_by, steps)),
    )


def make_edit(kind: EditKind, anchor: Anchor, **fields: Any) -> Edit:
    """Return a new edit with an id of its own, made now."""
    return Edit(
        id=f"{kind}-{new_id()[-8:]}", kind=kind, anchor=anchor, by=user_name(), made=now(), **fields
    )


def now() -> str:
    """Return the time as edits and actions note it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user_name() -> str | None:
    """Return the name by which the system knows who is at the keyboard, None where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def new_id() -> str:
    """Return an id for an action or edit made now."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}-{os.urandom(4).hex()}"


def find_undoing(
    root: Path, name: str | None, action: str | None, *, skip: bool
) -> tuple[Logged, tuple[ActionStep, ...], tuple[str, ...]]:
    """Return the last action in a briefing, in the library, or the one of this id, to be undone.

    With it come the steps back, and its briefings by their names then. Raises as `Editing.undo`.
    """
    lines, undone = read_log(root)
    live = [line for line in lines if line.id not in undone]
    numbers = [at for at in reversed(range(len(live))) if _is_meant(live, at, name, action)]
    if not numbers:
        where = f" in {name}" if name is not None else ""
        what = "nothing" if action is None else f"no action {action!r}"
        raise NotFoundError(f"There is {what} to undo{where}.")
    refused: MismatchError | None = None
    for number in numbers[:MOST_TRIED]:
        line, later = live[number], live[number + 1 :]
        try:
            steps = performing.steps_back(root, line, later)
        except MismatchError as error:
            refused = refused or MismatchError(
                f"this cannot be undone: {line.done} {error.message}",
                error.hint or "Nothing was lost: change it by hand.",
            )
            continue
        names = performing.names_before(line, names_now(line, later))
        if refused is None or skip:
            return line, steps, names
        command = f"briefing undo {name} --skip" if name else "briefing undo --skip"
        refused.hint = (
            f"{refused.hint} To pass over it and undo “{line.done.rstrip('.')}”: {command}, "
            f"or briefing undo --action {line.id}"
        )
        break
    assert refused is not None  # noqa: S101
    raise refused


def list_actions(root: Path, name: str | None) -> tuple[Action, ...]:
    """Return what was done to a briefing or to the library, newest first."""
    lines, undone = read_log(root)
    found: list[Action] = []
    later: list[Logged] = []
    for line in reversed(lines):
        if name is None or name in names_now(line, later):
            of_line = fields_of(line, "id", "made", "by", "done")
            briefing = next(iter(line.briefings), None)
            found.append(Action(**of_line, briefing=briefing, undone=line.id in undone))
        if line.id not in undone:
            later.insert(0, line)
    return tuple(found)


def _is_meant(live: Sequence[Logged], number: int, name: str | None, action: str | None) -> bool:
    if action is not None:
        return live[number].id == action
    return name is None or name in names_now(live[number], live[number + 1 :])


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

    def follow(one: _HasArticle) -> _HasArticle:
        return replace(one, article=new) if one.article == article else one

    plan.edit(name, lambda present: [replace(one, anchor=follow(one.anchor)) for one in present])
    plan.info(name, {"pinned": tuple(map(follow, _pins(plan, name)))})
    if follows:
        plan.move(f"content/{name}/{original}", f"content/{name}/{kept}")
    plan.move(path, target)


def plan_article_move(plan: Plan, name: str, article: str, to: str) -> None:
    """Plan to move an article, its original, its edits and its pins to another briefing."""
    _, known = _require_article(plan, name, article)
    target = f"content/{to}/{article}.yaml"
    original = f"content/{to}/{known.source.file}"
    is_alone = known.source.part is None
    if to == name or _is_taken(plan, target) or (is_alone and _is_taken(plan, original)):
        hint = "Rename one of them before moving it."
        raise UsageError(f"{to} has an article {article} already.", hint)
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
    one = f"{'an' if kind == 'article' else 'a'} {kind}"
    if not is_safe_name(new):
        hint = f"Use lower-case letters, digits and hyphens, as in {slugify(new)!r}."
        raise UsageError(f"{new!r} cannot name {one}.", hint)
    if _is_taken(plan, path):
        raise UsageError(f"There is already {one} {new}.")


def _is_taken(plan: Plan, path: str) -> bool:
    return os.path.lexists(plan.root / path)


def follow_rename(root: Path, name: str, article: str, new: str) -> None:
    """Let the reading place and the reading mark of an article follow its new name."""
    with suppress(BriefingError):
        state = known = read_state()
        here = str(root)
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
    """Copy a library's briefings, none a sample, to a new one, or nothing; raises WriteError."""
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
