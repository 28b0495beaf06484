"""One request over a connection that lasts no longer than a document may, to an address looked at.

A name is resolved once and the connection is made to what it gave, so that a second answer of the
name server cannot lead elsewhere. The name stays in `Host` and in TLS, which verifies it.
"""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import httpcore
import httpx

from briefing import __version__
from briefing.errors import StoppedError
from briefing.ingest.web.addresses import FetchError, is_public

_CONNECT_SECONDS: Final = 10.0
_LOOK_SECONDS: Final = 0.25
"""How often a read that waits looks whether it is still wanted."""
USER_AGENT: Final = f"briefing/{__version__}"
_HEADERS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


def resolve_name(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host; raises OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def connect_to(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """Return a connection to an IP address; raises what httpcore raises."""
    return httpcore.SyncBackend().connect_tcp(address, port, seconds)


@dataclass(frozen=True, slots=True)
class Network:
    """How hosts, if allowed private ones, are reached, and what verifies their certificates."""

    resolve: Callable[[str, int], Sequence[str]] = resolve_name
    connect: Callable[[str, int, float], httpcore.NetworkStream] = connect_to
    allow_private: bool = False
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)


class Deadline:
    """Until when a document must be there; time spent on waiting for a turn is added."""

    def __init__(self, seconds: float, cancelled: threading.Event) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._cancelled = cancelled

    def left(self) -> float:
        """Return the seconds that are left; raises TimeoutError, StoppedError where cancelled."""
        if self._cancelled.is_set():
            raise StoppedError("Fetching was stopped.")
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def sleep(self, seconds: float) -> None:
        """Wait; raises as `left`."""
        self._cancelled.wait(min(seconds, self.left()))
        self.left()

    def wait_until(self, moment: float, since: float) -> None:
        """Wait until a monotonic moment, the time `since` granted; raises StoppedError."""
        self._cancelled.wait(max(0.0, moment - time.monotonic()))
        self._end += time.monotonic() - since
        self.left()


class TimedBackend(httpcore.NetworkBackend):
    """Connects to allowed addresses only, and keeps the deadline in every read."""

    def __init__(self, network: Network, deadline: Deadline) -> None:
        self._network = network
        self._deadline = deadline

    def connect_tcp(self, host: str, port: int, *_: Any, **_options: Any) -> httpcore.NetworkStream:
        """Return a connection to the first address of a host that takes it."""
        addresses = self._addresses(host, port)
        for number, address in enumerate(addresses, 1):
            seconds = min(_CONNECT_SECONDS, self._deadline.left())
            try:
                stream = self._network.connect(address, port, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return _TimedStream(stream, self._deadline)
        raise FetchError("the host has no address")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """Resolve a name within the deadline; raises FetchError where one may not be asked."""
        found: list[Sequence[str] | Exception] = []

        def look_up() -> None:
            try:
                found.append(self._network.resolve(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error)

        # The system's resolver knows no deadline: the thread is left to itself.
        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        while not found:
            thread.join(min(_LOOK_SECONDS, self._deadline.left()))
        addresses = found[0]
        if isinstance(addresses, Exception):
            raise FetchError("there is no host of this name that can be found")
        closed = [each for each in addresses if not is_public(each)]
        if closed and not self._network.allow_private:
            message = f"its host {closed[0]} is this machine or in a private network"
            hint = "To fetch from there all the same: --allow-private"
            raise FetchError(message, hint, is_final=True)
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline, or soon after one stops."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        while True:
            with suppress(httpcore.ReadTimeout):
                return self._stream.read(max_bytes, min(_LOOK_SECONDS, self._deadline.left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        seconds = min(_CONNECT_SECONDS, self._deadline.left())
        stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What a host answered to one request; `is_whole` unless the body was cut at the limit."""

    status: int
    headers: httpx.Headers
    data: bytes
    is_whole: bool = True

    def header(self, name: str) -> str | None:
        """Return a header of a length that can be kept, None without it."""
        value: str | None = self.headers.get(name)
        return value if value and len(value) <= 1_000 else None


def ask(
    address: str, network: Network, deadline: Deadline, *, headers: Mapping[str, str], limit: int
) -> HttpResponse:
    """Ask for one address, its body if a document; raises FetchError and StoppedError."""
    backend = TimedBackend(network, deadline)
    sent = [(b"Host", httpx.URL(address).netloc)]
    sent += [(name.encode(), value.encode()) for name, value in {**_HEADERS, **headers}.items()]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=network.tls, network_backend=backend) as pool,
            pool.stream("GET", address, headers=sent) as response,
        ):
            head = httpx.Headers(response.headers)
            if response.status != 200:
                return HttpResponse(response.status, head, b"")
            packing = head.get("Content-Encoding", "identity").strip().lower()
            data, is_whole = _read_body(response.iter_stream(), packing, limit)
            return HttpResponse(response.status, head, data, is_whole)
    except FetchError as error:
        message = f"{address}: {error.message}"
        raise FetchError(message, error.hint, is_final=error.is_final) from None
    except (TimeoutError, httpcore.TimeoutException):
        raise FetchError(
            f"{address}: it was not there after {deadline.seconds:g} seconds",
            "Try again later, or save the page in your browser and add the file.",
        ) from None
    except (httpcore.ConnectError, httpcore.ProtocolError) as error:
        raise FetchError(f"{address}: {_what_was_wrong(error)}") from None
    except (httpcore.NetworkError, OSError):
        raise FetchError(f"{address}: the connection broke off", "Try again.") from None


def _what_was_wrong(error: Exception) -> str:
    reason, said = error.__context__, str(error)  # The pool raises what it caught without cause.
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted ({reason.verify_message})"
    if isinstance(reason, ssl.SSLError):
        return "no safe connection could be made"
    if isinstance(error, httpcore.ConnectError):
        return f"no connection: {getattr(reason, 'strerror', None) or 'the host does not answer'}"
    if "peer closed" in said or "disconnected" in said:
        return "the answer broke off before its end"
    if "too long" in said:
        return "the answer has a head or a line without end"
    return "the answer is not one of HTTP"


def _read_body(pieces: Iterable[bytes], packing: str, limit: int) -> tuple[bytes, bool]:
    """Return the unpacked body and whether that is all of it; at most one byte over the limit."""
    is_packed = packing in {"gzip", "x-gzip"}
    if not is_packed and packing not in {"identity", ""}:
        raise FetchError("it came packed in a way that was not asked for", is_final=True)
    unpack = zlib.decompressobj(31)
    data = bytearray()
    try:
        for piece in pieces:
            data += unpack.decompress(piece, limit + 1 - len(data)) if is_packed else piece
            if unpack.unused_data.strip(b"\0"):
                break
            if len(data) > limit:
                return bytes(data[:limit]), False
    except zlib.error:
        raise FetchError("its packing is damaged") from None
    if unpack.unused_data.strip(b"\0"):  # What follows the end is damage.
        raise FetchError("its packing is damaged")
    if is_packed and not unpack.eof:
        raise FetchError("the answer broke off before its end", "Try again.")
    return bytes(data), True
