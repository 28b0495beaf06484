"""Annotations are those of the article with its edits applied."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.content.articles import encode_article, read_article
from briefing.library import Library
from briefing.model import Anchor, Article, Chunk, Edit, Role, Speaker

SAID = "“The quay is ours,” said Ana Lin, the Dutch transport minister."


@pytest.fixture
def library(tmp_path: Path, story: Path) -> Library:
    opened = Library.open(tmp_path / "library", create=True)
    text = story.read_text("utf-8") + "\nSign up for our newsletter today. " + SAID + "\n"
    story.write_text(text, "utf-8")
    opened.add([story], to="ports")
    return opened


def only(library: Library) -> Article:
    (article,) = library.briefing("ports").articles
    return article


def holding(library: Library, words: str) -> Chunk:
    return next(chunk for chunk in only(library).chunks if words in chunk.text)


def set_role(library: Library, name: str, words: str, role: Role) -> None:
    anchor = Anchor(article=only(library).id, exact=words)
    library.editing.store("ports", Edit(id=name, kind="set-role", anchor=anchor, role=role))


def test_a_restored_block_is_annotated_at_once_and_everywhere(library: Library) -> None:
    library.refresh()
    set_role(library, "e1", "newsletter today", "boilerplate")
    assert not holding(library, "newsletter").quotes
    assert "The quay is ours," not in library.export("ports").text
    stored = read_article(next((library.content / "ports").glob("h*.yaml")))
    set_role(library, "e2", "newsletter today", "body")
    (quote,) = holding(library, "newsletter").quotes
    assert quote.exact == "The quay is ours,"
    assert quote.speaker is not None
    assert quote.speaker.name == "Ana Lin"
    shown = [row.quote for row in library.panels("ports").quotes]
    assert quote in shown
    assert quote.exact in library.export("ports").text
    assert library.search("speaker:lin quay").total_chunks
    assert library.explain("ports", stored.id, quote.id).quote == quote
    assert read_article(next((library.content / "ports").glob("h*.yaml"))) == stored
    library.editing.withdraw("ports", "e2")
    assert not holding(library, "newsletter").quotes


def test_an_edit_of_a_quote_in_a_restored_block_holds(library: Library) -> None:
    chunk = holding(library, "newsletter")
    if chunk.role == "body":
        set_role(library, "e0", "newsletter today", "unrelated")
    set_role(library, "e1", "newsletter today", "body")
    anchor = Anchor(article=only(library).id, exact="The quay is ours,")
    speaker = Speaker(name="Tom Reed", type="named")
    library.editing.store(
        "ports", Edit(id="e2", kind="set-speaker", anchor=anchor, speaker=speaker)
    )
    (quote,) = holding(library, "newsletter").quotes
    assert quote.speaker == speaker
    assert not library.briefing("ports").orphans
    assert not [problem for problem in library.check("ports") if "edit" in problem.message]


def test_annotations_changed_by_hand_outside_the_restored_block_stay(library: Library) -> None:
    path = next((library.content / "ports").glob("h*.yaml"))
    article = read_article(path)
    mine = tuple(
        replace(chunk, citations=()) if "Financial Times" in chunk.text else chunk
        for chunk in article.chunks
    )
    path.write_bytes(encode_article(replace(article, chunks=mine)))
    assert not holding(library, "Financial Times").citations
    set_role(library, "e1", "newsletter today", "unrelated")
    set_role(library, "e2", "four hundred metres", "unrelated")
    assert not holding(library, "Financial Times").citations
