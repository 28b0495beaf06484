"""Who said a marked stretch: rules in the order they are asked, each one small and named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.annotate.cited import outlet_of
from briefing.annotate.frames import Frame, sentence_subject
from briefing.annotate.phrases import Phrase, Phrases
from briefing.annotate.reading import Reading
from briefing.annotate.word_classes import (
    AUX,
    CAPITAL,
    CONJ,
    CUE,
    PREP,
    PRON,
    PUNCT,
    QUOTE,
    STOP,
    TIME,
    VERB,
    WORD,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A quote token: the paragraph, and the number of the token in it."""

    paragraph: int
    token: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker that a rule proposes: a phrase of a paragraph, with the frame it came from."""

    rule: str
    paragraph: int
    phrase: Phrase | None
    frame: Frame | None = None
    same_as: Place | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """Rules that are left out, by name: for measuring what each is worth."""

    off: frozenset[str] = frozenset()


ALL_RULES: Final = Options()
"""Every rule on."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known when a quote is looked at: the article and the quotes decided before."""

    reading: Reading
    decided: dict[Place, Candidate | None]


_BETWEEN: Final = frozenset((",", "—", "–", "-", ".", "'", "’", '"', "”", ")"))
"""What may stand between a quotation and its tag, typing slips included."""

Rule = Callable[[State, Place], Candidate | None]


def said_after_quote(state: State, place: Place) -> Candidate | None:
    """`"…," Lin said` and `"…," said Lin`."""
    phrases = state.reading.phrases[place.paragraph]
    words = phrases.stream.words
    after = place.token + 1
    while after < phrases.size and words[after] in _BETWEEN:
        after += 1
    if after >= phrases.size:
        return None
    for frame in state.reading.frames_around(place.paragraph, after):
        if frame.at < after or frame.order == "shared" or not frame.finite:
            continue
        if "say" not in frame.verb.kinds:
            continue
        first = min(frame.at, frame.subject.first)
        if first > after + 1:
            break
        if first != after and not (first == after + 1 and phrases.flags[after] & CONJ):
            continue
        if _passes_on_another(state, place, frame):
            continue
        if _opens_sentence_of_its_own(phrases, place, frame) or _leads_to_another(
            state, place, frame
        ):
            continue
        return Candidate("said_after_quote", place.paragraph, frame.subject, frame)
    return None


def _opens_sentence_of_its_own(phrases: Phrases, place: Place, frame: Frame) -> bool:
    """Whether the frame behind a finished quotation has words of its own to introduce."""
    if phrases.stream.finals[place.token] not in (".", "…", ""):
        return False
    if frame.order == "after":
        return False
    _, end = phrases.stream.sentence(frame.at)
    following = frame.last + 1
    if following >= end:
        return False
    if phrases.stream.finals[place.token] == "":
        return phrases.stream.sentences[place.token] != phrases.stream.sentences[frame.at]
    return any(
        phrases.flags[index] & (AUX | VERB | CUE | PRON | QUOTE) for index in range(following, end)
    )


def _passes_on_another(state: State, place: Place, frame: Frame) -> bool:
    """Whether an outlet behind the quotation only reports what somebody in the sentence said."""
    phrases = state.reading.phrases[place.paragraph]
    before = _governing_frame(
        phrases, state.reading.frames_around(place.paragraph, place.token), place.token
    )
    return (
        before is not None
        and before.subject.head != "pronoun"
        and outlet_of(state.reading, place.paragraph, frame.subject) is not None
        and outlet_of(state.reading, place.paragraph, before.subject) is None
    )


def _leads_to_another(state: State, place: Place, frame: Frame) -> bool:
    """Whether the quotation has its verb before it, and the frame behind it leads to the next."""
    phrases = state.reading.phrases[place.paragraph]
    before = _governing_frame(
        phrases, state.reading.frames_around(place.paragraph, place.token), place.token
    )
    if before is None or not _leads_in(phrases, before, place.token):
        return False
    if phrases.lower[place.token - 1] == "that" or phrases.stream.words[place.token - 1] == ":":
        return True
    following = frame.last + 1
    return following + 1 < phrases.size and any(
        phrases.flags[index] & QUOTE for index in range(following, min(phrases.size, following + 9))
    )


def said_before_quote(state: State, place: Place) -> Candidate | None:
    """`Lin said: "…"`, `Lin said that "…"`, `adding, "…"`."""
    return _before(state, place, near=True)


def said_earlier_in_sentence(state: State, place: Place) -> Candidate | None:
    """`Lin said the deal was "dead weight"`: a fragment inside a paraphrase."""
    return _before(state, place, near=False)


SIGNATURE: Final = 12
"""The longest line, in tokens, that signs a quotation above it."""
NEAR: Final = 14
"""How many tokens a lead-in may have between its verb and the quotation."""


def _before(state: State, place: Place, *, near: bool) -> Candidate | None:
    phrases = state.reading.phrases[place.paragraph]
    best = _governing_frame(
        phrases, state.reading.frames_around(place.paragraph, place.token), place.token
    )
    if best is None:
        return None
    clean = _leads_in(phrases, best, place.token)
    if near and clean:
        return Candidate("said_before_quote", place.paragraph, best.subject, best)
    if not near and not clean:
        return Candidate("said_earlier_in_sentence", place.paragraph, best.subject, best)
    return None


def _governing_frame(phrases: Phrases, frames: Sequence[Frame], token: int) -> Frame | None:
    """The frame that a token of a sentence is told by: the outer one of two that are nested."""
    sentence = phrases.stream.sentences[token]
    best: Frame | None = None
    for frame in frames:
        if frame.last >= token:
            break
        if phrases.stream.sentences[frame.at] != sentence or frame.order == "source":
            continue
        if best is None or not is_nested(phrases, best, frame):
            best = frame
    return best


def is_nested(phrases: Phrases, outer: Frame, inner: Frame) -> bool:
    """Whether a frame is part of the words that an earlier one reports."""
    if not outer.verb.kinds & {"clause"} or inner.order == "shared":
        return (
            inner.order == "shared"
            and inner.subject == outer.subject
            and not inner.finite
            and "say" not in inner.verb.kinds
        )
    start = outer.last + 1
    first = inner.first
    if start >= first:
        return start == first
    for position in range(start, first):
        flag = phrases.flags[position]
        if flag & QUOTE or phrases.stream.words[position] in (";", "—"):
            return False
    before = first - 1
    if phrases.stream.words[before] == ",":
        return False
    return not (
        (phrases.flags[before] & CONJ and phrases.lower[before] in ("and", "but"))
        or phrases.lower[before] in ("while", "whereas", "though", "although")
    )


def _leads_in(phrases: Phrases, frame: Frame, token: int) -> bool:
    """Whether nothing but a lead-in stands between the verb and the quotation."""
    before = phrases.stream.words[token - 1]
    if before == ":":
        return True
    if "say" not in frame.verb.kinds:
        return False
    if token - frame.last - 1 > NEAR:
        return False
    if before == "," or token == frame.last + 1 or phrases.lower[token - 1] == "that":
        return not any(
            phrases.flags[index] & (AUX | QUOTE) for index in range(frame.last + 1, token)
        )
    return False


def according_to(state: State, place: Place) -> Candidate | None:
    """`according to Lin, "…"`, on either side."""
    phrases = state.reading.phrases[place.paragraph]
    sentence = phrases.stream.sentences[place.token]
    for frame in state.reading.frames_around(place.paragraph, place.token):
        if frame.order == "source" and phrases.stream.sentences[frame.at] == sentence:
            return Candidate("according_to", place.paragraph, frame.subject, frame)
    return None


def said_later_in_sentence(state: State, place: Place) -> Candidate | None:
    """`The "vast" plan failed, Lin said`."""
    phrases = state.reading.phrases[place.paragraph]
    sentence = phrases.stream.sentences[place.token]
    for frame in state.reading.frames_around(place.paragraph, place.token):
        if frame.at > place.token and phrases.stream.sentences[frame.at] == sentence:
            if frame.order == "shared" or frame.subject.first < place.token:
                continue
            return Candidate("said_later_in_sentence", place.paragraph, frame.subject, frame)
    return None


def name_and_colon(state: State, place: Place) -> Candidate | None:
    """`Lin: "…"`."""
    phrases = state.reading.phrases[place.paragraph]
    if place.token < 2 or phrases.stream.words[place.token - 1] != ":":
        return None
    subject = phrases.ending_at(place.token - 2, 0)
    if subject is None or subject.head == "noun" and not phrases.is_speaker_noun(subject):
        first, _ = phrases.stream.sentence(place.token)
        subject = sentence_subject(phrases, first, place.token)
    if subject is None:
        return None
    return Candidate("name_and_colon", place.paragraph, subject)


def label_and_colon(state: State, place: Place) -> Candidate | None:
    """`… - Lin: "…"`: a name between a dash, or the start of the line, and a colon."""
    phrases = state.reading.phrases[place.paragraph]
    token = place.token
    if token < 2 or phrases.stream.words[token - 1] != ":" or phrases.names[token - 2] < 0:
        return None
    first = phrases.names[token - 2]
    if first > 0 and phrases.stream.words[first - 1] not in ("—", "–", "-", "|"):
        return None
    subject = phrases.ending_at(token - 2, 0)
    return None if subject is None else Candidate("label_and_colon", place.paragraph, subject)


def any_verb_after_quote(state: State, place: Place) -> Candidate | None:
    """`"…," Lin retaliated.`: a verb that no list has, in the place of a tag."""
    phrases = state.reading.phrases[place.paragraph]
    after = place.token + 1
    while after < phrases.size and phrases.stream.words[after] in _BETWEEN:
        after += 1
    if phrases.stream.finals[place.token] not in (",", "?", "!") or after >= phrases.size:
        return None
    if phrases.stream.sentences[place.token] != phrases.stream.sentences[after]:
        return None
    subject = phrases.starting_at(after, phrases.size)
    if subject is None or subject.head == "noun" and not phrases.is_speaker_noun(subject):
        return None
    verb = subject.last + 1
    if subject.head == "noun" and phrases.lower[subject.last].endswith("ed"):
        verb, subject = subject.last, Phrase(subject.first, subject.last - 1, "noun")
    if (
        verb >= phrases.size
        or not phrases.lower[verb].endswith(("ed", "s"))
        or phrases.flags[verb] & (AUX | CAPITAL)
    ):
        return None
    following = phrases.flags[verb + 1] if verb + 1 < phrases.size else STOP
    if not following & (PUNCT | PREP | TIME):
        return None
    return Candidate("any_verb_after_quote", place.paragraph, subject)


def subject_of_clause(state: State, place: Place) -> Candidate | None:
    """`Lin dubbed it "dead weight"`: any verb between a person and a fragment."""
    phrases = state.reading.phrases[place.paragraph]
    first, _ = phrases.stream.sentence(place.token)
    subject = sentence_subject(phrases, first, place.token)
    if subject is None or not any(
        phrases.flags[index] & (VERB | AUX | CUE) or phrases.lower[index].endswith("ed")
        for index in range(subject.last + 1, place.token)
    ):
        return None
    return Candidate("subject_of_clause", place.paragraph, subject)


def _stands_alone(phrases: Phrases, token: int) -> bool:
    """Whether a sentence is made of quotations alone."""
    first, end = phrases.stream.sentence(token)
    return not any(phrases.flags[index] & WORD for index in range(first, end))


def carry_over(state: State, place: Place) -> Candidate | None:
    """`"No," Lin said. "Never."`: the quotation before in the same paragraph."""
    return _same_speaker(state, place.paragraph, place.token, "carry_over")


def _same_speaker(state: State, paragraph: int, token: int, rule: str) -> Candidate | None:
    """The speaker of the nearest quotation before a token of a paragraph."""
    for quote in state.reading.quotes_before(paragraph, token):
        at = Place(paragraph, quote)
        earlier = state.decided.get(at)
        if earlier is not None:
            return Candidate(rule, earlier.paragraph, earlier.phrase, earlier.frame, at)
    return None


def sentence_before(state: State, place: Place) -> Candidate | None:
    """`Lin shook his head. "Never."`: the subject of the sentence before."""
    phrases = state.reading.phrases[place.paragraph]
    first, _ = phrases.stream.sentence(place.token)
    if first == 0:
        return None
    return _speaker_of_sentence(state, place.paragraph, first - 1, "sentence_before")


def _speaker_of_sentence(state: State, paragraph: int, token: int, rule: str) -> Candidate | None:
    phrases = state.reading.phrases[paragraph]
    first, end = phrases.stream.sentence(token)
    for frame in reversed(state.reading.frames_around(paragraph, token)):
        if "say" in frame.verb.kinds:
            return Candidate(rule, paragraph, frame.subject, frame)
    subject = sentence_subject(phrases, first, end)
    return None if subject is None else Candidate(rule, paragraph, subject)


def next_tag(state: State, place: Place) -> Candidate | None:
    """`"No." "Never," Lin said`: the tag of the quotation that follows."""
    phrases = state.reading.phrases[place.paragraph]
    for token in range(place.token + 1, min(phrases.size, place.token + 4)):
        if phrases.flags[token] & QUOTE:
            found = said_after_quote(state, Place(place.paragraph, token))
            if found is not None:
                return Candidate("next_tag", found.paragraph, found.phrase, found.frame)
    return None


def reopened_paragraph(state: State, place: Place) -> Candidate | None:
    """A quotation left open at the end of the paragraph before goes on."""
    if place.token > 0 or place.paragraph == 0:
        return None
    before = state.reading.phrases[place.paragraph - 1]
    if not before.size or not before.flags[-1] & QUOTE:
        return None
    stretch = state.reading.marked[place.paragraph - 1][before.stream.marked[before.size - 1]]
    earlier = state.decided.get(Place(place.paragraph - 1, before.size - 1))
    if stretch.closed or earlier is None:
        return None
    return Candidate(
        "reopened_paragraph",
        earlier.paragraph,
        earlier.phrase,
        earlier.frame,
        Place(place.paragraph - 1, before.size - 1),
    )


def announced_before(state: State, place: Place) -> Candidate | None:
    """The paragraph before ends with a colon."""
    if place.token > 0 or place.paragraph == 0:
        return None
    before = state.reading.phrases[place.paragraph - 1]
    if not before.size or before.stream.words[-1] != ":":
        return None
    return _speaker_of_sentence(state, place.paragraph - 1, before.size - 1, "announced_before")


def signed_below(state: State, place: Place) -> Candidate | None:
    """A quotation alone in its paragraph, and below it `- Ana Lin` or `Ana Lin, nurse`."""
    following = place.paragraph + 1
    if (
        place.token > 0
        or following >= len(state.reading.phrases)
        or state.reading.phrases[place.paragraph].size > 2
    ):
        return None
    phrases = state.reading.phrases[following]
    first = 0
    while first < phrases.size and phrases.stream.words[first] in ("-", "—", "–", "―"):
        first += 1
    if phrases.size - first > SIGNATURE or first >= phrases.size or phrases.names[first] != first:
        return None
    if any(flag & (AUX | VERB | CUE | PRON) for flag in phrases.flags[first:]):
        return None
    subject = phrases.starting_at(first, phrases.size)
    if subject is None or subject.head != "name":
        return None
    return Candidate("signed_below", following, subject)


def paragraph_before(state: State, place: Place) -> Candidate | None:
    """A floating quotation: whoever spoke last in the paragraph before."""
    if place.paragraph == 0:
        return None
    paragraph = place.paragraph - 1
    before = state.reading.phrases[paragraph]
    for token in range(before.size - 1, -1, -1):
        if before.flags[token] & QUOTE:
            earlier = state.decided.get(Place(paragraph, token))
            if earlier is not None:
                return Candidate(
                    "paragraph_before",
                    earlier.paragraph,
                    earlier.phrase,
                    earlier.frame,
                    Place(paragraph, token),
                )
    frames = [frame for frame in state.reading.frames[paragraph] if "say" in frame.verb.kinds]
    if frames:
        return Candidate("paragraph_before", paragraph, frames[-1].subject, frames[-1])
    if before.size:
        return _speaker_of_sentence(state, paragraph, before.size - 1, "paragraph_before")
    return None


RULES: Final[tuple[Rule, ...]] = (
    reopened_paragraph,
    label_and_colon,
    said_after_quote,
    said_before_quote,
    any_verb_after_quote,
    name_and_colon,
    said_earlier_in_sentence,
    according_to,
    said_later_in_sentence,
    subject_of_clause,
    next_tag,
    carry_over,
    sentence_before,
    announced_before,
    signed_below,
    paragraph_before,
)


def propose(state: State, place: Place, options: Options) -> Iterator[Candidate]:
    """Every candidate that a rule proposes, in the order of the rules: the first one wins."""
    for rule in RULES:
        if rule.__name__ not in options.off:
            found = rule(state, place)
            if found is not None:
                yield found


def choose(state: State, place: Place, options: Options) -> Candidate | None:
    """The candidate of the first rule that has one, or None."""
    return next(propose(state, place, options), None)
