"""Which words are cue verbs, in which form, and what they may take."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from briefing.english.lexicon import read_lexicon

VerbForm = Literal["base", "present", "past", "participle"]
_VOWELS: Final = frozenset("aeiou")


class Verb(NamedTuple):
    """A form of a cue verb: its lemma, the form, and the lists of the lexicon it stands in."""

    lemma: str
    form: VerbForm
    kinds: frozenset[str]


def inflect(base: str) -> tuple[str, str, str, str]:
    """Return the base, present, past and participle forms of a regular verb."""
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return base, base + "es", base + "ed", base + "ing"
    return base, base + "s", base + "ed", base + "ing"


@functools.cache
def cue_verbs() -> MappingProxyType[str, Verb]:
    """Map every form of every cue verb, in lower case, to what it is."""
    kinds: dict[str, set[str]] = {}
    readings: dict[str, tuple[str, VerbForm]] = {}
    names: tuple[VerbForm, ...] = ("base", "present", "past", "participle")
    for kind, entries in read_lexicon("english", "cues").items():
        if kind in ("noun", "claim"):
            continue
        for entry in entries:
            forms = tuple(entry.split("/")) if "/" in entry else inflect(entry)
            for name, form in zip(names, forms, strict=True):
                kinds.setdefault(form, set()).add(kind)
                if form not in readings or name == "past":
                    readings[form] = (forms[0], name)
    return MappingProxyType(
        {form: Verb(*readings[form], frozenset(kinds[form])) for form in readings}
    )


@functools.cache
def noun_forms() -> frozenset[str]:
    """Return the forms of cue verbs that are nouns as often."""
    return frozenset(read_lexicon("english", "cues")["noun"])


@functools.cache
def claim_nouns() -> frozenset[str]:
    """Return the nouns that take a clause with `that` as what somebody says."""
    return frozenset(read_lexicon("english", "cues")["claim"])
