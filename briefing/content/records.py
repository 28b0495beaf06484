"""How plain data becomes typed records, and where in the file a wrong value stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

import msgspec
import yaml

from briefing.content.yaml_reading import shorten
from briefing.errors import ContentError
from briefing.model import Record

R = TypeVar("R", bound=Record)
Step = str | int
"""One step into nested data: a key or an index."""
Steps = tuple[Step, ...]

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


def drop_unknown(data: Any, kind: type[Record]) -> tuple[Any, tuple[Steps, ...]]:
    """Copy what was loaded without the fields that `kind` has not; also returns where they stood.

    Values of a wrong type stay, for `to_record` to refuse.
    """
    unknown: list[Steps] = []
    return _known(data, kind, (), unknown), tuple(unknown)


def check_format(
    data: Any,
    expected: str,
    text: str,
    path: Path,
    *,
    older: Collection[str] = (),
    required: bool = True,
) -> None:
    """Check that a file says what it is: its `format` key is the `expected` one, or an `older` one.

    A missing key is refused only where `required`. Raises ContentError, which tells a newer
    version of a known format from a format that is none of ours.
    """
    if not isinstance(data, dict):
        refuse_at("the file should hold keys with values, and does not", (), text, path)
    found = data.get("format")
    if found == expected or found in older or (found is None and not required):
        return
    if found is None:
        refuse_at(f"the key `format` is missing; it should be {expected}", (), text, path)
    family, _, _ = expected.rpartition("/")
    if isinstance(found, str) and found.startswith(f"{family}/"):
        message = f"the format {shorten(found)} is unknown to this version, which reads {expected}"
        hint = "A newer version of briefing may have written the file: update briefing."
        refuse_at(message, ("format",), text, path, hint=hint)
    refuse_at(f"the format {shorten(str(found))!r} should be {expected}", ("format",), text, path)


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
    return Places(text).find(steps)


class Places:
    """Finds the places of many values in one valid YAML text, which is parsed once."""

    def __init__(self, text: str) -> None:
        self._root = yaml.compose(text, yaml.CSafeLoader)

    def find(self, steps: Sequence[Step]) -> tuple[int, int]:
        """Line and column, from 1, as `find_place` gives them."""
        node = self._root
        mark = node.start_mark if node else None
        for number, step in enumerate(steps):
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            # A key says more than the empty value or the list behind it.
            mark = (key if key and number == len(steps) - 1 else node).start_mark
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def describe_steps(steps: Sequence[Step]) -> str:
    """Write steps as a person would: `chunks[3].quotes[0].start`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{shorten(step)}" for step in steps]
    return "".join(parts).lstrip(".")


def _explain(error: msgspec.ValidationError) -> tuple[str, Steps]:
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
    said = shorten(said, 200)
    return f"{said} (at {describe_steps(steps)})" if steps else said, tuple(steps)


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node | None, yaml.Node] | None:
    """Take one step into a node: the key's node, if it has one, and the value's."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _known(data: Any, kind: type[Record], steps: Steps, unknown: list[Steps]) -> Any:
    """Copy one record's data with its known fields, noting the steps to the others."""
    if not isinstance(data, dict):
        return data
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    known = {}
    for key, value in data.items():
        here = (*steps, key)
        if key not in types:
            unknown.append(here)
            continue
        inner = (get_args(types[key]) or (types[key],))[0]
        known[key] = value
        if not isinstance(inner, type) or not issubclass(inner, Record):
            continue
        if isinstance(value, list):
            items = enumerate(value)
            known[key] = [_known(item, inner, (*here, index), unknown) for index, item in items]
        else:
            known[key] = _known(value, inner, here, unknown)
    return known
