"""The margin beside an article: who speaks, on whose word, each stance, and the analyst's notes."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from briefing.compare.standing_words import matter_words
from briefing.model import READ_ROLES, Article, Chunk, PlacedEdit, Position, Quote
from briefing.paraphrases import KINDS_BY_RULE
from briefing.tui.kit.quote_lines import ANALYST, BAR, DOTTED_BAR, HAND, stance_piece
from briefing.tui.kit.text_lines import Line, Piece, cut, fit, length, wrap
from briefing.tui.kit.themes import voice_ink
from briefing.tui.reader.article_page import Page, PageBlock
from briefing.tui.reader.page_lines import PageLines
from briefing.visible import one_line
from briefing.wording import role_and_addressee, speaker_name, speaker_role, where_stated

MEASURE, LEAST_MEASURE = 90, 74
"""The cells that lines of text take: the first where there is room, less for a margin."""
LEAST, GOOD, MOST = 20, 30, 40
"""The cells that the margin takes; it is as wide as is good before the text takes its measure."""
GAP = 3
STRETCH = 32
"""The blocks beside which the margin is laid out at once."""
NOTE_LINES, OTHER_LINES = 12, 3
"""The most lines of a note, and of what else stands there."""
_SHOWN_ELSEWHERE = frozenset({"highlight", "set-speaker", "set-bounds", "add-quote", "pin"})
"""Edits that show in the text, or as the analyst's sign at who speaks."""


class _Entry(NamedTuple):
    """What stands beside a line of the page, or below what stands there.

    `below` is evidence, in as many lines as it takes where there is room before the next entry,
    else a line each, as far as there is.
    """

    line: int
    written: Sequence[Line]
    below: Sequence[str] = ()

    def lines(self, room: int, width: int) -> Sequence[Line]:
        """Return its lines, more than `room` of them only where they are written."""
        free = max(room - len(self.written), 0)
        below = [line for each in self.below for line in wrap(each, width - 2, OTHER_LINES)]
        if len(below) > free:
            below = [fit(each, width - 2) for each in self.below[:free]]
        return (*self.written, *((Piece("  "), Piece(line, "faint")) for line in below))


def text_measure(width: int) -> int:
    """Return the cells of the lines of text on a reader of `width` cells."""
    beside = width - GAP - GOOD
    return min(beside, MEASURE) if beside >= LEAST_MEASURE else min(width, MEASURE)


def margin_width(width: int) -> int:
    """Return the cells of the margin beside the text, 0 where there is no room."""
    room = width - text_measure(width) - GAP
    return min(room, MOST) if room >= LEAST else 0


class Margin:
    """What stands beside the lines of a page, a stretch of blocks laid out when it is seen.

    What has no room moves down; what would push the next entry from its place is cut. `width` are
    the cells of a line.
    """

    def __init__(
        self,
        article: Article,
        page: Page,
        lines: PageLines,
        placed: Sequence[PlacedEdit],
        width: int,
    ) -> None:
        self._page, self._lines, self._width = page, lines, width
        self._read = {each.id: each for each in article.chunks if each.role in READ_ROLES}
        stated = _Entry(0, (), tuple(where_stated(article, in_text="its text")))
        self._edited = [*_edited(page, lines, placed, width), stated]
        timed = (each for each in self._read.values() if each.time is not None)
        entries = groupby(timed, key=lambda chunk: chunk.time)
        self._times = {next(chunks).id: one_line(time or "") for time, chunks in entries}
        self._starts = [0, *(lines.line_of(each.start) for each in page.blocks[STRETCH::STRETCH])]
        self._laid: dict[int, dict[int, Line]] = {}

    def line(self, number: int) -> Line:
        """Return what stands beside a line."""
        return self._stretch(bisect_right(self._starts, number) - 1).get(number, ())

    @property
    def end(self) -> int:
        """The number of lines, as many as the last entries need."""
        return max(self._stretch(len(self._starts) - 1), default=-1) + 1

    def _stretch(self, number: int) -> Mapping[int, Line]:
        """Return the lines of a stretch; those before it matter as they may push its first."""
        if number not in self._laid:
            first = max(number - 1, 0)
            top, after = self._starts[first], [*self._starts, math.inf][number + 1]
            entries = [each for each in self._edited if top <= each.line < after]
            for block in self._page.blocks[first * STRETCH : (number + 1) * STRETCH]:
                if block.chunk in self._times:
                    at = self._lines.line_of(block.page_start(0))
                    entries.append(_Entry(at, ((Piece(self._times[block.chunk], "soft"),),)))
                if block.chunk in self._read:
                    chunk = self._read[block.chunk]
                    entries += _annotated(chunk, block, self._lines, self._width)
            self._laid[number] = _lay_out(sorted(entries, key=lambda each: each.line), self._width)
        return self._laid[number]


def _lay_out(entries: Sequence[_Entry], width: int) -> dict[int, Line]:
    """Return what stands beside the lines, by line."""
    beside: dict[int, Line] = {}
    free = 0
    for entry, after in pairwise((*entries, None)):
        if entry is not None:
            at = max(entry.line, free)
            room = after.line - at if after is not None else MOST
            shown = entry.lines(room, width)
            beside.update(enumerate(shown, at))
            free = at + len(shown)
    return beside


def _annotated(chunk: Chunk, block: PageBlock, lines: PageLines, width: int) -> Iterator[_Entry]:
    """Yield who speaks and what stance is taken, who speaks again once a block."""
    said: set[Piece] = set()
    told: list[Quote | Position] = [*chunk.quotes, *chunk.positions]
    for each in sorted(told, key=lambda each: each.start):
        first, signs, below = _voice(each, chunk) if isinstance(each, Quote) else _stance(each)
        if first[1] not in said or isinstance(each, Position):
            said.add(first[1])
            at = lines.line_of(block.page_start(each.start))
            yield _Entry(at, ((*cut(first, width - length(signs)), *signs),), below)


def _voice(quote: Quote, chunk: Chunk) -> tuple[Line, Line, Sequence[str]]:
    """Return who speaks, signs at it, and below it who passed it on, the role, and the rule."""
    speaker = quote.speaker
    bar = DOTTED_BAR if quote.kind == "indirect" else BAR
    code = f" {one_line(speaker.country)}" if speaker is not None and speaker.country else ""
    name = Piece(speaker_name(speaker), "soft" if speaker is not None else "faint")
    pin = (Piece(" pinned", "accent"),) if quote.id in chunk.pins else ()
    first = (
        Piece(f"{bar} ", voice_ink(speaker.type if speaker is not None else None)),
        name,
    )
    signs = (Piece(code, "faint"), *_hand(quote.rule), *pin)
    role = speaker_role(speaker) if quote.chain[1:] else role_and_addressee(quote)
    return first, signs, _evidence(quote.chain[1:], role, quote.rule)


def _stance(position: Position) -> tuple[Line, Line, Sequence[str]]:
    """Return the stance and whose, signs at it, and below it object, chain and rule."""
    hedge = (Piece(f" {one_line(position.hedge)}", "faint"),) if position.hedge else ()
    first = (
        stance_piece(position.stance, position),
        *hedge,
        Piece(f" {one_line(position.country)}", "faint"),
    )
    about = one_line(matter_words(position.object, position.target))
    return first, _hand(position.rule), _evidence(position.chain, about, position.rule)


def _evidence(chain: Sequence[str], words: str, rule: str) -> Sequence[str]:
    passed_on = " ".join(f"← {one_line(link)}" for link in chain)
    # Of words that nobody said, who speaks says so already.
    is_said = KINDS_BY_RULE.get(rule, "speech") is not None
    found_by = one_line(rule.replace("_", " ")) if rule != ANALYST and is_said else ""
    return tuple(filter(None, (passed_on, words, found_by)))


def _hand(rule: str) -> Line:
    return (Piece(f" {HAND}", "accent"),) if rule == ANALYST else ()


def _edited(
    page: Page, lines: PageLines, placed: Sequence[PlacedEdit], width: int
) -> Iterator[_Entry]:
    """Yield the notes and tags, and what else the analyst did that shows nowhere else."""
    for each in placed:
        edit, block = each.edit, page.block(each.chunk)
        ruled = edit.kind == "rule-position" and edit.stance != "none"
        if each.reason is not None or edit.kind in _SHOWN_ELSEWHERE or ruled:
            continue
        if each.chunk is None:
            at = 0
        elif block is not None:
            at = lines.line_of(block.page_start(each.start))
        else:
            continue
        yield _Entry(at, _written(each, width))


def _written(placed: PlacedEdit, width: int) -> Sequence[Line]:
    edit = placed.edit
    if edit.kind == "tag":
        return ((Piece(f"#{one_line(edit.text or '')}", "accent"),),)
    is_note = edit.kind == "note"
    words = one_line((edit.text or "") if is_note else _said(placed))
    limit = NOTE_LINES if is_note else OTHER_LINES
    ink = "text" if is_note else "faint"
    first, *rest = wrap(words, width - 2, limit)
    sign = Piece(f"{HAND} ", "accent")
    return ((sign, Piece(first, ink)), *((Piece("  "), Piece(line, ink)) for line in rest))


def _said(placed: PlacedEdit) -> str:
    """Return what the analyst did, in fewer words than the sentence for it."""
    edit = placed.edit
    match edit.kind:
        case "rule-position":
            return f"{edit.country or ''} no position".strip()
        case "set-role":
            return "restored" if edit.role in READ_ROLES else "set aside"
        case "drop-quote":
            return "quote dropped"
        case _:
            return placed.says
