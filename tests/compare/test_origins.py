"""Who heard whom: retellings, wires, copies and circles, in articles that are read as given."""

from __future__ import annotations

import pytest

from briefing.annotate.pipeline import annotate
from briefing.codebooks import shipped
from briefing.compare.build import build_panels
from briefing.compare.origin_counts import origin_words, tally_origins, tally_words
from briefing.compare.origin_tree import build_origin_tree
from briefing.compare.origins import Origin, OriginGraph, find_circles, trace_origins
from briefing.ingest.article import to_article
from briefing.model import Alias, Aliases, Article, Briefing, BriefingInfo, Place
from briefing.world.wires import find_wire

REST = (
    "The harbour board meets again in May to hear what the engineers found below the old pier, "
    "and the owners of eleven boats have asked for a berth in the southern basin until then."
)


def read(publisher: str | None, date: str | None, *paragraphs: str, author: str = "") -> Article:
    facts = {"title": "Port news", "publisher": publisher, "date": date, "author": author}
    head = "\n".join(f"{name}: {value}" for name, value in facts.items() if value)
    text = f"---\n{head}\n---\n\n" + "\n\n".join(paragraphs)
    name = f"{publisher or 'sheet'} {date or ''}.md".lower().replace(" ", "-")
    article = to_article(text.encode(), name=name, added="2031-08-01T00:00:00Z")
    return annotate(article, shipped("measures"))


def counted(articles: list[Article], graph: OriginGraph) -> str:
    return tally_words(
        tally_origins([(one.id, graph.of_article(one.id)) for one in articles], graph)
    )


SMELTER = [
    read(
        "The Fell Examiner",
        "2031-05-02",
        "Norway will not close the smelter at Ulvik, the Harbour Gazette reported on Thursday.",
        "Two ministry officials told the Harbour Gazette that power would be cheaper.",
        "The owner of the plant declined to comment.",
    ),
    read(
        "Mast & Cable",
        "2031-05-03",
        "The smelter at Ulvik stays open for ten years, according to the Harbour Gazette.",
        "The newspaper cited officials as saying that power would be cheaper from June.",
    ),
    read(
        "Radio Hull",
        "2031-05-03",
        "Oslo has saved the smelter at Ulvik, the Harbour Gazette said on Friday.",
        "Unions welcomed the news.",
    ),
]
"""Three outlets that retell one report of a fourth."""


def test_three_retellings_of_one_report_have_one_origin() -> None:
    graph = trace_origins(SMELTER)
    assert counted(SMELTER, graph) == (
        "3 articles, 1 origin: Harbour Gazette, from unnamed officials"
    )
    assert graph.retold["radio-hull-2031-05-03"] == Origin(outlet="Harbour Gazette")
    assert {one.outlet for one in graph.articles.values()} == {
        "Fell Examiner",
        "Mast & Cable",
        "Radio Hull",
    }


def test_the_report_itself_is_of_the_same_origin() -> None:
    report = read("The Harbour Gazette", "2031-05-01", "Norway keeps the smelter, officials said.")
    articles = [*SMELTER, report]
    graph = trace_origins(articles)
    assert counted(articles, graph).startswith("4 articles, 1 origin: Harbour Gazette")


def test_an_alias_of_the_analyst_makes_two_names_one_outlet() -> None:
    other = read("Skerry Times", "2031-05-04", "The smelter stays open, the HG Weekly reported.")
    aliases = Aliases(outlets=(Alias(name="Harbour Gazette", forms=("HG Weekly",)),))
    articles = [*SMELTER, other]
    graph = trace_origins(articles, aliases)
    assert graph.retold[other.id].outlet == "Harbour Gazette"
    assert trace_origins(articles).retold[other.id].outlet == "HG Weekly"


def test_a_chain_names_the_outlet_that_heard_and_not_the_one_that_passed_it_on() -> None:
    graph = OriginGraph(articles={"a": Origin(outlet="Coast Daily")})
    heard = {
        (): Origin(outlet="Coast Daily"),
        ("a minister",): Origin(outlet="Coast Daily", heard_from="a minister"),
        ("Ana Lin", "FT", "Reuters"): Origin(outlet="Financial Times", heard_from="Ana Lin"),
        ("Wall Street Journal",): Origin(outlet="Wall Street Journal"),
        ("several reports",): Origin(outlet=None, heard_from="several reports"),
        ("Ana Lin", "local media"): Origin(outlet=None, heard_from="Ana Lin"),
    }
    assert {chain: graph.of("a", chain) for chain in heard} == heard
    assert graph.of("unknown", ("Ana Lin",)).outlet is None


@pytest.mark.parametrize(
    ("paragraphs", "author", "outlet"),
    [
        (("ULVIK, May 3 (Reuters) - The pier shuts.", REST), "", "Reuters"),
        (("(AP) — The pier shuts.", REST), "", "Associated Press"),
        (("ULVIK, May 3. /TASS/. The pier shuts.", REST), "", "TASS"),
        (("ULVIK, May 3 (Nordwire) - The pier shuts.", REST), "", "Nordwire"),
        (("The pier shuts.", REST), "Associated Press", "Associated Press"),
        (("The pier shuts.", REST + " (dpa)"), "", "dpa"),
        (("The pier shuts.", REST, "© 2031 AFP"), "", "Agence France-Presse"),
        (("The pier shuts.", REST, "Source: Reuters"), "", "Reuters"),
        (("The pier shuts.", REST, "This report was produced by Reuters."), "", "Reuters"),
    ],
)
def test_a_wire_is_told_by_dateline_byline_and_signature(
    paragraphs: tuple[str, ...], author: str, outlet: str
) -> None:
    article = read("Coast Daily", "2031-05-03", *paragraphs, author=author)
    mark = find_wire(article)
    assert mark is not None
    assert mark.outlet == outlet
    if mark.chunk is not None:
        chunk = next(one for one in article.chunks if one.id == mark.chunk)
        assert chunk.text[mark.start : mark.end] == mark.words
    assert trace_origins([article]).articles[article.id] == Origin(outlet=outlet)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("The pier shuts.", REST, "The Associated Press contributed to this report."),
        ("The pier shuts.", REST, "With files from Reuters"),
        ("LONDON (Ontario) - The pier shuts.", REST),
        ("The Associated Press (AP) - a news agency - has moved to the pier.", REST),
        ("ULVIK, May 3 (Coast) - The pier shuts.", REST),
        ("The pier shuts, a reader told Reuters.", REST),
    ],
)
def test_what_only_names_an_agency_does_not_make_a_text_its_own(
    paragraphs: tuple[str, ...],
) -> None:
    article = read("Coast Daily", "2031-05-03", *paragraphs)
    assert find_wire(article) is None
    assert trace_origins([article]).articles[article.id] == Origin(outlet="Coast Daily")


@pytest.mark.parametrize(
    "signature",
    [
        "(Reporting by Ana Lin in Ulvik; Editing by Tom Poe)",
        "This story has not been edited and is published from a syndicated feed.",
    ],
)
def test_a_text_of_an_unnamed_agency_does_not_state_its_origin(signature: str) -> None:
    article = read("Coast Daily", "2031-05-03", "The pier shuts.", REST, signature)
    assert trace_origins([article]).articles[article.id] == Origin(outlet=None)
    assert counted([article], trace_origins([article])) == "1 article, origin not stated"


def test_a_copy_without_a_mark_has_the_origin_of_the_one_with_a_mark() -> None:
    wired = read("Coast Daily", "2031-06-02", f"ULVIK, June 1 (Nordwire) - {REST}")
    bare = read("The Fell Examiner", "2031-06-01", REST)
    graph = trace_origins([wired, bare])
    assert counted([wired, bare], graph) == "2 articles of one text, 1 origin: Nordwire"
    assert dict(graph.kinds) == {wired.id: "wire", bare.id: "copy"}


def test_of_unmarked_copies_the_first_is_the_origin_where_both_dates_are_told() -> None:
    first = read("Coast Daily", "2031-06-01", REST)
    later = read("The Fell Examiner", "2031-06-02", REST)
    assert trace_origins([later, first]).articles[later.id].outlet == "Coast Daily"
    undated = read("Radio Hull", None, REST)
    graph = trace_origins([first, undated])
    assert counted([first, undated], graph) == "2 articles of one text, origin not stated"


def test_a_reprint_of_what_is_itself_a_wire_report_is_of_the_wire() -> None:
    wired = read("Coast Daily", "2031-06-01", f"ULVIK, June 1 (Reuters) - {REST}")
    line = "This story was first published in Coast Daily."
    again = read("Radio Hull", "2031-06-02", REST, line)
    graph = trace_origins([wired, again])
    assert graph.kinds[again.id] == "reprint"
    assert graph.articles[again.id].outlet == "Reuters"


NETS = [
    read("The Fell Examiner", "2031-07-01", "Sweden will ban nets, the Baltic Courier reported."),
    read("Baltic Courier", "2031-07-02", "Sweden will ban nets, the Fell Examiner reported."),
]


def test_two_outlets_that_have_one_claim_from_each_other_are_a_circle_and_no_origin() -> None:
    graph = trace_origins(NETS)
    (circle,) = graph.circles
    assert circle.outlets == ("Baltic Courier", "Fell Examiner")
    assert circle.is_one_claim
    assert [(one.hearer, one.heard) for one in circle.hearings] == [
        ("Baltic Courier", "Fell Examiner"),
        ("Fell Examiner", "Baltic Courier"),
    ]
    assert counted(NETS, graph) == "2 articles, origin not stated"


def test_outlets_that_cite_each_other_for_other_claims_are_perhaps_a_circle() -> None:
    other = read("Baltic Courier", "2031-07-02", "The pier is safe, the Fell Examiner reported.")
    graph = trace_origins([NETS[0], other])
    assert [(one.outlets, one.is_one_claim) for one in graph.circles] == [
        (("Baltic Courier", "Fell Examiner"), False)
    ]
    assert "2 origins" in counted([NETS[0], other], graph)


def test_circles_of_two_are_all_found_and_of_a_longer_knot_one() -> None:
    links = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "b"), ("d", "e"), ("f", "a")]
    assert list(find_circles(links)) == [("a", "b"), ("b", "c", "d")]
    assert list(find_circles([("a", "b"), ("b", "c"), ("a", "c"), ("c", "c")])) == []


def test_a_long_line_of_outlets_is_no_circle() -> None:
    line = [(str(number), str(number + 1)) for number in range(5000)]
    assert list(find_circles(line)) == []
    (circle,) = find_circles([*line, ("5000", "0")])
    assert len(circle) == 5001


def test_panels_count_by_origin() -> None:
    panels = build_panels(
        Briefing(name="ulvik", info=BriefingInfo(title="Ulvik"), articles=tuple(SMELTER))
    )
    assert panels.counted_sources() == ("3 articles", "1 origin")
    assert [origin_words(row.origin) for row in panels.sources] == [
        "Harbour Gazette, from officials",
        "Harbour Gazette",
        "Harbour Gazette, from Two ministry officials",
    ]


def test_the_words_of_one_statement_are_counted_by_origin() -> None:
    said = "“We have waited long enough for the others to act,” said Karen Holst, the minister."
    articles = (
        read("Coast Daily", "2031-06-01", f"ULVIK, June 1 (Reuters) - Nets go.\n\n{said}", REST),
        read("Radio Hull", "2031-06-03", f"ULVIK (Reuters) - It is decided.\n\n{said}"),
    )
    panels = build_panels(Briefing(name="nets", info=BriefingInfo(title="Nets"), articles=articles))
    (tally,) = {row.tally for row in panels.quotes}
    assert (tally.articles, tally.origins) == (
        2,
        (Origin(outlet="Reuters", heard_from="Karen Holst"),),
    )


def test_a_claim_is_named_by_its_place_or_by_its_words() -> None:
    tree = build_origin_tree(SMELTER, Aliases(), "power cheaper")
    assert [branch.outlet for branch in tree.branches] == ["Harbour Gazette"]
    assert [held.article for held in tree.branches[0].articles] == [
        "fell-examiner-2031-05-02",
        "mast-cable-2031-05-03",
    ]
    (first, _) = tree.branches[0].articles
    (statement,) = first.statements
    place = Place(statement.article, statement.chunk, quote=statement.quote)
    assert build_origin_tree(SMELTER, Aliases(), place) == tree
    assert build_origin_tree(SMELTER, Aliases(), "no such words").branches == ()


def test_a_stance_of_a_country_is_one_claim_where_it_has_one_origin() -> None:
    bans = [
        read("Coast Daily", "2031-06-01", "Denmark will ban trawlers, the Financial Times said."),
        read("Radio Hull", "2031-06-02", "Denmark has banned trawlers, according to the FT."),
        read("Skerry Times", "2031-06-02", "Denmark will ban trawlers, Reuters reported."),
    ]
    (position,) = [one for chunk in bans[0].chunks for one in chunk.positions]
    chunk = next(one.id for one in bans[0].chunks if one.positions)
    place = Place(bans[0].id, chunk, position.start, position.end)
    tree = build_origin_tree(bans, Aliases(), place)
    assert [branch.outlet for branch in tree.branches] == ["Financial Times"]
    assert {held.article for held in tree.branches[0].articles} == {bans[0].id, bans[1].id}
