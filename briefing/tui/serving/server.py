"""The server: it shows one page, and answers only requests that this page can have made."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

PAGE = Path(__file__).with_name("data") / "page.html"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class AppServer(Server):
    """Serves the app over the library in a folder, opened at a briefing if one is named."""

    def __init__(self, root: Path, briefing: str | None, host: str, port: int) -> None:
        called = [sys.executable, "-m", "briefing.tui.serving", str(root)]
        # The server has a shell run the command.
        super().__init__(shlex.join([*called, *filter(None, [briefing])]), host=host, port=port)

    async def _make_app(self) -> web.Application:
        """Return the application, which looks at each request first."""
        made = await super()._make_app()
        made.middlewares.append(self._refuse_strangers)
        return made

    def initialize_logging(self) -> None:
        """Leave logging as it is: the server's own prints variables, which hold texts."""

    @web.middleware
    async def _refuse_strangers(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer no other site: its page, open in the same browser, could edit the library."""
        asked, origin = request.host, request.headers.get("Origin")
        try:
            here = urlsplit(f"//{asked}").hostname
            page = asked if origin is None else urlsplit(origin).netloc
        except ValueError:
            raise web.HTTPBadRequest(text="That is no address.") from None
        if self.host in LOOPBACK and here not in LOOPBACK:
            raise web.HTTPForbidden(text="The app is served to this machine only.")
        if page != asked:
            raise web.HTTPForbidden(text="The app is not served to the pages of other sites.")
        return await handler(request)

    async def handle_index(self, _: web.Request) -> web.StreamResponse:
        """Return the page, which loads nothing from elsewhere."""
        return web.FileResponse(PAGE)

    async def on_startup(self, _: web.Application) -> None:
        """Say nothing: the command has said where the app is."""
