"""What the tests of the analyst's commands share: a briefing of one article, and its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import Run

ARTICLE = "ports/harbour-board-closes-old-ferry-terminal"
LIN = f"{ARTICLE}/q-fa32"
"""The quote of Ana Lin's."""


@pytest.fixture
def desk(briefing: Run, story: Path) -> Run:
    """Return the command, with the story added to the briefing `ports`."""
    done = briefing("add", story, "--to", "ports")
    assert done.returncode == 0, done.stderr
    return briefing


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the folder of the briefings."""
    return tmp_path / "library" / "content"


def bytes_of(folder: Path) -> Mapping[str, bytes]:
    """Return the bytes of the files below a folder by their paths."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
