"""Outlets that an article names: as the source of something, or merely in passing.

A source reports, is spoken to, or stands after `according to`; any other name is a mention. `The
paper` is the outlet cited last.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from briefing.annotate.quotes.abbreviations import find_outlets_in
from briefing.english.lexicon import compile_words
from briefing.model import READ_ROLES, Chunk, Citation
from briefing.world.outlets import OutletName, find_outlets, generic_outlets, may_take_up

WINDOW: Final = 60
"""How far around a name, in characters, the words that make it a source may stand."""

_words = functools.partial(compile_words, room="annotate/citations", name="citations")
_BEHIND: Final = _words(
    r"(?:['’]s [A-Z][\w.’'-]* [A-Z][\w.’'-]*)?(?:, citing [^,.;]{{1,50}},)?"
    r"(?:,? (?:also|first|later|recently|earlier|has|had|have|on \w+|last \w+|this \w+)){{0,2}}"
    r" (?:{})\b",
    "reports",
)
_RULES: Final = (
    (
        "according_to_outlet",
        re.compile(
            r"\b[Aa]ccording to (?:\w+ (?:by|in|from) )?(?:the |The )?$"
            r"|(?:^|[\s,(—–-])[Pp]er (?:the |The )?$"
        ),
    ),
    ("reported_by_outlet", _words(r"\b(?:{}) (?:\w+ )?(?:by|in) (?:the |The )?$", "reported by")),
    ("told_outlet", _words(r"\b(?:{}) (?:\w+ ){{0,2}}?(?:the |The )?$", "told")),
    (
        "interview_with_outlet",
        _words(r"\b(?:{}) (?:with|to|by|on|for|in) (?:the |The )?$", "interview with"),
    ),
    ("said_on_outlet", _words(r"\b(?i:{}) (?:\w+,? ){{0,3}}?on (?:the |The )?$", "said on")),
    (
        "written_for_outlet",
        _words(
            r"\b(?:(?i:{}) (?:\w+,? ){{0,2}}?(?:in|for)|[Ll]etter to) (?:the |The )?$",
            "written for",
        ),
    ),
    ("report_of_outlet", _words(r"\b(?:{}) (?:by|in|from|of|on) (?:the |The )?$", "report of")),
)
_IN_A: Final = re.compile(
    r"\b(?:[Aa]ccording to|[Ii]n|[Bb]y|[Ff]rom|[Cc]iting) (?:an?|the) (?:\w+ )?$"
)
_ITS_REPORT: Final = _words(r"(?:['’]s)? (?:{})\b", "report of", "interview with")
"""`In a Guardian interview`, `according to the FT report`."""
_POST_RULE: Final = "posted_on_platform"
_POSTED: Final = _words(
    r"\b(?i:{}) (?:\w+,? ){{0,3}}?on (?:\w+ (?:official |verified )?)?$", "posted"
)
_PLATFORM: Final = _words(r"(?<![\w.@-])(?:{})(?![\w.-]*\w)", "platforms")
_LISTED: Final = re.compile(r"^(?:,| and|, and| or)? (?:the |The )?$")
_GENERIC: Final = compile_words(
    r"\b[Tt]he (?=(?:{})\b)([a-z]+(?: service| agency)?)\b", "generic", room="world", name="outlets"
)


def annotate_citations(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Return the chunks with their citations rebuilt; only chunks that are read get any."""
    last: str | None = None
    annotated = []
    outlets = find_outlets_in([chunk.text for chunk in chunks])
    for chunk, names in zip(chunks, outlets, strict=True):
        if chunk.role not in READ_ROLES:
            annotated.append(replace(chunk, citations=()) if chunk.citations else chunk)
            continue
        citations, last = find_citations(chunk.text, last, names)
        annotated.append(replace(chunk, citations=_passed_on(chunk, citations)))
    return tuple(annotated)


def find_citations(
    text: str, last: str | None = None, names: Sequence[OutletName] | None = None
) -> tuple[tuple[Citation, ...], str | None]:
    """Find the citations of a paragraph and the outlet cited last in it.

    `last` is the outlet cited last before it: what `the paper` means until another is cited;
    `names` are the outlets in the text, where they were looked for already.
    """
    places: list[Citation] = []
    previous: Citation | None = None
    for name in find_outlets(text) if names is None else names:
        rule = _rule_of(text, name) or _listed(text, name, previous)
        if rule is None and name.ambiguous:
            continue
        previous = Citation(
            outlet=name.outlet,
            start=name.start,
            end=name.end,
            kind="mention" if rule is None else "source",
            rule=rule or "named_only",
        )
        places.append(previous)
    places += _posts(text)
    return _add_generic(text, places, last)


def _rule_of(text: str, name: OutletName) -> str | None:
    before = text[max(0, name.start - WINDOW) : name.start]
    for rule, pattern in _RULES:
        is_place = name.ambiguous and rule == "said_on_outlet"  # on the Hill
        if pattern.search(before) and not is_place:
            return rule
    if _BEHIND.match(text, name.end, name.end + WINDOW):
        return "outlet_reports"
    if _IN_A.search(before) and _ITS_REPORT.match(text, name.end, name.end + WINDOW):
        return "report_of_outlet"
    return None


def _passed_on(chunk: Chunk, found: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return the outlets that pass on quotes of a chunk and that no list has, where it names them.

    `Ana Lin told Kanal Baru, a weekly, …`.
    """
    known = {one.outlet for one in found}
    names = {quote.chain[-1] for quote in chunk.quotes if quote.chain} - known
    places = [
        Citation(outlet=name, start=at, end=at + len(name), rule="passes_on")
        for name in names
        if name[:1].isupper() and (at := chunk.text.find(name)) >= 0
        if not any(one.start < at + len(name) and at < one.end for one in found)
    ]
    return tuple(sorted([*found, *places], key=lambda one: one.start))


def _posts(text: str) -> list[Citation]:
    """Return the platforms on which something was posted: they publish what others say."""
    return [
        Citation(outlet=name[0], start=name.start(), end=name.end(), rule=_POST_RULE)
        for name in _PLATFORM.finditer(text)
        if _POSTED.search(text[max(0, name.start() - WINDOW) : name.start()])
    ]


def _listed(text: str, name: OutletName, previous: Citation | None) -> str | None:
    """Return a name in a row behind a source: `reports by the FT, the WSJ and others`."""
    if previous is None or previous.kind != "source":
        return None
    between = text[previous.end : name.start]
    return "listed_with_source" if _LISTED.match(between) else None


def _add_generic(
    text: str, places: list[Citation], last: str | None
) -> tuple[tuple[Citation, ...], str | None]:
    """Add `the paper` where it reports, each time as the outlet cited last before it."""
    generic = [
        Citation(outlet="", start=match.start(1), end=match.end(1), rule="outlet_again")
        for match in _GENERIC.finditer(text)
        if match.group(1) in generic_outlets()
        and (_BEHIND.match(text, match.end(), match.end() + WINDOW) or _told(text, match.start()))
    ]
    found: list[Citation] = []
    for one in sorted([*places, *generic], key=lambda citation: citation.start):
        if one.outlet:
            if one.kind == "source" and one.rule != _POST_RULE:
                last = one.outlet
            found.append(one)
        elif last is not None and may_take_up(text[one.start : one.end], last):
            found.append(replace(one, outlet=last))
    return tuple(found), last


def _told(text: str, start: int) -> bool:
    before = text[max(0, start - WINDOW) : start]
    return before.endswith((" told ", " tells ", "ccording to "))
