"""The command line as a table: `data/commands.txt` has a section for each command.

Its head names the command and the function that does it; rows follow for what it takes, and behind
a blank line its help. A row tells what is given, then what is shown for its value, `=` and a
default, `:` and the parameter if it is called otherwise; its help stands behind two blanks, and
goes on in indented lines. `...` is for what may be given again, `?` for an argument that may be
left out or a value that may be empty; `a|b` are all values there are, `1..9` the bounds of a
number. `+words` stands for the rows of that section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.core import augment_usage_errors

from briefing.cli import shell_completion
from briefing.cli.job import Folder, Job, any_word, some_file, some_word
from briefing.english.lexicon import read_data

_FILES = ("files", "from_list", "output", "imported", "draft")
_COMPLETERS = {
    **dict.fromkeys(("name", "names", "to"), shell_completion.complete_name),
    **dict.fromkeys(_FILES, shell_completion.complete_file),
    **dict.fromkeys(
        ("codebook", "country", "countries", "stance", "target", "type"),
        shell_completion.complete_listed,
    ),
    "action": shell_completion.complete_action,
    "select": shell_completion.complete_quote,
    "place": shell_completion.complete_place,
    **dict.fromkeys(("article", "articles"), shell_completion.complete_article),
    "pairs": shell_completion.complete_pair,
}
"""What completes a parameter, by its name."""
_NAMED = (*_FILES, "name", "names", "place", "to", "query")
_TYPES: dict[str, Any] = {"folder": Folder(path_type=Path), **dict.fromkeys(_NAMED, some_file)}
"""What an argument is, by its name, if not some word."""
_BOUNDS = re.compile(r"(\d+)\.\.(\d*)")


def make_commands() -> list[click.Command]:
    """Return the commands of the table."""
    _remark, *found = read_data("cli", "commands.txt").split("\n[")
    heads = (section.partition("]") for section in found)
    sections = {head: body.strip("\n") for head, _, body in heads}
    return [_command(name, sections) for name in sections if name[0] != "+"]


def _command(name: str, sections: Mapping[str, str]) -> click.Command:
    head, _, body = sections[name].partition("\n")
    rows, _, told = body.partition("\n\n")
    does, *lenient = head.split()
    # Click fills paragraphs anew unless they begin so: those with an indented line are as they are.
    parts = (f"\b\n{part}" if "\n  " in f"\n{part}" else part for part in told.split("\n\n"))
    return _Command(
        name,
        callback=_caller(does),
        params=list(map(_parameter, _rows(rows, sections))),
        help="\n\n".join(parts),
        context_settings={"ignore_unknown_options": bool(lenient)},
    )


class _Command(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what click says of an option without its value has the usage, too."""
        with augment_usage_errors(ctx):
            return super().parse_args(ctx, args)


def _caller(does: str) -> Callable[..., Any]:
    """Return what calls a function of this folder, `MODULE.FUNCTION`, and prints its output."""
    module, _, function = does.partition(".")

    def call(job: Job, *, as_json: bool = False, **given: Any) -> None:
        job.as_json = as_json
        output = getattr(import_module(f"briefing.cli.{module}"), function)(job, **given)
        if output is not None:
            job.print(output)

    return click.pass_obj(call)


def _rows(text: str, sections: Mapping[str, str]) -> Iterator[str]:
    for row in re.sub(r"\n +", "  ", text).splitlines():
        if row.startswith("+"):
            yield from _rows(sections[row], sections)
        else:
            yield row


def _parameter(row: str) -> click.Parameter:
    """Return the argument or option of a row."""
    spec, _, told = row.partition("  ")
    given, *words = spec.split(" ")
    names = given.split(",")
    name = names[-1].partition("/")[0].strip("-.?").replace("-", "_")
    how: dict[str, Any] = {}
    shown = []
    for word in words:
        bounds = _BOUNDS.fullmatch(word)
        if bounds is not None:
            low, high = bounds.groups()
            how["type"] = click.IntRange(int(low), int(high) if high else None)
            how["type"].name = "whole number"
        elif "|" in word and word.islower():
            how["type"] = click.Choice(word.split("|"), case_sensitive=False)
        elif word.startswith("="):
            how |= {"default": word[1:], "show_default": True}
        elif word.startswith(":"):
            name = word[1:]
        else:
            shown.append(word)
    metavar = " ".join(shown)
    how["shell_complete"] = _COMPLETERS.get(name)
    if not given.startswith("-"):
        how = {"type": _TYPES.get(name, some_word), "required": not given.endswith("?")} | how
        how |= {"nargs": -1} if "..." in given else {}
        return click.Argument([name], metavar=metavar or None, **how)
    if metavar:
        told_type = any_word if metavar.endswith("?") else _TYPES.get(name, some_word)
        how = {"type": told_type} | how
        how |= {"metavar": metavar.rstrip(".?"), "multiple": metavar.endswith("...")}
    elif "/" in given:
        how["default"] = None
    elif "type" not in how:
        how["is_flag"] = True
    return click.Option([*names, name], help=" ".join(told.split()), **how)
