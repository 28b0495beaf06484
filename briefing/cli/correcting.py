"""The commands that correct what stands at a place of an article, and what all such share."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from msgspec.structs import replace

from briefing.cli.job import Job, Output
from briefing.cli.places import NamedPlace, find_place, split_place
from briefing.errors import AmbiguousError, UsageError, WriteError, nearest
from briefing.model import NO_POSITION

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.library.reports import Done
    from briefing.model import Anchor, EditKind


def open_to_edit(
    job: Job, name: str | None, *, create: bool = False, gone: bool = False
) -> Library:
    """Open the library to change briefing `name`, or to make a new one where that is None.

    With `create` the library need not exist, with `gone` the briefing need not. What may not be
    changed is reported before anything else: WriteError.
    """
    library = job.library(fresh=False, create=create)
    if name is not None and not gone:
        library.require(name)
    reason = library.editing.can_edit(name)
    if reason is not None:
        raise WriteError(reason, "Copy it to a library of your own: briefing copy FOLDER")
    job.freshen(library)
    return library


def require_article(place: NamedPlace) -> None:
    """Raise UsageError where a place is a whole briefing."""
    if not place.article:
        raise UsageError(
            f"{place} is a briefing: name an article, a block or a quote of it",
            f"{place}/ARTICLE, {place}/ARTICLE/c7, {place}/ARTICLE/q-3f2a, as briefing show "
            f"{place} prints them.",
        )


def _require_words(place: NamedPlace, words: str | None) -> None:
    """Raise UsageError where neither a place nor words say which words are meant."""
    require_article(place)
    if place.chunk is None and words is None:
        raise UsageError(
            f"{place} is an article: say which words of it",
            f'With --words "…", or name a block or quote: briefing show {place} lists them.',
        )


def find_anchor(
    library: Library, place: NamedPlace, words: str | None = None, nth: int | None = None
) -> Anchor:
    """Return the anchor of words at a place, or of the place itself.

    Raises MismatchError where the words are not there, AmbiguousError where they stand more than
    once and `nth` does not say which.
    """
    name, article, chunk, quote, start, end = place
    within: dict[str, Any] = {"quote": quote, "start": start, "end": end}
    if words is not None:
        within = {"words": words}
    try:
        return library.editing.anchor(name, article, chunk=chunk, **within)
    except AmbiguousError as error:
        if nth is not None and nth <= len(error.choices):
            return error.choices[nth - 1].anchor
        raise


class Call(NamedTuple):
    """A call of a command that corrects what stands at a place."""

    job: Job
    at: str
    words: str | None
    nth: int | None
    why: str | None

    def open(self) -> tuple[Library, NamedPlace]:
        """Open the library to change what is at the place.

        Raises as `find_place` and `open_to_edit`.
        """
        library = open_to_edit(self.job, split_place(self.at)[0])
        return library, find_place(library, self.at)

    def report(self, done: Done) -> Output:
        """Return what was done and how to undo it."""
        return report_done(self.job, done)

    def correct(self, kind: EditKind, **fields: Any) -> Output:
        """Store a correction of the words at the place and report it; None is not given."""
        library, place = self.open()
        _require_words(place, self.words)
        return self.store(library, place, kind, **fields)

    def store(self, library: Library, place: NamedPlace, kind: EditKind, **fields: Any) -> Output:
        """Store a correction in an open library, with the reason that was given, and report it."""
        anchor = find_anchor(library, place, self.words, self.nth)
        fields = {"text": self.why, **fields}
        given = {name: value for name, value in fields.items() if value is not None}
        return self.report(library.editing.correct(place.briefing, kind, anchor, **given))


def at_place(function: Callable[..., Output | None]) -> Callable[..., Output | None]:
    """Return the function of a command on a PLACE: it gets a `Call`, and what else is given."""

    @wraps(function)
    def run(job: Job, place: str, **given: Any) -> Output | None:
        at, nth, why = (given.pop(name, None) for name in ("words", "nth", "why"))
        return function(Call(job, place, at, nth, why), **given)

    return run


def read_pairs(pairs: Sequence[str], known: Sequence[str], what: str) -> dict[str, str]:
    """Return `key=value` words as a dict; `what` says whose keys they are.

    Raises UsageError, with the nearest key, where one is none.
    """
    values: dict[str, str] = {}
    listed = ", ".join(known)
    for pair in pairs:
        key, equals, value = pair.partition("=")
        key = key.strip().casefold().replace("-", "_")
        if not equals:
            raise UsageError(f"{pair!r} is not key=value", f"The keys of {what}: {listed}")
        if key not in known:
            meant = "".join(f"Did you mean {each}? " for each in nearest(key, known))
            raise UsageError(f"{key!r} is not a key of {what}", f"{meant}Its keys: {listed}")
        if key in values:
            raise UsageError(f"{key} is set twice")
        values[key] = value
    return values


def report_done(job: Job, done: Done) -> Output:
    """Return what was done and how to undo it: two lines, or one object."""
    if done.undo is not None and job.named is not None:
        words = ["briefing", "--library", str(job.named)]
        done = replace(done, undo=f"{shlex.join(words)}{done.undo.removeprefix('briefing')}")
    said = [done.done]
    if done.undo is not None:
        said.append(f"to undo it: {done.undo}")
    if done.unindexed:
        said.append(f"not searchable yet: {done.unindexed} The next command will index it.")
    return Output(done, said=said)


@at_place
def rule(
    call: Call,
    stance: str | None,
    country: str | None,
    target: str | None,
    matter: str | None,
    date: str | None,
) -> Output:
    """Rule that the words at PLACE show STANCE of a country, or none of any."""
    if stance is None and target is matter is date is None:
        raise click.UsageError("Name a stance, or set --target, --object or --date.")
    if country is None and stance != NO_POSITION:
        raise click.UsageError("Say whose stance it is: --country CODE; only `none` needs none.")
    kind: EditKind = "rule-position" if stance else "set-position"
    return call.correct(
        kind, stance=stance, country=country, target=target, object=matter, date=date
    )


@at_place
def note(call: Call, text: str) -> Output:
    """Attach the note TEXT to a block, a quote, or words of an article."""
    return call.correct("note", text=text)


@at_place
def tag(call: Call, tag: str) -> Output:
    """Tag a block, a quote, or words of an article: `briefing search tag:TAG` finds them."""
    return call.correct("tag", text=tag)


@at_place
def highlight(call: Call) -> Output:
    """Highlight words of an article, or a quote or block of it."""
    return call.correct("highlight")


@at_place
def pin(call: Call) -> Output:
    """Pin a quote, or unpin one that is pinned; pinned quotes come first."""
    library, found = call.open()
    require_article(found)
    if found.quote is None:
        raise UsageError(f"{found} is no quote: only quotes are pinned", _quotes_hint(call.at))
    return call.report(library.editing.pin(found.briefing, found.article, found.quote))


def _quotes_hint(place: str) -> str:
    name = place.partition("/")[0]
    return f"briefing show {name} --quotes --paraphrases lists the quotes."


@at_place
def drop(call: Call) -> Output:
    """Drop a quote that is none, or with --words a country's mention that is none."""
    library, found = call.open()
    require_article(found)
    if call.words is None and found.quote is None:
        raise UsageError(
            f"{found} is no quote: name one, or a country's mention with --words",
            "A block is set aside with briefing set PLACE role=unrelated, an article removed with "
            f"briefing remove. {_quotes_hint(call.at)}",
        )
    return call.store(library, found, "drop-quote" if call.words is None else "drop-mention")


@at_place
def mention(call: Call, country: str) -> Output:
    """Let words of an article mention COUNTRY, whatever they were taken for before."""
    if call.words is None:
        raise click.UsageError('Say which words mention it: --words "…"')
    return call.correct("set-mention", country=country)


@at_place
def restore(call: Call) -> Output:
    """Restore a block that was set aside: it is read and annotated like any other."""
    return call.correct("set-role", role="body")


@at_place
def quote(
    call: Call,
    speaker: str | None,
    role: str | None,
    type: str | None,  # noqa: A002 (the name of the field)
    country: str | None,
    kind: str,
) -> Output:
    """Add a quote that was missed: its exact words, and who said it."""
    library, found = call.open()
    _require_words(found, call.words)
    if found.quote is not None and call.words is None:
        raise UsageError(f"{found} is a quote already", "To change it: briefing set PLACE speaker=")
    who = library.editing.speaker(speaker, role, type, country)
    return call.store(library, found, "add-quote", speaker=who, quote_kind=kind)
