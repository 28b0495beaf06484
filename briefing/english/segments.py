"""The segments of a sentence: noun phrases, groups of verbs and the words that join them."""

from __future__ import annotations

from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

PartKind = Literal["noun", "verb", "preposition", "subordinator", "relative", "and", ",", ";"]
Finiteness = Literal["finite", "infinitive", "participle", "ing"]


class VerbGroup(Struct, frozen=True, gc=False):
    """A main verb with its auxiliaries: tokens `first` to `last`, the main verb at `head`.

    `lemma` is that of the main verb, `be`, `have` or `do` where an auxiliary stands alone. `past`
    is told of a finite group without a modal verb only. An auxiliary that stands before the subject
    is no part of the tokens; in a question (`asks`) it does.
    """

    first: int
    last: int
    head: int
    lemma: str
    form: Finiteness
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    perfect: bool = False
    past: bool = False
    asks: bool = False


class SentencePart(Struct, frozen=True, gc=False):
    """A segment of a sentence, tokens `first` to `last`; `head` is the noun or verb it turns on.

    A noun phrase holds what `of` joins to it; its head stands before that.
    """

    kind: PartKind
    first: int
    last: int
    head: int
    verb: VerbGroup | None = None


_Tokens = TypeVar("_Tokens", VerbGroup, SentencePart)


def shift(one: _Tokens, by: int) -> _Tokens:
    """Return a segment, or a group of verbs, with its tokens numbered from elsewhere."""
    return replace(one, first=one.first + by, last=one.last + by, head=one.head + by)
