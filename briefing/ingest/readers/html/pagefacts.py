"""What a page states about itself: JSON-LD, OpenGraph, `<meta>`, canonical address, language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from briefing.english.lexicon import read_lexicon
from briefing.ingest.blocks import Facts
from briefing.ingest.lines.author_names import is_function, read_authors, without_site
from briefing.ingest.lines.stated_dates import metadata_date
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.html.marked import find_headings, read_marked, words_in
from briefing.ingest.readers.html.structured_data import StructuredData
from briefing.model import PublicationDate

_NAMES = read_lexicon("ingest", "page_facts")


def page_facts(root: Any) -> Facts:
    """Return what a page states; a value that it does not state is None."""
    metas = _metas(root)
    data = StructuredData(root)
    addresses = (_canonical(root), *metas.get("og:url", ()), *data.texts("url"))
    url = _first(link_target(value) for value in addresses)
    publisher = _first(data.names("publisher")) or _first(_meta(metas, _NAMES["sites"]))
    headline = _headline(root, metas, data, publisher)
    marked = read_marked(root, headline)
    published = (*data.texts("datePublished"), *_meta(metas, _NAMES["dates"]), *marked.published)
    return Facts(
        headline=headline,
        publisher=publisher,
        authors=_authors(metas, data, publisher, marked.authors),
        date=_first_date(published),
        updated=_first_date(
            (*data.texts("dateModified"), *_meta(metas, _NAMES["updates"]), *marked.updated)
        ),
        language=_language(root),
        url=url,
    )


def _metas(root: Any) -> dict[str, list[str]]:
    """Return the contents of `<meta>` elements by their lower-case name, in page order."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = _squeeze(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "")[:300].lower().split() if content else ():
                found.setdefault(name, []).append(content)
    return found


def _meta(metas: dict[str, list[str]], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _headline(
    root: Any, metas: dict[str, list[str]], data: StructuredData, publisher: str | None
) -> str | None:
    """Return the headline that the markup names, or that the page's data and a heading agree on."""
    named, others = find_headings(root)
    others = [element for element in others if words_in(element)]
    headings = [words_in(element) for element in others]
    stated = [*data.texts("headline"), *_meta(metas, _NAMES["titles"])]
    if len(named) == 1 and len(words_in(named[0]).split()) > 2:
        return words_in(named[0])
    for title in stated:
        whole = next((heading for heading in headings if heading in title), None)
        if whole is not None:
            return whole
    inside = (
        e for e in others if next(e.iterancestors("article", "main", "header"), None) is not None
    )
    chosen = others[:1] if len(headings) == 1 else list(inside)[:1]
    shown = words_in(chosen[0]) if chosen else None
    if stated and not (shown and _is_site_title(root, stated[0], shown, publisher)):
        return _without_site(stated[0], publisher)
    return shown if stated or len(headings) == 1 else None


def _is_site_title(root: Any, title: str, shown: str, publisher: str | None) -> bool:
    """Whether a page states the title of its site for its own, which its masthead begins."""
    headings = [words_in(element) for element in root.iter("h1")]
    site = [name for name in (publisher, *(headings if len(headings) > 1 else ())) if name]
    about = re.search(r"(?i)latest news|breaking news|headlines|home ?page|official site", title)
    other = set(title.lower().split()).isdisjoint(shown.lower().split())
    named = other or any(title.startswith(name) for name in site)
    return (about is not None and named) or title in site


def _without_site(title: str, publisher: str | None) -> str:
    match = re.match(r"(.{8,300}?)\s[|–—-]\s([^|–—]{2,60})$", title)
    if (
        match is not None
        and publisher is not None
        and match[2].strip().lower() == publisher.lower()
    ):
        return match[1].strip()
    return title


def _authors(
    metas: dict[str, list[str]],
    data: StructuredData,
    publisher: str | None,
    marked: tuple[str, ...],
) -> tuple[str, ...]:
    """Return the people whom the page's data name, else its byline, else whoever is stated."""
    stated = (data.names("author") or _first_meta(metas, _NAMES["authors"]))[:20]
    own = data.is_person(publisher) and read_authors(publisher or "")
    site = None if own else publisher
    stated = [value for value in stated if not _is_site(value, site)]
    names = [name for value in stated for name in read_authors(value, stated=True)]
    people = without_site(names, site)
    if any(" " in name for name in people):
        return people
    shown = without_site(marked, site)
    if shown or people:
        return shown or people
    return tuple(dict.fromkeys(value for value in stated if _is_name(value)))


def _is_site(value: str, publisher: str | None) -> bool:
    """Whether a stated author is the site or one of its desks: `Editorial`, `Outlet staff`."""
    site = set((publisher or "").lower().split()) | {"our", "the", "by", "web", "foreign"}
    return all(word.lower() in site or is_function(word) for word in value.split())


def _is_name(name: str) -> bool:
    """Whether a stated author may be a name: no address, no number, not overlong."""
    odd = any(char in name for char in "/@<>{}|") or any(char.isdigit() for char in name)
    return 2 <= len(name) <= 60 and not odd and name.lower() not in {"admin", "administrator"}


def _first_date(values: Sequence[str]) -> PublicationDate | None:
    return next((date for value in values if (date := metadata_date(value))), None)


def _canonical(root: Any) -> str | None:
    for element in root.iter("link"):
        if (element.get("rel") or "").strip().lower() == "canonical":
            return str(element.get("href") or "") or None
    return None


def _language(root: Any) -> str | None:
    value = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:$|[-_])", value)
    return match[1].lower() if match else None


def _first_meta(metas: dict[str, list[str]], names: Sequence[str]) -> list[str]:
    """Return what the first of the names that is there states."""
    return next((metas[name] for name in names if name in metas), [])


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _squeeze(text: str) -> str:
    return " ".join(text.split())
