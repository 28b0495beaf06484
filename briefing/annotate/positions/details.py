"""What goes with a stance: the words that weaken it, what it is about, whom it is directed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.annotate.positions.actor_words import OTHERS
from briefing.annotate.positions.governing import UNWILLED
from briefing.annotate.positions.operators import CALLING
from briefing.annotate.positions.read_sentence import MAX_CLIMB, Found, ReadSentence
from briefing.annotate.positions.sentence import Actor
from briefing.english.clauses import Clause
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.verbs import cue_kinds
from briefing.english.word_classes import CONJ, DET, PREP, PRON, PUNCT

MAX_OBJECT: Final = 80
"""The longest object that is kept, in characters."""
_HEDGES: Final = read_words("annotate/positions", "actors", "hedge")
_WEAK_HEDGES: Final = frozenset(("would", "should"))
_WITHIN: Final = ("to", "ing", "noun", "that")
"""How a clause of speech hangs on a cue that is not the report of it."""
_GOVERNED: Final = (*_WITHIN, "reduced")
"""How a clause hangs on one whose words weaken it too."""
_MEANWHILE: Final = read_words("annotate/positions", "operators", "meanwhile")
_NO_ONES_AIM: Final = UNWILLED | {"join"}
_COMPARING: Final = read_words("annotate/positions", "operators", "comparing")
_NO_MARKS: Final = dict.fromkeys(map(ord, '"“”'))
_PHRASE_ENDS: Final = frozenset(",;:—–")
_ABOUT: Final = frozenset(("on", "against", "for", "of", "to", "over"))
_TOWARDS: Final = _ABOUT | {"behind", "at"}
_GENITIVES: Final = frozenset(("'s", "’s", "'", "’"))
_DROPPED: Final = frozenset(("the", "a", "an", "any", "its", "no"))


def find_hedge(reading: ReadSentence, actor: Actor, found: Found) -> str | None:
    """Return the first word between actor and cue that weakens what it shows, or None."""
    known = actor.last if actor.last >= 0 else reading.clauses[found.clause].verb.first
    first, last = sorted((known, found.match.first))
    lower = reading.stream.lower
    places = [place for place in range(first + 1, last) if lower[place] in _HEDGES]
    words = [lower[place] for place in places if not _is_elsewhere(reading, found, place)]
    strong = [word for word in words if word not in _WEAK_HEDGES]
    return next(iter(strong or words), None)


def _is_elsewhere(reading: ReadSentence, found: Found, place: int) -> bool:
    """Whether a word belongs to a clause that does not govern the cue: `, which would cost it,`."""
    chain, number = {found.clause}, found.clause
    for _ in range(MAX_CLIMB):
        clause = reading.clauses[number]
        if clause.noun == place:
            return False
        number = clause.governor
        if number < 0 or clause.link not in _GOVERNED:
            break
        chain.add(number)
    for number, clause in enumerate(reading.clauses):
        if clause.verb.first <= place <= clause.verb.last:
            return number not in chain or (found.judged and place == clause.verb.head)
        nouns = clause.subject if number in chain else (*clause.subject, *clause.objects)
        if any(noun.first <= place <= noun.last for noun in nouns):
            return True
    return False


def find_object(reading: ReadSentence, found: Found) -> str | None:
    """Return the words for what a stance is about, None where the sentence does not say."""
    clause = reading.clauses[found.clause]
    nouns: Sequence[SentencePart] = clause.objects
    if found.judged and clause.verb.lemma not in CALLING:
        nouns = [one for one in clause.subject if not reading.stream.flags[one.head] & (PRON | DET)]
    elif found.noun is not None and found.noun in clause.subject:
        return _behind_noun(reading, clause, found.noun)
    elif found.noun is not None:
        parts = (part for part in clause.parts if part.word != "by")
        behind = [part.nouns for part in parts if part.at > found.noun.last]
        nouns = behind[0] if behind else (found.noun,)
    elif clause.verb.passive and not reading.is_predicate(clause):
        nouns = clause.subject
    elif nouns and _is_said(reading, found, nouns[0]):
        towards = (one for one in clause.parts if one.word in _TOWARDS)
        nouns = next((one.nouns for one in towards if one.at >= found.match.last), ())
    elif not nouns and clause.parts:
        nouns = clause.parts[0].nouns
    if not nouns:
        return _doing(reading, found) or (
            _words(reading, clause.objects[0]) if clause.objects else None
        )
    first, match = nouns[0].first, found.match
    if match.cue.shape == "predicate" and match.first <= nouns[0].head <= match.last:
        last = match.first - 1  # called the ban absurd, is ready to
        return _words(reading, SentencePart("noun", first, last, last)) if first <= last else None
    noun: SentencePart | None = nouns[0]
    if found.noun is None and not clause.objects and match.first < nouns[0].head <= match.last:
        noun = _behind_cue(reading, found, nouns[0])
    return _words(reading, noun) if noun is not None else None


def _is_said(reading: ReadSentence, found: Found, noun: SentencePart) -> bool:
    """Whether a noun is a word of its verb cue: threw its support behind the ban."""
    match, words = found.match, found.match.cue.rest
    is_within = match.first < noun.head <= match.last
    return is_within and match.cue.shape == "verb" and reading.stream.lower[noun.head] in words


def _doing(reading: ReadSentence, found: Found) -> str | None:
    """Return the object of an -ing form that a stance is about: for scrapping the tax."""
    below = (reading.clauses[one] for one in reading.governed[found.clause])
    doing = next((one for one in below if one.link == "ing"), None)
    is_about = doing is not None and found.noun is None and doing.verb.first > found.match.last
    return _words(reading, doing.objects[0]) if doing and is_about and doing.objects else None


def _behind_cue(reading: ReadSentence, found: Found, noun: SentencePart) -> SentencePart | None:
    """Return what is left of a noun without the words of the cue: voted in favour of the ban."""
    match, stream = found.match, reading.stream
    if stream.lower[noun.head] not in match.cue.rest:
        return noun  # stands between them: kept the firm out
    first = match.last + 1
    first += first <= noun.last and bool(stream.flags[first] & PREP)
    return SentencePart("noun", first, noun.last, noun.last) if first <= noun.last else None


def _behind_noun(reading: ReadSentence, clause: Clause, noun: SentencePart) -> str | None:
    """Return what a noun before its verb is about: `its ban on exports drew anger`."""
    stream, first = reading.stream, noun.last + 1
    if stream.lower[first] not in _ABOUT or clause.verb.first <= first + 1:
        return _words(reading, noun)
    last = first + 1
    while last + 1 < clause.verb.first and not stream.flags[last + 1] & (PUNCT | PREP):
        last += 1
    return _words(reading, SentencePart("noun", first + 1, last, last))


def _words(reading: ReadSentence, noun: SentencePart) -> str | None:
    stream, first = reading.stream, noun.first
    while first < noun.head and stream.lower[first] in _DROPPED:
        first += 1
    compared = _compared_at(reading, noun.first, noun.last + 1)
    last = noun.last if compared is None else compared - 1
    while first < last and stream.lower[first] in _GENITIVES:
        first += 1
    text = stream.text[stream.starts[first] : stream.ends[last]]
    is_half = text.count('"') % 2 == 1 or text.count("“") != text.count("”")
    # The other mark of the pair stands beyond the object.
    words = text.translate(_NO_MARKS) if is_half else text
    return " ".join(words.split())[:MAX_OBJECT] or None


def find_target(reading: ReadSentence, found: Found, actors: Sequence[Actor]) -> str | None:
    """Return the first country that a stance is directed at and that does not hold it itself."""
    own = {one.code for one in actors}
    mentions = reading.sentence.mentions
    acting = {one.code for one in reading.actors[found.clause]}
    is_asked = bool(acting) and acting.isdisjoint(own)
    for noun in _places(reading, found, is_asked=is_asked):
        if _compared_at(reading, found.match.last, noun.first) is not None:
            continue
        for token in range(noun.first, noun.last + 1):
            if token not in mentions or any(one.first <= token <= one.last for one in actors):
                continue  # GCC members Oman and Qatar are not against it
            if mentions[token][1].code not in own:
                return mentions[token][1].code
    return None


def _compared_at(reading: ReadSentence, first: int, end: int) -> int | None:
    """Return where words behind a cue only compare with what stands at `end`: `similar to that`.

    In `allies like Roeland` they list.
    """
    lower = reading.stream.lower
    for place in range(end - 1, first, -1):
        if lower[place] in _PHRASE_ENDS:
            return None
        if lower[place] in _COMPARING and lower[place - 1] not in OTHERS:
            return place
    return None


def _is_shared(reading: ReadSentence, found: Found) -> bool:
    """Whether the object behind `and` is also that of a cue: `met and warned Peru`."""
    clause, governed = reading.clauses[found.clause], reading.governed[found.clause]
    behind = next(one for one in governed if reading.clauses[one].link == "and")
    edge = reading.clauses[behind].verb.first - 1
    while edge > found.match.last and not reading.stream.flags[edge] & CONJ:
        edge -= 1
    is_open = bool(reading.stream.flags[edge - 1] & PREP)  # has ties with and an embassy in Peru
    return is_open or not (clause.objects or clause.parts or governed[0] < behind)


def _places(reading: ReadSentence, found: Found, *, is_asked: bool) -> Iterator[SentencePart]:
    """Yield the nouns of a cue's clause, and of those it governs, where its target may stand.

    Who is asked to act, by whoever holds the stance, is the subject of the clause.
    What a noun such as `Roeland's ban` does or brings about is not what it is directed at.
    """
    clause = reading.clauses[found.clause]
    subject = clause.subject
    if clause.verb.passive or found.match.cue.first == "must" or is_asked:
        yield from clause.subject
    elif found.noun is not None and found.noun in clause.subject:
        yield found.noun
        for part in clause.parts:
            if part.at < clause.verb.first:
                yield from part.nouns
        return
    is_held = found.noun is not None and reading.effect(clause) != "turns"
    first = found.noun.first if found.noun is not None and is_held else -1
    yield from sorted(reading.nouns_behind(found.clause), key=lambda one: one.first < first)
    for other in reading.governed[found.clause]:
        clause = reading.clauses[other]
        if clause.before in _MEANWHILE or clause.verb.lemma in _NO_ONES_AIM:
            continue
        if clause.link == "and" and not _is_shared(reading, found):
            continue
        if clause.link in _WITHIN or "clause" not in cue_kinds(clause.verb.lemma):
            is_own = clause.subject_kind != "controlled" or clause.subject != subject
            if clause.link != "relative" and (found.judged or is_own):
                yield from clause.subject  # an ally of Roeland, refused to leave
            doers = _doers(clause)  # a step condemned by Roeland
            yield from (noun for noun in reading.nouns_behind(other) if noun not in doers)


def _doers(clause: Clause) -> list[SentencePart]:
    parts = clause.parts if clause.verb.passive else ()
    return [noun for part in parts if part.word == "by" for noun in part.nouns]
