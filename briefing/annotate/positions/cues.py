"""A sentence with its operators, and the cues that stand in it in a form that can be one.

What a cue shows is decided elsewhere; this tells nouns from verbs and actives from passives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.annotate.positions.clauses import ADVERBS, BE_FORMS, MentionToken, match_words
from briefing.annotate.positions.old_lexicon import Cue, Lexicon
from briefing.english.lexicon import read_words
from briefing.model import Mention

BEFORE_GERUND: Final = read_words("annotate/positions", "grammar", "before_gerund")
BEFORE_OF: Final = read_words("annotate/positions", "grammar", "before_of")
MODALS: Final = read_words("annotate/positions", "grammar", "modal")
OPENING_MARKS: Final = frozenset("[(\"'“‘«")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the rules look at: tokens, operators as (first, end, kind), cues and the lexicon."""

    tokens: Sequence[MentionToken]
    mentions: Sequence[Mention]
    operators: Sequence[tuple[int, int, str]]
    lexicon: Lexicon

    def word(self, number: int) -> str:
        """Return the word at a place, empty outside the sentence."""
        return self.tokens[number].word if 0 <= number < len(self.tokens) else ""

    def kinds(self, first: int, end: int, kind: str) -> list[tuple[int, int]]:
        """List the operators of one kind that lie between two tokens, each word counted once."""
        found: list[tuple[int, int]] = []
        for start, stop, name in self.operators:
            inside = name == kind and first <= start and stop <= end
            if inside and not (found and start < found[-1][1]):
                found.append((start, stop))
        return found

    def has(self, name: str, first: int, end: int) -> bool:
        """Whether a word of a set of the lexicon stands between two tokens."""
        words = self.lexicon.sets[name]
        return any(token.word in words for token in self.tokens[max(first, 0) : end])


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue in its place: numbers of its first token and of the one after its last."""

    cue: Cue
    first: int
    end: int


def find_cues(sentence: Sentence, first: int, end: int) -> list[FoundCue]:
    """Find the cues of a clause, the longest at each place, not overlapping."""
    found: list[FoundCue] = []
    edge = first
    for number in range(first, end):
        if number < edge or sentence.tokens[number].mention >= 0:
            continue
        for cue in sentence.lexicon.cues.get(sentence.tokens[number].word, ()):
            stop = match_words(sentence.tokens, number, cue.words, gap=cue.gap)
            if stop and stop <= end and _is_used_as(sentence, cue, number):
                found.append(FoundCue(cue, number, stop))
                edge = number + 1 if cue.gap else stop
                break
    return found


def _is_used_as(sentence: Sentence, cue: Cue, number: int) -> bool:
    """Whether the word stands where a word of that shape can stand."""
    before = _last_real_word(sentence, number)
    if cue.shape in {"phrase", "noun"}:
        return True
    if cue.shape == "base":
        return before in MODALS or sentence.word(number - 1) in MODALS
    if cue.shape == "ing":
        if before == "of":
            return sentence.word(number - 2) in BEFORE_OF
        return before in BEFORE_GERUND or sentence.word(number - 1) in BEFORE_GERUND
    if cue.shape in {"past", "participle"}:
        return before not in {"the", "a", "an", "its", "their", "any", "of", "some"}
    owner = sentence.tokens[number - 1] if number else None
    return owner is not None and (owner.mention >= 0 or owner.word in ADVERBS | {"it", "which"})


def _last_real_word(sentence: Sentence, number: int) -> str:
    """Return the word before a place, skipping adverbs."""
    place = number - 1
    while place >= 0 and _is_skipped(sentence.word(place)):
        place -= 1
    return sentence.word(place)


def _is_skipped(word: str) -> bool:
    return word.endswith("ly") or word in ADVERBS - {"not", "never"} or word in OPENING_MARKS


def is_passive(sentence: Sentence, found: FoundCue) -> bool:
    """Whether a participle follows a form of to be: was banned, is effectively barred."""
    if found.cue.shape not in {"past", "participle"}:
        return False
    before = _last_real_word(sentence, found.first)
    if before in {"not", "never"}:
        before = _last_real_word(sentence, found.first - 1)
    return before in BE_FORMS
