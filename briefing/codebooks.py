"""Codebooks: the stances that countries are sorted by, and the cues that show each of them.

A cue is text in a small notation, which the rules for positions read; here it is only checked:
`to keep ... out` is a verb, `a ban` a noun, `is reluctant` stands behind a form of *to be*, a bare
word is a verb or a noun, and bare words are a phrase whose first word may be inflected. `...` is a
gap of up to four words. A verb's irregular forms are `to freeze/freezes/froze/frozen/freezing`.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from briefing.english.lexicon import read_lexicon
from briefing.model import NO_POSITION, CodebookSpec, Record, StanceMapping, StanceSpec

BOOKS: Final = ("acts", "sides", "measures")
"""The shipped books: kinds of acts after PLOVER, sides in a dispute, measures against something."""
JOINED: Final = "+"
"""What stands between the names of shipped books that are joined."""
_ROOM: Final = "annotate/positions"
MAX_CUES: Final = 5_000
MAX_CUE_LENGTH: Final = 200

_LOOKED_UP_IN: Final = ("sides", "measures", "acts")
"""Where a plain word is looked up as a stance; `support` is a side before it is an act."""
_MARKERS: Final = frozenset({"to", "a", "an", "is", "..."})
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


class Stance(Record, frozen=True):
    """A stance with its cues; `opposite` is the one that a denied cue shows, None for none."""

    name: str
    cues: tuple[str, ...]
    opposite: str | None = None


class Codebook(Record, frozen=True, kw_only=True):
    """Stances ready for use. `books` are the shipped ones that it draws on.

    `reason` says for a person why it was chosen, None where the analyst gave it.
    """

    stances: tuple[Stance, ...]
    books: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the stances, in their order."""
        return tuple(stance.name for stance in self.stances)

    @property
    def digest(self) -> str:
        """Eight hex digits over the names, cues and opposites of the stances."""
        return _digest(self.stances)

    @property
    def stamp(self) -> str:
        """What an article file notes: the digest, `name@digest` for whole shipped books."""
        name = self.shipped_name
        return f"{name}@{self.digest}" if name else self.digest

    @property
    def shipped_name(self) -> str | None:
        """The name of the shipped book that this is, `sides+acts` for two joined, else None."""
        name = JOINED.join(self.books)
        return name if self.books and shipped(name).stances == self.stances else None


class CodebookError(ValueError):
    """A codebook is of no use: `message` says why, `steps` lead to what is wrong in it."""

    def __init__(self, message: str, *steps: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.steps = steps


class _Draft(NamedTuple):
    """A stance before it is joined with others; `steps` is where it is written.

    `book` is the shipped book that its cues come from. What a shipped book says of opposites holds
    only where the codebook has them.
    """

    name: str
    cues: Sequence[str]
    opposite: str | None
    steps: tuple[str | int, ...] = ()
    book: str | None = None
    is_own_opposite: bool = False


def resolve(spec: CodebookSpec) -> Codebook:
    """Return the codebook that an analyst's `codebook:` comes to.

    Of two stances of one name the first holds, but shipped ones are joined; a cue shows the first
    stance that has it. A stance without an opposite is the opposite of the first one that names it.
    Raises CodebookError.
    """
    drafts: dict[str, _Draft] = {}
    written = 0
    for draft in _drafts(spec):
        _add(drafts, draft)
        written += len(draft.cues) if draft.book is None else 0
        if written > MAX_CUES:
            raise CodebookError(f"it has more than {MAX_CUES:,} cues")
    stances = tuple(_join(drafts))
    same = next((book for book in BOOKS if shipped(book).stances == stances), None)
    if same is not None:
        return shipped(same)
    used = dict.fromkeys(draft.book for draft in drafts.values() if draft.book is not None)
    return Codebook(stances=stances, books=tuple(used))


def _add(drafts: dict[str, _Draft], draft: _Draft) -> None:
    known = drafts.setdefault(draft.name.casefold(), draft)
    if None not in (known.book, draft.book) and known is not draft:
        drafts[draft.name.casefold()] = known._replace(cues=(*known.cues, *draft.cues))


def check_shape(plain: object) -> None:
    """Raise CodebookError unless plain data has the shape of a CodebookSpec, or is None."""
    if isinstance(plain, list):
        for number, item in enumerate(plain):
            if isinstance(item, dict):
                _check_mapping(item, number)
            elif not isinstance(item, str):
                raise CodebookError("a stance should be a word, or a mapping of stances", number)
    elif isinstance(plain, dict):
        _check_mapping(plain)
    elif not isinstance(plain, str | None):
        raise CodebookError("it should be the name of a shipped one, a list or a mapping")


def _check_mapping(mapping: Mapping[str, object], *steps: str | int) -> None:
    for name, value in mapping.items():
        stance = value if isinstance(value, dict) else {"cues": value or []}
        inside = (*steps, name, "cues") if isinstance(value, dict) else (*steps, name)
        unknown = next((key for key in stance if key not in ("cues", "opposite")), None)
        if unknown is not None:
            message = f"a stance has cues and an opposite, and no {unknown[:MAX_CUE_LENGTH]!r}"
            raise CodebookError(message, *steps, name, unknown)
        if not isinstance(stance.get("opposite"), str | None):
            raise CodebookError("an opposite should be a word", *steps, name, "opposite")
        cues = stance.get("cues", [])
        if not isinstance(cues, list):
            raise CodebookError("the cues of a stance should be a list", *inside)
        for number, cue in enumerate(cues):
            if not isinstance(cue, str):
                raise CodebookError("a cue should be words; put numbers in quotes", *inside, number)


@functools.cache
def shipped(name: str) -> Codebook:
    """Return the shipped book of that name, or several joined: `sides+acts`.

    Raises KeyError where there is none.
    """
    books = name.split(JOINED)
    if any(book not in BOOKS for book in books):
        raise KeyError(name)
    drafts: dict[str, _Draft] = {}
    for draft in itertools.chain.from_iterable(map(_shipped_drafts, books)):
        _add(drafts, draft)
    return Codebook(stances=tuple(_join(drafts)), books=tuple(books))


def _drafts(spec: CodebookSpec) -> Iterator[_Draft]:
    """Yield the stances of a codebook as they are written, in order."""
    if isinstance(spec, str):
        if spec not in BOOKS:
            known = ", ".join(BOOKS)
            raise CodebookError(f"no shipped codebook has this name; choose {known}, or list words")
        yield from _shipped_drafts(spec)
        return
    if isinstance(spec, Mapping):
        yield from _mapped(spec)
        return
    for number, item in enumerate(spec):
        if isinstance(item, Mapping):
            yield from _mapped(item, number)
        elif item in BOOKS:
            yield from _shipped_drafts(item)
        else:
            yield _named(item, number)


def _mapped(mapping: StanceMapping, *steps: str | int) -> Iterator[_Draft]:
    for name, value in mapping.items():
        here = (*steps, name)
        if value is None or not value:
            yield _named(name, *here)
            continue
        own = value if isinstance(value, StanceSpec) else StanceSpec(cues=value)
        inside = (*here, "cues") if isinstance(value, StanceSpec) else here
        for number, cue in enumerate(own.cues):
            _check(cue, "cue", *inside, number)
        draft = _named(name, *here)
        if own.cues:
            draft = draft._replace(cues=own.cues, opposite=None, book=None)
        if own.opposite is not None:
            draft = draft._replace(opposite=own.opposite, is_own_opposite=True)
        yield draft


def _named(name: str, *steps: str | int) -> _Draft:
    """Return a stance of which only the name is given: a shipped one, else its name is its cue."""
    _check(name, "stance", *steps)
    name = " ".join(name.split())
    if name.casefold() == NO_POSITION:
        raise CodebookError(
            f"{name!r} is no stance: a ruling says with it that there is none", *steps
        )
    known = _known_stances().get(name.casefold())
    if known is not None:
        return known._replace(name=name, steps=steps)
    return _Draft(name, (name,), None, steps)


def _check(text: str, kind: str, *steps: str | int) -> None:
    """Raise CodebookError unless a stance or cue has words, none too long or unprintable."""
    words = text.split()
    if not words:
        raise CodebookError(f"a {kind} is empty", *steps)
    if len(text) > MAX_CUE_LENGTH:
        raise CodebookError(f"a {kind} is longer than {MAX_CUE_LENGTH} characters", *steps)
    if _CONTROLS.search(text):
        raise CodebookError(f"a {kind} has control characters", *steps)
    if kind == "cue" and _MARKERS.issuperset(word.casefold() for word in words):
        raise CodebookError(f"the cue {text!r} has no word beside its marker", *steps)


@functools.cache
def _known_stances() -> Mapping[str, _Draft]:
    """Map each name of a shipped stance to it, of the book where it is looked up first."""
    known: dict[str, _Draft] = {}
    for book in _LOOKED_UP_IN:
        for draft in _shipped_drafts(book):
            known.setdefault(draft.name.casefold(), draft)
    return known


@functools.cache
def _shipped_drafts(book: str) -> tuple[_Draft, ...]:
    """Read a shipped book; sections whose title has a blank are no stances."""
    sections = read_lexicon(_ROOM, f"books/{book}")
    pairs = [entry.split() for entry in sections.get("opposites", ())]
    opposites = dict(reversed(pairs))
    return tuple(
        _Draft(
            name, cues or read_lexicon(_ROOM, "books/sides")[name], opposites.get(name), (), book
        )
        for name, cues in sections.items()
        if name != "opposites" and " " not in name
    )


def _join(drafts: Mapping[str, _Draft]) -> Iterator[Stance]:
    """Yield the stances, each cue with the first stance that has it; keys are names in small.

    A word that an analyst made a stance is a cue of no shipped one: `[ban, moratorium]` would else
    never show the second, since `a moratorium` is a ban.
    """
    opposites = _opposites(drafts)
    taken: set[str] = set()
    own = {key for key, draft in drafts.items() if draft.book is None}
    for key, draft in drafts.items():
        cues = dict.fromkeys(" ".join(cue.lower().split()) for cue in draft.cues)
        fresh = tuple(
            cue
            for cue in cues
            if cue not in taken and not (draft.book is not None and _word_of(cue) in own)
        )
        taken.update(fresh)
        opposite = opposites.get(key)
        yield Stance(draft.name, fresh, None if opposite is None else drafts[opposite].name)


def _word_of(cue: str) -> str:
    """Return a cue without its marker and its other forms: `boycott` of `to boycott`."""
    marker, _, rest = cue.partition(" ")
    return (rest if marker in _MARKERS else cue).split("/")[0]


def _opposites(drafts: Mapping[str, _Draft]) -> Mapping[str, str]:
    """Map stances to their opposites; raises CodebookError for one that is none, and for cycles."""
    found: dict[str, str] = {}
    for key, draft in drafts.items():
        wanted = " ".join((draft.opposite or "").casefold().split())
        if wanted in drafts and wanted != key:
            found[key] = wanted
        elif draft.is_own_opposite:
            known = ", ".join(other.name for other in list(drafts.values())[:12])
            what = "itself" if wanted == key else f"{draft.opposite!r}, which is no stance"
            raise CodebookError(
                f"the opposite of {draft.name} is {what}: choose among {known}",
                *draft.steps,
                "opposite",
            )
    for key, opposite in list(found.items()):
        found.setdefault(opposite, key)
    for cycle in _cycles(found):
        row = " → ".join(drafts[key].name for key in (*cycle[:6], cycle[0]))
        own = next((drafts[key] for key in cycle if drafts[key].is_own_opposite), drafts[cycle[0]])
        raise CodebookError(f"opposites go round: {row}; they are pairs", *own.steps, "opposite")
    return found


def _cycles(links: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """Yield each cycle of more than two."""
    done: set[str] = set()
    for start in links:
        path: dict[str, int] = {}
        key = start
        while key in links and key not in done and key not in path:
            path[key] = len(path)
            key = links[key]
        if key in path and len(path) - path[key] > 2:
            yield list(path)[path[key] :]
        done.update(path)


@functools.lru_cache(maxsize=64)
def _digest(stances: tuple[Stance, ...]) -> str:
    lines = ("\t".join((one.name, one.opposite or "", *one.cues)) for one in stances)
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:8]
