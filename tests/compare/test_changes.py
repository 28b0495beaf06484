"""Two states of a briefing set against each other: what is new, gone, moved, and what is not."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.compare.build import build_panels
from briefing.compare.changes import (
    BriefingState,
    Change,
    KeptStanding,
    compare_states,
    take_state,
)
from briefing.model import (
    Anchor,
    Annotator,
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    Edit,
    Position,
    Problem,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)


def said(text: str, exact: str, who: str | None = "Ida Brunn", name: str = "q-1") -> Quote:
    start = text.index(exact)
    return Quote(
        id=name,
        kind="direct",
        start=start,
        end=start + len(exact),
        exact=exact,
        speaker=Speaker(name=who, type="named") if who else None,
        rule="said_after_quote",
    )


def cue(text: str, clause: str, stance: str, country: str = "DK", **more: object) -> Position:
    start = text.index(clause)
    span = {"start": start, "end": start + len(clause), "rule": "verb_cue"}
    return Position(country=country, stance=stance, **{**span, **more})  # type: ignore[arg-type]


def article(
    text: str,
    *positions: Position,
    quotes: Sequence[Quote] = (),
    name: str = "tide",
    sha: str = "aa",
    date: str = "2031-05-02",
    version: int = 7,
) -> Article:
    chunk = Chunk(id="c1", role="body", text=text, positions=positions, quotes=tuple(quotes))
    return Article(
        id=name,
        publisher=f"The {name.title()}",
        date=PublicationDate(value=date, precision="day", basis="stated"),
        source=Source(file="originals/x.txt", media_type="text/plain", sha256=sha, added="2031"),
        annotator=Annotator(name="rules", version=version, digest="0"),
        chunks=(chunk,),
    )


def state(*articles: Article, **more: object) -> BriefingState:
    line = more.pop("bottom_line", None)
    info = BriefingInfo(title="Eels", codebook="measures", bottom_line=line)  # type: ignore[arg-type]
    briefing = Briefing(name="eels", info=info, articles=articles, **more)  # type: ignore[arg-type]
    return take_state(briefing, build_panels(briefing))


def sides(changes: Sequence[Change[KeptStanding]]) -> list[tuple[str | None, str | None]]:
    return [
        (one.before.stance if one.before else None, one.now.stance if one.now else None)
        for one in changes
    ]


OLD = "It rained. Denmark may limit eel fishing, officials said. Nobody asked."
NEW = "The minister spoke. Denmark banned eel fishing on Friday. The boats stay in."
LIMIT = cue(OLD, "Denmark may limit eel fishing", "restrict", object="eel fishing")
BAN = cue(NEW, "Denmark banned eel fishing", "ban", object="the eel fishing")


def test_nothing_changes_from_a_state_to_itself() -> None:
    same = state(article(OLD, LIMIT, quotes=[said(OLD, "Nobody asked.")]))
    assert compare_states(same, same).is_empty


def test_a_position_that_moved_has_both_sentences_and_where_they_stand() -> None:
    before = state(article(OLD, LIMIT))
    later = article(NEW, BAN, name="ebb", sha="bb", date="2031-06-01")
    (moved,) = compare_states(before, state(article(OLD, LIMIT), later)).positions
    assert moved.before is not None
    assert moved.now is not None
    assert (moved.before.stance, moved.now.stance) == ("restrict", "ban")
    assert moved.before.sentence == "Denmark may limit eel fishing, officials said."
    assert moved.now.sentence == "Denmark banned eel fishing on Friday."
    assert (moved.now.article, moved.now.source, moved.now.chunk) == ("ebb", "The Ebb", "c1")
    assert moved.now.start == NEW.index("Denmark")


def test_another_wording_of_the_object_is_no_other_position() -> None:
    plain = cue(OLD, "Denmark may limit eel fishing", "restrict")
    assert compare_states(state(article(OLD, LIMIT)), state(article(OLD, plain))).is_empty
    assert compare_states(state(article(OLD, plain)), state(article(OLD, LIMIT))).is_empty
    other = cue(OLD, "Denmark may limit eel fishing", "restrict", object="the boats")
    assert compare_states(state(article(OLD, LIMIT)), state(article(OLD, other))).is_empty


def test_new_positions_come_after_moved_ones_and_before_those_that_are_gone() -> None:
    text = "Norway allows nets. Iceland bans hooks. Faroe boats wait."
    nets = cue(text, "Norway allows nets", "allow", "NO", object="nets")
    no_nets = cue(text, "Norway allows nets", "ban", "NO", object="nets")
    hooks = cue(text, "Iceland bans hooks", "ban", "IS", object="hooks")
    wait = cue(text, "Faroe boats wait", "undecided", "FO", object="boats")
    found = compare_states(state(article(text, nets, wait)), state(article(text, hooks, no_nets)))
    assert sides(found.positions) == [("allow", "ban"), (None, "ban"), ("undecided", None)]


def test_a_disagreement_is_new_and_then_settled() -> None:
    other = article(NEW, BAN, name="ebb", sha="bb")
    agreed, apart = state(article(OLD, LIMIT)), state(article(OLD, LIMIT), other)
    (new,) = compare_states(agreed, apart).conflicts
    assert new.now is not None
    assert sorted(new.now.at_odds) == ["ban", "restrict"]
    (settled,) = compare_states(apart, agreed).conflicts
    assert settled.now is not None
    assert settled.now.at_odds == ()


def test_an_article_under_a_new_name_is_no_change_and_one_from_another_original_is() -> None:
    quote = [said(OLD, "Nobody asked.")]
    before = state(article(OLD, LIMIT, quotes=quote))
    renamed = state(article(OLD, LIMIT, quotes=quote, name="high-tide"))
    assert compare_states(before, renamed).is_empty
    replaced = compare_states(before, state(article(OLD, LIMIT, quotes=quote, sha="cc")))
    assert [(one.before is None, one.now is None) for one in replaced.articles] == [(False, False)]
    assert replaced.quotes == ()
    assert replaced.positions == ()


def test_articles_that_trade_their_names_are_known_by_their_originals() -> None:
    first, second = "“One by one,” she said.", "“Two by two,” he said."
    tide = article(first, quotes=[said(first, "One by one,")])
    ebb = article(second, quotes=[said(second, "Two by two,")], name="ebb", sha="bb")
    swapped = (
        article(first, quotes=[said(first, "One by one,")], name="ebb"),
        article(second, quotes=[said(second, "Two by two,")], sha="bb"),
    )
    assert compare_states(state(tide, ebb), state(*swapped)).is_empty


def test_quotes_are_new_gone_or_said_by_somebody_else_whatever_their_ids() -> None:
    text = "“The nets stay dry,” “the hooks stay wet,” and “the boats stay put” were heard."
    nets, hooks, boats = "The nets stay dry,", "the hooks stay wet,", "the boats stay put"
    before = state(article(text, quotes=[said(text, nets), said(text, boats, name="q-2")]))
    now = state(article(text, quotes=[said(text, nets, name="q-9"), said(text, hooks, name="q-8")]))
    new, gone = compare_states(before, now).quotes
    assert (new.before, new.now and new.now.exact) == (None, hooks)
    assert (gone.before and gone.before.exact, gone.now) == (boats, None)
    other = state(
        article(text, quotes=[said(text, nets, "Olaf Rask"), said(text, boats, name="q-2")])
    )
    (changed,) = compare_states(before, other).quotes
    assert changed.before is not None
    assert changed.now is not None
    assert (changed.before.speaker, changed.now.speaker) == ("Ida Brunn", "Olaf Rask")


def test_other_bounds_of_a_quote_are_one_change_and_other_marks_are_none() -> None:
    text = "“We will wait for the tide, and then for the moon,” said Ida Brunn."
    whole = said(text, "We will wait for the tide, and then for the moon,")
    half = said(text, "We will wait for the tide")
    (changed,) = compare_states(
        state(article(text, quotes=[whole])), state(article(text, quotes=[half]))
    ).quotes
    assert changed.now is not None
    assert changed.now.exact == "We will wait for the tide"
    bare = said(text, "We will wait for the tide, and then for the moon")
    assert compare_states(
        state(article(text, quotes=[whole])), state(article(text, quotes=[bare]))
    ).is_empty


def test_rulings_are_new_changed_and_gone_but_not_where_their_article_is_renamed() -> None:
    def ruling(stance: str, name: str = "tide", id: str = "e1") -> Edit:  # noqa: A002
        anchor = Anchor(article=name, exact="Denmark may limit eel fishing")
        return Edit(id=id, kind="rule-position", anchor=anchor, country="DK", stance=stance)

    bare = state(article(OLD, LIMIT))
    ruled = state(article(OLD, LIMIT), edits=(ruling("ban"),))
    (new,) = compare_states(bare, ruled).rulings
    assert (new.before, new.now and new.now.stance) == (None, "ban")
    other = state(article(OLD, LIMIT), edits=(ruling("none", id="e7"),))
    (changed,) = compare_states(ruled, other).rulings
    assert changed.before is not None
    assert changed.now is not None
    assert (changed.before.stance, changed.now.stance) == ("ban", "none")
    renamed = state(article(OLD, LIMIT, name="ebb"), edits=(ruling("ban", "ebb"),))
    assert compare_states(ruled, renamed).rulings == ()


def test_what_could_not_be_read_is_neither_new_nor_gone() -> None:
    broken = (Problem(file="eels/tide.yaml", message="this is not valid YAML"),)
    whole, lost = state(article(OLD, LIMIT)), state(problems=broken)
    assert lost.unread == ("tide",)
    assert compare_states(whole, lost).is_empty
    assert compare_states(lost, whole).is_empty
    assert not compare_states(whole, state()).is_empty


def test_articles_that_other_rules_read_are_told_and_the_bottom_line_counts() -> None:
    before = state(article(OLD, LIMIT), bottom_line="Wait.")
    now = state(article(OLD, LIMIT, version=8), bottom_line="Go.")
    found = compare_states(before, now)
    assert found.notes == (
        "1 article read by other rules or another codebook: quotes and stances may differ for that",
    )
    assert found.bottom_line == Change(before="Wait.", now="Go.")
