"""A library whose search index is a database that others fill too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from briefing.errors import NotFoundError, UnavailableError
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import Anchor, Edit
from briefing.search.index import create_index, open_index
from tests.postgres import empty_database, reader_of

psycopg = pytest.importorskip("psycopg", exc_type=ImportError)

Open = Callable[..., Library]


@pytest.fixture
def desk(tmp_path: Path, postgres: str) -> Iterator[Open]:
    """Return a function that opens a library beside the database, or elsewhere."""
    with ExitStack() as opened:

        def open_(name: str, index: str = postgres) -> Library:
            library = Library.open(tmp_path / name, index=index, create=True)
            opened.callback(library.close)
            return library

        yield open_


def document(word: str) -> InputBytes:
    text = f"{word.title()} at the port\n\nThe port of Antwerp counts its {word} every week."
    return InputBytes(name=f"{word}.txt", data=text.encode())


def fill(library: Library, *words: str, to: str = "ports") -> None:
    assert len(library.add([document(word) for word in words], to=to).added) == len(words)


def copy(library: Library, name: str) -> None:
    """Copy what a library's files say to another machine: its content, and not what it derived."""
    target = library.root.parent / name / "content"
    shutil.copytree(library.content, target, dirs_exist_ok=True)


def found(library: Library, query: str) -> set[str]:
    return {group.article for group in library.search(query).groups}


def last_change(postgres: str) -> int:
    """Return the number of the newest transaction of which the database holds anything."""
    with psycopg.connect(postgres) as connection:
        tables = connection.execute(
            "SELECT oid::regclass::text FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'briefing'::regnamespace"
        ).fetchall()
        newest = [
            connection.execute(f"SELECT max(xmin::text::bigint) FROM {name}").fetchone()  # noqa: S608
            for (name,) in tables
        ]
    return max(number for row in newest for number in row or () if number is not None)


def test_what_one_machine_adds_the_other_finds(desk: Open) -> None:
    anna, ben = desk("anna"), desk("ben")
    fill(anna, "cranes", "barges")
    copy(anna, "ben")
    ben.refresh()
    fill(ben, "pilots")
    assert found(anna, "port") == found(ben, "port") == {
        "cranes-at-the-port", "barges-at-the-port", "pilots-at-the-port"
    }  # fmt: skip


def test_what_is_there_already_is_not_written_again(desk: Open, postgres: str) -> None:
    anna = desk("anna")
    fill(anna, "cranes", "barges")
    before = last_change(postgres)
    copy(anna, "ben")
    ben = desk("ben")
    assert ben.refresh().changed == ("ports",)
    assert [source.article for source in ben.panels("ports").sources] != []
    assert last_change(postgres) == before
    edit = Edit(
        id="e1", kind="note", anchor=Anchor(article="cranes-at-the-port", exact="Antwerp"),
        text="ask the harbour master",
    )  # fmt: skip
    ben.editing.store("ports", edit)
    assert found(ben, "note:harbour") == {"cranes-at-the-port"} == found(anna, "note:harbour")
    assert last_change(postgres) > before


def test_a_copy_that_lags_behind_takes_nothing_from_the_others(desk: Open) -> None:
    anna = desk("anna")
    fill(anna, "cranes")
    copy(anna, "ben")
    fill(anna, "barges")
    fill(anna, "locks", to="canals")
    ben = desk("ben")
    ben.refresh()
    assert found(ben, "port") == {"cranes-at-the-port", "barges-at-the-port", "locks-at-the-port"}
    with pytest.raises(NotFoundError, match="barges"):
        ben.article("ports", "barges-at-the-port")


def test_what_goes_from_content_goes_from_the_database(desk: Open) -> None:
    anna = desk("anna")
    fill(anna, "cranes", "barges")
    fill(anna, "locks", to="canals")
    copy(anna, "ben")
    ben = desk("ben")
    ben.refresh()
    (ben.content / "ports" / "barges-at-the-port.yaml").unlink()
    shutil.rmtree(ben.content / "canals")
    assert ben.refresh().removed == ("canals",)
    assert found(anna, "port") == {"cranes-at-the-port"}


def test_neither_index_is_stale_when_one_goes_from_one_to_the_other(
    desk: Open, postgres: str, any_postgres: str
) -> None:
    with empty_database(any_postgres) as second:
        places = ("local", postgres, second)
        fill(desk("anna", postgres), "cranes")
        for place in places:
            library = desk("anna", place)
            library.refresh()
            assert found(library, "port") == {"cranes-at-the-port"}
        fill(desk("anna", "local"), "barges")
        (desk("anna", "local").content / "ports" / "cranes-at-the-port.yaml").unlink()
        for place in places:
            library = desk("anna", place)
            library.refresh()
            assert found(library, "port") == {"barges-at-the-port"}, place
            library.close()


def test_a_database_that_was_emptied_is_filled_from_the_copies(desk: Open, postgres: str) -> None:
    anna = desk("anna")
    fill(anna, "cranes", "barges")
    fill(anna, "locks", to="canals")
    create_index(postgres).close()
    again = desk("anna")
    assert again.refresh(searchable=True).changed == ()
    assert len(found(again, "port")) == 3
    assert again.refresh(searchable=True).changed == ()


def test_a_database_emptied_while_it_is_searched_is_filled_again(desk: Open, postgres: str) -> None:
    anna = desk("anna")
    fill(anna, "cranes")
    assert found(anna, "port")
    with psycopg.connect(postgres) as connection:
        connection.execute("DROP SCHEMA briefing CASCADE")
    assert found(anna, "port") == {"cranes-at-the-port"}


def test_opening_what_others_filled_leaves_it(desk: Open, postgres: str) -> None:
    fill(desk("anna"), "cranes")
    new = desk("carla")
    assert new.refresh(searchable=True).rebuilt is None
    assert found(new, "port") == {"cranes-at-the-port"}
    copy(desk("anna"), "carla")
    fill(new, "barges", to="carla")
    assert len(open_index(postgres)) > 0
    assert found(new, "port") == {"cranes-at-the-port", "barges-at-the-port"}


def test_another_library_is_refused_until_it_is_asked_for(
    desk: Open, postgres: str, any_postgres: str
) -> None:
    anna, ben = desk("anna"), desk("ben")
    assert ben.refresh(searchable=True).unsearched is None  # Nothing of his could be mixed in.
    fill(anna, "cranes", "barges")
    before = last_change(postgres)
    report = ben.add([document("tulips")], to="ports")
    assert len(report.added) == 1
    assert "is another library's (postgresql://" in report.told[-1]
    for ask in (lambda: found(ben, "port"), lambda: ben.refresh(searchable=True)):
        with pytest.raises(UnavailableError, match="another library's") as refused:
            ask()
        assert "Name another database" in (refused.value.hint or "")
    assert len(ben.panels("ports").sources) == 1
    assert last_change(postgres) == before
    with empty_database(any_postgres) as other:
        elsewhere = desk("ben", other)
        elsewhere.refresh()
        assert found(elsewhere, "port") == {"tulips-at-the-port"}
        elsewhere.close()
    assert len(found(anna, "port")) == 2  # She has it open, and is told once it is not hers.
    ben.refresh(force=True)
    assert found(ben, "port") == {"tulips-at-the-port"}
    with pytest.raises(UnavailableError, match="another library's"):
        found(anna, "port")
    assert "another library's" in anna.add([document("pilots")], to="ports").told[-1]
    with pytest.raises(UnavailableError, match="another library's"):
        found(anna, "port")
    assert found(ben, "port") == {"tulips-at-the-port"}


def test_a_library_new_to_this_machine_may_be_asked_for_at_once(desk: Open) -> None:
    fill(desk("anna"), "cranes")
    desk("ben", "local").add([document("tulips")], to="ports", index=False)
    ben = desk("ben")
    ben.refresh(force=True)
    assert found(ben, "port") == {"tulips-at-the-port"}


def test_copies_and_moved_libraries_go_on(desk: Open, tmp_path: Path) -> None:
    anna = desk("anna")
    fill(anna, "cranes", "barges", "locks")
    copy(anna, "ben")
    fill(desk("ben", "local"), "tulips", "pilots")  # On the train.
    fill(anna, "docks", to="canals")
    ben = desk("ben")
    assert ben.refresh().unsearched is None
    anna.close()
    shutil.move(tmp_path / "anna", tmp_path / "moved")
    shutil.rmtree(tmp_path / "moved" / "index")
    moved = desk("moved")
    fill(moved, "weirs")
    assert len(found(moved, "port")) == len(found(ben, "port")) == 7


def test_who_asks_for_it_has_the_database_made_anew(desk: Open) -> None:
    anna = desk("anna")
    fill(anna, "cranes")
    copy(anna, "ben")
    fill(anna, "barges")
    ben = desk("ben")
    ben.refresh()
    ben.refresh(force=True)
    assert found(ben, "port") == {"cranes-at-the-port"}
    anna.refresh(searchable=True)
    assert found(anna, "port") == {"cranes-at-the-port", "barges-at-the-port"}


def test_who_may_only_read_is_told_once_and_searches_what_is_there(
    desk: Open, postgres: str
) -> None:
    anna = desk("anna")
    fill(anna, "cranes")
    copy(anna, "ben")
    with reader_of(postgres) as reading:
        ben = desk("ben", reading)
        assert "may only be read" in (ben.refresh().unsearched or "")
        assert ben.refresh().unsearched is None
        assert found(ben, "port") == {"cranes-at-the-port"}
        report = ben.add([document("barges")], to="ports")
        assert len(report.added) == 1
        assert report.unindexed is None
        assert "may only be read" in report.told[-1]
        assert len(ben.panels("ports").sources) == 2
        anchor = Anchor(article="cranes-at-the-port", exact="Antwerp")
        ben.editing.store("ports", Edit(id="e1", kind="note", anchor=anchor, text="ask again"))
        assert "may only be read" in (ben.refresh(searchable=True).unsearched or "")
        assert ben.refresh(searchable=True).unsearched is None
        assert found(ben, "port") == {"cranes-at-the-port"}
        copy(ben, "anna")
        anna.refresh()
        assert found(ben, "port") == {"cranes-at-the-port", "barges-at-the-port"}
        ben.close()
