"""Which words can be forms of a verb: its lemma, and what the form can be."""

from __future__ import annotations

import functools
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


class VerbForm(NamedTuple):
    """A word as a form of a verb: the lemma, and all forms it can be, or-ed."""

    lemma: str
    forms: int


_BITS: Final = (BASE, THIRD, PAST, PARTICIPLE, ING)


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
def verb_table() -> MappingProxyType[str, VerbForm]:
    """Map every form of every listed verb, in lower case, to what it can be."""
    table: dict[str, VerbForm] = {}
    lexicon = read_lexicon("english", "verbs")
    nouns = read_words("english", "verbs", "noun_too")
    for section in ("irregular", "doubling", "regular"):
        for entry in lexicon[section]:
            for bit, form in zip(
                _BITS, all_forms(entry, doubles=section == "doubling"), strict=True
            ):
                known = table.get(form)
                if known is None:
                    table[form] = VerbForm(entry.partition("/")[0], bit)
                elif known.lemma == entry.partition("/")[0]:
                    table[form] = known._replace(forms=known.forms | bit)
    for form in nouns & table.keys():
        table[form] = table[form]._replace(forms=table[form].forms | NOUN_TOO)
    return MappingProxyType(table)


@functools.cache
def _forms_by_lemma() -> MappingProxyType[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for form, known in verb_table().items():
        forms.setdefault(known.lemma, set()).add(form)
    return MappingProxyType({lemma: frozenset(row) for lemma, row in forms.items()})


def forms_of(lemma: str) -> frozenset[str]:
    """Return every form of a verb; of one that is not listed, those with a doubled consonant too."""
    known = _forms_by_lemma().get(lemma)
    if known is not None:
        return known
    return frozenset(all_forms(lemma) + all_forms(lemma, doubles=lemma[-1].isalpha()))


@functools.cache
def _adjectives() -> frozenset[str]:
    return read_words("english", "verbs", "adjective")


@functools.lru_cache(maxsize=1 << 14)
def verb_form(word: str) -> VerbForm | None:
    """Return what a lower-case word can be as a verb, or None; -ed and -ing are understood."""
    known = verb_table().get(word)
    if known is not None:
        return known
    if word in _adjectives():
        return None
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
        return VerbForm(_stem(word[:-2]), PAST | PARTICIPLE)
    if len(word) > 6 and word.endswith("ing"):
        return VerbForm(_stem(word[:-3]), ING | NOUN_TOO)
    if word.startswith("re-") and len(word) > 5:
        again = verb_form(word[3:])
        return again and again._replace(lemma="re-" + again.lemma)
    return None


def _stem(stem: str) -> str:
    """Return the likely base form of a verb without its ending."""
    if stem.endswith("i"):
        return stem[:-1] + "y"
    return stem
