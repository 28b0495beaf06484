"""What the tests of content share: an article to vary, and where it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Article, Chunk, Quote, Source, Speaker

ORIGINAL = b"The harbour will stay open, said Ana Lin."
SAID = "“The harbour will stay open,” said Ana Lin. Nobody from Norway came."

MakeArticle = Callable[..., Article]


@pytest.fixture
def original() -> bytes:
    """Return the bytes that the article of `make_article` was made from."""
    return ORIGINAL


@pytest.fixture
def make_article() -> MakeArticle:
    """Return a function that makes a small article, with fields replaced as named."""

    def make(article_id: str = "harbour", **fields: Any) -> Article:
        quote = Quote(
            id="q1",
            kind="direct",
            start=1,
            end=28,
            exact=SAID[1:28],
            speaker=Speaker(name="Ana Lin", type="named"),
            cue="said",
            rule="said-after",
        )
        defaults: dict[str, Any] = {
            "headline": "Harbour stays open",
            "source": Source(
                file=f"originals/{article_id}.txt",
                media_type="text/plain",
                sha256=hashlib.sha256(ORIGINAL).hexdigest(),
                added="2026-11-21T20:00:00Z",
            ),
            "chunks": (Chunk(id="c1", role="body", text=SAID, quotes=(quote,)),),
        }
        return Article(id=article_id, **defaults | fields)

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the path of a briefing's folder in a library, not made yet."""
    return tmp_path / "library" / "content" / "harbours"
