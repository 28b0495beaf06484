"""Rules that find the speaker of a marked stretch beyond its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import Candidate, QuoteContext
from briefing.annotate.quotes.rules_in_sentence import said_after_quote
from briefing.english.frames import Frame, is_nested
from briefing.english.phrases import Phrase, Phrases
from briefing.english.subjects import sentence_subject
from briefing.english.word_classes import AUX, CAPITAL, CUE, PRON, QUOTE, VERB, WORD

DASHES: Final = ("—", "–", "-", "―")
SIGNATURE: Final = 12
"""The longest line, in tokens, that signs a quotation above it."""
MAX_OPENING: Final = 4
"""How many tokens a line may have up to the `from` that opens it."""


def carry_over(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"No," Lin said. "Never."`: the quotation before in the same paragraph.

    Whoever is reported in a sentence between speaks on: `"No," Lin said. Marsh said so. "…"`.
    """
    phrases = context.reading.phrases[place.paragraph]
    before = context.reading.quotes_before(place.paragraph, place.token)
    first, _ = phrases.stream.sentence(place.token)
    if before and first > 0:
        opening, _ = phrases.stream.sentence(first - 1)
        if before[0] < opening:
            frames = context.reading.frames_around(place.paragraph, first - 1)
            frame = _last_said(phrases, frames[::-1])
            if frame is not None:
                return Candidate("sentence_before", place.paragraph, frame.subject, frame)
    return _same_speaker(context, place.paragraph, place.token, "carry_over")


def _same_speaker(context: QuoteContext, paragraph: int, token: int, rule: str) -> Candidate | None:
    """Return the speaker of the nearest quotation before a token of a paragraph."""
    for quote in context.reading.quotes_before(paragraph, token):
        at = TokenPlace(paragraph, quote)
        earlier = context.decided.get(at)
        if earlier is not None:
            return replace(earlier, rule=rule, same_as=at)
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
    sender = _sender(context, paragraph)
    if sender is not None:
        return Candidate(rule, paragraph, sender)
    frame = _last_said(phrases, context.reading.frames_around(paragraph, token)[::-1])
    if frame is not None:
        return Candidate(rule, paragraph, frame.subject, frame)
    subject = sentence_subject(phrases, first, end)
    if subject is None or phrases.lower[subject.first : subject.last + 1] == ("one",):
        return None  # One was a call for help
    return Candidate(rule, paragraph, subject)


def _sender(context: QuoteContext, paragraph: int) -> Phrase | None:
    """Return the person of a line without a verb that opens with `from`: `And from Ana Lin:`."""
    phrases = context.reading.phrases[paragraph]
    if not 0 < phrases.size <= SIGNATURE + 2 or "from" not in phrases.lower[:MAX_OPENING]:
        return None
    first = phrases.lower.index("from") + 1
    if any(flag & (QUOTE | AUX | VERB | CUE) and not flag & CAPITAL for flag in phrases.flags):
        return None
    for token in range(first, phrases.size):
        if phrases.names[token] == token:
            subject = phrases.starting_at(token, phrases.size)
            if subject is not None and context.reading.find_person(paragraph, subject):
                return subject
    return None


def _last_said(phrases: Phrases, backwards: Sequence[Frame]) -> Frame | None:
    """Return the last frame of speech among frames, or the one that reports it: `Lin said he …`."""
    found: Frame | None = None
    for frame in backwards:
        if found is None:
            found = frame if "say" in frame.verb.kinds else None
        elif phrases.stream.sentences[frame.at] != phrases.stream.sentences[found.at]:
            break
        elif "say" in frame.verb.kinds and is_nested(phrases, frame, found):
            found = frame
    return found


def next_tag(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"No." "Never," Lin said`: the tag of the quotation that follows."""
    phrases = context.reading.phrases[place.paragraph]
    for token in range(place.token + 1, min(phrases.size, place.token + 4)):
        if phrases.flags[token] & QUOTE:
            found = said_after_quote(context, TokenPlace(place.paragraph, token))
            if found is not None:
                return replace(found, rule="next_tag")
    return None


def reopened_paragraph(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match the continuation of a quotation left open at the end of the paragraph before."""
    paragraph = context.reading.story.before[place.paragraph]
    if place.token > 0 or paragraph < 0:
        return None
    before = context.reading.phrases[paragraph]
    if not before.size or not before.flags[-1] & QUOTE:
        return None
    stretch = context.reading.marked[paragraph][before.stream.marked[before.size - 1]]
    at = TokenPlace(paragraph, before.size - 1)
    earlier = context.decided.get(at)
    if stretch.closed or earlier is None:
        return None
    return replace(earlier, rule="reopened_paragraph", same_as=at)


def announced_before(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a quotation below a colon: the speaker of the last sentence above it."""
    story = context.reading.story
    paragraph = story.before[place.paragraph]
    if place.token > 0 or paragraph < 0:
        return None
    before = context.reading.phrases[paragraph]
    if not before.size or before.stream.words[-1] != ":":
        return None
    found = _speaker_of_sentence(context, paragraph, before.size - 1, "announced_before")
    earlier = story.before[paragraph]
    if found is not None or earlier < 0:
        return found
    size = context.reading.phrases[earlier].size
    return _same_speaker(context, earlier, size, "announced_before")


def tag_in_next_paragraph(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a quotation left open: the speaker in the tag of its continuation below."""
    phrases = context.reading.phrases[place.paragraph]
    following = context.reading.story.behind[place.paragraph]
    stretch = context.reading.marked[place.paragraph][phrases.stream.marked[place.token]]
    if stretch.closed or following < 0:
        return None
    below = context.reading.phrases[following]
    if not below.size or not below.flags[0] & QUOTE:
        return None
    found = said_after_quote(context, TokenPlace(following, 0))
    return found and replace(found, rule="tag_in_next_paragraph")


def signed_behind(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"…" — Ana Lin, minister`: a name behind a dash, and no verb."""
    phrases = context.reading.phrases[place.paragraph]
    first = place.token + 2
    if first >= phrases.size:
        return None
    if phrases.stream.words[first - 1] not in DASHES or not is_signature(phrases, first):
        return None
    subject = phrases.starting_at(first, phrases.size)
    return Candidate("signed_behind", place.paragraph, subject) if subject else None


def is_signature(phrases: Phrases, first: int) -> bool:
    """Whether the rest of a paragraph is a short line that opens with a name and has no verb."""
    return (
        0 < phrases.size - first <= SIGNATURE
        and phrases.names[first] == first
        and not any(
            flag & (AUX | VERB | CUE | PRON) and not flag & CAPITAL
            for flag in phrases.flags[first:]
        )
    )


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
    while first < phrases.size and phrases.stream.words[first] in DASHES:
        first += 1
    if not is_signature(phrases, first):
        return None
    subject = phrases.starting_at(first, phrases.size)
    if subject is None or subject.head != "name":
        return None
    return Candidate("signed_below", following, subject)


def paragraph_before(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match a quotation without attribution: whoever spoke last in the paragraph before."""
    paragraph = context.reading.story.before[place.paragraph]
    if paragraph < 0:
        return None
    before = context.reading.phrases[paragraph]
    found = _same_speaker(context, paragraph, before.size, "paragraph_before")
    if found is not None:
        return found
    frame = _last_said(before, context.reading.last_frames(paragraph))
    if frame is not None:
        return Candidate("paragraph_before", paragraph, frame.subject, frame)
    if before.size:
        return _speaker_of_sentence(context, paragraph, before.size - 1, "paragraph_before")
    return None
