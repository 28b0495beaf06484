"""Which reported words say too little to be shown alone: a time, a pronoun, `the matter`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.annotate.quotes.indirect.reported import MIN_WORDS
from briefing.english import word_classes as wc
from briefing.english.phrases import Phrases

_EMPTY: Final = (
    wc.DET | wc.POSS | wc.PRON | wc.PREP | wc.CONJ | wc.SUB | wc.REL | wc.AUX | wc.TIME | wc.ADV
)
"""Classes of words that say nothing by themselves."""
_POINTS_BACK: Final = frozenset(("the", "this", "that", "these", "those", "such", "it", "them"))
_NO_ANSWER: Final = frozenset(("comment", "identified", "named", "interviewed"))
"""What somebody declines, who then says nothing: `declined to comment`, `asked not to be named`."""
DECLINING: Final = frozenset(("decline", "refuse"))
WITHHELD: Final = frozenset(
    ("say", "comment", "reveal", "disclose", "tell", "elaborate", "specify", "answer", "discuss")
)
"""What somebody declines to do who then says nothing: `declined to say whether`."""
_REFUSES: Final = frozenset(("decline", "refuse", "respond", "ask", "reply", "request", "offer"))
_DANGLING: Final = frozenset(("of", "to", "for", "from", "with", "by", "at", "as", "than"))
_WHERE: Final = frozenset(("in", "at", "on", "back", "during", "since", "after", "before"))


def says_little(
    phrases: Phrases, spans: Sequence[tuple[int, int]], *, is_stance: bool = False
) -> bool:
    """Whether reported words are only a time or place, a pronoun, or a noun that points back.

    `in recent days`, `that day`, `it otherwise`, `the matter`, `with the operators last week`; a
    name or an indefinite noun (`a vote`) says something, a clause or an infinitive always does,
    and so does any noun of what somebody is for or against (`the ban`).
    """
    tokens = [at for first, end in spans for at in range(first, end) if phrases.flags[at] & wc.WORD]
    content = [at for at in tokens if _is_content(phrases, at)]
    if len(tokens) >= MIN_WORDS and any(_is_verb(phrases, at) for at in tokens):
        return False
    is_asked = all(phrases.lower[at] in _NO_ANSWER for at in content)
    if is_asked or phrases.lower[tokens[-1]] in _DANGLING:
        return True
    is_named = any(phrases.names[at] >= 0 for at in content)
    first = tokens[0]
    if phrases.lower[first] in _WHERE:
        all_named = all(phrases.names[at] >= 0 for at in content)
        return all_named or bool(phrases.flags[tokens[-1]] & wc.TIME)
    if is_stance or is_named or len(content) > 1 or _is_verb(phrases, content[0]):
        return False
    opening = first + bool(phrases.flags[first] & wc.PREP)
    return bool(phrases.flags[opening] & wc.POSS) or phrases.lower[opening] in _POINTS_BACK


def says_nothing(phrases: Phrases, lemma: str, span: tuple[int, int]) -> bool:
    """Whether a verb with its complement only tells that somebody did not speak."""
    first, end = span
    words = phrases.lower[first:end]
    if lemma in DECLINING and words[:1] == ("to",) and not WITHHELD.isdisjoint(words[1:2]):
        return True
    return lemma in _REFUSES and not _NO_ANSWER.isdisjoint(words)


def _is_content(phrases: Phrases, at: int) -> bool:
    if phrases.names[at] >= 0 and not phrases.flags[at] & wc.TIME:
        return True
    return not phrases.flags[at] & _EMPTY and not phrases.lower[at].isdigit()


def _is_verb(phrases: Phrases, at: int) -> bool:
    """Whether a word is a verb, by its class or by the `to` before it."""
    if phrases.names[at] >= 0:
        return False
    return bool(phrases.flags[at] & (wc.VERB | wc.CUE | wc.AUX)) or (
        at > 0 and phrases.lower[at - 1] == "to"
    )
