"""How fast dates are found: in news-like text, and in nasty texts of growing length.

    python tests/bench/dates.py [FILE...]

Without files the news is made up: one date in about every 250 characters, as newspapers have.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from briefing.annotate.dates.annotator import find_dates
from briefing.model import PublicationDate

PUBLISHED = PublicationDate(value="2020-01-23", precision="day", basis="stated")
NEWS = """\
The harbour board of the northern port said on Tuesday that its oldest quay will stay shut, since
the ground beneath it has moved again and no repair has been agreed between the two owners.

Workers who had moved the cranes across the river waited for a ruling of the court, which may come
next month, and for the second of two reports on the state of the ground below the old warehouses.

“Nobody here has counted the cost of 15 more winters,” said Ana Lin, the transport minister, who
signed the first contract in March 2018 and left the board of the company to lead the ministry.

A line of lorries reached the old customs house, and the ferries carried 2,400 people more than on
other days, the operator told the local paper in a letter about the road and the bridge beside it.
"""
NASTY = {
    "one digit": "1",
    "digits and blanks": "1 2 ",
    "letters": "a",
    "blanks": " ",
    "line breaks": "\n",
    "years in a list": "in 2019 and ",
    "weekdays": "on Tuesday ",
    "months": "Jan. ",
    "days without a year": "Jan. 4 and ",
    "dashes": "4-",
    "years and dashes": "2018-2019-",
    "open marks": '"Tuesday ',
}
SIZES = (10_000, 100_000, 1_000_000)


def measure(texts: list[str]) -> tuple[int, float]:
    """Return how many dates the texts hold and the seconds of CPU that finding them takes."""
    start = time.process_time()
    found = sum(len(find_dates(text, PUBLISHED)) for text in texts)
    return found, time.process_time() - start


def main() -> None:
    """Print characters a second for the news, and milliseconds by length for nasty texts."""
    texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    paragraphs = [line for text in texts for line in text.splitlines() if line]
    paragraphs = paragraphs or NEWS.split("\n\n")
    size = sum(map(len, paragraphs))
    many = paragraphs * (1_000_000 // size + 1)
    measure(paragraphs)
    found, seconds = measure(many)
    length = sum(map(len, many))
    print(f"news: {found} dates, {length / seconds / 1e6:.1f} million characters a second")
    print(f"{'ms of CPU by characters':24}" + "".join(f"{size:>12,}" for size in SIZES))
    for name, unit in NASTY.items():
        times = [measure([(unit * (size // len(unit) + 1))[:size]])[1] for size in SIZES]
        print(f"{name:24}" + "".join(f"{1000 * each:12.1f}" for each in times))


if __name__ == "__main__":
    main()
