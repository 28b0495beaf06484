"""What the library's jobs answer: plain data for the command line and the screens to tell."""

from __future__ import annotations

from collections.abc import Callable

from briefing.model import Problem, Record

Progress = Callable[[int, int, str], None]
"""Called with how many of how many are done, and the name of the next."""


class InputBytes(Record, frozen=True, kw_only=True):
    """Bytes that came without a file, from a standard stream, and the name to speak of them by."""

    name: str
    data: bytes


class Added(Record, frozen=True, kw_only=True):
    """An article that was added, and what was found in it.

    `made` is the first title of the briefing that was made for it, None where that was there.
    """

    name: str
    briefing: str
    article: str
    headline: str | None = None
    publisher: str | None = None
    paragraphs: int = 0
    quotes: int = 0
    countries: int = 0
    set_aside: int = 0
    made: str | None = None


class Duplicate(Record, frozen=True, kw_only=True):
    """A document whose very bytes the briefing already holds."""

    name: str
    briefing: str
    article: str


class Failure(Record, frozen=True, kw_only=True):
    """A document that could not be added; the rest of the batch went on."""

    name: str
    message: str
    hint: str | None = None
    exit_code: int = 1


class AddReport(Record, frozen=True, kw_only=True):
    """What became of each document of a batch.

    `unindexed` says why what was added is not searchable before the next refresh, or is None.
    """

    added: tuple[Added, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    failures: tuple[Failure, ...] = ()
    unindexed: str | None = None


class Reannotated(Record, frozen=True, kw_only=True):
    """Ids of articles whose annotations changed, and of those left as a person had changed them."""

    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


class Refreshed(Record, frozen=True, kw_only=True):
    """What a refresh of the index changed: names of briefings, and the files left out.

    `rebuilt` is a sentence that says why the whole index was made anew, or None.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    rebuilt: str | None = None
