"""Tokenizing text into terms, with the word place and the exact span of each.

Documents and queries are analysed alike: accents and case are folded, `U.S.` is `us`, `Britain's`
is `britain`, `1,750` is `1750`, typographic apostrophes and invisible characters are ignored.
Stems are indexed apart from terms, so that exact words rank before other forms.

Patterns match the shape of a text: the same text with one letter for each kind of character, so
that patterns for words of any script are short.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress, pairwise
from typing import Final, NamedTuple

from briefing.search._whoosh import importing_quietly

with importing_quietly():
    from whoosh.lang.porter2 import stem as porter_stem

MAX_TERM: Final = 64
"""Longer terms are truncated, in documents and in queries."""
IDEOGRAPH: Final = re.compile(
    r"[\u3005\u3041-\u3096\u309b-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""A character that is a word of its own."""
_MAX_PARTS: Final = 3
"""A compound with more parts, such as `state-of-the-art`, is only indexed by its parts."""
_MAX_JOINED: Final = 24
_ENOUGH: Final = 4 * MAX_TERM
"""Characters of a word that are folded into its term, marks included."""
_MAX_CACHED: Final = 1 << 17

_HYPHENS: Final = "-\u2010\u2011"
_APOSTROPHES: Final = "'\u2019\u02bc\u02bb\u2018\u00b4`\uff07"
_POINTS: Final = ".\u066b"
_COMMAS: Final = ",\u066c"
_AROUND: Final = " \"'()[]{}<>,;:!?*/.“”‘’„«»…–—"
"""Characters that often surround a word and are not part of its term."""
_LOST_MARKS: Final = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0711\u0730-\u074a\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
    r"\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
"""Accents, points and vowel signs that may be omitted in writing."""
_REPLACED: Final = {
    **dict.fromkeys((*_APOSTROPHES, "\u0640"), ""),
    **dict.fromkeys(_POINTS, "."),
    **dict(zip("łøđðħŧıŋĸəɓɖɗƙƴ\u0671", "loddhtinqabddky\u0627", strict=True)),
    **dict(zip("æœþ\u2044", ("ae", "oe", "th", "\u2044"), strict=True)),
}
"""Replacements for letters and signs that Unicode does not decompose."""
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]\Z")
_GROUP_SPACE = re.compile(r"[\u00a0\u2009\u202f](?<=\d.)(?=\d{3}(?!\d))")
_BRITISH = re.compile(
    r"(?<=[a-z]{4})is(?=(?:e[drs]?|ers|ing|ations?|ational)\Z)"
    r"|(?<=[a-z]{3})our(?=(?:s|ed|ing|able|ful|hood|ites?)?\Z)"
)
_LETTER, _INNER = "[as]", "[as0m]"
_WORD = re.compile(
    rf"""
    {_LETTER}{{2,}}+ (?![m0'i])  # most words, for speed
  | (?<!{_INNER}[.]) (?:
        (?<!0[,']) (?: 0{{1,3}}+(?:[,']000)++(?:[.]0++)?+ | 0++[.]0++ ) (?![.,']?0)  # 1,750.5
      | {_LETTER}[mi]*+ (?:[.]{_LETTER}[mi]*+)++ [.]?+ (?:'s)?+ (?!{_INNER})  # U.S.'s
    )
  | [as0]{_INNER}*+ (?:['i]++{_INNER}++)*+  # Britain's
  | c
    """,
    re.VERBOSE,
)

_Word = tuple[str, int, int]
"""A term, and start and end of its word."""
_Unit = str | tuple[tuple[str, ...], tuple[int, ...]]
"""A term; or consecutive ones, and the step in places to each: 1, or 0 for a joined compound."""


class Token(NamedTuple):
    """A term with its word place and its span in the text, in code points, end exclusive."""

    term: str
    place: int
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the terms of a text; a compound's joined term follows its first and its last part.

    `an e-mail` gives `an` at place 0, `e` and `email` at 1, `mail` and `email` at 2.
    """
    found: list[Token] = []
    place = 0
    for words in _compounds(text):
        joined = _joined(words)
        last = place + len(words) - 1
        for n, (term, start, end) in enumerate(words, place):
            found.append(Token(term, n, start, end))
            if joined and n in (place, last):
                found.append(Token(joined, n, words[0][1], words[-1][2]))
        place = last + 1
    return found


def terms_and_places(text: str) -> tuple[list[str], list[int]]:
    """Return the terms of a text and the place of each, in the order of `tokens`."""
    found, steps = _terms_and_steps(text)
    return found, list(accumulate(steps[1:], initial=steps[0] - 1)) if steps else []


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, one per place: of a compound only its parts."""
    return list(compress(*_terms_and_steps(text)))


def close_groups(text: str) -> str:
    """Replace each narrow or no-break space that groups digits by a comma: no term has a space."""
    return text if text.isascii() else _GROUP_SPACE.sub(",", text)


def alternatives(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the term sequences of a typed word, if any: `e-mail` is `email` or `e mail`."""
    compounds = list(_compounds(word))
    parts = tuple(term for words in compounds for term, _, _ in words)
    joined = _joined(compounds[0]) if len(compounds) == 1 else ""
    return ((joined,), parts) if joined else (parts,) if parts else ()


@lru_cache(maxsize=_MAX_CACHED)
def stem(term: str) -> str:
    """Return the stem of a term (Porter 2); of terms with digits or other letters only plurals.

    British and American spellings have one stem: organise, organize; labour, labor.
    """
    if not term.isascii() or not term.isalnum():
        return term
    if term.isalpha():
        american = _BRITISH.sub(lambda found: "iz" if found[0] == "is" else "or", term)
        return str(porter_stem(american)) if len(term) > 2 else term
    return term[:-1] if term.endswith("s") and not term.endswith("ss") else term


def acronym(name: str) -> str | None:
    """Return the initials of a name: `The Financial Times` gives `ft`; None for a single word."""
    words = terms(name)
    if len(words) > 2 and words[0] == "the":
        words = words[1:]
    return "".join(word[0] for word in words) if len(words) > 1 else None


class _Shapes(dict[int, str]):
    """A translation table from characters to their kinds, filled on first use.

    `a` is a letter (`s` the letter s), `0` a digit, `c` a character that is a word, `m` a
    combining mark, `i` an invisible character; hyphens, apostrophes, points and commas map to
    `-'.,`, all others to a space.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Cf":
            kind = "i"
        elif category.startswith("M"):
            kind = "m"
        elif not character.isalnum():
            kind = " "
        elif IDEOGRAPH.match(character) or "\u2044" in unicodedata.normalize("NFKD", character):
            kind = "c"
        else:
            kind = "0" if category == "Nd" else "a"
        self[code] = kind
        return kind


class _Folds(dict[int, str]):
    """A translation table from characters of a decomposed word to their folded forms."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isdecimal():
            folded = str(unicodedata.decimal(character))
        elif _LOST_MARKS.match(character):
            folded = ""
        else:
            folded = "".join(map(_replaced, character.casefold()))
        self[code] = folded
        return folded


class _Units(dict[str, _Unit]):
    """A cache of the terms of each run without spaces: a dict is faster than `lru_cache`."""

    def __missing__(self, run: str) -> _Unit:
        inner = run.strip(_AROUND)
        unit = self[inner] if len(inner) < len(run) <= MAX_TERM else _unit(run)
        if len(run) <= MAX_TERM:
            if len(self) >= _MAX_CACHED:
                self.clear()
            self[run] = unit
        return unit


_SHAPES: Final = _Shapes(
    (ord(character), kind)
    for kind, characters in zip(
        "-'.,s", (_HYPHENS, _APOSTROPHES, _POINTS, _COMMAS, "sS"), strict=True
    )
    for character in characters
)
_FOLDS: Final = _Folds()
_UNITS: Final = _Units()


def _replaced(letter: str) -> str:
    kept = letter.isalnum() or unicodedata.category(letter).startswith("M")
    return _REPLACED.get(letter, letter if kept else "")


def _terms_and_steps(text: str) -> tuple[list[str], Sequence[int]]:
    if not text.isascii():
        text = IDEOGRAPH.sub(r" \g<0> ", close_groups(text))
    # A plain word is its term, and to look it up would take longer.
    units = [
        run.lower() if run.isascii() and run.isalpha() and len(run) <= MAX_TERM else _UNITS[run]
        for run in text.split()
    ]
    plain = [unit for unit in units if isinstance(unit, str)]
    if len(plain) == len(units):
        return plain, [1] * len(plain)
    several = [((unit,), (1,)) if isinstance(unit, str) else unit for unit in units]
    found = [term for terms, _ in several for term in terms]
    return found, [step for _, steps in several for step in steps]


def _unit(run: str) -> _Unit:
    found = tokens(run)
    if len(found) == 1:
        return found[0].term
    places = (token.place for token in found)
    steps = (after - before for before, after in pairwise(chain((-1,), places)))
    return tuple(token.term for token in found), tuple(steps)


def _compounds(text: str) -> Iterator[list[_Word]]:
    text = close_groups(text)
    shape = text.translate(_SHAPES)
    compound: list[_Word] = []
    for match in _WORD.finditer(shape):
        start, end = match.span()
        term = _term_of(text[start : end if end - start < _ENOUGH else start + _ENOUGH])
        if not term:
            continue
        if compound and not _is_linked(shape, compound[-1][2], start):
            yield compound
            compound = []
        compound.append((term, start, end))
    if compound:
        yield compound


def _is_linked(shape: str, end: int, start: int) -> bool:
    """Whether one hyphen and nothing else visible links two words, neither an ideograph."""
    return (
        shape[start - 1] in "-i"
        and shape[end:start].strip("i") == "-"
        and "c" not in (shape[end - 1], shape[start])
    )


def _joined(words: list[_Word]) -> str:
    """Return a compound as one term; empty where it is too long or would invent a number."""
    if not 1 < len(words) <= _MAX_PARTS:
        return ""
    if any(one[0][-1].isdigit() and two[0][0].isdigit() for one, two in pairwise(words)):
        return ""
    joined = "".join(term for term, _, _ in words)
    return joined if len(joined) <= _MAX_JOINED else ""


@lru_cache(maxsize=_MAX_CACHED)
def _term_of(word: str) -> str:
    """Return the term of a word: folded, without possessive ending or an acronym's points."""
    is_number = word[0].isdecimal()
    word = _POSSESSIVE.sub("", word)
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word)
    return (word if is_number else word.replace(".", "")).translate(_FOLDS)[:MAX_TERM]
