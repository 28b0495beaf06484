"""The commands about feeds, the lists of what is fetched, and what is said of what was added."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import console
from briefing.cli.correcting import open_to_edit, report_done
from briefing.cli.job import Job, Output, refuse_ignored
from briefing.cli.lines import PlainLine, catalog_counts
from briefing.content.info import INFO_NAME, read_info
from briefing.errors import InputError, NotFoundError, list_known
from briefing.model import Feed
from briefing.visible import one_line
from briefing.wording import counted, quotes_in_words

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.library.reports import AddReport, Double, SyncedFeed

MOST_REASONS = 5
"""Reasons why documents could not be added that are counted at the end."""


def read_list(name: str) -> list[str]:
    """Return the addresses in a file, or with `-` in standard input; `#` begins a remark.

    Raises InputError.
    """
    where, data = console.read_input(name)
    lines = (line.strip() for line in data.decode("utf-8-sig", "replace").splitlines())
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise InputError(f"{where}: there are no addresses in it", "Write one on each line.")
    return found


def report_added(report: AddReport, *, quiet: bool) -> None:
    """Print what was done with each document; only failures when `quiet`."""
    for item in report.added if not quiet else ():
        found = (
            counted(item.paragraphs, "paragraph"),
            quotes_in_words(item.quotes, item.paraphrases),
            counted(item.countries, "country"),
            f"{counted(item.set_aside, 'block')} set aside",
        )
        why = ", ".join(item.reasons)
        words = f" ({counted(item.words_aside, 'word')}: {why})" if why else ""
        place = f"{item.briefing}/{item.article}"
        console.say(f"added {one_line(item.name)} as {place}: {', '.join(found)}{words}")
    for copy in report.duplicates if not quiet else ():
        place = f"{copy.briefing}/{copy.article}"
        how = "byte for byte" if copy.same_bytes else "word for word"
        console.say(f"already in the library: {one_line(copy.name)} is {place}, {how}")
    if not quiet:
        _report_doubles(report.doubles)
    for sentence in report.told if not quiet else ():
        console.say(one_line(sentence))
    for message, hint in dict.fromkeys((each.message, each.hint) for each in report.failures):
        console.report_error(message, hint)
    if report.unindexed:
        console.say(f"not searchable yet: {report.unindexed} The next command will index it.")
    if report.failures:
        left_out = sum(not double.added for double in report.doubles)
        total = len(report.added) + len(report.duplicates) + len(report.failures) + left_out
        console.say(f"{len(report.failures):,} of {counted(total, 'document')} could not be added")
        whys = Counter(each.message.split(f"{each.name}: ")[-1] for each in report.failures)
        for why, number in whys.most_common(MOST_REASONS):
            if number > 1:
                console.say(f"  {number:,} × {one_line(why)}")


def _report_doubles(doubles: Sequence[Double]) -> None:
    for double in doubles:
        if not double.known:
            console.say(one_line(double.says()))
    known = sum(double.known for double in doubles)
    if known:
        console.say(f"{counted(known, 'double')} left out as before; --keep-doubles adds them")


def report_briefings(library: Library, report: AddReport, named: Path | None) -> None:
    """Print what the briefings that were added to hold now, and how to read them."""
    touched = {item.briefing for item in report.added}
    if not touched:
        return
    rows = [row for row in library.catalog() if row.name in touched]
    made = {item.briefing for item in report.added if item.made is not None}
    words = ["briefing", *(("--library", str(named)) if named is not None else ())]
    if len(touched) == 1:
        words += ["open", *touched]
    if len(touched) == 1 and rows:
        (row,) = rows
        holds = ", ".join(catalog_counts(row))
        title = f"the briefing “{one_line(row.title)}”"
        is_new = row.name in made
        console.say(
            f"created {title} with {holds}" if is_new else f"added to {title}, now with {holds}"
        )
    else:
        parts = (("created", len(made)), ("added to", len(touched - made)))
        console.say(" and ".join(f"{done} {counted(n, 'briefing')}" for done, n in parts if n))
    console.say(f"to read it: {shlex.join(words)}")


def sync(
    job: Job,
    names: tuple[str, ...],
    *,
    most: int,
    allow_private: bool,
    offline: bool,
) -> None:
    """Add what is new in the feeds of briefing NAME, or of all briefings."""
    library = job.library()
    fetcher = library.fetcher(offline=offline, allow_private=allow_private)
    with console.progress_bar("Fetching", console.MANY_FILES) as show:
        synced = library.sync(names, fetcher, most=most, progress=show)
    if job.as_json:
        console.print_json(synced)
    else:
        report_added(synced.report, quiet=False)
    for feed in synced.feeds:
        if feed.failure is not None:
            console.report_error(feed.failure.message, feed.failure.hint)
        elif not job.as_json:
            console.say(_feed_words(feed))
    failed = [feed.failure for feed in synced.feeds if feed.failure is not None]
    without = f"; {counted(len(failed), 'feed')} could not be read" if failed else ""
    added = counted(len(synced.report.added), "article")
    console.say(f"{counted(len(synced.feeds), 'feed')}, {added} added{without}")
    console.exit_with({one.exit_code for one in (*failed, *synced.report.failures)})


def _feed_words(feed: SyncedFeed) -> str:
    what = f"{feed.briefing}: {one_line(feed.title or feed.address)}:"
    if feed.is_unchanged:
        return f"{what} nothing new"
    entries = f"{feed.entries:,} {'entry' if feed.entries == 1 else 'entries'}"
    left = f", {feed.left:,} left to the next run" if feed.left else ""
    return f"{what} {entries}, {counted(feed.asked, 'page')} fetched{left}"


def feeds(
    job: Job,
    name: str,
    added: tuple[str, ...],
    words: tuple[str, ...],
    removed: tuple[str, ...],
    imported: str | None,
    *,
    opml: bool,
) -> Output | None:
    """List the feeds of briefing NAME, or change them; `briefing sync` fetches what is new."""
    if opml:
        refuse_ignored("--opml", {"name", "--opml"})
    if words and not added:
        raise click.UsageError("--word is of a feed that --add adds")
    if not (added or removed or imported):
        return _list(job, name, opml=opml)
    library = open_to_edit(job, name)
    known = {feed.address: feed for feed in library.feeds(name)}
    for address in removed:
        if known.pop(address, None) is None:
            raise NotFoundError(f"{name} has no feed {address!r}", list_known((), list(known)))
    new = [Feed(address=address.strip(), words=words) for address in added]
    if imported is not None:
        from briefing.ingest.web.opml import read_opml

        where, data = console.read_input(imported)
        new += [Feed(address=each) for each in read_opml(data, where) if each not in known]
    known |= {feed.address: feed for feed in new}
    return report_done(job, library.editing.set_feeds(name, list(known.values())))


def _list(job: Job, name: str, *, opml: bool) -> Output | None:
    library = job.library(fresh=False)
    library.require(name)
    found = library.feeds(name)
    if opml:
        from briefing.ingest.web.opml import write_opml

        title = read_info(library.content / name / INFO_NAME).title
        console.print_bytes(write_opml(title, [feed.address for feed in found]))
        return None
    lines = []
    for feed in found:
        only = f"  only with: {one_line(', '.join(feed.words))}" if feed.words else ""
        lines.append(PlainLine(f"{one_line(feed.address)}{only}"))
    none = () if found else (f"{name} has no feeds: briefing feeds {name} --add ADDRESS",)
    return Output(found, lines, none)
