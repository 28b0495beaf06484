r"""The query language: parsing a text into a tree, and writing the tree as text.

`parse` never raises. Parts that make no sense are ignored with a hint, and the rest is searched.

    words              both words, in any order          huawei ban
    "a phrase"         these words in this order         "share information"
    begin*             words with this prefix            restrict*
    word~, word~2      words within 1 or 2 typos         pompoe~
    a OR b, a AND b    either; both (AND may be left out)
    -a, NOT a          without
    a NEAR b           within 10 words of each other     ban NEAR huawei, ban NEAR/3 huawei
    "a b"~5            within 5 words, in any order      "ban huawei"~5
    same:(a b)         all inside in one passage         same:(huawei ban)
    ( )                grouping
    field:value        only in that field                        country:GB speaker:"mike pompeo"
    field:a,b          any of these values               country:DE,FR
    field:(a OR b)     all inside are values             speaker:(mike OR "jim jones")
    date:a..b          from a to b; one may be omitted   date:2019-01..2019-03, 2019..2020
    date:words         dates in words                    date:last week, before:15 March 1987
    \word              the word, never an operator       \and

AND, OR and NOT are operators in any case, NEAR is in capitals or small letters.
"""

import re
from typing import Final

from briefing.search import nodes
from briefing.search.parser import OPENING, RUN, parse

_WITHOUT_MARKS: Final = str.maketrans(dict.fromkeys(OPENING, " "))
_PLAIN_DATE: Final = re.compile(r"(?:\d{4}[\d-]*)?(?:\.\.(?:\d{4}[\d-]*)?)?", re.ASCII)
"""A date that does not consume the words after it when parsed."""
_PLAIN_VALUE: Final = re.compile(r"(?!\d{3}(?!\d)|(?:and|or|not|near)\Z)\w[\w.'’-]*", re.IGNORECASE)
"""A value that is parsed as a value after a comma: not an operator or part of a number."""


def to_text(query: nodes.Query | nodes.Node | None) -> str:
    """Return a text that `parse` turns into the same tree."""
    node = query.root if isinstance(query, nodes.Query) else query
    match node:
        case None:
            return ""
        case nodes.And(children):
            return " ".join(_inner(child) for child in children)
        case nodes.Or(children):
            parts = (to_text(x) if isinstance(x, nodes.And) else _inner(x) for x in children)
            return _list_text(node) or " OR ".join(parts)
        case nodes.Not(child):
            return f"-{_inner(child)}"
        case nodes.Same(child):
            inner = _inner(child)
            return f"same:({inner})" if isinstance(child, nodes.Not) else f"same:{inner}"
        case _:
            return _leaf_text(node)


def quote_value(value: str) -> str:
    """Return a field's value as it is written in a query, quoted where necessary."""
    clean = " ".join(value.translate(_WITHOUT_MARKS).split())
    needs_quotes = not RUN.fullmatch(clean) or set(clean) & set(",~") or clean[-1] == "*"
    return f'"{clean}"' if needs_quotes else clean


def _inner(node: nodes.Node) -> str:
    if isinstance(node, nodes.Or) and _list_text(node):
        return _list_text(node)
    return f"({to_text(node)})" if isinstance(node, nodes.And | nodes.Or) else to_text(node)


def _list_text(node: nodes.Or) -> str:
    """Return the values of one field as a list, "" for a node with anything else."""
    fields = [child for child in node.children if isinstance(child, nodes.Field)]
    if len(fields) < len(node.children) or len({field.name for field in fields}) > 1:
        return ""
    return f"{fields[0].name}:{','.join(map(_value_text, fields))}"


def _value_text(field: nodes.Field) -> str:
    value = quote_value(field.value)
    plain = _PLAIN_DATE if field.name in nodes.DATE_FIELDS else _PLAIN_VALUE
    if value[:1] != '"' and not plain.fullmatch(value):
        value = f'"{value}"'
    return f"{value}{'*' if field.prefix else ''}"


def _leaf_text(leaf: nodes.Leaf) -> str:
    match leaf:
        case nodes.ExactPhrase(text):
            return f'"{text}"'
        case nodes.Near(words, distance):
            return f'"{" ".join(map(_word_text, words))}"~{distance}'
        case nodes.Field(name):
            return f"{name}:{_value_text(leaf)}"
        case nodes.Fuzzy(text, distance):
            written = f"{text}~{distance}"
        case nodes.Word() | nodes.Prefix():
            written = _word_text(leaf)
    beside = nodes.Word("x")
    reads_back = parse(f"x {written} x").root == nodes.And((beside, leaf, beside))
    return written if reads_back or not RUN.fullmatch(written) else f"\\{written}"


def _word_text(word: nodes.Word | nodes.Prefix) -> str:
    return f"{word.text}*" if isinstance(word, nodes.Prefix) else word.text
