"""Whether a sentence speaks of what has happened or of what is to come, at a date in it.

It reads the verb forms around the date, not the sentence: where they do not agree, the answer is
that nothing is known.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

from briefing.annotate.dates.full import date_words
from briefing.annotate.dates.resolving import Tense

BEFORE = 240
AFTER = 160
"""How many characters before and after a date are read, within its sentence."""

_ADVERB = r"(?:\s(?:also|now|still|not|only|then|[a-z]{2,20}ly))?"
_AHEAD = r"(?:expected|due|scheduled|slated|set|planned|likely|poised|going|about|supposed|to)"
_OPENS_CLAUSE = re.compile(
    r"(?:^|[;:—–(]|(?P<comma>,)|\b(?:and|but|while|when|because|that|which|who|as|where|if)\b)"
    r"[\s“\"]*(?:(?:on|in|by|since|late|early|only|then|just|the|week|of|again)\s){0,4}$",
    re.IGNORECASE,
)
_LEAD = 40
"""How far back the words between the opening of a clause and a date may reach."""


@functools.cache
def _cues(*, looks_back: bool) -> re.Pattern[str]:
    """Verb forms by what they tell; looking back from a date, an infinitive may own it."""
    past = "|".join(sorted(date_words("past")))
    shared = "|".join(sorted(date_words("past_or_participle")))
    prospective = "|".join(sorted(date_words("prospective")))
    infinitive = (
        rf"|(?:{prospective})\b(?=[^.;!?]{{1,80}}\bto\s(?!(?:the|an?|his|her|its|their)\b)[a-z])"
    )
    return re.compile(
        rf"\b(?:(?P<future>(?:will|won['’]t|shall|may|(?:is|are|am){_ADVERB}\s{_AHEAD}"
        r"|(?:plans?|intends?|hopes?|aims?|vows?|pledges?)\sto)\b"
        rf"(?!{_ADVERB}\shave\b)(?:{_ADVERB}\sbe\s[a-z]+)?)"
        r"|(?P<unclear>(?:will|won['’]t|shall|may)\b"
        r"|(?:would|could|might|should|can|must|ought|unless|whether|if|every)\b"
        rf"|(?:was|were|been){_ADVERB}\s{_AHEAD}\b"
        rf"|to\sbe{_ADVERB}\s[a-z]+|(?:scheduled|slated|due|expected|planned|supposed)\b"
        rf"{infinitive if looks_back else ''})"
        rf"|(?P<passive>(?:be|being){_ADVERB}\s[a-z]+\b)"
        rf"|(?P<past>(?:{past})\b)"
        rf"|(?P<weak>(?:{shared}|[a-z]+ed)\b))"
        r"|(?P<contracted>['’]ll\b)"
    )


def find_tense(
    text: str, sentence: tuple[int, int], start: int, end: int, is_quoted: Callable[[int], bool]
) -> Tense | None:
    """Return the tense of the verb that a date at `start:end` of `text` belongs to.

    `sentence` is the span that holds the date; verbs for whose place `is_quoted` is true are not
    the reporter's and do not count. A date that opens its clause belongs to the verb after it, any
    other to the verb before it. None where that verb is neither past nor future, where it is a
    participle and the clause holds another tense too, or where there is none.
    """
    back = _cues(looks_back=True).finditer(text, max(sentence[0], start - BEFORE), start)
    before = _kinds(back, is_quoted)
    opening = _OPENS_CLAUSE.search(text[max(sentence[0], start - _LEAD) : start])
    if opening is None or (opening.start() == 0 and start - sentence[0] > _LEAD):
        return _judge(before[-1:], before)
    ahead = _cues(looks_back=False).finditer(text, end, min(sentence[1], end + AFTER))
    after = _kinds(ahead, is_quoted)
    tense = _judge(after[:1], after)
    if opening["comma"] and before and _judge(before[-1:], before) != tense:
        return None
    return tense


def _kinds(cues: Iterable[re.Match[str]], is_quoted: Callable[[int], bool]) -> list[str]:
    found = []
    for match in cues:
        kind = match.lastgroup or ""
        if kind == "passive" or is_quoted(match.start()):
            continue
        if kind != "weak" or match[0] not in date_words("not_past"):
            found.append("future" if kind == "contracted" else kind)
    return found


def _judge(nearest: list[str], beside: list[str]) -> Tense | None:
    match nearest:
        case ["past"]:
            return "past"
        case ["future"]:
            return "future"
        case ["weak"] if not {"future", "unclear"} & set(beside):
            return "past"
        case _:
            return None
