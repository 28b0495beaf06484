"""Edits applied to articles, whose annotations are then those of the text as it was edited.

Where an edit sets aside a block or restores one, says what a name means or when the article
appeared, the rules read the article again.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from briefing.codebooks import Codebook
from briefing.content.articles import is_hand_edited
from briefing.content.edit_kinds import KINDS
from briefing.content.edits import apply_edits
from briefing.model import ANNOTATED, Article, BriefingInfo, Edit, Orphan


def apply_and_annotate(
    articles: Sequence[Article], edits: Sequence[Edit], info: BriefingInfo
) -> tuple[tuple[Article, ...], tuple[Orphan, ...]]:
    """Return the articles edited, read again where edits need it, and edits that do not apply."""
    kinds = {edit.kind for edit in edits}
    if "rule-position" not in kinds and not any(KINDS[kind].reads_again for kind in kinds):
        return apply_edits(articles, edits)
    from briefing.annotate.positions.codebook import codebook_for

    codebook = codebook_for(info, articles)
    edited, orphans = apply_edits(articles, edits, codebook.names)
    pairs = list(zip(articles, edited, strict=True))
    differ = [_as_read(stored) != _as_read(changed) for stored, changed in pairs]
    if not any(differ):
        return edited, orphans
    fresh = tuple(
        _annotated_again(*pair, edits, codebook) if is_other else pair[0]
        for pair, is_other in zip(pairs, differ, strict=True)
    )
    edited, orphans = apply_edits(fresh, edits, codebook.names)
    return tuple(map(_weighed, fresh, edited)), orphans


_MENTIONS = ("drop-mention", "add-mention", "set-mention")


def _as_read(article: Article) -> object:
    """Return what the rules read of an article, and what they say of countries."""
    return (
        [(chunk.role, chunk.mentions) for chunk in article.chunks],
        article.headline,
        article.language,
        article.date.value if article.date else None,
    )


def _weighed(stored: Article, edited: Article) -> Article:
    """Return the edited article with the weights of countries in chunks whose mentions changed."""
    from briefing.annotate.countries.salience import weigh_chunk

    chunks = tuple(
        chunk
        if chunk.mentions == before.mentions
        else replace(chunk, countries=weigh_chunk(chunk.mentions, chunk.text))
        for before, chunk in zip(stored.chunks, edited.chunks, strict=True)
    )
    return replace(edited, chunks=chunks)


def _annotated_again(
    stored: Article, edited: Article, edits: Sequence[Edit], codebook: Codebook
) -> Article:
    """Return the stored article with the annotations that it has as edited.

    Of an article annotated or changed by hand only the blocks whose role was edited are annotated.
    """
    from briefing.annotate import pipeline

    both = zip(stored.chunks, edited.chunks, strict=True)
    chunks = [replace(one, role=other.role, reason=other.reason) for one, other in both]
    draft = replace(edited, chunks=tuple(chunks))
    named = [edit for edit in edits if edit.kind in _MENTIONS]

    def correct(article: Article) -> Article:
        return _weighed(article, apply_edits((article,), named)[0][0])

    fresh = pipeline.annotate(draft, codebook, correct).chunks
    made_by = stored.annotator.name if stored.annotator else None
    by_rules = made_by == pipeline.NAME and not is_hand_edited(stored)
    return replace(
        stored,
        chunks=tuple(
            replace(chunk, **{field: getattr(found, field) for field in ANNOTATED})
            if by_rules or chunk.role != found.role
            else chunk
            for chunk, found in zip(stored.chunks, fresh, strict=True)
        ),
    )
