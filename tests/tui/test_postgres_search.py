"""The app over an index that a database holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import InputBytes
from tests.postgres import PostgresServer, SlowLink, all_locked, reader_of

pytest.importorskip("psycopg", exc_type=ImportError)
from briefing.search.engines.postgres_connecting import READ_SECONDS


@pytest.fixture
def shared(masts: Library, postgres: str) -> Iterator[Library]:
    library = Library.open(masts.root, index=postgres)
    yield library
    library.close()


async def test_what_is_typed_is_found_in_the_database(shared: Library, sit_down) -> None:
    async with sit_down(shared, briefing="masts") as person:
        await person.press("slash", *"suppl")
        assert "5 passages in 3 articles" in person.screen
        assert "¶1  Britain will allow the supplier into a third" in person.screen
        await person.enter("ier laboratory")
        assert "in 1 article" in person.screen
        await person.press("enter")
        assert "Ministers settle on a quota for the network" in person.lines[1]


async def test_both_indexes_show_the_same(masts: Library, shared: Library, sit_down) -> None:
    screens = []
    for library in (masts, shared):
        async with sit_down(library, briefing="masts") as person:
            await person.press("slash")
            await person.enter("supplier")
            screens.append(person.screen)
    assert screens[0] == screens[1]


async def test_keys_are_answered_while_the_server_is_not(
    masts: Library, postgres_server: PostgresServer, sit_down
) -> None:
    with SlowLink(postgres_server.port) as link:
        address = postgres_server.loopback("postgres", port=link.port)
        library = Library.open(masts.root, index=address)
        async with sit_down(library, briefing="masts") as person:
            await person.press("slash", "l")
            link.hold()
            await person.pilot.press(*"aboratory")
            assert person.app.screen.query_one("#query").value == "laboratory"
            await person.pilot.press(*["backspace"] * 10, *"supplier")
            assert person.app.screen.query_one("#query").value == "supplier"
            assert "5 passages" not in person.screen
            link.release()
            await person.wait()
            assert "5 passages in 3 articles" in person.screen
        library.close()


async def test_what_is_typed_on_stops_the_search_before(
    shared: Library, postgres: str, sit_down
) -> None:
    async with sit_down(shared, briefing="masts") as person:
        await person.press("slash", *"suppl")
        with all_locked(postgres) as waits_since:
            await person.pilot.press(*"ie")
            while not (first := waits_since()):
                await person.pilot.pause()
            await person.pilot.press("r")
            while (then := waits_since()) in {first, None}:
                await person.pilot.pause()
            assert (then - first).total_seconds() < READ_SECONDS / 2
        await person.wait()
        assert "5 passages in 3 articles" in person.screen
    shared.stop_search()  # Nothing is asked.


async def test_a_server_that_is_away_is_told_where_one_searches(
    masts: Library, postgres_server: PostgresServer, sit_down
) -> None:
    library = Library.open(masts.root, index=postgres_server.address())
    library.refresh()
    library.close()
    postgres_server.stop("immediate")
    async with sit_down(library, briefing="masts") as person:
        assert "Britain" in person.screen
        await person.press("slash", *"supplier")
        assert "cannot be reached" in person.screen
        postgres_server.start()
        await person.press("space")
        assert "5 passages in 3 articles" in person.screen
    library.close()


async def test_changes_that_the_server_has_not_got_are_told_once(
    masts: Library, postgres_server: PostgresServer, sit_down
) -> None:
    postgres_server.stop()
    library = Library.open(masts.root, index=postgres_server.address())
    async with sit_down(library) as person:
        assert "Masts and allies" in person.screen
        assert "cannot be reached" in person.screen
        told = len(person.app._notifications)
        person.app.refresher.look_again()
        await person.wait()
        assert len(person.app._notifications) == told
        postgres_server.start()
        person.app.refresher.look_again()
        await person.wait()
        await person.press("slash")
        await person.enter("supplier")
        assert "5 passages in 3 articles" in person.screen
    library.close()


async def test_who_may_only_read_searches_in_the_app(
    masts: Library, shared: Library, postgres: str, sit_down
) -> None:
    shared.refresh()
    with reader_of(postgres) as reading:
        library = Library.open(masts.root, index=reading)
        async with sit_down(library) as person:
            await person.press("slash")
            await person.enter("supplier")
            assert "5 passages in 3 articles" in person.screen
        library.close()


async def test_an_article_that_has_not_come_here_yet_is_told(
    masts: Library, shared: Library, postgres: str, tmp_path: Path, sit_down
) -> None:
    shared.refresh()
    shutil.copytree(shared.content, tmp_path / "ahead" / "content")
    ahead = Library.open(tmp_path / "ahead", index=postgres)
    document = InputBytes(name="x", data=b"Beacons\n\nBeacons stand on every hill of Malta.")
    ahead.add([document], to="masts")
    ahead.add([document], to="beacons", keep_doubles=True)
    ahead.close()
    async with sit_down(shared) as person:
        told = set()
        for number in range(2):
            await person.press("slash")
            await person.enter("beacons")
            assert "in 2 articles" in person.screen
            await person.press(*["down"] * (2 * number), "enter")
            told |= {words for words in ("no article", "no briefing") if words in person.screen}
            await person.press("escape", "escape", "escape")
        assert told == {"no article", "no briefing"}
