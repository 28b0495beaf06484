"""Bad input: each failure names its file and cause, the rest goes on, and nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import charset_normalizer
import pytest

from briefing.library import Library
from tests.ingest.press_made import lexis_text

Run = Callable[..., subprocess.CompletedProcess[str]]

ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x1b[0m [bold]markup[/bold] \u202edesrever"


def articles_in(library: Path, name: str = "ports") -> list[Path]:
    folder = library / "content" / name
    kept = {"briefing.yaml", "edits.yaml"}
    return sorted(path for path in folder.glob("*.yaml") if path.name not in kept)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "blanks"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""),
        ("junk.txt", bytes(range(256)) * 20, ""),
    ],
)
def test_a_bad_file_is_named_and_the_good_one_is_added(
    briefing: Run, story: Path, tmp_path: Path, name: str, data: bytes, cause: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    done = briefing("add", bad, story, "--to", "ports")
    assert done.returncode == 4
    assert name in done.stderr
    assert cause in done.stderr
    assert "1 of 2 documents could not be added" in done.stderr
    assert len(articles_in(tmp_path / "library")) == 1


def test_a_page_that_names_no_encoding_but_a_codec_does_not_end_the_batch(
    briefing: Run, story: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(
        b'<html><head><meta charset="undefined"></head><body><p>The \xcele of the port was open '
        b"on Monday, officials said.</p></body></html>"
    )
    done = briefing("add", page, story, "--to", "ports")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert len(articles_in(tmp_path / "library")) == 2


def test_an_unexpected_error_is_that_document_s_failure_and_the_rest_is_added(
    tmp_path: Path, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: bytes) -> None:
        raise RuntimeError("the guess went wrong")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(charset_normalizer, "from_bytes", fail)
    cyrillic = tmp_path / "cyrillic.txt"
    cyrillic.write_bytes("Правительство объявило о новых правилах. ".encode("cp1251") * 5)
    library = Library.open(tmp_path / "library", create=True)
    report = library.add([cyrillic, story], to="ports")
    assert [added.name for added in report.added] == [story.name]
    (failure,) = report.failures
    assert (failure.name, failure.exit_code) == (cyrillic.name, 1)
    assert failure.message == "cyrillic.txt: unexpected error (RuntimeError)."
    log = tmp_path / "state" / "briefing" / "crash.log"
    assert str(log) in (failure.hint or "")
    assert "RuntimeError: the guess went wrong" in log.read_text("utf-8")


def test_an_unexpected_error_ends_a_command_with_a_sentence_and_a_code(
    briefing: Run, environment: dict[str, str], story: Path, tmp_path: Path
) -> None:
    assert briefing("add", story, "--to", "ports").returncode == 0
    # A module that cannot be loaded stands for whatever may go wrong.
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "yaml.py").write_text("raise RuntimeError('half installed')", encoding="utf-8")
    environment["PYTHONPATH"] = os.pathsep.join([str(broken), environment["PYTHONPATH"]])
    done = briefing("check")
    assert (done.returncode, done.stdout) == (1, "")
    said, hint = done.stderr.splitlines()
    assert said == "error: briefing: unexpected error (RuntimeError)."
    log = Path(environment["XDG_STATE_HOME"]) / "briefing" / "crash.log"
    assert str(log) in hint
    assert "half installed" in log.read_text("utf-8")
    environment["BRIEFING_DEBUG"] = "1"
    assert "half installed" in briefing("check").stderr


def test_a_folder_without_articles_is_said_so(briefing: Run, tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    done = briefing("add", folder, "--to", "ports")
    assert done.returncode == 4
    assert "nothing" in done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings_are_found_and_the_bytes_are_kept(
    briefing: Run, tmp_path: Path, encoding: str
) -> None:
    text = (
        "Café ministers meet in Zürich\n\nThe naïve façade of the Swiss café was restored, "
        "said Renée Müller, and the piñata over the entrance was kept in its place.\n"
    )
    path = tmp_path / "accents.txt"
    path.write_bytes(text.encode(encoding))
    assert briefing("add", path, "--to", "ports").returncode == 0
    found = json.loads(briefing("search", "--json", "naïve").stdout)
    assert found["total_chunks"] == 1
    original = next((tmp_path / "library/content/ports/originals").iterdir())
    assert original.read_bytes() == text.encode(encoding)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["paragraphs", "one line"])
def test_megabytes_of_text_are_taken(briefing: Run, tmp_path: Path, shape: str) -> None:
    sentence = "The board of the port met again and said that nothing had been decided. "
    size = 20_000_000 if shape == "paragraphs" else 5_000_000
    glue = "\n\n" if shape == "paragraphs" else ""
    paragraph = sentence * 6 + glue
    path = tmp_path / "large.txt"
    path.write_text(paragraph * (size // len(paragraph)), encoding="utf-8")
    done = briefing("add", path, "--to", "ports")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert len(articles_in(tmp_path / "library")) == 1


def test_unbalanced_marks_add_and_read(briefing: Run, tmp_path: Path) -> None:
    path = tmp_path / "marks.txt"
    path.write_text('Marks\n\n“One “two ‘three "four said Ana Lin.\n\n””’’ «five\n', "utf-8")
    assert briefing("add", path, "--to", "ports").returncode == 0
    assert briefing("check").returncode == 0


@pytest.mark.parametrize(
    "command", [("list",), ("show", "ports"), ("search", "owned"), ("export", "ports")]
)
def test_escapes_in_a_text_never_reach_the_terminal(
    briefing: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "hostile.txt"
    text = f"Title {ESCAPES}\n\n“We said {ESCAPES} owned,” said Ana Lin of France {ESCAPES}.\n"
    path.write_text(text, encoding="utf-8")
    added = briefing("add", path, "--to", "ports")
    assert added.returncode == 0
    done = briefing(*command)
    assert done.returncode == 0
    for stream in (added.stderr, done.stdout, done.stderr):
        assert "\x1b" not in stream
        assert "\x07" not in stream
        assert "\u202e" not in stream


@pytest.mark.parametrize(
    "text",
    [
        "format: briefing/article/2\nid: [unclosed\n",
        "format: briefing/article/2\nid: bad\nid: twice\n",
        "a: &a [x, x]\nb: *a\n",
        "!!python/object/apply:os.system ['echo owned']\n",
        "\x00\x01\x02",
    ],
)
def test_a_broken_file_is_named_with_its_place_and_the_others_are_read(
    briefing: Run, story: Path, tmp_path: Path, text: str
) -> None:
    briefing("add", story, "--to", "ports")
    broken = tmp_path / "library/content/ports/broken.yaml"
    broken.write_text(text, encoding="utf-8")
    done = briefing("search", "winter")
    assert done.returncode == 0
    assert "1 passage" in done.stdout
    assert "broken.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    checked = briefing("check")
    assert checked.returncode == 5
    assert "broken.yaml" in checked.stdout
    assert broken.read_text("utf-8") == text


@pytest.mark.parametrize("name", ["../outside", "a/b", "..", ".", "", "\\x", ".hidden"])
def test_a_name_that_is_a_path_is_refused(
    briefing: Run, story: Path, tmp_path: Path, name: str
) -> None:
    done = briefing("add", story, "--to", name)
    assert done.returncode == 2
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "library/content").exists()


def test_a_library_that_cannot_be_made_is_said_so(
    briefing: Run, story: Path, tmp_path: Path
) -> None:
    (tmp_path / "library").write_text("a file, not a folder", encoding="utf-8")
    done = briefing("add", story, "--to", "ports")
    assert done.returncode in {2, 7}
    assert "library" in done.stderr
    assert (tmp_path / "library").read_text("utf-8") == "a file, not a folder"


def start(
    environment: Mapping[str, str], library: Path, *arguments: str
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "briefing", "--library", str(library), *arguments]
    return subprocess.Popen(
        command,
        env=dict(environment),
        cwd=library.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def write_stories(folder: Path, count: int) -> list[str]:
    folder.mkdir()
    paths = [folder / f"story-{number:02}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(
            f"Bridge number {number} opens\n\n“We opened bridge {number} today,” said Ana Lin, "
            f"the mayor.\n\nThe bridge stands in Germany and has {number} lanes.\n",
            encoding="utf-8",
        )
    return [str(path) for path in paths]


def test_two_processes_adding_at_once_both_succeed(
    briefing: Run, environment: Mapping[str, str], tmp_path: Path
) -> None:
    library = tmp_path / "library"
    stories = write_stories(tmp_path / "stories", 12)
    halves = (stories[:6], stories[6:])
    running = [start(environment, library, "add", *half, "--to", "ports") for half in halves]
    errors = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    assert len(articles_in(library)) == 12
    assert briefing("check").returncode == 0
    assert json.loads(briefing("list", "--json").stdout)[0]["articles"] == 12


def test_a_process_killed_while_adding_loses_nothing_it_had_told(
    briefing: Run, environment: Mapping[str, str], tmp_path: Path
) -> None:
    library = tmp_path / "library"
    stories = write_stories(tmp_path / "stories", 30)
    process = start(environment, library, "add", *stories, "--to", "ports")
    deadline = time.monotonic() + 60
    while len(articles_in(library)) < 5 and time.monotonic() < deadline:
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    kept = len(articles_in(library))
    assert kept >= 5
    assert briefing("check").stdout.count("error:") == 0
    done = briefing("add", *stories, "--to", "ports")
    assert done.returncode == 0, done.stderr
    assert len(articles_in(library)) == 30
    assert briefing("check").returncode == 0
    assert json.loads(briefing("search", "--json", "lanes").stdout)["total_articles"] == 30


def test_a_file_of_several_articles_that_nothing_parts_is_added_as_one_when_asked(
    briefing: Run, tmp_path: Path
) -> None:
    body = " ".join(f"The quay was closed for day {day}, and nobody knew why." for day in range(20))
    text = "".join(
        f"Quay number {number} closes again\n\nBy Orla Venn\n\nMay {number}, 2031\n\n{body}\n\n"
        for number in (1, 2)
    )
    (tmp_path / "pasted.txt").write_text(text, encoding="utf-8")
    refused = briefing("add", tmp_path / "pasted.txt", "--to", "ports")
    assert refused.returncode == 4
    assert "this one file seems to hold 2 articles" in refused.stderr
    assert "briefing add --as-one" in refused.stderr
    added = briefing("add", tmp_path / "pasted.txt", "--to", "ports", "--as-one")
    assert added.returncode == 0
    assert len(articles_in(tmp_path / "library")) == 1
    again = briefing("annotate", "ports", "--reread")
    assert again.returncode == 0


def test_an_export_becomes_its_articles_and_what_it_says_of_itself_is_told(
    briefing: Run, tmp_path: Path
) -> None:
    (tmp_path / "export.txt").write_text(lexis_text(3), encoding="utf-8")
    done = briefing("add", tmp_path / "export.txt", "--to", "ports")
    assert done.returncode == 0
    assert "export.txt says that it holds articles 1 to 3; 3 were found" in done.stderr
    assert [path.stem for path in articles_in(tmp_path / "library")] == [
        "tarn-courier-2031-05-01",
        "tarn-courier-2031-05-02",
        "tarn-courier-2031-05-03",
    ]
    assert len(list((tmp_path / "library" / "content" / "ports" / "originals").iterdir())) == 1
