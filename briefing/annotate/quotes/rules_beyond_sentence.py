"""Rules that find the speaker of a marked stretch beyond its own sentence."""

from __future__ import annotations

from typing import Final

from briefing.annotate.quotes.candidates import Candidate, QuoteContext, TokenPlace
from briefing.annotate.quotes.rules_in_sentence import said_after_quote
from briefing.english.subjects import sentence_subject
from briefing.english.word_classes import (
    AUX,
    CUE,
    PRON,
    QUOTE,
    VERB,
    WORD,
)

SIGNATURE: Final = 12
"""The longest line, in tokens, that signs a quotation above it."""


def carry_over(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"No," Lin said. "Never."`: the quotation before in the same paragraph."""
    return _same_speaker(context, place.paragraph, place.token, "carry_over")


def _same_speaker(context: QuoteContext, paragraph: int, token: int, rule: str) -> Candidate | None:
    """Return the speaker of the nearest quotation before a token of a paragraph."""
    for quote in context.reading.quotes_before(paragraph, token):
        at = TokenPlace(paragraph, quote)
        earlier = context.decided.get(at)
        if earlier is not None:
            return Candidate(rule, earlier.paragraph, earlier.phrase, earlier.frame, at)
    return None


def sentence_before(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`Lin shook his head. "Never."`: the subject of the sentence before."""
    phrases = context.reading.phrases[place.paragraph]
    first, _ = phrases.stream.sentence(place.token)
    if first == 0:
        return None
    return _speaker_of_sentence(context, place.paragraph, first - 1, "sentence_before")


def _speaker_of_sentence(
    context: QuoteContext, paragraph: int, token: int, rule: str
) -> Candidate | None:
    phrases = context.reading.phrases[paragraph]
    first, end = phrases.stream.sentence(token)
    for frame in reversed(context.reading.frames_around(paragraph, token)):
        if "say" in frame.verb.kinds:
            return Candidate(rule, paragraph, frame.subject, frame)
    subject = sentence_subject(phrases, first, end)
    return None if subject is None else Candidate(rule, paragraph, subject)


def next_tag(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"No." "Never," Lin said`: the tag of the quotation that follows."""
    phrases = context.reading.phrases[place.paragraph]
    for token in range(place.token + 1, min(phrases.size, place.token + 4)):
        if phrases.flags[token] & QUOTE:
            found = said_after_quote(context, TokenPlace(place.paragraph, token))
            if found is not None:
                return Candidate("next_tag", found.paragraph, found.phrase, found.frame)
    return None


def reopened_paragraph(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match the continuation of a quotation left open at the end of the paragraph before."""
    if place.token > 0 or place.paragraph == 0:
        return None
    before = context.reading.phrases[place.paragraph - 1]
    if not before.size or not before.flags[-1] & QUOTE:
        return None
    stretch = context.reading.marked[place.paragraph - 1][before.stream.marked[before.size - 1]]
    earlier = context.decided.get(TokenPlace(place.paragraph - 1, before.size - 1))
    if stretch.closed or earlier is None:
        return None
    return Candidate(
        "reopened_paragraph",
        earlier.paragraph,
        earlier.phrase,
        earlier.frame,
        TokenPlace(place.paragraph - 1, before.size - 1),
    )


def announced_before(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a quotation below a paragraph that ends with a colon: the speaker of its last sentence."""
    if place.token > 0 or place.paragraph == 0:
        return None
    before = context.reading.phrases[place.paragraph - 1]
    if not before.size or before.stream.words[-1] != ":":
        return None
    paragraph = place.paragraph - 1
    found = _speaker_of_sentence(context, paragraph, before.size - 1, "announced_before")
    if found is not None or paragraph == 0:
        return found
    earlier = context.reading.phrases[paragraph - 1]
    return _same_speaker(context, paragraph - 1, earlier.size, "announced_before")


def tag_in_next_paragraph(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a quotation left open: the speaker in the tag of its continuation below."""
    phrases = context.reading.phrases[place.paragraph]
    following = place.paragraph + 1
    stretch = context.reading.marked[place.paragraph][phrases.stream.marked[place.token]]
    if stretch.closed or following >= len(context.reading.phrases):
        return None
    below = context.reading.phrases[following]
    if not below.size or not below.flags[0] & QUOTE:
        return None
    found = said_after_quote(context, TokenPlace(following, 0))
    if found is None:
        return None
    return Candidate("tag_in_next_paragraph", found.paragraph, found.phrase, found.frame)


def signed_behind(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"…" — Ana Lin, minister`: a name behind a dash, and no verb."""
    phrases = context.reading.phrases[place.paragraph]
    first = place.token + 2
    if first >= phrases.size or phrases.size - first > SIGNATURE:
        return None
    if phrases.stream.words[first - 1] not in ("—", "–", "-", "―") or phrases.names[first] != first:
        return None
    if any(flag & (AUX | VERB | CUE | PRON) for flag in phrases.flags[first:]):
        return None
    subject = phrases.starting_at(first, phrases.size)
    return None if subject is None else Candidate("signed_behind", place.paragraph, subject)


def unattributed(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a sentence that is marked as a whole: a quote without a speaker."""
    phrases = context.reading.phrases[place.paragraph]
    first, end = phrases.stream.sentence(place.token)
    if any(flag & WORD for flag in phrases.flags[first:end]):
        return None
    return Candidate("unattributed", place.paragraph, None)


def signed_below(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a quotation alone in its paragraph, with `- Ana Lin` or `Ana Lin, nurse` below it."""
    following = place.paragraph + 1
    if (
        place.token > 0
        or following >= len(context.reading.phrases)
        or context.reading.phrases[place.paragraph].size > 2
    ):
        return None
    phrases = context.reading.phrases[following]
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


def paragraph_before(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a quotation without attribution: whoever spoke last in the paragraph before."""
    if place.paragraph == 0:
        return None
    paragraph = place.paragraph - 1
    before = context.reading.phrases[paragraph]
    for token in range(before.size - 1, -1, -1):
        if before.flags[token] & QUOTE:
            earlier = context.decided.get(TokenPlace(paragraph, token))
            if earlier is not None:
                return Candidate(
                    "paragraph_before",
                    earlier.paragraph,
                    earlier.phrase,
                    earlier.frame,
                    TokenPlace(paragraph, token),
                )
    frames = [frame for frame in context.reading.frames[paragraph] if "say" in frame.verb.kinds]
    if frames:
        return Candidate("paragraph_before", paragraph, frames[-1].subject, frames[-1])
    if before.size:
        return _speaker_of_sentence(context, paragraph, before.size - 1, "paragraph_before")
    return None
