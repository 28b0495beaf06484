"""Stable ids of quotes, derived from a quote's words and context.

`NAME/ARTICLE/q-3f2a` names the same quote after the rules have changed, as long as they find it
with the same bounds.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from msgspec.structs import replace

from briefing.model import Quote

CONTEXT = 32
"""Characters of context on either side of a quote."""
SHORTEST = 4
"""Hex digits of an id; more where an earlier quote of the article has the same."""


class QuoteNames:
    """Assigns ids to the quotes of one article, in reading order."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """`taken` are the ids already in use."""
        self._taken = set(taken)
        self._first: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._utterances: dict[Hashable, str] = {}

    def name(self, text: str, start: int, end: int) -> str:
        """Return the id of the quote at `text[start:end]`.

        The second occurrence of the same words in the same context is `q-3f2a-2`.
        """
        place = (text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
        data = "\0".join(place).encode("utf-8", "surrogatepass")
        digits = hashlib.sha256(data).hexdigest()
        self._counts[digits] += 1
        if digits in self._first:
            return f"{self._first[digits]}-{self._counts[digits]}"
        names = (f"q-{digits[:length]}" for length in range(SHORTEST, len(digits) + 1))
        name = next((name for name in names if name not in self._taken), f"q-{digits}-2")
        self._first[digits] = name
        self._taken.add(name)
        return name

    def utterance(self, key: Hashable, quote: str) -> str:
        """Return the id of the utterance `key`, which is named after its first quote: `u-3f2a`."""
        return self._utterances.setdefault(key, f"u{quote[1:]}")

    def end_utterances(self) -> None:
        """Begin a part of the text whose keys have nothing to do with those before."""
        self._utterances.clear()


def name_quotes(
    texts: Sequence[str], rows: Sequence[Sequence[Quote]]
) -> tuple[tuple[Quote, ...], ...]:
    """Return the quotes of an article with their ids; `rows` are the quotes of each text."""
    names = QuoteNames()
    named = []
    for text, row in zip(texts, rows, strict=True):
        quotes = []
        for quote in row:
            name = names.name(text, quote.start, quote.end)
            utterance = quote.utterance
            if utterance is not None:
                utterance = names.utterance(utterance, name)
            quotes.append(replace(quote, id=name, utterance=utterance))
        named.append(tuple(quotes))
    return tuple(named)
