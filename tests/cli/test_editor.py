"""The editor on a copy of the YAML: validated, opened again with the reason, never a loss."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import LIN, bytes_of
from tests.conftest import Run

Editor = Callable[[str], Path]


@pytest.fixture
def editor(tmp_path: Path, environment: dict[str, str]) -> Editor:
    """Return a function that sets $EDITOR to Python code on `text`, run at each opening.

    What it was given is appended to the file that is returned, each text after a NUL.
    """

    def use(code: str) -> Path:
        seen, script = tmp_path / "seen", tmp_path / "editor.py"
        seen.write_bytes(b"")
        script.write_text(
            "import sys, os, signal\n"
            "path = sys.argv[1]\n"
            "text = open(path, encoding='utf-8').read()\n"
            f"open({str(seen)!r}, 'a', encoding='utf-8').write('\\0' + text)\n"
            f"opened = open({str(seen)!r}, encoding='utf-8').read().count('\\0')\n"
            f"{code}\n"
            "open(path, 'w', encoding='utf-8').write(text)\n",
            encoding="utf-8",
        )
        environment["EDITOR"] = f"{sys.executable} {script}"
        return seen

    return use


def test_a_briefing_is_edited_with_its_comments(desk: Run, content: Path, editor: Editor) -> None:
    editor("text = '# mine\\n' + text.replace('bottom_line: null', 'bottom_line: It closes.')")
    before = bytes_of(content)
    done = desk("edit", "ports")
    assert done.returncode == 0, done.stderr
    text = (content / "ports/briefing.yaml").read_text("utf-8")
    assert text.startswith("# mine\n")
    assert "bottom_line: It closes.\n" in text
    desk("undo", "ports")
    assert bytes_of(content) == before


def test_an_article_s_metadata_is_edited(desk: Run, editor: Editor) -> None:
    seen = editor("text = text.replace('date:\\n', 'date: 2019-02-21\\n', 1)")
    done = desk("edit", "ports/harb", "--json")
    assert done.returncode == 0, done.stderr
    assert [one["value"] for one in json.loads(done.stdout)["edits"]] == ["2019-02-21"]
    assert "headline: Harbour board closes old ferry terminal\npublisher:\n" in seen.read_text()


def test_a_quote_s_speaker_is_edited(desk: Run, editor: Editor) -> None:
    seen = editor("text = text.replace('NL', 'germany')")
    assert desk("edit", LIN).returncode == 0
    assert "speaker: Ana Lin\nrole: Dutch transport minister\n" in seen.read_text()
    assert "    Ana Lin · Dutch transport minister (DE)\n" in desk("show", "ports").stdout


@pytest.mark.parametrize(
    ("place", "wrong", "said"),
    [
        ("ports/harb", "date: 31/02\n", "31/02"),
        ("ports/harb", "date: [1, 2]\n", "date takes text, not a list"),
        ("ports/harb", "dat: 2019\n", "'dat' is not a key here"),
        ("ports/harb", "date: 'open\n", "draft:"),
        (LIN, "type: boss\n", "boss"),
        ("ports", "title: [1]\n", "title"),
        ("ports", "title: 'open\n", "briefing.yaml:"),
    ],
)
def test_a_text_that_is_wrong_is_opened_again_with_the_reason(
    desk: Run, content: Path, editor: Editor, place: str, wrong: str, said: str
) -> None:
    seen = editor(
        "lines = text.splitlines(keepends=True)\n"
        f"lines = [line for line in lines if not line.startswith({wrong[:3]!r})]\n"
        f"text = ''.join(lines) + {wrong!r} if opened == 1 else text"
    )
    before = bytes_of(content)
    done = desk("edit", place)
    assert done.returncode in (2, 5), done.stderr
    assert "your text is kept in " in done.stderr
    opened = seen.read_text("utf-8").split("\0")[1:]
    assert len(opened) == 2
    assert opened[1].startswith("#! ")
    assert said in opened[1].split("\n")[0]
    kept = Path(done.stderr.split("your text is kept in ")[1].strip())
    assert kept.read_text("utf-8") == opened[1]
    assert bytes_of(content) == before


def test_a_text_that_is_mended_is_stored_without_the_reason(
    desk: Run, content: Path, editor: Editor
) -> None:
    editor(
        "if opened == 1: text = text.replace('bottom_line: null', 'bottom_line: [')\n"
        "else: text = text.replace('bottom_line: [', 'bottom_line: It closes.')"
    )
    done = desk("edit", "ports")
    assert done.returncode == 0, done.stderr
    text = (content / "ports/briefing.yaml").read_text("utf-8")
    assert "#!" not in text
    assert "bottom_line: It closes.\n" in text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sys.exit(3)", "failed with exit code 3"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "was killed by signal 9"),
    ],
)
def test_an_editor_that_fails_changes_nothing_and_keeps_the_draft(
    desk: Run, content: Path, editor: Editor, code: str, said: str
) -> None:
    editor(f"open(path, 'a').write('typed: much\\n')\n{code}")
    before = bytes_of(content)
    done = desk("edit", "ports")
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    kept = Path(done.stderr.split("your text is kept in ")[1].strip())
    assert kept.read_text("utf-8").endswith("typed: much\n")
    assert bytes_of(content) == before


def test_an_editor_that_writes_the_same_fault_each_time_is_not_opened_for_ever(
    desk: Run, content: Path, editor: Editor
) -> None:
    seen = editor("text = 'nothing of use'")
    before = bytes_of(content)
    done = desk("edit", "ports")
    assert (done.returncode, "your text is kept in" in done.stderr) == (5, True), done.stderr
    assert seen.read_text("utf-8").count("\0") == 2
    assert bytes_of(content) == before


def test_an_editor_that_is_not_there_is_a_wrong_call(
    desk: Run, environment: dict[str, str]
) -> None:
    environment["VISUAL"] = "no-such-editor"
    done = desk("edit", "ports")
    assert (done.returncode, "'no-such-editor' cannot be run" in done.stderr) == (2, True)


def test_a_text_left_as_it_was_changes_nothing(desk: Run, content: Path, editor: Editor) -> None:
    editor("")
    before = bytes_of(content)
    done = desk("edit", "ports/harb")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "nothing was changed\n")
    assert bytes_of(content) == before


def test_what_another_process_changed_meanwhile_is_not_lost(
    desk: Run, content: Path, editor: Editor
) -> None:
    path = content / "ports/briefing.yaml"
    editor(
        f"open({str(path)!r}, 'a', encoding='utf-8').write('# theirs\\n')\n"
        "text = text.replace('bottom_line: null', 'bottom_line: mine')"
    )
    done = desk("edit", "ports")
    assert done.returncode == 8
    assert "changed meanwhile" in done.stderr
    assert "your text is kept in " in done.stderr
    assert path.read_text("utf-8").endswith("# theirs\n")


def test_a_block_s_role_and_the_speakers_of_its_quotes_are_edited_as_one(
    desk: Run, content: Path, editor: Editor
) -> None:
    article, _, quote = LIN.rpartition("/")
    chunks = json.loads(desk("show", article, "--json").stdout)["chunks"]
    (block,) = (
        f"{article}/{chunk['id']}"
        for chunk in chunks
        if quote in [one["id"] for one in chunk["quotes"]]
    )
    seen = editor(
        "text = text.replace('role: body', 'role: caption')\n"
        f"text = text.replace('{quote}.country: NL', '{quote}.country: germany')"
    )
    before = bytes_of(content)
    done = desk("edit", block)
    assert done.returncode == 0, done.stderr
    shown = seen.read_text("utf-8")
    assert f"{quote}.speaker: Ana Lin\n{quote}.role: Dutch transport minister\n" in shown
    assert "is now caption. The speaker of “We cannot wait" in done.stderr
    assert "    Ana Lin · Dutch transport minister (DE)\n" in desk("show", "ports").stdout
    assert desk("undo", "ports").returncode == 0
    assert bytes_of(content) == before
    editor("text = text.replace('role: body', 'role: headlin')")
    done = desk("edit", block)
    assert (done.returncode, "Nearest: heading" in done.stderr) == (2, True)


def test_an_editor_that_fails_with_the_text_untouched_leaves_nothing_behind(
    desk: Run, editor: Editor, environment: dict[str, str], tmp_path: Path
) -> None:
    environment["TMPDIR"] = str(tmp_path / "drafts")
    (tmp_path / "drafts").mkdir()
    editor("sys.exit(3)")
    assert desk("edit", "ports").returncode == 1
    environment["EDITOR"] = "no-such-editor"
    assert desk("edit", "ports").returncode == 2
    editor("open(path + '~', 'w').write(text)")
    assert desk("edit", "ports").returncode == 0
    assert list((tmp_path / "drafts").iterdir()) == []
