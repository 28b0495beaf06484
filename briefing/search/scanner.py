"""Scanning the text of a query, and collecting hints."""

from __future__ import annotations

import re
from typing import Final

MAX_LENGTH: Final = 2000
OPENING: Final = frozenset('"“”„«»')
RUN: Final = re.compile(r'[^\s()"“”„«»]+')
_LONGEST: Final = len("AND") + 1
"""The length of an operator and the character after it."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Scanner:
    """A text, the place to read next, and the hints so far."""

    def __init__(self, text: str) -> None:
        self.hints: list[str] = []
        self.full = False
        self.place = 0
        if len(text) > MAX_LENGTH:
            cut = max(text.rfind(" ", 0, MAX_LENGTH + 1), 0) or MAX_LENGTH
            rest = named(_UNPRINTABLE.sub(" ", text[cut : cut + MAX_LENGTH]))
            self.hint(f"only the first {MAX_LENGTH:,} characters were searched, not {rest}")
            text = text[:cut]
        self.text = _UNPRINTABLE.sub(" ", text)
        if any(not mark.isspace() for mark in _UNPRINTABLE.findall(text)):
            self.hint("unprintable characters were read as spaces")

    def hint(self, sentence: str) -> None:
        """Add a hint, once."""
        if not self.full and sentence not in self.hints:
            self.hints.append(sentence)

    def stop(self) -> None:
        """Skip the rest of the text, and add no more hints."""
        self.full = True
        self.place = len(self.text)

    def peek(self) -> str:
        """Skip spaces and return the next character, or ''."""
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1
        return self.here()

    def here(self) -> str:
        """Return the character at the current place, or ''."""
        return self.text[self.place : self.place + 1]

    def run(self) -> str:
        """Return the unquoted run at the current place, without consuming it."""
        found = RUN.match(self.text, self.place)
        return found.group() if found else ""

    def at(self, *names: str) -> bool:
        """Whether one of these operators is next."""
        self.peek()
        found = RUN.match(self.text, self.place, self.place + _LONGEST)
        return found is not None and found.group().upper() in names

    def quoted(self) -> str:
        """Consume a quoted phrase and return its words with single spaces."""
        start = self.place + 1
        end = start
        while end < len(self.text) and self.text[end] not in OPENING:
            end += 1
        if end == len(self.text):
            self.hint("a closing quotation mark is missing")
        self.place = end + 1
        return " ".join(self.text[start:end].split())


def has_letter(text: str) -> bool:
    """Whether the text has a letter or a digit."""
    return any(mark.isalnum() for mark in text)


def named(text: str) -> str:
    """Return a part of the query in quotation marks for a hint, truncated."""
    text = " ".join(text.split())
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
