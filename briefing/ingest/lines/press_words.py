"""The words of press databases, and the lines that number articles: `3 of 74 DOCUMENTS`."""

import functools
import re
from typing import NamedTuple

from briefing.english.lexicon import read_words

_LONGEST = 60


class Numbered(NamedTuple):
    """The number of an article, and of how many it is one."""

    number: int
    total: int


def press_words(*sections: str) -> frozenset[str]:
    """Return what databases call something, in lower case; all their words without a section."""
    return read_words("ingest", "press_fields", *sections)


def fold_label(text: str) -> str:
    """Return a label as the words of databases are written: lower case, blanks for hyphens."""
    return " ".join(text.replace("-", " ").lower().split())


def read_number(text: str, *counted: str) -> Numbered | None:
    """Read a line that numbers an article and names what is counted (`counted` are sections)."""
    match = _pattern(counted).match(text) if len(text) <= _LONGEST else None
    if match is None or not (match["before"] or match["after"]):
        return None
    return Numbered(int(match["number"]), int(match["total"]))


@functools.cache
def _pattern(counted: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted(press_words(*counted)))
    of = "|".join(sorted(press_words("of")))
    return re.compile(
        rf"(?i)\W{{0,3}}(?:(?P<before>{words})\W{{0,2}}\s)?"
        rf"(?P<number>\d{{1,6}}) (?:{of}) (?P<total>\d{{1,6}})(?:\s(?P<after>{words}))?\W{{0,3}}$"
    )
