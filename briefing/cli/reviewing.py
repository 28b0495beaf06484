"""The commands that look over a briefing: two sides, versions, changes, gaps, origins, voices."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from briefing.cli.console import read_input, say_unread
from briefing.cli.job import Job, Output
from briefing.cli.places import chosen_country, find_country, find_place, find_source
from briefing.cli.review_lines import (
    WIDTH,
    comparison_lines,
    outline_lines,
    people_lines,
    verified_lines,
)
from briefing.compare.concordance import find_concordances, has_words
from briefing.compare.outlines.change_outline import (
    outline_changes,
    outline_concordances,
    outline_gaps,
    outline_origins,
)
from briefing.compare.persons import choose_people, list_people
from briefing.compare.side_by_side import first_pair, sides
from briefing.errors import ExitCode, InputError, NotFoundError, UsageError
from briefing.isodates import require_days
from briefing.model import Place

if TYPE_CHECKING:
    from briefing.compare.concordance import Version
    from briefing.compare.panels import Panels
    from briefing.compare.side_by_side import Basis
    from briefing.library import Library
    from briefing.model import SaidBy, SpeakerType


def compare(
    job: Job, name: str, articles: tuple[str, ...], countries: tuple[str, ...], *, sources: bool
) -> Output:
    """Compare two countries, or two sources, of briefing NAME as linear text."""
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


def changes(job: Job, name: str, since: str) -> Output:
    """Report what briefing NAME says now that it did not say then."""
    library = job.library()
    found = library.changes(name, since)
    panels = library.panels(name)
    return Output(found, outline_lines(outline_changes(found, panels), panels))


def gaps(job: Job, name: str, as_of: str | None) -> Output:
    """Report what briefing NAME lacks, and where its sources disagree."""
    days = require_days(as_of) if as_of is not None else None
    library, panels = job.panels(name)
    found = library.gaps(name, days[1] if days else None)
    return Output(found, outline_lines(outline_gaps(found, panels), panels))


def who(
    job: Job, name: str, country: str | None, voice: SpeakerType | None, said_by: SaidBy | None
) -> Output:
    """List who speaks in briefing NAME: how often, for which country, in which roles, via whom."""
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


def concordance(job: Job, place: str, words: tuple[str, ...]) -> Output:
    """Show what is quoted in several articles of briefing NAME, in all versions word by word."""
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
    if not part:
        return has_words(" ".join(words)) if words else None
    place = find_place(library, f"{name}/{part}")
    if place.quote is None:
        raise UsageError(f"{place} is no quote", "Name one as briefing show prints it.")
    key = (place.article, place.chunk, place.quote)
    return lambda version: any(row.key == key for row in version.rows)


def verify(job: Job, draft: str, name: str | None) -> None:
    """Compare every quotation of a draft with the articles."""
    library = job.library()
    try:
        where, data = read_input(draft)
        checked = library.verify_draft(data, where, name)
    except InputError as error:
        # Its hint is for who adds articles.
        raise InputError(
            error.message, "A draft is a Markdown, text or HTML file, or - for standard input."
        ) from None
    job.print(Output(checked, verified_lines(checked)))
    for each in checked.unread:
        say_unread(each)
    if not all(quotation.is_sound for quotation in checked.quotations):
        sys.exit(ExitCode.MISMATCH)


def origins(job: Job, name: str, claim: str | None) -> Output:
    """Print who heard what from whom in briefing NAME, outlet by outlet."""
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
