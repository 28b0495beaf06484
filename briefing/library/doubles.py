"""Doubles: which article of the library holds the text or has the address of one being added.

`index/doubles.log` has a line for each article that was indexed: its address, and a sample of its
runs of words. It only suggests articles: what is told is counted in their texts, so that the line
of one that has changed or gone since does no harm.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from briefing.compare import same_words
from briefing.compare.same_words import Shingle, own_runs
from briefing.content.articles import read_article, seal
from briefing.content.files import append_line, read_plain, write_atomic
from briefing.errors import BriefingError
from briefing.library.reports import Double
from briefing.library.store import DOUBLES, FOLD_BYTES, Store
from briefing.model import Article, decoder_of
from briefing.paths import note_path, read_note, write_note

_MOST_READ: Final = 3
"""Articles of the library that are read to compare one with, at most."""
_MOST_HELD: Final = 1_000
"""Articles of a batch that are held; those before are read from their files."""
_SCANNED: Final = 10
"""How many articles of a batch look through all lines, before these are filed by their runs."""
_LONG: Final = 256
_KEPT_OF_LONG, _KEPT_OF_SHORT = 16, 4
"""One of how many runs of words is kept of a text of so many runs, and of a shorter one."""


class _Line(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An article as the log has it."""

    briefing: str
    article: str
    url: str | None
    runs: tuple[int, ...]


_line = decoder_of(_Line)


def note_texts(store: Store, briefing: str, articles: Iterable[Article]) -> None:
    """Note the addresses and texts of articles that are indexed; raises WriteError."""
    lines = [_line_of(briefing, article, own_runs(article)) for article in articles]
    if not lines:
        return
    path = store.folder / DOUBLES
    added = b"\n".join(map(msgspec.json.encode, lines))
    append_line(path, added)
    size = path.stat().st_size
    if size > FOLD_BYTES and (size - len(added)).bit_length() < size.bit_length():
        # It has doubled: it is read, to leave out former lines of the same articles, seldom enough.
        kept = map(msgspec.json.encode, _read_lines(path))
        write_atomic(path, b"\n".join(kept) + b"\n", durable=False)


def _read_lines(path: Path) -> Collection[_Line]:
    """Return the last line of each article in the log; a torn line is skipped."""
    lines: dict[tuple[str, str], _Line] = {}
    for text in (read_plain(path) or b"").splitlines():
        with suppress(msgspec.DecodeError):
            line = _line.decode(text)
            lines[line.briefing, line.article] = line
    return lines.values()


class Doubles:
    """Finds what a library holds of the text of each article of a batch, those before included.

    With `keep` True every double is added, with False none; with None all are but those that the
    analyst left out of the briefing before. What is chosen is noted in the user's state folder.
    """

    def __init__(self, root: Path, store: Store, *, keep: bool | None = None) -> None:
        self._root = root
        self._store = store
        self._keep = keep
        self._lines: list[_Line] = []
        self._asked = 0
        self._first_by_run: dict[int, int] = {}
        self._more_by_run: defaultdict[int, list[int]] = defaultdict(list)
        self._by_url: dict[str, int] = {}
        self._batch: dict[tuple[str, str], Article] = {}
        self._left_out: dict[str, set[str]] = {}
        for line in _read_lines(store.folder / DOUBLES):
            self._add(line)

    def find(self, name: str, briefing: str, article: Article) -> tuple[Article, Double | None]:
        """Return an annotated article, marked and sealed again where it is a double, and which.

        `name` is that of its document, for what is told. What is not left out is held from now on.
        """
        runs = own_runs(article)
        line = _line_of(briefing, article, runs)
        alike = (_compare(article, runs, line.url, other) for other in self._alike(line))
        double = max(filter(None, alike), key=lambda each: each.share, default=None)
        if double is not None:
            double = replace(double, name=name, briefing=briefing, article=article.id)
            double = self._choose(double, article)
            by = article.annotator
            article = replace(article, source=replace(article.source, double_of=double.of))
            if by is not None:
                article = seal(article, by.name, by.version, read=by.read, codebook=by.codebook)
        if double is None or double.added:
            self._add(line)
            self._batch[briefing, article.id] = article
            if len(self._batch) > _MOST_HELD:
                del self._batch[next(iter(self._batch))]
        return article, double

    def _add(self, line: _Line) -> None:
        at = len(self._lines)
        self._lines.append(line)
        if self._first_by_run:
            self._file(at, line)
        if line.url is not None:
            self._by_url[line.url] = at

    def _alike(self, line: _Line) -> Iterator[tuple[Article, str]]:
        """Yield the articles likely to hold the text or to have the address, with their places."""
        found = [at for at, _ in self._count_shared(line).most_common(_MOST_READ)]
        if line.url in self._by_url:
            found.append(self._by_url[line.url])
        for at in dict.fromkeys(found):
            other = self._lines[at]
            if (other.briefing, other.article) != (line.briefing, line.article):
                article = self._read(other)
                if article is not None:
                    yield article, f"{other.briefing}/{other.article}"

    def _count_shared(self, line: _Line) -> Counter[int]:
        """Return how many runs of words a line shares with others, by their places.

        To file lines by their runs takes as long as to look through them some forty times.
        """
        self._asked += 1
        if self._asked <= _SCANNED:
            wanted = set(line.runs)
            lines = enumerate(self._lines)
            alike = ((at, other) for at, other in lines if not wanted.isdisjoint(other.runs))
            return Counter({at: len(wanted.intersection(other.runs)) for at, other in alike})
        if not self._first_by_run:
            for at, other in enumerate(self._lines):
                self._file(at, other)
        first, more = self._first_by_run, self._more_by_run
        holders = ((first[run], *more.get(run, ())) for run in line.runs if run in first)
        few = (places for places in holders if len(places) <= same_words.COMMON_SHINGLE)
        return Counter(chain.from_iterable(few))

    def _file(self, at: int, line: _Line) -> None:
        # Nearly every run is in one article only, and a list for each would be most of the memory.
        for run in line.runs:
            if self._first_by_run.setdefault(run, at) != at:
                self._more_by_run[run].append(at)

    def _read(self, line: _Line) -> Article | None:
        held = self._batch.get((line.briefing, line.article))
        path = self._root / "content" / line.briefing / f"{line.article}.yaml"
        if held is not None or not path.exists():
            return held
        with suppress(BriefingError):
            copy = self._store.read(line.briefing, f"article/{line.article}", Article)
            return copy or read_article(path)
        return None

    def _choose(self, double: Double, article: Article) -> Double:
        """Return whether a double is added, by what is asked for or was chosen before."""
        path = note_path("doubles", self._root, double.briefing)
        if double.briefing not in self._left_out:
            self._left_out[double.briefing] = set(read_note(path, list[str]) or ())
        left_out = self._left_out[double.briefing]
        key = f"{article.source.sha256}/{article.source.part or 1}"
        known = key in left_out
        added = self._keep if self._keep is not None else not known
        if added is known:
            (left_out.discard if added else left_out.add)(key)
            write_note(path, sorted(left_out))
        return replace(double, added=added, known=known and not added)


def _line_of(briefing: str, article: Article, runs: frozenset[Shingle]) -> _Line:
    step = _KEPT_OF_LONG if len(runs) >= _LONG else _KEPT_OF_SHORT
    sums = (zlib.crc32(" ".join(run).encode("utf-8", "replace")) for run in runs)
    kept = tuple(sorted(each for each in sums if each % step == 0))
    return _Line(briefing, article.id, _plain_address(article.url), kept)


def _plain_address(url: str | None) -> str | None:
    """Return an address as far as it tells pages apart, None for that of a site's front page."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    fields = [each for each in parts.query.split("&") if each and not each.startswith("utm_")]
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path}?{'&'.join(fields)}".rstrip("?") if path or fields else None


def _compare(
    article: Article, runs: frozenset[Shingle], url: str | None, held: tuple[Article, str]
) -> Double | None:
    """Return in how far an article is a double of one that is held, None where it is none."""
    other, place = held
    others = own_runs(other)
    is_text = same_words.are_near_copies(len(runs & others), min(len(runs), len(others)))
    is_same_url = url is not None and url == _plain_address(other.url)
    if not (is_text or is_same_url):
        return None
    share = same_words.containment(runs, others)
    ours, theirs = _paragraphs(article), _paragraphs(other)
    return Double(
        of=place,
        kind="address" if not is_text else "text" if share >= same_words.SAME else "copy",
        same_address=is_same_url,
        share=share,
        differ=max(len(ours - theirs), len(theirs - ours)),
    )


def _paragraphs(article: Article) -> set[tuple[str, ...]]:
    return {same_words.words(chunk.text) for chunk in article.chunks if chunk.role == "body"}
