"""The server of the tests."""

from __future__ import annotations

import pytest

from tests.postgres import PostgresServer

psycopg = pytest.importorskip("psycopg", exc_type=ImportError)


def test_a_test_has_an_empty_database(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        assert connection.execute(tables).fetchone() == (0,)


def test_a_server_of_its_own_comes_back_after_a_power_cut(postgres_server: PostgresServer) -> None:
    with psycopg.connect(postgres_server.loopback("postgres")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    postgres_server.stop("immediate")
    postgres_server.start()
    with psycopg.connect(postgres_server.address()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
