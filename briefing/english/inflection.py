"""The regular forms of English verbs and nouns."""

from __future__ import annotations

from typing import Final

_VOWELS: Final = "aeiou"


def add_s(word: str) -> str:
    """Return the plural of a regular noun, which is the third person of a regular verb."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


def strip_plural(word: str) -> str:
    """Return a noun in lower case without the -s or -ies of its plural."""
    if word.endswith("ies") and len(word) > len("dies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def inflect(base: str) -> tuple[str, str, str, str]:
    """Return the base, third person, past and -ing form of a regular verb."""
    if base.endswith("e"):
        ing = base if base.endswith("ee") else base[:-1]
        return base, base + "s", base + "d", ing + "ing"
    stem = base[:-1] + "i" if base.endswith("y") and base[-2:-1] not in _VOWELS else base
    return base, add_s(base), stem + "ed", base + "ing"


def double_last(base: str) -> tuple[str, str, str, str]:
    """Return the same forms of a verb whose last consonant is doubled: `plan`, `planned`."""
    return base, add_s(base), base + base[-1] + "ed", base + base[-1] + "ing"
