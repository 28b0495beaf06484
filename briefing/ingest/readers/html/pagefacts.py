"""What a page states about itself: JSON-LD, OpenGraph, `<meta>`, canonical address, language."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.english.lexicon import read_lexicon
from briefing.ingest.blocks import Facts
from briefing.ingest.lines.stated_dates import metadata_date
from briefing.ingest.lines.urls import link_target
from briefing.model import PublicationDate

_NAMES = read_lexicon("ingest", "page_facts")
_MOST_DATA = 2_000_000
_DEEPEST = 6


def page_facts(root: Any) -> Facts:
    """Return what a page states; a value that it does not state is None."""
    metas = _metas(root)
    articles = list(_articles(root))
    addresses = (_canonical(root), *metas.get("og:url", ()), *_texts(articles, "url"))
    url = _first(link_target(value) for value in addresses)
    publisher = _first(_names(articles, "publisher")) or _first(_meta(metas, _NAMES["sites"]))
    return Facts(
        headline=_headline(root, metas, articles, publisher),
        publisher=publisher,
        authors=_authors(metas, articles, publisher),
        date=_date(root, metas, articles),
        language=_language(root),
        url=url,
    )


def _metas(root: Any) -> dict[str, list[str]]:
    """Return the contents of `<meta>` elements by their lower-case name, in page order."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = _squeeze(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _meta(metas: dict[str, list[str]], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the article objects of the page's JSON-LD; broken data is skipped."""
    for element in root.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = element.text or ""
        if len(text) > _MOST_DATA:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _find_articles(data, 0)


def _find_articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _find_articles(item, depth + 1)
    elif isinstance(data, dict):
        stated = data.get("@type")
        types = stated if isinstance(stated, list) else [stated]
        if any(isinstance(kind, str) and kind in _NAMES["article types"] for kind in types):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _find_articles(data.get(key), depth + 1)


def _texts(articles: Sequence[dict[str, Any]], key: str) -> Iterator[str]:
    for article in articles:
        value = article.get(key)
        if isinstance(value, str) and value.strip():
            yield _squeeze(html.unescape(value))


def _names(articles: Sequence[dict[str, Any]], key: str) -> Iterator[str]:
    """Yield the names of the people or organisations under `key` of the first article with any."""
    for article in articles:
        values = article.get(key)
        found = []
        for value in values if isinstance(values, list) else [values]:
            name = value.get("name") if isinstance(value, dict) else value
            if isinstance(name, str) and name.strip():
                found.append(_squeeze(html.unescape(name)))
        if found:
            yield from found
            return


def _headline(
    root: Any,
    metas: dict[str, list[str]],
    articles: Sequence[dict[str, Any]],
    publisher: str | None,
) -> str | None:
    headings = [_squeeze(element.text_content()) for element in root.iter("h1")]
    stated = [*_texts(articles, "headline"), *_meta(metas, _NAMES["titles"])]
    for title in stated:
        whole = next((heading for heading in headings if heading and heading in title), None)
        if whole is not None:
            return whole
    if stated:
        return _without_site(stated[0], publisher)
    only = [heading for heading in headings if heading]
    return only[0] if len(only) == 1 else None


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
    metas: dict[str, list[str]], articles: Sequence[dict[str, Any]], publisher: str | None
) -> tuple[str, ...]:
    stated = list(_names(articles, "author")) or list(_first_meta(metas, _NAMES["authors"]))
    names: list[str] = []
    for value in stated[:20]:
        names.extend(_split_names(value))
    wanted = [name for name in names if _is_name(name) and name != publisher]
    return tuple(dict.fromkeys(wanted))


def _split_names(value: str) -> list[str]:
    text = re.sub(r"(?i)^by\s+", "", value)
    return [part.strip() for part in re.split(r"\s*(?:;|,|\band\b|&)\s*", text) if part.strip()]


def _is_name(name: str) -> bool:
    """Whether a stated author may be a name: no address, no number, not overlong."""
    odd = any(char in name for char in "/@<>{}|") or any(char.isdigit() for char in name)
    return 2 <= len(name) <= 60 and not odd and name.lower() not in {"admin", "administrator"}


def _date(
    root: Any, metas: dict[str, list[str]], articles: Sequence[dict[str, Any]]
) -> PublicationDate | None:
    """Return the date of publication that the page's data states; updates do not count."""
    published = _times(root)
    stated = [*_texts(articles, "datePublished"), *_meta(metas, _NAMES["dates"]), *published]
    return next((date for value in stated if (date := metadata_date(value))), None)


def _times(root: Any) -> list[str]:
    """Return the `<time>` that the markup calls the publication, or the only one of the page."""
    times = [element for element in root.iter("time") if element.get("datetime")]
    marked = [
        element
        for element in times
        if element.get("pubdate") is not None
        or "datepublished" in (element.get("itemprop") or "").lower()
    ]
    chosen = marked[:1] or (times if len(times) == 1 else [])
    return [element.get("datetime") for element in chosen]


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


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _squeeze(text: str) -> str:
    return " ".join(text.split())
