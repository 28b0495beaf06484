"""What the tests of the analyst's commands share: a briefing of one article, and its bytes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.library import Library
from tests.conftest import ROOT, STORY, Run

SAMPLE = ROOT / "content"

ARTICLE = "ports/harbour-board-closes-old-ferry-terminal"
LIN = f"{ARTICLE}/q-fa32"
"""The quote of Ana Lin's."""


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with one article in the briefing `ports`, to be copied."""
    folder = tmp_path_factory.mktemp("shelf")
    story = folder / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    library = folder / "library"
    Library.open(library, create=True).add([story], to="ports")
    return library


@pytest.fixture
def desk(briefing: Run, shelf: Path, tmp_path: Path) -> Run:
    """Return the command, on a library with one article in the briefing `ports`."""
    shutil.copytree(shelf, tmp_path / "library")
    return briefing


@pytest.fixture(scope="session")
def sample_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with the sample briefing, to be copied."""
    library = tmp_path_factory.mktemp("sample") / "library"
    shutil.copytree(SAMPLE, library / "content")
    Library.open(library).refresh()
    return library


@pytest.fixture
def sample(briefing: Run, sample_shelf: Path, tmp_path: Path) -> Run:
    """Return the command, on a library with the sample briefing."""
    shutil.copytree(sample_shelf, tmp_path / "library")
    return briefing


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the folder of the briefings."""
    return tmp_path / "library" / "content"


def bytes_of(folder: Path) -> Mapping[str, bytes]:
    """Return the bytes of the files below a folder by their paths."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
