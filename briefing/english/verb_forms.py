"""Which words can be forms of a verb: its lemma, and what the form can be."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from briefing.english.inflection import double_last, inflect
from briefing.english.lexicon import read_lexicon, read_words

BASE: Final = 1
THIRD: Final = 2
PAST: Final = 4
PARTICIPLE: Final = 8
ING: Final = 16
NOUN_TOO: Final = 32
"""The form is a noun more often than a verb."""

VERBS_OF_SPEECH: Final = ("say", "tag", "hearer", "clause", "think", "act")
"""The lists of verbs among the cues."""
_BITS: Final = (BASE, THIRD, PAST, PARTICIPLE, ING)
_DROPS_E: Final = (
    "at",
    "iz",
    "ul",
    "v",
    "c",
    "u",
    "us",
    "bl",
    "pl",
    "tl",
    "dl",
    "gl",
    "fl",
    "kl",
    "rg",
)
"""How a stem ends that has lost an e before -ed and -ing: `circulated`, `coupled`."""
_KEEPS_DOUBLE: Final = ("ll", "ss", "ff", "zz")
_HAVE: Final = frozenset(("have", "has", "had", "having"))
"""An auxiliary, which the table of verbs leaves out."""


class WordAsVerb(NamedTuple):
    """A word as a form of a verb: the lemma, and all forms it can be, or-ed."""

    lemma: str
    forms: int


def all_forms(entry: str, *, doubles: bool = False) -> tuple[str, str, str, str, str]:
    """Return base form, third person, past, participle and -ing form of a listed verb.

    `entry` is a base form, or forms joined by slashes; of four, past and participle are one.
    """
    parts = entry.split("/")
    if len(parts) == 5:
        base, third, past, participle, ing = parts
        return base, third, past, participle, ing
    if len(parts) == 4:
        base, third, past, ing = parts
    else:
        base, third, past, ing = double_last(entry) if doubles else inflect(entry)
    return base, third, past, past, ing


@functools.cache
def verb_table() -> MappingProxyType[str, WordAsVerb]:
    """Map every form of every listed verb, those of speech included, to what it can be."""
    table: dict[str, WordAsVerb] = {}
    _add_forms(table, "verbs", ("irregular", "doubling", "regular"))
    nouns = read_words("english", "verbs", "noun_too")
    nouns |= read_words("english", "cues", "noun") - table.keys()
    _add_forms(table, "cues", VERBS_OF_SPEECH)
    for form in nouns & table.keys():
        table[form] = WordAsVerb(table[form].lemma, table[form].forms | NOUN_TOO)
    return MappingProxyType(table)


def _add_forms(table: dict[str, WordAsVerb], name: str, sections: Sequence[str]) -> None:
    """Add each form of each verb in sections of a lexicon; the first lemma of a form stays."""
    lexicon = read_lexicon("english", name)
    for section in sections:
        for entry in lexicon[section]:
            forms = all_forms(entry, doubles=section == "doubling")
            for bit, form in zip(_BITS, forms, strict=True):
                known = table.setdefault(form, WordAsVerb(forms[0], bit))
                if known.lemma == forms[0]:
                    table[form] = WordAsVerb(known.lemma, known.forms | bit)


@functools.cache
def _forms_by_lemma() -> MappingProxyType[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for form, known in verb_table().items():
        forms.setdefault(known.lemma, set()).add(form)
    return MappingProxyType({lemma: frozenset(row) for lemma, row in forms.items()})


def forms_of(lemma: str) -> frozenset[str]:
    """Return every form of a verb; of an unlisted one, those with a doubled consonant too."""
    known = _HAVE if lemma == "have" else _forms_by_lemma().get(lemma)
    if known is not None:
        return known
    return frozenset(all_forms(lemma) + all_forms(lemma, doubles=lemma[-1:].isalpha()))


@functools.lru_cache(maxsize=1 << 14)
def verb_form(word: str) -> WordAsVerb | None:
    """Return what a lower-case word can be as a verb, or None; -ed and -ing are understood."""
    known = verb_table().get(word)
    if known is not None or word in read_words("english", "verbs", "adjective"):
        return known
    if word.startswith("re-") and len(word) > 5:
        again = verb_form(word[3:])
        return again and WordAsVerb("re-" + again.lemma, again.forms)
    if "-" in word or (word.startswith("un") and not word.startswith("under")):
        return None  # unlisted, self-contained: no verbs
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
        return WordAsVerb(_stem(word[:-2]), PAST | PARTICIPLE)
    if len(word) > 6 and word.endswith("ing"):
        return WordAsVerb(_stem(word[:-3]), ING | NOUN_TOO)
    return None


def _stem(stem: str) -> str:
    """Return the likely base form of a verb without its ending."""
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if stem.endswith(_DROPS_E):
        return stem + "e"
    if stem[-1:] == stem[-2:-1] and not stem.endswith(_KEEPS_DOUBLE) and stem[-1:].isalpha():
        return stem[:-1]
    return stem
