"""Turning an answer into results to show: groups, snippets, labelled facets, hints."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final

import msgspec

from briefing.model import fields_of
from briefing.search.analysis import alternatives, stem, terms
from briefing.search.documents import SAMPLE
from briefing.search.hints import SearchHints
from briefing.search.nodes import ExactPhrase, Field, Fuzzy, Leaf, Near, Prefix, Query, Word, leaves
from briefing.search.planning import SHARED, RankedPassage, SearchAnswer, runs
from briefing.search.query import quote_value
from briefing.search.results import ArticleHits, Copy, Facets, FacetValue, Hit, Results
from briefing.search.snippets import Marker, TermTest, cut_snippet

COPY_SHARE: Final = 0.4
"""The share of common checksums from which on articles are near copies."""
LEAST_SHARED: Final = 8
COMPARED: Final = 16
"""Lowest checksums of which near copies almost certainly share one."""
_FACET_FIELDS: Final = {"year": "date"}
"""The query field of a facet, where the name differs."""


def present(
    query: str,
    asked: Query,
    answer: SearchAnswer,
    hints: SearchHints,
    near: Callable[[str, int], Counter[str]],
) -> Results:
    """Return hits by article, best and near copies together; `near` gives terms by distance."""
    marker = Marker(test for leaf in leaves(asked.root) for test in _tests(leaf, near))
    noted = Marker(map(_note_tests, leaves(asked.root)))
    groups = _group(answer.hits)
    return Results(
        query=query,
        groups=tuple(_article_hits(group, copies, marker, noted) for group, copies in groups),
        total_chunks=answer.chunks,
        is_estimate=answer.is_estimate,
        total_articles=answer.articles,
        facets=_facets(answer),
        hint="; ".join((*asked.hints, *hints.hints)) or None,
        suggestion=hints.suggestion,
    )


def _group(hits: Sequence[RankedPassage]) -> list[tuple[list[RankedPassage], list[RankedPassage]]]:
    articles: dict[tuple[str, str], list[RankedPassage]] = {}
    for hit in hits:
        articles.setdefault((hit.article.briefing, hit.article.article), []).append(hit)
    groups: list[tuple[list[RankedPassage], list[RankedPassage]]] = []
    holding: dict[int, list[int]] = {}
    for found in articles.values():
        sample = found[0].article.sample[:COMPARED]
        likely = Counter(chain.from_iterable(holding.get(each, ()) for each in sample))
        place = next((n for n in sorted(likely) if _are_copies(groups[n][0], found)), None)
        if place is not None:
            groups[place][1].append(found[0])
            continue
        for each in sample:
            holding.setdefault(each, []).append(len(groups))
        groups.append((found, []))
    return groups


def _are_copies(one: Sequence[RankedPassage], other: Sequence[RankedPassage]) -> bool:
    ones, others = set(one[0].article.sample), set(other[0].article.sample)
    lowest = sorted(ones | others)[:SAMPLE]
    shared = len((ones & others).intersection(lowest))
    return shared >= LEAST_SHARED and shared >= COPY_SHARE * len(lowest)


def _article_hits(
    group: Sequence[RankedPassage], copies: Sequence[RankedPassage], marker: Marker, noted: Marker
) -> ArticleHits:
    article = group[0].article
    return ArticleHits(
        **fields_of(article, "briefing", "article", "headline", "publisher", "date"),
        hits=tuple(_hit(each, marker, noted) for each in group),
        total=group[0].in_article,
        copies=tuple(msgspec.convert(each.article, Copy, from_attributes=True) for each in copies),
    )


def _hit(found: RankedPassage, marker: Marker, noted: Marker) -> Hit:
    chunk = found.chunk
    spans = marker.find_spans(chunk.text)
    notes = ((note, noted.find_spans(note)) for note in chunk.notes)
    return Hit(
        **fields_of(found.article, "briefing", "article"),
        **fields_of(chunk, "chunk", "role", "section", "paragraph"),
        score=round(found.score, 4),
        snippet=cut_snippet(chunk.text, spans),
        spans=spans,
        notes=tuple(cut_snippet(note, at) for note, at in notes if at),
    )


def _tests(leaf: Leaf, near: Callable[[str, int], Counter[str]]) -> Iterator[Sequence[TermTest]]:
    """Yield sequences of tests that match the words of a leaf in a text."""
    match leaf:
        case Word(text):
            for words in alternatives(text):
                yield [_same_stem(words[0])] if len(words) == 1 else _exactly(words)
        case ExactPhrase(text):
            yield from map(_exactly, runs(text))
        case Prefix(text):
            for run in runs(text):
                yield _beginning(run)
        case Fuzzy(text, distance):
            for term in terms(text):
                yield [TermTest(term[:1], frozenset((term, *near(term, distance))).__contains__)]
        case Near(words):
            for word in words:
                yield from _tests(word, near)


def _note_tests(leaf: Leaf) -> Sequence[TermTest]:
    """Return the tests that match what a leaf asks for in a note; none for other leaves."""
    match leaf:
        case Field("note", value, prefix):
            return (_beginning if prefix else _exactly)(terms(value))
    return ()


def _exactly(run: Sequence[str]) -> list[TermTest]:
    return [TermTest(term, term.__eq__) for term in run]


def _beginning(run: Sequence[str]) -> list[TermTest]:
    return [*_exactly(run[:-1]), *(TermTest(end, bool) for end in run[-1:])]


def _same_stem(term: str) -> TermTest:
    root = stem(term)
    # Most words differ in their first letters, and stemming a whole page would be slow.
    return TermTest(term[:SHARED], lambda other: stem(other) == root)


def _facets(answer: SearchAnswer) -> Facets:
    found: dict[str, tuple[FacetValue, ...]] = {}
    for facet, values in answer.facets.items():
        field = _FACET_FIELDS.get(facet, facet)
        rows = (
            (each, _label(facet, each), n, f"{field}:{quote_value(each)}") for each, n in values
        )
        found[facet] = tuple(
            FacetValue(value=value, label=label, count=count, query=query)
            for value, label, count, query in rows
        )
    return Facets(**found)


def _label(facet: str, value: str) -> str:
    if facet != "country":
        return value
    from briefing.world.country_names import country_name

    return country_name(value)
