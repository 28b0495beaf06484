"""The server of the tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import InputBytes
from tests.conftest import ROOT
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


def test_the_readmes_roles_fill_and_read(postgres_server: PostgresServer, tmp_path: Path) -> None:
    told = (ROOT / "README.md").read_text("utf-8").split("<!-- roles.sql -->\n```sql\n")[1]
    for database, lines in zip(
        ("postgres", "news"), told.split("```")[0].split("\\c news"), strict=True
    ):
        with psycopg.connect(postgres_server.address(database), autocommit=True) as owner:
            for statement in filter(str.strip, re.sub("--.*", "", lines).split(";")):
                owner.execute(statement)
    anna = Library.open(tmp_path, index=postgres_server.address("news", "desk"), create=True)
    anna.add([InputBytes(name="x", data=b"Ferries\n\nFerries sail at dawn.")], to="ports")
    ben = Library.open(tmp_path, index=postgres_server.address("news", "reader"))
    ben.refresh()
    assert ben.search("ferries").total_articles == 1
    assert ben.add([InputBytes(name="y", data=b"Cranes\n\nCranes wait.")], to="ports").told != ()
    for library in (anna, ben):
        library.close()
