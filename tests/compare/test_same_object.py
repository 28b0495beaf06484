"""Which words for the object of a position mean the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.compare.same_words import join_objects


def test_case_articles_number_and_genitive_make_no_difference() -> None:
    masts = ["the Fjordnet mast", "Fjordnet’s masts", "FJORDNET MAST", "masts of Fjordnet"]
    assert set(join_objects(masts).values()) == {"the Fjordnet mast"}


def test_a_name_takes_in_all_that_holds_it() -> None:
    joined = join_objects(["Fjordnet", "Fjordnet equipment", "phones of Fjordnet", "oil"])
    assert joined == {
        "Fjordnet": "Fjordnet",
        "Fjordnet equipment": "Fjordnet",
        "phones of Fjordnet": "Fjordnet",
        "oil": "oil",
    }


def test_a_common_noun_takes_in_one_longer_object_and_leaves_several_apart() -> None:
    assert join_objects(["tax", "ferry tax"])["ferry tax"] == "tax"
    apart = join_objects(["tax", "ferry tax", "income tax"])
    assert apart == {"tax": "tax", "ferry tax": "ferry tax", "income tax": "income tax"}


def test_the_most_frequent_wording_stands_for_all() -> None:
    assert join_objects(["the masts", "masts", "masts"]) == {"the masts": "masts", "masts": "masts"}


@given(st.lists(st.text(max_size=20)))
def test_every_wording_has_one_home_that_is_its_own_home(wordings: list[str]) -> None:
    joined = join_objects(wordings)
    assert joined.keys() == set(wordings)
    assert all(joined[home] == home for home in joined.values())
