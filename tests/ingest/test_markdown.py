import pytest

from briefing.ingest import to_article
from briefing.model import Article, Chunk


def read(text: str, name: str = "a.md") -> Article:
    return to_article(text.encode(), name=name, added="2026-01-01T00:00:00Z")


def links(chunk: Chunk) -> list[tuple[str, str | None]]:
    return [(chunk.text[link.start : link.end], link.url) for link in chunk.links]


def test_the_label_of_a_link_stays_in_the_text_with_its_address():
    chunk = read('The [harbour plan](https://example.org/plan_(1) "t") was read aloud.').chunks[0]
    assert chunk.text == "The harbour plan was read aloud."
    assert links(chunk) == [("harbour plan", "https://example.org/plan_(1)")]


@pytest.mark.parametrize(
    "target",
    ["#", "", "#top", "javascript:void(0)", "mailto:a@example.org", "/plan", "ftp://a.org/x"],
)
def test_a_link_that_leads_nowhere_on_the_web_keeps_its_place_without_address(target):
    chunk = read(f"The [harbour plan]({target}) was read aloud.", "a.txt").chunks[0]
    assert chunk.text == "The harbour plan was read aloud."
    assert links(chunk) == [("harbour plan", None)]


def test_brackets_that_are_no_link_stay():
    text = "The pilot [sic] said [in Danish](so it was) that [t]he plan [1] was [his]."
    assert read(text).chunks[0].text == text
    assert read(text).chunks[0].links == ()


def test_a_label_with_brackets_inside_is_one_link():
    chunk = read("See [the [old] plan](https://example.org/a) and wait for news.").chunks[0]
    assert links(chunk) == [("the [old] plan", "https://example.org/a")]


def test_links_by_reference_and_in_angle_brackets_are_links():
    text = (
        "See [the plan][1], [Notes] and <https://example.org/c> for more of this.\n\n"
        '[1]: https://example.org/a\n[notes]: <https://example.org/b> "Notes"\n'
    )
    article = read(text)
    assert [chunk.text for chunk in article.chunks] == [
        "See the plan, Notes and https://example.org/c for more of this."
    ]
    assert links(article.chunks[0]) == [
        ("the plan", "https://example.org/a"),
        ("Notes", "https://example.org/b"),
        ("https://example.org/c", "https://example.org/c"),
    ]


def test_escapes_entities_and_emphasis_are_undone_and_arithmetic_is_not():
    text = "It *costs* \\$60 &amp; __more__ \\[now\\]: 2 * 3 * 4, snake_case_name, *a, ** and R&D."
    assert read(text).chunks[0].text == (
        "It costs $60 & more [now]: 2 * 3 * 4, snake_case_name, *a, ** and R&D."
    )


def test_escapes_in_a_plain_text_are_undone_only_where_it_shows_remnants_of_markdown():
    plain = "The path is C:\\*.txt and the price \\$60, the *pilot* said."
    assert read(plain, "a.txt").chunks[0].text == plain
    remnant = "The [price](#) is \\$60, the pilot said."
    assert read(remnant, "a.txt").chunks[0].text == "The price is $60, the pilot said."


def test_a_bracketed_note_and_the_links_around_it_are_told_apart():
    text = (
        "Harbour towns push back on the new fees\n\n[Northern Courier, Feb 3, 2021](#)\n\n"
        "[The fees hit small towns most, and [some](#) have sued. We have followed it.]\n\n"
        "KIEL—The towns along the coast will not pay the new fees, their mayors said on Tuesday."
    )
    article = read(text, "a.txt")
    assert [(chunk.role, chunk.reason) for chunk in article.chunks] == [
        ("heading", "headline"),
        ("boilerplate", "source_line"),
        ("editor-note", "bracketed_note"),
        ("body", None),
    ]
    assert article.chunks[1].text == "Northern Courier, Feb 3, 2021"
    assert article.chunks[3].text.startswith("KIEL—The towns")


def test_headings_items_quotes_and_pictures_are_blocks_without_their_marks():
    text = (
        "# A new harbour\n\nThe harbour opens in spring, the mayor said on Monday.\n"
        "Pilots wait.\n\n"
        "## Money\n- pay for *pilots*\n- cranes\n\n> We wait,\n> and we see.\n\n"
        "![A crane](crane.jpg)\n\nTitle below\n-----------\n\nIt costs a lot, they said.\n\n***\n"
    )
    assert [(chunk.role, chunk.section, chunk.text) for chunk in read(text).chunks] == [
        ("heading", None, "A new harbour"),
        ("body", None, "The harbour opens in spring, the mayor said on Monday.\nPilots wait."),
        ("heading", None, "Money"),
        ("body", "Money", "- pay for pilots"),
        ("body", "Money", "- cranes"),
        ("body", "Money", "We wait,\nand we see."),
        ("caption", None, "A crane"),
        ("heading", None, "Title below"),
        ("body", "Title below", "It costs a lot, they said."),
    ]


def test_code_is_left_as_it_is():
    text = "Run this to see the *plan*, the pilot said:\n\n```\na = [b](c) * 2\n```\n"
    assert read(text).chunks[1].text == "```\na = [b](c) * 2\n```"


FRONT = """---
title: "Ports: a new start"
author:
- Jane Doe
- "Max Roe"
date: 2021-03-04 10:00:00
publisher: Harbour Weekly
source: https://example.org/ports
lang: en-GB
---
The ports agreed on Monday, officials said.
"""


def test_front_matter_is_read_as_metadata_and_kept_as_a_chunk():
    article = read(FRONT)
    assert (article.headline, article.publisher) == ("Ports: a new start", "Harbour Weekly")
    assert article.authors == ("Jane Doe", "Max Roe")
    assert article.date is not None
    assert (article.date.value, article.date.basis) == ("2021-03-04", "metadata")
    assert (article.url, article.language) == ("https://example.org/ports", "en")
    assert article.id == "harbour-weekly-2021-03-04"
    assert (article.chunks[0].role, article.chunks[0].reason) == ("boilerplate", "front_matter")
    assert article.chunks[1].text == "The ports agreed on Monday, officials said."


def test_a_rule_at_the_top_without_entries_is_no_front_matter():
    assert [
        chunk.text for chunk in read("---\n\nThe ports agreed, they said.\n\n---\n").chunks
    ] == ["The ports agreed, they said."]


def test_a_bold_opening_is_a_label_and_a_bold_line_a_heading():
    text = (
        "**What now?** The ports wait for the ministry, a pilot said.\n\n**The cranes**\n\n"
        "They are too high for the quay, he said.\n"
    )
    assert [(chunk.role, chunk.section) for chunk in read(text).chunks] == [
        ("body", "What now?"),
        ("heading", None),
        ("body", "The cranes"),
    ]
