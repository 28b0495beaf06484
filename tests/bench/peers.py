"""The peers of the search bench, used as their documentation shows: Whoosh, SQLite FTS5.

Both look in one passage at a time: what joins the words of a whole article is written here, by a
join over the articles of each word, for the kinds of ARTICLE_WIDE alone. Of `tied fields` Whoosh
asks for a passage that has all values; FTS5 has a table of positions to ask.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.model import Article
from briefing.search.nodes import (
    And,
    ExactPhrase,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Same,
    Word,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import fields, index, qparser, sorting
    from whoosh import query as q
    from whoosh.query import spans

LIMIT = 50
ARTICLE_WIDE = {"article-wide two", "article-wide three"}


def rows_of(article: Article) -> Iterable[dict[str, Any]]:
    for place, chunk in enumerate(article.chunks):
        yield {
            "article": article.id,
            "chunk": chunk.id,
            "text": chunk.text,
            "headline": article.headline if place == 0 else "",
            "publisher": article.publisher,
            "date": article.date.value if article.date else None,
            "countries": [country.code for country in chunk.countries],
            "speakers": [quote.speaker.name for quote in chunk.quotes if quote.speaker],
            "positions": [(each.country, each.stance) for each in chunk.positions],
        }


class Whoosh:
    """Whoosh 2.7.4 out of the box."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, articles: Iterable[Article]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        schema = fields.Schema(
            article=fields.ID(stored=True, sortable=True),
            chunk=fields.ID(stored=True),
            text=fields.TEXT(stored=True),
            headline=fields.TEXT(field_boost=4.0),
            publisher=fields.ID(stored=True, sortable=True),
            date=fields.DATETIME(stored=True, sortable=True),
            countries=fields.KEYWORD(stored=True, sortable=True, commas=True),
            speakers=fields.KEYWORD(stored=True, commas=True, lowercase=True),
            stances=fields.KEYWORD(commas=True),
        )
        writer = index.create_in(self.folder, schema).writer(limitmb=256)
        for article in articles:
            self._put(writer, article)
        writer.commit()

    def _put(self, writer: Any, article: Article) -> None:
        for row in rows_of(article):
            positions = row.pop("positions")
            row["date"] = datetime.fromisoformat(row["date"]) if row["date"] else None
            row["countries"] = ",".join(row["countries"])
            row["speakers"] = ",".join(row["speakers"])
            row["stances"] = ",".join(stance for _, stance in positions)
            writer.add_document(**row)

    def open(self) -> None:
        self.index = index.open_dir(self.folder)
        self.searcher = self.index.searcher()
        self.parser = qparser.MultifieldParser(["text", "headline"], self.index.schema)

    def search(self, root: Node, kind: str) -> int:
        options: dict[str, Any] = {"limit": LIMIT}
        if kind == "sort by date":
            options.update(sortedby="date", reverse=True)
        if kind == "facets":
            options.update(groupedby=sorting.FieldFacet("countries", allow_overlap=True))
        if kind in ARTICLE_WIDE and isinstance(root, And):
            words = [self._query(child) for child in root.children]
            options.update(filter=self._docs_of_articles(words))
            found = self.searcher.search(q.Or(words), **options)
        else:
            found = self.searcher.search(self._query(root), **options)
        if kind == "snippets":
            for hit in found:
                hit.highlights("text")
        return len(found)

    def _docs_of_articles(self, words: list[Any]) -> set[int]:
        """Find the passages of the articles that have all words, by way of each one's articles."""
        article_of = self.searcher.reader().column_reader("article")
        found = [set(self.searcher.docs_for_query(word)) for word in words]
        articles = set.intersection(*({article_of[doc] for doc in docs} for docs in found))
        return {doc for docs in found for doc in docs if article_of[doc] in articles}

    def _query(self, node: Node) -> Any:  # noqa: C901, PLR0911, PLR0912 - one line a kind
        match node:
            case And(children):
                return q.And([self._query(child) for child in children])
            case Or(children):
                return q.Or([self._query(child) for child in children])
            case Not(child):
                return q.Not(self._query(child))
            case Prefix(text):
                return q.Or([q.Prefix("text", text), q.Prefix("headline", text)])
            case Fuzzy(text, distance):
                return q.FuzzyTerm("text", text, maxdist=distance, prefixlength=1)
            case ExactPhrase(text):
                return q.Phrase("text", text.lower().split())
            case Word(text):
                return self.parser.parse(text)
            case Field("before", value):
                return q.DateRange("date", None, datetime.fromisoformat(value), endexcl=True)
            case Field("after", value):
                return q.DateRange("date", datetime.fromisoformat(value), None)
            case Same(child):
                return self._query(child)
            case Near(words, distance):
                terms = [q.Term("text", word.text) for word in words]
                return spans.SpanNear2(terms, slop=distance, ordered=False)
            case Field("date", "unknown"):
                return q.Not(q.Every("date"))
            case Field("headline", value):
                return q.Term("headline", value)
            case Field("stance", value):
                return q.Term("stances", value)
            case Field("country", value):
                return q.Term("countries", value)
            case Field("publisher", value):
                return q.Term("publisher", value)
            case Field("speaker", value):
                return q.Term("speakers", value.lower())
        raise AssertionError(node)

    def add(self, article: Article) -> None:
        writer = self.index.writer()
        self._put(writer, article)
        writer.commit(merge=False)
        self.searcher = self.searcher.refresh()

    def fold(self) -> None:
        """Leave its segments alone: folding as Whoosh does it takes seconds."""


class Fts5:
    """SQLite's FTS5 with an ordinary table beside it."""

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, articles: Iterable[Article]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.open()
        self.db.executescript(
            """
            create table chunks (id integer primary key, article, chunk, publisher, date);
            create table countries (id integer, country);
            create table speakers (id integer, speaker);
            create table positions (id integer, country, stance);
            create virtual table words using fts5 (text, headline, prefix='2 3');
            """
        )
        for article in articles:
            self._insert(article)
        self.db.executescript(
            """
            create index by_country on countries (country, id);
            create index by_chunk on countries (id);
            create index by_speaker on speakers (speaker, id);
            create index by_date on chunks (date);
            create index by_article on chunks (article);
            create index by_position on positions (country, stance, id);
            """
        )
        self.db.commit()

    def _insert(self, article: Article) -> None:
        for row in rows_of(article):
            plain = (row["article"], row["chunk"], row["publisher"], row["date"])
            cursor = self.db.execute("insert into chunks values (null, ?, ?, ?, ?)", plain)
            number = cursor.lastrowid
            self.db.execute(
                "insert into words (rowid, text, headline) values (?, ?, ?)",
                (number, row["text"], row["headline"]),
            )
            for table in ("countries", "speakers"):
                self.db.executemany(
                    f"insert into {table} values (?, ?)",  # noqa: S608 - two fixed names
                    [(number, value) for value in row[table]],
                )
            self.db.executemany(
                "insert into positions values (?, ?, ?)",
                [(number, *position) for position in row["positions"]],
            )

    def open(self) -> None:
        self.db = sqlite3.connect(self.folder / "fts.db")

    def search(self, root: Node, kind: str) -> int:
        if kind in ARTICLE_WIDE and isinstance(root, And):
            return self._article_wide([_fts(child) for child in root.children])
        words, where, values = self._split(root)
        shown = "c.id, c.article, c.chunk"
        if kind == "snippets":
            shown += ", snippet(words, 0, '[', ']', '…', 30)"
        tables = "words join chunks c on c.id = words.rowid" if words else "chunks c"
        if words:
            where.insert(0, "words match ?")
            values.insert(0, words)
        clause = f"from {tables} where {' and '.join(where)}"
        order = "c.date desc" if kind == "sort by date" else "rank" if words else "c.id"
        sql = f"select {shown} {clause} order by {order} limit {LIMIT}"
        found = self.db.execute(sql, values).fetchall()
        if kind == "facets":
            self.db.execute(
                "select country, count(*) from countries where id in "  # noqa: S608
                f"(select c.id {clause}) group by country order by 2 desc",
                values,
            ).fetchall()
        return len(found)

    def _article_wide(self, words: list[str]) -> int:
        of_word = (
            "select c.article from words join chunks c on c.id = words.rowid where words match ?"
        )
        sql = (
            "select c.id, c.article, c.chunk from words join chunks c on c.id = words.rowid "  # noqa: S608
            f"where words match ? and c.article in ({' intersect '.join([of_word] * len(words))}) "
            f"order by rank limit {LIMIT}"
        )
        return len(self.db.execute(sql, [" OR ".join(words), *words]).fetchall())

    def _split(self, root: Node) -> tuple[str, list[str], list[Any]]:
        parts = root.children if isinstance(root, And) else (root,)
        words = " ".join(_fts(part) for part in parts if not isinstance(part, Field))
        where: list[str] = []
        values: list[Any] = []
        asked = {part.name: part.value for part in parts if isinstance(part, Field)}
        if "headline" in asked:
            words = f'headline : "{asked.pop("headline")}"'
        if "stance" in asked:
            where.append("c.id in (select id from positions where country = ? and stance = ?)")
            values += [asked.pop("country"), asked.pop("stance")]
        if "date" in asked:
            where.append("c.date is null")
            del asked["date"]
        for name, value in asked.items():
            where.append(_WHERE[name])
            values.append(value)
        return words, where, values

    def add(self, article: Article) -> None:
        self._insert(article)
        self.db.commit()

    def fold(self) -> None:
        """FTS5 folds as it goes."""


_WHERE = {
    "before": "c.date < ?",
    "after": "c.date >= ?",
    "country": "c.id in (select id from countries where country = ?)",
    "speaker": "c.id in (select id from speakers where speaker = ?)",
    "publisher": "c.publisher = ?",
}


def _fts(node: Node) -> str:
    match node:
        case Or(children):
            return f"({' OR '.join(map(_fts, children))})"
        case Not(child):
            return f"NOT {_fts(child)}"
        case Prefix(text):
            return f'"{text}"*'
        case Word(text) | ExactPhrase(text) | Fuzzy(text):
            return f'"{text}"'
        case Same(And(children)):
            return " ".join(map(_fts, children))
        case Near(words, distance):
            return f"NEAR({' '.join(map(_fts, words))}, {distance})"
    raise AssertionError(node)
