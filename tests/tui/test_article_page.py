"""The page of an article: what its offsets mean where characters are left out or added."""

from __future__ import annotations

from briefing.model import Article, Chunk, Link, Mention, Quote, Source
from briefing.tui.reader.article_page import compose_page

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
