"""The subject of a verb of speech, on either side of it and across whatever stands between."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from briefing.english import word_classes as wc
from briefing.english.frames import Frame, SubjectOrder, is_nested
from briefing.english.lexicon import read_words
from briefing.english.names import opens_clause
from briefing.english.phrases import MAX_ASIDE, Phrase, Phrases
from briefing.english.verbs import Verb

BE: Final = read_words("english", "grammar", "be")
_ADDS_TO_NOUN: Final = read_words("english", "grammar", "adds_to_noun")
_COMMA_LIKE: Final = frozenset((",", "—", "–", "-"))
NUMBERS: Final = read_words("english", "grammar", "number")
_PARTICIPLES: Final = ("ed", "en", "left", "made", "told", "set")
_PLURALS: Final = read_words("english", "grammar", "plural")


MAX_LABEL: Final = 5
"""The longest label, in tokens, its colon included."""
_GIVES_NAME: Final = frozenset(("as", "called", "nicknamed", "dubbed", "named", "aka", "alias"))

Subject = tuple[Phrase | None, SubjectOrder, bool]
"""A subject, how it was found, and whether its verb is finite."""


def subject_before(phrases: Phrases, at: int, low: int, verb: Verb, found: list[Frame]) -> Subject:
    """Find the subject on the left of the verb at a token, no further than `low`.

    `found` are the frames before it: a verb without a subject of its own takes over theirs.
    """
    position, progressive = skip_to_subject(phrases, at, low)
    is_infinitive = verb.form == "base" and at > low and phrases.lower[at - 1] == "to"
    finite = (verb.form != "participle" or progressive) and not is_infinitive
    if position >= low:
        if not finite and verb.form == "participle":
            absolute = _absolute_subject(phrases, position, low)
            if absolute is not None:
                return absolute, "before", finite
        if finite and not _is_shared_behind(phrases, position):
            own = _own_subject(phrases, position, low)
            if own is not None or phrases.stream.words[position] not in _COMMA_LIKE:
                return own, "before", finite
    if is_infinitive:
        bound = _passive_subject(phrases, at, low)
        if bound is not None:
            return bound, "before", finite
    is_added = verb.form == "participle" and not finite
    is_added |= position > low and phrases.stream.words[position - 1] == ","
    return _shared_subject(phrases, at, low, found, is_added=is_added), "shared", finite


def _passive_subject(phrases: Phrases, at: int, low: int) -> Phrase | None:
    """Return the subject of an infinitive behind a passive: `Lin was left to wonder`."""
    if at - 2 <= low or not phrases.lower[at - 2].endswith(_PARTICIPLES):
        return None
    position, is_passive = skip_to_subject(phrases, at - 2, low)
    if not is_passive or position < low or _is_shared_behind(phrases, position):
        return None
    subject = _own_subject(phrases, position, low)
    if subject is None or (
        subject.head == "noun" and not phrases.classes(subject) & (wc.PERSON | wc.BODY)
    ):
        return None
    return subject


def is_nickname(phrases: Phrases, quote: int) -> bool:
    """Whether the word before a stretch shows that it is a name: `known as “the Admiral”`."""
    return quote > 0 and phrases.lower[quote - 1] in _GIVES_NAME


def _is_shared_behind(phrases: Phrases, position: int) -> bool:
    """Whether a verb behind this token has its subject further back: `and called`."""
    flag = phrases.flags[position]
    is_quote = flag & wc.QUOTE and not is_nickname(phrases, position)
    return bool(is_quote or (flag & wc.CONJ and phrases.stream.words[position].islower()))


def _own_subject(phrases: Phrases, position: int, low: int) -> Phrase | None:
    """Read the subject that ends with a token, or stands before the aside that does."""
    if phrases.stream.words[position] in _COMMA_LIKE or phrases.stream.final(position) == ",":
        return _subject_across_aside(phrases, position, low)
    if phrases.flags[position] & wc.REL and phrases.lower[position] in ("who", "which", "that"):
        return _antecedent(phrases, position, low)
    subject = phrases.ending_at(position, low)
    if subject is None or subject.head != "noun":
        return subject
    named = _named_before(phrases, subject.first, position + 1, low)
    if named is not None and opens_clause(phrases.stream, named.first):
        return named  # Ana Lin, head of the bank said
    return _behind_adverbial(phrases, subject, low)


def _behind_adverbial(phrases: Phrases, subject: Phrase, low: int) -> Phrase | None:
    """Return the subject before a phrase that only says where or when, else the phrase."""
    if _is_adverbial(phrases, subject, low):
        before, _ = skip_to_subject(phrases, subject.first - 1, low)
        if before < low or _is_shared_behind(phrases, before):
            return None
        return _own_subject(phrases, before, low)
    return _lift_relative(phrases, subject, low) if subject.first > low else subject


def _antecedent(phrases: Phrases, relative: int, low: int) -> Phrase | None:
    """Return what a relative pronoun refers to; with `which` and `that` only a document or body."""
    end = relative - 1
    if end >= low and phrases.stream.words[end] == ",":
        end -= 1
    subject = phrases.ending_at(end, low)
    if subject is None or (subject.head == "noun" and not phrases.is_speaker_noun(subject)):
        return None
    is_written = phrases.classes(subject) & (wc.DOCUMENT | wc.ORG)
    return subject if phrases.lower[relative] == "who" or is_written else None


def _is_adverbial(phrases: Phrases, subject: Phrase, low: int) -> bool:
    """Whether a noun phrase belongs to a preposition: `Lin in a statement said`."""
    before = subject.first - 1
    return before > low and phrases.lower[before] in ("in", "on", "at", "during", "through", "via")


def _absolute_subject(phrases: Phrases, last: int, low: int) -> Phrase | None:
    """Return the subject in `with one of her ads asking`."""
    subject = phrases.ending_at(last, low)
    if subject is None or subject.first <= low or phrases.lower[subject.first - 1] != "with":
        return None
    return subject


def _lift_relative(phrases: Phrases, subject: Phrase, low: int) -> Phrase:
    """Return `people who know Lin` for the `Lin` that ends its relative clause."""
    flags = phrases.flags
    position = subject.first - 1
    if not flags[position] & (wc.VERB | wc.CUE | wc.AUX | wc.PREP):
        return subject
    stop = max(low, subject.first - 12)
    while position >= stop and flags[position] & wc.WORD:
        if phrases.lower[position] == "who":
            lifted = phrases.ending_at(position - 1, low)
            return lifted or subject
        position -= 1
    return subject


def skip_to_subject(phrases: Phrases, at: int, low: int) -> tuple[int, bool]:
    """Find the token a subject ends with, past auxiliaries, adverbs and days.

    The second value is whether a form of be stands between.
    """
    flags = phrases.flags
    position = at - 1
    progressive = False
    while position >= low:
        flag = flags[position]
        is_name = flag & wc.CAPITAL and (not flag & wc.TIME or phrases.names[position] >= 0)
        if is_name and (
            phrases.names[position] >= 0 or position > low or not flag & (wc.ADV | wc.AUX)
        ):
            break
        if flag & wc.AUX:
            progressive |= phrases.lower[position] in BE
        elif flag & wc.TIME:
            position = _skip_time(phrases, position, low)
        elif not flag & wc.ADV or flag & wc.PERSON:
            break
        position -= 1
    return position, progressive


def _skip_time(phrases: Phrases, position: int, low: int) -> int:
    """Find the first token of a time that ends here: `on Tuesday`, `less than two weeks ago`."""
    flags, lower = phrases.flags, phrases.lower
    while (
        position > low
        and flags[position - 1] & (wc.TIME | wc.DET)
        and not flags[position - 1] & wc.PERSON
    ):
        position -= 1
    if position - 2 >= low and lower[position - 1] == "than":
        return position - 2
    if position > low and lower[position - 1] in ("on", "in", "at", "during", "of"):
        return position - 1
    return position


def _subject_across_aside(phrases: Phrases, comma: int, low: int) -> Phrase | None:
    """Find the subject before an aside that ends at `comma`: the first phrase between commas."""
    flags, words = phrases.flags, phrases.stream.words
    start = comma - 1
    stop = max(low, comma - MAX_ASIDE)
    while start >= stop and words[start] not in (";", ":"):
        if flags[start] & wc.QUOTE and not is_nickname(phrases, start):
            break
        start -= 1
    start += 1
    named = _name_behind_role(phrases, start, comma)
    if named is not None:
        return named
    chunk = start
    while chunk < comma:
        end = chunk
        while end < comma and words[end] not in (",", "—", "–"):
            end += 1
        subject = _chunk_subject(phrases, chunk, end)
        if (subject is not None and end <= comma - 1) or (
            subject is not None and end == comma and chunk == start
        ):
            named = _named_before(phrases, chunk, comma, low) if end == comma else None
            return named or _with_apposition(phrases, subject, end, comma)
        chunk = end + 1
    aside = next((at + 1 for at in range(comma - 1, start, -1) if words[at] == ","), start)
    return _named_before(phrases, aside, comma, low)


def _named_before(phrases: Phrases, aside: int, comma: int, low: int) -> Phrase | None:
    """Return the person whom the aside between two commas explains: `when Ana Lin, a nurse, said`.

    None where no name of two words stands before the first comma.
    """
    if aside - 2 < low or phrases.stream.words[aside - 1] != ",":
        return None
    named = phrases.ending_at(aside - 2, low)
    flags = phrases.flags
    if named is None or named.head != "name" or named.name_last == named.name_first:
        return None
    is_person = phrases.names_person(named.name_first, named.name_last)
    is_person |= bool(flags[named.name_first] & wc.TITLE)
    if not is_person and not opens_clause(phrases.stream, named.first):
        return None
    is_role = any(flags[at] & (wc.PERSON | wc.TITLE) for at in range(aside, comma))
    if not is_role or phrases.classes(named) & wc.ORG or phrases.names[comma - 1] == aside:
        return None
    return replace(named, role_first=aside, role_last=comma - 1)


def _name_behind_role(phrases: Phrases, start: int, comma: int) -> Phrase | None:
    """Read `the Hull, Maine, fire chief, Ana Lin,`: a role that holds commas, and a name."""
    names, words = phrases.names, phrases.stream.words
    first = names[comma - 1]
    if first - 2 <= start or words[first - 1] != "," or phrases.flags[first - 2] & wc.CAPITAL:
        return None
    role = phrases.ending_at(first - 2, start)
    if role is None or role.head != "noun" or not phrases.flags[first - 2] & wc.PERSON:
        return None
    if words[role.first - 1] != "," or words[role.last].endswith("s") or first == comma - 1:
        return None
    return Phrase(role.first, comma - 1, "name", first, comma - 1, role.first, role.last)


def _chunk_subject(phrases: Phrases, first: int, end: int) -> Phrase | None:
    """Read the words between two commas as a subject, or return None if they are none."""
    flags = phrases.flags
    while first < end and flags[first] & (wc.CONJ | wc.ADV) and phrases.names[first] < 0:
        first += 1
    if first + 1 < end and phrases.lower[first] == "as" and phrases.names[first + 1] >= 0:
        first += 1
    if first >= end or (flags[first] & (wc.PREP | wc.SUB | wc.CUE) and phrases.names[first] < 0):
        return None
    subject = phrases.starting_at(first, end)
    if subject is None or (subject.head == "noun" and not phrases.is_speaker_noun(subject)):
        return None
    return subject if _is_whole_phrase(phrases, subject.last + 1, end) else None


def _is_whole_phrase(phrases: Phrases, rest: int, end: int) -> bool:
    """Whether the rest of a chunk only adds to its noun: it has no verb outside a `who` clause."""
    if rest >= end:
        return True
    if phrases.stream.words[rest] != "(" and phrases.lower[rest] not in _ADDS_TO_NOUN:
        return False
    has_verb = any(
        phrases.flags[index] & (wc.AUX | wc.VERB) and phrases.names[index] < 0
        for index in range(rest, end)
    )
    return not has_verb or "who" in phrases.lower[rest:end]


def _with_apposition(phrases: Phrases, subject: Phrase, end: int, comma: int) -> Phrase:
    """Join `the campaign's manager, Ana Lin,` to the name it introduces."""
    if end + 1 >= comma:
        return subject
    aside = phrases.starting_at(end + 1, comma)
    if aside is None:
        return subject
    is_role = subject.head == "noun" or bool(phrases.flags[subject.name_last] & wc.TITLE)
    is_whole = aside.last >= comma - 1 or phrases.stream.words[aside.last + 1] == ","
    if is_role and aside.head == "name" and is_whole:
        return replace(aside, first=subject.first, role_first=subject.first, role_last=subject.last)
    if subject.head == "name":
        return replace(subject, role_first=end + 1, role_last=comma - 1)
    return subject


def _shared_subject(
    phrases: Phrases, at: int, low: int, found: list[Frame], *, is_added: bool
) -> Phrase | None:
    """Return the subject of the cue before in the same sentence, else that of the sentence.

    What somebody adds is not added by those of whom he speaks: `Lin met those who saw it, adding`.
    """
    sentence = phrases.stream.sentences[at]
    near = [
        frame
        for frame in found[-3:]
        if phrases.stream.sentences[frame.at] == sentence
        and frame.order != "source"
        and "that" not in frame.verb.lemma  # what somebody claims is no act of the sentence
    ]
    for frame in reversed(near):
        if not (is_added and _is_within(phrases, near, frame)):
            return frame.subject
    return sentence_subject(phrases, low, at)


def _is_within(phrases: Phrases, frames: list[Frame], frame: Frame) -> bool:
    """Whether a frame stands in a relative clause, or in what one before it reports."""
    between = phrases.flags[frame.subject.last + 1 : frame.at]
    if frame.order == "before" and any(flag & wc.REL for flag in between):
        return True
    return any(one.at < frame.at and is_nested(phrases, one, frame) for one in frames)


def sentence_subject(phrases: Phrases, low: int, high: int) -> Phrase | None:
    """Return the noun phrase that opens a sentence behind its introduction, if it can speak."""
    flags, words = phrases.flags, phrases.stream.words
    position = _behind_label(phrases, low, high)
    while position < high and (
        flags[position] & (wc.PUNCT | wc.ADV | wc.CONJ | wc.TIME) and phrases.names[position] < 0
    ):
        position += 1
    while position < high:
        opens_intro = (flags[position] & (wc.PREP | wc.SUB) and phrases.names[position] < 0) or (
            flags[position] & wc.WORD
            and phrases.lower[position].endswith(("ing", "ed"))
            and phrases.names[position] < 0
        )
        if opens_intro:
            while position < high and words[position] != ",":
                position += 1
            position += 1
            continue
        subject = phrases.starting_at(position, high)
        if subject is None or (subject.head == "noun" and not phrases.is_speaker_noun(subject)):
            return None
        return subject
    return None


def _behind_label(phrases: Phrases, low: int, high: int) -> int:
    """Return the token behind the label that opens a sentence (`Update: …`), else `low`."""
    low = _behind_note_mark(phrases, low, high)
    for position in range(low + 1, min(low + MAX_LABEL, high)):
        if phrases.stream.words[position] == ":":
            is_last = position + 1 >= high
            return low if is_last else position + 1
        if phrases.flags[position] & (wc.QUOTE | wc.PUNCT | wc.VERB | wc.AUX):
            break
    return low


def _behind_note_mark(phrases: Phrases, low: int, high: int) -> int:
    """Return the token behind the mark that opens a footnote (`[^1]:`, `[2]`), else `low`."""
    words = phrases.stream.words[low : min(low + MAX_LABEL, high)]
    return low + words.index("]") + 1 if words[:1] == ("[",) and "]" in words else low


def inverted_subject(phrases: Phrases, at: int, low: int, verb: Verb) -> Phrase | None:
    """Find the subject behind the verb, as in `"…," said Lin`."""
    if verb.form == "participle" or "say" not in verb.kinds or at + 1 >= phrases.size:
        return None
    after_quote = _stands_behind_quote(phrases, at, low)
    if after_quote is None:
        return None
    following = phrases.flags[at + 1]
    if not following & wc.WORD or (
        following & (wc.PREP | wc.SUB | wc.CONJ) and not following & wc.CAPITAL
    ):
        return None
    subject = _with_owner(phrases, at + 1)
    if subject is None or not _may_be_inverted(phrases, subject, verb):
        return None
    if after_quote or ((verb.lemma == "say" or at == low) and _ends_tag(phrases, subject.last + 1)):
        return named_behind(phrases, subject)
    return None


def _with_owner(phrases: Phrases, first: int) -> Phrase | None:
    """Return the phrase that starts with a token, past its owner: `the firm's head, Ana Lin`."""
    subject = phrases.starting_at(first, phrases.size)
    owned = subject.last + 2 if subject is not None else phrases.size
    if subject is None or owned >= phrases.size or not phrases.flags[owned - 1] & wc.GENITIVE:
        return subject
    behind = phrases.starting_at(owned, phrases.size)
    return behind and replace(behind, first=first)


def named_behind(phrases: Phrases, subject: Phrase) -> Phrase:
    """Join a name that ends a tag to the role before it: `said an aide of Lin, Tom Marsh`."""
    comma = subject.last + 1
    if subject.head != "noun" or comma + 1 >= phrases.size or is_plural(phrases, subject):
        return subject
    if phrases.stream.words[comma] != "," or not phrases.classes(subject) & wc.PERSON:
        return subject
    name = phrases.starting_at(comma + 1, phrases.size)
    if name is None or name.head != "name" or name.first != name.name_first:
        return subject
    ends = name.last + 1 >= phrases.size or phrases.flags[name.last + 1] & wc.PUNCT
    if not ends or name.name_first == name.name_last or phrases.classes(name) & (wc.ORG | wc.TIME):
        return subject
    return replace(name, first=subject.first, role_first=subject.first, role_last=subject.last)


def _stands_behind_quote(phrases: Phrases, at: int, low: int) -> bool | None:
    """Return True behind a quotation, False behind a comma or at the start, else None."""
    flags, words = phrases.flags, phrases.stream.words
    before = at - 1
    while before >= low and flags[before] & wc.ADV and not flags[before] & wc.CAPITAL:
        before -= 1
    if before >= 0 and flags[before] & wc.QUOTE and not is_nickname(phrases, before):
        return True
    if before >= low and words[before] in (",", "—", "–"):
        is_quote = before > 0 and bool(flags[before - 1] & wc.QUOTE)
        return is_quote and not is_nickname(phrases, before - 1)
    return False if at == low else None


def _may_be_inverted(phrases: Phrases, subject: Phrase, verb: Verb) -> bool:
    """Whether a phrase behind a verb can be its subject and not its object."""
    if subject.head == "pronoun" and phrases.lower[subject.first] in ("it", "you", "i"):
        return verb.lemma in ("say", "ask")
    if subject.head == "noun" and not phrases.is_speaker_noun(subject):
        return False
    end = subject.last + 1
    if end >= phrases.size:
        return True
    following = phrases.flags[end]
    return bool(following & wc.CAPITAL) or not following & (wc.AUX | wc.VERB | wc.CUE)


def _ends_tag(phrases: Phrases, end: int) -> bool:
    """Whether a tag may end before this token, unlike in `said the plan to move …`."""
    if end >= phrases.size:
        return True
    is_end = (
        bool(phrases.flags[end] & (wc.PUNCT | wc.TIME | wc.PREP)) and phrases.lower[end] != "to"
    )
    return is_end or phrases.lower[end] == "who"


def is_plural(phrases: Phrases, subject: Phrase) -> bool:
    """Whether a phrase is plural by its pronoun, its numeral or its head."""
    if subject.head == "pronoun":
        return phrases.lower[subject.first] in _PLURALS
    words = phrases.lower[subject.first : subject.last + 1]
    if "and" in words or words[0] in _PLURALS or words[-1] == "%":
        return True
    head = subject.last
    if subject.head == "noun":
        for position in range(subject.first + 1, subject.last + 1):
            if phrases.flags[position] & wc.PREP and not phrases.flags[position] & wc.CAPITAL:
                head = position - 1
                break
    word = phrases.lower[head]
    return (
        word in _PLURALS
        or word.isdigit()
        or word in NUMBERS
        or (word.endswith("s") and not word.endswith(("ss", "us")))
    )
