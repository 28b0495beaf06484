from __future__ import annotations

import pytest

from briefing.annotate.quotes.annotator import annotate_quotes, find_quotes
from briefing.annotate.quotes.explain import explain
from briefing.errors import NotFoundError
from briefing.model import Chunk

ARTICLE = [
    "Ana Lin, a nurse, met Tom Marsh.",
    "“It leaked,” Marsh said. “Never again.” Lin said it was “a farce” to her.",
]


def chunks_of(article: list[str]) -> list[Chunk]:
    return [Chunk(id=f"c{at}", role="body", text=text) for at, text in enumerate(article)]


CHUNKS = chunks_of(ARTICLE)


def id_of(article: list[str], words: str) -> str:
    """Return the id of the quote of these words."""
    return next(each.id for row in find_quotes(article) for each in row if each.exact == words)


def test_every_rule_that_proposed_a_speaker_is_told_the_chosen_one_first() -> None:
    explanation = explain(CHUNKS, id_of(ARTICLE, "Never again."))
    told = [
        (one.rule, one.speaker.name if one.speaker else None, one.verdict)
        for one in explanation.candidates
    ]
    assert explanation.quote.exact == "Never again."
    assert told[0] == ("carry_over", "Tom Marsh", "chosen")
    assert ("paragraph_before", "Ana Lin", "lost") in told


def test_the_evidence_is_the_words_of_the_article() -> None:
    explanation = explain(CHUNKS, id_of(ARTICLE, "It leaked,"))
    assert explanation.chosen.evidence == "Marsh said"
    assert explanation.chosen.reason == "the first rule in order that found a speaker"


def test_a_rule_that_found_the_same_speaker_is_told_apart() -> None:
    article = ["“It leaked,” Ana Lin said.", "“Nobody came,” Lin said."]
    explanation = explain(chunks_of(article), id_of(article, "Nobody came,"))
    assert explanation.candidates[0].verdict == "chosen"
    assert "same speaker" in [one.verdict for one in explanation.candidates]


def test_an_explanation_agrees_with_the_quotes_of_the_chunks() -> None:
    chunks = annotate_quotes(
        [
            Chunk(id="c1", role="boilerplate", text="“Subscribe now,” we said."),
            *(
                Chunk(id=f"b{number}", role="body", text=text)
                for number, text in enumerate(ARTICLE)
            ),
        ]
    )
    for chunk in chunks:
        for quote in chunk.quotes:
            assert explain(chunks, quote.id).quote == quote


def test_an_unknown_id_is_told() -> None:
    with pytest.raises(NotFoundError, match="q9"):
        explain(CHUNKS, "q9")
