"""Applying an analyst's edits to articles: each where its anchor matches exactly once, or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from briefing.content.anchors import locate
from briefing.content.edit_kinds import KINDS, NoTargetError, set_metadata
from briefing.errors import MismatchError
from briefing.model import NO_POSITION, Anchor, Article, BriefingInfo, Edit, Orphan


def apply_edits(
    articles: Sequence[Article], edits: Iterable[Edit], stances: Sequence[str] | None = None
) -> tuple[tuple[Article, ...], tuple[Orphan, ...]]:
    """Apply edits in order; return the edited articles and the edits that no longer apply.

    An edit is never moved to a similar passage. Applying the same edits again changes nothing. A
    ruling on a position does not apply where its stance is none of `stances`, if these are given.
    """
    by_id = {article.id: article for article in articles}
    orphans = []
    for edit in _without_superseded(tuple(edits)):
        article = by_id.get(edit.anchor.article)
        if article is None:
            orphans.append(Orphan(edit=edit, reason="its article is not in the briefing"))
            continue
        refused = find_unknown_stance(edit, stances)
        if refused is not None:
            orphans.append(Orphan(edit=edit, reason=refused))
            continue
        try:
            by_id[article.id] = _apply(article, edit)
        except MismatchError as error:
            orphans.append(Orphan(edit=edit, reason=error.message))
        except NoTargetError as error:
            orphans.append(Orphan(edit=edit, reason=str(error)))
    return tuple(by_id[article.id] for article in articles), tuple(orphans)


def find_unknown_stance(edit: Edit, stances: Sequence[str] | None) -> str | None:
    """Return why a ruling is of no use: its stance is none of `stances`; `none` always is one."""
    if edit.kind != "rule-position" or stances is None or edit.stance in (*stances, NO_POSITION):
        return None
    known = ", ".join((*stances, NO_POSITION))
    return f"its stance {edit.stance!r} is not in the codebook: {known}"


Apply = Callable[
    [Sequence[Article], Sequence[Edit], BriefingInfo],
    tuple[tuple[Article, ...], tuple[Orphan, ...]],
]
"""As `apply_edits`, with what briefing.yaml says, for what annotates anew."""


def apply_only(
    articles: Sequence[Article], edits: Sequence[Edit], _info: BriefingInfo
) -> tuple[tuple[Article, ...], tuple[Orphan, ...]]:
    """Apply edits, and leave the annotations as they are stored."""
    return apply_edits(articles, edits)


def _without_superseded(edits: tuple[Edit, ...]) -> list[Edit]:
    dropped: set[Anchor] = set()
    kept = []
    for edit in reversed(edits):
        if KINDS[edit.kind].of_quote and edit.anchor in dropped:
            continue
        if edit.kind == "drop-quote":
            dropped.add(edit.anchor)
        kept.append(edit)
    return kept[::-1]


def _apply(article: Article, edit: Edit) -> Article:
    act = KINDS[edit.kind].act
    if act is None:
        return set_metadata(article, edit)
    place = locate(article, edit.anchor)
    edited = act(place, edit)
    chunks = (edited if chunk is place.chunk else chunk for chunk in article.chunks)
    return msgspec.structs.replace(article, chunks=tuple(chunks))
