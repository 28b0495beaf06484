"""Footnotes: where a quote stands, how precisely that is dated, and by what way the words came."""

from __future__ import annotations

from briefing.compare.panels import QuoteRow
from briefing.export.escape import escape, web_link
from briefing.export.memo_wording import article_words, place_words, reprint_words
from briefing.export.scope import ExportScope
from briefing.export.utterances import Statement
from briefing.export.verifying import ChunkPlace
from briefing.model import Quote


def footnote_mark(number: int) -> str:
    """Return the reference that stands in the text."""
    return f"[^{number}]"


def footnotes(scope: ExportScope) -> str:
    """Return the definitions of all footnotes, a line each, in the order of their numbers."""
    return "\n\n".join(
        f"{footnote_mark(number)}: {_footnote(statement, scope)}"
        for statement, number in scope.footnotes.items()
    )


def _footnote(statement: Statement, scope: ExportScope) -> str:
    row = statement.first
    place = scope.places[row.article, row.chunk]
    article = place.article
    parts = [
        f"Source {scope.sources[row.article]}: {article_words(article)}, {place_words(row)}",
        "a phrase within the reporter’s sentence" if row.quote.kind == "partial" else None,
        _way(row.quote, place),
        reprint_words(article.reprint_of) if article.reprint_of else None,
        _repeats(statement, scope),
        web_link(article.url),
    ]
    return "; ".join(part for part in parts if part) + "."


def _way(quote: Quote, place: ChunkPlace) -> str | None:
    """Return the addressee and those who passed the words on, the article last."""
    addressee = f"as told to {escape(quote.to)}" if quote.to else None
    if not quote.chain[1:]:
        return addressee
    here = place.article.publisher or "this article"
    chain = "passed on by " + " → ".join(escape(link) for link in (*quote.chain[1:], here))
    return f"{addressee}; {chain}" if addressee else chain


def _repeats(statement: Statement, scope: ExportScope) -> str | None:
    """Return where else the same words are quoted, and where they are quoted in other words."""
    same = [_elsewhere(row, scope) for row in statement.repeats]
    known = {row.key for row in statement.repeats}
    others = dict.fromkeys(key[0] for key in statement.first.also if key not in known)
    varied = [f"source {scope.sources[article]}" for article in others if article in scope.sources]
    parts = [
        "the same words in " + " and ".join(same) if same else None,
        "also quoted in " + " and ".join(varied) if varied else None,
    ]
    return "; ".join(part for part in parts if part) or None


def _elsewhere(row: QuoteRow, scope: ExportScope) -> str:
    return f"source {scope.sources[row.article]}, {place_words(row)}"
