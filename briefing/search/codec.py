"""Our segments as Whoosh sees them: a codec, so that the index is one that Whoosh can open.

Whoosh keeps what it is good at: the schema, generations, the table of contents and the write
lock. Its own searcher reads our segments through these classes too, slowly; that is what the
tests hold the fast reading against.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.search._whoosh import load
from briefing.search.arrays import FIELDS
from briefing.search.layout import FILE_SUFFIX
from briefing.search.segment import Segment
from briefing.search.toc import INDEX_NAME, Entry

base = load("whoosh.codec.base")
matching = load("whoosh.matching")
reading = load("whoosh.reading")


def make_schema() -> Any:
    """Make Whoosh's schema of our fields: terms with positions."""
    fields = load("whoosh.fields")
    plain = load("whoosh.analysis").SimpleAnalyzer()
    schema = fields.Schema(stored=fields.STORED)
    for name in FIELDS:
        schema.add(name, fields.TEXT(analyzer=plain, phrase=True))
    return schema


class BriefingSegment(base.Segment):  # type: ignore[misc,name-defined]
    """A segment as the table of contents lists it."""

    def __init__(self, entry: Entry) -> None:
        """Make it from an entry; what is pickled is no more than that."""
        self.indexname = INDEX_NAME
        self.segid = entry.segment_id
        self.compound = False
        self.docs = entry.docs
        self.deleted = entry.deleted

    def __getstate__(self) -> dict[str, object]:
        entry = Entry(self.segid, self.docs, self.deleted)
        return {**entry._asdict(), "checksum": entry.checksum()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        entry = Entry(state["segment_id"], state["docs"], state["deleted"])
        self.__init__(entry)  # type: ignore[misc]

    def codec(self, **_: object) -> BriefingCodec:
        """Return what reads it."""
        return BriefingCodec()

    def doc_count_all(self) -> int:
        """Count its documents, deleted ones included."""
        return self.docs

    def deleted_count(self) -> int:
        """Count its deleted documents."""
        return int.from_bytes(self.deleted, "little").bit_count()

    def deleted_docs(self) -> Iterator[int]:
        """Walk its deleted documents."""
        return (doc for doc in range(self.docs) if self.is_deleted(doc))

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document was deleted."""
        at = docnum >> 3
        return at < len(self.deleted) and bool(self.deleted[at] >> (docnum & 7) & 1)

    def should_assemble(self) -> bool:
        """Tell that one file needs no assembling."""
        return False


class BriefingCodec(base.Codec):  # type: ignore[misc,name-defined]
    """Reads our segments for Whoosh; they are written by `SegmentBuilder` alone."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: BriefingSegment) -> _Terms:
        """Open a segment's terms."""
        return _Terms(_open(storage, segment))

    def per_document_reader(self, storage: Any, segment: BriefingSegment) -> _Documents:
        """Open a segment's documents."""
        return _Documents(_open(storage, segment), segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Refuse: Whoosh's writer would write what only we can lay out."""
        raise NotImplementedError("use briefing.search.index.SearchIndex to write")


def _open(storage: Any, segment: BriefingSegment) -> Segment:
    return Segment(Path(storage.folder) / segment.make_filename(FILE_SUFFIX))


class _Documents(base.PerDocumentReader):  # type: ignore[misc,name-defined]
    def __init__(self, segment: Segment, listed: BriefingSegment) -> None:
        self._segment = segment
        self._listed = listed

    def doc_count(self) -> int:
        return self.doc_count_all() - self._listed.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return self._listed.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._listed.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._listed.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        del docnum, fieldname
        return default

    def field_length(self, fieldname: str) -> int:
        del fieldname
        return len(self._segment.stream)

    def min_field_length(self, fieldname: str) -> int:
        del fieldname
        return 0

    def max_field_length(self, fieldname: str) -> int:
        del fieldname
        return 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        article = self._segment.article(self._segment.article_of(docnum))
        return {"stored": (article, self._segment.chunk(docnum))}


class _Terms(base.TermsReader):  # type: ignore[misc,name-defined]
    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._number(*term) is not None

    def _number(self, fieldname: str, text: bytes) -> int | None:
        if fieldname not in self._segment.fields:
            return None
        return self._segment.find(fieldname, text.decode("utf-8", "surrogatepass"))

    def indexed_field_names(self) -> list[str]:
        return list(self._segment.fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for fieldname in self._segment.fields:
            yield from ((fieldname, text) for _, text in self.terms_from(fieldname, b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        segment = self._segment
        start, _ = segment.span(fieldname, "")
        for number in range(start, segment.fields[fieldname][1]):
            text = segment.term(number).encode("utf-8", "surrogatepass")
            if text >= prefix:
                yield fieldname, text

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for fieldname, text in self.terms():
            yield (fieldname, text), self.term_info(fieldname, text)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for name, text in self.terms_from(fieldname, prefix):
            yield (name, text), self.term_info(name, text)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        number = self._number(fieldname, text)
        if number is None:
            raise reading.TermNotFound(f"no term {fieldname}:{text!r}")
        docs = self._segment.postings(number).docs
        return reading.TermInfo(
            weight=len(docs),
            df=len(docs),
            minlength=1,
            maxlength=1,
            minid=docs[0],
            maxid=docs[-1],
            maxweight=1.0,
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.doc_frequency(fieldname, text))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        number = self._number(fieldname, text)
        return 0 if number is None else self._segment.frequency(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        number = self._number(fieldname, text)
        if number is None:
            raise reading.TermNotFound(f"no term {fieldname}:{text!r}")
        found = self._segment.postings(number)
        positions = [self._positions(doc, number) for doc in found.docs]
        values = [format_.encode(places) for places in positions]
        return matching.ListMatcher(
            list(found.docs),
            [weight / 255 for weight in found.weights],
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _positions(self, doc: int, number: int) -> list[int]:
        at = self._segment.stream_at
        words = self._segment.stream[at[doc] : at[doc + 1]]
        return [place for place, word in enumerate(words) if word == number + 1] or [0]
