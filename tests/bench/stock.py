"""The same index in Whoosh's plainest use: slow, and the measure of what must be found.

It takes the same documents and the same query trees as the product's own reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from briefing.search.fuzzy import within_distance
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
        self.searcher: Any = None
        self.ids: dict[int, tuple[str, str]] = {}

    def add(self, pairs: Iterable[tuple[ArticleRecord, Document]]) -> None:
        writer = self.index.writer(limitmb=256)
        for record, doc in pairs:
            writer.add_document(**fields_of(record, doc))
        writer.commit()

    def delete(self, field: str, value: str) -> None:
        writer = self.index.writer()
        writer.delete_by_term(field, value)
        writer.commit(merge=False)

    def open_searcher(self) -> Any:
        if self.searcher is None:
            self.searcher = self.index.searcher()
            self.searcher.lexicons = {}
        return self.searcher

    def find(self, root: ast.Node, roles: Iterable[str]) -> set[tuple[str, str]]:
        """Find the article and chunk ids of a query's hits, in no order."""
        searcher = self.open_searcher()
        keep = q.Or([q.Term("role", role) for role in roles])
        wanted = q.And([translate(root, searcher), keep])
        return {self._ids(searcher, doc) for doc in searcher.docs_for_query(wanted)}

    def _ids(self, searcher: Any, doc: int) -> tuple[str, str]:
        if doc not in self.ids:
            article, chunk, _ = searcher.stored_fields(doc)["stored"]
            decoded = msgspec.json.decode(article, type=ArticleRecord)
            self.ids[doc] = decoded.article, msgspec.json.decode(chunk, type=ChunkRecord).chunk
        return self.ids[doc]

    def search(
        self, root: ast.Node, roles: Iterable[str]
    ) -> list[tuple[float, ArticleRecord, ChunkRecord, dict[str, list[str]]]]:
        """Rank all hits of a query."""
        searcher = self.open_searcher()
        keep = q.Or([q.Term("role", role) for role in roles])
        found = searcher.search(translate(root, searcher), filter=keep, limit=None)
        return [
            (
                hit.score,
                msgspec.json.decode(hit["stored"][0], type=ArticleRecord),
                msgspec.json.decode(hit["stored"][1], type=ChunkRecord),
                hit["stored"][2],
            )
            for hit in found
        ]


def translate(node: ast.Node, searcher: Any) -> Any:  # noqa: PLR0911 - one line a kind of node
    match node:
        case ast.And(children):
            return q.And([translate(child, searcher) for child in children])
        case ast.Or(children):
            return q.Or([translate(child, searcher) for child in children])
        case ast.Field(name, value, prefix):
            return _field(name, value, prefix, searcher)
        case ast.Phrase(text):
            return _sequence("text", terms(text), searcher)
        case ast.Word(text):
            return _word(terms(text), searcher)
        case ast.Prefix(text):
            return _sequence("text", terms(text), searcher, prefix=True)
        case ast.Fuzzy(text, distance):
            return _fuzzy(terms(text), distance, searcher)
    raise AssertionError(node)


def _lexicon(searcher: Any, field: str) -> list[str]:
    """List a field's words, once a searcher."""
    if field not in searcher.lexicons:
        terms_found = searcher.reader().lexicon(field)
        searcher.lexicons[field] = [term.decode() for term in terms_found]
    found: list[str] = searcher.lexicons[field]
    return found


def _word(wanted: list[str], searcher: Any) -> Any:
    if len(wanted) != 1:
        return _sequence("text", wanted, searcher)
    root = stem(wanted[0])
    forms = [t for t in _lexicon(searcher, "text") if stem(t) == root]
    return q.Or([q.Term("text", t, boost=2.0 if t == wanted[0] else 1.0) for t in forms])


def _fuzzy(wanted: list[str], distance: int, searcher: Any) -> Any:
    if len(wanted) != 1:
        return _sequence("text", wanted, searcher)
    lexicon = _lexicon(searcher, "text")
    near = [t for t in lexicon if within_distance(t, wanted[0], distance)]
    return q.Or([q.Term("text", t) for t in near])


def _sequence(field: str, wanted: list[str], searcher: Any, *, prefix: bool = False) -> Any:
    if not wanted:
        return q.NullQuery
    if prefix and len(wanted) == 1:
        return q.Prefix(field, wanted[0])
    if len(wanted) == 1:
        return q.Term(field, wanted[0])
    if not prefix:
        return q.Phrase(field, wanted)
    ends = [t for t in _lexicon(searcher, field) if t.startswith(wanted[-1])]
    return q.Or([q.Phrase(field, [*wanted[:-1], end]) for end in ends])


def _field(name: str, value: str, prefix: bool, searcher: Any) -> Any:
    if name in WORD_FIELDS:
        return _sequence(name, terms(value), searcher, prefix=prefix)
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
