"""A small invented library, annotated by hand, and ways to open the app on it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from briefing.annotate.positions.codebook import codebook_for
from briefing.content.articles import seal
from briefing.content.folders import create_briefing, store_articles
from briefing.library import Library
from briefing.model import (
    Article,
    BriefingInfo,
    Chunk,
    Citation,
    CountryWeight,
    DateMention,
    Evidence,
    Link,
    Mention,
    Position,
    PublicationDate,
    Quote,
    Reprint,
    Source,
    Speaker,
    SpeakerType,
)
from briefing.tui.app import BriefingApp
from tests.tui.idle import wait_for_work_alone

MARSH = Speaker(
    name="Ana Marsh", role="minister for digital affairs", type="named", country="GB"
)  # fmt: skip
LOWE = Speaker(name="Peter Lowe", role="prime minister", type="named", country="PL")


def text(
    name: str,
    words: str,
    *,
    role: str = "body",
    section: str | None = None,
    reason: str | None = None,
    mentions: Sequence[tuple[str, str]] = (),
    quotes: Sequence[tuple[str, str, Speaker | None]] = (),
    told: tuple[str | None, tuple[str, ...]] = (None, ()),
    citations: Sequence[str] = (),
    positions: Sequence[tuple[str, str]] = (),
    links: Sequence[tuple[str, str | None]] = (),
    dates: Sequence[tuple[str, str, str, str]] = (),
) -> Chunk:
    """Make a chunk; annotations are given by their words, which must occur in it."""

    def span(exact: str) -> tuple[int, int]:
        start = words.index(exact)
        return start, start + len(exact)

    def quote(number: int, kind: str, exact: str, speaker: Speaker | None) -> Quote:
        start, end = span(exact)
        own = f"{name}q{number}"
        return Quote(
            id=own, kind=kind, start=start, end=end, exact=exact, utterance=own,
            speaker=speaker, cue="said", to=told[0], chain=told[1], rule="said-after",
        )  # fmt: skip

    return Chunk(
        id=name,
        role=role,
        reason=reason,
        section=section,
        text=words,
        countries=tuple(CountryWeight(code=code, weight=1.0) for code, _ in mentions[:1]),
        mentions=tuple(
            Mention(code=code, start=span(exact)[0], end=span(exact)[1], rule="name")
            for code, exact in mentions
        ),
        quotes=tuple(quote(n, *each) for n, each in enumerate(quotes, 1)),
        citations=tuple(
            Citation(outlet=each, start=span(each)[0], end=span(each)[1], rule="outlet")
            for each in citations
        ),
        positions=tuple(
            Position(country=code, stance=stance, start=0, end=len(words), rule="cue-verb")
            for code, stance in positions
        ),
        links=tuple(
            Link(start=span(exact)[0], end=span(exact)[1], url=url) for exact, url in links
        ),
        dates=tuple(
            DateMention(
                start=span(exact)[0],
                end=span(exact)[1],
                value=value,
                precision=precision,
                basis=basis,
                rule="named-month",
            )
            for exact, value, precision, basis in dates
        ),
    )


def unnamed(kind: SpeakerType, mention: str | None = None, country: str | None = None) -> Speaker:
    """Make a speaker without a name."""
    return Speaker(type=kind, mention=mention, country=country)


def day(value: str, basis: str = "stated") -> PublicationDate:
    """Make a publication date whose precision follows from its length."""
    precision = {4: "year", 7: "month", 10: "day"}[len(value)]
    return PublicationDate(
        value=value, precision=precision, basis=basis, evidence=Evidence(exact=value)
    )


def harbour_post() -> Article:
    """An agency report with a named minister and a spokesman."""
    return Article(
        id="harbour-post-2020-01-23",
        headline="Ministers settle on a quota for the network",
        publisher="Harbour Post",
        authors=("Jo Bell",),
        date=day("2020-01-23"),
        url="https://harbour.example/quota",
        source=_source("harbour"),
        chunks=(
            text("c1", "Ministers settle on a quota for the network", role="heading"),
            text(
                "c2",
                "Britain will allow the supplier into a third of its radio masts, the regulator's "
                "report says.",
                mentions=[("GB", "Britain")],
                citations=["regulator's report"],
                positions=[("GB", "restrict")],
            ),
            text(
                "c3",
                "“We can manage the risk with a quota and a laboratory of our own, and that is "
                "what we have decided,” said Ana Marsh, the minister for digital affairs.",
                quotes=[
                    (
                        "direct",
                        (
                            "We can manage the risk with a quota and a laboratory of our own, and "
                            "that is what we have decided,"
                        ),
                        MARSH,
                    )
                ],
            ),
            text(
                "c4",
                "“Replacing every mast would cost two years,” a spokesman for the regulator told "
                "the Courier. The German minister has seen the study (see the annex).",
                mentions=[("DE", "German")],
                quotes=[
                    (
                        "direct",
                        "Replacing every mast would cost two years,",
                        unnamed("spokesperson", "a spokesman for the regulator", "GB"),
                    )
                ],
                told=("the Courier", ("an official", "Courier")),
                citations=["Courier"],
                links=[("the study", "https://study.example/masts"), ("the annex", None)],
            ),
        ),
    )


def daily_tide() -> Article:
    """A newsletter with labels, a reprint, an advertisement, an unnamed official."""
    return Article(
        id="daily-tide-2019-03",
        publisher="Daily Tide",
        date=day("2019-03", "inferred"),
        reprint_of=Reprint(publisher="Eastern News"),
        source=_source("tide"),
        chunks=(
            text("c1", "What London says", role="heading"),
            text(
                "c2",
                "Officials in London describe their course as “strict conditions, but no closed "
                "doors”, one of them told the Courier last week. The British regulator is expected "
                "to publish its review in the spring; until then operators may plan with the "
                "supplier's radio equipment, but not with its switches.",
                section="What London says",
                mentions=[("GB", "London"), ("GB", "British")],
                quotes=[
                    (
                        "partial",
                        "strict conditions, but no closed doors",
                        unnamed("anonymous", "one of them", "GB"),
                    )
                ],
                told=("the Courier", ("an official", "Courier")),
                citations=["Courier"],
                positions=[("GB", "undecided")],
                dates=[("last week", "2019-02-25/2019-03-03", "range", "inferred")],
            ),
            text(
                "c3",
                "Sign up here for the evening tide.",
                role="boilerplate",
                reason="newsletter-sign-up",
            ),
            text(
                "c4",
                "In Berlin, by contrast, no decision has been taken. German carriers warn that "
                "shutting out a supplier would add two years and several billions to the roll-out.",
                section="What London says",
                mentions=[("DE", "Berlin"), ("DE", "German")],
                quotes=[
                    (
                        "indirect",
                        (
                            "shutting out a supplier would add two years and several billions to "
                            "the roll-out"
                        ),
                        unnamed("institution", "German carriers", "DE"),
                    )
                ],
                positions=[("DE", "undecided")],
            ),
            text(
                "c5",
                "“The decision is ours to take and nobody else's,” said Peter Lowe, the prime "
                "minister of Poland.",
                mentions=[("PL", "Poland")],
                quotes=[("direct", "The decision is ours to take and nobody else's,", LOWE)],
            ),
            text("c6", "Seven recipes for a rainy day", role="unrelated", reason="after-the-end"),
            text("c7", "Whales seen off the pier", role="unrelated", reason="after-the-end"),
        ),
    )


def signal_letter() -> Article:
    """An analysis that changes the picture of one country and quotes a document."""
    return Article(
        id="signal-letter-2018-11",
        headline="Who lets the supplier in",
        publisher="Signal Letter",
        date=day("2018-11"),
        source=_source("signal"),
        chunks=(
            text(
                "c1",
                "Australia banned the supplier in August, the Daily Tide reported.",
                mentions=[("AU", "Australia")],
                citations=["Daily Tide"],
                positions=[("AU", "ban")],
                dates=[("August", "2018-08", "month", "inferred")],
            ),
            text(
                "c2",
                "Germany would allow the supplier under conditions. “Access shall be open to all "
                "makers,” says a draft of the law.",
                mentions=[("DE", "Germany")],
                quotes=[
                    (
                        "direct",
                        "Access shall be open to all makers,",
                        unnamed("document", "a draft of the law", "DE"),
                    )
                ],
                positions=[("DE", "allow")],
            ),
            text(
                "c3",
                "The United States pressed its allies: “Do not build on sand,” said an official in "
                "Washington.",
                mentions=[("US", "United States"), ("US", "Washington")],
                quotes=[
                    (
                        "direct",
                        "Do not build on sand,",
                        unnamed("official", "an official in Washington", "US"),
                    )
                ],
                positions=[("US", "pressure")],
            ),
        ),
    )


def meridian_note() -> Article:
    """An article without date, quotes or citations."""
    return Article(
        id="meridian-note",
        publisher="Meridian Note",
        source=_source("meridian"),
        chunks=(
            text(
                "c1",
                "New Zealand waits. Nobody in Wellington would speak.",
                mentions=[("NZ", "New Zealand"), ("NZ", "Wellington")],
            ),
        ),
    )


def _source(name: str) -> Source:
    return Source(
        file=f"originals/{name}.txt",
        media_type="text/plain",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        added="2026-01-02T03:04:05Z",
    )


MASTS = BriefingInfo(
    title="Masts and allies", question="who lets the foreign supplier build the network?"
)

MakeLibrary = Callable[..., Library]


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's folders out of the test; return the empty folder it works in."""
    for name in ("CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def build_library(
    root: Path, briefings: dict[str, tuple[BriefingInfo, Sequence[Article]]], *, refreshed: bool
) -> Library:
    """Make a library of briefings, name -> (info, articles), and index it if asked to."""
    (root / "content").mkdir(parents=True)
    for name, (info, articles) in briefings.items():
        folder = root / "content" / name
        create_briefing(folder, info)
        stamp = codebook_for(info, articles).stamp
        for article in articles:
            original = Path(article.source.file).stem.encode()
            store_articles(folder, [(seal(article, "rules", 1, codebook=stamp), original)])
    library = Library.open(root)
    if refreshed:
        library.refresh()
    return library


@pytest.fixture
def make_library(tmp_path: Path, own_home: Path) -> MakeLibrary:
    """Return a function that makes a library of briefings: name -> (info, articles)."""

    def make(
        briefings: dict[str, tuple[BriefingInfo, Sequence[Article]]], *, refreshed: bool = True
    ) -> Library:
        return build_library(tmp_path / "masts", briefings, refreshed=refreshed)

    return make


@pytest.fixture(scope="session")
def masts_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a library of two briefings: one of four articles, one empty."""
    root = tmp_path_factory.mktemp("once") / "masts"
    articles = [harbour_post(), daily_tide(), signal_letter(), meridian_note()]
    ports = BriefingInfo(title="Ports and cranes", question="who owns the quay?")
    build_library(root, {"masts": (MASTS, articles), "ports": (ports, [])}, refreshed=True).close()
    return root


@pytest.fixture
def masts(masts_once: Path, tmp_path: Path, own_home: Path) -> Library:
    """Return a library of two briefings that the test may change."""
    return Library.open(shutil.copytree(masts_once, tmp_path / "masts"))


@pytest.fixture
def make_chunk() -> Callable[..., Chunk]:
    """Return the function that makes a chunk with annotations given by their words."""
    return text


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Return a function that makes an article of the fields given."""

    def make(**fields: object) -> Article:
        return Article(id="made-2021", source=_source("made"), **fields)

    return make


@pytest.fixture(autouse=True)
def _wait_for_work_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as soon as an app is idle, not a fixed time after each key."""
    wait_for_work_alone(monkeypatch)


class App(BriefingApp):
    """The app, with what it would send to the browser kept in `opened`."""

    def __init__(self, library: Library, **options: object) -> None:
        super().__init__(library, **options)
        self.opened: list[str] = []
        self.animation_level = "none"

    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002
        """Keep the address."""
        self.opened.append(url)


class Person:
    """Somebody at the keyboard: presses keys, waits for the app to be done, and looks."""

    def __init__(self, app: App, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def wait(self) -> None:
        """Wait until no worker runs and every message has been handled."""
        await self.pilot.pause()
        while any(not worker.is_finished for worker in self.app.workers):
            # A worker that a newer one overtakes is cancelled, as it should be.
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait until the app is done with them."""
        await self.pilot.press(*keys)
        await self.wait()

    async def enter(self, words: str) -> None:
        """Paste words where the focus is: one event, however many there are."""
        self.app.post_message(Paste(words))
        await self.pilot.pause()
        await self.wait()
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """What is on the screen, a text a line."""
        return lines(self.app)

    @property
    def screen(self) -> str:
        """What is on the screen."""
        return "\n".join(self.lines)

    def line_with(self, words: str) -> str:
        """Return the first line that has these words."""
        found = [line for line in self.lines if words in line]
        assert found, f"{words!r} is not on the screen:\n{self.screen}"
        return found[0]


Sit = Callable[..., AbstractAsyncContextManager[Person]]


@pytest.fixture
def sit_down() -> Sit:
    """Return an async context: somebody in front of the app, which is ready for keys."""

    @asynccontextmanager
    async def sit(
        library: Library, size: tuple[int, int] = (160, 48), **options: object
    ) -> AsyncIterator[Person]:
        app = App(library, **options)
        async with app.run_test(size=size, notifications=True) as pilot:
            person = Person(app, pilot)
            await pilot.pause()
            await person.wait()
            yield person

    return sit


def lines(app: BriefingApp) -> list[str]:
    """Return what is on the screen, a text a line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@pytest.fixture
def app_class() -> type[App]:
    """Return the app that keeps what it would send to the browser."""
    return App


@pytest.fixture
def settle() -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return a function that waits until the app of a pilot is done."""

    async def wait(pilot: Pilot[None]) -> None:
        await pilot.pause()
        while any(not worker.is_finished for worker in pilot.app.workers):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    return wait
