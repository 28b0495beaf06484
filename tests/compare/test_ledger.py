"""The ledger of positions: where countries stand by object, since when, who says so."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from briefing.compare.ledger import Ledger, build_ledgers, said_by
from briefing.compare.panels import Standing
from briefing.compare.standing_words import cue_words, part_cues, standing_words
from briefing.model import Article, Chunk, Position, PublicationDate, Source


def cue(stance: str, country: str = "GB", **fields: object) -> Position:
    given = {"rule": "cue", "start": 0, "end": 4} | fields
    return Position(country=country, stance=stance, **given)  # type: ignore[arg-type]


def article(name: str, date: str | None, *positions: Position) -> Article:
    stated = PublicationDate(value=date, precision="day", basis="stated") if date else None
    source = Source(file="originals/x.txt", media_type="text/plain", sha256="0", added="2026")
    chunk = Chunk(id="c1", role="body", text="Rule of the sea.", positions=positions)
    return Article(id=name, date=stated, source=source, chunks=(chunk,))


def ledger(*articles: Article) -> Ledger:
    return build_ledgers(articles)["GB"]


def only(*articles: Article) -> Standing:
    (standing,) = ledger(*articles).standings
    return standing


def test_the_latest_cue_is_the_stance_and_its_move_names_the_cues_on_both_sides() -> None:
    found = ledger(
        article("new", "2020-07-14", cue("ban")),
        article("old", "2020-01-28", cue("restrict")),
        article("undated", None, cue("allow")),
    )
    (standing,) = found.standings
    (move,) = standing.moves
    assert (standing.stance, standing.since, standing.former) == ("ban", "2020-07-14", "restrict")
    assert (move.former.article, move.latter.article) == ("old", "new")
    assert (move.latter.chunk, move.latter.start, move.latter.end) == ("c1", 0, 4)
    assert [note.article for note in found.notes] == ["old", "new", "undated"]


def test_a_stance_holds_since_the_first_date_of_its_present_run() -> None:
    standing = only(
        article("a", "2018", cue("ban")),
        article("b", "2019", cue("allow")),
        article("c", "2020", cue("ban")),
        article("d", "2021", cue("ban")),
    )
    assert (standing.stance, standing.since, standing.latest.article) == ("ban", "2020", "d")
    assert [(m.former.stance, m.latter.stance) for m in standing.moves] == [
        ("ban", "allow"),
        ("allow", "ban"),
    ]


def test_turned_and_undated_cues_tell_a_stance_but_no_move() -> None:
    standing = only(
        article("a", "2019", cue("ban")),
        article("b", "2020", cue("allow", rule="turned_lifted")),
        article("c", None, cue("restrict")),
    )
    assert (standing.stance, standing.since, standing.moves, standing.former) == (
        *("allow", "2020"),
        (),
        None,
    )


def test_without_any_date_the_cues_count_all_the_same() -> None:
    standing = only(article("a", None, cue("ban")), article("b", None, cue("ban")))
    assert (standing.stance, standing.since, standing.moves) == ("ban", None, ())


def test_articles_of_one_date_that_disagree_are_told_from_voices_that_do() -> None:
    papers = only(article("a", "2020", cue("allow")), article("b", "2020", cue("ban")))
    assert (papers.conflicts, papers.at_odds) == (("articles",), ("allow", "ban"))
    voices = only(
        article("a", "2020", cue("ban", said_by="other")),
        article("b", "2020", cue("allow", said_by="self")),
    )
    assert (voices.stance, voices.conflicts) == ("allow", ("voices",))
    agreed = only(article("a", "2020", cue("ban")), article("b", "2020", cue("ban")))
    assert (agreed.conflicts, agreed.at_odds) == ((), ())


def test_a_countrys_own_word_and_what_others_say_are_kept_apart() -> None:
    found = ledger(
        article("a", "2019", cue("ban", said_by="self", actor="the minister")),
        article("b", "2020", cue("allow", chain=("an aide", "Harbour Post"))),
    )
    (standing,) = found.standings
    assert standing.own is not None
    assert standing.others is not None
    assert (standing.own.stance, standing.others.stance, standing.stance) == (
        *("ban", "allow"),
        "allow",
    )
    assert [(words, len(notes)) for words, notes in part_cues(found.notes)] == [
        ("In its own word", 1),
        ("As others say", 1),
    ]
    assert standing_words(standing) == "allow since 2020 (was ban), as others say; itself: ban"
    assert cue_words(found.notes[1], {"b": "Evening Mail"}) == (
        "2020 · allow · via an aide, Harbour Post · Evening Mail ¶1"
    )


def test_a_cue_of_an_older_file_is_the_countrys_own_where_an_official_acts() -> None:
    assert said_by(cue("ban", actor="British officials")) == "self"
    assert said_by(cue("ban", actor="Britain")) == "other"
    assert said_by(cue("ban")) == "other"
    assert said_by(cue("ban", said_by="other", actor="British officials")) == "other"


def test_an_analysts_ruling_outweighs_the_machine_cues_of_its_date() -> None:
    cues = (cue("ban"), cue("ban", said_by="self"), cue("undecided", rule="analyst"))
    standing = only(article("a", "2020-01-28", *cues))
    assert (standing.stance, standing.conflicts) == ("undecided", ())
    undated = only(
        article("a", None, cue("allow", rule="analyst")), article("b", "2020", cue("ban"))
    )
    assert (undated.stance, undated.since) == ("allow", None)


def test_each_object_has_a_standing_and_the_most_frequent_comes_first() -> None:
    articles = (
        article("a", "2020", cue("support", object="oil tax")),
        article("b", "2019", cue("ban", object="Fjordnet"), cue("ban", "SE", object="Fjordnet")),
    )
    found = ledger(*articles).standings
    assert [(one.object, one.stance, one.cues) for one in found] == [
        ("Fjordnet", "ban", 1),
        ("oil tax", "support", 1),
    ]


def test_a_cue_without_an_object_falls_to_the_only_one_and_else_stands_alone() -> None:
    one = article("a", "2019", cue("ban", object="Fjordnet"), cue("allow"))
    assert [(each.object, each.cues) for each in ledger(one).standings] == [("Fjordnet", 2)]
    two = article(
        "a", "2019", cue("ban", object="Fjordnet"), cue("ban", object="oil"), cue("allow")
    )
    assert {each.object for each in ledger(two).standings} == {"Fjordnet", "oil", None}


NOTES = st.lists(
    st.tuples(
        st.sampled_from(["2018", "2019", "2020", None]),
        st.sampled_from(["ban", "allow", "restrict"]),
        st.sampled_from(["cue", "turned_lifted", "analyst"]),
        st.sampled_from(["self", "other", None]),
        st.sampled_from(["Fjordnet", "Fjordnet masts", "oil", None]),
    ),
    min_size=1,
)


@given(NOTES)
def test_standings_hold_every_cue_once_and_moves_are_dated_plain_and_real(cues: list) -> None:
    articles = [
        article(f"a{at}", date, cue(stance, rule=rule, said_by=voice, object=matter))
        for at, (date, stance, rule, voice, matter) in enumerate(cues)
    ]
    found = ledger(*articles)
    assert len(found.notes) == sum(one.cues for one in found.standings) == len(cues)
    assert len({one.object for one in found.standings}) == len(found.standings)
    for standing in found.standings:
        for move in standing.moves:
            assert (move.former.date or "9") < (move.latter.date or "0")
            assert (move.former.turned, move.latter.turned) == (False, False)
            assert move.former.stance != move.latter.stance


def test_the_time_grows_with_the_cues_and_not_with_their_pairs() -> None:
    def cost(size: int) -> float:
        articles = [
            article(f"a{at}", f"{1000 + at}", cue("ban", object=f"case {at} of mast {at % 7}"))
            for at in range(size)
        ]
        start = time.process_time()
        build_ledgers(articles)
        return time.process_time() - start

    cost(100)
    assert cost(4000) < 20 * max(cost(1000), 0.005)
