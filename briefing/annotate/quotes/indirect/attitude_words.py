"""The words for what somebody says, wants or thinks, and the complements each may take."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from briefing.english.inflection import add_s
from briefing.english.lexicon import read_lexicon
from briefing.english.verb_forms import forms_of
from briefing.english.verbs import claim_nouns

_ROOM: Final = "annotate/quotes/indirect"


class AttitudeWords(NamedTuple):
    """Verbs by lemma, nouns and adjectives by form, each with the words its object opens with.

    Of a verb an empty word stands for any object, `clause` for a clause or an infinitive.
    """

    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    adjectives: Mapping[str, frozenset[str]]
    passives: Mapping[str, frozenset[str]]


_FIELDS: Final = {
    **dict.fromkeys(("stance", "object", "clause"), "verbs"),
    **dict.fromkeys(("noun", "claim"), "nouns"),
    "adjective": "adjectives",
    "passive": "passives",
}
"""The field of each section of the lexicon."""


@functools.cache
def attitude_words() -> AttitudeWords:
    """Return the words of the lexicon."""
    found: dict[str, dict[str, set[str]]] = {field: {} for field in AttitudeWords._fields}
    entries = [
        (section, entry)
        for section, rows in read_lexicon(_ROOM, "attitudes").items()
        for entry in rows
    ]
    cues = read_lexicon("english", "cues")
    verbs = (entry for entry in (*cues["clause"], *cues["think"]) if " " not in entry)
    entries += [("clause", entry) for entry in verbs]
    entries += [("claim", f"{noun} that") for noun in claim_nouns()]
    for section, entry in entries:
        head, _, leads = entry.partition(" ")
        head = head.partition("/")[0]
        for word in (head, add_s(head)) if section == "noun" else (head,):
            row = found[_FIELDS[section]].setdefault(word, set())
            row.add("clause" if section == "clause" else leads)
    return AttitudeWords(
        *({word: frozenset(row) for word, row in one.items()} for one in found.values())
    )


@functools.cache
def _telling() -> Mapping[str, frozenset[str] | None]:
    """Map each word that may express an attitude to those it does before, None for any."""
    words = attitude_words()
    found: dict[str, frozenset[str] | None] = {
        word: words.nouns.get(word, frozenset()) | words.adjectives.get(word, frozenset())
        for word in words.nouns.keys() | words.adjectives.keys()
    }
    lemmas = (*words.verbs, "seem", "appear")
    return found | dict.fromkeys(form for lemma in lemmas for form in forms_of(lemma))


def find_telling(words: Sequence[str]) -> list[int]:
    """Return the places of those among words in lower case that may express an attitude."""
    telling, behind = _telling(), (*words[1:], "")
    return [
        at
        for at, word in enumerate(words)
        if word in telling and ((leads := telling[word]) is None or behind[at] in leads)
    ]


@functools.cache
def stances() -> frozenset[str]:
    """Return the verbs that say what somebody is for or against."""
    return frozenset(
        entry.partition(" ")[0].partition("/")[0]
        for entry in read_lexicon(_ROOM, "attitudes")["stance"]
    )
