"""How values of the model read in words, the same everywhere."""

from __future__ import annotations

import pytest

from briefing.model import (
    Article,
    Evidence,
    MetadataEvidence,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)
from briefing.wording import (
    counted,
    date_words,
    long_date,
    role_and_addressee,
    short_date,
    speaker_name,
    speaker_role,
    where_stated,
)


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, "quote", "1 quote"),
        (0, "quote", "0 quotes"),
        (1200, "country", "1,200 countries"),
        (1, "copy", "1 copy"),
        (2, "copy", "2 copies"),
        (3, "day", "3 days"),
    ],
)
def test_things_are_counted_in_their_number(number: int, noun: str, words: str) -> None:
    assert counted(number, noun) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2020-01-03", "3 January 2020"),
        ("2020-01", "January 2020"),
        ("2020", "2020"),
        ("2020-13", "2020-13"),
        ("soon\nafter", "soon after"),
    ],
)
def test_a_date_is_as_precise_in_words_as_it_is_stored(value: str, words: str) -> None:
    assert date_words(value) == words


def test_a_date_that_was_inferred_says_so() -> None:
    date = PublicationDate(value="2020-01-03/2020-01-05", precision="range", basis="inferred")
    assert short_date(date) == "2020-01-03–2020-01-05 ~"
    assert long_date(date) == "3 January 2020–5 January 2020 (inferred)"


def test_a_speaker_is_named_in_the_fullest_words_of_the_article() -> None:
    assert speaker_name(None) == "speaker not stated"
    assert speaker_name(Speaker(name="Ana Lin", mention="She", type="named")) == "Ana Lin"
    assert speaker_name(Speaker(mention="a mast\nengineer", type="official")) == "a mast engineer"
    assert speaker_name(Speaker(type="anonymous")) == "unnamed source"


def test_a_role_that_the_name_includes_is_not_repeated() -> None:
    minister = Speaker(name="Ana Lin", role="minister", type="named")
    assert speaker_role(minister) == "minister"
    assert speaker_role(Speaker(role="minister", mention="the Minister", type="official")) == ""
    quote = Quote(id="q", kind="direct", start=0, end=2, exact="no", speaker=minister, to="Reuters",
                  rule="r")  # fmt: skip
    assert role_and_addressee(quote) == "minister, told Reuters"


def test_where_metadata_stood_is_told_by_field_for_what_says_it() -> None:
    article = Article(
        id="a",
        date=PublicationDate(
            value="2019",
            precision="year",
            basis="metadata",
            evidence=Evidence(exact="2019", place="<time>"),
        ),
        evidence=MetadataEvidence(
            headline=Evidence(exact="Quays", place="meta \x1b[31m"),
            publisher=Evidence(exact="The Gull"),
            reprint_of=Evidence(exact="Reuters", chunk="c3"),
        ),
        source=Source(file="originals/a.txt", media_type="text/plain", sha256="0", added="2020"),
    )
    assert list(where_stated(article)) == [
        "headline from meta ␛[31m",
        "reprint from c3",
        "date from <time>",
    ]
    assert "reprint from its text" in list(where_stated(article, in_text="its text"))
