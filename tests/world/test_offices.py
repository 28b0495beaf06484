"""Who held which office: full names, family names, dates, and no guess between two people."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.english.lexicon import read_rows
from briefing.isodates import days_of
from briefing.world.country_names import load_country_names
from briefing.world.offices import (
    HeldOffice,
    Office,
    holder_at,
    holders_named,
    read_offices,
)
from briefing.world.person_folding import fold_name

BENCH = Path(__file__).parents[1] / "bench"


def _meant(
    name: str, on: str | None, country: str | None = None
) -> tuple[str, str, str, bool] | None:
    held = holder_at(name, on, country)
    if held is None:
        return None
    return held.holder.name, held.office.country, held.office.title, held.is_former


@pytest.mark.parametrize(
    ("name", "on", "meant"),
    [
        ("Gerhard Schröder", "1999-05-01", ("Gerhard Schröder", "DE", "head_of_government", False)),
        ("Gerhard Schroeder", "2010-03", ("Gerhard Schröder", "DE", "head_of_government", True)),
        ("Angela Merkel", "2010-03", ("Angela Merkel", "DE", "head_of_government", False)),
        ("Angela Merkel's", "2010-03", ("Angela Merkel", "DE", "head_of_government", False)),
        ("MARGARET THATCHER", "1987", ("Margaret Thatcher", "GB", "head_of_government", False)),
        ("Sebastian Pinera", "2012", ("Sebastián Piñera", "CL", "head_of_state", False)),
        ("Muhammad Zia-ul-Haq", "1985", ("Muhammad Zia-ul-Haq", "PK", "head_of_state", False)),
        ("Bashar Assad", "2015", ("Bashar al-Assad", "SY", "head_of_state", False)),
        ("Donald Tusk", "2010-01", ("Donald Tusk", "PL", "head_of_government", False)),
        ("Donald Tusk", "2017-01", ("Donald Tusk", "EU", "institution_head", False)),
        ("Boris Johnson", "2017", ("Boris Johnson", "GB", "foreign_minister", False)),
        ("Kofi Busia", "1971", ("Kofi Busia", "GH", "leader", False)),
        ("Alan Milburn", "2003-02", ("Alan Milburn", "GB", "official", False)),
        ("Angela Merkel", "1975", None),
        ("Petra Unbekannt", "2010", None),
        ("", "2010", None),
    ],
)
def test_a_full_name_means_its_bearer_and_the_office_of_the_day(
    name: str, on: str, meant: tuple[str, str, str, bool] | None
) -> None:
    assert _meant(name, on) == meant


@pytest.mark.parametrize(
    ("name", "on", "holder"),
    [
        ("May", "2018-01-10", "Theresa May"),
        ("May", "2012-01-10", "Theresa May"),
        ("May", "2003", None),
        ("May", None, None),
        ("Mr. Brown", "2008-03-01", "Gordon Brown"),
        ("Brown", "2015-03-01", None),
        ("Bush", "1991-01-20", "George H.W. Bush"),
        ("Bush", "2003-03-20", "George W. Bush"),
        ("Bush", "2015", None),
        ("Thatcher", "1991-02", "Margaret Thatcher"),
        ("Thatcher", "1995-02", None),
        ("Merkel", None, "Angela Merkel"),
        ("von der Leyen", "2021", "Ursula von der Leyen"),
        ("Xi", "2019", "Xi Jinping"),
        ("Milburn", "2003-02", None),
    ],
)
def test_a_family_name_alone_needs_its_only_bearer_in_office(
    name: str, on: str | None, holder: str | None
) -> None:
    held = holder_at(name, on)
    assert (held and held.holder.name) == holder


def test_two_people_who_can_be_meant_are_nobody_until_the_country_is_known() -> None:
    assert _meant("Rasmussen", "2009-12-01") is None
    assert _meant("Rasmussen", "2009-12-01", "DK") == (
        "Lars Løkke Rasmussen", "DK", "head_of_government", False,
    )  # fmt: skip
    assert _meant("Rasmussen", "2009-12-01", "NATO") == (
        "Anders Fogh Rasmussen", "NATO", "institution_head", False,
    )  # fmt: skip
    assert _meant("Rasmussen", "2009-12-01", "FR") is None


def test_a_former_holder_is_meant_by_the_family_name_only_with_the_country() -> None:
    assert _meant("Schroeder", "2012-05") is None
    assert _meant("Schroeder", "2012-05", "DE") == (
        "Gerhard Schröder", "DE", "head_of_government", True,
    )  # fmt: skip


def test_initials_tell_namesakes_apart() -> None:
    assert {one.name for one in holders_named("George Bush")} == {
        "George H.W. Bush",
        "George W. Bush",
    }
    assert [one.name for one in holders_named("George W. Bush")] == ["George W. Bush"]
    assert [one.name for one in holders_named("George H. W. Bush")] == ["George H.W. Bush"]
    assert _meant("George W. Bush", "2012") == ("George W. Bush", "US", "head_of_state", True)
    assert _meant("George Bush", "2012") is None


def test_a_namesake_of_everybody_who_led_no_country_is_meant_only_in_office() -> None:
    assert _meant("Tom King", "1990") == ("Tom King", "GB", "defence_minister", False)
    assert _meant("Tom King", "2019") is None
    assert _meant("Gordon Brown", "2019") == ("Gordon Brown", "GB", "head_of_government", True)


def test_a_common_family_name_alone_is_no_leader_of_a_list() -> None:
    assert _meant("Perry Christie", "2004") == ("Perry Christie", "BS", "leader", False)
    assert _meant("Christie", "2004") is None
    assert _meant("Kumaratunga", "2004") == ("Chandrika Kumaratunga", "LK", "leader", False)


def test_gender_is_stated_or_missing() -> None:
    assert [one.gender for one in holders_named("Angela Merkel")] == ["female"]
    assert [one.gender for one in holders_named("Gordon Brown")] == ["male"]
    assert [one.gender for one in holders_named("Kofi Busia")] == [None]


def test_who_is_between_two_offices_is_former() -> None:
    assert _meant("Benjamin Netanyahu", "2007-05") == (
        "Benjamin Netanyahu",
        "IL",
        "finance_minister",
        True,
    )
    assert _meant("Benjamin Netanyahu", "2010-05") == (
        "Benjamin Netanyahu", "IL", "head_of_government", False,
    )  # fmt: skip


def test_an_office_without_a_known_end_is_never_said_to_be_over() -> None:
    offices = read_offices(
        "FR hs 1995-05-17 2007-05-16;XX leader 1999 2010-12-31~;GB hg 2024-07-05"
    )
    assert offices == (
        Office("FR", "head_of_state", "1995-05-17", "2007-05-16", False),
        Office("XX", "leader", "1999", "2010-12-31", True),
        Office("GB", "head_of_government", "2024-07-05", None, True),
    )
    with pytest.raises(ValueError, match="not an office"):
        read_offices("FR king 1995")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José María Aznar", "Jose Maria Aznar"),
        ("Abdel Fattah al-Sisi", "ABDEL FATTAH EL-SISI"),
        ("Ursula von der Leyen", "Ursula Von Der Leyen"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Mr Robert Gates", "Robert M. Gates"),
        ("Mohamed Morsi", "Muhammad Morsi’s"),
        ("Paul O'Neill", "Paul O’Neill"),
    ],
)
def test_ways_of_writing_a_name_fold_to_one(one: str, other: str) -> None:
    assert fold_name(one).key == fold_name(other).key != ""


@pytest.mark.parametrize(("one", "other"), [("Al Gore", "Gore"), ("Ben Wallace", "Wallace")])
def test_a_given_name_is_no_particle(one: str, other: str) -> None:
    assert fold_name(one).key != fold_name(other).key


@given(
    name=st.text(max_size=60),
    on=st.none() | st.text(max_size=12),
    country=st.none() | st.text(max_size=3),
)
def test_any_strings_have_an_answer(name: str, on: str | None, country: str | None) -> None:
    held = holder_at(name, on, country)
    assert held is None or (isinstance(held, HeldOffice) and held.office in held.holder.offices)


@given(
    name=st.sampled_from(["Merkel", "Bush", "George Bush", "Kim", "Mikhail Gorbachev", "Clinton"]),
    on=st.dates(max_value=dt.date(2100, 1, 1)).map(str),
)
def test_whom_a_name_means_bears_it_and_had_begun(name: str, on: str) -> None:
    held = holder_at(name, on)
    if held is not None:
        assert held.holder in holders_named(name)
        assert held.is_former is (held.office.end is not None and on > f"{held.office.end}~")


def test_every_row_has_known_codes_and_dates_in_order() -> None:
    known = load_country_names()
    rows = read_rows("world", "offices.tsv")
    for row in rows:
        keys, name, gender, offices, source = row.split("\t")
        assert keys, row
        assert name == name.strip(), row
        assert (gender, source) in {("m", "own"), ("f", "own")} or source == "petrarch2", row
        for office in read_offices(offices):
            start, end = days_of(office.start), days_of(office.end or "2999")
            assert office.country in known, row
            assert start is not None, row
            assert end is not None, row
            assert start[0] <= end[1], row
    assert len(rows) > 5000


def test_the_compiled_table_is_that_of_its_sources() -> None:
    done = subprocess.run(
        [sys.executable, BENCH / "build_offices.py", "--check"], check=False, timeout=120
    )
    assert done.returncode == 0


def test_importing_offices_and_actors_reads_nothing() -> None:
    code = (
        "from briefing.world.actors import actor_automaton\n"
        "from briefing.world.offices import _rows_by_key\n"
        "print(actor_automaton.cache_info().currsize, _rows_by_key.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["0", "0"]
