from __future__ import annotations

import gc
import pickle
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import kill_index
import msgspec
import platformdirs
import pytest
from whoosh import fields
from whoosh import index as whoosh_index

from briefing.errors import BusyError, StaleIndexError, WriteError
from briefing.model import Article, BriefingInfo, Chunk, PublicationDate, Source
from briefing.search.index import SearchIndex, create_index, open_index

INFO = BriefingInfo(title="Ports")
left_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""Whoosh leaves files of a segment open when others of it cannot be read.

A test that is marked so collects them, lest they are found in another one.
"""
ROOT = Path(__file__).resolve().parents[2]


def article(name: str, *texts: str) -> Article:
    return Article(
        id=name,
        source=Source(file="x", media_type="text/plain", sha256="0" * 64, added="2026-11-21"),
        chunks=tuple(
            Chunk(id=f"c{number}", role="body", text=text) for number, text in enumerate(texts)
        ),
    )


def found(index: SearchIndex, query: str) -> list[str]:
    return [group.article for group in index.search(query).groups]


def test_no_index_is_stale(tmp_path: Path) -> None:
    with pytest.raises(StaleIndexError, match="there was none"):
        open_index(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_index_deleted_while_open_is_stale(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
    shutil.rmtree(tmp_path / "search")
    with pytest.raises(StaleIndexError):
        index.search("ferries")
    again = create_index(tmp_path)
    again.update("b", INFO, [article("a", "Ferries sail at dawn.")])
    assert found(index, "ferries") == ["a"]


def test_a_foreign_whoosh_index_is_stale_and_gives_way(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    foreign = whoosh_index.create_in(tmp_path / "search", fields.Schema(x=fields.TEXT))
    writer = foreign.writer()
    writer.add_document(x="hello")
    writer.commit()
    with pytest.raises(StaleIndexError):
        open_index(tmp_path)
    index = create_index(tmp_path)
    index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
    assert found(open_index(tmp_path), "ferries") == ["a"]


class Hostile:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[Path, ...]]:
        return (Path.touch, (self.target,))


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """Return an index that was made elsewhere: copied, with what lies in it."""
    home = tmp_path / "home"
    index = create_index(home)
    index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
    shutil.copytree(home, tmp_path / "brought")
    return tmp_path / "brought"


def test_an_index_made_elsewhere_is_never_read(brought: Path, tmp_path: Path) -> None:
    target = tmp_path / "touched"
    (toc,) = (brought / "search").glob("*.toc")
    data = toc.read_bytes()
    toc.write_bytes(data[: data.rindex(b"\x80")] + pickle.dumps([Hostile(target)]))
    with pytest.raises(StaleIndexError, match="made elsewhere"):
        open_index(brought)
    assert not target.exists()
    index = create_index(brought)
    index.update("b", INFO, [article("c", "Ferries sail at dusk.")])
    assert found(open_index(brought), "ferries") == ["c"]


def test_an_index_that_takes_the_place_of_an_open_one_is_not_read(
    brought: Path, tmp_path: Path
) -> None:
    index = open_index(tmp_path / "home")
    shutil.rmtree(tmp_path / "home" / "search")
    (brought / "search").rename(tmp_path / "home" / "search")
    with pytest.raises(StaleIndexError, match="made elsewhere"):
        index.search("ferries")


def test_a_link_in_the_place_of_an_index_is_not_followed(tmp_path: Path) -> None:
    create_index(tmp_path / "home")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "search").symlink_to(tmp_path / "home" / "search")
    before = sorted((tmp_path / "home" / "search").iterdir())
    with pytest.raises(StaleIndexError):
        open_index(tmp_path / "foreign")
    with pytest.raises(WriteError, match="symbolic link"):
        create_index(tmp_path / "foreign")
    assert sorted((tmp_path / "home" / "search").iterdir()) == before


@left_open
def test_a_damaged_index_gives_answers_or_is_stale_and_nothing_else(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    texts = [f"Ferry {n} to the island carries mail {n % 7} and grain." for n in range(600)]
    index.update("b", INFO, [article(f"a{n}", *texts[n : n + 20]) for n in range(0, 600, 20)])
    lots = random.Random(11)  # noqa: S311
    # Nothing is kept in the column of stored fields.
    files = [
        path
        for path in (tmp_path / "search").iterdir()
        if path.stat().st_size > 1 and "_stored" not in path.name
    ]
    cut, stale = 0, 0
    for round_number in range(150):
        path = files[round_number % len(files)]
        good = path.read_bytes()
        bad = bytearray(good)
        if round_number % 2:
            bad = bad[: lots.randrange(max(1, len(bad) // 2))]
        else:
            for _ in range(lots.choice((1, 3, 400))):
                bad[lots.randrange(len(bad))] = lots.randrange(256)
        path.unlink()
        path.write_bytes(bad)
        cut += round_number % 2
        try:
            damaged = open_index(tmp_path)
            for query in ("ferry", '"the island"', "car*", "ferri~", "grain -7", "briefing:b x"):
                damaged.search(query)
            damaged.suggest("ca")
            damaged.verify()
        except StaleIndexError:
            stale += round_number % 2
        path.unlink()
        path.write_bytes(good)
    assert stale == cut
    assert len(open_index(tmp_path)) == 600
    gc.collect()


def test_another_version_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    create_index(tmp_path)
    (known,) = (platformdirs.user_state_path("briefing") / "indexes").iterdir()
    known.write_text(known.read_text().replace("briefing/whoosh/", "briefing/whoosh/9"))
    with pytest.raises(StaleIndexError):
        open_index(tmp_path)


def test_a_full_disk_is_told_and_the_old_index_stays(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
    code = (
        "import resource, sys; sys.path[:0] = ['tests/search', 'tests/bench']\n"
        "from test_index_safety import *\n"
        f"index = open_index(Path({str(tmp_path)!r}))\n"
        "index.search('ferries')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n"
        "    index.update('b', INFO, [article('big', *['grain ' * 50] * 100)])\n"
        "except WriteError as error:\n"
        "    print('told:', error.message)\n"
        "print(found(index, 'ferries'), found(index, 'grain'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stdout.startswith("told: ")
    assert "was not written" in done.stdout
    assert done.stdout.endswith("['a'] []\n")
    assert found(index, "ferries") == ["a"]
    index.update("b", INFO, [article("c", "Grain was loaded.")])
    assert found(index, "grain") == ["c"]
    assert len(list((tmp_path / "search").glob("*.trm"))) == 2


def test_a_folder_that_cannot_be_made_is_a_write_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError):
        create_index(tmp_path / "file")


def test_a_second_writer_waits_and_then_gives_up_by_name(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    second = open_index(tmp_path, wait=0.05)
    with index.batch():
        index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
        with pytest.raises(BusyError, match="Another process"):
            second.update("b", INFO, [article("c", "Ferries sail at dusk.")])
    second.update("b", INFO, [article("c", "Ferries sail at dusk.")])
    assert sorted(found(index, "ferries")) == ["a", "c"]


def test_two_writers_wait_for_each_other_and_readers_for_nobody(tmp_path: Path) -> None:
    create_index(tmp_path)
    writers, readers = 2, 4
    stop = threading.Event()
    problems: list[str] = []

    def write(name: str) -> None:
        index = open_index(tmp_path)
        for number in range(15):
            index.update(name, INFO, [article(f"{name}-{number % 5}", "Cranes", f"stand {number}")])

    def read() -> None:
        index = open_index(tmp_path)
        while not stop.is_set():
            results = index.search("cranes")
            if results.total_chunks > 2 * 5:
                problems.append(f"{results.total_chunks} chunks")

    reading = [threading.Thread(target=read) for _ in range(readers)]
    writing = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(writers)]
    for thread in (*reading, *writing):
        thread.start()
    for thread in writing:
        thread.join()
    stop.set()
    for thread in reading:
        thread.join()
    assert problems == []
    index = open_index(tmp_path)
    assert index.search("cranes").total_chunks == 10
    assert index.search("stand").total_chunks == 10


def test_an_open_index_sees_what_another_process_commits(tmp_path: Path) -> None:
    mine = create_index(tmp_path)
    theirs = open_index(tmp_path)
    for number in range(5):
        theirs.update("b", INFO, [article(f"a{number}", f"Ferry {number} sails.")])
        assert mine.search("ferry").total_chunks == number + 1


def test_a_segment_in_use_is_read_on_when_a_writer_has_taken_its_files_away(
    tmp_path: Path,
) -> None:
    def dated(text: str, day: str) -> Article:
        date = PublicationDate(value=day, precision="day", basis="stated")
        return msgspec.structs.replace(article("a", text), date=date)

    writer = create_index(tmp_path)
    writer.update("b", INFO, [dated("Ferries sail at dawn.", "2019-02-03")])
    engine = open_index(tmp_path)
    ((segment, _),) = engine.offsets()
    writer.update("b", INFO, [dated("Ferries sail at dusk.", "2020-05-06")])
    assert segment.days == [(20190203, 20190203)]
    assert segment.article(0).date == PublicationDate(
        value="2019-02-03", precision="day", basis="stated"
    )
    assert segment.passage(0).text == "Ferries sail at dawn."
    engine.close()


@left_open
def test_an_index_that_changes_while_it_is_opened_is_opened_all_the_same(tmp_path: Path) -> None:
    writer = create_index(tmp_path)
    over = threading.Event()

    def write() -> None:
        number = 0
        while not over.is_set():
            number += 1
            writer.update("b", INFO, [article("a", f"Edition {number}.")])

    thread = threading.Thread(target=write)
    thread.start()
    try:
        sizes = {len(open_index(tmp_path)) for _ in range(300)}
    finally:
        over.set()
        thread.join()
    assert sizes <= {0, 1}
    gc.collect()


def test_a_search_in_another_thread_does_not_wait_for_a_batch(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
    answers: list[list[str]] = []
    with index.batch():
        index.update("b", INFO, [article("c", "Ferries sail at dusk.")])
        thread = threading.Thread(target=lambda: answers.append(found(index, "ferries")))
        thread.start()
        thread.join(timeout=10)
        assert answers == [["a"]]
    assert sorted(found(index, "ferries")) == ["a", "c"]


def test_an_exception_in_a_batch_commits_nothing(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    with pytest.raises(RuntimeError), index.batch():  # noqa: PT012
        index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
        raise RuntimeError
    assert found(index, "ferries") == []
    index.update("b", INFO, [article("a", "Ferries sail at dawn.")])
    assert found(index, "ferries") == ["a"]


def test_a_batch_tells_when_its_changes_are_on_disk(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    told: list[int] = []
    with index.batch(lambda: told.append(open_index(tmp_path).__len__())):
        index.update("b", INFO, [article("a", "Ferries", "sail")])
        index.update("b", INFO, [article("c", "at dawn")])
        assert told == []
        index.update("b", INFO, [article("a", "Ferries")])
    assert told == [3, 2]


def test_killed_at_any_moment_the_index_opens_and_has_all_that_was_done(tmp_path: Path) -> None:
    rebuilds, changes, problems = kill_index.run(tmp_path, 5)
    assert problems == []
    assert rebuilds == 0
    assert changes > 0
