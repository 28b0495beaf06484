"""Whatever an article holds, writing and reading gives it back, in any YAML reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.content.articles import encode_article, parse_article
from briefing.content.edits import dump_edits, read_edits
from briefing.content.info import dump_info, read_info
from briefing.errors import InputError
from briefing.model import (
    ROLES,
    Alias,
    Aliases,
    Anchor,
    Annotator,
    Article,
    BriefingInfo,
    Chunk,
    Citation,
    CountryWeight,
    DateMention,
    Edit,
    Evidence,
    Link,
    Mention,
    PinnedQuote,
    Position,
    PublicationDate,
    Quote,
    Reprint,
    SavedSearch,
    Source,
    Speaker,
    StanceSpec,
)

HERE = Path("article.yaml")

ODD_PIECES = st.sampled_from(
    [
        "\0", "\a", "\x1b[31m", "\t", "\n", "\r\n", "\r", "\x7f", "\x85", "\x9f", "\xa0", "\xad",
        "\u2028", "\u2029", "\u200b", "\u202e", "\u2066", "\ufeff", "\ufffd", "\ufffe", "\uffff",
        "\U0001f600", "\U0001fffe", "e\u0301", " ", "  ", " \n", "\n ", "\n\n", "\n\t", "- ", "? ",
        ": ", " #", "#", "---", "...", "\n---\n", "%YAML", "!", "!!", "&", "*", "|", ">", "@", "`",
        "'", '"', "''", "\\", "\\n", "{", "}", "[", "]", ",", "<<", "=", "~", "null", "NO", "yes",
        "on", "true", "True", "12:30", "2020-01-23", "1_000", "0x1F", "0o7", "1e3", ".5", "-.inf",
        ".nan", "+1", "-0", "007", "1.", "Straße", "“", "”", "x" * 1500,
    ]
)  # fmt: skip
"""What some reader or some writer of YAML is known to trip over."""

TEXT = st.one_of(
    st.lists(ODD_PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=6)
    .map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)  # fmt: skip
MAYBE = st.none() | TEXT
WEIGHT = st.floats(allow_nan=False, allow_infinity=False)


def several(element: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(element, max_size=most).map(tuple)


SPEAKER = st.builds(
    Speaker, name=MAYBE, role=MAYBE, country=MAYBE, mention=MAYBE,
    type=st.sampled_from(["named", "official"]),
)  # fmt: skip


@st.composite
def chunks(draw: st.DrawFn, number: int) -> Chunk:
    text = draw(TEXT)
    edges = st.integers(0, len(text))
    spans = st.tuples(edges, edges).map(sorted)

    def spanned(record: Any, **fields: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        made = []
        for start, end in draw(st.lists(spans, max_size=2)):
            drawn = {name: draw(strategy) for name, strategy in fields.items()}
            made.append(record(start=start, end=end, **drawn))
        return tuple(made)

    quotes = tuple(
        Quote(
            id=f"q{number}-{index}",
            kind="direct",
            start=start,
            end=end,
            exact=text[start:end],
            utterance=draw(MAYBE),
            speaker=draw(st.none() | SPEAKER),
            cue=draw(MAYBE),
            chain=draw(several(TEXT)),
            rule=draw(TEXT),
        )
        for index, (start, end) in enumerate(draw(st.lists(spans, max_size=2)))
    )
    return Chunk(
        id=f"c{number}",
        role=draw(st.sampled_from(ROLES)),
        reason=draw(MAYBE),
        section=draw(MAYBE),
        text=text,
        countries=draw(several(st.builds(CountryWeight, code=TEXT, weight=WEIGHT))),
        mentions=spanned(Mention, code=TEXT, rule=MAYBE),
        quotes=quotes,
        citations=spanned(Citation, outlet=TEXT, kind=st.sampled_from(["source", "mention"])),
        positions=spanned(Position, country=TEXT, stance=TEXT, hedge=MAYBE, rule=TEXT),
        links=spanned(Link, url=MAYBE),
        dates=spanned(
            DateMention,
            value=TEXT,
            precision=st.sampled_from(["day", "month", "year", "range"]),
            basis=st.sampled_from(["stated", "inferred"]),
            rule=TEXT,
        ),
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    evidence = st.none() | st.builds(Evidence, exact=TEXT, chunk=MAYBE)
    return Article(
        id=draw(TEXT),
        headline=draw(MAYBE),
        publisher=draw(MAYBE),
        authors=draw(several(TEXT)),
        date=draw(
            st.none()
            | st.builds(
                PublicationDate,
                value=TEXT,
                precision=st.just("day"),
                basis=st.just("stated"),
                evidence=evidence,
            )
        ),
        language=draw(MAYBE),
        url=draw(MAYBE),
        reprint_of=draw(st.none() | st.builds(Reprint, publisher=MAYBE, date=MAYBE)),
        source=draw(
            st.builds(Source, file=TEXT, media_type=TEXT, sha256=TEXT, added=TEXT, encoding=MAYBE)
        ),
        annotator=draw(
            st.none() | st.builds(Annotator, name=TEXT, version=st.integers(0, 99), digest=TEXT)
        ),
        chunks=tuple(draw(chunks(number)) for number in range(draw(st.integers(0, 3)))),
    )


@settings(max_examples=100, deadline=None)
@given(articles())
def test_a_written_article_reads_as_itself_and_writes_the_same_bytes(article: Article) -> None:
    written = encode_article(article).decode()
    read = parse_article(written.encode("utf-8"), HERE)
    assert read == article
    assert encode_article(read).decode() == written


@settings(max_examples=80, deadline=None)
@given(articles())
def test_stock_readers_of_yaml_read_the_same_article(article: Article) -> None:
    written = encode_article(article).decode()
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        data = yaml.load(written, loader)  # noqa: S506
        assert msgspec.convert(data, Article) == article


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_a_file_holds_no_character_that_could_reorder_or_command_a_terminal(text: str) -> None:
    source = Source(file="f", media_type="m", sha256="s", added="a")
    article = Article(id="x", headline=text, source=source)
    written = encode_article(article).decode()
    assert not set(written) & set(map(chr, [*range(9), *range(11, 32), *range(0x7F, 0xA0)]))
    assert not set(written) & set("\u2028\u2029\u202e\u2066\ufeff")


WORD = TEXT.map(lambda text: "w" + re.sub(r"[^\S\n\t ]|[^\n\t -~\xa0-\u1fff]", "", text)[:150])
"""A stance or cue: it has a word, is short, and has no character that a codebook refuses."""
CUES = several(WORD)
MAPPING = st.dictionaries(WORD, st.none() | CUES | st.builds(StanceSpec, cues=CUES), max_size=3)
BOOK = st.sampled_from(["acts", "sides", "measures"])
CODEBOOK = st.none() | BOOK | several(WORD | BOOK | MAPPING) | MAPPING


INFOS = st.builds(
    BriefingInfo,
    title=TEXT,
    question=MAYBE,
    bottom_line=MAYBE,
    tags=several(TEXT),
    codebook=CODEBOOK,
    aliases=st.builds(
        Aliases,
        speakers=several(st.builds(Alias, name=TEXT, forms=several(TEXT)), 2),
        outlets=several(st.builds(Alias, name=TEXT, forms=several(TEXT)), 2),
    ),
    pinned=several(st.builds(PinnedQuote, article=TEXT, exact=TEXT), 2),
    feeds=several(TEXT),
    searches=several(st.builds(SavedSearch, name=TEXT, query=TEXT, seen=several(TEXT)), 2),
)


@settings(max_examples=150, deadline=None)
@given(info=INFOS)
def test_a_written_briefing_reads_as_itself(info: BriefingInfo, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("info") / "briefing.yaml"
    path.write_bytes(dump_info(info).encode("utf-8"))
    assert read_info(path) == info
    assert msgspec.convert(yaml.safe_load(path.read_bytes()), BriefingInfo) == info


SOME_TEXT = TEXT.filter(bool)
EDITS = st.lists(
    st.builds(
        Edit,
        id=SOME_TEXT,
        kind=st.just("set-speaker"),
        anchor=st.builds(Anchor, article=TEXT, exact=SOME_TEXT, prefix=TEXT, suffix=TEXT),
        speaker=SPEAKER,
        text=MAYBE,
        made=MAYBE,
    ),
    max_size=3,
    unique_by=lambda edit: edit.id,
).map(tuple)


@settings(max_examples=150, deadline=None)
@given(edits=EDITS)
def test_written_edits_read_as_themselves(edits: tuple[Edit, ...], tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("edits") / "edits.yaml"
    path.write_bytes(dump_edits(edits).encode("utf-8"))
    assert read_edits(path) == edits


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\ud83d\n"])
def test_half_a_character_is_refused_before_anything_is_written(text: str) -> None:
    source = Source(file="f", media_type="m", sha256="s", added="a")
    with pytest.raises(InputError, match="half a character"):
        encode_article(Article(id="x", headline=text, source=source)).decode()
    with pytest.raises(InputError, match="half a character"):
        encode_article(
            Article(id="x", source=source, chunks=(Chunk(id="c", role="body", text=text),))
        ).decode()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_without_end_is_refused(number: float) -> None:
    source = Source(file="f", media_type="m", sha256="s", added="a")
    weights = (CountryWeight(code="GB", weight=number),)
    chunk = Chunk(id="c", role="body", text="", countries=weights)
    with pytest.raises(InputError, match="not finite"):
        encode_article(Article(id="x", source=source, chunks=(chunk,))).decode()
