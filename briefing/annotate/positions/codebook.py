"""Which codebook a briefing's stances are of: the analyst's, else the shipped one that fits it.

What a codebook is, and what an analyst may write, is `briefing.codebooks`.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import ahocorasick_rs
from msgspec.structs import replace

from briefing.codebooks import BOOKS, Codebook, Stance, resolve, shipped
from briefing.english.inflection import add_s, verb_forms
from briefing.english.lexicon import read_lexicon
from briefing.model import READ_ROLES, Annotator, Article, BriefingInfo
from briefing.wording import counted

__all__ = ["BOOKS", "Codebook", "Stance", "choose", "codebook_in_use", "resolve", "shipped"]

RULES = "rules"
"""The name of the annotator whose stances are of a codebook."""

DEFAULT = "acts"
SPECIAL = ("sides", "measures")
"""The books for a question of a kind of its own; acts are in every text."""
FAR_BETWEEN = 1_200
"""Characters for each cue above which a text is not on such a question."""
READ_TEXTS = 20
READ_CHARACTERS = 20_000
"""How much is read to choose a book: the first texts, and of each its first characters."""


def choose(title: str, question: str | None, texts: Iterable[str]) -> Codebook:
    """Return the shipped book that fits a briefing best, with the reason for a person.

    A word of the title or question decides; else how often each book's cues stand in the texts;
    else it is `acts`. Reads at most READ_TEXTS texts and READ_CHARACTERS of each.
    """
    return decide(title, question) or _count(texts)


def decide(title: str, question: str | None) -> Codebook | None:
    """Return the book that a word of the title or question asks for, or None.

    It is the first word that is a stance or a telling cue of one of the SPECIAL books, else one
    that is a stance of another book.
    """
    places = (("title", title), ("question", question or ""))
    for table in (_telling(), _act_names()):
        for place, text in places:
            low = text[:READ_CHARACTERS].lower()
            for start, end in find_words(_automaton(frozenset(table)), low):
                word = low[start:end]
                return replace(shipped(table[word]), reason=f"chosen: the {place} says “{word}”")
    return None


def codebook_in_use(
    info: BriefingInfo, stamps: Iterable[str | None], texts: Iterable[str]
) -> Codebook:
    """Return the codebook that a briefing's stances are to be of.

    The analyst's, else the one that title or question decide, else the shipped one that is first
    among the `stamps` of its articles, else the one that its texts choose.
    """
    if info.codebook:
        return resolve(info.codebook)
    decided = decide(info.title, info.question)
    if decided is not None:
        return decided
    fitting = _count(texts)
    names = (stamp.partition("@")[0] for stamp in stamps if stamp)
    kept = next((name for name in names if name in BOOKS), None)
    if kept is None or kept == fitting.shipped_name:
        return fitting
    return replace(shipped(kept), reason="chosen when its articles were annotated")


def codebook_for(info: BriefingInfo, articles: Sequence[Article]) -> Codebook:
    """Return the codebook that the stances of a briefing's articles, by id, are to be of."""
    stamps = (one.annotator.codebook for one in articles if one.annotator)
    return codebook_in_use(info, stamps, map(readable_text, articles))


def is_older(annotator: Annotator | None, digest: str) -> bool:
    """Whether the stances that the rules made are of another codebook than that of the digest."""
    if annotator is None or annotator.name != RULES:
        return False
    return (annotator.codebook or "").rpartition("@")[2] != digest


def readable_text(article: Article) -> str:
    """Return the text of an article by which a codebook is chosen."""
    return "\n".join(chunk.text for chunk in article.chunks if chunk.role in READ_ROLES)


def _count(texts: Iterable[str]) -> Codebook:
    found = dict.fromkeys(SPECIAL, 0)
    holders = dict.fromkeys(SPECIAL, 0)
    length = 0
    for text in itertools.islice(texts, READ_TEXTS):
        low = text[:READ_CHARACTERS].lower()
        length += len(low)
        for book in SPECIAL:
            count = _occurrences(book, low)
            found[book] += count
            holders[book] += count > 0
    best = max(SPECIAL, key=lambda book: found[book])
    if not found[best] or found[best] * FAR_BETWEEN < length:
        return replace(shipped(DEFAULT), reason="chosen: its acts fit any question")
    articles = counted(holders[best], "article")
    return replace(shipped(best), reason=f"chosen: {found[best]} of its cues in {articles}")


def _occurrences(book: str, low: str) -> int:
    """Count what tells a book in a text in small letters."""
    return sum(1 for _ in find_words(_automaton(_telling_forms(book)), low))


@functools.cache
def _telling_forms(book: str) -> frozenset[str]:
    return frozenset(form for form, owner in _telling().items() if owner == book)


def find_words(
    automaton: ahocorasick_rs.AhoCorasick, text: str, *, overlapping: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the spans of what an automaton finds in a text as whole words."""
    for _, start, end in automaton.find_matches_as_indexes(text, overlapping=overlapping):
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end


@functools.lru_cache(maxsize=8)
def _automaton(forms: frozenset[str]) -> ahocorasick_rs.AhoCorasick:
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(sorted(forms), matchkind=kind)


@functools.cache
def _telling() -> Mapping[str, str]:
    """Map the words that ask for a SPECIAL book to it.

    These are the names of its stances and the cues of those with an opposite, but for cues with a
    gap and those listed as common words; words such as *consider* tell no book apart.
    """
    told: dict[str, str] = {}
    for book in SPECIAL:
        sections = read_lexicon("annotate/positions", f"books/{book}")
        cues = [cue for one in shipped(book).stances if one.opposite for cue in one.cues]
        entries = (*shipped(book).names, *(cue for cue in cues if " ..." not in cue))
        forms = {form for entry in entries for form in spell_out(entry)}
        forms |= set(sections.get("asked for by", ()))
        for form in sorted(forms.difference(sections.get("common words", ()))):
            told.setdefault(form, book)
    return told


@functools.cache
def _act_names() -> Mapping[str, str]:
    return {form: DEFAULT for name in shipped(DEFAULT).names for form in spell_out(name)}


def spell_out(cue: str) -> tuple[str, ...]:
    """Return the forms of a cue as they stand in a text, as far as they go without a gap."""
    marker, _, rest = cue.partition(" ")
    rest = rest.partition(" ...")[0]
    if marker == "is":
        return (rest,)
    if marker in ("a", "an"):
        return (rest, add_s(rest))
    first, *others = (rest if marker == "to" else cue.partition(" ...")[0]).split()
    forms = {*verb_forms(first), *_doubled(first), *(() if marker == "to" else (add_s(first),))}
    return tuple(" ".join((form, *others)) for form in sorted(forms))


def _doubled(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb that may double its last letter: scrapped, scrapping."""
    if len(verb) < len("cap") or "/" in verb or verb[-1] in "aeiouwxy":
        return ()
    return verb + verb[-1] + "ed", verb + verb[-1] + "ing"
