"""An analyst's edits: kept in edits.yaml, applied at the one place they name, never elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.content.anchors import locate
from briefing.content.edits import apply_edits, change_edits, dump_edits, read_edits
from briefing.errors import ContentError, MismatchError, UsageError
from briefing.model import (
    Anchor,
    Article,
    Chunk,
    Edit,
    Evidence,
    MetadataEvidence,
    MetadataField,
    Orphan,
    Position,
    PublicationDate,
    Quote,
    Reprint,
    Source,
    Speaker,
)

MakeArticle = Callable[..., Article]

FIRST = "“We close,” said Ana Lin. “We do not,” said Bo Berg, of Norway, which may ban ships."
SECOND = "They close, and they close again."
LIN = Speaker(name="Ana Lin", type="named")
BERG = Speaker(name="Bo Berg", type="named")


def _located(article: Article, anchor: Anchor) -> tuple[str, int, int]:
    _, chunk, start, end = locate(article, anchor)
    return chunk.id, start, end


def quote_of(words: str, quote_id: str, **fields: Any) -> Quote:
    start = FIRST.index(words)
    defaults: dict[str, Any] = {"kind": "direct", "rule": "said-after"}
    return Quote(id=quote_id, start=start, end=start + len(words), exact=words, **defaults | fields)


def position_of(words: str, country: str, stance: str) -> Position:
    start = FIRST.index(words)
    return Position(
        country=country, stance=stance, start=start, end=start + len(words), rule="ban-verb"
    )


CLOSE = quote_of("We close,", "q1", speaker=LIN, cue="said")
NOT = quote_of("We do not,", "q2", speaker=LIN)
ARTICLE = Article(
    id="a",
    source=Source(file="originals/a.txt", media_type="text/plain", sha256="0", added="2026"),
    chunks=(
        Chunk(
            id="c1",
            role="body",
            text=FIRST,
            quotes=(CLOSE, NOT),
            positions=(
                position_of("may ban ships", "NO", "undecided"),
                position_of("may ban", "NO", "ban"),
                position_of("may ban ships", "SE", "ban"),
            ),
        ),
        Chunk(id="c2", role="body", text=SECOND),
    ),
)


def edit(kind: Any, exact: str, edit_id: str = "e1", **fields: Any) -> Edit:
    around = {name: fields.pop(name) for name in ("prefix", "suffix") if name in fields}
    anchor = Anchor(article=fields.pop("article", "a"), exact=exact, **around)
    return Edit(id=edit_id, kind=kind, anchor=anchor, **fields)


def append_edit(folder: Path, made: Edit) -> None:
    _change(folder, lambda present: (*present, made))


def remove_edit(folder: Path, edit_id: str) -> None:
    _change(folder, lambda present: [one for one in present if one.id != edit_id])


def _change(folder: Path, change: Callable[[tuple[Edit, ...]], Iterable[Edit]]) -> None:
    path = folder / "edits.yaml"
    path.write_bytes(change_edits(path.read_bytes() if path.exists() else None, path, change))


def applied(*edits: Edit) -> Chunk:
    (article,), orphans = apply_edits((ARTICLE,), edits)
    assert orphans == ()
    assert article.chunks[1].text == SECOND
    return article.chunks[0]


def orphans_of(*edits: Edit) -> tuple[Orphan, ...]:
    articles, orphans = apply_edits((ARTICLE,), edits)
    assert articles == (ARTICLE,)
    return orphans


def test_an_anchor_is_found_by_its_words_and_what_stands_around_them() -> None:
    anchor = Anchor(article="a", exact="close", prefix="they ", suffix=" again")
    assert _located(ARTICLE, anchor) == ("c2", 21, 26)
    assert _located(ARTICLE, Anchor(article="a", exact="Bo Berg")) == ("c1", 44, 51)


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        (Anchor(article="a", exact="shut"), "its words are not in the article"),
        (Anchor(article="a", exact="close"), "its words match 3 places"),
        (Anchor(article="a", exact="Close,"), "its words are not in the article"),
        (Anchor(article="a", exact="Bo", prefix="x"), "its words are not in the article"),
        (Anchor(article="a", exact="ships.They"), "its words are not in the article"),
        (Anchor(article="b", exact="Bo"), "its anchor is in b, not in a"),
        (Anchor(article="a", exact=""), "its anchor is empty"),
    ],
)
def test_an_anchor_without_exactly_one_place_is_a_mismatch(anchor: Anchor, said: str) -> None:
    with pytest.raises(MismatchError) as caught:
        locate(ARTICLE, anchor)
    assert caught.value.message == said


def test_counting_places_ends_early_in_a_text_made_to_be_slow() -> None:
    chunk = Chunk(id="c", role="body", text="a" * 1_000_000)
    article = Article(id="a", source=ARTICLE.source, chunks=(chunk,))
    with pytest.raises(MismatchError, match="more than 100 places"):
        locate(article, Anchor(article="a", exact="a" * 5_000))


def test_a_speaker_is_set_on_the_quote_of_that_span() -> None:
    chunk = applied(edit("set-speaker", "We do not,", speaker=BERG))
    assert chunk.quotes == (CLOSE, quote_of("We do not,", "q2", speaker=BERG, rule="analyst"))


def test_a_speaker_is_set_on_the_quote_that_shares_most_with_the_anchor() -> None:
    chunk = applied(edit("set-speaker", "close,” said Ana Lin. “We", speaker=BERG))
    assert [quote.speaker for quote in chunk.quotes] == [BERG, LIN]


def test_a_false_quote_is_dropped_even_when_its_bounds_moved_a_little() -> None:
    assert applied(edit("drop-quote", "We close,")).quotes == (NOT,)
    assert applied(edit("drop-quote", "“We do not,”")).quotes == (CLOSE,)


def test_a_missed_quote_is_added_in_order_with_an_id_of_its_own() -> None:
    chunk = applied(edit("add-quote", "may ban ships", speaker=BERG, quote_kind="partial"))
    added = quote_of("may ban ships", "q-6a55", kind="partial", speaker=BERG, rule="analyst")
    assert chunk.quotes == (CLOSE, NOT, added)
    assert applied(edit("add-quote", "said Ana")).quotes[1].kind == "direct"


def test_the_id_of_an_added_quote_never_clashes() -> None:
    taken = Quote(id="q-a03b", kind="direct", start=0, end=4, exact=SECOND[:4], rule="r")
    chunks = (ARTICLE.chunks[0], Chunk(id="c2", role="body", text=SECOND, quotes=(taken,)))
    article = Article(id="a", source=ARTICLE.source, chunks=chunks)
    (changed,), _ = apply_edits((article,), [edit("add-quote", "may ban")])
    assert changed.chunks[0].quotes[-1].id == "q-a03bf"


def test_adding_a_quote_that_the_machine_found_too_takes_over_what_it_knows() -> None:
    chunk = applied(edit("add-quote", "We close"))
    assert chunk.quotes == (
        quote_of("We close", "q1", speaker=LIN, cue="said", rule="analyst"),
        NOT,
    )


def test_a_role_is_set_on_the_chunk() -> None:
    chunk = applied(edit("set-role", "Bo Berg", role="caption"))
    assert (chunk.role, chunk.reason) == ("caption", "analyst")


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2020", "year"), ("2020-10", "month"), ("2020-10-20", "day"), ("2020-03/2020-04", "range")],
)
def test_a_date_is_set_on_the_article_with_the_words_that_show_it(
    value: str, precision: str
) -> None:
    made = edit("set-metadata", "Bo Berg", field="date", value=value)
    (dated,), orphans = apply_edits([ARTICLE], [made])
    assert orphans == ()
    assert dated.date == PublicationDate(
        value=value,
        precision=precision,
        basis="analyst",
        evidence=Evidence(chunk=locate(ARTICLE, made.anchor).chunk.id, exact="Bo Berg"),
    )
    assert dated.chunks == ARTICLE.chunks


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "Ships for Norway"),
        ("publisher", None),
        ("authors", ("Ana Lin", "Bo Berg")),
        ("url", "https://tide.example/ships"),
        ("language", "nb"),
        ("reprint_of", Reprint(publisher="The Morning Tide")),
    ],
)
def test_metadata_is_set_with_the_words_that_show_it(field: MetadataField, value: Any) -> None:
    made = edit("set-metadata", "Bo Berg", field=field, value=value)
    (changed,), orphans = apply_edits([ARTICLE], [made])
    assert orphans == ()
    assert getattr(changed, field) == value
    shown = Evidence(chunk=locate(ARTICLE, made.anchor).chunk.id, exact="Bo Berg")
    assert getattr(changed.evidence, field) == shown
    assert changed.chunks == ARTICLE.chunks


def test_metadata_may_be_set_without_words_that_show_it() -> None:
    (changed,), orphans = apply_edits(
        [ARTICLE], [edit("set-metadata", "", field="authors", value=None)]
    )
    assert (changed.authors, changed.evidence, orphans) == ((), MetadataEvidence(), ())


def test_edits_of_the_format_before_are_read_and_written_in_this_one(tmp_path: Path) -> None:
    path = tmp_path / "edits.yaml"
    path.write_text(
        "format: briefing/edits/1\nedits:\n"
        "- {id: e1, kind: set-date, anchor: {article: a, exact: Bo Berg}, date: '2020-10'}\n"
    )
    dated = edit("set-metadata", "Bo Berg", field="date", value="2020-10")
    assert read_edits(path) == (dated,)
    append_edit(tmp_path, edit("drop-quote", "x", "e2"))
    assert path.read_text().startswith(
        "format: briefing/edits/2\nedits:\n- {id: e1, kind: set-metadata, "
    )
    assert read_edits(path)[0] == dated


@pytest.mark.parametrize("value", ["", "October", "2020-13", "2020-1-1", "20201020", "2020/"])
def test_what_is_no_date_dates_no_article(value: str) -> None:
    (same,), (orphan,) = apply_edits(
        [ARTICLE], [edit("set-metadata", "Bo Berg", field="date", value=value)]
    )
    assert same == ARTICLE
    assert orphan.reason.startswith("its value is not a date")


def test_a_ruling_replaces_what_the_machine_read_for_that_country_in_the_clause() -> None:
    chunk = applied(edit("rule-position", "may ban ships", country="NO", stance="allow"))
    start = FIRST.index("may ban ships")
    ruled = Position(country="NO", stance="allow", start=start, end=start + 13, rule="analyst")
    assert chunk.positions == (ruled, position_of("may ban ships", "SE", "ban"))


def test_a_ruling_elsewhere_is_added() -> None:
    chunk = applied(edit("rule-position", "We close", country="NO", stance="allow"))
    assert [(p.country, p.stance) for p in chunk.positions] == [
        ("NO", "allow"),
        ("NO", "undecided"),
        ("NO", "ban"),
        ("SE", "ban"),
    ]


def test_notes_and_tags_are_attached_once() -> None:
    chunk = applied(
        edit("note", "Bo Berg", text="Ask him."),
        edit("tag", "Bo Berg", "e2", text="norway"),
        edit("tag", "Ana Lin", "e3", text="norway"),
    )
    assert (chunk.notes, chunk.tags) == (("Ask him.",), ("norway",))


def test_edits_without_their_place_are_orphans_and_never_move_to_a_look_alike() -> None:
    gone = edit("drop-quote", "We  close,")
    twice = edit("note", "close", "e2", text="n")
    foreign = edit("note", "close", "e3", text="n", article="b")
    speechless = edit("set-speaker", "said Ana Lin", "e4", speaker=BERG)
    part = edit("drop-quote", "not", "e5")
    assert orphans_of(gone, twice, foreign, speechless, part) == (
        Orphan(edit=gone, reason="its words are not in the article"),
        Orphan(edit=twice, reason="its words match 3 places"),
        Orphan(edit=foreign, reason="its article is not in the briefing"),
        Orphan(edit=speechless, reason="there is no quote at its anchor any more"),
        Orphan(edit=part, reason="the quote at its anchor now has other bounds"),
    )


def test_a_speaker_set_before_the_quote_was_dropped_is_no_orphan() -> None:
    chunk = applied(
        edit("set-speaker", "We close,", speaker=BERG), edit("drop-quote", "We close,", "e2")
    )
    assert chunk.quotes == (NOT,)


def test_a_dropped_quote_can_be_added_again() -> None:
    chunk = applied(edit("drop-quote", "We close,"), edit("add-quote", "We close,", "e2"))
    assert chunk.quotes == (quote_of("We close,", "q-57a3", rule="analyst"), NOT)


PLACES = st.sampled_from(["We close,", "We do not,", "may ban ships", "may ban", "Norway"])
ANY_EDIT = st.one_of(
    st.builds(lambda at, who: edit("set-speaker", at, speaker=who), PLACES, st.just(BERG)),
    st.builds(lambda at: edit("drop-quote", at), PLACES),
    st.builds(lambda at: edit("add-quote", at), PLACES),
    st.builds(
        lambda at, stance: edit("rule-position", at, country="NO", stance=stance),
        PLACES,
        st.sampled_from(["ban", "allow"]),
    ),
    st.builds(lambda at, role: edit("set-role", at, role=role), PLACES, st.just("caption")),
    st.builds(lambda at: edit("tag", at, text="t"), PLACES),
)


@settings(deadline=None)
@given(
    st.lists(ANY_EDIT, max_size=1)
    | st.lists(
        ANY_EDIT.filter(
            lambda made: made.kind in ("rule-position", "set-role", "tag", "add-quote")
        ),
        max_size=4,
    )
)
def test_applying_edits_again_changes_nothing(edits: list[Edit]) -> None:
    once, _ = apply_edits((ARTICLE,), edits)
    again, _ = apply_edits(once, edits)
    assert again == once


def test_edits_are_kept_one_a_line_in_their_order(tmp_path: Path) -> None:
    first = edit("note", "NO: way", text="ask\nhim", prefix="“")
    second = edit("drop-quote", "x", "e2", made="2026-11-21T20:00:00Z")
    append_edit(tmp_path, first)
    append_edit(tmp_path, second)
    assert (tmp_path / "edits.yaml").read_text(encoding="utf-8") == (
        "format: briefing/edits/2\n"
        "edits:\n"
        "- {id: e1, kind: note, anchor: {article: a, exact: 'NO: way', prefix: '“'}, "
        'text: "ask\\nhim"}\n'
        "- {id: e2, kind: drop-quote, anchor: {article: a, exact: x}, "
        "made: '2026-11-21T20:00:00Z'}\n"
    )
    remove_edit(tmp_path, "e1")
    assert read_edits(tmp_path / "edits.yaml") == (second,)
    remove_edit(tmp_path, "e2")
    assert (
        (tmp_path / "edits.yaml").read_text()
        == dump_edits(())
        == ("format: briefing/edits/2\nedits: []\n")
    )


def test_no_file_and_an_empty_file_mean_no_edits(tmp_path: Path) -> None:
    assert read_edits(tmp_path / "edits.yaml") == ()
    (tmp_path / "edits.yaml").write_text("# none yet\n")
    assert read_edits(tmp_path / "edits.yaml") == ()


@pytest.mark.parametrize(
    ("senseless", "said"),
    [
        (edit("note", "x"), "needs: text"),
        (edit("set-bounds", "x"), "needs: words"),
        (edit("set-position", "x", country="NO"), "needs: target or object or date"),
        (edit("set-position", "x", date="2020"), "needs: country"),
        (edit("add-mention", "x"), "needs: country"),
        (edit("rule-position", "x", country="NO", stance="ban", date="2020-02-30"), "is none"),
        (edit("set-role", "x"), "needs: role"),
        (edit("set-metadata", "x"), "needs: field"),
        (edit("set-metadata", "x", field="date", value=("2020",)), "cannot set date to"),
        (edit("set-metadata", "x", field="authors", value="Ana Lin"), "cannot set authors to"),
        (edit("set-metadata", "x", field="headline", value=""), "cannot set headline to"),
        (edit("rule-position", "x", country="GB"), "needs: stance"),
        (edit("drop-quote", ""), "empty anchor"),
        (edit("drop-quote", "x", ""), "empty id"),
        (edit("drop-quote", "x", "taken"), "'taken' is used twice"),
    ],
)
def test_an_edit_that_says_nothing_is_not_stored(
    tmp_path: Path, senseless: Edit, said: str
) -> None:
    append_edit(tmp_path, edit("drop-quote", "y", "taken"))
    before = (tmp_path / "edits.yaml").read_bytes()
    with pytest.raises(UsageError, match=said):
        append_edit(tmp_path, senseless)
    assert (tmp_path / "edits.yaml").read_bytes() == before


def test_a_broken_file_of_edits_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "edits.yaml"
    broken = (
        "format: briefing/edits/2\nedits:\n"
        "- {id: e1, kind: explode, anchor: {article: a, exact: x}}\n"
    )
    path.write_text(broken)
    with pytest.raises(ContentError, match="Invalid enum value 'explode'") as caught:
        append_edit(tmp_path, edit("drop-quote", "y", "e2"))
    assert (caught.value.line, caught.value.column) == (3, 12)
    assert path.read_text() == broken
