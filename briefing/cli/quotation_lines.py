"""Verified drafts as plain lines that fit into 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType

from briefing.cli.lines import PlainLine, Strength, place_words
from briefing.cli.review_lines import WIDTH, broken_lines
from briefing.compare.word_alignment import marked_parts
from briefing.export.draft_checking import CheckedDraft, CheckedQuotation
from briefing.visible import one_line
from briefing.wording import counted, speaker_text

_wrapped = partial(broken_lines, width=WIDTH)
_HELD_AS: Mapping[str | None, str] = MappingProxyType(
    {
        "text": "the article’s own words, no quote there",
        "paraphrase": "the reporter’s paraphrase, not marked as a quote there",
    }
)


def verified_lines(checked: CheckedDraft) -> Iterator[PlainLine]:
    """Yield each quotation with which something is wrong or is to be known, then the counts."""
    for quotation in checked.quotations:
        if not quotation.is_sound or quotation.held_as in _HELD_AS:
            yield from _quotation_lines(quotation)
    counts = Counter(_found(quotation) for quotation in checked.quotations)
    parts = [f"{number} {found}" for found, number in counts.most_common()]
    total = counted(len(checked.quotations), "quotation")
    articles = counted(checked.articles, "article")
    summary = f"{total} against {articles}" + (f": {', '.join(parts)}" if parts else "")
    yield from _wrapped(summary, 0, "faint")


def _found(quotation: CheckedQuotation) -> str:
    """Return what was found of a quotation in a word or two: the gravest, if there are several."""
    if quotation.verdict in {"changed", "not found", "too short"}:
        return quotation.verdict
    if quotation.verdict == "cut" and not quotation.marked:
        return "cut without an ellipsis"
    if quotation.misattributed:
        return "attributed to another"
    if quotation.other_source:
        return "in another source"
    return "exact" if quotation.verdict == "exact" else "cut with an ellipsis"


def _quotation_lines(quotation: CheckedQuotation) -> Iterator[PlainLine]:
    strength: Strength = "normal" if quotation.is_sound else "warning"
    yield PlainLine(f"line {quotation.line}: {_found(quotation)}", 0, strength)
    shown = quotation.text
    if quotation.parts and not (quotation.verdict == "cut" and quotation.marked):
        shown = marked_parts(quotation.parts, hide_cuts=quotation.verdict == "not found")
    if quotation.verdict == "not found":
        yield from _wrapped(f"“{one_line(quotation.text)}”", 2, "quote")
        if quotation.passage:
            yield from _wrapped(f"nearest: “{one_line(quotation.passage)}”", 4, "normal")
    else:
        yield from _wrapped(f"“{one_line(shown)}”", 2, "quote")
    if quotation.misattributed:
        told = speaker_text(quotation.attributed_to)
        stored = "; ".join(map(speaker_text, quotation.speakers)) or "the article itself"
        yield from _wrapped(f"draft: {told}", 4, "normal")
        yield from _wrapped(f"text: {stored}", 4, "normal")
    elif quotation.held_as in _HELD_AS and quotation.verdict != "not found":
        yield from _wrapped(_HELD_AS[quotation.held_as], 4, "normal")
    if quotation.other_source:
        yield from _wrapped(f"in {', '.join(map(one_line, quotation.sources))}", 4, "normal")
    if quotation.place:
        yield from _wrapped(place_words(*quotation.place), 4, "faint")
