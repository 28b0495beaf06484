"""The ids of quotes: they come from a quote's words and their place, and not from counting.

So `NAME/ARTICLE/q-3f2a` names the same quote after the rules have changed, as long as they find it
in the same bounds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import count

from msgspec.structs import replace

from briefing.model import Quote

CONTEXT = 32
"""How many characters on either side of a quote belong to its place."""
SHORTEST = 4
"""The hex digits of an id; one that is taken by an earlier quote of the article gets more."""


def name_quote(text: str, start: int, end: int, taken: set[str]) -> str:
    """Return the id of the quote at `text[start:end]`, which is not among `taken`, and take it."""
    place = (text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
    data = "\0".join(place).encode("utf-8", "surrogatepass")
    digits = hashlib.sha256(data).hexdigest()
    for number in count(SHORTEST):
        # Beyond its digits the same words in the same surroundings stand there again: count them.
        again = f"-{number - len(digits)}" if number > len(digits) else ""
        name = f"q-{digits[:number]}{again}"
        if name not in taken:
            break
    taken.add(name)
    return name


def name_quotes(
    texts: Sequence[str], rows: Sequence[Sequence[Quote]]
) -> tuple[tuple[Quote, ...], ...]:
    """Return the quotes of an article with their ids; `rows` are the quotes of each text.

    An utterance is named after the first quote of it: `u-3f2a`.
    """
    taken: set[str] = set()
    utterances: dict[str, str] = {}
    named = []
    for text, row in zip(texts, rows, strict=True):
        quotes = []
        for quote in row:
            name = name_quote(text, quote.start, quote.end, taken)
            utterance = quote.utterance
            if utterance is not None:
                utterance = utterances.setdefault(utterance, f"u{name[1:]}")
            quotes.append(replace(quote, id=name, utterance=utterance))
        named.append(tuple(quotes))
    return tuple(named)
