"""The reader: an article with its annotations highlighted, at the selected place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from briefing.errors import BriefingError
from briefing.model import Article, Place, PlacedEdit
from briefing.tui.kit.actions import ask_at_once, refusal
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.messages import LinkWanted, Posted
from briefing.tui.kit.text_lines import length
from briefing.tui.reader.article_page import EMPTY_PAGE, Page, Stop, compose_page, plain_page
from briefing.tui.reader.findable import FindableView
from briefing.tui.reader.margin import GAP, MEASURE, Margin, margin_width, text_measure
from briefing.tui.reader.page_lines import Highlight, PageLines
from briefing.tui.reader.selectable import SELECTING, UNSELECTED
from briefing.visible import one_line
from briefing.wording import counted, long_date
from briefing.world.languages import language_name, other_language

Top: TypeAlias = tuple[str, int]
"""A chunk, and the offset in it that the view begins with."""


class Reader(FindableView, can_focus=True):
    """Shows one article; posts where the person goes in it, what to mark, the links to open."""

    BINDINGS = keys_of("reader")

    class Moved(Posted):
        """The person went to an annotation, which is the selected place now."""

        place: Place

    class Maximised(Message):
        """The person wants the article on the whole screen."""

    def __init__(self, *, id: str | None = None, empty: str = "", full: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self._full = full
        self._empty = empty
        self.article: Article | None = None
        self._label = ""
        self._country: str | None = None
        self.place: Place | None = None
        self._aside = False
        self._page: Page = EMPTY_PAGE
        self._lines = PageLines(EMPTY_PAGE, MEASURE)
        self._highlights: list[Highlight] = []
        self._placed: Sequence[PlacedEdit] = ()
        self._beside: Margin | None = None

    def on_mount(self) -> None:
        """Show the article, or the sentence for none."""
        self._draw(moved=False)

    def on_resize(self) -> None:
        """Break the lines again and keep in view what was."""
        if self._page_notes == bool(self._margin_room()):
            self._compose_page()
            self._find_matches()
        self._draw(moved=False)
        self.keep_spot(reveals=self._saw_choice is None)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note how far one has read."""
        super().watch_scroll_y(old_value, new_value)
        if self.article is not None and int(old_value) != int(new_value):
            self._note()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: no whole screen inside the whole screen.

        Some keys mean something else while words are selected, and digits at a position.
        """
        if action in SELECTING:
            on_quote = self.place is not None and self.place.quote is not None
            return self._selection is not None and (parameters != ("bounds",) or on_quote)
        if self._selection is not None and action in UNSELECTED:
            return False
        if action == "match":
            return self.article is not None
        if action == "end_find":
            return bool(self._query) and self._selection is None
        if action == "link":
            return not any(stop.position for stop in self._stops_here())
        return not (self._full and action == "maximise")

    # For screens

    def show(
        self,
        article: Article,
        place: Place,
        *,
        label: str,
        country: str | None = None,
        found: Sequence[tuple[str, int, int]] = (),
        placed: Sequence[PlacedEdit] = (),
        top: Top | None = None,
    ) -> None:
        """Show `article` at `place`, with `found`, spans `(chunk, start, end)`, highlighted.

        `placed` is what the analyst did to the article, for the margin; `top` where the view is to
        begin, else it shows the place.
        """
        place = as_it_is(article, place)
        same = article == self.article and country == self._country and placed == self._placed
        text, moved = self._page.text, place != self.place
        if same and not moved and found == self._found:
            self._go_to_top(top)
            return
        if self.article is not None and self.article.id != article.id:
            self._query = ""
        self._placed = placed
        self.article, self._label, self._country = article, label, country
        self.place, self._found = place, found
        if not same:
            self._spot, self._spot_line = None, -1
            self._compose_page()
        if place.chunk is not None and self._block is None and not self._aside:
            self._aside = True
            self._compose_page()
        if moved or self._page.text != text:
            self.unselect()
        self._find_matches()
        self._draw(moved=top is None)
        self._go_to_top(top)

    @property
    def top(self) -> Top | None:
        """The chunk and the offset in it that the view begins with, None at the very top."""
        line = self.scroll_offset.y
        if self.article is None or not 0 < line < len(self._lines):
            return None
        offset = self._lines.spans[line][0]
        block = self._page.block_at(offset)
        if block is None:
            return None
        start = max(offset, block.start)
        return block.chunk, block.chunk_span(start, start)[0]

    def spot(self) -> Top | None:
        """Return the chunk and the offset in it that the view begins with."""
        return self.top

    def line_of_spot(self, spot: Top) -> int:
        """Return the line of an offset in a chunk, the first where the chunk is gone."""
        block = self._page.block(spot[0])
        return self._lines.line_of(block.page_start(spot[1])) if block is not None else 0

    def _go_to_top(self, top: Top | None) -> None:
        """Scroll so that the view begins there; before there is a view, note where it will."""
        if top is None:
            return
        if not self.room.height:
            self._spot, self._spot_line, self._saw_choice = top, self.scroll_offset.y, False
        elif self._page.block(top[0]) is not None:
            self.scroll_to(y=self.line_of_spot(top), animate=False)

    def clear(self, message: str) -> None:
        """Show a sentence in place of an article."""
        self.article, self.place, self._page, self._empty = None, None, EMPTY_PAGE, message
        self.label("", ())
        self._draw(moved=False)

    def show_error(self, error: BriefingError) -> None:
        """Show why nothing could be read, and what to do about it."""
        self.clear("\n\n".join(part for part in (error.message, error.hint) if part))

    # Drawing

    _page_notes = True
    """Whether the notes are in the page, for want of a margin."""

    def _margin_room(self) -> int:
        """Return the cells of the margin, 0 where there is no room."""
        return margin_width(self.room.width)

    def _compose_page(self) -> None:
        if self.article is not None:
            self._page_notes = not self._margin_room()
            self._page = compose_page(
                self.article,
                aside=self._aside,
                country=self._country,
                notes=self._page_notes,
            )

    def _break_lines(self) -> None:
        """Break the page into lines, when it or the width has changed."""
        width = self.room.width
        article, measure = self.article, text_measure(width)
        page = self._page if article is not None else plain_page(self._empty)
        if width > 0 and (self._lines.page is not page or self._lines.width != measure):
            self._lines = PageLines(page, measure, before=self._lines)
            room = self._margin_room()
            self._beside = None
            if article is not None and room:
                self._beside = Margin(article, page, self._lines, self._placed, room)
            self.extend(width, max(len(self._lines), self._beside.end if self._beside else 0))

    def _draw(self, *, moved: bool) -> None:
        self._break_lines()
        self._highlights = self._find_highlights()
        self._note()
        self.refresh()
        if moved:
            self.reveal()

    def _find_highlights(self) -> list[Highlight]:
        """Return where the selected place and the words found are on the page."""
        highlights = [
            Highlight(block.page_start(each.start), block.page_end(each.end), "highlight")
            for chunk in (self.article.chunks if self.article else ())
            if chunk.highlights and (block := self._page.block(chunk.id)) is not None
            for each in chunk.highlights
        ]
        place = self.place
        if place is not None and place.chunk is not None and place.end > place.start:
            chosen = self._page.span(place.chunk, place.start, place.end)
            if chosen is not None:
                highlights.append(Highlight(*chosen, "mark"))
        if self._selection is not None:
            highlights.append(Highlight(*self._selection.span, "selected"))
        return highlights

    def row(self, y: int) -> Iterable[Segment]:
        """Paint one line of the view; on the whole screen the page is centred."""
        width = self.room.width
        number = y + self.scroll_offset.y
        beside = self._beside.line(number) if self._beside is not None else ()
        if number >= len(self._lines) and not beside:
            return self.paint((), width)
        style = self.inks.style
        margin = self._margin()
        segments = [Segment(" " * margin)] if margin else []
        line = self._lines.line(number, self._over(number)) if number < len(self._lines) else ()
        at = self._lines.spans[number][0] if line else 0
        for text, ink, ground in line:
            address = self._address_at(at) if ink == "link" else None
            linked = Style(link=address) if address else Style.null()
            segments.append(Segment(text, style(ink, ground) + linked))
            at += len(text)
        if beside:
            segments.append(Segment(" " * (self._lines.width + GAP - length(line))))
            segments += [Segment(piece.text, style(piece.ink)) for piece in beside]
        return Strip(segments).adjust_cell_length(width).apply_style(self._base)

    def _address_at(self, offset: int) -> str | None:
        """Return the address that the terminal is given for a link, None for none it may open."""
        link = next((stop.link for stop in self._page.stops_at(offset) if stop.link), None)
        return link.url if link is not None and refusal(link.url, link.words) is None else None

    def _note(self) -> None:
        """Write article, date, section, paragraph and what is selected into the border."""
        article, block = self.article, self._block_read
        if article is None:
            return
        parts = [one_line(self._label), long_date(article.date)]
        if block is not None and block.section:
            parts.append(one_line(block.section))
        number = self._page.paragraph_from(block) if block is not None else None
        if number:
            parts.append(f"¶{number} of {self._page.paragraphs:,}")
        if self.max_scroll_y:
            parts.append(f"{100 * self.scroll_offset.y // self.max_scroll_y} %")
        self.absent_sign = "" if self._matches.starts else "match"
        self.write_foot(" · ".join(self._subtitle()), " · ".join(parts))

    def _subtitle(self) -> list[str]:
        article, selection, notes = self.article, self._selection, []
        if selection is not None:
            number = counted(abs(selection.moving - selection.fixed) + 1, "word")
            return [f"{number} selected", "→ ↓ extend", "space begins here", "esc"]
        if self._matches.starts or self._query:
            notes.append(self.match_note)
        stop = next(self._stops_here(), None)
        if stop is not None:
            notes.append(stop.label)
        elif article is not None and article.reprint_of is not None:
            origin = article.reprint_of
            notes.append(f"reprint of {one_line(origin.publisher or origin.headline or '?')}")
        language = other_language(article.language) if article is not None else None
        if language is not None:
            notes.append(f"{one_line(language_name(language))}: speakers are not read")
        if self._page.set_aside:
            shown = "shown" if self._aside else "set aside"
            notes.append(f"{counted(self._page.set_aside, 'block')} {shown}")
        return notes

    def on_click(self, event: Click) -> None:
        """Open the link under the mouse, or go to the annotation there."""
        offset = self._offset_of(event)
        if offset < 0 or self.place is None or self._drawn or self.is_asked_about:
            return
        self.unselect()
        here = self._page.stops_at(offset)
        if here:
            stop = min(here, key=lambda stop: stop.end - stop.start)
            self._go(stop)
            if stop.link is not None:
                self.post_message(LinkWanted(stop.link.url, stop.link.words))

    def _margin(self) -> int:
        """Return the cells left of the lines; a margin for notes takes them from both sides."""
        width = self.room.width
        if not self._full:
            return 0
        centred = (width - self._lines.width) // 2
        room = self._margin_room()
        return min(centred, width - self._lines.width - GAP - room) if room else centred

    # Actions

    def action_stop(self, direction: int) -> None:
        """Go to the next annotation, or the previous one."""
        page, here = self._page, next(self._stops_here(), None)
        if here is not None and self.sees_choice():
            stop = page.stop_beside(here.start, here.end, direction)
        else:
            offset = self._offset_read()
            stop = page.stop_beside(offset, -1, direction)
            stop = stop or page.stop_beside(offset, -1, -direction)
        stop = stop or here
        if stop is not None:
            self._go(stop)

    def _go(self, stop: Stop) -> None:
        if self.place is not None:
            self._go_to(Place(self.place.article, *stop.chunk_span, stop.quote))

    def _go_to(self, place: Place) -> None:
        self.place = place
        self._draw(moved=True)
        self.post_message(self.Moved(place))

    def action_toggle_aside(self) -> None:
        """Show or hide what was set aside, and go on where one reads."""
        if self.article is None:
            return
        top = self.top
        self._aside = not self._aside
        self._compose_page()
        self._find_matches()
        self._draw(moved=False)
        self._go_to_top(top)

    async def action_maximise(self) -> None:
        """Ask for the whole screen."""
        if self.article is not None:
            await ask_at_once(self, self.Maximised())

    def action_link(self, number: int) -> None:
        """Open the link of that number."""
        if 0 < number <= len(self._page.links):
            link = self._page.links[number - 1]
            self.post_message(LinkWanted(link.url, link.words))

    def link_here(self) -> tuple[str | None, str] | None:
        """Return the address and words of the selected link, or None."""
        links = (stop.link for stop in self._stops_here() if stop.link is not None)
        return next(((link.url, link.words) for link in links), None)


def as_it_is(article: Article, place: Place) -> Place:
    """Return a place as the article has it now: a quote's bounds, the top where a block is gone."""
    chunk = next((each for each in article.chunks if each.id == place.chunk), None)
    if chunk is None:
        return Place(place.article)
    now = next((each for each in chunk.quotes if place.quote and each.id == place.quote), None)
    return place._replace(start=now.start, end=now.end) if now is not None else place
