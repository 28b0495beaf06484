"""A page in which words are found, with the matches of a search walked where none are typed."""

from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, cast, overload

from textual.content import Content

from briefing.compare.place import Place
from briefing.tui.kit.actions import say
from briefing.tui.kit.inputs import SignedInput
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.messages import Posted
from briefing.tui.reader.page_lines import Highlight
from briefing.tui.reader.selectable import SelectableView

_PLAIN = dict(zip("’‘“”„‐‑–", '\'\'"""---', strict=True))

FEW = 50
"""So many kinds of characters with marks are in a text of most languages."""


def _fold(char: str) -> str:
    """Return a character as it is compared: without case and accents, quotes and blanks plain."""
    if char.isspace():
        return " "
    parts = unicodedata.normalize("NFD", _PLAIN.get(char, char))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


class FoldedText:
    """A text as it is compared, with the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        folds = {char: _fold(char) for char in set(text)}
        marked = [char for char, fold in folds.items() if fold != char.casefold()]
        if len(marked) > FEW:
            text_folded = text.translate({ord(char): fold for char, fold in folds.items()})
        else:  # One after the other, and the case of all at once, takes half the time.
            text_folded = text
            for char in marked:
                text_folded = text_folded.replace(char, folds[char])
        self._text = text_folded.casefold()
        # Where a character becomes none or several, all offsets after it differ.
        self._places: list[int] = []
        self._shifts: list[int] = []
        odd = "".join(char for char, fold in folds.items() if len(fold) != 1)
        grown = 0
        for match in re.finditer(f"[{re.escape(odd)}]", text) if odd else ():
            grown += len(folds[match[0]]) - 1
            self._places.append(match.end() + grown)
            self._shifts.append(-grown)

    def find(self, words: str) -> Sequence[tuple[int, int]]:
        """Return the spans of the text that read as the words do; none for no words."""
        wanted = "".join(map(_fold, words))
        return _Found(self, wanted) if wanted.strip() else ()

    def parts(self, wanted: str) -> Sequence[str]:
        """Return what is between the places of words, as they are compared."""
        return self._text.split(wanted)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span as it is compared as one of the text."""
        last = self._original(end)
        return min(self._original(start), last - 1), last

    def _original(self, offset: int) -> int:
        number = bisect_right(self._places, offset)
        return offset + self._shifts[number - 1] if number else offset


class _Found(Sequence[tuple[int, int]]):
    """The places of words in a text; one letter has many, of which few are looked at."""

    def __init__(self, text: FoldedText, wanted: str) -> None:
        self._text, self._size = text, len(wanted)
        self._before = list(accumulate(map(len, text.parts(wanted))))[:-1]

    def __len__(self) -> int:
        return len(self._before)

    @overload
    def __getitem__(self, at: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[int, int]]: ...
    def __getitem__(self, at: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        start = self._before[at] + at * self._size
        return self._text.span(start, start + self._size)


class FoundSpans(NamedTuple):
    """The spans of a page that were found, in reading order, and the number of the present one."""

    spans: Sequence[tuple[int, int]] = ()
    at: int | None = None

    @property
    def here(self) -> tuple[int, int] | None:
        """The present span, if there is one."""
        return self.spans[self.at] if self.at is not None else None

    def nearest(self, offset: int) -> FoundSpans:
        """Return them at the first span from `offset` on, else at the first of all."""
        if not self.spans:
            return self
        return self._replace(at=bisect_left(self.spans, (offset, 0)) % len(self.spans))

    def step(self, direction: int, offset: int) -> FoundSpans:
        """Return them at the next span or the one before, from `offset` where one is at none."""
        if not self.spans:
            return self
        at = self.at
        if at is None:
            at = bisect_left(self.spans, (offset, 0)) - (direction > 0)
        return self._replace(at=(at + direction) % len(self.spans))

    def at_span(self, span: tuple[int, int] | None) -> FoundSpans:
        """Return them at a span, or at none where it is none of them."""
        at = bisect_left(self.spans, span) if span is not None else len(self.spans)
        return self._replace(at=at if span in self.spans[at : at + 1] else None)

    def within(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Return the spans that touch a stretch of the page."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        last = bisect_left(self.spans, end, key=lambda span: span[0])
        return self.spans[first:last]

    def note(self) -> str:
        """Return `3 of 17`, or how many there are."""
        if not self.spans:
            return "no match"
        return f"{self.at + 1 if self.at is not None else '–'} of {len(self.spans):,}"


class FindableView(SelectableView):
    """Highlights the words that are found, and goes from one match to the next."""

    _query = ""
    _found: Sequence[tuple[str, int, int]] = ()
    """The matches of a search: chunk, start and end."""
    _folded: tuple[str, FoldedText] | None = None
    _matches = FoundSpans()
    _highlights: list[Highlight]

    @abstractmethod
    def _go_to(self, place: Place) -> None:
        """Select a place, and report it."""

    def _over(self, number: int) -> list[Highlight]:
        """Return the highlights that may touch a line; a text can have many thousand matches."""
        found = self._matches.within(*self._lines.spans[number])
        here = self._matches.here
        return [
            *self._highlights,
            *(Highlight(*span, "selected" if span == here else "found") for span in found),
        ]

    def find(self, words: str) -> None:
        """Highlight the words wherever they are, and scroll to where they are next."""
        self._query = words
        self._find_matches()
        self._matches = self._matches.nearest(self._offset_read())
        self._draw(moved=False)
        if self._matches.here is not None:
            self._reveal_lines(*map(self._lines.line_of, self._matches.here))

    @property
    def match_note(self) -> str:
        """At which of the matches one is; an empty text while there is nothing to find."""
        return self._matches.note() if self._query or self._found else ""

    def _find_matches(self) -> None:
        """Find again the words of the find, or of the search; the present match stays."""
        page, here = self._page, self._matches.here
        if self._query:
            spans = self.folded_page().find(self._query)
        else:
            blocks = ((page.block(chunk), start, end) for chunk, start, end in self._found)
            found = ((b.page_start(start), b.page_end(end)) for b, start, end in blocks if b)
            spans = sorted(set(found))
            block, place = self._block, self.place
            if block is not None and place is not None:
                here = block.page_start(place.start), block.page_end(place.end)
        self._matches = FoundSpans(spans).at_span(here)

    def folded_page(self) -> FoldedText:
        """Return the text in which words are found; that of a page is made once."""
        text = self._page.text
        if self._folded is None or self._folded[0] is not text:
            self._folded = text, FoldedText(text)
        return self._folded[1]

    def action_match(self, direction: int) -> None:
        """Go to the next match, or to the one before; past the last comes the first."""
        self._matches = self._matches.step(direction, self._offset_read())
        if not self._query and not self._found:
            say(self, "No search is on. / finds words here; ] and [ walk the annotations.")
        else:
            self.keep_match()

    def keep_match(self) -> None:
        """Select the words of the present match, and report it."""
        here, place = self._matches.here, self.place
        block = self._page.block_at(here[0]) if here is not None else None
        if here is None or place is None:
            return
        if block is None or here[0] < block.start:  # In a line of the app's own, such as a link's.
            self._draw(moved=False)
            self._reveal_lines(*map(self._lines.line_of, here))
            return
        self._go_to(Place(place.article, block.chunk, *block.chunk_span(*here)))

    def action_end_find(self) -> None:
        """End the find; one stays where one is."""
        self._query = ""
        self._find_matches()
        self._draw(moved=False)
        self.refresh_bindings()


class FindLine(SignedInput):
    """Posts each change of the words, and whether they are kept when it is left."""

    BINDINGS = keys_of("find")

    class Left(Posted):
        """The line was left; the find goes on if it is `kept`."""

        kept: bool

    def __init__(self) -> None:
        super().__init__(id="find", placeholder="words of this article")
        self.display = False

    @property
    def is_modal(self) -> bool:
        """Whether the keys of the screen below wait: while one types here."""
        return bool(self.display)

    def open(self) -> None:
        """Begin anew."""
        self.value = ""
        self.display = True
        self.note("")
        self.screen.set_focus(self)

    def note(self, matches: str) -> None:
        """Show at which of the matches one is."""
        parts = filter(None, ("Find in the article", matches))
        self.border_title = cast("str", Content(" · ".join(parts)))

    def on_blur(self) -> None:
        """Leave the line, and keep the find, when something else gets the keys."""
        if self.display and self.screen.focused is not None:
            self.action_leave(kept=True)

    def action_leave(self, kept: bool) -> None:  # noqa: FBT001 - from a binding
        """Leave the line."""
        if self.display:
            self.display = False
            self.post_message(self.Left(kept))
