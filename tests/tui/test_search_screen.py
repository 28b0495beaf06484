"""Search as one types: passages, facets, hints, and the way to the words."""

from __future__ import annotations

import pytest

from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import BriefingInfo, Speaker
from briefing.search.results import FacetValue, Snippet
from briefing.tui.kit.text_lines import length
from briefing.tui.search.answer_bar import Offer, offers, placed
from briefing.tui.search.screen import PAGE
from briefing.tui.search.search_lists import narrowed, wrapped_snippet

NARROW = (80, 24)


def written(person) -> str:
    return person.app.screen.query_one("#query").value


async def test_passages_stand_under_their_articles(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("slash")
        assert "Search · in Masts and allies" in person.lines[1]
        await person.enter("supplier")
        assert "5 passages in 3 articles" in person.screen
        assert "2020-01-23" in person.line_with("Harbour Post · Ministers settle on a quota")
        assert "¶1  Britain will allow the supplier into a third" in person.screen


async def test_enter_opens_the_article_at_the_words(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("laboratory")
        await person.press("enter")
        assert "Ministers settle on a quota for the network" in person.lines[1]
        assert "¶2 of 3" in person.screen
        await person.press("escape")
        assert "1 passage in 1 article" in person.screen


async def test_a_note_that_is_asked_for_stands_below_its_passage(masts: Library, sit_down) -> None:
    article = "harbour-post-2020-01-23"
    anchor = masts.editing.anchor("masts", article, words="a third of its radio masts")
    masts.editing.correct("masts", "note", anchor, text="Check\x1b[31m the annex")
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("note:annex")
        assert "1 passage in 1 article" in person.screen
        assert "    ✎ Check␛[31m the annex" in person.screen
        masts.editing.undo("masts")
        person.app.refresher.look_again()
        await person.wait()
        await person.wait()
        assert "✎" not in person.screen


async def test_down_moves_among_passages_while_one_types(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("supplier")
        await person.press("down", "down")
        assert "3 of 5" in person.screen
        await person.press("up")
        assert "2 of 5" in person.screen


async def test_a_facet_narrows_the_query_and_takes_itself_out_again(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("supplier")
        assert "Germany" in person.screen
        await person.press("tab", "tab")
        await person.press("enter")
        assert "supplier country:" in person.screen
        assert "5 passages" not in person.screen


@pytest.mark.parametrize(
    ("query", "word", "result"),
    [
        ("masts", "country:GB", "masts country:GB"),
        ("masts country:GB", "country:GB", "masts"),
        ("", 'speaker:"Ana Marsh"', 'speaker:"Ana Marsh"'),
        ('speaker:"Ana Marsh" masts', 'speaker:"Ana Marsh"', "masts"),
    ],
)
def test_a_facet_becomes_a_word_of_the_query(query: str, word: str, result: str) -> None:
    row = FacetValue(value="x", label="x", count=1, query=word)
    assert narrowed(query, row) == result


async def test_a_facet_takes_out_what_a_completion_has_put_in(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash", *"decision speaker:lowe", "right")
        assert written(person) == 'decision speaker:"Peter Lowe" '
        await person.press("tab", "tab")
        rows = person.app.focused
        rows.select_where(lambda row: row.value == "Peter Lowe")
        await person.press("enter")
        assert written(person) == "decision"


async def test_a_query_that_makes_no_sense_is_answered_with_a_hint(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("colour:red")
        assert "colour" in person.lines[6]
        assert "Search" in person.lines[1]


async def test_nothing_found_says_so_and_an_empty_query_says_how(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        assert 'Type words, "core network", restrict*' in person.screen
        await person.enter("xyzzy")
        assert "passages in" not in person.screen


async def test_the_last_of_many_fast_queries_is_the_one_answered(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.pilot.press(*"supplier", *["backspace"] * 8, *"laboratory")
        await person.wait()
        assert "1 passage in 1 article" in person.screen


async def test_an_answer_on_the_screen_learns_what_another_process_has_added(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("laboratory")
        assert "1 passage in 1 article" in person.screen
        other = Library.open(masts.root)
        late = InputBytes(name="late.txt", data=b"News\n\nThe laboratory in Oslo reopened.\n")
        other.add([late], to="masts")
        other.close()
        person.app.refresher.look_again()
        await person.wait()
        await person.wait()
        assert "2 passages in 2 articles" in person.screen


async def test_a_search_in_one_briefing_can_be_widened(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("slash", "ctrl+b")
        assert "in all briefings" in person.lines[1]


def test_found_words_stay_marked_where_lines_break() -> None:
    snippet = Snippet(text="one two three four", start=5, marks=((4, 13),), more=True)
    lines = wrapped_snippet(snippet, 8)
    marked = [piece.text for line in lines for piece in line if piece.ink == "found"]
    assert marked == ["two", "three"]
    assert [("".join(piece.text for piece in line)) for line in lines] == [
        "…one two",
        "three",
        "four…",
    ]


def test_hostile_snippets_keep_their_marks() -> None:
    snippet = Snippet(text="a\x1b[31m red\u202e\nword", start=0, marks=((12, 16),))
    (line,) = wrapped_snippet(snippet, 40)
    assert "".join(piece.text for piece in line) == "a␛[31m red⇠ word"
    assert [piece.text for piece in line if piece.ink == "found"] == ["word"]
    assert length(line) == 16


async def test_a_field_and_its_value_are_completed_with_the_right_arrow(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, NARROW) as person:
        await person.press("slash", *"supplier -coun")
        assert person.lines[4].split() == ["country:", "5", "passages", "in", "3", "articles",
                                           "·", "enter", "opens"]  # fmt: skip
        await person.press("right")
        assert written(person) == "supplier -country:"
        assert person.lines[4].startswith("   GB United Kingdom  DE Germany ")
        await person.press(*"ger")
        assert person.lines[4].split()[:2] == ["DE", "Germany"]
        await person.press("right")
        assert written(person) == "supplier -country:DE "
        assert "passages in" in person.lines[4]


async def test_another_completion_is_chosen_from_the_keyboard_and_going_round(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash", *"speaker:")
        first, second, *others = [offer.words for offer in person.app.screen.offered]
        assert {"Ana Marsh", "Peter Lowe"} <= {first, second, *others}
        assert "→ Complete" in person.lines[-1]
        assert "^n Another" in person.lines[-1]
        await person.press("ctrl+n", "right")
        assert written(person).strip() in {f'speaker:"{second}"', f"speaker:{second}"}
        await person.press("ctrl+u", *"stance:")
        offered = [offer.words for offer in person.app.screen.offered]
        await person.press(*["ctrl+n"] * len(offered), "right")
        assert written(person) == f"stance:{offered[0]} "


async def test_a_completion_is_taken_with_the_mouse_and_typing_goes_on(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash", *"speaker:")
        x = person.line_with("Peter Lowe").index("Peter Lowe")
        await person.pilot.click(offset=(x, person.lines.index(person.line_with("Peter Lowe"))))
        await person.wait()
        await person.press(*"ours")
        assert written(person) == 'speaker:"Peter Lowe" ours'
        assert "1 passage in 1 article" in person.screen


async def test_nothing_is_offered_for_plain_words_and_nothing_jumps(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash", *"suppl")
        before = [line for line in person.lines if "Passages" in line]
        assert person.app.screen.offered == ()
        assert "Complete" not in person.lines[-1]
        await person.press(*" country:")
        assert person.app.screen.offered
        assert [line for line in person.lines if "Passages" in line] == before
        await person.press("ctrl+u")
        assert person.app.screen.offered == ()


async def test_the_right_arrow_is_the_querys_own_where_nothing_is_to_be_completed(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash", *"country:ger", "left", "left", "right", *"m", "end", "right")
        assert written(person) == "country:gemr"
        await person.press("ctrl+u", *"country:", "left", "right", "right")
        assert written(person) == "country:GB "


async def test_completions_that_are_overtaken_by_typing_are_not_taken(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash", *"country:g")
        await person.pilot.press(*"bx", "right")
        await person.wait()
        assert written(person) == "country:gbx"
        assert person.app.screen.offered == ()


async def test_after_a_facet_one_types_on_at_the_end_of_the_query(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash", *"supplier", "tab", "tab", "enter")
        narrowed_so = written(person)
        await person.press(*" x")
        assert narrowed_so.startswith("supplier country:")
        assert written(person) == f"{narrowed_so} x"


async def test_hostile_names_are_shown_as_signs_and_never_as_markup(
    make_library, make_article, make_chunk, sit_down
) -> None:
    said = Speaker(name="[b]Al\u202e\u200bby[/b]", type="named")
    words = "“So be it,” he said."
    spoken = make_chunk("c1", words, quotes=[("direct", "So be it,", said)])
    article = make_article(publisher="Tide", chunks=(spoken,))
    library = make_library({"quay": (BriefingInfo(title="Quay"), [article])})
    async with sit_down(library) as person:
        await person.press("slash", *"speaker:")
        assert "[b]Al⇠by[/b]" in person.screen
        await person.press("right")
        assert written(person) == "speaker:[b]Al\u202e\u200bby[/b] "
        assert "speaker:[b]Al⇠\u200bby[/b]" in person.screen
        assert "1 passage in 1 article" in person.screen


def test_offers_are_fields_and_values_never_words() -> None:
    assert offers("be", ("before:", "berlin", "best")) == (Offer("before:", "", "before:"),)
    assert offers("b", ("briefing:", "before:")) == ()
    assert offers("(x -co", ("(x -country:",)) == (Offer("(x -country:", "", "country:"),)
    assert offers("x ", ("x country:", "x speaker:")) == ()
    assert offers("country:g", ("country:GB", "country:QQ")) == (
        Offer("country:GB ", "GB", "United Kingdom"),
        Offer("country:QQ ", "", "QQ"),
    )
    assert offers("cites:", ('cites:"a\x1b b"',)) == (Offer('cites:"a\x1b b" ', "", "a␛ b"),)


@pytest.mark.parametrize(
    ("widths", "chosen", "room", "shown"),
    [
        ([5, 5, 5], 0, 20, [(0, 0, 5), (1, 5, 10), (2, 10, 15)]),
        ([5, 5, 5], 0, 12, [(0, 0, 5), (1, 5, 10)]),
        ([5, 5, 5], 2, 12, [(1, 0, 5), (2, 5, 10)]),
        ([30, 5], 0, 12, [(0, 0, 30)]),
        ([], 0, 12, []),
    ],
)
def test_the_chosen_completion_is_always_in_view(
    widths: list[int], chosen: int, room: int, shown: list[tuple[int, int, int]]
) -> None:
    assert [*placed(widths, chosen, room)] == shown


async def test_the_list_goes_on_as_one_scrolls(masts: Library, sit_down) -> None:
    page = "\n\n".join(f"The ferry of line {number} was late again." for number in range(180))
    masts.add([InputBytes(name="ferries.txt", data=page.encode())], to="ports")
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("ferry")
        found = person.app.screen.query_one("#results")
        assert "1 of 180" in person.screen
        first = found.items[0].hit.chunk
        found.scroll_to(y=found.max_scroll_y, animate=False)
        await person.wait()
        await person.wait()
        assert len(found.items) > 100
        assert (found.cursor, found.items[0].hit.chunk) == (0, first)
        await person.press("tab", "G", "G", "G")
        assert len(found.items) == 180


async def test_near_copies_that_are_not_listed_are_not_asked_for_again(
    masts: Library, sit_down
) -> None:
    page = (
        "The night ferry to Oslo will stop in winter, the harbour board of the town said.\n\n" * 3
    )
    copies = [
        InputBytes(name=f"{name}.txt", data=f"News from {name}\n\n{page}".encode())
        for name in ("Aby", "Berg", "Cove")
    ]
    masts.add(copies, to="ports")
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("ferry")
        screen = person.app.screen
        assert "9 passages in 3 articles" in person.screen
        assert len(screen.query_one("#results").items) == 3
        assert screen.limit == PAGE


async def test_an_article_names_its_briefing_where_all_are_searched(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("slash")
        await person.enter("laboratory")
        assert "Masts and allies" not in person.line_with("Harbour Post · Ministers")
        await person.press("ctrl+b")
        assert "Masts and allies" in person.line_with("Harbour Post · Ministers")


@pytest.mark.parametrize(
    "keys",
    [
        "m a s backspace t backspace backspace backspace t h e",
        "s u p p l i e r down down x backspace down ctrl+u s ctrl+u",
    ],
)
async def test_what_is_left_as_it_is_painted_is_what_would_be_painted(
    masts: Library, sit_down, keys: str
) -> None:
    async with sit_down(masts, size=(100, 16)) as person:
        await person.press("slash")
        for key in keys.split():
            await person.press(key)
            seen = person.app.screen._compositor.render_strips()
            for each in person.app.screen.query("*"):
                each.refresh()
            assert person.app.screen._compositor.render_strips() == seen, key
