"""In words where a country stands, where a quote does, and how a quote is cited.

What a country says itself and what others say about it are kept apart. The words may hold control
characters of an article: who shows them makes them visible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.compare import panels
from briefing.compare.origin_counts import NOT_STATED_WORDS, outlet_words, tally_words
from briefing.compare.origins import Origin
from briefing.visible import copied, one_line
from briefing.wording import (
    in_marks,
    long_date,
    paragraph_words,
    role_and_addressee,
    speaker_name,
)

OWN_VOICES = "Own voices"
ONLY_MENTIONED = "Only mentioned"
OWN_WORD = "In its own word"
OTHERS_WORD = "As others say"
"""Over the cues by which a country speaks for itself, and those by which others report it."""

_WITH_ARTICLE = re.compile(
    r"(?:United|Five|Group of) |.*(?:Republic|Union|Islands|Nations|Netherlands|Philippines)\Z"
)
_CONFLICTS: Mapping[panels.Conflict, str] = {
    "articles": "articles disagree",
    "voices": "its own word and others' differ",
}


def part_cues(
    notes: Sequence[panels.StanceNote],
) -> tuple[tuple[str, tuple[panels.StanceNote, ...]], ...]:
    """Return a country's own cues and those by others, each under its heading; none if empty."""
    own = tuple(note for note in notes if note.said_by == "self")
    others = tuple(note for note in notes if note.said_by == "other")
    parts = ((OWN_WORD, own), (OTHERS_WORD, others))
    return tuple((heading, part) for heading, part in parts if part)


def matter_words(matter: str | None, target: str | None) -> str:
    """Return what a stance is about, `Huawei equipment → CN`; empty where nothing is named."""
    return " ".join(part for part in (matter, f"→ {target}" if target else None) if part)


def source_words(note: panels.StanceNote) -> str:
    """Return who speaks for the country and who passed it on, `an aide via Financial Times`.

    Empty where others say so at first hand: that the country acts needs no words.
    """
    links = passed_on(note)
    chain = f"via {', '.join(links)}" if links else ""
    speaker = note.actor if note.said_by == "self" else None
    return " ".join(filter(None, (speaker, chain)))


def passed_on(note: panels.StanceNote) -> tuple[str, ...]:
    """Return the chain of a cue without the speaker that it begins with."""
    return note.chain[1:] if note.chain[:1] == (note.actor,) else note.chain


def conflict_words(conflicts: Sequence[panels.Conflict]) -> str:
    """Return in which ways cues of one date disagree; empty where they do not."""
    return "; ".join(_CONFLICTS[conflict] for conflict in conflicts)


def other_voice(standing: panels.Standing) -> panels.StanceNote | None:
    """Return the latest cue of the voice that the stance is not from, where it differs."""
    other = standing.others if standing.latest.said_by == "self" else standing.own
    return other if other and other.stance != standing.stance else None


def standing_words(standing: panels.Standing) -> str:
    """Return a stance with its object, since when, what it was, and who says so.

    Where several articles do, these are counted with their origins; then how cues disagree.
    """
    own = standing.latest.said_by == "self"
    voice = OWN_WORD if own else OTHERS_WORD
    about = matter_words(standing.object, standing.latest.target)
    text = standing.stance + (f": {about}" if about else "")
    text += f" since {standing.since}" if standing.since else ""
    text += f" (was {standing.former})" if standing.former else ""
    text += f", {voice.lower()}"
    other = other_voice(standing)
    if other is not None:
        text += f"; {'others say' if own else 'itself'}: {other.stance}"
    tally = tally_words(standing.tally) if standing.tally.articles > 1 else ""
    return " · ".join(filter(None, (text, tally, conflict_words(standing.conflicts))))


def cue_words(note: panels.StanceNote, labels: Mapping[str, str]) -> str:
    """Return date, stance with hedge, object and target, who says so, and the place of a cue.

    `labels` are those of the articles, by id.
    """
    parts = (
        note.date or "undated",
        stance_words(note),
        source_words(note),
        "ruled by the analyst" if note.ruled else "",
        paragraph_words(labels.get(note.article, note.article), note.paragraph),
    )
    return " · ".join(filter(None, parts))


def stance_words(note: panels.StanceNote) -> str:
    """Return the stance of a cue with its hedge, object and target."""
    about = matter_words(note.object, note.target)
    hedge = f" ({note.hedge})" if note.hedge else ""
    return f"{note.stance}{hedge}" + (f": {about}" if about else "")


def about_heading(name: str) -> str:
    """Return the heading over what others say about a country: `About the United States`."""
    return f"About {'the ' if _WITH_ARTICLE.match(name) else ''}{name}"


def part_quotes(
    rows: Sequence[panels.QuoteRow], code: str
) -> tuple[tuple[panels.QuoteRow, ...], tuple[panels.QuoteRow, ...]]:
    """Return the rows by a country and those about it, each in the order given."""
    return (
        tuple(row for row in rows if row.by == code),
        tuple(row for row in rows if code in row.about),
    )


def counts_by_and_about(tally: panels.Tally) -> str:
    """Return `12 by · 5 about`; what there is none of is left out."""
    parts = (
        f"{tally.by:,} by" if tally.by else "",
        f"{tally.about:,} about" if tally.about else "",
    )
    return " · ".join(filter(None, parts))


def country_counts(row: panels.CountryRow) -> str:
    """Return the quotes of a country in words, or its paraphrases where it has no quotes."""
    if row.group == "mentioned":
        return ONLY_MENTIONED.lower()
    if row.quotes.total:
        return counts_by_and_about(row.quotes)
    return f"{row.paraphrases.total:,} paraphrased" if row.paraphrases.total else "no quotes"


_TEXT_OF = {"wire": "wire report of", "reprint": "reprint of", "copy": "same text as that of"}


def provenance(row: panels.QuoteRow, via: str = "via") -> str:
    """Return where a quote stands, who passed it on, and how many articles and origins have it.

    The first link of a chain is the speaker, who has a line of their own. `via` is the word or sign
    before the others.
    """
    also = f" · {tally_words(row.tally, speakers=False)}" if row.tally.articles > 1 else ""
    return place_and_chain(row, via) + also + (", variants differ" if row.variants else "")


def place_and_chain(row: panels.QuoteRow, via: str = "via") -> str:
    """Return where a quote stands and who passed it on."""
    chain = "".join(f" {via} {link}" for link in row.quote.chain[1:])
    return one_line(paragraph_words(row.source, row.paragraph) + chain)


def citation_of(row: panels.QuoteRow, where: Sequence[str | None]) -> str:
    """Return a quote with its speaker and source, as it is copied for a memo: word for word.

    `where` goes on from the source's label: headline, date, address, as far as they are known.
    """
    who = ", ".join(
        part for part in (speaker_name(row.quote.speaker), role_and_addressee(row.quote)) if part
    )
    paragraph = f"¶{row.paragraph}" if row.paragraph else None
    source = ", ".join(one_line(part) for part in (row.source, paragraph, *where) if part)
    return f"{in_marks(row.quote, copied(row.quote.exact))}\n— {who}. {source}"


def whereabouts(source: panels.SourceRow | None) -> tuple[str | None, ...]:
    """Return headline, date and address of a source, for `citation_of`."""
    if source is None:
        return ()
    return (source.headline, long_date(source.date), source.url)


def source_origins(source: panels.SourceRow) -> tuple[str, ...]:
    """Return where an article's text and report come from, and what it cites, a line each."""
    lines = []
    own = Origin(outlet=source.text_of)
    if source.kind != "own":
        lines.append(f"{_TEXT_OF[source.kind]} {_origin_in_full(own)}")
    if source.origin != own:
        lines.append(f"retells {_origin_in_full(source.origin)}")
    elif own.outlet is None and not lines:
        lines.append(NOT_STATED_WORDS)
    if source.cites:
        lines.append("cites: " + ", ".join(map(one_line, source.cites)))
    return tuple(lines)


def _origin_in_full(origin: Origin) -> str:
    heard = f", from {one_line(origin.heard_from)}" if origin.heard_from else ""
    if origin.outlet is None:
        return f"{one_line(origin.heard_from or 'another outlet')}, {NOT_STATED_WORDS}"
    return outlet_words(origin.outlet, short=False) + heard
