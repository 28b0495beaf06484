"""Reads JSON with slips in it: what stands clear is taken, what is in doubt is left out.

A missing comma, bracket or brace, one too many, a comment, a line break or a bare quotation mark in
a string: publishers' templates make these. Each character is looked at a bounded number of times.
"""

from __future__ import annotations

import json
import re
from typing import Any

_DEEPEST = 60
_BLANK = re.compile(r"(?:[\s,;]|//[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|\Z))*")
_QUOTE = re.compile(r'(?s)[^"\\]*(?:\\.[^"\\]*)*"')
_ENDS = re.compile(r'\s*(?:[,}\]]|\Z|"[^"\\\n]{1,60}"\s{0,9}:)')
_ENDS_NAME = re.compile(r"\s*(?:[,:}\]]|\Z)")
_COLON = re.compile(r"\s*:")
_GOES_ON = re.compile(r'[\s}\]]{0,20},\s{0,200}"')
_ATOM = re.compile(r"[^\s,:{}\[\]\"]+")
_BARE = re.compile(r'(?s)\\.|"')
_ARTICLES_OWN = frozenset({"headline", "datePublished", "dateModified", "author", "publisher"})
_OWNERS = frozenset({"Person", "Organization", "NewsMediaOrganization"})

_Node = dict[str, Any] | list[Any]


def read_loosely(text: str, start: int) -> tuple[Any, int]:
    """Return the object or list that begins at `start`, as far as it can be read, and its end.

    A value that may have been cut off is None. What is open at the end is closed there; an
    author's object that goes on with what only an article states is closed before it.
    """
    root: _Node = {} if text[start] == "{" else []
    stack, key, place = [root], None, start + 1
    while stack:
        blank = _BLANK.match(text, place)
        place = blank.end() if blank else place
        if place >= len(text):
            break
        char = text[place]
        if char in "}]":
            if len(stack) > 1 or _GOES_ON.match(text, place + 1) is None:
                _close(stack, char)
            key, place = None, place + 1
        elif char in "{[":
            if len(stack) >= _DEEPEST:
                break
            inner: _Node = {} if char == "{" else []
            _store(stack[-1], key, inner)
            stack.append(inner)
            key, place = None, place + 1
        elif char == '"':
            value, place = _read_string(text, place + 1, _ENDS if key else _ENDS_NAME)
            colon = _COLON.match(text, place) if key is None else None
            if colon is not None and value is not None:
                key, place = value, colon.end()
                _leave(stack, key)
            else:
                _store(stack[-1], key, value)
                key = None
        else:
            atom = _ATOM.match(text, place)
            _store(stack[-1], key, _atom(atom[0]) if atom else None)
            key, place = None, atom.end() if atom else place + 1
    return root, place


def _close(stack: list[_Node], char: str) -> None:
    """Close the innermost object or list of the kind that `char` ends, with all in it."""
    kind = dict if char == "}" else list
    depth = next((i for i in range(len(stack) - 1, -1, -1) if isinstance(stack[i], kind)), None)
    if depth is not None:
        del stack[depth:]


def _leave(stack: list[_Node], key: str) -> None:
    """Close what cannot hold `key`: a list, and an author's object before an article's member."""
    while len(stack) > 1:
        node = stack[-1]
        owner = isinstance(node, dict) and str(node.get("@type")) in _OWNERS
        if isinstance(node, dict) and not (owner and key in _ARTICLES_OWN):
            return
        stack.pop()


def _store(node: _Node, key: str | None, value: Any) -> None:
    if isinstance(node, list):
        node.append(value)
    elif key is not None:
        node.setdefault(key, value)


def _read_string(text: str, start: int, ends: re.Pattern[str]) -> tuple[str | None, int]:
    """Return a string and where it ends; a mark that nothing of JSON follows is part of it.

    None where the marks inside are no pairs: the string may go on.
    """
    place, inside = start, -1
    while True:
        found = _QUOTE.match(text, place)
        if found is None:
            return None, len(text)
        place, inside = found.end(), inside + 1
        if ends.match(text, place) is not None:
            break
    if inside % 2:
        return None, place
    raw = _BARE.sub(_escaped, text[start : place - 1])
    try:
        value = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        return None, place
    return str(value), place


def _escaped(found: re.Match[str]) -> str:
    mark = found[0]
    if mark == '"':
        return '\\"'
    return mark if mark[1] in '"\\/bfnrtu' else mark[1]


def _atom(word: str) -> Any:
    try:
        return json.loads(word)
    except ValueError:
        return None
