"""Certificates are verified against the name that was asked for, wherever that leads."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="the extra `fetch` is not installed")

import httpx

from briefing.ingest.web.addresses import FetchError
from briefing.ingest.web.fetching import Fetcher, Limits, Request
from tests.ingest.web.hostile import HostileServer, answer, hostile_server

QUICK = Limits(seconds=5, pause=0.0)

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a key and a certificate for paper.example that nobody vouches for."""
    path = tmp_path_factory.mktemp("tls") / "paper.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", "-", "-subj", "/CN=paper.example",
         "-addext", "subjectAltName=DNS:paper.example"],
        capture_output=True, check=True,
    )  # fmt: skip
    path.write_bytes(made.stdout)
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[HostileServer]:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    # What the client asked for by name is known from the socket only through this.
    with hostile_server(tls) as server:
        tls.sni_callback = lambda _socket, name, _context: server.tls_names.append(str(name))
        server.pages["/a"] = answer(b"Quay closes.")
        yield server


def trusting(certificate: Path) -> ssl.SSLContext:
    tls = httpx.create_ssl_context()
    tls.load_verify_locations(certificate)
    return tls


def test_a_page_comes_by_tls_under_its_name(secure: HostileServer, certificate: Path) -> None:
    fetcher = Fetcher(secure.network(tls=trusting(certificate)), QUICK)
    assert fetcher.fetch(Request("https://paper.example/a")).data == b"Quay closes."
    assert set(secure.tls_names) == {"paper.example"}
    assert secure.visits[-1].header("Host") == "paper.example"


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: HostileServer) -> None:
    with pytest.raises(FetchError, match=r"certificate cannot be trusted .self-signed certificate"):
        Fetcher(secure.network(), QUICK).fetch(Request("https://paper.example/a"))
    assert secure.visits == []


def test_a_certificate_of_another_name_is_refused(secure: HostileServer, certificate: Path) -> None:
    fetcher = Fetcher(secure.network(tls=trusting(certificate)), QUICK)
    with pytest.raises(FetchError, match=r"certificate cannot be trusted .Hostname mismatch"):
        fetcher.fetch(Request("https://tide.example/a"))
    assert secure.visits == []


def test_a_host_that_speaks_no_tls_is_told() -> None:
    with hostile_server() as plain:
        plain.hello = b"HTTP/1.1 400 Speak plainly\r\n\r\n"
        fetcher = Fetcher(plain.network(), QUICK)
        with pytest.raises(FetchError, match="no safe connection could be made"):
            fetcher.fetch(Request("https://paper.example/a"))
