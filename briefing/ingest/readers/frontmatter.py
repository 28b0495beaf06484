"""The front matter of Markdown files: plain `key: value` lines between two rules.

This is no YAML reader: only scalars and flat lists count, anything else is kept but not understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.ingest.blocks import NO_FACTS, Facts
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.stated_dates import metadata_date
from briefing.ingest.lines.urls import link_target

_LONGEST = 20_000
_ENTRY = re.compile(r"([A-Za-z][\w -]{0,40}?)\s{0,4}[:=]\s{0,4}(.*)$")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]{1,20})?$")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "headline": ("title", "headline"),
    "authors": ("author", "authors", "byline"),
    "publisher": ("publisher", "publication", "site_name", "sitename", "site", "outlet", "source"),
    "date": ("date", "published", "date_published", "datepublished", "publishdate", "pubdate"),
    "url": ("url", "canonical", "canonical_url", "link", "source_url", "source"),
    "language": ("lang", "language"),
}


def split_front_matter(text: str) -> tuple[str, Facts, str]:
    """Return the front matter (with its rules, "" without one), what it states, and the rest."""
    rule = text[:3]
    if rule not in {"---", "+++"} or text[3:].split("\n", 1)[0].strip():
        return "", NO_FACTS, text
    end = re.compile(rf"(?m)^{re.escape(rule)}[ \t]*$").search(text, 4, _LONGEST)
    if end is None:
        return "", NO_FACTS, text
    inner = text[4 : end.start()]
    entries = _entries(inner)
    if not entries:
        return "", NO_FACTS, text
    return text[: end.end()], _to_facts(entries), text[end.end() :]


def _entries(inner: str) -> dict[str, list[str]]:
    entries: dict[str, list[str]] = {}
    values: list[str] = []
    for line in inner.split("\n"):
        match = _ENTRY.match(line)
        if match is not None:
            values = entries.setdefault(match[1].strip().lower(), [])
            values.extend(_values(match[2].strip()))
        elif line.strip().startswith("- "):
            values.extend(_values(line.strip()[2:].strip()))
    return entries


def _values(raw: str) -> list[str]:
    if raw.startswith("[") and raw.endswith("]") and not raw.startswith("[["):
        return [_unquote(part) for part in raw[1:-1].split(",") if _unquote(part)]
    value = _unquote(raw)
    return [value] if value else []


def _unquote(raw: str) -> str:
    value = raw.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return "" if value in {"~", "null", "|", ">"} else value


def _to_facts(entries: Mapping[str, list[str]]) -> Facts:
    stated = {
        fact: [(value, f"front matter {key}") for key in keys for value in entries.get(key, ())]
        for fact, keys in _KEYS.items()
    }
    stated["url"] = [(url, at) for value, at in stated["url"] if (url := link_target(value))]
    stated["publisher"] = [each for each in stated["publisher"] if not link_target(each[0])]
    found = {fact: [value for value, _ in values] for fact, values in stated.items()}
    return Facts(
        headline=next(iter(found["headline"]), None),
        publisher=next(iter(found["publisher"]), None),
        authors=tuple(dict.fromkeys(name for value in found["authors"] for name in _names(value))),
        date=next((date for each in stated["date"] if (date := metadata_date(*each))), None),
        language=_read_language(found["language"]),
        url=next(iter(found["url"]), None),
        places={fact: values[0][1] for fact, values in stated.items() if values},
    )


def _names(value: str) -> tuple[str, ...]:
    return read_authors(value, stated=True) or (value,)


def _read_language(values: list[str]) -> str | None:
    match = _LANGUAGE.match(values[0]) if values else None
    return match[1].lower() if match else None
