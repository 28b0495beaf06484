"""Find the frames of speech of a paragraph: every cue with its speaker and its hearer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from briefing.english import subjects
from briefing.english import word_classes as wc
from briefing.english.frames import Frame, SubjectOrder
from briefing.english.lexicon import read_words
from briefing.english.phrases import MAX_ASIDE, Phrase, Phrases
from briefing.english.verbs import Verb, cue_verbs, noun_forms

CITED: Final = read_words("english", "cues", "cited")
_BEFORE_VERBS: Final = frozenset(("after", "before", "as", "than", "since"))
_PRONOMINAL: Final = subjects.NUMBERS | read_words("english", "grammar", "pronominal")
"""Determiners that are pronouns too, and may be subjects."""
_PUT_IT: Final = Verb("put", "past", frozenset({"say"}))
_CLAIM: Final = Verb("claim that", "base", frozenset({"clause"}))
_ABOUT_SO_MANY: Final = frozenset(("more", "than", "at", "least", "nearly", "almost", "over"))
_MEDIA: Final = read_words("english", "people", "media")
_OBJECTS: Final = frozenset(("me", "him", "her", "us", "them", "you"))
MAX_ADVERBS: Final = 4
"""How far behind a form of be its past form may stand, in tokens."""
MAX_CITED: Final = 8
"""How many tokens may stand between `quoted` and a `saying` without `as`."""
_SOURCE: Final = Verb("according to", "base", frozenset({"say", "clause"}))
PLAIN: Final = read_words("english", "cues", "plain")


def find_frames(phrases: Phrases) -> tuple[Frame, ...]:
    """Return all frames of a paragraph in the order of their verbs."""
    stream = phrases.stream
    found: list[Frame] = []
    low = 0
    sentence = -1
    for position, flag in enumerate(stream.flags):
        if stream.sentences[position] != sentence:
            sentence = stream.sentences[position]
            low = position
        if flag & (wc.CUE | wc.MARKER):
            frame = _frame_at(phrases, position, low, found)
            if frame is not None:
                found.append(frame)
    return tuple(found)


def _frame_at(phrases: Phrases, at: int, low: int, found: list[Frame]) -> Frame | None:
    """Read the frame of the cue at a token, whatever kind of cue it is."""
    word, flag = phrases.lower[at], phrases.flags[at]
    claimed = _claimed(phrases, at, low) if flag & wc.MARKER else None
    if claimed is not None or not flag & wc.CUE:
        return claimed or _marker(phrases, at, low, found)
    if word == "saying" and at:
        cited = _cited_as_saying(phrases, at, low, found)
        if cited is not None or phrases.lower[at - 1] == "as":
            return cited
    return _read_frame(phrases, at, low, cue_verbs()[word], found)


def _marker(phrases: Phrases, at: int, low: int, found: list[Frame]) -> Frame | None:
    """Read a frame whose cue is no listed verb: `according to`, `per`, `put it`."""
    word = phrases.lower[at]
    if word == "according":
        return _read_source(phrases, at)
    if word == "per":
        return _read_per(phrases, at)
    if word in ("put", "puts") and phrases.lower[at + 1 : at + 2] == ("it",):
        return _read_frame(phrases, at, low, _PUT_IT, found)
    return None


def _cited_as_saying(phrases: Phrases, at: int, low: int, found: list[Frame]) -> Frame | None:
    """Match `the paper cited Lin (as) saying` and `Lin was quoted by the paper as saying`."""
    is_bare = phrases.lower[at - 1] != "as"
    position = at - 2
    stop = max(low, at - (MAX_CITED if is_bare else MAX_ASIDE))
    while position >= stop and phrases.lower[position] not in CITED:
        position -= 1
    if position < stop:
        return None
    verb = cue_verbs()["saying"]
    if position > low and phrases.lower[position - 1] in subjects.BE:
        subject, _, _ = subjects.subject_before(phrases, position, low, cue_verbs()["said"], found)
    elif phrases.lower[position + 1] in _OBJECTS:
        subject = Phrase(position + 1, position + 1, "pronoun")
    else:
        subject = phrases.starting_at(position + 1, at)
    if subject is None or (is_bare and subject.last != at - 1):
        return None
    return Frame(at, at, verb, subject, "before")


def cited_frame(phrases: Phrases, frames: Sequence[Frame], frame: Frame) -> Frame:
    """Return the frame of the one who is cited in `the paper cited Lin as saying`, else `frame`."""
    if phrases.lower[frame.at] in CITED:
        for one in frames:
            if one.at > frame.at and one.subject.first == frame.at + 1:
                return one if phrases.lower[one.at] == "saying" else frame
    return frame


def _claimed(phrases: Phrases, at: int, low: int) -> Frame | None:
    """Read `Lin's claim that …` and `the claim by Lin that …`: a noun for what its owner says."""
    following = phrases.lower[at + 1] if at + 1 < phrases.size else ""
    if following == "by":
        return _claimed_by(phrases, at)
    if following != "that":
        return None
    subject = phrases.owner_before(at, low)
    return None if subject is None else Frame(at, at, _CLAIM, subject, "before")


def _claimed_by(phrases: Phrases, at: int) -> Frame | None:
    """Read `the remark by the minister, Ana Lin, that …`."""
    subject = phrases.starting_at(at + 2, phrases.size)
    if subject is None:
        return None
    _, end = phrases.stream.sentence(at)
    behind = subject.last + 1
    if "that" not in phrases.lower[behind : min(end, behind + MAX_CITED)]:
        return None
    return Frame(at, at, _CLAIM, subjects.named_behind(phrases, subject), "after")


def _read_source(phrases: Phrases, position: int) -> Frame | None:
    if position + 2 >= phrases.size or phrases.lower[position + 1] != "to":
        return None
    first = position + 2
    while first < min(phrases.size, position + 4) and phrases.lower[first] in _ABOUT_SO_MANY:
        first += 1
    subject = phrases.starting_at(first, phrases.size)
    if subject is None:
        return None
    return Frame(position, position + 1, _SOURCE, replace(subject, first=position + 2), "source")


def _read_per(phrases: Phrases, position: int) -> Frame | None:
    if position + 1 >= phrases.size or not phrases.flags[position + 1] & wc.CAPITAL:
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
    if is_noun(phrases, at, verb):
        return None
    inverted = subjects.inverted_subject(phrases, at, low, verb)
    if inverted is not None:
        return Frame(at, at, verb, inverted, "after")
    subject, order, finite = subjects.subject_before(phrases, at, low, verb, found)
    if subject is None:
        return None
    if not _fits(phrases, subject, verb, order, at):
        return None
    to = find_hearer(phrases, at, verb)
    return Frame(at, at, verb, subject, order, to, finite)


def _fits(phrases: Phrases, subject: Phrase, verb: Verb, order: SubjectOrder, at: int) -> bool:
    """Whether a phrase can be the subject of this form of this verb."""
    if subject.head == "noun" and not phrases.is_speaker_noun(subject):
        leads_clause = "clause" in verb.kinds and phrases.lower[at + 1 : at + 2] == ("that",)
        if order == "shared" or not (verb.lemma in PLAIN or leads_clause):
            return False
    if verb.lemma == "read" and subject.head != "noun" and phrases.lower[subject.first] != "it":
        return False
    if order == "shared":
        return True
    bare = phrases.flags[at - 1] & (wc.AUX | wc.ADV) or phrases.lower[at - 1] == "to"
    plural = subjects.is_plural(phrases, subject)
    if verb.form == "base" and not bare:
        return plural or (
            subject.head == "name" and bool(phrases.classes(subject) & (wc.BODY | wc.ORG))
        )
    if verb.form == "present" and subject.head != "name":
        return not plural or phrases.lower[subject.last] == "who"
    return True


def is_noun(phrases: Phrases, at: int, verb: Verb) -> bool:
    """Whether a word that could be a cue verb is a noun or a passive here."""
    if at == 0:
        return verb.form in ("base", "past")
    if phrases.names[at] >= 0 and phrases.stream.words[at][0].isupper():
        return True
    if verb.form == "past":
        return _is_passive(phrases, at) or _follows_determiner(phrases, at)
    if verb.form == "participle":
        return _follows_determiner(phrases, at)
    return (
        _follows_determiner(phrases, at)
        or _follows_preposition(phrases, at)
        or _reads_as_noun(phrases, at)
    )


def _is_passive(phrases: Phrases, at: int) -> bool:
    """Whether a past form stands behind a form of be, with or without adverbs between them."""
    place = at - 1
    while place > 0 and phrases.flags[place] & wc.ADV and at - place < MAX_ADVERBS:
        place -= 1
    word = phrases.lower[at - 1]
    if phrases.lower[place] in subjects.BE or word in ("get", "got"):
        return True
    return bool(phrases.flags[at - 1] & wc.PREP) and word not in _BEFORE_VERBS


def _follows_determiner(phrases: Phrases, at: int) -> bool:
    before = phrases.flags[at - 1]
    return (
        bool(before & (wc.DET | wc.POSS | wc.GENITIVE))
        and not before & wc.PRON
        and phrases.lower[at - 1] not in _PRONOMINAL
    )


def _follows_preposition(phrases: Phrases, at: int) -> bool:
    before, word = phrases.flags[at - 1], phrases.lower[at - 1]
    if word == "to":
        return at > 1 and phrases.lower[at - 2] in ("according", "response", "due")
    return bool(before & wc.PREP) and not before & wc.CAPITAL and word not in _BEFORE_VERBS


def _reads_as_noun(phrases: Phrases, at: int) -> bool:
    """Whether `claims` or `states` is the plural of a noun: nothing it could govern follows."""
    if phrases.lower[at] not in noun_forms():
        return False
    before = phrases.flags[at - 1]
    name = phrases.names[at - 1]
    is_owned = name > 0 and phrases.flags[name - 1] & (wc.POSS | wc.GENITIVE)
    if before & (wc.PRON | wc.AUX | wc.QUOTE | wc.PUNCT | wc.REL | wc.PREP) or name >= 0:
        return bool(is_owned)
    if at + 1 >= phrases.size:
        return True
    following, word = phrases.flags[at + 1], phrases.lower[at + 1]
    if following & (wc.DET | wc.POSS | wc.QUOTE | wc.CAPITAL | wc.PRON) or word in ("that", "to"):
        return False
    if following & wc.PUNCT:
        heads = phrases.flags[at - 2] if at > 1 else 0  # a spokesman claims, but official emails
        has_opening = heads & (wc.DET | wc.POSS | wc.CAPITAL | wc.PERSON | wc.BODY)
        return not (before & (wc.PERSON | wc.BODY | wc.DOCUMENT) and has_opening)
    return bool(following & (wc.PREP | wc.AUX | wc.VERB | wc.CONJ | wc.REL))


def find_hearer(phrases: Phrases, at: int, verb: Verb) -> Phrase | None:
    """Return the hearer: the phrase behind a verb such as `tell`, before a quotation or `that`."""
    if "hearer" not in verb.kinds or at + 1 >= phrases.size:
        return None
    following = phrases.flags[at + 1]
    if not following & wc.WORD or (
        following & (wc.SUB | wc.PREP)
        and not following & wc.CAPITAL
        and phrases.lower[at + 1] != "that"
    ):
        return None
    if phrases.lower[at + 1] in ("that", "if", "whether", "why", "how", "what", "to", "not"):
        return None
    if phrases.lower[at + 1] in _OBJECTS:
        return Phrase(at + 1, at + 1, "pronoun")
    hearer = phrases.starting_at(at + 1, phrases.size)
    owned = hearer.last + 2 if hearer is not None else phrases.size
    if owned < phrases.size and phrases.flags[owned - 1] & wc.GENITIVE:
        behind = phrases.starting_at(owned, phrases.size)
        return hearer and replace(hearer, last=behind.last if behind is not None else owned)
    return hearer and _without_subject(phrases, hearer)


def _is_hearing(phrases: Phrases, at: int) -> bool:
    """Whether a common noun is a body or several people, whom one tells: the jury, reporters."""
    flag, word = phrases.flags[at], phrases.lower[at]
    if phrases.names[at] >= 0 or flag & wc.CAPITAL or word in _MEDIA:
        return False
    return bool(flag & wc.BODY) or (bool(flag & wc.PERSON) and word.endswith("s"))


def _names_hearer(phrases: Phrases, first: int, hearer: Phrase) -> bool:
    """Whether the words behind a body name who belongs to it: the committee chairman, Acme."""
    rest = range(first, hearer.last + 1)
    return any(
        phrases.flags[at] & (wc.PERSON | wc.BODY | wc.TITLE | wc.PREP | wc.GENITIVE)
        or phrases.lower[at] == "and"
        for at in rest
    )


def _without_subject(phrases: Phrases, hearer: Phrase) -> Phrase:
    """Leave out what a clause behind a hearer is about: told Lin Malta would agree.

    A body and several people have no name behind them: told the jury Lin had left.
    """
    behind, first = hearer.last + 1, hearer.name_first
    head = next((at for at in range(hearer.first, hearer.last) if _is_hearing(phrases, at)), -1)
    is_open = behind < phrases.size and not phrases.flags[behind] & (
        wc.PUNCT | wc.QUOTE | wc.PREP | wc.CONJ
    )
    is_led = phrases.lower[behind : behind + 1] in (("that",), ("to",), ("not",))
    if head >= 0 and is_open and not is_led and not _names_hearer(phrases, head + 1, hearer):
        return Phrase(hearer.first, head, "noun")
    is_cut_off = behind < phrases.size and phrases.flags[behind] & wc.AUX
    if hearer.head != "name" or not is_cut_off or hearer.name_last == first:
        return hearer
    last = first if phrases.stream.words[first].isupper() else hearer.name_last - 1
    return replace(hearer, last=last, name_last=last)
