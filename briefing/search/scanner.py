"""Where a reading of a query stands in its text, and what is said about it."""

from __future__ import annotations

import re
from typing import Final

MAX_LENGTH: Final = 2000
OPENING: Final = frozenset('"“”„«»')
RUN: Final = re.compile(r'[^\s()"“”„«»]+')
_LONGEST: Final = len("AND") + 1
"""An operator and one character more tell whether it stands alone."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Scanner:
    """A text, the place that is read next, and the hints so far."""

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
            self.hint("characters that cannot be shown were read as blanks")

    def hint(self, sentence: str) -> None:
        """Say once what is not searched, or not as it was written."""
        if not self.full and sentence not in self.hints:
            self.hints.append(sentence)

    def stop(self) -> None:
        """Pass all that is left; what is missing at the end is nobody's fault then."""
        self.full = True
        self.place = len(self.text)

    def peek(self) -> str:
        """Return the character that the next part begins with, blanks passed over, or ''."""
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1
        return self.here()

    def here(self) -> str:
        """Return the character at this place, or ''."""
        return self.text[self.place : self.place + 1]

    def run(self) -> str:
        """Return the unquoted run at this place, without passing it."""
        found = RUN.match(self.text, self.place)
        return found.group() if found else ""

    def at(self, *names: str) -> bool:
        """Whether one of these operators is next."""
        self.peek()
        found = RUN.match(self.text, self.place, self.place + _LONGEST)
        return found is not None and found.group().upper() in names

    def quoted(self) -> str:
        """Pass a quoted stretch and return its words with single blanks."""
        start = self.place + 1
        end = start
        while end < len(self.text) and self.text[end] not in OPENING:
            end += 1
        if end == len(self.text):
            self.hint("a closing quotation mark is missing")
        self.place = end + 1
        return " ".join(self.text[start:end].split())


def has_letter(text: str) -> bool:
    """Whether there is a letter or a figure to look for."""
    return any(mark.isalnum() for mark in text)


def named(text: str) -> str:
    """Quote a stretch of the query for a hint, cut where it is long."""
    text = " ".join(text.split())
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
