"""What several screens do alike: notices, copies, links, and threads that post their results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import Article, PlacedEdit
from briefing.visible import visible
from briefing.wording import ended

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from briefing.compare.panels import QuoteRow
    from briefing.tui.app import BriefingApp
    from briefing.tui.kit.messages import ScreenWanted


Result = TypeVar("Result")
SHOWN_FOR = 6
"""The seconds for which the screen tells what was done."""


def say(node: DOMNode, words: str, *, warning: bool = False) -> None:
    """Show a notice for some seconds; its words are never read as markup."""
    severity: SeverityLevel = "warning" if warning else "information"
    node.app.notify(visible(words), severity=severity, markup=False, timeout=SHOWN_FOR)


def in_words(error: BriefingError) -> str:
    """Return what failed, and what to do about it: sentences, whose first ends as one."""
    return f"{ended(error.message)} {error.hint}" if error.hint else error.message


def copy_quote(
    node: DOMNode, row: QuoteRow | None, where: Sequence[str | None], hint: str = ""
) -> None:
    """Copy a quote with its speaker and source; say where none is selected, with a `hint`.

    `where` is the headline, date and address of the source, as far as they are known.
    """
    if row is None:
        say(node, f"No quote is selected here. {hint}".rstrip(), warning=True)
        return
    from briefing.compare.standing_words import citation_of
    from briefing.tui.shell.own_programs import copy_beside

    text = citation_of(row, where)

    def run() -> None:
        kept = copy_beside(text)
        said = "Copied the quote with its source."
        say(node, f"{said} If nothing is pasted, it is in {kept}" if kept else said)

    node.app.copy_to_clipboard(text)
    node.run_worker(run, thread=True, group="copy")


SCHEMES = frozenset({"http", "https"})


def refusal(url: str | None, words: str) -> str | None:
    """Return why the link of these words is not opened, or None where it may be."""
    if url is None:
        return (
            f"“{words}”: this link was dead when the article was stored; only its words are left."
        )
    if not url.isprintable() or " " in url:
        return f"“{words}”: the address holds characters that no web address has."
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"“{words}”: {url} is not a web address."
    if parts.scheme.lower() not in SCHEMES or not parts.netloc:
        return f"“{words}”: only http and https addresses are opened, not {url}"
    return None


def open_at_once(node: DOMNode, wanted: ScreenWanted) -> None:
    """Open a screen before the keys are looked at that stand behind the one that asks for it."""
    cast("BriefingApp", node.app).open_screen(wanted)


async def ask_at_once(node: DOMNode, message: Message) -> None:
    """Let the screen take a message before the keys are looked at that stand behind this one."""
    await node.screen._dispatch_message(message)  # noqa: SLF001


class ArticleRead(NamedTuple):
    """An article, and what the analyst did to it."""

    article: Article
    placed: Sequence[PlacedEdit] = ()


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


def read_in_thread(
    node: DOMNode,
    group: str,
    read: Callable[[], Result],
    then: Callable[[Result], object],
    failed: Callable[[BriefingError], object] | None = None,
) -> None:
    """Call `read` in a thread, and `then` with its result as a message to `node`, or `failed`.

    Without `failed` it is said why it failed. A newer call of the same group replaces this one,
    whose result is then dropped, as it is when `node` was closed meanwhile.
    """

    def deliver(act: Callable[[], object]) -> object:
        return act() if node.is_attached else None

    def run() -> None:
        try:
            act = partial(then, read())
        except BriefingError as error:
            tell = failed or (lambda error: say(node, error.message, warning=True))
            act = partial(tell, error)
        if not get_current_worker().is_cancelled:
            node.call_later(deliver, act)

    node.run_worker(run, thread=True, exclusive=True, group=group)
