"""What the server starts for each tab: the app over the library and briefing that are named."""

from __future__ import annotations

import sys
from pathlib import Path

from briefing.library import Library
from briefing.tui import run

if __name__ == "__main__":
    root, *named = sys.argv[1:]
    run(Library.open(Path(root)), briefing=named[0] if named else None)
