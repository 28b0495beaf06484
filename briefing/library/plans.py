"""A plan: the steps of one action, collected under the library's lock and then done at once.

And undoing: which action comes next, what was done before it, and why one cannot be undone.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from briefing.content import undoing
from briefing.content.action_log import Logged, read_log
from briefing.content.edits import EDITS_NAME, change_edits
from briefing.content.info import INFO_NAME, rewrite_info
from briefing.content.locking import library_lock
from briefing.content.performing import TRASH, ActionStep, finish, perform, read_file
from briefing.errors import MismatchError, NotFoundError
from briefing.library.reports import Action, Done, failure
from briefing.model import Anchor, Edit, EditKind, fields_of

if TYPE_CHECKING:
    from briefing.library import Library

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
        finish(self.root)
        return self

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the library as planned so far, None where it is missing."""
        for step in reversed(self.steps):
            if step.path == path and step.to is None:
                return step.after
        return read_file(self.root, path)

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
        line = Logged(
            id=self.id,
            made=now(),
            by=user_name(),
            briefings=tuple(briefings) if undoes is None else (),
            done=done if undoes is None else "",
            changes=undoing.changes_of(self.steps) if undoes is None else (),
            undoes=undoes,
        )
        logged = perform(self.root, self.steps, line)
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


def make_edit(kind: EditKind, anchor: Anchor, *, by: str | None = None, **fields: Any) -> Edit:
    """Return a new edit with an id of its own, made now."""
    return Edit(
        id=f"{kind}-{new_id()[-8:]}",
        kind=kind,
        anchor=anchor,
        by=by or user_name(),
        made=now(),
        **fields,
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


class Undoing(NamedTuple):
    """An action to undo: its steps back, and its briefings as they are called then."""

    line: Logged
    steps: tuple[ActionStep, ...]
    names: tuple[str, ...]


def find_undoing(root: Path, name: str | None, action: str | None, *, skip: bool) -> Undoing:
    """Return how the last action in a briefing is undone, in the library, or the one of this id.

    With `skip` those that cannot be undone are passed over. Raises NotFoundError where there is
    none, and MismatchError where it cannot be undone; the hint says which one can.
    """
    lines, undone = read_log(root)
    live = [line for line in lines if line.id not in undone]
    numbers = list(_find_actions(live, name, action))
    if not numbers:
        where = f" in {name}" if name is not None else ""
        what = "nothing" if action is None else f"no action {action!r}"
        raise NotFoundError(f"There is {what} to undo{where}.")
    refused: MismatchError | None = None
    for number in numbers[:MOST_TRIED]:
        line, later = live[number], live[number + 1 :]
        try:
            steps = undoing.steps_back(root, line, later)
        except MismatchError as error:
            refused = refused or _refusal(line, error)
            continue
        names = undoing.names_before(line, undoing.names_now(line, later))
        if refused is None or skip:
            return Undoing(line, steps, names)
        _say_next(refused, name, line)
        break
    assert refused is not None  # noqa: S101
    raise refused


def list_actions(root: Path, name: str | None) -> tuple[Action, ...]:
    """Return what was done to a briefing or to the library, newest first."""
    lines, undone = read_log(root)
    found: list[Action] = []
    later: list[Logged] = []
    for line in reversed(lines):
        if name is None or name in undoing.names_now(line, later):
            of_line = fields_of(line, "id", "made", "by", "done")
            briefing = next(iter(line.briefings), None)
            found.append(Action(**of_line, briefing=briefing, undone=line.id in undone))
        if line.id not in undone:
            later.insert(0, line)
    return tuple(found)


def _find_actions(live: Sequence[Logged], name: str | None, action: str | None) -> Iterator[int]:
    """Yield the numbers of the actions that may be meant, the last first."""
    for number in range(len(live) - 1, -1, -1):
        line = live[number]
        if action is not None:
            if line.id == action:
                yield number
        elif name is None or name in undoing.names_now(line, live[number + 1 :]):
            yield number


def _refusal(line: Logged, error: MismatchError) -> MismatchError:
    return MismatchError(
        f"this cannot be undone: {line.done} {error.message}",
        error.hint or "Nothing was lost: change it by hand.",
    )


def _say_next(refused: MismatchError, name: str | None, line: Logged) -> None:
    """Let an error say how to go on with an action that can be undone."""
    command = f"briefing undo {name} --skip" if name else "briefing undo --skip"
    refused.hint = (
        f"{refused.hint} To pass over it and undo “{line.done.rstrip('.')}”: {command}, "
        f"or briefing undo --action {line.id}"
    )
