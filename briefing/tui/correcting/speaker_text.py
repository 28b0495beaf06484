"""A speaker as the analyst types one: `Name · role · CC`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefing.model import Speaker
from briefing.visible import one_line

SEPARATOR = "·"


class TypedSpeaker(NamedTuple):
    """The parts of what was typed, empty where they are left out."""

    name: str = ""
    role: str = ""
    country: str = ""


def speaker_text(speaker: Speaker | None) -> str:
    """Return a speaker as it may be typed, empty for none; a role that the name has is left out."""
    if speaker is None:
        return ""
    name = one_line(speaker.name or speaker.mention or "")
    role = one_line(speaker.role or "")
    role = "" if role and role.casefold() in name.casefold() else role
    parts = [name, role, one_line(speaker.country or "")]
    while parts and not parts[-1]:
        parts.pop()
    return f" {SEPARATOR} ".join(parts).replace("  ", " ").strip()


def split_speaker(text: str) -> TypedSpeaker:
    """Return the parts of what was typed; what stands behind a third dot belongs to the country."""
    parts = [" ".join(part.split()) for part in text.split(SEPARATOR, 2)]
    return TypedSpeaker(*parts)


def by_text(speakers: Iterable[Speaker]) -> dict[str, Speaker]:
    """Return speakers by what is typed for them, the first of those that look alike."""
    known: dict[str, Speaker] = {}
    for speaker in speakers:
        text = speaker_text(speaker)
        if text:
            known.setdefault(text, speaker)
    return known
