"""Briefings and their feeds: what is new comes in, what was seen is not asked for again."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="the extra `fetch` is not installed")
pytest.importorskip("feedparser", reason="the extra `fetch` is not installed")

from briefing.content.info import INFO_NAME, read_info
from briefing.errors import UsageError
from briefing.ingest.web.fetching import Fetcher, Limits
from briefing.library import Library
from briefing.library.reports import Synced
from briefing.model import Feed
from tests.ingest.web.hostile import HostileServer, Visit, answer

HOST = "http://paper.example"
FEED = f"{HOST}/rss"
QUICK = Limits(seconds=2, pause=0.0)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library", create=True)
    library.editing.new_briefing("Ports", name="ports")
    return library


def sync(library: Library, server: HostileServer, **how: int) -> Synced:
    server.visits.clear()
    return library.sync((), Fetcher(server.network(), QUICK), **how)


def set_feeds(library: Library, *feeds: Feed) -> None:
    library.editing.set_feeds("ports", feeds)


def publish(server: HostileServer, *numbers: int, updated: str = "1", words: str = "") -> None:
    """Let the feed have these entries, and the pages that are not there yet."""
    items = "".join(
        f"<item><title>Quay {number} closes {words}</title><link>/story/{number}</link>"
        f"<pubDate>{updated}</pubDate></item>"
        for number in numbers
    )
    body = f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>".encode()

    def feed(visit: Visit) -> None:
        etag = f'"{hash(body)}"'
        if visit.header("If-None-Match") == etag:
            visit.answer(b"", status=304)
        else:
            visit.answer(body, f"ETag: {etag}", "Content-Type: application/rss+xml")

    server.pages["/rss"] = feed
    for number in numbers:
        server.pages.setdefault(f"/story/{number}", story(number))


def story(number: int, more: str = "") -> bytes:
    return answer(
        f"<html><title>Quay {number} closes</title><body><h1>Quay {number} closes</h1>"
        f"<p>The board of the port voted to close quay {number} on Monday.{more}</p>".encode(),
        "Content-Type: text/html",
    )


def test_new_entries_are_added_and_seen_ones_are_left_alone(
    server: HostileServer, library: Library
) -> None:
    set_feeds(library, Feed(address=FEED))
    publish(server, 1, 2)
    synced = sync(library, server)
    (feed,) = synced.feeds
    assert (feed.title, feed.entries, feed.asked, feed.left) == ("Paper", 2, 2, 0)
    assert len(synced.report.added) == 2
    assert sync(library, server).feeds[0].is_unchanged
    assert server.paths == ["/robots.txt", "/rss"]
    publish(server, 3, 2, 1)
    assert [one.name for one in sync(library, server).report.added] == [f"{HOST}/story/3"]
    assert server.paths == ["/robots.txt", "/rss", "/story/3"]


def test_what_a_machine_remembers_is_not_in_the_analysts_file(
    server: HostileServer, library: Library
) -> None:
    set_feeds(library, Feed(address=FEED))
    path = library.content / "ports" / INFO_NAME
    before = path.read_bytes()
    publish(server, 1)
    sync(library, server)
    assert path.read_bytes() == before


def test_an_article_that_was_removed_does_not_come_back(
    server: HostileServer, library: Library
) -> None:
    set_feeds(library, Feed(address=FEED))
    publish(server, 1)
    (added,) = sync(library, server).report.added
    library.editing.remove_article("ports", added.article)
    publish(server, 2, 1)
    assert [one.name for one in sync(library, server).report.added] == [f"{HOST}/story/2"]


def test_a_page_that_was_added_by_its_address_is_not_fetched_again(
    server: HostileServer, library: Library
) -> None:
    publish(server, 1, 2)
    library.fetch([f"{HOST}/story/1"], Fetcher(server.network(), QUICK), to="ports")
    set_feeds(library, Feed(address=FEED))
    assert [one.name for one in sync(library, server).report.added] == [f"{HOST}/story/2"]


def test_an_entry_that_was_updated_is_fetched_again_and_kept_beside_the_first(
    server: HostileServer, library: Library
) -> None:
    set_feeds(library, Feed(address=FEED))
    publish(server, 1)
    sync(library, server)
    server.pages["/story/1"] = story(1, " It reopened.")
    publish(server, 1, updated="2")
    (told,) = sync(library, server).report.told
    assert told.startswith(f"{HOST}/story/1 has changed since it was added as ports/")


def test_words_choose_entries(server: HostileServer, library: Library) -> None:
    set_feeds(library, Feed(address=FEED, words=("ferry line", "Huawei")))
    publish(server, 1, words="the ferrymen's line")
    assert sync(library, server).report.added == ()
    publish(server, 1, 2, words="on the FERRY\n line")
    assert len(sync(library, server).report.added) == 2
    # Other words look at what was passed over, though the feed is the same.
    publish(server, 1, 2, 3, words="Nokia's")
    assert sync(library, server).report.added == ()
    set_feeds(library, Feed(address=FEED, words=("nokia",)))
    assert [one.name for one in sync(library, server).report.added] == [f"{HOST}/story/3"]


def test_one_bad_feed_stops_nothing(server: HostileServer, library: Library) -> None:
    bad = [f"{HOST}/{name}" for name in ("gone", "page", "junk")]
    server.pages["/page"] = answer(b"<html>Hello</html>", "Content-Type: text/html")
    server.pages["/junk"] = b"\x00\x01"
    set_feeds(library, *(Feed(address=each) for each in (*bad, FEED)))
    publish(server, 1)
    synced = sync(library, server)
    assert [feed.address for feed in synced.feeds if feed.failure] == bad
    assert len(synced.report.added) == 1


def test_what_failed_for_now_is_tried_again_and_what_is_gone_is_not(
    server: HostileServer, library: Library
) -> None:
    set_feeds(library, Feed(address=FEED))
    publish(server, 1, 2, 3)
    server.pages["/story/2"] = answer(b"", status=500)
    server.pages["/story/3"] = answer(b"", status=404)
    assert len(sync(library, server).report.failures) == 2
    server.pages["/story/2"] = story(2)
    synced = sync(library, server)
    assert server.paths == ["/robots.txt", "/rss", "/story/2"]
    assert len(synced.report.added) == 1
    assert sync(library, server).feeds[0].is_unchanged


def test_a_long_feed_is_taken_in_parts(server: HostileServer, library: Library) -> None:
    set_feeds(library, Feed(address=FEED))
    publish(server, 1, 2, 3, 4, 5)
    feed = sync(library, server, most=2).feeds[0]
    assert (feed.asked, feed.left) == (2, 3)
    feed = sync(library, server, most=2).feeds[0]
    assert (feed.asked, feed.left) == (2, 1)
    assert server.paths[2:] == ["/story/3", "/story/4"]
    assert len(sync(library, server, most=2).report.added) == 1


def test_without_feeds_there_is_a_hint(server: HostileServer, library: Library) -> None:
    with pytest.raises(UsageError, match="no feeds") as caught:
        sync(library, server)
    assert "briefing feeds NAME --add" in (caught.value.hint or "")


def test_feeds_are_written_as_they_are_read(library: Library) -> None:
    feeds = (Feed(address=FEED), Feed(address=f"{FEED}2", words=("5G", "no: yes")))
    set_feeds(library, *feeds)
    path = library.content / "ports" / INFO_NAME
    assert library.feeds("ports") == feeds
    assert read_info(path).feeds == (FEED, feeds[1])
    assert f"- {{address: {FEED}2" in path.read_text().replace("'", "")
    with pytest.raises(UsageError, match="no address of a feed"):
        set_feeds(library, Feed(address="file:///etc/passwd"))
    library.editing.undo("ports")
    assert library.feeds("ports") == ()
