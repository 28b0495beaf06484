"""A hostile server for each test, in the same process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ingest.web.hostile import HostileServer


@pytest.fixture
def server() -> Iterator[HostileServer]:
    from tests.ingest.web.hostile import hostile_server

    with hostile_server() as running:
        yield running
