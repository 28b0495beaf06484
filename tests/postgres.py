"""A PostgreSQL server for tests: the one that is named, or one started from Debian's packages."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

VARIABLE = "BRIEFING_TEST_POSTGRES"
"""Names the address of a server on which the tests may create databases and roles."""
USER = "briefing"
PASSWORD = "let-me-in"  # noqa: S105
"""Asked for on the loopback port, and not on the socket."""
_QUICK = "fsync=off full_page_writes=off shared_buffers=32MB"
_numbers = count(1)


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    named = found[-1] if found else shutil.which("initdb")
    return Path(named).resolve().parent if named else None


def _version(path: Path) -> int:
    name = path.parts[-3]
    return int(name) if name.isdecimal() else 0


class PostgresServer:
    """A server of our own in a temporary folder, on a socket and a loopback port."""

    def __init__(self, programs: Path, **settings: object) -> None:
        """Create and start it, as another user where we are root; settings as in its config."""
        self._programs = programs
        self._user = _other_user() if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="briefing-pg-"))
        if self._user:
            shutil.chown(self.folder, self._user)
        self.port = _free_port()
        password = self.folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run(
            *("initdb", "-D", self._data, "-U", USER, "-E", "UTF8", "--no-locale", "--no-sync"),
            *("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={password}"),
        )
        pairs = [*(pair.split("=") for pair in _QUICK.split()), *settings.items()]
        lines = [f"{name} = '{value}'\n" for name, value in pairs]
        with (self._data / "postgresql.conf").open("a") as config:
            config.writelines(lines)
        self.start()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str = "postgres", user: str = USER) -> str:
        """Return the address of a database on the socket, which asks for no password."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def loopback(self, database: str, password: str = PASSWORD, port: int = 0) -> str:
        """Return the address of a database on the loopback port, or on one that leads to it."""
        return f"postgresql://{USER}:{password}@127.0.0.1:{port or self.port}/{database}"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; `immediate` is what a power cut leaves."""
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-m", mode, "stop")

    def remove(self) -> None:
        """Stop the server, if it runs, and delete its folder."""
        if (self._data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: object) -> None:
        as_other = ["runuser", "-u", self._user, "--"] if self._user else []
        command = [*as_other, self._programs / program, *arguments]
        # pg_ctl leaves the server behind, which would hold a pipe open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                list(map(str, command)), cwd="/", stdout=output, stderr=output, check=False
            )
            output.seek(0)
            assert done.returncode == 0, output.read().decode()


def _other_user() -> str:
    import pwd

    return next(each.pw_name for each in pwd.getpwall() if each.pw_name in {"postgres", "nobody"})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """Create an empty database on the server at an address, and drop it in the end."""
    import psycopg

    name = f"briefing_test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def reader_of(database: str) -> Iterator[str]:
    """Return the address by which a role that may only read connects to a database."""
    import psycopg

    name = f"briefing_reader_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
        connection.execute(f"GRANT USAGE ON SCHEMA briefing TO {name}")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA briefing TO {name}")
    parts = urlsplit(database)
    hosts = parts.netloc.rpartition("@")[2]
    yield urlunsplit(parts._replace(netloc=f"{name}:{PASSWORD}@{hosts}"))
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {name}")
        connection.execute(f"DROP ROLE {name}")


@contextmanager
def all_locked(database: str) -> Iterator[Callable[[], datetime | None]]:
    """Have everybody wait who reads or writes; return a function that says since when one waits."""
    import psycopg

    waiting = """SELECT max(query_start) FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database()"""
    with (
        psycopg.connect(database, autocommit=True) as watching,
        psycopg.connect(database) as blocking,
    ):
        for (name,) in blocking.execute(
            "SELECT oid::regclass::text FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'briefing'::regnamespace"
        ).fetchall():
            blocking.execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
        yield lambda: (watching.execute(waiting).fetchone() or (None,))[0]


class SlowLink:
    """A link to a port of this machine on which everything takes longer, or nothing comes."""

    def __init__(self, port: int, delay: float = 0.0) -> None:
        """Listen on a port of its own; each packet of an answer comes `delay` seconds later."""
        self._target, self._delay = port, delay
        self._flowing = threading.Event()
        self._flowing.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.waits: list[float] = []

    def __enter__(self) -> SlowLink:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._listening.close()

    def hold(self) -> None:
        """Let nothing pass, though nobody hangs up."""
        self._flowing.clear()

    def release(self) -> None:
        """Let pass again what comes, and what was held."""
        self._flowing.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                for pair in ((near, far, 0.0), (far, near, self._delay)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, delay: float) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                self._flowing.wait()
                if delay:
                    self.waits.append(delay)
                    time.sleep(delay)
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
