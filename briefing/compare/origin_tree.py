"""The graph of origins as a tree: an outlet, who passed it on, and what they have from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from briefing.compare.origin_counts import OriginTally, tally_origins
from briefing.compare.origins import (
    Circle,
    Origin,
    OriginGraph,
    full_chain,
    is_said,
    trace_origins,
)
from briefing.compare.same_words import connected, group_same_quotes, join_objects, words
from briefing.compare.text_origins import TextKind
from briefing.english.spans import SpanIndex
from briefing.model import Aliases, Article, Place, Position, Quote, QuoteKind, Record, read_chunks

Way = Literal[TextKind, "retelling", "citation"]
"""How an article has what it has from an outlet: as its own story, as a text of it, or cited."""


class TracedStatement(Record, frozen=True, kw_only=True):
    """A quote, a paraphrase or a position, and where it entered the record.

    A quote has its id and `kind`; a position the code of its `country`, `stance` and `object`.
    """

    article: str
    chunk: str
    start: int
    end: int
    exact: str
    origin: Origin
    quote: str | None = None
    kind: QuoteKind | None = None
    country: str | None = None
    stance: str | None = None
    object: str | None = None


class PassedOn(Record, frozen=True, kw_only=True):
    """What an article has from an outlet, and in which way."""

    article: str
    way: Way
    statements: tuple[TracedStatement, ...] = ()


class Branch(Record, frozen=True, kw_only=True):
    """An outlet, None for all that does not state its origin, and the articles that have it."""

    outlet: str | None
    tally: OriginTally
    articles: tuple[PassedOn, ...]


class OriginTree(Record, frozen=True, kw_only=True):
    """Where a briefing, or one claim in it, comes from: a branch an origin, most articles first.

    `is_claim` is whether it is of one claim: then the outlets' own statements are of interest too.
    """

    tally: OriginTally
    branches: tuple[Branch, ...]
    circles: tuple[Circle, ...] = ()
    is_claim: bool = False


_Found = tuple[TracedStatement, Quote | Position]


def build_origin_tree(
    articles: Sequence[Article], aliases: Aliases, claim: Place | str | None = None
) -> OriginTree:
    """Return who heard what from whom; with a `claim` only that, named by its place or words.

    A claim takes in the statements of the same words elsewhere, and the same stance of the same
    country on the same object through the same origin.
    """
    graph = trace_origins(articles, aliases)
    found = [one for article in articles for one in _statements(article, graph)]
    if claim is not None:
        claimed = _same_claim(found, claim)
        return OriginTree(
            tally=tally_origins(((one.article, one.origin) for one in claimed), graph),
            branches=_branches(claimed, {}, graph),
            circles=tuple(one for one in graph.circles if _is_shown_in(one, claimed)),
            is_claim=True,
        )
    counts = {article.id: graph.of_article(article.id) for article in articles}
    return OriginTree(
        tally=tally_origins(counts.items(), graph),
        branches=_branches(_without_doubles(found), counts, graph),
        circles=graph.circles,
    )


def _statements(article: Article, graph: OriginGraph) -> Iterator[_Found]:
    """Yield what an article says that somebody said or does, with what it was read from."""
    for chunk in read_chunks(article):
        said = [one for one in chunk.quotes if is_said(one)]
        read: tuple[Quote | Position, ...] = (
            *(one for one in said if one.speaker is not None or one.kind != "indirect"),
            *chunk.positions,
        )
        for one in read:
            statement = TracedStatement(
                article=article.id,
                chunk=chunk.id,
                start=one.start,
                end=one.end,
                exact=chunk.text[one.start : one.end],
                origin=graph.of(article.id, full_chain(one)),
            )
            if isinstance(one, Quote):
                yield replace(statement, quote=one.id, kind=one.kind), one
            else:
                stance = {"country": one.country, "stance": one.stance, "object": one.object}
                yield replace(statement, **stance), one


def _without_doubles(found: Sequence[_Found]) -> Iterator[TracedStatement]:
    """Yield the statements but for positions in the words of a quote of the same origin."""
    quoted: defaultdict[tuple[str, str, str | None], list[TracedStatement]] = defaultdict(list)
    for one, _ in found:
        if one.quote is not None:
            quoted[one.article, one.chunk, one.origin.outlet].append(one)
    covers = {place: SpanIndex(each_quoted) for place, each_quoted in quoted.items()}
    for one, _ in found:
        cover = covers.get((one.article, one.chunk, one.origin.outlet))
        if one.quote is not None or cover is None or not cover.touching(one.start, one.end):
            yield one


def _same_claim(found: Sequence[_Found], claim: Place | str) -> list[TracedStatement]:
    if isinstance(claim, str):
        wanted = set(words(claim))
        said = ((i, words(one.exact)) for i, (one, _) in enumerate(found) if wanted)
        chosen = [i for i, exact in said if wanted.issubset(exact)]
    else:
        chosen = [i for i, (one, _) in enumerate(found) if _is_at(one, claim)]
    groups = connected(len(found), _pairs(found))
    named = {groups[i] for i in chosen}
    return [one for (one, _), group in zip(found, groups, strict=True) if group in named]


def _is_at(statement: TracedStatement, place: Place) -> bool:
    if statement.article != place.article or place.chunk not in (None, statement.chunk):
        return False
    if place.quote is not None:
        return statement.quote == place.quote
    return not place.end or (statement.start < place.end and place.start < statement.end)


def _pairs(found: Sequence[_Found]) -> Iterator[tuple[int, int]]:
    """Yield what belongs together: same words, or the same stance through the same origin."""
    quotes = [(i, read) for i, (_, read) in enumerate(found) if isinstance(read, Quote)]
    same = group_same_quotes([(found[i][0].article, quote) for i, quote in quotes])
    yield from ((quotes[group][0], i) for (i, _), group in zip(quotes, same, strict=True))
    names = join_objects(one.object for one, _ in found if one.object)
    first: dict[object, int] = {}
    for i, (one, _) in enumerate(found):
        if one.country is not None and one.origin.outlet is not None:
            key = one.country, one.stance, names.get(one.object or ""), one.origin.outlet
            yield first.setdefault(key, i), i


def _is_shown_in(circle: Circle, statements: Sequence[TracedStatement]) -> bool:
    """Whether statements are among what shows that outlets cite each other."""
    return any(
        (one.article, one.chunk) == (step.article, step.chunk)
        and one.start < step.end
        and step.start < one.end
        for step in circle.hearings
        for one in statements
    )


def _branches(
    statements: Iterable[TracedStatement], counts: Mapping[str, Origin], graph: OriginGraph
) -> tuple[Branch, ...]:
    """Return a branch an origin of the statements, and of the articles that count by it."""
    found: defaultdict[str | None, dict[str, list[TracedStatement]]] = defaultdict(dict)
    for article, origin in counts.items():
        found[origin.outlet][article] = []
    for one in statements:
        found[one.origin.outlet].setdefault(one.article, []).append(one)
    for hearing in graph.hearings:
        if hearing.kind == "citation" and hearing.article in counts:
            found[hearing.heard].setdefault(hearing.article, [])
    branches = [_branch(outlet, held, counts, graph) for outlet, held in found.items()]
    branches.sort(key=lambda one: (one.outlet is None, -len(one.articles), one.outlet or ""))
    return tuple(branches)


def _branch(
    outlet: str | None,
    held: Mapping[str, Sequence[TracedStatement]],
    counts: Mapping[str, Origin],
    graph: OriginGraph,
) -> Branch:
    origins = [(article, one.origin) for article, its in held.items() for one in its]
    origins += [(article, counts.get(article, Origin(outlet=outlet))) for article in held]
    of_outlet = [(article, origin) for article, origin in origins if origin.outlet == outlet]
    return Branch(
        outlet=outlet,
        tally=tally_origins(of_outlet),
        articles=tuple(
            PassedOn(article=article, way=_way(article, outlet, graph), statements=tuple(its))
            for article, its in held.items()
        ),
    )


def _way(article: str, outlet: str | None, graph: OriginGraph) -> Way:
    if graph.articles[article].outlet == outlet:
        return graph.kinds[article]
    opening = graph.retold.get(article)
    return "retelling" if opening is not None and opening.outlet == outlet else "citation"
