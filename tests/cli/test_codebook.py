"""Codebooks as an analyst meets them: shown, tried, chosen, changed and ruled by."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.annotate.positions.codebook import MEASURED
from briefing.codebooks import shipped
from briefing.compare.choosing import troubles
from briefing.errors import UsageError
from briefing.library import Library
from briefing.model import Anchor, Edit

Run = Callable[..., subprocess.CompletedProcess[str]]

FERRY = """\
Ferry talks go on in Oslo

By Ana Lin

Norway banned the old ferry in May. Sweden has blocked it as well.

Denmark has prohibited the old ferry from its ports.
"""
VOTE = """\
Ferry treaty put to the vote

By Ana Lin

Norway opposes the treaty. Sweden opposed it too, and Denmark supports it.
"""


@pytest.fixture
def ferry(briefing: Run, tmp_path: Path) -> Run:
    """Return the command, with one article in a briefing `ferry` that has no codebook."""
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, encoding="utf-8")
    done = briefing("add", path, "--to", "ferry")
    assert done.returncode == 0, done.stderr
    return briefing


@pytest.fixture
def info(tmp_path: Path) -> Path:
    return tmp_path / "library" / "content" / "ferry" / "briefing.yaml"


def set_codebook(info: Path, text: str) -> None:
    info.write_text(info.read_text("utf-8").replace("codebook: null\n", text), encoding="utf-8")


def stances(run: Run) -> list[tuple[str, str]]:
    panels = json.loads(run("show", "ferry", "--json").stdout)
    return sorted((row["code"], row["stance"]) for row in panels["countries"] if row["stance"])


OLDER = "stances are of an older codebook: run briefing annotate ferry"


def test_without_a_name_the_shipped_books_are_listed_with_their_stances(briefing: Run) -> None:
    done = briefing("codebook", library=None)
    names = [line.split()[0] for line in done.stdout.splitlines()]
    assert (done.returncode, names) == (0, ["acts", "sides", "measures"])
    assert "sides     support, oppose, undecided, abstain\n" in done.stdout
    listed = json.loads(briefing("codebook", "--json", library=None).stdout)
    assert [book["digest"] for book in listed] == [shipped(name).digest for name in names]


def test_a_book_is_shown_with_opposites_and_cues(briefing: Run) -> None:
    lines = briefing("codebook", "sides", library=None).stdout.splitlines()
    assert lines[:2] == ["sides", "support (opposite: oppose)"]
    assert lines[2].startswith("  to support, to back, ")
    data = json.loads(briefing("codebook", "sides", "--json", library=None).stdout)
    assert data["stances"][3] == {
        "name": "abstain",
        "cues": list(shipped("sides").stances[3].cues),
        "opposite": None,
    }


def test_a_sentence_is_tried_under_a_book(briefing: Run) -> None:
    arguments = ("codebook", "--codebook", "measures", "--try", "Norway has banned the old ferry.")
    lines = briefing(*arguments, library=None).stdout.splitlines()
    assert lines[0] == "NO ban"
    assert lines[-1] == "  cue: “banned” (to ban)"
    (found,) = json.loads(briefing(*arguments, "--json", library=None).stdout)
    assert (found["position"]["country"], found["words"]) == ("NO", "banned")


def test_what_a_speaker_thinks_is_shown_without_a_cue_that_stands_by(briefing: Run) -> None:
    sentence = "Norway's ministry said the order violates the treaty."
    done = briefing("codebook", "--try", sentence, "--json", library=None)
    (found,) = json.loads(done.stdout)
    assert (found["position"]["stance"], found["words"], found["cue"]) == ("accuse", None, None)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("It rains.", "no cue of the codebook is in it"),
        ("The harbour board banned the old ferry.", "it names no country"),
        ("Will Norway ban the old ferry?", "it is a question"),
        (
            "If Norway banned the old ferry, nobody would cross.",
            "its cue is a condition or a wish, or its country does not act in it",
        ),
        (
            f"Norway, {'a land of fjords, ' * 120}has banned the old ferry.",
            "it has 2,193 characters in one sentence; beyond 2,000 a text is taken for a list",
        ),
    ],
    ids=["no-cue", "no-country", "question", "condition", "list"],
)
def test_why_a_sentence_shows_no_stance_is_told(briefing: Run, sentence: str, reason: str) -> None:
    tried = briefing("codebook", "--codebook", "measures", "--try", sentence, library=None)
    assert tried.stdout == f"no country takes a stance here: {reason}\n"


def test_a_sentence_is_tried_under_the_book_of_a_briefing(ferry: Run, info: Path) -> None:
    set_codebook(info, "codebook: {'tow [red]': [to tow, a tow]}\n")
    done = ferry("codebook", "ferry", "--try", "Norway towed the ferry.")
    assert done.stdout.splitlines()[0] == "NO tow [red]"
    assert ferry("codebook", "ferry").stdout == "tow [red]\n  to tow, a tow\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--codebook", "sides"),
        ("sides", "--codebook", "sides", "--try", "x"),
        ("--codebook", "nothing", "--try", "x"),
        ("--try", ""),
        ("",),
    ],
)
def test_a_wrong_call_is_refused(briefing: Run, arguments: tuple[str, ...]) -> None:
    assert briefing("codebook", *arguments, library=None).returncode == 2


def test_an_unknown_name_is_not_found_and_both_kinds_are_named(ferry: Run) -> None:
    done = ferry("codebook", "fery")
    assert done.returncode == 3
    assert (
        "The shipped codebooks: acts, sides, measures. Did you mean ferry? It has: ferry"
        in done.stderr
    )


def test_a_book_is_chosen_and_show_says_which_and_why(ferry: Run, info: Path) -> None:
    shown = ferry("show", "ferry").stdout
    assert "Codebook: measures+sides+acts (chosen: 3 cues of measures in 1 article)\n" in shown
    note = json.loads(ferry("show", "ferry", "--json").stdout)["codebook"]
    assert (note["name"], note["is_newer"]) == (MEASURED, False)
    (article,) = (path for path in info.parent.glob("*.yaml") if path != info)
    assert f"codebook: '{shipped(MEASURED).stamp}'" in article.read_text("utf-8")
    assert stances(ferry) == [("DK", "ban"), ("NO", "ban"), ("SE", "ban")]


def test_all_articles_of_a_batch_choose_and_later_ones_follow(
    briefing: Run, tmp_path: Path
) -> None:
    def header() -> str:
        lines = briefing("show", "ferry").stdout.splitlines()
        return next(line for line in lines if "Codebook" in line)

    for number in range(3):
        (tmp_path / f"a{number}.txt").write_text(VOTE.replace("vote", f"vote {number}"))
    (tmp_path / "b.txt").write_text(FERRY)
    briefing("add", *sorted(tmp_path.glob("*.txt")), "--to", "ferry")
    assert header() == "Codebook: sides+acts (chosen: sides and acts fit any question)"
    for number in range(4):
        text = FERRY.replace("Oslo", f"Oslo {number}")
        (tmp_path / f"c{number}.txt").write_text(text)
    briefing("add", *sorted(tmp_path.glob("c*.txt")), "--to", "ferry")
    assert header() == "Codebook: sides+acts (chosen when its articles were annotated)"
    assert OLDER not in briefing("show", "ferry").stdout
    briefing("annotate", "ferry")
    assert header() == "Codebook: measures+sides+acts (chosen: 15 cues of measures in 5 articles)"


@pytest.mark.parametrize(
    ("old", "new"),
    [("codebook: null", "codebook: [sides]"), ("question: null", "question: Who supports it?")],
)
def test_a_changed_codebook_is_noticed_and_annotate_mends_it(
    ferry: Run, info: Path, old: str, new: str
) -> None:
    ferry("list")
    info.write_text(info.read_text("utf-8").replace(old, new), encoding="utf-8")
    assert OLDER in ferry("list").stdout
    assert OLDER in ferry("show", "ferry").stdout
    checked = ferry("check", "ferry")
    assert (checked.returncode, OLDER in checked.stdout) == (0, True)
    assert json.loads(ferry("list", "--json").stdout)[0]["is_codebook_newer"] is True
    assert troubles(Library.open(info.parents[2]).panels("ferry")) == OLDER
    assert "1 article changed" in ferry("annotate", "ferry").stderr
    assert OLDER not in ferry("list").stdout + ferry("show", "ferry").stdout
    assert ferry("check", "ferry").stdout == ""
    assert {stance for _, stance in stances(ferry)}.isdisjoint(shipped("measures").names)


def test_the_same_codebook_in_other_words_is_no_change(ferry: Run, info: Path) -> None:
    set_codebook(info, "codebook: [measures, sides, acts]\n")
    assert OLDER not in ferry("list").stdout
    assert "Codebook: measures+sides+acts\n" in ferry("show", "ferry").stdout


def test_a_broken_codebook_is_told_and_the_briefing_opens(ferry: Run, info: Path) -> None:
    set_codebook(info, "codebook:\n  levy: {cues: [to levy], opposite: waive}\n")
    assert "1 problem" in ferry("list").stdout
    shown = ferry("show", "ferry").stdout
    assert "1 problem: run briefing check ferry" in shown
    assert "Codebook: measures+sides+acts (chosen: " in shown
    done = ferry("check", "ferry")
    assert done.returncode == 5
    assert "briefing.yaml:7:27: the codebook is left out: the opposite of levy is" in done.stdout
    assert ferry("annotate", "ferry").returncode == 0
    assert len(stances(ferry)) == 3


def ruling(article: str, stance: str, name: str = "e1") -> Edit:
    return Edit(
        id=name,
        kind="rule-position",
        anchor=Anchor(article=article, exact="Norway banned the old ferry in May."),
        country="NO",
        stance=stance,
    )


def test_a_ruling_outside_the_codebook_is_refused_with_the_list(ferry: Run, info: Path) -> None:
    library = Library.open(info.parents[2])
    (article,) = (path.stem for path in info.parent.glob("*.yaml") if path != info)
    with pytest.raises(UsageError, match=r"'axe' is not in the codebook: ban, restrict, allow, "):
        library.editing.store("ferry", ruling(article, "axe"))
    assert not (info.parent / "edits.yaml").exists()
    library.editing.store("ferry", ruling(article, "allow"))
    library.editing.store("ferry", ruling(article, "none", "e2"))
    assert library.briefing("ferry").orphans == ()


def test_a_ruling_outside_the_codebook_in_the_file_is_told_with_its_line(
    ferry: Run, info: Path
) -> None:
    (article,) = (path.stem for path in info.parent.glob("*.yaml") if path != info)
    (info.parent / "edits.yaml").write_text(
        "format: briefing/edits/2\nedits:\n- id: e1\n  kind: rule-position\n"
        f"  anchor: {{article: {article}, exact: Norway banned the old ferry in May.}}\n"
        "  country: 'NO'\n  stance: axe\n",
        encoding="utf-8",
    )
    done = ferry("check", "ferry")
    assert "edits.yaml:3:3: the edit 'e1' has no effect: its stance 'axe' is not in" in done.stdout
    assert stances(ferry) == [("DK", "ban"), ("NO", "ban"), ("SE", "ban")]
