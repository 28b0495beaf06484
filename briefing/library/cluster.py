"""Tasks over many items: in this process, or spread over the workers of a Dask cluster.

A task is a pure function of an item. What it makes comes in the order of the items, whoever made
it, so that one process that takes it in turn writes the same whether it was spread or not.
Only this module knows Dask, and loads it when a cluster is asked for.
"""

from __future__ import annotations

import asyncio
import functools
import importlib.metadata
import logging
import platform
import signal
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from briefing import __version__
from briefing.annotate.pipeline import VERSION
from briefing.errors import ClusterError, UsageError

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

LOCAL = "local"
"""In place of an address: a cluster of this machine's own, for as long as the work takes."""
_ANSWER = 10
"""Seconds that a scheduler and its first worker have to answer."""
_NOBODY = 60
"""Seconds without any worker after which what is left is given up."""
_POLL = 2
_BUNDLE, _BUNDLE_BYTES = 16, 64_000
"""Items, and bytes of them, that travel as one: Dask takes some 4 ms for each thing that does."""
_AHEAD = 3
"""Bundles on their way or waiting for each thread of a worker."""
_AHEAD_BYTES = 32_000_000
_STAYS = "What was done before stays; the same call goes on with the rest."
_SILENT = logging.CRITICAL + 1
_MAKERS = (
    *("ahocorasick-rs", "charset-normalizer", "cld3-py", "lxml", "lxml_html_clean"),
    *("markdown-it-py", "msgspec", "pypdfium2", "striprtf", "trafilatura"),
)
"""The packages whose version may change what a document is read as."""
_I = TypeVar("_I")
"""What a task is about: has a `name` to report it under, and the `size` in bytes that travels."""
_R = TypeVar("_R")
Runner = Callable[..., Iterator[Any]]
"""Runs a task over items as `run_here` does."""


@contextmanager
def open_workers(cluster: str | None) -> Iterator[Runner]:
    """Give what runs tasks: this process, or the cluster at an address, or one of its own (LOCAL).

    Raises UsageError for what is no such address and where Dask is not installed, and ClusterError
    where no cluster answers, or a worker would make something else of a document.
    """
    if cluster is None:
        yield run_here
        return
    with _connect(cluster) as client:
        for address, there in client.run(_makers, on_error="return").items():
            _refuse_other(there, f"the worker at {address}")
        yield _Crew(client).run


def run_here(
    task: Callable[[_I], _R], items: Iterable[_I | Exception]
) -> Iterator[tuple[_I, _R] | Exception]:
    """Run a task over items here, one at a time; yield item and outcome, or errors, in order."""
    for item in items:
        if isinstance(item, Exception):
            yield item
            continue
        try:
            made = task(item)
        except Exception as error:  # noqa: BLE001 (one item must not stop the others)
            yield error
            continue
        yield item, made


@contextmanager
def _connect(cluster: str) -> Iterator[Client]:
    _check_address(cluster)
    try:
        import distributed
    except ModuleNotFoundError:
        hint = "Install the extra: pip install 'briefing[cluster]'"
        raise UsageError("a cluster needs distributed, which is not installed", hint) from None
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("ignore", module=r"(distributed|dask|tornado)\b")
        for name in ("distributed", "distributed.client", "tornado", "asyncio"):
            logger = logging.getLogger(name)
            stack.callback(logger.setLevel, logger.level)
            logger.setLevel(_SILENT)
        to: Any = cluster
        try:
            if cluster == LOCAL:
                to = stack.enter_context(_start_own())
            else:
                asyncio.run(asyncio.wait_for(_greet(cluster), _ANSWER))
            client = distributed.Client(to, timeout=_ANSWER, set_as_default=False)
        except Exception as error:
            if cluster == LOCAL:
                raise ClusterError(f"no cluster could be started here: {error}") from error
            raise ClusterError(
                f"no Dask scheduler answers at {cluster} ({str(error) or f'waited {_ANSWER} s'})",
                "Start one with: dask scheduler, and on each machine: dask worker ADDRESS",
            ) from error
        stack.enter_context(client)
        stack.enter_context(client.as_current())
        try:
            client.wait_for_workers(1, timeout=_ANSWER)
        except TimeoutError:
            message = f"the cluster at {cluster} has no workers (waited {_ANSWER} s)"
            hint = f"Start one on each machine: dask worker {cluster}"
            raise ClusterError(message, hint) from None
        yield client


async def _greet(cluster: str) -> None:
    """Be greeted by a scheduler, for which a client waits however long nobody says a word."""
    from distributed import Security
    from distributed.comm.core import connect

    arguments = Security().get_connection_args("client")
    (await connect(cluster, timeout=_ANSWER, **arguments)).abort()


@contextmanager
def _start_own() -> Iterator[LocalCluster]:
    """Start a cluster of this machine's own, with a process a core; nobody else reaches it."""
    import dask
    from distributed import LocalCluster

    own = {
        "scheduler.allowed-failures": 1,
        "worker.profile.enabled": False,
        # Who starts again for longer than 15 s, on a machine that others load, would be given up.
        "deploy.lost-worker-timeout": "1 hour",
    }
    with ExitStack() as stack:
        own = {f"distributed.{key}": value for key, value in own.items()}
        stack.enter_context(dask.config.set(own))
        with _deaf_to_interrupts():
            started = LocalCluster(
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=_SILENT,
                security=True,
            )
            stack.enter_context(started)
        yield started


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let threads and processes started inside never hear ^C, which a terminal sends to all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # It hears interrupts again in the thread that starts it, which is done before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _check_address(cluster: str) -> None:
    with suppress(ValueError):
        parts = urlsplit(cluster)
        if cluster == LOCAL or (parts.scheme in ("tcp", "tls") and parts.hostname and parts.port):
            return
    hint = "Give that of a Dask scheduler, tcp://HOST:PORT or tls://HOST:PORT, or the word local."
    raise UsageError(f"{cluster!r} is not the address of a cluster", hint)


@functools.cache
def _makers() -> Mapping[str, str]:
    """Return the versions of all that what a document is read as depends on."""
    python = ".".join(platform.python_version_tuple()[:2])
    found = {"briefing": __version__, "rules": str(VERSION), "Python": python}
    for name in _MAKERS:
        found[name] = "none"
        with suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def _refuse_other(there: Mapping[str, str] | Exception, who: str) -> None:
    """Raise ClusterError where a worker has other versions than this process, or none."""
    if isinstance(there, Exception):
        hint = "Install the same briefing there: pip install 'briefing[cluster]'"
        raise ClusterError(f"{who} cannot run briefing ({there})", hint)
    pairs = ((name, there.get(name), here) for name, here in _makers().items())
    differ = [f"{name} {other} (here {here})" for name, other, here in pairs if other != here]
    if differ:
        message = f"{who} has {', '.join(differ)}, and could make something else of a document"
        hint = "Install the same versions everywhere."
        raise ClusterError(message, hint)


def _work(task: Callable[[_I], _R], items: Sequence[_I]) -> _Worked:
    """Return what a task makes of items, on a worker, with the versions that it was made by."""
    made: list[_R | Exception] = []
    for outcome in run_here(task, items):
        if isinstance(outcome, Exception):
            # What travels has no traceback; notes do.
            outcome.add_note("".join(traceback.format_tb(outcome.__traceback__)))
        made.append(outcome if isinstance(outcome, Exception) else outcome[1])
    return _makers(), made


_Worked = tuple[Mapping[str, str], list[Any]]


class _Flight(NamedTuple):
    """Items in their order, and the future of what comes of those that are no errors."""

    items: Sequence[Any]
    size: int
    future: Future[Any] | None


class _Crew:
    """The workers of a cluster, as long as it is connected to."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._threads = 0
        self._asked = float("-inf")
        self._lost: ClusterError | None = None

    def run(
        self, task: Callable[[_I], _R], items: Iterable[_I | Exception]
    ) -> Iterator[tuple[_I, _R] | Exception]:
        """Run a task as a `Runner` does; so much is on its way that memory stays bounded."""
        flying: deque[_Flight] = deque()
        for bundle, size in _bundles(items):
            flying.append(_Flight(bundle, size, self._submit(task, bundle)))
            while len(flying) > _AHEAD * max(1, self._count()) or (
                len(flying) > 1 and sum(flight.size for flight in flying) > _AHEAD_BYTES
            ):
                yield from self._land(task, flying)
        while flying:
            yield from self._land(task, flying)

    def _count(self, *, at_once: bool = False) -> int:
        """Return how many threads the workers have, asked once a second or `at_once`."""
        if at_once or time.monotonic() - self._asked > 1:
            info = self._client.scheduler_info(n_workers=0)
            self._threads = int(info.get("total_threads", 0))
            self._asked = time.monotonic()
        return self._threads

    def _submit(self, task: Callable[[Any], Any], bundle: Sequence[Any]) -> Future[Any] | None:
        sent = [item for item in bundle if not isinstance(item, Exception)]
        if self._lost or not sent:
            return None
        return self._client.submit(_work, task, sent, pure=False)

    def _land(
        self, task: Callable[[Any], Any], flying: deque[_Flight]
    ) -> Iterator[tuple[Any, Any] | Exception]:
        """Yield what came of the first flight; where that failed, each item is tried alone."""
        items, _, future = flying.popleft()
        made = self._outcome(future)
        results = iter([] if isinstance(made, Exception) else made)
        if isinstance(made, Exception) and self._lost is None:
            # A worker that dies is blamed on all that it had: nobody else is on the way then.
            for other in flying:
                self._outcome(other.future)
            sent = (item for item in items if not isinstance(item, Exception))
            results = (self._try_alone(task, item) for item in sent)
        for item in items:
            if isinstance(item, Exception):
                yield item
                continue
            result = next(results, self._lost)
            yield result if isinstance(result, Exception) else (item, result)

    def _try_alone(self, task: Callable[[Any], Any], item: Any) -> Any:
        from distributed import KilledWorker

        made = self._outcome(self._submit(task, [item]))
        if isinstance(made, KilledWorker):
            hint = "It may take more memory than a worker has: try it without --cluster."
            return ClusterError(f"{item.name}: every worker that was given it died", hint)
        return made if isinstance(made, Exception) else made[0]

    def _outcome(self, future: Future[Any] | None) -> list[Any] | Exception:
        """Return what came of a bundle, or why nothing did; where nobody is left, nothing will."""
        try:
            if self._lost is None and future is not None:
                return self._wait(future)
        except ClusterError as error:
            self._lost = error
        except Exception as error:  # noqa: BLE001 (whatever one of its items did)
            return error
        return self._lost or []

    def _wait(self, future: Future[Any]) -> list[Any]:
        """Return what came of a bundle; raises ClusterError where nobody is left to do it."""
        from distributed import CancelledError, wait

        since = time.monotonic()
        try:
            while True:
                with suppress(TimeoutError):
                    wait([future], timeout=_POLL)
                    there, made = future.result()
                    break
                if self._count(at_once=True):
                    since = time.monotonic()
                elif time.monotonic() - since > _NOBODY:
                    raise ClusterError("the cluster has no workers left", _STAYS)
        except (CancelledError, OSError):
            raise ClusterError("the connection to the cluster was lost", _STAYS) from None
        _refuse_other(there, "a worker that joined the cluster later")
        return list(made)


def _bundles(items: Iterable[Any]) -> Iterator[tuple[Sequence[Any], int]]:
    """Yield items in bundles that travel as one, with the bytes of each bundle."""
    bundle: list[Any] = []
    size = 0
    for item in items:
        bundle.append(item)
        size += 0 if isinstance(item, Exception) else item.size
        if len(bundle) == _BUNDLE or size >= _BUNDLE_BYTES:
            yield bundle, size
            bundle, size = [], 0
    if bundle:
        yield bundle, size
