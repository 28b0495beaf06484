"""A sentence with the countries, institutions and quotes in it, and who acts in a noun phrase."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeVar

from msgspec import Struct

from briefing.english.spans import starting_within
from briefing.english.tokens import Stream, Streams
from briefing.model import Mention, Quote
from briefing.world.actors import ActorName

_Spanned = TypeVar("_Spanned", Mention, ActorName)
ActingAs = Literal["country", "government", "person", "anaphor", "society"]


class Actor(Struct, frozen=True):
    """A country that acts in a noun phrase: its code, and the tokens of the words for who acts.

    The tokens of a speaker whom another sentence names are -1.
    """

    code: str
    first: int
    last: int
    kind: ActingAs


class Sentence(Struct, frozen=True):
    """A sentence of a chunk: its tokens, and the mentions of countries by their first token.

    `streams` has what was read of the text before; `start` is where it begins in the chunk; a
    value of `mentions` is the token that a mention ends with, and the mention; so are `bodies` for
    institutions and groups of a country.
    """

    stream: Stream
    streams: Streams
    start: int
    mentions: Mapping[int, tuple[int, Mention]]
    quotes: Sequence[Quote]
    bodies: Mapping[int, tuple[int, ActorName]] = MappingProxyType({})

    def quote_at(self, token: int) -> Quote | None:
        """Return the quote in marks that a token lies in, or None."""
        place = self.start + self.stream.starts[token]
        return next((one for one in self.quotes if one.start <= place < one.end), None)


def by_first_token(
    stream: Stream, start: int, end: int, found: Sequence[_Spanned]
) -> dict[int, tuple[int, _Spanned]]:
    """Return what lies between two offsets of a chunk by its first token, with its last one.

    What ends inside a token is left out.
    """
    placed: dict[int, tuple[int, _Spanned]] = {}
    for one in starting_within(found, start, end):
        token = bisect_left(stream.starts, one.start - start)
        last = bisect_left(stream.starts, one.end - start) - 1
        is_whole = 0 <= last < len(stream.ends) and stream.ends[last] == one.end - start
        if token < len(stream.starts) and last >= token and is_whole:
            placed[token] = (last, one)
    return placed
