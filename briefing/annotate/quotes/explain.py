"""Why a quote has the speaker it has: every rule that proposed one, and why the others lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Literal

from briefing.annotate.parts import split_parts
from briefing.annotate.quotes.annotator import Draft, Drafts, number_quotes
from briefing.annotate.quotes.candidates import FOREIGN, REPEATED, Candidate, QuoteContext
from briefing.annotate.quotes.rules import propose
from briefing.annotate.quotes.speakers import Speakers
from briefing.errors import NotFoundError
from briefing.model import Chunk, Quote, Record, Speaker
from briefing.quote_ids import QuoteNames

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
    for part in split_parts(chunks):
        drafts = Drafts.of_chunks(part, language, publisher=publisher, date=date)
        numbered = number_quotes(drafts.reading, drafts.rows, names)
        for draft, found in zip(chain(*drafts.rows), chain(*numbered), strict=True):
            if found.id == quote:
                return _explain(drafts, draft, found, before)
        before += len(drafts.rows)
    raise NotFoundError(f"This article has no quote {quote}.", "List its quotes for their ids.")


def _explain(drafts: Drafts, draft: Draft, quote: Quote, before: int) -> Explanation:
    candidates = [draft.candidate]
    if quote.kind in ("direct", "partial") and quote.rule not in (FOREIGN, REPEATED):
        known = {
            place: candidate
            for place, candidate in drafts.context.decided.items()
            if (place.paragraph, place.token) < (draft.place.paragraph, draft.place.token)
        }
        context = QuoteContext(drafts.reading, known)
        candidates = list(propose(context, draft.place, drafts.options)) or candidates
    considered = tuple(
        _consider(drafts, candidate, quote, before, is_first=number == 0)
        for number, candidate in enumerate(candidates)
    )
    return Explanation(quote=quote, chosen=considered[0], candidates=considered)


def _consider(
    drafts: Drafts, candidate: Candidate, quote: Quote, before: int, *, is_first: bool
) -> Considered:
    """Judge a proposal; `before` counts the paragraphs of the parts before its own."""
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
        paragraph=before + candidate.paragraph,
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
