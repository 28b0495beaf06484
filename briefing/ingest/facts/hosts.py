"""The name of the site that an article is from, where the site itself gives it.

A widely known outlet that one of the site's own lines names (a sign-up, a comment policy), and a
second block set aside too: one line alone may be a partner's, a credit an agency's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from briefing.ingest.blocks import Block, RoleVerdict
from briefing.ingest.lines.forms import site_rules
from briefing.world.outlets import find_outlets, usual_name

_SET_ASIDE = frozenset({"boilerplate", "unrelated"})
_LONGEST = 700


class Host(NamedTuple):
    """The site of an article: its usual name, and the words that name it in a block."""

    name: str
    words: str
    block: int


def find_host(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> Host | None:
    """Return the site that speaks in the lines set aside, None where it does not say its name."""
    named: Counter[str] = Counter()
    own: dict[str, Host] = {}
    for index, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        if verdict.role not in _SET_ASIDE or len(block.text) > _LONGEST:
            continue
        found = {
            one.outlet: one for one in find_outlets(block.text) if one.definite or not one.ambiguous
        }
        named.update(found.keys())
        if verdict.reason in site_rules():
            for name, one in found.items():
                host = Host(usual_name(name) or name, block.text[one.start : one.end], index)
                own.setdefault(name, host)
    sure = [host for name, host in own.items() if named[name] > 1]
    return sure[0] if len(sure) == 1 else None
