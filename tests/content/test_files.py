"""Writing under fire: whole or not at all, one writer at a time, whoever is killed when."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.content.checking import check_briefing
from briefing.content.edits import read_edits
from briefing.content.files import write_atomic
from briefing.content.folders import read_briefing, store_articles
from briefing.errors import ContentError, WriteError
from briefing.model import Article

ROOT = Path(__file__).parents[2]
MakeArticle = Callable[..., Article]
Start = Callable[..., subprocess.Popen[str]]

WRITER = """
import hashlib, os, signal, sys
from pathlib import Path
from briefing.content.edits import change_edits
from briefing.content.files import write_atomic
from briefing.content.folders import store_articles
from briefing.content.locking import briefing_lock
from briefing.errors import BriefingError
from briefing.model import Anchor, Article, Chunk, Edit, Source

def article(name, text, original):
    source = Source(
        file=f"originals/{name}.txt", media_type="text/plain",
        sha256=hashlib.sha256(original).hexdigest(), added="2026",
    )
    chunks = tuple(Chunk(id=f"c{n}", role="body", text=text) for n in range(200))
    return Article(id=name, headline=text, source=source, chunks=chunks)

def note(name):
    return Edit(id=name, kind="note", anchor=Anchor(article="a", exact="x"), text="n")

def append_edit(folder, made):
    path = folder / "edits.yaml"
    with briefing_lock(folder):
        data = path.read_bytes() if path.exists() else None
        write_atomic(path, change_edits(data, path, lambda present: (*present, made)))
"""


@pytest.fixture
def start(start_python: Start) -> Start:
    """Return a function that starts Python on WRITER and more code, with arguments."""
    return lambda code, *arguments: start_python("-c", WRITER + code, *arguments)


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=60)
    assert err == ""
    return out


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.tmp")]


def test_a_file_is_replaced_as_a_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_atomic(path, b"one")
    path.chmod(0o640)
    inode = path.stat().st_ino
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_ino != inode
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_a_link_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"precious")
    (tmp_path / "link").symlink_to("target")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "target").read_bytes() == b"precious"
    assert not (tmp_path / "link").is_symlink()


def test_a_folder_or_nothing_in_the_way_is_told_and_leaves_no_rest(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "taken", tmp_path / "none" / "f", tmp_path / "file" / "f"):
        with pytest.raises(WriteError, match="was not written"):
            write_atomic(path, b"data")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "taken"]


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_file(
    tmp_path: Path, start: Start
) -> None:
    path = tmp_path / "f"
    write_atomic(path, b"old")
    code = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomic(Path(sys.argv[1]), b"x" * 100_000)
except BriefingError as error:
    print(type(error).__name__, error.exit_code)
"""
    assert finish(start(code, path)) == "WriteError 7\n"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


@pytest.mark.skipif(sys.platform != "linux", reason="there is no device that is always full")
def test_a_folder_that_cannot_be_written_is_told_with_a_hint(tmp_path: Path, start: Start) -> None:
    code = """
os.chdir(sys.argv[1])
if os.geteuid() == 0:
    os.setresuid(65534, 65534, 65534)
for act in (
    lambda: write_atomic(Path("f"), b"x"),
    lambda: append_edit(Path("."), note("e")),
    lambda: store_articles(Path("b"), [(article("a", "x", b"o"), b"o")]),
):
    try:
        act()
    except BriefingError as error:
        print(type(error).__name__, error.hint)
"""
    tmp_path.chmod(0o555)
    told = "WriteError Check the folder's permissions, or name another library with --library.\n"
    assert finish(start(code, tmp_path)) == told * 3
    tmp_path.chmod(0o755)
    assert list(tmp_path.iterdir()) == []


def test_two_processes_that_add_at_once_both_succeed(folder: Path, start: Start) -> None:
    code = """
folder, name = Path(sys.argv[1]), sys.argv[2]
for number in range(8):
    original = f"{name}{number}".encode()
    store_articles(folder, [(article(f"{name}-{number}", "Words.", original), original)])
    append_edit(folder, note(f"{name}-{number}"))
"""
    both = [start(code, folder, name) for name in ("one", "two")]
    assert [finish(process) for process in both] == ["", ""]
    names = sorted(f"{name}-{number}" for name in ("one", "two") for number in range(8))
    briefing = read_briefing(folder)
    assert [article.id for article in briefing.articles] == names
    assert sorted(edit.id for edit in briefing.edits) == names
    assert briefing.problems == ()
    assert leftovers(folder) == []


def test_a_process_killed_at_any_step_of_storing_leaves_nothing_half_written(
    tmp_path: Path, start: Start, make_article: MakeArticle, original: bytes
) -> None:
    """The process kills itself before its n-th act on the library, for every n there is."""
    code = """
library, last = sys.argv[1], int(sys.argv[2])
seen = 0

def count(event, arguments):
    global seen
    acts = event in ("open", "os.rename", "os.remove", "os.mkdir", "os.scandir")
    if acts and str(arguments[0]).startswith(library):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

folder = Path(library) / "content" / "b"
first, second = article("a", "First.", b"o"), article("a", "Second.", b"o")
store_articles(folder, [(first, b"o")])
sys.addaudithook(count)
store_articles(folder, [(second, b"o")])
store_articles(folder, [(article("new", "New.", b"n"), b"n")])
"""
    killed = 0
    for step in range(1, 100):
        library = tmp_path / f"library{step}"
        process = start(code, library, str(step))
        assert process.wait(timeout=60) in (0, -signal.SIGKILL)
        if process.returncode == 0:
            break
        killed += 1
        folder = library / "content" / "b"
        briefing = read_briefing(folder)
        assert briefing.problems == ()
        assert [article.id for article in briefing.articles] in (["a"], ["a", "new"])
        assert briefing.articles[0].headline in ("First.", "Second.")
        assert all(problem.severity == "warning" for problem in check_briefing(folder))
        store_articles(folder, [(make_article(), original)])
        assert leftovers(folder) == []
    assert 10 < killed < 99


def test_a_process_killed_while_it_keeps_writing_leaves_whole_files(
    folder: Path, start: Start, make_article: MakeArticle, original: bytes
) -> None:
    code = """
folder = Path(sys.argv[1])
number = 0
while True:
    number += 1
    text = f"Version {number}. " + "Long words. " * 300
    store_articles(folder, [(article("a", text, b"o"), b"o")])
    append_edit(folder, note(f"{os.getpid()}-{number}"))
    print(number, flush=True)
"""
    for rounds in range(1, 7):
        writer = start(code, folder)
        assert writer.stdout is not None
        for _ in range(rounds):
            assert writer.stdout.readline() != ""
        writer.kill()
        writer.wait()
        briefing = read_briefing(folder)
        assert briefing.problems == ()
        (article,) = briefing.articles
        assert {chunk.text for chunk in article.chunks} == {article.headline}
        kept = [edit for edit in briefing.edits if edit.id.startswith(f"{writer.pid}-")]
        assert len(kept) >= rounds
    store_articles(folder, [(make_article(), original)])
    assert leftovers(folder) == []


def test_readers_never_see_half_a_file_while_another_process_writes(
    folder: Path, start: Start
) -> None:
    code = """
folder = Path(sys.argv[1])
for number in range(15):
    text = f"Version {number}. " + "Long words. " * 300
    store_articles(folder, [(article("a", text, b"o"), b"o")])
    if not number:
        print("there", flush=True)
"""
    writer = start(code, folder)
    assert writer.stdout is not None
    writer.stdout.readline()
    while writer.poll() is None:
        briefing = read_briefing(folder)
        assert briefing.problems == ()
        (article,) = briefing.articles
        assert {chunk.text for chunk in article.chunks} == {article.headline}
    assert finish(writer) == ""


def test_reading_writes_nothing(folder: Path, make_article: MakeArticle, original: bytes) -> None:
    store_articles(folder, [(make_article(), original)])
    library = folder.parent.parent
    (library / ".lock").unlink()
    before = {path: path.stat().st_mtime_ns for path in library.rglob("*")}
    read_briefing(folder)
    check_briefing(folder)
    assert {path: path.stat().st_mtime_ns for path in library.rglob("*")} == before


def test_listing_briefings_and_writing_files_load_no_yaml() -> None:
    code = (
        "import sys\n"
        "from briefing.content.files import write_atomic\n"
        "from briefing.content.naming import briefing_names\n"
        "from briefing.content.naming import slugify\n"
        "print(sorted({'yaml', 'filelock'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"


def test_a_device_is_not_read() -> None:
    with pytest.raises(ContentError, match="not a regular file"):
        read_edits(Path(os.devnull))


@pytest.mark.parametrize("name", ["quay\ud800.md", "quay\0.md"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(WriteError, match="cannot be the name of a file"):
        write_atomic(tmp_path / name, b"ferry")
    assert list(tmp_path.iterdir()) == []
