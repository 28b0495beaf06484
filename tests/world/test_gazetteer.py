"""The compiled gazetteer: complete, well formed, and cheap to have."""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefing.world.country_names import load_country_names
from briefing.world.gazetteer import country_named, load_gazetteer


def _senses(name: str) -> list[tuple[str, str]]:
    gazetteer = load_gazetteer()
    numbers = {number for number, start, end in gazetteer.find(name) if end - start == len(name)}
    return [(one.kind, one.code) for number in numbers for one in gazetteer.entry(number).senses]


@pytest.mark.parametrize(
    ("name", "sense"),
    [
        ("France", ("name", "FR")),
        ("Zurich", ("city", "CH")),
        ("Zürich", ("city", "CH")),
        ("Kyiv", ("capital", "UA")),
        ("Kiev", ("capital", "UA")),
        ("Saskatchewan", ("state", "CA")),
        ("European Commission", ("group", "EU")),
    ],
)
def test_a_name_has_its_sense(name: str, sense: tuple[str, str]) -> None:
    assert sense in _senses(name)


def test_every_row_has_three_cells_and_known_codes() -> None:
    gazetteer = load_gazetteer()
    known = load_country_names()
    for number in range(len(gazetteer.rows)):
        entry = gazetteer.entry(number)
        assert entry.name == entry.name.strip()
        assert all(sense.code in known for sense in entry.senses), entry


def test_every_country_of_iso_3166_is_named() -> None:
    codes = {
        sense.code
        for n in range(len(load_gazetteer().rows))
        for sense in load_gazetteer().entry(n).senses
    }
    assert {"GB", "XK", "TW", "HK", "PS", "EH", "VA", "NA", "NO"} <= codes
    assert len([code for code in codes if len(code) == 2]) >= 240


def test_importing_countries_builds_nothing() -> None:
    code = (
        "import briefing.annotate.countries\n"
        "from briefing.world.gazetteer import country_named, load_gazetteer\n"
        "from briefing.world.country_names import load_country_names as names\n"
        "print(load_gazetteer.cache_info().currsize, names.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["0", "0"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"),
        ("German", "DE"),
        ("Berlin", "DE"),
        ("Georgia", "GE"),
        ("UK", "GB"),
        ("Reading", None),
        ("Congress", None),
        ("Atlantis", None),
        ("Germany and France", None),
    ],
)
def test_a_name_alone_stands_for_a_country_or_needs_a_text(name: str, code: str | None) -> None:
    assert country_named(name) == code
