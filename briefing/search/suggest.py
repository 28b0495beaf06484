"""Completing what is being typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from briefing.model import ROLES
from briefing.search.analysis import terms
from briefing.search.documents import WORD_FIELDS
from briefing.search.hints import Counts
from briefing.search.nodes import FIELD_HELP, Field, FieldName
from briefing.search.query import MAX_LENGTH, parse, quote_value
from briefing.search.resolve import country_code

SUGGESTIONS: Final = 8
_MARKS: Final = '"“”„«»'
_WHOLE_VALUES: Final[dict[FieldName, str]] = {
    "speaker": "name",
    "voice": "voice",
    "publisher": "outlet",
    "stance": "stance",
    "briefing": "briefing",
    "date": "year",
    "before": "year",
    "after": "year",
}
_WORDS: Final = ("cites", "section", "tag", "headline")
"""Fields of which the index knows single words only."""
_FUNCTION_WORDS: Final = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it"}
    | {"its", "no", "not", "of", "on", "or", "says", "that", "the", "their", "this", "to", "was"}
    | {"what", "who", "why", "will", "with"}
)
"""Words that nobody looks for by themselves; they are offered once they are begun."""
_SCAN: Final = 20_000
"""So many values of a field are looked through at most, the most frequent first."""
_LEAST: Final = 3
"""From so many letters on, other names of countries are looked at."""


class Completed(NamedTuple):
    """What the last part of a query says: a value in a field, or "" where only the field is named.

    `label` is what a country's code stands for, else "".
    """

    field: FieldName
    value: str
    label: str


def complete(counts: Counts, text: str) -> tuple[str, ...]:
    """Complete the last word or field value of a query: whole queries, the likeliest first.

    `parse` reads each value offered as it is in the index; one that cannot be written is left out.
    """
    # A lone surrogate, which a terminal may hand on, stands in no index and in no name.
    head, minus, part = _split(text.encode("utf-8", "replace").decode("utf-8"))
    name, colon, value = part.partition(":")
    field = _field(name) if colon else None
    if field is not None:
        values = _values(counts, field, value)
        written = (_written(field, each) for each in values)
        found: Iterable[str] = (each for each in written if each is not None)
    else:
        found = [*_fields(part), *_words(counts, "text", part)]
    completed = (f"{head}{minus}{each}" for each in found)
    fitting = (each for each in completed if each != text and len(each) <= MAX_LENGTH)
    return tuple(islice(dict.fromkeys(fitting), SUGGESTIONS))


def last_completed(text: str) -> Completed | None:
    """Read the last part of a query as `complete` writes it; None where that is a plain word."""
    _, _, part = _split(text)
    name, colon, value = part.partition(":")
    field = _field(name) if colon else None
    if field is None:
        return None
    value = value.strip(_MARKS)
    return Completed(field, value, _label(value) if field == "country" else "")


def _split(text: str) -> tuple[str, str, str]:
    """Part a query before what is being typed: head, minus sign or nothing, and the part."""
    start = _last_part(text)
    part = text[start:]
    minus = "-" if part.startswith("-") else ""
    return text[:start], minus, part.removeprefix("-")


def _last_part(text: str) -> int:
    """Find where the part being typed begins; a quoted field value counts as one part."""
    inside, start = False, 0
    for place, mark in enumerate(text):
        if mark in _MARKS:
            inside = not inside
        elif (mark.isspace() or mark in "()") and not inside:
            start = place + 1
    return start


def _field(name: str) -> FieldName | None:
    return next((each for each in FIELD_HELP if each == name.lower()), None)


def _label(code: str) -> str:
    from briefing.world.country_names import country_name

    name = country_name(code)
    return "" if name == code else name


def _written(field: FieldName, value: str) -> str | None:
    """Write a field with a value, or return None where that would be read as another value."""
    quoted = quote_value(value)
    match parse(f"{field}:{quoted}").root:
        case Field(name, read, False) if name == field:
            # In a field of words the marks that cannot be written are of no account.
            same = quote_value(read) == quoted if field in WORD_FIELDS else read == value
            return f"{field}:{quoted}" if same else None
    return None


def _fields(part: str) -> Iterator[str]:
    beginning = part.lower()
    return (f"{name}:" for name in FIELD_HELP if name.startswith(beginning))


def _words(counts: Counts, field: str, part: str) -> list[str]:
    """Complete a word with the most frequent ones that begin so."""
    wanted = terms(part)
    if len(wanted) != 1 or not part[-1:].isalnum():
        return []
    return _frequent(counts, field, wanted[0])[:SUGGESTIONS]


def _frequent(counts: Counts, field: str, beginning: str) -> list[str]:
    """List words of a field that begin so, the most frequent first."""
    return [term for term, _ in counts.terms(field, beginning).most_common(SUGGESTIONS * 8)]


def _values(counts: Counts, field: FieldName, typed: str) -> list[str]:
    """List the values of a field that may be meant, the likeliest first."""
    value = typed.strip(_MARKS)
    beginning = value.casefold()
    if field == "country":
        return _countries(counts, value)
    if field == "role":
        return [role for role in (*ROLES, "any") if role.startswith(beginning)]
    if field in _WORDS:
        return _phrases(counts, field, value)
    return _names(counts, _WHOLE_VALUES[field], lambda name: f" {beginning}" in name)


def _phrases(counts: Counts, field: FieldName, value: str) -> list[str]:
    """Complete the last word of a value; words before it have to stand before it in the index."""
    written = terms(value)
    whole = not value[-1:].isalnum()
    if not written:
        words = _frequent(counts, field, "")
        return [word for word in words if word not in _FUNCTION_WORDS][:SUGGESTIONS]
    head, beginning = (written, "") if whole else (written[:-1], written[-1])
    words = _frequent(counts, field, beginning)
    if not head:
        return words[:SUGGESTIONS]
    phrases = (" ".join((*head, word)) for word in words)
    return [each for each in phrases if counts.count(Field(field, each), ROLES)[0]][:SUGGESTIONS]


def _countries(counts: Counts, typed: str) -> list[str]:
    """List codes: the one that is typed in full, in words, then those whose code or name begins so.

    Where none does, other names are looked at: `brit` is the beginning of Britain.
    """
    held = _names(counts, "country", lambda _: True, most=_SCAN)
    if typed in held:
        return []
    beginning = f" {typed.casefold()}"
    meant = country_code(typed) if len(typed) > 1 else None
    found = [code for code in held if beginning in f" {code} {_label(code)}".casefold()]
    if meant in held:
        found = [meant, *found]
    return found or _called(typed.casefold(), held)


def _called(beginning: str, held: Collection[str]) -> list[str]:
    """List the held countries that have a name or a people of a name that begins so."""
    from briefing.world.gazetteer import load_gazetteer

    if len(beginning) < _LEAST:
        return []
    gazetteer = load_gazetteer()
    size = len(beginning)
    entries = (
        gazetteer.entry(number)
        for number, row in enumerate(gazetteer.rows)
        if row[:size].casefold() == beginning
    )
    senses = (entry.senses[0] for entry in entries if entry.senses)
    codes = Counter(sense.code for sense in senses if sense.kind in {"name", "demonym", "group"})
    return [code for code, _ in codes.most_common() if code in held]


def _names(
    counts: Counts, field: str, wanted: Callable[[str], bool], most: int = SUGGESTIONS * 4
) -> list[str]:
    """List whole values of a field, the most frequent first.

    `wanted` is asked of each value folded, with a blank before it.
    """
    held = (value for value, _ in counts.terms(field, "").most_common(_SCAN))
    return list(islice((value for value in held if wanted(f" {value.casefold()}")), most))
