"""The people of an article: fullest names, genders, and who a surname or pronoun points to."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from briefing.annotate.lexicon import read_words
from briefing.annotate.phrases import Phrase, Phrases
from briefing.annotate.tokens import CAPITAL, DET, GENITIVE, ORG, PERSON, QUOTE, TITLE

Gender = Literal["male", "female"]

MAX_NAME: Final = 6


@functools.cache
def _words(section: str) -> frozenset[str]:
    return read_words("people", section)


@functools.cache
def _given(section: str) -> frozenset[str]:
    return read_words("given_names", section)


@dataclass(slots=True)
class Person:
    """Someone with a name: all forms met, and what the article says of the gender."""

    name: str
    forms: set[str] = field(default_factory=set)
    gender: Gender | None = None
    spoke: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A person met at a token of a paragraph."""

    paragraph: int
    token: int
    sentence: int
    person: Person
    subject: bool


def strip_titles(words: Sequence[str]) -> tuple[str, ...]:
    """A name without the titles before and the suffixes behind it."""
    first, last = 0, len(words)
    titles = _words("title") | _words("title_male") | _words("title_female")
    while first < last - 1 and words[first] in titles:
        first += 1
    while last - 1 > first and words[last - 1] in _words("suffix"):
        last -= 1
    return tuple(words[first:last])


def gender_of(words: Sequence[str]) -> Gender | None:
    """The gender a title or given name tells, else None."""
    for word in words:
        if word in _words("title_male"):
            return "male"
        if word in _words("title_female"):
            return "female"
        if word not in _words("title"):
            break
    bare = strip_titles(words)
    if (
        len(bare) >= 2
        or bare
        and bare[0] in (_given("male") | _given("female"))
        and len(words) == 1
    ):
        if bare[0] in _given("male"):
            return "male"
        if bare[0] in _given("female"):
            return "female"
    return None


class Roster:
    """Every name of an article, merged by surname, in the order met."""

    def __init__(self, paragraphs: Sequence[Phrases]) -> None:
        self.by_last: dict[str, list[tuple[int, int, Person]]] = {}
        self.by_full: dict[str, Person] = {}
        self.seen: list[Seen] = []
        self._collect(paragraphs)

    def _collect(self, paragraphs: Sequence[Phrases]) -> None:
        singles: list[tuple[int, int, int, tuple[str, ...], bool]] = []
        for number, phrases in enumerate(paragraphs):
            names = phrases.names
            position = 0
            while position < phrases.size:
                if names[position] != position:
                    position += 1
                    continue
                last = position
                while last + 1 < phrases.size and names[last + 1] == position:
                    last += 1
                words = tuple(word for word in phrases.stream.words[position : last + 1] if word)
                singles.append(
                    (
                        number,
                        position,
                        phrases.stream.sentences[position],
                        words,
                        self._is_definite(phrases, position),
                    )
                )
                position = last + 1
        for number, position, sentence, words, definite in singles:
            bare = strip_titles(words)
            if 2 <= len(bare) <= MAX_NAME and not definite and not _is_body(bare):
                key = " ".join(bare)
                person = self.by_full.get(key)
                if person is None:
                    person = self.by_full[key] = Person(key)
                    self.by_last.setdefault(bare[-1], []).append((number, position, person))
                    if len(bare) > 2 and bare[-2][:1].islower():
                        self.by_last.setdefault(" ".join(bare[-2:]), []).append(
                            (number, position, person)
                        )
                person.gender = person.gender or gender_of(words)
        for number, position, sentence, words, definite in singles:
            person = self.lookup(words, number, position)
            if person is None:
                continue
            person.gender = person.gender or gender_of(words)
            person.forms.add(" ".join(words))
            self.seen.append(Seen(number, position, sentence, person, subject=False))

    @staticmethod
    def _is_definite(phrases: Phrases, position: int) -> bool:
        return position > 0 and phrases.lower[position - 1] == "the"

    def lookup(self, words: Sequence[str], paragraph: int, token: int) -> Person | None:
        """The person that a form of a name points to at a place of the article."""
        bare = strip_titles(words)
        if not bare:
            return None
        full = self.by_full.get(" ".join(bare))
        if full is not None:
            return full
        gender = gender_of(words) if len(bare) < len(words) else None
        found = self.by_last.get(bare[-1]) if len(bare) == 1 else None
        if found is None and len(bare) > 1 and bare[0][:1].islower():
            found = self.by_last.get(" ".join(bare))
        if found:
            fitting = [one for one in found if gender is None or one[2].gender in (None, gender)]
            if fitting:
                before = [one for one in fitting if (one[0], one[1]) <= (paragraph, token)]
                return (before or fitting)[-1 if before else 0][2]
        if len(bare) == 1 and (len(words) > 1 or bare[0] in _given("male") | _given("female")):
            by_given = [
                person for key, person in self.by_full.items() if key.split(" ")[0] == bare[0]
            ]
            if len(words) == 1 and by_given:
                return by_given[0]
        if len(bare) < len(words) and not _is_body(bare):
            key = " ".join(words) if gender else " ".join(bare)
            person = self.by_full.get(key)
            if person is None:
                person = self.by_full[key] = Person(key)
                self.by_last.setdefault(bare[-1], []).append((paragraph, token, person))
            person.gender = person.gender or gender
            return person
        return None


def _is_body(words: Sequence[str]) -> bool:
    bodies = _words("organisation_word")
    return any(word in bodies for word in words) or all(
        len(word) > 1 and word.isupper() for word in words
    )
