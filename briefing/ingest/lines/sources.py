"""Knows lines that name where an article comes from: `Outlet, Jan 1, 2020`, `Source: Outlet`."""

from __future__ import annotations

import functools
import re
from types import MappingProxyType
from typing import NamedTuple

from briefing.english.lexicon import read_lexicon
from briefing.ingest.lines.dates import StatedDate, find_date

_REPRINT = re.compile(
    r"(?i)^\W{0,3}(?:this (?:article|story|report|piece|post) )?(?:was |is )?"
    r"(?:(?:first|originally) (?:published|appeared)|re-?published|reprinted|reproduced)"
    r" (?:with permission )?(?:from|by|in|on|at)\s"
)
_SOURCE = re.compile(r"(?i)^\W{0,3}(?:source|via|from):\s")
_SENTENCE = re.compile(r"(?<=[a-z])\.\s+(?=[A-Z])")
_EDGE = " \t\n\u00a0.,;:()[]|–—-•·"
_NAME = re.compile(
    r"^(?:[A-Z0-9][\w.&'’-]*|the|of|and|&|for|on|in|de|la)(?:\s(?:[A-Z0-9][\w.&'’-]*|the|of|and|&|for|on|in|de|la)){0,6}$"
)


class SourceLine(NamedTuple):
    """What a source line says; `reprint` tells whether it speaks of an original elsewhere."""

    publisher: str
    date: StatedDate | None
    reprint: bool


def read_source_line(text: str, *, linked: bool = False) -> SourceLine | None:
    """Read a line that names an outlet, and perhaps a date, and says nothing else.

    A name that is not widely known counts where the line says `Source:` or that it is reprinted,
    where the whole line is a link (`linked`), or where the name ends as outlets' names do and a
    date stands by. None for any other line.
    """
    if len(text) > 200:
        return None
    line = " ".join(text.split()) if "\n" in text else text
    reprint, source = _REPRINT.match(line), _SOURCE.match(line)
    opener = reprint or source
    if reprint is not None:
        line = _SENTENCE.split(line, maxsplit=1)[0]
    date = find_date(line)
    name = _name_beside(line, opener.end() if opener else 0, date)
    if name is None:
        return None
    known = known_outlet(name)
    if known is None and opener is None:
        named_so = name.split()[-1].lower() in read_lexicon("ingest", "outlets")["name endings"]
        if date is None or not (linked or named_so):
            return None
    return SourceLine(known or name, date, reprint is not None)


def is_reprint_line(text: str) -> bool:
    """Tell whether a line says nothing but where the article was published first."""
    return _REPRINT.match(text[:200]) is not None and read_source_line(text) is not None


def known_outlet(name: str) -> str | None:
    """Return the usual name of a widely known outlet, None for any other name."""
    return _outlets().get(name)


def outlet_id(name: str) -> str:
    """Return the short form of an outlet's name that serves in ids: its initials where in use."""
    return _short_forms().get(name, name.removeprefix("The "))


def _name_beside(line: str, start: int, date: StatedDate | None) -> str | None:
    if date is not None and date.start >= start:
        before, after = line[start : date.start].strip(_EDGE), line[date.end :].strip(_EDGE)
        before = re.sub(r"(?i)\s(?:on|in)$", "", before)
        if before and after:
            return None
        name = before or after
    else:
        name = line[start:].strip(_EDGE)
    return name if _NAME.match(name) and name[:1].isupper() else None


@functools.cache
def _outlets() -> MappingProxyType[str, str]:
    names: dict[str, str] = {}
    for entry in read_lexicon("ingest", "outlets")["outlets"]:
        usual, _, others = entry.partition(" = ")
        for form in (usual, *others.split("; ")):
            names.setdefault(form, usual)
    return MappingProxyType(names)


@functools.cache
def _short_forms() -> MappingProxyType[str, str]:
    shorts: dict[str, str] = {}
    for entry in read_lexicon("ingest", "outlets")["outlets"]:
        usual, _, others = entry.partition(" = ")
        initials = [form for form in others.split("; ") if form.isupper() and form.isalpha()]
        if initials:
            shorts[usual] = initials[0]
    return MappingProxyType(shorts)
