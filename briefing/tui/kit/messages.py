"""The messages between widgets, workers, screens and the app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, dataclass_transform

from textual.message import Message

if TYPE_CHECKING:  # Every screen imports this module, and most do not need these at start-up.
    from pathlib import Path

    from briefing.compare.panels import Panels
    from briefing.compare.persons import PersonRow
    from briefing.library.reports import InputBytes
    from briefing.model import Place
    from briefing.search.results import CatalogRow
    from briefing.tui.kit.actions import ArticleRead


@dataclass_transform(eq_default=False)
class Posted(Message):
    """A message that is made of its annotated fields."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Make a data class of the subclass."""
        super().__init_subclass__(**options)
        dataclass(eq=False, repr=False)(cls)


# What the person asks for, from a screen to the app


class ScreenWanted(Posted):
    """Open the screen that shows what the message names."""


class ScreenReady(Posted):
    """A screen that was opened, or come back to, has the focus where its keys belong."""


class BriefingWanted(ScreenWanted):
    """Open a briefing."""

    name: str


class ArticleWanted(ScreenWanted):
    """Open an article on the whole screen; `found` are chunk, start and end of what to highlight.

    `top` is where the view is to begin, a chunk and an offset in it; else it shows the place.
    `read` is the article where it was read already.
    """

    briefing: str
    place: Place
    label: str = ""
    country: str | None = None
    found: Sequence[tuple[str, int, int]] = ()
    top: tuple[str, int] | None = None
    read: ArticleRead | None = None


class SearchWanted(ScreenWanted):
    """Open the search over all briefings, or one of that title; `query` is typed already."""

    briefing: str | None = None
    title: str = ""
    query: str = ""


class PanelsWanted(ScreenWanted):
    """Open a screen over the panels of a briefing: `matrix`, `compare` or `export`.

    It begins with a country, and the comparison of sources with an article.
    """

    screen: str
    panels: Panels
    country: str | None
    article: str | None = None


class PersonWanted(ScreenWanted):
    """Open all that a person says, among who speaks for a country and of it, or among all."""

    panels: Panels
    people: Sequence[PersonRow]
    person: PersonRow
    country: str | None


class TraceWanted(ScreenWanted):
    """Open an outline of a briefing, one of `TRACES`, at a place if it has it."""

    briefing: str
    trace: str
    at: Place | None = None


class LinkWanted(Posted):
    """Open a link in the browser; `url` is None where the link was dead when stored."""

    url: str | None
    words: str


class LibraryWanted(Posted):
    """Go on in another library, at the briefing of that name, or by adding to a new one."""

    root: Path
    briefing: str | None = None
    adding: DocumentsChosen | None = None


class DocumentsChosen(Posted):
    """Add documents, and what stands at addresses, to a briefing, or each to one of its own."""

    inputs: Sequence[Path | InputBytes]
    to: str | None
    addresses: Sequence[str] = ()


class ReadingLeft(Posted):
    """One has left a briefing or an article of it at a place, and the view at its `top`."""

    briefing: str
    place: Place | None = None
    top: tuple[str, int] | None = None


# From the background refresh to the app


class WorkProgress(Posted):
    """How far a refresh or adding has come, in words; none when it has ended.

    `rows` is the new catalog, if any.
    """

    words: str
    rows: Sequence[CatalogRow] | None = None

    def can_replace(self, message: Message) -> bool:
        """Whether the `message` after this one replaces it: not where this one has rows."""
        return isinstance(message, WorkProgress) and self.rows is None


# From the app to its screens


class CatalogNews(Posted, bubble=False):
    """The catalog has new rows; the briefings `changed` were changed or removed."""

    rows: Sequence[CatalogRow]
    changed: frozenset[str]


class PlaceNews(Posted, bubble=False):
    """One has read on in a briefing on another screen, to a place and a `top` of the view."""

    left: ReadingLeft


class RefreshNews(Posted, bubble=False):
    """The progress of the refresh in words, empty when it is complete."""

    words: str
