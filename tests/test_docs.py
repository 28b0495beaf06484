"""The README keeps what it promises: every command and option is in it, and its commands work."""

from __future__ import annotations

import re
import shlex
import typing
from pathlib import Path

import click
import pytest

from briefing.cli.main import main
from briefing.cli.shell_completion import ARTICLE_KEYS, BLOCK_KEYS, BRIEFING_KEYS, QUOTE_KEYS
from briefing.content.edits import read_edits
from briefing.errors import ExitCode
from briefing.model import EditKind
from briefing.paths import read_config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`briefing {name}" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text(name: str) -> None:
    options = [each for each in main.commands[name].params if isinstance(each, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_exit_code_is_in_the_readme() -> None:
    codes = README.split("Exit codes:")[1].split("\n\n")[0]
    listed = {int(number) for number in re.findall(r"(?:^|\s)(\d)\s", codes)}
    assert listed == {int(code) for code in ExitCode}


def examples() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("briefing ")]


@pytest.mark.parametrize("line", examples())
def test_every_example_is_a_call_the_command_line_understands(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    with main.make_context("briefing", words) as context:
        rest = context._protected_args + context.args
        if rest:
            command = main.commands[rest[0]]
            assert command.make_context(rest[0], rest[1:], parent=context) is not None


def block(name: str) -> str:
    """Return the text of the block of the README that is marked with a file's name."""
    found = re.search(rf"<!-- {re.escape(name)} -->\n```\w+\n(.*?)```", README, flags=re.DOTALL)
    assert found is not None
    return found[1]


def test_an_edit_of_every_kind_is_shown_as_it_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "edits.yaml"
    path.write_text(block("edits.yaml"), "utf-8")
    assert {edit.kind for edit in read_edits(path)} == set(typing.get_args(EditKind))


def test_the_config_that_is_shown_can_be_read_and_has_every_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(block("config.toml"), "utf-8")
    config = read_config(path)
    assert all(getattr(config, name) for name in config.__struct_fields__)


def test_every_id_of_a_key_is_in_the_readme_and_no_other() -> None:
    keys = (ROOT / "briefing/tui/kit/data/keys.tsv").read_text("utf-8")
    table = README.split("| where | ids of its keys |")[1].split("\n\n")[0]
    told = re.findall(r"`([^`]+)`", table)
    assert sorted(told) == sorted(set(re.findall(r"(?m)^([a-z]+\.[a-z-]+)\t", keys)))


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        ("a briefing", BRIEFING_KEYS),
        ("an article", ARTICLE_KEYS),
        ("a quote", QUOTE_KEYS),
        ("a block", BLOCK_KEYS),
    ],
)
def test_every_key_that_can_be_set_is_in_the_readme(row: str, keys: tuple[str, ...]) -> None:
    table = README.split("| of | keys |")[1].split("\n\n")[0]
    (line,) = (line for line in table.splitlines() if line.startswith(f"| {row} |"))
    assert set(keys) <= set(re.findall(r"`([^`]+)`", line))


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "<!-- test-command -->" in script
    assert README.count("<!-- test-command -->\n```sh\n") == 1


PICTURES = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", README)


def test_the_readme_shows_reader_search_matrix_and_memo() -> None:
    assert [Path(path).stem for _, path in PICTURES] == ["reader", "search", "matrix", "memo"]


@pytest.mark.parametrize(("words", "path"), PICTURES)
def test_a_picture_is_small_told_in_words_and_needs_nothing_from_elsewhere(
    words: str, path: str
) -> None:
    data = (ROOT / path).read_bytes()
    assert len(data) < 60_000
    assert len(words) > 40
    assert data.startswith(b"<svg ")
    assert re.findall(rb"@font-face|<script|href=|url\(", data) == []


def links(text: str) -> list[str]:
    """Return the links of a text that lead to a file beside it."""
    found = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    return [link for link in found if not link.startswith("http")]


@pytest.mark.parametrize("name", ["README.md", "briefing/ARCHITECTURE.md", "briefing/CHANGELOG.md"])
def test_every_link_leads_to_a_file(name: str) -> None:
    path = ROOT / name
    missing = [link for link in links(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert missing == []


def test_the_readme_ends_with_the_contributors_page_the_changelog_and_the_licence() -> None:
    assert links(README)[-3:] == ["briefing/ARCHITECTURE.md", "briefing/CHANGELOG.md", "LICENSE"]


def test_the_contributors_page_names_scripts_that_exist() -> None:
    text = (ROOT / "briefing" / "ARCHITECTURE.md").read_text("utf-8")
    named = set(re.findall(r"tests/bench/[\w/]+\.py", text))
    assert "tests/bench/known_item.py" in named
    assert [each for each in sorted(named) if not (ROOT / each).is_file()] == []
