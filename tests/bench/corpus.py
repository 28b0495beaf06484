"""Articles to measure with: made from a Zipf vocabulary, or read from JSON lines.

A line of JSON is a chunk or an article: `text` (or `body`), and if it has them `headline`,
`publisher`, `date`, `countries`, `speakers`, `stances`. Lines of one `article` follow each other;
lines without that key are chunks of articles of twelve. What a line lacks is drawn by lot.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from briefing.model import (
    Article,
    Chunk,
    CountryWeight,
    Position,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)
from briefing.search.documents import day_range

SEED = 20_261_121
SOURCE = Source(
    file="originals/a.txt", media_type="text/plain", sha256="0" * 64, added="2026-11-21"
)
CHUNKS_AN_ARTICLE = 12
STANCES = ("ban", "restrict", "allow", "support", "oppose")
UNDATED = 25
"""One of so many articles has no date."""
COUNTRIES = (
    "US CN GB DE FR RU JP IN AU CA IT ES PL SE NO FI DK NL BE CH AT CZ HU RO GR TR IL SA AE IR "
    "BR MX AR ZA NG EG KR SG VN ID NZ IE PT UA"
).split()
SYLLABLES = (
    "co re in pro de con ex per sta com pre un dis tra ma la mi no ra te si lo ve ka ter ment "
    "tion al er an is on ar el or us ing ed ly est ist ble ton burg land den mar vic sol gan ru "
    "be fi ho ja po qui su wa ze chi gra spe stra th sh br cl"
).split()


class Lots:
    """Everything that is drawn by lot, the same in every run."""

    def __init__(self, vocabulary: int = 60_000) -> None:
        self.random = random.Random(SEED)
        self.words = self._make_words(vocabulary)
        weights = [1 / (rank + 2.7) for rank in range(len(self.words))]
        self.cumulative = list(itertools.accumulate(weights))
        self.country_weights = list(
            itertools.accumulate(1 / (rank + 1) for rank in range(len(COUNTRIES)))
        )
        self.publishers = [" ".join(self.names(2 + n % 2)) for n in range(60)]
        self.speakers = [" ".join(self.names(2)) for _ in range(8000)]

    def _make_words(self, size: int) -> list[str]:
        seen: dict[str, None] = {}
        while len(seen) < size:
            count = self.random.choices((1, 2, 3, 4), (2, 8, 8, 4))[0]
            seen.setdefault("".join(self.random.choices(SYLLABLES, k=count)))
        return sorted(seen, key=lambda word: (len(word) + self.random.random() * 9, word))

    def names(self, count: int) -> list[str]:
        return [word.title() for word in self.random.sample(self.words[500:], count)]

    def text(self) -> str:
        size = self.random.randint(30, 110)
        words = self.random.choices(self.words, cum_weights=self.cumulative, k=size)
        words[0] = words[0].title()
        for place in range(12, size, 13):
            words[place] += "."
        return " ".join(words)

    def countries(self) -> list[str]:
        count = self.random.choice((0, 1, 1, 2))
        return self.random.choices(COUNTRIES, cum_weights=self.country_weights, k=count)

    def date(self) -> str:
        month, day = self.random.randint(1, 12), self.random.randint(1, 28)
        return f"{self.random.randint(2010, 2024)}-{month:02}-{day:02}"

    def stances(self) -> list[str]:
        return [self.random.choice(STANCES)] if self.random.random() < 0.15 else []

    def voices(self) -> list[str]:
        return [self.random.choice(self.speakers)] if self.random.random() < 0.3 else []


def made(chunks: int, lots: Lots) -> Iterator[dict[str, Any]]:
    for _ in range(chunks):
        yield {"text": lots.text()}


def read(path: Path, chunks: int) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        count = 0
        for line in lines:
            for row in _rows(json.loads(line)):
                if count == chunks:
                    return
                count += 1
                yield row


def _rows(row: Any) -> Iterator[dict[str, Any]]:
    if isinstance(row, str):
        row = {"text": row}
    if "chunks" in row:
        for chunk in row["chunks"]:
            own = {"text": chunk} if isinstance(chunk, str) else chunk
            yield {**{key: value for key, value in row.items() if key != "chunks"}, **own}
    else:
        yield row


def articles(rows: Iterable[dict[str, Any]], lots: Lots) -> Iterator[Article]:
    """Put rows together to articles."""
    numbered = enumerate(rows)

    def key(pair: tuple[int, dict[str, Any]]) -> str:
        named = pair[1].get("article") or pair[1].get("article_id")
        return str(named or pair[0] // CHUNKS_AN_ARTICLE)

    for number, (_, group) in enumerate(itertools.groupby(numbered, key)):
        yield _article(number, [row for _, row in group], lots)


def _article(number: int, rows: list[dict[str, Any]], lots: Lots) -> Article:
    first = rows[0]
    date = str(first.get("date") or "")[:10]
    if len(date) != 10 or not day_range(date)[0]:
        date = lots.date()
    headline = first.get("headline") or first.get("title")
    return Article(
        id=f"a{number:06}",
        headline=str(headline) if headline else " ".join(lots.text().split()[:8]),
        publisher=str(first.get("publisher") or lots.random.choice(lots.publishers)),
        date=PublicationDate(value=date, precision="day", basis="stated")
        if number % UNDATED
        else None,
        source=SOURCE,
        chunks=tuple(_chunk(place, row, lots) for place, row in enumerate(rows)),
    )


def _names(value: Any) -> list[str] | None:
    """Read a list of names or codes, one of them, or objects that have one; None for none."""
    if value is None:
        return None
    values = value if isinstance(value, list) else [value]
    names = (v.get("code") or v.get("name") if isinstance(v, dict) else v for v in values)
    return [str(name) for name in names if name]


def _chunk(place: int, row: dict[str, Any], lots: Lots) -> Chunk:
    text = str(row.get("text") or row.get("body") or row.get("content") or "")
    codes = _names(row.get("countries", row.get("country")))
    codes = list(dict.fromkeys(codes if codes is not None else lots.countries()))
    voices = _names(row.get("speakers", row.get("speaker")))
    stances = _names(row.get("stances"))
    return Chunk(
        id=f"c{place}",
        role="body",
        text=text,
        countries=tuple(CountryWeight(code=code, weight=1.0) for code in codes),
        positions=tuple(
            Position(country=code, stance=stance, start=0, end=1, rule="bench")
            for stance in (stances if stances is not None else lots.stances())
            for code in codes[:1]
        ),
        quotes=tuple(
            Quote(
                id=f"q{n}",
                kind="direct",
                start=0,
                end=1,
                exact=text[:1],
                speaker=Speaker(name=str(name), type="named"),
                rule="bench",
            )
            for n, name in enumerate(voices if voices is not None else lots.voices())
        ),
    )
