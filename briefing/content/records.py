"""Converting plain data to typed records, and locating wrong values in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

import msgspec
import yaml

from briefing.content.yaml_reading import shorten
from briefing.errors import ContentError
from briefing.model import Record, decoder_of

R = TypeVar("R", bound=Record)
Step = str | int
"""One step into nested data: a key or an index."""
Steps = tuple[Step, ...]

_PATH = re.compile(r" - at `(?:key in )?\$([^`]*)`\Z")
_STEP = re.compile(r"\.([^.\[\]]+)|\[([0-9]+)\]")
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `([^`]*)`")


def to_record(data: Any, kind: type[R], text: str, path: Path) -> R:
    """Convert data loaded from `text`, the content of the file `path`, to a record.

    Raises ContentError with the line and column of the first value that does not fit.
    """
    decoder_of(kind)  # so that no two threads read the fields of a type at once
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        message, steps = _explain(error)
        refuse_at(message, steps, text, path)


def drop_unknown(data: Any, kind: type[Record]) -> tuple[Any, tuple[Steps, ...]]:
    """Return loaded data without the fields unknown to `kind`, and the steps to each of them.

    Values of a wrong type are kept, for `to_record` to refuse.
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
    """Check that a file's `format` key is the `expected` one, or one of the `older` ones.

    A missing key is refused only where `required`. Raises ContentError, with a hint to update
    where the format is a newer version of the expected one.
    """
    if not isinstance(data, dict):
        refuse_at("the file should be a mapping of keys to values", (), text, path)
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
    message: str,
    steps: Sequence[Step],
    text: str,
    path: Path,
    *,
    hint: str | None = None,
    kind: type[ContentError] = ContentError,
) -> NoReturn:
    """Raise a ContentError, or a `kind` of it, with line and column of `steps` in `text`."""
    line, column = Places(text).find(steps)
    raise kind(message, path=path, line=line, column=column, hint=hint)


class Places:
    """Lines and columns of the values in one valid YAML text, which is parsed once."""

    def __init__(self, text: str) -> None:
        self._root = yaml.compose(text, yaml.CSafeLoader)

    def find(self, steps: Sequence[Step]) -> tuple[int, int]:
        """Return line and column, from 1, of the value at `steps`, or of the last step found."""
        node = self._root
        mark = node.start_mark if node else None
        for number, step in enumerate(steps):
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            # The key is a better place than an empty value or a list on the next line.
            mark = (key if key and number == len(steps) - 1 else node).start_mark
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def describe_steps(steps: Sequence[Step]) -> str:
    """Return steps in the notation `chunks[3].quotes[0].start`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{shorten(step)}" for step in steps]
    return "".join(parts).lstrip(".")


def _explain(error: msgspec.ValidationError) -> tuple[str, Steps]:
    """Split msgspec's error into a message and the steps to the value that it is about."""
    text = str(error)
    found = _PATH.search(text)
    steps: list[Step] = []
    if found:
        for key, index in _STEP.findall(found[1]):
            steps.append(key or int(index))
        text = text[: found.start()]
    unknown = _UNKNOWN_FIELD.match(text)
    if unknown:
        steps.append(unknown[1])
    text = shorten(text, 200)
    return f"{text} (at {describe_steps(steps)})" if steps else text, tuple(steps)


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node | None, yaml.Node] | None:
    """Return the nodes of key (None in a list) and value one step into a node, if any."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _known(data: Any, kind: type[Record], steps: Steps, unknown: list[Steps]) -> Any:
    """Return one record's known fields; append the steps to the others to `unknown`."""
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
