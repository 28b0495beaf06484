"""A hostile server for each test, in the same process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("httpx", reason="the extra `fetch` is not installed")
pytest.importorskip("protego", reason="the extra `fetch` is not installed")

from tests.ingest.web.hostile import HostileServer, hostile_server


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server() as running:
        yield running
