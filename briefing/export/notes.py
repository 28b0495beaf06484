"""Footnotes: the place, the way and, where the text does not show it, the sentence of evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from briefing.export.bibliography import citation_key
from briefing.export.escape import carried, count_lost, escape, escape_line, escape_marked
from briefing.export.material import Material
from briefing.export.memo_wording import plain_date
from briefing.export.statements import Stretch
from briefing.export.verifying import ExactText
from briefing.export.web_links import link_to_words

PlaceKey = tuple[str, str, int, int]


class _Note(NamedTuple):
    stretch: Stretch
    more: str
    is_shown: bool


class Notes:
    """Numbers each citation, and keeps the texts that must be read back.

    `quoted` are the places whose sentences the text itself shows. No note is cited twice, since
    Pandoc would print it twice: one on the same place as an earlier one says which that is.
    """

    def __init__(self, material: Material, quoted: Collection[PlaceKey] = ()) -> None:
        self._material = material
        self._quoted = quoted
        self._cited: list[_Note] = []
        self.exact: list[ExactText] = []
        self._lost: dict[PlaceKey, int] = {}

    def cite(self, stretch: Stretch, more: str = "", *, is_shown: bool = False) -> str:
        """Return the mark of a new footnote; `more` is Markdown that ends it.

        `is_shown` is for the footnote of the very place in the text that shows the sentence.
        """
        self._cited.append(_Note(stretch, more, is_shown))
        number = len(self._cited)
        return f" \\[{number}\\]" if self._is_plain else f"[^{number}]"

    def quote(self, stretch: Stretch, *, opens_line: bool = False) -> str:
        """Return the stored sentences as Markdown, the marked words in bold."""
        text = self._material.text(stretch)
        self._lost[stretch.key] = count_lost(text)
        self.exact.append(
            ExactText(f"article {stretch.article}, chunk {stretch.chunk}", carried(text))
        )
        if stretch.marks:
            return escape_marked(text, stretch.marks)
        return escape_line(text) if opens_line else escape(text)

    def definitions(self) -> str | None:
        """Return all footnotes in the order of their numbers."""
        first: dict[PlaceKey, int] = {}
        lines = [
            self._definition(number, note, first.setdefault(note.stretch.key, number))
            for number, note in enumerate(self._cited, 1)
        ]
        if self._is_plain:
            return "## References\n\n" + "\n".join(lines) if lines else None
        return "\n\n".join(lines) or None

    def count_lost(self) -> int:
        """Return how many characters of the stored sentences Markdown could not carry."""
        return sum(self._lost.values())

    @property
    def _is_plain(self) -> bool:
        return self._material.request.citations == "plain"

    def _definition(self, number: int, note: _Note, first: int) -> str:
        opening = f"{number}." if self._is_plain else f"[^{number}]:"
        if first < number and not note.is_shown:
            return f"{opening} As note {first}."
        where = f"{opening} {self._place(note.stretch)}{note.more}"
        if note.is_shown:
            return f"{where}."
        if note.stretch.key in self._quoted:
            return f"{where}, quoted in the text."
        return f"{where}: {self.quote(Stretch(*note.stretch.key))}"

    def _place(self, stretch: Stretch) -> str:
        """Return source and paragraph, which a link opens at the words."""
        material = self._material
        place = material.places[stretch.article, stretch.chunk]
        article = place.article
        where = f"¶ {place.paragraph}" if place.paragraph is not None else place.chunk.role
        if material.request.citations == "pandoc":
            return f"[@{citation_key(article.id)}, {where}]"
        chunks = [chunk.text for chunk in article.chunks]
        before = sum(len(text) + 1 for text in chunks[: place.order])
        link = link_to_words(
            article.url, "\n".join(chunks), before + stretch.start, before + stretch.end
        )
        if link is not None:
            where = f"[{where}]({link})"
        if self._is_plain:
            label = escape(article.publisher or article.headline or article.id)
            return f"{label}, {plain_date(article.date)}, {where}"
        return f"Source {material.sources[article.id]}, {where}"
