"""Cues sorted into cells of country and source or time; nothing is summed up anew."""

from __future__ import annotations

import pytest

from briefing.compare.build import build_panels
from briefing.compare.side_by_side import Matrix, build_matrix
from briefing.model import (
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    Position,
    PublicationDate,
    Source,
)

WORDS = "Norway would close the sound."


def position(country: str, stance: str, said_by: str = "other", rule: str = "verb_cue") -> Position:
    return Position(
        country=country, stance=stance, said_by=said_by, start=0, end=len(WORDS), rule=rule,  # type: ignore[arg-type]
        object="the sound",
    )  # fmt: skip


def article(name: str, date: str | None, *positions: Position) -> Article:
    source = Source(file="originals/x.txt", media_type="text/plain", sha256=name, added="2031")
    when = PublicationDate(value=date, precision="day", basis="stated") if date else None
    chunks = tuple(
        Chunk(id=f"c{n}", role="body", text=WORDS, positions=(one,))
        for n, one in enumerate(positions)
    )
    return Article(id=name, publisher=name.title(), date=when, source=source, chunks=chunks)


def matrix(*articles: Article, basis: str = "source") -> Matrix:
    briefing = Briefing(name="nets", info=BriefingInfo(title="Nets"), articles=articles)
    return build_matrix(build_panels(briefing), basis)  # type: ignore[arg-type]


def shown(matrix: Matrix) -> dict[tuple[str, str], list[tuple[str, str, int, bool]]]:
    return {
        (row.code, cell.column): [(m.stance, m.said_by, m.cues, m.ruled) for m in cell.marks]
        for row in matrix.rows
        for cell in row.cells
    }


def test_a_cell_holds_its_own_word_then_what_others_say_the_frequent_first() -> None:
    found = matrix(
        article(
            "gannet", "2031-02-01",
            position("NO", "allow"), position("NO", "ban"), position("NO", "ban"),
            position("NO", "restrict", "self"), position("DK", "ban", rule="analyst"),
        ),
        article("heron", "2031-03-01", position("NO", "ban")),
    )  # fmt: skip
    assert shown(found) == {
        ("NO", "gannet"): [
            ("restrict", "self", 1, False),
            ("ban", "other", 2, False),
            ("allow", "other", 1, False),
        ],
        ("NO", "heron"): [("ban", "other", 1, False)],
        ("DK", "gannet"): [("ban", "other", 1, True)],
    }
    assert {column.key for column in found.columns} == {"gannet", "heron"}
    assert dict(found.shortened) == {"ban": "ba", "allow": "al", "restrict": "re"}


def test_an_article_without_a_cue_is_no_column() -> None:
    found = matrix(article("gannet", "2031-02-01", position("NO", "ban")), article("heron", None))
    assert [column.key for column in found.columns] == ["gannet"]


@pytest.mark.parametrize(
    ("dates", "names"),
    [
        (("2031-02-01", "2032-05-09", None), ["Feb 2031", "May 2032", "undated"]),
        (("2031-02-01", "2033-05-09", None), ["2031", "2033", "undated"]),
        ((None,), ["undated"]),
    ],
)
def test_time_is_shown_by_month_or_for_a_long_span_by_year(
    dates: tuple[str | None, ...], names: list[str]
) -> None:
    articles = [article(f"paper-{n}", date, position("NO", "ban")) for n, date in enumerate(dates)]
    assert [column.name for column in matrix(*articles, basis="time").columns] == names


def test_cells_whose_cues_disagree_by_the_ledger_are_marked_and_no_others() -> None:
    found = matrix(
        article("gannet", "2031-02-01", position("NO", "ban"), position("DK", "ban")),
        article("heron", "2031-02-01", position("NO", "allow")),
        article("ibis", "2031-01-01", position("NO", "allow")),
    )
    odd = {(row.code, c.column) for row in found.rows for c in row.cells if c.at_odds}
    assert odd == {("NO", "gannet"), ("NO", "heron")}


def test_stances_that_begin_alike_are_shortened_apart() -> None:
    found = matrix(
        article(
            "gannet", None,
            position("NO", "reject"), position("NO", "retreat"), position("NO", "re"),
        )
    )  # fmt: skip
    assert dict(found.shortened) == {"reject": "rej", "retreat": "ret", "re": "re"}
