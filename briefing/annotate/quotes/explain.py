"""Why a quote has the speaker it has: every rule that proposed one, and why the others lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Literal

from briefing.annotate.other_languages.annotator import annotate_others
from briefing.annotate.parts import split_parts
from briefing.annotate.quotes.annotator import Draft, Drafts, number_quotes
from briefing.annotate.quotes.candidates import REPEATED, Candidate, QuoteContext
from briefing.annotate.quotes.rules import propose
from briefing.annotate.quotes.speakers import Speakers
from briefing.errors import NotFoundError
from briefing.model import READ_ROLES, Chunk, Quote, Record, Speaker
from briefing.quote_ids import QuoteNames
from briefing.world.languages import languages_of_chunks

ProposalOutcome = Literal["chosen", "lost", "same speaker"]


class Considered(Record, frozen=True, kw_only=True):
    """A speaker that a rule proposed, where it stands, and what became of the proposal."""

    rule: str
    speaker: Speaker | None
    paragraph: int
    evidence: str
    verdict: ProposalOutcome
    reason: str


class Explanation(Record, frozen=True, kw_only=True):
    """A quote with the candidate that was chosen and all that were considered, best first."""

    quote: Quote
    chosen: Considered
    candidates: tuple[Considered, ...]


def explain(
    chunks: Sequence[Chunk],
    quote: str,
    language: str | None = None,
    *,
    publisher: str | None = None,
    date: str | None = None,
) -> Explanation:
    """Explain the quote of that id in an article given by its chunks and what is known of it.

    Chunks that are not read do not count, as in `annotate_quotes`. Raises NotFoundError where the
    article has no quote of that id.
    """
    names, before = QuoteNames(), 0
    others = languages_of_chunks(chunks, language)
    read = [chunk.id for chunk in chunks if chunk.role in READ_ROLES]
    places = [number for number, name in enumerate(read) if name not in others]
    for part in split_parts(chunks):
        english = [chunk for chunk in part if chunk.id not in others]
        drafts = Drafts.of_chunks(english, publisher=publisher, date=date)
        numbered = number_quotes(drafts.reading, drafts.rows, names)
        for draft, found in zip(chain(*drafts.rows), chain(*numbered), strict=True):
            if found.id == quote:
                return _explain(drafts, draft, found, places[before:])
        before += len(drafts.rows)
        foreign = [chunk for chunk in part if chunk.id in others]
        for chunk in annotate_others(foreign, others, names):
            for found in chunk.quotes:
                if found.id == quote:
                    return _without_speaker(found, read.index(chunk.id))
    raise NotFoundError(f"This article has no quote {quote}.", "List its quotes for their ids.")


def _without_speaker(quote: Quote, paragraph: int) -> Explanation:
    """Explain a quote that is not in English: no rule looks for its speaker."""
    chosen = Considered(
        rule=quote.rule,
        speaker=None,
        paragraph=paragraph,
        evidence="",
        verdict="chosen",
        reason="speakers are read in English alone",
    )
    return Explanation(quote=quote, chosen=chosen, candidates=(chosen,))


def _explain(drafts: Drafts, draft: Draft, quote: Quote, places: Sequence[int]) -> Explanation:
    candidates = [draft.candidate]
    if quote.kind in ("direct", "partial") and quote.rule != REPEATED:
        known = {
            place: candidate
            for place, candidate in drafts.context.decided.items()
            if (place.paragraph, place.token) < (draft.place.paragraph, draft.place.token)
        }
        context = QuoteContext(drafts.reading, known)
        candidates = list(propose(context, draft.place, drafts.options)) or candidates
    considered = tuple(
        _consider(drafts, candidate, quote, places, is_first=number == 0)
        for number, candidate in enumerate(candidates)
    )
    return Explanation(quote=quote, chosen=considered[0], candidates=considered)


def _consider(
    drafts: Drafts, candidate: Candidate, quote: Quote, places: Sequence[int], *, is_first: bool
) -> Considered:
    """Judge a proposal; `places` are the numbers that the part's paragraphs have in the article."""
    speaker = quote.speaker if is_first else Speakers(drafts.reading).resolve(candidate)
    phrases = drafts.reading.phrases[candidate.paragraph]
    evidence = ""
    if candidate.frame is not None and candidate.frame.order != "shared":
        last = min(candidate.frame.last, phrases.size - 1)
        evidence = phrases.text(candidate.frame.first, last)
    elif candidate.phrase is not None:
        evidence = phrases.text(candidate.phrase.first, candidate.phrase.last)
    verdict, reason = _judge(speaker, quote, is_first=is_first)
    return Considered(
        rule=candidate.rule,
        speaker=speaker,
        paragraph=places[candidate.paragraph],
        evidence=evidence,
        verdict=verdict,
        reason=reason,
    )


def _judge(speaker: Speaker | None, quote: Quote, *, is_first: bool) -> tuple[ProposalOutcome, str]:
    if is_first:
        return "chosen", "the first rule in order that found a speaker"
    if speaker is not None and quote.speaker is not None:
        same = (speaker.name or speaker.role) == (quote.speaker.name or quote.speaker.role)
        if same:
            return "same speaker", f"{quote.rule} found the same speaker first"
    return "lost", f"{quote.rule} comes before it"
