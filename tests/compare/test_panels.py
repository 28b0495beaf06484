"""Briefing -> panels: order, counts, labels and which quote belongs to which country."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.compare.build import build_panels, reading_order, source_labels
from briefing.compare.panels import Tally
from briefing.model import (
    Alias,
    Aliases,
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    Citation,
    CountryWeight,
    Mention,
    PinnedQuote,
    Position,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)

TEXT = "“Berlin will decide alone,” said Ana Lin. The Courier said London may wait."


def span(exact: str) -> tuple[int, int]:
    return TEXT.index(exact), TEXT.index(exact) + len(exact)


def said(exact: str, country: str | None, quote_id: str = "q1", kind: str = "direct") -> Quote:
    start, end = span(exact)
    speaker = Speaker(name="Ana Lin", type="named", country=country)
    return Quote(
        id=quote_id,
        kind=kind,  # type: ignore[arg-type]
        start=start,
        end=end,
        exact=exact,
        speaker=speaker,
        rule="said_after",
    )


def article(article_id: str, date: str | None, *quotes: Quote, role: str = "body") -> Article:
    berlin, london = span("Berlin"), span("London")
    chunk = Chunk(
        id="c1",
        role=role,  # type: ignore[arg-type]
        text=TEXT,
        countries=(CountryWeight(code="DE", weight=0.7), CountryWeight(code="GB", weight=0.3)),
        mentions=(
            Mention(code="DE", start=berlin[0], end=berlin[1]),
            Mention(code="GB", start=london[0], end=london[1]),
        ),
        quotes=quotes,
        citations=(Citation(outlet="Courier", start=span("Courier")[0], end=span("Courier")[1]),),
    )
    aside = Chunk(id="c2", role="unrelated", text="Elsewhere in France.", mentions=())
    return Article(
        id=article_id,
        publisher="Daily Tide",
        date=PublicationDate(value=date, precision="day", basis="stated") if date else None,
        source=Source(file="originals/a.txt", media_type="text/plain", sha256="0", added="2026"),
        chunks=(chunk, aside),
    )


def briefing(*articles: Article, **info: object) -> Briefing:
    return Briefing(
        name="ports",
        info=BriefingInfo(title="Ports", **info),  # type: ignore[arg-type]
        articles=articles,
    )


def test_articles_are_read_newest_first_and_undated_ones_last() -> None:
    articles = [article("a", None), article("b", "2019-03-02"), article("c", "2020-01-02")]
    assert [each.id for each in reading_order(articles)] == ["c", "b", "a"]


def test_sources_of_one_publisher_are_told_apart_by_what_a_reader_knows() -> None:
    long = "The quay that nobody wanted to pay for"
    articles = [
        article("a", "2019-03-02"),
        replace(article("b", None), headline=long),
        replace(article("c", None), headline=f"{long} again"),
        replace(article("d", "2020-01-05"), headline="Ferry  late"),
        article("e", "2020-01-05"),
        article("f", None),
        replace(article("g", None), publisher="Gull"),
        *(replace(article(each, None), publisher=None, headline="Fog") for each in "ij"),
        replace(article("k", None), publisher=None),
        replace(article("l", None), headline="X" * 99),
    ]
    labels = {
        "a": "Daily Tide 2019-03-02",
        "b": "Daily Tide: The quay that nobody wanted… (1)",
        "c": "Daily Tide: The quay that nobody wanted… (2)",
        "d": "Daily Tide: Ferry late 2020-01-05",
        "e": "Daily Tide 2020-01-05",
        "f": "Daily Tide",
        "g": "Gull",
        "i": "Fog (1)",
        "j": "Fog (2)",
        "k": "k",
        "l": f"Daily Tide: {'X' * 40}…",
    }
    assert source_labels(articles) == labels
    assert source_labels(articles[::-1]) == labels


def test_a_quote_row_says_by_whom_it_is_and_about_whom() -> None:
    panels = build_panels(briefing(article("a", None, said("Berlin will decide alone,", "FR"))))
    assert (panels.quotes[0].by, panels.quotes[0].about) == ("FR", ("DE",))
    assert [panels.quotes[0].concerns(code) for code in ("FR", "DE", "GB")] == [True, True, False]


def test_country_rows_count_quotes_and_mentions_of_what_is_read_alone() -> None:
    panels = build_panels(
        briefing(
            article("a", None, said("Berlin will decide alone,", None)),
            article("b", None, said("Berlin will decide alone,", None), role="unrelated"),
        )
    )
    rows = {
        row.code: (row.name, row.quotes, row.mentions, row.articles) for row in panels.countries
    }
    assert rows == {
        "DE": ("Germany", Tally(about=1), 1, 1),
        "GB": ("United Kingdom", Tally(), 1, 1),
    }


def test_countries_that_speak_or_act_come_first_and_those_only_mentioned_last() -> None:
    panels = build_panels(briefing(article("a", None, said("Berlin will decide alone,", "FR"))))
    assert [(row.code, row.group) for row in panels.countries] == [
        ("FR", "actor"),
        ("DE", "topic"),
        ("GB", "mentioned"),
    ]


def test_a_position_puts_a_country_before_those_with_more_quotes() -> None:
    story = article("a", None, said("Berlin will decide alone,", None))
    start, end = span("London may wait.")
    held = Position(country="GB", stance="undecided", start=start, end=end, rule="r")
    chunk = replace(story.chunks[0], positions=(held,))
    panels = build_panels(briefing(replace(story, chunks=(chunk,))))
    assert [(row.code, row.group, row.quotes.total) for row in panels.countries] == [
        ("GB", "actor", 0),
        ("DE", "topic", 1),
    ]


def test_paraphrases_are_counted_apart_and_are_voices_too() -> None:
    told = said("London may wait", "FR", kind="indirect")
    rows = {row.code: row for row in build_panels(briefing(article("a", None, told))).countries}
    assert (rows["FR"].group, rows["FR"].quotes, rows["FR"].paraphrases) == (
        "actor",
        Tally(),
        Tally(by=1),
    )
    assert rows["GB"].paraphrases == Tally(about=1)


def test_indirect_speech_stands_apart_from_quotes() -> None:
    panels = build_panels(
        briefing(article("a", None, said("London may wait", None, kind="indirect")))
    )
    assert (len(panels.quotes), len(panels.paraphrases), panels.sources[0].quotes) == (0, 1, 0)


def test_a_paraphrase_says_what_it_reports_and_needs_a_speaker() -> None:
    paraphrase = said("London may wait", None, kind="indirect")
    rules = ("reported_clause", "reported_thought", "reported_attitude", "reported_by_nobody")
    panels = build_panels(
        briefing(
            *(article(rule, None, replace(paraphrase, rule=rule)) for rule in rules),
            article("unowned", None, replace(paraphrase, speaker=None)),
        )
    )
    assert [(row.article, row.paraphrase) for row in panels.paraphrases] == [
        ("reported_attitude", "attitude"),
        ("reported_clause", "speech"),
        ("reported_thought", "thought"),
    ]
    assert panels.quotes == ()


def test_a_source_row_tells_what_is_cited_and_what_is_set_aside() -> None:
    row = build_panels(briefing(article("a", "2020-01-02"))).sources[0]
    assert (row.number, row.cites, row.paragraphs, row.set_aside) == (1, ("Courier",), 1, 1)


def test_a_pinned_quote_comes_first() -> None:
    first, second = said("Berlin will decide alone,", None), said("London may wait", None, "q2")
    pin = PinnedQuote(article="a", exact="London may wait")
    panels = build_panels(briefing(article("a", None, first, second), pinned=(pin,)))
    assert [row.quote.id for row in panels.quotes] == ["q2", "q1"]


def test_the_analysts_alias_is_the_name_shown() -> None:
    alias = Aliases(speakers=(Alias(name="Dr Ana Lin", forms=("Ana Lin",)),))
    panels = build_panels(
        briefing(article("a", None, said("London may wait", None)), aliases=alias)
    )
    assert panels.quotes[0].quote.speaker == Speaker(name="Dr Ana Lin", type="named")


def test_the_same_words_in_two_articles_name_each_other() -> None:
    words = "Berlin will decide alone,” said Ana Lin."
    panels = build_panels(
        briefing(
            article("a", "2020-01-02", said(words, None)), article("b", None, said(words, None))
        )
    )
    assert [(row.also, row.variants) for row in panels.quotes] == [
        ((("b", "c1", "q1"),), False),
        ((("a", "c1", "q1"),), False),
    ]


def test_a_company_named_after_a_country_does_not_count_for_it() -> None:
    story = article("a", None, said("Berlin will decide alone,", None))
    chunk = story.chunks[0]
    named = tuple(replace(mention, rule="company") for mention in chunk.mentions)
    panels = build_panels(briefing(replace(story, chunks=(replace(chunk, mentions=named),))))
    assert panels.countries == ()
    assert panels.sources[0].countries == 0
