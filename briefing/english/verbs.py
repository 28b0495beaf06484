"""Which words are cue verbs, in which form, and what they may take."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from briefing.english.lexicon import read_lexicon
from briefing.english.verb_forms import all_forms

VerbForm = Literal["base", "present", "past", "participle"]


class Verb(Struct, frozen=True, gc=False):
    """A form of a cue verb: its lemma, the form, and the lists of the lexicon it stands in."""

    lemma: str
    form: VerbForm
    kinds: frozenset[str]


@functools.cache
def cue_verbs() -> MappingProxyType[str, Verb]:
    """Map every form of every cue verb, in lower case, to what it is."""
    kinds: dict[str, set[str]] = {}
    readings: dict[str, tuple[str, VerbForm]] = {}
    names: tuple[VerbForm, ...] = ("base", "present", "past", "participle")
    for kind, entries in read_lexicon("english", "cues").items():
        if kind in ("noun", "claim", "plain", "cited"):
            continue
        for entry in entries:
            base, third, past, _, ing = forms = all_forms(entry)
            for name, form in zip(names, (base, third, past, ing), strict=True):
                kinds.setdefault(form, set()).add(kind)
                if form not in readings or name == "past":
                    readings[form] = (forms[0], name)
    return MappingProxyType(
        {form: Verb(*readings[form], frozenset(kinds[form])) for form in readings}
    )


@functools.lru_cache(maxsize=1 << 12)
def cue_kinds(lemma: str) -> frozenset[str]:
    """Return the lists of the lexicon that a verb stands in; empty where it is no cue verb."""
    verb = cue_verbs().get(lemma)
    return verb.kinds if verb is not None and verb.lemma == lemma else frozenset()


@functools.lru_cache(maxsize=1 << 12)
def takes_clause(lemma: str) -> bool:
    """Whether a verb of speech or thought takes a clause: `say`, `think`."""
    return not cue_kinds(lemma).isdisjoint(("clause", "think"))


@functools.cache
def noun_forms() -> frozenset[str]:
    """Return the forms of cue verbs that are also nouns."""
    return frozenset(read_lexicon("english", "cues")["noun"])


@functools.cache
def claim_nouns() -> frozenset[str]:
    """Return the nouns of speech and thought that take a clause with `that`."""
    return frozenset(read_lexicon("english", "cues")["claim"])
