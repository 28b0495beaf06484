"""The table of commands and the functions behind it say the same."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from importlib import import_module
from typing import get_args

import click
import pytest

from briefing.cli.main import main
from briefing.compare.side_by_side import MatrixBasis
from briefing.english.lexicon import read_data
from briefing.export.formats import NAMES
from briefing.export.material import ROW_KINDS, Citations
from briefing.model import SaidBy, SpeakerType

DOES = re.findall(r"^\[(\w+)\] (\w+)\.(\w+)", read_data("cli", "commands.txt"), re.MULTILINE)
OF_CALLS = {"place", "words", "nth", "why"}


@pytest.mark.parametrize(("name", "module", "function"), DOES)
def test_a_command_takes_what_its_function_does(name: str, module: str, function: str) -> None:
    own = inspect.signature(getattr(import_module(f"briefing.cli.{module}"), function)).parameters
    given = {each.name for each in main.commands[name].params} - {"as_json"}
    if "call" in own:
        assert "place" in given
        given -= OF_CALLS
    rest = {each.name for each in own.values() if each.kind is inspect.Parameter.VAR_KEYWORD}
    wanted = set(own) - {"job", "_", "call", *rest}
    assert given >= wanted if rest else given == wanted


@pytest.mark.parametrize(
    ("command", "name", "values"),
    [
        ("who", "voice", get_args(SpeakerType)),
        ("who", "said_by", get_args(SaidBy)),
        ("show", "matrix", get_args(MatrixBasis)),
        ("export", "format_name", NAMES),
        ("export", "rows", ROW_KINDS),
        ("export", "citations", get_args(Citations)),
    ],
)
def test_an_option_lists_the_values_that_there_are(
    command: str, name: str, values: Sequence[str]
) -> None:
    (option,) = (each for each in main.commands[command].params if each.name == name)
    assert isinstance(option.type, click.Choice)
    assert set(option.type.choices) == set(values)
