"""Entry point of the `briefing` command: the two calls that must be fast, then the command line.

`--version` loads nothing, and opening the reader does not load the command line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main() -> None:
    """Run the command line; exits with a code of `briefing.errors.ExitCode`."""
    replace_closed_streams()
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from briefing import __version__

        try:
            sys.stdout.write(f"briefing {__version__}\n")
            sys.stdout.flush()
        except OSError:
            pass  # The command line runs into the same error, and reports it like any other.
        else:
            return
    wanted = reader_call(arguments)
    if wanted is not None and sys.stdin.isatty() and sys.stdout.isatty():
        from briefing.errors import BriefingError, UnexpectedError

        try:
            open_reader(*wanted)
        except UnexpectedError as error:
            from briefing.cli.console import leave

            leave(error)
        except BriefingError:
            pass  # The command line runs into the same error, and reports it like any other.
        except Exception as error:  # noqa: BLE001 (the edge: whatever it is ends in a sentence)
            from briefing.cli.console import leave
            from briefing.crashes import report_crash

            leave(report_crash(error, "briefing"))
        else:
            return
    from briefing.cli.main import run

    run()


def replace_closed_streams() -> None:
    """Put one that fails in the place of each standard stream that is closed.

    Else the next file that is opened gets its number, and what is printed may land in it. Only
    standard error takes what is written to it and forgets it.
    """
    for number, name, access, mode in (
        (0, "stdin", os.O_WRONLY, "r"),
        (1, "stdout", os.O_RDONLY, "w"),
        (2, "stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, access)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def reader_call(arguments: Sequence[str]) -> tuple[str | None, str | None] | None:
    """Return library and briefing of a call that opens the reader in the plainest way, else None.

    Such a call is `--library DIR`, `open`, `open NAME`, both, or nothing.
    """
    rest, library = list(arguments), None
    if rest[:1] == ["--library"] and len(rest) > 1:
        library, rest = rest[1], rest[2:]
    if rest[:1] == ["open"]:
        rest = rest[1:]
        if len(rest) == 1 and rest[0].strip() and not rest[0].startswith("-"):
            return (library, rest[0]) if library != "" else None
    return (library, None) if not rest and library != "" else None


def open_reader(library: str | None, briefing: str | None) -> None:
    """Open the reader on the library in that folder, or on the one found; raises BriefingError."""
    from pathlib import Path

    from briefing.library import Library
    from briefing.tui import run

    opened = Library.open(Path(library) if library is not None else None)
    if briefing is not None:
        opened.require(briefing)
    run(opened, briefing=briefing)


if __name__ == "__main__":
    main()
