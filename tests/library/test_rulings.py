"""Rulings on sentences, with a position or without: stored by their words, and applied again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from briefing.content.anchors import anchor_at, locate
from briefing.content.edits import apply_edits
from briefing.errors import MismatchError, UsageError
from briefing.library import Library
from briefing.model import Anchor, Article, Chunk, Edit, Position, Source

STORY = """\
Ferry states part over a toll

Norway has banned the heavy ferries from its fjords.

Sweden would rather not see a toll on its ferries, its transport minister said on Monday.

The weather was mild, and nobody on the quay thought of the toll.

Denmark is warning both of them that the toll would hurt its trade.

Gulls flew over the quay all day. The boats were late. Nobody minded the wait.
"""
TOLL = "Sweden would rather not see a toll on its ferries, its transport minister said on Monday."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    path = tmp_path / "ferry.txt"
    path.write_text(STORY, encoding="utf-8")
    opened = Library.open(tmp_path / "library", create=True)
    opened.editing.new_briefing("Ferries", question=None, codebook="measures", name="ferries")
    opened.add([path], to="ferries")
    return opened


def _located(article: Article, anchor: Anchor) -> tuple[str, int, int]:
    _, chunk, start, end = locate(article, anchor)
    return chunk.id, start, end


def place(library: Library, words: str) -> tuple[str, str, int, int]:
    """Return where words stand in the briefing's article: article, chunk, start and end."""
    name = library.panels("ferries").sources[0].article
    for chunk in library.article("ferries", name).chunks:
        at = chunk.text.find(words)
        if at >= 0:
            return name, chunk.id, at, at + len(words)
    raise AssertionError(words)


def positions(library: Library) -> list[tuple[str, str, str]]:
    (article,) = library.briefing("ferries").articles
    return [(p.country, p.stance, p.rule) for c in article.chunks for p in c.positions]


def to_rule_on(library: Library) -> list[str]:
    return [one.exact for one in library.unruled("ferries")]


def test_a_sentence_without_a_position_gets_one_and_leaves_the_list(library: Library) -> None:
    assert TOLL in to_rule_on(library)
    library.rule("ferries", place(library, TOLL), "restrict", "SE", matter="a toll")
    assert TOLL not in to_rule_on(library)
    assert ("SE", "restrict", "analyst") in positions(library)
    (row,) = [row for row in library.panels("ferries").countries if row.code == "SE"]
    (standing,) = row.standings
    assert (standing.stance, standing.object, standing.latest.ruled) == ("restrict", "a toll", True)


def test_ruled_none_a_sentence_is_not_listed_and_has_no_position(library: Library) -> None:
    library.rule("ferries", place(library, TOLL), "none")
    assert TOLL not in to_rule_on(library)
    banned = "Norway has banned the heavy ferries from its fjords."
    assert [one[:2] for one in positions(library)] == [("NO", "ban")]
    library.rule("ferries", place(library, banned), "none", "NO")
    assert positions(library) == []
    assert banned not in to_rule_on(library)
    assert "stance: ban" in next((library.content / "ferries").glob("f*.yaml")).read_text("utf-8")


def test_rulings_apply_again_after_annotating_and_rereading(library: Library) -> None:
    library.rule("ferries", place(library, TOLL), "restrict", "SE")
    library.rule("ferries", place(library, "Norway has banned the heavy ferries"), "none", "NO")
    before = positions(library)
    assert before == [("SE", "restrict", "analyst")]
    for reread in (False, True):
        library.reannotate("ferries", reread=reread, confirm=lambda _: True)
        assert positions(library) == before
        assert TOLL not in to_rule_on(library)
        assert library.briefing("ferries").orphans == ()


def test_the_last_ruling_of_a_country_stands(library: Library) -> None:
    at = place(library, TOLL)
    library.rule("ferries", at, "none")
    library.rule("ferries", at, "allow", "SE")
    assert ("SE", "allow", "analyst") in positions(library)
    library.rule("ferries", at, "none", "SE")
    assert "SE" not in [country for country, _, _ in positions(library)]


def test_a_stance_needs_a_country(library: Library) -> None:
    with pytest.raises(UsageError, match="needs: country"):
        library.rule("ferries", place(library, TOLL), "ban")


def test_a_ruling_keeps_who_acts_and_says_so() -> None:
    text = "Norway bans it."
    held = Position(
        country="NO", stance="ban", object="it", hedge="would", said_by="self",
        actor="the minister", chain=("the minister", "Post"), start=0, end=15, rule="r",
    )  # fmt: skip
    ruled = _ruled(text, (held,), country="NO", stance="restrict").chunks[0].positions
    assert ruled == (
        Position(
            country="NO", stance="restrict", object="it", said_by="self", actor="the minister",
            chain=("the minister", "Post"), start=0, end=15, rule="analyst",
        ),
    )  # fmt: skip


def _article(*texts: str, positions: tuple[Position, ...] = ()) -> Article:
    source = Source(file="originals/x.txt", media_type="text/plain", sha256="0", added="2026")
    chunks = tuple(
        Chunk(id=f"c{n}", role="body", text=text, positions=positions)
        for n, text in enumerate(texts)
    )
    return Article(id="a", source=source, chunks=chunks)


def _ruled(text: str, positions: tuple[Position, ...], **fields: str) -> Article:
    article = _article(text, positions=positions)
    anchor = anchor_at(article, "c0", 0, len(text))
    edit = Edit(id="e", kind="rule-position", anchor=anchor, **fields)  # type: ignore[arg-type]
    (once,), _ = apply_edits([article], [edit])
    (again,), orphans = apply_edits([once], [edit])
    assert (again, orphans) == (once, ())
    return once


def test_applying_a_ruling_again_changes_nothing() -> None:
    held = Position(country="NO", stance="ban", start=0, end=4, rule="r")
    for fields in ({"stance": "none"}, {"stance": "none", "country": "NO"}):
        assert _ruled("Norway bans it.", (held,), **fields).chunks[0].positions == ()


def test_an_anchor_takes_as_much_around_words_as_tells_them_apart() -> None:
    article = _article(
        "It rains. " + "Far off, " * 9 + "it rains. It rains.", "Sun. It rains. Sun."
    )
    for chunk, start in (("c0", 0), ("c0", 101), ("c1", 5)):
        anchor = anchor_at(article, chunk, start, start + 9)
        assert _located(article, anchor) == (chunk, start, start + 9)
    with pytest.raises(MismatchError, match="no words at 3–3"):
        anchor_at(article, "c0", 3, 3)


@pytest.mark.parametrize(
    "texts",
    [
        ("It rains.", "It rains."),
        ("Ads", "It rains.", "Ads", "It rains.", "Ads"),
        ("It rains.",) * 4,
        ("It rains.", "", "It rains.\n\nIt rains.", "Sun."),
    ],
)
def test_blocks_of_the_same_text_are_told_apart_by_those_beside_them(texts: tuple[str]) -> None:
    article = _article(*texts)
    for number, text in enumerate(texts):
        if text == "It rains.":
            anchor = anchor_at(article, f"c{number}", 0, 9)
            assert anchor.exact == text
            assert _located(article, anchor) == (f"c{number}", 0, 9)
            inside = anchor_at(article, f"c{number}", 3, 8)
            assert _located(article, inside) == (f"c{number}", 3, 8)


def test_an_anchor_is_an_orphan_once_the_block_beside_it_is_gone_or_the_same() -> None:
    anchor = anchor_at(_article("Ads", "It rains.", "Sun.", "It rains."), "c1", 0, 9)
    with pytest.raises(MismatchError, match="are not in the article"):
        locate(_article("Ads", "Snow.", "It rains.", "It pours.", "It rains."), anchor)
    again = _article("Ads", "It rains.", "Sun.", "Far roads", "It rains.", "Sun.", "It rains.")
    assert (anchor.prefix, anchor.suffix) == ("Ads\n\n", "\n\nSun.\n\nIt rains.")
    with pytest.raises(MismatchError, match="are not in the article"):
        locate(again, anchor)
    again = _article(*("Ads", "It rains.", "Sun.", "It rains.") * 2)
    with pytest.raises(MismatchError, match="match 2 places"):
        locate(again, anchor)


def test_an_anchor_does_not_reach_over_thousands_of_characters() -> None:
    with pytest.raises(MismatchError, match="the block c300 stands in a again"):
        anchor_at(_article(*["It rains on the quay."] * 600), "c300", 0, 9)


def test_the_command_lists_them_as_json_and_as_text(
    library: Library, briefing: Callable[..., CompletedProcess[str]]
) -> None:
    rows = json.loads(briefing("show", "ferries", "--unruled", "--json").stdout)
    row = next(row for row in rows if row["exact"] == TOLL)
    article, chunk, start, end = place(library, TOLL)
    assert row == {
        "article": article, "chunk": chunk, "start": start, "end": end, "exact": TOLL,
        "countries": ["SE"],
    }  # fmt: skip
    text = briefing("show", "ferries", "--unruled").stdout
    assert f"ferries/{article}/{chunk}:{start}-{end} · SE\n  {TOLL}\n" in text
    assert f"{len(rows)} sentences to rule on" in text
    assert "briefing rule PLACE" in text
