"""The memo: what stands in it, how long it is, and that its words are the stored ones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.changes import compare_states, take_state
from briefing.content.folders import read_briefing
from briefing.errors import MismatchError, NotFoundError, UsageError
from briefing.export.draft_checking import check_draft
from briefing.export.draft_quotes import read_draft
from briefing.export.escape import carried, escape
from briefing.export.memo import GENERATOR
from briefing.export.verifying import ExactText, Written, check_written, read_markdown
from briefing.model import (
    Anchor,
    Briefing,
    BriefingInfo,
    Chunk,
    Edit,
    Position,
    Quote,
    Speaker,
)
from briefing.visible import copied
from tests.export.ferry import (
    AIDE_TEXT,
    BRIEFING,
    COAST,
    FILLER,
    FJORD,
    MAYOR,
    STAYS,
    export,
    quote,
)

GOLDEN = Path(__file__).parent / "golden" / "ferry.md"
SAMPLE = Path(__file__).parents[2] / "content" / "huawei-5g"
READER = MarkdownIt("gfm-like").use(footnote_plugin).use(front_matter_plugin)
PANDOC = shutil.which("pandoc")


def test_a_small_briefing_reads_as_it_has_been_read_and_found_good() -> None:
    assert export().replace(GENERATOR, "briefing 0") == GOLDEN.read_text(encoding="utf-8")


def test_front_matter_is_yaml_and_keeps_every_text() -> None:
    assert yaml.safe_load(export(country="SE").split("---")[1]) == {
        "briefing": "ferry",
        "tags": ["ferry", "a: b"],
        "country": "SE",
        "generated": "2026-01-02",
        "generator": GENERATOR,
    }


def blockquotes(markdown: str) -> list[str]:
    """Return the text of every statement's paragraphs but its speaker line."""
    inside = False
    found = []
    for token in READER.parse(markdown.partition("\n## Every cue\n")[0]):
        inside = {"blockquote_open": True, "blockquote_close": False}.get(token.type, inside)
        if inside and token.type == "inline":
            children = token.children or []
            text = "".join(child.content for child in children if child.type == "text")
            if not text.startswith("— "):
                assert {child.type for child in children} <= {"text", "strong_open", "strong_close"}
                found.append(text)
    return found


def test_a_fragment_stands_in_its_sentence_so_that_its_negation_is_seen() -> None:
    assert AIDE_TEXT in blockquotes(export())
    assert "that nobody had put “**actual figures**” on the table." in export()


def test_one_country_keeps_its_statements_positions_and_sources() -> None:
    made = export(country="no", full=True)
    assert "# Who keeps the \\#ferry? – Norway" in made
    assert blockquotes(made) == [AIDE_TEXT]
    assert "Coast Daily" not in made
    assert "from 1 article of March 2019" in made


@pytest.mark.parametrize(
    ("asked", "statements"),
    [
        ({}, ["“It has to,” she added, “for our children.”", "“The ferry stays,” Ada Lind said."]),
        ({"pinned": True}, ["“It has to,” she added, “for our children.”"]),
        ({"select": (("coast", "q1"),)}, ["“The ferry stays,” Ada Lind said."]),
        ({"select": (("coast", "q1"),), "pinned": True}, []),
        ({"since": "2020-01-24"}, []),
    ],
)
def test_what_is_asked_for_is_shown(asked: dict[str, object], statements: list[str]) -> None:
    shown = blockquotes(export(country="SE", full=True, **asked)) if "since" not in asked else []
    assert shown == statements


def test_what_is_older_or_undated_is_left_out_and_counted() -> None:
    undated = replace(FJORD, id="undated", date=None)
    made = export(replace(BRIEFING, articles=(COAST, FJORD, undated)), since="2020-01-01")
    assert "1 undated article; 1 older article" in made
    assert AIDE_TEXT not in blockquotes(made)


def test_of_selected_statements_those_of_older_articles_are_left_out() -> None:
    made = export(select=(("coast", "q1"), ("fjord", "q1")), since="2020")
    assert "The ferry stays" in made
    assert "actual figures" not in made


def test_a_country_that_the_briefing_does_not_know_is_an_error_with_a_hint() -> None:
    with pytest.raises(NotFoundError) as caught:
        export(country="FR")
    assert caught.value.message == "the briefing ferry has no country FR"
    assert caught.value.hint == "It has: SE, NO"


def test_a_quote_or_date_that_is_not_there_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="no quote coast/q9"):
        export(select=(("coast", "q9"),))
    with pytest.raises(UsageError, match="'soon' is not a date"):
        export(since="soon")


@pytest.mark.parametrize(
    "broken",
    [
        replace(STAYS, exact="The ferry goes,"),
        replace(STAYS, start=STAYS.start + 1, end=STAYS.end + 1),
        replace(STAYS, start=5000, end=5016),
        replace(STAYS, start=-5, end=-1),
    ],
    ids=["other words", "moved", "behind the text", "before the text"],
)
def test_a_quote_that_is_not_in_the_text_fails_the_export_by_name(broken: Quote) -> None:
    chunk = replace(COAST.chunks[1], quotes=(broken,))
    coast = replace(COAST, chunks=(chunk,))
    with pytest.raises(MismatchError, match="article coast, chunk c2, quote q1: its words are not"):
        export(replace(BRIEFING, articles=(coast,)))


def test_what_was_written_otherwise_is_found_when_it_is_read_back() -> None:
    exact = (ExactText("article a, chunk c1", "no ban"), ExactText("article a, chunk c2", "no ban"))
    check_written(Written("> no **ban**\n\nand no\nban\n", exact), read_markdown)
    for text in ("> no ban\n", "> no ban\n\n> on ban\n"):
        with pytest.raises(MismatchError, match="article a, chunk c2: as it was written"):
            check_written(Written(text, exact), read_markdown)


def test_the_same_words_in_two_sources_stand_once_with_both_sources() -> None:
    text = "“We keep the old ferry for the children of Norrby,” Ada Lind said."
    said = Quote(id="q1", kind="direct", start=1, end=50, exact=text[1:50], speaker=MAYOR, rule="r")
    chunk = Chunk(id="c1", role="body", text=text, quotes=(said,))
    coast = replace(COAST, chunks=(chunk,))
    twin = replace(coast, id="twin", publisher="Other Post")
    briefing = replace(BRIEFING, articles=(coast, twin), edits=(), orphans=())
    made = export(briefing, full=True)
    assert blockquotes(made) == [text]
    assert "; the same words in source 2." in made


def test_a_sentence_that_reports_two_speakers_stands_once() -> None:
    text = "Ada Lind and Ulf Berg said that the ferry stays."
    quotes = tuple(
        Quote(
            id=name,
            kind="indirect",
            start=24,
            end=len(text) - 1,
            exact=text[24:-1],
            speaker=Speaker(name=name, type="named", country="SE"),
            rule="reported_clause",
        )
        for name in ("Ada Lind", "Ulf Berg")
    )
    chunk = Chunk(id="c1", role="body", text=text, quotes=quotes)
    made = export(
        replace(BRIEFING, articles=(replace(COAST, chunks=(chunk,)),), edits=(), orphans=()),
        with_paraphrases=True,
        full=True,
    )
    assert blockquotes(made) == [text]
    assert "— **Ada Lind**; **Ulf Berg** ·" in made


def test_what_changed_since_the_last_export_is_told_with_both_sentences() -> None:
    text = "Norrby bans the ferry."
    position = replace(COAST.chunks[1].positions[0], stance="ban", end=len(text))
    chunk = Chunk(id="c2", role="body", text=text, positions=(position,))
    old = replace(BRIEFING, articles=(replace(COAST, chunks=(chunk,)),), edits=(), orphans=())
    states = [take_state(each, build_panels(each)) for each in (old, BRIEFING)]
    changes = replace(compare_states(*states), since="the last export")
    made = export(changes=changes, full=True)
    assert "Since the last export: 1 new article (Fjord Gazette); 4 new or changed quotes" in made
    assert "- **Sweden**, on the ferry: allow[^1]; before, ban (“Norrby bans the ferry.”)" in made


def words(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize(
    ("repeats", "share"), [(1, 2), (2, 3), (6, 3)], ids=["short", "above 3,000 words", "long"]
)
def test_a_memo_is_a_half_or_a_third_as_long_as_its_articles(repeats: int, share: int) -> None:
    chunks = (Chunk(id="c0", role="body", text=FILLER * repeats), *COAST.chunks[1:])
    articles = (
        *(replace(COAST, id=f"coast-{number}", chunks=chunks) for number in range(3)), FJORD
    )  # fmt: skip
    briefing = replace(BRIEFING, articles=articles, edits=(), orphans=())
    there = sum(
        words(chunk.text)
        for article in articles
        for chunk in article.chunks
        if chunk.role == "body"
    )
    assert (there > 3000) == (share == 3)
    assert words(export(briefing)) <= there // share


def test_many_short_articles_leave_room_for_statements_beside_their_list() -> None:
    short = tuple(
        replace(
            FJORD,
            id=f"fjord-{number}",
            headline=f"A long headline on the crossing of the fjord, number {number}",
            chunks=(*FJORD.chunks, Chunk(id="c9", role="body", text=f"Letter {number} came.")),
        )
        for number in range(20)
    )
    briefing = replace(BRIEFING, articles=short, edits=(), orphans=())
    made = export(briefing)
    there = sum(words(chunk.text) for each in short for chunk in each.chunks)
    assert blockquotes(made)
    listed = words(made[made.index("## Sources") : made.index("## Provenance")])
    assert listed > there // 2


def test_the_memo_of_the_sample_is_a_third_as_long_and_cuts_no_sentence() -> None:
    sample = read_briefing(SAMPLE)
    made = export(sample)
    read = [chunk for each in sample.articles for chunk in each.chunks if chunk.role == "body"]
    assert words(made) <= sum(words(chunk.text) for chunk in read) // 3
    stored = [carried(chunk.text) for chunk in read]
    for shown in blockquotes(made):
        assert any(shown in text for text in stored)
        assert shown[-1] in '.?!”"'
    assert words(export(sample, full=True)) > words(made)


def test_undated_articles_of_one_outlet_are_told_apart_wherever_they_are_cited() -> None:
    coast = replace(COAST, date=None)
    other = replace(FJORD, publisher="Coast Daily", headline="Tables of the crossing", date=None)
    made = export(replace(BRIEFING, articles=(coast, other)), citations="plain", full=True)
    assert " · Coast Daily: Ferry \\| stays [3]" in made
    assert " · Coast Daily: Tables of the crossing, via Harbour Post" in made
    assert "\n4. Source 2, Coast Daily, undated, ¶ 1." in made


@pytest.mark.parametrize("citations", ["footnotes", "pandoc", "plain"])
def test_every_way_to_cite_tells_source_and_paragraph(citations: str) -> None:
    made = export(citations=citations)
    way = {
        "footnotes": "\n[^2]: Source 1, [¶ 2](https://example.com/ferry#:~:text=",
        "pandoc": "\n[^2]: [@coast, ¶ 2].\n",
        "plain": "\n2. Source 1, Coast Daily, 23 January 2020, [¶ 2](https://example.com/ferry#:~:text=",
    }
    assert way[citations] in made


def test_an_empty_briefing_is_a_memo_too() -> None:
    made = export(Briefing(name="empty", info=BriefingInfo(title="Empty")))
    assert made.endswith("Stances are cues, no verdicts.\n- Nothing was left out.\n")
    assert "*To be filled in: what the answer is, in a sentence or two.*" in made


NASTY = st.text(
    st.sampled_from(list("\\`*_{}[]<>#|~^$@&%=!:+-.()\"' \n\t1aw/é\u00a0\u202e\x1b\x00")),
    min_size=1,
)
ANY_PLANE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        *(
            st.characters(
                min_codepoint=plane << 16,
                max_codepoint=(plane << 16) + 0xFFFF,
                exclude_categories=["Cs"],
            )
            for plane in range(17)
        ),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


def only_quote(text: str, name: str = "Ada", label: str = "mayor") -> Briefing:
    """Return a briefing of one article, whose one paragraph is a quote."""
    said = Quote(
        id="q",
        kind="direct",
        start=0,
        end=len(text),
        exact=text,
        speaker=Speaker(name=name, role=label, type="named", country="SE"),
        to=label,
        chain=(name, label),
        rule="r",
    )
    position = Position(country="SE", stance=label, actor=name, start=0, end=len(text), rule="r")
    chunk = Chunk(id="c", role="body", text=text, quotes=(said,), positions=(position,))
    article = replace(COAST, headline=name, publisher=label, authors=(name,), chunks=(chunk,))
    note = Edit(id="e", kind="note", anchor=Anchor(article="coast", exact=text), text=label)
    info = BriefingInfo(title=name, question=label, bottom_line=text, tags=(name,))
    return Briefing(name="n", info=info, articles=(article,), edits=(note,))


@given(text=NASTY, name=NASTY, label=NASTY)
@settings(max_examples=60, deadline=None)
def test_whatever_an_article_says_the_memo_keeps_its_shape_and_its_words(
    text: str, name: str, label: str
) -> None:
    made = export(only_quote(text, name, label), full=True)
    tokens = READER.parse(made)
    kinds = [token.type for token in tokens]
    folded = "".join(blockquotes(made)).replace(" ", "")
    assert folded == "".join(carried(text).split("\n")).replace(" ", "").replace("\n", "")
    assert kinds.count("heading_open") == 11
    assert kinds.count("table_open") == 1
    assert kinds.count("td_open") == 5
    assert kinds.count("ordered_list_open") == 1
    assert not {"html_block", "fence", "code_block", "hr"} & set(kinds)
    inline = [child.type for token in tokens for child in token.children or []]
    assert not {"html_inline", "code_inline", "image", "s_open"} & set(inline)
    tags = yaml.safe_load(made.split("\n---\n")[0].removeprefix("---\n"))["tags"]
    assert tags == [copied(name)]


def told(text: str) -> str:
    """Return text without the blanks, which programs fold and break lines at."""
    return "".join(carried(text).split())


@given(text=st.one_of(ANY_PLANE, NASTY))
@settings(max_examples=150, deadline=None)
def test_markdown_it_reads_every_quote_as_it_is_stored(text: str) -> None:
    made = export(only_quote(text), full=True)
    assert told("".join(blockquotes(made))) == told(text)


@pytest.mark.parametrize("opening", ["- ", "1. ", "+ ", "# ", "= "])
def test_a_sentence_with_bold_words_that_opens_like_a_list_is_read_as_it_is_stored(
    opening: str,
) -> None:
    text = f"{opening}asking the council for “a wider lock” and a new pier at the mouth of the Tarn"
    said = quote(text, "a wider lock", "q1", kind="partial", speaker=MAYOR)
    chunk = Chunk(id="c", role="body", text=text, quotes=(said,))
    made = export(
        replace(BRIEFING, articles=(replace(COAST, chunks=(chunk,)),), edits=()), full=True
    )
    assert blockquotes(made) == [text]


@pytest.mark.skipif(PANDOC is None, reason="needs pandoc")
@given(texts=st.lists(st.one_of(ANY_PLANE, NASTY), min_size=20, max_size=40))
@settings(max_examples=8, deadline=None)
def test_pandoc_reads_every_quote_as_it_is_stored(texts: list[str]) -> None:
    made = "\n\n".join(f"START {escape(f'x{text}x')} END" for text in texts)
    done = subprocess.run(
        [str(PANDOC), "-f", "markdown-smart", "-t", "plain", "--wrap=none"],
        input=made.encode(),
        capture_output=True,
        check=True,
    )
    read = done.stdout.decode().split("START")[1:]
    assert [told(each.rpartition("END")[0]) for each in read] == [
        told(f"x{text}x") for text in texts
    ]


@pytest.mark.parametrize("citations", ["footnotes", "pandoc", "plain"])
def test_every_quotation_of_a_memo_is_sound_when_it_is_verified(citations: str) -> None:
    nameless = replace(FJORD, id="fjord-2", publisher=None, headline=None)
    briefing = replace(BRIEFING, articles=(*BRIEFING.articles, nameless))
    draft = read_draft(export(briefing, citations=citations, full=True).encode(), "memo.md")
    checked = check_draft(draft, [("ferry", each) for each in briefing.articles])
    assert checked.articles == 3
    assert [one.text for one in checked.quotations if not one.is_sound] == []
