"""The English names that codes of countries and groups are shown under.

Lists and facets need no more than this, so it loads nothing that reads a text.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from briefing.english.lexicon import read_rows


def country_name(code: str) -> str:
    """Return the English name a code is shown under, groups included; an unknown code as it is."""
    return load_country_names().get(code, code)


@functools.cache
def load_country_names() -> Mapping[str, str]:
    """Read the display name of every code, groups included."""
    rows = (row.split("\t") for row in read_rows("world", "country_names.tsv"))
    return MappingProxyType(dict(rows))
