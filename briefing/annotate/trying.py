"""One sentence read under a codebook, as an article would be: which country takes which stance."""

from __future__ import annotations

import ahocorasick_rs
from msgspec.structs import replace

from briefing.annotate.pipeline import annotate
from briefing.annotate.positions.annotator import LONGEST_SENTENCE
from briefing.annotate.positions.codebook import find_words, spell_out
from briefing.annotate.positions.stances import load_lexicon
from briefing.codebooks import Codebook
from briefing.english.sentences import split_sentences
from briefing.model import Article, Chunk, Position, Record, Source

MOST_CUES = 40
"""Cues that are tried one by one at most; a sentence has a few."""


class TriedPosition(Record, frozen=True, kw_only=True):
    """A position, the words of the sentence that it rests on, and the cue that they are a form of.

    Both are None where no cue shows it alone.
    """

    position: Position
    words: str | None = None
    cue: str | None = None


def try_sentence(sentence: str, codebook: Codebook) -> tuple[TriedPosition, ...]:
    """Return the positions that a sentence shows under a codebook, by every rule of an article."""
    candidates = _cues_in(sentence, codebook)
    found = {one: TriedPosition(position=one) for one in _positions(sentence, codebook)}
    uncued = _positions(sentence, _only("", codebook)) if found else ()
    for cue, words in list(candidates.items())[:MOST_CUES] if found else ():
        for one in _positions(sentence, _only(cue, codebook)):
            if one in found and found[one].cue is None and one not in uncued:
                found[one] = TriedPosition(position=one, words=words, cue=cue)
    return tuple(found.values())


def why_none(sentence: str, codebook: Codebook) -> str:
    """Return why a sentence shows no position under a codebook, as far as that can be told."""
    parts = split_sentences(sentence)
    longest = max((end - start for start, end in parts), default=0)
    if longest > LONGEST_SENTENCE:
        return (
            f"it has {longest:,} characters in one sentence; beyond {LONGEST_SENTENCE:,} a text is "
            "taken for a list"
        )
    if not load_lexicon(codebook).spot(sentence):
        return "no cue of the codebook is in it"
    if all(sentence[:end].rstrip().endswith("?") for _, end in parts):
        return "it is a question"
    if not _annotated(sentence, codebook).mentions:
        return "it names no country"
    return "its cue is a condition or a wish, or its country does not act in it"


def _positions(sentence: str, codebook: Codebook) -> tuple[Position, ...]:
    return _annotated(sentence, codebook).positions


def _annotated(sentence: str, codebook: Codebook) -> Chunk:
    source = Source(file="", media_type="text/plain", sha256="", added="")
    chunk = Chunk(id="c1", role="body", text=sentence)
    article = annotate(Article(id="sentence", source=source, chunks=(chunk,)), codebook)
    return article.chunks[0]


def _only(cue: str, codebook: Codebook) -> Codebook:
    """Return the codebook with one cue left."""
    stances = (
        replace(stance, cues=tuple(one for one in stance.cues if one == cue))
        for stance in codebook.stances
    )
    return replace(codebook, stances=tuple(stances))


def _cues_in(sentence: str, codebook: Codebook) -> dict[str, str]:
    """Map each cue that has a form in the sentence to the words there, in their order."""
    cues = {
        form: cue for stance in codebook.stances for cue in stance.cues for form in spell_out(cue)
    }
    automaton = ahocorasick_rs.AhoCorasick(list(cues))
    low = sentence.lower()
    found: dict[str, str] = {}
    for start, end in find_words(automaton, low, overlapping=True):
        cue = cues[low[start:end]]
        if len(low[start:end]) > len(found.get(cue, "")):
            found[cue] = low[start:end]
    return found
