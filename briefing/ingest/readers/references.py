"""Reads what reference managers and databases export of articles: RIS and CSL-JSON.

An abstract is the text where there is no other. Notes are their reader's, but for those that a
database writes about itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.ingest.blocks import SourceDocument
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.entries import EntryFields
from briefing.ingest.readers.reading_list import ListedEntry, load_items, to_document

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|[ \t]*$)")
_OF_DATABASE = re.compile(
    r"(?:Copyright|Last updated|Name|People|Document feature|Identifiers?|Date \w+|Number of \w+)"
    r" - "
)
_LONG_NOTE = 120
"""Words from which on what a database calls a note is the article itself."""


def read_ris(data: bytes, name: str) -> SourceDocument:
    """Read the references of a RIS file; raises InputError where it holds none."""
    text, encoding = decode(data, name)
    entries: list[dict[str, list[list[str]]]] = []
    lines: list[str] = []
    for line in text.split("\n"):
        match = _TAG.match(line)
        if match is None:
            lines += [line.strip()] if line.strip() else []
            continue
        tag = match[1]
        if tag == "TY":
            entries.append({})
        lines = [(match[2] or "").strip()]
        if entries and tag != "ER":
            entries[-1].setdefault(tag, []).append(lines)
    plain = [
        {tag: ["\n".join(each) for each in values] for tag, values in entry.items()}
        for entry in entries
    ]
    rows = [ListedEntry(_by_database(each), f"entry {n}") for n, each in enumerate(plain, 1)]
    return to_document(rows, (), name, kind="field", encoding=encoding, joined=False)


def read_csl(data: bytes, name: str) -> SourceDocument:
    """Read the references of a CSL-JSON file; raises InputError where it holds none."""
    rows, bad, encoding = load_items(data, name)
    plain = [
        ListedEntry({key: _plain(each) for key, each in row.entry.items()}, row.where)
        for row in rows
    ]
    return to_document(plain, bad, name, kind="field", encoding=encoding, joined=False)


def _by_database(entry: Mapping[str, list[str]]) -> EntryFields:
    """Return an entry with what a database notes about itself under another name than notes."""
    notes = entry.get("N1", [])
    source = " ".join((*entry.get("DB", ()), *entry.get("DP", ()), *entry.get("UR", ())))
    is_export = "proquest" in source.lower()
    about = [note for note in notes if is_export or _OF_DATABASE.match(note)]
    long = [note for note in about if is_export and len(note.split()) >= _LONG_NOTE]
    kept = {tag: values for tag, values in entry.items() if tag != "N1"}
    return kept | {
        "N1": [note for note in notes if note not in about],
        "N1 of the database": [note for note in about if note not in long],
        "full text": long,
    }


def _plain(value: object) -> object:
    """Return dates and people of CSL as text, and anything else as it is."""
    if isinstance(value, dict) and isinstance(parts := value.get("date-parts"), list):
        first = parts[0] if parts and isinstance(parts[0], list) else []
        known = "-".join(
            str(part).zfill(2) for part in first[:3] if isinstance(part, int | str) and part
        )
        return known or value.get("literal") or value.get("raw")
    if isinstance(value, list):
        return [_person(each) if isinstance(each, dict) else each for each in value]
    return value.get("raw") or value.get("literal") if isinstance(value, dict) else value


def _person(name: Mapping[str, object]) -> object:
    parts = [name.get(key) for key in ("given", "non-dropping-particle", "family", "suffix")]
    whole = " ".join(part for part in parts if isinstance(part, str))
    return name.get("literal") or whole or name
