"""Press releases: who sends them, and what of them is the sender's furniture."""

from __future__ import annotations

import pytest

from briefing.annotate import pipeline
from briefing.ingest import to_article
from briefing.model import Article

STORY = (
    "TARN, May 4, 2021 -- Halyard Lines today announced a new ferry route from Tarn to Oster.",
    "“It brings two towns together,” said Mia Roe, chief executive of Halyard Lines.",
)


def read(*paragraphs: str, name: str = "release.txt") -> Article:
    data = "\n\n".join(paragraphs).encode()
    return pipeline.annotate(to_article(data, name=name, added="2026-01-01T00:00:00Z"))


def reasons(article: Article) -> dict[str, str | None]:
    return {chunk.text: chunk.reason for chunk in article.chunks if chunk.role == "boilerplate"}


def test_a_notice_a_contact_and_what_the_sender_says_of_itself_are_aside() -> None:
    article = read(
        "FOR IMMEDIATE RELEASE",
        "Media contact: Jo Penn",
        "+1 555 0100",
        "press@halyard.example",
        "Halyard Lines opens a route to Oster",
        *STORY,
        "About Halyard Lines",
        "Halyard Lines runs nine ferries on the coast and was founded in 1921.",
        "# # #",
    )
    assert article.headline == "Halyard Lines opens a route to Oster"
    assert [chunk.text for chunk in article.chunks if chunk.role == "body"] == list(STORY)
    assert reasons(article) == {
        "FOR IMMEDIATE RELEASE": "press_release",
        "Media contact: Jo Penn": "contact",
        "+1 555 0100": "contact",
        "press@halyard.example": "contact",
        "About Halyard Lines": "about_sender",
        "Halyard Lines runs nine ferries on the coast and was founded in 1921.": "about_sender",
        "# # #": "end_mark",
    }


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        ((), ("About Halyard Lines", "It runs nine ferries on the coast."), "About Halyard Lines"),
        ((), ("SOURCE Halyard Lines",), "SOURCE Halyard Lines"),
        (("HALYARD LINES",), (), "HALYARD LINES"),
        ((), (), "Halyard Lines"),
    ],
)
def test_the_sender_is_the_publisher(
    above: tuple[str, ...], below: tuple[str, ...], shown: str
) -> None:
    article = read(*above, "Press release", "A new route opens to Oster", *STORY, *below)
    assert (article.publisher, article.headline) == ("Halyard Lines", "A new route opens to Oster")
    evidence = article.evidence.publisher
    assert evidence is not None
    assert evidence.exact == shown
    assert shown in next(c.text for c in article.chunks if c.id == evidence.chunk)


def test_notices_references_and_notes_to_editors_are_aside() -> None:
    article = read(
        "*** EMBARGO: not for publication before 10.00 CET on Tuesday 4 May 2021 ***",
        "Press release | No: 31/2021",
        "For use on or after 4 May 2021",
        "Ministry of Ports of Norway",
        "IP/21/2345",
        "Oslo, 4 May 2021",
        "Halyard Lines opens a route to Oster",
        *STORY,
        "ENDS",
        "Notes to editors:",
        "The route takes four hours. “It is fast,” said Mia Roe.",
        "About the Company",
        "The company is old.",
    )
    assert (article.headline, article.date and article.date.value) == (
        "Halyard Lines opens a route to Oster",
        "2021-05-04",
    )
    assert article.publisher == "Ministry of Ports of Norway"
    assert list(reasons(article).values()) == [
        *(
            "press_release",
            "press_release",
            "press_release",
            "letterhead",
            "reference",
            "date_line",
        ),
        *("end_mark", "notes_to_editors", "notes_to_editors", "about_sender", "about_sender"),
    ]


def test_the_dateline_of_a_release_dates_it() -> None:
    article = read("Press release", "A new route opens to Oster", *STORY, "SOURCE Halyard Lines")
    assert article.date is not None
    assert (article.date.value, article.date.basis) == ("2021-05-04", "stated")
    assert article.date.evidence is not None
    assert article.date.evidence.exact == "May 4, 2021"


@pytest.mark.parametrize(
    ("notice", "opening", "date"),
    [
        ("Presseinformation Nr. 4/2021", "Oster, 4. Mai 2021 – ", "2021-05-04"),
        ("Nota de prensa", "Puerto Oster, 4 de mayo de 2021.- ", "2021-05-04"),
        ("Communiqué de presse", "Oster, 24.05.2021 - ", "2021-05-24"),
    ],
)
def test_releases_of_other_languages_have_datelines_and_contacts(
    notice: str, opening: str, date: str
) -> None:
    article = read(
        *(notice, "A new route opens to Oster", f"{opening}{STORY[0].split(' — ')[-1]}"),
        *("Para más información:", "Mia Roe, mia@halyard.example"),
        *("Über die Halyard Lines", "Halyard Lines has sailed since 1950."),
    )
    assert (article.date and article.date.value, article.publisher) == (date, "Halyard Lines")
    assert [c.reason for c in article.chunks if c.role == "boilerplate"] == [
        *("press_release", "contact", "contact", "about_sender", "about_sender"),
    ]


def test_the_sender_speaks_for_itself_as_an_institution() -> None:
    article = read(
        "News release", "A new route opens to Oster", *STORY, "About Halyard Lines", "X."
    )
    said = [quote for chunk in article.chunks for quote in chunk.quotes]
    assert [(q.speaker.name, q.speaker.type) for q in said if q.speaker] == [
        ("Halyard Lines", "institution"),
        ("Mia Roe", "named"),
    ]
    assert {quote.chain for quote in said} == {()}


def test_who_distributes_a_release_does_not_send_it() -> None:
    page = (
        "<html><head><meta property='og:site_name' content='PR Newswire'></head><body><article>"
        "<h1>A new route opens to Oster</h1><p>News release</p>"
        + "".join(
            f"<p>{text} It will open in June, with three ferries a day.</p>" for text in STORY
        )
        + "<p>SOURCE Halyard Lines</p></article></body></html>"
    )
    assert read(page, name="release.html").publisher == "Halyard Lines"


def test_an_article_about_a_press_release_is_none() -> None:
    article = read(
        "Ferry line issues a press release",
        *STORY,
        "About the harbour",
        "The harbour is old.",
    )
    assert article.publisher is None
    assert "about_sender" not in reasons(article).values()
