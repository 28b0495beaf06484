"""Lines that open with the label of a speaker, in a document where speakers take turns.

A transcript is known by its form alone: three such lines, two labels, one of them used again; or
two labels of a title and a name, as where two statements are made; or a question and an answer.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from briefing.english.lexicon import read_words

LabelKind = Literal["asks", "hall", "answers", "moderates", "titled", "role", "name"]
_NAMED: Final[tuple[LabelKind, ...]] = ("asks", "hall", "answers", "moderates")

_PART: Final = r"(?:Mc|Mac|d’|d'|[Dd]e |[Vv]on |[Vv]an |al-)?[^\W\d_a-z][\w.’'-]*"
_ASIDE: Final = r"\s?[(\[](?P<aside>[^()\[\]\n]{1,80})[)\]]"
_OFFICE: Final = r"(?:,\s(?P<office>[^\W\d_a-z][^a-z:\n]{2,80}))?"
"""What stands in capitals behind a name when it speaks first: `ANA SÁ, PORT MINISTER:`."""
_PARTY: Final = re.compile(r"[A-Z]{1,4}[-–] ?[A-Z].+")
_CLOCK: Final = r"\d{1,2}:\d\d(?::\d\d)?"
_LABEL: Final = re.compile(
    rf"\s*(?:[\[(]?{_CLOCK}[\])]?\s+)?(?![QA]\d{{1,2}}:)(?P<label>{_PART}(?:\s{{1,3}}(?:of\s)?{_PART}){{0,6}})(?:{_ASIDE})?{_OFFICE}:(?=\s)\s*"
)
_LETTER: Final = re.compile(
    r"\s*(?P<label>[QA])(?:\d{1,2}(?=[.:]))?(?:[.:]\s+|\s+(?=[^\W\d_a-z]|[“\"(\[]))"
    r"|\s*(?P<abroad>[PR]|PREGUNTA|RESPUESTA)(?:[.:]|\.?\s:)\s+"
)
_NAME: Final = re.compile(rf"{_PART}(?:[\s-]{{1,2}}(?:[a-z]{{1,3}}\s){{0,2}}{_PART}){{1,5}}")
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z](?:\.[\s-]?)?(?:[a-z]{0,2}(?=[^\W\d_a-z]))?){2,4}")
_DEFINED: Final = re.compile(rf"({_NAME.pattern})\s\(([^()\s]{{2,6}})\)")
_STAMPED: Final = re.compile(
    rf"\s*(?P<label>{_PART}(?:\s{_PART}){{0,3}})\s+\(?{_CLOCK}\)?\s*(?:\n|\Z)"
)
"""A name and how far a recording has run, on a line of its own: `Ana Lin  12:31`."""
_HEARD: Final = re.compile(
    r"\s*(?P<label>(?:[A-Z][a-z]+\.?\s){1,3}[A-Z][A-Z’'-]+)\.\s+(?=[A-Z“\"(\[])"
)
"""An office and a name in capitals, as records of hearings write them: `Mr. MARSH. No.`"""
_PAIR: Final = re.compile(r"\b[^\W\d_a-z][\w.’'-]*\s(?=([^\W\d_a-z][\w’'-]+))")
_FURTHEST: Final = 120
_SPOKEN: Final = re.compile(r"\?|\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b")
_ASKS: Final = re.compile(r"\?[\"'”’) ]*$")
_FEWEST: Final = 3
_LEAST: Final = 4
"""One in so many lines opens a turn where only names label them."""


def _lexicon(*sections: str) -> frozenset[str]:
    return read_words("english", "turns", *sections)


_ARTICLES: Final = frozenset({"the", "a", "an"})
_people = frozenset(
    word.lower().strip(".")
    for word in read_words(
        "english", "people", "title", "title_male", "title_female", "courtesy", "official"
    )
)
ROLE_WORDS: Final = _people | _lexicon("roles")
"""Words of a label that are no part of a name, lower case, without their full stop."""


COURTESIES: Final = frozenset(
    word.lower().strip(".") for word in read_words("english", "people", "courtesy")
)


_Opened: TypeAlias = tuple[str, int, str | None, str | None]


class Turn(NamedTuple):
    """The label of a line, what kind it is, and where the words behind it begin.

    `party` is what a label of a legislature adds in brackets: `R-Ohio`; `office` what stands
    behind a name in capitals.
    """

    label: str
    kind: LabelKind
    start: int
    party: str | None = None
    office: str | None = None


def find_turns(texts: Sequence[str]) -> list[Turn | None]:
    """Return for each block the turn that it opens, None for others and outside transcripts."""
    opened = _drop_letters([_open(text) for text in texts], texts)
    opened = _spell_initials(opened, texts)
    labels = Counter(label.lower() for label, *_ in filter(None, opened))
    if len(labels) < 2:
        return [None] * len(texts)
    kinds = dict(zip(labels, _kinds(labels, texts, _may_be_names(opened, texts)), strict=True))
    hosts = {_family(one) for one in opened if one and (one[3] or "").lower() in _lexicon("asks")}
    turns: list[Turn | None] = []
    for one in opened:
        kind = kinds[one[0].lower()] if one is not None else None
        kind = "asks" if one is not None and _family(one) in hosts else kind
        turns.append(Turn(one[0], kind, *one[1:]) if one is not None and kind else None)
    used = Counter(turn.label.lower() for turn in turns if turn is not None)
    if not _is_talk(used, kinds) or (_names_most(used, kinds) and not _alternate(turns, texts)):
        return [None] * len(texts)
    return turns


def _family(one: _Opened) -> str:
    return one[0].split()[-1].lower()


def may_open_turn(text: str, at: int = 0) -> bool:
    """Whether the line at an offset of a text opens with what may be the label of a speaker."""
    return _open(text[at : at + _FURTHEST + 1]) is not None


def _drop_letters(opened: Sequence[_Opened | None], texts: Sequence[str]) -> list[_Opened | None]:
    """Return lines without the letters that only look like labels.

    `P.` and `R.` by turns ask and answer, else they are initials of names. An `A` without a mark is
    an article where no `Q` stands.
    """
    labels = [one[0] for one in opened if one is not None]
    pairs = Counter(itertools.pairwise(labels))["P", "R"]
    dropped = set() if pairs > 1 and labels.count("P") <= pairs + 1 else {"P", "R"}
    return [
        None
        if one is not None
        and (one[0] in dropped or ("Q" not in labels and text.lstrip()[:2] == "A "))
        else one
        for one, text in zip(opened, texts, strict=True)
    ]


def _spell_initials(opened: Sequence[_Opened | None], texts: Sequence[str]) -> list[_Opened | None]:
    """Return lines with the label that one in its initials stands for: `AL:` for `Ana Lin:`.

    It is another label, is told in brackets behind a name, or the text above has one such name.
    """
    labels = {one[0] for one in opened if one is not None}
    short = set(filter(_INITIALS.fullmatch, labels))
    if not short:
        return list(opened)
    first = next(at for at, one in enumerate(opened) if one is not None and one[0] in short)
    named: defaultdict[str, set[str]] = defaultdict(set)
    for name in (each[0] for text in texts[:first] for each in _NAME.finditer(text)):
        for letters, part in _initials(name):
            named[letters].add(part)
    spelled = {letters: names.pop() for letters, names in named.items() if len(names) == 1}
    defined = [each for text in texts[:first] for each in _DEFINED.finditer(text)]
    spelled |= {each[2]: dict(_initials(each[1])).get(each[2], each[1]) for each in defined}
    spelled |= {"".join(word[0] for word in each.split()): each for each in labels - short}
    label_of = {each: spelled.get(re.sub(r"\W", "", each), each) for each in short}
    return [one and (label_of.get(one[0], one[0]), *one[1:]) for one in opened]


def _initials(name: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a name that stand together, with their initials before them."""
    words = name.split()
    for start, stop in itertools.combinations(range(len(words) + 1), 2):
        part = " ".join(words[start:stop])
        yield "".join(word[:1] for word in re.split(r"[\s-]", part)), part


def _is_talk(used: Counter[str], kinds: Mapping[str, LabelKind | None]) -> bool:
    """Whether lines with these labels make a talk."""
    found = {kinds[label] for label in used}
    if len(used) < 2 or found <= {"asks", "hall"}:
        return False
    if found == {"titled"} or found >= {"asks", "answers"}:
        return True
    return _names_most(used, kinds) or (used.total() >= _FEWEST and max(used.values()) > 1)


def _names_most(used: Counter[str], kinds: Mapping[str, LabelKind | None]) -> bool:
    return 2 * sum(count for label, count in used.items() if kinds[label] == "name") >= used.total()


def _alternate(turns: Sequence[Turn | None], texts: Sequence[str]) -> bool:
    """Whether lines that only names open are many, address somebody, and some names come again.

    A page of news has a few lines such as `Lakers: Visit the Thunder on Friday.`
    """
    opened = [(turn, text) for turn, text in zip(turns, texts, strict=True) if turn is not None]
    following = [*texts[1:], ""]
    spoken = sum(
        _SPOKEN.search(f"{text} {after}" if _STAMPED.fullmatch(text) else text) is not None
        for turn, text, after in zip(turns, texts, following, strict=True)
        if turn is not None
    )
    again = len({turn.label.split()[-1].lower() for turn, _ in opened}) < len(opened)
    least = len(opened) * (_LEAST if again else 2)
    return least >= len(texts) and spoken * 2 >= len(opened)


def split_label(label: str) -> tuple[list[str], list[str]]:
    """Return the words of a label that tell a role, and those of the name behind them.

    A courtesy stands before a name, `Mr. King`, but for the few offices that it goes with.
    """
    words = label.split()
    bare = [word.lower().strip(".") for word in words]
    if bare[0] in COURTESIES and bare[-1] not in _lexicon("addressed"):
        return words[:1], words[1:]
    if bare[-1] in ROLE_WORDS:
        return words, []
    at = 0
    while bare[at] in ROLE_WORDS:
        at += 1
    return words[:at], words[at:]


def _open(text: str) -> _Opened | None:
    head = text[:_FURTHEST]
    match = _LABEL.match(head) or _LETTER.match(head) or _STAMPED.match(head)
    if match is None and (heard := _HEARD.match(head)):
        role, name = split_label(heard["label"])
        match = heard if role and (not name or role[-1].lower() != "the") else None
    if match is None or (match.end() >= len(text) and match.re is not _STAMPED):
        return None
    found = match.groupdict()
    office, aside = found.get("office"), found.get("aside") or ""
    if office is not None and not match["label"].isupper():
        return None
    party = aside if _PARTY.fullmatch(aside) else None
    label = match["label"] or match["abroad"]
    return " ".join(label.split()), match.end(), party, office


def _may_be_names(opened: Sequence[_Opened | None], texts: Sequence[str]) -> frozenset[str]:
    """Return the labels, in lower case, that come again and so are names by the form of the talk.

    Somebody asks there, or they are initials and others come again too.
    """
    labels = Counter(one[0] for one in opened if one is not None)
    again = [label for label, count in labels.items() if count > 1]
    asking = Counter(
        one[0] for one, text in zip(opened, texts, strict=True) if one and _ASKS.search(text)
    )
    is_asked = not _lexicon("asks").isdisjoint(label.lower() for label in labels) or any(
        asking[label] * 3 >= labels[label] * 2 for label in again
    )
    talk = len(again) > 1
    return frozenset(
        label.lower() for label in again if is_asked or (talk and _INITIALS.fullmatch(label))
    )


def _kinds(
    labels: Iterable[str], texts: Sequence[str], names: Container[str]
) -> Iterator[LabelKind | None]:
    families: set[str] | None = None
    for label in labels:
        role, name = split_label(label)
        listed = next((kind for kind in _NAMED if label in _lexicon(kind)), None)
        if label.split()[0] in _lexicon("addresses"):
            yield None
        elif listed is not None or (role and not (name and role[-1].lower() in _ARTICLES)):
            yield listed or ("titled" if name else "role")
        else:
            if families is None:
                families = {one[1].lower() for text in texts for one in _PAIR.finditer(text)}
            yield "name" if label in names or name[-1] in families else None
