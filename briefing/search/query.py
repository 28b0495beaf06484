"""The search language: text to a frozen tree and back, and nothing that knows an index.

`parse` never raises. What makes no sense is passed over with a hint, and the rest is searched.

    words              both words, in any order          huawei ban
    "a phrase"         these words in this order         "share information"
    begin*             words that begin so               restrict*
    word~              words spelt nearly so             pompoe~
    a OR b, a AND b    either; both (AND may be left out)
    -a, NOT a          without
    ( )                what belongs together
    field:value        only there                        country:GB speaker:"mike pompeo"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias, cast

from briefing.model import Record

FieldName = Literal[
    "country",
    "speaker",
    "publisher",
    "cites",
    "stance",
    "role",
    "section",
    "briefing",
    "tag",
    "before",
    "after",
    "date",
]
FIELD_HELP: dict[FieldName, str] = {
    "country": "country:GB",
    "speaker": 'speaker:"mike pompeo"',
    "publisher": "publisher:ft",
    "cites": 'cites:"financial times"',
    "stance": "stance:ban",
    "role": "role:caption",
    "section": 'section:"why it matters"',
    "briefing": "briefing:huawei-5g",
    "tag": "tag:telecoms",
    "before": "before:2019-03",
    "after": "after:2019",
    "date": "date:2019-02",
}
"""Every field with an example, in the order in which they are shown."""

MAX_LENGTH = 2000
MAX_LEAVES = 60
MAX_DEPTH = 20

_OPENING = '"“”„«»'
_WITHOUT_MARKS = str.maketrans(dict.fromkeys(_OPENING, " "))
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_RUN = re.compile(r'[^\s()"“”„«»]+')
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_FUZZY = re.compile(r"(.+?)~([12]?)\Z", re.DOTALL)


class Word(Record, frozen=True):
    """A word as typed; its other grammatical forms are found too, behind the exact one."""

    text: str


class Phrase(Record, frozen=True):
    """Words in this order and these forms, one right after the other."""

    text: str


class Prefix(Record, frozen=True):
    """Every word that begins so."""

    text: str


class Fuzzy(Record, frozen=True):
    """Every word at most `distance` letters away."""

    text: str
    distance: int = 1


class Field(Record, frozen=True):
    """A value in a field; with `prefix` its last word may be a beginning."""

    name: FieldName
    value: str
    prefix: bool = False


class Not(Record, frozen=True):
    """Everything but."""

    child: Node


class And(Record, frozen=True):
    """All of at least two."""

    children: tuple[Node, ...]


class Or(Record, frozen=True):
    """Any of at least two."""

    children: tuple[Node, ...]


Node: TypeAlias = Word | Phrase | Prefix | Fuzzy | Field | Not | And | Or
Leaf: TypeAlias = Word | Phrase | Prefix | Fuzzy | Field


class Query(Record, frozen=True):
    """What a text asks for; `root` is None when it asks for nothing, `hints` say why."""

    root: Node | None = None
    hints: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Read a query; never raises.

    In: what a person typed. Out: its tree, with a hint for each part that was passed over.
    """
    return _Parser(text).parse()


def to_text(query: Query | Node | None) -> str:
    """Write a query so that `parse` gives the same tree."""
    node = query.root if isinstance(query, Query) else query
    match node:
        case None:
            return ""
        case And(children):
            return " ".join(_inner(child) for child in children)
        case Or(children):
            return " OR ".join(_inner(child) for child in children)
        case Not(child):
            return f"-{_inner(child)}"
        case _:
            return _leaf_text(node)


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Walk the words and values that a hit must or may have; those it must not are left out."""
    if isinstance(node, And | Or):
        for child in node.children:
            yield from leaves(child)
    elif node is not None and not isinstance(node, Not):
        yield node


def as_typed(text: str) -> str:
    """Make the word that is still being typed, at the very end of a query, a beginning.

    In: `huawei brit`. Out: `huawei brit*`. Left alone: a query that ends in a blank, a mark, a
    phrase, an operator, or a field whose value is a date or a country.
    """
    last = _RUN.findall(text)[-1:]
    inside_phrase = sum(text.count(mark) for mark in '"“”„«»') % 2 == 1
    if not last or inside_phrase or not text.endswith(last[0]) or not text[-1].isalnum():
        return text
    name = last[0].lstrip("-").partition(":")
    whole_values = {"before", "after", "date", "country"}
    if last[0] in _OPERATORS or (name[1] and name[0].lower() in whole_values):
        return text
    return f"{text}*"


def quote_value(value: str) -> str:
    """Write a field's value so that it is read as one: quoted where it must be."""
    clean = " ".join(value.translate(_WITHOUT_MARKS).split())
    needs_quotes = not clean or not _RUN.fullmatch(clean) or clean[-1] == "*"
    return f'"{clean}"' if needs_quotes else clean


def _inner(node: Node) -> str:
    return f"({to_text(node)})" if isinstance(node, And | Or) else to_text(node)


def _leaf_text(leaf: Leaf | Not) -> str:
    match leaf:
        case Phrase(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, distance):
            return f"{text}~{distance}"
        case Field(name, value, prefix):
            return f"{name}:{quote_value(value)}{'*' if prefix else ''}"
        case Word(text):
            return text
    raise AssertionError(leaf)


class _Parser:
    """One reading of one text: a scanner and a descent whose depth is bounded."""

    def __init__(self, text: str) -> None:
        self.hints: list[str] = []
        if len(text) > MAX_LENGTH:
            self.hint(f"only the first {MAX_LENGTH:,} characters were searched")
            text = text[:MAX_LENGTH]
        self.text = _UNPRINTABLE.sub(" ", text)
        self.place = 0
        self.depth = 0
        self.leaves = 0

    def hint(self, sentence: str) -> None:
        if sentence not in self.hints:
            self.hints.append(sentence)

    def parse(self) -> Query:
        parts: list[Node] = []
        while True:
            node = self.either()
            if node is not None:
                parts.append(node)
            if not self.peek():
                break
            self.hint("a closing parenthesis has no opening one")
            self.place += 1
        root = _join(And, parts)
        if root is not None and not any(leaves(root)):
            self.hint("say what to look for too: leaving out alone finds nothing")
        return Query(root, tuple(self.hints))

    # Scanner

    def peek(self) -> str:
        """Return the character that the next part begins with, blanks passed over, or ''."""
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1
        return self.text[self.place : self.place + 1]

    def run(self) -> str:
        """Return the unquoted run at this place, without passing it."""
        found = _RUN.match(self.text, self.place)
        return found.group() if found else ""

    def operator(self, name: str) -> bool:
        """Pass the operator if it stands here."""
        self.peek()
        if self.run() != name:
            return False
        self.place += len(name)
        return True

    # Grammar, loosest binding first

    def either(self) -> Node | None:
        parts = [self.both()]
        while self.operator("OR"):
            parts.append(self.both())
        found = [part for part in parts if part is not None]
        if 0 < len(found) < len(parts):
            self.hint("OR wants something on both sides")
        if len(parts) > 1 and not found:
            self.hint("AND, OR and NOT want words beside them")
        return _join(Or, found)

    def both(self) -> Node | None:
        parts: list[Node] = []
        while True:
            mark = self.peek()
            if mark in {"", ")"} or self.run() == "OR":
                return _join(And, parts)
            if self.operator("AND"):
                if not parts or self.peek() in {"", ")"} or self.run() in {"OR", "AND"}:
                    self.hint("AND wants something on both sides")
                continue
            part = self.without()
            if part is not None:
                parts.append(part)

    def without(self) -> Node | None:
        """Read one part with the minus signs and NOTs before it."""
        negated = False
        while True:
            if self.operator("NOT"):
                negated = not negated
            elif self.peek() == "-":
                self.place += 1
                following = self.text[self.place : self.place + 1]
                if following.strip():
                    negated = not negated
            else:
                break
        if self.peek() in {"", ")"} or self.run() in {"AND", "OR"}:
            if negated:
                self.hint("NOT and minus want a word after them")
            return None
        part = self.single()
        if part is None or not negated:
            return part
        return part.child if isinstance(part, Not) else Not(part)

    def single(self) -> Node | None:
        mark = self.peek()
        if mark == "(":
            return self.group()
        leaf = self.phrase() if mark in _OPENING else self.word()
        if leaf is None:
            return None
        self.leaves += 1
        if self.leaves > MAX_LEAVES:
            self.hint(f"only the first {MAX_LEAVES} words were searched")
            self.place = len(self.text)
            return None
        return leaf

    def group(self) -> Node | None:
        self.place += 1
        if self.depth >= MAX_DEPTH:
            self.hint("parentheses are nested too deeply; the innermost were passed over")
            return None
        self.depth += 1
        inside = self.either()
        self.depth -= 1
        if self.peek() == ")":
            self.place += 1
        else:
            self.hint("a closing parenthesis is missing")
        return inside

    def quoted(self) -> str:
        """Pass a quoted stretch and return its words with single blanks."""
        start = self.place + 1
        end = start
        while end < len(self.text) and self.text[end] not in _OPENING:
            end += 1
        if end == len(self.text):
            self.hint("a closing quotation mark is missing")
        self.place = end + 1
        return " ".join(self.text[start:end].split())

    def phrase(self) -> Leaf | None:
        words = self.quoted()
        return Phrase(words) if words else None

    def word(self) -> Leaf | None:
        run = self.run()
        self.place += len(run)
        name, colon, value = run.partition(":")
        if colon and name.lower() in FIELD_HELP:
            return self.field(cast("FieldName", name.lower()), value)
        if colon and value and name.isalpha() and not value.startswith("//"):
            self.hint(f"there is no field “{name}”; fields are {', '.join(FIELD_HELP)}")
        return self.bare(run)

    def bare(self, run: str) -> Leaf | None:
        fuzzy = _FUZZY.match(run)
        if fuzzy:
            return Fuzzy(fuzzy[1], int(fuzzy[2] or 1))
        stem = run.rstrip("*")
        if not any(mark.isalnum() for mark in stem):
            if stem != run:
                self.hint("* wants the beginning of a word before it")
            return None
        return Prefix(stem) if stem != run else Word(run)

    def field(self, name: FieldName, value: str) -> Leaf | None:
        prefix = value.endswith("*")
        value = value.rstrip("*")
        if not value and not prefix and self.text[self.place : self.place + 1] in set(_OPENING):
            value = self.quoted()
            prefix = self.text[self.place : self.place + 1] == "*"
            self.place += prefix
        if not any(mark.isalnum() for mark in value):
            self.hint(f"{name}: wants a value, such as {FIELD_HELP[name]}")
            return None
        return Field(name, value, prefix)


def _join(kind: Callable[[tuple[Node, ...]], And | Or], parts: list[Node]) -> Node | None:
    """Make one node of several: flat, so that a text has one tree."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, And | Or) and type(part) is kind:
            flat.extend(part.children)
        else:
            flat.append(part)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))
