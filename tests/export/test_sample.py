from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from briefing.compare.build import build_panels
from briefing.content.checking import check_briefing
from briefing.content.folders import read_briefing
from briefing.library import Library
from briefing.model import Briefing, Quote
from tests.export.ferry import export

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "content" / "huawei-5g"
MARK = "Written for the briefing sample library from public facts; the people are real"
LONGEST = 25
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| “(.+)” \| \[.+\]\((http.+)\) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def sample() -> Briefing:
    return read_briefing(SAMPLE)


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    """Return the address of every quotation in SOURCES.md, by its exact words."""
    text = (SAMPLE / "SOURCES.md").read_text("utf-8")
    return {row[3]: row[4] for row in _ROW.findall(text)}


def spoken(briefing: Briefing) -> list[tuple[str, Quote]]:
    return [
        (article.id, quote)
        for article in briefing.articles
        for chunk in article.chunks
        for quote in chunk.quotes
        if quote.kind != "indirect"
    ]


def name_of(quote: Quote) -> str | None:
    return quote.speaker and (quote.speaker.name or quote.speaker.role)


def load_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_sample", ROOT / "tests/bench/make_sample.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sample_library_has_nothing_to_complain_of(sample: Briefing) -> None:
    assert check_briefing(SAMPLE) == ()
    assert sample.orphans == ()


def test_the_sample_s_articles_are_what_its_originals_make() -> None:
    made = load_maker().make_articles(SAMPLE)
    there = {path.name: path.read_text("utf-8") for path in SAMPLE.glob("*.yaml")}
    assert {name: there.get(name) for name in made} == made
    assert there.keys() - made.keys() == {"briefing.yaml", "edits.yaml"}


def test_every_sample_article_says_that_it_was_written_for_this_project(sample: Briefing) -> None:
    assert len(sample.articles) == 8
    for article in sample.articles:
        notes = [chunk.text for chunk in article.chunks if chunk.role == "editor-note"]
        assert any(MARK in note for note in notes), article.id


def test_every_sample_article_has_an_address_that_is_kept_for_examples(sample: Briefing) -> None:
    hosts = [
        re.match(r"https://[a-z]+\.example/.", article.url or "") for article in sample.articles
    ]
    assert all(hosts)


def test_every_quotation_is_short_listed_and_linked_in_its_article(
    sample: Briefing, listed: dict[str, str]
) -> None:
    links = {
        article.id: {link.url for chunk in article.chunks for link in chunk.links}
        for article in sample.articles
    }
    quotes = spoken(sample)
    assert len(quotes) == len(listed) == 77
    for article, quote in quotes:
        assert len(quote.exact.split()) <= LONGEST
        assert listed[quote.exact.rstrip(",.")] in links[article], quote.exact


def test_every_quotation_has_a_speaker_who_is_no_pronoun(sample: Briefing) -> None:
    for _, quote in spoken(sample):
        assert quote.speaker is not None
        assert quote.speaker.name or quote.speaker.role, quote.exact


@pytest.mark.parametrize(
    ("code", "by", "about"),
    [
        ("BE", ["person close to the matter in Belgium"], []),
        ("HU", ["Péter Szijjártó"], []),
        ("NATO", ["Jens Stoltenberg"], []),
        ("CZ", ["Dušan Navrátil"], []),
        ("SE", ["Klas Friberg"], ["Huawei"]),
        ("NO", ["Tor Mikkel Wara", "Nikolai Astrup"], []),
        ("EU", ["European Commission", "Thierry Breton", "Andrus Ansip"], ["Tom Cotton"]),
    ],
)
def test_a_country_is_quoted_only_where_somebody_speaks_for_it_or_of_it(
    sample: Briefing, code: str, by: list[str], about: list[str]
) -> None:
    rows = build_panels(sample).quotes
    assert [name_of(row.quote) for row in rows if row.by == code] == by
    assert [name_of(row.quote) for row in rows if code in row.about] == about


def test_the_stances_are_those_of_the_bottom_line(sample: Briefing) -> None:
    rows = {row.code: (row.stance, row.former) for row in build_panels(sample).countries}
    assert {code: stance for code, stance in rows.items() if stance[0]} == {
        "GB": ("ban", "restrict"),
        "US": ("restrict", None),
        "DE": ("restrict", None),
        "AU": ("ban", None),
        "CA": ("ban", "undecided"),
        "NZ": ("restrict", None),
        "FR": ("restrict", None),
        "NO": ("allow", None),
        "JP": ("restrict", None),
        "SE": ("ban", None),
        "HU": ("allow", None),
        "IT": ("undecided", None),
    }


def test_what_somebody_said_to_an_outlet_keeps_its_chain(sample: Briefing) -> None:
    chains = {quote.chain for _, quote in spoken(sample)}
    assert ("Jochen Homann", "Financial Times") in chains
    assert ("Mike Pompeo", "Fox Business") in chains
    assert ("US official", "Financial Times") in chains


def test_every_pinned_quote_of_the_sample_is_shown_first(sample: Briefing) -> None:
    pinned = [row.quote.exact for row in build_panels(sample).quotes if row.pinned]
    assert sorted(pinned) == sorted(pin.exact for pin in sample.info.pinned)


@pytest.mark.parametrize(
    "query",
    [
        "which countries ban huawei",
        "country:GB stance:restrict after:2019",
        "speaker:pompeo",
        '"core network"',
        "cites:FT",
        "speaker:(merkel or altmaier)",
        "tag:two-readings",
    ],
)
def test_the_queries_shown_in_help_find_something_in_the_sample(query: str) -> None:
    assert Library.open(ROOT).search(query).groups


@pytest.mark.parametrize("country", [None, "GB", "FR"])
def test_the_sample_exports_with_every_quote_in_its_text(
    sample: Briefing, country: str | None
) -> None:
    assert "compared with the stored text" in export(sample, country=country, full=True)


def test_what_concerns_a_country_cites_only_sources_that_it_lists(sample: Briefing) -> None:
    for country in build_panels(sample).countries:
        memo = export(sample, country=country.code)
        listed = re.findall(r"(?m)^(\d+)\\?\. ", memo.partition("## Sources")[2])
        assert set(re.findall(r"Source (\d+), ", memo)) <= set(listed), country.code
