"""A web server that misbehaves as it is told to, and a network on which names lead to it alone."""

from __future__ import annotations

import contextlib
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpcore

from briefing.ingest.web.connections import Network

PUBLIC = "93.184.216.34"
Page = bytes | Callable[["Visit"], None]


class Visit:
    """One request: its path and head, and what answers it."""

    def __init__(self, send: Callable[[bytes], object], head: bytes, gone: threading.Event) -> None:
        self.head = head.decode("latin-1")
        self.path = self.head.split(" ")[1]
        self.gone = gone
        self.send = send

    def header(self, name: str) -> str | None:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(": ")
            if key.lower() == name.lower():
                return value
        return None

    def answer(self, body: bytes, *headers: str, status: int = 200) -> None:
        self.send(answer(body, *headers, status=status))


def answer(body: bytes, *headers: str, status: int = 200) -> bytes:
    """Return an answer with the length of its body."""
    lines = (f"HTTP/1.1 {status} Some", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1") + body


class HostileServer:
    """Answers each path with bytes, or by a function; notes every visit."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page] = {}
        self.visits: list[Visit] = []
        self.tls_names: list[str] = []
        self.hello = b""
        self.gone = threading.Event()
        hostile = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    if tls is not None:
                        self.request = tls.wrap_socket(self.request, server_side=True)
                    self.request.sendall(hostile.hello)
                    head = b""
                    while b"\r\n\r\n" not in head:
                        piece = self.request.recv(65536)
                        if not piece:
                            return
                        head += piece
                    hostile.meet(Visit(self.request.sendall, head, hostile.gone))

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def meet(self, visit: Visit) -> None:
        self.visits.append(visit)
        page = self.pages.get(visit.path)
        if page is None:
            visit.answer(b"", status=404)
        elif isinstance(page, bytes):
            visit.send(page)
        else:
            page(visit)

    @property
    def paths(self) -> list[str]:
        return [visit.path for visit in self.visits]

    def network(self, names: dict[str, Sequence[str]] | None = None, **options: Any) -> Network:
        """Return a network on which every name is public but those given, and leads here."""

        def resolve(host: str, _port: int) -> Sequence[str]:
            found = (names or {}).get(host, [PUBLIC])
            if not found:
                raise OSError("no such name")
            return found

        def connect(_address: str, _port: int, seconds: float) -> httpcore.NetworkStream:
            return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, seconds)

        return Network(resolve, connect, **options)

    def close(self) -> None:
        self.gone.set()
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def hostile_server(tls: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    """Run a server until the end of the block."""
    server = HostileServer(tls)
    try:
        yield server
    finally:
        server.close()
