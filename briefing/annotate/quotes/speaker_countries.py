"""The country that a speaker speaks for: by words, by an office held at the date, by the context.

Companies, scholars and bystanders speak for no country, and neither does anyone whose office is
over. Nothing is guessed where two countries are possible.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import Final

from briefing.annotate.countries import annotator as countries
from briefing.annotate.countries.salience import is_group
from briefing.annotate.quotes.article_reading import Reading
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrase
from briefing.english.spans import starting_within
from briefing.english.subjects import sentence_subject
from briefing.english.word_classes import POSS
from briefing.model import Mention
from briefing.world.name_kinds import DATELINE, kind_of
from briefing.world.offices import HeldOffice, OfficeTitle, holder_at

MAX_KEY: Final = 4
"""The longest end of a role, in words, by which a later one takes it up."""
MAX_STATE: Final = 6
"""The longest words, in tokens, for a body that every state has."""
MAX_BACK: Final = 8
"""How many paragraphs back a fuller form of a role may stand."""
LEADING: Final = 0.5
"""The share of all mentions that makes a country the one of which an article speaks."""
LEAST: Final = 3
"""How often the leading country of an article is named at the least."""

_SENT: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(read_words('english', 'people', 'sent_abroad')))})"
    r"(?P<post> (?:in|to|at|for) )",
    re.IGNORECASE,
)
_OF_COMPANY: Final = re.compile(
    r"^(?!(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) )"
    r"[A-Z][\w&.-]*['’]s [a-z][^,]*?(?P<post> in )[A-Z]"
)
_FORMER: Final = re.compile(
    r"(?:the |an? |one |some )?(?:former|ex-|retired|one-time|onetime)\b|.*\buntil\b",
    re.IGNORECASE | re.DOTALL,
)
_OF_ALL: Final = re.compile(
    r"(?:[Tt]he )?(?:(?:International|World|Global) [A-Z]"
    r"|(?:[a-z]+ )?(?:European|Western|Arab|[Ff]oreign) )[^,]* (?:in|at) "
)
"""A body of all countries, or officials of some, with the place where they are."""
_BEHIND: Final = re.compile(r"(?:['’]s)? ([a-z-]{3,24}(?: [a-z-]{3,24}){0,2})\b")
_AND: Final = re.compile(r",? (?:and|or)(?: the| an?)? ")
_SERVES_STATE: Final = re.compile(
    r"\b(?:to|of|for) (?:the )?(?:president|prime minister)\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_][\w.’'-]*")
_PRIVATE: Final = read_words("annotate/quotes", "speaking", "private")
_PUBLIC: Final = read_words("annotate/quotes", "speaking", "public")
_STATE: Final = read_words("annotate/quotes", "speaking", "state")
_TAKEN_UP: Final = read_words("annotate/quotes", "speaking", "taken up")
_CENTRAL_BANKS: Final = read_words("annotate/quotes", "speaking", "central banks")
OFFICES: Final = read_words("annotate/quotes", "speaking", "office")
"""Offices by which a person already named is taken up again."""
_JOINING: Final = frozenset(("and", "or", "&"))
_COUNTED: Final = read_words("annotate/quotes", "speaking", "counted")
_TITLES: Final[tuple[tuple[frozenset[str], OfficeTitle], ...]] = tuple(
    (read_words("annotate/quotes", "speaking", title), title)
    for title in (
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "finance_minister",
        "defence_minister",
        "trade_minister",
    )
)


class SpeakerCountries:
    """Finds the countries of an article's speakers and remembers those of roles told before.

    `date` is the ISO date of the article.
    """

    def __init__(self, reading: Reading, date: str | None) -> None:
        self._reading = reading
        self._date = date
        self._fuller: dict[tuple[str, ...], tuple[int, str]] = {}
        self._leading = _leading(reading.mentions)
        self._nouns = _nouns_behind(reading)

    def named_in(self, words: str | None) -> str | None:
        """Return the country that a role or an affiliation names first, a post abroad aside."""
        if words is None or _FORMER.match(words) or _is_private(words) or _OF_ALL.match(words):
            return None  # nobody's, or everybody's
        return _first_country(_without_post(words))

    def of_person(
        self, name: str, role: str | None, *, is_among_others: bool = False
    ) -> str | None:
        """Return the country for which a named person speaks by the role or by an office.

        Among others who speak, the country of which the article speaks most tells nothing.
        """
        title = name.split(" ", maxsplit=1)[0].lower()
        role = role or (title if " " in name and title in OFFICES else None)
        country = self.named_in(role)
        if country is not None or (role and (_FORMER.match(role) or _is_private(role))):
            return country
        if role is None or (_is_public(role) and (self._date or _is_of_state(role))):
            held = self.office(name)
            if held is not None:
                return None if held.is_former else held.office.country
        leads = role is not None and _is_of_state(role) and not is_among_others
        return self._leading if leads else None

    def bearer(self, family: str, role: str) -> str | None:
        """Return the full name of who holds the office of a role at the article's date."""
        held = holder_at(family, self._date)
        is_told = held is not None and self.held(held.holder.name, role.lower())
        return held.holder.name if held is not None and is_told else None

    def office(self, name: str) -> HeldOffice | None:
        """Return the office that a full name means at the date of the article, or None."""
        return holder_at(name, self._date) if " " in name else None

    def held(self, name: str, role: str) -> bool:
        """Whether the bearer of a full name held the office that a role speaks of, if known."""
        title = next((title for words, title in _TITLES if role in words), None)
        held = self.office(name) if title is not None else None
        if held is None or held.is_former:
            return False
        offices = (held.office,) if self._date else held.holder.offices
        return any(office.title == title for office in offices)

    def of_phrase(self, paragraph: int, phrase: Phrase, words: str, *, is_body: bool) -> str | None:
        """Return the country of a role or body without a person's name, and remember it.

        Its words name one, or those of a fuller form before it; a ministry or a parliament is that
        of the only country in question.
        """
        country = self.named_in(words)
        if country is None and not _FORMER.match(words) and not _is_private(words):
            country = (
                self._mentioned(paragraph, phrase)
                or self._said_fuller(paragraph, phrase, words)
                or (
                    self._in_question(paragraph, phrase) if is_body or _is_of_state(words) else None
                )
            )
        key = _key(words)
        if country is not None and _JOINING.isdisjoint(key):
            for size in range(1, min(len(key), MAX_KEY) + 1):
                self._fuller[key[-size:]] = (paragraph, country)
        return country

    def _mentioned(self, paragraph: int, phrase: Phrase) -> str | None:
        """Return the country of the first mention inside a phrase, a mere place aside."""
        stream = self._reading.phrases[paragraph].stream
        start, end = stream.starts[phrase.first], stream.ends[phrase.last]
        for mention in starting_within(self._reading.mentions[paragraph], start, end):
            if mention.end <= end and kind_of(mention.rule) not in DATELINE:
                return mention.code
        return None

    def _said_fuller(self, paragraph: int, phrase: Phrase, words: str) -> str | None:
        """Return the country of a role that ends in these words and stands before them."""
        key = _key(words)
        if not key or _TAKEN_UP.isdisjoint(key):
            return None
        at, country = self._fuller.get(key, (-1, ""))
        is_definite = self._reading.phrases[paragraph].lower[phrase.first] in ("the", "that")
        if at >= 0 and paragraph - at <= MAX_BACK and (len(key) > 1 or is_definite):
            return country
        start = self._reading.phrases[paragraph].stream.starts[phrase.first]
        is_known = is_definite or len(key) > 1
        return self._with_country(" ".join(key), paragraph, start) if is_known else None

    def _with_country(self, noun: str, paragraph: int, start: int) -> str | None:
        """Return the one country that stood before a noun up to a place: `a Polish document`."""
        places = self._nouns.get(noun, ())
        last = bisect_left(places, (paragraph, start))
        found = {
            code
            for at, _, code in places[max(0, last - MAX_BACK) : last]
            if at >= paragraph - MAX_BACK
        }
        return found.pop() if len(found) == 1 else None

    def _in_question(self, paragraph: int, phrase: Phrase) -> str | None:
        """Return the country of the state body of a phrase: its owner, the only one, or None."""
        phrases = self._reading.phrases[paragraph]
        if phrases.flags[phrase.first] & POSS:
            return self._owner(paragraph, phrase)
        words = phrases.lower[phrase.first : phrase.last + 1]
        if _STATE.isdisjoint(words) or len(words) > MAX_STATE:
            return None
        mentions = self._reading.mentions[paragraph]
        last = bisect_left(mentions, phrases.stream.starts[phrase.first], key=lambda one: one.start)
        if words[0] == "the" and last <= 2 * LEAST:
            before = {one.code for one in mentions[:last] if not is_group(one.code)}
            return before.pop() if len(before) == 1 else self._leading
        return self._leading

    def _owner(self, paragraph: int, phrase: Phrase) -> str | None:
        """Return the country that the sentence before has for its subject: `its ministers`."""
        phrases = self._reading.phrases[paragraph]
        first, _ = phrases.stream.sentence(phrase.first)
        if phrases.lower[phrase.first] not in ("its", "their") or first == 0:
            return None
        before, end = phrases.stream.sentence(first - 1)
        subject = sentence_subject(phrases, before, end)
        return None if subject is None else self._mentioned(paragraph, subject)


def _leading(rows: Iterable[Iterable[Mention]]) -> str | None:
    """Return the country that an article names far more than any other, groups aside."""
    counts = Counter(
        one.code
        for row in rows
        for one in row
        if not is_group(one.code) and kind_of(one.rule) not in DATELINE
    )
    if not counts:
        return None
    (code, most), *others = counts.most_common(2)
    is_alone = not others or most >= 2 * others[0][1]
    return code if is_alone and most >= max(LEAST, LEADING * counts.total()) else None


def is_office(role: str, office: str) -> bool:
    """Whether a role is an office that is not over, of a country if any: `French president`."""
    if not role.lower().endswith(office) or _FORMER.match(role):
        return False
    before = role[: -len(office)].strip()
    return " " in office or not before or _names_country(before)


def _names_country(words: str) -> bool:
    """Whether words name a country and nothing else."""
    bare = words.removesuffix("'s").removesuffix("’s")
    return any(one.start == 0 and one.end >= len(bare) for one in countries.find_mentions(words))


def _nouns_behind(reading: Reading) -> dict[str, list[tuple[int, int, str]]]:
    """Map the nouns right behind mentions to their places and countries, in order of the text."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for number, (text, row) in enumerate(zip(reading.texts, reading.mentions, strict=True)):
        for before, mention in zip((None, *row), row, strict=False):
            behind = _BEHIND.match(text, mention.end)
            if behind is None or kind_of(mention.rule) in DATELINE:
                continue
            codes = [mention.code]
            if before is not None and _AND.fullmatch(text, before.end, mention.start):
                codes.append(before.code)
            words = [word.removesuffix("s") for word in behind[1].split()]
            nouns = {*words, *(" ".join(words[:end]) for end in range(2, len(words) + 1))}
            for noun in nouns:
                found.setdefault(noun, []).extend((number, mention.start, one) for one in codes)
    return found


def _words(role: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(role)]


@functools.lru_cache(maxsize=1 << 12)
def _is_private(role: str) -> bool:
    """Whether a role is one in business, learning or everyday life, and none of a state."""
    words = _words(role)
    if any(bank in role.lower() for bank in _CENTRAL_BANKS):
        return False
    return not _PRIVATE.isdisjoint(words) and _PUBLIC.isdisjoint(words)


@functools.lru_cache(maxsize=1 << 12)
def _is_public(role: str) -> bool:
    """Whether a role is one of a state or of its politics."""
    words = _words(role)
    return not _PUBLIC.isdisjoint(words) and _PRIVATE.isdisjoint(words)


def _is_of_state(role: str) -> bool:
    """Whether a role is one that only states have: a minister's, no president's of a club."""
    if not _is_public(role):
        return False
    if not _STATE.isdisjoint(_words(role)) or _SERVES_STATE.search(role):
        return True
    return any(is_office(role, office) for office in OFFICES)


def _key(role: str) -> tuple[str, ...]:
    """Return the words by which a role is taken up again: no article, number or plural."""
    words = [word for word in _words(role) if word not in _COUNTED]
    if words[1:2] == ["of"] and len(words) <= MAX_KEY:  # the ministry of commerce
        words = [*words[2:], words[0]]
    return tuple(word.removesuffix("s") for word in words)


@functools.lru_cache(maxsize=1 << 12)
def _first_country(words: str) -> str | None:
    return next((one.code for one in countries.find_mentions(words)), None)


def _without_post(role: str) -> str:
    """Cut a role before the place where it is held: the country of a post, or of an office.

    `ambassador in Berlin`, `envoy to Japan`, `Acme's head of sales in Britain`.
    """
    post = _SENT.search(role) or _OF_COMPANY.search(role)
    return role if post is None else role[: post.start("post")]
