"""Completing what is being typed, and correcting what finds nothing."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from briefing.model import ROLES
from briefing.search.analysis import terms
from briefing.search.documents import FACET_FIELDS
from briefing.search.fuzzy import near_terms
from briefing.search.query import (
    FIELD_HELP,
    And,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    leaves,
    quote_value,
    to_text,
)
from briefing.search.reader import Snapshot
from briefing.search.segment import Segment

SUGGESTIONS: Final = 8
_WHOLE_VALUES: Final = {
    "speaker": "speaker_name",
    "publisher": "publisher_name",
    "stance": "stance",
    "briefing": "briefing",
    "date": "year",
    "before": "year",
    "after": "year",
}
_WORDS: Final = ("cites", "section", "tag")
_SCAN: Final = 20_000
"""So many values of a field are looked through at most, the most frequent first."""


def complete(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    """Complete the last word or field value of a query: whole queries, the likeliest first."""
    start = _last_part(text)
    head, part = text[:start], text[start:]
    minus = "-" if part.startswith("-") else ""
    part = part.removeprefix("-")
    name, colon, value = part.partition(":")
    if colon and name.lower() in FIELD_HELP:
        field = name.lower()
        values = _values(snapshot, field, value.strip('"“”').casefold())
        found: Iterable[str] = (f"{field}:{quote_value(value)}" for value in values)
    else:
        found = [*_fields(part), *_words(snapshot, "text", part)]
    completed = (f"{head}{minus}{each}" for each in found)
    return tuple(dict.fromkeys(each for each in completed if each != text))[:SUGGESTIONS]


def _last_part(text: str) -> int:
    """Find where the part being typed begins; a quoted field value counts as one part."""
    inside, start = False, 0
    for place, mark in enumerate(text):
        if mark in '"“”':
            inside = not inside
        elif (mark.isspace() or mark in "()") and not inside:
            start = place + 1
    return start


def _fields(part: str) -> Iterator[str]:
    beginning = part.lower()
    return (f"{name}:" for name in FIELD_HELP if name.startswith(beginning))


def _words(snapshot: Snapshot, field: str, part: str) -> list[str]:
    """Complete a word with the most frequent ones that begin so."""
    wanted = terms(part)
    if len(wanted) != 1 or not part[-1:].isalnum():
        return []
    counts: Counter[str] = Counter()
    for segment, _, _ in snapshot.parts:
        numbers = range(*segment.span(field, wanted[0]))
        for number in heapq.nlargest(SUGGESTIONS * 2, numbers, key=segment.frequency):
            counts[segment.term(number)] += segment.frequency(number)
    return [term for term, _ in counts.most_common(SUGGESTIONS)]


def _values(snapshot: Snapshot, field: str, beginning: str) -> list[str]:
    if field == "country":
        return _countries(snapshot, beginning)
    if field == "role":
        return [role for role in ROLES if role.startswith(beginning)]
    if field in _WORDS:
        return _words(snapshot, field, beginning)
    return _whole_values(snapshot, _WHOLE_VALUES[field], lambda value: _begins(value, beginning))


def _begins(value: str, beginning: str) -> bool:
    """Tell whether a value, or a word in it, begins so."""
    folded = value.casefold()
    return folded.startswith(beginning) or f" {beginning}" in folded


def _countries(snapshot: Snapshot, beginning: str) -> list[str]:
    from briefing.annotate.countries import country_name

    def wanted(code: str) -> bool:
        return code.casefold().startswith(beginning) or _begins(country_name(code), beginning)

    return _whole_values(snapshot, "country", wanted)


def _whole_values(snapshot: Snapshot, field: str, wanted: Callable[[str], bool]) -> list[str]:
    counts: Counter[str] = Counter()
    for segment, _, _ in snapshot.parts:
        for number in _most_frequent(segment, field)[:_SCAN]:
            value = segment.term(number)
            if wanted(value):
                counts[value] += segment.frequency(number)
                if len(counts) >= SUGGESTIONS * 4:
                    break
    return [value for value, _ in counts.most_common(SUGGESTIONS)]


def _most_frequent(segment: Segment, field: str) -> Sequence[int]:
    if field in FACET_FIELDS:
        return segment.ranked(field)
    return sorted(range(*segment.fields[field]), key=segment.frequency, reverse=True)


def did_you_mean(snapshot: Snapshot, root: Node) -> str | None:
    """Make a query that finds something of one that does not, or None.

    Words that stand nowhere are replaced by the most frequent word spelt nearly so; where all
    words stand somewhere but nowhere together, any of them will do.
    """
    corrected = _corrected(snapshot, root)
    if corrected != root and snapshot.count(corrected):
        return to_text(corrected)
    loosened = _loosened(corrected)
    if loosened != root and snapshot.count(loosened):
        return to_text(loosened)
    return None


def _corrected(snapshot: Snapshot, node: Node) -> Node:
    match node:
        case And(children):
            return And(tuple(_corrected(snapshot, child) for child in children))
        case Or(children):
            return Or(tuple(_corrected(snapshot, child) for child in children))
        case Word(text):
            return Word(_correct_words(snapshot, text))
        case Phrase(text):
            return Phrase(_correct_words(snapshot, text))
        case Prefix(text) if not snapshot.count(node):
            return Word(_correct_words(snapshot, text))
    return node


def _correct_words(snapshot: Snapshot, text: str) -> str:
    words = terms(text)
    fixed = [_correct(snapshot, word) for word in words]
    return text if fixed == words else " ".join(fixed)


def _correct(snapshot: Snapshot, word: str) -> str:
    if snapshot.count(Word(word)) or len(word) < 3:
        return word
    for distance in (1, 2) if len(word) > 4 else (1,):
        near: Counter[str] = Counter()
        for segment, _, _ in snapshot.parts:
            for number in near_terms(segment, word, distance):
                near[segment.term(number)] += segment.frequency(number)
        if near:
            return max(near, key=lambda term: (near[term], term))
    return word


def _loosened(node: Node) -> Node:
    """Ask for any of the words of a query, its fields and exclusions kept."""
    if not isinstance(node, And):
        return node
    words = tuple(child for child in node.children if not isinstance(child, Field | Not))
    rest = tuple(child for child in node.children if isinstance(child, Field | Not))
    if len(words) < 2:
        return node
    either = Or(words)
    return And((*rest, either)) if any(leaves(either)) and rest else either
