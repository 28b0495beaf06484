"""Who speaks in a briefing: for which country, how often, in which roles, passed on by whom.

The same name is one person across articles, whatever the case, accents and initials, unless it
speaks for two countries. Those who are not named cannot be told apart from one another: the
unnamed of one kind and country are one entry, with the words used for them as its roles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from msgspec.structs import replace

from briefing.compare.panels import Panels, QuoteRow, StanceNote
from briefing.compare.side_by_side import StanceCue, choose_cues
from briefing.model import Record, SaidBy, Speaker, SpeakerType
from briefing.world.country_names import country_name
from briefing.world.gazetteer import country_named
from briefing.world.name_kinds import INSTITUTIONS
from briefing.world.outlets import outlet_named
from briefing.world.person_folding import fold_name

StatementKey = tuple[str, str, str]
"""Article, chunk and quote id, as `QuoteRow.key`."""
PersonKind = Literal["person", "unnamed", "body", "outlet"]
"""A named person, officials and others without a name, an institution or document, an outlet."""
KINDS: Mapping[PersonKind, str] = {
    "person": "Named",
    "unnamed": "Not named (they may be one or many)",
    "body": "Institutions, and countries by their names",
    "outlet": "Outlets in their own words",
}
"""The kinds in the order of lists, with their headings."""
_BODIES: tuple[SpeakerType, ...] = ("institution", "document")


class HeldRole(Record, frozen=True, kw_only=True):
    """A role in the words of the first article, and from when until when articles give it.

    `since` and `until` are dates of articles, None where these have none.
    """

    role: str
    since: str | None = None
    until: str | None = None
    articles: tuple[str, ...] = ()


class PersonRow(Record, frozen=True, kw_only=True):
    """Somebody who speaks; `name` is None for the unnamed of one `voice` and country.

    A country that speaks by its own name or its capital's is a body under the country's name.
    `via` are those who passed words on, the most frequent first; `statements` are the keys of the
    rows, quotes first, as in QuoteRow; roles are in time order, undated last.
    """

    kind: PersonKind
    name: str | None
    voice: SpeakerType
    country: str | None = None
    quotes: int = 0
    paraphrases: int = 0
    articles: tuple[str, ...] = ()
    roles: tuple[HeldRole, ...] = ()
    via: tuple[str, ...] = ()
    statements: tuple[StatementKey, ...] = ()

    @property
    def label(self) -> str:
        """The name, or the kind of voice of those not named: `official voices`."""
        return self.name if self.name is not None else f"{self.voice} voices"


_Key = tuple[PersonKind, str]


def list_people(panels: Panels) -> tuple[PersonRow, ...]:
    """Return who speaks in the quotes and paraphrases, by kind, the most frequent first.

    The analyst's aliases are applied already. A name without a country is of that person of the
    name who has one, unless there are several.
    """
    dates = {source.article: source.date.value for source in panels.sources if source.date}
    named: defaultdict[_Key, defaultdict[str | None, list[QuoteRow]]]
    named = defaultdict(lambda: defaultdict(list))
    for row in panels.quotes + panels.paraphrases:
        if row.quote.speaker is not None:
            named[_key_of(row.quote.speaker, row.by)][row.by].append(row)
    people = [
        _person(key, country, rows, dates)
        for key, by_country in named.items()
        for country, rows in _join_countries(by_country).items()
    ]
    return tuple(sorted(people, key=_order))


def choose_people(
    people: Sequence[PersonRow],
    panels: Panels,
    *,
    country: str | None = None,
    voice: SpeakerType | None = None,
    said_by: SaidBy | None = None,
) -> tuple[tuple[PersonRow, ...], tuple[PersonRow, ...]]:
    """Return who speaks for a country, and who else speaks of it with what they say of it.

    Without a country the first speak for any, the second of another than their own; of neither
    asked for, all are among the first. `said_by` leaves the first (`self`) or the second (`other`).
    """
    heard = tuple(person for person in people if voice in (None, person.voice))
    if country is None and said_by is None:
        return heard, ()
    if said_by == "other":
        own: tuple[PersonRow, ...] = ()
    else:
        own = tuple(each for each in heard if each.country and country in (None, each.country))
    if said_by == "self":
        return own, ()
    rows = panels.quotes + panels.paraphrases
    about = {row.key for row in rows if (country in row.about if country else row.about)}
    others = (_only(each, about) for each in heard if country is None or each.country != country)
    return own, tuple(sorted((each for each in others if each.statements), key=_order))


def statements_of(person: PersonRow, panels: Panels) -> tuple[QuoteRow, ...]:
    """Return the quotes of a person, then the paraphrases."""
    rows = {row.key: row for row in panels.quotes + panels.paraphrases}
    return tuple(rows[key] for key in person.statements if key in rows)


def positions_of(person: PersonRow, panels: Panels) -> tuple[StanceCue, ...]:
    """Return the cues for a stance in sentences with a person's words, or by which they act."""
    spans: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in statements_of(person, panels):
        spans[row.article, row.chunk].append((row.quote.start, row.quote.end))
    key = fold_name(person.name).key if person.name and person.kind == "person" else None

    def is_theirs(code: str, note: StanceNote) -> bool:
        acts = key and note.actor and code == person.country and fold_name(note.actor).key == key
        words = spans.get((note.article, note.chunk), ())
        return bool(acts) or any(note.start < end and start < note.end for start, end in words)

    return choose_cues(panels, is_theirs)


def _only(person: PersonRow, keys: AbstractSet[StatementKey]) -> PersonRow:
    """Return a person with those statements only."""
    kept = tuple(key for key in person.statements if key in keys)
    quotes = sum(key in keys for key in person.statements[: person.quotes])
    articles = tuple(dict.fromkeys(article for article, _, _ in kept))
    return replace(
        person,
        quotes=quotes,
        paraphrases=len(kept) - quotes,
        articles=articles,
        statements=kept,
    )


def _key_of(speaker: Speaker, country: str | None) -> _Key:
    name = _name_of(speaker)
    if name is None:
        return "unnamed", speaker.type
    if speaker.type not in _BODIES:
        return "person", fold_name(name).key or name.casefold()
    outlet = outlet_named(name)
    if outlet is not None:
        return "outlet", outlet
    if country is not None and country_named(name, but=INSTITUTIONS) == country:
        return "body", country
    return "body", name.casefold().removeprefix("the ")


def _name_of(speaker: Speaker) -> str | None:
    """Return the name of who speaks; that of an institution may be its role: UK government."""
    return speaker.name or (speaker.role if speaker.type == "institution" else None)


def _join_countries(
    by_country: defaultdict[str | None, list[QuoteRow]],
) -> dict[str | None, list[QuoteRow]]:
    """Return the rows by country; those without one go to the only one that there is."""
    known = [code for code in by_country if code is not None]
    one = by_country[known[0]][0].quote.speaker if len(known) == 1 else None
    if one is not None and one.name is not None and None in by_country:
        return {known[0]: by_country[known[0]] + by_country[None]}
    return dict(by_country)


def _person(
    key: _Key, country: str | None, rows: Sequence[QuoteRow], dates: dict[str, str]
) -> PersonRow:
    kind, folded = key
    first = next(row.quote.speaker for row in rows if row.quote.speaker is not None)
    name = country_name(country) if country is not None and folded == country else _name_of(first)
    ordered = sorted(rows, key=lambda row: row.quote.kind == "indirect")
    quotes = sum(row.quote.kind != "indirect" for row in rows)
    via = Counter(link for row in rows for link in row.quote.chain[1:])
    return PersonRow(
        kind=kind,
        name=name,
        voice=first.type,
        country=country,
        quotes=quotes,
        paraphrases=len(rows) - quotes,
        articles=tuple(dict.fromkeys(row.article for row in rows)),
        roles=_roles(rows, name, country, dates),
        via=tuple(link for link, _ in via.most_common()),
        statements=tuple(row.key for row in ordered),
    )


def _roles(
    rows: Sequence[QuoteRow], name: str | None, country: str | None, dates: dict[str, str]
) -> tuple[HeldRole, ...]:
    """Return the roles that the rows give, in time order of the articles."""
    held: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: dates.get(row.article, "~")):
        speaker = row.quote.speaker
        role = speaker.role or (speaker.mention if name is None else None) if speaker else None
        if role and role != name:
            held[_fold_role(role, country)].append((role, row.article))
    return tuple(
        HeldRole(
            role=found[0][0],
            since=dates.get(found[0][1]),
            until=max((dates[article] for _, article in found if article in dates), default=None),
            articles=tuple(dict.fromkeys(article for _, article in found)),
        )
        for found in held.values()
    )


def _fold_role(role: str, country: str | None) -> str:
    """Return what tells a role apart: `British Prime Minister` is the prime minister."""
    words = role.casefold().split()
    while len(words) > 1 and words[0] in ("a", "an", "the", "one"):
        words = words[1:]
    for size in (1, 2, 3):
        leading = " ".join(words[:size]).removesuffix("’s").removesuffix("'s")
        if country is not None and len(words) > size and country_named(leading) == country:
            return " ".join(words[size:])
    return " ".join(words)


def _order(person: PersonRow) -> tuple[int, int, int, str]:
    total = person.quotes + person.paraphrases
    return tuple(KINDS).index(person.kind), -person.quotes, -total, (person.name or "").casefold()
