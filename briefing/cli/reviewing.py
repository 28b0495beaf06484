"""The commands that look over a briefing: two sides, versions, changes, gaps, origins, voices."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from briefing.cli.console import read_input, say_unread
from briefing.cli.job import (
    Job,
    Output,
    chosen_country,
    command,
    country_option,
    in_option,
    json_option,
    name_argument,
    option,
    print_output,
    word_argument,
)
from briefing.cli.places import find_country, find_place, find_source
from briefing.cli.shell_completion import complete_place
from briefing.errors import ExitCode, InputError, NotFoundError, UsageError

if TYPE_CHECKING:
    from briefing.compare.concordance import Version
    from briefing.compare.panels import Panels
    from briefing.compare.side_by_side import Basis
    from briefing.library import Library
    from briefing.model import SaidBy, SpeakerType

# Those of the model, which is not loaded for the help of all commands.
VOICES = ("named", "spokesperson", "official", "anonymous", "institution", "document")


@command(
    name_argument,
    word_argument("articles", nargs=-1, metavar="[ARTICLE ARTICLE]"),
    option(
        "--country",
        "countries",
        multiple=True,
        metavar="CODE",
        help="A country to compare, by code or name; give it twice. Default: the first two.",
    ),
    option(
        "--sources",
        help="Compare two articles, by id, number or publisher. Default: the first two.",
    ),
)
def compare(
    job: Job, name: str, articles: tuple[str, ...], countries: tuple[str, ...], *, sources: bool
) -> Output:
    """Compare two countries, or two sources, of briefing NAME as linear text.

    One side follows the other under the same headings: the cues for a stance with their sentences,
    then the quotes. A quote that the other side has too says so.

    \b
    Examples:
      briefing compare huawei-5g
      briefing compare huawei-5g --country DE --country FR
      briefing compare huawei-5g --sources
      briefing compare huawei-5g --sources halyard-wire-2020-01-28 mast-cable-2019-04-16
    """
    from briefing.cli.review_lines import comparison_lines

    basis: Basis = "source" if sources else "country"
    if articles and not sources:
        raise click.UsageError("Give --sources to compare articles, --country to compare countries")
    if countries and sources:
        raise click.UsageError("Give either --country or --sources")
    wanted = articles or countries
    if len(wanted) not in (0, 2):
        raise click.UsageError(f"Name two {_MANY[basis]} to compare, not {len(wanted)}")
    library, panels = job.panels(name)
    compared = library.compare(name, basis, _pair(panels, basis, wanted))
    return Output(compared, comparison_lines(compared, name))


_MANY = {"country": "countries", "source": "sources"}


def _pair(panels: Panels, basis: Basis, wanted: Sequence[str]) -> tuple[str, str]:
    """Return the keys of the two that are compared; raises NotFoundError and UsageError."""
    from briefing.compare.side_by_side import first_pair, sides

    if wanted and basis == "country":
        left, right = (find_country(panels, each).code for each in wanted)
    elif wanted:
        left, right = (find_source(panels, each).article for each in wanted)
    else:
        first, second = first_pair(sides(panels, basis), None)
        if first is None or second is None:
            raise NotFoundError(
                f"{panels.name} does not have two {_MANY[basis]} to compare",
                f"Add articles: briefing add FILE --to {panels.name}",
            )
        return first, second
    if left == right:
        raise click.UsageError(f"Name two different {_MANY[basis]}: both are {left}")
    return left, right


@command(
    name_argument,
    option(
        "--since",
        metavar="WHEN",
        default="last-export",
        show_default=True,
        help="last-export, last-look (in the app), a date (2026-11-01, 2026), a revision of git.",
    ),
)
def changes(job: Job, name: str, since: str) -> Output:
    """Report what briefing NAME says now that it did not say then.

    Positions that moved, disagreements, rulings, articles and quotes: changed, new (+) or gone (−).
    For a date the last commit before it is read, else when articles were added and edits made.

    \b
    Examples:
      briefing changes huawei-5g
      briefing changes huawei-5g --since 2026-11-01
      briefing changes huawei-5g --since HEAD~3
    """
    from briefing.cli.review_lines import outline_lines
    from briefing.compare.outlines.change_outline import outline_changes

    library = job.library()
    found = library.changes(name, since)
    panels = library.panels(name)
    return Output(found, outline_lines(outline_changes(found, panels), panels))


@command(
    name_argument,
    option(
        "--as-of",
        metavar="DATE",
        help="The day after which dates are to come. Default: that of the newest article.",
    ),
)
def gaps(job: Job, name: str, as_of: str | None) -> Output:
    """Report what briefing NAME lacks, and where its sources disagree.

    Disagreements, what rests on one origin, countries without a position or heard only through
    others, dates to come, sources without a date.

    \b
    Examples:
      briefing gaps huawei-5g
      briefing gaps huawei-5g --as-of 2026-06-30
    """
    from briefing.cli.review_lines import outline_lines
    from briefing.compare.outlines.change_outline import outline_gaps
    from briefing.isodates import days_of, find_date_fault

    days = days_of(as_of) if as_of is not None else None
    if as_of is not None and days is None:
        raise click.BadParameter(f"{as_of}: {find_date_fault(as_of)}", param_hint="'--as-of'")
    library, panels = job.panels(name)
    found = library.gaps(name, days[1] if days else None)
    return Output(found, outline_lines(outline_gaps(found, panels), panels))


@command(
    name_argument,
    country_option,
    option("--voice", type=click.Choice(VOICES), help="Only this kind of speaker."),
    option(
        "--said-by",
        type=click.Choice(("self", "other")),
        help="Who speaks for the country, any without --country (self), or who else speaks of it "
        "(other).",
    ),
)
def who(
    job: Job, name: str, country: str | None, voice: SpeakerType | None, said_by: SaidBy | None
) -> Output:
    """List who speaks in briefing NAME: how often, for which country, in which roles, via whom.

    With --country those who speak for it, unless --said-by asks for others.

    \b
    Examples:
      briefing who huawei-5g
      briefing who huawei-5g --country DE --voice official
      briefing who huawei-5g --country DE --said-by other
    """
    from briefing.cli.review_lines import people_lines
    from briefing.compare.persons import choose_people, list_people

    _, panels = job.panels(name)
    row = chosen_country(panels, country)
    own, others = choose_people(
        list_people(panels),
        panels,
        country=row.code if row else None,
        voice=voice,
        said_by=said_by or ("self" if row else None),
    )
    return Output(own + others, people_lines(own + others, panels))


@command(
    word_argument("place", shell_complete=complete_place, metavar="NAME"),
    word_argument("words", nargs=-1, metavar="[QUOTE | WORDS...]"),
)
def concordance(job: Job, place: str, words: tuple[str, ...]) -> Output:
    """Show what is quoted in several articles of briefing NAME, in all versions word by word.

    A version is shown against the longest one: [...] for what it cuts, [-old-]{+new+} for what it
    changes. With a quote, by its place, or with words, only what they are of.

    \b
    Examples:
      briefing concordance huawei-5g
      briefing concordance huawei-5g/tidewater-note-2019-02-22/q-8daa
      briefing concordance huawei-5g more advanced
    """
    from briefing.cli.review_lines import WIDTH, outline_lines
    from briefing.compare.concordance import find_concordances
    from briefing.compare.outlines.change_outline import outline_concordances

    name, _, part = place.partition("/")
    library, panels = job.panels(name)
    if len(words) == 1 and not part and ("/" in words[0] or words[0].startswith("q-")):
        part, words = words[0].removeprefix(f"{name}/"), ()
    found = find_concordances(panels, _wanted(library, name, part, words))
    if not found and (part or words):
        raise NotFoundError(f"{name} quotes nothing of {part or ' '.join(words)!r} as speech")
    return Output(found, outline_lines(outline_concordances(found), panels, WIDTH))


def _wanted(
    library: Library, name: str, part: str, words: tuple[str, ...]
) -> Callable[[Version], bool] | None:
    """Return which versions a call asks for, None for all; raises NotFoundError, UsageError."""
    from briefing.compare.concordance import has_words

    if not part:
        return has_words(" ".join(words)) if words else None
    place = find_place(library, f"{name}/{part}")
    if place.quote is None:
        raise UsageError(f"{place} is no quote", "Name one as briefing show prints it.")
    key = (place.article, place.chunk, place.quote)
    return lambda version: any(row.key == key for row in version.rows)


@click.command()
@word_argument("draft")
@in_option(help="Only against the articles of this briefing.")
@json_option
@click.pass_obj
def verify(job: Job, draft: str, name: str | None, *, as_json: bool) -> None:
    """Compare every quotation of DRAFT (.md, .txt, .html, - for standard input) with the articles.

    Reports what is cut without an ellipsis, changed, not found, attributed to another speaker or
    footnoted to another source than those that hold it; ends with code 8 where there is any.

    \b
    Examples:
      briefing verify memo.md
      briefing verify memo.md --in huawei-5g
    """
    from briefing.cli.review_lines import verified_lines

    library = job.library()
    try:
        where, data = read_input(draft)
        checked = library.verify_draft(data, where, name)
    except InputError as error:
        # Its hint is for who adds articles.
        raise InputError(
            error.message, "A draft is a Markdown, text or HTML file, or - for standard input."
        ) from None
    print_output(Output(checked, verified_lines(checked)), as_json=as_json)
    for each in checked.unread:
        say_unread(each)
    if not all(quotation.is_sound for quotation in checked.quotations):
        sys.exit(ExitCode.MISMATCH)


@command(
    name_argument,
    option(
        "--claim",
        metavar="PLACE|WORDS",
        help="Only this claim: the place of a quote or position as show prints it, or words of it.",
    ),
)
def origins(job: Job, name: str, claim: str | None) -> Output:
    """Print who heard what from whom in briefing NAME, outlet by outlet.

    Under each outlet stand the articles that have something from it. Articles count by the origin
    of their text, or of the report that they open with. A claim takes in the same words in other
    articles, and the same stance on the same object through the same outlet.

    \b
    Examples:
      briefing origins huawei-5g
      briefing origins huawei-5g --claim "short of madness"
      briefing origins huawei-5g --claim huawei-5g/halyard-wire-2020-01-28/c4
    """
    from briefing.cli.places import find_place
    from briefing.cli.review_lines import outline_lines
    from briefing.compare.outlines.change_outline import outline_origins
    from briefing.model import Place

    library, panels = job.panels(name)
    wanted: Place | str | None = claim
    # A place is a quote alone, or one word with a stroke.
    if claim and len(claim.split()) == 1 and ("/" in claim or claim.startswith("q-")):
        found = find_place(library, f"{name}/{claim.removeprefix(f'{name}/')}")
        wanted = Place(found.article, found.chunk, found.start or 0, found.end or 0, found.quote)
    tree = library.origins(name, wanted)
    if claim is not None and not tree.branches:
        raise NotFoundError(
            f"{name} has no claim {claim!r}",
            f"briefing show {name} --quotes --paraphrases prints those it has.",
        )
    return Output(tree, outline_lines(outline_origins(tree, panels), panels))
