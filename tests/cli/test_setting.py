"""New briefings, what briefings and articles say of themselves, and what is done to their files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, LIN, bytes_of
from tests.conftest import Run

SHORT = "ports/harb"


def test_a_briefing_is_made_with_question_and_codebook(briefing: Run, content: Path) -> None:
    done = briefing("new", "ferry-wars", "--question", "Who sails?", "--codebook", "sides")
    assert done.returncode == 0, done.stderr
    assert "The briefing ferry-wars was made." in done.stderr
    text = (content / "ferry-wars/briefing.yaml").read_text("utf-8")
    assert "title: Ferry wars\nquestion: 'Who sails?'\n" in text
    assert "codebook: sides\n" in text
    assert briefing("undo", "ferry-wars").returncode == 0
    assert list(content.glob("*")) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("new", "ports"), "ports"),
        (("new", "../x"), "../x"),
        (("new", "x", "--codebook", "no such: book"), "codebook"),
    ],
)
def test_a_briefing_that_cannot_be_made_is_a_wrong_call(
    desk: Run, content: Path, call: tuple[str, ...], said: str
) -> None:
    before = bytes_of(content)
    done = desk(*call)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert bytes_of(content) == before


def test_the_keys_of_an_article_are_set_in_one_step(desk: Run, content: Path) -> None:
    before = bytes_of(content)
    done = desk(
        "set", SHORT, "date=2019-02", "publisher=Quay Post", "authors=A. Bell; C. Dorn",
        "reprint_of.publisher=Sea Wire", "language=en", "url=https://quay.example/1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.search(r"The original of “[^”]+” is Sea Wire\.", done.stderr + done.stdout)
    article = json.loads(desk("show", "ports", "--article", ARTICLE[6:], "--json").stdout)
    assert (article["date"]["value"], article["date"]["basis"]) == ("2019-02", "analyst")
    assert (article["publisher"], article["authors"]) == ("Quay Post", ["A. Bell", "C. Dorn"])
    assert article["reprint_of"]["publisher"] == "Sea Wire"
    assert desk("set", SHORT, "publisher=").returncode == 0
    shown = desk("show", "ports", "--article", ARTICLE[6:]).stdout
    assert "publisher not stated · 2019-02" in shown
    desk("undo", "ports")
    desk("undo", "ports")
    assert bytes_of(content) == before


def test_the_keys_of_a_briefing_are_set_and_its_comments_stay(desk: Run, content: Path) -> None:
    path = content / "ports/briefing.yaml"
    path.write_text("# mine\n" + path.read_text("utf-8") + "# the end\n", "utf-8")
    before = path.read_bytes()
    done = desk("set", "ports", "bottom-line=It closes.", "tags=sea, cost", "codebook=ban, allow")
    assert done.returncode == 0, done.stderr
    text = path.read_text("utf-8")
    assert text.startswith("# mine\n")
    assert text.endswith("# the end\n")
    assert "bottom_line: 'It closes.'\ntags: [sea, cost]\n" in text
    assert "It closes." in desk("show", "ports").stdout
    desk("undo", "ports")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("set", SHORT, "date=31/02"), "not 31"),
        (("set", SHORT, "date=2019-02", "publ1sher=x"), "Did you mean publisher?"),
        (("set", SHORT), "Missing argument"),
        (("set", "ports", "title="), "needs a title"),
        (("set", "ports", "bottomline=x"), "Did you mean bottom_line?"),
        (("set", "ports", "codebook=[["), "codebook cannot be used"),
    ],
)
def test_a_value_that_makes_no_sense_is_a_wrong_call(
    desk: Run, content: Path, call: tuple[str, ...], said: str
) -> None:
    before = bytes_of(content)
    done = desk(*call)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert bytes_of(content) == before


def test_speakers_are_merged_and_parted_again(desk: Run) -> None:
    desk("set", f"{SHORT}/q-7741", "speaker=A. Lin")
    assert desk("merge", "ports", "Ana Lin", "A. Lin").returncode == 0
    panels = json.loads(desk("show", "ports", "--json").stdout)
    assert {row["quote"]["speaker"]["name"] for row in panels["quotes"]} == {"Ana Lin"}
    assert desk("merge", "ports", "Ana Lin").returncode == 2
    several = desk("merge", "ports", "Ana Lin", "Lin", "Ms Lin")
    assert "A. Lin, Lin, Ms Lin are shown as Ana Lin." in several.stderr + several.stdout
    assert "Lin is shown under its own name" in desk("split", "ports", "Ana Lin", "Lin").stderr
    parted = desk("split", "ports", "Ana Lin")
    assert "A. Lin, Ms Lin are shown under their own names again." in parted.stderr
    panels = json.loads(desk("show", "ports", "--json").stdout)
    assert {row["quote"]["speaker"]["name"] for row in panels["quotes"]} == {"Ana Lin", "A. Lin"}


def test_an_article_is_renamed_moved_removed_and_all_of_it_undone(
    desk: Run, content: Path, tmp_path: Path
) -> None:
    desk("new", "sea")
    desk("note", LIN, "Who asked her?")
    before = bytes_of(content)
    calls = [
        ("rename", SHORT, "quay-2019"),
        ("move", "ports/quay-2019", "sea"),
        ("remove", "sea/quay"),
        ("remove", "ports"),
        ("rename", "sea", "ocean"),
    ]
    for call in calls:
        done = desk(*call)
        assert done.returncode == 0, done.stderr
        assert "to undo it: briefing " in done.stderr
    assert [row["name"] for row in json.loads(desk("list", "--json").stdout)] == ["ocean"]
    assert len(json.loads(desk("trash", "--json").stdout)) == 2
    assert "is now called ocean" in desk("log", "ocean").stdout
    for _ in calls:
        assert desk("undo").returncode == 0
    assert bytes_of(content) == before


def test_a_briefing_that_was_removed_comes_back_by_the_command_that_is_told(desk: Run) -> None:
    undo = json.loads(desk("remove", "ports", "--json").stdout)["undo"]
    assert undo.endswith(" undo ports")
    assert desk("undo", "ports").returncode == 0
    assert "third winter" in desk("show", "ports").stdout


def test_the_trash_is_emptied_only_when_that_is_confirmed(desk: Run) -> None:
    desk("remove", SHORT)
    done = desk("tidy")
    assert (done.returncode, "--yes" in done.stderr) == (2, True)
    assert len(desk("trash").stdout.splitlines()) == 1
    assert json.loads(desk("tidy", "--yes", "--json").stdout) == {"deleted": 1}
    assert desk("trash").stdout == ""
    done = desk("undo", "ports")
    assert (done.returncode, "was deleted with the trash" in done.stderr) == (8, True)


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (("move", SHORT, "nowhere"), 3, "no briefing 'nowhere'"),
        (("move", "ports", "ports"), 2, "ports is a briefing: name an article"),
        (("move", LIN, "ports"), 2, "is a part of an article"),
        (("rename", SHORT, "../x"), 2, "../x"),
        (("remove", LIN), 2, "briefing drop"),
        (("remove", "ports/x"), 3, "'x' is not an article of ports"),
        (("undo", "prots"), 3, "Did you mean ports?"),
        (("undo", "ports"), 3, "nothing to undo in ports"),
        (("log", "prots"), 3, "Did you mean ports?"),
        (("check", "--adopt"), 2, "Name the briefing"),
    ],
)
def test_what_cannot_be_done_is_told(
    desk: Run, content: Path, call: tuple[str, ...], code: int, said: str
) -> None:
    before = bytes_of(content)
    done = desk(*call)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert bytes_of(content) == before


def test_an_undo_loses_nothing_that_was_changed_meanwhile(desk: Run, content: Path) -> None:
    desk("set", "ports", "bottom_line=It closes.")
    path = content / "ports/briefing.yaml"
    path.write_text(path.read_text("utf-8").replace("It closes.", "It closes in May."), "utf-8")
    done = desk("undo", "ports")
    assert (done.returncode, "changed there meanwhile" in done.stderr) == (8, True)
    assert "It closes in May." in path.read_text("utf-8")


def test_an_action_that_cannot_be_undone_is_named_and_can_be_passed_over(
    desk: Run, content: Path
) -> None:
    for key in ("question=Who pays?", "bottom_line=It closes.", "title=Harbours"):
        assert desk("set", "ports", key).returncode == 0
    path = content / "ports/briefing.yaml"
    path.write_text(path.read_text("utf-8").replace("Harbours", "Havens"), "utf-8")
    done = desk("undo", "ports")
    assert done.returncode == 8
    assert "this cannot be undone: The title of ports is “Harbours”. " in done.stderr
    actions = json.loads(desk("log", "ports", "--json").stdout)
    assert (
        f"briefing undo ports --skip, or briefing undo --action {actions[1]['id']}" in done.stderr
    )
    assert desk("undo", "ports", "--skip").stderr == f"Undone: {actions[1]['done']}\n"
    assert desk("undo", "--action", actions[2]["id"]).returncode == 0
    last = desk("undo", "ports", "--skip")
    assert (last.returncode, "--action" in last.stderr) == (8, False)
    text = path.read_text("utf-8")
    assert ("Havens" in text, "Who pays?" in text, "It closes." in text) == (True, False, False)


def test_a_new_briefing_with_articles_is_removed_rather_than_undone(
    briefing: Run, story: Path
) -> None:
    briefing("new", "ferry-wars")
    briefing("add", story, "--to", "ferry-wars")
    done = briefing("undo", "ferry-wars")
    assert (done.returncode, "briefing remove ferry-wars" in done.stderr) == (8, True)
    assert briefing("remove", "ferry-wars").returncode == 0
    assert briefing("undo", "ferry-wars").returncode == 0
    assert "1 article" in briefing("list").stdout


def test_the_log_tells_the_newest_first_and_what_was_undone(desk: Run) -> None:
    desk("tag", LIN, "cost")
    desk("tag", LIN, "delay")
    desk("undo", "ports")
    lines = desk("log", "ports").stdout.splitlines()
    assert ["(undone)" in line for line in lines] == [True, False]
    first = json.loads(desk("log", "--json").stdout)[-1]
    assert desk("undo", "--action", first["id"]).returncode == 0


def test_a_change_by_hand_is_adopted_as_an_edit(desk: Run, content: Path) -> None:
    path = content / f"{ARTICLE}.yaml"
    made = path.read_bytes()
    path.write_bytes(made.replace(b"publisher: null", b"publisher: Quay Post"))
    before = bytes_of(content)
    done = desk("check", "ports", "--adopt")
    assert done.returncode == 0, done.stderr
    assert "Quay Post" in done.stdout
    assert path.read_bytes() == made
    assert "Quay Post" in desk("show", "ports").stdout
    desk("undo", "ports")
    assert bytes_of(content) == before


def test_a_copy_of_the_sample_may_be_corrected(briefing: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert briefing("copy", own, library=None).returncode == 0
    text = (own / "content/huawei-5g/briefing.yaml").read_text("utf-8")
    assert text.startswith("# The sample library")
    assert ("sample:" in text, "never changed" in text) == (False, False)
    done = briefing("set", "huawei-5g", "bottom_line=Some do.", library=own)
    assert done.returncode == 0, done.stderr
    assert briefing("copy", own, library=None).returncode != 0


def test_a_file_changed_by_hand_that_is_annotated_by_force_comes_back(
    desk: Run, content: Path, tmp_path: Path
) -> None:
    path = content / f"{ARTICLE}.yaml"
    made = path.read_bytes()
    path.write_bytes(made.replace(b"four hundred metres", b"five hundred metres"))
    mine = path.read_bytes()
    assert desk("annotate", "ports", "--reread").returncode == 0
    assert path.read_bytes() == mine
    done = desk("annotate", "ports", "--reread", "--force", "--json")
    assert json.loads(done.stdout)["replaced"] == [path.stem]
    assert "briefing undo ports" in done.stderr
    assert path.read_bytes() == made
    (kept,) = (tmp_path / "library/.trash").rglob(path.name)
    assert kept.read_bytes() == mine
    assert "changed by hand, was annotated again" in desk("trash").stdout
    assert desk("tidy", "--yes").returncode == 0
    assert desk("undo", "ports").returncode == 0
    assert path.read_bytes() == mine
