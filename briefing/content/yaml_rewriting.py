"""Changing one top-level key of a YAML file written by hand, and no other byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from briefing.content.files import count_same

_COMMENT = re.compile(r"(?:\A|[ \t])[ \t]*#.*\Z")


@dataclass(frozen=True, slots=True)
class YamlValue:
    """A value as written: what follows `key: ` on its line, and the lines below it.

    `items` are the entries of a list, one line each; None for other values.
    """

    first: str
    below: tuple[str, ...] = ()
    items: tuple[str, ...] | None = None


def replace_value(text: str, key: str, value: YamlValue) -> str | None:
    """Return the YAML `text` with a key's value replaced; a comment beside it is kept.

    A new key is added below the last one. None where the text is not a mapping with one key per
    line.
    """
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
    """Return the index of the line break that ends the line at `at`."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end
