from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.english.marks import find_marked


def stretches(*paragraphs: str) -> list[list[str]]:
    return [
        [text[one.start : one.end] for one in row]
        for text, row in zip(paragraphs, find_marked(paragraphs), strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“It leaked,” Marsh said.",
        '"It leaked," Marsh said.',
        "''It leaked,'' Marsh said.",
        "``It leaked,'' Marsh said.",
        "‘It leaked,’ Marsh said.",
        "'It leaked,' Marsh said.",
        "« It leaked, » Marsh said.",
        "„It leaked,“ Marsh said.",
        "”It leaked,” Marsh said.",
        "“It leaked,“ Marsh said.",
        '“It leaked," Marsh said.',
        "「It leaked,」 Marsh said.",
        "『It leaked,』 Marsh said.",
        "〝It leaked,〟 Marsh said.",
        "‹It leaked,› Marsh said.",
        "›It leaked,‹ Marsh said.",
        "‚It leaked,‘ Marsh said.",
        "❝It leaked,❞ Marsh said.",
    ],
)
def test_every_kind_of_mark_opens_and_closes_a_stretch(text: str) -> None:
    assert stretches(text) == [["It leaked,"]]


def test_marks_inside_a_stretch_stay_part_of_it() -> None:
    assert stretches("“He yelled ‘run’ twice,” Marsh said.") == [["He yelled ‘run’ twice,"]]


def test_a_stretch_left_open_ends_with_its_paragraph_and_tells_so() -> None:
    text = "“It leaked and nobody came."
    (one,) = find_marked([text])[0]
    assert (text[one.start : one.end], one.closed) == ("It leaked and nobody came.", False)


def test_a_second_opening_mark_ends_a_stretch_whose_closing_mark_was_forgotten() -> None:
    assert stretches('"It leaked, he said. "Nobody came," he said.') == [
        ["It leaked, he said.", "Nobody came,"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Lin stands 6'2\" tall and owns a 12-inch record.",
        "The workers' boss liked rock 'n' roll in the '90s.",
        "Don't get 'em wrong, it's the nurses' ward.",
        '<a href="page" title="name">link</a>',
        "No marks at all.",
        "Ports › Tarn ›News and ‹Oster",
        "“”",
    ],
)
def test_feet_inches_apostrophes_and_attributes_are_no_marks(text: str) -> None:
    assert stretches(text) == [[]]


def test_a_plural_possessive_does_not_close_single_marks() -> None:
    assert stretches("'The workers' rights are gone,' he said.") == [
        ["The workers' rights are gone,"]
    ]


def test_a_single_mark_left_open_counts_where_the_next_paragraph_opens_with_it() -> None:
    assert stretches("‘It leaked.", "‘Nobody came,’ he said.") == [["It leaked."], ["Nobody came,"]]
    assert stretches("‘It leaked.", "Nobody came.") == [[], []]


@given(st.lists(st.text(alphabet=st.sampled_from("ab '\"“”‘’«».,\n`1s"), max_size=60), max_size=4))
def test_stretches_lie_inside_their_paragraph_in_order_and_apart(paragraphs: list[str]) -> None:
    for text, row in zip(paragraphs, find_marked(paragraphs), strict=True):
        edge = 0
        for one in row:
            assert edge <= one.outer_start <= one.start <= one.end <= one.outer_end <= len(text)
            edge = one.outer_end


def test_marks_of_japanese_neither_close_others_nor_are_closed_by_them() -> None:
    assert stretches("“He wrote 「go」 twice,” Marsh said.") == [["He wrote 「go」 twice,"]]
    assert stretches("He wrote 「go “now”」 and left.") == [["go “now”"]]
    assert stretches("«He wrote ‹go› twice,» she said.") == [["He wrote ‹go› twice,"]]
