"""What a check of a briefing's folder finds, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from briefing.content.articles import digest, is_hand_edited, read_article, seal
from briefing.content.checking import check_briefing
from briefing.content.edits import dump_edits
from briefing.content.folders import store_articles
from briefing.content.info import set_info_key
from briefing.errors import InputError, NotFoundError
from briefing.model import Anchor, Article, Chunk, Edit, Evidence, PinnedQuote, PublicationDate

MakeArticle = Callable[..., Article]
Row = tuple[str, int | None, int | None, str, str]


@pytest.fixture
def stored(make_article: MakeArticle, folder: Path, original: bytes) -> Path:
    """Return the folder of a briefing with one sealed article and nothing wrong."""
    store_articles(folder, [(seal(make_article(), "rules", 1), original)])
    return folder


def rows(folder: Path) -> list[Row]:
    return [
        (Path(p.file).name, p.line, p.column, p.severity, p.message) for p in check_briefing(folder)
    ]


def test_a_sound_briefing_has_no_problems(stored: Path) -> None:
    assert rows(stored) == []


def test_a_change_by_hand_is_seen_by_the_digest(stored: Path) -> None:
    path = stored / "harbour.yaml"
    path.write_text(path.read_text().replace("name: Ana Lin", "name: Ana Linn"))
    assert is_hand_edited(read_article(path))
    assert rows(stored) == [("harbour.yaml", 13, 1, "warning", "the file was changed by hand")]


def test_a_change_of_layout_alone_is_no_change(stored: Path) -> None:
    path = stored / "harbour.yaml"
    path.write_text("# mine\n" + path.read_text().replace("\n", "\r\n"))
    assert not is_hand_edited(read_article(path))
    assert rows(stored) == []


def test_the_digest_has_sixteen_digits_and_covers_all_but_itself_and_edits(
    make_article: MakeArticle,
) -> None:
    article = make_article()
    assert digest(article) == digest(seal(article, "rules", 1)) == "caf24cdcc7149f6e"
    assert digest(make_article(headline="Other")) != digest(article)
    tagged = msgspec.structs.replace(article.chunks[0], tags=("t",), notes=("n",))
    assert digest(make_article(chunks=(tagged,))) == digest(article)
    assert not is_hand_edited(article)


def test_half_a_character_has_no_digest(make_article: MakeArticle) -> None:
    with pytest.raises(InputError, match="half a character"):
        digest(make_article(headline="\ud800"))


def test_originals_that_are_gone_changed_or_elsewhere_are_errors(
    stored: Path, make_article: MakeArticle, tmp_path: Path
) -> None:
    original = stored / "originals" / "harbour.txt"
    original.write_bytes(b"other")
    ((name, line, column, severity, message),) = rows(stored)
    assert (name, line, column, severity) == ("harbour.yaml", 12, 1, "error")
    assert message.startswith("the original originals/harbour.txt has another sha256, d9298a10")
    original.unlink()
    assert rows(stored) == [
        ("harbour.yaml", 12, 1, "error", "the original originals/harbour.txt is missing")
    ]
    original.symlink_to(tmp_path / "secret")
    assert "symbolic link" in rows(stored)[0][4]
    original.unlink()
    path = stored / "harbour.yaml"
    path.write_text(path.read_text().replace("originals/harbour.txt", "/etc/passwd"))
    assert "is not in originals/" in rows(stored)[0][4]


def test_evidence_that_does_not_stand_in_its_chunk_is_an_error(
    make_article: MakeArticle, folder: Path, original: bytes
) -> None:
    evidence = Evidence(exact="May 5", chunk="c1")
    date = PublicationDate(value="2020-05-05", precision="day", basis="stated", evidence=evidence)
    store_articles(folder, [(make_article(date=date), original)])
    message = "the date's evidence is not in the chunk 'c1'"
    assert rows(folder) == [("harbour.yaml", 6, 1, "error", message)]
    said = Chunk(id="c1", role="body", text="Oslo, May 5 —")
    store_articles(folder, [(make_article(date=date, chunks=(said,)), original)])
    assert rows(folder) == []


def test_orphaned_edits_and_pins_are_warnings_with_their_place(stored: Path) -> None:
    lost = Edit(id="e1", kind="drop-quote", anchor=Anchor(article="harbour", exact="nowhere"))
    (stored / "edits.yaml").write_text(dump_edits((lost,)), encoding="utf-8")
    pins = (
        PinnedQuote(article="harbour", exact="The harbour will stay open,"),
        PinnedQuote(article="gone", exact="x"),
    )
    set_info_key(stored / "briefing.yaml", "pinned", pins)
    assert rows(stored) == [
        (
            "edits.yaml",
            3,
            3,
            "warning",
            "the edit 'e1' has no effect: its words are not in the article",
        ),
        ("briefing.yaml", 9, 3, "warning", "the pinned quote is not in 'gone'"),
    ]


def test_names_that_do_not_fit_and_files_without_effect_are_told(stored: Path) -> None:
    text = (stored / "harbour.yaml").read_text()
    (stored / "twin.yaml").write_text(text)
    (stored / "other.yaml").write_text(text.replace("id: harbour\n", "id: else\n"))
    (stored / "notes.yml").write_text("x")
    (stored / "SOURCES.md").write_text("What the analyst keeps beside is no file of a briefing.")
    (stored / ".harbour.yaml.0123456789ab.tmp").write_text("x")
    (stored / "originals" / "stray.txt").write_text("x")
    interrupted = "left by an interrupted write; the next write removes it"
    assert rows(stored) == [
        ("other.yaml", 2, 1, "warning", "the file should be called else.yaml, after its id"),
        ("twin.yaml", 2, 1, "error", "the id 'harbour' is already that of harbour.yaml"),
        ("other.yaml", 13, 1, "warning", "the file was changed by hand"),
        (".harbour.yaml.0123456789ab.tmp", None, None, "warning", interrupted),
        ("notes.yml", None, None, "warning", "this is not a file of a briefing and is not read"),
        ("stray.txt", None, None, "warning", "no article was made from this original"),
    ]


def test_broken_files_are_errors_and_originals_are_then_not_judged(stored: Path) -> None:
    (stored / "harbour.yaml").write_text("id: [\n")
    (stored / "edits.yaml").write_text("- x\n")
    (stored / "briefing.yaml").unlink()
    assert [row[:4] for row in rows(stored)] == [
        ("briefing.yaml", None, None, "error"),
        ("harbour.yaml", 2, 1, "error"),
        ("edits.yaml", 1, 1, "error"),
    ]


def test_a_folder_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        check_briefing(tmp_path / "none")
