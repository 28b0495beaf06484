"""Footnotes, with place and sentence of evidence, and how facts of the model read in a memo."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from briefing.export.escape import (
    at_line_start,
    carried,
    count_lost,
    escape,
    escape_marked,
    link_to_words,
)
from briefing.export.material import Material
from briefing.export.statements import Stretch
from briefing.export.tables import citation_key
from briefing.export.verifying import ExactText
from briefing.isodates import in_words
from briefing.model import PublicationDate, Speaker
from briefing.visible import one_line
from briefing.wording import NO_DATE, date_words, speaker_name, speaker_role

PlaceKey = tuple[str, str, int, int]


def plain_date(date: PublicationDate | None) -> str:
    """Return the date as precise as it is, without its basis."""
    return NO_DATE if date is None else iso_words(date.value)


def iso_words(value: str) -> str:
    """Return `23 January 2020` for `2020-01-23`, less for less; other text escaped as it is."""
    return " to ".join(escape(date_words(part)) for part in value.split("/"))


def brief_date(value: str) -> str:
    """Return `23 Jan 2020` for `2020-01-23`, less for less."""
    return "–".join(escape(in_words(part, short=True) or part) for part in value.split("/"))


def speaker_words(speaker: Speaker | None, told: str) -> str:
    """Return `**Name**, role`; the role only where `told`, the sentence, does not tell it."""
    if speaker is not None and speaker.name is None and speaker.role:
        return f"**{escape(one_line(speaker.role))}**"
    role = speaker_role(speaker)
    known = not role or role.casefold() in one_line(told).casefold()
    return f"**{escape(speaker_name(speaker))}**" + ("" if known else f", {escape(role)}")


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names in a row, `and 3 more` for what is beyond the most."""
    known = list(names)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(escape(name) for name in known[:most]) + more


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
        # Brackets of the source itself are escaped.
        return f" [{number}]" if self._is_plain else f"[^{number}]"

    def quote(self, stretch: Stretch, *, opens_line: bool = False) -> str:
        """Return the stored sentences as Markdown, the marked words in bold."""
        text = self._material.text(stretch)
        self._lost[stretch.key] = count_lost(text)
        self.exact.append(
            ExactText(f"article {stretch.article}, chunk {stretch.chunk}", carried(text))
        )
        escaped = escape_marked(text, stretch.marks)
        return at_line_start(escaped) if opens_line else escaped

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
        named = [f"Source {material.sources[article.id]}"]
        if self._is_plain:
            named += [*filter(None, [escape(article.publisher or "")]), plain_date(article.date)]
        return ", ".join([*named, where])
