"""YAML front matter, written without a YAML library: every text is a double-quoted scalar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.visible import copied

_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t"}
_REFUSED = {code: f"\\u{code:04X}" for code in (0xFEFF, 0xFFFE, 0xFFFF)}
"""Code points that YAML does not allow as they are."""


def front_matter(fields: Mapping[str, str | int | Sequence[str] | None]) -> str:
    """Return the fields between two fences; those that are None are left out.

    The names are ours and are written as they are; texts are quoted, sequences are flow lists.
    """
    lines = [f"{name}: {_value(value)}" for name, value in fields.items() if value is not None]
    return "\n".join(["---", *lines, "---"])


def scalar(text: str) -> str:
    """Return `text` as a YAML scalar that reads as that text, but for what a screen would obey.

    Both YAML 1.1 and 1.2 read it as a string, whatever it looks like.
    """
    return f'"{copied(text).translate(_ESCAPES | _REFUSED)}"'


def _value(value: str | int | Sequence[str]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return scalar(value)
    return f"[{', '.join(scalar(item) for item in value)}]"
