"""Threads for what takes time, which only post a message with the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from briefing.compare.panels import Panels
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import Article, PlacedEdit
from briefing.tui.kit.messages import Posted


class PanelsRead(Posted):
    """The panels of a briefing."""

    panels: Panels


class ArticleRead(Posted):
    """An article, and what the analyst did to it."""

    article: Article
    placed: Sequence[PlacedEdit] = ()


class ReadFailed(Posted):
    """Why something could not be read."""

    error: BriefingError


def read_article(
    library: Library, briefing: str, article: str, *, edits: bool = True
) -> ArticleRead:
    """Read an article, with the analyst's `edits`; raises BriefingError where it cannot be read."""
    read = library.article(briefing, article)
    if not edits:
        return ArticleRead(read)
    try:
        return ArticleRead(read, library.editing.placed(briefing, article))
    except BriefingError:
        return ArticleRead(read)  # The edits cannot be read; the article has come without them.


def post_result(
    node: DOMNode,
    group: str,
    read: Callable[[], Message],
    failed: Callable[[BriefingError], Message] = ReadFailed,
) -> None:
    """Call `read` in a thread and post the message it returns to `node`, or that of `failed`.

    A newer call of the same group replaces this one, whose result is then dropped.
    """

    def run() -> None:
        try:
            message = read()
        except BriefingError as error:
            message = failed(error)
        if not get_current_worker().is_cancelled:
            node.post_message(message)

    node.run_worker(run, thread=True, exclusive=True, group=group)
