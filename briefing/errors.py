"""Every failure the user may see: one small tree of exceptions, one exit code per kind.

BriefingError
├── UsageError      the call does not make sense
├── NotFoundError   no such library, briefing, article or quote
├── InputError      a document to add cannot be read
├── ContentError    a YAML file of the library is broken (carries line and column)
│   └── WrongQuoteError  it has a quote that is not in its text
├── BusyError       another process holds the library's lock
├── StoppedError    the operation was cancelled
├── WriteError      the disk is full or the folder cannot be written
├── MismatchError   a quote or a hash does not match what is stored
│   └── AmbiguousError   words that stand in more than one place (carries them)
├── StaleIndexError the search index has to be rebuilt from content/
├── UnavailableError  the database that holds the search index does not answer, or holds another's
├── ClusterError    a cluster of workers does not answer, or does not fit
└── UnexpectedError  an error in the program itself
"""

from __future__ import annotations

import copyreg
import enum
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.model import Choice


class ExitCode(enum.IntEnum):
    """Exit codes of the process; stable, documented in the README."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    NOT_FOUND = 3
    BAD_INPUT = 4
    BAD_CONTENT = 5
    BUSY = 6
    CANNOT_WRITE = 7
    MISMATCH = 8


class BriefingError(Exception):
    """A failure described in a sentence that a person can act on.

    `message` says what failed and where, `hint` what to do next (or None). Neither is escaped:
    the caller escapes them for its medium.
    """

    exit_code = ExitCode.FAILURE

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error that a worker raised travel, whatever its class is made of."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class UsageError(BriefingError):
    """The call does not make sense."""

    exit_code = ExitCode.USAGE


class NotFoundError(BriefingError):
    """No such library, briefing, article or quote."""

    exit_code = ExitCode.NOT_FOUND


class InputError(BriefingError):
    """A document to add cannot be read; the rest of the batch goes on."""

    exit_code = ExitCode.BAD_INPUT


class ContentError(BriefingError):
    """A file of the library is broken: `path`, and `line` and `column` counted from 1."""

    exit_code = ExitCode.BAD_CONTENT

    def __init__(
        self,
        message: str,
        *,
        path: Path,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}", hint)
        self.path = path
        self.line = line
        self.column = column


class WrongQuoteError(ContentError):
    """A file of the library has a quote that is not, character for character, in its text."""


class BusyError(BriefingError):
    """Another process holds the library's lock."""

    exit_code = ExitCode.BUSY


class StoppedError(BriefingError):
    """Work of another thread was cancelled; what it did before is kept."""


class WriteError(BriefingError):
    """The disk is full or the folder cannot be written; existing files are unharmed."""

    exit_code = ExitCode.CANNOT_WRITE


class MismatchError(BriefingError):
    """A quote is not, character for character, in the stored text, or a hash differs."""

    exit_code = ExitCode.MISMATCH


class AmbiguousError(MismatchError):
    """Words stand in more than one place of an article: `choices` are the first of these."""

    def __init__(self, message: str, choices: tuple[Choice, ...]) -> None:
        super().__init__(message, "Give more of the words around it.")
        self.choices = choices


class StaleIndexError(BriefingError):
    """The search index is missing, damaged, or from another version or machine: rebuild it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "Rebuild it from content/: briefing index --rebuild")


class UnavailableError(BriefingError):
    """The database of the search index cannot be reached, is late, or has another library's."""


class ClusterError(BriefingError):
    """No cluster answers, its workers died over a document, or have other versions."""


class UnexpectedError(BriefingError):
    """An error in the program itself; a log has the trace."""


MOST_KNOWN = 12
"""Names that are listed where one is unknown."""


def nearest(wanted: str, names: Iterable[str], most: int = 1) -> list[str]:
    """Return the names that are most like the one wanted, in any case; none where none is."""
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in names}
    return [folded[name] for name in get_close_matches(wanted.strip().casefold(), folded, n=most)]


def list_known(like: Iterable[str], known: Sequence[str]) -> str:
    """Return what to say instead of an unknown name: one like it, and those there are."""
    parts = [f"Did you mean {name}?" for name in like]
    more = ", …" if len(known) > MOST_KNOWN else ""
    return " ".join([*parts, f"It has: {', '.join(known[:MOST_KNOWN]) or 'none'}{more}"])
