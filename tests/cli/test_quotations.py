"""`briefing concordance` and `briefing verify`: plain lines, JSON and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.errors import ExitCode
from tests.conftest import Run

ADVANCED = """\
Which allies ban Huawei from 5G? · concordance
1 utterance in several versions

Ren Zhengfei · 2 versions in 2 articles, 1 origin: BBC
  “The world cannot leave us because we are more advanced,”
    Ren Zhengfei · The Tidewater Note ¶9 via BBC · 2019-02-22 ·
    huawei-5g/tidewater-note-2019-02-22/q-8daa
  “The world [-cannot leave us-]{+needs Huawei+} because we are more advanced,”
    changed · Ren Zhengfei · Mast & Cable ¶10 via BBC · 2019-04-16 ·
    huawei-5g/mast-cable-2019-04-16/q-52b5
"""


@pytest.mark.parametrize(
    "wanted",
    [
        ("huawei-5g", "we", "are more advanced"),
        ("huawei-5g", "q-52b5"),
        ("huawei-5g", "tidewater/q-8daa"),
        ("huawei-5g", "huawei-5g/tidewater/q-8daa"),
        ("huawei-5g/mast/q-52b5",),
    ],
)
def test_an_utterance_is_shown_in_its_versions(sample: Run, wanted: tuple[str, ...]) -> None:
    assert sample("concordance", *wanted).stdout == ADVANCED


def test_all_lines_of_a_concordance_fit_into_a_terminal(sample: Run) -> None:
    text = sample("concordance", "huawei-5g").stdout
    assert ADVANCED.partition("\n\n")[2] in text
    assert max(map(len, text.splitlines())) <= 80


def test_json_has_the_parts_of_each_version(sample: Run) -> None:
    (found,) = json.loads(sample("concordance", "huawei-5g", "q-8daa", "--json").stdout)
    (other,) = found["others"]
    assert other["changes"] == ["changed"]
    assert [(part["kind"], part["text"]) for part in other["parts"]] == [
        ("kept", "The world"),
        ("cut", "cannot leave us"),
        ("added", "needs Huawei"),
        ("kept", "because we are more advanced,"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nowhere",), ExitCode.NOT_FOUND, "no briefing 'nowhere'"),
        (("huawei-5g", "purple elephants"), ExitCode.NOT_FOUND, "quotes nothing of"),
        (("huawei-5g", "tidewater/c2"), ExitCode.USAGE, "is no quote"),
        (("huawei-5g", "q-0000"), ExitCode.NOT_FOUND, "'q-0000' is not a quote"),
    ],
)
def test_what_has_no_versions_is_refused(
    sample: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = sample("concordance", *arguments)
    assert done.returncode == code
    assert said in done.stderr


def test_an_export_of_the_sample_is_sound(sample: Run, tmp_path: Path) -> None:
    sample("export", "huawei-5g", "-o", tmp_path / "memo.md")
    done = sample("verify", "memo.md")
    assert (done.returncode, done.stderr) == (0, "")
    assert "against 8 articles" in done.stdout


def test_a_slip_is_shown_and_ends_with_a_code_of_its_own(sample: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(
        "Pompeo: “The world needs Huawei because we are most advanced.”\n", "utf-8"
    )
    done = sample("verify", "draft.md", "--in", "huawei-5g")
    assert done.returncode == ExitCode.MISMATCH
    assert done.stdout == (
        "line 1: changed\n"
        "  “The world needs Huawei because we are [-more-]{+most+} advanced.”\n"
        "    draft: Pompeo\n"
        "    text: Ren\n"
        "    huawei-5g/mast-cable-2019-04-16/q-52b5\n"
        "1 quotation against 8 articles: 1 changed\n"
    )


def test_many_quotations_are_counted_with_parted_thousands(sample: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(
        "She called it “a tale that nobody told”.\n\n" * 1_200, "utf-8"
    )
    done = sample("verify", "long.txt")
    assert done.returncode == 8
    assert done.stdout.splitlines()[-1] == "1,200 quotations against 8 articles: 1,200 not found"


def test_json_of_a_draft_on_standard_input(sample: Run) -> None:
    done = sample("verify", "-", "--json", stdin="“nothing short of madness”".encode())
    (found,) = json.loads(done.stdout)["quotations"]
    assert done.returncode == 0
    assert (found["verdict"], found["held_as"], found["line"]) == ("exact", "quote", 1)


@pytest.mark.parametrize(
    ("name", "code"), [("gone.md", ExitCode.BAD_INPUT), ("binary.md", ExitCode.BAD_INPUT)]
)
def test_a_draft_that_cannot_be_read_is_named(
    sample: Run, tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "binary.md").write_bytes(b"\x00\x01\x02" * 99)
    done = sample("verify", name)
    assert done.returncode == code
    assert f"{name}: " in done.stderr
    assert "  A draft is a Markdown, text or HTML file" in done.stderr


def test_a_briefing_that_was_not_read_in_full_is_named(sample: Run, tmp_path: Path) -> None:
    broken = tmp_path / "library" / "content" / "huawei-5g" / "broken.yaml"
    broken.write_text("id: [", "utf-8")
    done = sample("verify", "-", stdin="“nothing short of madness”".encode())
    assert "run briefing check huawei-5g" in done.stderr


@pytest.mark.parametrize("flags", [(), ("--json",)])
@pytest.mark.parametrize("command", ["origins", "gaps", "who", "concordance", "compare"])
def test_what_lacks_an_article_says_so_every_time(
    sample: Run, tmp_path: Path, command: str, flags: tuple[str, ...]
) -> None:
    broken = tmp_path / "library" / "content" / "huawei-5g" / "broken.yaml"
    broken.write_text("id: [", "utf-8")
    for _ in range(2):
        done = sample(command, "huawei-5g", *flags)
        assert done.returncode == 0
        assert "not everything could be read: run briefing check huawei-5g\n" in done.stderr
