"""The panels of a briefing as lists: countries, quotes and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow
from briefing.tui.text_lines import (
    Line,
    Piece,
    cut,
    fit,
    one_line,
    pad,
    spread,
    width_of,
    wrap,
)
from briefing.tui.themes import stance_ink, voice_ink
from briefing.tui.widgets.line_list import LineList
from briefing.tui.words import counted, marked, provenance, short_date, told, voice

BAR = "▌"
DOTTED_BAR = "┆"
QUOTE_LINES = 6
"""The most lines a quote takes in its list; the reader below has the rest."""


class AllCountries(NamedTuple):
    """The row that takes the filter off; `quotes` counts those of the whole briefing."""

    quotes: int


class CountryList(LineList[CountryRow | AllCountries]):
    """Countries by the number of their quotes, each with its latest stance."""

    code_width = 2

    def show_countries(self, rows: Sequence[CountryRow], quotes: int, chosen: str | None) -> None:
        """Show all countries below a row for the whole, with the cursor on the chosen one."""
        codes = [row.code for row in rows]
        self.code_width = max((min(width_of(code), 5) for code in codes), default=2)
        cursor = codes.index(chosen) + 1 if chosen in codes else 0
        self.show([AllCountries(quotes), *rows], cursor=cursor)

    def select_country(self, code: str | None) -> None:
        """Move the cursor to a country, or to the row for the whole."""
        self.select_where(
            lambda item: (item.code if isinstance(item, CountryRow) else None) == code
        )

    def count_note(self) -> str:
        """Return how many countries there are."""
        return counted(max(len(self.items) - 1, 0), "country", "countries")

    def height_of(self, item: CountryRow | AllCountries, width: int) -> int:  # noqa: ARG002
        """Return two lines where a stance is known."""
        return 2 if isinstance(item, CountryRow) and item.stance else 1

    def lines_of(self, item: CountryRow | AllCountries, width: int) -> Sequence[Line]:
        """Return code, name and count, and below them the stance and what it was."""
        if isinstance(item, AllCountries):
            left = (Piece(" "), Piece("All countries", "strong"))
            return (spread(left, (Piece(f"{item.quotes} ", "soft"),), width),)
        code = Piece(pad(one_line(item.code), self.code_width), "code")
        name = Piece(f" {one_line(item.name)}", "text" if item.quotes else "soft")
        count = Piece(
            f"{item.quotes} " if item.quotes else "· ", "soft" if item.quotes else "faint"
        )
        first = spread((Piece(" "), code, name), (count,), width)
        if not item.stance:
            return (first,)
        indent = Piece(" " * (self.code_width + 2))
        return (first, cut((indent, *_stance(item)), width))


def _stance(row: CountryRow) -> Line:
    """Return the dot and the stance, `was …` where it changed, both where sources disagree."""
    stance = row.stance or ""
    ink = stance_ink(stance)
    if row.conflict:
        parted = " / ".join(dict.fromkeys(_latest_stances(row)))
        return (Piece("● conflict ", "warning"), Piece(one_line(parted), "faint"))
    was = (Piece(f" was {one_line(row.former)}", "faint"),) if row.former else ()
    return (Piece("● ", ink), Piece(one_line(stance), ink), *was)


def _latest_stances(row: CountryRow) -> list[str]:
    """Return the stances of the latest date, the one that leads first."""
    latest = max((note.date for note in row.ledger if note.date), default=None)
    return [row.stance or "", *(note.stance for note in row.ledger if note.date == latest)]


def quote_lines(item: QuoteRow, width: int) -> tuple[Line, ...]:
    """Return a quote's words, its speaker with role, and source with paragraph, beside its bar."""
    quote = item.quote
    glyph = DOTTED_BAR if quote.kind == "indirect" else BAR
    bar = Piece(f"{glyph} ", voice_ink(quote.speaker.type if quote.speaker else None))
    ink = "soft" if quote.kind == "indirect" else "text"
    role = told(quote)
    known = quote.speaker is not None
    who: Line = (Piece(voice(quote.speaker), "speaker" if known else "faint"),)
    if role:
        who = (*who, Piece(f" {role}", "soft"))
    pin = (Piece("pinned ", "accent"),) if item.pinned else ()
    return (
        *((bar, Piece(line, ink)) for line in _quoted_words(item, width)),
        cut((bar, *who), width),
        spread((bar, Piece(provenance(item), "faint")), pin, width),
    )


def _quoted_words(item: QuoteRow, width: int) -> tuple[str, ...]:
    return wrap(marked(item.quote), width - 3, QUOTE_LINES)


class QuoteList(LineList[QuoteRow]):
    """Quotes with a bar by kind of voice, the speaker, and where they stand."""

    GAP: ClassVar[int] = 1
    _heights_width = 0
    _heights: dict[str, int]

    def height_of(self, item: QuoteRow, width: int) -> int:
        """Return the lines of its words and two for speaker and source."""
        if width != self._heights_width:
            self._heights_width = width
            self._heights = {}
        words = item.quote.exact
        if words not in self._heights:
            self._heights[words] = len(_quoted_words(item, width)) + 2
        return self._heights[words]

    def lines_of(self, item: QuoteRow, width: int) -> Sequence[Line]:
        """Return the words, the speaker with role, and source with paragraph."""
        return quote_lines(item, width)


class SourceList(LineList[SourceRow]):
    """Articles with date and basis, what they reprint or cite, and their counts."""

    GAP: ClassVar[int] = 1
    _origins_note = ""

    def show_sources(self, rows: Sequence[SourceRow], panels: Panels) -> None:
        """Show these articles of the briefing, and how many of its sources are independent."""
        total, origins = len(panels.sources), panels.origins
        note = counted(origins, "independent origin")
        self._origins_note = f"{len(rows)} of {total}" if len(rows) < total else f"{total} · {note}"
        self.show(rows)

    def count_note(self) -> str:
        """Return how many articles there are, and how many origins."""
        return self._origins_note

    def height_of(self, item: SourceRow, width: int) -> int:  # noqa: ARG002
        """Return three lines, or four for a reprint that also cites."""
        return 2 + len(_origins(item))

    def lines_of(self, item: SourceRow, width: int) -> Sequence[Line]:
        """Return number, label and date; reprint and citations; counts."""
        number, label = f"{item.number:>2} ", one_line(item.label)
        date = [Piece(f"{short_date(item.date)} ", "soft")]
        basis = f"{item.date.basis} " if item.date is not None else ""
        if width_of(number + label + date[0].text + basis) < width:
            date.append(Piece(basis, "faint"))
        first = spread((Piece(number, "code"), Piece(label)), date, width)
        indent = Piece(" " * len(number))
        body = [(indent, Piece(fit(text, width - 3), "soft")) for text in _origins(item)]
        counts = (
            f"{counted(item.quotes, 'quote')} · {counted(item.countries, 'country', 'countries')}"
        )
        return (first, *body, (indent, Piece(fit(counts, width - 3), "faint")))


def _origins(row: SourceRow) -> list[str]:
    """Return what the article reprints and what it cites, a line each; at least one line."""
    lines = []
    if row.reprint_of is not None:
        origin = row.reprint_of.publisher or row.reprint_of.headline or "another outlet"
        lines.append(f"reprint of {one_line(origin)}")
    if row.cites:
        lines.append("cites: " + ", ".join(map(one_line, row.cites)))
    return lines or ["cites no other outlet"]
