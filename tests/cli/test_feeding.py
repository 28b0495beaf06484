"""The commands that fetch, against a server on this machine that they are allowed to ask."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="the extra `fetch` is not installed")
pytest.importorskip("feedparser", reason="the extra `fetch` is not installed")

from tests.conftest import Run, Start
from tests.ingest.web.hostile import HostileServer, Visit, answer

HTML = "Content-Type: text/html"


def page(number: int) -> bytes:
    return answer(
        f"<html><title>Quay {number} closes</title><body><h1>Quay {number} closes</h1>"
        f"<p>The board of the port voted to close quay {number} on Monday.</p>".encode(),
        HTML,
    )


@pytest.fixture
def here(server: HostileServer) -> str:
    """Return the address of the server, which has four pages."""
    server.pages |= {f"/{number}": page(number) for number in range(4)}
    return f"http://127.0.0.1:{server.port}"


def test_an_address_is_added_like_a_file(briefing: Run, here: str, story: Path) -> None:
    done = briefing("add", f"{here}/1", story, "--to", "ports", "--allow-private")
    assert done.returncode == 0, done.stderr
    assert f"added {here}/1 as ports/quay-1-closes: 1 paragraph" in done.stderr
    assert "added story.txt as ports/" in done.stderr
    assert "Ports” with 2 articles" in done.stderr
    shown = briefing("show", "ports/quay-1-closes").stdout
    assert "voted to close quay 1" in shown


def test_this_machine_is_not_asked_unless_that_is_allowed(
    briefing: Run, here: str, server: HostileServer
) -> None:
    done = briefing("add", f"{here}/1", "--to", "ports")
    assert done.returncode == 4
    assert "its host 127.0.0.1 is this machine or in a private network" in done.stderr
    assert "--allow-private" in done.stderr
    assert server.visits == []


@pytest.mark.parametrize("command", [("add", "https://paper.example/a"), ("sync",)])
def test_nothing_is_fetched_offline(
    briefing: Run, command: tuple[str, ...], environment: dict[str, str]
) -> None:
    briefing("new", "ports")
    done = briefing(*command, "--offline")
    assert (done.returncode, done.stderr) == (2, "error: nothing is fetched while offline\n")
    config = Path(environment["XDG_CONFIG_HOME"]) / "briefing" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("offline = true\n")
    done = briefing(*command)
    assert done.returncode == 2
    assert "The config says offline = true." in done.stderr


@pytest.mark.parametrize("stdin", [True, False])
def test_addresses_come_from_a_list(
    briefing: Run, here: str, tmp_path: Path, *, stdin: bool
) -> None:
    text = f"# quays\n{here}/1\n\n  {here}/2 \n{here}/1\n{here}/gone\nno address\n"
    (tmp_path / "list.txt").write_text(text)
    name = "-" if stdin else "list.txt"
    how = {"stdin": text.encode()} if stdin else {}
    done = briefing("add", "--from-list", name, "--to", "ports", "--allow-private", **how)
    assert done.returncode == 4
    assert done.stderr.count("added http") == 2
    assert f"{here}/gone: there is no such page (status 404)" in done.stderr
    assert "no address: only addresses of http and https are fetched" in done.stderr
    assert "2 of 4 documents could not be added" in done.stderr


def test_a_list_that_is_not_there_or_empty_is_told(briefing: Run, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# none yet\n")
    assert (
        "list.txt: there are no addresses in it"
        in briefing("add", "--from-list", "list.txt").stderr
    )
    assert "no such file" in briefing("add", "--from-list", "gone.txt").stderr
    assert "Missing argument" in briefing("add").stderr


@pytest.mark.parametrize("address", ["ftp://paper.example/a", "file:///etc/passwd"])
def test_other_addresses_are_refused(briefing: Run, address: str) -> None:
    done = briefing("add", address)
    assert done.returncode == 4
    assert f"{address}: only addresses of http and https are fetched" in done.stderr


def test_an_interrupt_keeps_what_came_and_the_next_run_goes_on(
    briefing: Run, start_python: Start, here: str, server: HostileServer, tmp_path: Path
) -> None:
    briefing("add", f"{here}/0", "--to", "ports", "--allow-private")

    def stall(visit: Visit) -> None:
        came = tmp_path / "library" / "content" / "ports" / "quay-1-closes.yaml"
        while not came.exists() and not visit.gone.wait(0.01):
            pass
        process.send_signal(signal.SIGINT)
        visit.gone.wait(10)

    server.pages["/2"] = stall
    wanted = [f"{here}/{number}" for number in (1, 2, 3)]
    process = start_python(
        "-m", "briefing", "--library", tmp_path / "library", "add", *wanted, "--to", "ports",
        "--allow-private",
    )  # fmt: skip
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted; everything added so far is kept" in said
    server.pages["/2"] = page(2)
    server.visits.clear()
    done = briefing("add", *wanted, "--to", "ports", "--allow-private")
    assert "1 page had come before the last run was stopped" in done.stderr
    assert server.paths == ["/robots.txt", "/2", "/3"]


def feed(*numbers: int) -> bytes:
    items = "".join(
        f"<item><title>Quay {number}</title><link>/{number}</link></item>" for number in numbers
    )
    return answer(
        f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>".encode()
    )


def test_feeds_are_named_listed_and_fetched(
    briefing: Run, here: str, server: HostileServer
) -> None:
    server.pages["/rss"] = feed(1, 2)
    briefing("new", "ports")
    assert "no feeds" in briefing("sync").stderr
    assert "ports has no feeds" in briefing("feeds", "ports").stderr
    briefing("feeds", "ports", "--add", f"{here}/rss", "--word", "Quay 1", "--word", "Quay 2")
    briefing("feeds", "ports", "--add", f"{here}/none")
    listed = briefing("feeds", "ports").stdout
    assert listed == f"{here}/rss  only with: Quay 1, Quay 2\n{here}/none\n"
    done = briefing("sync", "--allow-private")
    assert done.returncode == 4
    assert "ports: Paper: 2 entries, 2 pages fetched" in done.stderr
    assert f"error: {here}/none: there is no such page (status 404)" in done.stderr
    assert done.stderr.endswith("2 feeds, 2 articles added; 1 feed could not be read\n")
    briefing("feeds", "ports", "--remove", f"{here}/none")
    synced = json.loads(briefing("sync", "ports", "--allow-private", "--json").stdout)
    assert synced["feeds"][0]["asked"] == 0
    assert synced["report"]["added"] == []


def test_lists_of_feeds_go_out_and_come_in(briefing: Run, tmp_path: Path) -> None:
    briefing("new", "ports")
    briefing("feeds", "ports", "--add", "https://a.example/rss", "--word", "mast")
    opml = briefing("feeds", "ports", "--opml").stdout
    assert 'xmlUrl="https://a.example/rss"' in opml
    (tmp_path / "feeds.opml").write_text(opml.replace("a.example", "b.example"))
    briefing("feeds", "ports", "--import", "feeds.opml")
    (tmp_path / "feeds.opml").write_text(opml)
    briefing("feeds", "ports", "--import", "feeds.opml")
    listed = briefing("feeds", "ports").stdout
    assert listed == "https://a.example/rss  only with: mast\nhttps://b.example/rss\n"
    briefing("undo", "ports")
    assert "b.example" not in briefing("feeds", "ports").stdout
    (tmp_path / "feeds.opml").write_text("text")
    assert "this is no OPML" in briefing("feeds", "ports", "--import", "feeds.opml").stderr


def test_a_feed_is_not_added_as_an_article(briefing: Run, here: str, server: HostileServer) -> None:
    server.pages["/rss"] = feed(1, 2)
    done = briefing("add", f"{here}/rss", "--to", "ports", "--allow-private")
    assert done.returncode == 4
    assert f"{here}/rss: this is a feed, not an article" in done.stderr
    assert "briefing feeds NAME --add" in done.stderr
