"""Completion in a shell: the command that prints its script, and what it completes.

Names are read from file names and quote ids from files as they stand, with nothing of YAML or
search. Only what a shell takes as a plain word is offered: it is put into the line as it is, and a
foreign library may hold a folder called `$(…)`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, get_args

import click

from briefing.cli.console import print_bytes
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from click.shell_completion import CompletionItem

BRIEFING_KEYS = ("title", "question", "bottom_line", "tags", "codebook")
ARTICLE_KEYS = (
    "headline", "publisher", "authors", "date", "updated", "language", "url", "reprint_of",
    "reprint_of.publisher", "reprint_of.headline", "reprint_of.date", "reprint_of.url",
)  # fmt: skip
SPEAKER_KEYS = ("speaker", "role", "type", "country")
QUOTE_KEYS = (*SPEAKER_KEYS, "words")
BLOCK_KEYS = ("role",)
"""The keys that `briefing set` takes, as the YAML has them."""
VARIABLE = "_BRIEFING_COMPLETE"
SHELLS = ("bash", "zsh", "fish")
_PLAIN = re.compile(r"[^\W_][\w.@%+-]{0,254}")
_IDS = re.compile(
    rb"^- id: (c[0-9]{1,6})\s*$|^ *- \{id: (q-[0-9a-f]{2,64}(?:-[0-9]{1,4})?),", re.MULTILINE
)
_MOST_BYTES = 4_000_000
_OWN_FILES = frozenset({"briefing.yaml", "edits.yaml"})

Items = list["CompletionItem"]


def complete_name(context: click.Context, _: click.Parameter, text: str) -> Items:
    """Complete the name of a briefing, of `codebook` that of a shipped one, too."""
    from briefing.codebooks import BOOKS

    content = _content(context)
    books = BOOKS if context.info_name == "codebook" else ()
    return _items((*books, *(_names(content) if content else ())), text)


def complete_listed(_: click.Context, parameter: click.Parameter, text: str) -> Items:
    """Complete one of a list that is the same everywhere: codebooks, voices, stances, countries."""
    from briefing.codebooks import BOOKS, shipped
    from briefing.model import SpeakerType
    from briefing.world.country_names import load_country_names

    match parameter.name:
        case "codebook":
            return _items(BOOKS, text)
        case "type":
            return _items(get_args(SpeakerType), text)
        case "stance":
            names = dict.fromkeys(stance for book in BOOKS for stance in shipped(book).names)
            return _items(("none", *names), text)
    return _items(load_country_names(), text.upper())


def complete_action(context: click.Context, _: click.Parameter, text: str) -> Items:
    """Complete the id of an action that is not undone yet, the newest first."""
    from briefing.content.action_log import read_log

    content = _content(context)
    name = context.params.get("name")
    with suppress(BriefingError):
        lines, undone = read_log(content.parent) if content else ((), frozenset())
        found = (each for each in reversed(lines) if not name or name in each.briefings)
        return _items((each.id for each in found if each.id not in undone), text)
    return []


def complete_quote(context: click.Context, parameter: click.Parameter, text: str) -> Items:
    """Complete the place of a quote in the briefing that the call names: `ARTICLE/QUOTE`."""
    name = f"{context.params.get('name') or next(iter(context.args), '')}/"
    found = complete_place(context, parameter, name + text)
    return _items((each.value.removeprefix(name) for each in found), text)


def complete_place(context: click.Context, _: click.Parameter, text: str) -> Items:
    """Complete a place: a briefing, then its articles, then the quotes and blocks of one."""
    content = _content(context)
    if content is None:
        return []
    name, *rest = text.split("/")
    if not rest:
        return _items((each for name in _names(content) for each in (name, f"{name}/")), text)
    if not _PLAIN.fullmatch(name):
        return []
    folder = content / name
    if len(rest) == 1:
        ids = _article_ids(folder)
        return _items((f"{name}/{each}{end}" for each in ids for end in ("", "/")), text)
    if len(rest) == 2 and _PLAIN.fullmatch(rest[0]):
        parts = _parts(folder / f"{rest[0]}.yaml")
        return _items((f"{name}/{rest[0]}/{part}" for part in parts), text)
    return []


def complete_article(context: click.Context, _: click.Parameter, text: str) -> Items:
    """Complete the id of an article of the briefing that the call names."""
    # Click leaves arguments in `args` where the last option has no value yet.
    name = str(context.params.get("name") or next(iter(context.args), ""))
    content = _content(context)
    return _items(_article_ids(content / name) if content and _PLAIN.fullmatch(name) else (), text)


def complete_file(_: click.Context, __: click.Parameter, text: str) -> Items:
    """Let the shell complete the name of a file."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(text, type="file")]


def complete_pair(context: click.Context, _: click.Parameter, text: str) -> Items:
    """Complete a key to set at the place that the call names."""
    depth = str(context.params.get("place") or "").count("/")
    is_quote = "/q-" in str(context.params.get("place"))
    keys = (BRIEFING_KEYS, ARTICLE_KEYS, QUOTE_KEYS if is_quote else BLOCK_KEYS)[min(depth, 2)]
    return _items((f"{key}=" for key in keys), text)


def _items(words: Iterable[str], text: str) -> Items:
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in words if word.startswith(text)]


def _content(context: click.Context) -> Path | None:
    """Return the content folder of the library that the call names, None where there is none."""
    from briefing.paths import find_library

    with suppress(BriefingError):
        return find_library(context.find_root().params.get("library")).root / "content"
    return None


def _names(content: Path) -> Iterator[str]:
    from briefing.content.naming import briefing_names

    with suppress(BriefingError):
        yield from filter(_PLAIN.fullmatch, briefing_names(content))


def _article_ids(folder: Path) -> Iterator[str]:
    with suppress(OSError):
        for name in sorted(path.name for path in folder.iterdir()):
            stem = name.removesuffix(".yaml")
            if name not in _OWN_FILES and stem != name and _PLAIN.fullmatch(stem):
                yield stem


def _parts(path: Path) -> Iterator[str]:
    """Yield the ids of the quotes of an article's file, then those of its blocks."""
    try:
        with path.open("rb") as file:
            found = _IDS.findall(file.read(_MOST_BYTES))
    except OSError:
        return
    yield from dict.fromkeys(quote.decode() for _, quote in found if quote)
    yield from dict.fromkeys(block.decode() for block, _ in found if block)


def completion(_: object, shell: str) -> None:
    """Print the script that lets a shell complete commands, names, ids and keys."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.BadParameter(f"click knows no completion for {shell}")
    script = found(
        click.get_current_context().find_root().command, {}, "briefing", VARIABLE
    ).source()
    for old, new in _MENDED[shell]:
        script = script.replace(old, new)
    print_bytes(script.encode() + b"\n")


_BASH = "COMPREPLY+=($value)"
_BASH_WITHOUT_BLANK = f"{_BASH}\n            [[ $value == *[/=] ]] && compopt -o nospace"
_ZSH = "compadd -U -V unsorted -a completions"
_ZSH_WITHOUT_BLANK = f"""local -a going_on=(${{(M)completions:#*[/=]}})
        completions=(${{completions:#*[/=]}})
        {_ZSH}
        compadd -U -S '' -V unsorted -a going_on"""
_MENDED = {
    # No blank behind what goes on, such as `NAME/` and `key=`; fish adds none.
    "bash": [(_BASH, _BASH_WITHOUT_BLANK)],
    "zsh": [(_ZSH, _ZSH_WITHOUT_BLANK)],
    # A description may have commas.
    "fish": [('string split ","', 'string split -m 1 ","')],
}
