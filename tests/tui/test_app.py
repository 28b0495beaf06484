"""The app as a whole: help, palette, keys of one's own, themes, links, hostile text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.events import Key

from briefing.library import Library
from briefing.model import BriefingInfo
from briefing.tui.kit.actions import refusal
from briefing.tui.kit.themes import THEMES

HOSTILE = (
    "\x1b]52;c;cGF5bG9hZA==\x07\x1b[2J [red]no markup[/red] \u202egnol\u202c [@click=app.quit]x[/]"
)


async def test_help_lists_the_keys_of_the_screen_and_of_what_is_on_it(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("question_mark")
        assert "every cue for a country's stance" in person.screen
        await person.press("ctrl+d")
        assert "Half a page down" in person.screen
        assert "1 … 9" in person.screen
        await person.press("escape")
        assert "Reader" not in person.screen
        assert "Countries" in person.screen


async def test_keys_can_be_remapped(masts: Library, sit_down) -> None:
    async with sit_down(masts, keys={"library.filter": "ctrl+f"}) as person:
        await person.press("ctrl+f")
        await person.enter("cranes")
        assert "1 of 1" in person.screen
        await person.press("escape", "question_mark")
        assert "^f" in person.line_with("Show only the briefings with certain words")


async def test_the_theme_can_be_changed_from_the_palette(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("ctrl+p")
        await person.enter("theme: light")
        await person.press("enter")
        assert person.app.theme == "briefing-light"
        assert "Masts and allies" in person.screen


async def test_leaving_a_screen_twice_ends_at_the_list(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("question_mark")
        left = person.app.screen
        for _ in range(2):
            person.app.call_later(person.app.run_action, "dismiss", left)
        await person.wait()
        assert person.app.crash is None
        assert "Ports and cranes" in person.screen


async def test_the_palette_finds_titles_that_look_like_markup(make_library, sit_down) -> None:
    title = "Ports [red]and[/blue] [@click=app.quit]cranes[/] [/]"
    library = make_library(
        {"ports": (BriefingInfo(title=title), []), "b": (BriefingInfo(title="Masts"), [])}
    )
    async with sit_down(library) as person:
        await person.press("ctrl+p")
        await person.enter("cranes")
        assert f"Briefing: {title}" in person.screen


async def test_the_palette_opens_a_briefing(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("ctrl+p")
        await person.enter("ports")
        await person.press("enter")
        assert "Ports and cranes" in person.lines[1]
        assert "This briefing has no articles yet." in person.screen


@pytest.mark.parametrize("height", [1, 2, 3, 4])
async def test_the_palette_takes_every_key_on_a_screen_too_low_for_it(
    masts: Library, sit_down, height: int
) -> None:
    async with sit_down(masts, (80, height)) as person:
        await person.press("ctrl+p", "pagedown", "pageup", "down", "up", "ctrl+end", "ctrl+home")
        await person.enter("theme: light")
        await person.press("pagedown", "enter")
        await person.pilot.resize_terminal(160, 48)
        await person.press("pagedown", "pageup", "escape", "escape")
        assert person.app.crash is None
        assert "Masts and allies" in person.screen


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_has_all_inks(masts: Library, sit_down, theme: str) -> None:
    async with sit_down(masts, briefing="masts", theme=theme) as person:
        assert "Ana Marsh" in person.screen
        assert set(person.app.current_theme.variables) >= {
            "ink-faint",
            "voice-named",
            "stance-ban",
            "mark",
        }


@pytest.mark.parametrize("theme", ["no such theme", "nord", "Dark"])
async def test_a_theme_that_is_not_offered_is_no_failure(
    masts: Library, sit_down, theme: str
) -> None:
    async with sit_down(masts, theme=theme) as person:
        assert person.app.theme == "briefing-dark"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://harbour.example/a", None),
        ("HTTP://harbour.example", None),
        (None, "dead"),
        ("javascript:alert(1)", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https:///nothing", "only http and https"),
        ("https://a.example/\x1b[2J", "characters that no web address has"),
        ("https://a.example/ -flag", "characters that no web address has"),
        ("http://[bad", "not a web address"),
    ],
)
def test_only_web_addresses_are_opened(url: str | None, said: str | None) -> None:
    reason = refusal(url, "the study")
    assert reason is None if said is None else said in (reason or "")


async def test_hostile_text_in_the_reader_is_shown_and_never_obeyed(
    make_library, make_chunk, make_article, sit_down
) -> None:
    chunk = make_chunk(
        "c1",
        f"Before {HOSTILE} “spoken {HOSTILE}” 日本 after",
        quotes=[("direct", f"spoken {HOSTILE}", None)],
        links=[("after", HOSTILE)],
    )
    article = make_article(headline=HOSTILE, publisher=HOSTILE, authors=(HOSTILE,), chunks=(chunk,))
    library = make_library({"evil": (BriefingInfo(title=HOSTILE, question=HOSTILE), [article])})
    async with sit_down(library, (80, 24)) as person:
        for key in (
            "tab",
            "enter",
            "right_square_bracket",
            "right_square_bracket",
            "1",
            "z",
            "slash",
            "escape",
            "escape",
            "escape",
        ):
            assert "\x1b" not in person.screen
            assert "\u202e" not in person.screen
            await person.press(key)
        assert person.app.opened == []
        widths = {strip.cell_length for strip in person.app.screen._compositor.render_strips()}
        assert widths == {80}


async def test_hostile_names_are_shown_everywhere(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        panels = person.app.screen.panels
        sources = tuple(replace(row, label=HOSTILE, headline=HOSTILE) for row in panels.sources)
        countries = tuple(replace(row, name=HOSTILE) for row in panels.countries)
        quotes = tuple(
            replace(row, source=HOSTILE, quote=replace(row.quote, exact=HOSTILE, to=HOSTILE))
            for row in panels.quotes
        )
        person.app.screen.panels = replace(
            panels,
            title=HOSTILE,
            question=HOSTILE,
            sources=sources,
            countries=countries,
            quotes=quotes,
        )
        await person.press("j", "tab", "j", "y", "tab", "tab")
        text = person.screen
        assert "[red]no markup[/red]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        for key in ("ctrl+p", "escape", "e", "escape", "question_mark", "escape", "c", "m", "tab"):
            await person.press(key)
            assert "\x1b" not in person.screen
            assert "\u202e" not in person.screen


async def test_hostile_dates_and_headlines_are_shown_in_the_timeline(
    make_library, make_chunk, make_article, sit_down
) -> None:
    chunk = make_chunk(
        "c1", f"In May {HOSTILE} it came.", dates=[("May", "2020-05", "month", "inferred")]
    )
    article = make_article(headline=HOSTILE, publisher=HOSTILE, chunks=(chunk,))
    library = make_library({"evil": (BriefingInfo(title=HOSTILE), [article])})
    async with sit_down(library) as person:
        await person.press("t")
        assert "[red]no markup[/red]" in person.line_with("May ~")
        assert "\x1b" not in person.screen
        assert "\u202e" not in person.screen


@pytest.mark.parametrize("action", ["app.help", "app.welcome", "app.command_palette"])
@pytest.mark.parametrize("close", ["dismiss", "exit"])
async def test_a_screen_may_be_closed_as_it_opens(
    masts: Library, sit_down, action: str, close: str
) -> None:
    async with sit_down(masts) as person:
        below = person.app.screen
        await person.app.run_action(action)
        opened = person.app.screen
        assert opened is not below
        if close == "exit":
            person.app.exit()
        else:
            opened.dismiss()
            await person.wait()
            assert person.app.screen is below


@pytest.mark.parametrize(
    ("keys", "seen"),
    [
        (("slash", *"export"), "export"),
        (("c", "m", "escape", "slash", "x"), "nothing was found"),
        (("question_mark", "escape", "t"), "╭─ Timeline"),
        (("M", "escape", "escape"), "Ports and cranes"),
        (("tab", "enter", "z", "slash", *"masts", "enter", "n"), " of 2 "),
        (("p", "j", "enter", "enter", "slash", *"mast"), "Find in the article"),
        (("O", "j", "j", "slash", *"Marsh", "enter"), "Marsh"),
        (("slash", "escape", "t"), "╭─ Timeline"),
    ],
)
async def test_keys_typed_in_one_go_reach_the_screens_that_they_open(
    masts: Library, sit_down, keys: tuple[str, ...], seen: str
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        for key in keys:  # All wait already when the first is looked at.
            person.app.simulate_key(key)
        await person.wait()
        assert seen in person.screen
        await person.press(*["escape"] * 4)
        assert "6 quotes" in person.line_with("quotes")


async def test_a_key_that_comes_when_the_app_has_ended_is_nobody_s(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("q")
    await person.app.on_event(Key("j", "j"))
    assert person.app.crash is None


async def test_help_stays_at_its_place_and_at_its_end_in_another_size(masts, sit_down) -> None:
    async with sit_down(masts, (80, 24), briefing="masts") as person:
        await person.press("question_mark")
        for keys, line in ((("ctrl+d", "ctrl+d"), 1), (("G",), -3)):
            await person.press(*keys)
            shown = " ".join(person.lines[line].split("│")[1].split())
            for size in ((81, 24), (99, 40), (160, 30), (80, 24)):
                await person.pilot.resize_terminal(*size)
                await person.wait()
            assert " ".join(person.lines[line].split("│")[1].split()) == shown


async def test_a_notice_is_shown_once_over_a_dialog_and_not_over_its_fields(
    masts, sit_down
) -> None:
    async with sit_down(masts, (120, 40), briefing="masts") as person:
        await person.press("tab", "y", "question_mark")
        assert [line.count("Copied the quote") for line in person.lines if "▌ Cop" in line] == [1]
        beside = "".join(line[-13:] for line in person.lines[:30])
        assert "pasted" not in beside
        await person.press("escape")
        await person.pilot.resize_terminal(80, 24)
        await person.press("e")
        assert "│  masts.md      " in person.screen
        await person.press("escape")
        assert "Copied the quote" in person.screen


async def test_a_page_scrolls_to_where_its_scroll_bar_is_pressed(masts: Library, sit_down) -> None:
    async with sit_down(masts, size=(80, 24)) as person:
        await person.press("question_mark")
        page = person.app.screen.query_one("HelpList")
        right, bottom = page.outer_size.width - 1, page.outer_size.height - 1
        await person.pilot.mouse_down(page, offset=(right, bottom))
        await person.wait()
        assert page.scroll_offset.y == page.max_scroll_y > 0
        await person.pilot.mouse_down(page, offset=(right, 0))
        await person.wait()
        assert page.scroll_offset.y == 0
        await person.pilot.mouse_down(page, offset=(right - 1, bottom))
        assert page.scroll_offset.y == 0


async def test_a_screen_opened_under_a_notice_shows_it(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        person.app.notify("The quay is closed.")
        await person.wait()
        assert "The quay is closed." in person.screen
        await person.press("question_mark")
        assert "The quay is closed." in person.screen
        await person.press("escape")
        assert "The quay is closed." in person.screen


async def test_dialogs_over_each_other_are_painted_in_any_size(masts: Library, sit_down) -> None:
    async with sit_down(masts, (120, 40), briefing="masts") as person:
        await person.press("e", "f1")
        for size in ((400, 5), (80, 60), (120, 40)):
            await person.pilot.resize_terminal(*size)
            await person.wait()
        assert "Help" in person.screen
        await person.press("escape")
        assert "Preview" in person.screen
