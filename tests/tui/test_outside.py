"""What leaves the app: the clipboard, links that a terminal may open, the user's own editor."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.paths import state_folder
from briefing.tui.shell.clipboard import copy_beside


def program(folder: Path, name: str, exit_code: int = 0) -> None:
    """Write a program that keeps its arguments and what it is given."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f'#!/bin/sh\necho "$@" > {folder}/{name}.said\ncat >> {folder}/{name}.said\n'
                    f"exit {exit_code}\n")  # fmt: skip
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
