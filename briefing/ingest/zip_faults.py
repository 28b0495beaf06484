"""What unpacking raises for archives that are damaged, locked or packed in an unknown way.

And how many entries a document's archive may have, counted before it is opened.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

MOST_ENTRIES: Final = 20_000
_ENTRY: Final = b"PK\x01\x02"


def has_too_many_entries(data: bytes) -> bool:
    """Whether an archive has more entries than that of any document."""
    return data.count(_ENTRY) > MOST_ENTRIES


ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
