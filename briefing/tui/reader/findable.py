"""A page in which words are found, with the matches of a search walked where none are typed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from briefing.model import Place
from briefing.tui.kit.actions import ask_at_once, say
from briefing.tui.kit.inputs import SignedInput
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.messages import Posted
from briefing.tui.reader.page_lines import Highlight
from briefing.tui.reader.selectable import SelectableView

_PLAIN = dict(zip("’‘“”„‐‑–", '\'\'"""---', strict=True))


def _fold(char: str) -> str:
    """Return a character as it is compared: without case and accents, quotes and blanks plain."""
    if char.isspace():
        return " "
    parts = unicodedata.normalize("NFD", _PLAIN.get(char, char.lower()))
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare if len(bare) == 1 else char


def folded(text: str) -> str:
    """Return a text as it is compared, character for character."""
    lower = text.lower()
    plain = lower if len(lower) == len(text) else text
    # One after the other, and the case of all at once, takes half the time of a translation.
    for char in {char for char in set(plain) if _fold(char) != char}:
        plain = plain.replace(char, _fold(char))
    return plain


class FoundSpans(NamedTuple):
    """The spans of a page that were found, in reading order, and the number of the present one."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    at: int | None = None

    @property
    def here(self) -> tuple[int, int] | None:
        """The present span, if there is one."""
        return (self.starts[self.at], self.ends[self.at]) if self.at is not None else None

    def nearest(self, offset: int) -> FoundSpans:
        """Return them at the first span from `offset` on, else at the first of all."""
        if not self.starts:
            return self
        return self._replace(at=bisect_left(self.starts, offset) % len(self.starts))

    def step(self, direction: int, offset: int) -> FoundSpans:
        """Return them at the next span or the one before, from `offset` where one is at none."""
        if not self.starts:
            return self
        at = self.at
        if at is None:
            at = bisect_left(self.starts, offset) - (direction > 0)
        return self._replace(at=(at + direction) % len(self.starts))

    def at_span(self, span: tuple[int, int] | None) -> FoundSpans:
        """Return them at a span, or at none where it is none of them."""
        at = bisect_left(self.starts, span[0]) if span is not None else len(self.starts)
        found = self._replace(at=at) if at < len(self.starts) else self
        return found if found.here == span else self._replace(at=None)

    def within(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Return the spans that touch a stretch of the page."""
        near = slice(bisect_right(self.ends, start), bisect_left(self.starts, end))
        return list(zip(self.starts[near], self.ends[near], strict=True))

    def note(self) -> str:
        """Return `3 of 17`, or how many there are."""
        if not self.starts:
            return "no match"
        return f"{'–' if self.at is None else f'{self.at + 1:,}'} of {len(self.starts):,}"


def find_words(text: str, words: str) -> FoundSpans:
    """Return where a text that is `folded` reads as the words do; nowhere for no words."""
    wanted = folded(unicodedata.normalize("NFC", words)).replace("ß", "ss")
    if not wanted.strip():
        return FoundSpans()
    if "ss" in wanted and "ß" in text:
        pattern = re.escape(wanted).replace("ss", "(?:ss|ß)")
        found = [match.span() for match in re.finditer(pattern, text)]
        return FoundSpans([start for start, _ in found], [end for _, end in found])
    # Splitting is twice as fast as searching for one letter, which has many places.
    before = accumulate(map(len, text.split(wanted)[:-1]))
    starts = [at + number * len(wanted) for number, at in enumerate(before)]
    return FoundSpans(starts, [start + len(wanted) for start in starts])


class FindableView(SelectableView):
    """Highlights the words that are found, and goes from one match to the next."""

    _query = ""
    _found: Sequence[tuple[str, int, int]] = ()
    """The matches of a search: chunk, start and end."""
    _folded = "", ""
    """The text of a page, and as it is compared."""
    _matches = FoundSpans()
    _highlights: list[Highlight]
    _go_to: Callable[[Place], None]
    """Selects a place, and reports it."""

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
            matches = find_words(self.folded_page(), self._query)
        else:
            blocks = ((page.block(chunk), start, end) for chunk, start, end in self._found)
            spans = {(b.page_start(start), b.page_end(end)) for b, start, end in blocks if b}
            found = sorted(spans)
            matches = FoundSpans([start for start, _ in found], [end for _, end in found])
            block, place = self._block, self.place
            if block is not None and place is not None:
                here = block.page_start(place.start), block.page_end(place.end)
        self._matches = matches.at_span(here)

    def folded_page(self) -> str:
        """Return the text in which words are found; that of a page is made once."""
        text = self._page.text
        if self._folded[0] is not text:
            self._folded = text, folded(text)
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
        self.label(" · ".join(parts))

    async def on_blur(self) -> None:
        """Leave the line, and keep the find, when something else gets the keys."""
        if self.display and self.screen.focused is not None:
            await self._leave(kept=True)

    async def action_leave(self, kept: bool) -> None:  # noqa: FBT001 - from a binding
        """Leave the line with what was typed before this key."""
        if self.display:
            await self.typed_before()
            await self._leave(kept=kept)

    async def _leave(self, *, kept: bool) -> None:
        await ask_at_once(self, self.Changed(self, self.value))
        self.display = False
        await ask_at_once(self, self.Left(kept))
