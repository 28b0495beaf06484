"""The tables of CAMEO's verb patterns, and the script that compiles them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from briefing.english.lexicon import read_lexicon

DATA = Path(__file__).parents[2] / "bench" / "data"


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


ROWS = [tuple(row) for row in _rows("cameo.tsv")]
SETS = dict(_rows("cameo_sets.tsv"))
FILES = ("cameo.tsv", "cameo_sets.tsv")
DICTIONARY = """\
# The MIT License (MIT)
#
# Copyright (c) 1999 Nobody
#
# LAST UPDATE: never
####### SYNONYM SETS #######

&BARGE
+BARGE
+RIVER_BOAT
+HOVERCRAFT_

####### VERB PATTERNS #######

---  PELT   [190]  ---
PELT
ATTACK {ATTACKING ATTACKS ATTACKED }
- * SPEECH                      [111]   # ATTACK
- * (WITH ARTILLERY)            [194]   # ATTACK
- * &BARGE                      [1712]  # ATTACKED
- * &FERRY                      [1712]  # ATTACK
- &BARGE * {PEACE &BARGE}       [---]
- + * (BY $)                    [:190]  # ATTACK
- NOT * TOWNS                   [120]   # ATTACK

---  LINGER   [040]  ---
LINGER
STEP {STEPS STEPPED STEPPING }
+STEP_DOWN {+STEPS_DOWN +STEPPED_DOWN } [080]
- * (WITH $) UP                 [100]   # STEP
- * VISITS                      [042:043]  # STEP
- * ENVOYS VISITS               [042]   # STEP

---  CANCEL   [---]  ---
CANCEL {CANCELS CANCELLED CANCELLING }
- * VISIT                       [042]   # CANCEL
- * TREATY                      [161]   # CANCEL
"""


def _script() -> ModuleType:
    path = Path(__file__).parents[2] / "bench" / "build_verb_patterns.py"
    spec = importlib.util.spec_from_file_location("build_verb_patterns", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_patterns_are_compiled_by_verb_from_the_general_to_the_particular() -> None:
    assert _lines(_script().compile_tables(DICTIONARY)["cameo.tsv"]) == [
        "attack\t\t\tfight",
        "attack\tspeech\t\taccuse",
        "attack\t@barge\t\tcoerce",
        "attack\tpeace @barge\t@barge\t-",
        "cancel/cancels/cancelled/cancelled/cancelling\ttreaty\t\tsanction",
        "step/steps/stepped/stepped/stepping\tdown\t\tretreat",
        "step\tvisit\t\tconsult",
    ]


def test_sets_have_their_plurals() -> None:
    assert _lines(_script().compile_tables(DICTIONARY)["cameo_sets.tsv"]) == [
        "barge\tbarge, barges, river boat, river boats, hovercraft"
    ]


def test_the_notice_of_the_dictionary_is_kept() -> None:
    for text in _script().compile_tables(DICTIONARY).values():
        assert "# The MIT License (MIT)\n#\n# Copyright (c) 1999 Nobody\n" in text
        assert "LAST UPDATE" not in text


@pytest.mark.parametrize("name", FILES)
def test_the_tables_bear_source_and_licence(name: str) -> None:
    text = (DATA / name).read_text("utf-8")
    assert "https://github.com/openeventdata/petrarch2" in text
    assert "# Copyright (c) 2015 Open Event Data Alliance" in text
    assert "# The above copyright notice and this permission notice shall be included" in text
    assert "AS IS" in text


def test_every_row_has_a_verb_and_a_type_of_the_book_of_acts() -> None:
    types = {
        title for title in read_lexicon("annotate/positions", "books/acts") if " " not in title
    }
    assert {len(row) for row in ROWS} == {4}
    assert {row[3] for row in ROWS} - types == {"-"}
    assert "opposites" not in {row[3] for row in ROWS}
    assert [row for row in ROWS if not re.fullmatch(r"[a-z-]+(/[a-z-]+){0,4}", row[0])] == []


def test_a_verb_stands_in_one_run_of_rows_with_its_forms_in_the_first() -> None:
    bases = [row[0].partition("/")[0] for row in ROWS]
    assert bases == sorted(bases)
    first = {base: number for number, base in reversed(list(enumerate(bases)))}
    assert [
        row[0] for number, row in enumerate(ROWS) if "/" in row[0] and number not in first.values()
    ] == []
    assert {row[0].count("/") for row in ROWS if "/" in row[0]} == {4}


def test_every_set_that_a_pattern_names_is_there() -> None:
    named = {word[1:] for row in ROWS for word in f"{row[1]} {row[2]}".split() if word[0] == "@"}
    assert named == set(SETS)
    assert all(words.split(", ")[0] for words in SETS.values())


def test_no_pattern_is_there_twice() -> None:
    keys = [(row[0].partition("/")[0], row[1], row[2]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_the_tables_are_small() -> None:
    assert sum((DATA / name).stat().st_size for name in FILES) < 250_000


@pytest.mark.parametrize(
    ("verb", "after", "kind"),
    [
        ("impose", "curfew", "coerce"),
        ("recall", "ambassador", "sanction"),
        ("express", "condolence", "support"),
        ("launch", "assault", "fight"),
        ("issue", "ultimatum", "threaten"),
        ("withdraw", "", "retreat"),
        ("refuse", "", "reject"),
    ],
)
def test_the_shipped_patterns_name_the_act(verb: str, after: str, kind: str) -> None:
    found = [row[3] for row in ROWS if row[0].partition("/")[0] == verb and row[1:3] == (after, "")]
    assert found == [kind]
