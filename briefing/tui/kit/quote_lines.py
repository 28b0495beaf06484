"""The lines that lists of quotes and cues share: a quote beside its bar, a cue, headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.compare.panels import QuoteRow, StanceNote
from briefing.compare.standing_words import matter_words, provenance
from briefing.model import Position
from briefing.paraphrases import paraphrase_label
from briefing.tui.kit.line_list import BLANK_LINE, HeadLines, RowData
from briefing.tui.kit.text_lines import (
    Line,
    Piece,
    cut,
    length,
    spread,
    width_of,
    wrap,
    wrap_pieces,
)
from briefing.tui.kit.themes import stance_ink, voice_ink
from briefing.visible import one_line
from briefing.wording import marked, role_and_addressee, speaker_name

BAR = "▌"
DOTTED_BAR = "┆"
HAND = "✎"
"""At what the analyst wrote or set."""
ANALYST = "analyst"
"""The rule of annotations that the analyst made or changed."""
QUOTE_LINES = 6
"""The most lines of a quote's words in a list, and of its source; the reader has the rest."""

STANCE_WIDTH = 13
"""The cells from a stance to what it is about, where it is short enough."""
ABOUT_LINES = 3
"""The most lines for what a cue is about, or for its source, where these stand below it."""


def quoted_words(row: QuoteRow, width: int) -> tuple[str, ...]:
    """Return the words of a quote broken into lines, without its bar."""
    return wrap(marked(row.quote), width - 3, QUOTE_LINES)


def speaker_lines(row: QuoteRow, width: int) -> list[Line]:
    """Return the speaker of a quote with role, broken into lines, without its bar."""
    speaker, role = row.quote.speaker, role_and_addressee(row.quote)
    who = [Piece(speaker_name(speaker), "speaker" if speaker else "faint")]
    if role:
        who.append(Piece(f" {role}", "soft"))
    return wrap_pieces(who, width - 2) if length(who) > width - 2 else [tuple(who)]


def source_lines(row: QuoteRow, width: int) -> list[Line]:
    """Return where a quote stands, broken into lines, and the signs at it, without its bar."""
    quote, label = row.quote, paraphrase_label(row.quote)
    signs = [Piece(f"{label} ", "faint")] if label else []
    signs += [Piece("pinned ", "accent")] if row.pinned else []
    signs += [Piece(f"{HAND} ", "accent")] if quote.rule == ANALYST else []
    where = wrap(provenance(row, "←"), width - 2, QUOTE_LINES)
    lines: list[Line] = [(Piece(words, "faint"),) for words in where]
    if signs:
        fits = length(lines[-1]) + 1 + length(signs) <= width - 2
        lines.append(spread(lines.pop() if fits else (), signs, width - 2))
    return lines


def quote_lines(row: QuoteRow, width: int) -> tuple[Line, ...]:
    """Return a quote's words, its speaker with role, and source with paragraph, beside its bar."""
    quote, speaker = row.quote, row.quote.speaker
    indirect = quote.kind == "indirect"
    bar = Piece(f"{DOTTED_BAR if indirect else BAR} ", voice_ink(speaker.type if speaker else None))
    ink = "soft" if indirect else "text"
    words: Iterable[Line] = ((Piece(line, ink),) for line in quoted_words(row, width))
    below = (*speaker_lines(row, width), *source_lines(row, width))
    return tuple((bar, *line) for line in (*words, *below))


def cue_lines(before: Line, note: StanceNote, source: str, width: int) -> tuple[Line, ...]:
    """Return a cue for a stance after the pieces `before` it, and its source at the right.

    Object and target stand behind the stance, or below it where that is too narrow. The source,
    with who passed it on, stands on the first line with room for it, or below.
    """
    stance = stance_piece(note.stance, note)
    hedge = (Piece(f" {one_line(note.hedge)}", "soft"),) if note.hedge else ()
    hand = (Piece(f" {HAND}", "accent"),) if note.ruled else ()
    left: Line = (*before, stance, *hedge, *hand)
    links = note.chain[1:] or note.chain  # the first of several is who speaks
    where = one_line(source) + "".join(f" ← {one_line(link)}" for link in links)
    about = one_line(matter_words(note.object, note.target))
    gap = max(1, length(before) + STANCE_WIDTH - length(left)) if about else 0
    lines: list[Line] = [(*left, Piece(" " * gap), Piece(about))]
    indent = Piece(" " * (length(before) + len("● ")))
    room = width - length((indent,)) - 1
    if length(lines[0]) >= width:
        lines = [left, *((indent, Piece(words)) for words in wrap(about, room, ABOUT_LINES))]
    for at, line in enumerate(lines):
        if length(line) + width_of(where) + 3 <= width:
            lines[at] = spread(line, (Piece(f"{where} ", "faint"),), width)
            return tuple(lines)
    if width_of(where) + 2 <= width:
        return (*lines, spread((), (Piece(f"{where} ", "faint"),), width))
    below = wrap(where, room, ABOUT_LINES)
    return (*lines, *((indent, Piece(words, "faint")) for words in below))


def stance_piece(stance: str, note: StanceNote | Position) -> Piece:
    """Return a stance behind its dot: full where the country says so itself, else a ring."""
    dot = "●" if note.said_by == "self" else "○"
    return Piece(f"{dot} {one_line(stance)}", stance_ink(stance))


def section_line(words: str, number: int) -> Line:
    """Return the small heading over a part of a list, with how many rows are below it."""
    return (Piece(f" {words}", "heading"), Piece(f" {number}" if number else "", "faint"))


def in_parts(
    parts: Iterable[tuple[str, Sequence[RowData]]], *, apart: bool = False
) -> tuple[list[RowData], dict[int, HeadLines]]:
    """Return the rows of all parts, and the small heading over each part that has rows.

    With `apart`, a part is set off from the one above it.
    """
    rows: list[RowData] = []
    heads: dict[int, HeadLines] = {}
    for words, part in parts:
        if part:
            blank = BLANK_LINE if apart and rows else ()
            heads[len(rows)] = (*blank, section_line(words, len(part)))
        rows += part
    return rows, heads


def rule_line(words: str, ink: str, width: int, lead: str = " ") -> tuple[Line]:
    """Return a rule with words near its beginning, as the heading lines above a row."""
    rest = max(width - width_of(lead + words) - 2, 0)
    pieces = Piece(lead, "line"), Piece(words, ink), Piece(f" {'─' * rest}", "line")
    return (cut(pieces, width),)
