"""Quotations of an article with their speakers: the marked stretches that are speech."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from briefing.annotate.attribution import ALL_RULES, Candidate, Options, Place, State, choose
from briefing.annotate.indirect import Reported, find_reported
from briefing.annotate.marks import Marked
from briefing.annotate.reading import Reading, read_paragraphs
from briefing.annotate.selection import dropped_by
from briefing.annotate.speakers import Speakers
from briefing.annotate.tokens import QUOTE
from briefing.model import READ_ROLES, Chunk, Quote


def annotate_quotes(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Return the chunks with their quotes made anew; only chunks that are read get any."""
    read = [chunk for chunk in chunks if chunk.role in READ_ROLES]
    found = iter(find_quotes([chunk.text for chunk in read]))
    return tuple(
        replace(chunk, quotes=next(found) if chunk.role in READ_ROLES else ()) for chunk in chunks
    )


def find_quotes(
    paragraphs: Sequence[str], options: Options = ALL_RULES
) -> tuple[tuple[Quote, ...], ...]:
    """Find the quotes of an article, a row for each paragraph, offsets into that paragraph."""
    reading = read_paragraphs(paragraphs)
    state = State(reading, {})
    speakers = Speakers(reading)
    rows: list[tuple[Quote, ...]] = []
    count = 0
    for number, phrases in enumerate(reading.phrases):
        row = []
        for token, flag in enumerate(phrases.flags):
            if not flag & QUOTE:
                continue
            place = Place(number, token)
            candidate = choose(state, place, options)
            state.decided[place] = candidate
            marked = reading.marked[number][phrases.stream.marked[token]]
            if candidate is None or dropped_by(reading, place, candidate, options) is not None:
                state.decided[place] = None
                continue
            count += 1
            row.append(_quote(reading, speakers, number, marked, candidate, f"q{count}"))
        for reported in find_reported(reading, number, options):
            for first, end in reported.spans:
                count += 1
                row.append(_reported(reading, speakers, number, reported, first, end, f"q{count}"))
        rows.append(tuple(row))
    return tuple(rows)


def _reported(
    reading: Reading,
    speakers: Speakers,
    number: int,
    reported: Reported,
    first: int,
    end: int,
    ident: str,
) -> Quote:
    phrases = reading.phrases[number]
    frame = reported.frame
    start, stop = phrases.stream.starts[first], phrases.stream.ends[end - 1]
    candidate = Candidate(reported.rule, number, frame.subject, frame)
    return Quote(
        id=ident,
        kind="indirect",
        start=start,
        end=stop,
        exact=reading.texts[number][start:stop],
        utterance=f"u{number}.{frame.at}",
        speaker=speakers.resolve(candidate),
        cue=phrases.text(frame.at, frame.cue_last),
        rule=reported.rule,
    )


def _quote(
    reading: Reading,
    speakers: Speakers,
    number: int,
    marked: Marked,
    candidate: Candidate,
    ident: str,
) -> Quote:
    text = reading.texts[number]
    frame = candidate.frame
    cue = None
    if frame is not None:
        cue = reading.phrases[candidate.paragraph].text(frame.at, frame.cue_last)
    return Quote(
        id=ident,
        kind="direct",
        start=marked.start,
        end=marked.end,
        exact=text[marked.start : marked.end],
        utterance=None,
        speaker=speakers.resolve(candidate),
        cue=cue,
        rule=candidate.rule,
    )
