"""What start-up may load: held by looking at `sys.modules` of a fresh process."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    *("textual", "whoosh", "yaml", "trafilatura", "lxml", "rich", "ahocorasick_rs"),
    *("httpx", "gcld3", "dask", "distributed"),
}


def loaded_by(code: str) -> set[str]:
    """Return the top-level names of modules that a fresh interpreter has loaded after `code`."""
    report = "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    script = f"import sys\n{code}\n{report}"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str) -> None:
    code = (
        f"sys.argv = ['briefing', {option!r}]\n"
        "from briefing.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert loaded_by(code) & (HEAVY | {"msgspec", "difflib"}) == set()


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [
        ([], (None, None)),
        (["--library", "news"], ("news", None)),
        (["open"], (None, None)),
        (["--library", "news", "open", "ports"], ("news", "ports")),
        (["--library", ""], None),
        (["--library", "", "open", "ports"], None),
        (["list"], None),
        (["--help", "x"], None),
        (["open", "--help"], None),
        (["open", " "], None),
        (["open", "ports", "dams"], None),
    ],
)
def test_only_a_plain_call_of_the_reader_passes_by_the_command_line(
    arguments: list[str], opened: tuple[str | None, str | None] | None
) -> None:
    from briefing.__main__ import reader_call

    assert reader_call(arguments) == opened


def test_importing_the_package_loads_nothing_of_it() -> None:
    assert loaded_by("import briefing") & (HEAVY | {"msgspec", "click"}) == set()


def test_opening_a_library_and_reading_its_catalog_loads_neither_yaml_nor_whoosh() -> None:
    code = (
        "from briefing.library import Library\n"
        "from briefing.paths import sample_library\n"
        "Library.open(sample_library()).catalog()"
    )
    assert loaded_by(code) & (HEAVY | {"filelock"}) == set()


def test_the_name_of_a_country_costs_a_small_file_and_nothing_that_reads_texts() -> None:
    code = (
        "from briefing.world.country_names import country_name\n"
        "assert country_name('GB') == 'United Kingdom'"
    )
    # tempfile and zipfile come with importlib.resources, which takes longer than the file.
    assert loaded_by(code) & (HEAVY | {"msgspec", "tempfile", "zipfile"}) == set()


def test_public_names_load_on_first_use() -> None:
    assert "msgspec" in loaded_by("import briefing; briefing.Article")


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import briefing

    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        briefing.Nothing  # noqa: B018


def test_adding_loads_no_cluster_unless_one_is_named() -> None:
    code = "from briefing.library import adding, reannotating"
    assert loaded_by(code) & {"dask", "distributed", "tornado"} == set()
