"""What several test files need: a small article and a way to run the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.loaded import LIMIT, LoadedCommand

if TYPE_CHECKING:
    from tests.ingest.web.hostile import HostileServer
    from tests.postgres import PostgresServer

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"

STORY = """\
Harbour board closes old ferry terminal

The board of the port of Rotterdam voted on Monday to close its old ferry terminal.

“We cannot wait for a third winter,” said Ana Lin, the Dutch transport minister.

A German official told the Financial Times that Berlin had “no plan at all” for the traffic.

Belgium has banned heavy lorries from the quay, while France is still considering a ban.

The quay is four hundred metres long.
"""

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="session", autouse=True)
def _state_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what a machine remembers of its indexes out of the user's state folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Return the path of a short invented article."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return an environment in which nothing of the user's is found or written."""
    return environment_at(tmp_path_factory.mktemp("home"))


def environment_at(home: Path) -> Mapping[str, str]:
    """Return an environment in which this is the user's folder."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LANG") if key in os.environ}
    folders = {f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "CONFIG", "STATE")}
    return kept | folders | {"HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "100"}


@contextmanager
def interrupts_heard() -> Iterator[None]:
    """Let processes started inside hear an interrupt, which `nohup` and `&` have them ignore.

    What is ignored is inherited, and what has a handler is not: a handler is set meanwhile.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.fixture
def start_python(tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Start]:
    """Return a function that starts Python with arguments, its streams piped, and lets it run.

    It hears an interrupt, whatever the tests were started by. What still runs at the end of the
    test is killed.
    """
    started = []

    def run(*arguments: object, **options: Any) -> subprocess.Popen[str]:
        with interrupts_heard():
            process = subprocess.Popen(
                [sys.executable, "-W", "error", *map(str, arguments)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=dict(environment),
                cwd=tmp_path,
                **options,
            )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def loaded_command(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedCommand | None]:
    """Return what runs commands in forks of a process; none where forking is not safe."""
    if sys.platform != "linux":
        yield None
        return
    folder = tmp_path_factory.mktemp("loaded")
    loaded = LoadedCommand(environment_at(folder), folder)
    yield loaded
    loaded.close()


@pytest.fixture
def briefing(
    tmp_path: Path, environment: Mapping[str, str], loaded_command: LoadedCommand | None
) -> Run:
    """Return a function that runs `briefing --library tmp_path/library ARGUMENTS`."""

    def run(
        *arguments: str | Path, stdin: bytes = b"", library: Path | None = tmp_path / "library"
    ) -> subprocess.CompletedProcess[str]:
        named = ["--library", str(library)] if library else []
        call = [*named, *map(str, arguments)]
        if loaded_command is not None and loaded_command.can_run(environment):
            done = loaded_command.run(call, stdin, environment, tmp_path)
        else:
            done = subprocess.run(
                [sys.executable, "-m", "briefing", *call],
                input=stdin,
                capture_output=True,
                env=dict(environment),
                cwd=tmp_path,
                timeout=LIMIT,
                check=False,
            )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """Return a web server in this process that answers, or misbehaves, as it is told to."""
    from tests.ingest.web.hostile import hostile_server

    with hostile_server() as running:
        yield running


@pytest.fixture
def seeds() -> list[Path]:
    """Return the five real articles; skips where they are absent."""
    found = sorted(SEEDS.glob("*.txt"))
    if not found:
        pytest.skip("the five real articles are not part of the repository")
    return found


@pytest.fixture(scope="session")
def any_postgres() -> Iterator[str]:
    """Return the address of a server for all tests of this process; skips where there is none."""
    from tests.postgres import VARIABLE, PostgresServer

    if named := os.environ.get(VARIABLE):
        pytest.importorskip("psycopg", exc_type=ImportError)
        yield named
        return
    server = PostgresServer(postgres_programs())
    yield server.address()
    server.remove()


def postgres_programs() -> Path:
    """Return the folder of PostgreSQL's programs; skips where it or its driver is missing."""
    from tests.postgres import VARIABLE, find_programs

    pytest.importorskip("psycopg", exc_type=ImportError)
    programs = find_programs()
    if programs is None:
        pytest.skip(f"there is no PostgreSQL here, and {VARIABLE} names none")
    return programs


@pytest.fixture
def postgres(any_postgres: str) -> Iterator[str]:
    """Return the address of an empty database; skips where there is no PostgreSQL."""
    from tests.postgres import empty_database

    with empty_database(any_postgres) as address:
        yield address


@pytest.fixture
def postgres_server() -> Iterator[PostgresServer]:
    """Return a server of this test's own, which it may stop and starve."""
    from tests.postgres import PostgresServer

    server = PostgresServer(postgres_programs(), max_connections=12, autovacuum="off")
    yield server
    server.remove()
