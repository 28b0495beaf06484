"""The analyst's briefing.yaml: read with patience, changed one key at a time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.content.checking import check_briefing
from briefing.content.folders import read_briefing
from briefing.content.info import dump_info, read_info, set_info_key
from briefing.errors import ContentError, NotFoundError, UsageError
from briefing.model import Alias, Aliases, BriefingInfo, PinnedQuote, StanceSpec

MINE = """\
# My notes on harbours.
format: briefing/briefing/1

title:   "Harbours"     # working title
question: Which harbours close?
bottom_line: |-  # from the meeting
  None so far.

  Ask again in May.

# -- bookkeeping --
tags: [ports, 'trade']  # keep short
codebook:
# what the desk agreed on
- close  # for good
- keep

# people
aliases:
  speakers:
  - {name: Ana Lin, forms: [Lin, Minister Lin]}  # see WSJ
pinned:
# the best one first
- {article: a1, exact: 'not now'}   # strong
- article: a2
  exact: never
- {article: a3, exact: maybe}
# the end
"""


OLD = ["# what the desk agreed on", "- close  # for good", "- keep"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "content" / "harbours" / "briefing.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(MINE, encoding="utf-8")
    return path


def changed_lines(path: Path) -> tuple[list[str], list[str]]:
    """Return the lines of MINE that are gone and those that are new, in order."""
    before, after = MINE.splitlines(), path.read_text(encoding="utf-8").splitlines()
    gone = [line for line in before if line not in after]
    return gone, [line for line in after if line not in before]


@pytest.mark.parametrize(
    ("key", "value", "gone", "new"),
    [
        (
            "title",
            "NO",
            ['title:   "Harbours"     # working title'],
            ["title:   'NO'     # working title"],
        ),
        ("question", None, ["question: Which harbours close?"], ["question: null"]),
        (
            "question",
            "One?\nTwo?",
            ["question: Which harbours close?"],
            ["question: |-", "  One?", "  Two?"],
        ),
        (
            "bottom_line",
            "Nothing.",
            ["bottom_line: |-  # from the meeting", "  None so far.", "  Ask again in May."],
            ["bottom_line: 'Nothing.'  # from the meeting"],
        ),
        (
            "bottom_line",
            "Two\nlines",
            ["  None so far.", "  Ask again in May."],
            ["  Two", "  lines"],
        ),
        (
            "tags",
            ("ports",),
            ["tags: [ports, 'trade']  # keep short"],
            ["tags: [ports]  # keep short"],
        ),
        ("codebook", ("close", "keep", "sell"), [], ["- sell"]),
        ("codebook", ("keep",), ["- close  # for good"], []),
        (
            "pinned",
            (
                PinnedQuote(article="a0", exact="first: of all"),
                PinnedQuote(article="a1", exact="not now"),
                PinnedQuote(article="a2", exact="never"),
                PinnedQuote(article="a3", exact="maybe"),
            ),
            [],
            ["- {article: a0, exact: 'first: of all'}"],
        ),
        (
            "pinned",
            (
                PinnedQuote(article="a1", exact="not now"),
                PinnedQuote(article="a3", exact="maybe"),
            ),
            ["- article: a2", "  exact: never"],
            [],
        ),
        ("codebook", "sides", ["codebook:", *OLD], ["codebook: sides"]),
        (
            "codebook",
            {"close": StanceSpec(cues=("to shut", "a closure")), "NO: #": ("nay",), "keep": None},
            OLD,
            ["  close: {cues: [to shut, a closure]}", "  'NO: #': [nay]", "  keep: null"],
        ),
        (
            "codebook",
            ("close", {"keep": StanceSpec(opposite="close")}),
            ["- keep"],
            ["- {keep: {opposite: close}}"],
        ),
        ("feeds", ("https://example.org/a.xml",), [], ["feeds:", "- 'https://example.org/a.xml'"]),
    ],
)
def test_setting_a_key_changes_only_its_lines(
    path: Path, key: str, value: Any, gone: list[str], new: list[str]
) -> None:
    set_info_key(path, key, value)
    assert getattr(read_info(path), key) == value
    assert changed_lines(path) == (gone, new)


def test_an_emptied_list_keeps_what_stands_around_it(path: Path) -> None:
    set_info_key(path, "pinned", ())
    text = path.read_text(encoding="utf-8")
    assert text.startswith(MINE[: MINE.index("pinned:")] + "pinned: []\n# the end\n")


def test_aliases_are_exchanged_as_a_whole(path: Path) -> None:
    aliases = Aliases(outlets=(Alias(name="Financial Times", forms=("FT", "the paper")),))
    set_info_key(path, "aliases", aliases)
    assert read_info(path).aliases == aliases
    assert "aliases:\n  outlets:\n  - {name: Financial Times, forms: [FT, the paper]}\npinned:" in (
        path.read_text(encoding="utf-8")
    )


def test_setting_the_same_value_writes_nothing(path: Path) -> None:
    before = path.stat()
    set_info_key(path, "title", "Harbours")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_windows_line_ends_and_a_byte_order_mark_stay(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())
    set_info_key(path, "question", "One?\nTwo?")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# My notes")
    assert data.count(b"\n") == data.count(b"\r\n") == MINE.count("\n") + 2
    assert read_info(path).question == "One?\nTwo?"


@pytest.mark.parametrize(
    "text",
    [
        "title: x",
        "title: x\nquestion: |+\n  a\n\n\n",
        "title: x\n...\n",
        "  title: x\n  tags:\n  - a\n",
        '"title": x\n"question" : y\n',
        "title: x\nquestion:\n# nothing yet\n",
        "title: >-\n  folded\n  words\n",
        "title: two\n  lines\n",
        "tags:\n  -\n    a\n  - b\ntitle: x\n",
    ],
)
@pytest.mark.parametrize("key", ["title", "question", "tags", "feeds"])
def test_files_laid_out_otherwise_can_be_changed_too(path: Path, text: str, key: str) -> None:
    path.write_text(text, encoding="utf-8")
    before = read_info(path)
    value = ("b", "c") if key in ("tags", "feeds") else "Line one\nLine two # no comment"
    set_info_key(path, key, value)
    after = read_info(path)
    assert getattr(after, key) == value
    for other in BriefingInfo.__struct_fields__:
        if other != key:
            assert getattr(after, other) == getattr(before, other)


CODEBOOKS: list[Any] = [
    None,
    "sides",
    (),
    {},
    ("close", "keep"),
    ("measures", "a #b: '", "sides"),
    {"yes": None, "no": StanceSpec(cues=("not # ever", "'"), opposite="yes")},
    {"null": ("12", "~"), "x: y": ()},
    ({"a": ("b",)}, "acts", {"c": None, "d": StanceSpec(opposite="a")}),
]


@settings(max_examples=80, deadline=None)
@given(
    changes=st.lists(
        st.one_of(
            st.tuples(
                st.sampled_from(["title", "question", "bottom_line"]),
                st.text("ab #:\n'-é", max_size=8),
            ),
            st.tuples(
                st.sampled_from(["tags", "feeds"]),
                st.lists(st.text("ab #:'-", max_size=4), max_size=4),
            ),
            st.tuples(st.just("codebook"), st.sampled_from(CODEBOOKS)),
        ),
        max_size=6,
    )
)
def test_any_row_of_changes_leaves_a_file_that_says_so_and_all_comments_outside(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("library") / "briefing.yaml"
    path.write_text(MINE, encoding="utf-8")
    wanted: dict[str, Any] = {}
    for key, value in changes:
        set_info_key(path, key, value)
        wanted[key] = tuple(value) if isinstance(value, list) else value
    info = read_info(path)
    assert {key: getattr(info, key) for key in wanted} == wanted
    text = path.read_text(encoding="utf-8")
    for comment in (
        "# My notes",
        "# working title",
        "# -- bookkeeping --",
        "# people",
        "# the end",
    ):
        assert comment in text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("colour", "red"),
        ("format", "x"),
        ("title", None),
        ("title", 7),
        ("tags", "abc"),
        ("pinned", ({"article": "a"},)),
    ],
)
def test_a_key_or_value_that_a_briefing_has_not_is_refused(
    path: Path, key: str, value: Any
) -> None:
    with pytest.raises(UsageError):
        set_info_key(path, key, value)
    assert path.read_text(encoding="utf-8") == MINE


def test_a_file_in_one_pair_of_braces_is_left_alone_with_a_hint(path: Path) -> None:
    path.write_text("{title: x}\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        set_info_key(path, "title", "y")
    assert caught.value.hint == "Write the file with one key per line, or check the value."
    assert path.read_text(encoding="utf-8") == "{title: x}\n"


def test_a_broken_file_is_left_alone(path: Path) -> None:
    path.write_text("title: [x\n", encoding="utf-8")
    with pytest.raises(ContentError):
        set_info_key(path, "title", "y")
    assert path.read_text(encoding="utf-8") == "title: [x\n"


def test_unknown_keys_are_passed_over_and_warned_of(path: Path) -> None:
    path.write_text(
        "title: x\nmood: bad\naliases:\n  speakers:\n  - {name: A, forms: [B], age: 7}\n",
        encoding="utf-8",
    )
    assert read_info(path).aliases.speakers == (Alias(name="A", forms=("B",)),)
    warnings = [(p.line, p.column, p.severity, p.message) for p in check_briefing(path.parent)]
    assert warnings == [
        (2, 1, "warning", "the key mood is unknown and has no effect"),
        (5, 27, "warning", "the key aliases.speakers[0].age is unknown and has no effect"),
    ]
    set_info_key(path, "title", "y")
    assert "mood: bad" in path.read_text(encoding="utf-8")


def test_a_file_of_nothing_but_unknown_keys_is_read_in_linear_time(path: Path) -> None:
    path.write_text("title: x\n" + "".join(f"k{n}: 1\n" for n in range(20_000)))
    assert read_info(path) == BriefingInfo(title="x")
    assert len(check_briefing(path.parent)) == 20


def test_a_wrong_type_is_named_with_its_place(path: Path) -> None:
    path.write_text("title: x\nfeeds: no list\n", encoding="utf-8")
    with pytest.raises(
        ContentError, match=r"This should be a list, and is text \(at feeds\)"
    ) as caught:
        read_info(path)
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_a_new_file_invites_to_be_filled_in() -> None:
    assert dump_info(BriefingInfo(title="Harbours: open?")) == (
        "format: briefing/briefing/1\n"
        "title: 'Harbours: open?'\n"
        "question: null\n"
        "bottom_line: null\n"
        "tags: []\n"
        "codebook: null\n"
    )


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_info(tmp_path / "briefing.yaml")
    with pytest.raises(NotFoundError):
        set_info_key(tmp_path / "none" / "briefing.yaml", "title", "x")
    assert list(tmp_path.iterdir()) == []


BROKEN = [
    (
        "codebook: mine\n",
        2,
        1,
        "no shipped codebook has this name; choose acts, sides, measures",
    ),
    ("codebook: 7\n", 2, 1, "it should be the name of a shipped one, a list or a mapping"),
    ("codebook: [ban, [x]]\n", 2, 17, "a stance should be a word, or a mapping of stances"),
    ("codebook:\n  levy: raise\n", 3, 3, "the cues of a stance should be a list"),
    ("codebook:\n  levy: {cues: [a, 2]}\n", 3, 20, "a cue should be words; put numbers in"),
    ("codebook:\n- a: {opposite: [b]}\n", 3, 7, "an opposite should be a word"),
    ("codebook:\n- ban\n- ' '\n", 4, 3, "a stance is empty"),
    ("codebook:\n  levy: [to raise, '']\n", 3, 20, "a cue is empty"),
    (
        "codebook:\n  levy:\n    cues:\n    - to\n",
        5,
        7,
        "the cue 'to' has no word beside its marker",
    ),
    (
        "codebook:\n  levy: {cue: [to raise]}\n",
        3,
        10,
        "a stance has cues and an opposite, and no 'cue'",
    ),
    (
        "codebook:\n  levy: {opposite: waive}\n",
        3,
        10,
        "the opposite of levy is 'waive', which is no stance: choose among levy",
    ),
    ("codebook:\n  none: [no levy]\n", 3, 3, "'none' is no stance"),
    ("codebook: [levy, None]\n", 2, 18, "'None' is no stance"),
    ("codebook:\n  levy: {opposite: levy}\n", 3, 10, "the opposite of levy is itself"),
    (
        "codebook:\n  a: {opposite: b}\n  b: {opposite: c}\n  c: {opposite: a}\n",
        3,
        7,
        "opposites go round: a → b → c → a; they are pairs",
    ),
    ('codebook: ["ban\\x1b[2J"]\n', 2, 12, "a stance has control characters"),
    (f"codebook: [ban, {'x' * 201}]\n", 2, 17, "a stance is longer than 200 characters"),
    (f"codebook: {[f'w{n}' for n in range(5_001)]}\n", 2, 1, "it has more than 5,000 cues"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), BROKEN)
def test_a_broken_codebook_costs_the_codebook_and_not_the_file(
    path: Path, text: str, line: int, column: int, message: str
) -> None:
    path.write_text(f"title: Levies\n{text}question: Who?\n", encoding="utf-8")
    info = read_info(path)
    assert (info.title, info.question, info.codebook) == ("Levies", "Who?", None)
    (problem,) = check_briefing(path.parent)
    assert (problem.line, problem.column, problem.severity) == (line, column, "error")
    assert message in problem.message
    assert problem.message.startswith("the codebook is left out: ")
    (same,) = read_briefing(path.parent).problems
    assert (same.file, same.message) == ("harbours/briefing.yaml", problem.message)


@pytest.mark.parametrize(
    ("codebook", "line", "message"),
    [
        ("codebook: [*ban, x]\n", 2, "the alias *ban is refused"),
        ("codebook:\n- &a ban\n\n# mine\n- b\n", 3, "the anchor &a is refused"),
        ("codebook:\n  a: [b]\n  a: [c]\n", 4, "the key 'a' is used twice"),
        ("codebook:\n  a: [[red]ban[/red]]\n", 3, "this is not valid YAML"),
        ("codebook: [\n  ban,\n  !x y\n]\n", 4, "the tag !x is refused"),
        ("codebook: [ban\n", 3, "this is not valid YAML"),
        ("codebook: " + "[" * 20 + "]" * 20 + "\n", 2, "nested deeper"),
    ],
)
def test_a_codebook_that_is_no_good_yaml_costs_no_more(
    path: Path, codebook: str, line: int, message: str
) -> None:
    text = f"title: Levies\n{codebook}question: Who?\nmood: bad\n"
    path.write_text(text, encoding="utf-8")
    info = read_info(path)
    assert (info.title, info.question, info.codebook) == ("Levies", "Who?", None)
    problem, warning = check_briefing(path.parent)
    assert (problem.line, message in problem.message) == (line, True)
    assert warning.line == text.count("\n")
    with pytest.raises(ContentError, match=re.escape(message)):
        set_info_key(path, "title", "y")
    assert path.read_text(encoding="utf-8") == text


def test_a_file_broken_elsewhere_is_broken(path: Path) -> None:
    path.write_text("title: [x\ncodebook: [*ban]\n", encoding="utf-8")
    with pytest.raises(ContentError, match="not valid YAML"):
        read_info(path)


def test_a_broken_codebook_is_not_written(path: Path) -> None:
    with pytest.raises(UsageError):
        set_info_key(path, "codebook", {"a": StanceSpec(opposite="b")})
    assert path.read_text(encoding="utf-8") == MINE


def test_another_key_is_set_beside_a_broken_codebook_which_stays(path: Path) -> None:
    path.write_text("title: x\ncodebook: ['']  # ?\n", encoding="utf-8")
    set_info_key(path, "title", "y")
    assert path.read_text(encoding="utf-8") == "title: 'y'\ncodebook: ['']  # ?\n"
