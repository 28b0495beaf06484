"""The command that lists codebooks, shows one, and tries a sentence under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from briefing.cli.job import Job, Output, any_name_argument, command, option
from briefing.errors import NotFoundError
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.annotate.trying import TriedPosition
    from briefing.cli.lines import PlainLine
    from briefing.codebooks import Codebook


@command(
    any_name_argument,
    option("--try", "sentence", metavar="SENTENCE", help="Which stances a sentence shows."),
    option(
        "--codebook",
        "book",
        metavar="BOOK",
        help="With --try: the shipped codebook, where NAME is none. Default: acts.",
    ),
)
def codebook(job: Job, name: str | None, sentence: str | None, book: str | None) -> Output:
    """List the shipped codebooks, or show NAME: a shipped one, or that of a briefing.

    A briefing's stances are of the `codebook:` in its briefing.yaml: a shipped one's name (acts,
    sides, measures), a list of such names and of words, or each stance with its cues:

    \b
      codebook:
        tax: {cues: [to levy, to raise ... duties, a levy], opposite: exempt}
        exempt: [to exempt, to waive, is exempt, free of duty]

    \b
      to keep ... out   a verb in any form; ... stands for none to four words
      to flee/flees/fled/fled/fleeing   the forms of a rare irregular verb
      not to decide     a verb that counts only where it is denied
      a levy            a noun, one or more
      is exempt         after a form of to be
      levy              a verb or a noun
      free of duty      a phrase; its first word may be inflected

    A word without cues is a stance of a shipped codebook, or its own cue. What is not ... shows the
    opposite. Everything else in a cue is words too: no patterns, no markup.

    \b
    Examples:
      briefing codebook
      briefing codebook measures
      briefing codebook huawei-5g --try 'Norway has lifted its ban on Huawei.'
      briefing codebook --codebook sides --try 'Norway voted against.'
    """
    from briefing.cli.lines import PlainLine
    from briefing.codebooks import BOOKS, shipped

    if book is not None and book not in BOOKS:
        raise click.BadParameter(f"choose {', '.join(BOOKS)}", param_hint="--codebook")
    if book is not None and (name is not None or sentence is None):
        raise click.UsageError("--codebook goes with --try, and without NAME.")
    if sentence is not None:
        return _try(_find(job, name or book or BOOKS[0]), sentence)
    if name is not None:
        chosen = _find(job, name)
        return Output(_data(chosen), _book_lines(chosen))
    books = {each: shipped(each) for each in BOOKS}
    width = max(map(len, books))
    lines = (PlainLine(f"{name:<{width}}  {', '.join(each.names)}") for name, each in books.items())
    return Output(list(map(_data, books.values())), lines)


def _find(job: Job, name: str) -> Codebook:
    """Return the shipped codebook of that name, else that of the briefing; raises NotFoundError."""
    from briefing.codebooks import BOOKS, shipped

    if name in BOOKS:
        return shipped(name)
    try:
        return job.library().codebook(name)
    except NotFoundError as error:
        hint = f"The shipped codebooks: {', '.join(BOOKS)}. {error.hint or ''}".rstrip()
        raise NotFoundError(error.message, hint) from None


def _data(codebook: Codebook) -> object:
    names = ("digest", "books", "reason", "stances")
    return {"name": codebook.shipped_name} | {name: getattr(codebook, name) for name in names}


def _book_lines(codebook: Codebook) -> Iterator[PlainLine]:
    from briefing.cli.lines import PlainLine

    if codebook.shipped_name:
        reason = f" ({one_line(codebook.reason)})" if codebook.reason else ""
        yield PlainLine(f"{codebook.shipped_name}{reason}", strength="title")
    for stance in codebook.stances:
        opposite = f" (opposite: {one_line(stance.opposite)})" if stance.opposite else ""
        yield PlainLine(f"{one_line(stance.name)}{opposite}", strength="strong")
        yield PlainLine(one_line(", ".join(stance.cues)), indent=2)


def _try(codebook: Codebook, sentence: str) -> Output:
    from briefing.annotate.trying import try_sentence, why_none
    from briefing.cli.lines import PlainLine

    found = try_sentence(sentence, codebook)
    if found:
        return Output(found, (line for each in found for line in _tried_lines(each)))
    reason = why_none(sentence, codebook)
    return Output(found, [PlainLine(f"no country takes a stance here: {reason}")])


def _tried_lines(tried: TriedPosition) -> Iterator[PlainLine]:
    """Yield a position, then what else is known of it."""
    from briefing.cli.lines import PlainLine

    position = tried.position
    yield PlainLine(one_line(f"{position.country} {position.stance}"), strength="strong")
    facts = {what: getattr(position, what) for what in ("target", "object", "actor", "hedge")}
    facts["rule"] = position.rule
    facts["cue"] = f"“{tried.words}” ({tried.cue})" if tried.words else None
    for what, text in facts.items():
        if text:
            yield PlainLine(f"{what}: {one_line(text)}", indent=2)
