"""One word, one thing: no two public classes share a name, nor modules that mean two things."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "briefing"

SAME_THING = {
    "annotator",  # the annotator of a room of annotate/
    "formats",  # a table of formats, of what is read and of what is written
    "markdown",  # read in ingest/, written in export/
    "screen",  # the screen of a room of tui/
}
"""Modules that may have one name in several rooms."""


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE).with_suffix("")), path


def public_types(tree: ast.Module) -> Iterator[str]:
    """Yield the names of classes and of type aliases: those that begin with a capital."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name) if not name.startswith("_"):
                yield name
            case (
                ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name))
            ) if name != name.upper() and name[:1].isupper():
                yield name


def test_no_two_public_classes_share_a_name() -> None:
    homes = defaultdict(set)
    for module, path in modules():
        for name in public_types(ast.parse(path.read_text("utf-8"))):
            homes[name].add(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_no_two_modules_share_a_name_but_for_the_same_thing() -> None:
    homes = defaultdict(set)
    for module, path in modules():
        if path.stem not in {"__init__", "__main__"} | SAME_THING:
            homes[path.stem].add(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}
