"""What a word can be in the grammar of a sentence: a verb's form, an auxiliary, a joining word."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import Final

from briefing.english.lexicon import read_lexicon, read_words
from briefing.english.verb_forms import BASE, ING, PARTICIPLE, PAST, THIRD, verb_form

VERBAL: Final = BASE | THIRD | PAST | PARTICIPLE | ING
BE: Final = 1 << 6
HAVE: Final = 1 << 7
DO: Final = 1 << 8
MODAL: Final = 1 << 9
NEGATION: Final = 1 << 10
PAST_AUX: Final = 1 << 11
SUBORDINATOR: Final = 1 << 12
RELATIVE: Final = 1 << 13
DEGREE: Final = 1 << 14
PARTICLE: Final = 1 << 15
AFTER_VERB: Final = 1 << 16
SINGULAR: Final = 1 << 17
"""A pronoun that takes the third person."""
PLURAL: Final = 1 << 18
"""A pronoun that takes the base form."""
PERSONAL: Final = 1 << 19
SEVERAL: Final = 1 << 20
"""A word without -s that takes the plural of a verb."""
BEFORE_SHORT: Final = 1 << 22
QUOTE_MARK: Final = 1 << 23
FIGURE: Final = 1 << 24
PRONOMINAL: Final = 1 << 25
"""A determiner that may stand alone, with a verb behind it."""
NUMERAL_MARK: Final = 1 << 26
CURRENCY: Final = 1 << 27
APPROXIMATE: Final = 1 << 28
ADJECTIVE_TOO: Final = 1 << 29
TO: Final = 1 << 30
OPENS: Final = 1 << 31
"""A mark that a sentence of its own may stand behind."""

NO_ONE: Final = frozenset(("nobody", "none", "neither", "nothing", "no"))
"""Words that open a subject or an object of nobody and nothing."""
QUOTE_MARKS: Final = read_words("english", "clauses", "quote_mark") | {'"'}
_AUXILIARY_BITS: Final = BE | HAVE | DO | MODAL | PAST_AUX
_SECTIONS: Final = (
    ("grammar", "be", BE),
    ("clauses", "be_short", BE),
    ("clauses", "have", HAVE),
    ("clauses", "do", DO),
    ("clauses", "negation", NEGATION),
    ("clauses", "past_auxiliary", PAST_AUX),
    ("clauses", "subordinator", SUBORDINATOR),
    ("grammar", "relative", RELATIVE),
    ("clauses", "degree", DEGREE),
    ("clauses", "particle", PARTICLE),
    ("clauses", "after_verb", AFTER_VERB),
    ("clauses", "singular_subject", SINGULAR),
    ("clauses", "plural_subject", PLURAL),
    ("grammar", "subject_pronoun", PERSONAL),
    ("grammar", "plural", SEVERAL),
    ("clauses", "plural_people", SEVERAL),
    ("clauses", "before_short_form", BEFORE_SHORT),
    ("clauses", "quote_mark", QUOTE_MARK),
    ("clauses", "numeral_mark", NUMERAL_MARK),
    ("clauses", "currency", CURRENCY),
    ("clauses", "approximate", APPROXIMATE),
    ("clauses", "also_adjective", ADJECTIVE_TOO),
    ("grammar", "pronominal", PRONOMINAL),
)


@functools.cache
def modal_of() -> MappingProxyType[str, str]:
    """Map each modal verb and each of its short forms to its full form."""
    rows = [entry.split("/") for entry in read_lexicon("english", "clauses")["modal"]]
    return MappingProxyType({form: row[0] for row in rows for form in row})


@functools.cache
def _listed() -> MappingProxyType[str, int]:
    bits: dict[str, int] = {}
    for name, section, bit in _SECTIONS:
        for word in read_words("english", name, section):
            bits[word] = bits.get(word, 0) | bit
    for word in modal_of():
        bits[word] = bits.get(word, 0) | MODAL
    bits['"'] = QUOTE_MARK
    bits["cannot"] |= NEGATION
    bits["to"] = TO
    for mark in (":", *QUOTE_MARKS):
        bits[mark] = bits.get(mark, 0) | OPENS
    for word in ("that", "where"):
        bits[word] &= ~RELATIVE  # these join other clauses too
    bits["who"] &= ~PERSONAL
    return MappingProxyType(bits)


@functools.lru_cache(maxsize=1 << 16)
def grammar_word(word: str) -> int:
    """Return all that a word in lower case can be, or-ed: bits of this module and of verb forms."""
    bits = _listed().get(word, 0)
    form = verb_form(word)
    if form is not None:
        bits |= form.forms
    if word[:1].isdigit():
        bits |= FIGURE
    if word.endswith(("n't", "n’t")):
        return bits | NEGATION | (_listed().get(word[:-3], 0) & _AUXILIARY_BITS)
    return bits
