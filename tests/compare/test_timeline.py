"""A briefing's timeline: dated sentences and publications in time order, and as plain lines."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.annotate.dates.annotator import annotate_dates
from briefing.cli.review_lines import timeline_lines
from briefing.compare.timeline import TimelineEntry, build_timeline, group_by_date
from briefing.model import (
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    DateMention,
    Mention,
    PublicationDate,
    Source,
)

NAMES = {"Norway": "NO", "Britain": "GB", "France": "FR"}


def chunk(number: int, text: str, role: str = "body") -> Chunk:
    mentions = [
        Mention(code=code, start=at, end=at + len(name))
        for name, code in NAMES.items()
        if (at := text.find(name)) >= 0
    ]
    return Chunk(id=f"c{number}", role=role, text=text, mentions=tuple(mentions))  # type: ignore[arg-type]


def article(article_id: str, date: str | None, *texts: str, **fields: object) -> Article:
    published = PublicationDate(value=date, precision="day", basis="stated") if date else None
    chunks = [chunk(number, text) for number, text in enumerate(texts, 1)]
    defaults = {
        "publisher": f"The {article_id.title()}",
        "chunks": annotate_dates(chunks, published),
        "source": Source(file="originals/a.txt", media_type="text/plain", sha256="0", added="2026"),
    }
    return Article(id=article_id, date=published, **defaults | fields)  # type: ignore[arg-type]


def briefing(*articles: Article) -> Briefing:
    return Briefing(name="ports", info=BriefingInfo(title="Ports"), articles=articles)


def told(entries: tuple[TimelineEntry, ...]) -> list[tuple[str, str, str | None]]:
    return [(entry.date, entry.article, entry.text) for entry in entries]


TIDE = article(
    "tide",
    "2020-01-23",
    "Norway closed its quay on Tuesday. Nobody came. Britain will vote next month.",
    "In 2018 Norway and France signed a pact.",
    headline="Quay closes",
)
GULL = article("gull", "2020-01-21", "It closed in January 2020. France waits.")


def test_sentences_and_publications_stand_in_time_order() -> None:
    assert told(build_timeline(briefing(GULL, TIDE))) == [
        ("2018", "tide", "In 2018 Norway and France signed a pact."),
        ("2020-01", "gull", "It closed in January 2020."),
        ("2020-01-21", "gull", None),
        ("2020-01-21", "tide", "Norway closed its quay on Tuesday."),
        ("2020-01-23", "tide", "Quay closes"),
        ("2020-02", "tide", "Britain will vote next month."),
    ]


def test_an_entry_names_its_place_basis_and_countries() -> None:
    entries = build_timeline(briefing(TIDE))
    assert entries[0] == TimelineEntry(
        date="2018",
        precision="year",
        basis="stated",
        kind="sentence",
        article="tide",
        source="The Tide",
        chunk="c2",
        paragraph=2,
        start=0,
        end=40,
        text="In 2018 Norway and France signed a pact.",
        countries=("NO", "FR"),
    )
    assert entries[2] == TimelineEntry(
        date="2020-01-23",
        precision="day",
        basis="stated",
        kind="published",
        article="tide",
        source="The Tide",
        text="Quay closes",
        countries=("NO", "GB", "FR"),
    )


def test_only_entries_that_name_the_country_are_kept() -> None:
    entries = build_timeline(briefing(TIDE, GULL), country="GB")
    assert told(entries) == [
        ("2020-01-23", "tide", "Quay closes"),
        ("2020-02", "tide", "Britain will vote next month."),
    ]
    assert build_timeline(briefing(TIDE, GULL), country="JP") == ()


def test_a_sentence_stands_once_under_each_of_its_dates() -> None:
    text = "Shut on 4 May 2019, then on May 4, 2019 and in 2020."
    assert told(build_timeline(briefing(article("tide", None, text)))) == [
        ("2019-05-04", "tide", text),
        ("2020", "tide", text),
    ]


def test_a_span_before_what_it_holds_a_year_before_its_months() -> None:
    text = "In May 2019. In 2019. On 1 May 2019. From 2019 to 2020. On Jan. 1, 2019."
    dates = [entry.date for entry in build_timeline(briefing(article("tide", None, text)))]
    assert dates == ["2019/2020", "2019", "2019-01-01", "2019-05", "2019-05-01"]


def test_captions_and_what_is_set_aside_tell_nothing() -> None:
    texts = ("The quay on 4 May 2019", "It shut on 5 May 2019.", "It shut on 6 May 2019.")
    roles = ("caption", "unrelated", "heading")
    chunks = [chunk(n, text, role) for n, (text, role) in enumerate(zip(texts, roles, strict=True))]
    dated = annotate_dates(chunks, None)
    assert build_timeline(briefing(article("tide", None, chunks=dated))) == ()


def test_entries_of_one_date_are_grouped() -> None:
    groups = group_by_date(build_timeline(briefing(GULL, TIDE)))
    assert [(group.date, len(group.entries)) for group in groups] == [
        ("2018", 1),
        ("2020-01", 1),
        ("2020-01-21", 2),
        ("2020-01-23", 1),
        ("2020-02", 1),
    ]


def test_the_lines_name_date_sentence_and_place() -> None:
    lines = [
        " " * line.indent + line.text
        for line in timeline_lines(build_timeline(briefing(GULL), country="FR"), "Ports", "ports")
    ]
    assert lines == [
        "Ports · timeline",
        "1 date · 0 dated sentences · 1 publication",
        "",
        "2020-01-21",
        "  published",
        "    The Gull · ports/gull",
    ]
    lines = [line.text for line in timeline_lines(build_timeline(briefing(TIDE)), "Ports", "ports")]
    assert lines[3:6] == [
        "2018",
        "In 2018 Norway and France signed a pact.",
        "The Tide ¶2 · ports/tide/c2 · date stated · NO FR",
    ]


def test_nothing_in_a_line_can_command_a_terminal() -> None:
    text = "It \x1b[31mshut\u202e in 2018.\x07"
    hostile = article("tide", None, text, publisher="\x1b]0;x\x07")
    made = "".join(
        line.text for line in timeline_lines(build_timeline(briefing(hostile)), "\x1b", "b")
    )
    assert "It ␛[31mshut⇠ in 2018.␇" in made
    assert made.isprintable()


DATES = st.builds(
    DateMention,
    start=st.integers(0, 30),
    end=st.integers(31, 60),
    value=st.sampled_from(["2019", "2020-01", "2020-01-23", "2019/2020", "", "soon", "²019"]),
    precision=st.just("day"),
    basis=st.just("stated"),
    rule=st.just("r"),
)


@given(st.lists(DATES, max_size=4), st.text("aB. \n\n”", min_size=60, max_size=60))
def test_whatever_a_file_holds_the_sentence_covers_its_date(
    mentions: list[DateMention], text: str
) -> None:
    held = Chunk(id="c1", role="body", text=text, dates=tuple(mentions))
    entries = build_timeline(briefing(article("tide", None, chunks=(held,))))
    assert {entry.date for entry in entries} == {one.value for one in mentions}
    for entry in entries:
        assert entry.start is not None
        assert entry.end is not None
        assert text[entry.start : entry.end] == entry.text
        same = [one for one in mentions if one.value == entry.date]
        assert any(entry.start <= one.start and one.end <= entry.end for one in same)


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    path = tmp_path / "quay.txt"
    path.write_text(
        "Quay closes in the north\n\nPublished January 23, 2020\n\n"
        "Norway closed its largest quay on Tuesday, said Ana Lin, the transport minister.\n\n"
        "France will decide next month whether the ships may use its ports instead.\n",
        encoding="utf-8",
    )
    return path


def test_the_command_shows_the_timeline_of_all_or_of_one_country(
    briefing: Callable[..., subprocess.CompletedProcess[str]], quay: Path
) -> None:
    briefing("add", quay, "--to", "ports")
    shown = briefing("show", "ports", "--timeline")
    assert shown.returncode == 0
    lines = [line.strip() for line in shown.stdout.splitlines()]
    assert [line for line in lines if line[:4] == "2020"] == ["2020-01-21", "2020-01-23", "2020-02"]
    done = briefing("show", "ports", "--timeline", "--country", "France", "--json")
    entries = json.loads(done.stdout)
    assert [(one["kind"], one["date"], one["basis"]) for one in entries] == [
        ("published", "2020-01-23", "stated"),
        ("sentence", "2020-02", "inferred"),
    ]
    unknown = briefing("show", "ports", "--timeline", "--country", "JP")
    assert unknown.returncode == 3
