from __future__ import annotations

import subprocess
import sys

import pytest

READ_AT_ONCE = """
import sys, threading
sys.setswitchinterval(1e-6)
import msgspec
from briefing.compare.panels import Panels, QuoteRow, SourceRow
from briefing.model import Quote, decoder_of
quote = Quote(id="q-1", kind="direct", start=0, end=1, exact="a", rule="r")
row = QuoteRow(article="a", chunk="c1", source="s", quote=quote)
panels = Panels(
    name="n", title="t", quotes=(row,) * 50, sources=(SourceRow(number=1, article="a", label="s"),)
)
data, start, read = msgspec.json.encode(panels), threading.Barrier(4), []
def run():
    start.wait()
    read.append(decoder_of(Panels).decode(data) == panels)
threads = [threading.Thread(target=run) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert read == [True] * 4, read
"""


@pytest.mark.parametrize("process", range(6))
def test_threads_may_read_a_type_for_the_first_time_at_once(process: int) -> None:
    call = [sys.executable, "-c", READ_AT_ONCE]
    done = subprocess.run(call, check=False, capture_output=True, text=True)
    assert (process, done.returncode, done.stderr) == (process, 0, "")
