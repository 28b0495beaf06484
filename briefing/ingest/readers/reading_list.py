"""Reads lists of articles: of read-later tools (CSV, JSON), of reference managers (RIS, CSL-JSON).

A row is an article or a highlight; rows of one article are put together, references are not. What
names the columns is data (`readers/entries.py`). A row that cannot be read is told. An abstract is
the text where there is no other. Notes are their reader's, but for those of a database on itself.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from briefing.errors import InputError
from briefing.ingest.blocks import SourceDocument
from briefing.ingest.formats import MOST_ARTICLES, too_many
from briefing.ingest.readers import entries
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.entries import EntryFields, Holds, parts_of, values_of
from briefing.wording import counted

_DELIMITERS = ",;\t|"
_LONGEST_HEAD = 4_000
_MOST_BAD = 500
_DEEPEST = 3
_NEEDED = frozenset({"headline", "url", "highlight", "highlights"})
_NAMED = 3
_TELLING = ("url", "text", "highlights", "highlight", "abstract", "date", "date of one article")
"""Parts that only an article has; a film, a person and a program have a title as well."""
_SAID: tuple[tuple[Holds, str], ...] = (
    ("title", "no text, only title and address"),
    ("abstract", "no text but a summary"),
    ("highlights", "no text but what was highlighted"),
)

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|[ \t]*$)")
_OF_DATABASE = re.compile(
    r"(?:Copyright|Last updated|Name|People|Document feature|Identifiers?|Date \w+|Number of \w+)"
    r" - "
)
_LONG_NOTE = 120
"""Words from which on what a database calls a note is the article itself."""


class _Table(NamedTuple):
    delimiter: str
    names: list[str]
    lines: list[str]
    first: int


class _ListedEntry(NamedTuple):
    """An entry, and where it stands in its file: `line 4`, `item 3`."""

    entry: EntryFields
    where: str


def is_table_of_articles(text: str) -> bool:
    """Whether a text begins with the names of columns, of which one tells an article."""
    found = _find_table(text[: 2 * _LONGEST_HEAD])
    return found is not None and len(parts_of(found.names)) >= 2


def read_csv(data: bytes, name: str) -> SourceDocument:
    """Read a list of articles as CSV; raises InputError where no column names an article."""
    text, encoding = decode(data, name)
    table = _find_table(text)
    if table is None:
        head = next((line for line in text.split("\n") if line.strip()), "")[:80]
        raise InputError(
            f"{name}: its first line names no column of titles, addresses or highlights ({head!r})",
            "Name the columns in the first line: title, url, date, author, highlight, note.",
        )
    bad: list[str] = []
    rows = list(_rows(table, bad))
    return _to_document(rows, bad, name, kind="column", encoding=encoding)


def read_json(data: bytes, name: str) -> SourceDocument:
    """Read a list of articles as JSON; raises InputError where it is cut off or names none."""
    rows, bad, encoding = _load_items(data, name)
    return _to_document(rows, bad, name, kind="field", encoding=encoding)


def _load_items(data: bytes, name: str) -> tuple[list[_ListedEntry], list[str], str]:
    """Return a JSON list's items, places of what is none, encoding; raises InputError."""
    text, encoding = decode(data, name)
    loaded = entries.load_json(text)
    if loaded is None:
        raise InputError(f"{name}: this is no whole JSON", "Export or download it again.")
    items = [(each, f"item {number}") for number, each in enumerate(_find_items(loaded), 1)]
    rows = [_ListedEntry(each, where) for each, where in items if isinstance(each, dict)]
    return rows, [where for each, where in items if not isinstance(each, dict)], encoding


def _find_table(text: str) -> _Table | None:
    """Return the table that a text is, by the first line that names columns of articles."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:3]):
        if not line.strip() or line.lower().startswith(("sep=", "|")) or len(line) > _LONGEST_HEAD:
            continue
        marks = [mark for mark in _DELIMITERS if mark in line] or [","]
        heads = [(mark, next(csv.reader([line], delimiter=mark), [])) for mark in marks]
        mark, names = max(heads, key=lambda head: (len(parts_of(head[1])), len(head[1])))
        if parts_of(names) & _NEEDED and all(len(each) <= 60 for each in names):
            return _Table(mark, [each.strip() for each in names], lines, number + 1)
    return None


def _rows(table: _Table, bad: list[str]) -> Iterator[_ListedEntry]:
    """Yield the rows of a table; a line whose quotes are broken is read alone, then given up."""
    csv.field_size_limit(2**30)  # A text may be long; the file is bounded.
    at = table.first
    width = len(table.names)
    while at < len(table.lines) and len(bad) <= _MOST_BAD:
        lines = (f"{table.lines[each]}\n" for each in range(at, len(table.lines)))
        reader = csv.reader(lines, delimiter=table.delimiter, strict=True)
        start = 0
        try:
            for cells in reader:
                # Cells at the end may be missing from a row of one line.
                filled = max((n for n, cell in enumerate(cells, 1) if cell), default=0)
                is_whole = len(cells) >= width or reader.line_num - start == 1
                if 0 < filled <= width and is_whole:
                    yield _ListedEntry(_to_entry(table.names, cells), f"line {at + start + 1}")
                elif any(cells):
                    break
                start = reader.line_num
            else:
                return
        except csv.Error:
            pass
        alone = next(csv.reader([table.lines[at + start]], delimiter=table.delimiter), [])
        where = f"line {at + start + 1}"
        if len(alone) == width:
            yield _ListedEntry(_to_entry(table.names, alone), where)
        else:
            bad.append(where)
        at += start + 1
        if len(bad) == _MOST_BAD:
            bad.append(f"all lines from {at + 1} on")


def _to_entry(names: Sequence[str], cells: Sequence[str]) -> EntryFields:
    """Map the names to the cells; columns of one name are a list."""
    entry: dict[str, object] = {}
    for name, cell in zip(names, cells, strict=False):
        known = entry.get(name)
        entry[name] = cell if known is None else [known, cell]
    return entry


def _find_items(value: object, depth: int = 0) -> list[object]:
    """Return the list of articles in a JSON file: itself, or the longest of those it names."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    if parts_of(value) & _NEEDED or depth == _DEEPEST:
        return [value]
    return max((_find_items(each, depth + 1) for each in value.values()), key=len, default=[])


def _to_document(
    rows: Sequence[_ListedEntry],
    bad: Sequence[str],
    name: str,
    *,
    kind: str,
    encoding: str,
    joined: bool = True,
) -> SourceDocument:
    """Return the articles of rows, of one address or title if `joined`; raises InputError."""
    groups: dict[tuple[str, ...], list[EntryFields]] = {}
    empty: list[str] = []
    for row in rows:
        key = _key(row, joined=joined)
        if key is None:
            empty.append(row.where)
        else:
            groups.setdefault(key, []).append(row.entry)
        if len(groups) > MOST_ARTICLES:
            raise too_many(name)
    telling = any(values_of(row.entry, part) for row in rows for part in _TELLING)
    if not groups or (joined and not telling):
        places = f": {_places([*bad, *empty])} could not be read" if bad or empty else ""
        message = f"{name}: nothing in it has an address, a text, or a title and a date{places}"
        hint = "Export the list again, with titles and addresses."
        raise InputError(message, hint)
    made = [entries.read_entry(group, kind) for group in groups.values()]
    counts = Counter(each.holds for each in made)
    told = _tell(len(rows) - len(empty), [*bad, *empty], counts)
    return SourceDocument(
        tuple(replace(each.extraction, encoding=encoding) for each in made),
        tuple(f"{name}: {sentence}" for sentence in told),
    )


def _tell(rows: int, bad: Sequence[str], counts: Counter[Holds]) -> Iterator[str]:
    if bad:
        yield f"{_places(bad)} could not be read as an article"
    if rows > counts.total():
        yield f"{rows} rows are {counted(counts.total(), 'article')}"
    for holds, words in _SAID:
        if counts[holds]:
            yield f"{counts[holds]} of {counts.total()} hold {words}"


def _places(bad: Sequence[str]) -> str:
    """Return the first and the last of the places, and how many there are between."""
    if len(bad) <= _NAMED:
        return ", ".join(bad)
    return f"{', '.join(bad[: _NAMED - 1])}, {len(bad) - _NAMED} more and {bad[-1]}"


def _key(row: _ListedEntry, *, joined: bool) -> tuple[str, ...] | None:
    """Return what the rows of one article share, None where a row is no article."""

    def found(part: str) -> tuple[str, ...]:
        return tuple(each.value for each in values_of(row.entry, part))

    if joined and found("url"):
        return ("url", *found("url")[:1])
    if joined and found("highlight"):
        return ("title", *found("headline")[:1], *found("authors"))
    named = any(map(found, ("headline", "url", "text", "highlights", "abstract")))
    return ("row", row.where) if named else None


def read_ris(data: bytes, name: str) -> SourceDocument:
    """Read the references of a RIS file; raises InputError where it holds none."""
    text, encoding = decode(data, name)
    found: list[dict[str, list[list[str]]]] = []
    lines: list[str] = []
    for line in text.split("\n"):
        match = _TAG.match(line)
        if match is None:
            lines += [line.strip()] if line.strip() else []
            continue
        tag = match[1]
        if tag == "TY":
            found.append({})
        lines = [(match[2] or "").strip()]
        if found and tag != "ER":
            found[-1].setdefault(tag, []).append(lines)
    rows = []
    for number, entry in enumerate(found, 1):
        plain = {tag: ["\n".join(each) for each in values] for tag, values in entry.items()}
        rows.append(_ListedEntry(_by_database(plain), f"entry {number}"))
    return _to_document(rows, (), name, kind="field", encoding=encoding, joined=False)


def read_csl(data: bytes, name: str) -> SourceDocument:
    """Read the references of a CSL-JSON file; raises InputError where it holds none."""
    rows, bad, encoding = _load_items(data, name)
    plain = ({key: _plain(each) for key, each in row.entry.items()} for row in rows)
    rows = [row._replace(entry=entry) for row, entry in zip(rows, plain, strict=True)]
    return _to_document(rows, bad, name, kind="field", encoding=encoding, joined=False)


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
        stated = (str(part) for part in first[:3] if isinstance(part, int | str) and part)
        known = "-".join(part.zfill(2) for part in stated)
        return known or value.get("literal") or value.get("raw")
    if isinstance(value, list):
        return [_person(each) if isinstance(each, dict) else each for each in value]
    return value.get("raw") or value.get("literal") if isinstance(value, dict) else value


def _person(name: Mapping[str, object]) -> object:
    parts = [name.get(key) for key in ("given", "non-dropping-particle", "family", "suffix")]
    whole = " ".join(part for part in parts if isinstance(part, str))
    return name.get("literal") or whole or name
