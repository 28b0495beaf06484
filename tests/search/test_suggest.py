"""Completing fields and their values: what is offered is read back as what the index holds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.model import (
    Article,
    BriefingInfo,
    Chunk,
    Citation,
    Mention,
    Position,
    Quote,
    Source,
    Speaker,
)
from briefing.search.index import SearchIndex, create_index
from briefing.search.suggest import Completed, last_completed

SETTLED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def article(name: str, *chunks: Chunk, publisher: str | None = None) -> Article:
    return Article(
        id=name,
        publisher=publisher,
        source=Source(file="x", media_type="text/plain", sha256="0" * 64, added="2026-11-21"),
        chunks=chunks,
    )


def chunk(
    name: str,
    *,
    speaker: str | None = None,
    codes: Sequence[str] = (),
    cites: Sequence[str] = (),
    section: str | None = None,
    stance: str | None = None,
) -> Chunk:
    quote = Quote(
        id="q1",
        kind="direct",
        start=0,
        end=4,
        exact="word",
        rule="said-after",
        speaker=Speaker(name=speaker, type="named"),
    )
    return Chunk(
        id=name,
        role="body",
        text="words about it",
        section=section,
        quotes=(quote,) if speaker else (),
        mentions=tuple(Mention(code=each, start=0, end=5, rule="name") for each in codes),
        citations=tuple(Citation(outlet=each, start=0, end=5, rule="outlet") for each in cites),
        positions=(Position(country="GB", stance=stance, start=0, end=5, rule="cue-verb"),)
        if stance
        else (),
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Return an index of countries, outlets and sections, two of them more frequent."""
    made = create_index(tmp_path_factory.mktemp("index"))
    chunks = (
        chunk("c1", codes=["GB", "UA"], cites=["Evening Tide"], section="What the port says"),
        chunk("c2", codes=["GB", "NL"], cites=["Evening Tide", "Morning Gull"]),
        chunk("c3", codes=["IN"], cites=["Evening Star"], section="What the crane says"),
    )
    made.update("quay", BriefingInfo(title="Quay"), [article("a", *chunks, publisher="The Gull")])
    return made


@pytest.mark.parametrize(
    ("text", "completions"),
    [
        ("country:", ("country:GB", "country:IN", "country:NL", "country:UA")),
        ("country:uk", ("country:GB", "country:UA")),
        ("country:brit", ("country:GB",)),
        ("country:dutch", ("country:NL",)),
        ("country:kingd", ("country:GB",)),
        ("country:in", ("country:IN",)),
        ("country:IN", ()),
        ("country:zz", ()),
        ("country:G\ud800", ()),
        ("(crane OR Country:ind", ("(crane OR country:IN",)),
        ("cites:", ("cites:evening", "cites:et", "cites:tide")),
        ("cites:ev", ("cites:evening",)),
        ('cites:"evening s', ('cites:"evening star"',)),
        ('cites:"evening ', ('cites:"evening tide"', 'cites:"evening star"')),
        ('cites:"gull e', ()),
        ("section:", ("section:crane", "section:port")),
        ("section:wh", ("section:what",)),
        ("tag:", ()),
        ("colour:re", ()),
        ('"a phrase with country:', ()),
    ],
)
def test_a_field_offers_its_values_the_most_frequent_first(
    index: SearchIndex, text: str, completions: tuple[str, ...]
) -> None:
    assert index.suggest(text)[: len(completions) or None] == completions


@pytest.mark.parametrize(
    ("query", "completed"),
    [
        ("port country:", Completed("country", "", "")),
        ("-country:DE", Completed("country", "DE", "Germany")),
        ("country:QQ", Completed("country", "QQ", "")),
        ('(a OR speaker:"Ana Marsh"', Completed("speaker", "Ana Marsh", "")),
        ("port", None),
        ("http://x", None),
        ("", None),
    ],
)
def test_a_completion_tells_its_field_and_value(query: str, completed: Completed | None) -> None:
    assert last_completed(query) == completed


NAMES = st.text(
    st.one_of(
        st.sampled_from(list("\"“”„«»'’()-:*~[]. \t\n\x1b\x07\u202e\u200b\u2028\x85")),
        st.characters(codec="utf-8"),
        st.sampled_from(list("abcAB12")),
    ),
    min_size=1,
    max_size=20,
)


@SETTLED
@given(name=NAMES, stance=NAMES, other=NAMES)
@example(name='Ana "Bo" Marsh', stance="not yet", other="Bo OR Al")
@example(name="\u202eMarsh*", stance='"so"', other="Al\x1b[31m")
@example(name="AND", stance="NOT", other="-x")
def test_a_value_offered_finds_the_chunks_that_have_it(
    tmp_path_factory: pytest.TempPathFactory, name: str, stance: str, other: str
) -> None:
    made = create_index(tmp_path_factory.mktemp("any"))
    chunks = (chunk("c1", speaker=name, stance=stance), chunk("c2", speaker=other))
    made.update("quay", BriefingInfo(title="Quay"), [article("a", *chunks, publisher=name)])
    for field in ("speaker", "stance", "publisher"):
        for query in made.suggest(f"words {field}:"):
            completed = last_completed(query)
            assert completed is not None
            assert completed.field == field
            results = made.search(query)
            assert results.hint is None
            assert results.total_chunks > 0


@given(text=st.text(st.sampled_from(list("country:gb speaker(-) :\x1b\u202e")), max_size=30))
@SETTLED
def test_what_stands_before_the_last_part_stays(index: SearchIndex, text: str) -> None:
    head = text[: max(text.rfind(mark) for mark in " ()") + 1]
    assert {query[: len(head)] for query in index.suggest(text)} <= {head}
