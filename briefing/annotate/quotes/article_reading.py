"""An article as the rules of attribution read it: noun phrases, frames and people."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from briefing.annotate.quotes.abbreviations import find_outlets_in, introduced
from briefing.annotate.quotes.asides import Aside, Story, TokenPlace, find_story
from briefing.annotate.quotes.people import Person, Roster
from briefing.english.frame_reader import find_frames
from briefing.english.frames import Frame
from briefing.english.marks import Marked, find_marked
from briefing.english.phrases import Phrase, Phrases
from briefing.english.tokens import Streams
from briefing.english.word_classes import QUOTE
from briefing.model import Mention
from briefing.world.outlets import OutletName

LAST_FRAMES: Final = 40
LAST_QUOTES: Final = 8
LAST_OUTLETS: Final = 8
"""How far rules look back in a paragraph, in frames, in quotes and in outlets."""


class Reading(Struct, frozen=True):
    """The paragraphs of an article with their marked stretches, noun phrases and frames.

    `repeats` maps a pulled line to the stretch of the story whose words it repeats, `abbreviated`
    short names to what the article says that they stand for.
    """

    texts: tuple[str, ...]
    marked: tuple[tuple[Marked, ...], ...]
    phrases: tuple[Phrases, ...]
    frames: tuple[tuple[Frame, ...], ...]
    by_sentence: tuple[dict[int, list[Frame]], ...]
    quote_tokens: tuple[tuple[int, ...], ...]
    roster: Roster
    story: Story
    repeats: dict[int, TokenPlace]
    outlets: tuple[tuple[OutletName, ...], ...]
    abbreviated: Mapping[str, str]
    mentions: tuple[Sequence[Mention], ...]
    streams: Streams

    def frames_around(self, paragraph: int, token: int) -> Sequence[Frame]:
        """Return the frames of the sentence that a token lies in, in order."""
        sentence = self.phrases[paragraph].stream.sentences[token]
        return self.by_sentence[paragraph].get(sentence, ())

    def last_frames(self, paragraph: int) -> Sequence[Frame]:
        """Return the last frames of a paragraph, the last one first; their number is bounded."""
        return self.frames[paragraph][: -LAST_FRAMES - 1 : -1]

    def quotes_before(self, paragraph: int, token: int) -> Sequence[int]:
        """Return the quote tokens before a token, the nearest first; their number is bounded."""
        tokens = self.quote_tokens[paragraph]
        end = bisect_left(tokens, token)
        return tokens[max(0, end - LAST_QUOTES) : end][::-1]

    def outlets_before(self, paragraph: int, end: int) -> Sequence[OutletName]:
        """Return the last outlets that a paragraph names before an offset; bounded in number."""
        outlets = self.outlets[paragraph]
        last = bisect_left(outlets, end, key=lambda one: one.start)
        return outlets[max(0, last - LAST_OUTLETS) : last]

    def find_person(self, paragraph: int, phrase: Phrase) -> Person | None:
        """Return the person that the name in a phrase points to, or None."""
        words = self.phrases[paragraph].stream.words[phrase.name_first : phrase.name_last + 1]
        return self.roster.find(tuple(filter(None, words)), paragraph, phrase.name_first)


def read_paragraphs(
    paragraphs: Sequence[str],
    asides: Mapping[int, Aside],
    mentions: Sequence[Sequence[Mention]] = (),
    streams: Streams | None = None,
) -> Reading:
    """Read an article's paragraphs once for all rules.

    `asides` are its captions and headings, `mentions` the countries that each paragraph names;
    `streams` keeps the tokens.
    """
    marked = find_marked(paragraphs)
    streams = streams or Streams()
    phrases = tuple(
        Phrases(streams.read(text, stretches))
        for text, stretches in zip(paragraphs, marked, strict=True)
    )
    frames = tuple(find_frames(one) for one in phrases)
    by_sentence = tuple(
        _group(row, one.stream.sentences) for row, one in zip(frames, phrases, strict=True)
    )
    story, repeats = find_story(phrases, marked, asides)
    roster = Roster(phrases, frames, story.captions)
    quote_tokens = tuple(
        tuple(token for token, flag in enumerate(one.flags) if flag & QUOTE) for one in phrases
    )
    return Reading(
        tuple(paragraphs),
        marked,
        phrases,
        frames,
        by_sentence,
        quote_tokens,
        roster,
        story,
        repeats,
        find_outlets_in(paragraphs),
        introduced(paragraphs),
        tuple(mentions) or tuple(() for _ in paragraphs),
        streams,
    )


def _group(frames: Sequence[Frame], sentences: Sequence[int]) -> dict[int, list[Frame]]:
    """Return the frames of a paragraph by the sentence their verb lies in."""
    grouped: dict[int, list[Frame]] = {}
    for frame in frames:
        grouped.setdefault(sentences[frame.at], []).append(frame)
    return grouped
