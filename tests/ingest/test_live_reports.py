"""Live reports: the times of entries, their headings and authors, and what is pinned above them."""

from __future__ import annotations

import pytest

from briefing.ingest import to_article
from briefing.model import Article

NEWS = (
    "The port of Tarn has reopened, the harbour board says, after eleven hours.",
    "The minister for ports says that there is no money for the dockers this year.",
    "Dockers in Oster have gone home, too, and no ship has left since noon.",
    "Good morning, and welcome to our report on the strike in the port of Tarn.",
)
TIMES = ("6.42pm BST", "5.10pm BST", "16:02", "9.00am BST")


def text(*paragraphs: str) -> Article:
    return to_article(
        "\n\n".join(paragraphs).encode(), name="live.txt", added="2026-01-01T00:00:00Z"
    )


def page(body: str) -> Article:
    data = f"<!doctype html><html><body><main><article>{body}</article></main></body></html>"
    return to_article(data.encode(), name="live.html", added="2026-01-01T00:00:00Z")


def entries(article: Article) -> list[tuple[str | None, str | None]]:
    return [(chunk.time, chunk.section) for chunk in article.chunks if chunk.text in NEWS]


def test_a_heading_holds_for_its_entry_alone() -> None:
    article = text(
        "Strike in Tarn: live",
        *(TIMES[0], "Port reopens", NEWS[0]),
        *(TIMES[1], NEWS[1]),
        *(TIMES[2], "Oster joins", NEWS[2]),
        *(TIMES[3], NEWS[3]),
    )
    assert entries(article) == [
        ("18:42", "Port reopens"),
        ("17:10", None),
        ("16:02", "Oster joins"),
        ("09:00", None),
    ]


@pytest.mark.parametrize("last", ['"', "“", "»"])
def test_the_first_title_under_a_time_is_a_heading_though_it_opens_the_story(last: str) -> None:
    news = [f"{each[:-1]}.{last}" for each in NEWS]
    article = text(
        *("Strike in Tarn: live", "4 May 2021"),
        *(TIMES[0], "Port reopens to ships of all countries", news[0]),
        *(TIMES[1], "Oster joins the strike of the others", news[1]),
        *(TIMES[2], news[2]),
    )
    told = [chunk for chunk in article.chunks if chunk.text in news]
    assert [chunk.section for chunk in told] == [
        "Port reopens to ships of all countries",
        "Oster joins the strike of the others",
        None,
    ]


def test_who_wrote_an_entry_and_a_list_of_its_headings_are_aside() -> None:
    article = text(
        "Strike in Tarn: live",
        "Key events",
        "Port reopens",
        "Oster joins",
        *(TIMES[0], "Ana Sá", "Port reopens", NEWS[0]),
        *(TIMES[1], "Tom Marsh", "Oster joins", NEWS[1]),
        *(TIMES[2], NEWS[2]),
    )
    aside = [(c.text, c.reason) for c in article.chunks if c.reason in {"byline", "pinned_summary"}]
    assert aside == [
        ("Port reopens", "pinned_summary"),
        ("Oster joins", "pinned_summary"),
        ("Ana Sá", "byline"),
        ("Tom Marsh", "byline"),
    ]


def test_dates_beside_times_are_kept() -> None:
    days = ("4 May 2021, 18:42", "Tuesday 4 May 2021 at 5.10pm", "2021-05-04 09:00")
    lines = [line for pair in zip(days, NEWS, strict=False) for line in pair]
    assert [time for time, _ in entries(text("Strike in Tarn: live", *lines))] == [
        "2021-05-04T18:42",
        "2021-05-04T17:10",
        "2021-05-04T09:00",
    ]


def test_markup_tells_the_time_of_an_entry_whatever_its_words() -> None:
    moments = [f"2021-05-04T{hour}:42:00Z" for hour in ("17", "16", "12", "09")]
    posts = "".join(
        f"<section><time datetime='{moment}'>{number} hours ago</time><h3>Entry {number}</h3>"
        f"<p>{news} More than a hundred people stood at the gate and waited for news.</p></section>"
        for number, (moment, news) in enumerate(zip(moments, NEWS, strict=True), 1)
    )
    points = "<ul><li>Port shut for eleven hours, and talks will go on.</li></ul>"
    article = page(f"<h1>Strike in Tarn: live</h1><h2>Summary</h2>{points}{posts}")
    told = [chunk for chunk in article.chunks if chunk.role == "body"]
    assert [(chunk.time, chunk.section) for chunk in told] == [
        (None, "Summary"),
        *((f"{moment[:16]}Z", f"Entry {n}") for n, moment in enumerate(moments, 1)),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("18.42 Uhr: Port reopens", "17:10 – Talks", "4.02pm BST - Oster joins"),
        (f"18:42: {NEWS[0]}", f"17:10 | {NEWS[1]}", f"16:02 — {NEWS[2]}"),
        ("18:42 Port reopens", "17:10 Talks in Tarn", "16:02 Oster joins"),
        ("18:42 (GMT+1)", "17:10 (UTC)", "16:02 CEST"),
    ],
)
def test_a_time_may_stand_before_the_title_or_the_words_of_an_entry(lines: tuple[str, ...]) -> None:
    written = [part for pair in zip(lines, NEWS, strict=False) for part in pair]
    assert [time for time, _ in entries(text("Strike in Tarn: live", *written))] == [
        *("18:42", "17:10", "16:02"),
    ]


def test_ages_of_entries_and_whom_they_are_from_are_aside() -> None:
    own = [("12m ago", *TIMES[:1], "From Tarn Post's Ana Sá in Tarn", NEWS[0])]
    lines = [line for entry in own for line in entry]
    article = text("Strike: live", *lines, "1h ago", TIMES[1], NEWS[1], TIMES[2], NEWS[2])
    assert [chunk.text for chunk in article.chunks if chunk.role == "body"] == list(NEWS[:3])


def test_articles_of_several_days_are_no_entries() -> None:
    days = [f"{day} May 2021, 18:42" for day in (4, 3, 2)]
    lines = [line for pair in zip(days, NEWS, strict=False) for line in pair]
    article = text("Strikes in Tarn", *lines)
    assert {chunk.time for chunk in article.chunks} == {None}


def test_times_above_one_text_make_no_live_report() -> None:
    article = text("Strike in Tarn", "16:02", "16:05", "16:10", *NEWS)
    assert {chunk.time for chunk in article.chunks} == {None}
