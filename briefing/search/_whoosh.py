"""The one door to Whoosh 2.7.4, which is older than Python's warnings about its string escapes."""

from __future__ import annotations

import importlib
import warnings
from typing import Any


def load(module: str) -> Any:
    """Import one of Whoosh's modules without the warnings of compiling it."""
    with warnings.catch_warnings():
        # A warning raised while compiling carries the file's path, hence the leading wildcard.
        warnings.filterwarnings("ignore", module=r".*whoosh.*")
        for category in (SyntaxWarning, DeprecationWarning):
            warnings.simplefilter("ignore", category)
        return importlib.import_module(module)
