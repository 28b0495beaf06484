"""What a reported statement is: its words, the frame that tells them, and the rule."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.english.frame import Frame


@dataclass(frozen=True, slots=True)
class Reported:
    """The spans of one reported statement, as tokens with the end exclusive, and its frame.

    Without `has_speaker` the text names nobody, and the subject of the frame is its cue alone.
    """

    spans: tuple[tuple[int, int], ...]
    frame: Frame
    rule: str
    has_speaker: bool = True
