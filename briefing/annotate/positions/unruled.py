"""Sentences that an analyst may want to rule on: a matter and a country without a position yet.

Marked positions are for precision; this list is for recall. It ranks what a careful reader would
look at next and is cut by rank. No stance is guessed here.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from msgspec.structs import replace

from briefing.english.inflection import strip_plural
from briefing.english.lexicon import read_lexicon, read_words
from briefing.english.sentences import split_sentences
from briefing.english.spans import starting_within
from briefing.english.verb_forms import all_forms
from briefing.english.verbs import cue_verbs
from briefing.model import Article, Chunk, Record
from briefing.world.languages import languages_of_chunks
from briefing.world.name_kinds import ACTING, CITIES, kind_of

Spot = Callable[[str], Sequence[int]]
"""Lists where words stand in a text that may open a cue of the codebook."""
_T = TypeVar("_T")
_BySentence = Mapping[int, Mapping[_T, None]]
Topic = Mapping[str, float]
"""The nouns that a briefing is about, singular and in lower case, with weights up to 1."""

LISTED_ROLES: Final = frozenset({"body", "standfirst"})
SHARE: Final = 0.35
"""The share of the body's sentences that is listed at most, over a briefing."""
ANALYST: Final = "analyst"
TOPIC_WORDS: Final = 12
LONGEST_SENTENCE: Final = 250
"""Words beyond which a text is no sentence, but a list or junk, and is not listed."""
REACH: Final = 9
"""The most words from a country to the cue or attitude that counts as near."""
LEAD: Final = 8
"""The first words of a sentence, among which a pronoun or an office takes up who acted before."""

MOST_SPANNED: Final = 50
"""The most sentences of a quote or a position that are looked at."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]")
_NOUN = re.compile(r"[^\W\d_]{3,}")
_DATELINE = re.compile(r"\s*[^.!?\n]{0,40}?\s[-–—]\s|(?:[,/(][^.!?\n]{1,40}?)?:\s")
_OUTSIDE: Final = read_words("annotate/positions", "ruling", "outside")
_AT: Final = read_words("annotate/positions", "ruling", "at")
_ANAPHORS: Final = read_words("annotate/positions", "ruling", "anaphor")
_OFFICES: Final = read_words("english", "people", "official", "spokesperson", "institution")


class Unruled(Record, frozen=True, kw_only=True):
    """A sentence without a ruling, and the countries that may act in it and have no position.

    `text[start:end] == exact`; countries that stand like a subject come first.
    """

    article: str
    chunk: str
    start: int
    end: int
    exact: str
    countries: tuple[str, ...]


class _Ranked(NamedTuple):
    weight: float
    sentence: Unruled


class _Actors(NamedTuple):
    """The countries of a sentence: like a subject, named at all, and of those who speak in it."""

    subjects: dict[str, int]
    named: dict[str, None]
    voices: Mapping[str, None]

    def without(self, done: Mapping[str | None, None]) -> _Actors:
        """Return the actors that have no position yet."""
        return _Actors(
            {code: at for code, at in self.subjects.items() if code not in done},
            {code: None for code in self.named if code not in done},
            {code: None for code in self.voices if code not in done},
        )


def list_unruled(articles: Sequence[Article], spot: Spot, words: str = "") -> tuple[Unruled, ...]:
    """Return the sentences of a briefing to rule on, the likeliest first, at most `SHARE` of all.

    `articles` come newest first; `words` are title and question, whose nouns are its objects. What
    is not in English is left out.
    """
    articles = [_in_english(article) for article in articles]
    topic = find_topic(articles, words)
    rarity = _rarity(articles, spot)
    ranked: list[tuple[float, int, Unruled]] = []
    total = 0
    for number, article in enumerate(articles):
        newness = 0.25 * (1 - number / len(articles))
        total += sum(
            len(split_sentences(chunk.text)) for chunk in article.chunks if chunk.role == "body"
        )
        for weight, sentence in _rank_article(article, spot, topic, rarity):
            ranked.append((-weight - newness, len(ranked), sentence))
    ranked.sort(key=lambda one: one[:2])
    return tuple(sentence for _, _, sentence in ranked[: int(SHARE * total)])


def _in_english(article: Article) -> Article:
    others = languages_of_chunks(article.chunks, article.language)
    if not others:
        return article
    kept = tuple(chunk for chunk in article.chunks if chunk.id not in others)
    return replace(article, chunks=kept)


def _rarity(articles: Sequence[Article], spot: Spot) -> float:
    """Return the share of passages without a cue: where most have one, a cue says little."""
    texts = [one.text for each in articles for one in each.chunks if one.role in LISTED_ROLES]
    return 1 - sum(bool(spot(text)) for text in texts) / max(1, len(texts))


def find_topic(articles: Sequence[Article], words: str = "") -> Topic:
    """Weigh the nouns that most articles and passages have, and those of `words` in full."""
    in_articles: Counter[str] = Counter()
    in_chunks: Counter[str] = Counter()
    names: set[str] = set()
    for article in articles:
        found: set[str] = set()
        for chunk in article.chunks:
            if chunk.role in LISTED_ROLES or chunk.role == "heading":
                here = set(_NOUN.findall(chunk.text.lower()))
                in_chunks.update(here)
                found |= here
                names |= {chunk.text[one.start : one.end].lower() for one in chunk.mentions}
        in_articles.update(found)
    skipped = names | _function_words()
    least = max(2, len(articles) // 5)
    weighed: Counter[str] = Counter()
    for word, count in in_articles.items():
        if count >= least and word not in skipped:
            weighed[strip_plural(word)] += in_chunks[word] * count
    best = sorted(weighed.items(), key=lambda one: (-one[1], one[0]))[:TOPIC_WORDS]
    asked = set(_NOUN.findall(words.lower())) & in_articles.keys() - skipped
    return {noun: weight / best[0][1] for noun, weight in best} | dict.fromkeys(
        map(strip_plural, asked), 1.0
    )


@functools.cache
def _function_words() -> frozenset[str]:
    people = read_words("english", "people") | read_words("english", "given_names")
    plain = read_words("english", "grammar") | read_words("annotate/positions", "ruling", "common")
    return frozenset(word.lower() for word in people | plain) | cue_verbs().keys() | _attitudes()


@functools.cache
def _attitudes() -> frozenset[str]:
    sections = read_lexicon("annotate/positions", "ruling")
    verbs = (form for entry in sections["verb"] for form in all_forms(entry))
    return frozenset((*verbs, *sections["other"]))


def _rank_article(article: Article, spot: Spot, topic: Topic, rarity: float) -> Iterator[_Ranked]:
    """Yield the sentences that may be ruled on in the order of the text, with their weights."""
    chunks = [chunk for chunk in article.chunks if chunk.role in LISTED_ROLES]
    total = sum(len(split_sentences(chunk.text)) for chunk in chunks)
    number = 0
    before: tuple[str, ...] = ()
    for chunk in chunks:
        spots = spot(chunk.text)
        sentences = split_sentences(chunk.text)
        settled = _settled(chunk, sentences)
        voices = _voices(chunk, sentences)
        dateline = _dateline_end(chunk)
        for inner, (start, end) in enumerate(sentences):
            place = 1 / (1 + number) ** 0.5 - 0.75 * number / total
            number += 1
            words = list(_WORD.finditer(chunk.text, start, end))
            low = [match.group().lower() for match in words]
            actors = _find_actors(
                chunk, (max(start, dateline), end), words, low, voices.get(inner, {})
            )
            carried = before if _takes_up(low, actors) else ()
            before = (*actors.subjects, *actors.voices) or before
            done = settled.get(inner, {})
            countries = (*actors.subjects, *actors.voices, *actors.named, *carried)
            if done:
                actors = actors.without(done)
                countries = (*actors.subjects, *actors.voices)
            if not countries or len(words) > LONGEST_SENTENCE or None in done:
                continue
            has_cue = bisect_left(spots, start) < bisect_left(spots, end)
            weight = _weigh(low, actors, topic, rarity if has_cue else None)
            if weight is not None:
                yield _Ranked(
                    weight + place,
                    Unruled(
                        article=article.id,
                        chunk=chunk.id,
                        start=start,
                        end=end,
                        exact=chunk.text[start:end],
                        countries=tuple(dict.fromkeys(countries)),
                    ),
                )


def _weigh(low: Sequence[str], actors: _Actors, topic: Topic, rarity: float | None) -> float | None:
    """Return how likely a sentence shows a position, or None where it has no matter.

    `rarity` is that of cues, None without one. Near is an attitude soon after a country's name.
    """
    attitudes = [at for at, word in enumerate(low) if word in _attitudes()]
    objects = sorted((topic.get(word, 0.0) for word in set(map(strip_plural, low))), reverse=True)
    if not (attitudes or rarity is not None or objects[0]):
        return None
    near = any(0 < act - at <= REACH for act in attitudes for at in actors.subjects.values())
    return (
        0.5 * sum(objects[:4])
        + 0.75 * min(len(actors.subjects), 3)
        + 0.75 * max(0, min(len(actors.named) - 2, 4))
        + 1.0 * bool(actors.voices)
        + 0.75 * min(len({low[at] for at in attitudes}), 3)
        + 0.5 * near
        + 0.5 * (rarity or 0.0)
        - 0.5 * (not actors.named)
    )


def _find_actors(
    chunk: Chunk,
    span: tuple[int, int],
    words: Sequence[re.Match[str]],
    low: Sequence[str],
    voices: Mapping[str, None],
) -> _Actors:
    """Find the countries of a sentence that may act in it; cities that are places do not."""
    start, end = span
    subjects: dict[str, int] = {}
    named: dict[str, None] = {}
    for mention in starting_within(chunk.mentions, start, end):
        kind = kind_of(mention.rule)
        at = bisect_left(words, mention.start, key=re.Match.start)
        behind = low[at - 1] if at else ""
        if behind == "the" and at > 1:
            behind = low[at - 2]
        if kind not in ACTING or (kind in CITIES and behind in _AT):
            continue
        named[mention.code] = None
        if behind not in _OUTSIDE:
            subjects.setdefault(mention.code, at)
    return _Actors(subjects, named, voices)


def _takes_up(low: Sequence[str], actors: _Actors) -> bool:
    """Whether a sentence goes on about who acted in the one before: it, Mr Roe, the minister."""
    lead = set(low[:LEAD])
    return not actors.subjects and not (lead.isdisjoint(_ANAPHORS) and lead.isdisjoint(_OFFICES))


def _dateline_end(chunk: Chunk) -> int:
    """Return where the dateline ends that a chunk opens with, else 0."""
    first = chunk.mentions[0] if chunk.mentions else None
    if first is None or chunk.text[: first.start].strip() or kind_of(first.rule) not in CITIES:
        return 0
    match = _DATELINE.match(chunk.text, first.end)
    return match.end() if match else 0


def _settled(chunk: Chunk, sentences: Sequence[tuple[int, int]]) -> _BySentence[str | None]:
    """Return the countries with a position in a sentence, by its number; None is for a ruling."""
    spans: list[tuple[int, int, str | None]] = [
        (one.start, one.end, None if one.rule == ANALYST else one.country)
        for one in chunk.positions
    ]
    return _by_sentence(
        [*spans, *((one.start, one.end, None) for one in chunk.dismissed)], sentences
    )


def _voices(chunk: Chunk, sentences: Sequence[tuple[int, int]]) -> _BySentence[str]:
    """Return the countries whose people speak in a sentence, by its number."""
    spoken = ((one, one.speaker.country) for one in chunk.quotes if one.speaker)
    spans = ((one.start, one.end, country) for one, country in spoken if country)
    return _by_sentence(spans, sentences)


def _by_sentence(
    spans: Iterable[tuple[int, int, _T]], sentences: Sequence[tuple[int, int]]
) -> _BySentence[_T]:
    """Return what spans stand for by the number of each sentence that they reach into, in order."""
    ends = [end for _, end in sentences]
    found: defaultdict[int, dict[_T, None]] = defaultdict(dict)
    for start, end, value in spans:
        first = bisect_right(ends, start)
        for number in range(first, min(bisect_left(sentences, (end,)), first + MOST_SPANNED)):
            found[number][value] = None
    return found
