"""One article out of entries: rows of a list, or an entry of a reference manager.

An entry maps the names of fields, as the file writes them, to what they hold: text, a number, or a
list of these. `data/entry_fields.txt` says what each name is for. Highlights are words of the
article, and its text where the entry has no other; notes and tags are their reader's.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.english.lexicon import read_lexicon
from briefing.errors import InputError
from briefing.ingest.blocks import Block, Extraction, Facts, Marking, StatedValue
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.stated_dates import metadata_date
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.paragraphs import cut_long, find_paragraphs, join_broken, to_blocks
from briefing.model import Evidence, PublicationDate

EntryFields = Mapping[str, object]
Holds = Literal["text", "abstract", "highlights", "title"]
"""The most that an entry holds of its article's text."""
_PARTS = read_lexicon("ingest", "entry_fields")
_HTML = re.compile(r"(?i)<(?:p|div|br|h[1-6]|ul|ol|blockquote|article|section)\b[^>]{0,2000}>")
_LINE_END = re.compile(r"(?i)</(?:p|div|li|h[1-6]|blockquote)>|<br ?/?>")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DASHES = re.compile(r"[\s_-]+")
_HIGHLIGHT = re.compile(r"(?i)\s{0,40}highlight:")
_NOTE = re.compile(r"(?im)^[ \t]{0,40}note:[ \t]*")
_BETWEEN = re.compile(r"(?i)\n[ \t\r]{0,40}\n(?![ \t\r\n]{0,40}note:)")
_TAG_ENDS = re.compile(r"[,;|]")
_LINE_ENDS = re.compile(r"\r\n?")
_JSON_LIST = re.compile(r"\s*\[\s*[\[{\"\]]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MOST_TAGS = 20
_DEEPEST = 5
_SLASHES = re.compile(r"(\d{4})/(\d{0,2})(?:/(\d{0,2}))?(?:/.*)?$")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]{1,20})?$")


class EntryArticle(NamedTuple):
    """The article of an entry, and the most that there is of its text."""

    extraction: Extraction
    holds: Holds


class _Marked(Struct):
    """What the reader of an article highlighted, each with a note or None, and their own words."""

    highlights: dict[str, str | None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    tags: dict[str, None] = field(default_factory=dict)


def parts_of(names: Iterable[str]) -> frozenset[str]:
    """Return the parts of an article that fields with these names are for."""
    labels = {_label(name) for name in names}
    return frozenset(part for part, known in _PARTS.items() if not labels.isdisjoint(known))


def values_of(entry: EntryFields, part: str) -> list[StatedValue]:
    """Return what the fields of a part say, the likeliest field first; the places are names."""
    named = {label: name for name in entry for label in [_label(name)]}
    known = [named[label] for label in _PARTS[part] if label in named]
    return [StatedValue(text, name) for name in known for text in _texts(entry[name])]


def read_entry(entries: Sequence[EntryFields], kind: str) -> EntryArticle:
    """Return the article that one or more entries are of; a `kind` of field is a column or field.

    Nothing of an entry is left out: what is neither text nor marking stands in a block set aside.
    """
    stated = {
        part: [
            StatedValue(each.value, f"{kind} {each.place}")
            for entry in entries
            for each in values_of(entry, part)
        ]
        for part in _PARTS
    }
    stated["publisher"] = [
        each for each in stated["publisher"] if each.value.casefold() not in _PARTS["tools"]
    ]
    if not stated["highlight"]:
        stated["date"] += stated["date of one article"]
    facts = read_facts(stated)
    marked = _marked(entries)
    parts = (dict.fromkeys(one.value for one in stated[part]) for part in ("text", "abstract"))
    text, abstract = map("\n\n".join, parts)
    holds: Holds = "text" if text else "abstract" if abstract else "title"
    holds = "highlights" if marked.highlights and not text else holds
    used = ["text", "highlight", "highlights", "note"]
    used += ["abstract"] if holds == "abstract" else []
    lines = dict.fromkeys(_lines(entries, used, facts.headline))
    rest = "\n".join(lines)
    blocks = [
        *_story(facts.headline, text if holds != "abstract" else abstract),
        *_highlight_blocks(marked, as_text=not text),
        *(Block(note, "chrome", main=False, reason="reader_note") for note in marked.notes),
        *(Block(each, "chrome", main=False, reason="other_fields") for each in cut_long(rest)),
    ]
    kept = [block for block in blocks if block.text.strip()]
    return EntryArticle(Extraction(kept, facts, marks=tuple(_marks(marked))), holds)


@lru_cache(maxsize=2_000)
def _label(name: str) -> str:
    return _DASHES.sub(" ", _CAMEL.sub(" ", name)).strip().casefold()


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the words in what a field holds, not too deep; a cell may hold a list as JSON."""
    if isinstance(value, str):
        stripped = _LINE_ENDS.sub("\n", value).strip()
        loaded = load_json(stripped) if _JSON_LIST.match(stripped) else None
        if isinstance(loaded, list):
            yield from _texts(loaded, depth + 1)
        elif stripped:
            yield stripped
    elif isinstance(value, list | Mapping) and depth == _DEEPEST:
        return
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, depth + 1)
    elif isinstance(value, Mapping):
        named = [value[key] for key in ("name", "label", "title", "literal") if value.get(key)]
        pairs = [f"{key}: {text}" for key in value for text in _texts(value[key], depth + 1)]
        yield from _texts(named[0], depth + 1) if named else ("; ".join(pairs),)
    elif value is not None:
        yield str(value)


def load_json(text: str) -> object:
    """Return what a JSON text holds, None where it is none or too deep; lone surrogates are `?`."""
    with suppress(ValueError, RecursionError):
        loaded: object = json.loads(text)
        if _SURROGATE.search(text):
            whole = json.dumps(loaded, ensure_ascii=False).encode("utf-8", "replace")
            loaded = json.loads(whole)
        return loaded
    return None


def _marked(entries: Sequence[EntryFields]) -> _Marked:
    marked = _Marked()
    for entry in entries:
        notes = [each.value for each in values_of(entry, "note")]
        one = [each.value for each in values_of(entry, "highlight")][:1]
        if one:
            known = marked.highlights.get(one[0])
            marked.highlights[one[0]] = "\n".join(filter(None, [known, *notes])) or None
        else:
            marked.notes.update(dict.fromkeys(map(_plain, notes)))
        for name in entry:
            if _label(name) in _PARTS["highlights"]:
                marked.highlights.update(_highlights(entry[name]))
        for each in values_of(entry, "tags"):
            tags = map(str.strip, _TAG_ENDS.split(each.value))
            marked.tags.update(dict.fromkeys(filter(None, tags)))
    return marked


def _highlights(value: object) -> Iterator[tuple[str, str | None]]:
    """Yield the highlights of an article in one field, each with the note on it."""
    loaded = load_json(value) if isinstance(value, str) and _JSON_LIST.match(value) else None
    if isinstance(value, str) and loaded is None:
        for part in _BETWEEN.split(value):
            head = _HIGHLIGHT.match(part)
            words, *notes = _NOTE.split(part[head.end() :] if head else part)
            if words.strip():
                yield words.strip(), "\n".join(notes).strip() or None
        return
    items = loaded if loaded is not None else value
    for item in items if isinstance(items, list) else [items]:
        if isinstance(item, Mapping):
            named = [key for key in _PARTS["text of a highlight"] if item.get(key)]
            words = " ".join(_texts(item[named[0]])) if named else ""
            keys = [key for key in _PARTS["note on a highlight"] if key not in named[:1]]
            note = "\n".join(text for key in keys for text in _texts(item.get(key)))
            if words:
                yield words, note or None
        else:
            yield from ((text, None) for text in _texts(item))


def _story(headline: str | None, text: str) -> list[Block]:
    """Return the headline and the text, which may be a page's."""
    head = [Block(headline, "headline", main=True)] if headline else []
    if _HTML.search(text[:200_000]):
        from briefing.ingest.readers.html.saved_page import read_html

        page = f"<!doctype html><html><body><article>{text}</article></body></html>"
        with suppress(InputError):
            blocks = read_html(page.encode("utf-8", "replace"), "text").blocks
            if any(block.main for block in blocks):
                return [*head, *blocks]
    spans = join_broken(text, find_paragraphs(text))
    return [*head, *(replace(block, main=True) for block in to_blocks(text[a:b] for a, b in spans))]


def _highlight_blocks(marked: _Marked, *, as_text: bool) -> Iterator[Block]:
    for words, note in marked.highlights.items():
        if as_text:
            yield from (replace(block, main=True) for block in to_blocks(words.splitlines()))
        if note:
            yield Block(note, "chrome", main=False, reason="reader_note")


def _plain(note: str) -> str:
    """Return a note without its markup."""
    if not _HTML.search(note):
        return note
    from lxml import html

    try:
        words = html.fromstring(f"<div>{_LINE_END.sub(chr(10), note)}</div>").text_content()
    except ValueError:  # It holds characters that no markup may hold.
        return note
    return "\n".join(line for each in words.splitlines() if (line := " ".join(each.split())))


def _lines(
    entries: Sequence[EntryFields], used: Iterable[str], headline: str | None
) -> Iterator[str]:
    """Yield the fields that no other block shows, as the headline is shown by its own."""
    shown = {label for part in used for label in _PARTS[part]}
    for entry in entries:
        for name, value in entry.items():
            known = _label(name) in shown
            words = "" if known else " ".join(", ".join(_texts(value)).split())
            if words and words != headline:
                yield f"{name}: {words}"


def _marks(marked: _Marked) -> Iterator[Marking]:
    for words, note in marked.highlights.items():
        lines = [line for each in words.splitlines() if (line := each.strip())]
        yield from map(Marking, lines)
        if note:
            yield Marking(lines[0], note=note)
    yield from (Marking(note=note) for note in marked.notes)
    yield from (Marking(tag=tag) for tag in [*marked.tags][:_MOST_TAGS])


def read_facts(stated: Mapping[str, Sequence[StatedValue]]) -> Facts:
    """Return the facts in fields, by their names in `Facts`, the likeliest field of each first."""
    fields = {fact: list(stated.get(fact, ())) for fact in Facts.__struct_fields__}
    fields["url"] = [each for each in fields["url"] if link_target(each.value)]
    fields["publisher"] = [each for each in fields["publisher"] if not link_target(each.value)]
    fields["words"] = [each for each in fields["words"] if re.fullmatch(r"\d{1,7}", each.value)]
    first = {fact: values[0].value for fact, values in fields.items() if values}
    match = _LANGUAGE.match(first.get("language", ""))
    # A field of authors in which nobody is found holds a name of another kind.
    authors = (read_authors(each.value, stated=True) or (each.value,) for each in fields["authors"])
    return Facts(
        headline=" ".join(first.get("headline", "").split()) or None,
        publisher=first.get("publisher"),
        authors=tuple(dict.fromkeys(chain.from_iterable(authors))),
        date=_most_precise([date for each in fields["date"] if (date := _read_date(each))]),
        language=match[1].lower() if match else None,
        url=link_target(first.get("url")),
        section=first.get("section"),
        words=int(first["words"]) if "words" in first else None,
        places={fact: values[0].place for fact, values in fields.items() if values},
    )


def _read_date(stated: StatedValue) -> PublicationDate | None:
    """Return the date in a field, also as reference managers write it: `2020/01/28/`, `2020///`."""
    match = _SLASHES.match(stated.value)
    parts = (part.zfill(2) for part in match.groups() if part) if match else (stated.value,)
    date = metadata_date("-".join(parts), stated.place)
    shown = Evidence(exact=stated.value, place=stated.place)
    return replace(date, evidence=shown) if date else None


def _most_precise(dates: Sequence[PublicationDate]) -> PublicationDate | None:
    """Return the first date, or one that says its day where that gives a month or a year alone."""
    same = (date for date in dates if date.value.startswith(dates[0].value))
    return max(same, key=lambda date: len(date.value), default=None)
