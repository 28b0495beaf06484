"""The people of an article: fullest names, genders and roles, in the order they are met.

It knows names by their form alone: a name is a person's when a title or a known given name opens
it, or when someone of that family name speaks in the article.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from msgspec import Struct

from briefing.annotate.countries import annotator as countries
from briefing.english import word_classes as wc
from briefing.english.frames import Frame
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrase, Phrases
from briefing.english.subjects import is_plural
from briefing.world.outlets import outlet_named

Gender = Literal["male", "female"]

CACHED: Final = 1 << 14
"""How many names are cached with their form."""
MAX_NAME: Final = 5
"""The longest name of a person, in words, titles left out."""


MAX_ACRONYM: Final = 4
"""The longest abbreviation of an office or a body, in letters."""
MAX_SEEN: Final = 80
"""How many names back a pronoun may look."""
MAX_NAMESAKES: Final = 12
"""How many people of one family name are kept apart."""
HEADLINE_WINDOW: Final = 24
"""How many tokens of a line decide whether it is a headline in capitals."""


def _names(*sections: str) -> frozenset[str]:
    return read_words("english", "given_names", *sections)


def _words(*sections: str) -> frozenset[str]:
    return read_words("english", "people", *sections)


_MALE_NAMES: Final = _names("male")
_FEMALE_NAMES: Final = _names("female")
_GIVEN_NAMES: Final = _MALE_NAMES | _FEMALE_NAMES
_EITHER_NAMES: Final = _names("either")
_MALE_TITLES: Final = _words("title_male")
_FEMALE_TITLES: Final = _words("title_female")
_TITLES: Final = _words("title") | _MALE_TITLES | _FEMALE_TITLES
_PARTIES: Final = _words("party")
_PARTICLES: Final = _words("particle")
_SUFFIXES: Final = _words("suffix")
_MALE_ROLES: Final = _words("male")
_FEMALE_ROLES: Final = _words("female")
_WITH_GIVEN: Final = frozenset(("Sir", "Dame"))
"""Titles that stand before a given name alone."""
_FIRMS: Final = _words("firm")
_BODIES: Final = _words("organisation_word") | _FIRMS
_OWN_ACTS: Final = frozenset(("will", "has", "had", "expects", "plans", "agreed"))
_PASSIVES: Final = frozenset(("be", "been", "become", "long"))


class Person(Struct):
    """Someone with a name: the fullest form found, the gender if known, the count of mentions."""

    name: str
    gender: Gender | None = None
    mentions: int = 0


class Seen(Struct, frozen=True):
    """A person, or a role that speaks, met at a token.

    `rank` is 2 for a speaker, 1 for a name that opens its sentence, 0 for any other.
    """

    paragraph: int
    token: int
    sentence: int
    rank: int
    person: Person | None
    phrase: Phrase | None = None
    gender: Gender | None = None
    last: int = -1


def without_particle(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return a family name without the particle that it opens with: `van Oort`, `De Jong`."""
    has_particle = len(name) == 2 and name[0].lower() in _PARTICLES and name[0] not in _GIVEN_NAMES
    return name[1:] if has_particle else name


@functools.lru_cache(maxsize=CACHED)
def strip_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name alone: nothing up to the last title in front, no suffix behind.

    `("Vermont", "Sen.", "Ana", "Lin", "Jr.")` gives `("Ana", "Lin")`.
    """
    last = len(words)
    while last > 1 and words[last - 1] in _SUFFIXES:
        last -= 1
    for position in range(last - 2, -1, -1):
        is_given = position == 0 and words[position] in _GIVEN_NAMES
        if words[position] in _TITLES and not is_given:
            return tuple(words[position + 1 : last])
        if (
            position + 2 < last
            and _is_abbreviation(words[position])
            and _is_given(words[position + 1])
        ):
            return tuple(words[position + 1 : last])
    if last > 2 and words[0] in _PARTIES and _is_given(words[1]):
        return tuple(words[1:last])
    return tuple(words[:last])


def _is_abbreviation(word: str) -> bool:
    """Whether a word in capitals can be an office before a name: `Acme CFO Ana Lin`."""
    return 2 <= len(word) <= MAX_ACRONYM and word.isupper() and word.isalpha()


def _given_gender(word: str) -> Gender | None:
    """Return the gender of a given name, a compound one by its parts: `Rose-Lynn`."""
    parts = {word} if word in _GIVEN_NAMES else {*word.split("-")}
    if not parts.isdisjoint(_MALE_NAMES):
        return "male" if parts.isdisjoint(_FEMALE_NAMES) else None
    return None if parts.isdisjoint(_FEMALE_NAMES) else "female"


def _is_given(word: str) -> bool:
    return _given_gender(word) is not None or word.partition("-")[0] in _EITHER_NAMES


@functools.lru_cache(maxsize=CACHED)
def gender_of(words: tuple[str, ...]) -> Gender | None:
    """Return the gender that a title or a given name shows, else None."""
    for word in words[:-1]:
        if word in _MALE_TITLES:
            return "male"
        if word in _FEMALE_TITLES:
            return "female"
    bare = strip_titles(words)
    return _given_gender(bare[0]) if len(bare) >= 2 else None


def may_be_given(person: Person) -> bool:
    """Whether someone is a person by a known gender or by a given name of either."""
    return person.gender is not None or person.name.split(" ")[0] in _EITHER_NAMES


def gender_of_role(words: Iterable[str]) -> Gender | None:
    """Return the gender that a word for a role shows (spokesman, congresswoman), else None."""
    for word in words:
        if word in _MALE_ROLES:
            return "male"
        if word in _FEMALE_ROLES:
            return "female"
    return None


def is_body(words: Sequence[str]) -> bool:
    """Whether a name is that of an organisation or place by one of its words or its capitals."""
    if len(words) == 2 and words[0] in _GIVEN_NAMES:
        return False
    is_acronym = all(len(word) > 1 and word.isupper() for word in words)
    return is_acronym or not _BODIES.isdisjoint(words)


class _Name(Struct, frozen=True):
    paragraph: int
    token: int
    last: int
    sentence: int
    words: tuple[str, ...]
    bare: tuple[str, ...]
    definite: bool
    in_headline: bool


class Roster:
    """Every person of an article, surnames merged with full names, in the order met."""

    def __init__(
        self,
        paragraphs: Sequence[Phrases],
        frames: Sequence[Sequence[Frame]],
        captions: frozenset[int],
    ) -> None:
        self._captions = captions
        self._paragraphs = paragraphs
        self._full: dict[str, Person] = {}
        self._family: dict[str, list[tuple[int, int, Person]]] = {}
        self._given: dict[str, list[Person]] = {}
        names = [name for number, one in enumerate(paragraphs) for name in _read_names(number, one)]
        speaking = _speaking(paragraphs, frames)
        for name in names:
            self._register(name, speaking)
        self.seen = self._meet(names, paragraphs, frames, speaking)
        self._firms = _firms(names) | _of_themselves(paragraphs, frames)
        self._places = [(one.paragraph, one.token) for one in self.seen]
        self._mentions: dict[str, list[Seen]] = {}
        for one in self.seen:
            if one.person is not None:
                self._mentions.setdefault(one.person.name, []).append(one)

    def _register(self, name: _Name, speaking: frozenset[str]) -> None:
        """Add a full name if it is a person's."""
        bare = name.bare
        if len(bare) == 2 and without_particle(bare) != bare:
            return
        is_definite = name.definite and len(bare) == len(name.words)
        if not 2 <= len(bare) <= MAX_NAME or is_definite or name.in_headline or is_body(bare):
            return
        if not (_is_given(bare[0]) or len(bare) < len(name.words) or bare[-1] in speaking):
            return
        key = " ".join(bare)
        person = self._full.get(key) or self._same_ends(bare)
        if person is None:
            person = Person(key)
            namesakes = self._family.setdefault(bare[-1], [])
            if len(namesakes) < MAX_NAMESAKES:
                namesakes.append((name.paragraph, name.token, person))
            self._given.setdefault(bare[0], []).append(person)
        self._full[key] = person
        person.mentions += 1
        person.gender = person.gender or gender_of(name.words)

    def _same_ends(self, bare: tuple[str, ...]) -> Person | None:
        """Return the person whose given and family names are the same, a middle name aside."""
        for _, _, person in self._family.get(bare[-1], ()):
            if person.name.split(" ")[0] == bare[0]:
                return person
        return None

    def find(self, words: tuple[str, ...], paragraph: int, token: int) -> Person | None:
        """Return the person that a form of a name points to at a place of the article, or None."""
        bare = strip_titles(words)
        full = self._full.get(" ".join(bare))
        if full is not None:
            return full
        if len(bare) == 2:
            bare = without_particle(bare)
        family = self._family.get(bare[-1]) if len(bare) == 1 else None
        if family:
            gender = gender_of(words)
            fitting = [one for one in family if gender is None or one[2].gender in (None, gender)]
            before = [one for one in fitting if one[:2] <= (paragraph, token)]
            if before or fitting:
                return max(before or fitting, key=lambda one: one[2].mentions)[2]
        if len(bare) == 1 and (len(words) == 1 or words[0] in _WITH_GIVEN):
            found = self._given.get(bare[0], ())
            return found[0] if len(found) == 1 and _may_go_by(bare[0], found[0]) else None
        return None

    def _meet(
        self,
        names: Sequence[_Name],
        paragraphs: Sequence[Phrases],
        frames: Sequence[Sequence[Frame]],
        speaking: frozenset[str],
    ) -> list[Seen]:
        subjects = set()
        for number, row in enumerate(frames):
            for frame in row:
                is_own = frame.subject.head == "name" and frame.order in ("before", "after")
                named = frame.subject if is_own else name_inside(paragraphs[number], frame.subject)
                if named is not None:
                    subjects.add((number, named.name_first))
        seen = []
        opened: tuple[int, int] | None = None
        for name in names:
            place = (name.paragraph, name.token)
            person = self.find(name.words, *place)
            speaks = place in subjects
            is_known = name.bare[-1] in speaking or len(name.bare) < len(name.words)
            if person is None and is_known:
                person = self._single(name)
            if person is None:
                continue
            person.gender = person.gender or gender_of(name.words)
            phrases = paragraphs[name.paragraph]
            genitive = name.last + 1 < phrases.size and phrases.flags[name.last + 1] & wc.GENITIVE
            opens = opened != (name.paragraph, name.sentence) and not genitive
            opened = (name.paragraph, name.sentence)
            rank = 2 if speaks else 1 if opens else 0
            seen.append(
                Seen(*place, name.sentence, rank, person, gender=person.gender, last=name.last)
            )
        seen.extend(_speaking_roles(paragraphs, frames))
        seen.sort(key=lambda one: (one.paragraph, one.token))
        return seen

    def _single(self, name: _Name) -> Person | None:
        """Return a person known by one name only, such as `Mr. Lin` or a mononym that speaks."""
        if len(name.bare) > 1 and len(without_particle(name.bare)) > 1:
            return None
        if name.definite or is_body(name.bare) or name.words[-1] in _TITLES:
            return None
        titled = len(name.bare) < len(name.words)
        alone = " ".join(name.bare)
        if not titled and (_names_place(alone) or outlet_named(alone) or self.is_common(alone)):
            return None
        shown = name.words[-1 - len(name.bare) :] if titled else name.bare
        person = Person(" ".join(shown), gender_of(name.words))
        self._full[alone] = person
        return person

    def is_firm(self, name: str) -> bool:
        """Whether a name is that of a company by the longer name of it, or by `it` for itself."""
        return name in self._firms and not _is_given(name.partition(" ")[0])

    def is_common(self, word: str) -> bool:
        """Whether a plural with a capital is a common noun elsewhere: `Dealers said`."""
        return word.endswith("s") and word.lower() in self._plurals

    @functools.cached_property
    def _plurals(self) -> frozenset[str]:
        """The words in -s that the article has in small letters."""
        return frozenset(
            word
            for one in self._paragraphs
            for word, flag in zip(one.lower, one.flags, strict=True)
            if word.endswith("s") and not flag & wc.CAPITAL
        )

    def mentions_of(self, person: Person) -> Sequence[Seen]:
        """Return every place that names a person, in order."""
        return self._mentions.get(person.name, ())

    def before(self, paragraph: int, token: int) -> Iterable[Seen]:
        """Yield those seen last before a place, the nearest first; other captions tell nothing."""
        end = bisect_left(self._places, (paragraph, token))
        nearest = (self.seen[at] for at in range(end - 1, max(-1, end - 1 - MAX_SEEN), -1))
        return (
            one
            for one in nearest
            if one.paragraph == paragraph or one.paragraph not in self._captions
        )


def _may_go_by(word: str, person: Person) -> bool:
    """Whether somebody may be called by the first word of the name: Wang Yi, Ana Lin, no firm."""
    behind = person.name.split(" ")[1:]
    is_firm = behind[-1] in _BODIES or _names_place(behind[-1])
    return _given_gender(word) is not None or (len(behind) == 1 and not is_firm)


@functools.lru_cache(maxsize=1 << 12)
def _names_place(word: str) -> bool:
    """Whether a word alone is the name of a country or place."""
    return bool(countries.find_mentions(word))


def name_inside(phrases: Phrases, subject: Phrase) -> Phrase | None:
    """Return the full name in a noun phrase that goes on behind it: `… Ana Lin from the party`."""
    if subject.head != "noun":
        return None
    for position in range(subject.first + 1, subject.last):
        if phrases.names[position] != position or phrases.flags[position - 1] & (wc.PREP | wc.CONJ):
            continue
        last = position
        while last < subject.last and phrases.names[last + 1] == position:
            last += 1
        if last > position and phrases.lower[last + 1 : last + 2] == ("from",):
            return Phrase(position, subject.last, "name", position, last)
    return None


def _read_names(number: int, phrases: Phrases) -> list[_Name]:
    found = []
    names, words = phrases.names, phrases.stream.words
    in_headline = _is_headline(phrases)
    for position in sorted({*names} - {-1}):
        last = position
        while last + 1 < phrases.size and names[last + 1] == position:
            last += 1
        own = tuple([word for word in words[position : last + 1] if word])
        definite = position > 0 and phrases.lower[position - 1] == "the"
        sentence = phrases.stream.sentences[position]
        headline = in_headline and len(own) > 3
        found.append(
            _Name(number, position, last, sentence, own, strip_titles(own), definite, headline)
        )
    return found


def _is_headline(phrases: Phrases) -> bool:
    """Whether nearly every word of a line has a capital, so that capitals show no name."""
    if not phrases.size or phrases.flags[-1] & wc.STOP:
        return False
    words = capitals = 0
    for flag in phrases.flags[:HEADLINE_WINDOW]:
        if flag & wc.CUE and not flag & wc.CAPITAL:
            return False
        words += bool(flag & wc.WORD)
        capitals += bool(flag & wc.CAPITAL)
    return words >= 5 and capitals * 4 >= words * 3


def _firms(names: Iterable[_Name]) -> frozenset[str]:
    """Return what the names of companies begin with: Acme and Acme Steel of Acme Steel Corp."""
    rows = [one.bare for one in names if len(one.bare) > 1 and one.bare[-1] in _FIRMS]
    return frozenset(" ".join(row[:end]) for row in rows for end in (1, 2) if end < len(row))


def _of_themselves(
    paragraphs: Sequence[Phrases], frames: Sequence[Sequence[Frame]]
) -> frozenset[str]:
    """Return the names of one word that say `it` of themselves: `Acme said it will close`."""
    found = set()
    for phrases, row in zip(paragraphs, frames, strict=True):
        for frame in row:
            subject, (it, act, then) = frame.subject, _three_behind(phrases, frame.last)
            if subject.head != "name" or subject.first != subject.last:
                continue
            if it == "its" or (it == "it" and act in _OWN_ACTS and then not in _PASSIVES):
                found.add(phrases.stream.words[subject.last])
    return frozenset(found)


def _three_behind(phrases: Phrases, last: int) -> tuple[str, ...]:
    """Return the three words behind a token, past a `that`."""
    first = last + 1 + (phrases.lower[last + 1 : last + 2] == ("that",))
    return (*phrases.lower[first : first + 3], "", "", "")[:3]


def _speaking(paragraphs: Sequence[Phrases], frames: Sequence[Sequence[Frame]]) -> frozenset[str]:
    """Return the last words of all names that are subjects of verbs of speech."""
    return frozenset(
        phrases.stream.words[frame.subject.name_last]
        for phrases, row in zip(paragraphs, frames, strict=True)
        for frame in row
        if frame.subject.head == "name"
    )


def head_of(phrases: Phrases, phrase: Phrase) -> int:
    """Return the head of a common noun phrase: the last word before its first preposition."""
    for position in range(phrase.first + 1, phrase.last + 1):
        if phrases.flags[position] & wc.PREP and phrases.names[position] < 0:
            return position - 1
    return phrase.last


def _speaking_roles(paragraphs: Sequence[Phrases], frames: Sequence[Sequence[Frame]]) -> list[Seen]:
    """Return the common nouns that speak and that a pronoun can refer to: `a spokeswoman said`."""
    found = []
    for number, (phrases, row) in enumerate(zip(paragraphs, frames, strict=True)):
        for frame in row:
            subject = frame.subject
            if subject.head != "noun" or frame.order == "shared":
                continue
            words = phrases.lower[subject.first : subject.last + 1]
            head = phrases.flags[head_of(phrases, subject)]
            is_thing = head & (wc.BODY | wc.DOCUMENT) and not head & wc.PERSON
            is_person = phrases.classes(subject) & wc.PERSON and not is_thing
            if is_person and not is_plural(phrases, subject):
                sentence = phrases.stream.sentences[subject.first]
                gender = gender_of_role(words)
                found.append(Seen(number, subject.first, sentence, 2, None, subject, gender))
    return found
