"""Reading, writing and applying `edits.yaml`, the analyst's corrections.

Each applies where its anchor matches exactly once, or not at all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from briefing.content import yaml_reading, yaml_writing
from briefing.content.anchors import locate
from briefing.content.edit_kinds import KINDS, NoTargetError, find_edit_fault, set_metadata
from briefing.content.files import read_bytes
from briefing.content.yaml_reading import UTF8_BOM, decode
from briefing.content.yaml_writing import write_flow
from briefing.errors import ContentError, InputError, MismatchError, NotFoundError, UsageError
from briefing.model import EDITS_FORMAT, NO_POSITION, Article, BriefingInfo, Edit, Orphan, Record

EDITS_NAME = "edits.yaml"
OLDER_EDITS = ("briefing/edits/1",)
"""`set-date` with a `date` was an edit of its own."""


class _EditsFile(Record, frozen=True, kw_only=True):
    format: str = EDITS_FORMAT
    edits: tuple[Edit, ...] = ()


def read_edits(path: Path, open_file: Callable[[Path], bytes] = read_bytes) -> tuple[Edit, ...]:
    """Read the edits at `path`, by `open_file`, () without one; raises ContentError with place."""
    with suppress(NotFoundError):
        return parse_edits(open_file(path), path)
    return ()


def parse_edits(data: bytes, path: Path) -> tuple[Edit, ...]:
    """Return the edits in the bytes of an `edits.yaml`; raises as `read_edits` does."""
    text = decode(data, path)
    plain = yaml_reading.load(text, path)
    if plain is None:
        return ()
    yaml_reading.check_format(plain, EDITS_FORMAT, text, path, older=OLDER_EDITS)
    edits = yaml_reading.to_record(_convert(plain), _EditsFile, text, path).edits
    for number, fault in _find_faults(edits):
        steps = ("edits", number, "id")
        where = yaml_reading.describe_steps(steps)
        yaml_reading.refuse_at(f"{fault} (at {where})", steps, text, path)
    return edits


def _find_faults(edits: Iterable[Edit]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for number, edit in enumerate(edits):
        fault = find_edit_fault(edit)
        if fault or edit.id in seen:
            yield number, fault or f"the edit id {edit.id!r} is used twice"
        seen.add(edit.id)


def dump_edits(edits: Iterable[Edit]) -> str:
    """Return the text of an `edits.yaml`, one line per edit."""
    lines = yaml_writing.write_lines("edits", edits, "") or ["edits: []"]
    return "\n".join([f"format: {EDITS_FORMAT}", *lines, ""])


def change_edits(
    data: bytes | None, path: Path, change: Callable[[tuple[Edit, ...]], Iterable[Edit]]
) -> bytes:
    """Return an `edits.yaml` with its edits changed alone; raises UsageError, ContentError."""
    before = parse_edits(data, path) if data is not None else ()
    after = tuple(change(before))
    for _, fault in _find_faults(after):
        raise UsageError(f"The edit was not stored: {fault}.")
    if data is not None:
        if after == before:
            return data
        new = _rewrite(decode(data, path), before, after)
        with suppress(ContentError):
            if new is not None and parse_edits(new.encode("utf-8"), path) == after:
                mark = UTF8_BOM if data.startswith(UTF8_BOM) else b""
                return mark + new.encode("utf-8")
    return dump_edits(after).encode("utf-8")


def _rewrite(text: str, before: Sequence[Edit], after: Sequence[Edit]) -> str | None:
    """Return the text with only those lines changed that differ; None where that cannot be."""
    if all(not line or line.startswith("#") for line in map(str.strip, text.splitlines())):
        return f"{text.rstrip()}\n".lstrip("\n") + dump_edits(after)
    items = tuple(write_flow(edit) for edit in after)
    try:
        if f"format: {EDITS_FORMAT}" not in text:
            return None
        old = [write_flow(edit) for edit in before]
        below = tuple(f"- {item}" for item in items)
        value = yaml_writing.YamlValue("" if items else "[]", below)
        changed = yaml_writing.replace_items(text, "edits", old, items)
        return changed or yaml_writing.replace_value(text, "edits", value)
    except (InputError, RecursionError):
        return None


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
        try:
            by_id[article.id] = _apply(article, edit, stances)
        except (MismatchError, NoTargetError) as error:
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
    dropped = set()
    kept = []
    for edit in reversed(edits):
        if edit.kind == "drop-quote":
            dropped.add(edit.anchor)
        elif KINDS[edit.kind].of_quote and edit.anchor in dropped:
            continue
        kept.append(edit)
    return kept[::-1]


def _apply(article: Article, edit: Edit, stances: Sequence[str] | None) -> Article:
    refused = find_unknown_stance(edit, stances)
    if refused is not None:
        raise NoTargetError(refused)
    act = KINDS[edit.kind].act
    if act is None:
        return set_metadata(article, edit)
    place = locate(article, edit.anchor)
    edited = act(place, edit)
    chunks = (edited if chunk is place.chunk else chunk for chunk in article.chunks)
    return msgspec.structs.replace(article, chunks=tuple(chunks))


def _convert(data: Any) -> Any:
    """Return the plain data of an `edits.yaml`, brought to the current format."""
    if not isinstance(data, dict) or data.get("format") not in OLDER_EDITS:
        return data
    edits = data.get("edits")
    for edit in edits if isinstance(edits, list) else ():
        if isinstance(edit, dict) and edit.get("kind") == "set-date":
            edit |= {"kind": "set-metadata", "field": "date", "value": edit.pop("date", None)}
    return data
