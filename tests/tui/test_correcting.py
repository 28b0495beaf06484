"""The analyst corrects with a key, or a key and a line, and sees it at once; undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.app import App
from textual.events import Key, Paste
from textual.widgets import Input

from briefing.library import Library
from briefing.model import BriefingInfo, Edit, Place
from briefing.tui.correcting.ask_line import AskLine

NARROW = (80, 24)


@pytest.fixture
def edits(masts: Library) -> Callable[[], tuple[Edit, ...]]:
    """Return a function that reads the corrections of the briefing from its file."""
    return lambda: masts.briefing("masts").edits


async def answer(person, words: str) -> None:
    """Type words into the line at the foot in place of those there, and store them."""
    line = person.app.screen.query_one(AskLine)
    for _ in range(20):
        if not line.is_modal:  # Something is still being read.
            await person.wait()
    box = line.query_one("#typed", Input)
    box.value = ""
    await person.wait()
    if words:
        await person.enter(words)
    await person.press("enter")


async def test_s_sets_the_speaker_with_role_and_country(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        assert "Speaker of “We can manage the risk" in person.screen
        assert "Ana Marsh · minister for digital affairs · GB" in person.screen
        await answer(person, "Ida Holm · envoy · norway")
        assert "Ida Holm envoy" in person.screen
        assert "✎" in person.line_with("Harbour Post ¶2")
        assert "NO Norway" in person.screen
    (edit,) = edits()
    assert edit.kind == "set-speaker"
    assert edit.speaker is not None
    assert (edit.speaker.name, edit.speaker.role, edit.speaker.country) == (
        "Ida Holm",
        "envoy",
        "NO",
    )


async def test_a_name_alone_is_a_known_speaker_or_one_said_to_have_no_role_or_country(
    masts, sit_down, edits
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        await answer(person, "Ida Holm")
        assert "is Ida Holm; role and country are not stated. u undoes it." in person.screen
        await person.press("s")
        await answer(person, "Peter Lowe")
        assert "is Peter Lowe · prime minister (PL). u undoes it." in person.screen
    assert [(each.speaker.role, each.speaker.country) for each in edits()] == [
        (None, None), ("prime minister", "PL"),
    ]  # fmt: skip


async def test_a_click_elsewhere_leaves_in_view_what_is_asked_about(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        shown = person.lines[:40]
        for where, offset in (("#countries", (5, 8)), ("#quotes", (5, 9)), ("#reader", (30, 4))):
            await person.pilot.click(where, offset=offset)
            await person.wait()
            assert person.lines[:40] == shown
        await answer(person, "Ida Holm")
        assert edits()[0].anchor.exact.startswith("We can manage the risk")


async def test_an_empty_line_says_that_the_speaker_is_not_stated(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        await answer(person, "")
        assert "speaker not stated" in person.screen


async def test_typing_replaces_a_value_and_goes_on_with_prose(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        assert "minister for digital affairs" in person.line_with("Ana Marsh ·")
        await person.enter("Ida Holm · envoy")
        await person.press("enter")
        await person.press("B")
        await person.enter("Quotas")
        await person.press("enter", "B")
        await person.enter(", not bans.")
        await person.press("enter")
    assert (edits()[0].speaker.name, edits()[0].speaker.role) == ("Ida Holm", "envoy")
    assert masts.panels("masts").bottom_line == "Quotas, not bans."


async def test_tab_takes_a_suggestion_that_has_the_words_typed(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        person.app.screen.query_one("#typed", Input).value = ""
        await person.enter("lowe")
        await person.press("tab", "enter")
        assert edits()[0].speaker.name == "Peter Lowe"
        assert edits()[0].speaker.country == "PL"


async def test_an_unknown_country_keeps_the_line_open_and_escape_changes_nothing(
    masts, sit_down, edits
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        await answer(person, "Ida Holm · envoy · Norwey")
        assert person.app.screen.query_one(AskLine).is_modal
        assert "Norwey" in person.screen
        assert "Norway" in person.screen
        await person.press("escape")
        assert not person.app.screen.query_one(AskLine).is_modal
    assert edits() == ()


async def test_x_drops_a_quote_and_selects_the_next(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "x")
        assert "“We can manage the risk" not in person.line_with("Replacing every mast")
        assert "5 quotes" in person.lines[1]
        assert person.app.screen.place.quote is not None
        assert person.app.screen.place.chunk == "c4"
    assert [edit.kind for edit in edits()] == ["drop-quote"]


async def test_a_paraphrase_is_dropped_as_a_quote_is(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("i", "tab", "j", "j", "j", "x")
        assert "German carriers" not in "\n".join(person.lines[:28])
    assert [edit.kind for edit in edits()] == ["drop-quote"]


async def test_a_star_pins_a_quote_to_the_top_and_unpins_it(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "G", "asterisk")
        assert "pinned" in person.screen
        assert masts.panels("masts").quotes[0].pinned
        await person.press("asterisk")
        assert not any(row.pinned for row in masts.panels("masts").quotes)


async def test_u_undoes_each_step_down_to_the_bytes_of_before(masts, sit_down) -> None:
    folder = masts.content / "masts"
    before = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "asterisk", "x", "s")
        await answer(person, "Ida Holm")
        await person.press("B")
        await answer(person, "Quotas, not bans.")
        assert masts.panels("masts").bottom_line == "Quotas, not bans."
        assert person.lines[2].strip() == "▌→ Quotas, not bans."
        await person.press("u", "u", "u", "u")
        await person.press("u")
        assert "nothing to undo" in str([each.message for each in person.app._notifications])
    assert {path.name: path.read_bytes() for path in folder.glob("*.yaml")} == before


async def test_undo_says_what_was_undone(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "x", "u")
        assert "“We can manage the risk" in person.screen
        assert "▌ Undone: The quote “We can manage the risk" in person.lines[-2]


# On selected words


async def test_selected_words_take_a_note_that_stands_in_the_margin(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("p", "enter", "v", "space", "left")
        assert "2 words selected" in person.screen
        await person.press("a")
        assert "Note on “report says.”" in person.screen
        await answer(person, "check the annex")
        line = person.line_with("✎ check the annex")
        assert line.index("report") < line.index("✎")
    (edit,) = edits()
    assert (edit.anchor.exact, edit.text) == ("report says.", "check the annex")


async def test_a_note_on_the_first_article_stands_in_the_margin_when_a_briefing_is_opened(
    masts, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "enter", "a")
        await answer(person, "who decided?")
        shown = person.line_with("✎ who decided?").index("✎")
    masts.refresh()
    async with sit_down(Library.open(masts.root), briefing="masts") as person:
        await person.press("enter")
        assert person.line_with("✎ who decided?").index("✎") == shown


async def test_a_note_on_a_source_is_one_on_its_first_block(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "tab", "g", "a")
        await answer(person, "ask for the annex")
        assert "✎ ask for the annex" in person.screen
    (edit,) = edits()
    article = masts.article("masts", edit.anchor.article)
    assert edit.anchor.exact == article.chunks[0].text


async def test_a_narrow_screen_has_the_note_below_its_paragraph(masts, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("tab", "enter", "a")
        await answer(person, "who decided?")
        at = next(n for n, line in enumerate(person.lines) if "✎ who decided?" in line)
        assert "digital affairs" in person.lines[at - 1]


async def test_selected_words_become_a_quote_without_the_marks_around_them(
    make_library, make_article, make_chunk, sit_down
) -> None:
    chunk = make_chunk("c1", "The envoy went home. “Nobody asked us,” she wrote.")
    library = make_library({"one": (BriefingInfo(title="One"), [make_article(chunks=(chunk,))])})
    async with sit_down(library, briefing="one") as person:
        await person.press("tab", "tab", "enter", "v", "right", "right", "right", "right", "space")
        await person.press("right", "right", "A")
        await answer(person, "Ida Holm · envoy · NO")
        assert "“Nobody asked us,”" in person.lines[5] + person.lines[4]
        assert "Ida Holm envoy" in person.screen
    (quote,) = library.article("one", "made-2021").chunks[0].quotes
    assert (quote.exact, quote.speaker.name) == ("Nobody asked us,", "Ida Holm")


async def test_selected_words_are_highlighted_and_tagged(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "enter", "v", "h")
        assert "selected" not in person.screen
        await person.press("v", "t")
        await answer(person, "#quota")
        assert "#quota" in person.screen
    assert [(each.kind, each.text) for each in edits()] == [("highlight", None), ("tag", "quota")]


async def test_the_mouse_selects_words(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        reader = person.app.screen.query_one("Reader")
        row = next(n for n, line in enumerate(person.lines) if "Britain will allow" in line)
        inside = row - reader.region.y
        at = person.lines[row].index("Britain") - reader.region.x
        await person.pilot.mouse_down(reader, offset=(at + 1, inside))
        await person.pilot.hover(reader, offset=(at + 10, inside))
        await person.pilot.mouse_up(reader, offset=(at + 10, inside))
        await person.wait()
        assert "2 words selected" in person.screen
        await person.press("h")
    assert edits()[0].anchor.exact == "Britain will"


async def test_escape_leaves_the_selection_first(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "enter", "v", "escape")
        assert "selected" not in person.screen
        assert person.app.screen.query_one("Reader").has_focus


# Blocks and sources


async def test_a_block_is_restored_and_set_aside_again(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press(
            "tab", "tab", "j", "enter", "b", "right_square_bracket", "right_square_bracket"
        )
        screen = person.app.screen
        while screen.place.chunk != "c3":
            await person.press("right_square_bracket")
        assert "R restores it" in person.screen
        await person.press("R")
        roles = {
            chunk.id: chunk.role for chunk in masts.article("masts", "daily-tide-2019-03").chunks
        }
        assert roles["c3"] == "body"
        await person.press("R")
        roles = {
            chunk.id: chunk.role for chunk in masts.article("masts", "daily-tide-2019-03").chunks
        }
        assert roles["c3"] == "unrelated"


async def test_m_sets_several_fields_of_a_source_in_one_step(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "tab", "G", "m")
        await person.enter("31/02/2019")
        await person.press("enter")
        assert "31/02/2019" in person.screen
        assert person.app.screen.query_one(AskLine).is_modal
        person.app.screen.query_one("#typed", Input).value = ""
        await person.enter("2019-04")
        await person.press("down")
        await answer(person, "Southern Note")
        assert "2019-04 analyst" in person.line_with("Southern Note")
        await person.press("u")
        assert "undated" in person.line_with("4 Meridian Note")
    assert edits() == ()


# Rulings


async def test_digits_rule_on_sentences_and_go_on(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        total = len(masts.unruled("masts"))
        assert total > 1
        await person.press("r")
        assert "1 ban" in person.lines[-1]
        await person.press("1", "0")
        assert f"{min(3, total)} of {total} · 2 ruled" in person.screen
        assert "✎ ban" in person.screen
    first, second = edits()
    assert (first.kind, first.stance) == ("rule-position", "ban")
    assert first.country is not None
    assert (second.stance, second.country) == ("none", None)


async def test_undo_of_a_ruling_stays_at_its_place_in_the_list(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("r", "1", "u")
        total = len(masts.unruled("masts"))
        assert f"2 of {total} " in person.screen
        assert "ruled ─" not in person.screen
        assert person.app.screen.place == masts_row(masts, 1)
    assert edits() == ()


def masts_row(library: Library, at: int) -> Place:
    """Return the place of a sentence to rule on."""
    each = library.unruled("masts")[at]
    return Place(each.article, each.chunk, each.start, each.end)


async def test_keys_pressed_faster_than_the_disk_are_all_stored_in_order(
    masts, sit_down, edits
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("r")
        wanted = min(len(masts.unruled("masts")), 4)
        await person.pilot.press(*"1234"[:wanted])
        await person.wait()
    stances = ["ban", "restrict", "allow", "undecided"][:wanted]
    assert [edit.stance for edit in edits()] == stances


async def test_a_digit_changes_the_stance_of_a_position_and_marks_it(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("p", "g", "1")
        assert "ban ✎" in person.line_with("2019-03    GB")
        assert person.app.screen.place.article == "harbour-post-2020-01-23"


async def test_a_digit_rules_on_a_position_in_the_reader(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("p", "enter")
        assert "3 allow" in person.lines[-1]
        await person.press("3")
        assert [(edit.country, edit.stance) for edit in edits()] == [("GB", "allow")]


async def test_a_stance_may_be_given_by_its_name(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("r", "full_stop")
        await answer(person, "dither")
        assert "There is no stance 'dither'." in person.screen
        await answer(person, "pressure")
        assert "✎ pressure" in person.screen
    assert [edit.stance for edit in edits()] == ["pressure"]


async def test_brackets_choose_the_country_of_a_ruling(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("r")
        codes = masts.unruled("masts")[0].countries
        await person.press("right_square_bracket", "1")
    assert edits()[0].country == codes[1 % len(codes)]


# What cannot be changed, and what may be hostile


async def test_a_sample_says_so_before_typing_and_goes_on_in_a_copy(
    masts, sit_down, tmp_path: Path
) -> None:
    info = masts.content / "masts" / "briefing.yaml"
    info.write_text(info.read_text("utf-8") + "sample: true\n", "utf-8")
    masts.refresh()
    copy = tmp_path / "mine"
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "x")
        assert "sample" in person.screen
        await answer(person, str(copy))
        assert person.app.library.root == copy
        await person.press("tab", "x")
    assert [edit.kind for edit in Library.open(copy).briefing("masts").edits] == ["drop-quote"]
    assert masts.briefing("masts").edits == ()


async def test_hostile_names_are_typed_and_shown_as_signs(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "s")
        box = person.app.screen.query_one("#typed", Input)
        box.value = "[red]Ida\x1b[31m Holm\u202e"
        await person.wait()
        assert "\x1b" not in person.screen
        await person.press("enter")
        assert "[red]Ida" in person.screen
        assert "\x1b" not in person.screen
        assert "\u202e" not in person.screen


async def test_every_correction_is_in_the_palette_and_in_the_help(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "question_mark")
        seen = "\n".join(person.lines)
        for _ in range(8):
            await person.press("ctrl+d")
            seen += "\n".join(person.lines)
        for words in (
            "Set who said",
            "Drop the selected quote",
            "Pin the selected",
            "Undo the last",
        ):
            assert words in seen
        await person.press("escape", "ctrl+p")
        await person.enter("bottom line")
        assert "Write the bottom line" in person.screen


async def test_the_whole_way_of_an_analyst_by_keys_alone_and_back(masts, sit_down) -> None:
    folder = masts.content / "masts"
    before = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "tab", "G", "m")
        await person.enter("2019-04-01")
        await person.press("enter")
        await person.press("shift+tab", "g", "s")
        await answer(person, "Ida Holm · envoy · NO")
        await person.press("i", "G", "x")
        await person.press("r", "1", "2", "0")
        await person.press("r", "g", "a")
        await answer(person, "who decided?")
        await person.press("asterisk", "B")
        await answer(person, "Quotas, not bans.")
        assert len(masts.briefing("masts").edits) == 8
        await person.press(*"u" * 9)
    assert {path.name: path.read_bytes() for path in folder.glob("*.yaml")} == before


async def test_a_note_that_could_not_be_stored_is_asked_for_again(masts, sit_down) -> None:
    path = masts.content / "masts" / "edits.yaml"
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "a")
        path.write_text("format: [", "utf-8")
        await answer(person, "who decided?")
        assert person.app.screen.query_one(AskLine).is_modal
        assert person.app.screen.query_one("#typed", Input).value == "who decided?"
        assert "edits.yaml" in person.screen
        path.unlink()
        await person.press("enter")
    assert [edit.text for edit in masts.briefing("masts").edits] == ["who decided?"]


async def test_what_was_asked_for_is_stored_though_the_app_ends(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("r")
        await person.pilot.press("1", "2", "q")
    assert [edit.stance for edit in edits()] == ["ban", "restrict"]


# Typing fast


async def test_a_bottom_line_follows_the_question_where_the_heading_has_one_line(
    masts, sit_down
) -> None:
    async with sit_down(masts, size=(160, 30), briefing="masts") as person:
        await person.press("B")
        await answer(person, "Quotas, not bans.")
        assert "build the network? → Quotas, not bans." in person.lines[0]
        assert "→ Quotas" not in person.lines[1]


def burst(app: App[None], *keys: str) -> None:
    """Press keys so fast that the app finds all of them waiting."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


async def test_keys_pressed_before_anything_is_read_take_effect(
    masts, app_class, settle, edits
) -> None:
    app = app_class(masts, briefing="masts")
    async with app.run_test(size=(160, 48), notifications=True) as pilot:
        burst(app, "m", "down", *"Sea", "enter", "B", *"Soon", "enter")
        await settle(pilot)
        await settle(pilot)
    assert [(edit.kind, edit.field, edit.value) for edit in edits()] == [
        ("set-metadata", "publisher", "Sea")
    ]
    assert masts.panels("masts").bottom_line == "Soon"


async def test_words_typed_with_the_key_that_asks_for_them_are_no_commands(
    masts, sit_down, edits
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab")
        burst(person.app, "a", *"why_so", "enter", "j", "x")
        await person.wait()
        await person.wait()
    assert [(edit.kind, edit.text) for edit in edits()] == [
        ("note", "why_so"),
        ("drop-quote", None),
    ]


async def test_what_is_pasted_with_the_key_that_asks_for_it_is_typed_there(
    masts, sit_down, edits
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab")
        burst(person.app, "a", "s")
        person.app.post_message(Paste("ee the annex"))
        burst(person.app, "_", "enter")
        await person.wait()
        await person.wait()
        await person.press("tab", "tab")
        burst(person.app, "slash", "q")
        person.app.post_message(Paste("uota"))
        await person.wait()
        await person.wait()
        assert "Find in the article" in person.screen
        assert person.app.focused.value == "quota"
    assert [edit.text for edit in edits()] == ["see the annex_"]


async def test_an_article_pasted_with_the_key_that_adds_it_is_taken(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        burst(person.app, "plus")
        person.app.post_message(Paste("The ferry is late again.\n\n" * 40))
        for _ in range(3):
            await person.wait()
        assert person.screen.count("The pasted text of 200 words is added") == 1


async def test_rulings_wait_for_the_sentences(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        burst(person.app, "r", "1", "0")
        await person.wait()
        await person.wait()
    assert [edit.stance for edit in edits()] == ["ban", "none"]


async def test_a_key_on_an_article_not_read_yet_concerns_that_article(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "tab")
        burst(person.app, "G", "m", "down", *"Post", "enter")
        await person.wait()
        await person.wait()
        assert "4 Post " in person.screen


# The bounds of a quote


async def test_w_moves_the_ends_of_a_quote(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab")
        old = masts.panels("masts").quotes[0].quote
        await person.press("w")
        assert f"{len(old.exact.split())} words selected" in person.screen
        assert "Set bounds" in person.lines[-1]
        await person.press("left", "enter")
        new = masts.panels("masts").quotes[0].quote
        assert new.exact == old.exact.rsplit(" ", 1)[0]
        assert person.app.screen.place.quote == new.id
        await person.press("w", "o", "right", "enter")
        assert masts.panels("masts").quotes[0].quote.exact == new.exact.split(" ", 1)[1]
        await person.press("u", "u")
        assert masts.panels("masts").quotes[0].quote == old
    assert edits() == ()


async def test_bounds_left_as_they_are_change_nothing(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("i", "tab", "G", "w", "enter")
    assert edits() == ()


async def test_enter_on_other_words_still_opens_the_full_page(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("p", "enter", "v", "enter")
        assert "words selected" in person.screen
        await person.press("escape", "enter")
        assert type(person.app.screen).__name__ == "ArticleScreen"


# What would make one stumble


async def test_a_list_without_the_place_read_has_no_row_for_a_key_to_mean_until_one_is_chosen(
    masts, sit_down, edits
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "tab", "G", "shift+tab")
        assert person.app.screen.place.article == "meridian-note"
        assert "Drop" not in person.lines[-1]
        assert "6 quotes ─╯" in person.screen
        await person.press("x")
        assert "No quote is selected here." in str([n.message for n in person.app._notifications])
        await person.press("j")
        assert person.app.screen.place.quote == "c3q1"
        assert "1 of 6 quotes" in person.screen
        await person.press("x")
    (edit,) = edits()
    assert (edit.kind, edit.anchor.article) == ("drop-quote", "harbour-post-2020-01-23")


async def test_a_key_without_a_quote_says_so(masts, sit_down, edits) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "tab", "G", "x")
        assert "No quote is selected here." in person.screen
    assert edits() == ()


async def test_the_margin_tells_who_speaks_on_whose_word_and_by_which_rule(masts, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "enter")
        line = person.line_with("▌ Ana Marsh GB")
        assert line.index("Ana Marsh GB") > 90
        assert "said-after" in person.screen
        assert any("restrict GB" in line[90:] for line in person.lines)


async def test_the_margin_names_no_rule_for_words_that_nobody_said(
    make_library, make_article, make_chunk, sit_down
) -> None:
    told = "the ferry would sail"
    chunk = make_chunk("c1", f"Nobody said that {told}.", quotes=[("indirect", told, None)])
    quotes = [replace(quote, rule="reported_by_nobody") for quote in chunk.quotes]
    article = make_article(chunks=(replace(chunk, quotes=tuple(quotes)),))
    library = make_library({"ferry": (BriefingInfo(title="Ferry"), [article])})
    async with sit_down(library, briefing="ferry") as person:
        assert person.line_with("speaker not stated").index("speaker not stated") > 90
        assert "reported by" not in person.screen


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((160, 48), ("Speaker", "Drop", "Pin", "Bounds", "Undo", "c p r t P M O C D L Views")),
        ((120, 40), ("Speaker", "Drop", "Pin", "Bounds", "Export", "Source", "Copy")),
        ((80, 24), ("Speaker", "Export", "Source", "Copy")),
    ],
)
async def test_the_foot_shows_the_keys_that_correct_where_one_stands(
    masts, sit_down, size, words
) -> None:
    async with sit_down(masts, size, briefing="masts") as person:
        await person.press("tab")
        foot = person.lines[-1]
        assert all(word in foot for word in words)
        await person.press("tab")
        assert "Metadata" in person.lines[-1]
        assert "Speaker" not in person.lines[-1]
