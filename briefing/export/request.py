"""What of a briefing is asked for, and how sources are to be cited."""

from __future__ import annotations

from typing import Literal, get_args

from briefing.model import Record

Citations = Literal["footnotes", "pandoc", "plain"]
RowKind = Literal["quotes", "positions", "ledger"]
ROW_KINDS: tuple[RowKind, ...] = get_args(RowKind)


class ExportRequest(Record, frozen=True, kw_only=True):
    """What goes into an export; everything, within the length of a memo, by default.

    `country` is a code; `since` an ISO date that leaves out what is older or undated; `select`
    names statements by article and quote id. `with_paraphrases` offers every paraphrase as a key
    statement, and not only those that show a position; `full` lifts the limit of length. `rows`
    chooses one table of rows.
    """

    country: str | None = None
    since: str | None = None
    pinned: bool = False
    select: tuple[tuple[str, str], ...] = ()
    with_paraphrases: bool = False
    full: bool = False
    citations: Citations = "footnotes"
    rows: RowKind | None = None

    @property
    def is_part(self) -> bool:
        """Whether only a part of the briefing is asked for."""
        return bool(self.country or self.since or self.pinned or self.select)
