"""Unexpected errors: a sentence for the person, and the trace for a log."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from briefing.errors import UnexpectedError
from briefing.paths import state_folder
from briefing.visible import visible

DEBUG_VARIABLE = "BRIEFING_DEBUG"
"""The environment variable that has the trace printed as well."""
MAX_LOG_BYTES = 1_000_000
"""A log that has grown to this size is started again."""


def report_crash(error: BaseException, doing: str) -> UnexpectedError:
    """Log the trace of `error`, and return the error to show.

    `doing` names what failed, such as a document. The trace has no values of variables.
    """
    if isinstance(error, OSError) and error.strerror:
        return _refusal(error, doing)
    # The message of an error may hold words of a document.
    trace = visible("".join(traceback.format_exception(error)), lines=True)
    if os.environ.get(DEBUG_VARIABLE):
        sys.stderr.write(trace)
    log = _keep(trace)
    return UnexpectedError(
        f"{doing}: unexpected error ({type(error).__name__}).",
        f"Please report it with the contents of {log}."
        if log
        else f"Set {DEBUG_VARIABLE}=1 to see where it happened, and please report it.",
    )


def _refusal(error: OSError, doing: str) -> UnexpectedError:
    """Return what to show where the system refused something, which is no error of the program."""
    place = f"{error.filename}: " if error.filename else ""
    denied = isinstance(error, PermissionError)
    return UnexpectedError(
        f"{doing}: {place}{error.strerror}.", "Check the permissions." if denied else None
    )


def _keep(trace: str) -> Path | None:
    """Add a trace to the log, or write one of its own where the log cannot be written.

    Returns the path of the file, None where no file can be written at all.
    """
    log = state_folder() / "crash.log"
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        grown = log.exists() and log.stat().st_size > MAX_LOG_BYTES
        with log.open("w" if grown else "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(trace + "\n")
        return log
    with suppress(OSError):
        import tempfile

        number, name = tempfile.mkstemp(prefix="briefing-crash-", suffix=".log")
        with open(number, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123
            file.write(trace + "\n")
        return Path(name)
    return None
