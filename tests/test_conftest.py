"""The tests run alike whatever they are started by."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator

import pytest

ASK = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"


@pytest.fixture
def ignored_interrupts() -> Iterator[None]:
    """Ignore interrupts, as `nohup` and `&` have a program do."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ignored_interrupts")
def test_what_a_test_starts_hears_an_interrupt_that_the_tests_ignore(
    start_python: Callable[..., subprocess.Popen[str]],
) -> None:
    said, _ = start_python("-c", ASK).communicate(timeout=60)
    assert said == "True\n"
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
