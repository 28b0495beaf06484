"""Who acts for which country: countries, governments, people named with their office, pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from briefing.annotate.positions.cues import singular
from briefing.english.chunks import Chunk
from briefing.english.lexicon import read_words
from briefing.english.tokens import Stream
from briefing.english.word_classes import (
    CAPITAL,
    DET,
    GENITIVE,
    PERSON,
    POSS,
    PRON,
    TIME,
    TITLE,
    classify,
)
from briefing.model import Mention, Quote
from briefing.world.actors import ActorName
from briefing.world.name_kinds import ACTING, kind_of
from briefing.world.offices import holder_at

ActorKind = Literal["country", "government", "person", "anaphor", "society"]

_GOVERNMENT: Final = read_words("annotate/positions", "actors", "government")
_SOCIETY: Final = read_words("annotate/positions", "actors", "society")
_QUANTITIES: Final = read_words("annotate/positions", "actors", "quantity")
_ANAPHORS: Final = read_words("annotate/positions", "actors", "anaphor")
OTHERS: Final = read_words("annotate/positions", "actors", "others")
_THIRD_PERSON: Final = frozenset(("he", "she", "who"))
_NEUTER: Final = frozenset(("it", "they", "which", "that", "both", "itself", "themselves"))
_FIRST_PERSON: Final = frozenset(("we", "i", "our", "us", "my", "ourselves"))
_PLACING: Final = frozenset(("in", "from", "throughout", "across"))
_PARTICLES: Final = read_words("english", "people", "particle")
_OWNED: Final = frozenset(("its", "his", "her", "their"))


class Actor(NamedTuple):
    """A country that acts in a noun phrase: its code, and the tokens of the words for who acts."""

    code: str
    first: int
    last: int
    kind: ActorKind


class Sentence(NamedTuple):
    """A sentence of a chunk: its tokens, and the mentions of countries by their first token.

    `start` is where it begins in the chunk; a value of `mentions` is the token that a mention
    ends with, and the mention; so are `bodies` for institutions and groups that belong to a country.
    """

    stream: Stream
    start: int
    mentions: Mapping[int, tuple[int, Mention]]
    quotes: Sequence[Quote]
    bodies: Mapping[int, tuple[int, ActorName]] = MappingProxyType({})

    def quote_at(self, token: int) -> Quote | None:
        """Return the quote in marks that a token lies in, or None."""
        place = self.start + self.stream.starts[token]
        return next((one for one in self.quotes if one.start <= place < one.end), None)


def read_mentions(
    stream: Stream, start: int, end: int, mentions: Sequence[Mention]
) -> dict[int, tuple[int, Mention]]:
    """Return the mentions that lie between two offsets of a chunk by their first token."""
    found: dict[int, tuple[int, Mention]] = {}
    first = bisect_left(mentions, start, key=lambda one: one.start)
    for mention in mentions[first:]:
        if mention.start >= end:
            break
        token = bisect_left(stream.starts, mention.start - start)
        last = bisect_left(stream.starts, mention.end - start) - 1
        is_whole = 0 <= last < len(stream.ends) and stream.ends[last] == mention.end - start
        if token < len(stream.starts) and last >= token and is_whole:
            found[token] = (last, mention)
    return found


def read_bodies(
    stream: Stream, start: int, end: int, bodies: Sequence[ActorName]
) -> dict[int, tuple[int, ActorName]]:
    """Return the institutions and groups between two offsets of a chunk by their first token."""
    found: dict[int, tuple[int, ActorName]] = {}
    for body in bodies:
        if start <= body.start and body.end <= end:
            token = bisect_left(stream.starts, body.start - start)
            last = bisect_left(stream.starts, body.end - start) - 1
            found[token] = (last, body)
    return found


class Cast:
    """The actors of an article as far as it has been read: people by surname, who acted last.

    `date` is the ISO date of the article, by which people are known to hold an office; `text` is
    all of it, in which a surname is looked for with the given name.
    """

    def __init__(
        self, speakers: Mapping[str, str], date: str | None = None, text: str = ""
    ) -> None:
        self.people: dict[str, str | None] = dict(speakers)
        self.date = date
        self.text = text
        self.last: tuple[str, ...] = ()
        self.label: str | None = None
        self.administration: str | None = None
        self.last_person: tuple[str, ...] = ()

    def resolve(self, sentence: Sentence, nouns: Sequence[Chunk]) -> tuple[Actor, ...]:
        """Return the countries that act in a list of noun phrases, each once, in order."""
        found: dict[str, Actor] = {}
        names: list[Chunk] = []
        for noun in nouns:
            actors = self._named(sentence, noun)
            if not actors and self._is_name(sentence, noun):
                names.append(noun)
            for actor in actors or self._known(sentence, noun):
                found.setdefault(actor.code, actor)
        if len(found) == 1 and names and len(nouns) == 2:
            self._learn(sentence, names[0], next(iter(found)))
        return tuple(found.values())

    def follow(self, sentence: Sentence, nouns: Sequence[Chunk], actors: Sequence[Actor]) -> None:
        """Remember who acted last, for the pronouns behind; a stranger ends `he` and `she`."""
        codes = tuple(one.code for one in actors if one.kind != "society")
        if not codes:
            if any(self._is_name(sentence, noun) for noun in nouns):
                self.last_person = ()
            return
        self.last = codes
        if any(one.kind in ("person", "government") for one in actors):
            self.last_person = codes

    def hear(self, sentence: Sentence) -> None:
        """Remember who speaks where a sentence opens with a label: `New Zealand: we …`."""
        self.label = None
        for token, (last, mention) in sentence.mentions.items():
            if token < 2 and sentence.stream.words[last + 1 : last + 2] == (":",):
                self.label = mention.code

    def meet(self, code: str) -> None:
        """Remember a country that leads a sentence of which nothing else is read."""
        self.last = (code,)

    # -- phrases with a country's name -----------------------------------------------------
    def _named(self, sentence: Sentence, noun: Chunk) -> list[Actor]:
        found: list[Actor] = []
        peoples = 0
        for token in range(noun.first, noun.last + 1):
            if token not in sentence.mentions:
                continue
            last, mention = sentence.mentions[token]
            peoples += kind_of(mention.rule) == "demonym"
            if found and peoples > 1 and token <= noun.head:
                continue  # Bosnian Serbs are Bosnia's
            if peoples and last < noun.head and last + 1 in sentence.mentions:
                kind: ActorKind | None = "society"
            else:
                kind = self._kind(sentence, noun, token, last, mention)
            if kind is not None:
                found.append(Actor(mention.code, noun.first, noun.last, kind))
                if kind == "government":
                    self._learn(sentence, noun, mention.code)
                    if sentence.stream.lower[noun.head] == "administration":
                        self.administration = mention.code
        return found or self._body(sentence, noun) or self._placed(sentence, noun)

    def _body(self, sentence: Sentence, noun: Chunk) -> list[Actor]:
        """Return the country of an institution or group that a phrase turns on: the Duma, Hamas."""
        for token in range(noun.first, noun.head + 1):
            last, body = sentence.bodies.get(token, (-1, None))
            if body is None:
                continue
            rest = sentence.stream.lower[last + 1 : noun.head + 1]
            if not rest or _any_in(rest, _GOVERNMENT) or _any_in(rest, _SOCIETY):
                kind: ActorKind = "government" if body.kind == "government" else "society"
                return [Actor(body.code, noun.first, noun.last, kind)]
        return []

    def _placed(self, sentence: Sentence, noun: Chunk) -> list[Actor]:
        """Return who is told by a place behind: `officials in Germany`, `rebels in Chad`."""
        lower, at = sentence.stream.lower, noun.last + 1
        if at + 1 >= len(lower) or lower[at] not in _PLACING:
            return []
        at += 2 if lower[at + 1] == "the" else 1
        place = sentence.mentions.get(at)
        if place is None or kind_of(place[1].rule) not in ACTING:
            return []
        words = lower[noun.first : noun.head + 1]
        if _any_in(words, _GOVERNMENT):
            return [Actor(place[1].code, noun.first, place[0], "government")]
        if _any_in(words, _SOCIETY):
            return [Actor(place[1].code, noun.first, place[0], "society")]
        return []

    def _kind(
        self, sentence: Sentence, noun: Chunk, token: int, last: int, mention: Mention
    ) -> ActorKind | None:
        """Return how a country named inside a noun phrase acts in it, None where it does not."""
        lower, flags = sentence.stream.lower, sentence.stream.flags
        if kind_of(mention.rule) not in ACTING:
            return None
        if token > noun.head:
            heads = lower[noun.first : noun.head + 1]
            rest = lower[last + 1 : noun.last + 1]
            if _any_in(heads, _GOVERNMENT):
                return "government"
            if not _any_in(heads, _QUANTITIES):
                return None
            is_people = not rest or _any_in(rest, _SOCIETY)
            return "society" if is_people else "government" if _any_in(rest, _GOVERNMENT) else None
        rest = lower[last + 1 : noun.head + 1]
        if not rest:
            before = lower[noun.first : token]
            return "government" if _any_in(before, _GOVERNMENT) else "country"
        if flags[last + 1] & GENITIVE and len(rest) == 1:
            return None
        if _any_in(rest, _GOVERNMENT) and not flags[noun.head] & GENITIVE:
            return "government"
        if _any_in(rest, _SOCIETY):
            return "society"
        return None

    def _is_name(self, sentence: Sentence, noun: Chunk) -> bool:
        return bool(sentence.stream.flags[noun.head] & CAPITAL) and noun.last == noun.head

    def _learn(self, sentence: Sentence, noun: Chunk, code: str) -> None:
        """Remember the surname of a person named with an office: `French president Jean Roe`."""
        stream = sentence.stream
        if not stream.flags[noun.head] & CAPITAL or noun.head in sentence.mentions:
            return
        word = stream.lower[noun.head]
        if singular(word) not in _GOVERNMENT and word.isalpha():
            self.people[word] = code

    # -- phrases without one ---------------------------------------------------------------
    def _known(self, sentence: Sentence, noun: Chunk) -> list[Actor]:
        stream = sentence.stream
        word, flag = stream.lower[noun.head], stream.flags[noun.head]
        if word in _FIRST_PERSON or stream.lower[noun.first] in _FIRST_PERSON:
            return self._speaking(sentence, noun)
        if flag & PRON and noun.first == noun.last:
            return self._by_pronoun(word, noun)
        if flag & CAPITAL:
            code = self._in_office(sentence, noun)
            if code is not None:
                return [Actor(code, noun.first, noun.last, "person")]
        first = stream.flags[noun.first]
        if first & (DET | POSS) and noun.first < noun.head and self._is_anaphor(stream, noun):
            owned_by_person = stream.lower[noun.first] in ("his", "her")
            codes = self.last_person if owned_by_person else self.last
            if word == "administration" and self.administration:
                codes = (self.administration,)
            return [Actor(code, noun.first, noun.last, "anaphor") for code in codes]
        return []

    def _in_office(self, sentence: Sentence, noun: Chunk) -> str | None:
        """Return the country that a person named here holds an office of at the article's date."""
        stream = sentence.stream
        first = noun.head
        while first > noun.first and (
            stream.flags[first - 1] & CAPITAL or stream.lower[first - 1] in _PARTICLES
        ):
            first -= 1
        while first < noun.head and (stream.flags[first] & TITLE or first in sentence.mentions):
            first += 1
        surname = stream.lower[noun.head]
        if surname not in self.people and surname[:1].isalpha():
            name = " ".join(stream.words[first : noun.head + 1])
            if first == noun.head:
                name = self._full_name(stream.words[noun.head])
            held = holder_at(name, self.date)
            self.people[surname] = held.office.country if held and not held.is_former else None
        return self.people.get(surname)

    def _full_name(self, surname: str) -> str:
        """Return a surname with the given name that the article has for it, else alone."""
        for found in re.finditer(rf"([A-Z][\w'’-]+) {re.escape(surname)}\b", self.text):
            if not classify(found[1])[1] & (TITLE | PERSON | TIME):
                return found[0]
        return surname

    def _is_anaphor(self, stream: Stream, noun: Chunk) -> bool:
        words = " ".join(stream.lower[noun.first + 1 : noun.head + 1])
        return words in _ANAPHORS or (
            stream.lower[noun.first] in _OWNED and singular(stream.lower[noun.head]) in _GOVERNMENT
        )

    def _by_pronoun(self, word: str, noun: Chunk) -> list[Actor]:
        codes = self.last_person if word in _THIRD_PERSON else self.last if word in _NEUTER else ()
        return [Actor(code, noun.first, noun.last, "anaphor") for code in codes]

    def _speaking(self, sentence: Sentence, noun: Chunk) -> list[Actor]:
        quote = sentence.quote_at(noun.first)
        code = self.country_of(quote) if quote is not None else self.label
        return [Actor(code, noun.first, noun.last, "anaphor")] if code else []

    def country_of(self, quote: Quote) -> str | None:
        """Return the country that the speaker of a quote speaks for, None where nothing tells it."""
        speaker = quote.speaker
        if speaker is None:
            return None
        if speaker.country is not None:
            return speaker.country
        name = (speaker.name or speaker.mention or "").split()
        if not name:
            return None
        surname = name[-1].lower()
        if surname not in self.people:
            held = holder_at(speaker.name or name[-1], self.date)
            self.people[surname] = held.office.country if held and not held.is_former else None
        return self.people[surname]


def _any_in(words: Sequence[str], known: frozenset[str]) -> bool:
    return any(word in known or singular(word) in known for word in words)
