"""What an analyst's codebook comes to: stances, their cues and their opposites."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.codebooks import BOOKS, Codebook, CodebookError, resolve, shipped
from briefing.model import StanceSpec


def pairs(codebook: Codebook) -> list[tuple[str, str | None]]:
    return [(stance.name, stance.opposite) for stance in codebook.stances]


def cues(codebook: Codebook, name: str) -> tuple[str, ...]:
    return next(stance.cues for stance in codebook.stances if stance.name == name)


def test_the_shipped_books_have_these_stances() -> None:
    assert pairs(shipped("sides")) == [
        ("support", "oppose"),
        ("oppose", "support"),
        ("undecided", None),
        ("abstain", None),
    ]
    assert pairs(shipped("measures")) == [
        ("ban", "allow"),
        ("restrict", "allow"),
        ("allow", "ban"),
        ("undecided", None),
        ("pressure", None),
    ]
    assert cues(shipped("sides"), "undecided") == cues(shipped("measures"), "undecided")
    assert len(shipped("acts").names) >= 2
    with pytest.raises(KeyError):
        shipped("others")


@pytest.mark.parametrize("book", BOOKS)
def test_a_shipped_book_is_what_an_analyst_may_write(book: str) -> None:
    written = {
        stance.name: StanceSpec(cues=stance.cues, opposite=stance.opposite)
        for stance in shipped(book).stances
    }
    assert resolve(written).stances == shipped(book).stances


def test_a_list_of_the_stances_of_a_book_is_the_book() -> None:
    assert resolve(("ban", "restrict", "allow", "undecided", "pressure")) == shipped("measures")
    assert resolve("measures").stamp == f"measures@{shipped('measures').digest}"


def test_a_word_of_a_shipped_book_brings_its_cues_and_only_listed_opposites() -> None:
    codebook = resolve(("Ban", "scrap"))
    assert pairs(codebook) == [("Ban", None), ("scrap", None)]
    assert cues(codebook, "Ban") == cues(shipped("measures"), "ban")
    assert cues(codebook, "scrap") == ("scrap",)
    assert (codebook.books, codebook.shipped_name) == (("measures",), None)
    assert codebook.stamp == codebook.digest
    assert pairs(resolve(("allow", "BAN"))) == [("allow", "BAN"), ("BAN", "allow")]


@pytest.mark.parametrize(
    "value", [("to levy", "a levy"), StanceSpec(cues=(" To  levy", "a levy", "to levy"))]
)
def test_own_cues_stand_alone_once_and_in_small_letters(value: Any) -> None:
    codebook = resolve({"ban": value})
    assert cues(codebook, "ban") == ("to levy", "a levy")
    assert codebook.books == ()


def test_an_opposite_holds_both_ways() -> None:
    codebook = resolve({"levy": StanceSpec(opposite=" Waive"), "Waive": ("to waive",), "cut": None})
    assert pairs(codebook) == [("levy", "Waive"), ("Waive", "levy"), ("cut", None)]
    assert pairs(resolve(({"levy": StanceSpec(opposite="allow")}, "measures")))[:2] == [
        ("levy", "allow"),
        ("ban", "allow"),
    ]


def test_of_joined_books_the_first_stance_and_the_first_cue_hold() -> None:
    mine = {"ban": ("to axe", "to curb"), "ease": ("to ban/bans/banned/banned/banning",)}
    codebook = resolve((mine, "measures"))
    assert codebook.names == ("ban", "ease", "restrict", "allow", "undecided", "pressure")
    assert cues(codebook, "ban") == ("to axe", "to curb")
    assert "to curb" not in cues(codebook, "restrict")
    assert codebook.books == ("measures",)
    assert resolve(("sides", "measures")).names[:4] == shipped("sides").names


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        ("moratorium", {"a moratorium"}),
        ("Boycott", {"to boycott", "a boycott"}),
        ("blacklist", {"to blacklist", "a blacklist"}),
        ("veto", {"to veto"}),
    ],
)
def test_a_word_made_a_stance_is_a_cue_of_no_shipped_one(word: str, taken: set[str]) -> None:
    for spec in ((word, "ban"), ("ban", word), ("measures", word), ("ban", {word: None})):
        codebook = resolve(spec)
        assert cues(codebook, word) == (word.lower(),)
        assert set(cues(shipped("measures"), "ban")) - set(cues(codebook, "ban")) == taken


def test_nothing_in_a_cue_is_a_pattern_or_markup() -> None:
    odd = ("(a+)+$", "<b>ban</b>", "[red]ban[/]", ".*", "%s {0} \\d")
    assert cues(resolve({"x": odd}), "x") == odd


@pytest.mark.parametrize(
    ("spec", "message", "steps"),
    [
        (("ban", " "), "a stance is empty", (1,)),
        ({"a": ("to b", "a ...")}, "the cue 'a ...' has no word beside its marker", ("a", 1)),
        ({"a": StanceSpec(cues=("b\u202e",))}, "a cue has control characters", ("a", "cues", 0)),
        ((("ban"), {"a": ("x" * 201,)}), "a cue is longer than 200 characters", (1, "a", 0)),
    ],
)
def test_what_is_wrong_is_said_with_its_place(spec: Any, message: str, steps: Any) -> None:
    with pytest.raises(CodebookError) as caught:
        resolve(spec)
    assert (caught.value.message, caught.value.steps) == (message, steps)


@pytest.mark.parametrize("size", [3, 4, 4_999])
def test_a_cycle_of_opposites_is_refused(size: int) -> None:
    names = [f"w{number}" for number in range(size)]
    spec = {name: StanceSpec(opposite=names[number - 1]) for number, name in enumerate(names)}
    with pytest.raises(CodebookError, match="opposites go round: w0 →"):
        resolve(spec)


def test_five_thousand_cues_are_read_in_linear_time() -> None:
    spec = {"a": tuple(f"to verb{number} ... out" for number in range(5_000))}
    start = time.process_time()
    codebook = resolve(spec)
    assert time.process_time() - start < 1
    assert len(cues(codebook, "a")) == 5_000
    with pytest.raises(CodebookError, match="more than 5,000 cues"):
        resolve({**spec, "b": None})


NAME = st.text("abW é", max_size=3).map("w".__add__)
VALUE = st.none() | st.lists(NAME, max_size=3).map(tuple)
SPEC = st.lists(
    NAME | st.sampled_from(BOOKS) | st.dictionaries(NAME, VALUE, max_size=3), max_size=4
)


@given(SPEC)
def test_a_codebook_is_hashable_and_its_digest_tells_it_apart(spec: Any) -> None:
    codebook = resolve(tuple(spec))
    assert hash(codebook) == hash(resolve(tuple(spec)))
    names = [name.casefold() for name in codebook.names]
    assert len(set(names)) == len(names)
    every = [cue for stance in codebook.stances for cue in stance.cues]
    assert len(set(every)) == len(every)
    more = resolve((*spec, "zzz"))
    assert more.digest != codebook.digest
    for stance in codebook.stances:
        assert stance.opposite is None or stance.opposite in codebook.names
