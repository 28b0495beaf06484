"""A sentence with the countries, institutions and quotes in it, and who acts in a noun phrase."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from briefing.english.spans import starting_within
from briefing.english.tokens import Stream, Streams
from briefing.model import Mention, Quote
from briefing.world.actors import ActorName

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


def read_mentions(
    stream: Stream, start: int, end: int, mentions: Sequence[Mention]
) -> dict[int, tuple[int, Mention]]:
    """Return the mentions that lie between two offsets of a chunk by their first token."""
    found: dict[int, tuple[int, Mention]] = {}
    for mention in starting_within(mentions, start, end):
        token = bisect_left(stream.starts, mention.start - start)
        last = bisect_left(stream.starts, mention.end - start) - 1
        is_whole = 0 <= last < len(stream.ends) and stream.ends[last] == mention.end - start
        if token < len(stream.starts) and last >= token and is_whole:
            found[token] = (last, mention)
    return found


def read_bodies(
    stream: Stream, start: int, end: int, bodies: Sequence[ActorName]
) -> dict[int, tuple[int, ActorName]]:
    """Return the institutions and groups between two offsets of a chunk by their first token."""
    found: dict[int, tuple[int, ActorName]] = {}
    for body in starting_within(bodies, start, end):
        if body.end <= end:
            token = bisect_left(stream.starts, body.start - start)
            last = bisect_left(stream.starts, body.end - start) - 1
            found[token] = (last, body)
    return found
