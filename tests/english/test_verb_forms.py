from __future__ import annotations

import pytest

from briefing.english.lexicon import read_lexicon
from briefing.english.verb_forms import (
    BASE,
    ING,
    NOUN_TOO,
    PARTICIPLE,
    PAST,
    THIRD,
    forms_of,
    verb_form,
)


@pytest.mark.parametrize(
    ("word", "lemma", "forms"),
    [
        ("banned", "ban", PAST | PARTICIPLE),
        ("bans", "ban", THIRD | NOUN_TOO),
        ("chose", "choose", PAST),
        ("chosen", "choose", PARTICIPLE),
        ("cut", "cut", BASE | PAST | PARTICIPLE | NOUN_TOO),
        ("vetoes", "veto", THIRD),
        ("re-elected", "re-elect", PAST | PARTICIPLE),
        # no list has these
        ("circumnavigated", "circumnavigate", PAST | PARTICIPLE),
        ("gobbled", "gobble", PAST | PARTICIPLE),
        ("quizzed", "quizz", PAST | PARTICIPLE),
        ("unplugging", "unplug", ING),
        ("glooping", "gloop", ING | NOUN_TOO),
        ("scurried", "scurry", PAST | PARTICIPLE),
    ],
)
def test_a_form_has_a_lemma_and_all_it_can_be(word: str, lemma: str, forms: int) -> None:
    assert verb_form(word) == (lemma, forms)


@pytest.mark.parametrize(
    "word", ["hundred", "unnamed", "need-blind", "ring", "speed-fed", "table", "greed", "king", ""]
)
def test_other_words_are_no_verbs(word: str) -> None:
    known = verb_form(word)
    assert known is None or word == "ring"


def test_every_form_of_a_lemma() -> None:
    assert forms_of("choose") == {"choose", "chooses", "chose", "chosen", "choosing"}
    assert forms_of("gloop") >= {"gloop", "gloops", "glooped", "glooping"}


def test_no_verb_is_listed_twice() -> None:
    lexicon = read_lexicon("english", "verbs")
    for sections in (("regular", "doubling", "irregular"), ("noun_too",), ("adjective",)):
        words = [word.partition("/")[0] for title in sections for word in lexicon[title]]
        assert sorted(words) == sorted(set(words))
