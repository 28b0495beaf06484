"""Lines of the reader in scripts of every width: what is under the mouse, and what stays whole."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.model import Article, Chunk, Mention, Source
from briefing.tui.kit.text_lines import length
from briefing.tui.reader.article_page import Page, compose_page
from briefing.tui.reader.page_lines import Highlight, PageLines
from briefing.tui.reader.selectable import select


def page_of(words: str, **annotations: Any) -> Page:
    source = Source(file="originals/a.txt", media_type="text/plain", sha256="0" * 64, added="")
    chunk = Chunk(id="c1", role="body", text=words, **annotations)
    return compose_page(Article(id="a", source=source, chunks=(chunk,)))


@pytest.mark.parametrize(
    ("words", "cell", "under"),
    [
        ("日本の首相は語った", 5, "の"),
        ("The 👩\u200d🚀 said no", 7, "s"),
        ("The 👩\u200d🚀 said no", 5, "👩"),
        ("Zoe\u0301 Mu\u0308ller", 4, "M"),
        ("ｱｲｳ東京", 4, "東"),
        ("no more", 30, None),
    ],
)
def test_the_mouse_finds_the_character_that_is_seen(words: str, cell: int, under: str) -> None:
    page = page_of(words)
    lines = PageLines(page, 40)
    number = lines.line_of(page.blocks[0].start)
    found = lines.offset_at(number, cell)
    assert (None if found < 0 else page.text[found]) == under


def test_a_span_that_ends_within_a_joined_sign_does_not_part_it() -> None:
    words = "Berlin 👩\u200d🚀 e\u0301lan"
    page = page_of(words, mentions=(Mention(code="DE", start=0, end=8),))
    start = page.blocks[0].start
    lines = PageLines(page, 40)
    pieces = lines.line(lines.line_of(start), [Highlight(start + 9, start + 12, "mark")])
    assert "".join(piece.text for piece in pieces) == words
    assert length(pieces) == len("Berlin ") + 2 + len(" elan")


def test_the_line_below_is_reached_where_it_is_seen() -> None:
    page = page_of("日本の首相は語った。Only ten more words stand here below them")
    lines = PageLines(page, 22)
    block = page.blocks[0]
    first = block.start + page.text[block.start :].index("首")
    below = select(page, block, first, first + 1)
    assert below is not None
    start, end = below.span
    assert page.text[start:end] == "首"
    start, end = below.moved_by_line(lines, 1).collapsed().span
    assert lines.cells_before(first) == 6
    assert lines.cells_before(start) <= 6 <= lines.cells_before(end)


@pytest.mark.parametrize(
    ("words", "selected"),
    [("日本政府は禁止した", "政"), ("は\u3099んごう", "は\u3099"), ("Tokyo政府said", "政")],
)
def test_where_no_blanks_part_words_each_character_is_selected_alone(
    words: str, selected: str
) -> None:
    page = page_of(words)
    block = page.blocks[0]
    at = block.start + words.index(selected)
    found = select(page, block, at, at + 1)
    assert found is not None
    assert page.text[slice(*found.span)] == selected
