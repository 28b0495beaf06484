"""Sentences to rule on: which are listed, with which countries, in which order, and how many."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.annotate.positions.unruled import SHARE, Unruled, find_topic, list_unruled
from briefing.english.sentences import split_sentences
from briefing.model import Article, Chunk, Dismissal, Mention, Position, Quote, Source, Speaker

NAMES = {"Norway": "NO", "Norwegian": "NO", "Sweden": "SE", "Swedish": "SE", "Denmark": "DK"}
KINDS = {"Norwegian": "demonym", "Swedish": "demonym"}


def spot(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\btoll", text)]


def chunk(text: str, number: int = 1, **fields: object) -> Chunk:
    mentions = tuple(
        Mention(code=NAMES[found[0]], start=found.start(), end=found.end(),
                rule=KINDS.get(found[0], "name"))
        for found in re.finditer("|".join(sorted(NAMES, reverse=True)), text)
    )  # fmt: skip
    known = {"role": "body", "mentions": mentions} | fields
    return Chunk(id=f"c{number}", text=text, **known)  # type: ignore[arg-type]


def article(*chunks: Chunk, name: str = "a") -> Article:
    source = Source(file="originals/x.txt", media_type="text/plain", sha256="0", added="2026")
    return Article(id=name, source=source, chunks=chunks)


def unruled(text: str, **fields: object) -> tuple[Unruled, ...]:
    """Return all that is listed of a text, behind which much else stands."""
    padding = article(*(chunk("It is long.", n) for n in range(12)), name="b")
    return list_unruled([article(chunk(text, **fields)), padding], spot)  # type: ignore[arg-type]


def listed(text: str, **fields: object) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.exact, one.countries) for one in unruled(text, **fields)]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Norway tolls its bridges.", ("NO",)),
        ("Norwegian ministers want the bridge closed.", ("NO",)),
        ("Norway and Sweden oppose the bridge.", ("NO", "SE")),
        ("Norway opposes a bridge to Sweden.", ("NO", "SE")),
        ("A bridge was rejected by Norway.", ("NO",)),
    ],
)
def test_a_country_and_a_cue_or_an_attitude_are_listed(
    text: str, countries: tuple[str, ...]
) -> None:
    assert listed(text) == [(text, countries)]


@pytest.mark.parametrize(
    "text",
    ["The bridge tolls cars.", "Norway is cold in winter.", "The ferry opposes the current.", ""],
)
def test_without_a_country_or_a_matter_nothing_is_listed(text: str) -> None:
    assert listed(text) == []


@pytest.mark.parametrize("follow", ["It opposes tolls.", "The minister rejected tolls."])
def test_who_acted_in_the_sentence_before_is_taken_up(follow: str) -> None:
    assert (follow, ("NO",)) in listed(f"Norway built a bridge. {follow}")


def test_the_country_of_who_speaks_may_act() -> None:
    words = "Tolls are unacceptable,"
    said = Quote(
        id="q1", kind="direct", start=1, end=1 + len(words), exact=words,
        speaker=Speaker(name="Ada Lind", type="named", country="SE"), rule="r",
    )  # fmt: skip
    text = f"“{words}” Ada Lind said."
    assert listed(text, quotes=(said,)) == [(text, ("SE",))]


def test_a_sentence_with_a_position_or_a_ruling_is_not_listed() -> None:
    text = "Norway opposes tolls. Sweden backs tolls. Denmark rejects tolls."
    marked = Position(country="NO", stance="oppose", start=0, end=21, rule="r")
    ruled = Dismissal(country="SE", start=22, end=41)
    assert listed(text, positions=(marked,), dismissed=(ruled,)) == [
        ("Denmark rejects tolls.", ("DK",))
    ]


def test_beside_a_country_with_a_position_another_one_is_listed() -> None:
    text = "Norway and Sweden oppose tolls on Denmark."
    marked = Position(country="NO", stance="oppose", start=0, end=len(text), rule="r")
    assert listed(text, positions=(marked,)) == [(text, ("SE",))]
    ruled = Position(country="NO", stance="oppose", start=0, end=len(text), rule="analyst")
    assert listed(text, positions=(ruled,)) == []


def test_only_what_is_read_as_text_is_listed() -> None:
    text = "Norway opposes tolls."
    assert listed(text, role="heading") == listed(text, role="boilerplate") == []


def test_places_and_offsets_are_those_of_the_text() -> None:
    text = "The rain fell. Norway opposes tolls, however hard it rains."
    (found,) = unruled(text)
    assert (found.article, found.chunk, found.start, found.end) == ("a", "c1", 15, len(text))


def test_the_topic_is_what_most_passages_are_about_and_what_is_asked() -> None:
    articles = [
        article(chunk(f"Norway sees the tunnels near town {n}. A tunnel is long."), name=f"a{n}")
        for n in range(4)
    ]
    topic = find_topic(articles, "Who pays for the town?")
    assert topic["tunnel"] == topic["town"] == 1.0
    assert "norway" not in topic
    assert "the" not in topic


def test_more_countries_objects_and_attitudes_come_first() -> None:
    texts = (
        "A gull near Norway tolls.",
        "Norway and Sweden strongly oppose the tunnel and threaten a veto.",
        "Denmark opposes it.",
    )
    articles = [article(*(chunk(text, n) for n, text in enumerate(texts, 1)))]
    padding = article(*(chunk("The tunnel is long.", n) for n in range(12)), name="b")
    found = list_unruled([*articles, padding], spot, "Who opposes the tunnel?")
    assert [one.exact for one in found] == [texts[1], texts[2], texts[0]]


SENTENCES = st.lists(
    st.sampled_from(
        ["Norway opposes tolls.", "It rains.", "He wants Sweden to toll it.", "Denmark tolls? ",
         "“Norway is wrong,” she said.", "ØÆ İstanbul tolls Norway.", "\n\n", "Sweden, Denmark"]
    ),
    max_size=12,
)  # fmt: skip


@given(st.lists(SENTENCES, max_size=6))
def test_no_sentence_is_listed_twice_or_out_of_place_and_never_too_many(texts: list) -> None:
    articles = [article(chunk(" ".join(words)), name=f"a{n}") for n, words in enumerate(texts)]
    bodies = {one.id: one.chunks[0].text for one in articles}
    total = sum(len(split_sentences(text)) for text in bodies.values())
    found = list_unruled(articles, spot)
    assert len(found) <= SHARE * total
    assert len({(one.article, one.chunk, one.start) for one in found}) == len(found)
    for one in found:
        assert bodies[one.article][one.start : one.end] == one.exact
        assert (one.start, one.end) in split_sentences(bodies[one.article])
        assert len(set(one.countries)) == len(one.countries) > 0


@pytest.mark.parametrize("unit", ["Norway opposes tolls. ", "Norway toll, ", "It tolls; "])
def test_hostile_length_is_read_in_linear_time(unit: str) -> None:
    def cost(size: int) -> float:
        text = "Norway. " + unit * (size // len(unit))
        marked = tuple(
            Position(country="NO", stance="oppose", start=at, end=at + 9, rule="r")
            for at in range(0, len(text) - 9, 200)
        )
        one = article(chunk(text, positions=marked))
        start = time.process_time()
        list_unruled([one], spot)
        return time.process_time() - start

    cost(1_000)
    assert cost(160_000) < 16 * max(cost(20_000), 0.05)
