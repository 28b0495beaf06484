"""The shared index on the command line: how it is named, and what is said where it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.postgres import PASSWORD, PostgresServer, reader_of

psycopg = pytest.importorskip("psycopg", exc_type=ImportError)


@pytest.fixture
def config(environment: dict[str, str]) -> Path:
    path = Path(environment["XDG_CONFIG_HOME"]) / "briefing" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_it_is_named_by_option_variable_and_config(
    briefing: Run, postgres: str, story: Path, environment: dict[str, str], config: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    assert briefing("--index", postgres, "add", story, "--to", "ports").returncode == 0
    assert "winter" in briefing("--index", postgres, "search", "winter").stdout
    environment["BRIEFING_INDEX"] = postgres
    assert f"index: {postgres}" in briefing("index").stderr
    assert "index: /" in briefing("--index", "local", "index").stderr
    del environment["BRIEFING_INDEX"]
    config.write_text(f'index = "{postgres}"\n')
    assert f"index: {postgres}" in briefing("index").stderr
    config.write_text(f'library = "{tmp_path / "other"}"\nindex = "{postgres}"\n')
    assert "index: /" in briefing("index").stderr


@pytest.mark.parametrize("address", ["mysql://ana:s3cret@db/x", "postgresql://a:s3@cret@db/x"])
def test_what_is_no_address_is_refused_before_anything_is_done(
    briefing: Run, story: Path, environment: dict[str, str], address: str
) -> None:
    environment["BRIEFING_INDEX"] = address
    done = briefing("add", story, "--to", "ports")
    assert done.returncode == 2
    assert "postgresql://user@host" in done.stderr
    assert "cret" not in done.stderr
    assert briefing("--index", "local", "add", story, "--to", "ports").returncode == 0


def test_the_password_is_never_shown(
    briefing: Run, postgres_server: PostgresServer, story: Path, environment: dict[str, str]
) -> None:
    address = postgres_server.loopback("postgres")
    said = [
        briefing("--index", address, "add", story, "--to", "ports"),
        briefing("--index", address, "index"),
        briefing("--index", address, "search", "winter"),
        briefing("--index", address.replace(PASSWORD, "wr0ng-one"), "search", "winter"),
    ]
    assert [done.returncode for done in said] == [0, 0, 0, 1]
    assert "index: postgresql://briefing@127.0.0.1" in said[1].stderr
    assert "password" in said[3].stderr
    for done in said:
        assert PASSWORD not in done.stdout + done.stderr
        assert "wr0ng-one" not in done.stdout + done.stderr
    environment["PGPASSWORD"] = PASSWORD
    assert (
        "winter"
        in briefing("--index", address.replace(f":{PASSWORD}", ""), "search", "winter").stdout
    )


def test_a_server_that_is_away_stops_only_what_needs_it(
    briefing: Run, postgres_server: PostgresServer, story: Path, tmp_path: Path
) -> None:
    address = postgres_server.address()
    postgres_server.stop()
    added = briefing("--index", address, "add", story, "--to", "ports")
    assert added.returncode == 0
    assert "cannot be reached" in added.stderr
    listed = briefing("--index", address, "list")
    assert "ports" in listed.stdout
    for command in ("search", "winter"), ("index",):
        refused = briefing("--index", address, *command)
        assert refused.returncode == 1
        assert "cannot be reached" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert "winter" in briefing("--index", "local", "search", "winter").stdout
    postgres_server.start()
    assert "winter" in briefing("--index", address, "search", "winter").stdout


def test_a_database_that_is_not_there_is_named(
    briefing: Run, postgres_server: PostgresServer, story: Path
) -> None:
    briefing("add", story, "--to", "ports")
    done = briefing("--index", postgres_server.address("nowhere"), "search", "winter")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_who_may_only_read_searches(briefing: Run, postgres: str, story: Path) -> None:
    briefing("--index", postgres, "add", story, "--to", "ports")
    with reader_of(postgres) as reading:
        done = briefing("--index", reading, "search", "winter")
        assert "winter" in done.stdout
        assert "may only be read" in done.stderr
        again = briefing("--index", reading, "search", "winter")
        assert (again.returncode, again.stderr) == (0, "")
        refused = briefing("--index", reading, "index", "--rebuild")
        assert refused.returncode == 7
        assert "Traceback" not in refused.stderr
        assert "winter" in briefing("--index", reading, "search", "winter").stdout
