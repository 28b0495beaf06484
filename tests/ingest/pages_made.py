"""Small pages and texts, made in sight, for tests of what a document states about itself."""
# ruff: noqa: E501 -- a paragraph is one line in these pages, as it is in what is saved

from briefing.ingest import to_article
from briefing.model import Article

HEADLINE = "Ferry board to choose before winter"
PARAGRAPHS = (
    (
        "Three firms would like to sail the bay again, and on Monday the ferry board of Tarn heard each"
        " of them out: the licence that it is going to give away is good for ten years."
    ),
    (
        "“We shall choose before winter,” said Rosa Rua, who chairs the board. She said that no firm had"
        " been ruled out, and that the terms would be open to all."
    ),
    (
        "Portugal, across the water, wants to read the terms first, and its transport minister wrote a"
        " letter about it that the board has not answered yet. Two firms asked for a later deadline."
    ),
    (
        "Whoever wins may sail from May next year. Both shores count on the boats: the last one stopped"
        " two summers ago, and since then a trip to the market has taken half a day by road."
    ),
)
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)


def page(
    under: str = "", *, head: str = "", title: str = f"<h1>{HEADLINE}</h1>", story: str = STORY
) -> Article:
    """Return the article of a page with `under` between its headline and its story."""
    html = (
        f'<!doctype html><html lang="en"><head><title>Bay</title>{head}'
        '<meta property="og:site_name" content="Bay Courier"></head><body>'
        f'<nav><a href="/">Home</a></nav><article>{title}{under}{story}</article>'
        "<footer><p>© 2021 Bay Courier</p></footer></body></html>"
    )
    return to_article(html.encode(), name="a.html", added="2026-01-01T00:00:00Z")


def text(source: str, name: str = "a.txt") -> Article:
    """Return the article of a text."""
    return to_article(source.encode(), name=name, added="2026-01-01T00:00:00Z")


def roles(article: Article) -> list[str]:
    """Return role and reason of every block: `boilerplate/byline`."""
    return ["/".join(filter(None, (chunk.role, chunk.reason))) for chunk in article.chunks]
