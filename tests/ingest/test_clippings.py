"""Notes that a web clipper saved: whose words are the article's, and whose the reader's."""

from briefing.ingest import NewArticle, to_articles
from briefing.ingest.blocks import Marking
from briefing.model import Evidence, PublicationDate

HEAD = """---
title: "Verland weighs a \\"narrow\\" ban: what it means"
source: "https://www.northcourier.example/verland-ban"
site: 'The North Courier''s desk'
author:
  - "[[Lena Okafor]]"
  - "[[people/uli|Uli Brandt]]"
published: 2024-10-10
created: 2024-10-15
description: >-
  Ministers met for hours,
  and agreed: little.
tags: [clippings, 5g, "ports, and rails"]
---
"""


def clip(text: str, name: str = "clip.md") -> NewArticle:
    (made,) = to_articles(text.encode(), name=name, added="2026-01-01T00:00:00Z").articles
    return made


def texts(made: NewArticle) -> list[str]:
    return [chunk.text for chunk in made.article.chunks]


def test_what_the_front_matter_of_a_clipping_states_names_its_key():
    article = clip(f"{HEAD}The port stays open, the ministry said.\n").article
    assert article.headline == 'Verland weighs a "narrow" ban: what it means'
    assert article.publisher == "The North Courier's desk"
    assert article.authors == ("Lena Okafor", "Uli Brandt")
    assert article.url == "https://www.northcourier.example/verland-ban"
    stated = article.evidence
    shown = [each and each.place for each in (stated.headline, stated.authors, stated.url)]
    assert shown == ["front matter title", "front matter author", "front matter source"]
    assert article.date == PublicationDate(
        value="2024-10-10",
        precision="day",
        basis="metadata",
        evidence=Evidence(exact="2024-10-10", place="front matter published"),
    )


def test_the_day_of_clipping_is_no_date_of_the_article():
    made = clip("---\ntitle: A quay\ncreated: 2024-10-15\nupdated: 2024-10-16\n---\nIt rained.\n")
    assert (made.article.date, made.article.updated) == (None, None)


def test_tags_of_the_front_matter_mark_the_article_but_for_that_of_the_tool():
    made = clip(f"{HEAD}The port stays open.\n")
    assert made.marks == (Marking(tag="5g"), Marking(tag="ports, and rails"))


def test_a_highlight_is_marked_at_its_own_place():
    made = clip("The lock stays shut. The ==lock== stays ==**firmly** shut==, she said.\n")
    text = "The lock stays shut. The lock stays firmly shut, she said."
    assert texts(made) == [text]
    assert made.marks == (
        Marking("lock", prefix=text[:25], suffix=" stays firmly shut, she said."),
        Marking("firmly shut", prefix=text[4:36], suffix=", she said."),
    )


def test_callouts_and_comments_are_notes_beside_the_text_above_them():
    made = clip(
        "%%why this one?%%\n\nThe quay is long. %%measure it%% The lock is short.\n\n"
        "> [!warning]- Check\n> It was longer in May.\n\n"
        "%%Two\n\nparagraphs%%\n\nIt rained.\n"
    )
    quay = "The quay is long. The lock is short."
    assert [(c.role, c.reason, c.text) for c in made.article.chunks] == [
        ("boilerplate", "reader_note", "why this one?"),
        ("body", None, quay),
        ("boilerplate", "reader_note", "measure it"),
        ("boilerplate", "reader_note", "[!warning]- Check\nIt was longer in May."),
        ("boilerplate", "reader_note", "Two paragraphs"),
        ("body", None, "It rained."),
    ]
    assert made.marks == (
        Marking(note="why this one?"),
        Marking(quay, note="measure it"),
        Marking(quay, note="Check\nIt was longer in May."),
        Marking(quay, note="Two paragraphs"),
    )


def test_links_to_other_notes_are_plain_words_and_ids_of_blocks_go():
    made = clip(
        "[[Mara Steen]] met [[people/uli|the minister]] [[1]](https://a.example/1). ^a1b2\n\n"
        "![[chart.png|300]]\n\n![[map.png|The two harbours]]\n\n^table-1\n"
    )
    assert texts(made) == ["Mara Steen met the minister [1].", "The two harbours"]
    assert [c.role for c in made.article.chunks] == ["body", "caption"]


def test_marks_of_obsidian_in_code_and_in_plain_text_are_words():
    code = "```\n%% Section [[1]]\nx = 2 ^a\n%% End\n```"
    assert texts(clip(f"It runs.\n\n{code}\n")) == ["It runs.", code]
    plain = "The [[sic]] is theirs, and 5 %% of 10 %% is little. ^a"
    assert texts(clip(plain, "note.txt")) == [plain]


def test_hostile_front_matter_is_kept_as_text_and_states_nothing_else():
    front = "---\ntitle: &a !!python/object:os.system [*a, *a]\nx: {{{{[[[[\n---"
    made = clip(f"{front}\nIt rained.\n")
    assert texts(made) == [front, "It rained."]
    assert made.article.headline == "&a !!python/object:os.system [*a, *a]"


def test_the_description_that_a_clipper_quotes_on_top_is_a_standfirst():
    text = "# Kell keeps its lock\n\n> ## Excerpt\n> It stays open, the ministry said.\n\n---\n"
    made = clip(f"{text}The lock of Kell stays open, the ministry said on Monday in a statement.\n")
    assert [(chunk.role, chunk.text) for chunk in made.article.chunks][:2] == [
        ("heading", "Kell keeps its lock"),
        ("standfirst", "It stays open, the ministry said."),
    ]
