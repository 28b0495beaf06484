"""A briefing's folder: made, filled, read as a whole, with whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from briefing.content.articles import read_article
from briefing.content.edits import dump_edits
from briefing.content.folders import article_path, create_briefing, read_briefing, store_articles
from briefing.content.info import read_info
from briefing.content.naming import briefing_names
from briefing.errors import InputError, MismatchError, NotFoundError, UsageError, WriteError
from briefing.model import Anchor, Article, BriefingInfo, Chunk, Edit

MakeArticle = Callable[..., Article]


def files_below(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_an_article_is_stored_with_its_original_and_makes_its_briefing(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    article = make_article()
    (path,) = store_articles(folder, [(article, original)])
    assert path == folder / "harbour.yaml"
    assert read_article(path) == article
    assert (folder / "originals" / "harbour.txt").read_bytes() == original
    assert read_info(folder / "briefing.yaml").title == "Harbour stays open"
    assert files_below(folder) == ["briefing.yaml", "harbour.yaml", "originals/harbour.txt"]


def test_storing_the_same_article_again_changes_no_byte(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    (path,) = store_articles(folder, [(make_article(), original)])
    before = path.read_bytes()
    assert store_articles(folder, [(read_article(path), original)]) == (path,)
    assert path.read_bytes() == before


def test_a_briefing_that_is_there_is_not_made_anew(folder: Path) -> None:
    path = create_briefing(folder, BriefingInfo(title="First"))
    assert create_briefing(folder, BriefingInfo(title="Second")) == path
    assert read_info(path).title == "First"


def test_an_original_that_is_not_what_the_article_was_made_from_is_refused(
    make_article: MakeArticle, folder: Path
) -> None:
    with pytest.raises(MismatchError, match="does not match its sha256"):
        store_articles(folder, [(make_article(), b"other bytes")])
    assert not folder.exists()


def test_the_original_of_another_article_is_never_replaced(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    kept = folder / "originals" / "harbour.txt"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"someone else's")
    with pytest.raises(WriteError, match="holds the original of another article"):
        store_articles(folder, [(make_article(), original)])
    assert kept.read_bytes() == b"someone else's"
    assert not (folder / "harbour.yaml").exists()


def test_an_article_that_could_not_be_read_back_leaves_no_trace(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    twice = (Chunk(id="c1", role="body", text="a"), Chunk(id="c1", role="body", text="b"))
    for article in (make_article(headline="\udc80"), make_article(chunks=twice)):
        with pytest.raises(InputError):
            store_articles(folder, [(article, original)])
    assert not folder.exists()


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "..", "", "a/b", "a\\b", ".hidden", "C:x"])
def test_ids_and_names_that_lead_out_of_the_folder_are_refused(
    make_article: MakeArticle, folder: Path, original: bytes, name: str
) -> None:
    with pytest.raises((UsageError, InputError)):
        store_articles(folder, [(make_article(name), original)])
    elsewhere = msgspec.structs.replace(make_article().source, file=f"originals/{name}")
    if name not in ("", "..", "/etc/x"):
        with pytest.raises((UsageError, InputError)):
            store_articles(folder, [(make_article(source=elsewhere), original)])
    assert not (folder / "harbour.yaml").exists()


@pytest.mark.parametrize(
    "file", ["harbour.txt", "originals", "originals/../harbour.txt", "/originals/x", "other/x", ""]
)
def test_originals_are_kept_in_their_own_folder_only(
    make_article: MakeArticle, folder: Path, original: bytes, file: str
) -> None:
    source = msgspec.structs.replace(make_article().source, file=file)
    with pytest.raises((InputError, UsageError)):
        store_articles(folder, [(make_article(source=source), original)])


def test_the_ids_of_articles_are_names_that_every_system_takes(folder: Path) -> None:
    assert article_path(folder, "wsj-2020-01-23") == folder / "wsj-2020-01-23.yaml"
    for name in ("WSJ", "a b", "briefing", "edits", "con", "é", "-a", "x" * 201):
        with pytest.raises(InputError, match="cannot be the id of an article"):
            article_path(folder, name)


def test_folders_and_files_that_are_links_are_not_written_through(
    make_article: MakeArticle, folder: Path, original: bytes, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.parent.mkdir(parents=True)
    folder.symlink_to(outside)
    with pytest.raises(UsageError, match="symbolic link"):
        store_articles(folder, [(make_article(), original)])
    folder.unlink()
    folder.mkdir()
    (folder / "originals").symlink_to(outside)
    with pytest.raises(WriteError, match="symbolic link"):
        store_articles(folder, [(make_article(), original)])
    (folder / "originals").unlink()
    (folder / "harbour.yaml").symlink_to(outside / "target.yaml")
    with pytest.raises(UsageError, match="symbolic link"):
        store_articles(folder, [(make_article(), original)])
    assert list(outside.iterdir()) == []


def test_a_file_in_place_of_the_library_is_told(
    make_article: MakeArticle, tmp_path: Path, original: bytes
) -> None:
    (tmp_path / "library").write_text("no folder")
    with pytest.raises(WriteError):
        store_articles(tmp_path / "library" / "content" / "b", [(make_article(), original)])


def test_a_briefing_is_read_with_its_edits_applied(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    store_articles(folder, [(make_article(), original)])
    tag = Edit(id="e1", kind="tag", anchor=Anchor(article="harbour", exact="Nobody"), text="t")
    lost = Edit(id="e2", kind="tag", anchor=Anchor(article="harbour", exact="Somebody"), text="t")
    (folder / "edits.yaml").write_text(dump_edits((tag, lost)), encoding="utf-8")
    briefing = read_briefing(folder)
    assert briefing.name == "harbours"
    assert briefing.info.title == "Harbour stays open"
    assert briefing.articles[0].chunks[0].tags == ("t",)
    assert briefing.edits == (tag, lost)
    assert [orphan.edit.id for orphan in briefing.orphans] == ["e2"]
    assert briefing.problems == ()
    assert read_article(folder / "harbour.yaml").chunks[0].tags == ()


def test_broken_and_hostile_files_are_named_and_the_good_ones_read(
    make_article: MakeArticle, folder: Path, original: bytes, tmp_path: Path
) -> None:
    good = make_article()
    store_articles(folder, [(good, original)])
    text = (folder / "harbour.yaml").read_text(encoding="utf-8")
    (folder / "a-bomb.yaml").write_text("a: &a [x]\nb: [*a, *a]\n")
    (folder / "b-broken.yaml").write_text("id: [\n")
    (folder / "c-moved.yaml").write_text(text.replace("start: 1,", "start: 2,"))
    (folder / "d-latin.yaml").write_bytes("id: café".encode("latin-1"))
    (folder / "e-link.yaml").symlink_to(tmp_path / "nowhere")
    (folder / "f-folder.yaml").mkdir()
    (folder / "z-twin.yaml").write_text(text)
    (folder / ".harbour.yaml.0123456789ab.tmp").write_text("half a fi")
    (folder / ".hidden.yaml").write_text("not: read")
    briefing = read_briefing(folder)
    assert briefing.articles == (good,)
    found = [(Path(p.file).name, p.line, p.column, p.severity) for p in briefing.problems]
    assert found == [
        ("a-bomb.yaml", 1, 4, "error"),
        ("b-broken.yaml", 2, 1, "error"),
        ("c-moved.yaml", 20, 47, "error"),
        ("d-latin.yaml", 1, 8, "error"),
        ("e-link.yaml", None, None, "error"),
        ("f-folder.yaml", None, None, "error"),
        ("z-twin.yaml", None, None, "error"),
    ]
    assert briefing.problems[0].message == "the anchor &a is refused: write it out"


def test_a_broken_briefing_yaml_or_edits_yaml_hides_no_article(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    store_articles(folder, [(make_article(), original)])
    (folder / "briefing.yaml").write_text("title: [\n")
    (folder / "edits.yaml").write_text("edits: 7\nformat: briefing/edits/2\n")
    briefing = read_briefing(folder)
    assert briefing.info.title == "harbours"
    assert len(briefing.articles) == 1
    assert [(Path(p.file).name, p.line) for p in briefing.problems] == [
        ("briefing.yaml", 2),
        ("edits.yaml", 1),
    ]


def test_a_folder_that_is_no_briefing_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_briefing(tmp_path / "none")
    with pytest.raises(NotFoundError):
        read_briefing(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(NotFoundError, match="symbolic link"):
        read_briefing(tmp_path / "link")


def test_the_names_of_briefings_are_found_without_opening_them(tmp_path: Path) -> None:
    for name in ("b", "a", ".hidden", "empty"):
        (tmp_path / name).mkdir()
    for name in ("b", "a", ".hidden"):
        (tmp_path / name / "briefing.yaml").write_bytes(b"\xff broken")
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "briefing.yaml").mkdir()
    assert briefing_names(tmp_path) == ("a", "b")
    assert briefing_names(tmp_path / "none") == ()
    assert briefing_names(tmp_path / "file") == ()


def test_what_a_killed_writer_left_is_removed_by_the_next(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    (folder / "originals").mkdir(parents=True)
    leftovers = [
        folder / ".harbour.yaml.0123456789ab.tmp",
        folder / "originals" / ".harbour.txt.0123456789ab.tmp",
    ]
    for leftover in leftovers:
        leftover.write_text("half")
    store_articles(folder, [(make_article(), original)])
    assert files_below(folder) == ["briefing.yaml", "harbour.yaml", "originals/harbour.txt"]
