"""Resolve a noun phrase to a speaker: name, role, type, country, and the referent of a pronoun."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec.structs import replace

from briefing.annotate.countries import annotator as countries
from briefing.annotate.countries.annotator import LISTED, split_list
from briefing.annotate.quotes import people
from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.candidates import Candidate
from briefing.annotate.quotes.outlets_cited import outlet_of
from briefing.annotate.quotes.person_roles import MAX_ROLE, role_of
from briefing.annotate.quotes.speaker_countries import OFFICES, SpeakerCountries, is_office
from briefing.english import word_classes as wc
from briefing.english.lexicon import read_words
from briefing.english.phrases import MAX_ASIDE, Phrase, Phrases
from briefing.english.subjects import is_plural, sentence_subject
from briefing.model import Mention, Speaker, SpeakerType
from briefing.world.name_kinds import SPEAKING, kind_of

MAX_BACK: Final = 6
"""How many paragraphs back a pronoun may find its person."""
SPEAKS: Final = 2
"""The rank of those who speak."""
NEAR: Final = 2
"""How many sentences back `it` may find a name that is nobody's."""

MAX_OFFICE: Final = 12
"""How many paragraphs back an office in words may find its holder."""
MAX: Final = 1 << 30
"""A paragraph behind the last one."""

_SETTING: Final = frozenset(("at", "during"))
_PARTICIPLES: Final = ("ing", "ed")
_JOINS: Final = frozenset(("and", "or"))
_OWNS: Final = ("'s", "’s")
_DASHES: Final = frozenset(("—", "–"))
LAST: Final = "\U0010ffff"
"""Sorts behind any role at the same place."""

_GENDERS: Final[dict[str, people.Gender]] = {
    **dict.fromkeys(("he", "his", "him"), "male"),
    **dict.fromkeys(("she", "her"), "female"),
}
_TYPES: Final[tuple[tuple[frozenset[str], SpeakerType], ...]] = (
    (read_words("english", "people", "spokesperson"), "spokesperson"),
    (read_words("english", "people", "official"), "official"),
    (read_words("english", "people", "anonymous", "person"), "anonymous"),
    (read_words("english", "people", "document"), "document"),
    (read_words("english", "people", "institution"), "institution"),
)


class Speakers:
    """Resolves candidates to speakers and keeps the roles stated earlier in the article.

    `sender` is the body whose press release the article is: its own words are no person's.
    """

    def __init__(
        self, reading: Reading, date: str | None = None, *, sender: str | None = None
    ) -> None:
        self._reading = reading
        self._sender = sender
        self._countries = SpeakerCountries(reading, date)
        self._roles: dict[str, list[tuple[int, int, str, int]]] = {}
        self._homes: dict[str, str | None] = {}
        self._full_names = reading.abbreviated
        self._short_names = {full: short for short, full in self._full_names.items()}

    def resolve(self, candidate: Candidate) -> Speaker | None:
        """Return the speaker that a candidate stands for; None where the text names no one."""
        phrase = candidate.phrase
        if phrase is None:
            return None
        phrases = self._reading.phrases[candidate.paragraph]
        if phrase.head == "pronoun":
            return self._pronoun(candidate, phrases, phrase)
        if phrase.head == "name" and not _is_title_alone(phrases, phrase):
            return self._named(candidate.paragraph, phrases, phrase)
        inside = people.name_inside(phrases, phrase)
        if inside is not None and self._reading.find_person(candidate.paragraph, inside):
            return self._named(candidate.paragraph, phrases, inside)
        if phrase.first == phrase.last and phrases.flags[phrase.first] & wc.CAPITAL:
            alone = replace(phrase, name_first=phrase.first, name_last=phrase.first)
            if self._reading.find_person(candidate.paragraph, alone):  # Baker, Mason
                return self._named(candidate.paragraph, phrases, alone)
        return self._role(candidate.paragraph, phrases, phrase)

    def labelled(self, label: str, name: str, role: str | None) -> Speaker:
        """Return whom a label of a transcript means, by the full name where an office tells it."""
        if role is not None and " " not in name:
            name = self._countries.bearer(name, role) or name
        country = self._countries.of_person(name, role, is_among_others=True)
        return Speaker(name=name, role=role, type="named", country=country, mention=label)

    def _role(self, paragraph: int, phrases: Phrases, phrase: Phrase) -> Speaker:
        role = phrases.text_without_article(phrase.first, phrase.last)
        mention = phrases.text(phrase.first, phrase.last)
        outlet = outlet_of(self._reading, paragraph, phrase)
        if outlet is not None:
            return Speaker(name=outlet, type="institution", mention=mention)
        holder = self._holder(paragraph, phrases, phrase)
        if holder is not None:
            return self._person(holder, paragraph, phrase.first, mention)
        kind = speaker_type(phrases, phrase)
        country = self._countries.of_phrase(
            paragraph, phrase, role, is_body=kind in ("institution", "spokesperson")
        )
        return Speaker(role=role, type=kind, country=country, mention=mention)

    def _holder(self, paragraph: int, phrases: Phrases, phrase: Phrase) -> people.Person | None:
        """Return the person of whom the article has told that office: `the foreign secretary`.

        Of an office in one word several people can have been told: then it is nobody. So it is
        where several are only known to have held it, the article having no date.
        """
        words = " ".join(phrases.lower[phrase.first + 1 : phrase.last + 1])
        if phrases.lower[phrase.first] != "the" or words not in OFFICES:
            return None
        found: people.Person | None = None
        for seen in self._reading.roster.before(paragraph, phrase.first):
            if seen.person is None or paragraph - seen.paragraph > MAX_OFFICE:
                continue
            role = self._role_so_far(seen.person, paragraph, phrase.first) or ""
            told = is_office(role, words)
            if not told and not self._countries.held(seen.person.name, words):
                continue
            if told and " " in words:
                return seen.person
            if found is not None and found is not seen.person:
                return None
            found = seen.person
        return found

    def _person(self, person: people.Person, paragraph: int, token: int, mention: str) -> Speaker:
        """Return a named person as the article has told of them up to a place."""
        role = self._role_so_far(person, paragraph, token)
        country = self._country(person, role or self._role_so_far(person, MAX, 0))
        return Speaker(name=person.name, role=role, type="named", country=country, mention=mention)

    def _named(self, paragraph: int, phrases: Phrases, phrase: Phrase) -> Speaker:
        mention = phrases.text(phrase.first, phrase.last)
        if self._sender and phrases.text(phrase.name_first, phrase.name_last) == self._sender:
            country = self._countries.of_phrase(paragraph, phrase, self._sender, is_body=True)
            return Speaker(name=self._sender, type="institution", country=country, mention=mention)
        person = self._reading.find_person(paragraph, phrase)
        is_country = self._country_at(paragraph, phrases, phrase) is not None
        name = phrases.text(phrase.name_first, phrase.name_last)
        if person is not None and self._reading.roster.is_firm(person.name):
            firm = self._nobody_met(paragraph, phrases, phrase, mention)
            return replace(firm, name=person.name, type="institution")
        if person is None or (is_country and person.name == name):
            return self._nobody_met(paragraph, phrases, phrase, mention)
        role = role_of(phrases, phrase, person.name)
        if role is None:
            role = self._role_so_far(person, paragraph, phrase.last)
        country = self._country(person, role or self._role_so_far(person, MAX, 0))
        if country is None and phrase.last > phrase.name_last:
            behind = phrases.text(phrase.name_last + 1, phrase.last)
            country = self._countries.named_in(behind)
        if country is None and role and phrases.flags[phrase.first] & wc.POSS:
            country = self._countries.of_phrase(paragraph, phrase, role, is_body=False)
        return Speaker(name=person.name, role=role, type="named", country=country, mention=mention)

    def _nobody_met(
        self, paragraph: int, phrases: Phrases, phrase: Phrase, mention: str
    ) -> Speaker:
        """Return whom a name means that is that of no person of the article."""
        outlet = outlet_of(self._reading, paragraph, phrase)
        if outlet is not None:
            return Speaker(name=outlet, type="institution", mention=mention)
        several = self._countries_listed(paragraph, phrases, phrase)
        if several is not None:
            return Speaker(name=several, type="institution", mention=several)
        name = phrases.text(phrase.name_first, phrase.name_last)
        members = split_list(name) if " and " in name and not countries.name_alone(name) else ()
        if members and all(map(countries.name_alone, members)):
            return Speaker(name=name, type="institution", mention=mention)
        is_firm = self._reading.roster.is_firm(name)
        if is_firm or _is_institution(phrases, phrase, name) or countries.name_alone(name):
            country = self._countries.of_phrase(paragraph, phrase, name, is_body=True)
            name = self._full_names.get(name, name)
            country = country or self._countries.named_in(self._short_names.get(name))
            return Speaker(name=name, type="institution", country=country, mention=mention)
        if " " not in name and self._reading.roster.is_common(name):
            return Speaker(role=name, type="anonymous", mention=mention)
        role = role_of(phrases, phrase)
        country = self._countries.of_person(name, role)
        return Speaker(name=name, role=role, type="named", country=country, mention=mention)

    def _country_at(self, paragraph: int, phrases: Phrases, phrase: Phrase) -> int | None:
        """Return the number of the mention of a country that opens the name in a phrase, if any."""
        start, end = phrases.stream.starts[phrase.name_first], phrases.stream.ends[phrase.name_last]
        row = self._reading.mentions[paragraph]
        at = bisect_left(row, start, key=lambda one: one.start)
        is_there = at < len(row) and row[at].end <= end and kind_of(row[at].rule) in SPEAKING
        return at if is_there else None

    def _countries_listed(self, paragraph: int, phrases: Phrases, phrase: Phrase) -> str | None:
        """Return the countries that speak with the one in a phrase: `Peru, Chile and Fiji`."""
        at = self._country_at(paragraph, phrases, phrase)
        if at is None:
            return None
        row, text, last = self._reading.mentions[paragraph], phrases.stream.text, at
        while at > 0 and _are_listed(text, row[at - 1], row[at]):
            at -= 1
        while last + 1 < len(row) and _are_listed(text, row[last], row[last + 1]):
            last += 1
        words = " ".join(text[row[at].start : row[last].end].split())
        opens = bisect_left(phrases.stream.starts, row[at].start) - 1
        is_place = opens >= 0 and phrases.flags[opens] & wc.PREP and phrases.lower[opens] != "by"
        joins = map(str.lower, text[row[last - 1].end : row[last].start].split())
        is_list = last > at and not _JOINS.isdisjoint(joins) and not is_place
        return words if is_list and text[row[last].end : row[last].end + 2] not in _OWNS else None

    def _pronoun(self, candidate: Candidate, phrases: Phrases, phrase: Phrase) -> Speaker | None:
        mention = phrases.text(phrase.first, phrase.last)
        word = mention.lower()
        if word not in _GENDERS:
            several = word in ("they", "their", "them", "it")
            found = self._thing_meant(candidate.paragraph, phrase, word) if several else None
        else:
            found = self._person_meant(candidate.paragraph, phrase, _GENDERS[word])
        if found is None:
            if word == "we" and self._sender is not None:
                return Speaker(name=self._sender, type="institution", mention=mention)
            if word in ("i", "we", "you"):
                return None
            return Speaker(type="anonymous", mention=mention)
        if found.person is not None:
            return self._person(found.person, candidate.paragraph, phrase.first, mention)
        antecedent = found.phrase
        if antecedent is None:
            return Speaker(type="anonymous", mention=mention)
        speaker = self.resolve(Candidate(candidate.rule, found.paragraph, antecedent))
        return speaker and replace(speaker, mention=mention)

    def _person_meant(
        self, paragraph: int, phrase: Phrase, gender: people.Gender
    ) -> people.Seen | None:
        """Find the last person of a gender: the likeliest of the nearest sentence with one."""
        best: people.Seen | None = None
        here = self._reading.phrases[paragraph].stream.sentences[phrase.first]
        for seen in self._reading.roster.before(paragraph, phrase.first):
            if paragraph - seen.paragraph > MAX_BACK:
                break
            place = (seen.paragraph, seen.sentence)
            if best is not None and place != (best.paragraph, best.sentence):
                break
            is_here = seen.paragraph == paragraph and seen.sentence == here
            if self._is_in_introduction(seen, gender, is_here=is_here):
                continue
            if not is_here and (self._stands_aside(seen) or self._is_another(seen, gender)):
                continue
            known = _gender(seen)
            if known not in (None, gender) or (known is None and seen.rank < 2):
                continue
            if best is None or _likelihood(seen) >= _likelihood(best):
                best = seen
        return best

    def _is_in_introduction(
        self, seen: people.Seen, gender: people.Gender, *, is_here: bool
    ) -> bool:
        """Whether someone is only an object of what a sentence opens with.

        `Standing by Lin, he said`, `When he met Lin, he said`, but not `When Lin came, he said`.
        """
        phrases = self._reading.phrases[seen.paragraph]
        first, _ = phrases.stream.sentence(seen.token)
        if first == seen.token or seen.rank == SPEAKS:
            return False
        before = range(first, seen.token)
        pronoun = {"male": "he", "female": "she"}[gender]
        if is_here and pronoun in phrases.lower[first : seen.token]:
            return True
        if phrases.lower[first] in _SETTING:
            behind = phrases.flags[seen.last + 1] if seen.last + 1 < phrases.size else 0
            return not behind & wc.GENITIVE and not any(phrases.flags[at] & wc.AUX for at in before)
        first += bool(phrases.flags[first] & wc.PREP)
        opens = phrases.names[first] < 0 and phrases.lower[first].endswith(_PARTICIPLES)
        return opens and not any(phrases.flags[at] & wc.AUX for at in before)

    def _stands_aside(self, seen: people.Seen) -> bool:
        """Whether someone stands between two dashes, where a later sentence seldom looks."""
        phrases = self._reading.phrases[seen.paragraph]
        first, end = phrases.stream.sentence(seen.token)
        before = phrases.stream.words[max(first, seen.token - MAX_ASIDE) : seen.token]
        behind = phrases.stream.words[seen.token + 1 : min(end, seen.token + MAX_ASIDE)]
        return any(map(_DASHES.__contains__, before)) and any(map(_DASHES.__contains__, behind))

    def _is_another(self, seen: people.Seen, gender: people.Gender) -> bool:
        """Whether `she` stands before a name in its sentence, so that the name is not hers.

        `She feared it more than Lin did`, but not `When she came, Lin rose`.
        """
        if seen.rank == SPEAKS:
            return False
        phrases = self._reading.phrases[seen.paragraph]
        first, _ = phrases.stream.sentence(seen.token)
        return any(
            _GENDERS.get(phrases.lower[at]) == gender
            and phrases.flags[at] & wc.PRON
            and not (at > first and phrases.flags[at - 1] & wc.SUB)
            for at in range(max(first, seen.token - MAX_ASIDE), seen.token)
        )

    def _thing_meant(self, paragraph: int, phrase: Phrase, word: str) -> people.Seen | None:
        """Return the last body, or several people, that spoke before `it` or `they`."""
        phrases = self._reading.phrases[paragraph]
        here = phrases.stream.sentences[phrase.first]
        opening = self._body_before(paragraph, phrase) if word == "it" else None
        if opening is not None:
            return people.Seen(paragraph, opening.first, here, 2, None, opening)
        for number in self._reading.story.back(paragraph, 3):
            if number != paragraph:
                here += len(self._reading.phrases[number].stream.openings)
            for frame in self._reading.last_frames(number):
                subject = frame.subject
                if subject.head == "pronoun" or (
                    number == paragraph and subject.last >= phrase.first
                ):
                    continue
                phrases = self._reading.phrases[number]
                sentence = phrases.stream.sentences[subject.first]
                is_near = word == "it" and here - sentence <= NEAR
                if word == "they" and not self._may_be_several(number, subject):
                    continue
                if subject.head == "noun" or self._may_be_thing(number, subject, is_near=is_near):
                    return people.Seen(number, subject.first, sentence, 2, None, subject)
        return None

    def _may_be_several(self, paragraph: int, subject: Phrase) -> bool:
        """Whether a subject is several people, and no country of whom others tell."""
        phrases = self._reading.phrases[paragraph]
        if subject.head == "name":
            return phrases.lower[subject.last - 1] == "and" or " and " in phrases.text(
                subject.first, subject.last
            )
        return is_plural(phrases, subject)

    def _body_before(self, paragraph: int, phrase: Phrase) -> Phrase | None:
        """Return the body that is the subject of the sentence before: `Acme sued. It said …`."""
        phrases = self._reading.phrases[paragraph]
        first, _ = phrases.stream.sentence(phrase.first)
        if first == 0 or sentence_subject(phrases, first, phrase.first) is not None:
            return None
        before, end = phrases.stream.sentence(first - 1)
        subject = sentence_subject(phrases, before, end)
        if subject is None or subject.head == "pronoun":
            return None
        if phrases.text(subject.first, subject.last).isupper() and before == 0:
            return None  # a dateline
        if subject.head == "noun":
            head = phrases.flags[people.head_of(phrases, subject)]
            is_body = head & wc.BODY and not head & wc.PERSON and not is_plural(phrases, subject)
            return subject if is_body else None
        return subject if self._may_be_thing(paragraph, subject, is_near=True) else None

    def _may_be_thing(self, paragraph: int, subject: Phrase, *, is_near: bool) -> bool:
        """Whether a name can be a body's: by its words, or near an `it` if no person is known."""
        phrases = self._reading.phrases[paragraph]
        name = phrases.text(subject.name_first, subject.name_last)
        if _is_institution(phrases, subject, name):
            return True
        words = tuple(name.split())
        if not is_near or people.strip_titles(words) != words:
            return False
        person = self._reading.find_person(paragraph, subject)
        return person is None or not people.may_be_given(person)

    def _country(self, person: people.Person, role: str | None) -> str | None:
        """Return the country of a person by the role, else by where the article tells of it."""
        country = self._countries.of_person(person.name, role)
        if country is None and person.name not in self._homes:
            at_home, owner = self._countries.at_home, self._countries.owner_of
            found = (at_home(one[0], one[1], one[3], one[2]) for one in self._told_roles(person))
            owners = (owner(one.paragraph, one.token) for one in self._mentions_of(person))
            self._homes[person.name] = next(filter(None, chain(found, owners)), None)
        return country or self._homes[person.name]

    def _mentions_of(self, person: people.Person) -> Iterable[people.Seen]:
        """Return where a person, and no company, is named: `Peru's Ana Roe`."""
        is_person = " " in person.name and people.may_be_given(person)
        return self._reading.roster.mentions_of(person) if is_person else ()

    def _role_so_far(self, person: people.Person, paragraph: int, token: int) -> str | None:
        """Return the role that the article stated last for a person before a place."""
        roles = self._told_roles(person)
        end = bisect_right(roles, (paragraph, token, LAST))
        return roles[end - 1][2] if end else None

    def _told_roles(self, person: people.Person) -> list[tuple[int, int, str, int]]:
        """Return the roles that the article states for a person, with first and last tokens."""
        if person.name not in self._roles:
            self._roles[person.name] = list(self._roles_of(person))
        return self._roles[person.name]

    def _roles_of(self, person: people.Person) -> Iterator[tuple[int, int, str, int]]:
        for seen in self._reading.roster.mentions_of(person):
            phrases = self._reading.phrases[seen.paragraph]
            low = max(0, seen.token - MAX_ROLE)
            phrase = phrases.ending_at(seen.last, low)
            if phrase is None or phrase.head != "name" or phrase.name_first != seen.token:
                continue
            role = role_of(phrases, phrase, person.name)
            if role is not None:
                yield seen.paragraph, seen.token, role, seen.last


def _is_title_alone(phrases: Phrases, phrase: Phrase) -> bool:
    """Whether a name is but an office: `the Prime Minister`, not the Centre for Law and Justice."""
    is_last = phrases.lower[phrase.name_last - 1] != "and"
    is_definite = phrase.first < phrase.name_first
    return is_definite and is_last and bool(phrases.flags[phrase.name_last] & wc.TITLE)


def _gender(seen: people.Seen) -> people.Gender | None:
    return seen.person.gender if seen.person is not None else seen.gender


def _likelihood(seen: people.Seen) -> int:
    """Return how likely a pronoun means someone: a speaker first, then who opens the sentence."""
    return 2 * seen.rank + (_gender(seen) is not None)


def _are_listed(text: str, one: Mention, other: Mention) -> bool:
    """Whether two names of countries are neighbours in a list, and no city with its country."""
    is_alike = (kind_of(one.rule) == "capital") == (kind_of(other.rule) == "capital")
    speak = kind_of(one.rule) in SPEAKING and kind_of(other.rule) in SPEAKING
    return speak and is_alike and bool(LISTED.fullmatch(text, one.end, other.start))


def _is_institution(phrases: Phrases, phrase: Phrase, name: str) -> bool:
    if phrases.classes(phrase) & wc.ORG or (name.isupper() and len(name) > 1):
        return True
    return phrase.first < phrase.name_first and phrases.lower[phrase.name_first - 1] == "the"


def speaker_type(phrases: Phrases, phrase: Phrase) -> SpeakerType:
    """Return the type of a speaker without a name by the head of the phrase, then by any word."""
    words = phrases.lower[phrase.first : phrase.last + 1]
    text = " ".join(words)
    if "press secretary" in text:
        return "spokesperson"
    if "familiar with" in text:
        return "anonymous"
    found = type_of_words(words[people.head_of(phrases, phrase) - phrase.first], words)
    return found or ("institution" if phrases.classes(phrase) & wc.ORG else "anonymous")


def type_of_words(head: str, words: Sequence[str]) -> SpeakerType | None:
    """Return the type of speaker that the head of a role tells, or else any of its words."""
    for group in ((head,), words):
        for known, kind in _TYPES:
            if any(one in known or one.removesuffix("s") in known for one in group):
                return kind
    return None
