"""Lines that name where an article comes from: `Outlet, Jan 1, 2020`, `Source: Outlet`."""

import re
from typing import NamedTuple

from briefing.ingest.lines.stated_dates import StatedDate, find_date, find_date_line
from briefing.world.outlets import ends_as_outlet, is_ambiguous, may_be_outlet, usual_name

_REPRINT = re.compile(
    r"(?i)^\W{0,3}(?:this (?:article|story|report|piece|post) )?(?:was |is )?"
    r"(?:(?:first|originally) (?:published|appeared)|re-?published|reprinted|reproduced)"
    r" (?:with permission )?(?:from|by|in|on|at)\s"
)
_SOURCE = re.compile(r"(?i)^\W{0,3}(?:source|via|from):\s")
_SENTENCE = re.compile(r"(?<=[a-z])\.\s+(?=[A-Z])")
_EDGE = " \t\n\u00a0.,;:()[]|–—-•·"
_WORD = r"(?:[A-ZÀ-Þ\d][\w.&'’-]*|&|the|of|and|for|on|in|de|del|du|des|der|la|le|und|et|y)"
_NAME = re.compile(rf"^{_WORD}(?:\s{_WORD}){{0,6}}$")


class SourceLine(NamedTuple):
    """What a source line says; `reprint` says whether it speaks of an original elsewhere."""

    publisher: str
    date: StatedDate | None
    reprint: bool


def read_source_line(text: str, *, linked: bool = False, below: str = "") -> SourceLine | None:
    """Read a line that names an outlet, and perhaps a date, and says nothing else.

    A name that is not widely known, or is an ordinary word too, counts where the line says
    `Source:` or that it is reprinted, or with a date where the whole line is a link (`linked`) or
    the name is built as outlets' names are. The date may stand in a line `below`. Else None.
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
    known = usual_name(name)
    sure = opener is not None or (known is not None and not is_ambiguous(name))
    likely = known or may_be_outlet(name)
    dated = date and (likely or linked or ends_as_outlet(name))
    if not (sure or dated or (likely and find_date_line(below))):
        return None
    return SourceLine(known or name, date, reprint is not None)


def is_reprint_line(text: str) -> bool:
    """Whether a line says nothing but where the article was published first."""
    return _REPRINT.match(text[:200]) is not None and read_source_line(text) is not None


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
