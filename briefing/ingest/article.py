"""Bytes in, articles out: reads, cleans, cuts into chunks, and gives each a role and a section.

A section is a run-in label (`Why it matters: …`) or a standing heading. A heading holds until the
next one. A run-in label holds for its paragraph and those without a label after it; where labels
open single paragraphs in a row, as in a list written out, each ends with its own.
"""

import hashlib
import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.articles import READ_FIELDS
from briefing.content.naming import numbered, slugify
from briefing.english.lexicon import read_lexicon
from briefing.errors import InputError
from briefing.ingest.blocks import Block, Extraction, Marking, RoleVerdict, WebOrigin
from briefing.ingest.facts.metadata import chunk_id, gather_facts
from briefing.ingest.formats import MOST_ARTICLES, SUFFIXES, find_format, suffix_of, too_many
from briefing.ingest.readers.decode import as_utf8, shows_nothing
from briefing.ingest.roles.assigning import assign_roles
from briefing.ingest.roles.interview import part_turns
from briefing.ingest.roles.live_report import find_entry_times
from briefing.ingest.several import count_articles
from briefing.model import Article, Chunk, Evidence, Reprint, Source
from briefing.world.languages import other_language
from briefing.world.outlets import short_name, usual_name
from briefing.world.wires import find_wire

FETCHED = "address fetched"
"""The place of an article's url where only the fetching tells it."""
_LABEL = re.compile(r"(?=[\w\"“‘'])([^:\n“”\"]{2,60}):[\s\u00a0]+(?=\S)")
_QUESTION = re.compile(r"(?i)(?:Q\d?|Question)(?:\s?[:.]\s+|\s{2,})")
_ENDS = frozenset(".:?!—–-")
_MOST_WORDS = 7
_ROW = 3


class NewArticle(Struct, frozen=True):
    """An article without annotations, and what the reader of a clipping marked in it."""

    article: Article
    marks: tuple[Marking, ...] = ()


class NewArticles(Struct, frozen=True):
    """The articles of one file in its order, and sentences a person should be told about it."""

    articles: tuple[NewArticle, ...]
    told: tuple[str, ...] = ()


def to_articles(
    data: bytes, *, name: str, added: str, as_one: bool = False, origin: WebOrigin | None = None
) -> NewArticles:
    """Make articles, without annotations, of the bytes of one file.

    `name` is the file's name, `added` the time (UTC, ISO 8601 with `Z`), `origin` where it was
    fetched. Ids differ within the file only. A part without text is told, and the others are made.
    Raises InputError where the bytes are too many or no text, where no part holds text, and where a
    file read as one article seems to hold several, unless it is taken `as_one`.
    """
    form = find_format(data, name)
    known = as_utf8(data, origin.encoding) if origin and origin.encoding else None
    reading = form.read(known[0] if known else data, name)
    if len(reading.extractions) > MOST_ARTICLES:
        raise too_many(name)
    if len(reading.extractions) == 1 and not as_one:
        _refuse_several(name, reading.extractions[0])
    sha256 = hashlib.sha256(data).hexdigest()
    several = len(reading.extractions) > 1
    ending = suffix_of(name) if suffix_of(name) in SUFFIXES - {""} else form.suffixes[0]
    drafts: list[NewArticle] = []
    told = list(reading.told)
    taken: set[str] = set()
    for number, extraction in enumerate(reading.extractions, 1):
        if all(shows_nothing(block.text) for block in extraction.blocks):
            told.append(f"{name}: article {number} of {len(reading.extractions)} holds no text")
            continue
        source = Source(
            file=f"originals/{slugify(PurePosixPath(name).stem)}-{sha256[:8]}{ending}",
            media_type=form.media_type,
            sha256=sha256,
            added=added,
            encoding=known[1] if known else extraction.encoding,
            reader=form.name,
            part=number if several else None,
            section=extraction.facts.section,
            words=extraction.facts.words,
            address=origin.asked if origin else None,
        )
        stated = extraction.facts
        if origin and not several and not stated.url:
            places = {**stated.places, "url": FETCHED}
            stated = replace(stated, url=origin.address, places=places)
        draft = _to_article(replace(extraction, facts=stated), source)
        article = with_free_id(draft, name, taken)
        taken.add(article.id)
        drafts.append(NewArticle(article, extraction.marks))
    if not drafts:
        raise InputError(f"{name}: the page holds no text", "Save it after it has loaded in full.")
    return NewArticles(tuple(drafts), tuple(told))


def _refuse_several(name: str, extraction: Extraction) -> None:
    held = max(count_articles(extraction.blocks), extraction.held)
    if held > 1:
        parts = "and no reader parts them; --as-one takes it for one"
        hint = "Split it into one file an article, or add it again with: briefing add --as-one"
        raise InputError(f"{name}: this one file seems to hold {held} articles, {parts}", hint)


def to_article(data: bytes, *, name: str, added: str, taken: Collection[str] = ()) -> Article:
    """Make an article, its id not among `taken`, of a file with one; raises as `to_articles`."""
    drafts = to_articles(data, name=name, added=added).articles
    if len(drafts) > 1:
        raise InputError(f"{name}: the file holds {len(drafts)} articles")
    return with_free_id(drafts[0].article, name, taken)


def with_free_id(article: Article, name: str, taken: Collection[str]) -> Article:
    """Return an article with a new id, of publisher and date, headline or `name`."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if article.publisher and article.date:
        words = f"{short_name(article.publisher)} {article.date.value}"
    else:
        words = article.headline or stem
    base = slugify(words, slugify(stem, "article"))
    free = next(each for each in numbered(base) if each not in taken)
    source = article.source
    if source.part is None:
        source = replace(source, file=f"originals/{free}{suffix_of(source.file)}")
    return replace(article, id=free, source=source)


def _to_article(extraction: Extraction, source: Source) -> Article:
    blocks = part_turns(extraction.blocks)
    verdicts, front = assign_roles(blocks, extraction.facts.authors, bounded=extraction.bounded)
    facts = gather_facts(blocks, verdicts, front, extraction.facts)
    article = Article(
        id="",
        **{field: getattr(facts, field) for field in READ_FIELDS},
        source=source,
        chunks=_chunks(blocks, verdicts, facts.language),
    )
    return article if facts.reprint_of or not facts.publisher else _with_wire(article)


def _with_wire(article: Article) -> Article:
    """Return an outlet's article as the reprint of the agency that its marks name, if they do."""
    mark = find_wire(article)
    outlet = usual_name(mark.outlet or "") if mark is not None else None
    if mark is None or outlet is None or outlet == usual_name(article.publisher or ""):
        return article
    shown = Evidence(exact=mark.words, chunk=mark.chunk)
    evidence = replace(article.evidence, reprint_of=shown if mark.chunk else None)
    return replace(article, reprint_of=Reprint(publisher=outlet), evidence=evidence)


def _chunks(
    blocks: Sequence[Block], verdicts: Sequence[RoleVerdict], language: str | None
) -> tuple[Chunk, ...]:
    times = find_entry_times(blocks, verdicts)
    english = other_language(language) is None
    sections = find_sections(blocks, verdicts, times, english=english)
    rows = enumerate(zip(blocks, verdicts, sections, times, strict=True))
    return tuple(
        Chunk(
            id=chunk_id(index),
            role=verdict.role,
            reason=verdict.reason,
            section=section,
            time=time,
            text=block.text,
            links=block.links,
        )
        for index, (block, verdict, section, time) in rows
    )


def find_label(block: Block, *, english: bool) -> str | None:
    """Return the run-in label that opens a block, without its colon; None where there is none.

    A label is set in bold, or is one of the usual ones, or has at least two words of which one
    after the first is no name: `Trump: …` may be a speaker. Only `english` sentences are told from
    labels by their words; elsewhere a label is in bold, and a mark ends it.
    """
    if block.label:
        bold = block.text[: block.label].strip(" \u00a0:.—–-")
        short = len(bold.split()) <= _MOST_WORDS + 3 and block.label < len(block.text)
        around = (block.text[: block.label].rstrip()[-1:], block.text[block.label :].lstrip()[:1])
        if bold and short and (english or not _ENDS.isdisjoint(around)):
            return bold
    match = _LABEL.match(block.text[:90]) if english else None
    if match is None:
        return None
    label = match[1].strip()
    words = label.split()
    if len(words) > _MOST_WORDS or not label[:1].isupper() or label[-1:] in ".!?,;)":
        return None
    lexicon = read_lexicon("ingest", "labels")
    if label.lower() in lexicon["labels"]:
        return label
    leads_in = words[-1].lower() in lexicon["introduces"] or any(
        word.lower() in lexicon["speech"] for word in words
    )
    named = not any(word[:1].islower() for word in words[1:])
    return None if leads_in or named or any(char.isdigit() for char in words[0]) else label


class _SectionState(Struct):
    """What the next block stands under, and whether labels have carried over paragraphs yet."""

    heading: str | None = None
    label: str | None = None
    row: int = 0
    carries: bool = False
    introduced: bool = False

    def unlabelled(self, block: Block) -> None:
        if self.label is None:
            self.introduced = block.text.rstrip().endswith(":")
        elif block.form == "list" or self.carries:
            return
        elif self.row >= _ROW or (self.introduced and self.row > 1):
            self.label, self.row, self.introduced = None, 0, False
        else:
            self.carries = True


def find_sections(
    blocks: Sequence[Block],
    verdicts: Sequence[RoleVerdict],
    times: Sequence[str | None],
    *,
    english: bool,
) -> list[str | None]:
    """Return the section of every block; in a live report, of `times`, none outlasts its entry."""
    sections: list[str | None] = []
    place = _SectionState()
    entry: str | None = None
    for block, verdict, time in zip(blocks, verdicts, times, strict=True):
        if time is not None and time != entry:
            entry, place = time, _SectionState()
        if verdict.role == "heading":
            title = _QUESTION.sub("", block.text.strip().rstrip(":").rstrip(), count=1)
            place = _SectionState(
                heading=None if (verdict.reason or "").startswith("headline") else title
            )
        if verdict.role != "body":
            sections.append(None)
            continue
        label = find_label(block, english=english)
        if label is None:
            place.unlabelled(block)
        else:
            place.label = label
            place.row += 1
        sections.append(place.label or place.heading)
    return sections
