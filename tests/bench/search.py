"""Search as a person would, and take the CPU time: ours, stock Whoosh and SQLite FTS5 in one run.

    python tests/bench/search.py --chunks 10000
    python tests/bench/search.py --chunks 45000 --corpus news.jsonl --json figures.json
    BRIEFING_TEST_POSTGRES=postgresql://… python tests/bench/search.py --engines postgres

Every query is asked once: all times are first times. Ours gives whole results each time (groups,
snippets, facets) and joins words over whole articles; the peers give what the kind of query asks
for, in one passage but where `article-wide` stands. Budgets stand beside; exit status 1 where one
is missed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import corpus  # noqa: E402
import peers  # noqa: E402

from briefing.model import Article, BriefingInfo  # noqa: E402
from briefing.search.index import create_index, open_index  # noqa: E402
from briefing.search.nodes import (  # noqa: E402
    And,
    ExactPhrase,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Same,
    Word,
)
from briefing.search.query import to_text  # noqa: E402

BRIEFING = 40
"""So many articles make a briefing."""
ADDED = 100
"""So many articles are added one by one at the end."""
SLOW_BUDGET = 15.0
"""Seconds after which a peer is asked no more queries of a kind."""


class Budgets(NamedTuple):
    """What an index may take: passages built a second, and ms for a key, an addition; MB."""

    build: int
    keys: dict[int, float]
    """The p95 of each kind for so many chunks; for more there is none."""
    add: float
    memory: float | None = None


BUDGETS = {
    "briefing": Budgets(700, {10_000: 30.0, 45_000: 100.0}, 450.0, 300.0),
    "postgres": Budgets(5_000, {100_000: 50.0, 1_000_000: 150.0}, 50.0),
}
OURS = ("briefing", "postgres")
NOT_ASKED = {"build", "open", "add", "fold after it", "memory"}


class Ours:
    """The product's own index."""

    name = "briefing"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.info = BriefingInfo(title="Bench")

    def build(self, articles: Iterable[Article]) -> None:
        index = create_index(self.folder)
        with index.batch():
            for number, article in enumerate(articles):
                index.update(f"b{number // BRIEFING:05}", self.info, [article])

    def open(self) -> None:
        self.index = open_index(self.folder)

    def search(self, root: Node, kind: str) -> int:
        order = "date" if kind == "sort by date" else "rank"
        results = self.index.search(to_text(root), order=order)  # type: ignore[arg-type]
        return sum(len(group.hits) for group in results.groups)

    def add(self, article: Article) -> None:
        self.index.update("added", self.info, [article])
        words = (Word(word) for word in (article.headline or "").split())
        assert self.index.search(to_text(And((Field("briefing", "added"), *words)))).total_chunks

    def fold(self) -> None:
        """Do what a library does once an addition is searchable."""
        self.index.merge()


class Shared(Ours):
    """The product's index in the database that BRIEFING_TEST_POSTGRES names, which it replaces.

    The CPU time of the database's own processes is added; the server must be of this machine.
    """

    name = "postgres"

    def __init__(self, folder: Path) -> None:
        import psycopg

        super().__init__(folder)
        self.folder = os.environ["BRIEFING_TEST_POSTGRES"]  # type: ignore[assignment]
        with psycopg.connect(os.environ["BRIEFING_TEST_POSTGRES"]) as connection:
            status = Path(f"/proc/{connection.info.backend_pid}/stat").read_text()
            self.database = f" {connection.info.dbname} ".encode()
        self.server = Path(f"/proc/{status.rpartition(')')[2].split()[1]}")
        self.known: dict[str, int] = {}

    def spent(self) -> float:
        """Return the CPU seconds of this process, and of those that serve the database."""
        listing = self.server / "task" / self.server.name / "children"
        # A listing lacks some where one of them ends meanwhile; those seen before are known.
        children = {pid for _ in range(3) for pid in listing.read_text().split()}
        for path in (Path("/proc", pid) for pid in children | self.known.keys()):
            with suppress(FileNotFoundError):  # It has ended, and spends no more.
                if self.database in (path / "cmdline").read_bytes():
                    self.known[path.name] = int((path / "schedstat").read_text().split()[0])
        return time.process_time() + sum(self.known.values()) / 1e9


def make_queries(articles: Sequence[Article], count: int) -> dict[str, list[Node]]:  # noqa: C901
    """Draw queries from the corpus itself: words by how often they stand in it."""
    lots = random.Random(7)
    texts = [chunk.text for article in articles for chunk in article.chunks]
    sample = lots.sample(texts, min(len(texts), 4000))
    words = [re.findall(r"[a-z0-9]{2,}", text.lower()) for text in sample]
    frequent = [
        word for word, _ in Counter(w for ws in words for w in dict.fromkeys(ws)).most_common()
    ]
    running = [word for ws in words for word in ws]
    common, middle = frequent[:60], frequent[60:3000] or frequent
    countries = [c for c, _ in Counter(_countries(articles)).most_common(20)]
    publishers = [p for p, _ in Counter(a.publisher for a in articles).most_common(20)]
    speakers = _speakers(articles)
    positions = [
        (p.country, p.stance) for a in articles for chunk in a.chunks for p in chunk.positions
    ] or [("US", "ban")]

    def word() -> Word:
        return Word(lots.choice(running))

    def content() -> Word:
        return Word(lots.choice(middle))

    def prefix(letters: int) -> Prefix:
        long = [w for w in (lots.choice(running) for _ in range(200)) if len(w) > letters]
        return Prefix(long[0][:letters] if long else lots.choice(common)[:letters])

    def phrase() -> ExactPhrase:
        row = lots.choice([ws for ws in words if len(ws) > 4])
        start, size = lots.randrange(len(row) - 3), lots.choice((2, 2, 3))
        return ExactPhrase(" ".join(row[start : start + size]))

    def year() -> str:
        return f"{lots.randint(2011, 2023)}-{lots.randint(1, 12):02}-01"

    def apart(count: int) -> And:
        """Draw words that different passages of one article hold."""
        long = [a for a in articles if len(a.chunks) >= count]
        passages = lots.sample(lots.choice(long).chunks, count)
        drawn = (lots.choice(re.findall(r"[a-z0-9]{2,}", c.text.lower())) for c in passages)
        return And(tuple(Word(text) for text in drawn))

    def close() -> tuple[Word, Word]:
        row = lots.choice([ws for ws in words if len(ws) > 12])
        start = lots.randrange(len(row) - 8)
        return Word(row[start]), Word(row[start + lots.randint(1, 8)])

    def headline() -> Field:
        titles = re.findall(r"[a-z0-9]{2,}", (lots.choice(articles).headline or "").lower())
        return Field("headline", lots.choice(titles or common))

    def position() -> And:
        country, stance = lots.choice(positions)
        return And((Field("country", country), Field("stance", stance)))

    def span() -> tuple[Field, Field]:
        first, last = sorted((year(), year()))
        return Field("after", first), Field("before", last)

    makers: dict[str, Callable[[], Node]] = {
        "term": content,
        "common term": lambda: Word(lots.choice(common)),
        "two terms": lambda: And((word(), content())),
        "three terms": lambda: And((word(), word(), content())),
        "either": lambda: Or((word(), content())),
        "without": lambda: And((content(), Not(word()))),
        "phrase": phrase,
        "prefix of 2": lambda: prefix(2),
        "prefix of 3": lambda: prefix(3),
        "prefix of 4": lambda: prefix(4),
        "prefix of 5": lambda: prefix(5),
        "word + prefix": lambda: And((word(), prefix(lots.choice((2, 3, 4))))),
        "country": lambda: And((word(), Field("country", lots.choice(countries)))),
        "publisher": lambda: And((word(), Field("publisher", lots.choice(publishers) or "x"))),
        "speaker": lambda: Field("speaker", lots.choice(speakers)),
        "date range": lambda: And((word(), *span())),
        "sort by date": word,
        "facets": lambda: And((content(), Field("country", lots.choice(countries)))),
        "snippets": content,
        "article-wide two": lambda: apart(2),
        "article-wide three": lambda: apart(3),
        "near": lambda: Near(close(), 10),
        "same": lambda: Same(And(close())),
        "headline": headline,
        "tied fields": position,
        "date:unknown": lambda: And((word(), Field("date", "unknown"))),
        "fuzzy": lambda: Fuzzy(lots.choice([w for w in middle if len(w) > 4] or middle)),
    }
    return {kind: _distinct(make, count) for kind, make in makers.items()}


def _distinct(make: Callable[[], Node], count: int) -> list[Node]:
    found: dict[Node, None] = {}
    for _ in range(count * 5):
        found.setdefault(make())
        if len(found) == count:
            break
    return list(found)


def _countries(articles: Sequence[Article]) -> Iterable[str]:
    return (c.code for article in articles for chunk in article.chunks for c in chunk.countries)


def _speakers(articles: Sequence[Article]) -> list[str]:
    quotes = (quote for a in articles for chunk in a.chunks for quote in chunk.quotes)
    names = {quote.speaker.name for quote in quotes if quote.speaker and quote.speaker.name}
    return sorted(names)[:500] or ["nobody"]


def cpu(engine: Any, action: Callable[[], object]) -> float:
    """Run and return the CPU time in ms."""
    spent = getattr(engine, "spent", time.process_time)
    start = spent()
    action()
    return float((spent() - start) * 1000)


def spread(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {"p50": round(statistics.median(ordered), 3), "p95": round(last, 3)}


def measure(
    engine: Any,
    articles: Sequence[Article],
    extra: Sequence[Article],
    queries: dict[str, list[Node]],
) -> dict[str, dict[str, float]]:
    """Build, open, ask and add with one engine."""
    chunks = sum(len(article.chunks) for article in articles)
    figures = {}
    took = cpu(engine, lambda: engine.build(articles))
    figures["build"] = {**spread([took / chunks]), "chunks_per_second": round(1000 * chunks / took)}
    gc.collect()
    figures["open"] = spread([cpu(engine, engine.open) for _ in range(5)])
    for kind, nodes in queries.items():
        times: list[float] = []
        for node in nodes:
            times.append(cpu(engine, partial(engine.search, node, kind)))
            if engine.name not in OURS and sum(times) > SLOW_BUDGET * 1000:
                break
        figures[kind] = spread(times)
    added, folded = [], []
    for article in extra:
        added.append(cpu(engine, partial(engine.add, article)))
        folded.append(cpu(engine, engine.fold))
    figures["add"], figures["fold after it"] = spread(added), spread(folded)
    return figures


def in_child(name: str, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure one engine in a process of its own, so that memory and caches are its own."""
    command = [sys.executable, "-W", "ignore", __file__, "--engine", name]
    command += ["--chunks", str(options.chunks), "--queries", str(options.queries)]
    command += ["--folder", str(folder)]
    if options.corpus:
        command += ["--corpus", str(options.corpus)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def run_engine(options: argparse.Namespace) -> dict[str, Any]:
    lots = corpus.Lots()
    rows = (
        corpus.read(options.corpus, options.chunks)
        if options.corpus
        else corpus.made(options.chunks, lots)
    )
    articles = list(corpus.articles(rows, lots))
    spare = corpus.articles(corpus.made(ADDED * corpus.CHUNKS_AN_ARTICLE, lots), lots)
    extra = [_renamed(article) for article in spare]
    queries = make_queries(articles, options.queries)
    engines = {"briefing": Ours, "whoosh": peers.Whoosh, "fts5": peers.Fts5, "postgres": Shared}
    engine = engines[options.engine](options.folder / options.engine)
    return measure(engine, articles, extra, queries)


def memory(folder: Path) -> float:
    """Return the peak memory in MB of a fresh process that asks our index a hundred queries."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from briefing.search.index import open_index\n"
        f"index = open_index(Path({str(folder)!r}))\n"
        "words = [t for t, _ in zip(index.suggest('co') + index.suggest('re'), range(16))]\n"
        "for word in words + [w[:n] + '*' for w in words for n in (2, 3, 4, 5)]:\n"
        "    index.search(word)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        check=True,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )
    return round(float(done.stdout), 1)


def _renamed(article: Article) -> Article:
    values = {name: getattr(article, name) for name in Article.__struct_fields__}
    return Article(**{**values, "id": f"extra-{article.id}"})


def show(figures: dict[str, dict[str, dict[str, float]]], chunks: int) -> list[str]:
    """Print the table, p50/p95 in ms of CPU, and return the kinds whose budget is missed."""
    print(f"{chunks:,} chunks, p50/p95 in ms of CPU, every query asked once")
    print(f"{'':20}" + "".join(f"{name:>22}" for name in figures) + f"{'budget':>16}")
    missed = []
    first, *_ = figures
    budgets = BUDGETS.get(first, BUDGETS["briefing"])
    for kind, own in figures[first].items():
        cells = [figures[name].get(kind) for name in figures]
        budget, kept = _judged(kind, own, chunks, budgets)
        missed += [] if kept else [kind]
        row = f"{kind:20}" + "".join(f"{_cell(cell):>22}" for cell in cells)
        print(f"{row}{budget:>16}{'' if kept else '  MISSED'}")
    print(f"missed: {', '.join(missed) or 'none'}")
    return missed


def _judged(kind: str, own: dict[str, float], chunks: int, budgets: Budgets) -> tuple[str, bool]:
    """Give the budget of a row in words, and whether it is kept."""
    if kind == "build":
        return f"≥ {budgets.build}/s", own["chunks_per_second"] >= budgets.build
    limits = {"add": budgets.add, "memory": budgets.memory}
    key = min((most for size, most in budgets.keys.items() if chunks <= size), default=None)
    limit = limits.get(kind, None if kind in NOT_ASKED else key)
    return ("", True) if limit is None else (f"≤ {limit:.0f}", own["p95"] <= limit)


def _cell(cell: dict[str, float] | None) -> str:
    if cell is None:
        return "-"
    if "chunks_per_second" in cell:
        return f"{cell['chunks_per_second']:,.0f} chunks/s"
    return f"{cell['p50']:.2f} / {cell['p95']:.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--chunks", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--corpus", type=Path, help="JSON lines; made by lot where not given")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--engines", default="briefing,whoosh,fts5")
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="where to keep the indexes")
    options = parser.parse_args()
    if options.engine:
        print(json.dumps(run_engine(options)))
        return 0
    folder = options.folder or Path(tempfile.mkdtemp(prefix="briefing-bench-"))
    figures = {}
    for name in options.engines.split(","):
        figures[name] = in_child(name, options, folder)
        if name == "briefing":
            peak = memory(folder / name)
            figures[name]["memory"] = {"p50": peak, "p95": peak}
    missed = show(figures, options.chunks)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))
    if not options.folder:
        shutil.rmtree(folder)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
