"""Entry point of the `briefing` command: answers `--version` before anything else is loaded."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; exits with a code of `briefing.errors.ExitCode`."""
    if sys.argv[1:] == ["--version"]:
        from briefing import __version__

        sys.stdout.write(f"briefing {__version__}\n")
        return
    from briefing.cli import run

    run()


if __name__ == "__main__":
    main()
