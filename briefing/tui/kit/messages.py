"""What screens and workers tell the app, and the app its screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.message import Message

from briefing.compare.place import Place
from briefing.library.reports import Refreshed
from briefing.search.results import CatalogRow


class Found(NamedTuple):
    """Words that a search found: their chunk and span in it."""

    chunk: str
    start: int
    end: int


class BriefingWanted(Message):
    """A briefing was chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class ArticleWanted(Message):
    """An article was chosen, to be read on the whole screen."""

    def __init__(
        self,
        briefing: str,
        place: Place,
        *,
        label: str = "",
        country: str | None = None,
        found: Sequence[Found] = (),
    ) -> None:
        super().__init__()
        self.briefing = briefing
        self.place = place
        self.label = label
        self.country = country
        self.found = found


class ReadingLeft(Message):
    """A briefing is left: what is to be remembered of it is known."""


class RefreshProgress(Message):
    """The background refresh has looked at `done` of `total` briefings."""

    def __init__(self, done: int, total: int, rows: Sequence[CatalogRow] | None) -> None:
        super().__init__()
        self.done = done
        self.total = total
        self.rows = rows

    def can_replace(self, message: Message) -> bool:
        """Only the last of several counts, but for those that bring rows."""
        return isinstance(message, RefreshProgress) and message.rows is None


class LibraryRefreshed(Message):
    """The background refresh is over: the catalog as it is now, and what it changed."""

    def __init__(self, rows: Sequence[CatalogRow], refreshed: Refreshed) -> None:
        super().__init__()
        self.rows = rows
        self.refreshed = refreshed


class RefreshFailed(Message):
    """The background refresh could not be done; what was known is still shown."""

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message


class CatalogNews(Message, bubble=False):
    """To a screen: the catalog has new rows, and these briefings changed or went."""

    def __init__(self, rows: Sequence[CatalogRow], changed: frozenset[str]) -> None:
        super().__init__()
        self.rows = rows
        self.changed = changed


class RefreshNews(Message, bubble=False):
    """To a screen: how far the background refresh is, in words; empty when it is over."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class SearchWanted(Message):
    """The person wants to search, in all briefings or in one."""

    def __init__(self, briefing: str | None = None, title: str = "") -> None:
        super().__init__()
        self.briefing = briefing
        self.title = title


class LinkWanted(Message):
    """The person wants a link opened; `url` is None where only dead words are left."""

    def __init__(self, url: str | None, words: str) -> None:
        super().__init__()
        self.url = url
        self.words = words
