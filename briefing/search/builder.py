"""From documents to the arrays of one segment; merging works on the same arrays.

A document's words get their numbers as they come; laying out sorts the terms and renumbers.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Final

import msgspec

from briefing.search.analysis import stem
from briefing.search.arrays import FIELDS, SegmentArrays
from briefing.search.documents import (
    ARTICLE_FACETS,
    CHUNK_FACETS,
    ArticleRecord,
    Document,
)

HEADLINE_WEIGHT: Final = 4.0
SPEAKER_WEIGHT: Final = 1.5
LEAD_WEIGHT: Final = 1.3
SATURATION: Final = 1.2
LENGTH_SHARE: Final = 0.6
USUAL_LENGTH: Final = 60
"""BM25F with a fixed usual length, so that a chunk's score does not depend on its neighbours."""

_encode = msgspec.json.Encoder().encode


def impact(frequency: float, length: int) -> int:
    """Weigh a word that stands `frequency` times in a chunk of `length` words: 1 to 255."""
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH)
    return max(1, round(255 * frequency / (frequency + damping)))


class _Numbers(dict[str, int]):
    """Terms of one field with their numbers; a new term takes the next of the segment."""

    def __init__(self, numbers: Iterator[int]) -> None:
        super().__init__()
        self._next = numbers.__next__

    def __missing__(self, term: str) -> int:
        number = self[term] = self._next()
        return number


class SegmentBuilder:
    """Documents on their way into a segment."""

    def __init__(self) -> None:
        numbers = count()
        self._numbers = {field: _Numbers(numbers) for field in FIELDS}
        self._docs: list[array[int]] = []
        self._weights: list[bytearray] = []
        self._stream = array("I")
        self._stream_at = array("I", [0])
        self._starts = array("I")
        self._starts_at = array("I", [0])
        self._facets = array("I")
        self._facets_at = array("I", [0])
        self._chunks: list[bytes] = []
        self._articles: list[bytes] = []
        self._first_docs = array("I")
        self._article_values = array("I")
        self._days = array("I")
        self._impacts: dict[tuple[int, bool], list[int]] = {}

    def __len__(self) -> int:
        """Return how many documents were added."""
        return len(self._chunks)

    def add_article(self, record: ArticleRecord, docs: Iterable[Document]) -> None:
        """Add the documents of one article, in reading order."""
        first = len(self._chunks)
        doc = None
        for doc in docs:
            self._add(doc)
        if doc is not None:
            self._articles.append(_encode(record))
            self._first_docs.append(first)
            self._days.extend((doc.first_day, doc.last_day))
            for field in ARTICLE_FACETS:
                value = doc.values[field][:1]
                self._article_values.append(self._numbers[field][value[0]] + 1 if value else 0)

    def _add(self, doc: Document) -> None:
        number = len(self._chunks)
        lookup = self._numbers["text"].__getitem__
        text = list(map(lookup, doc.text))
        headline = list(map(lookup, doc.headline))
        speakers = [list(map(lookup, words)) for words in doc.speakers]
        self._weigh_words(number, text, headline, speakers, lead=doc.lead)
        for stretch in (text, headline, *speakers):
            self._put_stretch(stretch)
        others = self._put_word_fields(doc) | self._put_values(doc)
        self._post(number, dict.fromkeys(others, 255))
        self._starts.extend(doc.starts)
        self._starts_at.append(len(self._starts))
        self._stream_at.append(len(self._stream))
        self._facets_at.append(len(self._facets))
        self._chunks.append(_encode(doc.record))

    def _weigh_words(
        self,
        number: int,
        text: list[int],
        headline: list[int],
        speakers: list[list[int]],
        *,
        lead: bool,
    ) -> None:
        known = self._impacts.get((len(text), lead)) or self._make_impacts(len(text), lead=lead)
        counts = Counter(text)
        top = len(known) - 1
        weights = {term: known[min(times, top)] for term, times in counts.items()}
        if headline or speakers:
            boosts: Counter[int] = Counter()
            for term in headline:
                boosts[term] += HEADLINE_WEIGHT  # type: ignore[assignment]
            for term in {term for words in speakers for term in words}:
                boosts[term] += SPEAKER_WEIGHT  # type: ignore[assignment]
            for term, boost in boosts.items():
                times = counts[term] * (LEAD_WEIGHT if lead else 1.0)
                weights[term] = impact(times + boost, len(text))
        self._post(number, weights)

    def _make_impacts(self, length: int, *, lead: bool) -> list[int]:
        """Weights of a word by how often it stands in a chunk of this length, 20 times at most."""
        factor = LEAD_WEIGHT if lead else 1.0
        made = [impact(times * factor, length) for times in range(21)]
        self._impacts[length, lead] = made
        return made

    def _post(self, number: int, weights: dict[int, int]) -> None:
        docs, stored = self._docs, self._weights
        for term, weight in weights.items():
            while term >= len(docs):
                docs.append(array("I"))
                stored.append(bytearray())
            docs[term].append(number)
            stored[term].append(weight)

    def _put_stretch(self, stretch: list[int]) -> None:
        if stretch:
            self._stream.extend([term + 1 for term in stretch])
            self._stream.append(0)

    def _put_word_fields(self, doc: Document) -> set[int]:
        seen: set[int] = set()
        for field, values in doc.words.items():
            numbers = self._numbers[field]
            for value in values:
                stretch = [numbers[word] for word in value]
                self._put_stretch(stretch)
                seen.update(stretch)
        return seen

    def _put_values(self, doc: Document) -> set[int]:
        seen: set[int] = set()
        for field, values in doc.values.items():
            numbers = [self._numbers[field][value] for value in values]
            seen.update(numbers)
            if field in CHUNK_FACETS:
                self._facets.extend(numbers)
        return seen

    def finish(self) -> list[bytes]:
        """Sort, renumber and lay out: the pieces of the segment's file, in order."""
        arrays = SegmentArrays(
            terms={
                field: [term.encode("utf-8", "surrogatepass") for term in numbers]
                for field, numbers in self._numbers.items()
            },
            stems=_by_stem(self._numbers["text"]),
            numbers={field: list(numbers.values()) for field, numbers in self._numbers.items()},
            docs=self._docs,
            weights=self._weights,
            stream=self._stream,
            stream_at=self._stream_at,
            starts=self._starts,
            starts_at=self._starts_at,
            facets=self._facets,
            facets_at=self._facets_at,
            chunks=self._chunks,
            articles=self._articles,
            first_docs=self._first_docs,
            article_values=self._article_values,
            days=self._days,
        )
        return arrays.pack()


def _by_stem(words: Mapping[str, int]) -> dict[bytes, list[int]]:
    """Group the numbers of words by the stem they share."""
    stems: dict[bytes, list[int]] = {}
    for word, number in words.items():
        stems.setdefault(stem(word).encode("utf-8", "surrogatepass"), []).append(number)
    return stems
