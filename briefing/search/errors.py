"""The one failure of an index that its owner can mend: by making it again from `content/`."""

from __future__ import annotations

from briefing.errors import SearchIndexError


class IndexStale(SearchIndexError):  # noqa: N818 - it tells a state, and is caught by name
    """The index is missing, foreign, of another version or damaged; make it anew.

    `message` says which, fit to be shown.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message, "it is made again from content/: briefing index --rebuild")
