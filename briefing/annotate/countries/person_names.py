"""Whether the name of a place stands as part of a person's name."""

from __future__ import annotations

import functools
import re

from briefing.english.lexicon import read_words

_WORD_AFTER = re.compile(r" ([A-Z][a-z'-]+)")
_STREET_AFTER = re.compile(
    r" (?:Street|St\b|Road|Rd\b|Avenue|Ave\b|Lane|Drive|Boulevard|Blvd|Crescent|Terrace)"
)
_OFFICES = frozenset(("Minister", "President", "Chancellor", "Ambassador", "Secretary", "Senator"))
"""Words before the whole name of a person: `Minister Kenta Morioka`."""
_ARTICLES = ("al-", "el-", "ul-", "ud-")
"""What joins an Arabic family name to its article: `al-Sabah`."""
_LIFE_AFTER = re.compile(r", (?:aged|who (?:was|is|turned|turns)) (?:\d\d\b|born\b)")
"""What is told of people alone; of a team too is said who it beat."""
_SURNAME_AFTER = re.compile(r"-[A-Z]")


@functools.cache
def _titles() -> frozenset[str]:
    return read_words("english", "people", "title_male", "title_female") - {
        "King",
        "Queen",
        "Prince",
    }


def is_full_name(name: str, *, before: str, after: str) -> bool:
    """Whether `name` is part of a person's or a street's name, by the characters around it."""
    words = before.split() if before.endswith(" ") else []
    word = words[-1] if words else ""
    if word and (word in read_words("english", "given_names") or word in _titles()):
        return True
    is_behind_office = len(words) > 1 and word[:1].isupper() and words[-2] in _OFFICES
    is_articled = before.lower().endswith(_ARTICLES)
    if is_behind_office or is_articled or _STREET_AFTER.match(after) or _LIFE_AFTER.match(after):
        return True
    if word[:1].isupper() and _SURNAME_AFTER.match(after):
        return True
    if name not in read_words("english", "given_names"):
        return False
    following = _WORD_AFTER.match(after)
    if following is None:
        return False
    organisations = ("organisation_word", "firm", "title", "title_male", "title_female")
    return following[1] not in read_words("english", "people", *organisations)
