"""The name of the site that an article is from, where the site itself gives it.

A widely known outlet that one of the site's own lines names (a sign-up, a comment policy), and a
second block set aside too: one line alone may be a partner's, a credit an agency's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.ingest.blocks import Block, RoleVerdict
from briefing.ingest.lines.forms import site_rules
from briefing.world.outlets import find_outlets, usual_name

_SET_ASIDE = frozenset({"boilerplate", "unrelated"})
_LONGEST = 700


def find_host(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> str | None:
    """Return the site that speaks in the lines set aside, None where it does not say its name."""
    named: Counter[str] = Counter()
    own: set[str] = set()
    for block, verdict in zip(blocks, verdicts, strict=True):
        if verdict.role not in _SET_ASIDE or len(block.text) > _LONGEST:
            continue
        names = {
            one.outlet for one in find_outlets(block.text) if one.definite or not one.ambiguous
        }
        named.update(names)
        if verdict.reason in site_rules():
            own |= names
    sure = [name for name in own if named[name] > 1]
    return usual_name(sure[0]) if len(sure) == 1 else None
