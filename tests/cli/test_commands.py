"""The command line as a user meets it: streams, exit codes and what each command prints."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ports(briefing: Run, story: Path) -> Run:
    """Return the command, with the story added to the briefing `ports`."""
    done = briefing("add", story, "--to", "ports")
    assert done.returncode == 0, done.stderr
    return briefing


def test_version_names_the_program(briefing: Run) -> None:
    done = briefing("--version", library=None)
    assert (done.returncode, done.stdout) == (0, "briefing 0.1.0\n")


@pytest.mark.parametrize("command", ["add", "show", "search", "export"])
def test_help_of_every_main_command_has_an_example(briefing: Run, command: str) -> None:
    done = briefing(command, "--help", library=None)
    assert done.returncode == 0
    assert f"briefing {command}" in done.stdout.split("Examples:")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", ""],
        ["add", "story.txt", ""],
        ["add", "story.txt", "--to", ""],
        ["--library", "", "add", "story.txt"],
        ["--library", "", "list"],
        ["open", ""],
        ["show", ""],
        ["show", "ports", "--country", ""],
        ["show", "ports", "--article", ""],
        ["show", "ports", "--explain", ""],
        ["search", ""],
        ["search", "quay", "--in", ""],
        ["search", "quay", "--in", "ports", "--save", ""],
        ["search", "--in", "ports", "--saved", ""],
        ["export", ""],
        ["export", "ports", "-o", ""],
        ["annotate", ""],
        ["check", ""],
    ],
)
def test_an_empty_name_is_a_wrong_call_and_nothing_is_written(
    briefing: Run, story: Path, tmp_path: Path, arguments: list[str]
) -> None:
    done = briefing(*arguments, library=None if arguments[0] == "--library" else tmp_path / "own")
    assert (done.returncode, done.stdout) == (2, "")
    assert [path.name for path in tmp_path.iterdir()] == [story.name]


@pytest.mark.parametrize("variable", ["BRIEFING_LIBRARY", "BRIEFING_CONFIG"])
def test_a_variable_that_names_nothing_is_a_wrong_call(
    briefing: Run, story: Path, tmp_path: Path, environment: dict[str, str], variable: str
) -> None:
    environment[variable] = ""
    done = briefing("add", story, "--to", "ports", library=None)
    assert done.returncode == 2
    assert f"{variable} is set, but empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [story.name]


def test_a_config_that_is_named_and_not_there_is_a_wrong_call(
    briefing: Run, environment: dict[str, str]
) -> None:
    environment["BRIEFING_CONFIG"] = "mine/config.toml"
    done = briefing("list", library=None)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: mine/config.toml: there is no such file")


def test_a_headline_set_by_hand_outlives_annotating_by_force_and_reading_again(
    ports: Run, tmp_path: Path
) -> None:
    (path,) = (tmp_path / "library/content/ports").glob("harbour*.yaml")
    text = path.read_text("utf-8")
    text = text.replace("headline: Harbour board closes old ferry terminal", "headline: My own")
    path.write_text(text.replace("publisher: null", "publisher: My Paper"), encoding="utf-8")
    assert ports("annotate", "ports", "--force").returncode == 0
    done = ports("annotate", "ports", "--reread")
    assert (done.returncode, "changed by hand, not replaced: harbour" in done.stderr) == (0, True)
    assert "headline: My own\npublisher: My Paper\n" in path.read_text("utf-8")


def test_adding_tells_on_standard_error_and_prints_no_data(briefing: Run, story: Path) -> None:
    done = briefing("add", story, "--to", "ports")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "added story.txt as ports/harbour-board-closes-old-ferry-terminal" in done.stderr


def test_adding_reports_as_json(briefing: Run, story: Path) -> None:
    report = json.loads(briefing("add", story, "--to", "ports", "--json").stdout)
    assert [item["briefing"] for item in report["added"]] == ["ports"]
    assert report["failures"] == []


def test_the_same_bytes_under_another_name_are_recognised(ports: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes((tmp_path / "story.txt").read_bytes())
    done = ports("add", copy, "--to", "ports")
    assert done.returncode == 0
    assert "already in the library: copy.txt is ports/" in done.stderr
    assert len(list((tmp_path / "library/content/ports/originals").iterdir())) == 1


def test_standard_input_is_added_with_a_dash(briefing: Run) -> None:
    text = "A bridge opens\n\nThe bridge over the Rhine opened in Germany on Friday.\n"
    done = briefing("add", "-", "--to", "ports", stdin=text.encode())
    assert done.returncode == 0
    assert "added standard input as ports/" in done.stderr


def test_a_title_with_blanks_makes_a_folder_and_is_kept_as_the_title(
    briefing: Run, story: Path
) -> None:
    briefing("add", story, "--to", "Ports and ferries")
    rows = json.loads(briefing("list", "--json").stdout)
    assert [(row["name"], row["title"]) for row in rows] == [
        ("ports-and-ferries", "Ports and ferries")
    ]


def test_without_a_name_an_article_gets_a_briefing_named_after_its_headline(
    briefing: Run, story: Path
) -> None:
    briefing("add", story)
    rows = json.loads(briefing("list", "--json").stdout)
    assert [row["name"] for row in rows] == ["harbour-board-closes-old-ferry-terminal"]
    assert "already in the library" in briefing("add", story).stderr


def test_list_prints_a_line_a_briefing(ports: Run) -> None:
    done = ports("list")
    assert done.stdout.startswith("ports  Ports · 1 article · 2 quotes · ")
    assert done.stdout.count("\n") == 1


def test_without_a_terminal_the_bare_command_prints_the_list(ports: Run) -> None:
    assert ports().stdout == ports("list").stdout


def test_show_is_linear_and_names_speaker_source_and_rule(ports: Run) -> None:
    lines = ports("show", "ports").stdout.splitlines()
    at = lines.index("  “We cannot wait for a third winter,”")
    assert lines[at + 1].startswith("    Ana Lin")
    assert "¶2" in lines[at + 2]
    assert "\x1b" not in "".join(lines)


def test_show_narrows_to_a_country_named_by_word(ports: Run) -> None:
    done = ports("show", "ports", "--country", "germany")
    assert done.stdout.splitlines()[0] == "Ports · Germany"
    assert "third winter" not in done.stdout


def test_a_country_that_the_briefing_lacks_is_not_found(ports: Run) -> None:
    done = ports("show", "ports", "--country", "Peru")
    assert done.returncode == 3
    assert "no article of this briefing names Peru" in done.stderr


def test_quotes_as_json_carry_offsets_that_hold(ports: Run, tmp_path: Path) -> None:
    rows = json.loads(ports("show", "ports", "--quotes", "--json").stdout)
    article = json.loads(ports("show", "ports", "--article", rows[0]["article"], "--json").stdout)
    texts = {chunk["id"]: chunk["text"] for chunk in article["chunks"]}
    for row in rows:
        quote = row["quote"]
        assert texts[row["chunk"]][quote["start"] : quote["end"]] == quote["exact"]


def test_an_article_reads_as_numbered_paragraphs(ports: Run) -> None:
    done = ports("show", "ports", "--article", "harbour-board-closes-old-ferry-terminal")
    assert "¶1  The board of the port of Rotterdam voted" in done.stdout


def test_search_prints_passages_with_their_article(ports: Run) -> None:
    done = ports("search", "third winter")
    assert done.returncode == 0
    assert "ports/harbour-board-closes-old-ferry-terminal" in done.stdout
    assert "1 passage in 1 article" in done.stdout


def test_search_tells_how_a_query_may_go_on(ports: Run) -> None:
    assert ports("search", "--complete", "country:nether").stdout == "country:NL  Netherlands\n"
    assert ports("search", "--complete", "winter -coun").stdout == "winter -country:\n"
    done = ports("search", "--complete", "--json", "role:c")
    assert json.loads(done.stdout) == ["role:caption"]
    nothing = ports("search", "--complete", "country:xyzzy")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "nothing in the library completes this" in nothing.stderr


def test_search_takes_field_words(ports: Run) -> None:
    found = json.loads(ports("search", "--json", "speaker:lin winter").stdout)
    assert found["total_chunks"] == 1
    missed = json.loads(ports("search", "--json", "speaker:marsh winter").stdout)
    assert missed["total_chunks"] == 0


@pytest.mark.parametrize("query", ['"', "(", "AND", "colour:red", "-", "country:", "*", "\x1b[31m"])
def test_a_query_that_makes_no_sense_gives_a_hint_and_no_traceback(ports: Run, query: str) -> None:
    done = ports("search", "--", query)
    assert "Traceback" not in done.stderr
    assert "\x1b[31m" not in done.stdout + done.stderr


def test_export_writes_markdown_to_standard_output(ports: Run) -> None:
    done = ports("export", "ports")
    assert done.returncode == 0
    assert done.stdout.startswith("---\n")
    assert "Ana Lin" in done.stdout


def test_export_to_a_file_does_not_overwrite_unless_told(ports: Run, tmp_path: Path) -> None:
    target = tmp_path / "memo.md"
    assert ports("export", "ports", "-o", target).returncode == 0
    kept = target.read_bytes()
    again = ports("export", "ports", "-o", target)
    assert (again.returncode, "exists already" in again.stderr) == (7, True)
    assert ports("export", "ports", "-o", target, "--force").returncode == 0
    assert target.read_bytes() == kept


def test_check_of_a_sound_library_finds_nothing(ports: Run) -> None:
    done = ports("check")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "0 errors, 0 warnings\n"


def test_check_finds_an_original_that_was_changed(ports: Run, tmp_path: Path) -> None:
    original = next((tmp_path / "library/content/ports/originals").iterdir())
    original.write_text("something else", encoding="utf-8")
    done = ports("check")
    assert done.returncode == 5
    assert "sha256" in done.stdout or "hash" in done.stdout


def test_a_library_that_is_not_there_is_said_so(briefing: Run) -> None:
    done = briefing("list")
    assert done.returncode == 3
    assert "no library here" in done.stderr


def test_a_briefing_that_is_not_there_is_said_so(ports: Run) -> None:
    done = ports("show", "prots")
    assert done.returncode == 3
    assert "no briefing 'prots'" in done.stderr
    assert "It has: ports" in done.stderr


def test_a_deleted_index_is_made_again_with_a_word_about_it(ports: Run, tmp_path: Path) -> None:
    import shutil

    before = ports("search", "winter").stdout
    shutil.rmtree(tmp_path / "library/index")
    done = ports("search", "winter")
    assert done.stdout == before
    assert "index" in done.stderr


def test_a_foreign_index_is_made_again(ports: Run, tmp_path: Path) -> None:
    before = ports("search", "winter").stdout
    for path in (tmp_path / "library/index").rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            path.write_bytes(b"not an index")
    done = ports("search", "winter")
    assert (done.returncode, done.stdout) == (0, before)


def test_an_article_changed_by_hand_is_found_by_the_next_search(ports: Run, tmp_path: Path) -> None:
    path = tmp_path / "library/content/ports/harbour-board-closes-old-ferry-terminal.yaml"
    path.write_text(path.read_text("utf-8").replace("metres", "strides"), encoding="utf-8")
    assert json.loads(ports("search", "--json", "strides").stdout)["total_chunks"] == 1
    assert json.loads(ports("search", "--json", "metres").stdout)["total_chunks"] == 0


def test_a_reader_that_leaves_the_pipe_early_is_no_error(
    ports: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    import sys

    library = tmp_path / "library"
    command = f"{sys.executable} -m briefing --library {library} show ports | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        env=dict(environment),
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Ports\n", "")


def test_a_saved_search_tells_what_is_new_since_its_last_run(ports: Run) -> None:
    ports("search", "winter", "--in", "ports", "--save", "cold")
    first = ports("search", "--in", "ports", "--saved", "cold")
    assert "first run" in first.stdout
    text = "Snow over the alps\n\nThe winter in Austria is long, people said.\n"
    ports("add", "-", "--to", "ports", stdin=text.encode())
    again = json.loads(ports("search", "--in", "ports", "--saved", "cold", "--json").stdout)
    assert [hit["article"] for hit in again["new"]] == ["snow-over-the-alps"]
    assert again["results"]["total_chunks"] == 2
    alone = ports("search", "winter", "--in", "ports/snow-over")
    assert "is long, people said." in alone.stdout
    assert alone.stdout.endswith("1 passage in 1 article\n")
    both = ports("search", "winter", "--in", "ports")
    assert both.stdout.endswith("2 passages in 2 articles\n")
    last = ports("search", "--in", "ports", "--saved", "cold")
    assert last.stdout.startswith("0 new since ")


def test_an_unknown_saved_search_is_not_found(ports: Run) -> None:
    done = ports("search", "--in", "ports", "--saved", "cold")
    assert (done.returncode, "no saved search 'cold' in ports" in done.stderr) == (3, True)


def test_explaining_a_quote_names_the_rule_the_evidence_and_who_lost(ports: Run) -> None:
    rows = json.loads(ports("show", "ports", "--quotes", "--json").stdout)
    row = next(row for row in rows if "third winter" in row["quote"]["exact"])
    done = ports("show", "ports", "--explain", f"{row['article']}/{row['quote']['id']}")
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[1] == "“We cannot wait for a third winter,”"
    assert lines[2].startswith("chosen: Ana Lin")
    assert row["quote"]["rule"] in lines[2]
    short = f"harbour/{row['quote']['id']}"
    for wanted in ("--explain", short), ("--explain", row["quote"]["id"]):
        assert ports("show", "ports", *wanted).stdout == done.stdout


def test_explaining_all_quotes_explains_each_once(ports: Run) -> None:
    rows = json.loads(ports("show", "ports", "--quotes", "--paraphrases", "--json").stdout)
    found = json.loads(ports("show", "ports", "--explain", "all", "--json").stdout)
    assert sorted(each["quote"]["id"] for each in found) == sorted(
        row["quote"]["id"] for row in rows
    )


def test_explaining_a_quote_that_is_not_there_is_said_so(ports: Run) -> None:
    article = "harbour-board-closes-old-ferry-terminal"
    done = ports("show", "ports", "--explain", f"{article}/q99")
    assert (done.returncode, "'q99' is not a block or quote" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    ("given", "ignored"),
    [
        ("show ports --timeline --matrix time", "--matrix has no effect with --timeline"),
        ("show ports --timeline --quotes", "--quotes has no effect with --timeline"),
        ("show ports --unruled --country NL", "--country has no effect with --unruled"),
        ("show ports --explain all --paraphrases", "--paraphrases has no effect with --explain"),
        ("show ports --all", "--all has no effect with the briefing"),
        ("show ports/harbour --quotes", "--quotes has no effect with an article"),
        ("show ports --article harbour --timeline", "--timeline has no effect with an article"),
        ("search winter --in ports --saved cold", "query has no effect with --saved"),
        ("search --in ports --saved cold --newest", "--newest has no effect with --saved"),
        ("search --complete win --in ports", "--in has no effect with --complete"),
        ("feeds ports --opml --add https://a.example/x", "--add has no effect with --opml"),
        ("feeds ports --word tide", "--word is of a feed that --add adds"),
    ],
)
def test_an_option_that_a_view_would_ignore_is_a_wrong_call(
    ports: Run, given: str, ignored: str
) -> None:
    done = ports(*given.split())
    assert (done.returncode, ignored in done.stderr) == (2, True)


def test_the_choices_of_a_wrong_call_stand_in_lines_without_signs(ports: Run) -> None:
    done = ports("completion")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "\tfish")


def test_what_was_added_but_could_not_be_indexed_is_told_as_both(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from briefing.cli.feeding import report_added
    from briefing.library.reports import Added, AddReport

    added = Added(name="story.txt", briefing="ports", article="harbour")
    report_added(AddReport(added=(added,), unindexed="Process 7 is stuck."), quiet=False)
    assert capsys.readouterr().err.splitlines() == [
        "added story.txt as ports/harbour: 0 paragraphs, 0 quotes, 0 countries, 0 blocks set aside",
        "not searchable yet: Process 7 is stuck. The next command will index it.",
    ]


def test_a_paraphrase_stands_without_marks_and_with_what_it_reports(briefing: Run) -> None:
    text = "News\n\nOslo backs the ban on Huawei, Ana Lin said. She hopes that it will last.\n"
    briefing("add", "-", "--to", "north", stdin=text.encode())
    shown = briefing("show", "north", "--quotes", "--paraphrases").stdout
    assert "indirect thought: hopes, reported_thought" in shown
    assert "“" not in shown
