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
from briefing.english.tokens import dateline_end
from briefing.english.word_classes import AUX, CONJ, GENITIVE
from briefing.model import Mention
from briefing.world.name_kinds import DATELINE, SPEAKING, kind_of
from briefing.world.offices import HeldOffice, OfficeTitle, holder_at

MAX_KEY: Final = 4
"""The longest end of a role, in words, by which a later one takes it up."""
MAX_STATE: Final = 6
"""The longest words, in tokens, for a body that every state has."""
MAX_BACK: Final = 8
"""How many paragraphs back a fuller form of a role may stand."""
MAX_FRONT: Final = 4
"""How many paragraphs may stand before the one with the dateline, that one counted."""
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
_PLACED: Final = re.compile(r"\b([a-z]{3,24}) in $")
"""A role with the place where it is held: `a ministry spokesman in Lima`."""
_BEHIND: Final = re.compile(r"(?:['’]s)? ([a-z-]{3,24}(?: [a-z-]{3,24}){0,2})\b")
_LONGEST_ROLE: Final = 40
_AT_HOME: Final = frozenset(("spokesman", "spokeswoman", "spokesperson", "official", "minister"))
_WITH_CHANCELLOR: Final = frozenset(("DE", "AT"))
"""Countries whose head of government is called so."""
_AND: Final = re.compile(r",? (?:and|or)(?: the| an?)? ")
_OF_WHAT: Final = re.compile(" (?:for|of) ")
"""What stands between an office and the matters it is for: `Minister for Foreign Affairs`."""
_SAID: Final = re.compile(r"sa(?:id|ys)|told|added|confirmed")
_OWNED: Final = frozenset(("his", "her", "our", "my"))
_SEVERAL: Final = frozenset(("ministers", "leaders", "presidents"))
"""Words for holders of an office who are seldom of one country."""
_SEATS: Final = read_words("annotate/quotes", "speaking", "seats of many")
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
        is_politics = role is None or _is_of_state(role) or "party" in _words(role)
        if is_politics or (role and self._date and _is_public(role)):
            held = self.office(name)
            if held is not None:
                return None if held.is_former else held.office.country
        leads = role is not None and _is_of_state(role) and not is_among_others
        return self._leading if leads else None

    def at_home(self, paragraph: int, first: int, last: int, role: str) -> str | None:
        """Return the country of an office that is told without one, where the places agree.

        `first` and `last` are the tokens of its bearer. Agencies name the country of an office
        but for that of the story, or of which the sentence before told: `Peru rejects the plan.
        Foreign Minister Roe said …`. Where two of them differ it is nobody's.
        """
        words = _words(role)
        is_spokesman = len(words) == 1 and words[0] in _AT_HOME
        is_held = (is_spokesman or _is_of_state(role)) and not _FORMER.match(role)
        if not is_held or words[0] in _OWNED or words[-1] in _SEVERAL:
            return None
        before, own = self._told_before(paragraph, first), self._told_in(paragraph, first, last)
        place, lead = self._home
        near = before or own
        if self._named_so_far(paragraph, first) - {near}:
            return None
        if near is None and is_spokesman:
            return None
        if near is None:
            return place if place is not None and place == lead else None
        if own not in (None, near) or place not in (None, near):
            return None
        return near if before or near in (place, lead, self._leading) else None

    def owner_of(self, paragraph: int, token: int) -> str | None:
        """Return the country whose name in the genitive stands before a token: `Peru's Ana Roe`."""
        stream = self._reading.phrases[paragraph].stream
        if token < 2 or not stream.flags[token - 1] & GENITIVE:
            return None
        row, end = self._reading.mentions[paragraph], stream.ends[token - 2]
        at = bisect_left(row, end, key=lambda one: one.end)
        is_owner = at < len(row) and row[at].end == end and kind_of(row[at].rule) == "name"
        return row[at].code if is_owner else None

    @functools.cached_property
    def _home(self) -> tuple[str | None, str | None]:
        """The country in whose city a story is dated, and the one that its first words tell of.

        Where many countries meet, and where it is not named again, the place tells nothing.
        """
        for paragraph, phrases in enumerate(self._reading.phrases[:MAX_FRONT]):
            stream = phrases.stream
            end = dateline_end(stream)
            if end < 0:
                continue
            rows = self._reading.mentions
            place = next((one.code for one in rows[paragraph] if one.end <= stream.starts[end]), "")
            named = Counter(one.code for row in rows for one in row)
            is_seat = not _SEATS.isdisjoint(stream.lower[:end])
            lead = self._subject(paragraph, end + 1, phrases.size)
            return place if named[place] > 1 and not is_seat else None, lead
        return None, None

    def _subject(self, paragraph: int, low: int, high: int) -> str | None:
        """Return the country that is the subject of a sentence between two tokens."""
        phrases = self._reading.phrases[paragraph]
        subject = sentence_subject(phrases, low, high) if low < high else None
        if subject is None or subject.head != "name":
            return None
        stream = phrases.stream
        start, end = stream.starts[subject.first], stream.ends[subject.last]
        row = self._reading.mentions[paragraph]
        at = bisect_left(row, start, key=lambda one: one.start)
        whole = next((one for one in row[at : at + 1] if one.end == end), None)
        if whole is None or kind_of(whole.rule) not in SPEAKING or is_group(whole.code):
            return None
        is_listed = any(
            countries.LISTED.fullmatch(stream.text, end, one.start) for one in row[at + 1 : at + 2]
        )
        return None if is_listed else whole.code

    def _told_before(self, paragraph: int, token: int) -> str | None:
        """Return the country that the sentence before that of a token tells of."""
        stream = self._reading.phrases[paragraph].stream
        first, _ = stream.sentence(token)
        return self._subject(paragraph, *stream.sentence(first - 1)) if first > 0 else None

    def _named_so_far(self, paragraph: int, token: int) -> set[str]:
        """Return the countries that are subjects or owners in a sentence before a token of it."""
        stream = self._reading.phrases[paragraph].stream
        start = stream.starts[stream.sentence(token)[0]]
        row = starting_within(self._reading.mentions[paragraph], start, stream.starts[token])
        return {one.code for one in row if kind_of(one.rule) == "name" and not is_group(one.code)}

    def _told_in(self, paragraph: int, first: int, last: int) -> str | None:
        """Return the country of whose acts a speaker tells: `the minister said Peru would pay`."""
        phrases = self._reading.phrases[paragraph]
        stream = phrases.stream
        low, high = stream.sentence(first)
        told = self._subject(paragraph, low, first)
        if told is not None:
            return told
        for mention in starting_within(
            self._reading.mentions[paragraph], stream.ends[last], stream.ends[high - 1]
        ):
            at = bisect_left(stream.starts, mention.start)
            behind = bisect_left(stream.starts, mention.end)
            is_subject = behind < high and phrases.flags[behind] & AUX
            if is_subject and kind_of(mention.rule) in SPEAKING and not is_group(mention.code):
                opens = stream.lower[at - 1 - (stream.lower[at - 1] == "the")]
                return mention.code if opens == "that" or _SAID.fullmatch(opens) else None
        return None

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
        if role == "chancellor" and held.office.country not in _WITH_CHANCELLOR:
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
            is_posted = _without_post(words) != words
            country = (
                (None if is_posted else self._mentioned(paragraph, phrase))
                or self._said_fuller(paragraph, phrase, words)
                or (
                    self._in_question(paragraph, phrase) if is_body or _is_of_state(words) else None
                )
                or self._owner(paragraph, phrase)
                or self.at_home(paragraph, phrase.first, phrase.last, words)
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
        words = phrases.lower[phrase.first : phrase.last + 1]
        if _STATE.isdisjoint(words) or len(words) > MAX_STATE:
            return None
        mentions = self._reading.mentions[paragraph]
        last = bisect_left(mentions, phrases.stream.starts[phrase.first], key=lambda one: one.start)
        if words[-1] in _SEVERAL:
            return None
        if words[0] == "the" and last <= 2 * LEAST:
            before = {one.code for one in mentions[:last] if not is_group(one.code)}
            return before.pop() if len(before) == 1 else self._leading
        return self._leading

    def _owner(self, paragraph: int, phrase: Phrase) -> str | None:
        """Return the country that is the subject of the sentence so far, or of the one before."""
        phrases = self._reading.phrases[paragraph]
        first, _ = phrases.stream.sentence(phrase.first)
        owner = phrases.lower[phrase.first]
        if owner not in ("its", "their", "his", "her"):
            return None
        told = sentence_subject(phrases, first, phrase.first) if phrase.first > first else None
        if told is not None and owner in ("his", "her"):
            return None
        if told is not None and told.head != "pronoun":  # Peru will pay, its minister said
            flags = phrases.flags[told.first : told.last + 1]
            is_several = any(flag & (CONJ | GENITIVE) for flag in flags)
            is_its = phrases.lower[phrase.first] == "its" and not is_several
            return self._mentioned(paragraph, told) if is_its else None
        if first == 0:
            return None
        before, end = phrases.stream.sentence(first - 1)
        subject = sentence_subject(phrases, before, end)
        state = self._subject(paragraph, before, end)
        if subject is None or (state is not None and owner in ("his", "her")):
            return None
        return state or self._mentioned(paragraph, subject)


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
    head = role if " of " in office else _OF_WHAT.split(role, maxsplit=1)[0]
    if not head.lower().endswith(office) or _FORMER.match(role):
        return False
    before = head[: -len(office)].strip()
    return " " in office or not before or _names_country(before)


def _names_country(words: str) -> bool:
    """Whether words name a country and nothing else."""
    bare = words.removesuffix("'s").removesuffix("’s")
    return any(one.start == 0 and one.end >= len(bare) for one in countries.find_mentions(words))


def _nouns_behind(reading: Reading) -> dict[str, list[tuple[int, int, str]]]:
    """Map the nouns beside mentions to their places and countries, in order of the text."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for number, (text, row) in enumerate(zip(reading.texts, reading.mentions, strict=True)):
        for before, mention in zip((None, *row), row, strict=False):
            placed = _PLACED.search(text, max(0, mention.start - _LONGEST_ROLE), mention.start)
            is_far = before is None or mention.start - before.end > _LONGEST_ROLE
            if placed is not None and placed[1] in _AT_HOME and is_far:
                found.setdefault(placed[1], []).append((number, mention.start, mention.code))
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


@functools.lru_cache(maxsize=1 << 12)
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
