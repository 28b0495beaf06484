"""What a briefing holds already, looked up once for a whole batch, and what codebook it is of."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from briefing.annotate.positions.codebook import codebook_in_use, readable_text
from briefing.codebooks import Codebook
from briefing.content.articles import METADATA_BYTES, parse_metadata, read_article
from briefing.content.files import read_bytes, read_plain
from briefing.content.folders import ORIGINALS, article_paths
from briefing.content.info import INFO_NAME, read_info
from briefing.errors import BriefingError, NotFoundError
from briefing.model import Article, BriefingInfo


class Holdings:
    """The articles and originals of a briefing, those that a batch is about to store included.

    Right for as long as the library's lock is held. An original without an article (a process was
    killed between the two writes) counts for nothing: it becomes that of the article it belongs to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids = {path.stem for path in stored_articles(folder)}
        self._by_size: defaultdict[int, list[Path]] = defaultdict(list)
        self._by_digest: dict[int, defaultdict[str, list[Path]]] = {}
        self._pending: dict[str, dict[int | None, str]] = {}
        self._taken = set(self._ids)
        with suppress(FileNotFoundError), os.scandir(folder / ORIGINALS) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    path = Path(entry.path)
                    self._by_size[entry.stat(follow_symlinks=False).st_size].append(path)
                    self._taken.add(path.stem)

    def known(self, sha256: str, size: int) -> dict[int | None, str]:
        """Map the parts of a file that are held, None for the whole, to their articles' ids."""
        known = dict(self._pending.get(sha256, {}))
        for path in self._same(sha256, size):
            if path.stem in self._ids:
                known[None] = path.stem
            else:
                known |= self._parts_of(path)
        return known

    def taken(self, sha256: str, size: int) -> Collection[str]:
        """Return the ids in use; that of a leftover original of this very file is in nobody's."""
        same = {path.stem for path in self._same(sha256, size)} - self._ids
        return self._taken - same if same else self._taken

    def note(self, article: Article) -> None:
        """Count an article, and the file it was made of, as held."""
        self._taken.add(article.id)
        self._pending.setdefault(article.source.sha256, {})[article.source.part] = article.id

    def _same(self, sha256: str, size: int) -> list[Path]:
        """Return the originals that are this file; each one of its size is read once."""
        if size not in self._by_digest:
            found = self._by_digest[size] = defaultdict(list)
            for path in sorted(self._by_size.get(size, ())):
                found[hashlib.sha256(read_plain(path) or b"").hexdigest()].append(path)
        return self._by_digest[size].get(sha256, [])

    def _parts_of(self, original: Path) -> dict[int | None, str]:
        name = f"{ORIGINALS}/{original.name}"
        parts: dict[int | None, str] = {}
        for path in stored_articles(self._folder):
            with suppress(BriefingError, OSError):
                data = read_bytes(path)
                if name.encode() in data[:METADATA_BYTES]:
                    source = parse_metadata(data, path).source
                    if source.file == name:
                        parts[source.part] = path.stem
        return parts


def stored_articles(folder: Path) -> tuple[Path, ...]:
    """List the article files of a briefing that may not exist yet."""
    with suppress(NotFoundError):
        return article_paths(folder)
    return ()


_ASKED: Final = 3
"""Articles of a briefing that are read to learn which book it has, however many there are."""


def info_of(folder: Path, title: str) -> BriefingInfo:
    """Return the briefing.yaml of a folder; where there is none, that of a new briefing."""
    path = folder / INFO_NAME
    return read_info(path) if path.exists() else BriefingInfo(title=title)


class CodebookFinder:
    """Finds the codebook of an article's briefing, new ones by the batch's first `drafts`."""

    def __init__(self, drafts: Sequence[Article]) -> None:
        self._drafts = drafts
        self._last: tuple[Path, BriefingInfo, Codebook] | None = None

    def find(self, folder: Path, info: BriefingInfo, draft: Article | None) -> Codebook:
        """Return the codebook for a draft, the stored articles' first; without one a likely one."""
        if self._last is not None and self._last[:2] == (folder, info):
            return self._last[2]
        texts = map(readable_text, self._drafts or ((draft,) if draft else ()))
        codebook = codebook_in_use(info, _stamps(folder), texts)
        if draft is not None:
            self._last = folder, info, codebook
        return codebook


def _stamps(folder: Path) -> Iterator[str | None]:
    for path in stored_articles(folder)[:_ASKED]:
        with suppress(BriefingError, OSError):
            article = read_article(path)
            yield article.annotator.codebook if article.annotator else None
