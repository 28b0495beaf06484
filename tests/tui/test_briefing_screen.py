"""The briefing screen: choosing filters and moves, wide and narrow."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from briefing.compare.panels import CountryRow, Panels, QuoteRow, Tally
from briefing.content.info import set_info_key
from briefing.library import Library
from briefing.model import BriefingInfo, PinnedQuote, Speaker
from briefing.tui.briefing.panel_lists import CountryList, QuoteList, SourceList
from briefing.tui.briefing.screen import BriefingScreen
from briefing.tui.kit.text_lines import length, width_of

NARROW = (80, 24)


async def test_the_first_paint_has_all_panels_and_the_first_quote(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        assert "Masts and allies · who lets the foreign supplier" in person.lines[1]
        assert "4 articles   6 countries   6 quotes" in person.lines[1]
        assert "GB United Kingdom" in person.screen
        assert "○ restrict was undecided" in person.screen
        assert "Ana Marsh minister for digital affairs" in person.screen
        assert "Harbour Post · 23 January 2020 · ¶2 of 3" in person.screen
        assert "direct quote · Ana Marsh · rule said-after" in person.screen


OFFICE = Speaker(name="Harbour office", type="institution")


async def test_where_nothing_is_in_marks_one_paraphrase_is_told(
    make_library, make_article, make_chunk, sit_down
) -> None:
    words = "The harbour office says that the quay is safe."
    chunk = make_chunk("c1", words, quotes=[("indirect", "that the quay is safe", OFFICE)])
    info = BriefingInfo(title="Quays")
    library = make_library({"quays": (info, [make_article(chunks=(chunk,))])})
    async with sit_down(library, briefing="quays") as person:
        assert "1 paraphrase." in person.screen
        assert "No words in quotation marks. Press i" in person.screen


TITLES = (
    "Quay owners weigh a third offer for the old northern harbour",
    "港湾当局は北の埠頭の新しい所有者をまだ決めていない",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 Families by the cafe\u0301 ask for a voice",
)


@pytest.mark.parametrize("size", [(160, 48), (120, 40), NARROW])
async def test_no_title_of_a_source_is_cut_that_could_wrap(
    make_library, make_article, sit_down, size: tuple[int, int]
) -> None:
    made = [replace(make_article(headline=t), id=f"made-{n}") for n, t in enumerate(TITLES)]
    library = make_library({"quays": (BriefingInfo(title="Quays"), made)})
    async with sit_down(library, size=size, briefing="quays") as person:
        await person.press("tab", "tab")
        sources = person.app.screen.query_one(SourceList)
        for row, title in zip(sources.items, TITLES, strict=True):
            lines = sources.lines_of(row, sources.line_width)
            shown = "".join(piece.text for line in lines for piece in line)
            assert title.replace(" ", "") in shown.replace(" ", "")
            assert max(map(length, lines)) <= sources.line_width


async def test_rows_tell_voice_told_and_chain(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        assert "a spokesman for the regulator told the Courier" in person.screen
        assert "Harbour Post ¶3 ← Courier" in person.screen


async def test_sources_tell_date_basis_reprint_and_citations(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        assert "2020-01-23 stated" in person.line_with("1 Harbour Post")
        assert "2019-03 ~ inferred" in person.line_with("2 Daily Tide")
        assert "undated" in person.line_with("4 Meridian Note")
        assert "reprint of Eastern News" in person.screen
        assert "4 articles ─╯" in person.screen


async def test_choosing_a_country_filters_quotes_and_sources(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "j")
        assert "Quotes · Germany" in person.screen
        assert "1 of 1" in person.screen
        assert "a draft of the law" in person.screen
        assert "Ana Marsh" not in person.screen
        assert "3 of 4" in person.screen
        await person.press("escape")
        assert "5 of 6 quotes" in person.screen
        assert "1 of 6" not in person.screen


async def test_choosing_a_quote_moves_the_reader(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "j", "j")
        assert "Daily Tide · March 2019 (inferred) · What London says · ¶1 of 3" in person.screen
        assert "partial quote · one of them · rule said-after" in person.screen


async def test_choosing_a_source_moves_the_reader_to_its_top(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("h", "h", "G")
        assert "Meridian Note · undated" in person.screen
        assert "Nobody in Wellington would speak." in person.screen


async def test_a_country_without_quotes_says_what_there_is(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("G")
        assert "New Zealand is only mentioned: 2 mentions in 1 article." in person.screen


async def test_brackets_go_through_annotations_and_the_quote_list_follows(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "enter", "right_square_bracket")
        assert "direct quote · a spokesman for the regulator" in person.screen
        assert "2 of 6" in person.screen
        await person.press("right_square_bracket")
        assert "cites Courier" in person.screen
        await person.press("right_square_bracket")
        assert "link to https://study.example/masts" in person.screen
        await person.press("left_square_bracket")
        assert "cites Courier" in person.screen


async def test_b_shows_what_was_set_aside(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "j", "j", "enter")
        assert "▪ boilerplate (newsletter sign up) set aside, press b to show" in person.screen
        assert "▪ 2 blocks set aside, press b to show" in person.screen
        assert "Sign up here" not in person.screen
        await person.press("b")
        assert "Sign up here for the evening tide." in person.screen
        await person.press("b")
        assert "Sign up here" not in person.screen


async def test_i_adds_paraphrases_without_marks(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("i")
        assert "1 of 7: 6 quotes · 1 paraphrase" in person.screen
        await person.press("l", "j", "j")
        assert "┆ shutting out a supplier would add two years" in person.screen
        assert "┆ German carriers" in person.screen


async def test_p_shows_the_ledger_and_a_cue_moves_the_reader(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "G", "p")
        assert "US pressure · rule cue-verb" in person.screen
        await person.press("k", "k")
        assert "2018-11    DE   ○ allow" in person.screen
        assert "cue: DE allow · rule cue-verb" in person.screen
        await person.press("p")
        assert "5 of 6 quotes" in person.screen
        await person.press("h", "g", "j", "j", "p")
        assert "○ undecided since 2019-03 (was allow), as others say" in person.screen


async def test_y_copies_the_quote_with_speaker_and_source(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "j", "y")
        assert person.app.clipboard == (
            "“Replacing every mast would cost two years,”\n"
            "— a spokesman for the regulator, told the Courier. Harbour Post, ¶3, Ministers settle "
            "on a quota for the network, 23 January 2020, https://harbour.example/quota"
        )


async def test_o_opens_the_article_and_digits_open_links(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("o")
        assert person.app.opened == ["https://harbour.example/quota"]
        await person.press("l", "enter", "1")
        assert person.app.opened[-1] == "https://study.example/masts"
        await person.press("2")
        assert "this link was dead when" in person.screen
        assert len(person.app.opened) == 2


async def test_an_article_without_an_address_says_so(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "j", "j", "o")
        assert person.app.opened == []
        assert "The article has no web address." in person.screen


async def test_z_reads_on_the_whole_screen_and_escape_comes_back(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "j", "enter", "z")
        assert "Ministers settle on a quota for the network" in person.lines[1]
        assert "Sources" not in person.screen
        await person.press("y")
        assert person.app.clipboard.startswith("“Replacing every mast")
        await person.press("escape")
        assert "Sources" in person.screen
        assert "2 of 6" in person.screen


async def test_on_a_narrow_screen_the_reader_is_a_tab_of_its_own(masts: Library, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        assert "Countries  Quotes  Sources  Positions" in person.lines[1]
        assert "All countries" in person.screen
        assert "Harbour Post · 23 January 2020" not in person.screen
        for key in ("e Export", "y Copy", "o Source", "q Quit"):
            assert key in person.lines[-1]
        await person.press("j", "tab")
        assert "Quotes · United Kingdom" in person.screen
        assert "All countries" not in person.screen
        await person.press("tab")
        assert "Sources · United Kingdom" in person.screen
        await person.press("tab")
        assert "Positions · United Kingdom" in person.screen
        await person.press("tab")
        assert "To rule on · United Kingdom" in person.screen
        await person.press("tab")
        assert "Timeline · United Kingdom" in person.screen
        await person.press("tab")
        assert "People · United Kingdom" in person.screen
        await person.press("tab")
        assert "Harbour Post · 23 January 2020" in person.screen
        assert "Timeline · United Kingdom" not in person.screen
        for key in ("/ Find", "e Export", "y Copy", "o Source", "q Quit"):
            assert key in person.lines[-1]
        await person.press("tab")
        assert "All countries" in person.screen


async def test_a_narrow_screen_comes_back_to_its_panel(masts: Library, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("tab", "enter", "j")
        assert "We can manage the risk with a quota" in person.screen
        assert "Ana Marsh minister for digital affairs" not in person.screen
        await person.press("escape", "j")
        assert "2 of 6" in person.screen


async def test_the_screen_can_be_made_narrow_and_wide_again(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("l", "j")
        await person.pilot.resize_terminal(*NARROW)
        await person.wait()
        assert "2 of 6" in person.screen
        assert "All countries" not in person.screen
        await person.pilot.resize_terminal(160, 48)
        await person.wait()
        assert "All countries" in person.screen
        assert "2 of 6" in person.screen


async def test_an_article_stays_at_its_top_its_end_and_its_place_in_another_size(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, (80, 10), briefing="masts") as person:
        await person.press("tab", "tab", "G", "k", "enter", "z")
        for keys, percent in ((("G",), "100 %"), (("g",), "0 %"), (("j", "j"), "")):
            await person.press(*keys)
            shown = person.lines[2]
            assert percent in person.lines[1]
            for size in ((81, 10), (140, 10), (81, 24), (80, 10)):
                await person.pilot.resize_terminal(*size)
                await person.wait()
            assert person.lines[2] == shown
            assert percent in person.lines[1]


@pytest.mark.parametrize("small", [NARROW, (80, 3), (5, 5)])
async def test_lists_that_were_filled_while_hidden_can_be_shown_again(
    masts: Library, sit_down, small: tuple[int, int]
) -> None:
    pinned = PinnedQuote(article="signal-letter-2018-11", exact="Do not build on sand,")
    set_info_key(masts.content / "masts" / "briefing.yaml", "pinned", (pinned,))
    masts.refresh()
    async with sit_down(masts, briefing="masts") as person:
        await person.press("G")
        await person.pilot.resize_terminal(*small)
        await person.wait()
        # All sources again, in a list that is not on the screen and knew of one alone.
        await person.press("escape", "G", "ctrl+u", "tab", "ctrl+d", "tab", "G", "k")
        await person.pilot.resize_terminal(160, 48)
        await person.wait()
        assert person.app.crash is None
        assert "Masts and allies" in person.screen


async def test_the_mouse_chooses_rows_and_tabs(masts: Library, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.pilot.click("#tabs", offset=(14, 0))
        await person.wait()
        assert "Quotes" in person.lines[2]
        await person.pilot.click("#quotes", offset=(5, 6))
        await person.wait()
        assert "2 of 6" in person.screen


async def test_a_briefing_that_is_not_there_is_told_with_a_way_out(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="missing") as person:
        assert "no briefing 'missing'" in person.screen
        assert "It has: masts, ports" in person.screen
        await person.press("escape")
        assert "Ports and cranes" in person.screen


async def test_the_palette_goes_to_a_country(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("ctrl+p")
        await person.enter("germ")
        await person.press("enter")
        assert "Quotes · Germany" in person.screen


async def test_keys_pressed_faster_than_the_screen_follows_are_not_lost(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        countries = person.app.focused
        for _ in range(4):
            countries.action_line(1)
        await person.pilot.pause()
        await person.wait()
        assert countries.cursor == 4
        assert "Quotes · Poland" in person.screen


async def test_a_click_on_a_link_in_the_reader_opens_it(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        row = next(y for y, line in enumerate(person.lines) if "the study¹" in line)
        column = person.lines[row].index("the study¹")
        await person.pilot.click(offset=(column + 1, row))
        await person.wait()
        assert person.app.opened == ["https://study.example/masts"]
        column = person.lines[row - 1].index("Replacing")
        await person.pilot.click(offset=(column, row - 1))
        await person.wait()
        assert "2 of 6" in person.screen


async def test_on_a_narrow_screen_the_panel_takes_the_whole_width(masts: Library, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        for panel in ("countries", "quotes", "sources", "positions", "unruled", "timeline"):
            assert person.app.screen.query_one(f"#{panel}").region.width == 80
            await person.press("tab")


async def test_the_reader_shows_the_chosen_quote_whole_a_few_lines_below_its_top(
    make_library, make_chunk, make_article, sit_down
) -> None:
    speeches = [f"Speech {n} opens, {'and it goes on ' * 18}and closes as {n}." for n in range(9)]
    chunks = tuple(
        make_chunk(
            f"c{n}", f"{'Before it. ' * 30}“{words}” After it.", quotes=[("direct", words, None)]
        )
        for n, words in enumerate(speeches)
    )
    library = make_library({"talks": (BriefingInfo(title="Talks"), [make_article(chunks=chunks)])})
    async with sit_down(library, (80, 34)) as person:
        await person.press("tab")
        for n in range(9):
            reader = person.app.screen.query_one("#reader").region
            shown = "\n".join(person.lines[reader.y + 1 : reader.bottom - 1])
            assert f"Speech {n} opens" in shown
            assert f"closes as {n}." in shown
            await person.press("j")


async def test_codes_of_groups_stand_apart_from_their_names(
    make_library, make_chunk, make_article, sit_down
) -> None:
    chunk = make_chunk(
        "c1",
        "The Five Eyes met in Britain.",
        mentions=[("FVEY", "Five Eyes"), ("GB", "Britain")],
    )
    library = make_library({"eyes": (BriefingInfo(title="Eyes"), [make_article(chunks=(chunk,))])})
    async with sit_down(library) as person:
        assert "FVEY Five Eyes" in person.screen
        assert "GB   United Kingdom" in person.screen


async def test_the_sources_of_a_country_are_those_that_name_it(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "j")
        assert "Sources · Germany" in person.screen
        assert "1 Harbour Post" in person.screen
        assert "2 Daily Tide" in person.screen
        assert "3 Signal Letter" in person.screen
        assert "4 Meridian Note" not in person.screen


def filed_about(screen: BriefingScreen, code: str) -> Panels:
    """Return the panels with the second quote moved from its speaker's country to be about it."""
    panels = screen.panels
    moved = replace(panels.quotes[1], by=None, about=(code,))
    rows = tuple(
        replace(row, quotes=Tally(by=2, about=1)) if row.code == code else row
        for row in panels.countries
    )
    return replace(panels, countries=rows, quotes=(panels.quotes[0], moved, *panels.quotes[2:]))


async def test_own_voices_stand_above_what_is_said_about_a_country(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        person.app.screen.panels = filed_about(person.app.screen, "GB")
        await person.press("j")
        shown = [person.screen.index(words) for words in (
            "Own voices 2", "We can manage", "About the United Kingdom 1", "Replacing every mast"
        )]  # fmt: skip
        assert shown == sorted(shown)
        await person.press("tab", "j", "j")
        assert person.app.screen.place.quote == person.app.screen.panels.quotes[1].quote.id


async def test_countries_count_what_is_by_them_and_what_is_about_them(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        person.app.screen.panels = filed_about(person.app.screen, "GB")
        await person.wait()
        heads = person.line_with("All countries")
        counts = person.line_with("GB United Kingdom")
        assert counts[heads.index("by") + 1] == "2"
        assert counts[heads.index("about") + 4] == "1"
        assert person.screen.index("── 1 only mentioned ──") < person.screen.index("NZ New Zealand")


def test_a_name_that_leaves_no_room_for_its_counts_has_them_on_the_line_below() -> None:
    row = CountryRow(
        code="BA", name="Bosnia and Herzegovina", group="topic", quotes=Tally(about=12)
    )
    countries = CountryList()
    countries.fill(Panels(name="a", title="A", countries=(row,)), None, paraphrases=False)
    assert countries.height_of(row, 28) == 2
    lines = ["".join(piece.text for piece in line) for line in countries.lines_of(row, 28)]
    assert lines == [" BA Bosnia and Herzegovina", f"{'12 ':>28}"]
    assert countries.height_of(row, 40) == 1


@pytest.mark.parametrize("width", [24, 40, 61, 160])
def test_the_source_of_a_quote_wraps_and_is_measured_as_it_is_drawn(width: int, make_chunk) -> None:
    words = "The quay stays shut"
    said = make_chunk("c1", f"“{words}”, he said.", quotes=[("direct", words, None)]).quotes[0]
    chain = ("a pilot", "Evening Lantern of the Northern Isles", "Harbour Gazette")
    plain = QuoteRow(article="a", chunk="c1", source="The Isle Messenger", paragraph=7, quote=said)
    rows = [
        plain,
        replace(plain, pinned=True),
        replace(plain, quote=replace(said, chain=chain)),
        replace(plain, pinned=True, quote=replace(said, chain=chain, rule="analyst")),
    ]
    drawn = QuoteList()
    for row in rows:
        lines = ["".join(piece.text for piece in line) for line in drawn.lines_of(row, width)]
        assert len(lines) == drawn.height_of(row, width)
        shown = " ".join(line.removeprefix("▌ ").strip() for line in lines)
        assert all(width_of(line) <= width for line in lines)
        assert "The Isle Messenger ¶7" in shown
        assert all(f"← {link}" in shown for link in row.quote.chain[1:])
        assert ("pinned" in shown) == row.pinned
    assert len({drawn.key_of(row) for row in rows}) == len(rows)
