"""What a block looks like on its own, before its place in the page is considered."""

import re
from collections.abc import Sequence
from typing import Literal

from briefing.ingest.blocks import BODY, Block, RoleVerdict
from briefing.ingest.lines import forms
from briefing.ingest.lines.sources import is_reprint_line

BlockKind = Literal[
    "prose", "item", "title", "caption", "stamp", "marker", "closing", "voice", "note", "line"
]
"""`closing` is a site's own line that ends a page, `voice` any other; `line` is no other kind."""
SHAPES: frozenset[str] = frozenset({"caption", "stamp", "title"})
"""What opens a teaser: a picture, a time, a title."""
_CLOSING_RULES = frozenset({"comments", "error_report", "legal"})
_DESK_LINE = re.compile(
    r"^[(\[]?"
    r"(?:(?:Additional )?(?:[Rr]eporting|[Ww]riting)|Editing|Compiled|Edited|Translated) by\b"
)
_KINDS: dict[str, BlockKind] = {
    "heading": "title", "headline": "title", "list": "item",
    "quote": "line", "code": "line", "table": "line",
}  # fmt: skip
_LONGEST_CAPTION = 60


def classify(blocks: Sequence[Block], index: int) -> BlockKind:
    """Return what a block looks like; beside its own form only the next block counts."""
    block = blocks[index]
    text = block.text
    if block.form == "chrome":
        return "voice"
    is_caption = block.form == "caption" or forms.is_credit(text) or forms.has_credit(text)
    if is_caption or _is_above_credit(blocks, index):
        return "caption"
    if forms.is_editor_note(text):
        return "note"
    if forms.opens_tail(text):
        return "marker"
    rule = forms.site_voice(text)
    if rule is not None:
        return "closing" if rule in _CLOSING_RULES else "voice"
    return _classify_words(block)


def judge_alone(block: Block, kind: BlockKind) -> RoleVerdict:
    """Return the verdict on a block by its own form: body where nothing speaks against it."""
    rule: str | None
    match kind:
        case "caption":
            return RoleVerdict("caption", _caption_rule(block))
        case "note":
            named = "bracketed_note" if block.text[:1] == "[" else "named_note"
            return RoleVerdict("editor-note", named)
        case "voice" | "closing":
            rule = block.reason if block.form == "chrome" else forms.site_voice(block.text)
            rule = rule or "page_furniture"
        case "marker":
            rule = "other_stories"
        case "stamp":
            rule = "time_stamp"
        case _ if is_linked_title(block):
            return RoleVerdict("unrelated", "linked_title")
        case _:
            rule = _service_rule(block)
    return RoleVerdict("boilerplate", rule) if rule else BODY


def _caption_rule(block: Block) -> str:
    if forms.is_credit(block.text):
        return "picture_credit"
    if forms.has_credit(block.text):
        return "ends_in_credit"
    return "picture_caption" if block.form == "caption" else "above_credit"


def _service_rule(block: Block) -> str | None:
    """Return the rule of a line that says who made an article, or where it stood; None for text."""
    if block.form == "byline":
        return "byline"
    if forms.read_address(block.text) is not None:
        return "address_line"
    if len(block.text) <= 300 and _DESK_LINE.match(block.text):
        return "desk_line"
    return "reprint_line" if is_reprint_line(block.text) else None


def is_linked_title(block: Block) -> bool:
    """Whether a block is nothing but a link whose words make a title: it leads elsewhere."""
    if not block.links or block.main is None or not 4 <= forms.count_words(block.text) <= 25:
        return False
    return block.share_linked >= 0.9 and block.text.rstrip()[-1:] not in '.!…"”'


def _classify_words(block: Block) -> BlockKind:
    if forms.is_stamp(block.text):
        return "stamp"
    if block.form in _KINDS:
        return _KINDS[block.form]
    if forms.is_prose(block.text):
        return "prose"
    return "title" if forms.is_title_like(block.text) else "line"


def _is_above_credit(blocks: Sequence[Block], index: int) -> bool:
    """Whether a credit, as markup may say, follows right after a block of one sentence."""
    text = blocks[index].text
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if after is None or after.form in {"caption", "chrome"} or not forms.is_credit(after.text):
        return False
    if forms.count_words(text[:800]) > _LONGEST_CAPTION or re.search(r"[“”]", text):
        return False
    other = forms.site_voice(text) is not None or forms.is_editor_note(text)
    return blocks[index].form == "text" and not other
