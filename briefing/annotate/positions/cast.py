"""Who acts for which country: countries, governments, people named with their office, pronouns."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile
from typing import Final, NamedTuple

from briefing.annotate.countries.salience import is_group
from briefing.annotate.positions.actor_words import (
    QUANTITIES,
    is_business,
    is_government,
    is_out_of_office,
    is_people,
    is_society,
    speaks_for_country,
)
from briefing.annotate.positions.sentence import ActingAs, Actor, Sentence
from briefing.english import word_classes as wc
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.tokens import Stream
from briefing.model import Chunk, Mention, Quote
from briefing.world.name_kinds import ACTING, INSTITUTIONS, kind_of
from briefing.world.offices import holder_at, holders_named

_ANAPHORS: Final = read_words("annotate/positions", "actors", "anaphor")
_THIRD_PERSON: Final = frozenset(("he", "she", "who"))
_NEUTER: Final = frozenset(("it", "they", "which", "that", "both", "itself", "themselves"))
_BODIES: Final = INSTITUTIONS | {"group", "metonym"}
"""Kinds of names of bodies, whose last word takes them up: the Commission."""
_OWN_BODY: Final = frozenset(("government", "cabinet"))
_PLURAL: Final = frozenset(("they", "themselves"))
_FIRST_PERSON: Final = frozenset(("we", "i", "our", "us", "my", "ourselves"))
_PLACING: Final = frozenset((("in",), ("from",), ("throughout",), ("across",)))
_STAYING: Final = frozenset((("based",), ("living",), ("operating",)))
MAX_PLACE: Final = 5
"""How far behind a preposition a country may be named, in tokens."""
_PARTICLES: Final = read_words("english", "people", "particle")
_STATE_WORDS: Final = read_words("annotate/positions", "actors", "state")
_NAMES: Final = re.compile(r"(?<!\w)([A-Z][\w'’-]{1,40}+) (?=([A-Z]\w*(?:['’-]\w+){0,3}))")
_INNER_MARK: Final = re.compile(r"['’-]")
_NAME: Final = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_WORDS_BEHIND: Final = re.compile(r"(?:['’]s)?((?: \w[\w’'-]+){3,7})")
BEFORE: Final = 12
"""How far before a country's name `former` may stand, in characters."""
_UNIONS: Final = frozenset(("EU", "UN"))
_POSTED: Final = read_words("annotate/positions", "actors", "posted abroad")
_CONTEXT: Final = ("last", "last_kind", "are_several", "after_thing", "last_person")
"""What is remembered of who acted, apart in words in marks and outside them."""
_NUMBERS: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_STATES: Final = frozenset(("countries", "nations", "states", "governments", "neighbours"))
_MEMBERS: Final = frozenset(("member", "members"))
_OWNED: Final = frozenset(("its", "his", "her", "their"))


class Precedent(NamedTuple):
    """A stance that a country was just said to take, which others may be said to share."""

    code: str
    stance: str
    object: str | None
    target: str | None


class Cast:
    """The actors of an article as far as it has been read: people by surname, who acted last.

    `date` is the ISO date of the article, by which people are known to hold an office; `texts`
    are its paragraphs, in which a surname is looked for with the given name. `held` are the stances
    of the sentence before.
    """

    def __init__(
        self, speakers: Mapping[str, str], date: str | None = None, texts: Sequence[str] = ()
    ) -> None:
        self.people: dict[str, str | None] = dict(speakers)
        self.date = date
        self._texts = texts
        self.last: tuple[str, ...] = ()
        self.last_kind: ActingAs = "anaphor"
        self.are_several = False
        self.bodies: dict[str, str] = {}
        self.after_thing = False
        self.held: tuple[Precedent, ...] = ()
        self.label: str | None = None
        self.administration: str | None = None
        self.last_person: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._outside: tuple[object, ...] | None = None

    def turn_to(self, *, is_quoted: bool) -> None:
        """Enter words in marks, or leave them: who acts in them is no `it` of the reporter's."""
        if is_quoted and self._outside is None:
            self._outside = tuple(getattr(self, name) for name in _CONTEXT)
        elif not is_quoted and self._outside is not None:
            for name, value in zip(_CONTEXT, self._outside, strict=True):
                setattr(self, name, value)
            self._outside = None

    def name(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Remember the lists of countries of a sentence, which `the two countries` take up."""
        self._rows = tuple(rows)

    def resolve(self, sentence: Sentence, nouns: Sequence[SentencePart]) -> tuple[Actor, ...]:
        """Return the countries that act in a list of noun phrases, each once, in order."""
        found: dict[str, Actor] = {}
        names: list[SentencePart] = []
        for noun in nouns:
            actors = self._named(sentence, noun) or self._counted(sentence, noun)
            if not actors and noun is not nouns[0]:
                actors = self._of_office(sentence, nouns[0], noun)
            if not actors and self._is_name(sentence, noun):
                names.append(noun)
            for actor in actors or self._known(sentence, noun):
                found.setdefault(actor.code, actor)
        if len(found) == 1 and names and len(nouns) == 2:
            self._learn(sentence, names[0], next(iter(found)))
        return tuple(found.values())

    def follow(
        self, sentence: Sentence, nouns: Sequence[SentencePart], actors: Sequence[Actor]
    ) -> None:
        """Remember who acted last, for the pronouns behind; a stranger ends `he` and `she`."""
        codes = tuple(one.code for one in actors)
        is_official = any(is_government((sentence.stream.lower[one.head],)) for one in nouns)
        if not codes:
            if is_official or any(self._is_name(sentence, noun) for noun in nouns):
                self.last_person = ()
            if any(self._is_stranger(sentence, noun) for noun in nouns):
                self.last = ()
            self.after_thing = not any(sentence.stream.flags[one.head] & wc.PRON for one in nouns)
            return
        self.after_thing = False
        self.last = codes
        self.last_kind = "society" if actors[0].kind == "society" else "anaphor"
        self.are_several = len(codes) > 1 or any(_is_several(sentence, one) for one in nouns)
        if is_official or any(one.kind in ("person", "government") for one in actors):
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
        self.last_kind = "anaphor"
        self.are_several = False
        self.held = ()

    def pass_by(self) -> None:
        """Remember that a sentence of something else stood between: `it` is not who acted last."""
        self.after_thing = True
        self.held = ()

    def may_act(self, text: str, quotes: Sequence[Quote], start: int, end: int) -> bool:
        """Whether anybody of a country may act in a sentence of a text that names none.

        `quotes` are those that touch the sentence.
        """
        if self.last or self.last_person:
            return True
        if any(one.kind != "indirect" and self.country_of(one) for one in quotes):
            return True
        return any(
            self._holds_office(found[0].split()) for found in _NAME.finditer(text, start, end)
        )

    def _holds_office(self, names: Sequence[str]) -> bool:
        """Whether a row of capitalised words ends with the name of somebody in office."""
        surname = names[-1].lower()
        if surname in self.people:
            return self.people[surname] is not None
        is_titled = len(names) < 2 or wc.classify(names[-2])[1] & (wc.TITLE | wc.PERSON)
        name = names[-1] if is_titled else " ".join(names[-2:])
        if not (holders_named(names[-1]) or holders_named(name)):
            return False
        return self._country_held(names[-1], name) is not None

    def learn_offices(self, chunk: Chunk) -> None:
        """Remember who a chunk names with an office of a country: `French president Jean Roe`."""
        for mention in chunk.mentions:
            kind = kind_of(mention.rule)
            if kind not in ACTING:
                continue
            if kind in _BODIES:
                name = chunk.text[mention.start : mention.end].lower()
                self.bodies[name.rpartition(" ")[2]] = mention.code
            found = _WORDS_BEHIND.match(chunk.text, mention.end)
            surname = _name_behind_office(found[1].split()) if found else None
            if surname is None:
                continue
            before = chunk.text[max(0, mention.start - BEFORE) : mention.start].lower().split()
            if not is_out_of_office(before[-1:]):
                self.people.setdefault(surname, mention.code)

    # -- phrases with a country's name -----------------------------------------------------
    def _named(self, sentence: Sentence, noun: SentencePart) -> list[Actor]:
        words = sentence.stream.lower[noun.first : noun.last + 1]
        if is_out_of_office(words) and not is_society(words):
            return []
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
                kind: ActingAs | None = "society"
            else:
                kind = self._kind(sentence, noun, token, last, mention)
            if kind is not None:
                found.append(Actor(mention.code, noun.first, noun.last, kind))
                if kind == "government":
                    self._learn(sentence, noun, mention.code)
                    if sentence.stream.lower[noun.head] == "administration":
                        self.administration = mention.code
        return found or self._body(sentence, noun) or self._placed(sentence, noun)

    def _of_office(
        self, sentence: Sentence, office: SentencePart, noun: SentencePart
    ) -> list[Actor]:
        """Return the country of who shares an office: ministers Roe of Norway and Poe of Malta."""
        words = sentence.stream.lower[office.first : office.head + 1]
        last, mention = sentence.mentions.get(noun.last, (-1, None))
        is_named = sentence.stream.flags[noun.head] & wc.CAPITAL and noun.head < noun.last
        if mention is None or not is_named or last != noun.last or not is_government(words):
            return []
        return [Actor(mention.code, noun.first, noun.last, "government")]

    def _body(self, sentence: Sentence, noun: SentencePart) -> list[Actor]:
        """Return the country of an institution or group that a phrase turns on: the Duma, Hamas."""
        for token in range(noun.first, noun.head + 1):
            last, body = sentence.bodies.get(token, (-1, None))
            if body is None:
                continue
            rest = sentence.stream.lower[last + 1 : noun.head + 1]
            if not rest or is_government(rest) or is_society(rest):
                kind: ActingAs = "government" if body.kind == "government" else "society"
                return [Actor(body.code, noun.first, noun.last, kind)]
        return []

    def _placed(self, sentence: Sentence, noun: SentencePart) -> list[Actor]:
        """Return who is told by a place behind: `officials in Germany`, `rebels from Chad`."""
        words = sentence.stream.lower[noun.first : noun.last + 1]
        if not _POSTED.isdisjoint(words):
            return []
        kind: ActingAs = "government" if is_government(words) else "society"
        if kind == "society" and not is_society(words):
            return []
        found = _place_behind(sentence, noun.last + 1) or _place_opening(sentence, noun)
        return [Actor(found[1], noun.first, found[0], kind)] if found else []

    def _kind(
        self, sentence: Sentence, noun: SentencePart, token: int, last: int, mention: Mention
    ) -> ActingAs | None:
        """Return how a country named inside a noun phrase acts in it, None where it does not."""
        words = sentence.stream.lower[noun.first : noun.last + 1]
        if kind_of(mention.rule) not in ACTING or is_business(words):
            return None
        if (
            token > noun.head
            and words[noun.head - noun.first] in _MEMBERS
            and is_group(mention.code)
        ):
            return None  # Malta, a member of the Union
        if token > noun.head:
            return _kind_behind(sentence.stream.lower, noun, last)
        return _kind_before(sentence, noun, token, last)

    def _is_name(self, sentence: Sentence, noun: SentencePart) -> bool:
        return bool(sentence.stream.flags[noun.head] & wc.CAPITAL) and noun.last == noun.head

    def _is_stranger(self, sentence: Sentence, noun: SentencePart) -> bool:
        """Whether a phrase is for other people or bodies, whom `they` and `it` take up next."""
        stream = sentence.stream
        words = stream.lower[noun.first : noun.head + 1]
        is_named = any(flag & wc.CAPITAL for flag in stream.flags[noun.first + 1 : noun.head]) or (
            noun.first > 0 and noun.first < noun.head and stream.flags[noun.first] & wc.CAPITAL
        )
        return (
            is_business(words)
            or is_society(words)
            or is_people(stream.lower[noun.head])
            or bool(is_named and is_government(words))
        )

    def _learn(self, sentence: Sentence, noun: SentencePart, code: str) -> None:
        """Remember the surname of a person named with an office: `French president Jean Roe`."""
        stream = sentence.stream
        if not stream.flags[noun.head] & wc.CAPITAL or noun.head in sentence.mentions:
            return
        words = stream.lower[noun.first : noun.last + 1]
        if is_business(words) or is_out_of_office(words):
            return
        word = stream.lower[noun.head]
        if not is_government((word,)) and word.isalpha():
            self.people[word] = code

    # -- phrases without one ---------------------------------------------------------------
    def _known(self, sentence: Sentence, noun: SentencePart) -> list[Actor]:
        stream = sentence.stream
        word, flag = stream.lower[noun.head], stream.flags[noun.head]
        if word in _FIRST_PERSON or stream.lower[noun.first] in _FIRST_PERSON:
            return self._speaking(sentence, noun)
        if flag & wc.PRON and noun.first == noun.last:
            return self._by_pronoun(sentence, word, noun)
        if flag & wc.CAPITAL and not is_business(stream.lower[noun.first : noun.last + 1]):
            code = self._in_office(sentence, noun)
            if code is not None:
                return [Actor(code, noun.first, noun.last, "person")]
        first = stream.flags[noun.first]
        if first & (wc.DET | wc.POSS) and noun.first < noun.head and self._is_anaphor(stream, noun):
            owned_by_person = stream.lower[noun.first] in ("his", "her")
            codes = self.last_person if owned_by_person else self.last
            if word == "administration" and self.administration:
                codes = (self.administration,)
            elif flag & wc.CAPITAL and word in self.bodies:
                codes = (self.bodies[word],)  # the Commission
            is_own = word in _OWN_BODY and stream.lower[noun.first] in ("the", "this")
            if is_own and (speaking := self._speaking(sentence, noun)):
                return speaking  # officials seldom say so of another country's
            quoted = self._quoted(sentence, " ".join(stream.lower[noun.first : noun.head + 1]))
            codes = codes if quoted is None else quoted
            if word in _STATE_WORDS:
                codes = tuple(one for one in codes if one not in _UNIONS and len(one) == 2)
            return [Actor(code, noun.first, noun.last, "anaphor") for code in codes]
        return []

    def _counted(self, sentence: Sentence, noun: SentencePart) -> list[Actor]:
        """Return the countries that were listed before, by their number: `the two countries`."""
        lower = sentence.stream.lower
        if lower[noun.head] not in _STATES:
            return []
        number = next(filter(None, map(_NUMBERS.get, lower[noun.first : noun.head])), 0)
        row = next((one for one in self._rows if len(one) == number), ())
        return [Actor(code, noun.first, noun.last, "anaphor") for code in row]

    def _in_office(self, sentence: Sentence, noun: SentencePart) -> str | None:
        """Return the country that a person named here holds an office of at the article's date."""
        stream = sentence.stream
        first = noun.head
        while first > noun.first and (
            stream.flags[first - 1] & wc.CAPITAL or stream.lower[first - 1] in _PARTICLES
        ):
            first -= 1
        while first < noun.head and (stream.flags[first] & wc.TITLE or first in sentence.mentions):
            first += 1
        return self._country_held(
            stream.words[noun.head], " ".join(stream.words[first : noun.head + 1])
        )

    def _country_held(self, surname: str, name: str) -> str | None:
        """Return the country that a person is known to act for, looked up once an article."""
        key = surname.lower()
        if name == surname and name in self._given_names:
            return None
        if key not in self.people and key[:1].isalpha():
            full = self._full_names.get(name, name) if name == surname else name
            held = holder_at(full, self.date)
            self.people[key] = held.office.country if held and not held.is_former else None
        return self.people.get(key)

    @functools.cached_property
    def _given_names(self) -> frozenset[str]:
        """The given names that the article has with a surname."""
        return frozenset(full.split(" ")[0] for full in self._full_names.values())

    @functools.cached_property
    def _full_names(self) -> dict[str, str]:
        """The first full name that the article has for each surname."""
        found: dict[str, str] = {}
        for given, rest in (pair for text in self._texts for pair in _NAMES.findall(text)):
            if rest not in found and not wc.classify(given)[1] & (wc.TITLE | wc.PERSON | wc.TIME):
                for end in (len(rest), *(match.start() for match in _INNER_MARK.finditer(rest))):
                    found.setdefault(rest[:end], f"{given} {rest[:end]}")
        return found

    def _is_anaphor(self, stream: Stream, noun: SentencePart) -> bool:
        words = " ".join(stream.lower[noun.first + 1 : noun.head + 1])
        return words in _ANAPHORS or (
            stream.lower[noun.first] in _OWNED and is_government((stream.lower[noun.head],))
        )

    def _by_pronoun(self, sentence: Sentence, word: str, noun: SentencePart) -> list[Actor]:
        codes: tuple[str, ...] = ()
        kind: ActingAs = "anaphor"
        if word in _THIRD_PERSON:
            quoted = self._quoted(sentence, word)
            codes = self.last_person if quoted is None else quoted
        elif word in _NEUTER and not (word == "it" and self.after_thing):
            people = self._people_before(sentence, word, noun.first)
            is_one = word in _PLURAL and noun.first > 0 and not self.are_several
            last = tuple(filter(is_group, self.last)) if is_one else self.last
            codes, kind = (people, kind) if people else (last, self.last_kind)
            quote = sentence.quote_at(noun.first)
            if quote is not None and self.country_of(quote) in codes:
                return []  # of itself a country says `we`
        return [Actor(code, noun.first, noun.last, kind) for code in codes]

    def _quoted(self, sentence: Sentence, words: str) -> tuple[str, ...] | None:
        """Return the country of the sentence's speaker where words mention him, else None."""
        for quote in sentence.quotes:
            speaker = quote.speaker
            is_known = speaker is not None and (speaker.name or words not in _THIRD_PERSON)
            if speaker and is_known and (speaker.mention or "").lower() == words:
                code = self.country_of(quote)
                if code is not None or not speaks_for_country(speaker.role):
                    return (code,) if code else ()
        return None

    def _people_before(self, sentence: Sentence, word: str, at: int) -> tuple[str, ...]:
        """Return whom `they` takes up within a sentence: the last people named by its plural."""
        lower = sentence.stream.lower
        people = (
            mention.code
            for token, (last, mention) in reversed(tuple(sentence.mentions.items()))
            if last < at and kind_of(mention.rule) == "demonym" and lower[last].endswith("s")
        )
        return tuple(islice(people, 1)) if word in _PLURAL else ()

    def _speaking(self, sentence: Sentence, noun: SentencePart) -> list[Actor]:
        quote = sentence.quote_at(noun.first)
        code = self.country_of(quote) if quote is not None else self.label
        return [Actor(code, noun.first, noun.last, "anaphor")] if code else []

    def country_of(self, quote: Quote) -> str | None:
        """Return the country that the speaker of a quote speaks for, None where nothing tells."""
        speaker = quote.speaker
        if speaker is None:
            return None
        if speaker.country is not None:
            return speaker.country if speaks_for_country(speaker.role) else None
        name = (speaker.name or speaker.mention or "").split()
        if not name or is_out_of_office((speaker.role or "").lower().split()):
            return None
        return self._country_held(name[-1], speaker.name or name[-1])


def _is_several(sentence: Sentence, noun: SentencePart) -> bool:
    """Whether a noun phrase is for several people, so that `they` may take it up."""
    _, mention = sentence.mentions.get(noun.head, (-1, None))
    if mention is not None or sentence.stream.flags[noun.head] & wc.CAPITAL:
        return mention is not None and kind_of(mention.rule) == "demonym"
    word = sentence.stream.lower[noun.head]
    return word in _PLURAL or (word.endswith("s") and not word.endswith("ss"))


def _place_behind(sentence: Sentence, at: int) -> tuple[int, str] | None:
    """Return end and country of a place that `in`, `from` or `based in` brings at a token."""
    stream = sentence.stream
    at += stream.lower[at : at + 1] in _STAYING
    if stream.lower[at : at + 1] not in _PLACING:
        return None
    for token in range(at + 1, min(at + MAX_PLACE, len(stream.words))):
        last, mention = sentence.mentions.get(token, (-1, None))
        if mention is not None:
            return (last, mention.code) if kind_of(mention.rule) in ACTING else None
        if token in sentence.bodies:
            return sentence.bodies[token][0], sentence.bodies[token][1].code
        if stream.flags[token] & (wc.PUNCT | wc.PREP | wc.AUX):
            return None
    return None


def _place_opening(sentence: Sentence, noun: SentencePart) -> tuple[int, str] | None:
    """Return the last token of some people and their place: `In Rakov, ministers resisted`."""
    lower = sentence.stream.lower
    last, mention = sentence.mentions.get(1, (-1, None))
    if mention is None or lower[0] != "in" or lower[last + 1 : last + 2] != (",",):
        return None
    is_bare = noun.first == last + 2 and (noun.first == noun.head or lower[noun.first] == "the")
    return (noun.last, mention.code) if is_bare and kind_of(mention.rule) in ACTING else None


def _kind_behind(lower: Sequence[str], noun: SentencePart, last: int) -> ActingAs | None:
    """Return how a country acts that stands behind a head: the president of Rakovia."""
    heads, rest = lower[noun.first : noun.head + 1], lower[last + 1 : noun.last + 1]
    if is_government(heads):
        is_body = not rest or is_government(rest) or is_society(rest)
        return "government" if is_body else None
    if QUANTITIES.isdisjoint(heads):
        return None
    if not rest or is_society(rest):
        return "society"
    return "government" if is_government(rest) else None


def _kind_before(sentence: Sentence, noun: SentencePart, token: int, last: int) -> ActingAs | None:
    """Return how a country acts that is a head, or stands before it: Rakovia, Rakovian farmers."""
    lower, flags = sentence.stream.lower, sentence.stream.flags
    before, rest = lower[noun.first : token], lower[last + 1 : noun.head + 1]
    if not rest:
        word = sentence.stream.words[token - 1] if before else ""
        if word[1:] and word.isalpha() and word.isupper() and token - 1 not in sentence.mentions:
            return None  # BP Rakovia
        return "government" if is_government(before) else "country"
    if is_government(rest) and not flags[noun.head] & wc.GENITIVE:
        return "government"
    is_owned = flags[last + 1] & wc.GENITIVE and len(rest) == 1
    return "society" if is_society(rest) and not is_owned else None


def _name_behind_office(words: Sequence[str]) -> str | None:
    """Return the surname, in lower case, of who is named behind an office: `minister Jane Roe`."""
    lower = [word.lower() for word in words]
    office = next(
        (at for at in range(len(words) - 1, -1, -1) if is_government(lower[at : at + 1])), -1
    )
    name = list(takewhile(lambda word: word[0].isupper(), words[office + 1 :]))
    if office < 0 or len(name) < 2 or is_business(lower) or is_out_of_office(lower[: office + 1]):
        return None
    return name[-1].lower()
