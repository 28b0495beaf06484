"""The engines that each search test runs over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from briefing.search.index import IndexPlace
from tests.postgres import empty_database

NewPlace = Callable[[], IndexPlace]


@pytest.fixture(scope="module", params=["whoosh", "postgres"])
def new_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NewPlace]:
    """Return a function that returns a place for an index of each engine, another every time."""
    if request.param == "whoosh":
        yield lambda: tmp_path_factory.mktemp("index")
        return
    server = request.getfixturevalue("any_postgres")
    with ExitStack() as stack:
        yield lambda: stack.enter_context(empty_database(server))


@pytest.fixture
def place(new_place: NewPlace) -> IndexPlace:
    """Return a place for an index that nothing else uses."""
    return new_place()
