"""The names of outlets as nodes of the graph of origins: all forms of one outlet's name are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.english.lexicon import read_words
from briefing.model import Aliases, Article
from briefing.world.outlets import may_be_outlet, outlet_named


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
