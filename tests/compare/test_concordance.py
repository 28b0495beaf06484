"""One utterance in the articles that have it: found, and aligned word by word."""

from __future__ import annotations

import pytest

from briefing.compare.build import build_panels
from briefing.compare.concordance import Concordance, find_concordances, has_words
from briefing.compare.word_alignment import (
    align,
    find_run,
    marked_parts,
    match_words,
    read_words_of,
    split_keys,
)
from briefing.model import (
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    PublicationDate,
    Quote,
    Source,
    Speaker,
    SpeakerType,
)

LIN = Speaker(name="Ana Lin", type="named")
WHOLE = "We cannot wait for a third winter. The terminal has to be closed by the spring."


def said(*words: str, by: Speaker | None = LIN, kind: str = "direct") -> list[Quote]:
    """Return the parts of one utterance."""
    return [
        Quote(
            id=f"q-{number}",
            kind=kind,  # type: ignore[arg-type]
            start=0,
            end=0,
            exact=each,
            utterance=f"u-{words[0]}",
            speaker=by,
            rule="reported_clause" if kind == "indirect" else "said_after_quote",
        )
        for number, each in enumerate(words)
    ]


def article(name: str, *utterances: list[Quote], date: str | None = "2021-03-03") -> Article:
    """Return an article whose every quote is a chunk of its own."""
    chunks = []
    for number, quote in enumerate(one for parts in utterances for one in parts):
        placed = Quote(**{f: getattr(quote, f) for f in quote.__struct_fields__} | {
            "id": f"q-{number}", "end": len(quote.exact),
        })  # fmt: skip
        chunks.append(Chunk(id=f"c{number}", role="body", text=quote.exact, quotes=(placed,)))
    return Article(
        id=name,
        publisher=name.title(),
        date=PublicationDate(value=date, precision="day", basis="stated") if date else None,
        source=Source(file="originals/a.txt", media_type="text/plain", sha256="0", added="2026"),
        chunks=tuple(chunks),
    )


def found_in(*articles: Article, words: str | None = None) -> tuple[Concordance, ...]:
    panels = build_panels(
        Briefing(name="ports", info=BriefingInfo(title="Ports"), articles=articles)
    )
    return find_concordances(panels, has_words(words) if words else None)


def version(*words: str, **options: str | None) -> tuple[tuple[str, ...], str]:
    """Return the changes of a version against WHOLE, and how it is shown."""
    (found,) = found_in(article("gull", said(WHOLE)), article("tern", said(*words), **options))
    assert found.base.text == WHOLE
    (other,) = found.others
    return other.changes, marked_parts(other.parts)


@pytest.mark.parametrize(
    ("words", "changes", "shown"),
    [
        (WHOLE.replace("winter.", "winter,"), ("joined",), WHOLE.replace("winter.", "winter,")),
        (WHOLE.upper(), ("same",), WHOLE.upper()),
        (
            "We cannot wait for a third winter.",
            ("cut",),
            "We cannot wait for a third winter. […]",
        ),
        (
            "We cannot wait for a third winter … closed by the spring.",
            ("cut", "joined"),
            "We cannot wait for a third winter […] closed by the spring.",
        ),
        (
            WHOLE.replace("third", "fourth"),
            ("changed",),
            WHOLE.replace("third", "[-third-]{+fourth+}"),
        ),
        ("a third winter", ("cut",), "[…] a third winter […]"),
    ],
)
def test_a_version_says_what_it_cut_changed_and_joined(
    words: str, changes: tuple[str, ...], shown: str
) -> None:
    assert version(words) == (changes, shown)


def test_the_parts_of_an_interrupted_utterance_are_one_version() -> None:
    changes, shown = version(
        "We cannot wait for a third winter", "The terminal has to be closed by the spring."
    )
    assert changes == ("joined",)
    assert shown == "We cannot wait for a third winter The terminal has to be closed by the spring."


def test_a_paraphrase_of_the_same_days_is_another_wording() -> None:
    told = said("the terminal must be closed before a third winter", kind="indirect")
    (found,) = found_in(article("gull", said(WHOLE)), article("tern", told, date="2021-03-07"))
    assert [other.changes for other in found.others] == [("other wording",)]
    assert found.others[0].parts == ()


@pytest.mark.parametrize("date", ["2021-06-01", None])
def test_other_words_at_another_or_an_unknown_time_are_no_version(date: str | None) -> None:
    told = said("the terminal must be closed before a third winter", kind="indirect")
    assert found_in(article("gull", said(WHOLE)), article("tern", told, date=date)) == ()


@pytest.mark.parametrize(
    "other",
    [
        said("We cannot wait for an answer, the terminal or the mayor"),
        said("a third winter", by=Speaker(name="Bo Dahl", type="named")),
        said("a third winter", by=None),
        said("a third winter", by=Speaker(role="aide", type="anonymous")),
        said("winter"),
    ],
)
def test_little_in_common_or_another_voice_makes_no_version(other: list[Quote]) -> None:
    assert found_in(article("gull", said(WHOLE)), article("tern", other)) == ()


def test_a_short_fragment_of_two_utterances_is_of_neither() -> None:
    articles = [
        article("gull", said("It is a third winter without any ferry for us.")),
        article("tern", said("Nobody survives a third winter on that island.")),
        article("auk", said("a third winter")),
    ]
    assert found_in(*articles) == ()
    assert len(found_in(*articles[1:])) == 1


@pytest.mark.parametrize("kind", ["official", "spokesperson"])
def test_an_office_is_one_voice_by_its_words(kind: SpeakerType) -> None:
    by = Speaker(role="port official", type=kind)
    found = found_in(
        article("gull", said("nothing less than madness", by=by)),
        article("tern", said("nothing short of madness", by=by)),
    )
    assert [other.changes for one in found for other in one.others] == [("changed",)]


def test_words_find_their_utterance_also_where_one_article_has_it() -> None:
    articles = [article("gull", said(WHOLE), said("The mayor sings.")), article("tern")]
    (found,) = found_in(*articles, words="MAYOR sings")
    assert (found.base.text, found.others) == ("The mayor sings.", ())
    assert found_in(*articles, words="mayor swims") == ()


def test_versions_are_many_and_one_article_may_have_several() -> None:
    copies = [article(f"bird{number}", said(WHOLE)) for number in range(30)]
    halves = article(
        "owl", said("We cannot wait for a third winter."), said("closed by the spring.")
    )
    (found,) = found_in(*copies, halves)
    assert len(found.others) == 31
    assert [other.changes for other in found.others].count(("cut",)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S. can’t co-operate", "the US can't cooperate"),
        ("[T]he soft\u00adware—café", "The software cafe"),
        ("a roll-\nout of £2bn", "a roll-out of £2bn"),
        ("from 5–10 per cent", "from 5-10 per cent"),
        ("one … two", "one ... two"),
    ],
)
def test_typography_tells_no_words_apart(one: str, other: str) -> None:
    assert split_keys(one) == split_keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("3.5 crowns", "35 crowns"), ("£2bn", "€2bn"), ("5–10", "510"), ("every day", "everyday")],
)
def test_other_amounts_and_words_are_told_apart(one: str, other: str) -> None:
    assert split_keys(one) != split_keys(other)


def test_a_run_of_words_stands_at_whole_words() -> None:
    keys = split_keys("the third winter of the third board")
    runs = ("the", "third board", "board", "the th")
    assert [find_run(split_keys(run), keys) for run in runs] == [0, 5, 6, -1]


def test_cuts_may_be_shown_in_full() -> None:
    base, own = read_words_of("We will never, ever close it."), read_words_of("We will close it.")
    parts = align(base, own, match_words(base.keys, own.keys))
    assert marked_parts(parts) == "We will […] close it."
    assert marked_parts(parts, hide_cuts=False) == "We will [-never, ever-] close it."
