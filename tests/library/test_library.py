"""The facade: adding, reading, correcting and re-annotating, through its public methods."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from briefing.content.locking import library_lock
from briefing.errors import NotFoundError, WriteError
from briefing.library import Library, country_code
from briefing.library.reports import InputBytes
from briefing.model import Anchor, Article, BriefingInfo, Chunk, Edit, Source, Speaker
from briefing.search.index import open_index

ARTICLE = "harbour-board-closes-old-ferry-terminal"
WORDS = "We cannot wait for a third winter,"


@pytest.fixture
def library(tmp_path: Path, story: Path) -> Library:
    opened = Library.open(tmp_path / "library", create=True)
    opened.add([story], to="ports")
    return opened


def edit(kind: str, exact: str, **fields: object) -> Edit:
    anchor = Anchor(article=ARTICLE, exact=exact)
    return Edit(id="e1", kind=kind, anchor=anchor, **fields)  # type: ignore[arg-type]


def article_file(library: Library) -> Path:
    return library.content / "ports" / f"{ARTICLE}.yaml"


def test_a_library_that_is_not_there_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no library here"):
        Library.open(tmp_path / "nowhere")


def test_the_catalog_needs_one_refresh_and_then_no_yaml(tmp_path: Path, library: Library) -> None:
    row = Library.open(library.root).catalog()[0]
    assert (row.name, row.title, row.articles) == ("ports", "Ports", 1)


def test_a_refresh_without_a_change_changes_nothing(library: Library) -> None:
    assert library.refresh().changed == ()


def test_panels_are_the_same_from_the_index_and_from_yaml(library: Library) -> None:
    from briefing.compare.build import build_panels

    assert library.panels("ports") == build_panels(library.briefing("ports"))


def test_a_briefing_deleted_from_content_leaves_list_and_search(library: Library) -> None:
    import shutil

    shutil.rmtree(library.content / "ports")
    assert library.refresh().removed == ("ports",)
    assert library.catalog() == ()
    assert library.search("winter").total_chunks == 0


def test_an_article_deleted_from_content_leaves_panels_and_search(library: Library) -> None:
    library.add(
        [InputBytes(name="two", data=b"Rain\n\nRain fell on Spain for a week.")], to="ports"
    )
    article_file(library).unlink()
    library.refresh()
    assert [source.article for source in library.panels("ports").sources] == ["rain"]
    assert library.search("winter").total_chunks == 0


def test_an_edit_is_shown_at_once_and_taken_back_again(library: Library) -> None:
    speaker = Speaker(name="Bea Lin", type="named")
    library.editing.store("ports", edit("set-speaker", WORDS, speaker=speaker))
    rows = [row.quote for row in library.panels("ports").quotes if row.quote.exact == WORDS]
    assert rows[0].speaker == speaker
    library.editing.withdraw("ports", "e1")
    rows = [row.quote for row in library.panels("ports").quotes if row.quote.exact == WORDS]
    assert rows[0].speaker is not None
    assert rows[0].speaker.name == "Ana Lin"


def test_an_edit_never_touches_the_article_file(library: Library) -> None:
    before = article_file(library).read_bytes()
    library.editing.store("ports", edit("drop-quote", WORDS))
    assert article_file(library).read_bytes() == before
    assert WORDS not in [row.quote.exact for row in library.panels("ports").quotes]


def test_an_edit_whose_words_are_gone_is_counted_as_an_orphan_and_kept(library: Library) -> None:
    library.editing.store("ports", edit("note", "words that stand nowhere", text="a remark"))
    assert library.panels("ports").orphans == 1
    assert [orphan.edit.id for orphan in library.briefing("ports").orphans] == ["e1"]


def test_annotating_anew_without_a_new_rule_changes_nothing(library: Library) -> None:
    before = article_file(library).read_bytes()
    assert library.reannotate("ports").changed == ()
    assert library.reannotate("ports", reread=True).changed == ()
    assert article_file(library).read_bytes() == before


def test_a_file_changed_by_hand_is_kept_unless_its_owner_agrees(library: Library) -> None:
    path = article_file(library)
    made = path.read_bytes()
    path.write_bytes(made.replace(b"name: Ana Lin", b"name: Bea Lin"))
    assert library.reannotate("ports").kept == (ARTICLE,)
    assert b"name: Bea Lin" in path.read_bytes()
    assert library.reannotate("ports", confirm=lambda article: article == ARTICLE).changed == (
        ARTICLE,
    )
    assert path.read_bytes() == made


BY_HAND = [
    (b"headline: Harbour board closes old ferry terminal", b"headline: The ferry goes"),
    (b"publisher: null", b"publisher: The Morning Tide"),
    (b"authors: []", b"authors: [Jo Bell]"),
    (b"date: null", b"date: {value: '2020-01-23', precision: day, basis: stated}"),
    (b"language: en", b"language: nl"),
    (b"url: null", b"url: 'https://tide.example/ferry'"),
    (b"role: heading", b"role: caption"),
    (b"four hundred metres", b"five hundred metres"),
]


@pytest.mark.parametrize(("made", "set_by_hand"), BY_HAND)
def test_what_was_set_by_hand_is_asked_for_even_after_annotating_anew(
    library: Library, made: bytes, set_by_hand: bytes
) -> None:
    path = article_file(library)
    before = path.read_bytes()
    assert made in before
    path.write_bytes(before.replace(made, set_by_hand))
    library.reannotate("ports", confirm=lambda _: True)
    assert set_by_hand in path.read_bytes()
    assert library.reannotate("ports").kept == ()
    assert [problem.message for problem in library.check("ports")] == [
        "the file was changed by hand"
    ]
    assert library.reannotate("ports", reread=True).kept == (ARTICLE,)
    assert set_by_hand in path.read_bytes()
    asked: list[str] = []
    library.reannotate("ports", reread=True, confirm=lambda name: not asked.append(name))
    assert asked == [ARTICLE]
    assert path.read_bytes() == before


def test_what_no_digest_tells_to_be_read_is_asked_for_before_it_is_replaced(
    library: Library,
) -> None:
    path = article_file(library)
    read = re.search(rb", read: [0-9a-z']+", path.read_bytes())
    assert read is not None
    path.write_bytes(path.read_bytes().replace(read[0], b""))
    assert library.reannotate("ports", reread=True).kept == ()
    path.write_bytes(path.read_bytes().replace(read[0], b"").replace(*BY_HAND[0]))
    library.reannotate("ports", confirm=lambda _: True)
    assert read[0] not in path.read_bytes()
    assert library.reannotate("ports", reread=True).kept == (ARTICLE,)
    assert BY_HAND[0][1] in path.read_bytes()


def test_annotations_that_no_annotator_signed_are_a_person_s(library: Library) -> None:
    path = article_file(library)
    signed = re.search(rb"annotator: .*\n", path.read_bytes())
    assert signed is not None
    path.write_bytes(path.read_bytes().replace(signed[0], b"annotator: null\n"))
    assert library.reannotate("ports").kept == (ARTICLE,)


def test_the_codebook_of_the_briefing_is_used_for_its_articles(library: Library) -> None:
    stances = {
        position.stance
        for chunk in library.article("ports", ARTICLE).chunks
        for position in chunk.positions
    }
    assert stances <= {"ban", "restrict", "allow", "undecided", "pressure"}
    assert "ban" in stances


def test_an_unknown_article_is_not_found_and_the_known_ones_are_named(library: Library) -> None:
    with pytest.raises(NotFoundError) as caught:
        library.article("ports", "nothing")
    assert caught.value.hint == f"It has: {ARTICLE}"


def test_a_saved_export_is_never_overwritten_unasked(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    library.save_export("one", path)
    with pytest.raises(WriteError, match="exists already"):
        library.save_export("two", path)
    assert library.save_export("two", path, overwrite=True).read_text("utf-8") == "two"


def test_two_articles_that_want_one_id_both_get_in(library: Library) -> None:
    text = "Harbour board closes old ferry terminal\n\nAnother text under the same headline."
    report = library.add([InputBytes(name="other", data=text.encode())], to="ports")
    assert [added.article for added in report.added] == [f"{ARTICLE}-2"]


def test_progress_is_told_before_each_document_and_at_the_end(
    tmp_path: Path, library: Library
) -> None:
    told: list[tuple[int, int, str]] = []
    documents = [
        InputBytes(name=str(number), data=f"Title {number}\n\nText of {number}.".encode())
        for number in range(2)
    ]
    library.add(documents, to="ports", progress=lambda *call: told.append(call))
    assert told == [(0, 2, "0"), (1, 2, "1"), (2, 2, "")]


@pytest.mark.parametrize(
    ("wanted", "code"), [("gb", "GB"), ("UK", "GB"), ("germany", "DE"), ("French", "FR")]
)
def test_a_country_is_named_by_code_or_word(wanted: str, code: str) -> None:
    assert country_code(wanted) == code


def test_a_library_kept_open_finds_what_is_added_and_after_a_new_index(library: Library) -> None:
    assert library.search("winter").total_chunks == 1
    library.add([InputBytes(name="two", data=b"Rain\n\nRain fell all winter long.")], to="ports")
    assert library.search("winter").total_chunks == 2
    library.refresh(force=True)
    assert library.search("winter").total_chunks == 2
    other = Library.open(library.root)
    other.refresh(force=True)
    assert library.search("winter").total_chunks == 2


def test_looking_whether_anything_changed_takes_no_lock_and_writes_nothing(
    library: Library,
) -> None:
    before = {path: path.stat().st_mtime_ns for path in library.root.rglob("*")}
    assert Library.open(library.root).refresh(searchable=True).changed == ()
    assert {path: path.stat().st_mtime_ns for path in library.root.rglob("*")} == before


def test_what_is_left_to_fold_is_folded_when_there_is_time_and_nobody_else_writes(
    tmp_path: Path,
) -> None:
    library = Library.open(tmp_path, create=True)
    library.add(
        [InputBytes(name="a.txt", data=b"Ferries\n\nThe ferry sails on Monday.\n")], to="sea"
    )
    index = open_index(library.index_dir)
    for number in range(9):
        index.update("sea", BriefingInfo(title="Sea"), [many_chunks(f"many-{number}", 20)])
    found = library.search("ferry").total_chunks
    with library_lock(library.root, place=library.index_dir):
        answers: list[bool] = []
        thread = threading.Thread(target=lambda: answers.append(library.tidy()))
        thread.start()
        thread.join(timeout=60)
        assert answers == [False]
    assert index.needs_merge()
    assert library.tidy()
    assert len(list((library.index_dir / "search").glob("*.trm"))) == 1
    assert not index.needs_merge()
    assert not library.tidy()
    assert library.search("ferry").total_chunks == found >= 9 * 20


def many_chunks(name: str, count: int) -> Article:
    """Make an article of short chunks."""
    return Article(
        id=name,
        source=Source(file="a", media_type="text/plain", sha256="0" * 64, added="2026-11-21"),
        chunks=tuple(Chunk(id=f"c{n}", role="body", text=f"Ferry {n}.") for n in range(count)),
    )
