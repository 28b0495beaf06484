"""Concordances and verified drafts as plain lines that fit into 80 columns."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from briefing.cli.lines import PlainLine, Strength, date_text, place_words, speaker_text
from briefing.compare.concordance import Concordance, Version
from briefing.compare.origin_counts import count_origins
from briefing.compare.origins import Origin
from briefing.compare.word_alignment import marked_parts
from briefing.export.draft_checking import CheckedDraft, CheckedQuotation
from briefing.visible import one_line
from briefing.wording import counted

_WIDTH = 80
_HELD_AS: Mapping[str | None, str] = MappingProxyType(
    {
        "text": "the article’s own words, no quote there",
        "paraphrase": "the reporter’s paraphrase, not marked as a quote there",
    }
)


def concordance_lines(found: Sequence[Concordance], briefing: str) -> Iterator[PlainLine]:
    """Yield each utterance: the longest version, then how the others differ from it."""
    for one in found:
        versions = (one.base, *one.others)
        rows = [row for version in versions for row in version.rows]
        who = speaker_text(next((row.quote.speaker for row in rows if row.quote.speaker), None))
        found_in = count_origins((row.article, Origin(outlet=row.origin.outlet)) for row in rows)
        counts = f"{counted(len(versions), 'version')} in {found_in}"
        yield from _wrapped(f"{who} · {counts}", 0, "strong")
        yield from _wrapped(_shown(one.base, one.base.text), 2, "quote")
        yield from _wrapped(_place(one.base, briefing), 4, "faint")
        for version in one.others:
            if version.changes == ("same",):
                yield from _wrapped(f"same words: {_place(version, briefing)}", 4, "faint")
                continue
            text = marked_parts(version.parts) if version.parts else version.text
            yield from _wrapped(_shown(version, text), 2, "normal")
            place = f"{', '.join(version.changes)}: {_place(version, briefing)}"
            yield from _wrapped(place, 4, "faint")
        yield PlainLine()
    several = sum(bool(one.others) for one in found)
    count = counted(several, "utterance") if several else "no utterance"
    yield PlainLine(f"{count} in several versions", 0, "faint")


def _shown(version: Version, text: str) -> str:
    told = version.rows[0].quote.kind == "indirect"
    return one_line(text) if told else f"“{one_line(text)}”"


def _place(version: Version, briefing: str) -> str:
    row = version.rows[0]
    paragraph = f" ¶{row.paragraph}" if row.paragraph else ""
    chain = "".join(f" ← {one_line(link)}" for link in row.quote.chain[1:])
    where = f"{one_line(row.source)}{paragraph}{chain} · {date_text(version.date)}"
    return f"{where} · {place_words(briefing, row.article, row.quote.id)}"


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


def _wrapped(text: str, indent: int, strength: Strength) -> Iterator[PlainLine]:
    """Yield a text in lines of the width of a terminal; long words, as places are, stay whole."""
    for line in textwrap.wrap(
        text, _WIDTH - indent, break_long_words=False, break_on_hyphens=False
    ):
        yield PlainLine(line, indent, strength)
