"""Small pages and texts, made in sight, for tests of what a document states about itself."""
# ruff: noqa: E501 -- a paragraph is one line in these pages, as it is in what is saved

from briefing.ingest import to_article
from briefing.model import Article

HEADLINE = "Ferry board to choose before winter"
PARAGRAPHS = (
    (
        "The ferry board of Tarn met on Monday to discuss who may sail the new route across the bay, and"
        " it heard from three firms that want the licence for ten years."
    ),
    (
        "“We shall choose before winter,” said Rosa Rua, who chairs the board. She said that no firm had"
        " been ruled out, and that the terms would be open to all."
    ),
    (
        "Ministers in Portugal have asked for the draft before it is sent out, and two of the firms want"
        " more time to answer the questions that were put to them last week."
    ),
    (
        "The work is to begin in May of next year, and the towns on both sides of the bay hope that it"
        " will bring jobs to yards that have stood empty since the mills left."
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
