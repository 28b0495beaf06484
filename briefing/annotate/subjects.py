"""The subject of a verb of speech, on either side of it and across whatever stands between."""

from __future__ import annotations

from typing import Final

from briefing.annotate.frame import Frame, Order
from briefing.annotate.phrases import MAX_ASIDE, Phrase, Phrases
from briefing.annotate.verbs import Verb
from briefing.annotate.word_classes import (
    ADV,
    AUX,
    CAPITAL,
    CONJ,
    CUE,
    DET,
    DOCUMENT,
    ORG,
    PERSON,
    PREP,
    PUNCT,
    QUOTE,
    REL,
    SUB,
    TIME,
    VERB,
    WORD,
)

BE: Final = frozenset("is are was were be been being am".split())
_COMMA_LIKE: Final = frozenset((",", "—", "–", "-"))
_NUMBERS: Final = frozenset("two three four five six seven eight nine ten".split())
_PLURALS: Final = frozenset(
    "people police men women children others some many several most both all few they we i you".split()
)


def subject_before(
    phrases: Phrases, at: int, low: int, verb: Verb, found: list[Frame]
) -> tuple[Phrase | None, Order, bool]:
    flags, lower = phrases.flags, phrases.lower
    position, progressive = _skip_to_subject(phrases, at, low)
    finite = verb.form != "participle" or progressive
    if verb.form == "base" and at > low and lower[at - 1] == "to":
        finite = False
    if position < low:
        if flags[position] & QUOTE if position >= 0 else False:
            return _shared_subject(phrases, at, low, found), "shared", finite
        return _shared_subject(phrases, at, low, found), "shared", finite
    flag, word = flags[position], phrases.stream.words[position]
    if verb.form == "participle" and not finite:
        absolute = _absolute_subject(phrases, position, low)
        if absolute is not None:
            return absolute, "before", finite
    if not finite or flag & CONJ and word.islower() or flag & QUOTE:
        return _shared_subject(phrases, at, low, found), "shared", finite
    if word in _COMMA_LIKE:
        subject = _subject_across_aside(phrases, position, low)
        if subject is not None:
            return subject, "before", finite
        return _shared_subject(phrases, at, low, found), "shared", finite
    if flag & REL and lower[position] in ("who", "which", "that"):
        end = position - 1
        if end >= low and phrases.stream.words[end] == ",":
            end -= 1
        subject = phrases.ending_at(end, low)
        if subject is None or (subject.head == "noun" and not phrases.is_speaker_noun(subject)):
            return None, "before", finite
        if lower[position] != "who" and not phrases.classes(subject) & (DOCUMENT | ORG):
            return None, "before", finite
        return subject, "before", finite
    subject = phrases.ending_at(position, low)
    if subject is not None and subject.head == "noun" and _is_adverbial(phrases, subject, low):
        return subject_before(phrases, subject.first - 1, low, verb, found)
    if subject is not None and subject.first > low and subject.head == "noun":
        subject = _lift_relative(phrases, subject, low)
    return subject, "before", finite


def _is_adverbial(phrases: Phrases, subject: Phrase, low: int) -> bool:
    """Whether a noun phrase belongs to a preposition: `Lin in a statement said`."""
    before = subject.first - 1
    return before > low and phrases.lower[before] in ("in", "on", "at", "during", "through", "via")


def _absolute_subject(phrases: Phrases, last: int, low: int) -> Phrase | None:
    """The subject in `with one of her ads asking`."""
    subject = phrases.ending_at(last, low)
    if subject is None or subject.first <= low or phrases.lower[subject.first - 1] != "with":
        return None
    return subject


def _lift_relative(phrases: Phrases, subject: Phrase, low: int) -> Phrase:
    """Give `people who know Lin` for the `Lin` a relative clause ends with."""
    flags = phrases.flags
    position = subject.first - 1
    if not flags[position] & (VERB | CUE | AUX | PREP):
        return subject
    stop = max(low, subject.first - 12)
    while position >= stop and flags[position] & WORD:
        if phrases.lower[position] == "who":
            lifted = phrases.ending_at(position - 1, low)
            return lifted or subject
        position -= 1
    return subject


def _skip_to_subject(phrases: Phrases, at: int, low: int) -> tuple[int, bool]:
    """The token the subject ends with, past auxiliaries, adverbs and days; whether be was met."""
    flags, lower = phrases.flags, phrases.lower
    position = at - 1
    progressive = False
    while position >= low:
        flag = flags[position]
        if flag & CAPITAL and not flag & TIME:
            if not (position == low and flag & (ADV | AUX)) or phrases.names[position] >= 0:
                break
        if flag & AUX:
            progressive |= lower[position] in BE
        elif flag & TIME:
            while (
                position - 1 >= low
                and flags[position - 1] & (TIME | DET)
                and not flags[position - 1] & PERSON
            ):
                position -= 1
            if lower[position - 1] == "than" and position - 2 >= low:
                position -= 2
            elif position - 1 >= low and lower[position - 1] in (
                "on",
                "in",
                "at",
                "during",
                "of",
                "the",
            ):
                position -= 1
        elif not flag & ADV or flag & PERSON:
            break
        position -= 1
    return position, progressive


def _subject_across_aside(phrases: Phrases, comma: int, low: int) -> Phrase | None:
    """The subject before an aside that ends at `comma`: the first noun phrase between commas."""
    flags, words = phrases.flags, phrases.stream.words
    start = comma - 1
    stop = max(low, comma - MAX_ASIDE)
    while start >= stop and not flags[start] & QUOTE and words[start] not in (";", ":"):
        start -= 1
    start += 1
    chunk = start
    while chunk < comma:
        end = chunk
        while end < comma and words[end] not in (",", "—", "–"):
            end += 1
        subject = _chunk_subject(phrases, chunk, end)
        if (
            subject is not None
            and end <= comma - 1
            or subject is not None
            and end == comma
            and chunk == start
        ):
            return _with_apposition(phrases, subject, end, comma)
        chunk = end + 1
    return None


def _chunk_subject(phrases: Phrases, first: int, end: int) -> Phrase | None:
    flags = phrases.flags
    while first < end and (flags[first] & (CONJ | ADV) and phrases.names[first] < 0):
        first += 1
    if first >= end or flags[first] & (PREP | SUB) and phrases.names[first] < 0:
        return None
    if flags[first] & CUE and phrases.names[first] < 0:
        return None
    subject = phrases.starting_at(first, end)
    if subject is None:
        return None
    if (
        any(
            flags[index] & (AUX | VERB) and phrases.names[index] < 0
            for index in range(subject.last + 1, end)
        )
        and "who" not in phrases.lower[subject.last + 1 : end]
    ):
        return None
    if subject.last < end - 1 and not phrases.stream.words[subject.last + 1] == "(":
        if phrases.lower[subject.last + 1] not in ("who", "of", "from", "at", "for", "in", "with"):
            return None
    if subject.head == "noun" and not phrases.is_speaker_noun(subject):
        return None
    return subject


def _with_apposition(phrases: Phrases, subject: Phrase, end: int, comma: int) -> Phrase:
    """Join `the campaign's manager, Ana Lin,` to the name it introduces."""
    if end + 1 >= comma:
        return subject
    aside = phrases.starting_at(end + 1, comma)
    if aside is None:
        return subject
    if subject.head == "noun" and aside.head == "name" and aside.last >= comma - 1:
        return Phrase(
            subject.first,
            aside.last,
            "name",
            aside.name_first,
            aside.name_last,
            subject.first,
            subject.last,
        )
    if subject.head == "name":
        return Phrase(
            subject.first,
            subject.last,
            "name",
            subject.name_first,
            subject.name_last,
            end + 1,
            comma - 1,
        )
    return subject


def _shared_subject(phrases: Phrases, at: int, low: int, found: list[Frame]) -> Phrase | None:
    """The subject of the verb before in the same sentence, else of the sentence itself."""
    sentence = phrases.stream.sentences[at]
    for frame in reversed(found[-3:]):
        if phrases.stream.sentences[frame.at] == sentence and frame.order != "source":
            return frame.subject
    return sentence_subject(phrases, low, at)


def sentence_subject(phrases: Phrases, low: int, high: int) -> Phrase | None:
    """The first noun phrase of a sentence that can act, past an introduction up to its comma."""
    flags, words = phrases.flags, phrases.stream.words
    position = low
    while position < high and (
        flags[position] & (PUNCT | ADV | CONJ | TIME) and phrases.names[position] < 0
    ):
        position += 1
    while position < high:
        opens_intro = (
            flags[position] & (PREP | SUB)
            and phrases.names[position] < 0
            or flags[position] & WORD
            and phrases.lower[position].endswith(("ing", "ed"))
            and phrases.names[position] < 0
        )
        if opens_intro:
            while position < high and words[position] != ",":
                position += 1
            position += 1
            continue
        subject = phrases.starting_at(position, high)
        if subject is not None and not (
            subject.head == "noun" and not phrases.is_speaker_noun(subject)
        ):
            return subject
        if subject is None:
            return None
        return None
    return None


def inverted_subject(phrases: Phrases, at: int, low: int, verb: Verb) -> Phrase | None:
    """The subject behind the verb, as in `"…," said Lin`."""
    if (
        verb.form not in ("past", "present", "base")
        or "say" not in verb.kinds
        or at + 1 >= phrases.size
    ):
        return None
    flags = phrases.flags
    before = at - 1
    while before >= low and flags[before] & ADV and not flags[before] & CAPITAL:
        before -= 1
    after_quote = before >= 0 and bool(flags[before] & QUOTE)
    after_comma = before >= low and phrases.stream.words[before] in (",", "—", "–")
    if after_comma and before - 1 >= 0 and flags[before - 1] & QUOTE:
        after_quote = True
    if not (after_quote or after_comma or at == low):
        return None
    following = flags[at + 1]
    if not following & WORD or following & (PREP | SUB | CONJ) and not following & CAPITAL:
        return None
    subject = phrases.starting_at(at + 1, phrases.size)
    if (
        subject is None
        or subject.head == "pronoun"
        and phrases.lower[subject.first] in ("it", "you", "i")
    ):
        if subject is None or verb.lemma not in ("say", "ask"):
            return None
    if subject.head == "noun" and not phrases.is_speaker_noun(subject):
        return None
    end = subject.last + 1
    if end < phrases.size and flags[end] & (AUX | VERB | CUE) and not flags[end] & CAPITAL:
        return None
    if after_quote:
        return subject
    if verb.lemma != "say" and at != low:
        return None
    if (
        end >= phrases.size
        or flags[end] & PUNCT
        or flags[end] & (TIME | PREP)
        or phrases.lower[end] == "who"
    ):
        return subject
    return None


def is_plural(phrases: Phrases, subject: Phrase) -> bool:
    """Whether a phrase names several, by its pronoun, its numeral or its head."""
    if subject.head == "pronoun":
        return phrases.lower[subject.first] in _PLURALS
    words = phrases.lower[subject.first : subject.last + 1]
    if "and" in words or words[0] in _PLURALS or words[-1] == "%":
        return True
    head = subject.last
    if subject.head == "noun":
        for position in range(subject.first + 1, subject.last + 1):
            if phrases.flags[position] & PREP and not phrases.flags[position] & CAPITAL:
                head = position - 1
                break
    word = phrases.lower[head]
    return (
        word in _PLURALS
        or word.isdigit()
        or word in _NUMBERS
        or word.endswith("s")
        and not word.endswith(("ss", "us"))
    )
