"""The commands that correct what stands at a place of an article: passages, quotes, positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from briefing.cli.correcting_job import (
    find_anchor,
    nth_option,
    open_place,
    place_argument,
    report_done,
    require_article,
    require_words,
    speaker_options,
    why_option,
    words_option,
)
from briefing.cli.job import Job, json_option, some_word
from briefing.cli.shell_completion import complete_stance
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.model import EditKind


def _correct(
    job: Job,
    at: str,
    kind: EditKind,
    words: str | None,
    nth: int | None,
    *,
    as_json: bool,
    **fields: Any,
) -> None:
    """Store a correction of the words at a place, and report it; fields of None are not given."""
    library, place = open_place(job, at)
    require_words(place, words)
    anchor = find_anchor(library, place, words, nth)
    given = {name: value for name, value in fields.items() if value is not None}
    done = library.editing.correct(place.briefing, kind, anchor, **given)
    report_done(job, done, as_json=as_json)


@click.command()
@place_argument
@click.argument("stance", required=False, type=some_word, shell_complete=complete_stance)
@click.option("--country", type=some_word, metavar="CODE", help="Whose: its code or name.")
@words_option
@nth_option
@click.option("--target", metavar="CODE", help="The country it is directed at.")
@click.option("--object", "matter", metavar="WORDS", help="What it is about.")
@click.option("--date", metavar="DATE", help="When it was so: a day, month, year or range.")
@why_option
@json_option
@click.pass_obj
def rule(
    job: Job,
    place: str,
    *,
    stance: str | None,
    country: str | None,
    words: str | None,
    nth: int | None,
    target: str | None,
    matter: str | None,
    date: str | None,
    why: str | None,
    as_json: bool,
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
    _correct(
        job, place, "rule-position" if stance else "set-position", words, nth, as_json=as_json,
        stance=stance, country=country, target=target, object=matter, date=date, text=why,
    )  # fmt: skip


@click.command()
@place_argument
@click.argument("text", type=some_word)
@words_option
@nth_option
@json_option
@click.pass_obj
def note(
    job: Job, place: str, text: str, words: str | None, nth: int | None, *, as_json: bool
) -> None:
    """Attach the note TEXT to a block, a quote, or words of an article.

    \b
    Examples:
      briefing note huawei-5g/halyard/c4 'Ask who briefed the paper.'
      briefing note huawei-5g/halyard --words 'core network' 'Which parts?'
    """
    _correct(job, place, "note", words, nth, as_json=as_json, text=text)


@click.command()
@place_argument
@click.argument("tag", type=some_word)
@words_option
@nth_option
@json_option
@click.pass_obj
def tag(
    job: Job, place: str, tag: str, words: str | None, nth: int | None, *, as_json: bool
) -> None:
    """Tag a block, a quote, or words of an article: `briefing search tag:TAG` finds them.

    \b
    Example:
      briefing tag huawei-5g/halyard/c4 cost
    """
    _correct(job, place, "tag", words, nth, as_json=as_json, text=tag)


@click.command()
@place_argument
@words_option
@nth_option
@why_option
@json_option
@click.pass_obj
def highlight(
    job: Job, place: str, words: str | None, nth: int | None, why: str | None, *, as_json: bool
) -> None:
    """Highlight words of an article, or a quote or block of it.

    \b
    Example:
      briefing highlight huawei-5g/halyard --words 'a limited part'
    """
    _correct(job, place, "highlight", words, nth, as_json=as_json, text=why)


@click.command()
@place_argument
@json_option
@click.pass_obj
def pin(job: Job, place: str, *, as_json: bool) -> None:
    """Pin a quote, or unpin one that is pinned; pinned quotes come first.

    \b
    Example:
      briefing pin huawei-5g/halyard/q-768a
    """
    library, found = open_place(job, place)
    require_article(found)
    if found.quote is None:
        raise UsageError(f"{found} is no quote: only quotes are pinned", _quotes_hint(place))
    done = library.editing.pin(found.briefing, found.article, found.quote)
    report_done(job, done, as_json=as_json)


def _quotes_hint(place: str) -> str:
    name = place.partition("/")[0]
    return f"briefing show {name} --quotes --paraphrases lists them."


@click.command()
@place_argument
@words_option
@nth_option
@why_option
@json_option
@click.pass_obj
def drop(
    job: Job, place: str, words: str | None, nth: int | None, why: str | None, *, as_json: bool
) -> None:
    """Drop a quote that is none, or with --words a country's mention that is none.

    \b
    Examples:
      briefing drop huawei-5g/halyard/q-768a
      briefing drop huawei-5g/halyard/c4 --words Georgia
    """
    library, found = open_place(job, place)
    require_article(found)
    if words is None and found.quote is None:
        raise UsageError(
            f"{found} is no quote: name one, or a country's mention with --words",
            "A block is set aside with briefing set PLACE role=unrelated, an article removed with "
            f"briefing remove. {_quotes_hint(place)}",
        )
    kind: EditKind = "drop-quote" if words is None else "drop-mention"
    anchor = find_anchor(library, found, words, nth)
    given = {"text": why} if why else {}
    done = library.editing.correct(found.briefing, kind, anchor, **given)
    report_done(job, done, as_json=as_json)


@click.command()
@place_argument
@click.argument("country", type=some_word)
@words_option
@nth_option
@why_option
@json_option
@click.pass_obj
def mention(
    job: Job,
    place: str,
    country: str,
    words: str | None,
    nth: int | None,
    why: str | None,
    *,
    as_json: bool,
) -> None:
    """Let words of an article mention COUNTRY, whatever they were taken for before.

    \b
    Example:
      briefing mention huawei-5g/halyard/c4 GB --words 'the Crown'
    """
    if words is None:
        raise click.UsageError('Say which words mention it: --words "…"')
    _correct(job, place, "set-mention", words, nth, as_json=as_json, country=country, text=why)


@click.command()
@place_argument
@json_option
@click.pass_obj
def restore(job: Job, place: str, *, as_json: bool) -> None:
    """Restore a block that was set aside: it is read and annotated like any other.

    What an edit of yours did is taken back by `briefing undo`.

    \b
    Example:
      briefing restore huawei-5g/halyard/c9
    """
    _correct(job, place, "set-role", None, None, as_json=as_json, role="body")


@click.command()
@place_argument
@words_option
@nth_option
@speaker_options
@click.option("--kind", metavar="KIND", help="direct (the default), partial, block or indirect.")
@why_option
@json_option
@click.pass_obj
def quote(
    job: Job,
    place: str,
    *,
    words: str | None,
    nth: int | None,
    speaker: str | None,
    role: str | None,
    type: str | None,  # noqa: A002 (the name of the field)
    country: str | None,
    kind: str | None,
    why: str | None,
    as_json: bool,
) -> None:
    """Add a quote that was missed: its exact words, and who said it.

    \b
    Example:
      briefing quote huawei-5g/halyard --words 'a limited part' --speaker 'Ana Lin' --country NL
    """
    library, found = open_place(job, place)
    require_words(found, words)
    if found.quote is not None and words is None:
        raise UsageError(f"{found} is a quote already", "To change it: briefing set PLACE speaker=")
    anchor = find_anchor(library, found, words, nth)
    given = {"text": why} if why else {}
    done = library.editing.correct(
        found.briefing,
        "add-quote",
        anchor,
        speaker=library.editing.speaker(speaker, role, type, country),
        quote_kind=_one_kind(kind),
        **given,
    )
    report_done(job, done, as_json=as_json)


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
