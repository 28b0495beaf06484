"""The words for what somebody says, wants or thinks, and the complements each may take."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from briefing.english.inflection import add_s, verb_forms
from briefing.english.lexicon import read_lexicon, read_words
from briefing.english.verbs import VerbForm

Use = Literal["object", "clause", "passive", "appearance", "noun", "adjective"]

_ROOM: Final = "annotate/quotes/indirect"
_FORMS: Final[tuple[VerbForm, ...]] = ("base", "present", "past", "participle")


class Usage(NamedTuple):
    """One use of a word form: `leads` is the word its complement opens with, empty for any."""

    lemma: str
    form: VerbForm
    use: Use
    leads: str


@functools.cache
def usages() -> MappingProxyType[str, tuple[Usage, ...]]:
    """Map every form of every listed verb and noun, in lower case, to what it may take."""
    lexicon = read_lexicon(_ROOM, "attitudes")
    table: dict[str, list[Usage]] = {}
    uses: tuple[Use, ...] = ("object", "clause", "appearance")
    for use in uses:
        for entry in (*lexicon[use], *(lexicon["stance"] if use == "object" else ())):
            forms, leads = _forms(entry)
            for form, word in zip(_FORMS, forms, strict=True):
                table.setdefault(word, []).append(Usage(forms[0], form, use, leads))
    participles = dict(entry.split("/") for entry in lexicon["participle"])
    for entry in lexicon["passive"]:
        forms, leads = _forms(entry)
        word = participles.get(forms[0], forms[2])
        table.setdefault(word, []).append(Usage(forms[0], "past", "passive", leads))
    for entry in lexicon["noun"]:
        head, _, leads = entry.partition(" ")
        for word in (head, add_s(head)):
            table.setdefault(word, []).append(Usage(head, "base", "noun", leads))
    for entry in lexicon["adjective"]:
        head, _, leads = entry.partition(" ")
        table.setdefault(head, []).append(Usage(head, "base", "adjective", leads))
    return MappingProxyType({word: tuple(row) for word, row in table.items()})


@functools.cache
def stances() -> frozenset[str]:
    """Return the base forms of the verbs that say what somebody is for or against."""
    return frozenset(_forms(entry)[0][0] for entry in read_words(_ROOM, "attitudes", "stance"))


def _forms(entry: str) -> tuple[tuple[str, ...], str]:
    """Split an entry into the forms of its verb and the word behind them."""
    verb, _, leads = entry.partition(" ")
    return verb_forms(verb), leads
