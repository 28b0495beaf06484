"""What goes wrong with a database server: clear words, nothing lost, and the next call goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from briefing.errors import BriefingError, UnavailableError, WriteError
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import Article, BriefingInfo, Chunk, Source
from briefing.search.index import SearchIndex, create_index, open_index
from tests.postgres import PostgresServer, SlowLink, all_locked

psycopg = pytest.importorskip("psycopg", exc_type=ImportError)
from briefing.search.engines.postgres_connecting import Connection  # noqa: E402
from briefing.search.engines.postgres_layout import VERSION  # noqa: E402

INFO = BriefingInfo(title="Ports")
ALL = {f"a{number}" for number in range(6)}


def article(number: int, words: str = "Ferries sail at dawn.") -> Article:
    return Article(
        id=f"a{number}",
        source=Source(file="x", media_type="text/plain", sha256="0" * 64, added="2026-11-21"),
        chunks=(Chunk(id="c1", role="body", text=f"{words} This is number{number}."),),
    )


def found(index: SearchIndex, query: str = "ferries") -> set[str]:
    return {group.article for group in index.search(query).groups}


def fill(index: SearchIndex) -> None:
    index.update("ports", INFO, map(article, range(6)))


@pytest.fixture
def library(tmp_path: Path, postgres_server: PostgresServer) -> Iterator[Library]:
    """Return a library with six briefings, nothing of them indexed yet."""
    root = tmp_path / "library"
    opened = Library.open(root, index=postgres_server.address(), create=True)
    for number in range(6):
        text = f"Pier number{number}\n\nFerries leave pier number{number} at dawn for Ostend."
        opened.add([InputBytes(name="x", data=text.encode())], to=f"b{number}", index=False)
    yield opened
    opened.close()


def test_a_server_killed_while_it_is_filled_is_filled_by_the_next_run(
    library: Library, postgres_server: PostgresServer
) -> None:
    running = [True]

    def kill(done: int, *_: object) -> None:
        if done == 3 and running:
            running.clear()
            postgres_server.stop("immediate")

    done = library.refresh(kill)
    assert "cannot be reached" in (done.unsearched or "")
    assert len(library.catalog()) == 6
    assert len(library.panels("b5").sources) == 1
    postgres_server.start()
    assert library.refresh().unsearched is None
    assert library.search("ferries").total_articles == 6


def test_a_batch_that_a_power_cut_ends_is_whole_or_not_there(
    postgres_server: PostgresServer,
) -> None:
    index = create_index(postgres_server.address())
    index.update("ports", INFO, [article(0)])

    def write() -> None:
        with index.batch():
            index.update("ports", INFO, [article(1)])
            postgres_server.stop("immediate")
            index.update("ports", INFO, [article(2)])

    with pytest.raises((UnavailableError, WriteError)):
        write()
    postgres_server.start()
    assert found(index) == {"a0"}
    fill(index)
    assert found(index) == ALL
    index.close()


def test_a_search_goes_on_after_a_restart(postgres_server: PostgresServer) -> None:
    index = create_index(postgres_server.address())
    fill(index)
    assert found(index) == ALL
    postgres_server.stop("immediate")
    with pytest.raises(UnavailableError, match="cannot be reached"):
        index.search("ferries")
    postgres_server.start()
    assert found(index) == ALL
    postgres_server.stop()
    postgres_server.start()
    assert found(index) == ALL
    index.close()


def test_a_server_killed_while_it_searches_is_told(postgres_server: PostgresServer) -> None:
    index = create_index(postgres_server.address())
    fill(index)
    said: list[BriefingError] = []

    def search() -> None:
        try:
            index.search("ferries")
        except BriefingError as error:
            said.append(error)

    searching = threading.Thread(target=search)
    with suppress(psycopg.Error), all_locked(postgres_server.address()) as waits_since:
        searching.start()
        while not waits_since():
            pass
        postgres_server.stop("immediate")
        searching.join(60)
    assert [type(each) for each in said] == [UnavailableError]
    postgres_server.start()
    assert found(index) == ALL
    index.close()


def test_connections_that_are_used_up_are_told(postgres_server: PostgresServer) -> None:
    address = postgres_server.address()
    index = create_index(address)
    fill(index)
    index.close()
    with ExitStack() as taken:
        for _ in range(12):
            taken.enter_context(psycopg.connect(address))
        with pytest.raises(UnavailableError, match="connections"):
            index.search("ferries")
        with pytest.raises(UnavailableError, match="connections"):
            open_index(address)
    assert found(index) == ALL
    index.close()


def test_a_full_disk_loses_nothing(postgres_server: PostgresServer, tmp_path: Path) -> None:
    with ExitStack() as mounted:
        disk = _small_disk(postgres_server, mounted)
        with psycopg.connect(postgres_server.address(), autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
            connection.execute("CREATE DATABASE small TABLESPACE small TEMPLATE template0")
            connection.execute("CHECKPOINT")
        index = create_index(postgres_server.address("small"))
        fill(index)
        long = " ".join(f"%d-word{n}" for n in range(2_000))
        many = (article(number, long.replace("%d", f"x{number}")) for number in range(100, 140))
        with pytest.raises(WriteError, match="disk"):
            index.update("ports", INFO, many)
        assert found(index) == ALL
        subprocess.run(["mount", "-o", "remount,size=400m", disk], check=True)
        index.update("ports", INFO, [article(7)])
        assert found(index) == ALL | {"a7"}
        index.close()
        postgres_server.stop("immediate")


def _small_disk(server: PostgresServer, mounted: ExitStack) -> Path:
    """Mount a disk of 20 MB that the server may write to; skips where we may not."""
    disk = server.folder / "small"
    disk.mkdir()
    options = f"size=20m,uid={(server.folder / 'data').stat().st_uid},mode=0700"
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "briefing-test", disk], check=False
        ).returncode
    ):
        pytest.skip("mounting a small disk is not allowed here")
    mounted.callback(subprocess.run, ["umount", "--lazy", disk], check=True)
    return disk


def test_a_link_that_is_stuck_ends_in_words(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Connection, "seconds", 1)
    monkeypatch.setattr("briefing.search.engines.postgres_connecting.READ_SECONDS", 1)
    with SlowLink(postgres_server.port) as link:
        index = create_index(postgres_server.loopback("postgres", port=link.port))
        fill(index)
        assert found(index) == ALL
        link.hold()
        with pytest.raises(UnavailableError, match="seconds"):
            index.search("ferries")
        link.release()
        assert found(index) == ALL
        index.close()


def test_words_typed_over_a_slow_link_are_found(postgres_server: PostgresServer) -> None:
    with SlowLink(postgres_server.port, delay=0.05) as link:
        index = create_index(postgres_server.loopback("postgres", port=link.port))
        fill(index)
        assert found(index, "ferr*") == ALL
        link.waits.clear()
        assert found(index, "dawn") == ALL
        assert len(link.waits) <= 12  # Each is as long as the way there and back.
        index.close()


def test_an_index_of_a_newer_version_is_left_alone(library: Library) -> None:
    library.refresh()
    _set_version(str(library.address), "briefing/postgres/999")
    late = InputBytes(name="late", data=b"Late\n\nA late ferry leaves for Ostend.")
    assert "newer version" in library.add([late], to="late").told[-1]
    with pytest.raises(UnavailableError, match="newer version"):
        library.search("ferries")
    assert len(library.catalog()) == 7
    _set_version(str(library.address), VERSION)
    assert library.search("ferry or ferries").total_articles == 7


def test_an_index_of_an_older_version_is_made_anew(library: Library) -> None:
    library.refresh()
    _set_version(str(library.address), "briefing/postgres/0")
    assert library.search("ferries").total_articles == 6


def _set_version(address: str, version: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE briefing.state SET version = %s", (version,))


def test_who_may_not_read_is_told(postgres_server: PostgresServer) -> None:
    create_index(postgres_server.address()).close()
    with psycopg.connect(postgres_server.address()) as owner:
        owner.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(UnavailableError, match="may not read"):
        open_index(postgres_server.address(user="stranger"))


def test_where_the_driver_is_absent_it_is_named() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from briefing.errors import UnavailableError\n"
        "from briefing.search.index import open_index\n"
        "try:\n"
        "    open_index('postgresql://desk/news')\n"
        "except UnavailableError as error:\n"
        "    print(error.hint)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "briefing[postgres]" in done.stdout
