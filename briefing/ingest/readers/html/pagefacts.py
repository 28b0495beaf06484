"""What a page states about itself: JSON-LD, OpenGraph, `<meta>`, canonical address, language."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.english.lexicon import read_lexicon
from briefing.ingest.blocks import Facts, StatedValue
from briefing.ingest.lines.author_names import is_function, read_authors, without_site
from briefing.ingest.lines.stated_dates import metadata_date
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.html.marked import ArticleHead, find_headings, read_marked, words_in
from briefing.ingest.readers.html.structured_data import StructuredData
from briefing.model import PublicationDate

_NAMES = read_lexicon("ingest", "page_facts")


def page_facts(root: Any) -> Facts:
    """Return what a page states and where; a value that it does not state is None."""
    metas = _metas(root)
    data = StructuredData(root)
    links = (
        StatedValue(target, place)
        for value, place in (*_canonical(root), *_meta(metas, ("og:url",)), *_data(data, "url"))
        if (target := link_target(value))
    )
    url = next(links, None)
    sites = (StatedValue(name, "JSON-LD publisher") for name in data.names("publisher"))
    site = next(iter((*sites, *_meta(metas, _NAMES["sites"]))), None)
    publisher = site.value if site else None
    headline = _headline(root, metas, data, publisher)
    marked = read_marked(root, headline.value if headline else None)
    authors, signed = _authors(metas, data, publisher, marked)
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    code = re.match(r"\s*([A-Za-z]{2,3})(?:$|[-_])", lang)
    language = StatedValue(code[1].lower(), "<html lang>") if code else None
    stated = {"headline": headline, "publisher": site, "url": url, "language": language}
    places = {field: each.place for field, each in stated.items() if each}
    return Facts(
        headline=headline.value if headline else None,
        publisher=publisher,
        authors=authors,
        date=_first_date(
            *_data(data, "datePublished"), *_meta(metas, _NAMES["dates"]), *marked.published
        ),
        updated=_first_date(
            *_data(data, "dateModified"), *_meta(metas, _NAMES["updates"]), *marked.updated
        ),
        language=language.value if language else None,
        url=url.value if url else None,
        places=places | ({"authors": signed} if authors else {}),
    )


def _metas(root: Any) -> dict[str, list[str]]:
    """Return the contents of `<meta>` elements by their lower-case name, in page order."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "")[:300].lower().split() if content else ():
                found.setdefault(name, []).append(content)
    return found


def _meta(metas: dict[str, list[str]], names: Sequence[str]) -> Iterator[StatedValue]:
    for name in names:
        for value in metas.get(name, ()):
            yield StatedValue(value, f"meta {name}")


def _data(data: StructuredData, key: str) -> Iterator[StatedValue]:
    return (StatedValue(value, f"JSON-LD {key}") for value in data.texts(key))


def _headline(
    root: Any, metas: dict[str, list[str]], data: StructuredData, publisher: str | None
) -> StatedValue | None:
    """Return the headline that the markup names, or that the page's data and a heading agree on."""
    named, others = find_headings(root)
    others = [element for element in others if words_in(element)]
    headings = [words_in(element) for element in others]
    stated = [*_data(data, "headline"), *_meta(metas, _NAMES["titles"])]
    if len(named) == 1 and len(words_in(named[0]).split()) > 2:
        return StatedValue(words_in(named[0]), f"<{named[0].tag}>")
    for title in stated:
        whole = next((heading for heading in headings if heading in title.value), None)
        if whole is not None:
            return StatedValue(whole, "<h1>")
    inside = (
        e for e in others if next(e.iterancestors("article", "main", "header"), None) is not None
    )
    chosen = others[:1] if len(headings) == 1 else list(inside)[:1]
    shown = StatedValue(words_in(chosen[0]), "<h1>") if chosen else None
    if stated:
        title = stated[0]
        if not (shown and _is_site_title(root, title.value, shown.value, publisher)):
            return title._replace(value=_without_site(title.value, publisher))
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
    own = match and publisher and match[2].strip().lower() == publisher.lower()
    return match[1].strip() if match and own else title


def _authors(
    metas: dict[str, list[str]], data: StructuredData, publisher: str | None, marked: ArticleHead
) -> tuple[tuple[str, ...], str]:
    """Return the people whom data or byline name, else whoever is stated, and the place of that."""
    stated, place = data.names("author")[:20], "JSON-LD author"
    if not stated:
        name = next((name for name in _NAMES["authors"] if name in metas), "")
        stated, place = metas.get(name, [])[:20], f"meta {name}"
    own = data.is_person(publisher) and read_authors(publisher or "")
    site = None if own else publisher
    stated = [value for value in stated if not _is_site(value, site)]
    names = [name for value in stated for name in read_authors(value, stated=True)]
    people = without_site(names, site)
    if any(" " in name for name in people):
        return people, place
    shown = without_site(marked.authors, site)
    if shown:
        return shown, marked.signed
    return people or tuple(dict.fromkeys(value for value in stated if _is_name(value))), place


def _is_site(value: str, publisher: str | None) -> bool:
    """Whether a stated author is the site or one of its desks: `Editorial`, `Outlet staff`."""
    site = set((publisher or "").lower().split()) | {"our", "the", "by", "web", "foreign"}
    return all(word.lower() in site or is_function(word) for word in value.split())


def _is_name(name: str) -> bool:
    """Whether a stated author may be a name: no address, no number, not overlong."""
    odd = any(char in name for char in "/@<>{}|") or any(char.isdigit() for char in name)
    return 2 <= len(name) <= 60 and not odd and name.lower() not in {"admin", "administrator"}


def _first_date(*stated: tuple[str, str]) -> PublicationDate | None:
    return next((date for each in stated if (date := metadata_date(*each))), None)


def _canonical(root: Any) -> Iterator[StatedValue]:
    for element in root.iter("link"):
        if (element.get("rel") or "").strip().lower() == "canonical":
            yield StatedValue(str(element.get("href") or ""), "<link rel=canonical>")
            return
