"""Which action is undone next, what was done before it, and why one cannot be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from briefing.content import undoing
from briefing.content.action_log import Logged, read_log
from briefing.content.performing import ActionStep
from briefing.errors import MismatchError, NotFoundError
from briefing.library.reports import Action

MOST_TRIED = 100
"""Actions before one that cannot be undone among which another is looked for."""


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
        try:
            found = _undoing(root, live[number], live[number + 1 :])
        except MismatchError as error:
            refused = refused or _refusal(live[number], error)
            continue
        if refused is None or skip:
            return found
        _say_next(refused, name, found.line)
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
            found.append(
                Action(
                    id=line.id,
                    made=line.made,
                    by=line.by,
                    briefing=next(iter(line.briefings), None),
                    done=line.done,
                    undone=line.id in undone,
                )
            )
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


def _undoing(root: Path, line: Logged, later: Sequence[Logged]) -> Undoing:
    steps = undoing.steps_back(root, line, later)
    names = undoing.names_now(line, later)
    return Undoing(line, steps, undoing.names_before(line, names))


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
