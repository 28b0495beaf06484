"""The sections of a report: run-in labels (`Why it matters: …`) and standing headings.

A heading holds until the next one. A run-in label holds for its paragraph and for those without a
label after it, as in newsletters; but where labels open single paragraphs in a row, as in a list
written out, each ends with its paragraph, the last one too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.english.lexicon import read_lexicon
from briefing.ingest.blocks import Block, RoleVerdict

_LABEL = re.compile(r"(?=[\w\"“‘'])([^:\n“”\"]{2,60}):[\s\u00a0]+(?=\S)")
_QUESTION = re.compile(r"(?:Q|Question)\s?[:.]\s+")
_ENDS = frozenset(".:?!—–-")
_MOST_WORDS = 7
_ROW = 3


def find_label(block: Block, *, english: bool) -> str | None:
    """Return the run-in label that opens a block, without its colon; None where there is none.

    A label is set in bold, or is one of the usual ones, or has at least two words of which one
    after the first is no name: `Trump: …` may be a speaker. Only `english` sentences are told from
    labels by their words; elsewhere a label is in bold, and a mark ends it.
    """
    if block.label:
        bold = block.text[: block.label].strip(" \u00a0:.—–-")
        short = len(bold.split()) <= _MOST_WORDS + 3 and block.label < len(block.text)
        around = (block.text[: block.label].rstrip()[-1:], block.text[block.label :].lstrip()[:1])
        if bold and short and (english or not _ENDS.isdisjoint(around)):
            return bold
    match = _LABEL.match(block.text[:90]) if english else None
    if match is None:
        return None
    label = match[1].strip()
    words = label.split()
    if len(words) > _MOST_WORDS or not label[:1].isupper() or label[-1:] in ".!?,;)":
        return None
    lexicon = read_lexicon("ingest", "labels")
    if label.lower() in lexicon["labels"]:
        return label
    leads_in = words[-1].lower() in lexicon["introduces"] or any(
        word.lower() in lexicon["speech"] for word in words
    )
    named = not any(word[:1].islower() for word in words[1:])
    return None if leads_in or named or any(char.isdigit() for char in words[0]) else label


@dataclass(slots=True)
class _SectionState:
    """What the next block stands under, and whether labels have carried over paragraphs yet."""

    heading: str | None = None
    label: str | None = None
    row: int = 0
    carries: bool = False
    introduced: bool = False

    def unlabelled(self, block: Block) -> None:
        if self.label is None:
            self.introduced = block.text.rstrip().endswith(":")
        elif block.form == "list" or self.carries:
            return
        elif self.row >= _ROW or (self.introduced and self.row > 1):
            self.label, self.row, self.introduced = None, 0, False
        else:
            self.carries = True


def find_sections(
    blocks: Sequence[Block],
    verdicts: Sequence[RoleVerdict],
    times: Sequence[str | None],
    *,
    english: bool,
) -> list[str | None]:
    """Return the section of every block, in order; None for what stands under none.

    None holds beyond its entry in a live report, whose `times` these are.
    """
    sections: list[str | None] = []
    place = _SectionState()
    entry: str | None = None
    for block, verdict, time in zip(blocks, verdicts, times, strict=True):
        if time is not None and time != entry:
            entry, place = time, _SectionState()
        if verdict.role == "heading":
            title = _QUESTION.sub("", block.text.strip().rstrip(":").rstrip(), count=1)
            place = _SectionState(
                heading=None if (verdict.reason or "").startswith("headline") else title
            )
        if verdict.role != "body":
            sections.append(None)
            continue
        label = find_label(block, english=english)
        if label is None:
            place.unlabelled(block)
        else:
            place.label = label
            place.row += 1
        sections.append(place.label or place.heading)
    return sections
