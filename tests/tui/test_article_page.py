"""The page of an article: what its offsets mean where characters are left out or added."""

from __future__ import annotations

from briefing.model import Article, Chunk, Link, Mention, Quote, Source, Speaker
from briefing.tui.reader.article_page import compose_page
from briefing.tui.reader.margin import Margin
from briefing.tui.reader.page_lines import PageLines

WORDS = "\ufeffThe Pol\u00adish min\u200bister, quoted:\t“No sup\u00adplier goes”\u200b\u2060."


def test_a_span_of_the_page_has_the_words_of_the_chunk_without_what_is_hidden() -> None:
    start, end = WORDS.index("No"), WORDS.index("”")
    named, over = WORDS.index("Pol"), WORDS.index(" min")
    quote = Quote(id="q-1", kind="direct", start=start, end=end, exact=WORDS[start:end], rule="r")
    chunk = Chunk(
        id="c1",
        role="body",
        text=WORDS,
        quotes=(quote,),
        mentions=(Mention(code="PL", start=named, end=over),),
        links=(Link(start=named, end=over, url="https://example.org"),),
    )
    source = Source(file="originals/a.txt", media_type="text/plain", sha256="0" * 64, added="")
    page = compose_page(Article(id="a", source=source, chunks=(chunk,)), country="PL")
    assert page.text.startswith("The Polish¹ minister, quoted: “No supplier goes”.")
    spans = [page.text[stop.start : stop.end] for stop in page.marks("c1").stops]
    assert spans == ["Polish", "Polish", "No supplier goes"]
    shown = page.span("c1", start, end)
    assert shown is not None
    assert page.text[slice(*shown)] == "“No supplier goes”"


def _article(blocks: int, speaker: Speaker | None = None) -> Article:
    words = "“Ships wait here,” said Ana Lin of Norport."
    quote = Quote(
        id="q", kind="direct", start=0, end=18, exact=words[:18], rule="r", speaker=speaker
    )
    source = Source(file="originals/a.txt", media_type="text/plain", sha256="0" * 64, added="")
    chunks = (
        Chunk(id=f"c{n}", role="body", text=words, quotes=(quote,) if n % 2 else ())
        for n in range(blocks)
    )
    return Article(id="a", source=source, chunks=tuple(chunks))


def test_the_stop_beside_a_place_is_found_in_other_blocks_and_none_behind_the_last() -> None:
    page = compose_page(_article(6))
    first, *_, last = (stop for block in page.blocks for stop in page.marks(block.chunk).stops)
    assert page.stop_beside(0, -1, 1) == first
    assert page.stop_beside(first.start, first.end, 1).chunk == "c3"
    assert page.stop_beside(last.start, last.end, -1).chunk == "c3"
    assert page.stop_beside(last.start, last.end, 1) is None
    assert page.stop_beside(first.start, first.end, -1) is None
    assert page.stops_at(first.start) == [first]
    assert page.stops_at(0) == []


def test_the_margin_of_a_long_article_stands_beside_each_quote_wherever_one_looks_first() -> None:
    article = _article(200)
    page = compose_page(article)
    lines = PageLines(page, 90)
    margin = Margin(article, page, lines, (), 30)
    assert margin.end == len(lines) + 1  # The rule stands below the last who speaks.
    for number in (199, 1, 100):
        here = lines.line_of(page.by_chunk[f"c{number - number % 2 + 1}"].start)
        assert [piece.text for piece in margin.line(here)][1] == "speaker not stated"
    beside = [number for number in range(len(lines)) if len(margin.line(number)) > 2]
    starts = [lines.line_of(page.by_chunk[f"c{number}"].start) for number in range(1, 200, 2)]
    assert beside == starts


def test_a_long_role_wraps_in_the_margin_where_there_is_room_below_who_speaks() -> None:
    speaker = Speaker(name="Ana Lin", role="minister for ports and ferries", type="named")

    def beside(blocks: int, width: int) -> list[str]:
        article = _article(blocks, speaker)
        page = compose_page(article)
        margin = Margin(article, page, PageLines(page, 90), (), width)
        told = [margin.line(number) for number in range(margin.end)]
        return ["".join(piece.text for piece in line).strip() for line in told if line]

    assert beside(2, 24) == ["▌ Ana Lin", "minister for ports and", "ferries", "r"]
    assert beside(4, 16)[:3] == ["▌ Ana Lin", "minister for…", "r"]
