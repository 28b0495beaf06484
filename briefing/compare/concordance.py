"""One utterance in all its versions: what each article cut, changed or joined, word by word.

Versions are the same words (`same_words`), and, of one known speaker, fragments of a longer quote,
quotes that differ in a few words, and other wordings of about the same time. What is told in other
wording shares most of its content; whether it is the same utterance is for a person to judge.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec.structs import replace

from briefing.compare import word_alignment
from briefing.compare.panels import Panels, QuoteRow
from briefing.compare.same_words import connected, count_shared, words
from briefing.english.sentences import split_sentences
from briefing.english.word_classes import AUX, CACHED, CLOSED, PRON, word_flags
from briefing.isodates import days_of
from briefing.model import PublicationDate, Record, Speaker
from briefing.world.person_folding import fold_name

VersionChange = Literal["same", "cut", "changed", "joined", "other wording"]

MOST_TEXTS = 12
"""A content word in more texts of one speaker ties none of them together."""
FEWEST_WORDS = 4
"""The same words of fewer may be a turn of phrase of two utterances."""
SHORTEST = 3
"""A quote of so few words is a fragment of another or no version of it."""
FRAMED = 8
"""Fragments of at most this many words that begin and end alike are versions in changed words."""
CHANGED = 0.6
"""The share of the shorter text's words, and of its content words, that changed words keep."""
REWORDED = 0.6
"""The share of content words that another wording keeps; at least REWORDED_WORDS of them."""
REWORDED_WORDS = 3
FRAGMENT = 4
"""Fragments of at most this many words may be of several utterances, or turns of phrase."""
SAME_TIME = 14
"""Days between the dates of two articles that may retell one utterance in other words."""
_STEM = 5


class Version(Record, frozen=True, kw_only=True):
    """An utterance as one article has it: the rows of its parts in order, and its changes.

    `parts` align it with the base, of which an other wording keeps too little to be aligned.
    """

    rows: tuple[QuoteRow, ...]
    date: PublicationDate | None = None
    changes: tuple[VersionChange, ...] = ()
    parts: tuple[word_alignment.AlignedPart, ...] = ()

    @property
    def text(self) -> str:
        """Its words, parts joined by a blank."""
        return " ".join(row.quote.exact for row in self.rows)


class Concordance(Record, frozen=True, kw_only=True):
    """An utterance in its versions: the longest in marks is the base, the others by date."""

    base: Version
    others: tuple[Version, ...] = ()


def find_concordances(
    panels: Panels, wanted: Callable[[Version], bool] | None = None
) -> tuple[Concordance, ...]:
    """Return the utterances that several articles have, those with most versions first.

    With `wanted`, those with such a version, also in one article only. Linear in the quotes.
    """
    versions = tuple(_versions(panels))
    groups: defaultdict[int, list[Version]] = defaultdict(list)
    for group, version in zip(_group(versions), versions, strict=True):
        groups[group].append(version)
    chosen = [group for group in groups.values() if any(map(wanted or _is_marked, group))]
    if wanted is None:
        chosen = [group for group in chosen if len({one.rows[0].article for one in group}) > 1]
    return tuple(map(_concordance, sorted(chosen, key=len, reverse=True)))


def _is_marked(version: Version) -> bool:
    return version.rows[0].quote.kind != "indirect"


def has_words(text: str) -> Callable[[Version], bool]:
    """Return what says whether a version has these words in a row."""
    run = word_alignment.split_keys(text)
    return lambda version: (
        word_alignment.find_run(run, word_alignment.split_keys(version.text)) >= 0
    )


def _versions(panels: Panels) -> Iterator[Version]:
    """Yield every utterance of every article: in marks where it has marks, else as paraphrased."""
    dates = {source.article: source.date for source in panels.sources}
    utterances: dict[tuple[str, ...], list[QuoteRow]] = {}
    told = (row for row in panels.paraphrases if row.paraphrase == "speech")
    for row in (*panels.quotes, *told):
        name = (row.quote.utterance,) if row.quote.utterance else ("quote", *row.key)
        utterances.setdefault((row.article, *name), []).append(row)
    for rows in utterances.values():
        marked = [row for row in rows if row.quote.kind != "indirect"]
        order = sorted(
            marked or rows,
            key=lambda row: (row.paragraph or 0, len(row.chunk), row.chunk, row.quote.start),
        )
        yield Version(rows=tuple(order), date=dates.get(order[0].article))


class _Text(NamedTuple):
    """A text that a row quotes, the first of the same words; `version` is the number of its own.

    `content` are the beginnings of its content words, none where the speaker is not known.
    """

    row: QuoteRow
    version: int
    date: PublicationDate | None
    keys: tuple[str, ...]
    voice: str | None
    content: frozenset[str]

    @property
    def size(self) -> int:
        """The number of its words."""
        return len(self.keys)


def _group(versions: Sequence[Version]) -> tuple[int, ...]:
    """Return for each version the first one of its utterance."""
    numbers = {row.key: at for at, version in enumerate(versions) for row in version.rows}
    texts, pairs = _distinct_texts(versions)
    for at, version in enumerate(versions):
        also = (key for row in version.rows for key in row.also)
        pairs += [(at, numbers[key]) for key in also if key in numbers]
    near = _near_texts(texts)
    for short, likest in near.items():
        pairs += [
            (texts[short].version, texts[long].version) for score, long in likest if score > 1
        ]
    groups = connected(len(versions), pairs)
    sizes = Counter(groups)
    for short, likest in sorted(near.items(), key=lambda item: -item[1][0][0]):
        homes = {groups[texts[long].version] for _, long in likest}
        own, home = groups[texts[short].version], homes.pop()
        # What is only alike must not tie utterances together that have versions already.
        if not homes and min(sizes[own], sizes[home]) == 1:
            pairs.append((own, home))
            sizes.update((own, home))
    return connected(len(versions), pairs)


def _distinct_texts(versions: Sequence[Version]) -> tuple[list[_Text], list[tuple[int, int]]]:
    """Return the texts that differ in more than marks, and the versions that do not."""
    first: dict[tuple[str, ...], dict[str | None, int]] = {}
    texts: list[_Text] = []
    pairs = []
    for number, version in enumerate(versions):
        for row in version.rows:
            keys, voice = word_alignment.split_keys(row.quote.exact), _voice(row.quote.speaker)
            known = first.setdefault(keys, {})
            twin = known.get(voice, known.get(None))
            if twin is not None and len(keys) >= FEWEST_WORDS:
                pairs.append((twin, number))
            elif keys:
                known[voice] = number
                content = _content(keys) if voice else frozenset()
                texts.append(_Text(row, number, version.date, keys, voice, content))
    frequent = Counter(stem for text in texts for stem in text.content)
    common = {stem for stem, count in frequent.items() if count > max(4, len(texts) // 20)}
    return [text._replace(content=text.content - common) for text in texts], pairs


def _voice(speaker: Speaker | None) -> str | None:
    """Return what tells a speaker from others: the surname of a person, the words for an office."""
    if speaker is None or speaker.type == "anonymous":
        return None
    name = speaker.name or speaker.mention or speaker.role or ""
    return _surname(name) if speaker.type == "named" else " ".join(("the", *words(name)))


@functools.lru_cache(maxsize=CACHED)
def _surname(name: str) -> str | None:
    return " ".join(fold_name(name).key.split()[-1:]) or None


def _content(keys: Sequence[str]) -> frozenset[str]:
    large = set(keys) - _small_words()
    return frozenset(key[:_STEM] for key in large if len(key) > SHORTEST)


@functools.cache
def _small_words() -> frozenset[str]:
    """Return the words without content, also contracted ones, whose apostrophe is left out."""
    closed = {word: flag for word, flag in word_flags().items() if flag & CLOSED}
    denied = {f"{word.removesuffix('n')}nt" for word, flag in closed.items() if flag & AUX}
    pronouns = [word for word, flag in closed.items() if flag & PRON]
    bound = {word + end for word in pronouns for end in ("re", "ve", "ll", "d")}
    return frozenset(closed) | denied | bound | {"wo" + "nt"}


def _near_texts(texts: Sequence[_Text]) -> dict[int, list[tuple[float, int]]]:
    """Map each text to the texts of its speaker, not shorter, that are most like it, by number."""
    near: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    said = [frozenset((text.voice or "", stem) for stem in text.content) for text in texts]
    for (one, other), shared in count_shared(said, MOST_TEXTS).items():
        short, long = (one, other) if texts[one].size <= texts[other].size else (other, one)
        # One word in common makes no version, but of fragments that begin and end alike.
        if shared == 1 and texts[short].size > FRAMED:
            continue
        if texts[short].row.article != texts[long].row.article:
            score = _likeness(texts[short], texts[long], shared)
            best = near[short][0][0] if short in near else 0
            if score > best:
                near[short] = [(score, long)]
            elif score and score == best:
                near[short].append((score, long))
    return near


def _likeness(short: _Text, long: _Text, shared: int) -> float:
    """Return how much two texts are alike, from 0; more than 1 where one surely holds the other.

    Fragments of few words may be of several utterances and are only alike.
    """
    is_marked = "indirect" not in (short.row.quote.kind, long.row.quote.kind)
    if is_marked and shared > 1 and word_alignment.find_run(short.keys, long.keys) >= 0:
        if short.size > FRAGMENT:
            return 2
        return 0 if _same_time(short.date, long.date) is False else 1
    content = shared / min(len(short.content), len(long.content))
    if is_marked and short.size > SHORTEST:
        ends, others = ({text.keys[0], text.keys[-1]} for text in (short, long))
        is_framed = short.size <= FRAMED and ends == others and bool(ends - _small_words())
        least = CHANGED - 0.1 * is_framed
        if content >= least and (shared > 1 or is_framed):
            score = _kept_share(short, long, least)
            if score >= least:
                return score * 0.99
    is_reworded = shared >= REWORDED_WORDS and content >= REWORDED
    return content / 2 if is_reworded and _same_time(short.date, long.date) else 0


def _kept_share(short: _Text, long: _Text, least: float) -> float:
    """Return the share of a text's words that another has in their order, 0 if surely too few."""
    # What two texts have in common in any order bounds what they have in one, at less cost.
    if len(set(short.keys).intersection(long.keys)) < least * len(set(short.keys)):
        return 0
    return _kept(word_alignment.match_words(long.keys, short.keys)) / short.size


def _kept(pairs: Sequence[word_alignment.SharedRun]) -> int:
    return sum(pair.size for pair in pairs)


def _same_time(one: PublicationDate | None, other: PublicationDate | None) -> bool | None:
    """Whether two dates are near each other, None where one is unknown."""
    days, others = (days_of(date.value) if date else None for date in (one, other))
    if days is None or others is None:
        return None
    return (max(days[0], others[0]) - min(days[1], others[1])).days <= SAME_TIME


def _concordance(versions: Sequence[Version]) -> Concordance:
    base = max(versions, key=lambda one: (_is_marked(one), len(one.text.split())))
    others = [version for version in versions if version is not base]
    others.sort(key=lambda version: version.date.value if version.date else "9")
    worded = word_alignment.read_words_of(base.text)
    return Concordance(
        base=base, others=tuple(_aligned(base, worded, version) for version in others)
    )


def _aligned(base: Version, whole: word_alignment.WordedText, version: Version) -> Version:
    own = word_alignment.read_words_of(version.text)
    pairs = word_alignment.match_words(whole.keys, own.keys)
    fewest = (CHANGED - 0.1) * min(len(whole.words), len(own.words))
    if not (_is_marked(base) and _is_marked(version)) or _kept(pairs) < fewest:
        return replace(version, changes=("other wording",))
    parts = word_alignment.align(whole, own, pairs)
    kinds = [part.kind for part in parts]
    changes: list[VersionChange] = []
    if ("cut", "kept") in pairwise((*kinds, "kept")):
        changes.append("cut")
    if "added" in kinds:
        changes.append("changed")
    if _joins(pairs, whole, own):
        changes.append("joined")
    return replace(version, changes=tuple(changes or ["same"]), parts=parts)


def _joins(
    pairs: Sequence[word_alignment.SharedRun],
    base: word_alignment.WordedText,
    version: word_alignment.WordedText,
) -> bool:
    """Whether words of two sentences of the base stand next to each other in one of the version."""
    theirs, mine = _sentence_numbers(base), _sentence_numbers(version)
    kept = [
        (theirs[pair.one + at], mine[pair.other + at]) for pair in pairs for at in range(pair.size)
    ]
    return any(one != after and own == next_own for (one, own), (after, next_own) in pairwise(kept))


def _sentence_numbers(worded: word_alignment.WordedText) -> list[int]:
    starts = [start for start, _ in split_sentences(worded.text)]
    return [bisect_right(starts, word.start) for word in worded.words]
