"""Reading a strict subset of YAML, event by event, into plain data and typed records.

Only mappings, lists and scalars are accepted. Tags, anchors, aliases, duplicate keys and a second
document are refused, so nothing is ever constructed, expanded or silently overwritten.
"""

import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

import msgspec
import yaml
from yaml import events

from briefing.content.files import MAX_FILE_BYTES, too_large
from briefing.errors import ContentError
from briefing.model import Record, decoder_of

MAX_DEPTH = 16
"""Levels of nesting; our own formats need at most eight."""
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,30}(?:e[-+][0-9]{1,3})?\Z")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UTF8_BOM = b"\xef\xbb\xbf"
R = TypeVar("R", bound=Record)
Step = str | int
"""One step into nested data: a key or an index."""
Steps = tuple[Step, ...]

_PATH = re.compile(r" - at `(?:key in )?\$([^`]*)`\Z")
_STEP = re.compile(r"\.([^.\[\]]+)|\[([0-9]+)\]")
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `([^`]*)`")
_WRONG_TYPE = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_TYPES = {
    "array": "a list", "object": "keys with values", "str": "text", "int": "a whole number",
    "float": "a number", "bool": "true or false", "null": "empty",
}  # fmt: skip
"""What msgspec calls the types of values, in words."""


def resolve_plain(text: str) -> str | int | float | bool | None:
    """Return the value of an unquoted scalar: `null`, `true`, `false`, a plain number or a string.

    `NO`, `yes`, `12:30`, `2020-01-23`, `0x1F` and `1_000` are strings.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-0123456789":
        return text
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def decode(data: bytes, path: Path, *, limit: int = MAX_FILE_BYTES) -> str:
    """Decode UTF-8, BOM removed; raises ContentError, with place, or for over `limit` bytes."""
    if len(data) > limit:
        raise too_large(path, limit)
    data = data.removeprefix(UTF8_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "Save the file as UTF-8, or restore it."
        place = _place(data[: error.start].decode("utf-8"))
        raise ContentError(message, path=path, hint=hint, **place) from None


def load(text: str, path: Path) -> Any:
    """Read the one YAML document in `text` into dicts, lists, strings, numbers and None.

    Keys are always strings; an empty document is None. Raises ContentError, with line and column
    counted from 1, for invalid YAML and for anything outside the subset.
    """
    loader = yaml.CSafeLoader(text)
    try:
        return _Builder(loader, path).document()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        what = ", ".join(part for part in (error.context, error.problem) if part)
        place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
    except yaml.reader.ReaderError as error:
        found = _UNREADABLE.search(text)
        what, place = error.reason, _place(text[: found.start()]) if found else {}
        if found is not None:
            sign = f"the character U+{ord(found[0]):04X}"
            message = f"{sign} is only allowed as an escape in double quotes"
            raise ContentError(message, path=path, **place) from None
    finally:
        loader.dispose()
    raise ContentError(f"this is not valid YAML: {what}", path=path, **place) from None


def shorten(text: str, limit: int = 80) -> str:
    """Cut text from a file to a length that fits a message."""
    return text if len(text) <= limit else text[:limit] + "…"


class _Builder:
    """Builds data from the events of one parser; recursion is bounded by MAX_DEPTH."""

    def __init__(self, loader: yaml.CSafeLoader, path: Path) -> None:
        self._next: Callable[[], Any] = loader.get_event
        self._path = path

    def document(self) -> Any:
        event = self._next()
        if isinstance(event, events.StreamStartEvent):
            event = self._next()
        if isinstance(event, events.StreamEndEvent):
            return None
        data = self._node(self._next(), 0)
        self._next()
        event = self._next()
        if not isinstance(event, events.StreamEndEvent):
            self._refuse(event, "a second YAML document starts here; a file holds one")
        return data

    def _node(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is events.AliasEvent:
            self._refuse(event, f"the alias *{shorten(event.anchor)} is refused: write it out")
        if event.anchor is not None:
            self._refuse(event, f"the anchor &{shorten(event.anchor)} is refused: write it out")
        if event.tag is not None:
            self._refuse(event, f"the tag {shorten(event.tag)} is refused: plain values only")
        if kind is events.ScalarEvent:
            return resolve_plain(event.value) if event.implicit[0] else event.value
        if depth == MAX_DEPTH:
            self._refuse(event, f"values are nested deeper than {MAX_DEPTH} levels")
        if kind is events.MappingStartEvent:
            return self._mapping(depth + 1)
        return self._sequence(depth + 1)

    def _mapping(self, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        event = self._next()
        while type(event) is not events.MappingEndEvent:
            if type(event) in (events.MappingStartEvent, events.SequenceStartEvent):
                self._refuse(event, "a key must be a plain word, not a list or a mapping")
            self._node(event, depth)
            key = event.value
            if key in data:
                self._refuse(event, f"the key {shorten(key)!r} is used twice")
            data[key] = self._node(self._next(), depth)
            event = self._next()
        return data

    def _sequence(self, depth: int) -> list[Any]:
        data: list[Any] = []
        event = self._next()
        while type(event) is not events.SequenceEndEvent:
            data.append(self._node(event, depth))
            event = self._next()
        return data

    def _refuse(self, event: Any, message: str) -> NoReturn:
        mark = event.start_mark
        raise ContentError(message, path=self._path, line=mark.line + 1, column=mark.column + 1)


def _place(before: str) -> dict[str, int]:
    """Return line and column, from 1, of what follows `before`."""
    return {"line": before.count("\n") + 1, "column": len(before) - before.rfind("\n")}


def to_record(data: Any, kind: type[R], text: str, path: Path) -> R:
    """Convert `text`'s data to a record; raises ContentError with the place that does not fit."""
    decoder_of(kind)  # so that no two threads read the fields of a type at once
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        message, steps = _explain(error)
        refuse_at(message, steps, text, path)


def drop_unknown(data: Any, kind: type[Record]) -> tuple[Any, tuple[Steps, ...]]:
    """Return data, wrong types too, without fields unknown to `kind`, and the steps to those."""
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
    """Raise ContentError unless `format` is `expected`, `older` or, if not `required`, missing."""
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
    steps: list[Step] = []
    if found := _PATH.search(text):
        steps += [key or int(index) for key, index in _STEP.findall(found[1])]
        text = text[: found.start()]
    if wrong := _WRONG_TYPE.fullmatch(text):
        sides = (types.split(" | ") for types in wrong.groups())
        wanted, got = (" or ".join(_TYPES.get(each, each) for each in side) for side in sides)
        text = f"This should be {wanted}, and is {got}"
    if unknown := _UNKNOWN_FIELD.match(text):
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
