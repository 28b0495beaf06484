"""Knows which role each block has, by its form and its place, and names the rule that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.ingest import forms
from briefing.ingest.blocks import BODY, Block, Verdict
from briefing.ingest.front import Front, caption_rule, read_front
from briefing.ingest.lexicon import read_lexicon
from briefing.ingest.tail import Kind, Tail, find_tails

_CLOSING_RULES = frozenset({"comments", "error-report", "legal", "form-message", "loading"})
_DESK_LINE = re.compile(
    r"^[(\[]?(?:(?:Additional )?(?:[Rr]eporting|[Ww]riting)|Editing|Compiled|Edited|Translated) by\b"
)
_LONGEST_CAPTION = 60
_LONGEST_HEADING = 12


def assign_roles(blocks: Sequence[Block]) -> tuple[list[Verdict], Front]:
    """Return the verdict on every block, in order, and where the parts of the front stand."""
    kinds = [classify(blocks, index) for index in range(len(blocks))]
    front, above = read_front(blocks, kinds)
    verdicts = [
        above[i] if i in above else _judge_alone(blocks[i], kinds[i]) for i in range(len(blocks))
    ]
    tails = find_tails([block.text for block in blocks], kinds, front.story)
    outside: set[int] = set()
    for tail in tails:
        outside.update(range(tail.start, tail.stop))
        _set_aside(blocks, kinds, verdicts, tail)
    for index in range(front.story, len(blocks)):
        if index not in outside and _is_heading(blocks, kinds, index, outside):
            verdicts[index] = Verdict("heading", "title-line")
    return verdicts, front


def classify(blocks: Sequence[Block], index: int) -> Kind:
    """Return what a block looks like; beside its own form only the next block counts."""
    block = blocks[index]
    text = block.text
    if block.form == "caption" or forms.is_credit(text) or forms.has_credit(text):
        return "caption"
    if _is_above_credit(blocks, index):
        return "caption"
    if forms.is_editor_note(text):
        return "note"
    if forms.opens_tail(text):
        return "marker"
    rule = "chrome" if block.form == "chrome" else forms.site_voice(text)
    if rule is not None:
        return "closing" if rule in _CLOSING_RULES else "voice"
    return _classify_words(block)


def _classify_words(block: Block) -> Kind:
    if forms.is_stamp(block.text):
        return "stamp"
    if block.form in {"heading", "headline"}:
        return "title"
    if block.form == "list":
        return "item"
    if forms.is_prose(block.text):
        return "prose"
    return "title" if forms.is_title_like(block.text) else "line"


def _is_above_credit(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a credit follows right after a block that is one plain sentence or a line."""
    text = blocks[index].text
    if index + 1 >= len(blocks) or not forms.is_credit(blocks[index + 1].text):
        return False
    if forms.count_words(text[:800]) > _LONGEST_CAPTION or re.search(r"[“”]", text):
        return False
    return blocks[index].form == "text" and forms.site_voice(text) is None


def _judge_alone(block: Block, kind: Kind) -> Verdict:
    """Return the verdict on a block of the story's part of the page, its place not yet considered."""
    if kind == "caption":
        return Verdict("caption", caption_rule(block.text))
    if kind == "note":
        return Verdict("editor-note", "bracketed-note" if block.text[:1] == "[" else "named-note")
    if kind in {"voice", "closing"}:
        return Verdict("boilerplate", forms.site_voice(block.text) or "page-furniture")
    if kind == "stamp":
        return Verdict("boilerplate", "time-stamp")
    if len(block.text) <= 300 and _DESK_LINE.match(block.text):
        return Verdict("boilerplate", "desk-line")
    return BODY


def _set_aside(
    blocks: Sequence[Block], kinds: Sequence[Kind], verdicts: list[Verdict], tail: Tail
) -> None:
    """Give every block of a tail its role: the site's own lines are boilerplate, the rest is not ours.

    What follows a site's own line without being running text is part of it: the items of a
    policy, the fields of a form.
    """
    after_voice = tail.rule == "after-end-matter"
    for index in range(tail.start, tail.stop):
        rule = forms.site_voice(blocks[index].text)
        if rule is not None and kinds[index] != "marker":
            verdicts[index] = Verdict("boilerplate", rule)
            continue
        if after_voice and kinds[index] != "prose":
            verdicts[index] = Verdict("boilerplate", tail.rule)
            continue
        verdicts[index] = Verdict("unrelated", tail.rule)


def _is_heading(
    blocks: Sequence[Block], kinds: Sequence[Kind], index: int, outside: set[int]
) -> bool:
    """Tell whether a line inside the story stands as a title over what follows."""
    block = blocks[index]
    if kinds[index] != "title":
        return False
    if block.form in {"heading", "headline"}:
        return True
    text = block.text.rstrip()
    if forms.count_words(text) > _LONGEST_HEADING or text[:1] in "“\"'‘":
        return False
    if text.endswith(":") and _introduces(text):
        return False
    after = next(
        (i for i in range(index + 1, len(blocks)) if kinds[i] not in {"voice", "caption"}), None
    )
    if after is None or after in outside or kinds[after] not in {"prose", "item", "note"}:
        return False
    before = next((i for i in range(index - 1, -1, -1) if kinds[i] != "voice"), None)
    return before is None or not blocks[before].text.rstrip().endswith((":", ","))


def _introduces(text: str) -> bool:
    """Tell whether a line that ends in a colon leads into speech or a list."""
    words = text.rstrip(": ").split()
    return not words or words[-1].lower() in read_lexicon("labels")["speech"]
