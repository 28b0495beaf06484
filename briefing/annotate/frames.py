"""Frames of speech: a cue verb with the phrase that speaks and the phrase that is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from briefing.annotate.phrases import MAX_ASIDE, Phrase, Phrases
from briefing.annotate.verbs import Verb, cue_verbs
from briefing.annotate.word_classes import (
    ADV,
    AUX,
    BODY,
    CAPITAL,
    CONJ,
    CUE,
    DET,
    DOCUMENT,
    GENITIVE,
    MARKER,
    ORG,
    PERSON,
    POSS,
    PREP,
    PRON,
    PUNCT,
    QUOTE,
    REL,
    SUB,
    TIME,
    VERB,
    WORD,
)

Order = Literal["before", "after", "shared", "source"]

_BE: Final = frozenset("is are was were be been being am".split())
_NOT_ADVERBS: Final = frozenset("at last least".split())
_COMMA_LIKE: Final = frozenset((",", "—", "–", "-"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue at token `at` (to `cue_last`), who speaks, and how the subject was found.

    `order` is `before` or `after` for a subject on that side of the verb, `shared` for one taken
    over from an earlier verb (`adding`, `and called`), `source` for `according to X`.
    """

    at: int
    cue_last: int
    verb: Verb
    subject: Phrase
    order: Order
    to: Phrase | None = None
    finite: bool = True

    @property
    def first(self) -> int:
        """The first token of the frame."""
        return min(self.at, self.subject.first) if self.order != "shared" else self.at

    @property
    def last(self) -> int:
        """The last token of the frame, the person told included."""
        end = max(self.cue_last, self.subject.last if self.order in ("after", "source") else -1)
        return max(end, self.to.last if self.to else -1)


def find_frames(phrases: Phrases) -> tuple[Frame, ...]:
    """All frames of a paragraph in the order of their verbs."""
    stream = phrases.stream
    found: list[Frame] = []
    low = 0
    sentence = -1
    for position, flag in enumerate(stream.flags):
        if stream.sentences[position] != sentence:
            sentence = stream.sentences[position]
            low = position
        if flag & (CUE | MARKER):
            frame = _frame_at(phrases, position, low, found)
            if frame is not None:
                found.append(frame)
    return tuple(found)


def _frame_at(phrases: Phrases, at: int, low: int, found: list[Frame]) -> Frame | None:
    """The frame of the cue at a token, whatever kind of cue it is."""
    word = phrases.lower[at]
    if phrases.flags[at] & MARKER:
        if word == "according":
            return _read_source(phrases, at)
        if word == "per":
            return _read_per(phrases, at)
        if phrases.lower[at + 1 : at + 2] == ("it",):
            return _read_frame(phrases, at, low, _PUT_IT, found)
        return None
    if word == "saying" and at and phrases.lower[at - 1] == "as":
        return _cited_as_saying(phrases, at, low, found)
    return _read_frame(phrases, at, low, cue_verbs()[word], found)


_CITED: Final = frozenset("cited cites citing cite quoted quotes quoting quote".split())


def _cited_as_saying(phrases: Phrases, at: int, low: int, found: list[Frame]) -> Frame | None:
    """`the paper cited Lin as saying` and `Lin was quoted by the paper as saying`."""
    position = at - 2
    stop = max(low, at - MAX_ASIDE)
    while position >= stop and phrases.lower[position] not in _CITED:
        position -= 1
    if position < stop:
        return None
    verb = cue_verbs()["saying"]
    if position > low and phrases.lower[position - 1] in _BE:
        subject, _, _ = _subject_before(phrases, position, low, cue_verbs()["said"], found)
    else:
        subject = phrases.starting_at(position + 1, at)
    return None if subject is None else Frame(at, at, verb, subject, "before")


_PUT_IT: Final = Verb("put", "past", frozenset({"say"}))
_SOURCE: Final = Verb("according to", "base", frozenset({"say", "clause"}))


def _read_source(phrases: Phrases, position: int) -> Frame | None:
    if position + 2 >= phrases.size or phrases.lower[position + 1] != "to":
        return None
    subject = phrases.starting_at(position + 2, phrases.size)
    if subject is None:
        return None
    return Frame(position, position + 1, _SOURCE, subject, "source")


def _read_per(phrases: Phrases, position: int) -> Frame | None:
    if position + 1 >= phrases.size or not phrases.flags[position + 1] & CAPITAL:
        return None
    before = phrases.stream.words[position - 1] if position else ","
    if before not in (",", "—", "–", "(", ""):
        return None
    subject = phrases.starting_at(position + 1, phrases.size)
    if subject is None or subject.head != "name":
        return None
    return Frame(position, position, Verb("per", "base", frozenset({"clause"})), subject, "source")


def _read_frame(
    phrases: Phrases, at: int, low: int, verb: Verb, found: list[Frame]
) -> Frame | None:
    if _is_noun(phrases, at, verb):
        return None
    inverted = _inverted_subject(phrases, at, low, verb)
    if inverted is not None:
        return Frame(at, at, verb, inverted, "after")
    subject, order, finite = _subject_before(phrases, at, low, verb, found)
    if subject is None:
        return None
    if not _fits(phrases, subject, verb, order, at):
        return None
    to = _hearer(phrases, at, verb)
    return Frame(at, at, verb, subject, order, to, finite)


_PLAIN: Final = frozenset("say tell add write tweet ask reply note argue".split())
_NUMBERS: Final = frozenset("two three four five six seven eight nine ten".split())
_PLURALS: Final = frozenset(
    "people police men women children others some many several most both all few they we i you".split()
)


def _fits(phrases: Phrases, subject: Phrase, verb: Verb, order: Order, at: int) -> bool:
    """Whether a phrase can be the subject of this form of this verb."""
    if subject.head == "noun" and not phrases.is_speaker_noun(subject):
        leads_clause = "clause" in verb.kinds and phrases.lower[at + 1 : at + 2] == ("that",)
        if order == "shared" or not (verb.lemma in _PLAIN or leads_clause):
            return False
    if order == "shared":
        return True
    bare = phrases.flags[at - 1] & (AUX | ADV) or phrases.lower[at - 1] == "to"
    plural = is_plural(phrases, subject)
    if verb.form == "base" and not bare:
        return plural
    if verb.form == "present" and subject.head != "name":
        return not plural or phrases.lower[subject.last] == "who"
    return True


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


def _is_noun(phrases: Phrases, at: int, verb: Verb) -> bool:
    """Whether a word that could be a cue verb is a noun or a passive here."""
    if at == 0:
        return verb.form in ("base", "past")
    if phrases.names[at] >= 0 and phrases.stream.words[at][0].isupper():
        return True
    before = phrases.flags[at - 1]
    word = phrases.lower[at - 1]
    if (
        before & (DET | POSS | GENITIVE)
        and not before & PRON
        and word
        not in (
            "that",
            "this",
            "all",
            "both",
            "some",
            "others",
            "many",
            "several",
            "most",
            "one",
            "another",
        )
    ):
        return True
    if (
        before & PREP
        and not before & CAPITAL
        and word != "to"
        and verb.form != "participle"
        and word not in ("after", "before", "as", "than", "since")
    ):
        return True
    if verb.form == "past" and word in _BE | {"being", "get", "got"}:
        return True
    if verb.form == "past" and before & ADV and at > 1 and phrases.lower[at - 2] in _BE:
        return True
    return (
        verb.form == "base"
        and word == "to"
        and at > 1
        and phrases.lower[at - 2] in ("according", "response", "due")
    )


def _reads_as_noun(phrases: Phrases, at: int) -> bool:
    """Whether `claims` or `states` is the plural of a noun: nothing it could govern follows."""
    before = phrases.flags[at - 1]
    if (
        before & (PRON | AUX | QUOTE | PUNCT | REL)
        or phrases.names[at - 1] >= 0
        or phrases.lower[at - 1] == "to"
    ):
        return False
    if at + 1 >= phrases.size:
        return True
    following = phrases.flags[at + 1]
    if following & (DET | POSS | QUOTE | CAPITAL | PRON) or phrases.lower[at + 1] in ("that", "to"):
        return False
    plain_head = before & (PERSON | BODY | DOCUMENT)
    if following & PUNCT:
        return not plain_head
    return bool(following & (PREP | AUX | VERB | CONJ | REL))


def _inverted_subject(phrases: Phrases, at: int, low: int, verb: Verb) -> Phrase | None:
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


def _subject_before(
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
        return _subject_before(phrases, subject.first - 1, low, verb, found)
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
            progressive |= lower[position] in _BE
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


def _hearer(phrases: Phrases, at: int, verb: Verb) -> Phrase | None:
    """Who was told: the phrase behind a verb such as tell, before the quotation or `that`."""
    if "hearer" not in verb.kinds or at + 1 >= phrases.size:
        return None
    following = phrases.flags[at + 1]
    if (
        not following & WORD
        or following & (SUB | PREP)
        and not following & CAPITAL
        and phrases.lower[at + 1] not in ("that",)
    ):
        return None
    if phrases.lower[at + 1] in ("that", "if", "whether", "why", "how", "what", "to"):
        return None
    if phrases.lower[at + 1] in ("me", "him", "her", "us", "them", "you"):
        return Phrase(at + 1, at + 1, "pronoun")
    return phrases.starting_at(at + 1, phrases.size)
