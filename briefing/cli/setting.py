"""The commands that set what an article, a quote, a block or a briefing says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing.cli.correcting import (
    Call,
    correcting,
    find_anchor,
    open_to_edit,
    read_pairs,
    report_done,
)
from briefing.cli.job import Job, Output, command, name_argument, option, word_argument
from briefing.cli.shell_completion import (
    ARTICLE_KEYS,
    BLOCK_KEYS,
    BRIEFING_KEYS,
    QUOTE_KEYS,
    complete_pair,
)
from briefing.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.cli.places import NamedPlace
    from briefing.library import Library
    from briefing.library.reports import Done
    from briefing.model import Speaker


@command(
    word_argument("name"),
    option("--title", metavar="TEXT", help="Its title. Default: from its name."),
    option("--question", metavar="TEXT", help="The question it is to answer."),
    option("--codebook", metavar="BOOK", help="A shipped codebook, or stances: ban, allow."),
)
def new(
    job: Job, name: str, title: str | None, question: str | None, codebook: str | None
) -> Output:
    """Make a briefing NAME without articles; the library is made too if there is none.

    \b
    Example:
      briefing new networks --question 'Who keeps whom out?' --codebook measures
    """
    library = open_to_edit(job, None, create=True)
    words = name.replace("-", " ").strip()
    done = library.editing.new_briefing(
        title or f"{words[:1].upper()}{words[1:]}", question=question, codebook=codebook, name=name
    )
    return report_done(job, done)


@correcting(
    click.argument(
        "pairs", nargs=-1, required=True, metavar="KEY=VALUE...", shell_complete=complete_pair
    ),
    words=False,
    name="set",
)
def set_command(call: Call, pairs: tuple[str, ...]) -> Output:
    """Set keys of a briefing, an article, a quote or a block; an empty value is not stated.

    \b
    A briefing: title question bottom_line tags (a, b) codebook (a name, or stances)
    An article: headline publisher authors (A; B) date updated language url
                reprint_of reprint_of.publisher .headline .date .url
    A quote:    speaker role type country; words (its exact words, to move its bounds)
    A block:    role (body heading standfirst caption editor-note boilerplate
                unrelated)

    \b
    Examples:
      briefing set huawei-5g bottom_line='Britain bars it by 2027.' tags='telecoms, security'
      briefing set huawei-5g/halyard date=2020-01-28 publisher='Halyard Wire'
      briefing set huawei-5g/halyard/q-768a role='culture secretary' country=GB
      briefing set huawei-5g/halyard/c9 role=unrelated
    """
    library, found = call.open()
    name = found.briefing
    if found.quote is not None:
        done = _set_quote(library, found, read_pairs(pairs, QUOTE_KEYS, "a quote"))
    elif found.chunk is not None:
        role = read_pairs(pairs, BLOCK_KEYS, "a block")["role"]
        anchor = find_anchor(library, found._replace(start=None, end=None))
        done = library.editing.correct(name, "set-role", anchor, role=role)
    elif found.article:
        values = read_pairs(pairs, ARTICLE_KEYS, "an article")
        done = library.editing.set_article(name, found.article, values)
    else:
        done = library.editing.set_briefing(name, read_pairs(pairs, BRIEFING_KEYS, "a briefing"))
    return call.report(done)


def _set_quote(library: Library, place: NamedPlace, values: Mapping[str, str]) -> Done:
    """Set the speaker of a quote, or its bounds."""
    if "words" in values and len(values) > 1:
        raise UsageError("words= is set by itself", "Set the speaker before it or after it.")
    anchor = find_anchor(library, place)
    if "words" in values:
        words = values["words"]
        return library.editing.correct(place.briefing, "set-bounds", anchor, words=words)
    speaker = speaker_with(library, place, values)
    return library.editing.correct(place.briefing, "set-speaker", anchor, speaker=speaker)


def speaker_with(library: Library, place: NamedPlace, values: Mapping[str, str]) -> Speaker | None:
    """Return the speaker of the quote at a place with values set; None where nothing is stated.

    Another name is another speaker: its role, type and country are those that the article gives it
    elsewhere, or what is set with it.
    """
    article = library.article(place.briefing, place.article)
    quotes = (one for chunk in article.chunks for one in chunk.quotes)
    base = next(one.speaker for one in quotes if one.id == place.quote)
    wanted = values.get("speaker")
    if wanted is not None and wanted.strip() != (base.name if base else None):
        name = wanted.strip()
        speakers = (quote.speaker for chunk in article.chunks for quote in chunk.quotes)
        base = next((each for each in speakers if each and name and each.name == name), None)
    fields = {key: getattr(base, key, None) for key in ("role", "type", "country")}
    fields |= values
    said_by = fields.pop("speaker", base.name if base else None)
    return library.editing.speaker(said_by, **fields)


_MERGING = (
    name_argument,
    word_argument("into"),
    word_argument("forms", nargs=-1),
    option("--outlets", help="Outlets instead of speakers."),
)


@command(*_MERGING)
def merge(job: Job, name: str, into: str, forms: tuple[str, ...], *, outlets: bool) -> Output:
    """Show speakers of briefing NAME, whom articles call FORMS, under the name INTO.

    `briefing split` separates them again.

    \b
    Example:
      briefing merge huawei-5g 'Mike Pompeo' 'Secretary Pompeo' Pompeo
    """
    merge_names = open_to_edit(job, name).editing.merge
    return report_done(
        job, merge_names(name, into, forms, kind="outlets" if outlets else "speakers")
    )


@command(*_MERGING)
def split(job: Job, name: str, into: str, forms: tuple[str, ...], *, outlets: bool) -> Output:
    """Show speakers that were merged into INTO, all or FORMS, under their own names again.

    \b
    Examples:
      briefing split huawei-5g 'Mike Pompeo'
      briefing split huawei-5g 'Mike Pompeo' Pompeo
    """
    split_names = open_to_edit(job, name).editing.split
    return report_done(
        job, split_names(name, into, forms, kind="outlets" if outlets else "speakers")
    )
