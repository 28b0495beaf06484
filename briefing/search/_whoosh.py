"""Importing Whoosh 2.7.4 without the syntax warnings of newer Python versions."""

import contextlib
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def importing_quietly() -> Iterator[None]:
    """Suppress the warnings of compiling Whoosh's modules in a `with` block."""
    with warnings.catch_warnings():
        # Warnings from compiling have the file's path as their module, hence the wildcard.
        warnings.filterwarnings("ignore", module=r".*whoosh.*")
        for category in (SyntaxWarning, DeprecationWarning):
            warnings.simplefilter("ignore", category)
        yield
