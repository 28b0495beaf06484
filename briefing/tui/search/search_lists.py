"""What a search found, as lists: passages by article, and facets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from briefing.model import Role
from briefing.search.results import ArticleHits, Facets, FacetValue, Hit, Results, Snippet, seen_id
from briefing.tui.kit.line_list import HeadLines, LineList
from briefing.tui.kit.quote_lines import HAND
from briefing.tui.kit.text_lines import (
    ELLIPSIS,
    Line,
    Piece,
    fit,
    length,
    pad_left,
    spread,
    wrap_pieces,
)
from briefing.visible import one_line, visible_marked
from briefing.wording import counted, short_date

FACET_NAMES = (
    ("country", "Countries"),
    ("speaker", "Speakers"),
    ("publisher", "Publishers"),
    ("year", "Years"),
    ("briefing", "Briefings"),
)
FACET_VALUES = 8
SHORT_ROLES: dict[Role, str] = {
    "body": "text",
    "heading": "head",
    "standfirst": "lead",
    "caption": "capt.",
    "editor-note": "note",
    "boilerplate": "aside",
    "unrelated": "aside",
}
SNIPPET_LINES = 3
NEW = "•"


class ResultRow(NamedTuple):
    """A passage with its article."""

    group: ArticleHits
    hit: Hit


class ResultList(LineList[ResultRow]):
    """Passages with the words found marked, under the names of their articles."""

    _new: Collection[str] = frozenset()
    _total = 0

    ask_for_more: Callable[[], None]
    """Called when the person has come near the last of the passages that are shown."""

    def mark_new(self, ids: Collection[str]) -> None:
        """Mark the passages of these `article/chunk` ids, and no others."""
        if ids != self._new:
            self._new = ids
            self.repaint()

    def show_results(
        self, results: Results, titles: Mapping[str, str], *, longer: bool = False
    ) -> None:
        """Show passages by article, each with the title of its briefing if that is among `titles`.

        Where the results are those shown, but `longer`, what is in view and selected stays.
        """
        top = self.scroll_offset.y if longer else 0
        rows: list[ResultRow] = []
        heads: dict[int, HeadLines] = {}
        for group in results.groups:
            heads[len(rows)] = partial(_article_head, group, titles.get(group.briefing, ""))
            rows += [ResultRow(group, hit) for hit in group.hits]
        self._total = max(results.total_chunks, len(rows))
        self.show(rows, cursor=self.cursor if longer else 0, heads=heads)
        self.scroll_to(y=top, animate=False)
        self._note_end()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for more before the last line comes into view."""
        super().watch_scroll_y(old_value, new_value)
        self._note_end()

    def _note_end(self) -> None:
        below = self.virtual_size.height - self.scroll_offset.y - 2 * self.size.height
        if below < self.size.height:
            self.ask_for_more()

    def key_of(self, item: ResultRow) -> object:
        """Return what decides how many lines a passage has."""
        return item.hit.snippet.text, item.hit.notes

    def count_note(self) -> str:
        """Return the place of the cursor among all passages found."""
        return f"{self.cursor + 1:,} of {self._total:,}" if self.items else ""

    def lines_of(self, item: ResultRow, width: int) -> Sequence[Line]:
        """Return the passage with the words found marked, beside its paragraph or role.

        Below it stand the analyst's notes on it that were asked for.
        """
        mark = f"¶{item.hit.paragraph}" if item.hit.paragraph else SHORT_ROLES[item.hit.role]
        margin = pad_left(mark, 6) + "  "
        first = [Piece(margin, "faint")]
        if seen_id(item.hit) in self._new:
            first = [Piece(NEW, "accent"), Piece(margin[len(NEW) :], "faint")]
        lines = _beside(first, item.hit.snippet, width)
        for note in item.hit.notes:
            lines += _beside([Piece(" " * len(margin)), Piece(f"{HAND} ", "accent")], note, width)
        return lines


def _beside(lead: Sequence[Piece], snippet: Snippet, width: int) -> list[Line]:
    """Return a snippet beside `lead`, which stands on its first line."""
    margin = length(lead)
    passage = wrapped_snippet(snippet, width - margin - 3)
    lines: list[Line] = []
    for number, line in enumerate(passage[:SNIPPET_LINES]):
        before = lead if number == 0 else [Piece(" " * margin, "faint")]
        cut = number == SNIPPET_LINES - 1 and len(passage) > SNIPPET_LINES
        lines.append((*before, *line, *([Piece(ELLIPSIS, "faint")] if cut else ())))
    return lines


def _article_head(group: ArticleHits, title: str, width: int) -> tuple[Line, ...]:
    """Return the name of an article, wrapped, above its passages and below a blank line."""
    name = one_line(group.publisher or group.headline or group.article)
    left = [Piece(name, "strong")]
    if group.publisher and group.headline:
        left.append(Piece(f" · {fit(one_line(group.headline), 2 * width)}", "soft"))
    more = f"{counted(group.total, 'passage')}  " if group.total > len(group.hits) else ""
    if group.copies:
        more = f"and {counted(len(group.copies), 'copy')}  {more}"
    briefing = f"{fit(one_line(title), width // 3)}  " if title else ""
    right = (
        Piece(more, "faint"),
        Piece(briefing, "faint"),
        Piece(short_date(group.date) + " ", "soft"),
    )
    lines: list[Line] = [(Piece(" "), *line) for line in wrap_pieces(left, width - 2)]
    if length((*lines[-1], *right)) >= width:
        lines.append(())
    return (), *lines[:-1], spread(lines[-1], right, width)


def wrapped_snippet(snippet: Snippet, width: int) -> list[Line]:
    """Break a snippet into lines of pieces, the words found on their own ground.

    An ellipsis shows that the passage continues before its first word or after its last.
    """
    words = snippet.text.replace("\n", " ").replace("\t", " ")
    lines = wrap_pieces(list(_marked_pieces(*visible_marked(words, snippet.marks))), width)
    if snippet.start > 0:
        lines[0] = (Piece(ELLIPSIS, "faint"), *lines[0])
    if snippet.more:
        lines[-1] = (*lines[-1], Piece(ELLIPSIS, "faint"))
    return lines


def _marked_pieces(text: str, marks: Iterable[tuple[int, int]]) -> Iterable[Piece]:
    at = 0
    for start, end in sorted(marks):
        if end > at:
            first = max(start, at)
            yield Piece(text[at:first])
            yield Piece(text[first:end], "found", "found")
            at = end
    yield Piece(text[at:])


class FacetList(LineList[FacetValue]):
    """Countries, speakers, publishers and years of what was found, with counts."""

    COUNTED = False

    def show_facets(self, facets: Facets) -> None:
        """Show the most frequent values of each field."""
        rows: list[FacetValue] = []
        heads: dict[int, HeadLines] = {}
        for field, name in FACET_NAMES:
            values: tuple[FacetValue, ...] = getattr(facets, field)
            if values and (field != "briefing" or len(values) > 1):
                heads[len(rows)] = (), (Piece(f" {name}", "faint"),)
                rows += values[:FACET_VALUES]
        self.show(rows, heads=heads)

    def lines_of(self, item: FacetValue, width: int) -> Sequence[Line]:
        """Return the value with its count."""
        count = (Piece(f"{item.count:,} ", "soft"),)
        return (spread((Piece(f"  {one_line(item.label)}"),), count, width),)


def narrowed(query: str, value: FacetValue) -> str:
    """Return the query with the facet's value added, or removed where it has it already."""
    word = value.query
    if word in query:
        return " ".join(query.replace(word, "").split())
    return f"{query.strip()} {word}".strip()
