"""Every example of README, help and search screen finds something in the sample library."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli.main import main
from briefing.cli.searching import join_words
from briefing.library import Library
from briefing.tui.search.screen import HOW_TO, PLACEHOLDER

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROMISED = (
    "which countries ban huawei",
    "country:GB stance:restrict after:2019",
    "speaker:pompeo",
    '"core network"',
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return a copy of the sample library, indexed."""
    root = tmp_path_factory.mktemp("examples") / "library"
    shutil.copytree(ROOT / "content", root / "content")
    library = Library.open(root)
    library.refresh(searchable=True)
    yield library
    library.close()


def help_lines() -> list[str]:
    """Return the lines of all help texts."""
    texts = [main.epilog or "", *(command.help or "" for command in main.commands.values())]
    return [line.strip() for text in texts for line in text.splitlines()]


def readme_lines() -> list[str]:
    """Return the lines of the README's blocks for a shell."""
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def calls(command: str) -> list[str]:
    """Return the examples of a command in README and help texts, each once."""
    lines = dict.fromkeys([*readme_lines(), *help_lines()])
    return [line for line in lines if line.startswith(f"briefing {command} ")]


def query_of(line: str) -> str:
    """Return the query of a call of `briefing search`, as the command line makes it out.

    It is empty where a kept query is run, or only the beginning of one is completed.
    """
    words = shlex.split(line, comments=True)[2:]
    with main.commands["search"].make_context("search", words) as context:
        params = context.params
        return "" if params["complete"] else join_words(params["query"])


def table_queries() -> list[str]:
    """Return the whole queries of the README's table of what to write."""
    table = README.split("| write | to find |")[1].split("\n\n")[0]
    cells = [row.split(" | ")[0] for row in table.splitlines() if " | " in row]
    written = [query for cell in cells for query in re.findall(r"`([^`]+)`", cell)]
    return [query for query in written if not query.endswith(":")]


def screen_queries() -> list[str]:
    """Return what the search screen offers as examples."""
    words = re.findall(r'"[^"]+"|\b\w+\*|\b\w+:[\w-]+', f"{HOW_TO} {PLACEHOLDER}")
    return list(dict.fromkeys(words))


QUERIES = list(
    dict.fromkeys(
        [
            *PROMISED,
            *filter(None, map(query_of, calls("search"))),
            *table_queries(),
            *screen_queries(),
        ]
    )
)


def test_examples_were_found_to_run() -> None:
    assert [len(calls(name)) > 1 for name in ("search", "show", "compare", "export")] == [True] * 4
    assert len(table_queries()) > 8
    assert {"country:GB", "speaker:pompeo", '"core network"'} <= set(screen_queries())
    assert set(PROMISED) <= {query_of(line) for line in calls("search")}


@pytest.mark.parametrize("query", QUERIES)
def test_an_example_query_finds_something(sample: Library, query: str) -> None:
    assert sample.search(query).total_chunks > 0


def test_the_example_of_a_completion_has_one(sample: Library) -> None:
    assert sample.suggest("country:ger") == ("country:DE",)


@pytest.mark.parametrize("line", [*calls("show"), *calls("compare"), *calls("export")])
def test_an_example_shows_compares_or_exports_the_sample(
    sample: Library, line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_LIBRARY", str(sample.root))
    words = shlex.split(line.split(" > ", maxsplit=1)[0], comments=True)[1:]
    assert main.main(args=words, prog_name="briefing", standalone_mode=False) is None


def test_the_examples_of_correcting_can_be_typed_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("BRIEFING_LIBRARY", raising=False)
    lines = README.split("```sh\nbriefing copy ~/news\n")[1].split("```")[0].splitlines()
    monkeypatch.chdir(ROOT)
    copied = CliRunner().invoke(main, ["copy", str(tmp_path / "news")])
    assert copied.exit_code == 0, copied.output
    assert lines[0] == "cd ~/news"
    monkeypatch.chdir(tmp_path / "news")
    for line in lines[1:]:
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.output)
