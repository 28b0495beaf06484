"""Ask for articles by words that they are known to hold, and see where they come.

    python tests/bench/known_item.py FOLDER --articles 2000
    python tests/bench/known_item.py FOLDER --index KEPT --questions tests/bench/questions.txt

FOLDER holds JSON lines as `corpus.py` reads them (`*.jsonl`), or the XML of Reuters-21578
(`reut2-*.xml`). Articles are annotated and put straight into a search index. Words are drawn from
the whole length of an article, and from one of its paragraphs; exit status 1 where a budget is
missed. With `--questions` each question of a file is asked, and its best answers are printed.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import corpus

from briefing.annotate.pipeline import annotate
from briefing.errors import StaleIndexError
from briefing.model import Article, BriefingInfo, Chunk, PublicationDate
from briefing.search.index import SearchIndex, create_index, open_index
from briefing.search.results import ArticleHits, Results

IN_BRIEFING = 100
LEAST_WORDS = 90
"""Shorter articles have no beginning, middle and end to draw from."""
RARE, FREQUENT = 0.02, 0.10
"""Words stand in this share of the articles at least, and in this at most."""
FOUND_BUDGET, FIRST_BUDGET = 0.99, 0.85
STOP_WORDS = frozenset(
    """a about above after again against all also am among an and any are as at back be because
    been before being below between both but by came can come could did do does down during each
    few for from further get got had has have he her here him his how i if in into is it its just
    last made make many may me might more most much must my near new no nor not now of off on once
    one only or other our out over own said same say says see shall she should since so some still
    such take than that the their them then there these they this those three through to too two
    under until up upon us used very was we well were what when where which while who whom whose
    why will with would yet you your""".split()
)
_WORD = re.compile(r"(?<![\w&.'/+-])[a-z]{3,}(?![\w&'/+-])", re.IGNORECASE)


class Question(NamedTuple):
    """Words that an article is known to hold."""

    words: tuple[str, ...]
    article: str


# Articles


def read(folder: Path, count: int, names: str) -> list[Article]:
    """Read the first articles of a folder that are long enough to draw from."""
    lots = corpus.Lots()
    rows = (corpus.read(path, count * 50) for path in sorted(folder.glob("*.jsonl")))
    made = (article for each in rows for article in corpus.articles(each, lots))
    found = made if any(folder.glob("*.jsonl")) else _reuters(folder, names)
    return list(islice((a for a in found if len(_text(a).split()) >= LEAST_WORDS), count))


def _text(article: Article) -> str:
    return " ".join(chunk.text for chunk in article.chunks)


def _reuters(folder: Path, names: str) -> Iterator[Article]:
    for path in sorted(folder.glob(names)):
        for entry in ET.parse(path).getroot():  # noqa: S314 - a file that one chose
            title, body = entry.findtext("TEXT/TITLE"), entry.findtext("TEXT/BODY")
            if title and body:
                yield _reuters_article(entry, title, body)


def _reuters_article(entry: ET.Element, title: str, body: str) -> Article:
    day = datetime.strptime((entry.findtext("DATE") or "").split()[0], "%d-%b-%Y")  # noqa: DTZ007
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n {4,}", body)]
    texts = [text for text in paragraphs if text.strip("\x03 ") not in {"", "Reuter", "REUTER"}]
    return Article(
        id=f"r{entry.get('NEWID')}",
        headline=" ".join(title.split()),
        publisher="Reuters",
        date=PublicationDate(value=f"{day:%Y-%m-%d}", precision="day", basis="metadata"),
        source=corpus.SOURCE,
        chunks=tuple(Chunk(id=f"c{n}", role="body", text=text) for n, text in enumerate(texts, 1)),
    )


def build(folder: Path, articles: Sequence[Article]) -> SearchIndex:
    """Open the index kept in a folder, or annotate the articles and make it."""
    try:
        return open_index(folder)
    except StaleIndexError:
        index = create_index(folder)
    with index.batch():
        for number, article in enumerate(articles):
            name = f"b{number // IN_BRIEFING:03}"
            index.update(name, BriefingInfo(title=name), [annotate(article)])
    return index


# Questions whose answer is known


class Draw:
    """Draws words that are neither rare nor frequent from articles."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self.lots = random.Random(seed)
        self.articles = articles
        counts = Counter(word for a in articles for word in _words(f"{a.headline} {_text(a)}"))
        most, least = FREQUENT * len(articles), RARE * len(articles)
        self.fitting = {w for w, n in counts.items() if least <= n <= most} - STOP_WORDS

    def whole(self) -> Question:
        """Draw words from the headline and from each third of an article's length."""
        while True:
            article = self.lots.choice(self.articles)
            words = _text(article).split()
            third = len(words) // 3
            parts = (words[:third], words[third : 2 * third], words[2 * third :])
            texts = [article.headline or "", *map(" ".join, parts)]
            question = self._question(article, texts)
            if question:
                return question

    def paragraph(self) -> Question:
        """Draw words from one paragraph of an article."""
        while True:
            article = self.lots.choice(self.articles)
            question = self._question(article, [self.lots.choice(article.chunks).text] * 3)
            if question:
                return question

    def _question(self, article: Article, texts: Sequence[str]) -> Question | None:
        """Draw three to five words, each text in its turn, or none where there are too few."""
        left = [sorted(_words(text) & self.fitting) for text in texts]
        wanted = self.lots.randint(3, 5)
        drawn: list[str] = []
        for place in range(4 * len(left)):
            free = [word for word in left[place % len(left)] if word not in drawn]
            if free and len(drawn) < wanted:
                drawn.append(self.lots.choice(free))
        spread = sum(bool(words) for words in left)
        return Question(tuple(drawn), article.id) if len(drawn) == wanted and spread > 2 else None


def _words(text: str) -> set[str]:
    return set(map(str.lower, _WORD.findall(text)))


class Standing(NamedTuple):
    """Where the article known came, from 1; None if it did not."""

    question: Question
    place: int | None
    results: Results


def ask(index: SearchIndex, questions: Iterable[Question]) -> list[Standing]:
    """Ask all questions, and look where each article comes, or the one it is a copy of."""
    asked = ((each, index.search(" ".join(each.words), limit=50)) for each in questions)
    return [Standing(each, _place(each.article, results), results) for each, results in asked]


def _place(article: str, results: Results) -> int | None:
    for place, group in enumerate(results.groups, 1):
        if article in {group.article, *(copy.article for copy in group.copies)}:
            return place
    return None


def report(name: str, standings: Sequence[Standing], *, misses: bool) -> bool:
    """Print how many were found and how many first, and the misses; whether budgets are kept."""
    found = sum(each.place is not None for each in standings) / len(standings)
    first = sum(each.place == 1 for each in standings) / len(standings)
    kept = found >= FOUND_BUDGET and first >= FIRST_BUDGET
    print(
        f"{name}: {len(standings)} questions, found {found:.1%} (budget {FOUND_BUDGET:.0%}), "
        f"first {first:.1%} (budget {FIRST_BUDGET:.0%}){'' if kept else '  MISSED'}"
    )
    for standing in standings if misses else ():
        if standing.place != 1:
            print(f"  {_reason(standing)}")
    return kept


def _reason(standing: Standing) -> str:
    question, place, results = standing
    words = " ".join(question.words)
    if not results.groups:
        return f"{words}: {question.article} is not found, nothing is ({results.hint})"
    top = results.groups[0]
    if place is None:
        shown = sum(map(_shown, results.groups))
        why = f"behind {shown} of {results.total_chunks} passages"
    else:
        own = results.groups[place - 1]
        why = (
            f"place {place} of {results.total_articles}, its best passage has {_score(own)} and "
            f"{_marked(own)} of {len(question.words)} words"
        )
    best = f"{_score(top)} and {_marked(top)} words"
    return f"{words}: {question.article} at {why}; first is {top.article} with {best}"


def _shown(group: ArticleHits) -> int:
    return len(group.hits)


def _score(group: ArticleHits) -> str:
    return f"{group.hits[0].score:.1f}"


def _marked(group: ArticleHits) -> int:
    hit = group.hits[0]
    marked = {hit.snippet.text[start:end].lower() for start, end in hit.snippet.marks}
    return len(marked)


# Questions whose answers a person judges


def answer_all(index: SearchIndex, path: Path, shown: int) -> None:
    """Print the first answers to each question of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for question in (line for line in lines if line and not line.startswith("#")):
        results = index.search(question)
        counts = f"{results.total_articles} articles, {results.total_chunks} passages"
        hints = "; ".join(filter(None, (results.hint, results.suggestion)))
        print(f"\n{question}\n  [{counts}]{f' ({hints})' if hints else ''}")
        for group in results.groups[:shown]:
            copies = f" (+{len(group.copies)})" if group.copies else ""
            day = group.date.value if group.date else "-"
            print(f"  {group.article} {day} {group.headline}{copies}")
            snippet = group.hits[0].snippet.text.replace("\n", " ")
            print(f"      ¶{group.hits[0].paragraph} {snippet}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--names", default="reut2-*.xml", help="which of the XML files")
    parser.add_argument("--index", type=Path, help="where to keep the index, or one kept")
    parser.add_argument("--draws", type=int, default=200, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="print what did not come first")
    parser.add_argument("--questions", type=Path, help="a file of questions to judge by eye")
    parser.add_argument("--shown", type=int, default=5, help="answers to each of them")
    options = parser.parse_args()
    articles = read(options.folder, options.articles, options.names)
    with tempfile.TemporaryDirectory(prefix="briefing-known-") as name:
        index = build(options.index or Path(name), articles)
        print(f"{len(articles)} articles, {len(index)} passages")
        if options.questions:
            answer_all(index, options.questions, options.shown)
            return 0
        draw = Draw(articles, options.seed)
        kinds: dict[str, Callable[[], Question]] = {
            "whole article": draw.whole,
            "one paragraph": draw.paragraph,
        }
        kept = []
        for kind, make in kinds.items():
            standings = ask(index, [make() for _ in range(options.draws)])
            kept.append(report(kind, standings, misses=options.misses))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
