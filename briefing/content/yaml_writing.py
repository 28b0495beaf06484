r"""Writing values as YAML that parsers of YAML 1.1 and 1.2 read alike.

A string is written plain where it is unambiguous, in single quotes where it has no special
character, and in double quotes with escapes otherwise; long text becomes a block literal where
that preserves every character.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from briefing.errors import InputError
from briefing.model import (
    Anchor,
    Link,
    Position,
    Quote,
    Record,
    Reprint,
    SavedSearch,
    Speaker,
    StanceSpec,
)

_PLAIN = re.compile(r"[^\W\d_](?:[\w/. -]*[^\W_])?\Z")
_NOT_STRINGS = frozenset(
    {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"}
)
_BREAKS_AND_CONTROLS = (
    "\x00-\x1f\x7f-\x9f"
    "\u2028\u2029"  # line and paragraph separator
    "\u202a-\u202e\u2066-\u2069"  # bidi controls would reorder the file for its reader
    "\ud800-\udfff\ufeff\ufffe\uffff"
)
SHORT = 48
"""Strings up to this length are remembered as they are written: codes, rules and names recur."""
_ODD = re.compile(f"[{_BREAKS_AND_CONTROLS}]")
_ODD_OR_MARK = re.compile(rf'[{_BREAKS_AND_CONTROLS}"\\]')
_UNSAFE_IN_BLOCK = re.compile(
    "[" + _BREAKS_AND_CONTROLS.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f") + "]"
    r"|\A[\n\t]|[ \t\n]\Z|[ \t]\n|\n\t"
)
_SHORT_ESCAPES = {
    char: f"\\{name}"
    for char, name in zip('\0\a\b\t\n\v\f\r\x1b"\\\x85\u2028\u2029', '0abtnvfre"\\NLP', strict=True)
}


def quote_scalar(text: str) -> str:
    """Return a string as a one-line scalar for block or flow context.

    Raises InputError for a lone surrogate, which no UTF-8 file can hold.
    """
    return _quote_short(text) if len(text) <= SHORT else _quote(text)


@lru_cache(maxsize=1 << 12)
def _quote_short(text: str) -> str:
    return _quote(text)


def _quote(text: str) -> str:
    if _PLAIN.match(text) and text.lower() not in _NOT_STRINGS:
        return text
    if _ODD.search(text):
        return '"' + _ODD_OR_MARK.sub(_escape, text) + '"'
    return "'" + text.replace("'", "''") + "'"


def write_text(text: str, indent: str) -> str:
    """Return a string as a block literal under a key at `indent`, or quoted where it must be.

    The result follows `key: ` and does not end with a line break.
    """
    if not text or _UNSAFE_IN_BLOCK.search(text):
        return quote_scalar(text)
    inner = indent + "  "
    head = "|2-" if text[0] == " " else "|-"
    lines = (inner + line if line else "" for line in text.split("\n"))
    return "\n".join((head, *lines))


def write_flow(value: Any) -> str:
    """Return a value on one line: a scalar, a tuple, a dict, or a Record with fields in order.

    Fields that are None are left out, save those in _KEPT_WHEN_NONE. Raises InputError for a
    number that is not finite or a lone surrogate.
    """
    if isinstance(value, str):
        return quote_scalar(value)
    if isinstance(value, Record):
        return _write_record(value)
    if isinstance(value, tuple):
        return "[" + ", ".join([write_flow(item) for item in value]) + "]"
    if isinstance(value, dict):
        pairs = [f"{quote_scalar(key)}: {write_flow(item)}" for key, item in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, float):
        return _write_float(value)
    return "null" if value is None else str(value).lower()


def write_lines(key: str, items: Iterable[Record], indent: str) -> list[str]:
    """Return the lines of `key` with one line per item; none where there are no items."""
    lines = [f"{indent}- {_write_record(item)}" for item in items]
    return [f"{indent}{key}:", *lines] if lines else lines


_KEPT_WHEN_NONE: dict[type[Record], frozenset[str]] = {
    Quote: frozenset({"utterance", "speaker", "cue", "to"}),
    Speaker: frozenset({"name", "role", "country"}),
    Position: frozenset({"target", "object", "hedge", "said_by", "actor"}),
    Link: frozenset({"url"}),
    Reprint: frozenset({"publisher", "headline", "date", "url"}),
}
_LEFT_OUT_WHEN_EMPTY: dict[type[Record], frozenset[str]] = {
    Anchor: frozenset({"prefix", "suffix"}),
    SavedSearch: frozenset({"seen"}),
    StanceSpec: frozenset({"cues"}),
}


@cache
def _plan(kind: type[Record]) -> tuple[tuple[str, str, tuple[Any, ...]], ...]:
    """Return for each field of a type its name, its key as written, and the values left out."""
    kept = _KEPT_WHEN_NONE.get(kind, frozenset())
    emptied = _LEFT_OUT_WHEN_EMPTY.get(kind, frozenset())
    plan: list[tuple[str, str, tuple[Any, ...]]] = []
    for name in kind.__struct_fields__:
        omitted: tuple[Any, ...] = () if name in kept else (None,)
        plan.append((name, f"{name}: ", ("", ()) if name in emptied else omitted))
    return tuple(plan)


def _write_record(record: Record) -> str:
    parts = []
    for name, key, omitted in _plan(type(record)):
        value = getattr(record, name)
        if value not in omitted:
            parts.append(key + write_flow(value))
    return "{" + ", ".join(parts) + "}"


def _write_float(value: float) -> str:
    if not math.isfinite(value):
        raise InputError(f"The number {value} cannot be stored: it is not finite.")
    text = repr(value)
    # YAML 1.1 reads 1e-07 as a string: a float needs a dot.
    return text if "." in text else text.replace("e", ".0e")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        raise InputError(
            f"The text holds half a character (the lone surrogate U+{code:04X}), "
            "which no UTF-8 file can store.",
            hint="Replace it by U+FFFD before storing the text.",
        )
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
