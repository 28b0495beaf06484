"""Resolving field values as typed to values in the index: `country:britain` to `GB`."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

from briefing.isodates import days_of
from briefing.model import ROLES, VOICES
from briefing.search import nodes
from briefing.search.dates import WANTED, UnclearDate, read_date

_SPOKESPEOPLE: Final = frozenset({"spokespeople", "spokesman", "spokeswoman", "spokesmen"})
_QUESTION_WORDS: Final = frozenset(
    {"which", "what", "who", "whom", "whose", "when", "where", "why", "how", "does", "do", "did"}
    | {"is", "are", "was", "were", "has", "have", "can", "will", "should", "would", "could"}
)
"""Question words, which do not occur in an article that answers the question."""
_Hint = Callable[[str], None]


def resolve(query: nodes.Query, today: date | None = None) -> nodes.Query:
    """Return a query with every field value as it is indexed, and without question words.

    Unknown values are dropped with a hint. `today` is the day that `last week` refers to.
    """
    hints = list(query.hints)
    today = today or datetime.now().astimezone().date()
    dropped: list[str] = []
    root = _without_question_words(query.root, dropped)
    if dropped:
        them = "it" if len(dropped) == 1 else "them"
        names = ", ".join(f"“{word}”" for word in dropped)
        hints.append(f"not searched: {names}; write {them} in quotation marks to search for {them}")
    if root is not None:
        root = _resolve(root, today, hints.append)
    return nodes.Query(root, tuple(dict.fromkeys(hints)))


def country_code(value: str) -> str | None:
    """Return the code of a country given by code, name, demonym, capital or institution, or None.

    Two letters, and ASCII capitals without a known meaning, are codes: an index may have them.
    """
    bare = value.strip().replace(".", "")
    if len(bare) == 2 and bare.isascii() and bare.isalpha():
        return "GB" if bare.upper() == "UK" else bare.upper()
    from briefing.world.gazetteer import country_named

    return country_named(value) or (value.upper() if value.isascii() and value.isupper() else None)


def _without_question_words(node: nodes.Node | None, dropped: list[str]) -> nodes.Node | None:
    """Drop question words where there are other words, and add them to `dropped`."""
    if isinstance(node, nodes.Or):
        return nodes.join(
            nodes.Or, [_without_question_words(child, dropped) for child in node.children]
        )
    if not isinstance(node, nodes.And):
        return node
    asking = [x for x in node.children if isinstance(x, nodes.Word) and _is_question_word(x.text)]
    rest = [x for x in node.children if x not in asking]
    if all(isinstance(leaf, nodes.Field) for leaf in nodes.leaves(nodes.join(nodes.And, rest))):
        return node
    dropped.extend(word.text for word in asking if word.text not in dropped)
    return nodes.join(nodes.And, rest)


def _is_question_word(word: str) -> bool:
    word = word.rstrip("?!.,;:")
    return word.casefold() in _QUESTION_WORDS and not word.isupper()


def _resolve(node: nodes.Node, today: date, hint: _Hint) -> nodes.Node | None:
    match node:
        case nodes.And(children) | nodes.Or(children):
            return nodes.join(type(node), [_resolve(child, today, hint) for child in children])
        case nodes.Not(child):
            inner = _resolve(child, today, hint)
            return nodes.Not(inner) if inner is not None else None
        case nodes.Same(child):
            return nodes.same(_resolve(child, today, hint))
        case nodes.Field():
            return _resolve_field(node, today, hint)
    return node


def _resolve_field(field: nodes.Field, today: date, hint: _Hint) -> nodes.Node | None:
    match field.name:
        case "country":
            return _resolve_country(field, hint)
        case "role":
            every = nodes.Or(tuple(nodes.Field("role", role) for role in ROLES))
            is_any = field.value.casefold() in {"any", "all"}
            named = "-".join(field.value.split())
            return every if is_any else _one_of(ROLES, field, named, hint)
        case "voice":
            value = "spokesperson" if field.value.casefold() in _SPOKESPEOPLE else field.value
            return _one_of(VOICES, field, value, hint)
        case "stance":
            return nodes.Field("stance", field.value.casefold(), field.prefix)
        case name if name in nodes.DATE_FIELDS:
            return _resolve_date(field, today, hint)
    return field


def _resolve_country(field: nodes.Field, hint: _Hint) -> nodes.Node | None:
    if field.prefix:
        return nodes.Field("country", field.value.upper(), prefix=True)
    codes = [country_code(part) for part in field.value.split(",") if part.strip()]
    if None in codes:
        codes = [country_code(field.value)]
    known = [nodes.Field("country", code) for code in codes if code is not None]
    if not known:
        hint(f"no country is known as “{field.value}”; put several words in quotation marks")
    return nodes.join(nodes.Or, known)


def _one_of(
    legal: Iterable[str], field: nodes.Field, value: str, hint: _Hint
) -> nodes.Field | None:
    """Return a field with one of the legal values, in singular or plural, or a prefix of one."""
    value = value.casefold()
    for form in dict.fromkeys((value, value.removesuffix("s"))):
        if form in legal or (field.prefix and any(each.startswith(value) for each in legal)):
            return nodes.Field(field.name, form, field.prefix)
    hint(f"{field.name}: is one of {', '.join(legal)}, not “{field.value}”")
    return None


def _resolve_date(field: nodes.Field, today: date, hint: _Hint) -> nodes.Field | None:
    """Resolve a date to ISO 8601, an open range to the field `after` or `before`."""
    name, value = field.name, field.value.casefold().strip()
    if name == "date" and value in {"unknown", "none"}:
        return nodes.Field("date", "unknown")
    try:
        iso = read_date(value, today).iso
    except UnclearDate as unclear:
        hint(f"{name}: {unclear}")
        return None
    if days_of(iso) is None:
        hint(f"{name}: “{value}” is out of range")
        return None
    if name == "date":
        open_name: nodes.FieldName = "after" if value.endswith("..") else "before"
        return nodes.Field(open_name if ".." in {value[:2], value[-2:]} else "date", iso)
    if value.startswith(".."):
        hint(f"{name}: needs {WANTED}, and “{value}” has no first day")
        return None
    return nodes.Field(name, iso.partition("/")[0])
