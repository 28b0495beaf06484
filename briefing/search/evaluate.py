"""What a query finds in one segment: a set of documents, and what each word weighs where.

Sets come first and decide alone what is found; weights are read for the found documents only.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Sequence
from functools import reduce
from itertools import pairwise, repeat
from operator import and_, itemgetter, or_
from typing import Final, NamedTuple

from briefing.search.analysis import stem, terms
from briefing.search.bits import Bits, bitmap_of
from briefing.search.documents import WORD_FIELDS, day_range
from briefing.search.fuzzy import near_terms
from briefing.search.query import And, Field, Fuzzy, Leaf, Node, Not, Or, Phrase, Prefix, Word
from briefing.search.segment import Postings, Segment

OTHER_FORM: Final = 0.6
"""What another form of the word counts against the word itself."""
SCORED_POSTINGS: Final = 4_000
"""A beginning with more postings than this is ranked by itself and its likeliest words alone."""
LIKELY: Final = 4
"""By so many of its most frequent words."""


class Match(NamedTuple):
    """What one word of a query finds in one segment, and how to rank it."""

    bits: Bits
    parts: tuple[tuple[Postings, float], ...] = ()


class Matcher:
    """The words of one query looked up in one segment, each once."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    def bits(self, node: Node) -> Bits:
        """Return the documents that a query finds, deleted ones included."""
        match node:
            case And(children):
                return reduce(and_, map(self.bits, children))
            case Or(children):
                return reduce(or_, map(self.bits, children))
            case Not(child):
                return self.segment.everything & ~self.bits(child)
            case _:
                return self.match(node).bits

    def match(self, leaf: Leaf) -> Match:
        """Look one word, phrase, beginning or field value up."""
        return self.segment.cached(leaf, lambda: self._look_up(leaf))

    def numbers(self, leaf: Leaf) -> Sequence[Container[int]]:
        """Return, for each word of a leaf in order, which terms answer it, as the stream has them.

        Nothing for a field: its value is not in the text.
        """
        return self.segment.cached(("numbers", leaf), lambda: self._find_numbers(leaf))

    def _find_numbers(self, leaf: Leaf) -> Sequence[Container[int]]:
        if isinstance(leaf, Field):
            return ()
        wanted, segment = terms(leaf.text), self.segment
        found: list[Container[int]] = []
        for term in wanted:
            number = segment.find("text", term)
            found.append(frozenset() if number is None else frozenset({number + 1}))
        if found and isinstance(leaf, Prefix):
            first, last = segment.span("text", wanted[-1])
            found[-1] = range(first + 1, last + 1)
        elif len(wanted) == 1 and isinstance(leaf, Word):
            found[0] = frozenset(number + 1 for number in segment.forms(stem(wanted[0])))
        elif len(wanted) == 1 and isinstance(leaf, Fuzzy):
            near = self._near(wanted[0], leaf.distance)
            found[0] = frozenset(number + 1 for number in near)
        return found

    def _look_up(self, leaf: Leaf) -> Match:
        match leaf:
            case Word(text):
                return self._words(terms(text), self._word)
            case Phrase(text):
                return self._words(terms(text), self._exact)
            case Prefix(text):
                wanted = terms(text)
                return self._prefix(wanted[0]) if len(wanted) == 1 else self._run(wanted)
            case Fuzzy(text, distance):
                return self._words(terms(text), lambda term: self._fuzzy(term, distance))
            case Field():
                return Match(self._field(leaf))

    def _words(self, wanted: Sequence[str], single: Callable[[str], Match]) -> Match:
        """Look up one word, or several as a phrase."""
        if not wanted:
            return Match(0)
        return single(wanted[0]) if len(wanted) == 1 else self._phrase(wanted)

    def _word(self, term: str) -> Match:
        exact = self.segment.find("text", term)
        forms = self.segment.forms(stem(term))
        return self._any_of([(number, 1.0 if number == exact else OTHER_FORM) for number in forms])

    def _exact(self, term: str) -> Match:
        number = self.segment.find("text", term)
        return self._any_of([(number, 1.0)] if number is not None else [])

    def _fuzzy(self, term: str, distance: int) -> Match:
        near = self._near(term, distance)
        exact = self.segment.find("text", term)
        return self._any_of([(number, 1.0 if number == exact else OTHER_FORM) for number in near])

    def _near(self, term: str, distance: int) -> Sequence[int]:
        segment = self.segment
        return segment.cached(("near", term, distance), lambda: near_terms(segment, term, distance))

    def _any_of(self, numbers: Sequence[tuple[int, float]]) -> Match:
        segment = self.segment
        parts = tuple((segment.postings(number), share) for number, share in numbers)
        return Match(reduce(or_, (postings.bits for postings, _ in parts), 0), parts)

    def _prefix(self, beginning: str) -> Match:
        segment = self.segment
        first, last = segment.span("text", beginning)
        if first == last:
            return Match(0)
        bits = segment.bits_between(first, last)
        exact = segment.find("text", beginning)
        parts = [(segment.postings(exact), 1.0)] if exact is not None else []
        start, end = segment.docs_at[first], segment.docs_at[last]
        if end - start <= SCORED_POSTINGS:
            whole = dict(zip(segment.docs[start:end], segment.weights[start:end], strict=True))
            docs = array("I", sorted(whole))
            weights = bytes(map(whole.__getitem__, docs))
            parts.append((Postings(bits, docs, weights), OTHER_FORM))
        else:
            likely = segment.most_frequent(first, last, LIKELY)
            parts += [(segment.postings(term), OTHER_FORM) for term in likely if term != exact]
        return Match(bits, tuple(parts))

    def _phrase(self, wanted: Sequence[str]) -> Match:
        numbers = self._known("text", wanted)
        if numbers is None:
            return Match(0)
        segment = self.segment
        docs = self._find_runs(numbers)
        bits = segment.bits_of(docs)
        # A phrase weighs as its rarest word does there.
        rarest = segment.postings(min(numbers, key=segment.frequency))
        weights = bytes(weights_at(rarest, docs))
        return Match(bits, ((Postings(bits, docs, weights), 1.0),))

    def _run(self, wanted: Sequence[str]) -> Match:
        """Look up words in a row of which the last may be a beginning."""
        return Match(self._run_bits("text", wanted) if wanted else 0)

    def _known(self, field: str, wanted: Sequence[str]) -> list[int] | None:
        """Return the numbers of terms, or None where one of them stands nowhere."""
        numbers = [self.segment.find(field, term) for term in wanted]
        known = [number for number in numbers if number is not None]
        return known if len(known) == len(numbers) else None

    def _find_runs(self, numbers: Sequence[int], within: Bits | None = None) -> Sequence[int]:
        """List the documents in which these terms stand one right after the other."""
        segment = self.segment
        pairs = [segment.pair_docs(*pair) for pair in pairwise(numbers)]
        lists = [docs for docs in pairs if docs is not None]
        if len(numbers) == 2 and lists and within is None:
            return lists[0]
        rarest = min(numbers, key=segment.frequency)
        docs = min([*lists, segment.postings(rarest).docs], key=len)
        others = [segment.bits(number) for number in set(numbers)]
        common = reduce(and_, others if within is None else [*others, within])
        flags = bitmap_of(common, segment.size)
        return segment.having_run((d for d in docs if flags[d >> 3] >> (d & 7) & 1), numbers)

    # Fields

    def _field(self, field: Field) -> Bits:
        match field.name:
            case "before" | "after" | "date":
                return self._days(field)
            case name if name in WORD_FIELDS:
                return self._field_words(field)
        segment = self.segment
        if field.prefix:
            return segment.bits_between(*segment.span(field.name, field.value))
        number = segment.find(field.name, field.value)
        return segment.bits(number) if number is not None else 0

    def _field_words(self, field: Field) -> Bits:
        wanted = terms(field.value)
        segment = self.segment
        if not wanted:
            return 0
        if field.prefix:
            return self._run_bits(field.name, wanted)
        known = self._known(field.name, wanted)
        if known is None:
            return 0
        return (
            segment.bits(known[0]) if len(known) == 1 else segment.bits_of(self._find_runs(known))
        )

    def _run_bits(self, field: str, wanted: Sequence[str]) -> Bits:
        """Find words in a row of which the last may be a beginning."""
        segment = self.segment
        first, last = segment.span(field, wanted[-1])
        if first == last or len(wanted) == 1:
            return segment.bits_between(first, last)
        known = self._known(field, wanted[:-1])
        if known is None:
            return 0
        ends = segment.bits_between(first, last)
        stream, at = segment.stream, segment.stream_at
        wanted_run = [number + 1 for number in known]
        size = len(wanted_run)
        found: list[int] = []
        for doc in self._find_runs(known, ends):
            words = list(stream[at[doc] : at[doc + 1]])
            places = range(len(words) - size)
            if any(
                first < words[n + size] <= last and words[n : n + size] == wanted_run
                for n in places
            ):
                found.append(doc)
        return segment.bits_of(found)

    def _days(self, field: Field) -> Bits:
        """Find the documents whose date, as precisely as it is known, surely lies there."""
        first, last = day_range(field.value)
        begins, ends = self.segment.first_days(), self.segment.last_days()
        if field.name == "before":
            # No date is 0 and stands before every day: it must not.
            wanted = map(and_, map(first.__gt__, ends), map(bool, ends))
        elif field.name == "after":
            wanted = map(first.__le__, begins)
        else:
            wanted = map(and_, map(first.__le__, begins), map(last.__ge__, ends))
        return self.segment.bits_of_articles(wanted)


def weights_at(postings: Postings, docs: Sequence[int]) -> Sequence[int]:
    """Look up what a word weighs in each document, 0 where it does not stand."""
    if not docs:
        return ()
    if postings.spread is not None:
        return itemgetter(*docs, 0)(postings.spread)[:-1]  # type: ignore[no-any-return]
    table = dict(zip(postings.docs, postings.weights, strict=True))
    return list(map(table.get, docs, repeat(0)))
