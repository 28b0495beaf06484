"""Reads what reference managers and databases export of articles: RIS and CSL-JSON.

An abstract is the text where there is no other. Notes are their reader's, but for those that a
database writes about itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.ingest.blocks import SourceDocument
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.reading_list import load_items
from briefing.ingest.readers.record_files import Row, to_document
from briefing.ingest.readers.records import Record

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|[ \t]*$)")
_OF_DATABASE = re.compile(r"[A-Z][\w ]{2,40} - \S")
_LONG_NOTE = 120
"""Words from which on what a database calls a note is the article itself."""


def read_ris(data: bytes, name: str) -> SourceDocument:
    """Read the references of a RIS file; raises InputError where it holds none."""
    text, encoding = decode(data, name)
    records: list[dict[str, list[list[str]]]] = []
    lines: list[str] = []
    for line in text.split("\n"):
        match = _TAG.match(line)
        if match is None:
            lines += [line.strip()] if line.strip() else []
            continue
        tag = match[1]
        if tag == "TY":
            records.append({})
        lines = [(match[2] or "").strip()]
        if records and tag != "ER":
            records[-1].setdefault(tag, []).append(lines)
    plain = [
        {tag: ["\n".join(each) for each in values] for tag, values in record.items()}
        for record in records
    ]
    rows = [Row(_by_database(each), f"entry {n}") for n, each in enumerate(plain, 1)]
    return to_document(rows, (), name, kind="field", encoding=encoding, joined=False)


def read_csl(data: bytes, name: str) -> SourceDocument:
    """Read the references of a CSL-JSON file; raises InputError where it holds none."""
    rows, bad, encoding = load_items(data, name)
    plain = [
        Row({key: _plain(each) for key, each in row.record.items()}, row.where) for row in rows
    ]
    return to_document(plain, bad, name, kind="field", encoding=encoding, joined=False)


def _by_database(record: Mapping[str, list[str]]) -> Record:
    """Return a record with what a database notes about itself under another name than notes."""
    notes = record.get("N1", [])
    source = " ".join((*record.get("DB", ()), *record.get("DP", ()), *record.get("UR", ())))
    is_export = "proquest" in source.lower()
    about = [note for note in notes if is_export or _OF_DATABASE.match(note)]
    long = [note for note in about if is_export and len(note.split()) >= _LONG_NOTE]
    kept = {tag: values for tag, values in record.items() if tag != "N1"}
    return kept | {
        "N1": [note for note in notes if note not in about],
        "N1 of the database": [note for note in about if note not in long],
        "full text": long,
    }


def _plain(value: object) -> object:
    """Return dates and people of CSL as text, and anything else as it is."""
    if isinstance(value, dict) and isinstance(parts := value.get("date-parts"), list):
        first = parts[0] if parts and isinstance(parts[0], list) else []
        known = "-".join(str(part).zfill(2) for part in first[:3] if part not in {None, "", 0})
        return known or value.get("literal") or value.get("raw")
    if isinstance(value, list):
        return [_person(each) if isinstance(each, dict) else each for each in value]
    return value.get("raw") or value.get("literal") if isinstance(value, dict) else value


def _person(name: Mapping[str, object]) -> object:
    parts = [name.get(key) for key in ("given", "non-dropping-particle", "family", "suffix")]
    return name.get("literal") or " ".join(part for part in parts if isinstance(part, str))
