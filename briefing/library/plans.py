"""A plan: the steps of one action, collected under the library's lock and then done at once."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from briefing.content import undoing
from briefing.content.action_log import Logged
from briefing.content.edits import EDITS_NAME, change_edits
from briefing.content.info import INFO_NAME, rewrite_info
from briefing.content.locking import library_lock
from briefing.content.performing import TRASH, ActionStep, finish, perform, read_file
from briefing.errors import NotFoundError
from briefing.library.reports import Done, failure
from briefing.model import Anchor, Edit, EditKind

if TYPE_CHECKING:
    from briefing.library import Library


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
