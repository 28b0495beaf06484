"""Facts from named fields: front matter, columns of a list, tags of a reference."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from briefing.ingest.blocks import Facts
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.stated_dates import metadata_date
from briefing.ingest.lines.urls import link_target
from briefing.model import Evidence, PublicationDate

_SLASHES = re.compile(r"(\d{4})/(\d{0,2})(?:/(\d{0,2}))?(?:/.*)?$")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]{1,20})?$")


class StatedValue(NamedTuple):
    """What a field states, and the field: `front matter source`, `column Title`, `field TI`."""

    value: str
    place: str


def read_facts(stated: Mapping[str, Sequence[StatedValue]]) -> Facts:
    """Return the facts in fields, by their names in `Facts`, the likeliest field of each first."""
    fields = {fact: list(stated.get(fact, ())) for fact in Facts.__dataclass_fields__}
    fields["url"] = [each for each in fields["url"] if link_target(each.value)]
    fields["publisher"] = [each for each in fields["publisher"] if not link_target(each.value)]
    fields["words"] = [each for each in fields["words"] if re.fullmatch(r"\d{1,7}", each.value)]
    first = {fact: values[0].value for fact, values in fields.items() if values}
    signed = fields["authors"]
    authors = [name for each in signed for name in read_names(each.value)]
    return Facts(
        headline=" ".join(first.get("headline", "").split()) or None,
        publisher=first.get("publisher"),
        authors=tuple(dict.fromkeys(authors)),
        date=_most_precise([_read_date(each) for each in fields["date"]]),
        language=_read_language(first.get("language", "")),
        url=link_target(first.get("url")),
        section=first.get("section"),
        words=int(first["words"]) if "words" in first else None,
        places={fact: values[0].place for fact, values in fields.items() if values},
    )


def read_names(value: str) -> tuple[str, ...]:
    """Return the people that a field of authors names, else what stands there."""
    return read_authors(value, stated=True) or (value,)


def _read_date(stated: StatedValue) -> PublicationDate | None:
    """Return the date in a field, also as reference managers write it: `2020/01/28/`, `2020///`."""
    match = _SLASHES.match(stated.value)
    if match is None:
        return metadata_date(*stated)
    value = "-".join(part.zfill(2) for part in match.groups() if part)
    date = metadata_date(value, stated.place)
    shown = Evidence(exact=stated.value, place=stated.place)
    return structs.replace(date, evidence=shown) if date else None


def _most_precise(dates: Sequence[PublicationDate | None]) -> PublicationDate | None:
    """Return the first date, or one that says its day where that gives a month or a year alone."""
    found = [date for date in dates if date is not None]
    if not found:
        return None
    same = [date for date in found if date.value.startswith(found[0].value)]
    return max(same, key=lambda date: len(date.value))


def _read_language(value: str) -> str | None:
    match = _LANGUAGE.match(value)
    return match[1].lower() if match else None
