"""Which shipped codebook a briefing gets where its analyst gave none, and what the reason says."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from briefing.annotate.positions.codebook import MEASURED, codebook_in_use, is_older
from briefing.codebooks import Codebook, shipped
from briefing.model import Annotator, BriefingInfo

PLAIN = "The ministers met in Oslo on Tuesday. Talks about the ferry went on until late. " * 3
BANS = PLAIN + "Norway banned the ferry. Sweden has curbed it, and Denmark allows it still. "
ANY = "chosen: sides and acts fit any question"
VOTES = PLAIN + "Norway voted against the ferry. Sweden opposed it, and Denmark supports it. "


def choose(title: str, question: str | None, texts: Sequence[str]) -> Codebook:
    return codebook_in_use(BriefingInfo(title=title, question=question), (), texts)


@pytest.mark.parametrize(
    ("title", "question", "book", "reason"),
    [
        ("Which ports ban tankers?", None, "measures+sides+acts", "chosen: the title says “ban”"),
        (
            "TANKERS BANNED",
            "Who supports it?",
            "measures+sides+acts",
            "chosen: the title says “banned”",
        ),
        ("Tankers", "Who supports the levy?", "sides+acts", "chosen: the question says “supports”"),
        ("Tankers", "For and against", "sides+acts", ANY),
        ("Who accuses whom?", None, "sides+acts", "chosen: the title says “accuses”"),
        ("Back to the harbour", None, "sides+acts", ANY),
        ("The bank and the urban ferry", None, "sides+acts", ANY),
    ],
)
def test_a_word_of_title_or_question_decides(
    title: str, question: str | None, book: str, reason: str
) -> None:
    chosen = choose(title, question, [PLAIN])
    assert (chosen.shipped_name, chosen.reason) == (book, reason)


@pytest.mark.parametrize(
    ("texts", "book", "reason"),
    [
        ([], "sides+acts", ANY),
        ([PLAIN] * 30, "sides+acts", ANY),
        ([BANS, PLAIN], "measures+sides+acts", "chosen: 3 cues of measures in 1 article"),
        ([VOTES, BANS, VOTES], "sides+acts", ANY),
        ([PLAIN] * 20 + [BANS] * 50, "sides+acts", ANY),
        ([PLAIN * 200 + BANS * 50], "sides+acts", ANY),
    ],
)
def test_else_the_texts_do_as_far_as_they_are_read(
    texts: list[str], book: str, reason: str
) -> None:
    chosen = choose("The ferry", None, texts)
    assert (chosen.shipped_name, chosen.reason) == (book, reason)
    assert chosen.stances == shipped(book).stances


def test_the_analyst_comes_first_then_title_then_what_the_articles_have() -> None:
    stamps = [None, "0123abcd", shipped("sides").stamp]
    ferry = BriefingInfo(title="The ferry")
    given = codebook_in_use(BriefingInfo(title="Who bans?", codebook=("scrap",)), stamps, [BANS])
    assert (given.names, given.reason) == (("scrap",), None)
    assert codebook_in_use(BriefingInfo(title="Who bans?"), stamps, []).names[0] == "ban"
    kept = codebook_in_use(ferry, stamps, [BANS])
    assert (kept.shipped_name, kept.reason) == ("sides", "chosen when its articles were annotated")
    assert codebook_in_use(ferry, ["0123abcd"], [BANS]).shipped_name == MEASURED
    assert codebook_in_use(BriefingInfo(title="The ferry", codebook=()), (), [BANS]) == choose(
        "The ferry", None, [BANS]
    )


@pytest.mark.parametrize(
    ("name", "stamp", "expected"),
    [
        ("rules", "sides@{}", False),
        ("rules", "{}", False),
        ("rules", "sides@00000000", True),
        ("rules", None, True),
        ("somebody", None, False),
    ],
)
def test_stances_are_older_where_the_digest_is_another(
    name: str, stamp: str | None, expected: bool
) -> None:
    sides = shipped("sides")
    noted = stamp.format(sides.digest) if stamp else None
    annotator = Annotator(name=name, version=1, digest="", codebook=noted)
    assert is_older(annotator, sides.digest) is expected
    assert is_older(None, sides.digest) is False


@pytest.mark.parametrize("unit", ["ban ", "banban", "keep ", "\u0130", "vote "])
def test_choosing_is_bounded_however_long_the_texts_are(unit: str) -> None:
    text = unit * (4_000_000 // len(unit))
    start = time.process_time()
    choose(text, text, [text] * 100)
    assert time.process_time() - start < 3
