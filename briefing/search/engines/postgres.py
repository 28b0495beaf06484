"""The engine that shares its index in a PostgreSQL database, of version 15 or later.

Any number may read and write at once: a commit replaces whole articles, and locks no more than
their keys. A user who may only select can do all but write.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from briefing.errors import (
    BusyError,
    StaleIndexError,
    StoppedError,
    UnavailableError,
    WriteError,
)
from briefing.search.address import shown_address
from briefing.search.documents import PreparedArticle, article_key
from briefing.search.engines import postgres_layout as layout
from briefing.search.engines.postgres_connecting import READ_SECONDS, Connection, connect, told
from briefing.search.engines.postgres_ranking import KnownFacets, PostgresQuestion
from briefing.search.index import WAIT_SECONDS, SearchIndex
from briefing.search.nodes import Node
from briefing.search.planning import SearchAnswer

import psycopg  # isort: skip - what it raises where it is missing is told by the import above

T = TypeVar("T")
Cursor = psycopg.Cursor[tuple[Any, ...]]
AT_ONCE: Final = 20_000
"""Passages per commit of a batch, which bounds the memory of a writer."""
INDEX_SECONDS: Final = 86_400
"""The index of a million passages takes a quarter of an hour; that of a desk, seconds."""
_SETTINGS: Final = {
    "search_path": f"pg_catalog, {layout.SCHEMA}",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "128MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "4",
    "cpu_tuple_cost": "0.1",
    "cpu_index_tuple_cost": "0.1",
    "cpu_operator_cost": "0.02",
    "enable_seqscan": "off",
}
"""With these the database asks the GIN indexes, and does not fetch the words of all passages."""
_READING: Final = {
    "default_transaction_isolation": "repeatable read",
    "default_transaction_read_only": "on",
    "statement_timeout": f"{READ_SECONDS}s",
}
_LOCK: Final = "select pg_advisory_xact_lock(hashtext('briefing'))"


class PostgresIndex(SearchIndex):
    """The index in the schema `briefing` of a database."""

    def __init__(self, place: str, wait: float) -> None:
        """Use `open` or `create`."""
        super().__init__()
        self.place = place
        self.wait = wait
        self._connections: dict[bool, Connection] = {}
        weakref.finalize(self, _close, self._connections)
        self._facets = KnownFacets("")
        self._stopping, self._is_stopped = threading.Lock(), False

    @classmethod
    def open(cls, place: str, wait: float = WAIT_SECONDS) -> Self:
        """Open the index at an address; raises StaleIndexError where there is none."""
        engine = cls(place, wait)
        # With the schema's name: without the right to it, its tables are not there at all.
        query = f"select version, generation from {layout.SCHEMA}.state"
        row = engine._row(query)
        version, engine.generation = row or ("", "")
        engine._facets = KnownFacets(engine.generation)
        if _number(version) > _number(layout.VERSION):
            raise UnavailableError(
                f"a newer version of briefing made the shared index ({shown_address(place)})",
                "Update briefing.",
            )
        if version != layout.VERSION:
            raise StaleIndexError("the search index in the database is of another version")
        return engine

    @classmethod
    def create(cls, place: str) -> Self:
        """Create an empty index, replacing any other; raises WriteError.

        An index of this version is emptied: who may read it still may.
        """
        engine = cls(place, WAIT_SECONDS)
        engine._write(_create)
        engine.close()
        return cls.open(place)

    # Reading

    def ask(
        self,
        root: Node,
        roles: Collection[str],
        limit: int,
        *,
        newest: bool = False,
        facets: bool = True,
    ) -> SearchAnswer:
        return self._asking(root, roles, lambda q: q.answer(limit, newest=newest, facets=facets))

    def count(self, root: Node, roles: Collection[str], *, articles: bool = False) -> int:
        return self._asking(root, roles, lambda question: question.count(articles=articles))

    def _asking(
        self, root: Node, roles: Collection[str], action: Callable[[PostgresQuestion], T]
    ) -> T:
        return self._read(lambda c: action(PostgresQuestion(c, root, roles, self._facets)))

    def stop(self) -> None:
        with self._stopping:
            asking = self._connections.get(False)
            if asking and asking.is_asking:
                self._is_stopped = True
                asking.stop()

    def terms(self, field: str, prefix: str) -> Counter[str]:
        mark = layout.lexeme(field, "")
        query = "lexeme ^@ %s and left(lexeme, 1) <> %s"
        other = "" if mark else ":"
        found = self._read(lambda cursor: layout.count_terms(cursor, query, (mark + prefix, other)))
        return Counter({term[len(mark) :]: count for term, count in found.items()})

    def near(self, term: str, distance: int) -> Counter[str]:
        return self._read(lambda cursor: layout.near_terms(cursor, term, distance))

    def verify(self) -> None:
        query = """select sum(length(p.record)), sum(length(p.words)), sum(length(a.record)),
            sum(length(a.words)), bool_and(number is not null)
            from passages p full join articles a on number = article"""
        *_, is_whole = self._row(query) or (None,)
        if is_whole is False:
            raise StaleIndexError("the search index in the database is damaged")

    def __len__(self) -> int:
        (length,) = self._row("select coalesce(sum(length), 0)::int from articles") or (0,)
        return int(length)

    def held(self, briefing: str, article_ids: Iterable[str]) -> Mapping[str, str]:
        query = "select key, digest from keys where key = any(%s)"
        keys = [article_key(briefing, each) for each in article_ids]
        rows = self._read(lambda cursor: cursor.execute(query, (keys,)).fetchall())
        return {key[len(briefing) + 1 :]: digest for key, digest in rows}

    def is_of(self, keys: Collection[str]) -> bool:
        # Copies of a library may lag behind each other, and each be ahead in something.
        query = "select count(*), count(*) filter (where key = any(%s)) from keys"
        size, common = self._row(query, (list(keys),)) or (0, 0)
        return 2 * int(common) >= min(len(keys), int(size))

    def may_write(self) -> bool:
        query = """select not pg_is_in_recovery() and has_table_privilege('keys', 'insert')
            and has_table_privilege('passages', 'insert')"""
        return self._row(query) == (True,)

    def close(self) -> None:
        """Close the connections; they are opened again when needed."""
        with self._reading, self._writing:
            _close(self._connections)

    # Writing

    def start(self, committed: Callable[[], None] | None) -> _Batch:
        return _Batch(self, committed)

    def finish(self) -> None:
        """Make the indexes where they are not there yet."""
        found = self._write(lambda c: _one(c, "select to_regclass('passages_words') is not null"))
        if found == (True,):
            return
        # Whose tables these are not can only fill them; while others write, the next batch does it.
        with contextlib.suppress(BusyError, WriteError, psycopg.Error):
            connection = self._connection(writing=True)
            connection.seconds, before = INDEX_SECONDS, connection.seconds
            try:
                self._write(_make_indexes)
                # Searches read the tables themselves the less the newer this is.
                connection.execute("vacuum analyze articles, passages, terms")
            finally:
                connection.seconds = before

    # Connections

    def _row(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        return self._read(lambda cursor: _one(cursor, query, values))

    def _read(self, action: Callable[[Cursor], T]) -> T:
        with self._reading:
            with self._stopping:  # What was asked before may be stopped at this moment.
                self._is_stopped = False
            return self._run(action, writing=False)

    def _write(self, action: Callable[[Cursor], T]) -> T:
        with self._writing:
            return self._run(action, writing=True)

    def _run(self, action: Callable[[Cursor], T], *, writing: bool) -> T:
        """Do something in a transaction, and again where the connection was lost or others met it.

        What is written is the same if it is written twice.
        """
        for again in (True, False):
            connection = None
            try:
                connection = self._connection(writing=writing)
                with connection.transaction(), connection.cursor(binary=True) as cursor:
                    return action(cursor)
            except psycopg.Error as error:
                lost = connection is not None and connection.closed
                if lost:
                    self._connections.pop(writing, None)
                met = isinstance(error, psycopg.errors.DeadlockDetected)
                late = isinstance(error, psycopg.errors.QueryCanceled)
                if late and self._is_stopped and not writing:
                    raise StoppedError("the search was stopped") from error
                if late or not (again and (lost or met)):
                    raise told(error, self.place, writing=writing) from error
        raise AssertionError

    def _connection(self, *, writing: bool) -> Connection:
        found = self._connections.get(writing)
        if found is None or found.closed:
            own = {"lock_timeout": f"{max(1, round(self.wait * 1000))}ms"} if writing else _READING
            found = connect(self.place, {**_SETTINGS, **own}, writing=writing)
            self._connections[writing] = found
        return found


class _Batch:
    """Uncommitted changes: articles to delete, and then those to put in."""

    def __init__(self, engine: PostgresIndex, committed: Callable[[], None] | None) -> None:
        self._engine = engine
        self._told = committed
        self.committed = False
        self._new: dict[str, layout.ArticleRows] = {}
        self._gone: list[tuple[str, list[str] | None]] = []
        self._size = 0

    def put(self, article: PreparedArticle) -> None:
        """Add an article, replacing an older version."""
        rows = self._new[article.key] = layout.rows_of(article)
        self._size += len(rows.passages) + 1
        if self._size >= AT_ONCE:
            self.commit()

    def delete(self, briefing: str, article_ids: Iterable[str] | None) -> None:
        """Delete articles, or with None the whole briefing."""
        if self._new:
            self.commit()
        ids = article_ids if article_ids is None else list(article_ids)
        self._gone.append((briefing, ids))

    def commit(self) -> None:
        """Commit the changes made so far."""
        if not (self._new or self._gone):
            return
        self._engine._write(self._store)  # noqa: SLF001 - a part of the engine
        self._new, self._gone, self._size, self.committed = {}, [], 0, True
        if self._told:
            self._told()

    def cancel(self) -> None:
        """Discard what is not committed."""
        self._new, self._gone = {}, []

    def _store(self, cursor: Cursor) -> None:
        shown, others = Counter[str](), Counter[str]()

        def remove(keys: Sequence[str]) -> None:
            """Delete the rows of articles, and count what stood in them no more."""
            query = "select array_agg(number) from articles where key = any(%s)"
            (numbers,) = (_one(cursor, query, (keys,)) if keys else None) or (None,)
            if numbers:
                for lexeme, read, other in cursor.execute(layout.COUNTED, [numbers] * 2):
                    shown[lexeme] -= read
                    others[lexeme] -= other
                cursor.execute("delete from passages where article = any(%s)", (numbers,))
                cursor.execute("delete from articles where number = any(%s)", (numbers,))

        for briefing, ids in self._gone:
            wanted = None if ids is None else [article_key(briefing, each) for each in ids]
            query = """delete from keys where key in (select key from keys where briefing = %s
                and (%s::text[] is null or key = any(%s)) order by key for update) returning key"""
            gone = cursor.execute(query, (briefing, wanted, wanted)).fetchall()
            remove([key for (key,) in gone])
        new = [self._new[key] for key in sorted(self._new)]
        # In one order, so that two who replace the same articles wait and do not block each other.
        query = """insert into keys (key, briefing, digest, number)
            select *, nextval('numbers') from unnest(%s::text[], %s::text[], %s::text[])
            on conflict (key) do update set digest = excluded.digest, number = excluded.number
            where keys.digest <> excluded.digest returning key, number"""
        columns = [list(column) for column in zip(*(each[:3] for each in new), strict=True)]
        fresh: dict[str, int] = dict(cursor.execute(query, columns).fetchall()) if new else {}
        remove(list(fresh))
        written = [(number, self._new[key]) for key, number in fresh.items()]
        _copy(cursor, layout.ARTICLES, ((n, *each.article) for n, each in written))
        _copy(cursor, layout.PASSAGES, ((n, *row) for n, each in written for row in each.passages))
        for _, each in written:
            shown.update(each.shown)
            others.update(each.others)
        terms, stems, every, read = layout.term_columns(shown, others)
        cursor.execute(layout.COUNT, (terms, stems, every, read))
        if min(every, default=0) < 0:
            cursor.execute("delete from terms where count = 0 and lexeme = any(%s)", (terms,))


def _close(connections: dict[bool, Connection]) -> None:
    for connection in connections.values():
        connection.close()
    connections.clear()


def _create(cursor: Cursor) -> None:
    cursor.execute(_LOCK)
    cursor.execute(f"create schema if not exists {layout.SCHEMA}")
    cursor.execute(f"set local search_path to {layout.SCHEMA}, pg_catalog")
    there = _one(cursor, "select to_regclass('state') is not null") == (True,)
    if there and (_one(cursor, "select version from state") or ("",))[0] == layout.VERSION:
        cursor.execute(f"truncate {', '.join(layout.TABLES)}")
    else:
        cursor.execute(f"drop table if exists {', '.join(layout.TABLES)} cascade")
        for statement in Path(__file__).with_name("postgres_schema.sql").read_text().split(";"):
            if statement.strip():
                cursor.execute(statement)
    cursor.execute(f"drop index if exists {', '.join(layout.INDEXES)}")
    state = (layout.VERSION, secrets.token_hex(8))
    cursor.execute("insert into state values (%s, %s)", state)


def _make_indexes(cursor: Cursor) -> None:
    cursor.execute(_LOCK)
    cursor.execute(f"set local search_path to {layout.SCHEMA}, pg_catalog")
    # All at once and in the order of writers, who else had some of them while this has others.
    cursor.execute("lock table keys, articles, passages, terms in share row exclusive mode")
    for name, made in layout.INDEXES.items():
        cursor.execute(f"create index if not exists {name} on {made}")


def _copy(cursor: Cursor, table: tuple[str, str], rows: Iterable[layout.RowValues]) -> None:
    columns, types = table
    with cursor.copy(f"copy {columns} from stdin binary") as copy:
        copy.set_types(types.split())
        for row in rows:
            copy.write_row(row)


def _number(version: str) -> int:
    last = version.rpartition("/")[2]
    return int(last) if last.isdecimal() else 0


def _one(cursor: Cursor, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    return cursor.execute(query, values).fetchone()
