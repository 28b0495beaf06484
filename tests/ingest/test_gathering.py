import os
from pathlib import Path

import pytest

from briefing.errors import InputError
from briefing.ingest import MAX_BYTES, gather, read_source


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", "utf-8")


def test_a_folder_is_walked_in_the_order_of_names_and_other_files_are_told(tmp_path):
    make(tmp_path, "b.txt", "a.md", "sub/c.HTML", "sub/.hidden.txt", ".git/x.txt", "e")
    make(tmp_path, "f.doc", "sub/g.DOC", "d.png", ".h.doc")
    found = gather([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == [
        "a.md", "b.txt", "e", "sub/c.HTML",
    ]  # fmt: skip
    assert found.errors == []
    assert found.told == [f"{tmp_path.name}: 3 files of other kinds left out (2 .doc, 1 .png)"]


def test_what_a_library_holds_itself_is_left_out_unless_it_is_named(tmp_path):
    held, index = "content/ports/originals/a.txt", "index/search/made-here"
    make(tmp_path, "b.txt", held, "content/ports/briefing.yaml", index, "index/store.json")
    found = gather([tmp_path])
    assert found.files == [tmp_path / "b.txt"]
    assert found.told == [
        f"{tmp_path}/content/ports: left out, a library's own files",
        f"{tmp_path}/index: left out, a library's own files",
    ]
    assert gather([tmp_path / "content" / "ports"]).files == [tmp_path / held]


def test_a_link_that_leads_nowhere_does_not_keep_the_rest_of_its_folder_out(tmp_path):
    make(tmp_path, "a.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "long.txt").symlink_to("x" * 300)
    assert gather([tmp_path]).files == [tmp_path / "a.txt"]


def test_a_file_named_twice_is_returned_once(tmp_path):
    make(tmp_path, "a.txt")
    assert gather([tmp_path / "a.txt", tmp_path]).files == [tmp_path / "a.txt"]


def test_the_rest_goes_on_when_a_path_fails(tmp_path):
    make(tmp_path, "a.txt", "b.png")
    (tmp_path / "empty").mkdir()
    found = gather(
        [tmp_path / "no.txt", tmp_path / "b.png", tmp_path / "empty", tmp_path / "a.txt"]
    )
    assert found.files == [tmp_path / "a.txt"]
    assert [error.message.removeprefix(f"{tmp_path}/") for error in found.errors] == [
        "no.txt: there is no such file or folder",
        "b.png: files ending in .png are not read",
        "empty: no articles in this folder",
    ]
    assert all(error.hint for error in found.errors)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("old.DOC", "Save it as .docx."),
        ("mail.msg", "Save it as .eml."),
        ("feeds.opml", "To take the feeds that it lists: briefing feeds NAME --import FILE"),
    ],
)
def test_what_is_not_read_names_what_its_program_saves_as_well(tmp_path, name, hint):
    make(tmp_path, name)
    assert [error.hint for error in gather([tmp_path / name]).errors] == [hint]


def test_a_loop_of_symbolic_links_ends(tmp_path):
    make(tmp_path, "in/a.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = gather([tmp_path])
    assert [path.name for path in found.files] == ["a.txt"]
    assert found.errors == []


def test_a_symbolic_link_to_a_file_is_followed(tmp_path):
    make(tmp_path, "real/a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    assert gather([tmp_path / "link.txt"]).files == [tmp_path / "link.txt"]


def test_a_name_with_a_null_character_is_an_input_error():
    assert len(gather([Path("a\0b.txt")]).errors) == 1
    with pytest.raises(InputError):
        read_source(Path("a\0b.txt"))


def test_a_pipe_is_no_article(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither a file nor a folder" in gather([tmp_path / "pipe.txt"]).errors[0].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_an_input_error(tmp_path):
    make(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="no permission"):
        read_source(tmp_path / "a.txt")


def test_a_file_above_the_limit_is_not_even_read(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="too large"):
        read_source(path)


def test_bytes_are_returned_as_they_are(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a\r\nb\xff")
    assert read_source(tmp_path / "a.txt") == b"a\r\nb\xff"


def test_the_folder_that_one_is_in_is_told_by_its_name(tmp_path, monkeypatch):
    make(tmp_path, "a.txt", "b.png")
    monkeypatch.chdir(tmp_path)
    told = f"{tmp_path.name}: 1 file of other kinds left out (1 .png)"
    assert gather([Path()]).told == [told]
