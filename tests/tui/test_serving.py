"""`briefing serve`: the app in a real browser, and who is refused."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import ExitCode

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PATIENCE = 30
ROOT = Path(__file__).parents[2]
Serve = Callable[..., int]


def call(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "briefing", *arguments]


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
    raise TimeoutError


@pytest.fixture
def serve(masts_once: Path, tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Serve]:
    """Return a function that serves a copy of the library and returns the port."""
    pytest.importorskip("textual_serve", reason="the extra serve is not installed")
    root, work, started = tmp_path / "masts", tmp_path / "work", []
    shutil.copytree(masts_once, root)
    work.mkdir()

    def start(*options: str) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = call("--library", str(root), "serve", "masts", "--port", str(port), *options)
        process = subprocess.Popen(
            command, cwd=work, env=environment, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        said = process.stderr.readline()
        assert f":{port} for " in said, said
        wait_for(port)
        return port

    yield start
    for process in started:
        process.terminate()
        process.wait(PATIENCE)
        process.stderr.close()


def status(port: int, path: str = "/", **headers: str) -> int:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    asked.request("GET", path, headers=headers)
    with contextlib.closing(asked), asked.getresponse() as answer:
        return answer.status


def test_only_the_page_itself_is_answered(serve: Serve) -> None:
    port = serve("--host", "127.0.0.1")
    assert status(port) == 200
    assert status(port, Origin=f"http://127.0.0.1:{port}") == 200
    assert status(port, "/ws", Origin="http://elsewhere.example") == 403
    assert status(port, "/ws", Origin=f"http://localhost:{port + 1}") == 403
    assert status(port, "/ws", Origin="null") == 403
    assert status(port, "/ws", Origin="http://[") == 400
    for other in (
        "elsewhere.example",
        "localhost@elsewhere.example",
        "localhost.elsewhere.example",
    ):
        assert status(port, Host=f"{other}:{port}") == 403
    assert status(port, Host="[::1") == 400


def test_the_page_loads_nothing_from_elsewhere() -> None:
    page = (ROOT / "briefing/tui/serving/data/page.html").read_text("utf-8")
    assert re.findall(r"https?:|//\w", page) == []


def run(environment: Mapping[str, str], *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        call(*arguments), env=environment, capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104
def test_other_machines_are_served_only_where_that_is_said(
    environment: Mapping[str, str], host: str
) -> None:
    pytest.importorskip("textual_serve", reason="the extra serve is not installed")
    code, said = run(environment, "serve", "--host", host)
    assert code == ExitCode.USAGE
    assert f"on {host}, whoever reaches port 8000 could read and change the library" in said
    assert "--yes-anyone-can-edit" in said


def test_a_port_that_is_taken_is_told(environment: Mapping[str, str]) -> None:
    pytest.importorskip("textual_serve", reason="the extra serve is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, said = run(environment, "serve", "--port", port, "--host", "127.0.0.1")
    assert code == ExitCode.USAGE
    assert f"127.0.0.1 port {port} cannot be listened on: Address already in use" in said


@pytest.mark.parametrize("host", ["a..b", "x" * 300, "[::1]", "localhost:80"])
def test_a_host_that_is_none_is_told(environment: Mapping[str, str], host: str) -> None:
    pytest.importorskip("textual_serve", reason="the extra serve is not installed")
    code, said = run(environment, "serve", "--host", host, "--yes-anyone-can-edit")
    assert code == ExitCode.USAGE
    assert f"{host} port 8000 cannot be listened on: " in said


def test_where_the_extra_is_absent_it_is_named(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "textual_serve.py").write_text(
        "raise ModuleNotFoundError('gone', name='textual_serve')"
    )
    code, said = run({**environment, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}, "serve")
    assert code == ExitCode.USAGE
    assert "serving needs textual-serve, which is not installed" in said
    assert "pip install 'briefing[serve]'" in said


class Tab:
    """A tab of a browser in which the app runs: what it was sent, read as a terminal reads it."""

    def __init__(self, page: Any, terminal: Any, stream: Any) -> None:
        self.page, self._terminal, self._stream = page, terminal, stream
        page.on("websocket", self._listen)

    def _listen(self, socket: Any) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", lambda got: self._stream.feed(got)
                  if isinstance(got, bytes) else None)  # fmt: skip

    def _sent(self, frame: str | bytes) -> None:
        kind, *values = json.loads(frame)
        if kind == "resize":
            self._terminal.resize(values[0]["height"], values[0]["width"])

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._terminal.display]

    def see(self, words: str) -> tuple[int, int]:
        """Wait until the words are on the screen; return their column and line."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for y, line in enumerate(self.lines):
                if words in line:
                    return line.index(words), y
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{words!r} is not on the screen:\n" + "\n".join(self.lines))

    def click(self, words: str) -> None:
        """Click words with the mouse."""
        x, y = self.see(words)
        box = self.page.locator(".xterm-screen").bounding_box()
        wide, high = box["width"] / self._terminal.columns, box["height"] / self._terminal.lines
        self.page.mouse.click(box["x"] + (x + 1.5) * wide, box["y"] + (y + 0.5) * high)


@pytest.fixture
def open_tab(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Tab]]:
    """Return a function that opens an address in a headless browser."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pyte = pytest.importorskip("pyte", reason="pyte is not installed")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox"])

        def start(address: str) -> Tab:
            terminal = pyte.Screen(160, 48)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            tab = Tab(page, terminal, pyte.ByteStream(terminal))
            page.goto(address)
            return tab

        yield start
        browser.close()


def test_a_briefing_is_read_searched_and_exported_in_a_browser(
    serve: Serve, open_tab: Callable[[str], Tab], tmp_path: Path
) -> None:
    tab = open_tab(f"http://localhost:{serve()}/")
    tab.see("who lets the foreign supplier build the network?")
    tab.click("Germany")
    tab.see("Quotes · Germany")

    tab.page.keyboard.press("/")
    tab.see("Search · in Masts and allies")
    tab.page.keyboard.type("laboratory", delay=10)
    tab.see("1 passage in 1 article")
    tab.page.keyboard.press("Enter")
    tab.see("a quota and a laboratory")
    tab.see("¶2 of 3")

    tab.page.keyboard.press("Escape")
    tab.see("1 passage in 1 article")
    tab.page.keyboard.press("Escape")
    tab.see("Quotes · Germany")
    tab.page.keyboard.press("e")
    tab.see("Export Masts and allies")
    tab.see("# Masts and allies")
    picture = os.environ.get("BROWSER_PICTURE")
    tab.page.screenshot(path=picture or tmp_path / "picture.png")
    tab.page.keyboard.press("Enter")
    tab.see("Written")
    assert "Access shall be open to all makers" in next((tmp_path / "work").iterdir()).read_text()

    tab.page.keyboard.press("Escape")
    tab.see("Quotes · Germany")
    tab.page.keyboard.press("q")
    tab.page.get_by_text("The app has ended.").wait_for(state="visible")
