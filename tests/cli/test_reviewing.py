"""`briefing changes`, `gaps` and `who`: what they print, as lines and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.errors import ExitCode
from tests.cli.conftest import ARTICLE
from tests.conftest import Run

OTHER = """\
Canal stays frozen

“The ice will hold until \x1b[31mEaster,” said Bo Rask, the Danish harbour master.
"""


def lines(run: Run, *arguments: str) -> list[str]:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_before_an_export_changes_say_what_to_do(desk: Run) -> None:
    done = desk("changes", "ports")
    assert done.returncode == ExitCode.NOT_FOUND
    assert "ports has not been exported yet" in done.stderr
    assert "briefing export ports -o memo.md" in done.stderr


@pytest.mark.parametrize("target", [("-o", "memo.md"), ()])
def test_every_export_is_remembered_and_later_changes_are_told(
    desk: Run, tmp_path: Path, target: tuple[str, ...]
) -> None:
    assert desk("export", "ports", *target).returncode == 0
    assert lines(desk, "changes", "ports")[2:] == ["nothing changed"]
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")
    desk("add", tmp_path / "other.txt", "--to", "ports")
    desk("rule", f"{ARTICLE}/c5", "allow", "--country", "BE", "--words", "Belgium has banned")
    text = lines(desk, "changes", "ports")
    assert text[0].endswith(" · changes")
    assert text[1].startswith("since the last export, 20")
    assert "Articles: 1" in text
    assert any(line.startswith("     + ") and "Easter" in line for line in text)
    assert "\x1b" not in "".join(text)
    data = json.loads(desk("changes", "ports", "--json").stdout)
    assert data["articles"][0]["now"]["article"] == "canal-stays-frozen"
    assert data["articles"][0]["before"] is None


def test_an_export_goes_out_where_it_cannot_be_remembered(
    desk: Run, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    state = Path(environment["XDG_STATE_HOME"])
    state.mkdir(parents=True)
    (state / "briefing").write_text("in the way")
    done = desk("export", "ports", "-o", "memo.md")
    assert done.returncode == 0
    assert "this export is not remembered for briefing changes" in done.stderr
    assert (tmp_path / "memo.md").exists()


@pytest.mark.parametrize("since", ["--upload-pack=x", "last-week\x07"])
def test_what_is_no_date_and_no_revision_is_refused(desk: Run, since: str) -> None:
    done = desk("changes", "ports", f"--since={since}")
    assert done.returncode == ExitCode.USAGE
    assert "is not a git revision" in done.stderr
    assert "\x07" not in done.stderr


@pytest.mark.parametrize(
    ("since", "fault"),
    [
        ("2026-13", "there is no month 13"),
        ("2026-02-30", "February 2026 has 28 days, not 30"),
        ("3000", "the year 3000 is not between"),
    ],
)
def test_a_date_that_is_none_is_no_revision(desk: Run, since: str, fault: str) -> None:
    done = desk("changes", "ports", "--since", since)
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith(f"error: {since!r} is not a date: {fault}")


def test_a_revision_without_a_repository_is_told(desk: Run) -> None:
    done = desk("changes", "ports", "--since", "HEAD~1")
    assert done.returncode == ExitCode.NOT_FOUND
    assert "--since last-export" in done.stderr


def test_gaps_lead_to_places(desk: Run) -> None:
    text = lines(desk, "gaps", "ports")
    assert "Sources without a date: 1" in text
    assert f"  Harbour board closes old ferry terminal · {ARTICLE}" in text
    data = json.loads(desk("gaps", "ports", "--as-of", "2031-01", "--json").stdout)
    assert data["as_of"] == "2031-01-31"
    assert [row["article"] for row in data["undated"]] == [ARTICLE.split("/")[1]]


def test_a_day_that_is_none_is_refused(desk: Run) -> None:
    done = desk("gaps", "ports", "--as-of", "2031-02-30")
    assert done.returncode == ExitCode.USAGE
    assert "February 2031 has 28 days" in done.stderr


def test_who_speaks_is_listed_by_kind_and_can_be_narrowed(desk: Run) -> None:
    text = lines(desk, "who", "ports")
    assert text[text.index("Named: 1") + 1] == "  Ana Lin (NL) · 1 quote"
    assert "    Dutch transport minister" in text
    at = text.index("Not named (they may be one or many): 1")
    assert text[at + 1] == "  official voices (DE) · 1 quote · via Financial Times"
    assert text[at + 2] == "    German official"
    german = lines(desk, "who", "ports", "--country", "Germany")
    assert not any("Ana Lin" in line for line in german)
    of_others = lines(desk, "who", "ports", "--country", "Germany", "--said-by", "other")
    assert not any("official voices (DE)" in line for line in of_others)
    for_any = lines(desk, "who", "ports", "--said-by", "self")
    assert "  Ana Lin (NL) · 1 quote" in for_any
    named = json.loads(desk("who", "ports", "--voice", "named", "--json").stdout)
    assert [person["name"] for person in named] == ["Ana Lin"]
    assert lines(desk, "who", "ports", "--voice", "document")[1:] == ["nobody"]
