"""Fetches many documents: hosts side by side, the documents of one host after one another."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Full, Queue
from typing import Final

from briefing.errors import StoppedError
from briefing.ingest.web.addresses import FetchError, host_of, read_web_address
from briefing.ingest.web.fetching import Fetched, Fetcher, Request

LANES: Final = 6
_LOOK_SECONDS: Final = 0.25


def fetch_all(
    fetcher: Fetcher, requests: Sequence[Request]
) -> Iterator[tuple[Request, Fetched | Exception]]:
    """Yield each request and its document, or what kept it away, as they come.

    Whoever stops asking stops the fetching; so does a cancelled `fetcher`, which ends the yielding.
    """
    lanes: dict[str, list[Request]] = {}
    # Bounded, so that no more is held than whoever asks can take.
    come: Queue[tuple[Request, Fetched | Exception]] = Queue(LANES)
    left = threading.Event()
    for request in requests:
        lanes.setdefault(_lane(request), []).append(request)

    def run(lane: Sequence[Request]) -> None:
        for request in lane:
            outcome: Fetched | Exception
            try:
                outcome = fetcher.fetch(request)
            except Exception as error:  # noqa: BLE001 (one document must not stop the others)
                outcome = error
            while not left.is_set():
                with suppress(Full):
                    come.put((request, outcome), timeout=_LOOK_SECONDS)
                    break

    with ThreadPoolExecutor(min(LANES, len(lanes)) or 1, "fetching") as pool:
        try:
            for lane in lanes.values():
                pool.submit(run, lane)
            for _ in requests:
                request, outcome = come.get()
                if isinstance(outcome, StoppedError):
                    return
                yield request, outcome
        except BaseException:
            fetcher.cancelled.set()
            raise
        finally:
            left.set()
            pool.shutdown(cancel_futures=fetcher.cancelled.is_set())


def _lane(request: Request) -> str:
    try:
        return host_of(read_web_address(request.address))
    except FetchError:
        return ""
