"""Whatever a library holds, nothing of it is obeyed by the terminal."""

from __future__ import annotations

import types
import typing
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from briefing.content.articles import encode_article
from briefing.content.edits import dump_edits
from briefing.content.info import dump_info
from briefing.model import EDITED, Anchor, Article, BriefingInfo, Edit
from tests.conftest import Run

ACTIVE = "\x1b]0;X\x07\x9b2J\u202e\u2066\r"
TEXT = f"Oslo bans it {ACTIVE}"
FIXED = {
    "format": None,
    "start": 0,
    "end": 4,
    "exact": "Oslo",
    "text": TEXT,
    "sample": False,
    "country": "NO" + ACTIVE,
    "code": "NO" + ACTIVE,
}


def hostile(kind: Any, name: str) -> Any:
    """Return a value of a type of the model with active characters in every text of it."""
    if typing.get_origin(kind) is Literal:
        return typing.get_args(kind)[0]
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return hostile(typing.get_args(kind)[0], name)
    if typing.get_origin(kind) is tuple:
        return (hostile(typing.get_args(kind)[0], name),)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return record(kind)
    return {str: name + ACTIVE, int: 1, float: 1.0, bool: True}[kind]


def record(kind: Any, **known: Any) -> Any:
    """Return a record of the model whose texts are all hostile, but for the `known` ones."""
    hints = typing.get_type_hints(kind)
    values = {
        name: hostile(hint, name)
        for name, hint in hints.items()
        if not (name in FIXED and FIXED[name] is None)
    }
    fixed = {name: value for name, value in FIXED.items() if name in values and value is not None}
    return kind(**values | fixed | known)


@pytest.fixture
def folder(briefing: Run, tmp_path: Path) -> Path:
    """Return the folder of a briefing of which every text is hostile."""
    folder = tmp_path / "library" / "content" / "quay"
    folder.mkdir(parents=True)
    info = record(BriefingInfo, codebook=("ban",), searches=(), feeds=())
    (folder / "briefing.yaml").write_text(dump_info(info), "utf-8")
    article = record(Article, id="a" + ACTIVE)
    (chunk,) = article.chunks
    bare = msgspec.structs.replace(chunk, **dict.fromkeys(EDITED, ()))
    aside = msgspec.structs.replace(bare, id="c2", role="boilerplate", quotes=())
    (folder / "a.yaml").write_bytes(
        encode_article(msgspec.structs.replace(article, chunks=(bare, aside)))
    )
    anchor = Anchor(article="a" + ACTIVE, exact="Oslo")
    edits = [
        Edit(id=f"e{ACTIVE}", kind="note", anchor=anchor, text=f"note{ACTIVE}"),
        Edit(id=f"f{ACTIVE}", kind="tag", anchor=Anchor(article="b", exact=ACTIVE), text=ACTIVE),
    ]
    (folder / "edits.yaml").write_text(dump_edits(edits), "utf-8")
    (tmp_path / "draft.md").write_text(f"“Oslo bans{ACTIVE} nothing,” said N{ACTIVE} Li", "utf-8")
    return folder


COMMANDS: list[tuple[str, ...]] = [
    ("list",),
    ("show", "quay"),
    ("show", "quay", "--quotes", "--paraphrases"),
    ("show", "quay", "--timeline"),
    ("show", "quay", "--unruled"),
    ("show", "quay", "--country", "NO" + ACTIVE),
    ("show", "quay", "--article", "a" + ACTIVE, "--all"),
    ("show", "quay", "--explain", f"a{ACTIVE}/id{ACTIVE}"),
    ("show", "quay", "--json"),
    ("search", "bans"),
    ("search", "bans", "--json"),
    ("search", "--complete", "speaker:"),
    ("compare", "quay", "--sources"),
    ("concordance", "quay", "Oslo"),
    ("verify", "draft.md"),
    ("origins", "quay"),
    ("origins", "quay", "--claim", "Oslo", "--json"),
    ("gaps", "quay"),
    ("who", "quay"),
    ("changes", "quay", "--since", "2020"),
    ("export", "quay"),
    ("export", "quay", "--format", "json"),
    ("export", "quay", "--format", "csl"),
    ("export", "quay", "--format", "bibtex"),
    ("check", "quay"),
    ("annotate", "quay"),
]


def test_no_field_of_the_model_reaches_the_terminal_raw(briefing: Run, folder: Path) -> None:
    shown = ""
    for command in COMMANDS:
        done = briefing(*command)
        assert "Traceback" not in done.stderr, command
        for text in (done.stdout, done.stderr):
            assert not set(text) & set("\x1b\x07\x9b\u202e\u2066\r"), (command, text)
        shown += done.stdout
    for field in ("title", "name", "role", "hedge", "stance", "reason", "rule", "outlet", "url"):
        assert f"{field}␛]0;X␇␛2J⇠⇢" in shown, field
    assert (folder / "a.yaml").read_bytes()


@pytest.mark.parametrize(
    "call",
    [
        (ACTIVE,),
        ("--" + ACTIVE,),
        ("list", ACTIVE),
        ("list", "--" + ACTIVE),
        ("list", "-\x9b"),
        ("search", "--limit", ACTIVE, "rain"),
        ("search", "--order", ACTIVE, "rain"),
        ("show", "quay", "--json=" + ACTIVE),
        ("show", ACTIVE),
        ("export", "quay", "-o", f"/nowhere{ACTIVE}/x.md"),
        ("add", "file" + ACTIVE, "--to", "quay"),
        ("add", "story.txt", "--to", "/" + ACTIVE),
        ("check", ACTIVE),
    ],
)
def test_a_wrong_call_is_named_without_being_obeyed(
    briefing: Run, folder: Path, call: tuple[str, ...]
) -> None:
    done = briefing(*call)
    assert done.returncode != 0
    assert done.stderr
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\u202e\u2066\r"), done.stderr
    assert folder.is_dir()


def test_annotations_of_another_annotator_are_not_replaced_unasked(
    briefing: Run, story: Path, tmp_path: Path
) -> None:
    briefing("add", story, "--to", "quay")
    path = next((tmp_path / "library" / "content" / "quay").glob("h*.yaml"))
    text = path.read_text("utf-8")
    before = text.replace("annotator: {name: rules", "annotator: {name: mine").replace("NL", "BE")
    path.write_text(before, "utf-8")
    assert "not replaced" in briefing("annotate", "quay").stderr
    assert path.read_text("utf-8") == before
    briefing("annotate", "quay", "--force")
    assert path.read_text("utf-8") != before
