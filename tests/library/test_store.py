from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.errors import WriteError
from briefing.library.store import Store
from briefing.model import BriefingInfo
from briefing.search.results import CatalogRow


def row(name: str, title: str = "A title") -> CatalogRow:
    return CatalogRow(name=name, title=title, articles=2, countries=("GB", "NO"))


def test_a_library_never_indexed_has_an_empty_catalog(tmp_path: Path) -> None:
    assert Store(tmp_path / "index").catalog() == ()
    assert not (tmp_path / "index").exists()


def test_rows_are_added_replaced_and_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_rows(row("ports"))
    store.put_rows(row("cables", "Old"))
    store.put_rows(row("cables", "New"))
    store.put_rows(row("gone"))
    store.remove_row("gone")
    assert Store(tmp_path).catalog() == (row("cables", "New"), row("ports"))


def test_the_states_of_briefings_are_those_of_their_rows(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_catalog((replace(row("a"), stamp="1/x"), row("b"), replace(row("c"), stamp="2/y")))
    store.put_rows(replace(row("b"), stamp="3/z"))
    store.put_rows(row("a"))
    store.remove_row("c")
    assert Store(tmp_path).stamps() == {"a": None, "b": "3/z"}
    assert Store(tmp_path / "none").stamps() == {}


def test_the_log_is_folded_into_the_catalog_when_it_grows(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(1500):
        store.put_rows(row(f"b-{number:04}", "x" * 200))
    assert (tmp_path / "catalog.json").stat().st_size > 100_000
    assert (tmp_path / "catalog.log").stat().st_size < 300_000
    assert [r.name for r in store.catalog()] == [f"b-{number:04}" for number in range(1500)]


def test_a_torn_last_line_loses_that_row_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_rows(row("a"))
    with (tmp_path / "catalog.log").open("ab") as log:
        log.write(b'{"row":{"name":"b","ti')
    store.put_rows(row("c"))
    assert [r.name for r in Store(tmp_path).catalog()] == ["a", "c"]


@pytest.mark.parametrize("name", ["catalog.json", "catalog.log", "store.json"])
def test_a_corrupt_file_counts_as_absent(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path)
    store.put_catalog((row("a"),))
    (tmp_path / name).write_bytes(b"\xff\x00{]")
    Store(tmp_path).catalog()
    Store(tmp_path).put_rows(row("b"))
    assert row("b") in Store(tmp_path).catalog()


def test_another_version_is_not_read_and_is_cleared_by_the_first_write(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_rows(row("a"))
    store.write("a", "info", BriefingInfo(title="A"))
    (tmp_path / "store.json").write_text('{"format": "briefing/store/999"}')
    newer = Store(tmp_path)
    assert newer.catalog() == ()
    assert newer.read("a", "info", BriefingInfo) is None
    newer.put_rows(row("b"))
    assert Store(tmp_path).catalog() == (row("b"),)
    assert Store(tmp_path).read("a", "info", BriefingInfo) is None


def test_a_fast_copy_comes_back_as_it_was(tmp_path: Path) -> None:
    info = BriefingInfo(title="Who bans it? “Yes”", tags=("5g",))
    store = Store(tmp_path)
    store.write("huawei-5g", "info", info)
    assert Store(tmp_path).read("huawei-5g", "info", BriefingInfo) == info
    assert store.read("huawei-5g", "panels", BriefingInfo) is None
    assert store.read("huawei-5g", "info", CatalogRow) is None


def test_hostile_names_stay_inside_the_folder_and_apart(tmp_path: Path) -> None:
    store = Store(tmp_path / "index")
    names = ["../../up", "a/b", "A", "a", "con", "x" * 300, "", ".", "é", "\udc80"]
    for number, name in enumerate(names):
        store.write(name, f"article/{name}", number)
    assert [store.read(name, f"article/{name}", int) for name in names] == list(range(len(names)))
    assert {path.name for path in tmp_path.iterdir()} == {"index"}


def test_what_another_process_made_meanwhile_is_read(tmp_path: Path) -> None:
    early = Store(tmp_path)
    Store(tmp_path).put_rows(row("a"))
    assert early.catalog() == (row("a"),)


def test_rows_put_together_are_as_if_put_one_by_one(tmp_path: Path) -> None:
    Store(tmp_path).put_rows(row("b"), row("a"))
    Store(tmp_path).put_rows()
    assert Store(tmp_path).catalog() == (row("a"), row("b"))


def test_removing_a_row_removes_its_fast_copies(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_rows(row("b"))
    store.write("b", "article/one", 1)
    store.remove_row("b")
    assert store.catalog() == ()
    assert store.read("b", "article/one", int) is None


def test_a_folder_that_cannot_be_written_is_a_write_error(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    store = Store(tmp_path / "index")
    assert store.catalog() == ()
    with pytest.raises(WriteError, match="was not written"):
        store.put_rows(row("a"))


def test_the_index_deleted_under_an_open_store_is_made_again(tmp_path: Path) -> None:
    import shutil

    store = Store(tmp_path / "index")
    store.put_rows(row("a"))
    shutil.rmtree(tmp_path / "index")
    assert store.catalog() == ()
    store.put_rows(row("b"))
    assert Store(tmp_path / "index").catalog() == (row("b"),)
