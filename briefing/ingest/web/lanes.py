"""Fetches many documents: hosts side by side, the documents of one host after one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Final

from briefing.errors import StoppedError
from briefing.ingest.web.addresses import FetchError, host_of, read_web_address
from briefing.ingest.web.fetching import Fetched, Fetcher, Request

LANES: Final = 6


def fetch_all(
    fetcher: Fetcher, requests: Sequence[Request]
) -> Iterator[tuple[Request, Fetched | Exception]]:
    """Yield each request and its document, or what kept it away, as they come.

    Whoever stops asking stops the fetching; so does a cancelled `fetcher`, which ends the yielding.
    """
    lanes: dict[str, list[Request]] = {}
    come: SimpleQueue[tuple[Request, Fetched | Exception]] = SimpleQueue()
    for request in requests:
        lanes.setdefault(_lane(request), []).append(request)

    def run(lane: Sequence[Request]) -> None:
        for request in lane:
            try:
                come.put((request, fetcher.fetch(request)))
            except Exception as error:  # noqa: BLE001 (one document must not stop the others)
                come.put((request, error))

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
            pool.shutdown(cancel_futures=fetcher.cancelled.is_set())


def _lane(request: Request) -> str:
    try:
        return host_of(read_web_address(request.address))
    except FetchError:
        return ""
