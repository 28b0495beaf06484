"""The paragraphs of a PDF: its lines put together over columns and pages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from briefing.english.lexicon import read_words
from briefing.ingest.readers.paragraphs import MAX_CHUNK, is_item, runs_on
from briefing.ingest.readers.pdf.placed_lines import PlacedLine

_ENDS: Final = frozenset('.!?:;…"”’»)')
_ALIKE: Final = 1.12
"""Letters whose sizes differ by less belong to one paragraph."""
_FULL: Final = 0.92
_APART: Final = 1.35
_SHORTEST: Final = 60
"""Letters of a paragraph that may be cut off in the middle of a sentence."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST: Final = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_NO_BLANK: Final = "/@\u2013\u2014-\u2010"
SOFT: Final = "\u00ad"


@dataclass(frozen=True, slots=True)
class PdfParagraph:
    """A paragraph: its words, the size of its letters, and on which page (from 0) it begins.

    `width` is that of its column; `full` says whether its last line reaches the edge of it,
    `indented` whether its first is set in, `row` whether it is a row of a table.
    """

    text: str
    size: float
    bold: bool
    page: int
    width: float
    full: bool
    indented: bool
    row: bool = False


def usual_leading(stretches: Iterable[Sequence[PlacedLine]]) -> float:
    """Return how far the lines of a document are apart, as a multiple of their size."""
    steps = [
        (before.bottom - line.bottom) / line.size
        for stretch in stretches
        for before, line in pairwise(stretch)
        if line.size > 0 and before.bottom - line.bottom > line.size * 0.3
    ]
    return median(steps) if steps else 1.2


def cut_stretch(
    lines: Sequence[PlacedLine], page: int, leading: float, known: frozenset[str]
) -> Iterator[PdfParagraph]:
    """Yield the paragraphs of a stretch by space (usually `leading`), indents, sizes, lengths."""
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    indented = [line.left > left + line.size * 0.6 for line in lines]
    # A stretch sets the first lines of its paragraphs in where some lines are, never most.
    uses_indents = 0 < sum(indented) * 2 < len(lines)

    def opens(index: int) -> bool:
        before, line = lines[index - 1], lines[index]
        if _differs(before, line) or before.bottom - line.bottom > leading * line.size * _APART:
            return True
        if uses_indents:
            return indented[index] and not indented[index - 1]
        short = before.right < left + (right - left) * 0.75
        return short and before.text[-1:] in _ENDS and not line.text[:1].islower()

    starts = [0, *(index for index in range(1, len(lines)) if opens(index)), len(lines)]
    for start, end in pairwise(starts):
        part = lines[start:end]
        yield PdfParagraph(
            join_lines([line.text for line in part], known),
            median(line.size for line in part),
            all(line.bold for line in part),
            page,
            right - left,
            full=part[-1].right >= left + (right - left) * _FULL,
            indented=indented[start],
            row=_is_row(part[0]),
        )


def _differs(before: PlacedLine, line: PlacedLine) -> bool:
    """Whether two lines cannot be of one paragraph by how they are set."""
    if max(before.size, line.size) > _ALIKE * min(before.size, line.size):
        return True
    return before.bold != line.bold or _is_row(before) or _is_row(line) or is_item(line.text)


def _is_row(line: PlacedLine) -> bool:
    return len(line.gaps) > 1


def join_parted(
    paragraphs: Sequence[tuple[PdfParagraph, bool]], body: float, known: frozenset[str]
) -> list[PdfParagraph]:
    """Join the paragraphs that a column or a page parted.

    Each comes with whether it opens a stretch; `body` is the size of running text. Notes and other
    small print between the parts come after them.
    """
    joined: list[PdfParagraph] = []
    last: int | None = None
    for paragraph, opens in paragraphs:
        running = max(paragraph.size, body) < _ALIKE * min(paragraph.size, body)
        if running and opens and last is not None and _goes_on(joined[last], paragraph):
            text = join_lines([joined[last].text, paragraph.text], known)
            joined[last] = replace(joined[last], text=text, full=paragraph.full)
            continue
        joined.append(paragraph)
        if running:
            last = len(joined) - 1
        elif paragraph.size > body:
            last = None
    return joined


def _goes_on(before: PdfParagraph, after: PdfParagraph) -> bool:
    differ = before.row or after.row or before.bold != after.bold or is_item(after.text)
    if differ or len(before.text) > MAX_CHUNK:
        return False
    alike = min(before.width, after.width) * 1.3 > max(before.width, after.width)
    cut_off = before.full and before.text[-1:] not in _ENDS and len(before.text) >= _SHORTEST
    return (cut_off and alike and not after.indented) or runs_on(before.text, after.text)


def known_words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words in lower case that stand within lines, those with hyphens whole."""
    found: set[str] = set()
    for line in lines:
        words = [match[0].lower() for match in _WORD.finditer(line)]
        found.update(words[:-1] if line[-1:] in _NO_BLANK else words)
    return frozenset(found)


def join_lines(lines: Sequence[str], known: frozenset[str]) -> str:
    """Join lines by blanks, and broken words without hyphen where the document shows them whole."""
    parts = list(lines[:1])
    for line in lines[1:]:
        drop, between = _seam(parts[-1], line, known)
        if drop:
            parts[-1] = parts[-1][:-drop]
        parts += [between, line]
    return "".join(parts)


def _seam(before: str, after: str, known: frozenset[str]) -> tuple[int, str]:
    """Return how many signs at the end of a line are dropped, and what comes before the next."""
    broken, rest = _LAST.search(before[-60:]), _FIRST.match(after[:60])
    if broken is None or rest is None:
        closed = before[-1:] in _NO_BLANK and before[-2:-1].strip() != ""
        return 0, "" if closed else " "
    left, right = broken[1].lower(), rest[0].lower()
    parts = left + right in known or right in read_words("ingest", "words", "endings")
    is_sure = parts and f"{left}-{right}" not in known
    return (1 if before[-1] == SOFT or (rest[0].islower() and is_sure) else 0), ""
