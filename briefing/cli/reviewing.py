"""The commands that look over a briefing: what changed, what it lacks, who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing.cli.console import print_json, print_lines, say_unread
from briefing.cli.job import Job, country_option, json_option, name_argument, some_word
from briefing.cli.targets import find_country

if TYPE_CHECKING:
    from briefing.model import SaidBy, SpeakerType

VOICES = ("named", "spokesperson", "official", "anonymous", "institution", "document")


@click.command()
@name_argument
@click.option(
    "--since",
    type=some_word,
    metavar="WHEN",
    default="last-export",
    show_default=True,
    help="last-export, a date (2026-11-01, 2026-11, 2026), or a revision of git.",
)
@json_option
@click.pass_obj
def changes(job: Job, name: str, since: str, *, as_json: bool) -> None:
    """Report what briefing NAME says now that it did not say then.

    Positions that moved, disagreements, rulings, articles and quotes: changed, new (+) or gone (−).
    For a date the last commit before it is read, else when articles were added and edits made.

    \b
    Examples:
      briefing changes huawei-5g
      briefing changes huawei-5g --since 2026-11-01
      briefing changes huawei-5g --since HEAD~3
    """
    from briefing.cli.change_lines import change_lines

    library = job.library()
    found = library.changes(name, since)
    title = library.panels(name).title
    print_json(found) if as_json else print_lines(change_lines(found, title, name))


@click.command()
@name_argument
@click.option(
    "--as-of",
    type=some_word,
    metavar="DATE",
    help="The day after which dates are to come. Default: that of the newest article.",
)
@json_option
@click.pass_obj
def gaps(job: Job, name: str, as_of: str | None, *, as_json: bool) -> None:
    """Report what briefing NAME lacks, and where its sources disagree.

    Disagreements, what rests on one origin, countries without a position or heard only through
    others, dates to come, sources without a date.

    \b
    Examples:
      briefing gaps huawei-5g
      briefing gaps huawei-5g --as-of 2026-06-30
    """
    from briefing.cli.gap_lines import gap_lines
    from briefing.isodates import days_of, find_date_fault

    days = days_of(as_of) if as_of is not None else None
    if as_of is not None and days is None:
        raise click.BadParameter(f"{as_of}: {find_date_fault(as_of)}", param_hint="'--as-of'")
    library = job.library()
    panels = library.panels(name)
    if panels.problems:
        say_unread(name)
    found = library.gaps(name, days[1] if days else None)
    print_json(found) if as_json else print_lines(gap_lines(found, panels))


@click.command()
@name_argument
@country_option
@click.option(
    "--voice",
    type=click.Choice(VOICES),
    help="Only this kind of speaker.",
)
@click.option(
    "--said-by",
    type=click.Choice(("self", "other")),
    help="Who speaks for the country, any without --country (self), or who else speaks of it "
    "(other).",
)
@json_option
@click.pass_obj
def who(
    job: Job,
    name: str,
    country: str | None,
    voice: SpeakerType | None,
    said_by: SaidBy | None,
    *,
    as_json: bool,
) -> None:
    """List who speaks in briefing NAME: how often, for which country, in which roles, via whom.

    With --country those who speak for it, unless --said-by asks for others.

    \b
    Examples:
      briefing who huawei-5g
      briefing who huawei-5g --country DE --voice official
      briefing who huawei-5g --country DE --said-by other
    """
    from briefing.cli.people_lines import people_lines
    from briefing.compare.persons import choose_people

    library = job.library()
    panels = library.panels(name)
    code = find_country(panels, country).code if country is not None else None
    if panels.problems:
        say_unread(name)
    if code is not None and said_by is None:
        said_by = "self"
    own, others = choose_people(
        library.people(name), panels, country=code, voice=voice, said_by=said_by
    )
    people = own + others
    print_json(people) if as_json else print_lines(people_lines(people, panels))
