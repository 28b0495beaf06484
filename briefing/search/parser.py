"""Parsing a query by recursive descent with bounded depth.

Every part of the text that is not searched is named in a hint.
"""

import difflib
import re
from typing import Final

from briefing.search import nodes
from briefing.search.dates import ends_unfinished, find_date, is_date_range

MAX_LENGTH: Final = 2000
OPENING: Final = frozenset('"“”„«»')
RUN: Final = re.compile(r'[^\s()"“”„«»]+')
_LONGEST: Final = len("AND") + 1
"""The length of an operator and the character after it."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
MAX_LEAVES: Final = 60
MAX_DEPTH: Final = 20
MAX_DISTANCE: Final = 100
NEAR_DISTANCE: Final = 10
"""The distance of a NEAR without a number."""
_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})
_FIELDS: Final = ", ".join(nodes.FIELD_HELP)
_WHOLE_VALUES: Final[frozenset[nodes.FieldName]] = nodes.DATE_FIELDS | {"country", "voice", "role"}
"""Fields whose value is not a prefix while it is typed."""
_FUZZY: Final = re.compile(r"(.+?)~([12]?)\Z", re.DOTALL)
_NEAR: Final = re.compile(r"(?:NEAR|near)(?:/([0-9]{1,4}))?")
_APART: Final = re.compile(r"~([0-9]{0,4})(?=[\s()]|\Z)")
_FIELD_LIKE: Final = re.compile(r"[^\W\d_]+(?:[_-][^\W\d_]+)*:(?!//|\Z)")
_VALUE: Final = re.compile(r'(?:[^\s()"“”„«»,]|(?<=\d),(?=\d{3}(?!\d)))*')
"""A value up to the comma before the next one; 1,750 is one value."""


def parse(text: str) -> nodes.Query:
    """Parse a query as typed; never raises. The result has a hint for each ignored part."""
    return _Parser(text).parse()


def as_typed(text: str) -> str:
    """Return a query with its last word, still being typed, as a prefix.

    `huawei brit` gives `huawei brit*`. Unchanged are queries that end in a space, a mark, a
    phrase, an operator in capitals, a single letter, or a field with whole values.
    """
    parser = _Parser(text)
    parser.parse()
    unfinished = parser.word_end == len(text) and text[-1:].isalnum()
    return f"{text}*" if unfinished and not ends_unfinished(text) else text


class _Parser:
    """A text, the place to read next, and the hints so far."""

    def __init__(self, text: str) -> None:
        self.hints: list[str] = []
        self.full = False
        self.place = 0
        if len(text) > MAX_LENGTH:
            cut = max(text.rfind(" ", 0, MAX_LENGTH + 1), 0) or MAX_LENGTH
            rest = named(_UNPRINTABLE.sub(" ", text[cut : cut + MAX_LENGTH]))
            self.hint(f"only the first {MAX_LENGTH:,} characters were searched, not {rest}")
            text = text[:cut]
        self.text = _UNPRINTABLE.sub(" ", text)
        if any(not mark.isspace() for mark in _UNPRINTABLE.findall(text)):
            self.hint("unprintable characters were read as spaces")
        self.depth = 0
        self.leaves = 0
        self.inside: nodes.FieldName | None = None  # the field whose parentheses are open
        self.word_end = 0  # end of the last word that may be a prefix

    # The text

    def hint(self, sentence: str) -> None:
        """Add a hint, once."""
        if not self.full and sentence not in self.hints:
            self.hints.append(sentence)

    def peek(self) -> str:
        """Skip spaces and return the next character, or ''."""
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1
        return self.here()

    def here(self) -> str:
        """Return the character at the current place, or ''."""
        return self.text[self.place : self.place + 1]

    def run(self) -> str:
        """Return the unquoted run at the current place, without consuming it."""
        found = RUN.match(self.text, self.place)
        return found.group() if found else ""

    def at(self, *names: str) -> bool:
        """Whether one of these operators is next."""
        self.peek()
        found = RUN.match(self.text, self.place, self.place + _LONGEST)
        return found is not None and found.group().upper() in names

    def quoted(self) -> str:
        """Consume a quoted phrase and return its words with single spaces."""
        words = re.split(f"[{''.join(OPENING)}]", self.text[self.place + 1 :], maxsplit=1)
        if len(words) == 1:
            self.hint("a closing quotation mark is missing")
        self.place += len(words[0]) + 2
        return " ".join(words[0].split())

    def parse(self) -> nodes.Query:
        parts: list[nodes.Node | None] = []
        while True:
            parts.append(self.either())
            if not self.peek():
                break
            self.hint("a closing parenthesis has no opening one")
            self.place += 1
        root = nodes.join(nodes.And, parts)
        words = self.text.split()
        if root is None and words and all(w.upper() in _OPERATORS - {w} for w in words):
            return nodes.Query(nodes.join(nodes.And, map(nodes.Word, words)))
        if root is not None and not any(nodes.leaves(root)):
            self.hint("add something to search for: exclusions alone find nothing")
        return nodes.Query(root, tuple(self.hints))

    # Grammar, loosest binding first

    def operator(self, name: str) -> str:
        """Consume the operator if it is next, and return it as written, else an empty string."""
        if not self.at(name):
            return ""
        written = self.run()
        self.place += len(name)
        if written != name:
            self.ended(written, self.inside)
        return written

    def ended(self, word: str, field: nodes.FieldName | None = None) -> None:
        """Record that a word ends here which may be a prefix."""
        if field not in _WHOLE_VALUES and sum(map(str.isalnum, word)) > 1:
            self.word_end = self.place

    def either(self) -> nodes.Node | None:
        parts = [self.both()]
        while self.operator("OR"):
            parts.append(self.both())
        found = [part for part in parts if part is not None]
        if 0 < len(found) < len(parts):
            self.hint("OR needs something on both sides")
        if len(parts) > 1 and not found:
            self.hint("AND, OR and NOT need words beside them")
        return nodes.join(nodes.Or, found)

    def both(self) -> nodes.Node | None:
        parts: list[nodes.Node | None] = []
        while True:
            if self.peek() in {"", ")"} or self.at("OR"):
                return nodes.join(nodes.And, parts)
            if self.operator("AND"):
                if not parts or self.peek() in {"", ")"} or self.at("OR", "AND"):
                    self.hint("AND needs something on both sides")
                continue
            parts.append(self.without())

    def without(self) -> nodes.Node | None:
        """Parse one part with the minus signs and NOTs before it."""
        negated = False
        while True:
            written = self.operator("NOT")
            if written:
                negated = not negated
                if not written.isupper():
                    self.hint(f'“{written}” was read as NOT; write "not" for the word')
            elif self.peek() == "-":
                self.place += 1
                if self.here().strip():
                    negated = not negated
                else:
                    self.hint("a “-” before a space excludes nothing")
            else:
                break
        if self.peek() in {"", ")"} or self.at("AND", "OR"):
            if negated:
                self.hint("NOT and minus need a word after them")
            return None
        part = self.nearby()
        if part is None or not negated:
            return part
        return part.child if isinstance(part, nodes.Not) else nodes.Not(part)

    def nearby(self) -> nodes.Node | None:
        """Parse one part, or several joined by NEAR."""
        left = self.single()
        while True:
            distance = self.near(left)
            if distance is None:
                return left
            right = self.single()
            if not _near_words(right):
                self.hint("NEAR needs words on both sides; it was read as AND")
                return nodes.join(nodes.And, (left, right))
            distances = {x.distance for x in (left, right) if isinstance(x, nodes.Near)}
            distances.add(distance)
            if len(distances) > 1:
                self.hint(f"several NEARs in a row were all read as NEAR/{max(distances)}")
            left = nodes.Near((*_near_words(left), *_near_words(right)), max(distances))

    def near(self, left: nodes.Node | None) -> int | None:
        """Consume a NEAR between two words and return its distance, None if there is none."""
        self.peek()
        start = self.place
        run = self.run()
        found = _NEAR.fullmatch(run)
        if found is None:
            return None
        self.place += len(run)
        if _near_words(left) and self.at_word():
            if run.islower():
                self.hint(f'“{run}” was read as NEAR; write "{run}" for the word')
            return self.distance(found[1])
        if run.islower():
            self.place = start
        else:
            self.hint("NEAR needs words on both sides; it was read as AND")
        return None

    def distance(self, figures: str | None) -> int:
        distance = int(figures) if figures else NEAR_DISTANCE
        if not 1 <= distance <= MAX_DISTANCE:
            self.hint(f"NEAR takes a distance from 1 to {MAX_DISTANCE}, not {distance}")
        return max(1, min(distance, MAX_DISTANCE))

    def at_word(self) -> bool:
        """Whether a word or phrase is next that is neither an operator nor in a field."""
        mark = self.peek()
        return mark in OPENING or not (
            mark in {"", "(", ")", "-"}
            or self.at(*_OPERATORS)
            or self.at_field()
            or _NEAR.fullmatch(self.run())
        )

    def single(self) -> nodes.Node | None:
        mark = self.peek()
        if mark == "(":
            return self.group()
        if self.inside and (mark in OPENING or not self.at_field()):
            return self.values(self.inside)
        start = self.place
        return self.counted(self.phrase(), start) if mark in OPENING else self.word()

    def counted(self, leaf: nodes.Leaf | None, start: int) -> nodes.Leaf | None:
        if leaf is None:
            return None
        self.leaves += 1
        if self.leaves <= MAX_LEAVES:
            return leaf
        rest = named(self.text[start:])
        self.hint(f"only the first {MAX_LEAVES} words were searched, not {rest}")
        self.full, self.place = True, len(self.text)
        return None

    def group(self) -> nodes.Node | None:
        start = self.place
        self.place += 1
        if self.depth >= MAX_DEPTH:
            level = 1
            while level and self.place < len(self.text):
                level += {"(": 1, ")": -1}.get(self.here(), 0)
                self.place += 1
            skipped = named(self.text[start : self.place])
            self.hint(f"parentheses are nested too deeply; not searched: {skipped}")
            return None
        self.depth += 1
        empty = self.peek() in {"", ")"}
        inside = self.either()
        self.depth -= 1
        if self.peek() == ")":
            self.place += 1
        else:
            self.hint("a closing parenthesis is missing")
        if empty:
            self.hint("there is nothing between the parentheses")
        return inside

    # Words and phrases

    def phrase(self) -> nodes.Leaf | None:
        text = self.quoted()
        apart = _APART.match(self.text, self.place)
        if apart:
            self.place = apart.end()
        if not has_letter(text):
            self.hint(f"there is nothing to search for in {named(text)}")
            return None
        words = _words_of(text)
        if apart and len(words) > 1:
            return nodes.Near(words, self.distance(apart[1]))
        if "*" in text:
            self.hint(f"* has no effect in {named(text)}")
        if apart:
            self.hint(f"{apart[0]} needs at least two words in quotation marks before it")
        return nodes.ExactPhrase(text)

    def word(self) -> nodes.Node | None:
        start = self.place
        run = self.run()
        if run.startswith("\\") and len(run) > 1:
            self.place += len(run)
            return self.counted(self.bare(run[1:]), start)
        name, colon, _ = run.partition(":")
        field = nodes.field_named(name)
        if colon and (field or name.lower() == "same"):
            self.place += len(name) + 1
            return self.field(field) if field else self.same()
        self.place += len(run)
        if is_date_range(run):
            return self.counted(nodes.Field("date", run), start)
        if _NEAR.fullmatch(run) and not run.islower():
            self.hint("NEAR needs words on both sides")
            return None
        if _FIELD_LIKE.match(f"{run}{self.here().strip()}"):
            near = difflib.get_close_matches(name.lower()[:20], nodes.FIELD_HELP, 1, 0.7)
            like = f"did you mean {near[0]}:?" if near else f"fields are {_FIELDS}"
            self.hint(f"there is no field “{name}”; {like}")
        return self.counted(self.bare(run), start)

    def bare(self, run: str) -> nodes.Leaf | None:
        fuzzy = _FUZZY.match(run)
        stem = fuzzy[1] if fuzzy else run.rstrip("*")
        if not has_letter(stem):
            wanted = "* needs the start of a word before it"
            nothing = f"there is nothing to search for in {named(run)}"
            self.hint(wanted if run.strip("*") == "" else nothing)
            return None
        if fuzzy:
            return nodes.Fuzzy(stem, int(fuzzy[2] or 1))
        if "*" in stem or "~" in stem:
            self.hint(f"*, ~, ~1 and ~2 only work at the end of a word; see {named(run)}")
        if stem != run:
            return nodes.Prefix(stem)
        self.ended(run)
        return nodes.Word(run)

    # Fields

    def at_field(self) -> bool:
        """Whether a field or `same:` is next."""
        name, colon, _ = self.run().partition(":")
        return bool(colon) and (nodes.field_named(name) is not None or name.lower() == "same")

    def same(self) -> nodes.Node | None:
        if not self.here().strip(") "):
            self.hint("same: needs words right after it, such as same:(huawei ban)")
            return None
        while self.text[self.place :][: len("same:")].lower() == "same:":
            self.place += len("same:")
        return nodes.same(self.single() if self.here().strip(") ") else None)

    def field(self, name: nodes.FieldName) -> nodes.Node | None:
        if self.here() != "(":
            return self.values(name)
        outer, self.inside = self.inside, name
        inside = self.group()
        self.inside = outer
        return inside

    def values(self, name: nodes.FieldName) -> nodes.Node | None:
        """Parse a value, or an Or of several separated by commas."""
        parts: list[nodes.Node | None] = []
        while True:
            start = self.place
            parts.append(self.counted(self.value(name), start))
            if self.here() != ",":
                return nodes.join(nodes.Or, parts)
            while self.here() == ",":
                self.place += 1
            if self.peek() not in OPENING and (not self.at_word() or self.here() == "\\"):
                return nodes.join(nodes.Or, parts)

    def value(self, name: nodes.FieldName) -> nodes.Leaf | None:
        start = self.place
        quoted = self.here() in OPENING
        if quoted:
            text = self.quoted()
        else:
            end = find_date(self.text, start) if name in nodes.DATE_FIELDS else None
            found = _VALUE.match(self.text, start)
            self.place = end or (found.end() if found else start)
            text = " ".join(self.text[start : self.place].split())
        value = text if quoted else text.rstrip("*")
        prefix = value != text
        while self.here() == "*":
            self.place += 1
            prefix = True
        if not has_letter(value):
            wrong = f", not {named(text)}" if text else ""
            self.hint(f"{name}: needs a value, such as {nodes.FIELD_HELP[name]}{wrong}")
            return None
        if "~" in value and not quoted:
            self.hint(f"~ has no effect in a field; {name}: was searched for {named(value)}")
        if not quoted and not prefix:
            self.ended(value, name)
        return nodes.Field(name, value, prefix)


def _words_of(phrase: str) -> tuple[nodes.Word | nodes.Prefix, ...]:
    """Split a phrase into words; those with a `*` are prefixes."""
    words = filter(has_letter, phrase.split())
    ends = ((word, word.rstrip("*")) for word in words)
    return tuple(nodes.Word(word) if word == end else nodes.Prefix(end) for word, end in ends)


def _near_words(node: nodes.Node | None) -> tuple[nodes.Word | nodes.Prefix, ...]:
    match node:
        case nodes.Word() | nodes.Prefix():
            return (node,)
        case nodes.ExactPhrase(text):
            return _words_of(text)
        case nodes.Near(words):
            return words
    return ()


def has_letter(text: str) -> bool:
    """Whether the text has a letter or a digit."""
    return any(mark.isalnum() for mark in text)


def named(text: str) -> str:
    """Return a part of the query in quotation marks for a hint, truncated."""
    text = " ".join(text.split())
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
