"""What the system refuses: each a sentence and an exit code, and the rest goes on."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Shell = Callable[[str], subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams and permissions as POSIX has")

CLOSED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""What runs a program as one that permissions hold for, root or not."""
LONG = "x" * 300
REDIRECTION = frozenset("<>")
"""What takes a shell."""


@pytest.fixture
def shell(tmp_path: Path, environment: Mapping[str, str], story: Path, briefing: Run) -> Shell:
    """Return a function that runs `briefing` with arguments as a shell reads them."""
    assert briefing("add", story, "--to", "ports").returncode == 0

    def run(arguments: str) -> subprocess.CompletedProcess[str]:
        if not REDIRECTION.intersection(arguments):
            return briefing("--library", "library", *shlex.split(arguments), library=None)
        return subprocess.run(
            ["sh", "-c", f"exec {sys.executable} -m briefing --library library {arguments}"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            env=dict(environment), cwd=tmp_path, timeout=60,
        )  # fmt: skip

    return run


@pytest.fixture
def bounded(tmp_path: Path, environment: Mapping[str, str], shell: Shell) -> Iterator[Shell]:
    """Return a function as `shell`, for whose programs permissions hold."""
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        prefix = CLOSED
        if (
            shutil.which("setpriv") is None
            or subprocess.run([*CLOSED, "true"], check=False).returncode
        ):
            pytest.skip("root, and no setpriv to give up what root may do")

    def run(arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*prefix, sys.executable, "-m", "briefing", *arguments.split()],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            env=dict(environment) | {"BRIEFING_LIBRARY": str(tmp_path / "library")},
            cwd=tmp_path, timeout=60,
        )  # fmt: skip

    yield run
    for path in [tmp_path, *tmp_path.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)


@pytest.mark.parametrize("stream", [">&-", ">/dev/full"])
@pytest.mark.parametrize(
    "command", ["list", "list --json", "show ports", "search winter", "export ports", "--help"]
)
def test_data_that_cannot_be_printed_is_a_failure(shell: Shell, command: str, stream: str) -> None:
    done = shell(f"{command} {stream}")
    assert done.returncode == 7
    assert done.stderr.startswith("error: standard output was not written: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("stream", ["2>&-", "2>/dev/full", "<&-"])
@pytest.mark.parametrize(
    ("command", "code"),
    [("list", 0), ("index", 0), ("add story.txt --to more", 0), ("check", 0), ("show nope", 3)],
)
def test_what_is_told_on_a_dead_stream_ends_no_work(
    shell: Shell, command: str, code: int, stream: str
) -> None:
    assert shell(f"{command} {stream}").returncode == code


@pytest.mark.parametrize(
    "command",
    [
        "list ''", "show ''", "show ports --country ''", "show ports --article ' '", "add ''",
        "show ports --explain ''", "search ''", "search winter ''", "search --complete ''",
        "search winter --in ''", "search winter --in ports --save ''", "export ports -o ''",
        "search --in ports --saved ''", "add story.txt --to ''", "compare ports ''", "check ''",
        "annotate ''", "open ''", "--library '' list", "''",
    ],
)  # fmt: skip
def test_an_empty_argument_is_a_wrong_call_everywhere(shell: Shell, command: str) -> None:
    assert shell(command).returncode == 2


@pytest.mark.parametrize("command", ["add - --to more", "verify -"])
def test_a_closed_standard_input_is_said_to_be_unreadable(shell: Shell, command: str) -> None:
    done = shell(f"{command} <&-")
    assert (done.returncode, "standard input: cannot be read" in done.stderr) == (4, True)


def test_a_closed_standard_input_stops_no_other_document(shell: Shell) -> None:
    done = shell("add - story.txt --to harbour <&-")
    assert done.returncode == 4
    assert "standard input: cannot be read" in done.stderr
    assert "added story.txt as harbour/" in done.stderr
    assert "1 of 2 documents could not be added" in done.stderr
    assert shell("show harbour").returncode == 0


@pytest.mark.parametrize("command", ["list", "add ../story.txt --to a", "export ports -o x.md"])
def test_a_current_folder_that_was_deleted_is_said_so(
    environment: Mapping[str, str], tmp_path: Path, command: str
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    words = f"rmdir ../gone; exec {sys.executable} -m briefing --library here {command}"
    done = subprocess.run(
        ["sh", "-c", words], cwd=gone, env=dict(environment), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "here: the current folder no longer exists" in done.stderr


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("--library ~nosuchuser/x list", 2),
        (f"--library {LONG} list", 3),
        (f"--library {LONG} add story.txt", 5),
        (f"add {LONG}.txt", 4),
        (f"add story.txt --to {LONG}", 0),
        (f"export ports -o {LONG}.md", 7),
        ("export ports -o ~nosuchuser/x.md", 7),
        (f"show {LONG}", 3),
        (f"show ports --article {LONG}", 3),
        (f"show ports --explain {LONG}/q-1", 3),
        ("open nope", 3),
    ],
)
def test_names_that_no_file_can_have_are_answered(shell: Shell, command: str, code: int) -> None:
    done = shell(command.replace("~", "'~'"))
    assert (done.returncode, "unexpected" in done.stderr) == (code, False)


@pytest.mark.parametrize("text", ["library = " + "[" * 5_000 + "]" * 5_000, "[" * 5_000, "\xff"])
def test_a_config_that_is_no_config_is_named(
    environment: Mapping[str, str], tmp_path: Path, text: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text, encoding="latin-1")
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "list"], cwd=tmp_path, capture_output=True, text=True,
        env=dict(environment) | {"BRIEFING_CONFIG": str(config)}, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {config}: ")


@pytest.mark.parametrize(
    "command", ["list", "show ports", "search winter", "check", "add story.txt"]
)
def test_an_unreadable_content_is_not_an_empty_one(
    bounded: Shell, tmp_path: Path, command: str
) -> None:
    (tmp_path / "library" / "content").chmod(0)
    done = bounded(command)
    assert done.returncode == 5
    assert "content: the folder cannot be read: Permission denied" in done.stderr


def test_a_briefing_that_may_not_be_entered_is_named_and_the_others_are_read(
    bounded: Shell, tmp_path: Path
) -> None:
    content = tmp_path / "library" / "content"
    shutil.copytree(content / "ports", content / "closed")
    (content / "closed").chmod(0)
    done = bounded("list")
    assert (done.returncode, done.stdout.split()[0]) == (0, "ports")
    assert "skipped: closed: it may not be read" in done.stderr
    assert bounded("search winter").returncode == 0
    check = bounded("check")
    assert (check.returncode, "content/closed" in check.stdout) == (5, True)


def test_a_library_that_cannot_be_read_is_not_an_empty_one(bounded: Shell, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "library" / "index")
    (tmp_path / "library").chmod(0o555)
    (tmp_path / "library" / "content" / "ports").chmod(0)
    done = bounded("list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "cannot be read: ports (run briefing check)" in done.stderr
    assert "no briefings yet" not in done.stderr


def test_a_folder_that_is_passed_over_is_named_by_check(shell: Shell, tmp_path: Path) -> None:
    content = tmp_path / "library" / "content"
    (content / "away").symlink_to("ports")
    (content / "odd").mkdir()
    (content / "odd" / "briefing.yaml").symlink_to("../ports/briefing.yaml")
    shutil.copytree(content / "ports", os.fsdecode(os.fsencode(content) + b"/h\xfcbsch"))
    assert shell("list").stdout.split()[0] == "ports"
    done = shell("check")
    assert done.returncode == 5
    for words in ("not UTF-8", "away: not read as a briefing: a symbolic link", "odd: not read"):
        assert words in done.stdout
    assert shell("check ports").returncode == 0


def test_an_article_that_is_no_file_is_named_when_the_briefing_is_shown(
    shell: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "library" / "content" / "ports"
    (folder / "docks.yaml").mkdir()
    (folder / "quays.yaml").symlink_to("briefing.yaml")
    done = shell("show ports")
    assert (done.returncode, "2 problems: run briefing check ports" in done.stdout) == (0, True)
    assert "skipped: ports/docks.yaml: this is not a regular file" in done.stderr
    assert "skipped: ports/quays.yaml: a symbolic link is not followed" in done.stderr


@pytest.mark.parametrize("closed", ["index/search", "index/fast", "index/fast/ports"])
def test_an_index_that_may_not_be_written_does_not_keep_from_reading(
    bounded: Shell, tmp_path: Path, closed: str
) -> None:
    library = tmp_path / "library"
    (library / "content" / "ports" / "briefing.yaml").write_text("title: Another\n", "utf-8")
    (library / closed).chmod(0)
    for command in ("list", "show ports", "export ports"):
        done = bounded(command)
        assert (done.returncode, "Another" in done.stdout) == (0, True)
        assert "The index is not up to date" in done.stderr
    (tmp_path / "late.txt").write_text("The crane\n\nThe crane of Ghent is gone.\n", "utf-8")
    added = bounded("add late.txt --to ports")
    assert added.returncode == 0
    assert "not searchable yet" in added.stderr
    assert "with 2 articles" in added.stderr


def test_a_full_disk_keeps_nobody_from_reading(
    environment: Mapping[str, str], shell: Shell, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")
    (tmp_path / "library" / "content" / "ports" / "briefing.yaml").write_text("title: Another\n")
    (tmp_path / "late.txt").write_text("The crane\n\nThe crane of Ghent is gone.\n", "utf-8")
    before = [path.name for path in (tmp_path / "library" / "content" / "ports").iterdir()]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "briefing", "--library", "library", *arguments],
            capture_output=True, text=True, check=False, env=dict(environment), cwd=tmp_path,
            # No file may grow beyond this: the nearest to a full disk that any user can make.
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8)),
        )  # fmt: skip

    for command in (["list"], ["show", "ports"], ["export", "ports"]):
        done = run(*command)
        assert (done.returncode, "Another" in done.stdout) == (0, True)
        assert "The index is not up to date" in done.stderr
    searched = run("search", "winter")
    assert "winter" in searched.stdout
    assert "Only what it has is searched." in searched.stderr
    copied = run("copy", "other")
    assert (copied.returncode, len(copied.stderr.splitlines())) == (7, 1)
    assert "other/content/ports/" in copied.stderr
    assert not (tmp_path / "other").exists()
    added = run("add", "late.txt", "--to", "ports")
    assert (added.returncode, "was not written" in added.stderr) == (7, True)
    assert "1 of 1 document could not be added" in added.stderr
    assert [path.name for path in (tmp_path / "library/content/ports").iterdir()] == before
    assert "Another" in shell("list").stdout


@pytest.mark.parametrize("folder", ["content/new", "content/ports/new", "content/../content/x/y"])
def test_a_library_is_not_copied_into_itself(shell: Shell, tmp_path: Path, folder: str) -> None:
    before = sorted(tmp_path.rglob("content/**/*"))
    done = shell(f"copy library/{folder}")
    assert (done.returncode, "is in the library that is copied" in done.stderr) == (7, True)
    assert sorted(tmp_path.rglob("content/**/*")) == before


def test_an_original_that_may_not_be_read_stops_no_other_document(
    bounded: Shell, tmp_path: Path
) -> None:
    for original in (tmp_path / "library/content/ports/originals").iterdir():
        original.chmod(0)
    (tmp_path / "late.txt").write_text("The crane\n\nThe crane of Ghent is gone.\n", "utf-8")
    assert bounded("add story.txt late.txt --to ports").returncode == 0
    assert bounded("check").returncode == 5


def test_an_export_below_a_closed_folder_is_refused(bounded: Shell, tmp_path: Path) -> None:
    (tmp_path / "closed" / "inner").mkdir(parents=True)
    (tmp_path / "closed").chmod(0)
    for place in ("closed/memo.md", "closed/inner/memo.md"):
        done = bounded(f"export ports -o {place}")
        assert done.returncode == 7
        assert f"{place} was not written: Permission denied" in done.stderr


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (("search", "--newst", "x"), 2, "No such option '--newst'. Did you mean '--newest'?"),
        (("list", ""), 2, "Got unexpected extra argument ('')"),
        (("search", "x", "--limit", "x"), 2, "'x' is not a valid whole number."),
        (("export", "ports", "--rows"), 2, "Option '--rows' requires an argument."),
        (("codebook", "--codebook", "x", "--try", "y"), 2, "'x' is not one of 'acts'"),
        (("set", "ports", os.fsdecode(b"title=\xff")), 2, "it is no text in UTF-8"),
        (("codebook", "--try", os.fsdecode(b"\xff")), 2, "it is no text in UTF-8"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_with_its_usage(
    desk: Run, call: tuple[str, ...], code: int, said: str
) -> None:
    done = desk(*call)
    assert (done.returncode, done.stderr.split(" [")[0]) == (code, f"Usage: briefing {call[0]}")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (("feeds", "ports", "--remove", "x"), 3, "error: ports has no feed 'x'\n  It has: none\n"),
        *(
            ((*call, "x"), 2, "error: 'x' is not a date: it is no day, month, year or range.\n")
            for call in (("gaps", "ports", "--as-of"), ("export", "ports", "--since"))
        ),
    ],
)
def test_a_mistake_is_worded_alike_wherever_it_is_made(
    desk: Run, call: tuple[str, ...], code: int, said: str
) -> None:
    done = desk(*call)
    assert (done.returncode, done.stderr[: len(said)]) == (code, said)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@pytest.mark.parametrize(
    "locale", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_names_that_are_not_utf_8_work_everywhere(
    environment: Mapping[str, str], tmp_path: Path, locale: Mapping[str, str]
) -> None:
    folder = os.fsencode(tmp_path)
    for name, text in ((b"quai\xe9.txt", "A quay\n\nThe quay of Ghent.\n"), (b"no\xe9.txt", "")):
        (tmp_path / os.fsdecode(name)).write_text(text, "utf-8")

    def run(*arguments: bytes) -> subprocess.CompletedProcess[bytes]:
        command = [os.fsencode(sys.executable), b"-m", b"briefing", b"--library", b"lib\xe9"]
        return subprocess.run(
            [*command, *arguments], cwd=folder, env=dict(environment) | locale,
            capture_output=True, check=False,
        )  # fmt: skip

    added = run(b"add", b"quai\xe9.txt", b"no\xe9.txt", b"--json")
    report = json.loads(added.stdout.decode("utf-8"))
    assert added.returncode == 4
    assert [each["name"] for each in report["added"]] == ["quai\ufffd.txt"]
    assert [each["name"] for each in report["failures"]] == ["no\ufffd.txt"]
    for arguments in ([b"list"], [b"search", b"quai\xe9", b"--json"], [b"check", b"--json"]):
        done = run(*arguments)
        assert (done.returncode, b"unexpected" in done.stderr) == (0, False)
        done.stdout.decode("utf-8")


def test_where_no_index_can_be_written_a_search_makes_one_for_now(
    shell: Shell, tmp_path: Path, environment: dict[str, str]
) -> None:
    index = tmp_path / "library/index"
    shutil.rmtree(index)
    index.symlink_to("/nowhere")
    environment["XDG_CACHE_HOME"] = "/dev/null/x"
    environment["TMPDIR"] = str(tmp_path)
    done = shell("search ferry")
    assert done.returncode == 0, done.stderr
    assert "indexed for now" in done.stderr
    assert "1 article" in done.stdout
    assert list(tmp_path.glob("briefing-index-*")) == []


def test_without_a_home_a_search_leaves_the_index_of_others_alone_and_makes_its_own(
    shell: Shell, tmp_path: Path, environment: dict[str, str]
) -> None:
    made_here = tmp_path / "library/index/search/made-here"
    shell("search ferry")
    made = made_here.read_text("ascii")
    environment |= {"HOME": "/dev/null", "TMPDIR": str(tmp_path)}
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(name, None)
    done = shell("search ferry")
    assert done.returncode == 0, done.stderr
    assert "/dev/null/.local/state/briefing/indexes was not written" in done.stderr
    assert "1 article" in done.stdout
    assert made_here.read_text("ascii") == made
