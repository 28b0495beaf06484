"""The commands that correct what stands at a place: done, told how to undo, and undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, LIN, bytes_of
from tests.conftest import Run

SHORT = "ports/harb"
"""The article, its id shortened."""
TWICE = f"{SHORT}/c4"

CALLS: list[tuple[tuple[str, ...], str, str]] = [
    (
        ("set", LIN, "speaker=Jo Bell", "country=norway", "role=harbour master"),
        "set-speaker",
        "The speaker of “We cannot wait for a third winter,” is Jo Bell · harbour master (NO).",
    ),
    (("set", LIN, "speaker="), "set-speaker", "is not stated."),
    (
        ("set", "ports/q-fa32", "words=wait for a third winter"),
        "set-bounds",
        "is now “wait for a third winter”.",
    ),
    (("set", f"{SHORT}/c6", "role=unrelated"), "set-role", "is now unrelated."),
    (("drop", f"{SHORT}/q-77", "--why", "no speech"), "drop-quote", "“no plan at all” is dropped."),
    (("drop", TWICE, "--words", "Berlin"), "drop-mention", "“Berlin” names no country."),
    (
        ("mention", SHORT, "belgium", "--words", "heavy lorries"),
        "set-mention",
        "“heavy lorries” names BE.",
    ),
    (
        ("quote", SHORT, "--words", "heavy lorries", "--speaker", "Ana Lin", "--kind", "partial"),
        "add-quote",
        "The quote “heavy lorries” is added.",
    ),
    (
        ("rule", f"{SHORT}/c5", "restrict", "--country", "France", "--words", "considering a ban"),
        "rule-position",
        "FR at “considering a ban”: restrict.",
    ),
    (("rule", f"{SHORT}/c5:0-43", "none"), "rule-position", "Any country at “Belgium has banned"),
    (
        ("rule", f"{SHORT}/¶4", "--country", "BE", "--object", "lorries"),
        "set-position",
        "The position of BE at",
    ),
    (("note", LIN, "Who asked her?"), "note", "A note on “We cannot wait for a third winter,”"),
    (("note", SHORT, "Old.", "--words", "the", "--nth", "2"), "note", "A note on “the”: Old."),
    (("tag", f"{SHORT}/c6", "cost"), "tag", "is tagged cost."),
    (("highlight", SHORT, "--words", "four hundred"), "highlight", "“four hundred” is highlighted"),
    (("pin", LIN), "pin", "The quote “We cannot wait for a third winter,” is pinned."),
]


@pytest.mark.parametrize(("call", "kind", "said"), CALLS, ids=[" ".join(c[:1]) for c, *_ in CALLS])
def test_a_correction_is_said_stored_and_undone_to_the_byte(
    desk: Run, content: Path, tmp_path: Path, call: tuple[str, ...], kind: str, said: str
) -> None:
    before = bytes_of(content)
    done = desk(*call)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    first, second = done.stderr.splitlines()
    assert said in first
    assert second == f"to undo it: briefing --library {tmp_path / 'library'} undo ports"
    assert f"kind: {kind}, " in (content / "ports/edits.yaml").read_text("utf-8")
    assert desk("undo", "ports").stderr == f"Undone: {first}\n"
    assert bytes_of(content) == before


def test_json_has_what_was_done_the_undo_and_the_edits(desk: Run, tmp_path: Path) -> None:
    done = desk("note", LIN, "Who asked her?", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert report["undo"] == f"briefing --library {tmp_path / 'library'} undo ports"
    assert (report["briefing"], report["article"]) == tuple(ARTICLE.split("/"))
    assert [edit["text"] for edit in report["edits"]] == ["Who asked her?"]
    assert report["changed"] is True


def test_what_was_corrected_shows_at_once(desk: Run) -> None:
    desk("set", LIN, "speaker=Jo Bell", "country=norway")
    shown = desk("show", "ports", "--quotes").stdout
    assert "    Jo Bell (NO)\n" in shown
    assert f"    {LIN} · " in shown


def test_a_speaker_whom_the_article_knows_keeps_role_and_country(desk: Run) -> None:
    desk("set", f"{SHORT}/q-7741", "speaker=Ana Lin")
    shown = desk("show", "ports", "--quotes").stdout
    assert shown.count("    Ana Lin · Dutch transport minister (NL)\n") == 2


def test_a_key_that_is_not_set_stays(desk: Run) -> None:
    desk("set", LIN, "country=be")
    shown = desk("show", "ports", "--quotes").stdout
    assert "    Ana Lin · Dutch transport minister (BE)\n" in shown


def test_a_block_set_aside_is_restored_with_its_quotes(desk: Run) -> None:
    before = desk("show", "ports", "--quotes").stdout
    desk("set", f"{SHORT}/c3", "role=boilerplate")
    assert "third winter" not in desk("show", "ports", "--quotes").stdout
    assert desk("restore", f"{SHORT}/c3").returncode == 0
    assert desk("show", "ports", "--quotes").stdout == before


def test_pinning_again_unpins(desk: Run, content: Path) -> None:
    before = bytes_of(content)
    desk("pin", LIN)
    assert "is not pinned." in desk("pin", LIN).stderr
    desk("undo")
    assert "is pinned." in desk("undo").stderr
    assert bytes_of(content) == before


def test_a_note_is_found_at_once_and_no_more_once_it_is_undone(desk: Run) -> None:
    assert "nothing was found" in desk("search", "note:annexes").stdout
    desk("note", LIN, "Check \x1b[31mthe annexes.")
    desk("tag", LIN, "cost")
    found = desk("search", "note:annexes").stdout
    assert "\n    your note: Check ␛[31mthe annexes.\n" in found
    assert "We cannot wait" in found
    assert "We cannot wait" in desk("search", "tag:cost").stdout
    assert "nothing was found" in desk("search", "annexes").stdout
    desk("undo")
    assert "nothing was found" in desk("search", "tag:cost").stdout
    desk("undo")
    assert "nothing was found" in desk("search", "note:annexes").stdout


def test_what_is_so_already_changes_nothing(desk: Run, content: Path) -> None:
    desk("tag", LIN, "cost")
    before = bytes_of(content)
    done = desk("tag", LIN, "cost", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["changed"] is False
    assert bytes_of(content) == before


def test_words_that_stand_twice_are_offered_with_words_around(desk: Run) -> None:
    done = desk("highlight", SHORT, "--words", "quay")
    assert (done.returncode, done.stdout) == (8, "")
    assert "\n  --nth 1  c5: …" in done.stderr
    assert "banned heavy lorries from the [quay], while France is" in done.stderr
    assert "  --nth 2  c6: …The [quay] is four hundred metres long.…" in done.stderr


def test_show_takes_the_places_that_it_prints(desk: Run) -> None:
    shown = desk("show", "ports").stdout
    assert f"    {LIN} · " in shown
    assert f" · {ARTICLE}\n" in shown
    assert "c3 ¶2  “We cannot wait" in desk("show", SHORT).stdout
    assert "chosen: Ana Lin" in desk("show", LIN).stdout
    assert desk("show", "ports", "--article", "harb").stdout == desk("show", SHORT).stdout
    assert f"{ARTICLE}/c3:0-80 · NL\n" in desk("show", "ports", "--unruled").stdout


def test_an_edit_is_taken_back_by_its_id(desk: Run) -> None:
    first = json.loads(desk("tag", LIN, "cost", "--json").stdout)["edits"][0]["id"]
    desk("tag", LIN, "delay")
    assert desk("undo", "ports", "--edit", first).returncode == 0
    edits = json.loads(desk("show", "ports", "--article", ARTICLE[6:], "--json").stdout)
    assert [chunk.get("tags") for chunk in edits["chunks"] if chunk.get("tags")] == [["delay"]]


BAD: list[tuple[tuple[str, ...], int, str]] = [
    (("note", "ports", "x"), 2, "ports is a briefing: name an article"),
    (("note", SHORT, "x"), 2, "is an article: say which words of it"),
    (("note", "a/b/c/d", "x"), 2, "'a/b/c/d' is not a place"),
    (("note", "ports//c1", "x"), 2, "is not a place"),
    (("note", "prots/harb/c1", "x"), 3, "Did you mean ports?"),
    (("note", "ports/harbor-board-closes/c1", "x"), 3, f"Did you mean {ARTICLE[6:]}?"),
    (("note", f"{SHORT}/c99", "x"), 3, "'c99' is not a block or quote of ports/harb"),
    (("note", f"{SHORT}/c6:0-999", "x"), 3, "It has 37 characters."),
    (("note", f"{SHORT}/q-", "x"), 3, "'q-' is a part of 3 names"),
    (("note", "ports/q-0000", "x"), 3, "'q-0000' is not a quote of ports"),
    (("highlight", SHORT, "--words", "five hundred"), 8, "these words are not in harbour"),
    (("highlight", SHORT, "--words", "quay", "--nth", "3"), 8, "--nth 2"),
    (("set", LIN, "speker=Jo"), 2, "Did you mean speaker?"),
    (("set", LIN, "Jo"), 2, "'Jo' is not key=value"),
    (("set", LIN, "role=a", "role=b"), 2, "role is set twice"),
    (("set", LIN, "country=germny"), 2, "Germany (DE)"),
    (("set", LIN, "type=officiel"), 2, "Nearest: official"),
    (("set", LIN, "words=The quay is", "speaker=x"), 2, "words= is set by itself"),
    (("set", LIN, "words=The quay is"), 8, "its new words do not stand where the quote does"),
    (("set", f"{SHORT}/c3", "role=bodi"), 2, "Nearest: body"),
    (("rule", f"{SHORT}/c5", "ban"), 2, "--country CODE"),
    (("rule", f"{SHORT}/c5", "--country", "BE"), 2, "Name a stance"),
    (("rule", f"{SHORT}/c6", "--country", "BE", "--object", "x"), 8, "no position of BE"),
    (("rule", f"{SHORT}/c5", "levy", "--country", "BE"), 2, "'levy' is not in the codebook"),
    (("rule", f"{SHORT}/c5", "ban", "--country", "BE", "--date", "31/02"), 2, "not 31"),
    (("pin", f"{SHORT}/c3"), 2, "is no quote: only quotes are pinned"),
    (("drop", f"{SHORT}/c3"), 2, "briefing set PLACE role=unrelated"),
    (("mention", f"{SHORT}/c3", "BE"), 2, "--words"),
    (("mention", SHORT, "Narnia", "--words", "four"), 2, "There is no country 'Narnia'"),
    (("quote", LIN), 2, "is a quote already"),
    (("quote", SHORT, "--words", "four", "--kind", "spoken"), 2, "not one of 'direct'"),
    (("undo", "ports", "--edit", "e1"), 3, "There is no edit 'e1'"),
    (("undo", "--edit", "e1"), 2, "--edit goes with NAME"),
]


@pytest.mark.parametrize(("call", "code", "said"), BAD, ids=[" ".join(c) for c, *_ in BAD])
def test_bad_input_is_told_and_nothing_is_written(
    desk: Run, content: Path, call: tuple[str, ...], code: int, said: str
) -> None:
    before = bytes_of(content)
    done = desk(*call)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert bytes_of(content) == before


def test_the_sample_is_told_to_be_read_only_before_anything_else(briefing: Run) -> None:
    done = briefing("note", "huawei-5g/no-such-article/c1", "x", library=None)
    assert (done.returncode, done.stdout) == (7, "")
    assert "read-only" in done.stderr.splitlines()[0]
    assert "briefing copy FOLDER" in done.stderr


def test_escapes_in_names_and_texts_never_reach_the_terminal(desk: Run) -> None:
    active = "\x1b]0;X\x07\x9b2J\u202e\r"
    calls = [
        ("note", LIN, f"note{active}"),
        ("set", SHORT, f"publisher=Post{active}", f"url={active}"),
        ("set", "ports", f"title=Ports{active}"),
        ("set", LIN, f"speaker=Jo{active}"),
        ("note", f"ports{active}/x", "x"),
        ("note", f"{SHORT}/{active}", "x"),
        ("set", SHORT, active),
        ("set", LIN, f"country={active}"),
        ("rename", "ports", f"x{active}"),
        ("new", f"y{active}"),
        ("undo", active),
        ("log", "ports"),
        ("undo", "ports"),
    ]
    for call in calls:
        done = desk(*call)
        assert "Traceback" not in done.stderr, call
        assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\u202e\r"), call
