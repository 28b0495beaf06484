"""Edits applied to articles, whose annotations are then those of the text as it was edited.

Where an edit sets aside a block or restores one, the rules read the article again without it or
with it. Applying alone is `content.applying`, which knows no rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from briefing.codebooks import Codebook
from briefing.content.applying import apply_edits
from briefing.content.digests import is_hand_edited
from briefing.model import ANNOTATED, Article, BriefingInfo, Chunk, Edit, Orphan


def apply_and_annotate(
    articles: Sequence[Article], edits: Sequence[Edit], info: BriefingInfo
) -> tuple[tuple[Article, ...], tuple[Orphan, ...]]:
    """Return the edited articles, annotated as edited, and the edits that do not apply.

    Costs more than `apply_edits` for articles in which a role was changed or a position ruled on,
    and for no others.
    """
    kinds = {edit.kind for edit in edits}
    if not kinds & {"set-role", "rule-position"}:
        return apply_edits(articles, edits)
    from briefing.annotate.positions.codebook import codebook_for

    codebook = codebook_for(info, articles)
    edited, orphans = apply_edits(articles, edits, codebook.names)
    fresh = tuple(
        _annotated_again(stored, changed, codebook) if _roles(stored) != _roles(changed) else stored
        for stored, changed in zip(articles, edited, strict=True)
    )
    if all(one is other for one, other in zip(fresh, articles, strict=True)):
        return edited, orphans
    return apply_edits(fresh, edits, codebook.names)


def _roles(article: Article) -> list[str]:
    return [chunk.role for chunk in article.chunks]


def _annotated_again(stored: Article, edited: Article, codebook: Codebook) -> Article:
    """Return the stored article with the annotations that it has in its edited roles.

    Of an article annotated or changed by hand only the blocks whose role was edited are annotated.
    """
    from briefing.annotate import pipeline

    chunks = tuple(
        replace(chunk, role=other.role, reason=other.reason)
        for chunk, other in zip(stored.chunks, edited.chunks, strict=True)
    )
    fresh = pipeline.annotate(replace(edited, chunks=chunks), codebook).chunks
    made_by = stored.annotator.name if stored.annotator else None
    by_rules = made_by == pipeline.NAME and not is_hand_edited(stored)
    return replace(
        stored,
        chunks=tuple(
            _with_annotations(chunk, found) if by_rules or chunk.role != found.role else chunk
            for chunk, found in zip(stored.chunks, fresh, strict=True)
        ),
    )


def _with_annotations(chunk: Chunk, found: Chunk) -> Chunk:
    return replace(chunk, **{field: getattr(found, field) for field in ANNOTATED})
