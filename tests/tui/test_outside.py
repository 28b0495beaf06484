"""What leaves the app: the clipboard, links that a terminal may open, the user's own editor."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.library import Library
from briefing.paths import state_folder
from briefing.tui import run
from briefing.tui.app import BriefingApp
from briefing.tui.shell.own_programs import copy_beside, own_browser


def program(folder: Path, name: str, exit_code: int = 0) -> None:
    """Write a program that keeps its arguments and what it is given."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    said = f'"{path}.said"'
    path.write_text(f'#!/bin/sh\necho "$@" > {said}\ncat >> {said}\nexit {exit_code}\n')
    path.chmod(0o755)


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{folder}:{os.environ['PATH']}", **more}


def test_a_program_for_the_clipboard_is_given_the_text(own_home: Path) -> None:
    folder = own_home / "bin"
    program(folder, "xclip")
    assert copy_beside("“Nō” $(id)\n", environ(folder, DISPLAY=":0")) is None
    assert (folder / "xclip.said").read_text("utf-8") == "-selection clipboard\n“Nō” $(id)\n"
    assert not state_folder().exists()


@pytest.mark.parametrize(
    ("name", "code", "more"),
    [("xclip", 0, {}), ("wl-copy", 1, {"WAYLAND_DISPLAY": "w"}), ("none", 0, {"DISPLAY": ":0"})],
)
def test_where_no_program_takes_it_a_file_does(
    own_home: Path, name: str, code: int, more: dict[str, str]
) -> None:
    folder = own_home / "bin"
    program(folder, name, code)
    kept = copy_beside("“Nō”", {"PATH": str(folder), **more})
    assert kept == str(state_folder() / "copied.txt")
    assert Path(kept).read_text("utf-8") == "“Nō”"


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ('theme = "contrast"', "there is no theme 'contrast'"),
        ('theme = ""', "there is no theme ''"),
        ('[keys]\n"list.down" = "j"\n"briefing.exprt" = "E"', "there is no key 'briefing.exprt'"),
        ('[keys]\n"correct.stance-0" = "x"', "there is no key 'correct.stance-0'"),
    ],
)
def test_a_theme_or_key_that_there_is_not_is_named_before_the_app_opens(
    masts: Library, own_home: Path, monkeypatch: pytest.MonkeyPatch, config: str, said: str
) -> None:
    path = own_home / "config.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(config, encoding="utf-8")
    monkeypatch.setenv("BRIEFING_CONFIG", str(path))
    with pytest.raises(UsageError, match=said):
        run(masts)


async def test_the_message_says_where_a_copy_is_kept(
    masts: Library, sit_down, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "y")
        assert "Copied the quote with its source." in person.screen
        assert person.app.clipboard == (state_folder() / "copied.txt").read_text("utf-8")


async def test_only_web_addresses_are_given_to_the_terminal(
    make_library, sit_down, make_chunk, make_article
) -> None:
    words = "One study, two studies, three studies, four studies."
    chunk = make_chunk(
        "c1",
        words,
        links=[
            ("One study", "https://study.example/masts"),
            ("two studies", "https://e.example/\x1b]52;c;aGk=\x07"),
            ("three studies", "javascript:alert(1)"),
            ("four studies", None),
        ],
    )
    from briefing.model import BriefingInfo

    article = make_article(chunks=(chunk,))
    library = make_library({"a": (BriefingInfo(title="A"), [article])})
    async with sit_down(library, briefing="a") as person:
        strips = person.app.screen._compositor.render_strips()
        links = {(each.text, each.style.link) for strip in strips for each in strip
                 if each.style is not None and each.style.link}  # fmt: skip
    assert {address for _, address in links} == {"https://study.example/masts"}
    assert "One study" in {text for text, _ in links}


async def test_where_no_editor_can_be_run_the_command_is_named(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "ctrl+p")
        await person.enter("your editor")
        await person.press("enter")
        assert "No editor can be run here. In a terminal: briefing edit" in person.screen
        assert "masts/harbour-post-2020-01-23" in person.screen


@pytest.fixture
def programs(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of programs, the only ones that are found."""
    folder = own_home / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("PAGER", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    return folder


@pytest.mark.parametrize("value", ["reader --plain", "absent:reader --plain %s", "absent:reader"])
def test_the_browser_is_the_first_of_the_users_that_is_here(
    programs: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    program(programs, "reader")
    monkeypatch.setenv("BROWSER", value)
    browser = own_browser()
    assert type(browser) is webbrowser.GenericBrowser
    assert Path(browser.name).name == "reader"
    assert browser.args == (["--plain", "%s"] if "plain" in value else ["%s"])


@pytest.mark.parametrize("value", ['"{}"', "'{}' %s", '"{}" --new', '"unended:"{}"'])
def test_the_name_of_a_browser_may_hold_blanks(
    programs: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    program(programs, "my own")
    monkeypatch.setenv("BROWSER", value.format(programs / "my own"))
    browser = own_browser()
    assert browser is not None
    assert browser.name == str(programs / "my own")
    assert browser.open("https://study.example/masts?a=1&b=$(id)")
    said = (programs / "my own.said").read_text("utf-8")
    assert said.split() == [*browser.args[:-1], "https://study.example/masts?a=1&b=$(id)"]


async def test_a_browser_that_needs_the_terminal_is_named_where_there_is_none(
    masts: Library, programs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(programs, "w3m")
    monkeypatch.setenv("BROWSER", "w3m")
    app = BriefingApp(masts)
    async with app.run_test(size=(160, 24), notifications=True) as pilot:
        app.open_url("https://study.example/masts")
        await pilot.pause()
        said = [each.message for each in app._notifications]
    assert said == ["w3m cannot be run here. The address: https://study.example/masts"]
    assert not (programs / "w3m.said").exists()


async def test_where_no_browser_is_here_the_address_is_told(masts: Library, programs: Path) -> None:
    app = BriefingApp(masts)
    async with app.run_test(size=(160, 24), notifications=True) as pilot:
        app.open_url("https://study.example/masts")
        await pilot.pause()
        said = [each.message for each in app._notifications]
    assert said == [
        "There is no browser here for https://study.example/masts: name one in $BROWSER."
    ]


SESSION = """
import pty, os, sys, time, select
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.executable, [sys.executable, "-m", "briefing", "--library", sys.argv[1],
                               "open", "masts"])
import fcntl, termios, struct
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
seen = b""
def until(words, limit=30):
    global seen
    end = time.monotonic() + limit
    while words not in seen:
        assert time.monotonic() < end, seen[-3000:]
        if select.select([master], [], [], 0.1)[0]:
            seen += os.read(master, 65536)
def press(keys):
    global seen
    seen = b""
    os.write(master, keys)
until(b"Harbour Post")
press(b"\\t"); until(b"Speaker")
press(b"\\x10"); until(b"Search for commands")
press(b"your pager"); until(b"briefing show")
press(b"\\r"); until(b"PAGED"); until(b"\\x1b[?1049h")
until(b"was closed")
press(b"o"); until(b"BROWSED")
press(b"\\x03"); until(b"HEARD"); until(b"\\x1b[?1049h")
press(b"t"); until(b"Timeline")
press(b"q")
try:
    while os.read(master, 65536):
        pass
except OSError:
    pass  # The app has ended.
"""


def test_pager_and_browser_get_the_terminal_while_the_app_waits(
    masts: Library, own_home: Path, environment: dict[str, str]
) -> None:
    folder = own_home / "bin"
    folder.mkdir()
    for name, said in (("mypager", "PAGED"), ("w3m", "BROWSED; read key")):
        (folder / name).write_text(
            f'#!/bin/sh\ntrap "echo HEARD; exit" INT\n'
            f'[ -t 1 ] && echo "$@" > {folder}/{name}.said\n'
            + (f"cat >> {folder}/{name}.said\n" if name == "mypager" else "")
            + f"echo {said}\n"
        )
        (folder / name).chmod(0o755)
    own = {"PAGER": "mypager '-R x'", "BROWSER": "w3m -N", "TERM": "xterm-256color"}
    path = {"PATH": f"{folder}:{os.environ['PATH']}"}
    subprocess.run(
        [sys.executable, "-c", SESSION, str(masts.root)],
        env={**environment, **own, **path}, check=True, timeout=120,
    )  # fmt: skip
    paged = (folder / "mypager.said").read_text("utf-8")
    assert paged.startswith("-R x\n")
    assert "We can manage the risk with a quota" in paged
    assert (folder / "w3m.said").read_text("utf-8") == "-N https://harbour.example/quota\n"
