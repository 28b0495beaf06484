"""The command that serves the app to a browser."""

from __future__ import annotations

import os
import socket

import click

from briefing.cli.console import say
from briefing.cli.job import Job, any_name_argument, option, some_word
from briefing.errors import UsageError
from briefing.paths import INDEX_VARIABLE, OWN_INDEX


@click.command()
@any_name_argument
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port.")
@option(
    "--host",
    type=some_word,
    metavar="ADDRESS",
    default="localhost",
    show_default=True,
    help="The address to listen on.",
)
@option(
    "--yes-anyone-can-edit",
    help="Listen on an address that other machines reach, though nothing protects the "
    "library there.",
)
@click.pass_obj
def serve(job: Job, name: str | None, *, port: int, host: str, yes_anyone_can_edit: bool) -> None:
    """Serve the app to a browser, opened at briefing NAME if given; until ^C.

    There are no passwords and no encryption: whoever reaches the port reads and changes the
    library, and adds and writes files as you. By default that is you and the other users of this
    machine. Needs the extra `serve`.

    \b
    Examples:
      briefing serve
      briefing serve huawei-5g --port 8010
    """  # fmt: skip
    try:
        from briefing.tui.serving.server import LOOPBACK, AppServer
    except ModuleNotFoundError:
        raise UsageError(
            "serving needs textual-serve, which is not installed",
            "Install the extra: pip install 'briefing[serve]'",
        ) from None
    if host not in LOOPBACK and not yes_anyone_can_edit:
        raise UsageError(
            f"on {host}, whoever reaches port {port} could read and change the library",
            "There are no passwords and no encryption. Leave --host out to serve this machine "
            "only, or say --yes-anyone-can-edit.",
        )
    library = job.library(fresh=False)
    if name is not None:
        library.require(name)
    # Not as an argument: every user of the machine can read those, and it may hold a password.
    os.environ[INDEX_VARIABLE] = library.address or OWN_INDEX
    server = AppServer(library.root, name, host, port)
    _refuse_taken(host, port)
    address = f"[{host}]" if ":" in host else host
    whom = "this machine" if host in LOOPBACK else "whoever reaches it, who can change everything"
    say(f"{library.name} is at http://{address}:{port} for {whom}. ^C ends it.")
    server.serve()


def _refuse_taken(host: str, port: int) -> None:
    """Raise UsageError where a server cannot listen there."""
    try:
        for family, kind, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(place)
    except (OSError, UnicodeError) as error:
        # The latter is what a name that no address can have raises.
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"{host} port {port} cannot be listened on: {reason}", "Name another with --port."
        ) from None
