"""Names under which several speakers or outlets are shown: merged, and parted again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from briefing.errors import NotFoundError, UsageError
from briefing.model import Alias

Merged = Literal["speakers", "outlets"]


def merge(known: Sequence[Alias], into: str, forms: Sequence[str]) -> tuple[tuple[Alias, ...], str]:
    """Return the aliases with forms shown as `into`, and that in a sentence; raises UsageError.

    What was merged into one of the forms comes along.
    """
    into = into.strip()
    given = tuple(form for form in map(str.strip, forms) if form and form != into)
    if not into or not given:
        raise UsageError("Name what is to be shown, and at least one other name for it.")
    joined = [alias for alias in known if alias.name in (into, *given)]
    names = (alias.name for alias in joined if alias.name != into)
    merged = tuple(
        dict.fromkeys((*(form for alias in joined for form in alias.forms), *names, *given))
    )
    rest = _without(tuple(alias for alias in known if alias not in joined), merged)
    return (*rest, Alias(name=into, forms=merged)), f"{', '.join(merged)} is shown as {into}."


def split(known: Sequence[Alias], into: str, forms: Sequence[str]) -> tuple[tuple[Alias, ...], str]:
    """Return the aliases without forms of `into`, or without all of them, and that in a sentence.

    Raises NotFoundError where they were not merged into it.
    """
    into = into.strip()
    alias = next((one for one in known if one.name == into), None)
    if alias is None:
        names = ", ".join(one.name for one in known)
        raise NotFoundError(
            f"Nothing is merged into {into!r}.", f"What is: {names}." if names else None
        )
    wanted = tuple(map(str.strip, forms)) or alias.forms
    for form in wanted:
        if form not in alias.forms:
            hint = f"These are: {', '.join(alias.forms)}."
            raise NotFoundError(f"{form!r} is not merged into {into}.", hint)
    left = (one for each in known for one in _without((each,), wanted if each is alias else ()))
    return tuple(left), f"{', '.join(wanted)} is shown under its own name again."


def _without(aliases: Sequence[Alias], forms: Sequence[str]) -> tuple[Alias, ...]:
    left = (
        replace(one, forms=tuple(form for form in one.forms if form not in forms))
        for one in aliases
    )
    return tuple(one for one in left if one.forms)
