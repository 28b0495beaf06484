"""The one door to Whoosh 2.7.4, which is older than Python's warnings about its string escapes."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def importing_quietly() -> Iterator[None]:
    """Import Whoosh's modules inside without the warnings of compiling them."""
    with warnings.catch_warnings():
        # A warning raised while compiling carries the file's path, hence the leading wildcard.
        warnings.filterwarnings("ignore", module=r".*whoosh.*")
        for category in (SyntaxWarning, DeprecationWarning):
            warnings.simplefilter("ignore", category)
        yield
