"""The lines that lists of quotes and cues share: a quote beside its bar, a cue, headings."""

from __future__ import annotations

from briefing.compare.citing import provenance
from briefing.compare.panels import QuoteRow, StanceNote
from briefing.compare.place import Place
from briefing.compare.side_by_side import StanceCue
from briefing.compare.standing_words import matter_words
from briefing.model import Position
from briefing.paraphrases import paraphrase_label
from briefing.tui.kit.text_lines import Line, Piece, cut, fit, length, spread, width_of, wrap
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
"""The most lines a quote takes in a list; the reader has the rest."""

STANCE_WIDTH = 13
"""The cells from a stance to what it is about, where it is short enough."""
SOURCE_WIDTH = 16
"""The cells that a cue leaves at least for its source."""


def quoted_words(row: QuoteRow, width: int) -> tuple[str, ...]:
    """Return the words of a quote broken into lines, without its bar."""
    return wrap(marked(row.quote), width - 3, QUOTE_LINES)


def quote_lines(row: QuoteRow, width: int) -> tuple[Line, ...]:
    """Return a quote's words, its speaker with role, and source with paragraph, beside its bar."""
    quote, speaker = row.quote, row.quote.speaker
    indirect = quote.kind == "indirect"
    bar = Piece(f"{DOTTED_BAR if indirect else BAR} ", voice_ink(speaker.type if speaker else None))
    ink, role = "soft" if indirect else "text", role_and_addressee(quote)
    who = [Piece(speaker_name(speaker), "speaker" if speaker else "faint")]
    if role:
        who.append(Piece(f" {role}", "soft"))
    pin = (Piece("pinned ", "accent"),) if row.pinned else ()
    if quote.rule == ANALYST:
        pin = (*pin, Piece(f"{HAND} ", "accent"))
    label = paraphrase_label(quote)
    if label:
        pin = (Piece(f"{label} ", "faint"), *pin)
    return (
        *((bar, Piece(line, ink)) for line in quoted_words(row, width)),
        cut((bar, *who), width),
        spread((bar, Piece(provenance(row, "←"), "faint")), pin, width),
    )


def place_of_cue(cue: StanceCue) -> Place:
    """Return the place of the sentence with a cue."""
    return Place(cue.note.article, cue.note.chunk, cue.note.start, cue.note.end)


def cue_lines(before: Line, note: StanceNote, source: str, width: int) -> tuple[Line, ...]:
    """Return a cue for a stance after the pieces `before` it, with its source at the right.

    Object and target stand behind the stance, or below it where that is too narrow, and behind the
    source who passed it on.
    """
    stance = stance_piece(note.stance, note)
    hedge = (Piece(f" {one_line(note.hedge)}", "soft"),) if note.hedge else ()
    hand = (Piece(f" {HAND}", "accent"),) if note.ruled else ()
    left: Line = (*before, stance, *hedge, *hand)
    links = note.chain[1:] or note.chain  # the first of several is who speaks
    where = one_line(source) + "".join(f" ← {one_line(link)}" for link in links)
    about = Piece(one_line(matter_words(note.object, note.target)))
    indent = length(before) + STANCE_WIDTH
    if not about.text:
        return (_with_source(left, where, width),)
    beside = (*left, Piece(" " * max(1, indent - length(left))), about)
    if length(beside) + min(width_of(where), SOURCE_WIDTH) + 3 <= width:
        return (_with_source(beside, where, width),)
    below = (Piece(" " * (length(before) + len("● "))), about)
    return _with_source(left, where, width), cut(below, width)


def _with_source(left: Line, where: str, width: int) -> Line:
    room = max(width - length(left) - 3, SOURCE_WIDTH)
    return spread(left, (Piece(fit(where, room) + " ", "faint"),), width)


def stance_piece(stance: str, note: StanceNote | Position) -> Piece:
    """Return a stance behind its dot: full where the country says so itself, else a ring."""
    dot = "●" if note.said_by == "self" else "○"
    return Piece(f"{dot} {one_line(stance)}", stance_ink(stance))


def section_line(words: str, number: int) -> Line:
    """Return the small heading over a part of a list, with how many rows are below it."""
    return (Piece(f" {words}", "heading"), Piece(f" {number}" if number else "", "faint"))


def rule_line(words: str, ink: str, width: int, lead: str = " ") -> Line:
    """Return a rule with words near its beginning."""
    rest = max(width - width_of(lead + words) - 2, 0)
    pieces = Piece(lead, "line"), Piece(words, ink), Piece(f" {'─' * rest}", "line")
    return cut(pieces, width)
