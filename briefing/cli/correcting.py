"""The commands that correct what stands at a place of an article: passages, quotes, positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing.cli.correcting_job import (
    Call,
    correcting,
    require_article,
    require_words,
    speaker_options,
)
from briefing.cli.job import some_word
from briefing.cli.shell_completion import complete_stance
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.model import EditKind


@correcting(
    click.argument("stance", required=False, type=some_word, shell_complete=complete_stance),
    click.option("--country", type=some_word, metavar="CODE", help="Whose: its code or name."),
    click.option("--target", metavar="CODE", help="The country it is directed at."),
    click.option("--object", "matter", metavar="WORDS", help="What it is about."),
    click.option("--date", metavar="DATE", help="When it was so: a day, month, year or range."),
    why=True,
)
def rule(
    call: Call,
    stance: str | None,
    country: str | None,
    target: str | None,
    matter: str | None,
    date: str | None,
) -> None:
    """Rule that the words at PLACE show STANCE of a country, or none of any.

    Without STANCE, --target, --object and --date are set for the position that is there.

    \b
    Examples:
      briefing rule huawei-5g/halyard/c4:0-88 restrict --country GB
      briefing rule huawei-5g/halyard --words 'would bar' none
      briefing rule huawei-5g/halyard/c4 --country GB --object 'the core network'
    """
    from briefing.model import NO_POSITION

    if stance is None and target is matter is date is None:
        raise click.UsageError("Name a stance, or set --target, --object or --date.")
    if country is None and stance != NO_POSITION:
        raise click.UsageError("Say whose stance it is: --country CODE; only `none` needs none.")
    kind: EditKind = "rule-position" if stance else "set-position"
    call.correct(kind, stance=stance, country=country, target=target, object=matter, date=date)


@correcting(click.argument("text", type=some_word))
def note(call: Call, text: str) -> None:
    """Attach the note TEXT to a block, a quote, or words of an article.

    \b
    Examples:
      briefing note huawei-5g/halyard/c4 'Ask who briefed the paper.'
      briefing note huawei-5g/halyard --words 'core network' 'Which parts?'
    """
    call.correct("note", text=text)


@correcting(click.argument("tag", type=some_word))
def tag(call: Call, tag: str) -> None:
    """Tag a block, a quote, or words of an article: `briefing search tag:TAG` finds them.

    \b
    Example:
      briefing tag huawei-5g/halyard/c4 cost
    """
    call.correct("tag", text=tag)


@correcting(why=True)
def highlight(call: Call) -> None:
    """Highlight words of an article, or a quote or block of it.

    \b
    Example:
      briefing highlight huawei-5g/halyard --words 'a limited part'
    """
    call.correct("highlight")


@correcting(words=False)
def pin(call: Call) -> None:
    """Pin a quote, or unpin one that is pinned; pinned quotes come first.

    \b
    Example:
      briefing pin huawei-5g/halyard/q-768a
    """
    library, found = call.open()
    require_article(found)
    if found.quote is None:
        raise UsageError(f"{found} is no quote: only quotes are pinned", _quotes_hint(call.at))
    call.report(library.editing.pin(found.briefing, found.article, found.quote))


def _quotes_hint(place: str) -> str:
    name = place.partition("/")[0]
    return f"briefing show {name} --quotes --paraphrases lists them."


@correcting(why=True)
def drop(call: Call) -> None:
    """Drop a quote that is none, or with --words a country's mention that is none.

    \b
    Examples:
      briefing drop huawei-5g/halyard/q-768a
      briefing drop huawei-5g/halyard/c4 --words Georgia
    """
    library, found = call.open()
    require_article(found)
    if call.words is None and found.quote is None:
        raise UsageError(
            f"{found} is no quote: name one, or a country's mention with --words",
            "A block is set aside with briefing set PLACE role=unrelated, an article removed with "
            f"briefing remove. {_quotes_hint(call.at)}",
        )
    call.store(library, found, "drop-quote" if call.words is None else "drop-mention")


@correcting(click.argument("country", type=some_word), why=True)
def mention(call: Call, country: str) -> None:
    """Let words of an article mention COUNTRY, whatever they were taken for before.

    \b
    Example:
      briefing mention huawei-5g/halyard/c4 GB --words 'the Crown'
    """
    if call.words is None:
        raise click.UsageError('Say which words mention it: --words "…"')
    call.correct("set-mention", country=country)


@correcting(words=False)
def restore(call: Call) -> None:
    """Restore a block that was set aside: it is read and annotated like any other.

    What an edit of yours did is taken back by `briefing undo`.

    \b
    Example:
      briefing restore huawei-5g/halyard/c9
    """
    call.correct("set-role", role="body")


@correcting(
    speaker_options,
    click.option("--kind", metavar="KIND", help="direct (the default), partial, block, indirect."),
    why=True,
)
def quote(
    call: Call,
    speaker: str | None,
    role: str | None,
    type: str | None,  # noqa: A002 (the name of the field)
    country: str | None,
    kind: str | None,
) -> None:
    """Add a quote that was missed: its exact words, and who said it.

    \b
    Example:
      briefing quote huawei-5g/halyard --words 'a limited part' --speaker 'Ana Lin' --country NL
    """
    library, found = call.open()
    require_words(found, call.words)
    if found.quote is not None and call.words is None:
        raise UsageError(f"{found} is a quote already", "To change it: briefing set PLACE speaker=")
    who = library.editing.speaker(speaker, role, type, country)
    call.store(library, found, "add-quote", speaker=who, quote_kind=_one_kind(kind))


def _one_kind(text: str | None) -> str:
    """Return the kind of a quote; raises UsageError for an unknown one."""
    from typing import get_args

    from briefing.model import QuoteKind

    known: tuple[str, ...] = get_args(QuoteKind)
    if text is None:
        return "direct"
    if text not in known:
        raise UsageError(f"{text!r} is not a kind of quote", f"Choose {', '.join(known)}.")
    return text
