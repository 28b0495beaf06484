"""A codebook made ready for reading: its cues, its opposites, what intention makes of them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import ahocorasick_rs
from msgspec import Struct

from briefing.annotate.positions.codebook import automaton_of, find_words
from briefing.annotate.positions.cues import Cue, CueTable, build_table, parse_cue, singular
from briefing.annotate.positions.operators import judgement_table, same_table
from briefing.codebooks import Codebook, shipped
from briefing.english.inflection import add_s
from briefing.english.lexicon import read_lexicon, read_words
from briefing.english.tokens import Stream
from briefing.english.verb_forms import forms_of
from briefing.english.word_classes import CAPITAL, TIME

ACTS: Final = "annotate/positions", "books/acts"
IGNORED: Final = "no act"
"""The section of everyday readings, which keep a cue from counting."""
PART: Final = "restrict"
AGAINST: Final = frozenset(("oppose", "reject", "ban", "restrict"))
MEASURES: Final = frozenset(("ban", "allow"))
ATTITUDES: Final = frozenset(("support", "oppose", "accuse"))
WISHES: Final = read_words("annotate/positions", "operators", "wish")
WANTING: Final = read_words("annotate/positions", "operators", "wanting")
_REFUSALS: Final = {
    ("won't", "won’t", "wouldn't", "wouldn’t", "don't", "don’t", "doesn't", "doesn’t"): ("",),
    ("cannot", "can't", "can’t"): ("we", "i"),
    ("not", "never"): ("will", "would", "shall", "to", "can", "must"),
    ("followed",): ("",),
    ("no",): ("plan", "intention", "desire", "wish"),
}
"""Words of what one will not do, and of who does the same, with one more of each."""


class Turned(Struct, frozen=True):
    """How a stance stands after the governors so far: turned or not, undecided, addressed.

    `ended` tells that a measure was ended: who refuses to lift a ban keeps it. `refrained` tells
    that the stance was only not taken: who does not criticise does not praise.
    """

    turns: int = 0
    ended: bool = False
    refrained: bool = False
    undecided: bool = False
    others: bool = False
    intended: bool = False
    partial: bool = False
    full: bool = False
    rule: str = "verb_cue"


class Lexicon(Struct, frozen=True):
    """The cues of a codebook, and what turns each stance.

    `opposites` maps a stance to the one that its denial shows, `intended` to the one that a mere
    intention shows; `judged` maps a judgement, denied or not, to the one that it shows;
    `popular` are what people of a country show as well as its government: acts only;
    `asking` is the cue for what one says that another must do, `refusing` that for what one will
    not do. `needs` has by every form that a
    cue may open with the other words of each, `alone` are the forms of those that take none.
    """

    cues: CueTable
    stances: frozenset[str]
    opposites: Mapping[str, str]
    intended: Mapping[str, str]
    judged: Mapping[tuple[str, int], str]
    popular: frozenset[str]
    asking: Cue | None
    refusing: Cue | None
    needs: Mapping[str, tuple[frozenset[str], ...]]
    alone: frozenset[str]
    automaton: ahocorasick_rs.AhoCorasick

    def is_intent(self, outer: str, inner: str) -> bool:
        """Whether a stance is but the intention of one that it governs, which tells more."""
        return outer == "agree" and (
            inner in AGAINST or self.intended.get(inner) == "threaten" or not self.intended
        )

    def turn(self, stance: str, state: Turned) -> str | None:
        """Return the stance that is left after all governors, None where none is.

        A measure on a part, or less than a whole one, is a restriction where the codebook has it.
        """
        if state.others:
            return next((one for one in ("pressure", "request") if one in self.stances), None)
        is_part = state.partial or (state.full and state.turns == 1)
        if is_part and not state.undecided and PART in self.stances and stance in MEASURES:
            return PART
        is_kept = state.ended and state.turns == 2
        if state.undecided or (state.turns > 1 and not is_kept):
            return "undecided" if "undecided" in self.stances else None
        if state.turns and not is_kept:
            is_none = state.refrained and stance in ATTITUDES
            return None if is_none else self.opposites.get(stance)
        return self.intended.get(stance, stance) if state.intended else stance

    def may_show(self, stream: Stream) -> bool:
        """Whether the words of a sentence have all that some cue asks for, in whatever order."""
        if not all(_is_only_time(stream, one) for one in self.alone.intersection(stream.lower)):
            return True
        opening = self.needs.keys() & stream.lower
        plurals = (one for one in stream.lower if one[-1:] == "s")
        words = {*stream.lower, *map(singular, plurals)} if opening else set()
        return any(
            needed <= words and not _is_only_time(stream, word)
            for word in opening
            for needed in self.needs[word]
        )

    def spot(self, text: str) -> list[int]:
        """List where words stand that may open a cue: a quick first look at a text."""
        low = text.lower()
        if len(low) != len(text):  # a few letters have longer small forms: offsets would slip
            low = "".join(char if len(char) == 1 else "?" for char in map(str.lower, text))
        return [start for start, _ in find_words(self.automaton, low)]


def _is_only_time(stream: Stream, word: str) -> bool:
    """Whether a word in small letters is but a month or a day in a sentence that has it: March."""
    rows = zip(stream.lower, stream.flags, strict=True)
    is_time = stream.flags[stream.lower.index(word)] & TIME
    return bool(is_time) and all(flag & CAPITAL for one, flag in rows if one == word)


@functools.lru_cache(maxsize=8)
def load_lexicon(codebook: Codebook) -> Lexicon:
    """Make a codebook ready for reading; the last few are remembered."""
    names = frozenset(codebook.names)
    acts = read_lexicon(*ACTS)
    has_acts = "acts" in codebook.books
    is_acts = codebook.shipped_name == "acts"
    others = {book for book in codebook.books if book != "acts"}
    official = {name for book in others for name in shipped(book).names}
    cues = [
        cue
        for stance in codebook.stances
        for one in stance.cues
        for cue in parse_cue(one, stance.name)
    ]
    if has_acts:
        cues += [cue for one in acts[IGNORED] for cue in parse_cue(one, IGNORED)]
    table = build_table(cues)
    intended = {
        **dict.fromkeys(acts["intended cooperation"], "agree"),
        **dict.fromkeys(acts["intended conflict"], "threaten"),
    }
    asking = Cue("must", (), "request", "verb") if "request" in names else None
    refusing = Cue("not", (), "reject", "verb") if "reject" in names else None
    judged = _judged(names)
    needs = _needs(table, has_judgements=bool(judged), has_wishes=asking is not None)
    for words, needed in _REFUSALS.items() if refusing is not None else ():
        for word in words:
            needs[word] = (*needs.get(word, ()), *(frozenset(one.split()) for one in needed))
    return Lexicon(
        table,
        names,
        MappingProxyType({one.name: one.opposite for one in codebook.stances if one.opposite}),
        MappingProxyType(
            {key: value for key, value in intended.items() if is_acts and value in names}
        ),
        judged=MappingProxyType(judged),
        popular=names.difference(official) if has_acts else frozenset(),
        asking=asking,
        refusing=refusing,
        needs=needs,
        alone=frozenset(form for form, needed in needs.items() if frozenset() in needed),
        automaton=automaton_of(frozenset(filter(None, needs))),
    )


def _needs(
    table: CueTable, *, has_judgements: bool, has_wishes: bool
) -> dict[str, tuple[frozenset[str], ...]]:
    """Map every form that anything to be read may open with to the other words that it takes."""
    needs: defaultdict[str, tuple[frozenset[str], ...]] = defaultdict(tuple)
    common = forms_of("do") | forms_of("have")
    for known in (table, same_table(), *([judgement_table()] if has_judgements else ())):
        for form, row in ((form, row) for form, rows in known.needs.items() for row in rows):
            # `do` and `have` are in every other sentence: there the rest tells more.
            key = max(row, key=len) if form in common and row else form
            for opening in {key, form if key == form else add_s(key)}:
                needs[opening] += (row - {key} | {form} - {key},)
    if has_wishes:
        openings = {word.split()[0] for word in read_words(*ACTS, "asked of others")}
        for word in openings.union(*map(forms_of, WANTING)):
            needs[word] = (frozenset(),)
    return dict(needs)


def _judged(names: frozenset[str]) -> dict[tuple[str, int], str]:
    """Map what is judged of a thing, and whether that is denied, to the stance that it shows."""
    good = next((one for one in ("support",) if one in names), None)
    bad = next((one for one in ("oppose", "accuse") if one in names), None)
    found: dict[tuple[str, int], str] = {}
    if good:
        found |= {("judged for", 0): good, ("judged against", 1): good}
    if bad:
        found |= {("judged against", 0): bad, ("judged for", 1): bad}
    if "accuse" in names:
        found["judged guilty", 0] = "accuse"
    return found
