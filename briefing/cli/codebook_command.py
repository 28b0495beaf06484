"""The command that lists codebooks, shows one, and tries a sentence under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from briefing.cli.console import print_json, print_lines
from briefing.cli.job import Job, json_option, some_word
from briefing.cli.shell_completion import complete_name
from briefing.errors import NotFoundError

if TYPE_CHECKING:
    from briefing.annotate.trying import TriedPosition
    from briefing.cli.lines import PlainLine
    from briefing.codebooks import Codebook


@click.command()
@click.argument("name", required=False, type=some_word, shell_complete=complete_name)
@click.option(
    "--try", "sentence", type=some_word, metavar="SENTENCE", help="Which stances a sentence shows."
)
@click.option(
    "--codebook",
    "book",
    type=some_word,
    metavar="BOOK",
    help="With --try: the shipped codebook, where NAME is none. Default: acts.",
)
@json_option
@click.pass_obj
def codebook(
    job: Job, name: str | None, sentence: str | None, book: str | None, *, as_json: bool
) -> None:
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
      briefing codebook huawei-5g --try 'Norway has lifted its ban on Acme.'
      briefing codebook --codebook sides --try 'Norway voted against.'
    """
    from briefing.codebooks import BOOKS, shipped

    if book is not None and book not in BOOKS:
        raise click.BadParameter(f"choose {', '.join(BOOKS)}", param_hint="--codebook")
    if book is not None and (name is not None or sentence is None):
        raise click.UsageError("--codebook goes with --try, and without NAME.")
    if sentence is not None:
        chosen = _find(job, name or book or BOOKS[0])
        _print_tried(chosen, sentence, as_json=as_json)
        return
    found = [_find(job, name)] if name is not None else [shipped(each) for each in BOOKS]
    if as_json:
        data = [_data(each) for each in found]
        print_json(data if name is None else data[0])
    elif name is None:
        print_lines(_list_lines(found))
    else:
        print_lines(_book_lines(found[0]))


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
    return {
        "name": codebook.shipped_name,
        "digest": codebook.digest,
        "books": codebook.books,
        "reason": codebook.reason,
        "stances": codebook.stances,
    }


def _list_lines(books: list[Codebook]) -> Iterator[PlainLine]:
    from briefing.cli.lines import PlainLine

    width = max(len(book.shipped_name or "") for book in books)
    for book in books:
        yield PlainLine(f"{book.shipped_name or '':<{width}}  {', '.join(book.names)}")


def _book_lines(codebook: Codebook) -> Iterator[PlainLine]:
    from briefing.cli.lines import PlainLine
    from briefing.visible import one_line

    if codebook.shipped_name:
        reason = f" ({one_line(codebook.reason)})" if codebook.reason else ""
        yield PlainLine(f"{codebook.shipped_name}{reason}", strength="title")
    for stance in codebook.stances:
        opposite = f" (opposite: {one_line(stance.opposite)})" if stance.opposite else ""
        yield PlainLine(f"{one_line(stance.name)}{opposite}", strength="strong")
        yield PlainLine(one_line(", ".join(stance.cues)), indent=2)


def _print_tried(codebook: Codebook, sentence: str, *, as_json: bool) -> None:
    from briefing.annotate.trying import try_sentence, why_none
    from briefing.cli.lines import PlainLine

    found = try_sentence(sentence, codebook)
    if as_json:
        print_json(found)
    elif found:
        print_lines(line for each in found for line in _tried_lines(each))
    else:
        reason = why_none(sentence, codebook)
        print_lines([PlainLine(f"no country takes a stance here: {reason}")])


def _tried_lines(tried: TriedPosition) -> Iterator[PlainLine]:
    """Yield a position, then what else is known of it."""
    from briefing.cli.lines import PlainLine
    from briefing.visible import one_line

    position = tried.position
    yield PlainLine(one_line(f"{position.country} {position.stance}"), strength="strong")
    facts = {
        "target": position.target,
        "object": position.object,
        "actor": position.actor,
        "hedge": position.hedge,
        "rule": position.rule,
        "cue": f"“{tried.words}” ({tried.cue})" if tried.words else None,
    }
    for what, text in facts.items():
        if text:
            yield PlainLine(f"{what}: {one_line(text)}", indent=2)
