"""Fetches documents: along redirects, as robots.txt allows, and never longer than is set.

Hosts are asked side by side, each once at a time with a pause after every request.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from queue import Full, Queue
from typing import Final

from protego import Protego

from briefing.errors import StoppedError
from briefing.ingest.formats import MAX_BYTES
from briefing.ingest.web import addresses
from briefing.ingest.web.addresses import FetchError, host_of, read_web_address
from briefing.ingest.web.connections import USER_AGENT, Deadline, HttpResponse, Network, ask

_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_ASKS_TO_WAIT: Final = frozenset({429, 503})
_TRIES: Final = 3
_MAX_ROBOTS: Final = 500 * 1024
"""What RFC 9309 has a robot read at least."""
_REASONS: Final = {
    401: "it needs a login",
    402: "it needs a subscription",
    403: "the host refuses it",
    404: "there is no such page",
    410: "the page is gone",
    451: "it is withheld for legal reasons",
}
LONGEST_PAUSE = 60.0
"""The longest pause that a site's robots.txt is granted, in seconds."""
LANES: Final = 6
_LOOK_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may take: seconds, unpacked bytes, redirects, pause between requests."""

    seconds: float = 60.0
    size: int = MAX_BYTES
    redirects: int = 5
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Request:
    """An address to fetch, unless it is still what these two say (from an earlier answer)."""

    address: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document, where it was found and what was said of it; no bytes if `is_unchanged`."""

    request: Request
    address: str
    data: bytes
    media_type: str | None = None
    encoding: str | None = None
    etag: str | None = None
    modified: str | None = None
    is_unchanged: bool = False


class Fetcher:
    """Fetches the documents of one run; several threads may ask it."""

    def __init__(
        self,
        network: Network | None = None,
        limits: Limits | None = None,
        cancelled: threading.Event | None = None,
    ) -> None:
        self.network = network or Network()
        self.limits = limits or Limits()
        self.cancelled = cancelled or threading.Event()
        self._hosts: dict[str, AskedHost] = {}

    def _host(self, address: str) -> AskedHost:
        host = host_of(address)
        pause = 0.0 if addresses.is_this_machine(host) else self.limits.pause
        return self._hosts.setdefault(host, AskedHost(pause))

    def fetch(self, request: Request) -> Fetched:
        """Return the document at an address; raises FetchError, and StoppedError if cancelled."""
        known = {"If-None-Match": request.etag, "If-Modified-Since": request.modified}
        headers = {name: value for name, value in known.items() if value}
        deadline = Deadline(self.limits.seconds, self.cancelled)
        first = read_web_address(request.address)
        try:
            return self._fetch(request, first, headers, deadline)
        except FetchError as error:
            # What is wrong at another place is told of the address that was asked for.
            here = error.message.startswith(first)
            message = error.message if here else f"{first} leads to {error.message}"
            raise FetchError(message, error.hint, is_final=error.is_final) from None

    def _fetch(
        self, request: Request, first: str, headers: Mapping[str, str], deadline: Deadline
    ) -> Fetched:
        address, answer = self._follow(first, headers, deadline)
        etag, modified = answer.header("ETag"), answer.header("Last-Modified")
        if answer.status == 304 and headers:
            return Fetched(request, address, b"", etag=etag, modified=modified, is_unchanged=True)
        if answer.status != 200:
            raise _refused(address, answer)
        if not answer.is_whole:
            size = self.limits.size / 1_048_576
            raise FetchError(f"{address}: it is larger than {size:.2g} MB", is_final=True)
        media_type, encoding = _read_content_type(answer.header("Content-Type"))
        return Fetched(request, address, answer.data, media_type, encoding, etag, modified)

    def _follow(
        self, address: str, headers: Mapping[str, str], deadline: Deadline
    ) -> tuple[str, HttpResponse]:
        """Ask for a document where it is now; each place that leads on may refuse robots."""
        first, seen = address, {address}
        while True:
            self._require_robots(address, deadline)
            answer = self._ask(address, headers, deadline, self.limits.size)
            target = _target(address, answer)
            if target is None:
                return address, answer
            if target in seen:
                raise FetchError(f"{first}: the address leads in a circle", is_final=True)
            if len(seen) > (most := self.limits.redirects):
                raise FetchError(f"{first}: it leads on more than {most} times", is_final=True)
            seen.add(target)
            address = target

    def _ask(
        self, address: str, headers: Mapping[str, str], deadline: Deadline, limit: int
    ) -> HttpResponse:
        """Ask once it is the host's turn, and again where it says after how many seconds."""
        host = self._host(address)
        with host.turn(address, deadline):
            for _ in range(_TRIES):
                answer = ask(address, self.network, deadline, headers=headers, limit=limit)
                seconds = _retry_after(answer) if answer.status in _ASKS_TO_WAIT else None
                if seconds is None:
                    break
                if seconds >= deadline.left():
                    host.close(seconds)
                    raise asks_to_wait(address, seconds)
                deadline.sleep(max(seconds, self.limits.pause))
        return answer

    def _require_robots(self, address: str, deadline: Deadline) -> None:
        """Raise FetchError where the robots.txt of its place does not allow an address."""
        host, place = self._host(address), addresses.origin_of(address)
        with host.rules_lock:
            if place not in host.rules:
                try:
                    host.rules[place] = self._read_robots(place, deadline)
                except FetchError as error:
                    reason = error.message.removeprefix(f"{place}/robots.txt: ")
                    if error.is_final:
                        message = f"{address}: {reason}"
                        raise FetchError(message, error.hint, is_final=True) from None
                    host.rules[place] = reason
        rules = host.rules[place]
        if isinstance(rules, str):
            message = f"{address}: the site's robots.txt cannot be read ({rules})"
            raise FetchError(message, "Try again later.")
        host.pause = min(max(host.pause, rules.crawl_delay(USER_AGENT) or 0.0), LONGEST_PAUSE)
        if not rules.can_fetch(address, USER_AGENT):
            message = f"{address}: the site's robots.txt does not let programs fetch this page"
            hint = "Save the page in your browser and add the file."
            raise FetchError(message, hint, is_final=True)

    def _read_robots(self, place: str, deadline: Deadline) -> Protego | str:
        """Return a robots.txt's rules (RFC 9309), all allowed without one, or why it is unread."""
        address = f"{place}/robots.txt"
        for _ in range(self.limits.redirects + 1):
            answer = self._ask(address, {}, deadline, _MAX_ROBOTS)
            target = _target(address, answer)
            if target is None:
                break
            address = target
        if answer.status == 429 or answer.status >= 500:
            return f"status {answer.status}"
        # Of one that is too long the beginning counts, without the line that is cut.
        data = answer.data if answer.is_whole else answer.data.rpartition(b"\n")[0]
        return Protego.parse(data.decode("utf-8", "replace"))


def _target(address: str, answer: HttpResponse) -> str | None:
    """Return where an answer leads on to, None for one that does not."""
    if answer.status not in _MOVED:
        return None
    location = answer.header("Location")
    if location is None:
        raise FetchError(f"{address}: it has moved, and does not say where")
    try:
        return read_web_address(location, base=address)
    except FetchError as error:
        raise FetchError(f"{address} leads to {error.message}", is_final=True) from None


def _refused(address: str, answer: HttpResponse) -> FetchError:
    status = answer.status
    hint: str | None = "Try again later."
    if status in _REASONS:
        closed = status in {401, 402, 403}
        hint = "Open it in your browser, save the page and add the file." if closed else None
    blame = "the host has an error" if status >= 500 else "the host did not give it"
    blame = "the host is too busy" if status in _ASKS_TO_WAIT else _REASONS.get(status, blame)
    return FetchError(f"{address}: {blame} (status {status})", hint, is_final=status in _REASONS)


def _retry_after(answer: HttpResponse) -> float | None:
    """Return after how many seconds to ask again, None where a host does not say that."""
    value = answer.header("Retry-After")
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    with suppress(ValueError):
        moment = parsedate_to_datetime(value)
        moment = moment.replace(tzinfo=moment.tzinfo or dt.UTC)
        return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
    return None


def _read_content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return media type and encoding of a document, both in lower case, as far as they are said."""
    kind, _, parameters = (value or "").lower().partition(";")
    _, is_there, encoding = parameters.partition("charset=")
    encoding = encoding.split(";")[0].strip(" \t\"'") if is_there else ""
    return kind.strip() or None, encoding or None


class AskedHost:
    """What is known of one host in a run: its pause, its rules, until when it asks to wait.

    `rules` are those of the robots.txt of each scheme and port, or why that cannot be read; who
    reads one holds `rules_lock`. `pause` is ours, or what the host asks for where that is longer.
    """

    def __init__(self, pause: float) -> None:
        self.rules: dict[str, Protego | str] = {}
        self.rules_lock = threading.Lock()
        self.pause = pause
        self._lock = threading.Lock()
        self._free_at = 0.0
        self._closed_until = 0.0

    def close(self, seconds: float) -> None:
        """Ask nothing more of the host for so long."""
        self._closed_until = time.monotonic() + seconds

    @contextmanager
    def turn(self, address: str, deadline: Deadline) -> Iterator[None]:
        """Wait for one's turn; raises FetchError where the host asked to wait for longer."""
        since = time.monotonic()
        with self._lock:
            closed = self._closed_until - time.monotonic()
            if closed > 0:
                raise asks_to_wait(address, closed)
            deadline.wait_until(self._free_at, since)
            try:
                yield
            finally:
                self._free_at = time.monotonic() + self.pause


def asks_to_wait(address: str, seconds: float) -> FetchError:
    """Return the error for a host that asked to be left alone for a while."""
    minutes = -(-seconds // 60)
    long = f"{minutes:.0f} minutes" if minutes > 1 else f"{max(1, seconds):.0f} seconds"
    hint = "Run the command again after that."
    return FetchError(f"{address}: the host asks to wait for {long}", hint)


def fetch_all(
    fetcher: Fetcher, requests: Sequence[Request]
) -> Iterator[tuple[Request, Fetched | Exception]]:
    """Yield requests, each with its document or error, as they come, until cancelled."""
    lanes: dict[str, list[Request]] = {}
    # Bounded, so that no more is held than whoever asks can take.
    come: Queue[tuple[Request, Fetched | Exception]] = Queue(LANES)
    left = threading.Event()
    for request in requests:
        host = ""
        with suppress(FetchError):
            host = host_of(read_web_address(request.address))
        lanes.setdefault(host, []).append(request)

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
