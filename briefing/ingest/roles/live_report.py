"""Live reports: which lines give the time of an entry, and which blocks an entry holds."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from briefing.ingest.blocks import Block, RoleVerdict
from briefing.ingest.lines.forms import clock_time

_FEWEST = 3
_READ = frozenset({"body", "heading", "caption", "standfirst"})


def is_live_report(blocks: Sequence[Block]) -> bool:
    """Whether a document is a live report: lines give times of day, in order or in reverse."""
    times = [time for block in blocks if (time := clock_time(block.text))]
    steps = [before <= after for before, after in itertools.pairwise(times)]
    turns = min(sum(steps), len(steps) - sum(steps))
    return len(times) >= _FEWEST and turns <= len(times) // 8


def find_entry_times(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> list[str | None]:
    """Return for every block the time, `HH:MM`, of its entry in a live report; None outside one."""
    times: list[str | None] = [None] * len(blocks)
    if not is_live_report(blocks):
        return times
    time: str | None = None
    for index, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        time = clock_time(block.text) or time
        if verdict.role in _READ:
            times[index] = time
    return times
