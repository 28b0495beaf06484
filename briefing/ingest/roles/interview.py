"""Interviews: which paragraphs are the questions, and so stand as headings over their answers."""

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from briefing.english.lexicon import read_words
from briefing.english.speaking_turns import Turn, find_turns, may_open_turn
from briefing.ingest.blocks import Block
from briefing.world.outlets import ends_as_outlet, usual_name

_MODERATORS = read_words("english", "turns", "moderates")
_ASKERS = read_words("english", "turns", "asks") | _MODERATORS
_LINE_BREAK = re.compile(r"\n")
_LONGEST = 80
_SAYS_SO = re.compile(
    r"(?i)\binterview(?!ed for)|\b(?:spoke|speaks|talks?|talked) (?:to|with)\b|\bQ\s?&\s?A\b"
    r"|\bin conversation\b|\bconversation with\b|\banswers? \w+ questions\b"
)
_HEAD, _LONGEST_HEAD = 6, 600
_FEWEST_APART, _FEWEST_BETWEEN = 2, 3
_MOST_OF_ANSWER = 8
"""Blocks from one question to the next, where nothing but its form tells a question."""


def part_turns(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks of a talk, each line that may open a turn as one; others as they are."""
    if not any("\n" in block.text for block in blocks):
        return blocks
    parted = [part for block in blocks for part in _part(block)]
    is_talk = any(find_turns([block.text for block in parted])) or _find_unlabelled(parted)
    return parted if is_talk else blocks


def _part(block: Block) -> list[Block]:
    text, cuts = block.text, [0]
    for match in _LINE_BREAK.finditer(text):
        at = match.end()
        asks = cuts[-1] == 0 and block.label in (at, at - 1) and text[:at].rstrip().endswith("?")
        if asks or may_open_turn(text, at):
            cuts.append(at)
    ends: list[int | None] = [*cuts[1:], None]
    return [block.stretch(start, end) for start, end in zip(cuts, ends, strict=True)]


def find_questions(blocks: Sequence[Block], turns: Sequence[Turn | None]) -> frozenset[int]:
    """Return the numbers of the blocks that ask, in a document where speakers alternate.

    Whoever asks is labelled so (`Q:`), is the outlet, or does hardly anything but ask; at least two
    questions and an answer under another label make an interview. Without labels the document says
    that it is one, and questions stand apart or between answers. `turns` are of `find_turns`.
    """
    labelled: defaultdict[str, list[int]] = defaultdict(list)
    for index, turn in enumerate(turns):
        if turn is not None:
            labelled[turn.label].append(index)
    askers = {label for label, places in labelled.items() if _asks(label, places, blocks)}
    asking = {turn.label for turn in turns if turn is not None and turn.kind == "asks"}
    askers |= asking
    if asking:
        askers = {label for label in askers if label.lower() not in _MODERATORS}
    if sum(len(labelled[label]) for label in askers) < 2 or not labelled.keys() - askers:
        return frozenset() if any(turns) else _find_unlabelled(blocks)
    capitals = (label for label in labelled if label.isupper())
    askers.update(each for each in capitals if ends_as_outlet(each) or usual_name(each))
    asked = (index for label in askers for index in labelled[label])
    return frozenset(index for index in asked if len(blocks[index].text.split()) <= _LONGEST)


def _find_unlabelled(blocks: Sequence[Block]) -> frozenset[int]:
    head = (block.text[:_LONGEST_HEAD] for block in blocks[:_HEAD])
    if not any(map(_SAYS_SO.search, head)):
        return frozenset()
    asked = [index for index, block in enumerate(blocks) if _is_question(block)]
    apart = [index for index in asked if _is_apart(blocks[index])]
    if len(apart) >= _FEWEST_APART and len(apart) * 2 >= len(asked):
        rest = range(apart[0], len(blocks))
        return frozenset(index for index in rest if _is_apart(blocks[index]))
    steps = [after - before for before, after in itertools.pairwise(asked)]
    if len(asked) < _FEWEST_BETWEEN or not all(2 <= step <= _MOST_OF_ANSWER for step in steps):
        return frozenset()
    return frozenset(asked)


def _is_apart(block: Block) -> bool:
    """Whether markup sets a whole block apart, as a heading or in bold."""
    return block.form == "heading" or 0 < len(block.text.rstrip()) <= block.label


def _is_question(block: Block) -> bool:
    text = block.text.rstrip("\"'”’) ")
    is_told = block.form in {"text", "heading"} and block.main is not False
    return is_told and text.endswith("?") and len(text.split()) <= _LONGEST


def _asks(label: str, places: Sequence[int], blocks: Sequence[Block]) -> bool:
    if label.lower() in _ASKERS:
        return True
    asking = sum(blocks[index].text.rstrip("\"'”’) ").endswith("?") for index in places)
    return len(places) >= 2 and asking * 3 >= len(places) * 2
