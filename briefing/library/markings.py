"""What the reader of a clipping marked in it, as edits that are stored with the article."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from briefing.content.anchors import anchor_at, locate
from briefing.content.edit_kinds import quoted
from briefing.content.edits import EDITS_NAME, change_edits
from briefing.content.performing import ActionStep, finish, perform, read_file
from briefing.errors import MismatchError
from briefing.ingest.blocks import Marking
from briefing.library.plans import log_line, new_id
from briefing.model import Anchor, Article, Edit, EditKind, read_chunks
from briefing.wording import counted

MOST = 1_000
"""Markings of an article that become edits: each is looked for in the whole text."""
_KINDS: tuple[EditKind, ...] = ("highlight", "note", "tag")


def to_edits(
    article: Article, marks: Sequence[Marking], *, by: str | None
) -> tuple[tuple[Edit, ...], int]:
    """Return the edits of markings, ids alike each time, and how many became mere notes."""
    whole = _whole(article)
    edits: dict[str, Edit] = {}
    lost = max(0, len(marks) - MOST)
    for mark in marks[:MOST]:
        note, tag, anchor = mark.note, mark.tag, whole
        if mark.exact is not None:
            try:
                anchor = _find(article, mark)
            except MismatchError:
                lost += 1
                cited = quoted(mark.exact) if note else f"“{mark.exact}”"
                note = f"On {cited}: {note}" if note else f"Highlighted: {cited}"
        kind: EditKind = "tag" if tag else "note" if note else "highlight"
        if anchor is None or (kind == "highlight" and mark.exact is None):
            continue
        parts = (anchor.article, anchor.prefix, anchor.exact, anchor.suffix, tag or note or "")
        edit = Edit(
            id=f"{kind}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:12]}",
            kind=kind,
            anchor=anchor,
            text=tag or note,
            by=by,
            made=article.source.added,
        )
        edits.setdefault(edit.id, edit)
    return tuple(edits.values()), lost


def _find(article: Article, mark: Marking) -> Anchor:
    """Return the anchor of the one place of a marking; raises MismatchError without one."""
    around = {"prefix": mark.prefix, "suffix": mark.suffix}
    words = Anchor(article=article.id, exact=mark.exact or "", **around)
    place = locate(article, words)
    return anchor_at(article, place.chunk.id, place.start, place.end)


def _whole(article: Article) -> Anchor | None:
    """Return the anchor of what concerns the whole article: its headline, else its first words."""
    chunks = article.chunks
    headline = [chunk for chunk in chunks if chunk.reason == "headline"]
    for chunk in [*headline, *read_chunks(article), *chunks][:3]:
        with suppress(MismatchError):  # The block stands in the article again.
            return anchor_at(article, chunk.id, 0, len(chunk.text))
    return None


def write_marked(root: Path, edits: Sequence[Edit], files: Sequence[tuple[Path, bytes]]) -> None:
    """Write articles and their markings as one action, under the lock; raises ContentError."""
    finish(root)
    name = files[0][0].parent.name
    place = f"content/{name}/{EDITS_NAME}"
    before = read_file(root, place)

    def add(present: Sequence[Edit]) -> list[Edit]:
        known = {edit.id for edit in present}
        return [*present, *(edit for edit in edits if edit.id not in known)]

    after = change_edits(before, root / place, add)
    marked = ActionStep(path=place, before=before, after=after)
    pairs = ((f"content/{name}/{path.name}", data) for path, data in files)
    stored = (ActionStep(path=at, before=read_file(root, at), after=data) for at, data in pairs)
    said = f"Added to {name} with its documents: {say_marked(edits)}."
    perform(root, (*stored, marked), log_line(new_id(), (name,), said, (marked,)))


def say_marked(edits: Iterable[Edit]) -> str:
    """Return how many highlights, notes and tags there are, in words."""
    counts = Counter(edit.kind for edit in edits)
    return ", ".join(counted(counts[kind], kind) for kind in _KINDS if counts[kind])


def tell_marked(name: str, edits: Sequence[Edit], lost: int) -> Iterator[str]:
    """Yield what became of the markings of a file; `lost` ones found no place of their own."""
    if edits:
        yield f"{name}: {say_marked(edits)} in it became yours; briefing undo takes them out"
    if lost:
        words = f"{counted(lost, 'marking')} matched no place of the text, or several"
        yield f"{name}: {words}: see the notes on the article"
