"""What is said in a transcript or an interview: each turn, to the next label, is its speaker's.

Who stands behind a label is told by the head of the document, a list of those present included:
`MS. SÁ` is the `Press Secretary Ana Sá` of the headline.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.block_quotations import find_interviewee
from briefing.annotate.quotes.speakers import Speakers, type_of_words
from briefing.english.lexicon import read_words
from briefing.english.speaking_turns import COURTESIES, ROLE_WORDS, Turn, find_turns, split_label
from briefing.model import Speaker

_STAGE: Final = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]\s*[.!]?\s*")
_OPENING_STAGE: Final = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]\s*")
_END: Final = re.compile(
    r"\s*(?:END\b[^a-z]{0,30}|#\s?#\s?#|\[?(?i:end of (?:transcript|interview))\]?)\s*"
)
_LABELLED: Final = re.compile(r"\s*(?:[\w.’'-]{1,30}\s){0,3}([^\W\d_][\w’'-]{0,30}):\s+")
_CAPITAL: Final = re.compile(r"[^\W\d_a-z][\w.’'-]*")
_OF: Final = re.compile(r"\s(of (?:the )?[^\W\d_a-z]\w+(?:(?: of)? [^\W\d_a-z]\w+){0,3})")
_BEHIND: Final = re.compile(
    r"(?:\s\([^()\s]{2,6}\))?,\s(?:the )?(?!who|which|that\b)"
    r"([^\n.,;:()]{3,90}(?:,\s[A-Z]\w+){0,3}(?:,?\sand\s[A-Z]\w+(?!\s[A-Z]))?)"
)
_COURTESY: Final = COURTESIES | {"the"}
_INTRODUCES: Final = read_words("english", "turns", "introduces")
_LINKS: Final = read_words("english", "people", "particle") | {"of", "for", "the"}
_GIVEN: Final = read_words("english", "given_names", "male", "female", "either")
_LONGEST_ROLE: Final = 10
_MOST_GIVEN: Final = 4


class Speech(NamedTuple):
    """The words of a paragraph from token `first` on, and whose they are."""

    first: int
    speaker: Speaker | None
    turn: int


class Setting(NamedTuple):
    """A document's headline, the numbers of its headings and captions, and of those that ask."""

    headline: str | None = None
    asides: Container[int] = ()
    questions: Sequence[int] = ()


NO_SETTING: Final = Setting()


def find_speech(
    reading: Reading, speakers: Speakers, setting: Setting
) -> tuple[Mapping[int, Speech], frozenset[int]]:
    """Return what each paragraph of a transcript holds of its speakers, by number.

    Beside it stand the paragraphs that are nobody's speech: questions, and what was seen or heard.
    Both are empty for a document that is no transcript.
    """
    turns = find_turns(reading.texts)
    first = next((number for number, turn in enumerate(turns) if turn is not None), None)
    if first is None:
        return _answers(reading, speakers, setting), frozenset()
    asides = setting.asides
    head = "\n".join([setting.headline or "", *reading.texts[:first]])
    cast = _Cast(head, reading, speakers)
    speech: dict[int, Speech] = {}
    silent: set[int] = set()
    interviewee = speakers.resolve(find_interviewee(reading, first))
    is_asked = any(turn is not None and turn.kind == "asks" for turn in turns)
    for number, opened, turn in _runs(reading.texts, turns):
        asks = turn.kind in ("asks", "hall") or (turn.kind == "moderates" and not is_asked)
        begins = _begins(reading, number, turn.start if opened == number else 0)
        if asks or number in asides or opened in asides or begins is None:
            silent.add(number)
        else:
            who = interviewee if turn.kind == "answers" else cast.speaker(turn)
            speech[number] = Speech(begins, who, opened)
    return speech, frozenset(silent)


def _answers(reading: Reading, speakers: Speakers, setting: Setting) -> dict[int, Speech]:
    """Return the answers to questions that stand as headings, where it is told whose they are."""
    questions = setting.questions
    who = speakers.resolve(find_interviewee(reading, questions[0])) if questions else None
    if len(questions) < 2 or who is None:
        return {}
    speech: dict[int, Speech] = {}
    for number in range(questions[0], len(reading.texts)):
        own = _LABELLED.match(reading.texts[number])
        is_own = own is not None and (who.name or "").endswith(own[1])
        begins = _begins(reading, number, own.end() if own and is_own else 0)
        if number not in setting.asides and begins is not None:
            opened = questions[bisect_left(questions, number) - 1]
            speech[number] = Speech(begins, who, opened)
    return speech


def _runs(texts: Sequence[str], turns: Sequence[Turn | None]) -> Iterator[tuple[int, int, Turn]]:
    """Yield each paragraph of a talk with the number of the one that opened its turn."""
    opened, current = 0, None
    for number, (text, turn) in enumerate(zip(texts, turns, strict=True)):
        if turn is not None:
            opened, current = number, turn
        elif _END.fullmatch(text[:80]):
            current = None
        if current is not None:
            yield number, opened, current


def _begins(reading: Reading, number: int, start: int) -> int | None:
    """Return the token at which the speech of a paragraph begins, None where it has none."""
    text = reading.texts[number]
    if _STAGE.fullmatch(text, start):
        return None
    stage = _OPENING_STAGE.match(text, start)
    starts = reading.phrases[number].stream.starts
    first = bisect_left(starts, stage.end() if stage else start)
    return first if first < len(starts) else None


class _Cast:
    """Knows who the labels of a transcript stand for."""

    def __init__(self, head: str, reading: Reading, speakers: Speakers) -> None:
        self._head = head
        self._speakers = speakers
        self._found: dict[str, Speaker] = {}
        self._offices: dict[str, tuple[list[str], list[str]]] = {}
        self._people = {
            seen.person.name.split(" ")[-1].lower(): seen.person.name
            for seen in reversed(reading.roster.seen)
            if seen.person is not None and not _is_role(seen.person.name.split(" ")[0])
        }

    def speaker(self, turn: Turn) -> Speaker:
        """Return the speaker of a label, with the name and the role that the head states."""
        label = turn.label
        if label not in self._found:
            role, name = split_label(label) if turn.kind != "moderates" else ([label], [])
            if name and turn.party is not None:
                role = [*role, f"({turn.party})"]
            if name and turn.office is not None:
                self._offices[name[-1]] = ([_office(turn.office)], name)
            if name and not role:
                role, name = self._offices.get(name[-1], (role, name))
            self._found[label] = self._named(label, role, name) if name else self._role(label, role)
        return self._found[label]

    def _named(self, label: str, role: Sequence[str], name: Sequence[str]) -> Speaker:
        particles = list(itertools.dropwhile(lambda word: not word.islower(), name))
        full, stated = self._introduced(" ".join(particles) or name[-1])
        own = " ".join(_cased(word) for word in role if word.lower().strip(".") not in _COURTESY)
        if full is None:
            known = self._people.get(name[-1].lower())
            full = known or " ".join(map(_cased, name))
        said = stated if stated and len(stated) > len(own) else own or stated or None
        return self._speakers.labelled(label, full, said)

    def _role(self, label: str, role: Sequence[str]) -> Speaker:
        """Return who is labelled by an office: the one of whom the head says that they hold it."""
        words = " ".join(_cased(word) for word in role if word.lower() not in _COURTESY)
        held = re.search(rf"(?i:\b{re.escape(words)})((?:\s{_CAPITAL.pattern}){{1,3}})", self._head)
        words_behind = held[1].split() if held else []
        behind = words_behind[: 2 if words_behind and words_behind[0] in _GIVEN else 1]
        families = [each for each in behind if not _is_role(each)]
        if families and label.lower().startswith("the "):
            return self._named(label, role, families)
        role_words = words.lower()
        kind = type_of_words(role_words.split()[-1], role_words.split()) or "anonymous"
        return Speaker(role=role_words, type=kind, mention=label)

    def _introduced(self, family: str) -> tuple[str | None, str | None]:
        """Return the full name and the role that the head gives with a family name."""
        for match in re.finditer(rf"(?i:\b{re.escape(family)}\b)", self._head):
            before = _capitals_before(self._head[: match.start()])
            at = next((i for i in range(len(before), 0, -1) if _is_role(before[i - 1])), 0)
            at = next((i for i in range(at, len(before)) if before[i] in _GIVEN), at)
            given = before[at:][-_MOST_GIVEN:] if at or len(before) <= _MOST_GIVEN else []
            behind = _BEHIND.match(self._head, match.end())
            is_title = "".join(before).isupper()
            office = (each for each in before[:at] if each.lower().strip(".") not in _COURTESY)
            role = " ".join(_cased(each) if is_title else each for each in office)
            if not role and behind is not None and _tells_role(behind[1]):
                role = behind[1].strip()
            of = _OF.match(self._head, match.end())
            place = itertools.takewhile(_may_be_place, of[1].split()) if of else ()
            role += f" {' '.join(place)}" if role and of and " of " not in role else ""
            if given or role:
                return " ".join(map(_cased, (*given, match[0]))), role or None
        return None, None


def _capitals_before(text: str) -> list[str]:
    """Return the words with capitals right before a place, and `of` between them."""
    run: list[str] = []
    line = text[-160:].rpartition("\n")[2]
    for word in reversed(line.split()[-_LONGEST_ROLE:]):
        is_link = word.lower() in _LINKS and bool(run)
        if word.lower() in _INTRODUCES or not (is_link or _CAPITAL.fullmatch(word)):
            break
        run.append(word)
    while run and run[-1].lower() in _LINKS:
        run.pop()
    return run[::-1]


def _may_be_place(word: str) -> bool:
    return word.lower() not in _INTRODUCES


def _is_role(word: str) -> bool:
    return word.lower().strip(".,") in ROLE_WORDS


def _tells_role(words: str) -> bool:
    return any(_is_role(word) and word not in ("the", "a", "an") for word in words.split())


def _cased(word: str) -> str:
    """Return a word in capitals as it is written elsewhere: `JEAN-PIERRE` as `Jean-Pierre`."""
    return word.title().replace("’S", "’s") if len(word) > 2 and word.isupper() else word


def _office(words: str) -> str:
    """Return an office in capitals as it is written elsewhere, short names as they are."""
    return " ".join(
        word.lower() if word.lower() in _LINKS else word if len(word) < 4 else word.title()
        for word in words.split()
    )
