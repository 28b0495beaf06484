"""Panels that a change leaves to their next reading, and the row that does not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.compare.panels import Panels
from briefing.library import Library, incremental_reading
from briefing.library.reports import InputBytes

TEXTS = {
    "dam": "Spain opens a dam\n\nHarbour Post, 3 March 2024\n\n“We shall open the dam,” said Ana "
    "Lin, a minister of Spain. Portugal opposes the dam.",
    "mill": "Kenya sells a mill\n\nMill News, 5 May 2025\n\nThe mill stands in Kenya.",
    "quay": "Chile bans barges\n\nQuay Times\n\nChile banned barges. Peru said it would wait.",
}


def add(library: Library, name: str, text: str) -> None:
    library.add([InputBytes(name=f"{name}.txt", data=text.encode())], to="ports")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    opened = Library.open(tmp_path / "library", create=True)
    for name, text in TEXTS.items():
        add(opened, name, text)
    return opened


def waiting(library: Library) -> bool:
    return library._store.read("ports", "panels", Panels) is None


def edit(library: Library) -> None:
    place = library.editing.anchor(
        "ports", library.articles("ports")[0].id, words="Kenya", chunk="c3"
    )
    assert library.editing.correct("ports", "drop-mention", place).changed


def change_by_hand(library: Library) -> None:
    path = library.content / "ports" / f"{library.articles('ports')[0].id}.yaml"
    path.write_text(path.read_text("utf-8").replace("2025-05-05", "2023-01-09"), encoding="utf-8")
    library.refresh()


def remove(library: Library) -> None:
    assert library.editing.remove_article("ports", library.articles("ports")[0].id).changed


def break_one(library: Library) -> None:
    path = library.content / "ports" / f"{library.articles('ports')[0].id}.yaml"
    path.write_text("chunks: [", encoding="utf-8")
    library.refresh()


def add_another(library: Library) -> None:
    add(library, "ferry", "Egypt backs ferries\n\nNile Post, 1 June 2026\n\nEgypt backs ferries.")


CHANGES = [edit, change_by_hand, remove, break_one, add_another]


@pytest.mark.parametrize("change", CHANGES)
def test_row_and_panels_after_a_change_are_those_of_a_new_index(
    library: Library, change: Callable[[Library], None]
) -> None:
    library.panels("ports")
    change(library)
    assert waiting(library)
    row, ids, panels = library.catalog()[0], library.article_ids("ports"), library.panels("ports")
    codebook = library.codebook("ports")
    assert not waiting(library)
    library.refresh(force=True)
    assert replace(library.catalog()[0], stamp=None) == replace(row, stamp=None)
    assert library.panels("ports") == panels
    assert library.codebook("ports") == codebook
    assert library.article_ids("ports") == ids == tuple(each.article for each in panels.sources)
    assert (row.articles, row.quotes) == (len(panels.sources), len(panels.quotes))
    assert set(row.countries) == {each.code for each in panels.countries}


def test_many_readers_at_once_get_the_same_panels(library: Library) -> None:
    assert waiting(library)
    others = [Library.open(library.root) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: each.panels("ports"), others))
    assert [each == found[0] for each in found] == [True] * 4
    assert len(found[0].sources) == 3


def test_panels_of_files_that_changed_since_are_not_kept(library: Library) -> None:
    path = next((library.content / "ports").glob("mill*.yaml"))
    path.unlink()
    assert len(library.panels("ports").sources) == 2
    assert waiting(library)
    library.refresh()
    assert len(library.panels("ports").sources) == 2
    assert not waiting(library)


def test_a_missing_copy_is_read_from_its_file(library: Library) -> None:
    article = library.articles("ports")[0].id
    library._store.remove("ports", f"article/{article}")
    assert library.panels("ports").sources[0].article == article
    assert len(library.articles("ports")) == 3


def all_of_it(library: Library) -> object:
    row = replace(library.catalog()[0], stamp=None)
    found = library.search("the or a or in or barges", limit=1_000).groups
    return row, library.article_ids("ports"), library.panels("ports"), set(found)


def touch_info(library: Library) -> None:
    path = library.content / "ports" / "briefing.yaml"
    path.write_text(path.read_text("utf-8") + "tags: [harbours]\n", encoding="utf-8")
    library.refresh()


def correct_many(library: Library) -> None:
    for article in library.articles("ports"):
        words = article.chunks[-1].text[:6]
        place = library.editing.anchor(
            "ports", article.id, words=words, chunk=article.chunks[-1].id
        )
        assert library.editing.correct("ports", "note", place, text="asked").changed


def rename_two(library: Library) -> None:
    for path in sorted((library.content / "ports").glob("*-*.yaml"))[:2]:
        path.rename(path.with_name(f"z-{path.name}"))
    library.refresh()


@pytest.mark.parametrize("change", [*CHANGES[1:], touch_info, correct_many, rename_two])
def test_what_is_indexed_in_parts_is_as_if_indexed_at_once(
    library: Library, change: Callable[[Library], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental_reading, "READ_AT_ONCE", 1)
    add_another(library)
    change(library)
    in_parts = all_of_it(library)
    library.refresh(force=True)
    again = all_of_it(library)
    monkeypatch.undo()
    library.refresh(force=True)
    assert in_parts == again == all_of_it(library)
