"""The same words in several articles: quotes that share them, copies of articles, and objects.

Two quotes are the same when 3-word shingles of the shorter one stand in the longer one to 0.8 or
more, both have at least five words, they share a shingle that is rare in the briefing, and their
speakers do not contradict each other. At 0.6 to 0.8 half of such links join different statements.

Copies are reprints, and what another desk edited. Near-copies are found by 4-word shingles with
containment of the smaller text at 0.25 or more: copies edited by another desk keep less than the
usual 0.7 to 0.8 of a MinHash threshold. Quotes are left out: who quotes the same speech has not
copied. Two texts may still go back to one source, which is not looked for here.

Two objects of positions are one where their words agree but for case, articles, number and
genitive: “Huawei”, “Huawei’s equipment”. Where all words of one object stand in a longer one, both
are one if the shorter is a name, or if no other longer object holds it: “Huawei” takes in “Huawei
phones” and “Huawei equipment”, but “tax” leaves “oil tax” and “income tax” apart.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from briefing.english.inflection import strip_plural
from briefing.english.lexicon import read_words
from briefing.model import Article, Chunk, Quote

Shingle = tuple[str, ...]

_WORD = re.compile(r"\w+")
_OTHER_SCRIPT = re.compile(r"[^\x00-\x7f]+")
QUOTE_SHINGLE = 3
SAME = 0.8
FEWEST_WORDS = 5
RARE = 6
"""A shingle in at most this many quotes is rare enough to tie two of them together."""
TEXT_SHINGLE = 4
NEAR_COPY = 0.25
FEWEST_SHARED = 8
"""Fewer runs of words in common than this may be one sentence that two texts report."""
LEAST_UNQUOTED = 0.25
"""The share of a text outside quotes below which the quotes are most of what it says."""
COMMON_SHINGLE = 12
"""A run of words in more articles than this is a phrase of the trade and proves nothing."""
_BUCKETS: Final = 64
"""Parts in which shingles are counted, so that few of them are held as objects at once."""
_OBJECT_WORD = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"['’]s?(?![^\W_])")
_SILENT: Final = read_words("english", "grammar", "determiner", "possessive") | {"of"}
MOST_WORDS: Final = 8
"""The words of an object that count: with more, only these are compared."""
MOST_HELD: Final = 2
"""The words of the longest object that others may hold, which keeps the search linear."""

_Words = frozenset[str]


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Return for each of `count` items the smallest item it is connected to through `pairs`."""
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return tuple(root(item) for item in range(count))


def _without_accents(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if not unicodedata.combining(char))


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, lower case, accents folded, marks and punctuation left out."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = _OTHER_SCRIPT.sub(_without_accents, folded)
    return tuple(_WORD.findall(plain.replace("’", "").replace("'", "")))


def shingles(text: str, size: int) -> frozenset[Shingle]:
    """Return every run of `size` words of `text`; a shorter text gives one run of all its words."""
    found = words(text)
    if not found:
        return frozenset()
    if len(found) <= size:
        return frozenset({found})
    return frozenset(zip(*(found[at:] for at in range(size)), strict=False))


def containment(one: frozenset[Shingle], other: frozenset[Shingle]) -> float:
    """Return the share of the smaller set that the larger holds, 0 to 1; 0 when one is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def count_shared(sets: Iterable[Iterable[Shingle]], most: int) -> Counter[tuple[int, int]]:
    """Return how many shingles any two sets share, by their indexes, the lower one first.

    A shingle in more than `most` sets does not count. Shingles are known by their hashes, of 64
    bits: those of a large briefing would take a hundred times the memory of its texts.
    """
    buckets = [(array("q"), array("I")) for _ in range(_BUCKETS)]
    for index, found in enumerate(sets):
        for one in map(hash, found):
            hashes, holders = buckets[one % _BUCKETS]
            hashes.append(one)
            holders.append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for hashes, holders in buckets:
        times = Counter(hashes)
        held: defaultdict[int, list[int]] = defaultdict(list)
        for one, index in zip(hashes, holders, strict=True):
            if 1 < times[one] <= most:
                held[one].append(index)
        for indexes in held.values():
            shared.update(combinations(indexes, 2))
    return shared


def group_same_quotes(quotes: Sequence[tuple[str, Quote]]) -> tuple[int, ...]:
    """Return for each `(article id, quote)` the index of the first quote of its group.

    Quotes of the same article are never paired with each other directly.
    """
    sets = [
        shingles(quote.exact, QUOTE_SHINGLE)
        if len(words(quote.exact)) >= FEWEST_WORDS
        else frozenset[Shingle]()
        for _, quote in quotes
    ]
    pairs = [pair for pair in count_shared(sets, RARE) if _same(quotes, sets, *pair)]
    return connected(len(quotes), pairs)


def _same(
    quotes: Sequence[tuple[str, Quote]], sets: Sequence[frozenset[Shingle]], one: int, other: int
) -> bool:
    (article, quote), (other_article, other_quote) = quotes[one], quotes[other]
    if article == other_article or containment(sets[one], sets[other]) < SAME:
        return False
    # The speakers may be one if unknown, or alike in the last word of the name.
    names = [each.speaker.name for each in (quote, other_quote) if each.speaker]
    return len({words(name)[-1:] for name in names if name is not None}) < 2


def number_texts(articles: Sequence[Article]) -> tuple[int, ...]:
    """Return the number of its text, from 1, for each article; copies share one."""
    pairs = [*_near_copies(articles), *_same_original(articles)]
    roots = connected(len(articles), pairs)
    numbers = {root: number for number, root in enumerate(dict.fromkeys(roots), 1)}
    return tuple(numbers[root] for root in roots)


def own_runs(article: Article) -> frozenset[Shingle]:
    """Return the runs of words of an article's own text, by which copies of it are found."""
    return shingles(_body(article), TEXT_SHINGLE)


def are_near_copies(shared: int, smaller: int) -> bool:
    """Whether two texts are copies that share so many runs of words, of `smaller` at the most."""
    return smaller > 0 and shared >= max(NEAR_COPY * smaller, min(FEWEST_SHARED, smaller))


def _near_copies(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    if len(articles) < 2:
        return
    sizes: list[int] = []

    def runs() -> Iterator[frozenset[Shingle]]:
        for article in articles:
            found = own_runs(article)
            sizes.append(len(found))
            yield found

    for (one, other), count in count_shared(runs(), COMMON_SHINGLE).items():
        if are_near_copies(count, min(sizes[one], sizes[other])):
            yield one, other


def _same_original(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Pair reprints with one another and with their original, by headline and publisher."""
    first: dict[tuple[str, str], int] = {}
    for index, article in enumerate(articles):
        origin = article.reprint_of or article
        if origin.headline and origin.publisher:
            key = (origin.headline.casefold(), origin.publisher.casefold())
            yield first.setdefault(key, index), index


def _body(article: Article) -> str:
    """Return the text of an article without its quotes, all of it where little else is there."""
    body = [chunk for chunk in article.chunks if chunk.role == "body"]
    unquoted = "\n".join(map(_unquoted, body))
    whole = "\n".join(chunk.text for chunk in body)
    return unquoted if len(unquoted) >= LEAST_UNQUOTED * len(whole) else whole


def _unquoted(chunk: Chunk) -> str:
    parts, at = [], 0
    for quote in sorted(chunk.quotes, key=lambda quote: quote.start):
        if quote.kind != "indirect" and quote.start >= at:
            parts.append(chunk.text[at : quote.start])
            at = quote.end
    return "".join([*parts, chunk.text[at:]])


def join_objects(wordings: Iterable[str]) -> Mapping[str, str]:
    """Map every wording to the one that stands for all that mean the same.

    That is the most frequent wording of the shortest object among them, the first of those that
    are as frequent.
    """
    counts = Counter(wordings)
    by_words: defaultdict[_Words, list[str]] = defaultdict(list)
    for wording in counts:
        by_words[_words_of(wording)].append(wording)
    home = _find_homes(by_words)
    names = {words: max(found, key=counts.__getitem__) for words, found in by_words.items()}
    return {wording: names[home[words]] for words, found in by_words.items() for wording in found}


def _find_homes(by_words: Mapping[_Words, list[str]]) -> dict[_Words, _Words]:
    """Return for every object the shortest one that it belongs to, itself where there is none."""
    held: defaultdict[_Words, list[_Words]] = defaultdict(list)
    for words in by_words:
        for size in range(1, min(len(words), MOST_HELD + 1)):
            for part in map(frozenset, combinations(sorted(words), size)):
                if part in by_words:
                    held[part].append(words)
    home = {words: words for words in by_words}
    for part in sorted(held, key=lambda one: (-len(one), sorted(one))):
        if len(held[part]) == 1 or any(map(_is_name, by_words[part])):
            # One that belongs already to an object of one word stays there.
            free = [one for one in held[part] if len(home[one]) > 1 or home[one] == one]
            home.update(dict.fromkeys(free, part))
    return {words: _outermost(home, words) for words in home}


def _outermost(home: Mapping[_Words, _Words], words: _Words) -> _Words:
    while home[words] != words:
        words = home[words]
    return words


def _words_of(wording: str) -> _Words:
    """Return the words of an object that count, singular and in lower case."""
    words = _OBJECT_WORD.findall(_GENITIVE.sub("", wording.casefold()))
    kept = [strip_plural(word) for word in words if word not in _SILENT] or words
    return frozenset(kept[:MOST_WORDS])


def _is_name(wording: str) -> bool:
    """Whether the words that count all begin with a capital or a figure."""
    words = _OBJECT_WORD.findall(_GENITIVE.sub("", wording))
    kept = [word for word in words if word.lower() not in _SILENT]
    return bool(kept) and not any(word[0].islower() for word in kept)
