"""Which stance a sentence shows a country to take, as a cue with its words, never a verdict.

Clause by clause: the actor is the first country or government before the cue, the operators
between the two turn the cue's stance. Speech in marks is left to its speaker, questions and
conditions show nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from briefing.annotate.positions.clauses import (
    Actor,
    find_actors,
    name_actor,
    read_tokens,
    split_clauses,
    tag_operators,
)
from briefing.annotate.positions.cues import FoundCue, Sentence, find_cues, is_passive
from briefing.annotate.positions.old_lexicon import RULING, Lexicon, load_lexicon
from briefing.annotate.positions.verdicts import (
    StanceVerdict,
    has_other_subject,
    is_conditional,
    is_relative,
    judge_cue,
    judge_ruling_out,
)
from briefing.codebooks import Codebook
from briefing.english.lexicon import read_words
from briefing.english.sentences import split_sentences
from briefing.model import READ_ROLES, Chunk, Position, Quote

CONTINUING = read_words("annotate/positions", "grammar", "continuing")
SPOKEN = frozenset({"direct", "block"})
ANAPHOR_DISTANCE = 3
LONGEST_SENTENCE = 250
"""Tokens beyond which a text is no sentence, but a list or junk, and shows nothing."""
LONGEST_REACH = 600
"""Characters of the sentence before in which its subject is looked for."""


class ActingSubject(NamedTuple):
    """Who acts, and in which words of the chunk; `start` is the token after which cues count."""

    countries: tuple[str, ...]
    name: str | None
    start: int
    actor: Actor | None


def annotate_positions(chunks: Sequence[Chunk], codebook: Codebook) -> tuple[Chunk, ...]:
    """Return the chunks with `positions` filled in the stances of `codebook`.

    The chunks have their mentions, and their quotes if speech is to be left out. A stance stands
    with the sentence that shows it; only chunks whose role is read get any.
    """
    lexicon = load_lexicon(codebook)
    return tuple(
        replace(chunk, positions=_find_positions(chunk, lexicon))
        if chunk.role in READ_ROLES and chunk.role != "heading"
        else replace(chunk, positions=())
        for chunk in chunks
    )


def _find_positions(chunk: Chunk, lexicon: Lexicon) -> tuple[Position, ...]:
    spots = lexicon.spot(chunk.text) if chunk.mentions else []
    if not spots:
        return ()
    named = [mention.start for mention in chunk.mentions]
    found: list[Position] = []
    before: tuple[int, int] | None = None
    for start, end in split_sentences(chunk.text):
        reach = before[0] if before else start
        is_worth = _any_between(spots, start, end) and _any_between(named, reach, end)
        if is_worth and chunk.text[end - 1] != "?":
            ruled = _judge_sentence(chunk, (start, end), before, lexicon)
            found.extend(_positions(ruled, start, end))
        before = (start, end)
    return tuple(found)


def _judge_sentence(
    chunk: Chunk, span: tuple[int, int], before: tuple[int, int] | None, lexicon: Lexicon
) -> list[tuple[ActingSubject, StanceVerdict]]:
    tokens = read_tokens(chunk.text, *span, chunk.mentions)
    plain = Sentence(tokens, chunk.mentions, (), lexicon)
    has_ruling = any(token.word in RULING for token in tokens)
    if len(tokens) > LONGEST_SENTENCE or not (has_ruling or find_cues(plain, 0, len(tokens))):
        return []
    sentence = Sentence(tokens, chunk.mentions, tag_operators(tokens, lexicon), lexicon)
    return _read_sentence(chunk, sentence, before)


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _former_subject(
    chunk: Chunk, span: tuple[int, int] | None, lexicon: Lexicon
) -> ActingSubject | None:
    """Find who acts first in the sentence before: what `it` and `the government` take up."""
    if span is None:
        return None
    tokens = read_tokens(chunk.text, span[0], min(span[1], span[0] + LONGEST_REACH), chunk.mentions)
    sentence = Sentence(tokens, chunk.mentions, (), lexicon)
    actors = find_actors(sentence.tokens, 0, len(sentence.tokens), chunk.mentions, lexicon)
    return _subject(chunk, sentence, actors[0]) if actors else None


def _positions(
    ruled: Sequence[tuple[ActingSubject, StanceVerdict]], start: int, end: int
) -> Iterator[Position]:
    """Yield one position for each country and stance; denied ones for silent countries only."""
    said = {
        code for subject, verdict in ruled if not verdict.is_denied for code in subject.countries
    }
    seen: set[tuple[str, str]] = set()
    for subject, verdict in ruled:
        for code in subject.countries:
            if (code, verdict.stance) in seen or (verdict.is_denied and code in said):
                continue
            seen.add((code, verdict.stance))
            yield Position(
                country=code,
                stance=verdict.stance,
                hedge=verdict.hedge,
                actor=subject.name,
                start=start,
                end=end,
                rule=verdict.rule,
            )


def _read_sentence(
    chunk: Chunk, sentence: Sentence, before: tuple[int, int] | None
) -> list[tuple[ActingSubject, StanceVerdict]]:
    """Read the clauses of a sentence; the subject goes on from clause to clause."""
    ruled: list[tuple[ActingSubject, StanceVerdict]] = []
    subject: ActingSubject | None = None
    for first, end in split_clauses(sentence.tokens, sentence.lexicon):
        actors = find_actors(sentence.tokens, first, end, chunk.mentions, sentence.lexicon)
        cues = [
            one for one in find_cues(sentence, first, end) if not _is_spoken(chunk, sentence, one)
        ]
        if cues and first == 0 and not actors:
            subject = _former_subject(chunk, before, sentence.lexicon)
        ruled.extend(_read_clause(chunk, sentence, (first, end), actors, cues, subject))
        if actors and not cues:
            verdict = judge_ruling_out(sentence, actors[0].last + 1, end)
            if verdict is not None:
                ruled.append((_subject(chunk, sentence, actors[0]), verdict))
        if actors:
            subject = _subject(chunk, sentence, actors[0])
    return ruled


def _is_spoken(chunk: Chunk, sentence: Sentence, found: FoundCue) -> bool:
    place = sentence.tokens[found.first].start
    return any(_holds(quote, place) for quote in chunk.quotes)


def _holds(quote: Quote, place: int) -> bool:
    return quote.kind in SPOKEN and quote.start <= place < quote.end


def _subject(chunk: Chunk, sentence: Sentence, actor: Actor) -> ActingSubject:
    name = name_actor(chunk.text, sentence.tokens, actor)
    return ActingSubject(actor.countries, name, actor.last + 1, actor)


def _read_clause(
    chunk: Chunk,
    sentence: Sentence,
    span: tuple[int, int],
    actors: Sequence[Actor],
    cues: Sequence[FoundCue],
    before: ActingSubject | None,
) -> Iterator[tuple[ActingSubject, StanceVerdict]]:
    since = span[0]
    for found in cues:
        subject = _find_subject(chunk, sentence, span, actors, found, before)
        if subject is None:
            continue
        start = max(since, subject.start)
        verdict = judge_cue(sentence, found, since=start, clause_end=span[1], owner=subject.actor)
        if verdict is None:
            continue
        yield subject, verdict
        if verdict.rule == "pressure_on_others":
            return
        since = found.end


def _find_subject(
    chunk: Chunk,
    sentence: Sentence,
    span: tuple[int, int],
    actors: Sequence[Actor],
    found: FoundCue,
    before: ActingSubject | None,
) -> ActingSubject | None:
    """Find who takes the stance that a cue shows, or None where that is unclear."""
    passive = is_passive(sentence, found)
    actor = _choose_actor(sentence, [one for one in actors if one.last < found.first], found)
    if actor is not None:
        is_verb = not passive and found.cue.shape != "noun"
        is_other = is_verb and has_other_subject(sentence, actor.last + 1, found.first)
        is_about_others = is_relative(sentence, actor.last + 1, found.first, actor)
        if is_other or is_about_others or is_conditional(sentence, span[0], actor.first):
            return None
        return _subject(chunk, sentence, actor)
    if passive:
        return _find_agent(chunk, sentence, span, found)
    if before is None or not _goes_on(sentence, span[0], found.first):
        return None
    return before._replace(start=span[0], actor=None)


def _choose_actor(sentence: Sentence, ahead: Sequence[Actor], found: FoundCue) -> Actor | None:
    """Choose the first actor before the cue, or the one after a reporting verb."""
    if not ahead:
        return None
    chosen = ahead[0]
    for actor in ahead[1:]:
        if sentence.kinds(chosen.last + 1, actor.first, "reporting"):
            chosen = actor
    return chosen if found.first > chosen.last else None


def _find_agent(
    chunk: Chunk, sentence: Sentence, span: tuple[int, int], found: FoundCue
) -> ActingSubject | None:
    """Find who acts in a passive clause: was banned by Australia, is barred in the US."""
    for number in range(found.end, min(span[1] - 1, found.end + 14)):
        if sentence.word(number) not in {"by", "in"}:
            continue
        place = number + 2 if sentence.word(number + 1) == "the" else number + 1
        if place < span[1] and sentence.tokens[place].mention >= 0:
            mention = chunk.mentions[sentence.tokens[place].mention]
            agents = Actor((mention.code,), place, place)
            return _subject(chunk, sentence, agents)._replace(start=span[0], actor=None)
    return None


def _goes_on(sentence: Sentence, first: int, cue: int) -> bool:
    """Whether a clause without a country of its own is still about the last one."""
    words = [sentence.word(number) for number in range(first, cue)]
    openers = sentence.lexicon.sets["clause_openers"] | {"and", "then", "the", ",", ";", ":", "its"}
    while words and words[0] in openers:
        words = words[1:]
    anaphors = sentence.lexicon.sets["anaphors"]
    if not words:
        return True
    if any(word in anaphors for word in words[:ANAPHOR_DISTANCE]):
        return True
    return words[0] in CONTINUING
