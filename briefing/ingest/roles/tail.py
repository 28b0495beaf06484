"""Where the story ends and the page goes on: other stories, comment policies, sign-ups.

A line that may open a tail is believed only where the story does not resume after it. Whether it
resumes is judged by form (running text, not a caption with a sentence or two) and by the overlap of
its words with the story before, never by the names of sites.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.english.lexicon import read_words
from briefing.ingest.lines.forms import count_words, site_voice
from briefing.ingest.roles.classify import SHAPES, BlockKind

_MOST_CANDIDATES = 40
_MOST_OF_RUN = 8
_MOST_COMPARED = 200
_SHORTEST_STORY = 4
_USUAL = 0.28
"""The overlap taken for a story's own where it is too short to measure: the median of news."""
_SURELY = 0.8
_ENOUGH = 0.5
"""The part of a story's own overlap that other articles' first blocks hardly ever reach."""
_WORD = re.compile(r"[^\W_]{2,}")
_LONGEST = 20_000


class Tail(NamedTuple):
    """A stretch of blocks set aside: `stop` exclusive, `rule` what found it."""

    start: int
    stop: int
    rule: str


class _Story:
    """The story so far: in how many of its blocks each word stands, counted when first asked."""

    def __init__(self) -> None:
        self._uncounted: list[str] = []
        self._blocks: list[frozenset[str]] = []
        self._spread: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Add the next block of the story."""
        self._uncounted.append(text)

    def __len__(self) -> int:
        return len(self._blocks) + len(self._uncounted)

    def usual(self) -> float:
        """Return the mean share of a block's words that other blocks of the story share."""
        spread = self._count()
        long = (words for words in self._blocks[:_MOST_COMPARED] if len(words) >= 8)
        shares = [sum(spread[word] > 1 for word in words) / len(words) for words in long]
        return sum(shares) / len(shares) if len(shares) >= _SHORTEST_STORY else _USUAL

    def likeness(self, texts: Sequence[str]) -> float:
        """Return the mean overlap of texts with the story."""
        spread = self._count()
        return sum(overlap(topic_words(text), spread) for text in texts) / len(texts)

    def mutual_likeness(self, texts: Sequence[str]) -> float:
        """Return the overlap of texts with the story, or of the story with them if shorter."""
        together = frozenset[str]().union(*(topic_words(text) for text in texts))
        spread = self._count()
        if len(spread) < len(together):
            return overlap(frozenset(spread), together)
        return self.likeness(texts)

    def _count(self) -> Counter[str]:
        for text in self._uncounted:
            words = topic_words(text)
            self._blocks.append(words)
            self._spread.update(words)
        self._uncounted.clear()
        return self._spread


def find_tails(
    texts: Sequence[str],
    kinds: Sequence[BlockKind],
    start: int,
    *,
    vetted: bool = False,
    announced: bool = False,
) -> tuple[Tail, ...]:
    """Return what lies outside the story from block `start` on, in order.

    `kinds` says of every block what it looks like. All tails but the last are asides after which
    the story goes on; the last one may reach the end. `vetted` blocks were found to be the story by
    other means, so that less shows that it goes on; where tails are `announced`, a word begins
    each.
    """
    story = _Story()
    tails: list[Tail] = []
    place = start
    while place < len(texts):
        kind = kinds[place]
        if kind in {"marker", "closing"} and story:
            stop = _resumption(texts, kinds, place, story, vetted=vetted)
            rule = "after_marker" if kind == "marker" else "after_end_matter"
            tails.append(Tail(place, stop, rule))
            place = stop
            continue
        if kind == "prose":
            story.add(texts[place])
        place += 1
    end = tails[-1].start if tails and tails[-1].stop == len(texts) else len(texts)
    first, rule = _last_pointer(texts, kinds, start, end), "after_marker"
    if first is None and not announced:
        first, rule = _teaser_run(texts, kinds, start, end), "teaser_run"
    if first is not None:
        before = [tail for tail in tails if tail.stop <= first]
        after = [tail for tail in tails if tail.start >= end]
        tails = [*before, Tail(first, end, rule), *after]
    return tuple(tails)


def _last_pointer(
    texts: Sequence[str], kinds: Sequence[BlockKind], start: int, end: int
) -> int | None:
    """Return where titles of other stories begin that a `Read more:` announces, up to the end."""
    index = end - 1
    while index > start and kinds[index] in {"title", "line", "item", "stamp"}:
        index -= 1
    points = index + 1 < end and kinds[index] == "voice" and texts[index].rstrip().endswith(":")
    return index + 1 if points and site_voice(texts[index]) == "read_more" else None


def _resumption(
    texts: Sequence[str], kinds: Sequence[BlockKind], opener: int, story: _Story, *, vetted: bool
) -> int:
    """Return the block at which the story goes on after `opener`, or the number of blocks."""
    usual = story.usual()
    for run in _prose_runs(kinds, opener + 1):
        first = run[0]
        begun = [texts[index] for index in run[:_MOST_OF_RUN]]
        alike = story.mutual_likeness(begun)
        length = sum(count_words(text) for text in begun)
        needed = _wanted(kinds, opener, first, vetted=vetted)
        if _is_between(kinds, opener, run) and (len(run) > 1 or alike >= _SURELY * usual):
            return first
        if len(run) >= needed and length >= 20 * needed and alike >= _ENOUGH * usual:
            # The only line between is no heading of the story but the title of what was announced.
            between = [index for index in range(opener + 1, first) if kinds[index] != "voice"]
            return first - (len(between) > 1 and kinds[first - 1] == "title")
    return len(texts)


def _is_between(kinds: Sequence[BlockKind], opener: int, run: Sequence[int]) -> bool:
    """Whether only titles stand between a marker and a run, and the next marker right after it."""
    before = kinds[opener + 1 : run[0]]
    titles = len(before) > 1 and all(kind in {"title", "line", "item"} for kind in before)
    after = next((kind for kind in kinds[run[-1] + 1 :] if kind != "voice"), None)
    return titles and after in {"marker", "closing"}


def _wanted(kinds: Sequence[BlockKind], opener: int, first: int, *, vetted: bool) -> int:
    """Return how many blocks of prose in a row it takes for the story, and no teaser, to go on."""
    before = next((kinds[i] for i in range(first - 1, opener, -1) if kinds[i] != "voice"), None)
    if vetted or kinds[opener] == "closing":
        return 1 if before is None else 2
    if before is None:
        return 2
    return 3 if before in {"title", "line", "item"} else 5


def _prose_runs(kinds: Sequence[BlockKind], start: int) -> Iterator[list[int]]:
    """Yield the runs of prose from `start` on; a site's own lines do not part them."""
    run: list[int] = []
    for index in range(start, len(kinds)):
        if kinds[index] == "prose":
            run.append(index)
        elif kinds[index] not in {"voice", "note"} and not (run and kinds[index] == "item"):
            if run:
                yield run
            run = []
    if run:
        yield run


def _teaser_run(
    texts: Sequence[str], kinds: Sequence[BlockKind], start: int, end: int
) -> int | None:
    """Return where a run of at least two teasers, pictures, times and titles starts, else None."""
    # A run of more than three blocks of prose is the story.
    story_ends = (run[-1] for run in _prose_runs(kinds[:end], start) if len(run) > 3)
    below = range(max(story_ends, default=start) + 1, end)
    openers = [i for i in below if kinds[i] in SHAPES and kinds[i - 1] not in SHAPES]
    if len(openers) < 2:
        return None
    story = _Story()
    place = start
    for opener in openers[:_MOST_CANDIDATES]:
        for index in range(place, opener):
            if kinds[index] == "prose":
                story.add(texts[index])
        place = opener
        rest = texts[opener:end], kinds[opener:end]
        if len(story) >= _SHORTEST_STORY and _only_teasers(*rest, story):
            return opener
    return None


def _only_teasers(texts: Sequence[str], kinds: Sequence[BlockKind], story: _Story) -> bool:
    """Whether blocks are but teasers on other topics: titles alone, at least four."""
    pictured = _count_openings(kinds, frozenset({"caption", "stamp"}))
    units = _count_openings(kinds, SHAPES)
    pieces = [text for text, kind in zip(texts, kinds, strict=True) if kind == "prose"]
    if units < 2 or not pieces or len(pieces) > 3 * units:
        return False
    usual = story.usual()
    alike = story.likeness(pieces) / usual
    first = _first_unit(texts, kinds)
    if not 0 < len(first) <= 2 or story.likeness(first) >= 0.7 * usual:
        return False
    if pictured >= 2:
        return alike < 0.65
    questions = any("?" in text for text, kind in zip(texts, kinds, strict=True) if kind == "title")
    short = sum(count_words(text) for text in pieces) <= 45 * len(pieces)
    single = len(pieces) <= units
    return units >= 4 and not questions and short and alike < (0.45 if single else 0.35)


def _first_unit(texts: Sequence[str], kinds: Sequence[BlockKind]) -> list[str]:
    """Return the prose between the first opening of a teaser and the next."""
    found: list[str] = []
    for text, kind in zip(texts, kinds, strict=True):
        if kind in SHAPES and found:
            break
        if kind == "prose":
            found.append(text)
    return found


def _count_openings(kinds: Sequence[BlockKind], shapes: frozenset[str]) -> int:
    pairs = pairwise(("", *kinds))
    return sum(kind in shapes and before not in shapes for before, kind in pairs)


def topic_words(text: str) -> frozenset[str]:
    """Return the words of a text's head but for function words, lower case, endings cut."""
    common = read_words("english", "function_words")
    words = (word.lower() for word in _WORD.findall(text[:_LONGEST]))
    return frozenset(_stem(word) for word in words if word not in common)


def overlap(words: frozenset[str], story: Container[str]) -> float:
    """Return the share of `words` that `story` holds, from 0 to 1; 0 where there are no words."""
    return sum(word in story for word in words) / len(words) if words else 0.0


def _stem(word: str) -> str:
    """Cut the commonest endings, so that `ban`, `bans` and `banned` come near one another."""
    for ending in ("'s", "ing", "ies", "ed", "es", "s") if len(word) > 4 else ():
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
