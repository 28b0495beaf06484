"""Fetching from a server that does its worst: one sentence each, in bounded time and space."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import threading
import time
import zlib
from email.utils import format_datetime

import pytest

pytest.importorskip("httpx", reason="the extra `fetch` is not installed")

from briefing.errors import StoppedError
from briefing.ingest.web.addresses import FetchError, is_public, read_web_address
from briefing.ingest.web.connections import Network
from briefing.ingest.web.fetching import Fetched, Fetcher, Limits, Request, fetch_all
from tests.ingest.web.hostile import HostileServer, Visit, answer

PAGE = b"<html><head><title>Mill closes</title></head><body><p>The mill closed.</p></body></html>"
HOST = "http://paper.example"
QUICK = Limits(seconds=0.6, size=200_000, pause=0.0)


def fetch(server: HostileServer, path: str, **options: object) -> Fetched:
    return Fetcher(server.network(), QUICK).fetch(Request(f"{HOST}{path}", **options))


def failure(server: HostileServer, path: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(server, path)
    return caught.value


def drip(piece: bytes, first: bytes = b"") -> object:
    """Return a page that sends a piece at a time for as long as anyone listens."""

    def page(visit: Visit) -> None:
        visit.send(first)
        while not visit.gone.wait(0.02):
            visit.send(piece)

    return page


def flood(piece: bytes, first: bytes = b"") -> object:
    def page(visit: Visit) -> None:
        visit.send(first)
        while not visit.gone.is_set():
            visit.send(piece)

    return page


def gzip_bomb() -> bytes:
    packed = zlib.compressobj(9, wbits=31)
    pieces = [packed.compress(bytes(1 << 20)) for _ in range(64)]
    return b"".join(pieces) + packed.flush()


LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LATE = "it was not there after 0.6 seconds"
BROKEN = "the answer broke off before its end"
BIG = "it is larger than 0.19 MB"
CASES = {
    "drip": (drip(b"a", LONG), LATE),
    "slow head": (drip(b"a", b"HTTP/1.1 200 OK\r\nX: "), LATE),
    "silence": (lambda visit: visit.gone.wait(5), LATE),
    "endless body": (flood(b"1000\r\n" + bytes(4096) + b"\r\n", CHUNKED), BIG),
    "endless header": (
        flood(b"X: " + b"a" * 4096 + b"\r\n", b"HTTP/1.1 200 OK\r\n"),
        "the answer has a head or a line without end",
    ),
    "endless line": (flood(b"0" * 4096, CHUNKED), "the answer has a head or a line without end"),
    "gzip bomb": (answer(gzip_bomb(), "Content-Encoding: gzip"), BIG),
    "deflate": (
        answer(zlib.compress(PAGE), "Content-Encoding: deflate"),
        "it came packed in a way that was not asked for",
    ),
    "packed twice": (
        answer(gzip.compress(gzip_bomb()), "Content-Encoding: gzip, gzip"),
        "it came packed in a way that was not asked for",
    ),
    "brotli": (
        answer(b"\x1b\xff\xff\xff", "Content-Encoding: br"),
        "it came packed in a way that was not asked for",
    ),
    "damaged packing": (answer(PAGE, "Content-Encoding: gzip"), "its packing is damaged"),
    "cut packing": (answer(gzip.compress(PAGE)[:-12], "Content-Encoding: gzip"), BROKEN),
    "cut body": (LONG + PAGE, BROKEN),
    "cut chunks": (CHUNKED + b"1000\r\nabc", BROKEN),
    "two lengths": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        "the answer is not one of HTTP",
    ),
    "junk": (b"\x00\x01\x02 junk\r\n\r\n", "the answer is not one of HTTP"),
    "nothing": (lambda _visit: None, BROKEN),
    "not found": (answer(b"", status=404), "there is no such page (status 404)"),
    "login": (answer(b"", status=401), "it needs a login (status 401)"),
    "too busy": (answer(b"", status=429), "the host is too busy (status 429)"),
    "wait an hour": (
        answer(b"", "Retry-After: 3600", status=429),
        "the host asks to wait for 60 minutes",
    ),
    "error": (answer(b"", status=500), "the host has an error (status 500)"),
    "teapot": (answer(b"", status=418), "the host did not give it (status 418)"),
    "moved nowhere": (answer(b"", status=301), "it has moved, and does not say where"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_answer_ends_soon_in_one_sentence(server: HostileServer, case: str) -> None:
    page, said = CASES[case]
    server.pages["/story"] = page
    began = time.monotonic()
    assert failure(server, "/story").message == f"{HOST}/story: {said}"
    assert time.monotonic() - began < 3


def test_a_page_comes_as_bytes_with_what_was_said_of_it(server: HostileServer) -> None:
    server.pages["/story"] = answer(
        gzip.compress(PAGE),
        "Content-Type: Text/HTML; Charset=ISO-8859-1",
        "Content-Encoding: gzip",
        'ETag: "a1"',
        "Last-Modified: Mon, 06 Jan 2020 10:00:00 GMT",
    )
    assert fetch(server, "/story#part") == Fetched(
        Request(f"{HOST}/story#part"),
        f"{HOST}/story",
        PAGE,
        "text/html",
        "iso-8859-1",
        '"a1"',
        "Mon, 06 Jan 2020 10:00:00 GMT",
    )


def test_a_body_longer_than_it_says_ends_where_it_says(server: HostileServer) -> None:
    server.pages["/story"] = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + PAGE
    assert fetch(server, "/story").data == PAGE[:4]


def test_the_request_names_the_program_and_sends_no_cookie(server: HostileServer) -> None:
    server.pages["/story"] = answer(b"", "Set-Cookie: a=b; Path=/", "Location: /b", status=302)
    server.pages["/b"] = answer(PAGE)
    fetch(server, "/story")
    last = server.visits[-1]
    assert last.path == "/b"
    assert (last.header("User-Agent") or "").startswith("briefing/")
    assert last.header("Host") == "paper.example"
    assert last.header("Cookie") is None


def test_an_unchanged_page_is_not_sent_again(server: HostileServer) -> None:
    def page(visit: Visit) -> None:
        known = visit.header("If-None-Match"), visit.header("If-Modified-Since")
        assert known == ('"a1"', "then")
        visit.answer(b"", 'ETag: "a1"', status=304)

    server.pages["/story"] = page
    fetched = fetch(server, "/story", etag='"a1"', modified="then")
    assert fetched.is_unchanged
    assert fetched.data == b""


# Redirects


def test_redirects_are_followed_and_counted(server: HostileServer) -> None:
    for number in range(10):
        server.pages[f"/{number}"] = answer(b"", f"Location: /{number + 1}", status=307)
    server.pages["/10"] = answer(PAGE)
    assert fetch(server, "/5").address == f"{HOST}/10"
    assert failure(server, "/4").message == f"{HOST}/4: it leads on more than 5 times"


def test_a_circle_is_told(server: HostileServer) -> None:
    server.pages["/a"] = answer(b"", "Location: /b", status=301)
    server.pages["/b"] = answer(b"", "Location: /a", status=301)
    assert failure(server, "/a").message == f"{HOST}/a: the address leads in a circle"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("file:///etc/passwd", "only addresses of http and https are fetched"),
        ("ftp://paper.example/x", "only addresses of http and https are fetched"),
        ("javascript:alert(1)", "only addresses of http and https are fetched"),
        ("http://a:b@paper.example/x", "an address with a user's name is not fetched"),
    ],
)
def test_a_redirect_leads_only_to_the_web(server: HostileServer, target: str, said: str) -> None:
    server.pages["/story"] = answer(b"", f"Location: {target}", status=302)
    message = failure(server, "/story").message
    assert message.startswith(f"{HOST}/story leads to ")
    assert message.endswith(said)
    assert "a:b@" not in message


PRIVATE = {
    "loopback.example": "127.0.0.1",
    "six.example": "::1",
    "ten.example": "10.0.0.7",
    "home.example": "192.168.1.1",
    "cloud.example": "169.254.169.254",
    "carrier.example": "100.64.0.1",
    "many.example": "224.0.0.1",
    "mapped.example": "::ffff:10.0.0.7",
    "nat.example": "64:ff9b::7f00:1",
    "old.example": "::7f00:1",
    "link.example": "fe80::1%eth0",
    "zero.example": "0.0.0.0",  # noqa: S104
    "local.example": "fd00::1",
    "embedded.example": "2002:7f00:1::",
}


@pytest.mark.parametrize("host", PRIVATE)
def test_no_hop_leads_into_a_private_network(server: HostileServer, host: str) -> None:
    server.pages["/story"] = answer(b"", f"Location: http://{host}/x", status=302)
    # The name server also gives an address that would do.
    names = {host: ["93.184.216.35", PRIVATE[host]]}
    fetcher = Fetcher(server.network(names), QUICK)
    for address in (f"{HOST}/story", f"http://{host}/x"):
        with pytest.raises(FetchError, match="is this machine or in a private network") as caught:
            fetcher.fetch(Request(address))
        assert "--allow-private" in (caught.value.hint or "")
    assert "/x" not in server.paths


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


def test_a_private_host_is_fetched_from_where_that_is_allowed(server: HostileServer) -> None:
    server.pages["/story"] = answer(PAGE)
    address = f"http://127.0.0.1:{server.port}/story"
    assert Fetcher(Network(allow_private=True), QUICK).fetch(Request(address)).data == PAGE
    with pytest.raises(FetchError, match=r"its host 127\.0\.0\.1 is this machine"):
        Fetcher(Network(), QUICK).fetch(Request(address))


def test_a_name_is_resolved_once_a_connection_and_that_address_is_used(
    server: HostileServer,
) -> None:
    asked: list[str] = []
    turns = itertools.cycle(["93.184.216.34", "127.0.0.1"])
    plain = server.network()

    def resolve(host: str, port: int) -> list[str]:
        asked.append(next(turns))
        return asked[-1:]

    reached: list[str] = []

    def connect(address: str, port: int, seconds: float) -> object:
        reached.append(address)
        return plain.connect(address, port, seconds)

    server.pages["/story"] = answer(PAGE)
    fetcher = Fetcher(Network(resolve, connect), QUICK)
    with pytest.raises(FetchError, match=r"its host 127"):
        fetcher.fetch(Request(f"{HOST}/story"))
    assert asked == ["93.184.216.34", "127.0.0.1"]
    assert reached == ["93.184.216.34"]


def test_an_unknown_host_and_a_slow_name_server_are_told(server: HostileServer) -> None:
    fetcher = Fetcher(server.network({"none.example": []}), QUICK)
    with pytest.raises(FetchError, match=r"robots.txt cannot be read .*no host of this name"):
        fetcher.fetch(Request("http://none.example/"))
    slow = Network(lambda _host, _port: server.gone.wait(5) and [])
    with pytest.raises(FetchError, match="was not there after"):
        Fetcher(slow, QUICK).fetch(Request("http://slow.example/"))


def test_nobody_listens(server: HostileServer) -> None:
    network = server.network()
    server.close()
    with pytest.raises(FetchError, match="no connection"):
        Fetcher(network, QUICK).fetch(Request(HOST))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ftp://paper.example/a", "only addresses of http and https"),
        ("http://paper.example:99999/", "names no host"),
        ("http://[::1/", "this is no address"),
        ("https://", "names no host"),
        ("http://u@paper.example/", "user's name"),
        ("http://paper.example/" + "a" * 5000, "too long"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(text: str, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        read_web_address(text)


def test_an_address_is_read_as_it_is_asked_for() -> None:
    assert read_web_address(" www.paper.example ") == "https://www.paper.example"
    assert read_web_address("HTTP://Paper.Example:80/a b#c") == "http://paper.example/a%20b"
    assert read_web_address("http://bücher.example/") == "http://xn--bcher-kva.example/"


# robots.txt


def robots(text: str | bytes, **options: int) -> bytes:
    return answer(text if isinstance(text, bytes) else text.encode(), **options)


def test_a_page_that_robots_may_not_see_is_not_asked_for(server: HostileServer) -> None:
    server.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private\n")
    server.pages["/private/a"] = server.pages["/open"] = answer(PAGE)
    assert "robots.txt does not let programs" in failure(server, "/private/a").message
    server.pages["/sent"] = answer(b"", "Location: /private/a", status=302)
    assert "robots.txt does not let programs" in failure(server, "/sent").message
    assert "/private/a" not in server.paths
    assert fetch(server, "/open").data == PAGE


def test_a_rule_for_this_program_goes_first(server: HostileServer) -> None:
    server.pages["/robots.txt"] = robots(
        "User-agent: *\nDisallow: /\n\nUser-agent: briefing\nDisallow: /a\n"
    )
    server.pages["/b"] = answer(PAGE)
    assert fetch(server, "/b").data == PAGE
    assert failure(server, "/a").is_final


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_robots_txt_everything_is_allowed(server: HostileServer, status: int) -> None:
    server.pages["/robots.txt"] = robots("", status=status)
    server.pages["/story"] = answer(PAGE)
    assert fetch(server, "/story").data == PAGE


@pytest.mark.parametrize(
    "page",
    [robots("", status=500), robots("", status=503), robots("", status=429), b"junk\r\n\r\n"],
)
def test_where_robots_txt_cannot_be_reached_nothing_is_fetched(
    server: HostileServer, page: bytes
) -> None:
    server.pages["/robots.txt"] = page
    server.pages["/story"] = answer(PAGE)
    fetcher = Fetcher(server.network(), QUICK)
    for _ in range(2):
        with pytest.raises(FetchError, match=r"robots\.txt cannot be read") as caught:
            fetcher.fetch(Request(f"{HOST}/story"))
        assert not caught.value.is_final
    assert server.paths == ["/robots.txt"]


def test_robots_txt_may_be_elsewhere_but_not_in_a_private_network(server: HostileServer) -> None:
    server.pages["/robots.txt"] = answer(b"", "Location: http://inner.example/r", status=301)
    server.pages["/r"] = robots("User-agent: *\nDisallow: /story\n")
    assert "does not let programs" in failure(server, "/story").message
    fetcher = Fetcher(server.network({"inner.example": ["10.0.0.7"]}), QUICK)
    with pytest.raises(FetchError, match="private network"):
        fetcher.fetch(Request(f"{HOST}/story"))


def test_of_a_huge_robots_txt_the_beginning_counts(server: HostileServer) -> None:
    line = b"Disallow: /closed\n"
    server.pages["/robots.txt"] = robots(b"User-agent: *\n" + line * 200_000 + b"Disallow: /\n")
    server.pages["/story"] = answer(PAGE)
    limits = Limits(seconds=10, pause=0.0)
    fetcher = Fetcher(server.network(), limits)
    began = time.monotonic()
    assert fetcher.fetch(Request(f"{HOST}/story")).data == PAGE
    with pytest.raises(FetchError, match="does not let programs"):
        fetcher.fetch(Request(f"{HOST}/closed/a"))
    assert time.monotonic() - began < 5


# Turns


def test_one_host_is_asked_one_at_a_time_with_a_pause(server: HostileServer) -> None:
    at_once = threading.Semaphore(1)
    times: list[float] = []

    def page(visit: Visit) -> None:
        assert at_once.acquire(blocking=False)
        times.append(time.monotonic())
        visit.answer(PAGE)
        at_once.release()

    server.pages |= dict.fromkeys(("/robots.txt", "/a", "/b"), page)
    fetcher = Fetcher(server.network(), Limits(seconds=5, pause=0.15))
    wanted = [Request(f"{HOST}/a"), Request(f"{HOST}/b")]
    assert [got.data for _, got in fetch_all(fetcher, wanted)] == [PAGE, PAGE]
    assert all(later - earlier >= 0.14 for earlier, later in itertools.pairwise(times))
    assert len(times) == 3


def test_this_machine_is_asked_without_a_pause(server: HostileServer) -> None:
    server.pages |= dict.fromkeys(("/a", "/b"), answer(PAGE))
    fetcher = Fetcher(Network(allow_private=True), Limits(seconds=5, pause=5))
    began = time.monotonic()
    for host in ("127.0.0.1", "localhost"):
        for path in ("a", "b"):
            assert fetcher.fetch(Request(f"http://{host}:{server.port}/{path}")).data == PAGE
    assert time.monotonic() - began < 5


def test_the_pause_holds_where_a_host_leads_to_another_port_of_its_own(
    server: HostileServer,
) -> None:
    server.pages["/a"] = answer(b"", f"Location: {HOST}:8080/b", status=301)
    server.pages["/b"] = answer(PAGE)
    fetcher = Fetcher(server.network(), Limits(seconds=5, pause=0.15))
    began = time.monotonic()
    assert fetcher.fetch(Request(f"{HOST}/a")).data == PAGE
    assert server.paths == ["/robots.txt", "/a", "/robots.txt", "/b"]
    assert time.monotonic() - began >= 0.44


def test_hosts_are_asked_side_by_side_and_one_that_is_bad_stops_none(
    server: HostileServer,
) -> None:
    server.pages["/story"] = answer(PAGE)
    server.pages["/slow"] = drip(b"a", LONG)
    wanted = [
        Request("http://slow.example/slow"),
        Request("ftp://x.example/"),
        *(Request(f"http://h{number}.example/story") for number in range(20)),
    ]
    got = dict(fetch_all(Fetcher(server.network(), QUICK), wanted))
    assert [isinstance(got[one], Fetched) for one in wanted] == [False, False, *[True] * 20]


def test_who_stops_asking_stops_the_fetching(server: HostileServer) -> None:
    server.pages["/story"] = answer(PAGE)
    wanted = [Request(f"http://h{number}.example/story") for number in range(60)]
    coming = fetch_all(Fetcher(server.network(), QUICK), wanted)
    next(coming)
    coming.close()
    assert server.paths.count("/story") < 60


def test_a_crawl_delay_is_kept(server: HostileServer) -> None:
    server.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 0.2\n")
    server.pages["/a"] = answer(PAGE)
    fetcher = Fetcher(server.network(), QUICK)
    fetcher.fetch(Request(f"{HOST}/a"))
    began = time.monotonic()
    fetcher.fetch(Request(f"{HOST}/a"))
    assert time.monotonic() - began >= 0.19


@pytest.mark.parametrize("how", ["0", "date"])
def test_a_host_that_asks_to_wait_a_little_is_asked_again(server: HostileServer, how: str) -> None:
    moment = format_datetime(dt.datetime.now(dt.UTC), usegmt=True)
    answers = iter([answer(b"", f"Retry-After: {moment if how == 'date' else 0}", status=503)])

    def page(visit: Visit) -> None:
        visit.send(next(answers, answer(PAGE)))

    server.pages["/story"] = page
    assert fetch(server, "/story").data == PAGE


def test_a_host_that_asks_to_wait_for_long_is_left_alone(server: HostileServer) -> None:
    server.pages["/a"] = answer(b"", "Retry-After: 90", status=429)
    server.pages["/b"] = answer(PAGE)
    wanted = [Request(f"{HOST}/a"), Request(f"{HOST}/b")]
    failed = [error for _, error in fetch_all(Fetcher(server.network(), QUICK), wanted)]
    assert [str(error).partition(": ")[2] for error in failed] == [
        "the host asks to wait for 2 minutes"
    ] * 2
    assert "/b" not in server.paths


def test_a_host_that_always_says_now_is_not_asked_for_ever(server: HostileServer) -> None:
    server.pages["/a"] = answer(b"", "Retry-After: 0", status=429)
    assert "too busy" in failure(server, "/a").message
    assert server.paths.count("/a") == 3


def test_stopping_ends_the_fetching_at_once(server: HostileServer) -> None:
    server.pages["/slow"] = drip(b"a", LONG)
    stop = threading.Event()
    fetcher = Fetcher(server.network(), Limits(seconds=60), stop)
    began = time.monotonic()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(StoppedError):
        fetcher.fetch(Request(f"{HOST}/slow"))
    assert time.monotonic() - began < 3
    assert list(fetch_all(fetcher, [Request(f"{HOST}/slow")])) == []
