"""Reading and annotating on a cluster: the files of one process, whatever happens to workers."""

from __future__ import annotations

import json
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from briefing import __version__
from briefing.content.articles import encode_article, is_hand_edited, read_article, seal
from briefing.errors import ClusterError, ContentError, ExitCode, UsageError
from briefing.library import Library
from briefing.library.cluster import LOCAL, open_workers
from briefing.library.making import Document
from briefing.library.reports import AddReport, InputBytes, Reannotated
from tests.conftest import ROOT, Run
from tests.ingest.press_made import lexis_text

PATIENCE = 60
PEOPLE = ("German", "French", "Polish", "Danish", "Irish", "Greek", "Latvian")


class Workers(NamedTuple):
    """A scheduler's address and process, and a process for each of its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def process(code: str, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@contextmanager
def cluster(folder: Path, *workers: str) -> Iterator[Workers]:
    """Run a scheduler and workers on loopback; what is said of a worker runs before it."""
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    main = "from distributed.cli.dask_{} import main; main()"
    with ExitStack() as stack:
        place = ("--port", 0, "--scheduler-file", file)
        scheduler = stack.enter_context(process(main.format("scheduler"), *here, *place))
        end = time.monotonic() + PATIENCE
        while not file.exists() or not file.read_text():
            assert time.monotonic() < end, "no scheduler"
        address = json.loads(file.read_text())["address"]
        alone = ("--no-nanny", "--nthreads", 1, "--local-directory", folder)
        started = [
            stack.enter_context(
                process(f"{before}\n{main.format('worker')}", address, *here, *alone)
            )
            for before in workers
        ]
        with distributed.Client(address, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(len(workers), timeout=PATIENCE)
        yield Workers(address, scheduler, started)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    with cluster(tmp_path_factory.mktemp("two"), "", "") as running:
        yield running


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Workers]:
    with cluster(tmp_path, "", "") as running:
        yield running


def story(number: int) -> bytes:
    people = PEOPLE[number % len(PEOPLE)]
    return (
        f"Lock {number} stays shut\n\nThe Tarn Courier\n\nMay {1 + number % 3}, 2031\n\n"
        f"The {people} minister said that lock {number} would be banned from the canal.\n\n"
        f"“Lock {number} is not ours,” said Ana Lin, a {people} official.\n\n"
        f"She told the Financial Times that France had “no plan {number}” for it.\n"
    ).encode()


def stories(count: int) -> list[InputBytes]:
    return [InputBytes(name=f"{number:03}.txt", data=story(number)) for number in range(count)]


def files(root: Path) -> dict[str, bytes]:
    """Return the files of a library as they would be if all were added at one moment."""
    found = {}
    for path in sorted(path for path in (root / "content").rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.parent.name != "originals" and path.name not in ("briefing.yaml", "edits.yaml"):
            article = read_article(path)
            assert not is_hand_edited(article)
            assert encode_article(article) == data
            by = article.annotator
            source = replace(article.source, added="")
            article = replace(article, source=source)
            article = seal(article, by.name, by.version, read=by.read, codebook=by.codebook)
            data = encode_article(article)
        found[path.relative_to(root).as_posix()] = data
    return found


Added = tuple[AddReport, dict[str, bytes]]


def add(root: Path, inputs: list[InputBytes | Path], **how: object) -> Added:
    report = Library.open(root, create=True).add(inputs, **how)
    return report, files(root)


MIXED = [
    *stories(24),
    InputBytes(name="blank.txt", data=b"  \n"),
    InputBytes(name="three.txt", data=lexis_text(3).encode()),
    InputBytes(name="again.txt", data=story(2)),
    Path("nowhere.txt"),
    InputBytes(name="junk.pdf", data=b"%PDF-1.7 nothing"),
    *stories(70)[24:],
]


@pytest.mark.parametrize("to", ["locks", None])
def test_two_workers_make_the_files_and_the_report_of_one_process(
    tmp_path: Path, two: Workers, to: str | None
) -> None:
    here = add(tmp_path / "here", MIXED, to=to)
    there = add(tmp_path / "there", MIXED, to=to, cluster=two.address)
    assert there == here
    assert len(here[0].added) == 73
    assert [one.name for one in here[0].failures] == ["nowhere.txt", "blank.txt", "junk.pdf"]
    assert [one.name for one in here[0].duplicates] == ["again.txt"]


@pytest.mark.parametrize(
    "book", [b"codebook: measures\n", b"codebook:\n  shut: [to shut, a ban]\n"]
)
def test_articles_that_come_later_are_of_the_codebook_of_their_briefing(
    tmp_path: Path, two: Workers, book: bytes
) -> None:
    made = []
    for name, address in (("here", None), ("there", two.address)):
        root = tmp_path / name
        add(root, stories(2), to="locks")
        with (root / "content" / "locks" / "briefing.yaml").open("ab") as info:
            info.write(book)
        made.append(add(root, stories(30), to="locks", cluster=address))
    assert made[0] == made[1]
    assert (len(made[0][0].added), len(made[0][0].duplicates)) == (28, 2)


def test_what_a_worker_that_died_had_is_done_by_another(tmp_path: Path, mortal: Workers) -> None:
    def kill(done: int, total: int, name: str) -> None:
        if done == 30:
            os.kill(mortal.workers[0].pid, signal.SIGKILL)

    here = add(tmp_path / "here", stories(200), to="locks")
    there = add(tmp_path / "there", stories(200), to="locks", cluster=mortal.address, progress=kill)
    assert there == here
    assert len(here[0].added) == 200
    assert mortal.workers[0].wait(PATIENCE) == -signal.SIGKILL


def test_a_cluster_that_goes_away_leaves_what_was_added(tmp_path: Path, mortal: Workers) -> None:
    def kill(done: int, total: int, name: str) -> None:
        if done == 30:
            os.kill(mortal.scheduler.pid, signal.SIGKILL)

    inputs = stories(200)
    root = tmp_path / "library"
    report, _ = add(root, inputs, to="locks", cluster=mortal.address, progress=kill)
    assert 30 <= len(report.added) < 200
    assert len(report.added) + len(report.failures) == 200
    assert {one.message for one in report.failures} == {"the connection to the cluster was lost"}
    library = Library.open(root)
    again = library.add(inputs, to="locks")
    assert (len(again.duplicates), again.failures) == (len(report.added), ())
    assert len(library.briefing("locks").articles) == 200
    assert library.check() == ()


def test_a_document_that_kills_its_workers_stops_no_other() -> None:
    cloudpickle = pytest.importorskip("cloudpickle", reason="the extra cluster is not installed")
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    documents = [Document(name, b"", "") for name in ("a", "b", "deadly", "c", "odd", "d")]
    with open_workers(LOCAL) as run:
        outcomes = list(run(read_or_die, documents))
    done = [one[1] for one in outcomes if not isinstance(one, Exception)]
    assert done == ["A", "B", "C", "D"]
    deadly, odd = (one for one in outcomes if isinstance(one, Exception))
    assert deadly.message == "deadly: every worker that was given it died"
    assert isinstance(odd, ZeroDivisionError)
    assert outcomes.index(deadly) == 2


def read_or_die(document: Document) -> str:
    if document.name == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return document.name.upper() if document.name != "odd" else str(1 / 0)


def annotate(root: Path, **how: object) -> tuple[Reannotated, dict[str, bytes]]:
    done = Library.open(root).reannotate("locks", **how)
    return done, {path.name: path.read_bytes() for path in (root / "content/locks").glob("*.yaml")}


@pytest.mark.parametrize("reread", [False, True])
def test_two_workers_annotate_as_one_process_does(
    tmp_path: Path, two: Workers, reread: bool
) -> None:
    root = tmp_path / "here"
    inputs = [*stories(30), InputBytes(name="three.txt", data=lexis_text(3).encode())]
    report, _ = add(root, inputs, to="locks")
    folder = root / "content" / "locks"
    with (folder / "briefing.yaml").open("ab") as info:
        info.write(b"codebook:\n  shut: [to ban, a plan]\n")
    by_hand = folder / f"{report.added[3].article}.yaml"
    by_hand.write_text(by_hand.read_text("utf-8").replace("role: standfirst", "role: body"))
    by_hand.write_text(by_hand.read_text("utf-8").replace("Lock 3 stays", "Lock 3 is"))
    (folder / f"{report.added[4].article}.yaml").write_text("id: [")
    (tmp_path / "there").mkdir()
    subprocess.run(["cp", "-r", str(root / "content"), str(tmp_path / "there")], check=True)

    here, there = (
        annotate(root, reread=reread),
        annotate(tmp_path / "there", reread=reread, cluster=two.address),
    )
    assert len(here[0].changed) == 31
    assert here[0].kept == (report.added[3].article,)
    said = [replace(one, message=one.message.replace("there", "here")) for one in there[0].failures]
    assert (there[0].changed, there[0].kept, there[1]) == (here[0].changed, here[0].kept, here[1])
    assert tuple(said) == here[0].failures
    assert len(said) == 1


def test_what_a_hand_changes_while_others_are_annotated_is_kept(tmp_path: Path) -> None:
    report, _ = add(tmp_path, stories(6), to="locks")
    folder = tmp_path / "content" / "locks"
    with (folder / "briefing.yaml").open("ab") as info:
        info.write(b"codebook:\n  shut: [to ban, a plan]\n")
    third = folder / f"{report.added[2].article}.yaml"
    by_hand = third.read_text("utf-8").replace("Ana Lin", "Ada Lin")

    def change(done: int, total: int, name: str) -> None:
        if done == 5:
            third.write_text(by_hand, "utf-8")

    done, _ = annotate(tmp_path, progress=change)
    assert done.kept == (third.stem,)
    assert len(done.changed) == 5
    assert third.read_text("utf-8") == by_hand


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    other = "import briefing; briefing.__version__ = '0.0.1'"
    said = rf"worker at tcp://\S+ has briefing 0\.0\.1 \(here {re.escape(__version__)}\)"
    library = Library.open(tmp_path / "there", create=True)
    with cluster(tmp_path, other) as running, pytest.raises(ClusterError, match=said):
        library.add(stories(1), to="locks", cluster=running.address)
    assert list((tmp_path / "there" / "content").iterdir()) == []


def test_a_worker_without_briefing_is_refused(tmp_path: Path) -> None:
    without = "import sys; sys.modules['briefing'] = None"
    said = r"worker at tcp://\S+ cannot run briefing"
    library = Library.open(tmp_path / "there", create=True)
    with cluster(tmp_path, without) as running, pytest.raises(ClusterError, match=said):
        library.add(stories(1), to="locks", cluster=running.address)


def test_the_command_starts_a_cluster_of_its_own_and_says_what_it_always_says(
    tmp_path: Path, briefing: Run
) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    (tmp_path / "texts").mkdir()
    for one in stories(40):
        (tmp_path / "texts" / one.name).write_bytes(one.data)
    alone = briefing("add", "texts", "--to", "locks", library=tmp_path / "here")
    local = briefing(
        "add", "texts", "--to", "locks", "--cluster", "local", library=tmp_path / "there"
    )
    assert local.returncode == alone.returncode == 0
    assert local.stderr.replace("there", "here") == alone.stderr
    assert files(tmp_path / "there") == files(tmp_path / "here")
    again = briefing("annotate", "locks", "--cluster", "local", library=tmp_path / "there")
    assert (again.returncode, again.stderr) == (0, "0 articles changed\n")


def test_an_address_where_no_scheduler_answers_is_told_in_time(
    tmp_path: Path, briefing: Run
) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        start = time.monotonic()
        done = briefing("add", "-", "--to", "locks", "--cluster", address, stdin=story(1))
        assert time.monotonic() - start < 30
    assert done.returncode == ExitCode.FAILURE
    assert done.stderr.startswith(f"error: no Dask scheduler answers at {address} (waited 10 s)\n")
    assert list((tmp_path / "library" / "content").iterdir()) == []


@pytest.mark.parametrize(
    "address",
    ["foo", "http://a:1", "tcp://a", "tcp://:1", "tcp://a:99999", "inproc://a:1", "Local"],
)
def test_what_is_no_address_of_a_cluster_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a cluster"), open_workers(address):
        pass


def test_where_the_extra_is_absent_it_is_named(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError('gone')")
    call = [sys.executable, "-m", "briefing", "--library", str(tmp_path / "library")]
    done = subprocess.run(
        [*call, "add", "-", "--to", "locks", "--cluster", "local"],
        env={**environment, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        cwd=tmp_path,
        input=story(1),
        capture_output=True,
        check=False,
    )
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.decode() == (
        "error: a cluster needs distributed, which is not installed\n"
        "  Install the extra: pip install 'briefing[cluster]'\n"
    )


def test_an_error_travels_with_all_that_it_says() -> None:
    error = ContentError("a tab", path=Path("a.yaml"), line=3, column=1, hint="Use spaces.")
    there = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(there) is ContentError
    assert (str(there), vars(there)) == ("a.yaml:3:1: a tab", vars(error))
