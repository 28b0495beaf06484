"""One request and its answer: the head, and the bytes of the body within a limit."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import httpcore
import httpx

from briefing import __version__
from briefing.ingest.web.addresses import FetchError
from briefing.ingest.web.connections import Deadline, Network, TimedBackend

USER_AGENT: Final = f"briefing/{__version__}"
_HEADERS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


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
    address: str,
    network: Network,
    deadline: Deadline,
    *,
    headers: Mapping[str, str],
    limit: int,
) -> HttpResponse:
    """Ask for an address, without following it elsewhere, without cookies or proxies.

    The body is read where the answer is a document, up to `limit` bytes after unpacking. Raises
    FetchError with a sentence for whatever goes wrong, and StoppedError.
    """
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
    except httpcore.ConnectError as error:
        raise FetchError(f"{address}: {_why_not_connected(error)}") from None
    except httpcore.ProtocolError as error:
        raise FetchError(f"{address}: {_what_was_wrong(error)}") from None
    except (httpcore.NetworkError, OSError):
        raise FetchError(f"{address}: the connection broke off", "Try again.") from None


def _why_not_connected(error: Exception) -> str:
    reason = error.__context__  # The pool raises what it caught without its cause.
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted ({reason.verify_message})"
    if isinstance(reason, ssl.SSLError):
        return "no safe connection could be made"
    return f"no connection: {getattr(reason, 'strerror', None) or 'the host does not answer'}"


def _what_was_wrong(error: Exception) -> str:
    said = str(error)
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
    for piece in pieces:
        data += _unpacked(unpack, piece, limit + 1 - len(data)) if is_packed else piece
        if len(data) > limit:
            return bytes(data[:limit]), False
    if is_packed and not unpack.eof:
        raise FetchError("the answer broke off before its end", "Try again.")
    return bytes(data), True


def _unpacked(unpack: zlib._Decompress, piece: bytes, most: int) -> bytes:
    """Return what a piece unpacks to, at most so many bytes; what follows the end is damage."""
    try:
        made = unpack.decompress(piece, most)
    except zlib.error:
        raise FetchError("its packing is damaged") from None
    if unpack.unused_data.strip(b"\0"):
        raise FetchError("its packing is damaged")
    return made
