"""How the quotes of a country are parted, and how their counts read."""

from __future__ import annotations

import pytest

from briefing.compare.panels import CountryGroup, CountryRow, QuoteRow, Tally
from briefing.compare.standing_words import (
    about_heading,
    country_counts,
    counts_by_and_about,
    part_quotes,
)
from briefing.model import Quote


def row(quote_id: str, by: str | None, *about: str) -> QuoteRow:
    quote = Quote(id=quote_id, kind="direct", start=0, end=1, exact="x", rule="r")
    return QuoteRow(article="a", chunk="c1", source="A", quote=quote, by=by, about=about)


def test_own_voices_stand_apart_from_what_is_said_about_a_country() -> None:
    rows = [row("q1", "US", "BE"), row("q2", "BE", "US"), row("q3", None, "NO")]
    own, about = part_quotes(rows, "BE")
    assert ([each.quote.id for each in own], [each.quote.id for each in about]) == (["q2"], ["q1"])


def test_counts_say_of_what() -> None:
    assert counts_by_and_about(Tally(by=12, about=5)) == "12 by · 5 about"
    assert counts_by_and_about(Tally(about=5)) == "5 about"
    assert counts_by_and_about(Tally(by=1200)) == "1,200 by"


@pytest.mark.parametrize(
    ("group", "quotes", "paraphrases", "words"),
    [
        ("actor", Tally(by=2), Tally(by=7), "2 by"),
        ("topic", Tally(), Tally(by=1, about=2), "3 paraphrased"),
        ("actor", Tally(), Tally(), "no quotes"),
        ("mentioned", Tally(), Tally(), "only mentioned"),
    ],
)
def test_a_country_without_quotes_says_what_there_is(
    group: CountryGroup, quotes: Tally, paraphrases: Tally, words: str
) -> None:
    country = CountryRow(
        code="NO", name="Norway", group=group, quotes=quotes, paraphrases=paraphrases
    )
    assert country_counts(country) == words


def test_a_heading_reads_as_english() -> None:
    names = ("Belgium", "United States", "Czech Republic", "European Union")
    assert [about_heading(name) for name in names] == [
        "About Belgium",
        "About the United States",
        "About the Czech Republic",
        "About the European Union",
    ]
