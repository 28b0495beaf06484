"""Which countries a text names and where: names, peoples, capitals, cities, institutions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from briefing.annotate.countries import salience
from briefing.annotate.countries.context import ALL_RULES, CountryRules, NameMatch
from briefing.annotate.countries.fold import fold
from briefing.annotate.countries.senses import choose_senses
from briefing.model import READ_ROLES, Chunk, Mention
from briefing.world.gazetteer import Gazetteer, load_gazetteer
from briefing.world.name_kinds import NAMING, kind_of, rule_name

PARAGRAPH = "\n\n"
UNION_SEAT = "Brussels"
LISTED = re.compile(r",? (?i:and|or) (?:[a-z]+ ){0,2}|, (?:the )?")
"""What stands between the names of countries in a list: `and the three Baltic states`."""


def find_mentions(text: str, rules: CountryRules = ALL_RULES) -> tuple[Mention, ...]:
    """Find every span of `text` that names a country or group, in order and not overlapping.

    Offsets are code points of `text`, end exclusive; `rule` is the kind of name and what chose its
    country. `rules` turns single rules off, for measuring what each is worth.
    """
    gazetteer = load_gazetteer()
    folded = fold(text, gazetteer.capitals)
    matches = find_names(folded.text, gazetteer)
    chosen = choose_senses(text, folded, matches, rules)
    return tuple(
        Mention(
            code=choice.code,
            start=folded.original(match.start),
            end=folded.original(match.end - 1) + 1,
            rule=choice.rule,
        )
        for match, choice in zip(matches, chosen, strict=True)
        if choice is not None
    )


def name_alone(text: str) -> Mention | None:
    """Return the mention that words are where they name a country and nothing else, else None."""
    found = find_mentions(text)
    return found[0] if found and (found[0].start, found[0].end) == (0, len(text)) else None


def split_list(words: str) -> list[str]:
    """Return the members of a list in words, `Peru, Chile and the Philippines`, or the words."""
    return LISTED.split(words)


def find_names(text: str, gazetteer: Gazetteer) -> list[NameMatch]:
    """Find the leftmost and longest names that stand as whole words."""
    whole = [
        (start, -end, number)
        for number, start, end in gazetteer.find(text)
        if _is_whole(text, start, end)
    ]
    whole.sort()
    matches: list[NameMatch] = []
    edge = 0
    for start, negative, number in whole:
        if start >= edge:
            matches.append(NameMatch(start, -negative, gazetteer.entry(number)))
            edge = -negative
    return matches


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or (before and before in "@_") or (before == "<" and after in "<>."):
        return False
    return not after.isalnum() or text[end - 1] == "-"


def about(title: str, body: str, rules: CountryRules = ALL_RULES) -> tuple[str, ...]:
    """Return the codes of the countries that a text is about, the most salient first."""
    text = title + PARAGRAPH + body
    mentions = find_mentions(text, rules)
    return salience.choose_countries(mentions, text, body_start=len(title) + len(PARAGRAPH))


def annotate_countries(chunks: Sequence[Chunk], headline: str | None) -> tuple[Chunk, ...]:
    """Return the chunks with `mentions` and `countries` filled where their role is read.

    A name is judged by what the whole article says, its headline included.
    """
    pieces = [headline or ""]
    starts: dict[str, int] = {}
    length = len(pieces[0])
    for chunk in chunks:
        if chunk.role in READ_ROLES:
            length += len(PARAGRAPH)
            starts[chunk.id] = length
            pieces.append(chunk.text)
            length += len(chunk.text)
    text = PARAGRAPH.join(pieces)
    mentions = _read_union_seat(find_mentions(text), text)
    places = [one.start for one in mentions]
    annotated = []
    for chunk in chunks:
        start = starts.get(chunk.id)
        if start is None:
            named = chunk.mentions or chunk.countries
            annotated.append(replace(chunk, mentions=(), countries=()) if named else chunk)
            continue
        first = bisect_left(places, start)
        own = mentions[first : bisect_left(places, start + len(chunk.text), first)]
        annotated.append(_annotate_chunk(chunk, start, own))
    return tuple(annotated)


def _read_union_seat(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """Read Brussels as the European Union where it acts and the text names no Belgium."""
    if any(one.code == "BE" and kind_of(one.rule) in NAMING for one in mentions):
        return tuple(mentions)
    return tuple(
        replace(one, code="EU", rule=rule_name("metonym", "union_seat"))
        if text[one.start : one.end] == UNION_SEAT and not salience.is_mere_place(one, text)
        else one
        for one in mentions
    )


def _annotate_chunk(chunk: Chunk, start: int, mentions: Sequence[Mention]) -> Chunk:
    """Return the chunk, which begins at `start` of the whole text, with its mentions."""
    own = tuple(replace(one, start=one.start - start, end=one.end - start) for one in mentions)
    return replace(chunk, mentions=own, countries=salience.weigh_chunk(own, chunk.text))
