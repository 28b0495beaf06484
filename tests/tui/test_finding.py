"""Finding words in the article that is read."""

from __future__ import annotations

import pytest

from briefing.model import BriefingInfo
from briefing.tui.reader.findable import FoundSpans, find_words, folded
from briefing.tui.reader.reader import Reader

TEXT = "Brüssel waits. In BRUSSEL nobody waits. Straße, strasse, cafe\u0301 and CAFÉ."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("brussel", ["Brüssel", "BRUSSEL"]),
        ("strasse", ["Straße", "strasse"]),
        ("STRASSE, ", ["Straße, ", "strasse, "]),
        ("straße", ["Straße", "strasse"]),
        ("café", ["cafe", "CAFÉ"]),
        ("waits. in", ["waits. In"]),
        ("nowhere", []),
        (" ", []),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(words: str, found: list[str]) -> None:
    spans = find_words(folded(TEXT), words)
    assert [TEXT[start:end] for start, end in spans.within(0, len(TEXT))] == found


def test_stepping_goes_round_and_starts_where_one_reads() -> None:
    matches = FoundSpans((3, 10, 20), (5, 12, 22))
    assert matches.note() == "– of 3"
    assert matches.step(1, 11).here == (20, 22)
    assert matches.step(-1, 11).here == (10, 12)
    assert matches.nearest(21).here == (3, 5)
    assert matches.nearest(10).step(1, 0).note() == "3 of 3"
    assert matches.within(12, 20) == []
    assert matches.within(11, 21) == [(10, 12), (20, 22)]
    assert matches.at_span((20, 22)).note() == "3 of 3"
    assert matches.at_span((20, 21)).note() == "– of 3"
    many = FoundSpans(tuple(range(0, 4_000, 2)), tuple(range(1, 4_001, 2)))
    assert many.nearest(3_998).step(-1, 0).note() == "1,999 of 2,000"


@pytest.mark.parametrize("page", [(), ("z",)])
async def test_a_find_highlights_as_one_types_and_escape_ends_only_it(
    make_library, make_article, make_chunk, sit_down, page: tuple[str, ...]
) -> None:
    chunks = [make_chunk(f"c{n}", f"Paragraph {n}. " + "Cranes move. " * 30) for n in range(30)]
    chunks[20] = make_chunk("c20", "Here the Çrane stands still.")
    chunks[29] = make_chunk("c29", "No crane stands here.")
    library = make_library({"long": (BriefingInfo(title="Long"), [make_article(chunks=chunks)])})
    async with sit_down(library, briefing="long") as person:
        await person.press("h", *page, "slash", *"crane")
        assert "of 842" in person.line_with("Find in the article")
        await person.press("space", *"stand")
        assert "Find in the article · 1 of 2" in person.screen
        assert "Here the Çrane stands still." in person.screen
        await person.press("enter", "n")
        assert "2 of 2" in person.screen
        assert "No crane stands here." in person.screen
        reader = person.app.screen.query_one(Reader)
        assert reader.place.chunk == "c29"
        await person.press("N")
        assert reader.place.chunk == "c20"
        assert "1 of 2" in person.screen
        screen, top = person.app.screen, reader.top
        await person.press("escape")
        assert "1 of 2" not in person.screen
        assert (person.app.screen, person.app.focused, reader.top) == (screen, reader, top)
        await person.press("n")
        assert "No search is on." in str([each.message for each in person.app._notifications])


async def test_after_a_search_n_walks_its_matches_in_the_article(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("slash")
        await person.enter("supplier")
        await person.press("down", "enter")
        reader = person.app.screen.query_one(Reader)
        first, count = reader.place, reader.match_note
        await person.press("n")
        assert reader.place != first
        assert reader.match_note != count
        text = {chunk.id: chunk.text for chunk in reader.article.chunks}
        place = reader.place
        assert text[place.chunk][place.start : place.end] == "supplier"
