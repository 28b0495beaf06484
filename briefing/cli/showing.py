"""The commands that read: open the reader, serve it, list and show briefings and codebooks."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from briefing.cli import lines
from briefing.cli.console import print_lines, say
from briefing.cli.job import Job, Output, given_option, refuse_ignored
from briefing.cli.lines import PlainLine, catalog_lines, explanation_lines
from briefing.cli.places import chosen_country, find_place
from briefing.codebooks import BOOKS, shipped
from briefing.compare.standing_words import part_quotes
from briefing.errors import NotFoundError, UsageError
from briefing.paths import INDEX_VARIABLE, OWN_INDEX
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.annotate.trying import TriedPosition
    from briefing.codebooks import Codebook
    from briefing.compare.panels import Panels
    from briefing.compare.side_by_side import MatrixBasis
    from briefing.library import Library


def open_app(job: Job, name: str | None) -> None:
    """Open the reader, on briefing NAME if given; without a terminal, list the briefings."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    library = job.library(fresh=not is_terminal)
    if name is not None:
        library.require(name)
    if is_terminal:
        from briefing.tui import run

        run(library, briefing=name)
    else:
        print_lines(catalog_lines(library.catalog()))


def list_command(job: Job) -> Output:
    """List the briefings of the library."""
    library = job.library()
    rows = library.catalog()
    unread = library.unread(rows)
    said = []
    if unread:
        said.append(
            f"not listed, since they cannot be read: {', '.join(unread)} (run briefing check)"
        )
    elif not rows:
        said.append("no briefings yet; create one: briefing add FILE --to NAME")
    return Output([replace(row, stamp=None) for row in rows], catalog_lines(rows), said)


def show(
    job: Job,
    place: str,
    country: str | None,
    article: str | None,
    explain: str | None,
    matrix: MatrixBasis | None,
    *,
    quotes: bool,
    paraphrases: bool,
    timeline: bool,
    everything: bool,
    unruled: bool,
) -> Output:
    """Show briefing NAME as linear text: countries, quotes and sources."""
    view = given_option(_VIEWS) or ("--article" if "/" in place else "the briefing")
    shown = "an article" if view == "--article" else view
    refuse_ignored(shown, {"place", view, *_VIEWS[view]})
    library = job.library()
    name = place
    if "/" in place:
        found = find_place(library, place)
        name, article = found.briefing, found.article or article
        explain = found.quote or explain
    elif article is not None:
        article = find_place(library, f"{name}/{article}").article
    if explain is not None:
        return _explain(library, name, article, explain)
    if article is not None:
        text = library.article(name, article)
        return Output(text, lines.article_lines(text, everything=everything))
    if unruled:
        sentences = library.unruled(name)
        return Output(sentences, lines.unruled_lines(sentences, library.panels(name)))
    panels = library.panels(name)
    if timeline:
        from briefing.cli.review_lines import timeline_lines

        row = chosen_country(panels, country)
        entries = library.timeline(name, country=row.code if row else None)
        title = f"{panels.title} · {row.name}" if row else panels.title
        return Output(entries, timeline_lines(entries, title, name))
    if matrix is not None:
        from briefing.cli.review_lines import matrix_lines
        from briefing.compare.side_by_side import build_matrix

        row = chosen_country(panels, country)
        cells = build_matrix(panels, matrix, row.code if row else None)
        return Output(cells, matrix_lines(cells, panels.title))
    return _show_panels(with_paraphrases(panels) if paraphrases else panels, country, quotes=quotes)


_VIEWS = {
    "--explain": ("--article",),
    "--article": ("--all",),
    "--unruled": (),
    "--timeline": ("--country",),
    "--matrix": ("--country",),
    "the briefing": ("--country", "--quotes", "--paraphrases"),
}
"""What shows a view, the first that is given, and which options it heeds."""


def _show_panels(panels: Panels, country: str | None, *, quotes: bool) -> Output:
    """Return a briefing, or of a country its row, the quotes by it and those about it."""
    row = chosen_country(panels, country)
    if row is None:
        if quotes:
            return Output(panels.quotes, lines.quote_section(panels.quotes, panels.name))
        return Output(panels, lines.briefing_lines(panels))
    own, about = part_quotes(panels.quotes, row.code)
    if quotes:
        return Output((*own, *about), lines.voice_sections(panels.quotes, row, panels.name))
    return Output({"country": row, "by": own, "about": about}, lines.country_view(panels, row))


def _explain(library: Library, name: str, article: str | None, wanted: str) -> Output:
    """Return why quotes have the speakers they have: `wanted` is ARTICLE/QUOTE, or all.

    With `article`, `all` means those of it. Raises NotFoundError, and UsageError for what is no
    quote.
    """
    if wanted == "all":
        panels = library.panels(name)
        rows: Iterable[tuple[str, str, str]] = (
            row.key for row in panels.quotes + panels.paraphrases
        )
        places = [(one, quote) for one, _, quote in rows if article in (None, one)]
    else:
        holder = article if article and "/" not in wanted else None
        place = find_place(library, "/".join(filter(None, (name, holder, wanted))))
        if place.quote is None:
            raise click.UsageError(f"{place} is no quote: --explain ARTICLE/QUOTE")
        places = [(place.article, place.quote)]
    found = [library.explain(name, *place) for place in places]
    pairs = zip(places, found, strict=True)
    return Output(
        found, (line for place, one in pairs for line in explanation_lines("/".join(place), one))
    )


def with_paraphrases(panels: Panels) -> Panels:
    """Return the panels with the paraphrases among the quotes."""
    countries = tuple(
        replace(row, quotes=row.quotes.plus(row.paraphrases)) for row in panels.countries
    )
    return replace(panels, quotes=panels.quotes_and_paraphrases(), countries=countries)


def serve(job: Job, name: str | None, *, port: int, host: str, yes_anyone_can_edit: bool) -> None:
    """Serve the app to a browser, opened at briefing NAME if given; until ^C."""
    try:
        from briefing.tui.serving.server import LOOPBACK, AppServer
    except ModuleNotFoundError:
        raise UsageError(
            "serving needs textual-serve, which is not installed",
            "Install the extra: pip install 'briefing[serve]'",
        ) from None
    if host not in LOOPBACK and not yes_anyone_can_edit:
        raise UsageError(
            f"on {host}, whoever reaches port {port} could read and change the library",
            "There are no passwords and no encryption. Leave --host out to serve this machine "
            "only, or say --yes-anyone-can-edit.",
        )
    library = job.library(fresh=False)
    if name is not None:
        library.require(name)
    # Not as an argument: every user of the machine can read those, and it may hold a password.
    os.environ[INDEX_VARIABLE] = library.address or OWN_INDEX
    server = AppServer(library.root, name, host, port)
    _refuse_taken(host, port)
    address = f"[{host}]" if ":" in host else host
    whom = "this machine" if host in LOOPBACK else "whoever reaches it, who can change everything"
    say(f"{library.name} is at http://{address}:{port} for {whom}. ^C ends it.")
    server.serve()


def _refuse_taken(host: str, port: int) -> None:
    """Raise UsageError where a server cannot listen there."""
    try:
        for family, kind, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(place)
    except (OSError, UnicodeError) as error:
        # The latter is what a name that no address can have raises.
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"{host} port {port} cannot be listened on: {reason}", "Name another with --port."
        ) from None


def codebook(job: Job, name: str | None, sentence: str | None, book: str | None) -> Output:
    """List the shipped codebooks, or show NAME: a shipped one, or that of a briefing."""
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
    if codebook.shipped_name:
        reason = f" ({one_line(codebook.reason)})" if codebook.reason else ""
        yield PlainLine(f"{codebook.shipped_name}{reason}", strength="title")
    for stance in codebook.stances:
        opposite = f" (opposite: {one_line(stance.opposite)})" if stance.opposite else ""
        yield PlainLine(f"{one_line(stance.name)}{opposite}", strength="strong")
        yield PlainLine(one_line(", ".join(stance.cues)), indent=2)


def _try(codebook: Codebook, sentence: str) -> Output:
    from briefing.annotate.trying import try_sentence, why_none

    found = try_sentence(sentence, codebook)
    if found:
        return Output(found, (line for each in found for line in _tried_lines(each)))
    reason = why_none(sentence, codebook)
    return Output(found, [PlainLine(f"no country takes a stance here: {reason}")])


def _tried_lines(tried: TriedPosition) -> Iterator[PlainLine]:
    """Yield a position, then what else is known of it."""
    position = tried.position
    yield PlainLine(one_line(f"{position.country} {position.stance}"), strength="strong")
    facts = {what: getattr(position, what) for what in ("target", "object", "actor", "hedge")}
    facts["rule"] = position.rule
    facts["cue"] = f"“{tried.words}” ({tried.cue})" if tried.words else None
    for what, text in facts.items():
        if text:
            yield PlainLine(f"{what}: {one_line(text)}", indent=2)
