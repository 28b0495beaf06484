"""Which codebook a briefing's stances are of: the analyst's, else the shipped one that fits it.

What a codebook is, and what an analyst may write, is `briefing.codebooks`.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import ahocorasick_rs
from msgspec.structs import replace

from briefing.codebooks import BOOKS, JOINED, Codebook, resolve, shipped
from briefing.english.inflection import add_s
from briefing.english.verb_forms import forms_of
from briefing.model import READ_ROLES, Annotator, Article, BriefingInfo
from briefing.wording import counted

RULES = "rules"
"""The name of the annotator whose stances are of a codebook."""

MEASURES = "measures"
GENERAL = "sides+acts"
"""The books for any question: sides in a dispute, and acts, of which every text has some."""
MEASURED: Final = JOINED.join((MEASURES, GENERAL))
"""The books for a question about measures, which others support, oppose and ask for too."""
FAR_BETWEEN = 700
"""Characters for each cue of MEASURES above which a text is not about measures."""
MOSTLY = 1.5
"""How many times as many cues of MEASURES as of sides a text about measures has."""
READ_TEXTS = 20
READ_CHARACTERS = 20_000
"""How much is read to choose a book: the first texts, and of each its first characters."""


def decide(title: str, question: str | None) -> Codebook | None:
    """Return the book of which the title, else the question, names a stance, or None."""
    for place, text in (("title", title), ("question", question or "")):
        low = text[:READ_CHARACTERS].lower()
        for start, end in find_words(automaton_of(frozenset(_names())), low):
            word = low[start:end]
            return replace(shipped(_names()[word]), reason=f"chosen: the {place} says “{word}”")
    return None


def codebook_in_use(
    info: BriefingInfo, stamps: Iterable[str | None], texts: Iterable[str]
) -> Codebook:
    """Return the codebook that a briefing's stances are to be of.

    The analyst's, else the one that title or question decide, else the shipped one that is first
    among the `stamps` of its articles, else MEASURED if the texts are full of cues of measures,
    else GENERAL. Reads at most READ_TEXTS texts and READ_CHARACTERS of each.
    """
    if info.codebook:
        return resolve(info.codebook)
    decided = decide(info.title, info.question)
    if decided is not None:
        return decided
    fitting = _count(texts)
    names = (stamp.partition("@")[0] for stamp in stamps if stamp)
    kept = next((name for name in names if set(name.split(JOINED)) <= set(BOOKS)), None)
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
    measures = sides = length = holders = 0
    for text in itertools.islice(texts, READ_TEXTS):
        low = text[:READ_CHARACTERS].lower()
        count = _occurrences(MEASURES, low)
        measures, sides = measures + count, sides + _occurrences("sides", low)
        length, holders = length + len(low), holders + (count > 0)
    if measures and measures * FAR_BETWEEN >= length and measures >= MOSTLY * sides:
        found = f"{counted(measures, 'cue')} of measures in {counted(holders, 'article')}"
        return replace(shipped(MEASURED), reason=f"chosen: {found}")
    return replace(shipped(GENERAL), reason="chosen: sides and acts fit any question")


def _occurrences(book: str, low: str) -> int:
    """Count the telling cues of a book in a text in small letters."""
    return sum(1 for _ in find_words(automaton_of(_telling_forms(book)), low))


def find_words(
    automaton: ahocorasick_rs.AhoCorasick, text: str, *, overlapping: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the spans of what an automaton finds in a text as whole words."""
    for _, start, end in automaton.find_matches_as_indexes(text, overlapping=overlapping):
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end


@functools.lru_cache(maxsize=8)
def automaton_of(forms: frozenset[str]) -> ahocorasick_rs.AhoCorasick:
    """Return what finds the longest of the forms at each place of a text in small letters."""
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(sorted(forms), matchkind=kind)


@functools.cache
def _telling_forms(book: str) -> frozenset[str]:
    """Return the forms of a book's cues for opposed stances; *consider* tells no book apart."""
    cues = [cue for one in shipped(book).stances if one.opposite for cue in one.cues]
    return frozenset(form for cue in cues if " ..." not in cue for form in spell_out(cue))


@functools.cache
def _names() -> Mapping[str, str]:
    """Map the forms of the stances' names to the book that they ask for; measures come first."""
    names = {form: GENERAL for name in shipped(GENERAL).names for form in spell_out(name)}
    return names | {form: MEASURED for name in shipped(MEASURES).names for form in spell_out(name)}


def spell_out(cue: str) -> tuple[str, ...]:
    """Return the forms of a cue as they stand in a text, as far as they go without a gap."""
    marker, _, rest = cue.partition(" ")
    rest = rest.partition(" ...")[0]
    if marker == "is":
        return (rest,)
    if marker in ("a", "an"):
        return (rest, add_s(rest))
    first, *others = (rest if marker == "to" else cue.partition(" ...")[0]).split()
    forms = forms_of(first) | {first, add_s(first)}
    return tuple(" ".join((form, *others)) for form in sorted(forms))
