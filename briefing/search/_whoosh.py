"""The one door to Whoosh 2.7.4, which is older than Python's warnings about its string escapes."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # A warning raised while compiling carries the file's path, hence the leading wildcard.
    warnings.filterwarnings("ignore", module=r".*whoosh.*")
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.lang.porter import stem as porter_stem

__all__ = ["porter_stem"]
