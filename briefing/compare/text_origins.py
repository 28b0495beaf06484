"""Where the texts of articles come from: wires, reprints, copies, or their own outlet.

All forms of an outlet's name are one node of the graph of origins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from briefing.compare.same_words import number_texts
from briefing.english.lexicon import read_words
from briefing.model import Aliases, Article, Record
from briefing.world.outlets import may_be_outlet, outlet_named
from briefing.world.wires import find_wire

TextKind = Literal["own", "wire", "reprint", "copy"]


class TextOrigin(Record, frozen=True, kw_only=True):
    """Whose the text of an article is, as far as told, and the mark that tells it.

    `outlet` is None where it is not stated. A mark has a chunk with `start` and `end` where it
    stands in the text, and none where the metadata or another article tell it. Copies share the
    `number` of their text.
    """

    outlet: str | None
    number: int = 0
    kind: TextKind = "own"
    chunk: str | None = None
    start: int = 0
    end: int = 0


class _Told(NamedTuple):
    """What an article itself tells, with the node of its publisher."""

    publisher: str | None
    origin: TextOrigin | None


def trace_texts(articles: Sequence[Article], names: Mapping[str, str]) -> dict[str, TextOrigin]:
    """Return for each article, by its id, whose text it is."""
    told = [_told(article, names) for article in articles]
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index, number in enumerate(number_texts(articles)):
        groups[number].append(index)
    found: dict[str, TextOrigin] = {}
    for number, members in groups.items():
        origins = _settle([told[i] for i in members], [articles[i] for i in members])
        found.update(
            (articles[i].id, replace(one, number=number))
            for i, one in zip(members, origins, strict=True)
        )
    return found


def _told(article: Article, names: Mapping[str, str]) -> _Told:
    publisher = name_node(article.publisher, names) if article.publisher else None
    mark, reprint = find_wire(article), article.reprint_of
    if mark is not None:
        outlet = name_node(mark.outlet, names) if mark.outlet else None
        kind: TextKind = "own" if outlet and outlet == publisher else "wire"
        origin = TextOrigin(
            outlet=outlet, kind=kind, chunk=mark.chunk, start=mark.start, end=mark.end
        )
        return _Told(publisher, origin)
    if reprint is not None:
        outlet = name_node(reprint.publisher, names) if reprint.publisher else None
        return _Told(publisher, TextOrigin(outlet=outlet, kind="reprint"))
    is_agency = publisher in read_words("world", "outlets", "agencies")
    return _Told(publisher, TextOrigin(outlet=publisher) if is_agency else None)


def _settle(told: Sequence[_Told], articles: Sequence[Article]) -> Iterator[TextOrigin]:
    """Yield the origin of each of the articles that share a text.

    What has no mark is a copy of what the others name, else of the one that appeared first; where
    they name several or no date tells, it is not stated.
    """
    via = {one.publisher: one.origin.outlet for one in told if one.origin}
    roots = {_follow(one.origin.outlet, via) for one in told if one.origin and one.origin.outlet}
    named = next(iter(roots)) if len(roots) == 1 else None
    is_told = any(one.origin for one in told)
    first = named if is_told else _first_publisher(told, articles)
    for publisher, origin in told:
        if origin is not None:
            yield replace(origin, outlet=_follow(origin.outlet, via) or named)
        elif len(told) == 1 or (publisher is not None and publisher in {first, *roots}):
            yield TextOrigin(outlet=publisher)
        else:
            yield TextOrigin(outlet=first, kind="copy")


def _follow(outlet: str | None, via: Mapping[str | None, str | None]) -> str | None:
    """Return where an outlet has the text from itself, as its own article here tells."""
    seen = set()
    while outlet is not None and outlet not in seen and via.get(outlet):
        seen.add(outlet)
        outlet = via[outlet]
    return outlet


def _first_publisher(told: Sequence[_Told], articles: Sequence[Article]) -> str | None:
    """Return the outlet that had a text first, None unless every date is told to the day."""
    dates = [one.date.value if one.date else "" for one in articles]
    if not all(one.date and one.date.precision == "day" for one in articles):
        dates = [""] * len(dates)
    first = {one.publisher for one, date in zip(told, dates, strict=True) if date == min(dates)}
    return next(iter(first)) if len(first) == 1 else None


def fold_name(name: str) -> str:
    """Return a name in the form in which names of outlets are compared."""
    return " ".join(name.split()).casefold().removeprefix("the ")


def find_node(name: str, names: Mapping[str, str]) -> str | None:
    """Return the node of an outlet that words name, or None where they name none."""
    return names.get(fold_name(name)) or outlet_named(name)


def name_node(name: str, names: Mapping[str, str]) -> str:
    """Return the node of an outlet, which need not be known."""
    bare = " ".join(name.split())
    return find_node(name, names) or bare.removeprefix("The ").removeprefix("the ")


def names_no_outlet(words: str) -> bool:
    """Whether words only say that somebody reported: `several reports`, `local media`."""
    *before, last = words.lower().split() or [""]
    return last in read_words("compare", "origins", "unnamed reports") and read_words(
        "compare", "origins", "quantifiers"
    ).issuperset(before)


def name_nodes(articles: Sequence[Article], aliases: Aliases) -> dict[str, str]:
    """Map each name of an outlet in the articles, and the analyst's aliases, to its node."""
    names: dict[str, str] = {}
    for alias in aliases.outlets:
        for form in (alias.name, *alias.forms):
            names[fold_name(form)] = alias.name
            names[fold_name(outlet_named(form) or form)] = alias.name
    for name in dict.fromkeys(_outlet_names(articles)):
        if fold_name(name) not in names:
            names[fold_name(name)] = name_node(name, names)
    return names


def _outlet_names(articles: Sequence[Article]) -> Iterator[str]:
    for article in articles:
        for outlet in (article.publisher, article.reprint_of and article.reprint_of.publisher):
            if outlet:
                yield outlet
        for chunk in article.chunks:
            yield from (one.outlet for one in chunk.citations if _is_outlet(one.outlet))
            for quote in chunk.quotes:
                yield from (link for link in quote.chain[1:] if not names_no_outlet(link))
                speaker = quote.speaker
                if speaker and speaker.type == "institution" and _is_outlet(speaker.name or ""):
                    yield speaker.name or ""


def _is_outlet(name: str) -> bool:
    """Whether a name is an outlet's by the lists or by its form, and no document's."""
    return outlet_named(name) is not None or (name[:1].isupper() and may_be_outlet(name))
