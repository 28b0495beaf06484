"""Reading `briefing.yaml`, the analyst's own file, and setting one key of it at a time.

A sample is marked so in it, and is not to be changed.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from briefing.codebooks import CodebookError, check_shape, resolve
from briefing.content import yaml_reading, yaml_writing
from briefing.content.files import read_bytes, write_atomic
from briefing.content.locking import briefing_lock
from briefing.content.naming import briefing_names
from briefing.content.yaml_reading import UTF8_BOM, Steps, decode, load, to_record
from briefing.content.yaml_writing import YamlValue, quote_scalar, write_flow
from briefing.errors import ContentError, NotFoundError, UsageError, WriteError
from briefing.model import BRIEFING_FORMAT, Aliases, BriefingInfo

INFO_NAME = "briefing.yaml"
MAX_INFO_BYTES = 4 * 1024 * 1024

_ON_ONE_LINE = frozenset({"tags", "codebook"})
_WRITTEN_WHEN_EMPTY = frozenset({"title", "question", "bottom_line", "tags", "codebook"})

_CODEBOOK = re.compile(
    r"^codebook[ \t]*:[^\n]*(?:\n(?:[ \t#\-\]}][^\n]*|\r?)(?=\n|\Z))*", re.MULTILINE
)
"""The lines of the codebook, as they are found where it is no YAML."""


class ParsedInfo(NamedTuple):
    """What a `briefing.yaml` says, the steps to each unknown key, and what its codebook lacks.

    `text` is the valid YAML that was read: the file's, or without a codebook that is none.
    """

    info: BriefingInfo
    unknown: tuple[Steps, ...]
    broken_codebook: ContentError | None
    text: str


def read_info(path: Path) -> BriefingInfo:
    """Read the sound parts of a `briefing.yaml`; raises NotFoundError, ContentError."""
    return parse_info(read_bytes(path), path).info


def parse_info(data: bytes, path: Path) -> ParsedInfo:
    """Read a `briefing.yaml`, a broken codebook as none; raises ContentError with its place."""
    text = decode(data, path, limit=MAX_INFO_BYTES)
    plain, text, broken = _load(text, path)
    yaml_reading.check_format(plain, BRIEFING_FORMAT, text, path, required=False)
    known, unknown = yaml_reading.drop_unknown(plain, BriefingInfo)
    try:
        _check_codebook(known.get("codebook"), text, path)
    except ContentError as error:
        broken = error
        known["codebook"] = None
    return ParsedInfo(to_record(known, BriefingInfo, text, path), unknown, broken, text)


def _load(text: str, path: Path) -> tuple[Any, str, ContentError | None]:
    """Load a `briefing.yaml`, if need be without its codebook; return data, text, and the error."""
    try:
        return load(text, path), text, None
    except ContentError as error:
        rest = _CODEBOOK.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
        with suppress(ContentError):
            plain = load(rest, path)
            if isinstance(plain, dict):
                return plain, rest, error
        raise


def _check_codebook(plain: Any, text: str, path: Path) -> None:
    """Raise ContentError, with the place in the file, unless a codebook can be used."""
    try:
        check_shape(plain)
        info = to_record({"title": "", "codebook": plain}, BriefingInfo, text, path)
        resolve(info.codebook or ())
    except CodebookError as error:
        message = f"the codebook is left out: {error.message}"
        yaml_reading.refuse_at(message, ("codebook", *error.steps), text, path)


def dump_info(info: BriefingInfo) -> str:
    """Return the text of a new `briefing.yaml`; most empty keys are left out."""
    lines = [f"format: {quote_scalar(info.format)}"]
    for key in info.__struct_fields__[1:]:
        value = getattr(info, key)
        if value != getattr(_EMPTY, key) or key in _WRITTEN_WHEN_EMPTY:
            written = _write_value(key, value)
            lines += [f"{key}: {written.first}".rstrip(), *written.below]
    return "\n".join([*lines, ""])


_EMPTY = BriefingInfo(title="")


def set_info_key(path: Path, key: str, value: Any) -> None:
    """Set a key of the `briefing.yaml` at `path`, under the lock; raises as `rewrite_info`."""
    if not path.parent.is_dir():
        raise NotFoundError(f"There is no briefing {path.parent}.")
    with briefing_lock(path.parent):
        data = read_bytes(path, limit=MAX_INFO_BYTES)
        new = rewrite_info(data, path, {key: value})
        if new != data:
            write_atomic(path, new)


def rewrite_info(data: bytes, path: Path, values: Mapping[str, Any]) -> bytes:
    """Return the bytes of a `briefing.yaml` with top-level keys set.

    Every byte outside the old values is kept, comments included; of a list with one entry per line
    only the entries that differ are replaced; a new key is added at the end. Raises UsageError for
    an unknown key or a value of another type, ContentError where the file is broken.
    """
    for key, value in values.items():
        if key not in BriefingInfo.__struct_fields__ or key == "format":
            raise UsageError(f"briefing.yaml has no key {key!r} that can be set.")
        data = _rewrite_key(data, path, key, value)
    return data


def _rewrite_key(data: bytes, path: Path, key: str, value: Any) -> bytes:
    parsed = parse_info(data, path)
    before = parsed.info
    wanted = _with_value(before, key, value)
    if wanted == before:
        return data
    mark = UTF8_BOM if data.startswith(UTF8_BOM) else b""
    text = decode(data, path, limit=MAX_INFO_BYTES)
    if parsed.broken_codebook is not None and text != parsed.text:
        raise parsed.broken_codebook
    for candidate in _candidates(text, key, getattr(before, key), getattr(wanted, key)):
        new = mark + candidate.encode("utf-8")
        with suppress(ContentError):
            if parse_info(new, path).info == wanted:
                return new
    hint = "Write the file with one key per line, or check the value."
    raise UsageError(f"{key} of {path} cannot be set to {value!r}.", hint)


def _with_value(info: BriefingInfo, key: str, value: Any) -> BriefingInfo:
    fields = {**msgspec.to_builtins(info), key: msgspec.to_builtins(value)}
    try:
        return msgspec.convert(fields, BriefingInfo)
    except msgspec.ValidationError as error:
        raise UsageError(f"{key} cannot be set to {value!r}: {error}.") from None


def _candidates(text: str, key: str, old: Any, new: Any) -> Iterator[str]:
    """Yield ways to rewrite the text, the one that keeps most of it first."""
    old_items, value = _write_value(key, old).items, _write_value(key, new)
    if old_items and value.items:
        changed = yaml_writing.replace_items(text, key, old_items, value.items)
        if changed is not None:
            yield changed
    changed = yaml_writing.replace_value(text, key, value)
    if changed is not None:
        yield changed


def _write_value(key: str, value: Any) -> YamlValue:
    """Write a top-level value: text as a block, lists one entry per line, the rest on one line."""
    if isinstance(value, str) and "\n" in value:
        first, *below = yaml_writing.write_text(value, "").split("\n")
        return YamlValue(first, tuple(below))
    if isinstance(value, Aliases | dict):
        if isinstance(value, dict):
            below = [f"  {quote_scalar(name)}: {write_flow(value[name])}" for name in value]
        else:
            lines = yaml_writing.write_lines
            below = [
                *lines("speakers", value.speakers, "  "),
                *lines("outlets", value.outlets, "  "),
            ]
        return YamlValue("" if below else "{}", tuple(below))
    if not isinstance(value, tuple):
        return YamlValue(write_flow(value))
    items = tuple(write_flow(item) for item in value)
    if key in _ON_ONE_LINE or not items:
        return YamlValue(write_flow(value), items=items)
    return YamlValue("", tuple(f"- {item}" for item in items), items)


def require_own(content: Path, name: str | None) -> None:
    """Raise WriteError where the briefing `name`, existing or new, must not be changed.

    A sample is marked so in its briefing.yaml; a library with only samples is the sample library,
    where no briefing may be created either. None means any new briefing.
    """
    is_there = name is not None and (content / name / INFO_NAME).is_file()
    if _is_sample(content / (name or "")) if is_there else has_only_samples(content):
        message = "the sample library is read-only: name a library of your own with --library"
        hint = "`briefing copy FOLDER` makes one of it."
        raise WriteError(message, hint)


def has_only_samples(content: Path) -> bool:
    """Whether there are briefings, and each is a sample; stops at the first that is not."""
    names = briefing_names(content)
    return bool(names) and all(_is_sample(content / each) for each in names)


def _is_sample(folder: Path) -> bool:
    with suppress(ContentError, NotFoundError):
        return read_info(folder / INFO_NAME).sample
    return False
