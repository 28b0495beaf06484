"""What a briefing lacks: disagreements, single origins, the unheard, dates to come."""

from __future__ import annotations

import datetime as dt

from briefing.compare.build import build_panels
from briefing.compare.gaps import Gaps, find_gaps, newest_day
from briefing.compare.timeline import build_timeline
from briefing.model import (
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    DateMention,
    Mention,
    Position,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)

TEXT = "Denmark spoke. Norway waits. Norway, and Norway again. The ban ends on 4 July 2031."


def at(word: str, from_: int = 0) -> dict[str, int]:
    start = TEXT.index(word, from_)
    return {"start": start, "end": start + len(word)}


def position(stance: str, country: str = "DK", **more: object) -> Position:
    given = {**at("Denmark spoke."), "rule": "verb_cue", "object": "nets"} | more
    return Position(country=country, stance=stance, **given)  # type: ignore[arg-type]


def article(
    name: str,
    *positions: Position,
    date: str | None = "2031-05-02",
    mentions: tuple[Mention, ...] = (),
    quotes: tuple[Quote, ...] = (),
    dates: tuple[DateMention, ...] = (),
) -> Article:
    chunk = Chunk(
        id="c1", role="body", text=TEXT, positions=positions, mentions=mentions, quotes=quotes,
        dates=dates,
    )  # fmt: skip
    when = PublicationDate(value=date, precision="day", basis="stated") if date else None
    source = Source(file="originals/x.txt", media_type="text/plain", sha256=name, added="2031")
    return Article(
        id=name, publisher=f"The {name.title()} Post", date=when, source=source, chunks=(chunk,)
    )


def gaps(*articles: Article, as_of: str | None = None) -> Gaps:
    briefing = Briefing(
        name="nets", info=BriefingInfo(title="Nets", codebook="measures"), articles=articles
    )
    panels = build_panels(briefing)
    day = dt.date.fromisoformat(as_of) if as_of else newest_day(panels) or dt.date(2031, 1, 1)
    return find_gaps(panels, build_timeline(briefing), day)


def norway(times: int) -> tuple[Mention, ...]:
    places = [i for i in range(len(TEXT)) if TEXT.startswith("Norway", i)][:times]
    return tuple(Mention(code="NO", start=i, end=i + 6, rule="name") for i in places)


def test_stances_at_odds_stand_with_a_cue_for_each() -> None:
    found = gaps(article("tide", position("ban")), article("ebb", position("allow")))
    (one,) = found.disagreements
    assert one.country == "DK"
    assert sorted((cue.stance, cue.article) for cue in one.cues) == [
        ("allow", "ebb"), ("ban", "tide")
    ]  # fmt: skip


def test_a_country_named_in_passing_is_no_gap_and_one_named_three_times_is() -> None:
    assert gaps(article("tide", mentions=norway(2))).no_position == ()
    (one,) = gaps(article("tide", mentions=norway(3))).no_position
    assert (one.country, one.mentions, one.statements, one.articles) == ("NO", 3, 0, ("tide",))
    assert gaps(article("tide", position("ban", "NO"), mentions=norway(3))).no_position == ()


def test_a_country_that_speaks_without_a_position_is_a_gap_however_rarely_named() -> None:
    words = "Norway waits."
    speaker = Speaker(name="Liv Moen", type="named", country="NO")
    quote = Quote(id="q-1", kind="direct", exact=words, speaker=speaker, rule="said", **at(words))
    (one,) = gaps(article("tide", mentions=norway(1), quotes=(quote,))).no_position
    assert (one.country, one.mentions, one.statements) == ("NO", 1, 1)


def test_a_group_that_never_speaks_lacks_nothing() -> None:
    named = tuple(
        Mention(code="FVEY", start=one.start, end=one.end, rule="group") for one in norway(3)
    )
    assert gaps(article("tide", mentions=named)).no_position == ()


def test_only_a_country_that_never_speaks_for_itself_is_heard_through_others() -> None:
    others = article("tide", position("ban", said_by="other"))
    assert [one.country for one in gaps(others).not_heard] == ["DK"]
    itself = article("ebb", position("ban", said_by="self", actor="the minister"))
    assert gaps(others, itself).not_heard == ()


def test_what_several_articles_have_from_one_outlet_is_one_origin() -> None:
    told = position("ban", chain=("unnamed officials", "Quay Gazette"))
    found = gaps(article("tide", told), article("ebb", told))
    (one,) = found.one_origin
    assert (one.standing.tally.articles, [each.outlet for each in one.standing.tally.origins]) == (
        2, ["Quay Gazette"]
    )  # fmt: skip
    assert found.one_article == ()
    own = gaps(article("tide", told), article("ebb", position("ban")))
    assert own.one_origin == ()
    (alone,) = gaps(article("tide", told)).one_article
    assert alone.standing.stance == "ban"


def test_dates_to_come_begin_after_the_day_and_stand_once() -> None:
    day = DateMention(
        value="2031-07-04", precision="day", basis="stated", rule="full", **at("4 July 2031")
    )
    both = article("tide", dates=(day,)), article("ebb", dates=(day,), date="2031-06-01")
    assert [(one.date, one.article) for one in gaps(*both).to_come] == [("2031-07-04", "ebb")]
    assert [one.date for one in gaps(*both, as_of="2031-07-03").to_come] == ["2031-07-04"]
    assert gaps(*both, as_of="2031-07-04").to_come == ()


def test_sources_without_a_date_are_listed() -> None:
    found = gaps(article("tide"), article("ebb", date=None))
    assert [row.article for row in found.undated] == ["ebb"]
    assert found.as_of == "2031-05-02"
