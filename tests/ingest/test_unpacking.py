"""Files that hold other files: what is inside is read as if it lay in a folder."""

import gzip
import io
import zipfile

import pytest

from briefing.errors import InputError
from briefing.ingest import gather, read_source, unpack
from briefing.library import Library
from briefing.library.reports import InputBytes

MAIL = b"From: a@example.org\nMessage-ID: <%d>\nSubject: Quay %d\n\n%s\n"
LINE = b"From a@example.org Tue Mar  3 10:00:00 2020\n"


def packed(members, name="a.zip"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return unpack(stream.getvalue(), name)


def names(found):
    return [file.name for file in found.files]


def messages(found):
    return [error.message for error in found.errors]


def test_an_archive_is_read_like_a_folder():
    found = packed(
        {
            "b/inner.txt": b"Words", "a.HTML": b"<p>Words", "c.png": b"x", ".hidden.txt": b"x",
            "__MACOSX/b/inner.txt": b"x", "a_files/frame.html": b"x", "d/": b"",
            "../up.txt": b"Up", "..\\b.txt": b"Back",
        }
    )  # fmt: skip
    assert names(found) == [
        "a.zip/b/inner.txt", "a.zip/a.HTML", "a.zip/../up.txt", "a.zip/..\\b.txt",
    ]  # fmt: skip
    assert [file.read() for file in found.files] == [b"Words", b"<p>Words", b"Up", b"Back"]
    assert found.errors == []
    assert found.told == ["a.zip: 1 file of other kinds left out (1 .png)"]


def test_an_archive_inside_an_archive_is_told_and_the_others_are_read():
    found = packed({"x.zip": b"PK\x03\x04", "y.txt.gz": b"x", "z.txt": b"Words"})
    assert names(found) == ["a.zip/z.txt"]
    assert messages(found) == [
        "a.zip/x.zip: an archive inside an archive is not opened",
        "a.zip/y.txt.gz: an archive inside an archive is not opened",
    ]


def test_a_mail_box_inside_an_archive_is_opened():
    box = LINE + MAIL % (1, 1, b"Words") + b"\n" + LINE + MAIL % (2, 2, b">From here on")
    found = packed({"in.mbox": box})
    assert names(found) == ["a.zip/in.mbox/1.eml", "a.zip/in.mbox/2.eml"]
    assert found.files[1].read() == MAIL % (2, 2, b"From here on")


def test_a_locked_member_is_told():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", b"Words")
    data = bytearray(stream.getvalue())
    data[6] |= 1  # the mark of encryption, in the entry and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = unpack(bytes(data), "a.zip")
    assert messages(found) == ["a.zip/a.txt: it is locked with a password"]


def test_a_damaged_member_does_not_stop_the_others():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", b"Words and words")
        archive.writestr("b.txt", b"Others")
    found = unpack(stream.getvalue().replace(b"Words and", b"Birds and"), "a.zip")
    with pytest.raises(InputError, match=r"a\.zip/a\.txt: it is damaged"):
        found.files[0].read()
    assert found.files[1].read() == b"Others"


def test_more_than_the_caps_is_left_out(monkeypatch):
    monkeypatch.setattr("briefing.ingest.unpacking.MOST_FILES", 2)
    found = packed({f"{number}.txt": b"x" for number in range(5)})
    assert names(found) == ["a.zip/0.txt", "a.zip/1.txt"]
    assert messages(found)[0].startswith("a.zip: 3 more files are left out")
    monkeypatch.setattr("briefing.ingest.unpacking.MOST_BYTES", 1000)
    assert names(packed({"a.txt": b"x" * 600, "b.txt": b"x" * 600})) == ["a.zip/a.txt"]
    monkeypatch.setattr("briefing.ingest.unpacking.MAX_BYTES", 100)
    found = packed({"a.txt": b"x" * 101, "b.txt": b"x"})
    assert (names(found), "too large" in messages(found)[0]) == (["a.zip/b.txt"], True)


@pytest.mark.parametrize("member", ["[Content_Types].xml", "META-INF/container.xml"])
def test_an_office_document_and_a_book_are_no_archives(member):
    assert packed({member: b"x", "a.txt": b"x"}, "a.docx") is None


def test_a_damaged_archive_is_refused():
    with pytest.raises(InputError, match="it is damaged"):
        unpack(b"PK\x03\x04 and no more", "a.zip")


def test_a_gzip_file_holds_one_file():
    found = unpack(gzip.compress(b"<p>Words"), "page.html.gz")
    assert names(found) == ["page.html.gz/page.html"]
    assert found.files[0].read() == b"<p>Words"


def test_a_gzip_file_of_too_many_bytes_is_refused_without_being_unpacked(monkeypatch):
    monkeypatch.setattr("briefing.ingest.unpacking.MAX_BYTES", 2_000_000)
    (file,) = unpack(gzip.compress(bytes(3_000_000)), "a.txt.gz").files
    with pytest.raises(InputError, match="too large when it is unpacked"):
        file.read()


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a.zip.gz"])
def test_a_gzip_file_of_an_archive_is_refused(name):
    with pytest.raises(InputError, match="is not opened"):
        unpack(gzip.compress(b"x"), name)


def test_a_mail_box_is_one_document_a_mail(tmp_path):
    box = LINE + MAIL % (1, 1, b"From the quay\nFrom here") + b"\r\n" + LINE + MAIL % (2, 2, b"Two")
    (tmp_path / "in.mbox").write_bytes(box)
    found = gather([tmp_path])
    assert [file.name for file in found.files] == ["in.mbox/1.eml", "in.mbox/2.eml"]
    assert found.errors == []
    assert read_source(found.files[0]) == MAIL % (1, 1, b"From the quay\nFrom here")
    packed_box = unpack(gzip.compress(box), "in.txt.gz")
    assert names(packed_box) == ["in.txt.gz/1.eml", "in.txt.gz/2.eml"]


def test_a_text_that_begins_with_from_is_no_mail_box():
    assert unpack(b"From our correspondent\nOrby: the quay is closed.", "a.txt") is None
    assert unpack(b"From Monday 10:00 on\nOrby: the quay is closed.", "a.txt") is None
    assert unpack(b"From May on, the 10:00 ferry\nOrby: it is late.", "a.txt") is None


def test_the_folder_of_a_saved_page_is_passed_over(tmp_path):
    for name in (
        "page.html",
        "page_files/ad.html",
        "notes_files/b.html",
        "old.htm",
        "old.files/c.htm",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"<p>Words")
    found = gather([tmp_path])
    assert [file.relative_to(tmp_path).as_posix() for file in found.files] == [
        "old.htm", "page.html", "notes_files/b.html",
    ]  # fmt: skip


def test_what_an_archive_holds_is_added_under_its_own_bytes(tmp_path):
    library = Library.open(tmp_path, create=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("cranes.txt", b"Cranes\n\nThe quay of Lindmark was shut for a week.")
        archive.writestr("bad.txt", b"\x7fELF")
    report = library.add([InputBytes(name="a.zip", data=stream.getvalue())], to="quay")
    assert [item.name for item in report.added] == ["a.zip/cranes.txt"]
    assert [item.name for item in report.failures] == ["a.zip/bad.txt"]
    (original,) = (tmp_path / "content" / "quay" / "originals").iterdir()
    assert original.read_bytes().startswith(b"Cranes\n")
