"""Knows the name of the site that a page is from, where the page itself names it in its own lines.

One line that welcomes to the site's own comment section is enough. Of other lines two of different
kinds must name the same widely known outlet: one alone may be a partner's, a credit an agency's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.ingest.blocks import Block, RoleVerdict
from briefing.world.outlets import usual_name

_NAME = r"(?:The )?[A-Z][\w&.]*(?: (?:and |of |the |& )?[A-Z][\w&.]*){0,4}"
_WELCOME = re.compile(
    rf"\bWelcome to (?P<name>{_NAME})[’']s (?:comments?|commenting|readers?) (?:community|section)"
)
_OWN_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("sign_up", re.compile(rf"^(?:Get|Sign up for|Subscribe to) (?P<name>{_NAME})")),
    ("illustration", re.compile(rf"^Illustration: .{{2,60}}/\s?(?P<name>{_NAME})$")),
    ("more_from", re.compile(rf"^More from (?P<name>{_NAME})$")),
    ("rights", re.compile(rf"^(?:Copyright )?(?:©|\(c\)) ?(?:\d{{4}} )?(?P<name>{_NAME})")),
)
_SET_ASIDE = frozenset({"boilerplate", "unrelated"})


def find_host(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> str | None:
    """Return the site that speaks in the lines set aside, None where it does not say its name."""
    kinds: dict[str, set[str]] = {}
    for block, verdict in zip(blocks, verdicts, strict=True):
        if verdict.role not in _SET_ASIDE or len(block.text) > 700:
            continue
        welcome = _WELCOME.search(block.text)
        if welcome is not None:
            return usual_name(welcome["name"]) or welcome["name"]
        for kind, name in _own_names(block.text):
            kinds.setdefault(name, set()).add(kind)
    named = [name for name, found in kinds.items() if len(found) > 1]
    return named[0] if len(named) == 1 else None


def _own_names(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > 120:
        return
    for kind, pattern in _OWN_LINES:
        match = pattern.match(text)
        name = _longest_outlet(match["name"]) if match else None
        if name is not None:
            yield kind, name


def _longest_outlet(words: str) -> str | None:
    """Return the known outlet with which a run of capitalised words begins: `Outlet AM`."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        outlet = usual_name(" ".join(parts[:count]))
        if outlet is not None:
            return outlet
    return None
