from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from msgspec.structs import replace

from briefing.compare.origins import Origin
from briefing.compare.panels import (
    CountryRow,
    Panels,
    QuoteRow,
    SourceRow,
    StanceNote,
    Standing,
    Tally,
)
from briefing.errors import MismatchError, NotFoundError
from briefing.export.markdown import GENERATOR, to_markdown
from briefing.model import (
    Anchor,
    Annotator,
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    Edit,
    HighlightedSpan,
    Orphan,
    Position,
    Problem,
    PublicationDate,
    Quote,
    Reprint,
    Source,
    Speaker,
)
from briefing.visible import copied

GOLDEN = Path(__file__).parent / "golden" / "ferry.md"
READER = MarkdownIt("gfm-like").use(footnote_plugin).use(front_matter_plugin)

MAYOR = Speaker(name="Ada Lind", role="mayor of *Norrby*", type="named", country="SE")
AIDE = Speaker(name=None, role="ministry aide", type="anonymous", country="NO")
CHAPTERS = "“The ferry stays,” Ada Lind said. “It has to,” she added, “for our children.”"
AIDE_TEXT = "An aide told the Harbour Post that a ban was “not on the table”."


def quote(
    text: str,
    exact: str,
    name: str,
    *,
    kind: str = "direct",
    speaker: Speaker | None = None,
    utterance: str | None = None,
    to: str | None = None,
    chain: tuple[str, ...] = (),
) -> Quote:
    start = text.index(exact)
    return Quote(
        id=name,
        kind=kind,
        start=start,
        end=start + len(exact),
        exact=exact,
        speaker=speaker,
        utterance=utterance,
        to=to,
        chain=chain,
        rule="made-for-this-test",
    )


def source(name: str) -> Source:
    return Source(
        file=f"originals/{name}.txt",
        media_type="text/plain",
        sha256="0" * 64,
        added="2026-01-02T03:04:05Z",
    )


STAYS = quote(CHAPTERS, "The ferry stays,", "q1", speaker=MAYOR, utterance="u1")
HAS_TO = quote(CHAPTERS, "It has to,", "q2", speaker=MAYOR, utterance="u2")
CHILDREN = quote(CHAPTERS, "for our children.", "q3", speaker=MAYOR, utterance="u2")
TABLE = quote(
    AIDE_TEXT,
    "not on the table",
    "q1",
    kind="partial",
    speaker=AIDE,
    to="Harbour Post",
    chain=("ministry aide", "Harbour Post"),
)

COAST = Article(
    id="coast",
    headline="Ferry | stays",
    publisher="Coast Daily",
    authors=("Ben Ask",),
    date=PublicationDate(value="2020-01-23", precision="day", basis="stated"),
    url="https://example.com/ferry",
    source=source("coast"),
    annotator=Annotator(name="rules", version=1, digest="d"),
    chunks=(
        Chunk(id="c1", role="body", text="The council met on Monday."),
        Chunk(
            id="c2",
            role="body",
            section="Why it matters",
            text=CHAPTERS,
            quotes=(STAYS, HAS_TO, CHILDREN),
            positions=(
                Position(
                    country="SE", stance="allow", actor="Ada Lind", start=0, end=17, rule="stays"
                ),
            ),
            notes=("Said in the *council*.",),
            tags=("cost", "#1 & only"),
            highlights=(HighlightedSpan(start=1, end=10),),
        ),
        Chunk(id="c3", role="boilerplate", reason="sign-up", text="Sign up here."),
    ),
)
FJORD = Article(
    id="fjord",
    publisher="Fjord Gazette",
    date=PublicationDate(value="2019-03", precision="month", basis="inferred"),
    reprint_of=Reprint(publisher="Harbour Post", headline="No ban", date="2019-03-01"),
    source=source("fjord"),
    chunks=(
        Chunk(id="c1", role="body", text=AIDE_TEXT, quotes=(TABLE,)),
        Chunk(id="c2", role="unrelated", reason="tail", text="How to bake bread."),
    ),
)
ORPHAN = Edit(id="e2", kind="note", anchor=Anchor(article="coast", exact="gone"), text="x")
BRIEFING = Briefing(
    name="ferry",
    info=BriefingInfo(
        title="Who keeps the #ferry?",
        question="Which side keeps the ferry?",
        bottom_line="Norrby keeps it.\n\n1. Nobody else has said.",
        tags=("ferry", "a: b"),
    ),
    articles=(COAST, FJORD),
    edits=(
        Edit(id="e1", kind="note", anchor=Anchor(article="coast", exact="The ferry"), text="x"),
        ORPHAN,
    ),
    orphans=(Orphan(edit=ORPHAN, reason="its words are nowhere"),),
    problems=(Problem(file="broken.yaml", message="not YAML"),),
)


def row(
    article: str, chunk: str, said: Quote, countries: tuple[str, ...], **more: object
) -> QuoteRow:
    """Make a row by the first of the countries about the others."""
    source_label = {"coast": "Coast Daily", "fjord": "Fjord Gazette"}[article]
    return QuoteRow(
        article=article,
        chunk=chunk,
        source=source_label,
        quote=said,
        by=countries[0],
        about=countries[1:],
        **more,
    )


ALLOWS = StanceNote(
    article="coast",
    chunk="c2",
    stance="allow",
    target="NO",
    object="the ferry",
    said_by="self",
    actor="Ada Lind",
    chain=("Ada Lind", "Fjord *Gazette*"),
    date="2020-01-23",
    start=0,
    end=17,
)
PANELS = Panels(
    name="ferry",
    title=BRIEFING.info.title,
    question=BRIEFING.info.question,
    bottom_line=BRIEFING.info.bottom_line,
    countries=(
        CountryRow(
            code="SE",
            name="Sweden",
            group="actor",
            quotes=Tally(by=3, about=1),
            stance="allow",
            former="ban",
            standings=(
                Standing(
                    object="the ferry", stance="allow", since="2020-01-23", latest=ALLOWS, cues=1
                ),
            ),
            ledger=(ALLOWS,),
        ),
        CountryRow(code="NO", name="Norway", group="actor", quotes=Tally(by=1)),
        CountryRow(code="DK", name="Denmark", mentions=2),
    ),
    quotes=(
        row("coast", "c2", HAS_TO, ("SE",), paragraph=2, section="Why it matters", pinned=True),
        row("coast", "c2", STAYS, ("SE",), paragraph=2, section="Why it matters"),
        row("coast", "c2", CHILDREN, ("SE",), paragraph=2, section="Why it matters"),
        row("fjord", "c1", TABLE, ("NO", "SE"), paragraph=1),
    ),
    sources=(
        SourceRow(
            number=1,
            article="coast",
            label="Coast Daily",
            quotes=3,
            paragraphs=2,
            set_aside=1,
            origin=Origin(outlet="Coast Daily"),
        ),
        SourceRow(
            number=2,
            article="fjord",
            label="Fjord Gazette",
            cites=("Harbour Post",),
            quotes=1,
            paragraphs=1,
            set_aside=1,
            origin=Origin(outlet="Harbour Post"),
        ),
    ),
    orphans=1,
    problems=1,
)


def test_a_small_briefing_reads_as_it_has_been_read_and_found_good() -> None:
    made = to_markdown(BRIEFING, PANELS, generated="2026-01-02").replace(GENERATOR, "briefing 0")
    assert made == GOLDEN.read_text(encoding="utf-8")


def test_front_matter_is_yaml_and_keeps_every_text() -> None:
    made = to_markdown(BRIEFING, PANELS, generated="2026-01-02")
    assert yaml.safe_load(made.split("---")[1]) == {
        "title": "Who keeps the #ferry?",
        "question": "Which side keeps the ferry?",
        "tags": ["ferry", "a: b"],
        "date": "2026-01-02",
        "sources": 2,
        "generator": GENERATOR,
    }


def test_one_country_keeps_its_quotes_positions_and_sources() -> None:
    made = to_markdown(BRIEFING, PANELS, country="no", generated="2026-01-02")
    assert "# Who keeps the \\#ferry?: Norway" in made
    assert blockquotes(made) == ["not on the table"]
    assert "Coast Daily" not in made
    assert "2 articles; 1 of them concern Norway." in made
    assert "Left out: 3 quotes that concern other countries." in made


def test_a_country_that_the_briefing_does_not_know_is_an_error_with_a_hint() -> None:
    with pytest.raises(NotFoundError) as caught:
        to_markdown(BRIEFING, PANELS, country="FR", generated="2026-01-02")
    assert caught.value.message == "the briefing ferry has no country FR"
    assert caught.value.hint == "It has: SE, NO, DK"


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
    panels = replace(PANELS, quotes=(row("coast", "c2", broken, ("SE",)),))
    with pytest.raises(MismatchError, match="article coast, chunk c2, quote q1: its words are not"):
        to_markdown(BRIEFING, panels, generated="2026-01-02")


def test_a_text_that_changed_under_its_quotes_fails_the_export_by_name() -> None:
    chunk = replace(COAST.chunks[1], text=CHAPTERS.replace("stays", "leaves"))
    changed = replace(COAST, chunks=(COAST.chunks[0], chunk, COAST.chunks[2]))
    with pytest.raises(MismatchError, match="article coast, chunk c2, quote q1"):
        to_markdown(replace(BRIEFING, articles=(changed, FJORD)), PANELS, generated="2026-01-02")


def test_a_quote_of_a_text_that_is_not_there_fails_the_export() -> None:
    with pytest.raises(MismatchError, match="article coast, chunk c2: no such stored text"):
        to_markdown(replace(BRIEFING, articles=(FJORD,)), PANELS, generated="2026-01-02")


def test_a_position_outside_its_text_fails_the_export() -> None:
    note = replace(PANELS.countries[0].ledger[0], end=5000)
    panels = replace(PANELS, countries=(replace(PANELS.countries[0], ledger=(note,)),))
    with pytest.raises(MismatchError, match="chunk c2: the sentence that shows the position of SE"):
        to_markdown(BRIEFING, panels, generated="2026-01-02")


def test_the_same_words_in_two_sources_stand_once_with_both_sources() -> None:
    twin = replace(COAST, id="fjord", url=None)
    rows = tuple(
        row(article, "c2", STAYS, ("SE",), paragraph=2, also=((other, "c2", "q1"),))
        for article, other in (("coast", "fjord"), ("fjord", "coast"))
    )
    briefing = replace(BRIEFING, articles=(COAST, twin))
    made = to_markdown(briefing, replace(PANELS, quotes=rows), generated="2026-01-02")
    assert blockquotes(made) == ["The ferry stays,"]
    assert "the same words in source 2, ¶ 2" in made
    assert "Named in the footnotes only: 1 repeat of the same words." in made


def test_other_wordings_of_a_quote_stay_apart_and_point_to_each_other() -> None:
    rows = (
        row("coast", "c2", STAYS, ("SE",), paragraph=2, also=(("fjord", "c1", "q1"),)),
        row("fjord", "c1", TABLE, ("NO",), paragraph=1, also=(("coast", "c2", "q1"),)),
    )
    made = to_markdown(BRIEFING, replace(PANELS, quotes=rows), generated="2026-01-02")
    assert blockquotes(made) == ["The ferry stays,", "not on the table"]
    assert "also quoted in source 2" in made
    assert "also quoted in source 1" in made


def test_an_empty_briefing_is_a_memo_too() -> None:
    empty = Briefing(name="empty", info=BriefingInfo(title="Empty"))
    made = to_markdown(empty, Panels(name="empty", title="Empty"), generated="2026-01-02")
    assert made.endswith("No passage was set aside.\n- No article was annotated.\n")


def blockquotes(markdown: str) -> list[str]:
    """Return the text of every quoted paragraph that is not a speaker line."""
    tokens = READER.parse(markdown)
    inside = False
    found = []
    for token in tokens:
        inside = {"blockquote_open": True, "blockquote_close": False}.get(token.type, inside)
        if inside and token.type == "inline":
            text = "".join(child.content for child in token.children or [])
            if not text.startswith("— "):
                assert {child.type for child in token.children or []} <= {"text"}
                found.append(text)
    return found


NASTY = st.text(
    st.sampled_from(list("\\`*_{}[]<>#|~^$@&%=!:+-.()\"' \n\t1aw/é\u00a0\u202e\x1b\x00")),
    min_size=1,
)


@given(text=NASTY, name=NASTY, label=NASTY)
@settings(max_examples=60, deadline=None)
def test_whatever_an_article_says_the_memo_keeps_its_shape_and_its_words(
    text: str, name: str, label: str
) -> None:
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
    chunk = Chunk(
        id="c",
        role="body",
        text=text,
        quotes=(said,),
        positions=(position,),
        notes=(text, label),
        tags=(name, label),
        highlights=(HighlightedSpan(start=0, end=len(text)),),
    )
    article = replace(COAST, headline=name, publisher=label, authors=(name,), chunks=(chunk,))
    note = StanceNote(
        article="coast",
        chunk="c",
        stance=label,
        target=name,
        object=label,
        said_by="self",
        actor=name,
        chain=(label, name),
        start=0,
        end=len(text),
    )
    panels = Panels(
        name=label,
        title=name,
        countries=(
            CountryRow(
                code="SE",
                name=name,
                group="actor",
                quotes=Tally(by=1),
                stance=label,
                former=name,
                standings=(Standing(object=name, stance=label, latest=note),),
                ledger=(note,),
            ),
        ),
        quotes=(
            QuoteRow(
                article="coast",
                chunk="c",
                section=name,
                source=label,
                quote=said,
                by="SE",
            ),
        ),
        sources=(SourceRow(number=1, article="coast", label=label, cites=(name,)),),
    )
    info = BriefingInfo(title=name, question=label, bottom_line=text, tags=(name,))
    made = to_markdown(
        Briefing(name="n", info=info, articles=(article,)), panels, generated="2026-01-02"
    )
    tokens = READER.parse(made)
    kinds = [token.type for token in tokens]
    assert blockquotes(made) == [copied(text)]
    assert kinds.count("heading_open") == 12 - (not text.strip())
    assert kinds.count("table_open") == 1
    assert kinds.count("tr_open") == 2
    assert kinds.count("td_open") == 5
    assert kinds.count("ordered_list_open") == 1
    assert kinds.count("bullet_list_open") == 4
    assert kinds.count("list_item_open") == 12
    assert kinds.count("footnote_open") == 1
    assert not {"html_block", "fence", "code_block", "hr"} & set(kinds)
    inline = [child.type for token in tokens for child in token.children or []]
    assert not {"html_inline", "code_inline", "image", "em_open", "s_open"} & set(inline)
    assert yaml.safe_load(made.split("\n---\n")[0].removeprefix("---\n"))["title"] == copied(name)
