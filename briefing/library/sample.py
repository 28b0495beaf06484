"""Which briefings may be changed: the user's own, not the samples that ship."""

from __future__ import annotations

from pathlib import Path

from briefing.content.info import INFO_NAME, read_info
from briefing.content.listing import briefing_names
from briefing.errors import ContentError, NotFoundError, WriteError


def require_own(content: Path, name: str | None) -> None:
    """Raise WriteError where the briefing `name`, existing or new, must not be changed.

    A sample is marked so in its briefing.yaml; a library with only samples is the sample library,
    where no briefing may be created either. None means any new briefing.
    """
    if name is not None and (content / name / INFO_NAME).is_file():
        protected = _is_sample(content / name)
    else:
        protected = has_only_samples(content)
    if protected:
        raise WriteError(
            "the sample library is read-only: name a library of your own with --library",
            "`briefing copy FOLDER` makes one of it.",
        )


def has_only_samples(content: Path) -> bool:
    """Whether there are briefings, and each is a sample; stops at the first that is not."""
    names = briefing_names(content)
    return bool(names) and all(_is_sample(content / each) for each in names)


def _is_sample(folder: Path) -> bool:
    try:
        return read_info(folder / INFO_NAME).sample
    except (ContentError, NotFoundError):
        return False
