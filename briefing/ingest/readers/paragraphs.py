"""How the paragraphs of a text are set: by blank lines, by lines, by wrapping or by indents.

A paragraph is a span of the text, so that its odd spaces and the breaks inside it stay as read. One
that was broken in the middle of a sentence is joined, by the marks on both sides.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from briefing.english.lexicon import read_words
from briefing.english.speaking_turns import may_open_turn
from briefing.ingest.blocks import BLANKS, Block, join_blocks
from briefing.ingest.lines import forms
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.forms import is_byline, is_title_like
from briefing.ingest.lines.stated_dates import find_date

MAX_CHUNK = 100_000
"""Longer paragraphs are cut, after a sentence where there is one."""
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 30
_FEWEST_WRAPPED = 6
_LONGEST_WORD = 30
_FRONT = 600
"""How far into a text its byline may stand."""
_LINE = re.compile(r"(?m)^.*$")
_ITEM = re.compile(r"\s{0,40}(?:[•‣▪●◦·*–—-]\s{1,9}\S|\(?\d{1,3}[.)]\s{1,9}\S)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]{0,3}\s")
_SENTENCE_MARKS = frozenset(".!?。！？")
_MOST_PARTS = 4
_SHORTEST = 40
_LAST_WORD = re.compile(r"(\w[\w.]{0,9})\s*$")
_TERMINAL = frozenset(".!?…:;\"”'’»)]*")


class ParagraphSpan(NamedTuple):
    """A stretch of a text, `end` exclusive."""

    start: int
    end: int


def is_item(text: str) -> bool:
    """Whether a line opens as an item of a list: a bullet or a number."""
    return _ITEM.match(text) is not None


def find_paragraphs(text: str, *, by_blank_lines: bool = False) -> list[ParagraphSpan]:
    """Return the paragraphs of a text; with `by_blank_lines` only blank lines part them."""
    lines = [ParagraphSpan(*line.span()) for line in _LINE.finditer(text)]
    filled = itertools.groupby(lines, lambda line: bool(text[line.start : line.end].strip()))
    groups = (list(group) for is_filled, group in filled if is_filled)
    if by_blank_lines:
        return [ParagraphSpan(group[0].start, group[-1].end) for group in groups]
    width = _wrap_width([text[start:end] for start, end in lines])
    return [span for group in groups for span in _cut_group(text, group, width)]


def to_blocks(paragraphs: Iterable[str]) -> list[Block]:
    """Make blocks of paragraphs: blanks around them are left out, excessive lengths cut."""
    pieces = (piece.strip(BLANKS) for each in paragraphs for piece in cut_long(each))
    return [Block(piece, "list" if is_item(piece) else "text") for piece in pieces if piece]


def cut_block(block: Block) -> Iterator[Block]:
    """Yield a block without the blanks around it, in several where it is too long; none blank."""
    if len(block.text) <= MAX_CHUNK and block.text.strip(BLANKS) == block.text:
        yield from [block] if block.text else []
        return
    start = 0
    for piece in cut_long(block.text.rstrip(BLANKS)):
        made = block.stretch(start, start + len(piece))
        start += len(piece)
        if made.text:
            yield made


def cut_long(text: str) -> Iterator[str]:
    """Yield `text`, in several pieces where it is longer than MAX_CHUNK."""
    start = 0
    while len(text) - start > MAX_CHUNK:
        end = _place_to_cut(text, start, start + MAX_CHUNK)
        yield text[start:end]
        start = end
    yield text[start:] if start else text


def _place_to_cut(text: str, start: int, limit: int) -> int:
    window = max(start + 1, limit - 2_000)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, window, limit)]
    blank = max(text.rfind(char, window, limit) for char in " \n\t")
    return ends[-1] if ends else blank + 1 if blank > 0 else limit


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the column at which nearly no next word would have fitted, 0 for unwrapped text."""
    long = sum(len(line) > _WIDEST_WRAP for line in lines)
    short = [line for line in lines if len(line) <= _WIDEST_WRAP and line.strip()]
    ended = sum(line.rstrip()[-1] in _SENTENCE_MARKS for line in short)
    if not short or long * 20 > len(short) or ended * 2 > len(short):
        return 0
    width = max(len(line.rstrip()) for line in short)
    pairs = fitting = 0
    for line, after in itertools.pairwise(lines):
        if line.strip() and after.strip() and not is_item(after):
            pairs += 1
            fitting += _would_not_fit(line, after, width)
    return width if width >= _NARROWEST_WRAP and pairs and fitting * 3 >= pairs * 2 else 0


def _would_not_fit(line: str, after: str, width: int) -> bool:
    word = after.split(None, 1)[0]
    # Scripts without spaces break behind any character.
    first = len(word) if len(word) < _LONGEST_WORD else 1
    return len(line.rstrip()) + 1 + first > width - width // 8


def _cut_group(text: str, group: Sequence[ParagraphSpan], width: int) -> Iterator[ParagraphSpan]:
    if not width:
        yield from group
        return
    start = group[0].start
    for before, line in itertools.pairwise(group):
        above, below = text[before.start : before.end], text[line.start : line.end]
        signed = line.start < _FRONT and _is_signature(below)
        if signed or _opens_paragraph(above, below, width):
            yield ParagraphSpan(start, before.end)
            start = line.start
    yield ParagraphSpan(start, group[-1].end)


def join_wrapped(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, those joined by line feeds that markup made of the lines of wrapped text."""
    for plain, run in itertools.groupby(blocks, lambda each: each.form == "text"):
        group = list(run)
        width = _wrap_width([each.text for each in group]) if plain else 0
        if not width or sum(bool(each.text.strip()) for each in group) < _FEWEST_WRAPPED:
            yield from group
            continue
        lines: list[Block] = []
        for block in (*group, Block("")):
            text = block.text
            parts = not text.strip() or _is_signature(text)  # Else it may be a beginning.
            if lines and (parts or _opens_paragraph(lines[-1].text, text, width)):
                yield join_blocks(lines, "\n" * (len(lines) - 1))
                lines = []
            if text.strip():
                lines.append(block)


def _is_signature(text: str) -> bool:
    return is_byline(text) and bool(read_authors(text))


def _opens_paragraph(line: str, after: str, width: int) -> bool:
    """Whether, in wrapped text, a line opens a paragraph of its own."""
    ended = line.rstrip()[-1:] in _SENTENCE_MARKS
    if is_item(after) or (ended and may_open_turn(after)):
        return True
    indented = after[:1].isspace() and not line[:1].isspace()
    if not indented and after[:1].islower() and line.rstrip()[-1:] not in {*".!?:"}:
        return False
    return indented or not _would_not_fit(line, after, width - width // 4)


def join_broken(text: str, paragraphs: Sequence[ParagraphSpan]) -> list[ParagraphSpan]:
    """Join the paragraphs that were broken within a sentence; the break stays in the text."""
    joined: list[ParagraphSpan] = []
    parts = 1
    for index, span in enumerate(paragraphs):
        if index and parts < _MOST_PARTS:
            before = paragraphs[index - 1]
            gap = text[before.end : span.start]
            head, tail = text[before.start : before.end], text[span.start : span.end]
            signed = span.start < _FRONT and _is_signature(tail)
            runs = runs_on(head, tail) and not signed
            if runs or (index == 1 and _is_split_title(head, gap, tail)):
                joined[-1] = ParagraphSpan(joined[-1].start, span.end)
                parts += 1
                continue
        joined.append(span)
        parts = 1
    return joined


def runs_on(before: str, after: str) -> bool:
    """Whether a sentence runs from the end of one paragraph into the next."""
    head, tail = before.rstrip(), after.lstrip()
    if len(head) < _SHORTEST or is_item(tail) or not _breaks_off(head, tail):
        return False
    return not (_stands_alone(head) or _stands_alone(tail))


def _is_split_title(head: str, gap: str, tail: str) -> bool:
    """Whether a title in capitals was broken over the first two lines of a text."""
    capitals = head.isupper() and tail.isupper() and gap.count("\n") == 1
    fit = is_title_like(head) and is_title_like(tail.rstrip(".")) and len(head.split()) >= 3
    return capitals and fit and not (is_byline(tail) or find_date(tail) or _stands_alone(tail))


def _stands_alone(text: str) -> bool:
    """Whether a paragraph is an address, or a line of the site (advertising, other stories)."""
    is_alone = forms.site_voice(text) is not None or forms.opens_tail(text)
    return is_alone or forms.read_address(text) is not None


def _breaks_off(head: str, tail: str) -> bool:
    last, first = head[-1], tail[:1]
    if last == "-" and (head[-2].isalnum() or head[-2] == "."):
        return first.isalnum()
    word = _LAST_WORD.search(head[-12:])
    if word is not None and word[1] in read_words("ingest", "words", "titles", "open ends"):
        return first.isalnum() or first in "“\"'‘"
    if first.islower() and last not in _TERMINAL:
        return True
    # A quotation that the one paragraph leaves open is closed by the other, which did not open it.
    close = tail.find("”")
    return head.rfind("“") > head.rfind("”") and close >= 0 and not -1 < tail.find("“") < close
