"""Doubles: the same text or address told at adding, with what differs, and what was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import AddReport, InputBytes

PARAGRAPHS = [
    f"The council of {place} voted on Monday to close its {thing} before the winter, after a "
    f"report found that repairs would take {count} months and most of the town's savings."
    for place, thing, count in (
        ("Tarn", "ferry terminal", "nine"),
        ("Oster", "grain store", "four"),
        ("Velden", "upper lock", "eleven"),
        ("Marrow", "signal tower", "seven"),
    )
]
COLLECTED = "Dockers in three towns said they had not been asked about any of it beforehand."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", create=True)


def add(
    library: Library,
    name: str,
    paragraphs: list[str],
    *,
    to: str = "ports",
    head: str = "",
    keep_doubles: bool | None = None,
) -> AddReport:
    text = "\n\n".join([f"{head}{name.title()} councils close what they own", *paragraphs])
    item = InputBytes(name=f"{name}.txt", data=text.encode())
    return library.add([item], to=to, keep_doubles=keep_doubles)


def test_a_text_that_another_briefing_holds_is_told_and_marked(library: Library) -> None:
    first = add(library, "gull", PARAGRAPHS, to="harbours").added[0]
    report = add(library, "tern", [*PARAGRAPHS, COLLECTED])
    (double,), (added,) = report.doubles, report.added
    assert (double.kind, double.differ, double.added) == ("text", 1, True)
    assert double.says() == (
        f"ports/{added.article} holds the same text as harbours/{first.article}: "
        "1 paragraph differs"
    )
    (article,) = library.briefing("ports").articles
    assert article.source.double_of == f"harbours/{first.article}"
    assert f"double_of: harbours/{first.article}" in (
        library.content / "ports" / f"{article.id}.yaml"
    ).read_text(encoding="utf-8")
    assert library.check() == ()


def test_an_edited_copy_is_told_apart_from_the_same_text(library: Library) -> None:
    add(library, "gull", PARAGRAPHS)
    edited = [PARAGRAPHS[0], PARAGRAPHS[2].replace("winter", "spring"), *[COLLECTED] * 3]
    edited += ["A new pier would be paid for by the owners of the boats that use it, he added."] * 2
    (double,) = add(library, "tern", edited).doubles
    assert double.kind == "copy"
    assert "is an edited copy of" in double.says()


def test_texts_that_share_only_a_subject_are_no_doubles(library: Library) -> None:
    add(library, "gull", PARAGRAPHS[:2])
    other = ["In Oster the grain store shuts, and its keepers will look for work up the river."]
    assert add(library, "tern", [*other, COLLECTED]).doubles == ()


def test_the_address_of_a_page_tells_a_double_whatever_its_text_is(library: Library) -> None:
    head = "---\nurl: {}\n---\n\n"
    add(library, "gull", PARAGRAPHS, head=head.format("https://gull.example/ports/closing"))
    report = add(
        library,
        "later",
        [COLLECTED],
        head=head.format("http://www.gull.example/ports/closing/?utm_source=mail"),
    )
    assert [(each.kind, each.same_address) for each in report.doubles] == [("address", True)]


def test_two_doubles_of_one_batch_are_told(library: Library) -> None:
    texts = ["\n\n".join(["Councils close", *PARAGRAPHS]), "\n\n".join(["Closing", *PARAGRAPHS])]
    items = [InputBytes(name=f"{n}.txt", data=text.encode()) for n, text in enumerate(texts)]
    report = library.add(items, to="ports")
    assert [each.differ for each in report.doubles] == [0]


def test_what_was_left_out_stays_out_until_it_is_asked_for(library: Library) -> None:
    add(library, "gull", PARAGRAPHS)
    (double,) = add(library, "tern", PARAGRAPHS, keep_doubles=False).doubles
    assert double.says().endswith("no paragraph differs; it was left out")
    again = add(library, "tern", PARAGRAPHS)
    assert (again.added, [each.known for each in again.doubles]) == ((), [True])
    assert len(add(library, "tern", PARAGRAPHS, keep_doubles=True).added) == 1
    assert len(library.briefing("ports").articles) == 2
    assert add(library, "tern", PARAGRAPHS).doubles == ()


def test_an_article_that_is_gone_makes_no_doubles(library: Library) -> None:
    added = add(library, "gull", PARAGRAPHS).added[0]
    (library.content / "ports" / f"{added.article}.yaml").unlink()
    assert add(library, "tern", PARAGRAPHS).doubles == ()


def test_the_index_of_texts_is_rebuilt_with_the_index(library: Library) -> None:
    add(library, "gull", PARAGRAPHS)
    log = library.index_dir / "doubles.log"
    before = log.read_bytes()
    log.write_bytes(b"torn\n" + before[:40])
    library.refresh(force=True)
    assert log.read_bytes().endswith(before)
    assert len(add(library, "tern", PARAGRAPHS).doubles) == 1
