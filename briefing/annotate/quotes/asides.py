"""Which paragraphs the story runs through, and which stand beside it.

Captions, headings and pulled lines, which stand in marks and alone, supply no speaker to the
paragraph below, and take none from the one above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from briefing.english.lexicon import compile_words
from briefing.english.marks import Marked
from briefing.english.phrases import Phrases
from briefing.english.word_classes import QUOTE, WORD

Aside = Literal["caption", "heading"]
ASIDES: Final[tuple[Aside, ...]] = ("caption", "heading")

KEY: Final = 3
"""How many words a pulled line shares with the story at the least, but if it is shorter."""
PROSE: Final = 6
"""How many words a pulled line shares with the story's own prose at the least."""
COMPARED: Final = 60
"""How many words of a pulled line are compared with prose."""
NO_TOKEN: Final = -1
"""Stands for the words of a paragraph outside marks."""
MAX_PLACES: Final = 8
"""How many places of the same few words are compared."""
_CAPTION: Final = compile_words(
    r"(?:{})\b[^.:]{{0,30}}:\s", "caption", room="annotate/quotes", name="naming"
)
_WORDS: Final = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


class TokenPlace(Struct, frozen=True):
    """A quote token: the paragraph, and the number of the token in it."""

    paragraph: int
    token: int


class Story(Struct, frozen=True):
    """The order of the paragraphs of a story, those beside it left out.

    `before` and `behind` give for each paragraph its neighbour in the story, -1 where it has none
    or stands beside the story itself.
    """

    before: tuple[int, ...]
    behind: tuple[int, ...]
    captions: frozenset[int]

    def back(self, paragraph: int, most: int) -> Iterator[int]:
        """Yield a paragraph and those before it in the story, at most so many, nearest first."""
        for _ in range(most):
            if paragraph < 0:
                return
            yield paragraph
            paragraph = self.before[paragraph]


def find_story(
    phrases: Sequence[Phrases], marked: Sequence[Sequence[Marked]], asides: Mapping[int, Aside]
) -> tuple[Story, dict[int, TokenPlace]]:
    """Find the story of an article, and for each pulled line that repeats it the words it repeats.

    `asides` are the paragraphs known to be captions or headings. A heading that ends with a colon
    announces what is below, so it belongs to the story.
    """
    captions = {number for number, kind in asides.items() if kind == "caption"}
    captions |= {n for n, one in enumerate(phrases) if _CAPTION.match(one.stream.text)}
    headings = {
        number
        for number, kind in asides.items()
        if kind == "heading" and phrases[number].stream.words[-1:] != (":",)
    }
    lines = {number for number, one in enumerate(phrases) if _is_line(one)}
    # What belongs to the story ends with a mark.
    cut = {at for at in lines if phrases[at].size == 1 and not phrases[at].stream.final(0)}
    pulled = (lines & headings) | cut
    repeats = _find_repeats(phrases, marked, lines | _credited(phrases, captions), pulled)
    beside = captions | headings | pulled | repeats.keys()
    size = len(phrases)
    before = _neighbours(range(size), beside)
    behind = _neighbours(range(size - 1, -1, -1), beside)[::-1]
    return Story(tuple(before), tuple(behind), frozenset(captions)), repeats


def _neighbours(order: Sequence[int], beside: set[int]) -> list[int]:
    """Return for each paragraph the last one of the story that comes before it in an order."""
    last = -1
    found = []
    for number in order:
        found.append(-1 if number in beside else last)
        if number not in beside:
            last = number
    return found


def _is_line(phrases: Phrases) -> bool:
    """Whether a paragraph is one marked stretch and nothing else."""
    return (
        0 < phrases.size <= KEY
        and bool(phrases.flags[0] & QUOTE)
        and not any(flag & (QUOTE | WORD) for flag in phrases.flags[1:])
    )


def _find_repeats(
    phrases: Sequence[Phrases],
    marked: Sequence[Sequence[Marked]],
    lines: set[int],
    pulled: set[int],
) -> dict[int, TokenPlace]:
    """Find for each marked line the stretch of the story whose words it repeats."""
    texts = {number: _words_of(phrases[number], marked[number], 0) for number in lines}
    keys = {words[:KEY] for words in texts.values() if words}
    if not keys:
        return {}
    places: dict[Words, list[tuple[TokenPlace, Words, int]]] = {}
    for number, one in enumerate(phrases):
        if number in pulled:
            continue
        for token in one.stream.marked:
            words = texts.get(number) or _words_of(one, marked[number], token)
            for at in range(len(words)):
                key = words[at : at + KEY]
                if key in keys and len(places.setdefault(key, [])) < MAX_PLACES:
                    places[key].append((TokenPlace(number, token), words, at))
    found = _find_in_prose(phrases, texts)
    for number, words in texts.items():
        for place, there, at in places.get(words[:KEY], ()):
            is_earlier = place.paragraph not in lines or (
                number in pulled or place.paragraph < number
            )
            if place.paragraph != number and is_earlier and there[at : at + len(words)] == words:
                found[number] = place
                break
    return found


def _find_in_prose(phrases: Sequence[Phrases], texts: Mapping[int, Words]) -> dict[int, TokenPlace]:
    """Find the marked lines that repeat the story's own prose, which nobody says: no token."""
    keys: dict[Words, list[int]] = {}
    for number, words in texts.items():
        if len(words) >= PROSE:
            keys.setdefault(words[:PROSE], []).append(number)
    found: dict[int, TokenPlace] = {}
    for number, one in enumerate(phrases if keys else ()):
        if number in texts:
            continue
        there = _split(one.stream.text)
        for at in range(len(there) - PROSE + 1):
            for line in keys.get(there[at : at + PROSE], ())[:MAX_PLACES]:
                pulled = texts[line][:COMPARED]
                if line not in found and there[at : at + len(pulled)] == pulled:
                    found[line] = TokenPlace(number, NO_TOKEN)
    return found


def _credited(phrases: Sequence[Phrases], captions: set[int]) -> set[int]:
    """Return the captions that open with their only marked stretch: `‘…’ Photograph: Ana Lin`."""
    return {
        number
        for number in captions
        if phrases[number].size
        and phrases[number].flags[0] & QUOTE
        and not any(flag & QUOTE for flag in phrases[number].flags[1:])
    }


def _words_of(phrases: Phrases, marked: Sequence[Marked], token: int) -> Words:
    one = marked[phrases.stream.marked[token]]
    return _split(phrases.stream.text[one.start : one.end])


def _split(text: str) -> Words:
    return tuple(_WORDS.findall(text.lower().replace("’", "").replace("'", "")))
