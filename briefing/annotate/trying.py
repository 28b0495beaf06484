"""One sentence read under a codebook, as an article would be: which country takes which stance."""

from __future__ import annotations

import ahocorasick_rs
from msgspec.structs import replace

from briefing.annotate.pipeline import annotate
from briefing.annotate.positions.codebook import find_words, spell_out
from briefing.codebooks import Codebook
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
    for cue, words in list(candidates.items())[:MOST_CUES] if found else ():
        for one in _positions(sentence, _only(cue, codebook)):
            if one in found and found[one].cue is None:
                found[one] = TriedPosition(position=one, words=words, cue=cue)
    return tuple(found.values())


def _positions(sentence: str, codebook: Codebook) -> tuple[Position, ...]:
    source = Source(file="", media_type="text/plain", sha256="", added="")
    chunk = Chunk(id="c1", role="body", text=sentence)
    article = annotate(Article(id="sentence", source=source, chunks=(chunk,)), codebook)
    return article.chunks[0].positions


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
