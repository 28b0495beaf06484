"""Connections to the database that holds an index, and what a person is told when one fails."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, TypeVar

from briefing.errors import BriefingError, BusyError, StaleIndexError, UnavailableError, WriteError
from briefing.search.address import shown_address

try:
    import psycopg
    from psycopg import errors, pq
    from psycopg.abc import PQGen
except ImportError as missing:
    raise UnavailableError(
        "an index in a database needs the driver of PostgreSQL",
        "Install it: pip install 'briefing[postgres]'",
    ) from missing

T = TypeVar("T")
CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 30
WRITE_SECONDS: Final = 600
"""Seconds without an answer after which a server, or the link to it, counts as stuck."""
_REASONS: Final = {
    "Is the server running": "no server runs there",
    "too many c": "all of its connections are in use",
    "connection slots are reserved": "all of its connections are in use",
    "timeout expired": f"it has not answered in {CONNECT_SECONDS} seconds",
}
"""What parts of the driver's messages mean."""


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that waits so many `seconds` for each answer, and is closed after them."""

    seconds: float = READ_SECONDS

    def wait(self, gen: PQGen[T], *args: Any, **options: Any) -> T:
        """Wait for an answer; raises QueryCanceled."""
        return super().wait(self._until(gen, time.monotonic() + self.seconds), *args, **options)

    @property
    def is_asking(self) -> bool:
        """Whether a thread asks something: a statement counts as active only once it was sent."""
        return self.info.transaction_status != pq.TransactionStatus.IDLE

    def stop(self) -> None:
        """Have the answer that another thread waits for be QueryCanceled."""
        with suppress(psycopg.Error):
            self.cancel_safe(timeout=CONNECT_SECONDS)

    def _until(self, gen: PQGen[T], end: float) -> PQGen[T]:
        """Pass on what a generator of the driver's waits for, until the time is over."""
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > end:
                    self.close()
                    raise errors.QueryCanceled
                wanted = gen.send(ready)
        except StopIteration as done:
            answer: T = done.value
            return answer


def connect(place: str, settings: Mapping[str, str], *, writing: bool) -> Connection:
    """Connect to a database; raises psycopg.Error."""
    found = Connection.connect(
        place,
        autocommit=True,
        prepare_threshold=None,
        connect_timeout=CONNECT_SECONDS,
        application_name="briefing",
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
    )
    found.seconds = WRITE_SECONDS if writing else READ_SECONDS
    # One question, since each takes as long as the way there and back.
    query = ", ".join(["set_config(%s, %s, false)"] * len(settings))
    found.execute(f"select {query}", [each for pair in settings.items() for each in pair])
    return found


def told(error: psycopg.Error, address: str, *, writing: bool) -> BriefingError:
    """Return what a person is told of an error; never a password, nor words of an article."""
    place = f"({shown_address(address)})"
    match error:
        case (
            errors.UndefinedTable()
            | errors.UndefinedColumn()
            | errors.InvalidSchemaName()
            | errors.DataCorrupted()
            | errors.IndexCorrupted()
        ):
            return StaleIndexError("the search index in the database is missing or damaged")
        case errors.LockNotAvailable() | errors.DeadlockDetected():
            return BusyError(f"others write to the shared index {place}", "Try again in a minute.")
        case errors.DiskFull():
            return WriteError(
                f"the disk of the shared index is full; nothing there is lost {place}"
            )
        case errors.InsufficientPrivilege() | errors.ReadOnlySqlTransaction():
            doing, kind = ("write to", WriteError) if writing else ("read", UnavailableError)
            return kind(
                f"you may not {doing} the shared index {place}", "Ask whose database it is."
            )
        case errors.QueryCanceled():
            seconds = WRITE_SECONDS if writing else READ_SECONDS
            hint = "The link or the server is slow. Ask for less at once, or try again later."
            return UnavailableError(
                f"the shared index has not answered in {seconds} seconds {place}", hint
            )
    return _unreached(error, place)


def _unreached(error: psycopg.Error, place: str) -> UnavailableError:
    said = " ".join((error.diag.message_primary or str(error) or "no reason is given").split())
    said = said.rpartition(" failed: ")[2].removeprefix("FATAL: ")
    reason = next((words for part, words in _REASONS.items() if part in said), said)
    hint = "Keep it in ~/.pgpass or the variable PGPASSWORD." if "password" in reason else None
    return UnavailableError(f"the shared index cannot be reached: {reason} {place}", hint)
