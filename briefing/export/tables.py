"""Statements, cues and standings as rows of stable columns, for CSV and JSON; sources, too.

A row is a statement; empty is what the text does not say. Columns are only ever added at the end.
CSL-JSON and BibTeX name an article by a key that stays the same from one export to the next.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.compare.panels import CountryRow, QuoteRow, StanceNote
from briefing.export.escape import carried, web_address
from briefing.export.material import ROW_KINDS, Material, RowKind
from briefing.export.statements import stretch_at
from briefing.export.verifying import LOST_IN_PLAIN, ExactText, Written, guarded, json_text
from briefing.isodates import days_of
from briefing.model import Article, fields_of

CellValue = str | int | bool | tuple[str, ...] | None
TableRow = Mapping[str, CellValue]
LEFT_OUT = "characters_left_out"
"""The last column of CSV: how many characters of the row it cannot carry."""
_EXACT = ("words", "sentence")
"""The columns that hold stored text."""
_NO_KEY = re.compile(r"[^A-Za-z0-9_-]")
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_TEX_SIGNS = str.maketrans(_TEX)


def to_csv(material: Material) -> Written:
    """Return the table that was asked for, quotes by default, as CSV with a line of names."""
    kind = material.request.rows or "quotes"
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*COLUMNS[kind], LEFT_OUT])
    exact = []
    for row in _ROWS[kind](material):
        cells = [_cell(row.get(name)) for name in COLUMNS[kind]]
        kept = [LOST_IN_PLAIN.sub("", cell) for cell in cells]
        lost = sum(map(len, cells)) - sum(map(len, kept))
        writer.writerow([*map(guarded, kept), lost])
        exact += [
            ExactText(f"article {row['article']}, chunk {row['chunk']}", cell)
            for name, cell in zip(COLUMNS[kind], kept, strict=True)
            if name in _EXACT
        ]
    return Written(out.getvalue(), tuple(exact))


def to_json(material: Material) -> Written:
    """Return the tables, or the one that was asked for, as an object of lists of rows."""
    kinds = (material.request.rows,) if material.request.rows else ROW_KINDS
    tables = {
        kind: [{name: row.get(name) for name in COLUMNS[kind]} for row in _ROWS[kind](material)]
        for kind in kinds
    }
    exact = [
        ExactText(f"article {row['article']}, chunk {row['chunk']}", str(row[name]))
        for rows in tables.values()
        for row in rows
        for name in _EXACT
        if name in row
    ]
    head = {"briefing": material.briefing.name, "generated": material.generated}
    return Written(json_text(head | tables), tuple(exact))


def _cell(value: CellValue) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _quote_rows(material: Material) -> Iterator[TableRow]:
    for row in material.quotes:
        speaker = row.quote.speaker
        yield {
            "quote": row.quote.id,
            "kind": row.paraphrase or row.quote.kind,
            "words": row.quote.exact,
            "speaker": speaker.name if speaker else None,
            "role": speaker.role if speaker else None,
            "voice": speaker.type if speaker else None,
            "country": row.by,
            "told": row.quote.to,
            "chain": row.quote.chain,
            **fields_of(row, "about", "pinned"),
            **_place(material, row),
        }


def _position_rows(material: Material) -> Iterator[TableRow]:
    for country in material.countries:
        for note in country.ledger:
            more = fields_of(note, "object", "date", "chain", "turned")
            yield _stance(material, country, note) | more


def _ledger_rows(material: Material) -> Iterator[TableRow]:
    for country in material.countries:
        for standing in country.standings:
            yield _stance(material, country, standing.latest) | {
                "itself": standing.own.stance if standing.own else None,
                "others": standing.others.stance if standing.others else None,
                "disagree": standing.conflicts,
                **fields_of(standing, "stance", "object", "former", "since", "at_odds", "cues"),
            }


def _stance(material: Material, country: CountryRow, note: StanceNote) -> dict[str, CellValue]:
    """Return what a cue and the cue that shows a standing have in common."""
    return {
        "country": country.code,
        "name": country.name,
        **fields_of(note, "stance", "target", "hedge", "said_by", "actor", "ruled"),
        **_place(material, note),
    }


def _place(material: Material, row: QuoteRow | StanceNote) -> dict[str, CellValue]:
    """Return where a span stands, its sentence, and what is known of its source and origin."""
    place = material.places[row.article, row.chunk]
    article = place.article
    stretch = stretch_at(material.places, row)
    return {
        "sentence": material.text(stretch),
        "article": row.article,
        "chunk": row.chunk,
        **fields_of(row.quote if isinstance(row, QuoteRow) else row, "start", "end"),
        "paragraph": place.paragraph,
        **fields_of(article, "publisher", "headline"),
        "published": article.date.value if article.date else None,
        "published_basis": article.date.basis if article.date else None,
        "url": web_address(article.url),
        "origin": row.origin.outlet,
        "heard_from": row.origin.heard_from,
    }


_SOURCE = (
    "article", "chunk", "start", "end", "paragraph", "publisher", "headline", "published",
    "published_basis", "url", "origin", "heard_from",
)  # fmt: skip
COLUMNS: Mapping[RowKind, tuple[str, ...]] = {
    "quotes": (
        "quote", "kind", "words", "sentence", "speaker", "role", "voice", "country", "about",
        "told", "chain", "pinned", *_SOURCE,
    ),
    "positions": (
        "country", "name", "stance", "object", "target", "hedge", "date", "said_by", "actor",
        "chain", "ruled", "turned", "sentence", *_SOURCE,
    ),
    "ledger": (
        "country", "name", "stance", "object", "target", "hedge", "since", "former", "said_by",
        "actor", "itself", "others", "disagree", "at_odds", "cues", "ruled", "sentence", *_SOURCE,
    ),
}  # fmt: skip
_ROWS = {"quotes": _quote_rows, "positions": _position_rows, "ledger": _ledger_rows}


def citation_key(article: str) -> str:
    """Return the key of an article: its id, which no other article of the briefing has."""
    return _NO_KEY.sub("-", article)


def to_csl_json(material: Material) -> Written:
    """Return the sources as CSL-JSON."""
    items = [_csl_item(article, key) for article, key in _sources(material)]
    exact = [ExactText(item["id"], item["title"]) for item in items if "title" in item]
    return Written(json_text(items), tuple(exact))


def to_bibtex(material: Material) -> Written:
    """Return the sources as BibTeX entries."""
    entries = [_bibtex_entry(article, key) for article, key in _sources(material)]
    return Written("\n".join(entries))


def _sources(material: Material) -> Sequence[tuple[Article, str]]:
    return [
        (material.articles[row.article], citation_key(row.article)) for row in material.source_rows
    ]


def _csl_item(article: Article, key: str) -> dict[str, Any]:
    fields = {
        "id": key,
        "type": "article-newspaper",
        "title": article.headline,
        "container-title": article.publisher,
        "author": [{"literal": author} for author in article.authors],
        "issued": _csl_date(article),
        "URL": web_address(article.url),
        "language": article.language,
        "original-publisher": article.reprint_of.publisher if article.reprint_of else None,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_date(article: Article) -> dict[str, Any] | None:
    if article.date is None or days_of(article.date.value) is None:
        return None
    values = article.date.value.split("/")
    parts = [[int(number) for number in value.split("-")] for value in values]
    return {"date-parts": parts} | ({"circa": True} if article.date.basis == "inferred" else {})


def _bibtex_entry(article: Article, key: str) -> str:
    fields = {
        "title": article.headline and f"{{{_tex(article.headline)}}}",
        "journal": article.publisher and _tex(article.publisher),
        "author": " and ".join(f"{{{_tex(author)}}}" for author in article.authors),
        "date": article.date and _tex(article.date.value),
        "year": article.date and _tex(article.date.value[:4]),
        # Without signs that end a field or begin a comment.
        "url": (web_address(article.url) or "").replace("~", "%7E"),
        "langid": article.language and _tex(article.language),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{key},", *lines, "}\n"])


def _tex(text: str) -> str:
    return LOST_IN_PLAIN.sub("", carried(text)).translate(_TEX_SIGNS)
