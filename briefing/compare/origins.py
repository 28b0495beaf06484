"""Who heard whom: where statements and articles entered the record, as far as articles tell.

An outlet of a name, or of an alias that the analyst gave it, is one node. What cannot be told has
no outlet: it is never taken for the article's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from briefing.english.lexicon import read_words
from briefing.model import READ_ROLES, Aliases, Article, Chunk, Quote, Record
from briefing.world.outlets import outlet_named

HearingKind = Literal["wire", "reprint", "copy", "citation", "chain"]


class Origin(Record, frozen=True, kw_only=True):
    """Where a statement entered the record: the outlet that heard it, and from whom, as told.

    `outlet` is None where it is not stated, `heard_from` where the outlet itself says so.
    """

    outlet: str | None
    heard_from: str | None = None


NOT_STATED = Origin(outlet=None)


class Hearing(Record, frozen=True, kw_only=True):
    """That one outlet, or an article without one, has something from another, and the evidence.

    `hearer` and `heard` are names of outlets, else the id of an article or the words for a speaker.
    """

    hearer: str
    heard: str
    kind: HearingKind
    article: str
    chunk: str | None = None
    start: int = 0
    end: int = 0


class Circle(Record, frozen=True, kw_only=True):
    """Outlets that cite each other, the first one the last: for one claim, or only in general."""

    outlets: tuple[str, ...]
    is_one_claim: bool = False


class OriginGraph(Record, frozen=True, kw_only=True):
    """Where articles and their statements come from.

    `articles` says where the text of each comes from, `retold` whose report it opens with where it
    is another outlet's. `names` maps the names of outlets, folded, to those of their nodes.
    """

    articles: Mapping[str, Origin]
    retold: Mapping[str, Origin] = {}
    hearings: tuple[Hearing, ...] = ()
    circles: tuple[Circle, ...] = ()
    names: Mapping[str, str] = {}

    def of(self, article: str, chain: tuple[str, ...]) -> Origin:
        """Return the origin of a quote, paraphrase or position by its chain, speaker first."""
        text = self.articles.get(article, NOT_STATED)
        if not chain:
            return Origin(outlet=text.outlet)
        speaker, *passers = chain
        outlet = find_node(speaker, self.names)
        if outlet is not None:
            return Origin(outlet=outlet)
        if names_no_outlet(speaker):
            return Origin(outlet=None, heard_from=speaker)
        if not passers:
            return Origin(outlet=text.outlet, heard_from=speaker)
        if names_no_outlet(passers[0]):
            return Origin(outlet=None, heard_from=speaker)
        return Origin(outlet=name_node(passers[0], self.names), heard_from=speaker)

    def of_quote(self, article: str, quote: Quote) -> Origin:
        """Return the origin of a quote or paraphrase by its chain, else by its speaker."""
        return self.of(article, quote_chain(quote))


def quote_chain(quote: Quote) -> tuple[str, ...]:
    """Return how a quote came here, its speaker first also where the article heard them itself."""
    if quote.chain or quote.speaker is None:
        return quote.chain
    label = quote.speaker.name or quote.speaker.role
    return (label,) if label else ()


def trace_origins(articles: Sequence[Article], aliases: Aliases | None = None) -> OriginGraph:
    """Return who heard whom in the articles of a briefing, as their annotations tell."""
    names = _name_nodes(articles, aliases or Aliases())
    graph = OriginGraph(articles=_text_origins(articles, names), names=names)
    return graph


def fold_name(name: str) -> str:
    """Return a name in the form in which names of outlets are compared."""
    return " ".join(name.split()).casefold().removeprefix("the ")


def find_node(name: str, names: Mapping[str, str]) -> str | None:
    """Return the node of an outlet that words name, or None where they name none."""
    return names.get(fold_name(name)) or outlet_named(name)


def name_node(name: str, names: Mapping[str, str]) -> str:
    """Return the node of an outlet, which need not be known."""
    bare = " ".join(name.split())
    return find_node(name, names) or bare.removeprefix("The ").removeprefix("the ")


def names_no_outlet(words: str) -> bool:
    """Whether words only say that somebody reported: `several reports`, `local media`."""
    found = words.lower().split()
    before = read_words("compare", "origins", "quantifiers")
    return found[-1:] != [] and (
        found[-1] in read_words("compare", "origins", "unnamed reports")
        and before.issuperset(found[:-1])
    )


def _name_nodes(articles: Sequence[Article], aliases: Aliases) -> dict[str, str]:
    """Map each form of an outlet's name in the articles, folded, to the name of its node."""
    names: dict[str, str] = {}
    for alias in aliases.outlets:
        node = name_node(alias.name, {})
        names.update((fold_name(form), node) for form in (alias.name, *alias.forms))
        for form in alias.forms:
            known = outlet_named(form)
            if known is not None:
                names[fold_name(known)] = node
    for name in dict.fromkeys(_outlet_names(articles)):
        names.setdefault(fold_name(name), name_node(name, names))
    return names


def _outlet_names(articles: Sequence[Article]) -> Iterator[str]:
    for article in articles:
        if article.publisher:
            yield article.publisher
        if article.reprint_of and article.reprint_of.publisher:
            yield article.reprint_of.publisher
        for chunk in read_chunks(article):
            yield from (one.outlet for one in chunk.citations)
            for quote in chunk.quotes:
                yield from (link for link in quote.chain[1:] if not names_no_outlet(link))


def read_chunks(article: Article) -> Iterator[Chunk]:
    """Yield the chunks that are read unless more is asked for."""
    return (chunk for chunk in article.chunks if chunk.role in READ_ROLES)


def _text_origins(articles: Sequence[Article], names: Mapping[str, str]) -> dict[str, Origin]:
    origins = {}
    for article in articles:
        reprint = article.reprint_of
        outlet = reprint.publisher if reprint else article.publisher
        origins[article.id] = Origin(outlet=name_node(outlet, names) if outlet else None)
    return origins
