"""Which stance a sentence shows a country to take, as a cue with its words, never a verdict.

A sentence is read as clauses; the codebook's cues in them belong to whoever acts in the clause that
governs them, turned by what stands between. Nothing is held in conditions and questions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from briefing.annotate.countries.annotator import LISTED, name_alone, split_list
from briefing.annotate.positions import actor_words
from briefing.annotate.positions.cast import Cast
from briefing.annotate.positions.judging import Verdict, judge_sentence
from briefing.annotate.positions.sentence import Sentence, by_first_token
from briefing.annotate.positions.stances import Lexicon, load_lexicon
from briefing.codebooks import Codebook
from briefing.english.sentences import split_sentences
from briefing.english.spans import SpanIndex
from briefing.english.tokens import Streams
from briefing.model import READ_ROLES, Chunk, Mention, Position, Quote
from briefing.world.actors import find_actors
from briefing.world.name_kinds import ACTING, CITIES, SPEAKING, kind_of

LONGEST_SENTENCE = 2_000
"""Characters beyond which a text is no sentence, but a list or junk, and shows nothing."""
OPENING = 12
"""How far into a sentence a country may be named that the next one takes up, in characters."""
COUNTRIES = frozenset(("name", "group", "capital"))
"""Kinds of names that are a country's own, and no body's that one hears."""
DENIED = "turned_by_denial"
MARKED = frozenset({"direct", "partial", "block"})


def annotate_positions(
    chunks: Sequence[Chunk],
    codebook: Codebook,
    date: str | None = None,
    streams: Streams | None = None,
) -> tuple[Chunk, ...]:
    """Return the chunks with `positions` filled in the stances of `codebook`.

    The chunks have their mentions and quotes; `date` is the article's ISO date, by which people are
    known to hold an office, `streams` has tokens read already. A stance stands with the sentence
    that shows it; only chunks whose role is read get any, and headings none.
    """
    lexicon = load_lexicon(codebook)
    texts = [chunk.text for chunk in chunks if chunk.role in READ_ROLES]
    cast = Cast(_speakers(chunks), date, texts)
    streams = streams or Streams()
    return tuple(
        replace(chunk, positions=tuple(_find_positions(chunk, cast, lexicon, streams)))
        if chunk.role in READ_ROLES and chunk.role != "heading"
        else (replace(chunk, positions=()) if chunk.positions else chunk)
        for chunk in chunks
    )


def _speakers(chunks: Sequence[Chunk]) -> dict[str, str]:
    """Return the countries of the speakers of quotes by their surnames in lower case."""
    found: dict[str, str] = {}
    for chunk in chunks:
        for quote in chunk.quotes:
            speaker = quote.speaker
            if speaker is None or not speaker.name or not speaker.country:
                continue
            is_body = actor_words.is_government((speaker.name.lower(),))
            if speaker.type == "institution" and not is_body:
                continue  # a Fund or a company is not that of another body
            if actor_words.speaks_for_country(speaker.role) and not actor_words.is_business(
                speaker.name.lower().split()
            ):
                found.setdefault(speaker.name.split()[-1].lower(), speaker.country)
    return found


def _find_positions(
    chunk: Chunk, cast: Cast, lexicon: Lexicon, streams: Streams
) -> Iterator[Position]:
    spots = lexicon.spot(chunk.text)
    bodies = find_actors(chunk.text) if spots else []
    named = [one for one in chunk.mentions if kind_of(one.rule) in SPEAKING]
    places = [one.start for one in named]
    acting = (one.start for one in chunk.mentions if kind_of(one.rule) in ACTING | CITIES)
    actors = sorted((*acting, *(body.start for body in bodies)))
    cast.learn_offices(chunk)
    quotes = SpanIndex(chunk.quotes)
    lists: Sequence[tuple[str, ...]] = ()
    for start, end in split_sentences(chunk.text):
        cast.name(lists)
        first = bisect_left(places, start)
        lists = _lists(chunk.text, named[first : bisect_left(places, end)]) or lists
        may_show = _any_between(spots, start, end) and end - start <= LONGEST_SENTENCE
        if may_show and chunk.text[end - 1] == "?":
            continue
        near = quotes.touching(start, end) if may_show else ()
        if may_show and (
            _any_between(actors, start, end) or cast.may_act(chunk.text, near, start, end)
        ):
            stream = streams.sentence(chunk.text, start, end)
            if lexicon.may_show(stream):
                mentions = by_first_token(stream, start, end, chunk.mentions)
                marked = [one for one in near if one.kind in MARKED]
                within = by_first_token(stream, start, end, bodies)
                sentence = Sentence(stream, streams, start, mentions, marked, within)
                yield from _read_sentence(chunk, sentence, near, cast, lexicon)
                continue
        if first < len(places) and places[first] < min(end, start + OPENING):
            held = [one for one in quotes.touching(start, end) if one.kind in MARKED]
            code = cast.country_of(held[0]) if held else named[first].code
            if code is not None:
                cast.turn_to(is_quoted=False)
                cast.meet(code)
        elif not may_show:
            cast.pass_by()


def _lists(text: str, mentions: Sequence[Mention]) -> list[tuple[str, ...]]:
    """Return the countries of each list in a sentence, the last one first, then all together."""
    rows: list[list[str]] = []
    for before, one in zip((None, *mentions), mentions, strict=False):
        if before is not None and LISTED.fullmatch(text, before.end, one.start):
            rows[-1].append(one.code)
        else:
            rows.append([one.code])
    found = [tuple(dict.fromkeys(row)) for row in (*rows[::-1], [one.code for one in mentions])]
    return [row for row in found if len(row) > 1]


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _read_sentence(
    chunk: Chunk, sentence: Sentence, quotes: Sequence[Quote], cast: Cast, lexicon: Lexicon
) -> Iterator[Position]:
    seen: set[tuple[str, str]] = set()
    verdicts = judge_sentence(sentence, cast, lexicon)
    for verdict in _without_echoes(verdicts, lexicon):
        key = verdict.actor.code, verdict.stance
        if key not in seen:
            seen.add(key)
            yield _position(chunk, sentence, quotes, verdict)


def _without_echoes(verdicts: Sequence[Verdict], lexicon: Lexicon) -> Iterator[Verdict]:
    """Yield the stances but for denials that tell less than another one of the same country.

    Where both turn on the same thing, `against letting it go on, but will not ban it`, the denial
    is the plainer word.
    """
    denied = {(one.actor.code, one.stance) for one in verdicts if one.rule == DENIED}
    plain = set()
    for one in verdicts:
        opposite = one.actor.code, lexicon.opposites.get(one.stance)
        if one.rule != DENIED and not (one.rule.startswith("turned") and opposite in denied):
            if one.stance != "undecided":
                plain.add(one.actor.code)
            yield one
    yield from (one for one in verdicts if one.rule == DENIED and one.actor.code not in plain)


def _position(
    chunk: Chunk, sentence: Sentence, quotes: Sequence[Quote], verdict: Verdict
) -> Position:
    stream, actor, start = sentence.stream, verdict.actor, sentence.start
    place = start + stream.starts[verdict.cue[0]]
    quote = next((one for one in quotes if one.start <= place < one.end), None)
    if actor.first >= 0:
        words = chunk.text[start + stream.starts[actor.first] : start + stream.ends[actor.last]]
    else:
        speaker = quote.speaker if quote else None
        words = (speaker.name or speaker.role or "") if speaker else ""
    is_self = any(one.code == actor.code and one.kind != "society" for one in verdict.speaker)
    return Position(
        country=actor.code,
        stance=verdict.stance,
        target=verdict.target,
        object=verdict.object,
        hedge=verdict.hedge,
        said_by="self" if is_self else "other",
        actor=" ".join(words.split()) or None,
        chain=_chain(quote, words, is_self=is_self),
        start=start,
        end=start + len(stream.text),
        rule=verdict.rule,
    )


def _chain(quote: Quote | None, actor: str, *, is_self: bool) -> tuple[str, ...]:
    """Return who passed a statement on: the speaker unless he speaks for his own country.

    A country that thinks of others speaks, and passes nothing on; so does the actor itself.
    """
    if quote is None:
        return ()
    speaker = quote.speaker
    name = (speaker.name or speaker.role) if speaker else None
    if is_self or name is None:
        return quote.chain
    links = quote.chain if quote.chain[:1] == (name,) else (name, *quote.chain)
    return tuple(one for one in links if not (_is_party(one) or actor.endswith(one)))


def _is_party(name: str) -> bool:
    """Whether a name is that of countries or groups themselves, and of no body that one hears."""
    return all(
        one.lower() in actor_words.OTHERS
        or ((found := name_alone(one)) and kind_of(found.rule) in COUNTRIES)
        for one in split_list(name)
    )
