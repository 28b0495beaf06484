"""What is asked in the search, what comes back, and the searches that a briefing keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefing.errors import BriefingError, StoppedError
from briefing.library import Library
from briefing.model import SavedSearch
from briefing.search.results import Results, counted_passages, seen_id
from briefing.tui.kit.text_lines import fit
from briefing.tui.search.answer_bar import Offer, offers
from briefing.visible import one_line
from briefing.wording import counted

NOTHING = "No passage matches."


class Question(NamedTuple):
    """What is asked: the query as typed, the briefing searched or None for all, the order.

    An `exact` query, one that was saved, is not read as one still being typed. At most `limit`
    passages are returned.
    """

    text: str
    scope: str | None
    newest: bool
    exact: bool
    limit: int


def answer(library: Library, question: Question) -> tuple[Results, tuple[Offer, ...]]:
    """Return the results, where an error is the hint of none, and how the query may go on.

    Raises StoppedError where the search was stopped.
    """
    text, scope, newest, exact, limit = question
    query = text.strip()
    try:
        # The search comes first, since it repairs a damaged index.
        results = library.search(
            query, briefing=scope, order="date" if newest else "rank", typing=not exact, limit=limit
        )
        return results, offers(text, library.suggest(text))
    except StoppedError:
        raise
    except BriefingError as error:
        return Results(query=query, hint=error.message), ()


def answer_words(results: Results, new: str) -> tuple[str, str]:
    """Return the sentence under the query, with what is `new`, and its ink."""
    if not results.groups and results.hint:
        return results.hint, "warning"
    found = counted_passages(results)
    where = counted(results.total_articles, "article")
    parts = (f"{found} in {where}", new, "enter opens" if results.groups else "", results.hint)
    return " · ".join(part for part in parts if part), "soft"


LABEL_WIDTH = 32


class Fresh(NamedTuple):
    """What a run of a saved query found new: since when, None on the first run, and where.

    `ids` are the `article/chunk` ids of the new passages.
    """

    query: str
    since: str | None
    ids: frozenset[str]

    @property
    def words(self) -> str:
        """What the line under the query says; nothing on the first run."""
        if self.since is None:
            return ""
        return f"{len(self.ids) or 'nothing'} new since {one_line(self.since[:10])}"


def save_query(library: Library, briefing: str, title: str, query: str) -> str:
    """Save a query in a briefing under itself, unless it is saved there; return what to say."""
    notice = why_saved(library.saved_searches(briefing), query)
    if notice is None:
        library.save_search(briefing, query, query)
        notice = f"Saved in {title}: {one_line(query)}"
    return notice


def run_saved(library: Library, briefing: str, label: str, query: str) -> Fresh:
    """Run a saved search, which records what it finds; `query` is as typed in the box."""
    run = library.run_saved(briefing, label)
    ids = frozenset(seen_id(hit) for hit in run.new)
    return Fresh(query, run.search.last_run, ids)


def offers_of(searches: Iterable[SavedSearch]) -> tuple[Offer, ...]:
    """Offer each saved search under its label, its query on one line."""
    return tuple(
        Offer(f"{_folded(each.query)} ", "", fit(one_line(each.name), LABEL_WIDTH), each.name)
        for each in searches
        if _folded(each.query)
    )


def why_saved(searches: Iterable[SavedSearch], query: str) -> str | None:
    """Return a sentence if the query or its name is in use already, else None."""
    named = {_folded(each.query): each.name for each in searches}
    label = named.get(_folded(query))
    if label is not None:
        return f"Already saved{'' if label == query else f' as {one_line(label)}'}."
    if query in named.values():
        return "Another search is saved under this name already."
    return None


def _folded(query: str) -> str:
    return " ".join(query.split())
