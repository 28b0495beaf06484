"""What may be changed: the briefings of a person's own, not those that came as a sample."""

from __future__ import annotations

from pathlib import Path

from briefing.content import INFO_NAME, briefing_names, read_info
from briefing.errors import ContentError, NotFoundError, WriteError


def require_own(content: Path, name: str | None) -> None:
    """Raise WriteError where the briefing `name`, there or new, is not the person's to change.

    A briefing says itself that it is a sample; a library that has no others is the sample library,
    in which no new one is begun either. None stands for new briefings alone.
    """
    if name is not None and (content / name / INFO_NAME).is_file():
        told = _is_sample(content / name)
    else:
        names = briefing_names(content)
        # The first one that is none settles it, so that a large library is not read.
        told = bool(names) and all(_is_sample(content / each) for each in names)
    if told:
        raise WriteError(
            "the sample library is read-only: name a library of your own with --library",
            f"Or copy it, and take `sample: true` out of each {INFO_NAME}.",
        )


def _is_sample(folder: Path) -> bool:
    """Whether a briefing says that it is a sample; one that cannot be read does not."""
    try:
        return read_info(folder / INFO_NAME).sample
    except (ContentError, NotFoundError):
        return False
