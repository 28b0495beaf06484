"""The panels of a briefing as lists: countries, quotes and sources."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from briefing.compare.choosing import country_row, no_quotes, quotes_of, sources_of
from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow, Tally
from briefing.compare.standing_words import (
    ONLY_MENTIONED,
    OWN_VOICES,
    about_heading,
    other_voice,
    part_quotes,
    source_origins,
)
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.quote_lines import (
    in_parts,
    quote_lines,
    quoted_words,
    rule_line,
    source_lines,
    speaker_lines,
    stance_piece,
)
from briefing.tui.kit.text_lines import Line, Piece, cut, length, pad, spread, width_of, wrap
from briefing.visible import one_line
from briefing.wording import counted, quotes_in_words, short_date

UNREAD = "•"
"""At an article that was not read since it came or its text changed."""
LABEL_LINES = 3
"""The most lines of a label, or of what an article cites."""
BY, ABOUT = "by", "about"
"""Over the two columns of counts: quotes by a country, and quotes about it."""


def country_names(panels: Panels, code: str | None) -> list[str]:
    """Return the name of a country that a list is filtered by; nothing for all."""
    row = country_row(panels, code)
    return [one_line(row.name)] if row else []


class AllCountries(NamedTuple):
    """The row that removes the filter, and names the columns of counts below it."""

    code: None = None


class CountryList(LineList[CountryRow | AllCountries]):
    """Countries that speak or act, those spoken about, and faintly those that are only mentioned.

    Each has its quotes in two columns, those by it and those about it, and its latest stance.
    """

    code_width = 2
    _paraphrases = False
    _said = ""
    _by_width = _about_width = 0

    def fill(self, panels: Panels, chosen: str | None, *, paraphrases: bool) -> None:
        """Show all countries below a row for the whole, with the cursor on the chosen one."""
        rows, number = panels.countries, quotes_in_words(len(panels.quotes))
        if not self.is_new(rows, panels.quotes, paraphrases):
            self.select_where(lambda item: item.code == chosen)
            return
        self.title("Countries")
        self._paraphrases = paraphrases
        self._said = panels.counted_quotes() if paraphrases else number
        codes = [row.code for row in rows]
        self.code_width = max((min(width_of(code), 5) for code in codes), default=2)
        tallies = [self._tally(row) for row in rows]
        self._by_width = max([len(BY), *(len(str(each.by)) for each in tallies)])
        self._about_width = max([len(ABOUT), *(len(str(each.about)) for each in tallies)])
        cursor = codes.index(chosen) + 1 if chosen in codes else 0
        mentioned = [at for at, row in enumerate(rows, 1) if row.group == "mentioned"]
        words = f"{len(mentioned)} {ONLY_MENTIONED.lower()}"
        heads = dict.fromkeys(mentioned[:1], partial(rule_line, words, "faint", lead=" ── "))
        self.show([AllCountries(), *rows], cursor=cursor, heads=heads)

    def count_note(self) -> str:
        """Return the number of the country, or how many there are."""
        total = max(len(self.items) - 1, 0)
        return f"{self.cursor:,} of {total:,}" if self.cursor else f"{total:,}"

    def height_of(self, item: CountryRow | AllCountries, width: int) -> int:
        """Return one line, or two with a stance, or counts that do not fit beside the name."""
        if isinstance(item, AllCountries):
            return 2
        if item.group == "mentioned":
            return 1
        return 2 if item.standings or not self._fits(item, width) else 1

    def lines_of(self, item: CountryRow | AllCountries, width: int) -> Sequence[Line]:
        """Return code, name and counts, and below them the stance and what it was.

        Where a name leaves no room for the counts they go to the line below.
        """
        if isinstance(item, AllCountries):
            left = (Piece(" "), Piece("All countries", "strong"))
            first = spread(left, self._columns(BY, ABOUT, "faint"), width)
            return first, cut((Piece(f" {self._said}", "faint"),), width)
        name = self._heading_of(item)
        if item.group == "mentioned":
            return (cut(name, width),)
        counts = self._counts(item)
        indent = self.code_width + 2
        stance = _stance(item, width - indent) if item.standings else ()
        below = (Piece(" " * indent), *stance) if stance else ()
        if not self._fits(item, width):
            return (cut(name, width), spread(below, counts, width))
        first = spread(name, counts, width) if counts else cut(name, width)
        return (first, cut(below, width)) if below else (first,)

    def _heading_of(self, row: CountryRow) -> Line:
        """Return code and name, faint where the country is only mentioned."""
        code, name = ("faint", "faint") if row.group == "mentioned" else ("code", "text")
        codes = Piece(pad(one_line(row.code), self.code_width), code)
        return (Piece(" "), codes, Piece(f" {one_line(row.name)}", name))

    def _counts(self, row: CountryRow) -> Line:
        """Return the two counts in their columns, nothing where both are zero."""
        tally = self._tally(row)
        by, about = (f"{number}" if number else "" for number in (tally.by, tally.about))
        return self._columns(by, about, "soft") if tally.total else ()

    def _fits(self, row: CountryRow, width: int) -> bool:
        counts = self._counts(row)
        return not counts or length(self._heading_of(row)) + length(counts) < width

    def _tally(self, row: CountryRow) -> Tally:
        """Return the counts of what the quotes panel shows of a country."""
        return row.quotes.plus(row.paraphrases) if self._paraphrases else row.quotes

    def _columns(self, by: str, about: str, ink: str) -> Line:
        return (Piece(f"{by:>{self._by_width}} {about:>{self._about_width}} ", ink),)


def _stance(row: CountryRow, width: int) -> Line:
    """Return the stance, and as far as it fits the other voice's, what it was, and the object.

    Where sources disagree all their stances follow instead.
    """
    main = row.standings[0]
    if main.conflicts:
        return (Piece("● conflict ", "warning"), Piece(one_line(" / ".join(main.at_odds)), "faint"))
    line: Line = (stance_piece(main.stance, main.latest),)
    other = other_voice(main)
    for more in (
        (Piece(" "), stance_piece(other.stance, other)) if other else (),
        (Piece(f" was {one_line(main.former)}", "faint"),) if main.former else (),
        (Piece(f" {one_line(main.object)}", "faint"),) if main.object else (),
    ):
        if length(line) + length(more) <= width:
            line = (*line, *more)
    return line


class QuoteList(LineList[QuoteRow]):
    """Quotes with a bar by kind of voice, the speaker, and the source."""

    GAP: ClassVar[int] = 1

    def fill(self, panels: Panels, code: str | None, *, paraphrases: bool) -> None:
        """Show all quotes, or those by a country and then those about it, under two headings."""
        country, empty = country_row(panels, code), no_quotes(panels, code)
        rows = quotes_of(panels, code, paraphrases=paraphrases)
        if not self.is_new(rows, country, empty):
            return
        self.empty = empty
        self.title("Quotes", *country_names(panels, code))
        if country is None:
            self.show(rows)
            return
        own, about = part_quotes(rows, country.code)
        parts = ((OWN_VOICES, own), (about_heading(one_line(country.name)), about))
        shown, heads = in_parts(parts)
        self.show(shown, heads=heads)

    def count_note(self) -> str:
        """Return the number of the row, and of how many quotes and paraphrases."""
        told = sum(row.paraphrase is not None for row in self.items)
        said = quotes_in_words(len(self.items) - told, told)
        if self.chosen is None:
            return said if self.items else ""
        return f"{self.cursor + 1:,} of {f'{len(self.items):,}: {said}' if told else said}"

    def height_of(self, item: QuoteRow, width: int) -> int:
        """Return the lines of its words, of its speaker, and of its source."""
        parts = quoted_words, speaker_lines, source_lines
        return sum(len(lines(item, width)) for lines in parts)

    def key_of(self, item: QuoteRow) -> Hashable:
        """Return what decides how many lines a quote has."""
        return item.quote, item.source, item.paragraph, item.tally, item.variants, item.pinned

    def lines_of(self, item: QuoteRow, width: int) -> Sequence[Line]:
        """Return the words, the speaker with role, and the source with its paragraph."""
        return quote_lines(item, width)


class SourceList(LineList[SourceRow]):
    """Articles with date and basis, what they reprint or cite, and their counts."""

    GAP: ClassVar[int] = 1
    _note = _origins = ""
    is_unread: Callable[[SourceRow], bool] = staticmethod(lambda _: False)

    def fill(self, panels: Panels, code: str | None) -> None:
        """Show the articles of a country, or all, and how many there are."""
        rows, names, total = (
            sources_of(panels, code),
            country_names(panels, code),
            len(panels.sources),
        )
        if not self.is_new(rows, panels.sources, names):
            return
        self.title("Sources", *names)
        articles, *origins = panels.counted_sources()
        self._origins = "".join(f" · {each}" for each in origins)
        whole = articles + self._origins
        self._note = f"{len(rows):,} of {total:,}" if len(rows) < total else whole
        self.show(rows)

    def count_note(self) -> str:
        """Return how many articles there are, how many of these are copies, how many unread."""
        unread = sum(map(self.is_unread, self.items))
        note = f"{self._note} · {unread} unread" if unread else self._note
        # Where not all fits, the origins go: the outline of origins counts them.
        return note if width_of(note) <= self.size.width - 4 else note.replace(self._origins, "")

    def note_read(self, article: str) -> None:
        """Mark an article as read."""
        found = (at for at, row in enumerate(self.items) if row.article == article)
        self.repaint(next(found, -1))

    def lines_of(self, item: SourceRow, width: int) -> Sequence[Line]:
        """Return number, label and date; reprint and citations; counts: each wrapped."""
        number = f"{item.number:>2}"
        indent = Piece(" " * (len(number) + 1))
        room = width - len(indent.text) - 1
        sign = Piece(UNREAD, "accent") if self.is_unread(item) else Piece(" ")
        label = wrap(one_line(item.label), room, LABEL_LINES)
        head: list[Line] = [(Piece(number, "code"), sign, Piece(label[0]))]
        head += [(indent, Piece(words)) for words in label[1:]]
        basis = Piece(f"{item.date.basis} " if item.date is not None else "", "faint")
        words = short_date(item.date)
        date = (Piece("" if item.label.endswith(words) else f"{words} ", "soft"), basis)
        for dated in (date, date[:1]):
            if length((*head[-1], *dated)) < width:
                head[-1] = spread(head[-1], dated, width)
                break
        else:
            head.append((indent, *date))
        said = quotes_in_words(item.quotes, item.paraphrases), counted(item.countries, "country")
        counts = " · ".join(said)
        below = [(text, "soft") for text in _cited(item)]
        below += [(text, "faint") for text in ([counts] if width_of(counts) <= room else said)]
        wrapped = ((words, ink) for text, ink in below for words in wrap(text, room, LABEL_LINES))
        return (*head, *((indent, Piece(words, ink)) for words, ink in wrapped))


def _cited(row: SourceRow) -> Sequence[str]:
    double = [f"double of {one_line(row.double_of)}"] if row.double_of else []
    return [*(source_origins(row) or ["cites no other outlet"]), *double]
