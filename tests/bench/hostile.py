"""Prints what fetching says to each misbehaviour of a server, and after how many seconds.

The limits are those of the tests (0.6 seconds and 200 KB a document), not those of the program.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from briefing.ingest.web.addresses import FetchError
from briefing.ingest.web.fetching import Fetcher, Request
from tests.ingest.web.hostile import answer, hostile_server
from tests.ingest.web.test_fetching import CASES, HOST, PAGE, PRIVATE, QUICK

MORE = {
    "circle": answer(b"", "Location: /circle", status=301),
    "to a file": answer(b"", "Location: file:///etc/passwd", status=302),
    **{
        f"to {address}": answer(b"", f"Location: http://{host}/x", status=302)
        for host, address in PRIVATE.items()
    },
    "a page": answer(PAGE),
}


def main() -> None:
    """Fetch each case once."""
    pages = {case: page for case, (page, _) in CASES.items()} | MORE
    print(f"{'case':24} {'seconds':>7}  said")
    for case, page in pages.items():
        with hostile_server() as server:
            server.pages |= {f"/{case.split()[0]}": page}
            network = server.network({host: [address] for host, address in PRIVATE.items()})
            address = f"{HOST}/{case.split()[0]}"
            began = time.perf_counter()
            try:
                got = Fetcher(network, QUICK).fetch(Request(address))
                said = f"{len(got.data)} bytes came"
            except FetchError as error:
                said = error.message.removeprefix(address).lstrip(": ")
            print(f"{case:24} {time.perf_counter() - began:7.2f}  {said}")


if __name__ == "__main__":
    main()
