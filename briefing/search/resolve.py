"""From what a person writes in a field to what the index holds: `country:britain` is `GB`."""

from __future__ import annotations

from briefing.model import ROLES
from briefing.search.documents import day_range
from briefing.search.query import And, Field, Node, Not, Or, Query


def resolve(query: Query) -> Query:
    """Put every field's value into the form the index holds.

    Values that mean nothing are passed over with a hint, like everything that makes no sense.
    """
    hints = list(query.hints)
    root = _resolve(query.root, hints) if query.root is not None else None
    return Query(root, tuple(dict.fromkeys(hints)))


def country_code(value: str) -> str | None:
    """Find the code of a country given by its code, name, demonym or `UK`; None if there is none.

    A code of two letters is taken as it is: an index may hold one that this version cannot name.
    """
    bare = value.strip().replace(".", "")
    if len(bare) == 2 and bare.isascii() and bare.isalpha():
        return "GB" if bare.upper() == "UK" else bare.upper()
    from briefing.annotate.countries import find_mentions

    for form in (value, value.title(), value.upper()):
        mentions = find_mentions(form)
        if mentions:
            return mentions[0].code
    return value.upper() if value.isascii() and value.isupper() else None


def _resolve(node: Node, hints: list[str]) -> Node | None:
    match node:
        case And(children) | Or(children):
            parts = [_resolve(child, hints) for child in children]
            found = tuple(part for part in parts if part is not None)
            if len(found) < 2:
                return found[0] if found else None
            return type(node)(found)
        case Not(child):
            inner = _resolve(child, hints)
            return Not(inner) if inner is not None else None
        case Field():
            return _resolve_field(node, hints)
    return node


def _resolve_field(field: Field, hints: list[str]) -> Field | None:
    match field.name:
        case "country":
            value = field.value.upper() if field.prefix else country_code(field.value)
            hint = f"no country is known as “{field.value}”"
        case "before" | "after" | "date":
            value = field.value if day_range(field.value)[0] else None
            hint = f"{field.name}: wants a date such as 2019, 2019-03 or 2019-03-15"
        case "role":
            value = _known_role(field)
            hint = f"role: is one of {', '.join(ROLES)}"
        case "stance":
            value, hint = field.value.casefold(), ""
        case _:
            return field
    if value is None:
        hints.append(hint)
        return None
    return Field(field.name, value, field.prefix)


def _known_role(field: Field) -> str | None:
    value = field.value.casefold()
    if field.prefix:
        return value if any(role.startswith(value) for role in ROLES) else None
    return value if value in ROLES else None
