"""How plain data becomes typed records, and where in the file a wrong value stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec
import yaml

from briefing.errors import ContentError
from briefing.model import Record

R = TypeVar("R", bound=Record)
Step = str | int
"""One step into nested data: a key or an index."""

_PATH = re.compile(r" - at `(?:key in )?\$([^`]*)`\Z")
_STEP = re.compile(r"\.([^.\[\]]+)|\[([0-9]+)\]")
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `([^`]*)`")


def to_record(data: Any, kind: type[R], text: str, path: Path) -> R:
    """Convert what was loaded from `text`, the content of the file `path`, to a record.

    Raises ContentError with the line and column of the first value that does not fit.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        message, steps = _explain(error)
        refuse_at(message, steps, text, path)


def to_record_leniently(
    data: Any, kind: type[R], text: str, path: Path
) -> tuple[R, tuple[tuple[Step, ...], ...]]:
    """Convert as `to_record` does, but pass over unknown fields: also returns where they stand."""
    unknown: list[tuple[Step, ...]] = []
    while True:
        try:
            return msgspec.convert(data, kind), tuple(unknown)
        except msgspec.ValidationError as error:
            message, steps = _explain(error)
            if not _UNKNOWN_FIELD.match(message):
                refuse_at(message, steps, text, path)
            unknown.append(steps)
            data = _without(data, steps)


def check_format(data: Any, expected: str, text: str, path: Path, *, required: bool = True) -> None:
    """Check that a file says what it is: its `format` key is the `expected` one.

    A missing key is refused only where `required`. Raises ContentError, which tells a newer
    version of a known format from a format that is none of ours.
    """
    if not isinstance(data, dict):
        refuse_at("the file should hold keys with values, and does not", (), text, path)
    found = data.get("format")
    if found == expected or (found is None and not required):
        return
    if found is None:
        refuse_at(f"the key `format` is missing; it should be {expected}", (), text, path)
    family, _, _ = expected.rpartition("/")
    if isinstance(found, str) and found.startswith(f"{family}/"):
        message = f"the format {found} is unknown to this version, which reads {expected}"
        hint = "A newer version of briefing may have written the file: update briefing."
        refuse_at(message, ("format",), text, path, hint=hint)
    refuse_at(f"the format {found!r} should be {expected}", ("format",), text, path)


def refuse_at(
    message: str, steps: Sequence[Step], text: str, path: Path, *, hint: str | None = None
) -> NoReturn:
    """Raise a ContentError that names the place of `steps` in the file's `text`."""
    line, column = find_place(text, steps)
    raise ContentError(message, path=path, line=line, column=column, hint=hint)


def find_place(text: str, steps: Sequence[Step]) -> tuple[int, int]:
    """Line and column, from 1, of the value that `steps` lead to in valid YAML `text`.

    Where a step leads nowhere, the place is that of the value reached so far.
    """
    node = yaml.compose(text, yaml.CSafeLoader)
    mark = node.start_mark if node else None
    for number, step in enumerate(steps):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                break
            node = pair[1]
            # A key says more than the empty value or the list behind it.
            mark = (pair[0] if number == len(steps) - 1 else node).start_mark
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                break
            node = node.value[step]
            mark = node.start_mark
        else:
            break
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def describe_steps(steps: Sequence[Step]) -> str:
    """Write steps as a person would: `chunks[3].quotes[0].start`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps]
    return "".join(parts).lstrip(".")


def _explain(error: msgspec.ValidationError) -> tuple[str, tuple[Step, ...]]:
    """Part what msgspec says into a message and the steps to the value that it is about."""
    said = str(error)
    found = _PATH.search(said)
    steps: list[Step] = []
    if found:
        for key, index in _STEP.findall(found[1]):
            steps.append(key or int(index))
        said = said[: found.start()]
    unknown = _UNKNOWN_FIELD.match(said)
    if unknown:
        steps.append(unknown[1])
    return f"{said} (at {describe_steps(steps)})" if steps else said, tuple(steps)


def _without(data: Any, steps: Sequence[Step]) -> Any:
    """Copy nested data, leaving out the key that `steps` lead to."""
    step, rest = steps[0], steps[1:]
    if isinstance(data, dict):
        if not rest:
            return {key: value for key, value in data.items() if key != step}
        return {key: _without(v, rest) if key == step else v for key, v in data.items()}
    return [_without(v, rest) if number == step else v for number, v in enumerate(data)]
