"""Articles from addresses: added as they come, told apart from what there was, gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="the extra `fetch` is not installed")
pytest.importorskip("protego", reason="the extra `fetch` is not installed")

import httpx

from briefing.content.articles import read_article
from briefing.errors import UsageError
from briefing.ingest.web.fetching import Fetcher, Limits
from briefing.library import Library
from briefing.model import Article, Evidence
from tests.ingest.web.hostile import HostileServer, answer

HOST = "http://paper.example"
QUICK = Limits(seconds=2, pause=0.0)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", create=True)


def fetcher(server: HostileServer) -> Fetcher:
    return Fetcher(server.network(), QUICK)


def page(*paragraphs: str, title: str = "Harbour board closes terminal", head: str = "") -> bytes:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{text}"
        "</article></body></html>"
    ).encode()


FIRST = "The board of the port of Rotterdam voted on Monday to close its old ferry terminal."
SECOND = "“We cannot wait for a third winter,” said Ana Lin, the Dutch transport minister."
HTML = "Content-Type: text/html"


def stored(library: Library, name: str = "ports") -> list[Article]:
    folder = library.content / name
    names = {"briefing.yaml", "edits.yaml"}
    return [read_article(each) for each in sorted(folder.glob("*.yaml")) if each.name not in names]


def test_a_page_is_added_with_its_address_as_evidence(
    server: HostileServer, library: Library
) -> None:
    server.pages["/a/ferry"] = answer(b"", "Location: /b/ferry?id=1", status=302)
    server.pages["/b/ferry?id=1"] = answer(page(FIRST, SECOND), HTML)
    report = library.fetch([f"{HOST}/a/ferry#top"], fetcher(server), to="ports")
    assert report.failures == ()
    (article,) = stored(library)
    assert article.url == f"{HOST}/b/ferry?id=1"
    assert article.evidence.url == Evidence(exact=article.url, place="address fetched")
    assert article.source.address == f"{HOST}/a/ferry"
    assert article.source.reader == "page"
    original = library.content / "ports" / article.source.file
    assert original.read_bytes() == page(FIRST, SECOND)
    assert [row.name for row in library.catalog()] == ["ports"]


def test_the_address_that_a_page_states_goes_first(server: HostileServer, library: Library) -> None:
    head = f'<link rel="canonical" href="{HOST}/story">'
    server.pages["/a"] = answer(page(FIRST, SECOND, head=head), HTML)
    library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    (article,) = stored(library)
    assert article.url == f"{HOST}/story"
    assert article.evidence.url is not None
    assert article.evidence.url.place != "address fetched"


def test_reading_again_keeps_address_and_encoding(server: HostileServer, library: Library) -> None:
    text = (
        "The quay will be closed, said Анна Лин, who runs the harbour, after a third hard winter."
    )
    server.pages["/a"] = answer(text.encode("koi8-r"), "Content-Type: text/plain; charset=KOI8-R")
    library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    (before,) = stored(library)
    assert [chunk.text for chunk in before.chunks] == [text]
    assert before.source.encoding == "koi8-r"
    done = library.reannotate("ports", reread=True)
    assert done.failures == ()
    assert stored(library) == [before]


@pytest.mark.parametrize(
    ("encoding", "label"), [("utf-8", "koi8-r"), ("utf-8", "nonsense"), ("cp1252", "utf-8")]
)
def test_a_wrong_label_does_no_harm(
    server: HostileServer, library: Library, encoding: str, label: str
) -> None:
    text = "Die Behörde schließt den Hafen für größere Fähren, sagte der Minister für Verkehr."
    kind = f"Content-Type: text/plain; charset={label}"
    server.pages["/a"] = answer(text.encode(encoding), kind)
    library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    (article,) = stored(library)
    assert [chunk.text for chunk in article.chunks] == [text]


def test_the_same_page_is_a_known_copy(server: HostileServer, library: Library) -> None:
    server.pages["/a"] = answer(page(FIRST, SECOND), HTML)
    library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    again = library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    assert [copy.same_bytes for copy in again.duplicates] == [True]
    server.pages["/a"] = answer(page(FIRST, SECOND, head="<meta name=x content=7>"), HTML)
    again = library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    assert [copy.same_bytes for copy in again.duplicates] == [False]
    assert len(stored(library)) == 1


@pytest.mark.parametrize("path", ["/a,1.html", "/it's", "/%7Ba%7D", "/a?b=c,d&e={1}"])
def test_an_address_with_signs_of_yaml_is_known_again(
    server: HostileServer, library: Library, path: str
) -> None:
    plain = httpx.URL(f"{HOST}{path}").raw_path.decode().replace("'", "%27")
    server.pages[plain] = answer(page(FIRST, SECOND), HTML)
    library.fetch([f"{HOST}{path}"], fetcher(server), to="ports")
    server.pages[plain] = answer(page(FIRST), HTML)
    (told,) = library.fetch([f"{HOST}{path}"], fetcher(server), to="ports").told
    assert "has changed since it was added" in told


def test_a_page_that_has_changed_is_told_and_kept_beside_the_first(
    server: HostileServer, library: Library
) -> None:
    server.pages["/a"] = answer(page(FIRST, SECOND), HTML)
    library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    server.pages["/a"] = answer(page(FIRST, "The board later withdrew its vote."), HTML)
    # It goes beside the first, though no briefing is named.
    report = library.fetch([f"{HOST}/a"], fetcher(server))
    first = "harbour-board-closes-terminal"
    (told,) = report.told
    assert told.startswith(f"{HOST}/a has changed since it was added as ports/{first}: ")
    assert told.endswith(f"it is kept beside that as ports/{first}-2")
    server.pages["/a"] = answer(page(FIRST, SECOND), HTML)
    assert len(library.fetch([f"{HOST}/a"], fetcher(server)).duplicates) == 1
    assert len(stored(library)) == 2


def test_failures_name_the_address_and_stop_nothing(
    server: HostileServer, library: Library
) -> None:
    server.pages["/ok"] = answer(page(FIRST), HTML)
    server.pages["/picture"] = answer(b"\x89PNG\r\n\x1a\n" + bytes(99), "Content-Type: image/png")
    server.pages["/empty"] = answer(b"", HTML)
    wanted = [f"{HOST}/{each}" for each in ("picture", "gone", "ok", "empty")] + ["ftp://x/y"]
    report = library.fetch(wanted, fetcher(server), to="ports")
    assert len(report.added) == 1
    messages = {one.message.partition(": ")[0]: one.message for one in report.failures}
    assert set(messages) == {f"{HOST}/{each}" for each in ("picture", "gone", "empty")} | {
        "ftp://x/y"
    }
    assert messages[f"{HOST}/picture"] == f"{HOST}/picture: this is a PNG image, not a text"


def test_a_run_that_did_not_get_all_is_gone_on_with(
    server: HostileServer, library: Library
) -> None:
    wanted = [f"{HOST}/{number}" for number in range(6)]
    for number in range(6):
        story = page(f"{FIRST} Quay {number}.", title=f"Quay {number} closes")
        server.pages[f"/{number}"] = answer(story, HTML)
    whole = server.pages["/3"]
    server.pages["/3"] = answer(b"", status=500)
    report = library.fetch(wanted, fetcher(server), to="ports")
    assert len(report.added) == 5
    server.pages["/3"] = whole
    server.visits.clear()
    report = library.fetch(wanted, fetcher(server), to="ports")
    assert server.paths == ["/robots.txt", "/3"]
    assert report.told == ("5 pages had come before the last run was stopped",)
    assert len(report.added) == 1
    # That one got everything: the next one asks for all of them again.
    assert len(library.fetch(wanted, fetcher(server), to="ports").duplicates) == 6


def test_a_run_that_is_stopped_keeps_what_came(server: HostileServer, library: Library) -> None:
    for number in range(4):
        story = page(f"{FIRST} Quay {number}.", title=f"Quay {number} closes")
        server.pages[f"/{number}"] = answer(story, HTML)
    fetching = fetcher(server)

    def stop(done: int, _total: int, _name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    wanted = [f"{HOST}/{number}" for number in range(4)]
    with pytest.raises(KeyboardInterrupt):
        library.fetch(wanted, fetching, to="ports", progress=stop)
    assert len(stored(library)) == 2
    report = library.fetch(wanted, fetcher(server), to="ports")
    assert len(report.added) == 2
    assert report.told == ("2 pages had come before the last run was stopped",)


def test_nothing_is_fetched_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="offline"):
        Library.open(tmp_path, create=True).fetcher(offline=True)
    config = tmp_path / "config.toml"
    config.write_text("offline = true\n")
    monkeypatch.setenv("BRIEFING_CONFIG", str(config))
    with pytest.raises(UsageError, match="offline") as caught:
        Library.open(tmp_path, create=True).fetcher()
    assert caught.value.hint == "The config says offline = true."


def test_a_library_that_cannot_be_written_is_told_before_anything_is_fetched(
    server: HostileServer, library: Library
) -> None:
    with pytest.raises(UsageError):
        library.fetch([f"{HOST}/a"], fetcher(server), to="../x")
    assert server.visits == []


LONG = [
    f"The council of {place} voted on Monday to close its {thing} before the winter, after a "
    "report found that repairs would take nine months and most of the savings of the town."
    for place, thing in (("Tarn", "ferry terminal"), ("Oster", "grain store"), ("Velden", "lock"))
]


def test_a_fetched_double_is_told_and_another_version_is_not_one(
    server: HostileServer, library: Library
) -> None:
    server.pages["/a"] = answer(page(*LONG), HTML)
    server.pages["/copy"] = answer(page(*LONG, title="Three councils close what they own"), HTML)
    assert library.fetch([f"{HOST}/a"], fetcher(server), to="ports").doubles == ()
    (double,) = library.fetch([f"{HOST}/copy"], fetcher(server), to="ports").doubles
    assert (double.kind, double.added) == ("text", True)
    server.pages["/a"] = answer(page(*LONG, SECOND), HTML)
    changed = library.fetch([f"{HOST}/a"], fetcher(server), to="ports")
    assert (changed.doubles, [bool(item.before) for item in changed.added]) == ((), [True])
