"""What the library's jobs return: plain data for the command line and the screens to report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from briefing.errors import BriefingError
from briefing.model import Edit, Problem, Record
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.compare.changes import BriefingState
    from briefing.ingest import WebOrigin

Progress = Callable[[int, int, str], None]
"""Called with the number done, the total, and the name of the next."""


class InputBytes(Record, frozen=True, kw_only=True):
    """Bytes from a stream or the web, their name in reports and as a `file`, and `origin`."""

    name: str
    data: bytes
    file: str | None = None
    origin: WebOrigin | None = None


class Added(Record, frozen=True, kw_only=True):
    """An article that was added, and counts of its annotations.

    `set_aside` counts the blocks that are not read, `words_aside` their words; `reasons` are the
    three rules that took most of them. `made` is the first title of the briefing created for it, or
    None. `before` is the article fetched from its address earlier, with another text.
    """

    name: str
    briefing: str
    article: str
    headline: str | None = None
    publisher: str | None = None
    paragraphs: int = 0
    quotes: int = 0
    paraphrases: int = 0
    countries: int = 0
    set_aside: int = 0
    words_aside: int = 0
    reasons: tuple[str, ...] = ()
    made: str | None = None
    before: str | None = None


class Exported(Record, frozen=True, kw_only=True):
    """The text of an export, the files it lacks, and the `state` in a memo of all of a briefing."""

    text: str
    skipped: tuple[Problem, ...] = ()
    state: BriefingState | None = None


class Duplicate(Record, frozen=True, kw_only=True):
    """A document that the briefing already holds: its exact bytes, or a page with its text."""

    name: str
    briefing: str
    article: str
    same_bytes: bool = True


class Double(Record, frozen=True, kw_only=True):
    """An article of other bytes with the text or the address of one that the library holds.

    `of` is the place of that one, `BRIEFING/ARTICLE`. Its `kind` is the same `text`, an edited
    `copy`, or only the same `address`; `share` of the runs of words of the shorter text stand in
    the other, and `differ` counts the paragraphs that only one of them has. `added` is whether it
    was added; one that was left out is `known` where the analyst chose that before.
    """

    name: str = ""
    briefing: str = ""
    article: str = ""
    of: str
    kind: Literal["text", "copy", "address"]
    same_address: bool
    share: float
    differ: int
    added: bool = True
    known: bool = False

    def says(self) -> str:
        """Return what the article shares with the other, and what differs, in words."""
        alike = {
            "text": "holds the same text as",
            "copy": "is an edited copy of",
            "address": "has the address, but not the text, of",
        }[self.kind]
        address = ", at the same address" if self.same_address and self.kind != "address" else ""
        differ = f"{counted(self.differ, 'paragraph')} differ{'s' if self.differ == 1 else ''}"
        differ = differ if self.differ else "no paragraph differs"
        place = f"{self.briefing}/{self.article}" if self.added else self.name
        left_out = "" if self.added else "; it was left out"
        return f"{place} {alike} {self.of}{address}: {differ}{left_out}"


class Failure(Record, frozen=True, kw_only=True):
    """A document that could not be processed; the rest of the batch was."""

    name: str
    message: str
    hint: str | None = None
    exit_code: int = 1


def failure(name: str, error: Exception) -> Failure:
    """Return the failure of one document; an unexpected error is logged with its trace."""
    if not isinstance(error, BriefingError):
        from briefing.crashes import report_crash

        error = report_crash(error, name)
    return Failure(
        name=name, message=error.message, hint=error.hint, exit_code=int(error.exit_code)
    )


class AddReport(Record, frozen=True, kw_only=True):
    """The outcome of each document of a batch.

    `told` are sentences about the files, such as what a file says it holds and does not.
    `unindexed` says why the documents are not searchable before the next refresh, or is None.
    """

    added: tuple[Added, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    doubles: tuple[Double, ...] = ()
    failures: tuple[Failure, ...] = ()
    told: tuple[str, ...] = ()
    unindexed: str | None = None

    @classmethod
    def of(cls, reports: Sequence[AddReport]) -> AddReport:
        """Return the outcome of several batches, one after the other."""
        lists = ("added", "duplicates", "doubles", "failures", "told")
        return cls(
            **{each: tuple(chain.from_iterable(map(attrgetter(each), reports))) for each in lists},
            unindexed=next((each.unindexed for each in reports if each.unindexed), None),
        )


class SyncedFeed(Record, frozen=True, kw_only=True):
    """What became of a feed: how many entries; pages asked for, and left; why it was not read."""

    briefing: str
    address: str
    title: str | None = None
    entries: int = 0
    asked: int = 0
    left: int = 0
    is_unchanged: bool = False
    failure: Failure | None = None


class Synced(Record, frozen=True, kw_only=True):
    """The outcome of each feed, and of each page that was fetched for its entries."""

    feeds: tuple[SyncedFeed, ...]
    report: AddReport


class Reannotated(Record, frozen=True, kw_only=True):
    """Ids of articles that changed, were kept for hand edits, or were replaced despite them."""

    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


class Refreshed(Record, frozen=True, kw_only=True):
    """What a refresh of the index changed: names of briefings, and the files it skipped.

    `rebuilt` is a sentence that says why the whole index was rebuilt, or None; `unsearched` is one
    that says why a shared index has not got what changed.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    rebuilt: str | None = None
    unsearched: str | None = None


class Done(Record, frozen=True, kw_only=True):
    """What an action of the analyst's did, and the command that undoes it.

    `briefing` and `article` are their names afterwards; `edits` those that were added; `unindexed`
    is why the search index is not up to date, or None. `changed` is False where nothing was done.
    """

    done: str
    undo: str | None = None
    briefing: str | None = None
    article: str | None = None
    edits: tuple[Edit, ...] = ()
    unindexed: str | None = None
    changed: bool = True


class Action(Record, frozen=True, kw_only=True):
    """An action in the log: what was done when, by whom, in which briefing."""

    id: str
    made: str
    by: str | None = None
    briefing: str | None = None
    done: str
    undone: bool = False


class Trashed(Record, frozen=True, kw_only=True):
    """A removal whose files are in the trash."""

    id: str
    made: str
    done: str


class HandEdits(Record, frozen=True, kw_only=True):
    """A person's changes in a file: as edits, in sentences, and what no edit can express."""

    article: str
    edits: tuple[Edit, ...]
    says: tuple[str, ...]
    rest: tuple[str, ...] = ()


class DateHint(Record, frozen=True, kw_only=True):
    """A date that an article's text suggests, with its words and their place."""

    value: str
    words: str
    chunk: str
    start: int
    end: int
