"""Completing a partly typed query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.model import ROLES
from briefing.search.analysis import terms
from briefing.search.documents import WORD_FIELDS
from briefing.search.nodes import FIELD_HELP, Field, FieldName, field_named
from briefing.search.parser import MAX_LENGTH, OPENING, parse
from briefing.search.query import quote_value
from briefing.search.resolve import country_code

if TYPE_CHECKING:
    from briefing.search.index import SearchIndex

SUGGESTIONS: Final = 8
_WHOLE_VALUES: Final[dict[FieldName, str]] = {
    "speaker": "name", "voice": "voice", "publisher": "outlet", "stance": "stance",
    "briefing": "briefing", "date": "year", "before": "year", "after": "year",
}  # fmt: skip
_WORDS: Final = ("cites", "section", "tag", "note", "headline")
"""Fields with only single words in the index."""
FUNCTION_WORDS: Final = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it"}
    | {"its", "no", "not", "of", "on", "or", "says", "that", "the", "their", "this", "to", "was"}
    | {"what", "who", "why", "will", "with"}
)
"""Words that are only offered once their first letter is typed, and never in a hint."""
_SCAN: Final = 20_000
"""Values of a field that are examined, the most frequent first."""
_LEAST: Final = 3
"""Letters from which on other names of countries are examined."""


class Completed(NamedTuple):
    """The last part of a query: its field, value ("" if untyped) and that country's name or ""."""

    field: FieldName
    value: str
    label: str


def complete(index: SearchIndex, text: str) -> tuple[str, ...]:
    """Return queries with the last word or value completed, as `parse` reads, likeliest first."""
    # A terminal may pass on lone surrogates, which occur in no index and in no name.
    head, minus, part = _split(text.encode("utf-8", "replace").decode("utf-8"))
    name, colon, value = part.partition(":")
    field = field_named(name) if colon else None
    if field is not None:
        values = _values(index, field, value)
        written = (_written(field, each) for each in values)
        found = [each for each in written if each is not None]
    else:
        found = [f"{each}:" for each in FIELD_HELP if each.startswith(part.lower())]
        if part[-1:].isalnum() and len(wanted := terms(part)) == 1:
            found += _frequent(index, "text", wanted[0])[:SUGGESTIONS]
    completed = (f"{head}{minus}{each}" for each in found)
    fitting = (each for each in completed if each != text and len(each) <= MAX_LENGTH)
    return tuple(islice(dict.fromkeys(fitting), SUGGESTIONS))


def last_completed(text: str) -> Completed | None:
    """Parse the last part of a query from `complete`; None for a plain word."""
    _, _, part = _split(text)
    name, colon, value = part.partition(":")
    field = field_named(name) if colon else None
    if field is None:
        return None
    value = value.strip("".join(OPENING))
    return Completed(field, value, _label(value) if field == "country" else "")


def _split(text: str) -> tuple[str, str, str]:
    """Split off the last part of a query, which a quoted value is, and the minus sign on it."""
    inside, start = False, 0
    for place, mark in enumerate(text):
        if mark in OPENING:
            inside = not inside
        elif (mark.isspace() or mark in "()") and not inside:
            start = place + 1
    part = text[start:]
    return text[:start], part[: part.startswith("-")], part.removeprefix("-")


def _label(code: str) -> str:
    from briefing.world.country_names import country_name

    name = country_name(code)
    return "" if name == code else name


def _written(field: FieldName, value: str) -> str | None:
    """Return a field with a value as written; None where it would be parsed as another value."""
    quoted = quote_value(value)
    match parse(f"{field}:{quoted}").root:
        case Field(name, read, False) if name == field:
            # In a field of words, marks that cannot be written do not matter.
            same = quote_value(read) == quoted if field in WORD_FIELDS else read == value
            return f"{field}:{quoted}" if same else None
    return None


def _frequent(index: SearchIndex, field: str, prefix: str) -> list[str]:
    return [term for term, _ in index.terms(field, prefix).most_common(SUGGESTIONS * 8)]


def _values(index: SearchIndex, field: FieldName, typed: str) -> list[str]:
    value = typed.strip("".join(OPENING))
    beginning = value.casefold()
    if field == "country":
        return _countries(index, value)
    if field == "role":
        return [role for role in (*ROLES, "any") if role.startswith(beginning)]
    if field in _WORDS:
        return _phrases(index, field, value)
    return _names(index, _WHOLE_VALUES[field], lambda name: f" {beginning}" in name)


def _phrases(index: SearchIndex, field: FieldName, value: str) -> list[str]:
    """Complete the last word of a value; the words before it must precede it in the index."""
    written = terms(value)
    whole = not value[-1:].isalnum()
    if not written:
        words = _frequent(index, field, "")
        return [word for word in words if word not in FUNCTION_WORDS][:SUGGESTIONS]
    head, beginning = (written, "") if whole else (written[:-1], written[-1])
    words = _frequent(index, field, beginning)
    if not head:
        return words[:SUGGESTIONS]
    phrases = (" ".join((*head, word)) for word in words)
    return [each for each in phrases if index.count(Field(field, each), ROLES)][:SUGGESTIONS]


def _countries(index: SearchIndex, typed: str) -> list[str]:
    """Return codes: of the whole name, those with the prefix, else of names it begins (`brit`)."""
    held = _names(index, "country", lambda _: True, most=_SCAN)
    if typed in held:
        return []
    beginning = f" {typed.casefold()}"
    meant = country_code(typed) if len(typed) > 1 else None
    found = [code for code in held if beginning in f" {code} {_label(code)}".casefold()]
    if meant in held:
        found = [meant, *found]
    return found or _by_other_name(typed.casefold(), held)


def _by_other_name(prefix: str, held: Collection[str]) -> list[str]:
    """Return the codes in `held` of countries with another name or a demonym with the prefix."""
    from briefing.world.gazetteer import load_gazetteer

    if len(prefix) < _LEAST:
        return []
    gazetteer, size = load_gazetteer(), len(prefix)
    rows = (at for at, row in enumerate(gazetteer.rows) if row[:size].casefold() == prefix)
    entries = map(gazetteer.entry, rows)
    senses = (entry.senses[0] for entry in entries if entry.senses)
    codes = Counter(sense.code for sense in senses if sense.kind in {"name", "demonym", "group"})
    return [code for code, _ in codes.most_common() if code in held]


def _names(
    index: SearchIndex, field: str, wanted: Callable[[str], bool], most: int = SUGGESTIONS * 4
) -> list[str]:
    """Return the most frequent values of a field; `wanted` sees each casefolded after a space."""
    held = (value for value, _ in index.terms(field, "").most_common(_SCAN))
    return list(islice((value for value in held if wanted(f" {value.casefold()}")), most))
