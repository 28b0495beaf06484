"""What is asked in the search, and what comes back, in words."""

from __future__ import annotations

from typing import NamedTuple

from briefing.errors import BriefingError
from briefing.library import Library
from briefing.search.results import Results
from briefing.tui.kit.messages import Posted
from briefing.tui.search.answer_bar import Offer, offers
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


class SearchAnswered(Posted):
    """The results of a question, and how its query may be completed."""

    question: Question
    results: Results
    offered: tuple[Offer, ...] = ()


def answer(library: Library, question: Question) -> SearchAnswered:
    """Search the library; an error becomes the hint of empty results."""
    text, scope, newest, exact, limit = question
    query = text.strip()
    try:
        # The search comes first, since it repairs a damaged index.
        results = library.search(
            query, briefing=scope, order="date" if newest else "rank", typing=not exact, limit=limit
        )
        return SearchAnswered(question, results, offers(text, library.suggest(text)))
    except BriefingError as error:
        return SearchAnswered(question, Results(query=query, hint=error.message))


def nothing_found(results: Results) -> str:
    """Return why there is no passage, and what else may be searched."""
    suggestion = f" Press enter to search for: {results.suggestion}" if results.suggestion else ""
    return f"{results.hint or NOTHING}{suggestion}"


def answer_words(results: Results, new: str) -> tuple[str, str]:
    """Return the sentence under the query, with what is `new`, and its ink."""
    if not results.groups and results.hint:
        return results.hint, "warning"
    found = counted(results.total_chunks, "passage")
    where = counted(results.total_articles, "article")
    parts = (f"{found} in {where}", new, "enter opens" if results.groups else "", results.hint)
    return " · ".join(part for part in parts if part), "soft"
