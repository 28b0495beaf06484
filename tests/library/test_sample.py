"""The sample library is read and never changed, wherever it stands and however it is named."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import WriteError
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import Anchor, Edit

Run = Callable[..., subprocess.CompletedProcess[str]]

SAMPLE = Path(__file__).parents[2] / "content"
NOTE = Edit(
    id="e1", kind="note", anchor=Anchor(article="halyard-wire-2020-01-28", exact="Huawei"), text="x"
)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a copy of the sample library, as an installed package or another checkout has it."""
    root = tmp_path / "library"
    shutil.copytree(SAMPLE, root / "content")
    return root


def files_of(root: Path) -> dict[str, bytes]:
    """Return the bytes of all files below `root`, those of the index apart."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in found
        if path.relative_to(root).parts[0] != "index"
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "story.txt"],
        ["add", "story.txt", "--to", "huawei-5g"],
        ["add", "story.txt", "--to", "Huawei 5G"],
        ["add", "story.txt", "--to", "ports"],
        ["annotate", "huawei-5g"],
        ["annotate", "huawei-5g", "--reread", "--force"],
        ["search", "ban", "--in", "huawei-5g", "--save", "bans"],
        ["search", "--in", "huawei-5g", "--saved", "bans"],
    ],
)
def test_a_command_that_would_change_the_sample_is_refused_and_says_what_to_name(
    briefing: Run, story: Path, sample: Path, arguments: list[str]
) -> None:
    before = files_of(sample)
    done = briefing(*arguments)
    assert (done.returncode, done.stdout) == (7, "")
    assert "--library" in done.stderr
    assert files_of(sample) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda library: library.add([InputBytes(name="a", data=b"Words")], to="huawei-5g"),
        lambda library: library.add([InputBytes(name="a", data=b"Words")]),
        lambda library: library.editing.store("huawei-5g", NOTE),
        lambda library: library.editing.withdraw("huawei-5g", "e1"),
        lambda library: library.save_search("huawei-5g", "bans", "ban"),
        lambda library: library.run_saved("huawei-5g", "bans"),
        lambda library: library.reannotate("huawei-5g"),
    ],
)
def test_nothing_changes_the_sample(sample: Path, change: Callable[[Library], object]) -> None:
    before = files_of(sample)
    with pytest.raises(WriteError, match=r"the sample library is read-only.* --library"):
        change(Library.open(sample))
    assert files_of(sample) == before


def test_the_sample_is_read_searched_exported_and_checked(briefing: Run, sample: Path) -> None:
    before = files_of(sample)
    for command in (["list"], ["show", "huawei-5g"], ["search", "ban"], ["check"], ["index"]):
        assert briefing(*command).returncode == 0
    assert briefing("export", "huawei-5g", "-o", "memo.md").returncode == 0
    assert files_of(sample) == before


def test_the_library_that_ships_is_the_sample(briefing: Run, story: Path) -> None:
    before = files_of(SAMPLE)
    done = briefing("add", story, "--to", "ports", library=None)
    assert done.returncode == 7
    assert files_of(SAMPLE) == before


def test_a_sample_beside_briefings_of_one_s_own_is_left_alone_and_they_are_not(
    sample: Path,
) -> None:
    own = sample / "content" / "ports"
    own.mkdir()
    (own / "briefing.yaml").write_text("title: Ports\n", encoding="utf-8")
    library = Library.open(sample)
    document = InputBytes(name="a.txt", data=b"The quay\n\nThe quay of Hamburg is open.")
    assert library.add([document], to="ports").added
    assert library.add([document], to="harbours").added
    with pytest.raises(WriteError):
        library.add([document], to="huawei-5g")


def test_a_copy_that_no_longer_says_so_is_one_s_own(sample: Path) -> None:
    info = sample / "content" / "huawei-5g" / "briefing.yaml"
    info.write_text(info.read_text("utf-8").replace("sample: true\n", ""), encoding="utf-8")
    library = Library.open(sample)
    library.save_search("huawei-5g", "bans", "ban")
    assert [each.name for each in library.saved_searches("huawei-5g")] == ["bans"]
