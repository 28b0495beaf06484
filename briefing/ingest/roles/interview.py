"""Interviews: which paragraphs are the questions, and so stand as headings over their answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from briefing.ingest.blocks import Block
from briefing.world.outlets import ends_as_outlet, usual_name

_LABEL = re.compile(r"([^\W\d_][\w.’' -]{0,40}?):\s+\S|([QA])\.\s+\S")
_ASKERS = frozenset({"q", "question", "interviewer", "moderator", "host"})
_LONGEST = 80
_MOST_WORDS = 4


def find_questions(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the numbers of the blocks that ask, in a document where speakers alternate.

    Whoever asks is labelled so (`Q:`), is the outlet, or does hardly anything but ask; at least two
    questions and an answer under another label show that it is an interview.
    """
    labelled: defaultdict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        match = _LABEL.match(block.text[:60])
        label = (match[1] or match[2]) if match else ""
        if label and len(label.split()) <= _MOST_WORDS:
            labelled[label].append(index)
    askers = {label for label, places in labelled.items() if _asks(label, places, blocks)}
    if sum(len(labelled[label]) for label in askers) < 2 or not labelled.keys() - askers:
        return frozenset()
    askers.update(label for label in labelled if _is_outlet(label))
    return frozenset(
        index
        for label in askers
        for index in labelled[label]
        if len(blocks[index].text.split()) <= _LONGEST
    )


def _asks(label: str, places: Sequence[int], blocks: Sequence[Block]) -> bool:
    if label.lower() in _ASKERS:
        return True
    asking = sum(blocks[index].text.rstrip("\"'”’) ").endswith("?") for index in places)
    return len(places) >= 2 and asking * 3 >= len(places) * 2


def _is_outlet(label: str) -> bool:
    return label.isupper() and (ends_as_outlet(label) or usual_name(label) is not None)
