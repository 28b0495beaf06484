"""Which marked stretches are speech, and which are titles, nicknames and scare quotes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import Candidate, Options
from briefing.english import word_classes as wc
from briefing.english.lexicon import read_words
from briefing.english.tokens import find_words
from briefing.english.verbs import cue_verbs

_SMALL: Final = read_words("annotate/quotes", "naming", "small")
_NAMING_VERBS: Final = read_words("annotate/quotes", "naming", "verb")
_SLOGANS: Final = read_words("annotate/quotes", "naming", "slogan")
_NAMING_NOUNS: Final = read_words("annotate/quotes", "naming", "noun")
_TAGGED: Final = frozenset(
    (
        "said_after_quote",
        "said_before_quote",
        "name_and_colon",
        "label_and_colon",
        "any_verb_after_quote",
    )
)
_DETACHED: Final = frozenset(
    ("carry_over", "sentence_before", "paragraph_before", "announced_before", "next_tag")
)
_UNSPOKEN: Final = frozenset(("subject_of_clause", "said_later_in_sentence"))
_FRAGMENTS: Final = _UNSPOKEN | {"said_earlier_in_sentence"}
_NEXT_SENTENCE: Final = re.compile(r"[.?!…]\s+[A-Z]")
_LONG: Final = 8


class Case(Struct, frozen=True):
    """A marked stretch with all that decides whether it is speech."""

    reading: Reading
    place: TokenPlace
    words: tuple[str, ...]
    candidate: Candidate | None

    @property
    def rule(self) -> str:
        """Return the rule that found the speaker, or an empty string."""
        return self.candidate.rule if self.candidate else ""

    @property
    def is_title_case(self) -> bool:
        """Whether every word has a capital, except for small words inside."""
        return (
            bool(self.words)
            and self.words[0][0].isupper()
            and all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in self.words)
        )

    @property
    def stands_alone(self) -> bool:
        """Whether the sentence of the stretch has no words outside marks."""
        stream = self.reading.phrases[self.place.paragraph].stream
        first, end = stream.sentence(self.place.token)
        return not any(flag & wc.WORD for flag in stream.flags[first:end])


def no_speaker(case: Case) -> bool:
    """Whether no rule found a speaker, or a short stretch stands alone without one."""
    return case.candidate is None or (case.rule == "unattributed" and len(case.words) < _LONG)


def named_thing(case: Case) -> bool:
    """Whether the word before introduces a name: `a show called "…"`, `his memoir "…"`."""
    phrases = case.reading.phrases[case.place.paragraph]
    at = case.place.token - 1
    if at < 0:
        return False
    if phrases.stream.words[at] == ",":
        at -= 1
    word = phrases.lower[at]
    two = f"{phrases.lower[at - 1]} {word}" if at else word
    if word in _NAMING_VERBS or two in _NAMING_VERBS:
        return len(case.words) < _LONG and at == case.place.token - 1
    return word in _NAMING_NOUNS and (case.is_title_case or len(case.words) <= 2)


def title_in_sentence(case: Case) -> bool:
    """Whether a fragment has capitals throughout and no verb of speech introduces it: a title."""
    if not case.is_title_case or (case.rule in _TAGGED and not _broadcaster_before(case)):
        return False
    if case.stands_alone:
        return len(case.words) == 1 and case.rule not in ("carry_over", "sentence_before")
    return True


def _broadcaster_before(case: Case) -> bool:
    phrases = case.reading.phrases[case.place.paragraph]
    at = case.place.token - 1
    return at >= 0 and bool(
        phrases.flags[at] & wc.GENITIVE or phrases.lower[at] in ("on", "told", "to")
    )


def detached_fragment(case: Case) -> bool:
    """Whether a short fragment stands in a sentence without a speaker: a scare quote."""
    return case.rule in _DETACHED and not case.stands_alone and len(case.words) < _LONG


def left_open(case: Case) -> bool:
    """Whether a stretch without a closing mark holds a tag, or may hold the reporter's words."""
    stream = case.reading.phrases[case.place.paragraph].stream
    one = case.reading.marked[case.place.paragraph][stream.marked[case.place.token]]
    if one.closed:
        return False
    if _tag_inside().search(stream.text, one.start, one.end):
        return True
    is_cut = case.place.token + 1 < len(stream.words) and case.rule not in _TAGGED
    return is_cut and bool(_NEXT_SENTENCE.search(stream.text, one.start, one.end))


@functools.cache
def _tag_inside() -> re.Pattern[str]:
    """Return the pattern of a tag: `, Ana Lin said`, `, said Ana Lin`, `, the aide said.`."""
    verbs = "|".join(form for form, verb in cue_verbs().items() if "tag" in verb.kinds)
    name = r"(?:the\s+)?[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}"
    return re.compile(
        rf"[,?!]\s+(?:{name}\s+(?:{verbs})\b|(?:{verbs})\s+{name}"
        rf"|(?:he|she|they|(?:an?|the)\s+(?:\w+\s+){{0,2}}\w+)\s+(?:{verbs})[.])"
    )


def modifier_in_clause(case: Case) -> bool:
    """Whether a fragment only qualifies the noun behind it: a scare quote."""
    if len(case.words) > 2 or case.rule not in _UNSPOKEN | {"said_after_quote"}:
        return False
    phrases = case.reading.phrases[case.place.paragraph]
    before, after = case.place.token - 1, case.place.token + 1
    if before < 0 or after >= phrases.size or phrases.stream.final(case.place.token):
        return False
    opens = (
        phrases.flags[before] & (wc.DET | wc.POSS | wc.GENITIVE) or phrases.lower[before].isdigit()
    )
    following = phrases.flags[after]
    return bool(
        opens
        and following & wc.WORD
        and not following & (wc.PREP | wc.CONJ | wc.AUX | wc.SUB | wc.REL)
    )


def word_in_clause(case: Case) -> bool:
    """Whether a single word stands in a clause without a verb of speech."""
    return case.rule in _UNSPOKEN and len(case.words) == 1


def named_in_role(case: Case) -> bool:
    """Whether a stretch stands in the role behind a speaker: `said Lin, the “port” chief`."""
    frame = case.candidate.frame if case.candidate else None
    if frame is None or case.candidate is None or case.candidate.paragraph != case.place.paragraph:
        return False
    phrases = case.reading.phrases[case.place.paragraph]
    opening = frame.subject.last + 1
    if frame.order != "after" or not opening < case.place.token < opening + _LONG:
        return False
    return phrases.stream.words[opening] == "," and not any(
        flag & (wc.AUX | wc.VERB | wc.CUE | wc.PRON | wc.PUNCT)
        for flag in phrases.flags[opening + 1 : case.place.token]
    )


def own_fragment(case: Case) -> bool:
    """Whether the reporter chose the word, or the reader is told it: `you know it is "poor"`."""
    phrase = case.candidate.phrase if case.candidate else None
    if phrase is None or phrase.head != "pronoun" or case.rule not in _FRAGMENTS:
        return False
    words = case.reading.phrases[case.candidate.paragraph if case.candidate else 0].lower
    return words[phrase.first] in ("i", "we", "you") and len(case.words) < _LONG


def slogan(case: Case) -> bool:
    """Whether the word on either side calls the words a slogan or a sign, of whatever length."""
    phrases = case.reading.phrases[case.place.paragraph]
    before, after = case.place.token - 1, case.place.token + 1
    if before < 0:
        return False
    if phrases.lower[before] in _SLOGANS:
        return True
    return (
        bool(phrases.flags[before] & (wc.DET | wc.POSS | wc.GENITIVE))
        and after < phrases.size
        and phrases.lower[after].removesuffix("s") in _SLOGANS
    )


FILTERS: Final[tuple[Callable[[Case], bool], ...]] = (
    no_speaker,
    named_thing,
    left_open,
    title_in_sentence,
    detached_fragment,
    named_in_role,
    own_fragment,
    slogan,
    modifier_in_clause,
    word_in_clause,
)


def dropped_by(
    reading: Reading, place: TokenPlace, candidate: Candidate | None, options: Options
) -> str | None:
    """Return the name of the filter that rejects a stretch, or None if it is a quote."""
    phrases = reading.phrases[place.paragraph]
    marked = reading.marked[place.paragraph][phrases.stream.marked[place.token]]
    text = phrases.stream.text
    spans = find_words(text, marked.start, marked.end)
    words = tuple(text[start:end] for start, end in spans if text[start].isalnum())
    case = Case(reading, place, words, candidate)
    for rule in FILTERS:
        if rule.__name__ not in options.off and rule(case):
            return rule.__name__
    return None
