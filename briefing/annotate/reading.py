"""An article as the rules of attribution read it: streams, frames and people, made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.annotate.frames import Frame, find_frames
from briefing.annotate.marks import Marked, find_marked
from briefing.annotate.people import Roster
from briefing.annotate.phrases import Phrases
from briefing.annotate.tokens import read_stream
from briefing.annotate.verbs import cue_flags


@dataclass(frozen=True, slots=True)
class Reading:
    """The paragraphs of an article with their marked stretches, noun phrases and frames."""

    texts: tuple[str, ...]
    marked: tuple[tuple[Marked, ...], ...]
    phrases: tuple[Phrases, ...]
    frames: tuple[tuple[Frame, ...], ...]
    roster: Roster


def read_paragraphs(paragraphs: Sequence[str]) -> Reading:
    """Read an article's paragraphs once for all rules."""
    marked = find_marked(paragraphs)
    cues = cue_flags()
    phrases = tuple(
        Phrases(read_stream(text, stretches, cues))
        for text, stretches in zip(paragraphs, marked, strict=True)
    )
    frames = tuple(find_frames(one) for one in phrases)
    return Reading(tuple(paragraphs), marked, phrases, frames, Roster(phrases, frames))
