"""Who heard whom: where statements and articles entered the record, as far as articles tell.

An outlet of a name, or of an alias that the analyst gave it, is one node. What cannot be told has
no outlet: it is never taken for the article's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec.structs import replace

from briefing.compare.same_words import group_same_quotes, join_objects
from briefing.compare.text_origins import (
    TextKind,
    TextOrigin,
    find_node,
    name_node,
    name_nodes,
    names_no_outlet,
    trace_texts,
)
from briefing.english.sentences import split_sentences
from briefing.model import (
    Aliases,
    Article,
    Chunk,
    Citation,
    Position,
    Quote,
    Record,
    fields_of,
    read_chunks,
)
from briefing.paraphrases import paraphrase_kind

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
    Without a chunk the evidence is in the metadata, or in another article of the same text.
    """

    hearer: str
    heard: str
    kind: HearingKind
    article: str
    chunk: str | None = None
    start: int = 0
    end: int = 0


class Circle(Record, frozen=True, kw_only=True):
    """Outlets each of which has something from the next, and the last from the first.

    `hearings` show it, one a step; `is_one_claim` is whether it is one claim in all of them.
    """

    outlets: tuple[str, ...]
    hearings: tuple[Hearing, ...]
    is_one_claim: bool = False


class OriginGraph(Record, frozen=True, kw_only=True):
    """Where articles and their statements come from.

    `articles` says where the text of each comes from and `kinds` how it is told; `texts`
    numbers the texts, which copies share. `retold` says whose
    report it opens with where that is another outlet's. `names` maps the names of outlets, folded,
    to those of their nodes.
    """

    articles: Mapping[str, Origin]
    kinds: Mapping[str, TextKind] = {}
    texts: Mapping[str, int] = {}
    retold: Mapping[str, Origin] = {}
    hearings: tuple[Hearing, ...] = ()
    circles: tuple[Circle, ...] = ()
    names: Mapping[str, str] = {}

    def of(self, article: str, chain: tuple[str, ...]) -> Origin:
        """Return the origin of a quote, paraphrase or position by its chain, speaker first."""
        own = self.articles.get(article, NOT_STATED).outlet
        if not chain:
            return Origin(outlet=own)
        speaker, *passers = chain
        outlet = find_node(speaker, self.names)
        if outlet is not None:
            return Origin(outlet=outlet)
        if names_no_outlet(speaker) or (passers and names_no_outlet(passers[0])):
            return Origin(outlet=None, heard_from=speaker)
        return Origin(
            outlet=name_node(passers[0], self.names) if passers else own, heard_from=speaker
        )

    def of_quote(self, article: str, quote: Quote) -> Origin:
        """Return the origin of a quote or paraphrase by its chain, else by its speaker."""
        return self.of(article, full_chain(quote))

    def of_article(self, article: str) -> Origin:
        """Return the origin that an article counts by: of what it opens with, or of its text."""
        return self.retold.get(article) or self.articles.get(article, NOT_STATED)


def full_chain(statement: Quote | Position) -> tuple[str, ...]:
    """Return how a statement came here, the speaker also where the article heard them itself."""
    if statement.chain or isinstance(statement, Position) or statement.speaker is None:
        return statement.chain
    label = statement.speaker.name or statement.speaker.role
    return (label,) if label else ()


class _Relay(NamedTuple):
    """A statement of an article that came by way of another outlet, with the steps it took."""

    article: str
    chunk: str
    statement: Quote | Position
    steps: tuple[Hearing, ...]


def trace_origins(articles: Sequence[Article], aliases: Aliases | None = None) -> OriginGraph:
    """Return who heard whom in the articles of a briefing, as their annotations tell.

    Takes time linear in the articles.
    """
    names = name_nodes(articles, aliases or Aliases())
    texts = trace_texts(articles, names)
    graph = OriginGraph(
        articles={article: Origin(outlet=text.outlet) for article, text in texts.items()},
        kinds={article: text.kind for article, text in texts.items()},
        texts={article: text.number for article, text in texts.items()},
        names=names,
    )
    hearings: list[Hearing] = []
    relays: list[_Relay] = []
    retold: dict[str, Origin] = {}
    for article in articles:
        hearings += _text_hearing(article, texts[article.id], names)
        own: list[_Relay] = []
        for chunk in read_chunks(article):
            relayed = list(_relays(article.id, chunk, graph))
            own += relayed
            hearings += _hearings_of(article.id, chunk, relayed, graph)
        opening = _opening_origin(article, own, graph)
        relays += own
        if opening is not None:
            retold[article.id] = opening
    graph = replace(graph, hearings=tuple(hearings), retold=retold)
    return replace(graph, circles=_circles(relays, graph))


def _text_hearing(
    article: Article, text: TextOrigin, names: Mapping[str, str]
) -> Iterator[Hearing]:
    if text.kind != "own" and text.outlet is not None:
        yield Hearing(
            hearer=name_node(article.publisher, names) if article.publisher else article.id,
            heard=text.outlet,
            kind=text.kind,
            article=article.id,
            **fields_of(text, "chunk", "start", "end"),
        )


def _relays(article: str, chunk: Chunk, graph: OriginGraph) -> Iterator[_Relay]:
    """Yield the statements of a chunk that came by way of another outlet."""
    hearer = graph.articles[article].outlet or article
    statements: tuple[Quote | Position, ...] = (*chunk.quotes, *chunk.positions)
    for one in statements:
        links = full_chain(one)
        outlet = find_node(links[0], graph.names) if links else None
        if outlet is None and len(links) < 2:
            continue
        nodes = [*(name_node(link, graph.names) for link in links[1:]), hearer]
        if outlet is not None or is_said(one):
            nodes.insert(0, outlet or links[0])
        steps = tuple(
            _hearing(article, chunk, one, (outer, inner), "chain")
            for inner, outer in pairwise(nodes)
            if inner != outer
        )
        if steps:
            yield _Relay(article, chunk.id, one, steps)


def is_said(statement: Quote | Position) -> bool:
    """Whether somebody said it; what an outlet makes of thoughts and acts was not heard."""
    if isinstance(statement, Position) or statement.kind != "indirect":
        return True
    return paraphrase_kind(statement) == "speech"


def _hearings_of(
    article: str, chunk: Chunk, relays: Sequence[_Relay], graph: OriginGraph
) -> Iterator[Hearing]:
    """Yield the steps of a chunk's statements, and the outlets that it cites besides.

    A position within a quote came the same way as the quote.
    """
    hearer = graph.articles[article].outlet or article
    heard = {hearer}
    for relay in relays:
        if isinstance(relay.statement, Quote) or relay.steps[-1].heard not in heard:
            heard.add(relay.steps[-1].heard)
            yield from relay.steps
    for citation in chunk.citations:
        outlet = name_node(citation.outlet, graph.names)
        if citation.kind == "source" and outlet not in heard:
            heard.add(outlet)
            yield _hearing(article, chunk, citation, (hearer, outlet), "citation")


def _hearing(
    article: str,
    chunk: Chunk,
    evidence: Quote | Position | Citation,
    link: tuple[str, str],
    kind: HearingKind,
) -> Hearing:
    hearer, heard = link
    place = fields_of(evidence, "start", "end")
    return Hearing(hearer=hearer, heard=heard, kind=kind, article=article, chunk=chunk.id, **place)


def _opening_origin(
    article: Article, relays: Sequence[_Relay], graph: OriginGraph
) -> Origin | None:
    """Return whose report an article opens with, where it is another outlet's than its text is.

    That is what its first sentence reports, or its headline where that reports nothing. An
    article that goes on with as much by other outlets retells none of them.
    """
    story = next((chunk for chunk in article.chunks if chunk.role == "body"), None)
    heads = [chunk for chunk in article.chunks if chunk.role in ("heading", "standfirst")]
    origins = (_first_origin(article.id, chunk, graph) for chunk in (story, *heads[:1]) if chunk)
    found = next((origin for origin in origins if origin is not None), None)
    if found is None or (
        found.outlet is not None and found.outlet == graph.articles[article.id].outlet
    ):
        return None
    if found.outlet is None:
        return found if found.heard_from and names_no_outlet(found.heard_from) else None
    passed_on = Counter(relay.steps[-1].heard for relay in relays)
    if passed_on.total() >= 2 * max(1, passed_on[found.outlet]):
        return None
    if found.heard_from:
        return found
    # With the speaker whom the article first names as that outlet's.
    quotes = (quote for chunk in read_chunks(article) for quote in chunk.quotes)
    told = (graph.of_quote(article.id, one) for one in quotes if one.chain and is_said(one))
    return next((one for one in told if one.outlet == found.outlet and one.heard_from), found)


def _first_origin(article: str, chunk: Chunk, graph: OriginGraph) -> Origin | None:
    """Return the origin of the first statement in a chunk's first sentence, or of what it cites."""
    end = next((end for _, end in split_sentences(chunk.text)), 0)
    spoken = [quote for quote in chunk.quotes if quote.start < end and full_chain(quote)]
    if spoken:
        return graph.of_quote(article, min(spoken, key=lambda quote: quote.start))
    cited = [one for one in chunk.citations if one.start < end and one.kind == "source"]
    nodes = (find_node(one.outlet, graph.names) for one in cited)
    outlet = next((node for node in nodes if node is not None), None)
    return Origin(outlet=outlet) if outlet else None


def _circles(relays: Sequence[_Relay], graph: OriginGraph) -> tuple[Circle, ...]:
    """Return where outlets have one claim from each other, then where they only cite each other.

    Longer circles count only for one claim, or where articles open with the other's report.
    """
    claimed = (
        replace(circle, is_one_claim=True)
        for claim in _claims(relays)
        for circle in _circles_of([step for relay in claim for step in relay.steps])
    )
    opening = [
        hearing
        for hearing in graph.hearings
        if (found := graph.retold.get(hearing.article)) and found.outlet == hearing.heard
    ]
    told = [hearing for hearing in graph.hearings if hearing.kind != "copy"]
    pairs = (circle for circle in _circles_of(told) if len(circle.outlets) == 2)
    first: dict[frozenset[str], Circle] = {}
    for circle in (*claimed, *pairs, *_circles_of(opening)):
        first.setdefault(frozenset(circle.outlets), circle)
    return tuple(first.values())


def _circles_of(hearings: Iterable[Hearing]) -> Iterator[Circle]:
    links: dict[tuple[str, str], Hearing] = {}
    for hearing in hearings:
        links.setdefault((hearing.hearer, hearing.heard), hearing)
    for outlets in find_circles(links):
        steps = zip(outlets, (*outlets[1:], outlets[0]), strict=True)
        yield Circle(outlets=outlets, hearings=tuple(links[step] for step in steps))


def _claims(relays: Sequence[_Relay]) -> Iterator[Sequence[_Relay]]:
    """Yield the statements that make one claim: the same words, or the same stance on an object."""
    groups: defaultdict[object, list[_Relay]] = defaultdict(list)
    quotes = [(relay, relay.statement) for relay in relays if isinstance(relay.statement, Quote)]
    same = group_same_quotes([(relay.article, quote) for relay, quote in quotes])
    for (relay, _), group in zip(quotes, same, strict=True):
        groups[group].append(relay)
    names = join_objects(
        one.object
        for relay in relays
        if isinstance(one := relay.statement, Position) and one.object
    )
    for relay in relays:
        one = relay.statement
        if isinstance(one, Position):
            groups[one.country, one.stance, names.get(one.object or "")].append(relay)
    return (group for group in groups.values() if len(group) > 1)


def find_circles(links: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield circles of the links, each node once: all of two, and of longer ones one a knot.

    Takes time linear in the links; the order is that of the names.
    """
    known = {(one, other) for one, other in links if one != other}
    pairs = sorted(link for link in known if link[::-1] in known and link[0] < link[1])
    yield from pairs
    known.difference_update(pairs, [link[::-1] for link in pairs])
    ahead: defaultdict[str, set[str]] = defaultdict(set)
    behind: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in known:
        ahead[one].add(other)
        behind[other].add(one)
    _strip_ends(ahead, behind)
    _strip_ends(behind, ahead)
    yield from _walk(ahead)


def _strip_ends(ahead: defaultdict[str, set[str]], behind: defaultdict[str, set[str]]) -> None:
    """Take out the nodes from which nothing leads on, until each has a next one."""
    ends = [node for node in behind if not ahead[node]]
    while ends:
        node = ends.pop()
        for former in behind.pop(node, ()):
            ahead[former].discard(node)
            if not ahead[former]:
                ends.append(former)
        ahead.pop(node, None)


def _walk(ahead: defaultdict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the circles that one comes upon by going on from each node, always the same way."""
    done: set[str] = set()
    for start in sorted(ahead):
        way: dict[str, None] = {}
        node = start
        while node not in done and node not in way:
            way[node] = None
            node = min(ahead[node])
        path = list(way)
        if node in way:
            yield tuple(path[path.index(node) :])
        done.update(path)
