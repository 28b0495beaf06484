"""What the exports of press databases share: rows of fields, and how they make an article."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from briefing.english.lexicon import read_lexicon
from briefing.errors import InputError
from briefing.ingest.blocks import Block, BlockForm, Extraction, Facts, SourceDocument
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.press_words import fold_label, press_words, read_number
from briefing.ingest.lines.stated_dates import stated_as
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.paragraphs import cut_long, is_item
from briefing.isodates import exact_day, month_value
from briefing.model import Evidence, Link, PublicationDate
from briefing.world.outlets import usual_name

FieldKind = Literal[
    "headline", "standfirst", "byline", "body", "caption",
    "publisher", "date", "section", "words", "language", "url", "chrome",
]  # fmt: skip
"""What a row of an export is; the second line are fields, which no reader of the text reads."""
_FORMS: Final[Mapping[FieldKind, BlockForm]] = {
    "headline": "headline", "standfirst": "standfirst", "byline": "byline", "caption": "caption",
}  # fmt: skip
_REASONS: Final[Mapping[FieldKind, str]] = {
    "publisher": "source_line", "date": "date_line", "section": "section_line",
    "words": "length_line", "language": "language_line", "url": "address_line",
}  # fmt: skip
_STATING: Final[tuple[FieldKind, ...]] = ("byline", "caption", "standfirst", *_REASONS)
_LABEL: Final = re.compile(r"([^\W\d_][^:\n]{1,38}?)\s?:(?:[\s\xa0]+|$)")
_NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d{1,7}")
_EAST_ASIAN = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
_FIGURES = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_EDITION = re.compile(r"\s+-{1,2}\s.*$|\s*\([^()]*\)\s*$|,?\s(?:no|n°|nº)\.?\s?\d.*$")
_TERMS = re.compile(r"[;,/|]")
_READ: Final = frozenset({"text", "list"})
_MOST_NUMBERS: Final = 5
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A paragraph of an export: what it is, and what it states.

    `value` is what stands behind the field's name, None where the row has none; `place` says which
    field it is; `reason` why a row of kind `chrome` is no text of the article.
    """

    text: str
    kind: FieldKind = "body"
    value: str | None = None
    place: str | None = None
    reason: str = "index_terms"
    links: tuple[Link, ...] = ()

    @property
    def stated(self) -> str:
        """What the row states, blanks folded."""
        return " ".join((self.text if self.value is None else self.value).split())


class FieldLabel(NamedTuple):
    """The name of a field that opens a paragraph, which section of the lexicon has it, the rest."""

    name: str
    kind: str
    value: str

    def row(self, text: str, reason: str = "index_terms", links: tuple[Link, ...] = ()) -> FieldRow:
        """Return the row of the paragraph; of a field that states no fact nothing is read."""
        known: FieldKind = next((kind for kind in _STATING if kind == self.kind), "chrome")
        return FieldRow(text, known, self.value, f"field {self.name}", reason, links)


def read_label(text: str, kinds: Sequence[str]) -> FieldLabel | None:
    """Return the label of a field that opens a paragraph, None where it is none of these kinds."""
    match = _LABEL.match(text)
    name = fold_label(match[1]) if match else ""
    kind = next((kind for kind in kinds if match and name in press_words(kind)), None)
    return FieldLabel(match[1].strip(), kind, text[match.end() :]) if match and kind else None


def to_document(
    made: Iterable[Iterable[FieldRow]],
    name: str,
    encoding: str | None = None,
    *,
    cover: Sequence[str] = (),
    stated: str | None = None,
) -> SourceDocument:
    """Return the articles that rows make, and notes; raises InputError where there are none."""
    documents = [list(rows) for rows in made]
    if not documents:
        raise InputError(f"{name}: the export holds no article", "Export it again.")
    if cover:
        documents[0].insert(0, FieldRow("\n".join(cover), "chrome", reason="cover_list"))
    extractions = tuple(_to_extraction(rows, encoding) for rows in documents)
    return SourceDocument(extractions, tuple(_tell_about(name, extractions, stated)))


def _to_extraction(rows: Sequence[FieldRow], encoding: str | None) -> Extraction:
    """Make an article of rows; the first row of a kind that has a value states a fact."""
    stated: dict[str, FieldRow] = {}
    for row in rows:
        if row.kind not in {"body", "caption", "standfirst", "chrome"} and row.stated:
            stated.setdefault(row.kind, row)
    blocks = [block for row in rows if row.text.strip() for block in _to_blocks(row)]
    return Extraction(blocks, _to_facts(stated), encoding, bounded=True)


def _to_facts(stated: Mapping[str, FieldRow]) -> Facts:
    def value(kind: str) -> str:
        return stated[kind].stated if kind in stated else ""

    date = stated.get("date")
    words = _NUMBER.search(value("words"))
    fields = {"headline": "headline", "publisher": "publisher", "authors": "byline", "url": "url"}
    places = {field: stated[kind].place for field, kind in fields.items() if kind in stated}
    return Facts(
        headline=value("headline") or None,
        publisher=name_outlet(value("publisher")[:_LONGEST_NAME]),
        authors=read_authors(_in_case(value("byline")), stated=True),
        date=read_date(date.stated, date.place) if date else None,
        language=name_language(value("language")),
        url=link_target(value("url")),
        places={field: place for field, place in places.items() if place},
        section=value("section") or None,
        words=int(re.sub(r"\D", "", words[0])) if words else None,
    )


def _in_case(byline: str) -> str:
    """Return a byline in capitals with small words, which part names, small; not single words."""
    single = all(" " not in name.strip() for name in byline.split(","))
    if single or not byline.isupper():
        return byline
    small = {word.upper() for word in press_words("small words")}
    words = byline.split(" ")
    return " ".join(word.lower() if word in small else word.title() for word in words)


def _to_blocks(row: FieldRow) -> list[Block]:
    if row.kind not in _FORMS and row.kind != "body":
        reason = row.reason if row.kind == "chrome" else _REASONS[row.kind]
        return [Block(row.text, "chrome", row.links, main=False, reason=reason)]
    pieces = [piece.strip() for piece in cut_long(row.text)]
    form = _FORMS.get(row.kind) or ("list" if is_item(row.text) else "text")
    links = row.links if len(pieces) == 1 else ()
    return [Block(piece, form, links, main=True) for piece in pieces if piece]


def is_copyright(text: str) -> bool:
    """Whether a line says who holds the rights."""
    return text[:40].lstrip(" \t\n\xa0*–—-").lower().startswith(tuple(press_words("rights")))


def name_outlet(stated: str) -> str | None:
    """Return an outlet's usual name, or what a database calls it without its edition."""
    bare, known = stated, None
    while known is None:
        known = usual_name(bare) or (usual_name(bare.title()) if bare.isupper() else None)
        longer, bare = bare, _EDITION.sub("", bare, count=1)
        if longer == bare:
            break
    return known or _EDITION.sub("", stated, count=1).strip(" .,") or None


def name_language(stated: str) -> str | None:
    """Return the ISO 639-1 code of the first language named, in any interface's words."""
    names = read_lexicon("ingest", "language_names").items()
    terms = (term.strip().lower() for term in (stated, *_TERMS.split(stated)))
    return next((code for term in terms for code, known in names if term in known), None)


def read_date(text: str, place: str | None = None) -> PublicationDate | None:
    """Return the first date of a field in any of its languages, as precise as it is stated."""
    matches = (each.search(text[:300]) for each in (_FIGURES, _EAST_ASIAN, _month_forms()))
    found = min(filter(None, matches), key=re.Match.start, default=None)
    if found is None:
        return None
    if found.re in {_FIGURES, _EAST_ASIAN}:
        year, month, day = found[1], int(found[2]), found[3]
    else:
        parts = found.groupdict()
        month = _months()[parts["month"].lower()]
        year, day = parts["year"], parts["before"] or parts["after"]
    date = exact_day(int(year), month, int(day)) if day else month_value(int(year), month)
    return stated_as("stated", date, Evidence(exact=found[0].strip(), place=place))


@functools.cache
def _months() -> Mapping[str, int]:
    names = read_lexicon("ingest", "months")
    return {name: int(number) for number, entries in names.items() for name in entries}


@functools.cache
def _month_forms() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?i)(?:(?<!\d)(?P<before>\d{{1,2}})(?:\.|º|°|st|nd|rd|th|er)?\s(?:de\s|of\s)?)?"
        rf"(?<![^\W\d_])(?P<month>{names})(?![^\W\d_])\.?,?"
        rf"(?:\s(?P<after>\d{{1,2}})(?:\.|st|nd|rd|th)?(?!\d),?)?\s?(?:de\s|del\s)?"
        rf"(?P<year>(?:19|20)\d\d)(?!\d)"
    )


def _tell_about(name: str, extractions: Sequence[Extraction], stated: str | None) -> Iterator[str]:
    """Yield what a person should know of an export: its count, what is cut off or doubled."""
    found = len(extractions)
    if stated:
        yield f"{name} {stated}; {found} {'was' if found == 1 else 'were'} found"
    cut = [number for number, each in enumerate(extractions, 1) if _is_cut(each)]
    for numbers, one, several, what in (
        (cut, "is", "are", "cut off or far from the length stated"),
        (_find_copies(extractions), "stands", "stand", "in it more than once, all kept"),
    ):
        if numbers:
            are = f"article {one}" if len(numbers) == 1 else f"articles {several}"
            more = " and others" if len(numbers) > _MOST_NUMBERS else ""
            shown = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
            yield f"{name}: {len(numbers)} {are} {what}: number {shown}{more}"


def say_numbers(lines: Iterable[str]) -> str | None:
    """Return what the lines that number an export's articles say it holds, None without any."""
    numbered = [found for line in lines if (found := read_number(line, "document"))]
    if not numbered:
        return None
    return f"counts articles {numbered[0].number} to {numbered[-1].number} of {numbered[-1].total}"


def _is_cut(extraction: Extraction) -> bool:
    """Whether an article says that it is cut off, or is less than half as long as it says."""
    body = _body(extraction)
    if not body:
        return False
    marks = press_words("truncated")
    if any(mark in text[-300:].lower() for text in body[-2:] for mark in marks):
        return True
    stated = extraction.facts.words or 0
    spaced = extraction.facts.language not in {"zh", "ja", "ko", "th"}
    return spaced and stated >= 80 and 2 * sum(len(text.split()) for text in body) < stated


def _body(extraction: Extraction) -> list[str]:
    return [block.text for block in extraction.blocks if block.main and block.form in _READ]


def _find_copies(extractions: Sequence[Extraction]) -> list[int]:
    """Return the numbers of the articles whose body an earlier one has, too."""
    seen: dict[int, int] = {}
    folded = (re.sub(r"\W+", "", "".join(_body(each))).lower() for each in extractions)
    numbered = enumerate(folded, 1)
    return [n for n, text in numbered if seen.setdefault(hash(text), n) < n and len(text) > 80]
