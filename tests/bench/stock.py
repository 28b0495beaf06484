"""The same index in Whoosh's plainest use: slow, and the measure of what must be found.

It takes the same documents and the same query trees as the product's own reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from whoosh import fields, index
from whoosh import query as q
from whoosh.analysis import RegexTokenizer

from briefing.search import query as ast
from briefing.search.analysis import stem, terms
from briefing.search.documents import (
    FACET_FIELDS,
    VALUE_FIELDS,
    WORD_FIELDS,
    ArticleRecord,
    ChunkRecord,
    Document,
    day_range,
)
from briefing.search.fuzzy import within_distance

_BREAK = "\x1e"


def make_schema() -> Any:
    plain = RegexTokenizer("[^\x1f]+")
    names = {"text", *WORD_FIELDS, *VALUE_FIELDS, *FACET_FIELDS}
    return fields.Schema(
        stored=fields.STORED,
        first_day=fields.NUMERIC(int, bits=32),
        last_day=fields.NUMERIC(int, bits=32),
        **{name: fields.TEXT(analyzer=plain, phrase=True) for name in names},
    )


def _stream(stretches: Iterable[list[str]]) -> str:
    return f"\x1f{_BREAK}\x1f".join("\x1f".join(part) for part in stretches if part)


def fields_of(record: ArticleRecord, doc: Document) -> dict[str, Any]:
    return {
        "stored": (msgspec.json.encode(record), msgspec.json.encode(doc.record), doc.values),
        "text": _stream([doc.text, doc.headline, *doc.speakers]),
        "first_day": doc.first_day,
        "last_day": doc.last_day,
        **{name: _stream(values) for name, values in doc.words.items()},
        **{name: "\x1f".join(values) for name, values in doc.values.items()},
    }


class StockIndex:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if index.exists_in(folder):
            self.index = index.open_dir(folder)
        else:
            self.index = index.create_in(folder, make_schema())

    def add(self, pairs: Iterable[tuple[ArticleRecord, Document]]) -> None:
        writer = self.index.writer(limitmb=256)
        for record, doc in pairs:
            writer.add_document(**fields_of(record, doc))
        writer.commit()

    def delete(self, field: str, value: str) -> None:
        writer = self.index.writer()
        writer.delete_by_term(field, value)
        writer.commit(merge=False)

    def search(
        self, root: ast.Node | None, roles: Iterable[str], limit: int | None = None
    ) -> list[tuple[float, ArticleRecord, ChunkRecord, dict[str, list[str]]]]:
        if root is None:
            return []
        with self.index.searcher() as searcher:
            wanted = translate(root, searcher.reader())
            keep = q.Or([q.Term("role", role) for role in roles])
            found = searcher.search(wanted, filter=keep, limit=limit)
            return [
                (
                    hit.score,
                    msgspec.json.decode(hit["stored"][0], type=ArticleRecord),
                    msgspec.json.decode(hit["stored"][1], type=ChunkRecord),
                    hit["stored"][2],
                )
                for hit in found
            ]


def translate(node: ast.Node, reader: Any) -> Any:
    match node:
        case ast.And(children):
            plus = [translate(c, reader) for c in children if not isinstance(c, ast.Not)]
            minus = [translate(c.child, reader) for c in children if isinstance(c, ast.Not)]
            base = q.And(plus) if plus else q.Every()
            return q.AndNot(base, q.Or(minus)) if minus else base
        case ast.Or(children):
            return q.Or([translate(child, reader) for child in children])
        case ast.Not(child):
            return q.AndNot(q.Every(), translate(child, reader))
        case ast.Field(name, value, prefix):
            return _field(name, value, prefix, reader)
        case ast.Phrase(text):
            return _sequence("text", terms(text), reader)
        case ast.Word(text):
            return _word(terms(text), reader)
        case ast.Prefix(text):
            return _sequence("text", terms(text), reader, prefix=True)
        case ast.Fuzzy(text, distance):
            return _fuzzy(terms(text), distance, reader)
    raise AssertionError(node)


def _lexicon(reader: Any, field: str) -> list[str]:
    return [term.decode() for term in reader.lexicon(field)]


def _word(wanted: list[str], reader: Any) -> Any:
    if len(wanted) != 1:
        return _sequence("text", wanted, reader)
    root = stem(wanted[0])
    forms = [t for t in _lexicon(reader, "text") if stem(t) == root]
    return q.Or([q.Term("text", t, boost=2.0 if t == wanted[0] else 1.0) for t in forms])


def _fuzzy(wanted: list[str], distance: int, reader: Any) -> Any:
    if len(wanted) != 1:
        return _sequence("text", wanted, reader)
    lexicon = _lexicon(reader, "text")
    near = [t for t in lexicon if within_distance(t, wanted[0], distance)]
    return q.Or([q.Term("text", t) for t in near])


def _sequence(field: str, wanted: list[str], reader: Any, *, prefix: bool = False) -> Any:
    if not wanted:
        return q.NullQuery
    if prefix and len(wanted) == 1:
        return q.Prefix(field, wanted[0])
    if len(wanted) == 1:
        return q.Term(field, wanted[0])
    if not prefix:
        return q.Phrase(field, wanted)
    ends = [t for t in _lexicon(reader, field) if t.startswith(wanted[-1])]
    return q.Or([q.Phrase(field, [*wanted[:-1], end]) for end in ends])


def _field(name: str, value: str, prefix: bool, reader: Any) -> Any:
    if name in WORD_FIELDS:
        return _sequence(name, terms(value), reader, prefix=prefix)
    if name in ("before", "after", "date"):
        first, last = day_range(value)
        if name == "before":
            return q.NumericRange("last_day", 1, first - 1)
        if name == "after":
            return q.NumericRange("first_day", first, None)
        return q.And(
            [q.NumericRange("first_day", first, None), q.NumericRange("last_day", 1, last)]
        )
    if prefix:
        return q.Prefix(name, value)
    return q.Term(name, value)
