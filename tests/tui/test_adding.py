"""Adding from the app: what is asked, completed and refused, and what is said afterwards."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import Added, AddReport, Double, Duplicate, Failure
from briefing.tui.dialogs.add import complete_path
from briefing.tui.shell.background import added_words
from tests.ingest.press_made import lexis_text

TEXT = """Oslo puts off the mast decision

By Kari Lund, Fjord Times
3 March 2021

OSLO — “We shall decide in the autumn,” said Nils Dahl, Norway's minister of transport.

Sign up for our newsletter
"""


@pytest.fixture
def saved(own_home: Path) -> Path:
    """Return a folder with two articles, one file that is not read and one that is hidden."""
    folder = own_home / "saved"
    (folder / "older").mkdir(parents=True)
    (folder / "oslo.txt").write_text(TEXT, "utf-8")
    (folder / "osaka.html").write_text("<p>Osaka waits.</p>", "utf-8")
    (folder / "Ores.PNG").write_bytes(b"\x89PNG")
    (folder / ".hidden.txt").write_text("hidden", "utf-8")
    return folder


def test_a_path_goes_on_with_folders_and_then_with_files_that_are_read(saved: Path) -> None:
    assert complete_path("saved/") == ("saved/older/", "saved/osaka.html", "saved/oslo.txt")
    assert complete_path("saved/OS") == ("saved/osaka.html", "saved/oslo.txt")
    assert complete_path("save") == ("saved/",)
    assert complete_path(f"{saved}/.h") == (f"{saved}/.hidden.txt",)


@pytest.mark.parametrize("typed", ["nowhere/", "saved/oslo.txt/", "\0", "~nobody-at-all/x"])
def test_where_nothing_can_be_read_nothing_is_offered(saved: Path, typed: str) -> None:
    assert complete_path(typed) == ()


async def test_a_file_is_added_to_the_briefing_and_said_in_a_line(
    masts: Library, sit_down, saved: Path
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("plus")
        await person.enter("saved/osl")
        await person.press("tab", "enter")
        await person.wait()
        assert "Added 1 article to “Masts and allies”: 1 quote, 3 blocks set aside." in " ".join(
            person.screen.split()
        )
        assert len(person.app.screen.panels.sources) == 5


async def test_a_pasted_text_is_added_to_a_new_briefing(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("plus")
        await person.enter(TEXT)
        assert "The pasted text of 34 words is added" in person.screen
        await person.press("down")
        await person.enter("northern-masts")
        await person.press("enter")
        await person.wait()
        assert "Northern Masts" in person.screen
    (article,) = masts.briefing("northern-masts").articles
    assert article.headline == "Oslo puts off the mast decision"


async def test_the_briefing_is_completed_from_those_there_are(
    masts: Library, sit_down, saved: Path
) -> None:
    async with sit_down(masts) as person:
        await person.press("plus")
        await person.enter("saved/oslo.txt")
        await person.press("down")
        await person.enter("cra")
        await person.press("tab", "enter")
        await person.wait()
    assert len(masts.briefing("ports").articles) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("no/such/file.txt", "no/such/file.txt: there is no such file or folder."),
        ("masts.md 'no", "masts.md 'no: there is no such file or folder."),
        ("", "Nothing is named yet."),
    ],
)
async def test_what_cannot_be_added_is_refused_where_it_is_typed(
    masts: Library, sit_down, typed: str, said: str
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("plus")
        await person.enter(typed)
        await person.press("enter")
        assert said in person.screen
        await person.press("escape")
        assert "Add articles" not in person.screen
        assert person.app.screen.briefing == "masts"
    assert len(masts.briefing("masts").articles) == 4


@pytest.mark.parametrize("between", [" ", "\n"])
async def test_addresses_are_fetched_and_one_that_fails_is_told(
    masts: Library, sit_down, between: str
) -> None:
    pytest.importorskip("httpx", reason="the extra `fetch` is not installed")
    from tests.ingest.web.hostile import answer, hostile_server

    with hostile_server() as server:
        server.pages["/oslo"] = answer(
            f"<html><body><pre>{TEXT}</pre></body></html>".encode(), "Content-Type: text/html"
        )
        masts.network = server.network()
        async with sit_down(masts, briefing="masts") as person:
            await person.press("plus")
            typed = between.join(f"http://fjord.example/{each}" for each in ("oslo", "gone"))
            await person.enter(typed)
            await person.press("enter")
            await person.wait()
            said = " ".join(person.screen.split())
            assert "Added 1 article to “Masts and allies”" in said
            assert "Not added: http://fjord.example/gone: there is" in said
            assert "no such page (status 404)." in said
    assert len(masts.briefing("masts").articles) == 5


async def test_fetching_ends_with_the_app(masts: Library, sit_down) -> None:
    pytest.importorskip("httpx", reason="the extra `fetch` is not installed")
    from tests.ingest.web.hostile import hostile_server

    with hostile_server() as server:
        server.pages["/slow"] = lambda visit: visit.gone.wait(60)
        masts.network = server.network()
        async with sit_down(masts, briefing="masts") as person:
            await person.press("plus")
            await person.enter("http://fjord.example/slow")
            await person.pilot.press("enter")
            while "/slow" not in server.paths:
                await person.pilot.pause(0.05)
            began = time.monotonic()
            person.app.exit()
            await person.wait()
        assert time.monotonic() - began < 10
    assert len(masts.briefing("masts").articles) == 4


@pytest.mark.parametrize("between", [" ", "\n", "\r\n"])
async def test_several_paths_are_added_together_quoted_or_a_line_each(
    masts: Library, sit_down, saved: Path, between: str
) -> None:
    (saved / "two words.txt").write_text(TEXT.replace("Nils", "Ida"), "utf-8")
    last = "saved/two words.txt" if between != " " else "'saved/two words.txt'"
    async with sit_down(masts, briefing="masts") as person:
        await person.press("plus")
        await person.enter(between.join(["saved/oslo.txt", "saved/osaka.html", last]))
        await person.press("enter")
        await person.wait()
        assert "Added 3 articles" in person.screen
        await person.press("plus")
        await person.enter("saved/oslo.txt saved/gone.txt")
        await person.press("enter")
        assert (
            "saved/gone.txt: there is no such file or folder. Nothing is added before"
            in person.screen
        )


@pytest.mark.parametrize("text", [TEXT, "A line of an article, and no end to it. " * 20])
async def test_a_text_pasted_anywhere_is_offered_as_an_article(
    masts: Library, sit_down, text: str
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.enter("short")
        assert "Add articles" not in person.screen
        await person.enter(text)
        words = len(text.split())
        assert f"The pasted text of {words} words is added" in person.screen
        await person.press("enter")
        await person.wait()
        assert "Added 1 article" in person.screen


async def test_what_failed_is_named_and_the_rest_is_added(
    masts: Library, sit_down, saved: Path
) -> None:
    (saved / "broken.txt").write_bytes(b"\x00\x01\x02" * 100)
    async with sit_down(masts, briefing="masts") as person:
        await person.press("plus")
        await person.enter("saved")
        await person.press("enter")
        await person.wait()
        said = " ".join(person.screen.split())
        assert "Added 2 articles" in said
        assert "Not added:" in said
        assert "broken.txt" in said


async def test_an_export_and_a_file_that_nothing_parts_are_told_of(
    masts: Library, sit_down, saved: Path
) -> None:
    (saved / "older" / "export.txt").write_text(lexis_text(2), "utf-8")
    long = " ".join(f"The mast stood for day {day}, and nobody knew why." for day in range(20))
    pasted = "".join(
        f"Mast {number} stands\n\nBy Kari Lund\n\nMay {number}, 2031\n\n{long}\n\n"
        for number in (1, 2)
    )
    (saved / "older" / "pasted.txt").write_text(pasted, "utf-8")
    async with sit_down(masts, briefing="masts") as person:
        await person.press("plus")
        await person.enter("saved/older")
        await person.press("enter")
        await person.wait()
        said = " ".join(person.screen.split())
        assert "Added 2 articles" in said
        assert "export.txt says that it holds articles" in said
        assert "1 to 2; 2 were found." in said
        assert "file seems to hold 2 articles, and no reader parts them;" in said
        assert "--as-one takes it for one." in said


def test_what_was_added_is_said_in_one_line() -> None:
    item = Added(name="a.txt", briefing="b", article="a", quotes=1, set_aside=2)
    failures = tuple(Failure(name=f"{n}", message=f"{n}.txt: empty") for n in range(4))
    copy = Duplicate(name="c", briefing="b", article="a")
    report = AddReport(added=(item, item), duplicates=(copy,), failures=failures)
    assert added_words(report, {"b": "Ports\nand cranes"}) == (
        "Added 2 articles to “Ports and cranes”: 2 quotes, 4 blocks set aside. "
        "1 document there already. Not added: 0.txt: empty. Not added: 1.txt: empty. "
        "Nor 2 other documents."
    )
    assert added_words(AddReport(), {}) == "There is nothing to add there."


async def test_over_the_samples_what_is_added_begins_a_library_of_one_s_own(
    sit_down, saved: Path, own_home: Path
) -> None:
    Library.open().refresh()
    before = Library.open().catalog()
    async with sit_down(Library.open()) as person:
        await person.press("plus")
        await person.enter("saved/oslo.txt")
        await person.press("down")
        await person.enter("northern-masts")
        await person.press("down")
        assert "The samples cannot be changed: a folder for a library of your own." in person.screen
        await person.press("ctrl+u")
        await person.enter("~nobody-at-all/news")
        await person.press("enter")
        assert "there is no home of that user" in person.screen
        await person.press("ctrl+u")
        await person.enter(str(own_home / "news"))
        await person.press("enter")
        await person.wait()
        assert "Added 1 article to “Northern Masts”" in " ".join(person.screen.split())
        assert person.app.library.root == own_home / "news"
    assert Library.open().catalog() == before
    (article,) = Library.open(own_home / "news").briefing("northern-masts").articles
    assert article.headline == "Oslo puts off the mast decision"


def test_doubles_are_told_one_in_full_and_several_by_their_number() -> None:
    double = Double(
        briefing="masts", article="oslo-2", of="masts/oslo", kind="text",
        same_address=False, share=0.9, differ=2,
    )  # fmt: skip
    assert added_words(AddReport(doubles=(double,)), {}) == (
        "masts/oslo-2 holds the same text as masts/oslo: 2 paragraphs differ."
    )
    assert added_words(AddReport(doubles=(double, double)), {}) == (
        "2 of them share text or address with articles there."
    )
