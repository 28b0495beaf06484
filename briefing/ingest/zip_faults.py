"""What unpacking raises for archives that are damaged, locked or packed in an unknown way."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
