"""What the analyst's commands share: the library to edit, anchors, values, and what was done."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from briefing.cli.console import print_json, say
from briefing.cli.job import Job, json_option, some_word
from briefing.cli.places import NamedPlace, find_place, split_place
from briefing.cli.shell_completion import complete_place
from briefing.errors import AmbiguousError, UsageError, WriteError, nearest

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.library.reports import Done
    from briefing.model import Anchor, EditKind

_Command = TypeVar("_Command", bound=Callable[..., Any])

place_argument = click.argument("place", type=some_word, shell_complete=complete_place)
words_option = click.option(
    "--words", type=some_word, metavar="WORDS", help="The exact words, as the article has them."
)
nth_option = click.option(
    "--nth",
    type=click.IntRange(1, 9),
    metavar="N",
    help="Which one, where the words stand more than once: its number in the list of them.",
)
why_option = click.option("--why", type=some_word, metavar="TEXT", help="A reason to keep with it.")


def speaker_options(command: _Command) -> _Command:
    """Add the options that name a speaker."""
    for name, text in (
        ("--country", "The country the speaker speaks for: code or name."),
        ("--type", "named, spokesperson, official, institution, document or anonymous."),
        ("--role", "The speaker's role, in the words of the article."),
        ("--speaker", "The speaker's name."),
    ):
        metavar = name.removeprefix("--").upper()
        command = click.option(name, metavar=metavar, help=text)(command)
    return command


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


def open_place(job: Job, text: str) -> tuple[Library, NamedPlace]:
    """Open the library to change what is at a place; raises as `find_place` and `open_to_edit`."""
    library = open_to_edit(job, split_place(text)[0])
    return library, find_place(library, text)


def require_article(place: NamedPlace) -> None:
    """Raise UsageError where a place is a whole briefing."""
    if not place.article:
        raise UsageError(
            f"{place} is a briefing: name an article, a block or a quote of it",
            f"{place}/ARTICLE, {place}/ARTICLE/c7, {place}/ARTICLE/q-3f2a, as briefing show "
            f"{place} prints them.",
        )


def require_words(place: NamedPlace, words: str | None) -> None:
    """Raise UsageError where neither a place nor words say which words are meant."""
    require_article(place)
    if place.chunk is None and words is None:
        raise UsageError(
            f"{place} is an article: say which words of it",
            f'With --words "…", or name a block or quote: briefing show {place.briefing} '
            f"--article {place.article} lists them.",
        )


def find_anchor(library: Library, place: NamedPlace, words: str | None, nth: int | None) -> Anchor:
    """Return the anchor of words at a place, or of the place itself.

    Raises MismatchError where the words are not there, AmbiguousError where they stand more than
    once and `nth` does not say which.
    """
    find = library.editing.anchor
    try:
        if words is not None:
            return find(place.briefing, place.article, chunk=place.chunk, words=words)
        return find(
            place.briefing,
            place.article,
            quote=place.quote,
            chunk=place.chunk,
            start=place.start,
            end=place.end,
        )
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
    as_json: bool

    def open(self) -> tuple[Library, NamedPlace]:
        """Open the library to change what is at the place; raises as `open_place`."""
        return open_place(self.job, self.at)

    def report(self, done: Done) -> None:
        """Print what was done and how to undo it."""
        report_done(self.job, done, as_json=self.as_json)

    def correct(self, kind: EditKind, **fields: Any) -> None:
        """Store a correction of the words at the place and report it; None is not given."""
        library, place = self.open()
        require_words(place, self.words)
        self.store(library, place, kind, **fields)

    def store(self, library: Library, place: NamedPlace, kind: EditKind, **fields: Any) -> None:
        """Store a correction in an open library, with the reason that was given, and report it."""
        anchor = find_anchor(library, place, self.words, self.nth)
        fields = {"text": self.why, **fields}
        given = {name: value for name, value in fields.items() if value is not None}
        self.report(library.editing.correct(place.briefing, kind, anchor, **given))


def correcting(
    *own: Callable[[Any], Any], words: bool = True, why: bool = False, name: str | None = None
) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator that makes a command on a PLACE of a function.

    The function gets a `Call` and what its own arguments and options give; with `words` the command
    takes --words and --nth too, with `why` a reason.
    """
    shared = [*((words_option, nth_option) if words else ()), *((why_option,) if why else ())]

    def make(function: Callable[..., None]) -> click.Command:
        @wraps(function)
        def run(job: Job, place: str, *, as_json: bool, **given: Any) -> None:
            at, which, reason = (given.pop(name, None) for name in ("words", "nth", "why"))
            function(Call(job, place, at, which, reason, as_json), **given)

        command: Any = click.pass_obj(run)
        for add in reversed((place_argument, *own, *shared, json_option)):
            command = add(command)
        return click.command(name)(command)

    return make


def read_pairs(pairs: Sequence[str], known: Sequence[str], what: str) -> dict[str, str]:
    """Return `key=value` words as a dict; `what` says whose keys they are.

    Raises UsageError, with the nearest key, where one is none.
    """
    values: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        key = key.strip().casefold().replace("-", "_")
        if not equals:
            raise UsageError(f"{pair!r} is not key=value", f"The keys of {what}: {_list(known)}")
        if key not in known:
            meant = "".join(f"Did you mean {each}? " for each in nearest(key, known))
            raise UsageError(f"{key!r} is not a key of {what}", f"{meant}Its keys: {_list(known)}")
        if key in values:
            raise UsageError(f"{key} is set twice")
        values[key] = value
    return values


def _list(known: Sequence[str]) -> str:
    return ", ".join(known)


def report_done(job: Job, done: Done, *, as_json: bool) -> None:
    """Print what was done and how to undo it: two lines, or one object."""
    from msgspec.structs import replace

    if done.undo is not None and job.named is not None:
        words = ["briefing", "--library", str(job.named)]
        done = replace(done, undo=f"{shlex.join(words)}{done.undo.removeprefix('briefing')}")
    if as_json:
        print_json(done)
        return
    say(done.done)
    if done.undo is not None:
        say(f"to undo it: {done.undo}")
    if done.unindexed:
        say(f"not searchable yet: {done.unindexed} The next command will index it.")
