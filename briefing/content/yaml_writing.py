"""Writing values as YAML that parsers of YAML 1.1 and 1.2 read alike.

A string is written plain where it is unambiguous, in single quotes where it has no special
character, else in double quotes with escapes; long text becomes a block literal where that keeps
every character. In a file written by hand one top-level key is changed and no other byte.
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import yaml
from msgspec import Struct

from briefing import model
from briefing.content.files import count_same
from briefing.errors import InputError

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
_ODD_IN_BLOCK = re.compile(
    "[" + _BREAKS_AND_CONTROLS.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f") + "]"
)
_SHORT_ESCAPES = {
    char: f"\\{name}"
    for char, name in zip('\0\a\b\t\n\v\f\r\x1b"\\\x85\u2028\u2029', '0abtnvfre"\\NLP', strict=True)
}
_COMMENT = re.compile(r"(?:\A|[ \t])[ \t]*#.*\Z")


def quote_scalar(text: str) -> str:
    """Return a string as a one-line scalar; raises InputError for a lone surrogate."""
    return _quote_short(text) if len(text) <= SHORT else _quote(text)


def _quote(text: str) -> str:
    if _PLAIN.match(text) and text.lower() not in _NOT_STRINGS:
        return text
    if _ODD.search(text):
        return '"' + _ODD_OR_MARK.sub(_escape, text) + '"'
    return "'" + text.replace("'", "''") + "'"


_quote_short = lru_cache(maxsize=1 << 12)(_quote)


def write_text(text: str, indent: str) -> str:
    """Return a string as a block literal under `indent`, else quoted, without a last line break."""
    if not text or _is_unsafe_in_block(text):
        return quote_scalar(text)
    inner = indent + "  "
    head = "|2-" if text[0] == " " else "|-"
    lines = (inner + line if line else "" for line in text.split("\n"))
    return "\n".join((head, *lines))


def _is_unsafe_in_block(text: str) -> bool:
    """Whether a block literal would lose blanks beside breaks, or hold what none may."""
    # A pattern of all this would take six times as long: it tries every way at every character.
    if text[0] in "\n\t" or text[-1] in " \t\n" or _ODD_IN_BLOCK.search(text):
        return True
    return "\n" in text and any(pair in text for pair in (" \n", "\t\n", "\n\t"))


def write_flow(value: Any) -> str:
    """Return a value on one line; raises InputError for infinities and lone surrogates."""
    if isinstance(value, str):
        return quote_scalar(value)
    if isinstance(value, model.Record):
        return _write_record(value)
    if isinstance(value, tuple):
        return "[" + ", ".join([write_flow(item) for item in value]) + "]"
    if isinstance(value, dict):
        pairs = [f"{quote_scalar(key)}: {write_flow(item)}" for key, item in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, float):
        return _write_float(value)
    return "null" if value is None else str(value).lower()


def write_lines(key: str, items: Iterable[model.Record], indent: str) -> list[str]:
    """Return the lines of `key` with one line per item; none where there are no items."""
    lines = [f"{indent}- {_write_record(item)}" for item in items]
    return [f"{indent}{key}:", *lines] if lines else lines


_KEPT_WHEN_NONE: dict[type[model.Record], frozenset[str]] = {
    model.Quote: frozenset({"utterance", "speaker", "cue", "to"}),
    model.Speaker: frozenset({"name", "role", "country"}),
    model.Position: frozenset({"target", "object", "hedge", "said_by", "actor"}),
    model.Link: frozenset({"url"}),
    model.Reprint: frozenset({"publisher", "headline", "date", "url"}),
}
_LEFT_OUT_WHEN_EMPTY: dict[type[model.Record], frozenset[str]] = {
    model.Anchor: frozenset({"prefix", "suffix"}),
    model.SavedSearch: frozenset({"seen"}),
    model.StanceSpec: frozenset({"cues"}),
}


@cache
def _plan(kind: type[model.Record]) -> tuple[tuple[str, str, tuple[Any, ...]], ...]:
    """Return for each field of a type its name, its key as written, and the values left out."""
    kept = _KEPT_WHEN_NONE.get(kind, frozenset())
    emptied = _LEFT_OUT_WHEN_EMPTY.get(kind, frozenset())
    return tuple(
        (name, f"{name}: ", ("", ()) if name in emptied else () if name in kept else (None,))
        for name in kind.__struct_fields__
    )


def _write_record(record: model.Record) -> str:
    parts = []
    for name, key, omitted in _plan(type(record)):
        value = getattr(record, name)
        if type(value) is int:
            parts.append(f"{key}{value}")
        elif value not in omitted:
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


class YamlValue(Struct, frozen=True):
    """A value as written after its key, the lines `below`, or the `items` of a list by line."""

    first: str
    below: tuple[str, ...] = ()
    items: tuple[str, ...] | None = None


def replace_value(text: str, key: str, value: YamlValue) -> str | None:
    """Return YAML with a value replaced, or added last; None where keys share lines."""
    root = yaml.compose(text, yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        return None
    ending = "\r\n" if "\r\n" in text else "\n"
    indent = " " * root.value[0][0].start_mark.column
    below = "".join(f"{ending}{indent}{line}" for line in value.below)
    for name, node in root.value:
        if name.value == key:
            return _replace(text, name, node, value.first, below)
    end = _line_end(text, _value_end(text, root))
    first = f" {value.first}" if value.first else ""
    return f"{text[:end]}{ending}{indent}{key}:{first}{below}{text[end:]}"


def replace_items(text: str, key: str, old: Sequence[str], new: Sequence[str]) -> str | None:
    """Return the YAML `text` with only those entries of a list replaced that differ.

    `old` and `new` are the entries as written on one line; comments between the others are kept.
    None where the key's value is not written one entry per line, or the new list is empty.
    """
    root = yaml.compose(text, yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return None
    nodes = next((node for name, node in root.value if name.value == key), None)
    if not isinstance(nodes, yaml.SequenceNode) or nodes.flow_style or not new:
        return None
    if len(nodes.value) != len(old) or not old:
        return None
    ending = "\r\n" if "\r\n" in text else "\n"
    dash = " " * nodes.start_mark.column + "- "
    head = count_same(old, new)
    tail = count_same(old[head:][::-1], new[head:][::-1])
    lines = [dash + item for item in new[head : len(new) - tail]]
    gone = nodes.value[head : len(old) - tail]
    if gone:
        start = _line_start(text, gone[0].start_mark.index)
        end = _line_end(text, _value_end(text, gone[-1]))
        if not lines:
            end += len(ending)
        return text[:start] + ending.join(lines) + text[end:]
    if head:
        at = _line_end(text, _value_end(text, nodes.value[head - 1]))
        return text[:at] + "".join(ending + line for line in lines) + text[at:]
    at = _line_start(text, nodes.value[0].start_mark.index)
    return text[:at] + "".join(line + ending for line in lines) + text[at:]


def _replace(text: str, name: yaml.Node, node: yaml.Node, first: str, below: str) -> str:
    """Replace a value, from its key's colon to the end of its last line."""
    colon = text.index(":", name.end_mark.index) + 1
    start, end = node.start_mark.index, _value_end(text, node)
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    if block or start == end or "\n" in text[colon:start]:
        comment = _COMMENT.search(text[colon : _line_end(text, colon)])
        gap, kept = " ", comment[0] if comment else ""
    else:
        gap, kept = text[colon:start], text[end : _line_end(text, end)]
    head = gap + first if first else ""
    return text[:colon] + head + kept + below + text[_line_end(text, end) :]


def _value_end(text: str, node: yaml.Node) -> int:
    """Return where a value ends: PyYAML's block nodes include the comments that follow them."""
    if isinstance(node, yaml.ScalarNode):
        end = node.end_mark.index
        if node.style not in ("|", ">"):
            return end
        header = text[node.start_mark.index : _line_end(text, node.start_mark.index)]
        if "+" in header.partition("#")[0]:
            return end - 1 if text[end - 1] == "\n" else end
        return len(text[:end].rstrip())
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return node.end_mark.index
    last = node.value[-1]
    return _value_end(text, last[1] if isinstance(last, tuple) else last)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end
