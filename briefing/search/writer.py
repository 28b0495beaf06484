"""Changes on their way into an index: gathered, committed, folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from briefing.model import Article, BriefingInfo
from briefing.search import commit
from briefing.search.bits import Bits
from briefing.search.builder import SegmentBuilder
from briefing.search.documents import article_key, article_record, documents
from briefing.search.merging import CROWD, Part, choose, merge
from briefing.search.reader import Live, Snapshot
from briefing.search.segment import Segment
from briefing.search.toc import Entry

FLUSH_AT: Final = 20_000
"""Documents gathered in memory before they are committed."""


class SegmentWriter:
    """Articles on their way into segments of a folder of their own, which no index lists yet.

    It knows nothing of the index that will adopt them, so no lock is needed.
    """

    def __init__(self, folder: Path) -> None:
        """Write to `folder`, which must exist, 20,000 chunks or somewhat more a segment."""
        self._folder = folder
        self._builder = SegmentBuilder()
        self._entries: list[Entry] = []

    def add(self, briefing: str, info: BriefingInfo, article: Article) -> None:
        """Add an article, which must not have been added before; raises WriteError."""
        _add(self._builder, briefing, info, article)
        if len(self._builder) >= FLUSH_AT:
            self.finish()

    def finish(self) -> tuple[Entry, ...]:
        """Write the rest and return the segments, in the order of adding; raises WriteError."""
        if len(self._builder):
            pieces = self._builder.finish()
            self._entries.append(commit.write_segment(self._folder, len(self._builder), pieces))
            self._builder = SegmentBuilder()
        return tuple(self._entries)


class Writer:
    """The changes of one holder of the write lock."""

    def __init__(
        self, folder: Path, snapshot: Snapshot, committed: Callable[[], None] | None = None
    ) -> None:
        """Start from the newest state; `committed` is called after each commit."""
        self._folder = folder
        self._generation = snapshot.contents.generation
        self._parts = [_Open(part) for part in snapshot.parts]
        self._builder = SegmentBuilder()
        self._pending: set[str] = set()
        self._changed = False
        self._commits = 0
        self._added = 0
        self._committed = committed

    def update(self, briefing: str, info: BriefingInfo, articles: Sequence[Article]) -> None:
        """Replace articles of a briefing."""
        for article in articles:
            key = article_key(briefing, article.id)
            self.delete("article", key)
            _add(self._builder, briefing, info, article)
            self._pending |= {key, briefing}
            self._changed = True
        if len(self._builder) >= FLUSH_AT:
            self.flush()

    def delete(self, field: str, value: str) -> None:
        """Take out the documents that have this value, those still in memory included."""
        if value in self._pending:
            self.flush()
        for part in self._parts:
            self._changed |= part.delete(field, value)

    def adopt(self, folder: Path, entries: Sequence[Entry], briefings: Iterable[str]) -> None:
        """Commit segments from another folder, as all there is of these briefings."""
        self.flush()
        for briefing in briefings:
            self.delete("briefing", briefing)
        for entry in entries:
            commit.move_segment(folder, self._folder, entry)
        self._changed = True
        self.flush(entries)

    def flush(self, adopted: Sequence[Entry] = ()) -> None:
        """Commit what was gathered, and the segments that were `adopted`."""
        if not self._changed:
            return
        entries = [*(part.entry() for part in self._parts if part.live), *adopted]
        if len(self._builder):
            pieces = self._builder.finish()
            entries.append(commit.write_segment(self._folder, len(self._builder), pieces))
        self._added += len(self._builder) + sum(entry.docs for entry in adopted)
        self._publish(entries)
        self._builder = SegmentBuilder()
        self._pending.clear()
        self._changed = False
        self._commits += 1
        if self._committed is not None:
            self._committed()

    def finish(self) -> None:
        """Commit the rest; a large batch of most there is leaves one segment, and none a crowd."""
        self.flush()
        most = 2 * self._added >= sum(part.live.bit_count() for part in self._parts)
        if most and self._added > FLUSH_AT and self._commits > 1:
            self.fold_all()
        elif len(self._parts) > CROWD:
            self.fold()

    def fold(self, at_most: int | None = None) -> bool:
        """Fold the segments that are due, and tell whether there were any."""
        self.flush()
        places = choose(self._parts, at_most)
        if places:
            self._fold(places)
        return bool(places)

    def fold_all(self) -> None:
        """Fold everything into one segment."""
        self.flush()
        if len(self._parts) > 1 or any(part.has_deletions() for part in self._parts):
            self._fold(range(len(self._parts)))

    def _fold(self, places: Sequence[int]) -> None:
        chosen = [self._parts[place] for place in places]
        size, pieces = merge([Part(part.segment, part.live) for part in chosen])
        entries = [p.entry() for n, p in enumerate(self._parts) if n not in set(places)]
        if size:
            entries.insert(0, commit.write_segment(self._folder, size, pieces))
        self._publish(entries)

    def _publish(self, entries: Sequence[Entry]) -> None:
        self._generation += 1
        contents = commit.publish(self._folder, self._generation, entries)
        known = {part.segment_id: part.segment for part in self._parts}
        self._parts = []
        for entry in contents.entries:
            segment = known.get(entry.segment_id) or Segment(self._folder / entry.file_name)
            self._parts.append(_Open(Live.of(segment, entry)))


def _add(builder: SegmentBuilder, briefing: str, info: BriefingInfo, article: Article) -> None:
    builder.add_article(article_record(briefing, article), documents(briefing, info, article))


class _Open:
    """A segment whose deletions are being changed."""

    def __init__(self, part: Live) -> None:
        self.segment = part.segment
        self.segment_id = part.entry.segment_id
        self.live: Bits = part.live

    def delete(self, field: str, value: str) -> bool:
        number = self.segment.find(field, value)
        if number is None:
            return False
        gone = self.live & self.segment.bits(number)
        self.live &= ~gone
        return bool(gone)

    def has_deletions(self) -> bool:
        return self.live != self.segment.everything

    def entry(self) -> Entry:
        deleted = self.segment.everything & ~self.live
        size = (self.segment.size + 7) // 8 if deleted else 0
        return Entry(self.segment_id, self.segment.size, deleted.to_bytes(size, "little"))
