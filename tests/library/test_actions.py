"""Actions happen whole or not at all, whoever is killed, full or there at the same time."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.content.articles import encode_article, read_article, seal
from briefing.content.edits import read_edits
from briefing.errors import BriefingError, NotFoundError
from briefing.library import Library
from briefing.model import EDITED, READ_ROLES, Article

Start = Callable[..., subprocess.Popen[str]]
Act = Callable[[random.Random, Library], object]

QUAY = "The quay is four hundred metres long."
OTHER = "Second story\n\nThe Dutch minister Ana Lin said: “We open the lock.”\n\nIt rained.\n"


@pytest.fixture
def library(
    tmp_path: Path, story: Path, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Library:
    monkeypatch.setenv("XDG_STATE_HOME", environment["XDG_STATE_HOME"])
    opened = Library.open(tmp_path / "library", create=True)
    opened.add([story], to="ports")
    second = tmp_path / "second.txt"
    second.write_text(OTHER, encoding="utf-8")
    opened.add([second], to="locks")
    return opened


def files_of(library: Library) -> dict[str, bytes]:
    kept = (library.content, library.root / ".trash")
    return {
        str(path.relative_to(library.root)): path.read_bytes()
        for folder in kept
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def any_article(choose: random.Random, library: Library) -> tuple[str, str]:
    names = [row.name for row in library.catalog()]
    found = [(name, source.article) for name in names for source in library.panels(name).sources]
    return choose.choice(sorted(found))


def correct_any(choose: random.Random, library: Library) -> object:
    name, article_id = any_article(choose, library)
    article = library.article(name, article_id)
    chunk = choose.choice(article.chunks)
    start = choose.randrange(len(chunk.text))
    end = choose.randint(start + 1, len(chunk.text))
    kind = choose.choice(["note", "tag", "highlight", "add-quote", "set-role", "add-mention"])
    fields = {
        "note": {"text": choose.choice(["a: b", "“ü”\n- x", "#"])},
        "tag": {"text": "t"},
        "set-role": {"role": choose.choice(["body", "caption", "unrelated"])},
        "add-mention": {"country": choose.choice(["DE", "France"])},
    }.get(kind, {})
    anchor = library.editing.anchor(name, article_id, chunk=chunk.id, start=start, end=end)
    return library.editing.correct(name, kind, anchor, **fields)  # type: ignore[arg-type]


def set_any(choose: random.Random, library: Library) -> object:
    name, article = any_article(choose, library)
    if choose.random() < 0.5:
        values = {choose.choice(["headline", "date", "publisher"]): choose.choice(["2019-02", ""])}
        return library.editing.set_article(name, article, values)
    key = choose.choice(["title", "question", "bottom_line", "tags"])
    return library.editing.set_briefing(name, {key: choose.choice(["x", "a, b", "Two\nlines"])})


def touch_quote(choose: random.Random, library: Library) -> object:
    name, article = any_article(choose, library)
    chunks = library.article(name, article).chunks
    quote = choose.choice([quote for chunk in chunks for quote in chunk.quotes])
    if choose.random() < 0.5:
        return library.editing.pin(name, article, quote.id)
    anchor = library.editing.anchor(name, article, quote=quote.id)
    kind = choose.choice(["set-speaker", "drop-quote"])
    return library.editing.correct(name, kind, anchor)  # type: ignore[arg-type]


def move_any(choose: random.Random, library: Library) -> object:
    editing = library.editing
    name, article = any_article(choose, library)
    names = sorted(row.name for row in library.catalog())
    new = f"n{choose.randrange(6)}"
    act: Callable[[], object] = choose.choice(
        [
            lambda: editing.rename_article(name, article, new),
            lambda: editing.move_article(name, article, choose.choice(names)),
            lambda: editing.rename_briefing(name, new),
            lambda: editing.new_briefing(new),
            lambda: editing.merge(name, "Ana Lin", [new], kind="speakers"),
        ]
    )
    return act()


def undo_any(choose: random.Random, library: Library) -> object:
    live = [action.id for action in library.editing.log() if not action.undone]
    last = choose.random() < 0.7
    return library.editing.undo() if last else library.editing.undo(action=choose.choice(live))


ACTS: tuple[tuple[int, Act], ...] = (
    (8, correct_any),
    (4, set_any),
    (4, touch_quote),
    (2, move_any),
    (4, undo_any),
)


def act_at_random(library: Library, choose: random.Random, times: int) -> int:
    done = 0
    acts, weights = [act for _, act in ACTS], [weight for weight, _ in ACTS]
    for act in choose.choices(acts, weights, k=times):
        with suppress(BriefingError, IndexError):
            act(choose, library)
            done += 1
    return done


def undo_all(library: Library) -> None:
    """Undo all, the last first; an action that a later one holds fast is undone after that."""
    while True:
        try:
            library.editing.undo()
        except NotFoundError:
            return


def undo_many(library: Library, seed: int, times: int) -> None:
    before = files_of(library)
    assert act_at_random(library, random.Random(seed), times) > times // 4  # noqa: S311 (repeatable)
    undo_all(library)
    assert files_of(library) == before
    assert library.briefing("ports").orphans == ()


NOT_APART = [HealthCheck.function_scoped_fixture]
"""What one example leaves is what it found: that is what is tested."""


@settings(max_examples=3, deadline=None, suppress_health_check=NOT_APART)
@given(st.integers())
def test_undoing_all_of_some_actions_gives_the_bytes_of_before(library: Library, seed: int) -> None:
    undo_many(library, seed, 40)


@pytest.mark.slow
@settings(max_examples=5, deadline=None, suppress_health_check=NOT_APART)
@given(st.integers())
def test_undoing_all_of_1000_actions_gives_the_bytes_of_before(library: Library, seed: int) -> None:
    undo_many(library, seed, 200)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is split in two")


def run_apart(work: Callable[[], object]) -> int:
    """Run something in a process of its own, split off this one, and return its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001 (the process ends here)
        traceback.print_exc()
        os._exit(9)
    os._exit(0)


def die_at(last: int, *folders: str) -> None:
    """Let this process kill itself before its act of this number on files in the folders."""
    seen = itertools.count(1)
    acts = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.scandir")

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in acts and str(arguments[0]).startswith(folders) and next(seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def die_moving(library: Library, name: str, step: int) -> None:
    die_at(step, str(library.root), os.environ["XDG_STATE_HOME"])
    library.editing.move_article("ports", name, "locks")


@needs_fork
def test_a_process_killed_at_any_step_of_an_action_leaves_before_or_after(library: Library) -> None:
    editing = library.editing
    name = library.panels("ports").sources[0].article
    editing.correct("ports", "note", editing.anchor("ports", name, words=QUAY), text="n")
    before = files_of(library)
    editing.move_article("ports", name, "locks")
    after = files_of(library)
    editing.undo()
    assert files_of(library) == before
    outcomes: list[bool] = []
    for step in itertools.count(1):
        child = run_apart(partial(die_moving, library, name, step))
        if os.waitpid(child, 0)[1] == 0:
            break
        opened = Library.open(library.root)
        found = files_of(opened)
        assert found in (before, after)
        outcomes.append(found == after)
        live = [action for action in opened.editing.log() if not action.undone]
        assert len(live) == (2 if found == after else 1)
        if found == after:
            opened.editing.undo()
        assert files_of(opened) == before
        if outcomes[-20:] == [True] * 20:
            break  # The index is being brought up to date.
    assert sorted(outcomes) == outcomes
    assert outcomes.count(False) > 5


@needs_fork
@pytest.mark.slow
def test_200_kills_at_any_moment_leave_no_edit_half_there(library: Library) -> None:
    name = library.panels("ports").sources[0].article
    anchor = library.editing.anchor("ports", name, words=QUAY)
    choose = random.Random(7)  # noqa: S311 (repeatable)
    path = library.content / "ports" / "edits.yaml"
    before = files_of(library)

    def keep_editing(told: int) -> None:
        library.read_content()
        for number in itertools.count():
            done = library.editing.correct("ports", "note", anchor, text=f"{os.getpid()}-{number}")
            os.write(told, f"{done.edits[0].id}\n".encode())
            if number % 3 == 2:
                library.editing.undo("ports")

    for _ in range(200):
        heard, told = os.pipe()
        child = run_apart(partial(keep_editing, told))
        os.close(told)
        with os.fdopen(heard) as lines:
            time.sleep(choose.random() / 10)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            said = [line for number, line in enumerate(lines.read().split()) if number % 3 != 2]
        opened = Library.open(library.root)
        edits = read_edits(path)
        assert {edit.id for edit in edits} >= set(said)
        live = [action for action in opened.editing.log() if not action.undone]
        assert len(live) == len(edits)
        for _ in edits[5:]:
            opened.editing.undo()
    undo_all(library)
    assert files_of(library) == before


def test_two_processes_that_edit_at_once_are_both_there_and_both_undone(
    library: Library, start_python: Start
) -> None:
    code = """
import sys
from pathlib import Path
from briefing.library import Library

library = Library.open(Path(sys.argv[1]))
name = library.panels("ports").sources[0].article
anchor = library.editing.anchor("ports", name, words=sys.argv[2])
for number in range(5):
    library.editing.correct("ports", "note", anchor, text=f"{sys.argv[3]}{number}")
    library.editing.set_briefing("ports", {sys.argv[4]: f"{sys.argv[3]}{number}"})
"""
    before = files_of(library)
    both = [
        start_python("-c", code, library.root, QUAY, "one", "question"),
        start_python("-c", code, library.root, QUAY, "two", "bottom_line"),
    ]
    assert [process.communicate(timeout=100)[1] for process in both] == ["", ""]
    wanted = {f"{who}{number}" for who in ("one", "two") for number in range(5)}
    assert {edit.text for edit in library.briefing("ports").edits} == wanted
    info = library.briefing("ports").info
    assert (info.question, info.bottom_line) == ("one4", "two4")
    ones = [action for action in library.editing.log("ports") if ": one" in action.done]
    for action in ones:
        library.editing.undo(action=action.id)
    left = {edit.text for edit in library.briefing("ports").edits}
    assert left == {f"two{number}" for number in range(5)}
    undo_all(library)
    assert files_of(library) == before


def test_two_threads_that_edit_at_once_lose_nothing(library: Library) -> None:
    name = library.panels("ports").sources[0].article
    anchor = library.editing.anchor("ports", name, words=QUAY)

    def work(who: str) -> None:
        for number in range(5):
            Library.open(library.root).editing.correct(
                "ports", "note", anchor, text=f"{who}-{number}"
            )

    threads = [threading.Thread(target=work, args=(who,)) for who in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_edits(library.content / "ports" / "edits.yaml")) == 10


def test_a_disk_that_fills_up_in_the_middle_leaves_all_as_it_was(
    library: Library, start_python: Start
) -> None:
    name = library.panels("ports").sources[0].article
    code = """
import resource, sys
from pathlib import Path
from briefing.errors import BriefingError
from briefing.library import Library

library = Library.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    library.editing.rename_article("ports", sys.argv[2], "renamed")
except BriefingError as error:
    print(type(error).__name__, error.exit_code)
"""
    before = files_of(library)
    size = (library.content / "ports" / f"{name}.yaml").stat().st_size
    for room in (10, 1_000, size - 1, size + 100):
        process = start_python("-c", code, library.root, name, str(room))
        out, err = process.communicate(timeout=60)
        assert (out, err) == ("WriteError 7\n", "")
        opened = Library.open(library.root)
        assert files_of(opened) == before
        assert opened.editing.log() == ()


def test_what_a_foreign_library_says_is_about_to_be_done_stays_in_the_library(
    library: Library, tmp_path: Path
) -> None:
    victim = tmp_path / "precious"
    victim.write_text("x", encoding="utf-8")
    before = files_of(library)
    line = '"line":{"id":"a","made":"2020"}'
    for steps in (
        '[{"path":"content/../../precious","before":"eA==","after":null}]',
        '[{"path":"../precious","to":"content/ports/x.yaml"}]',
        f'[{{"path":"{victim}","to":"content/ports/x.yaml"}}]',
        '[{"path":"content","to":".trash/a"}]',
        '[{"path":"content/ports","to":"content/locks"}]',
        "nonsense",
    ):
        (library.root / ".intent").write_text(f'{{"steps":{steps},{line}}}', encoding="utf-8")
        opened = Library.open(library.root)
        assert victim.read_text("utf-8") == "x"
        assert files_of(opened) == before
        assert not (library.root / ".intent").exists()


def test_the_log_is_bounded_and_keeps_the_last_actions(tmp_path: Path) -> None:
    from briefing.content.action_log import MAX_ACTIONS, Logged, read_log, write_log

    for number in range(2 * MAX_ACTIONS + 2):
        assert write_log(tmp_path, Logged(id=f"a{number}", made="2020", done="x"))
    lines, undone = read_log(tmp_path)
    assert MAX_ACTIONS <= len(lines) <= MAX_ACTIONS + 1
    assert lines[-1].id == f"a{2 * MAX_ACTIONS + 1}"
    assert undone == frozenset()


def read_only_article(library: Library) -> tuple[Path, Article]:
    (path,) = (library.content / "ports").glob("h*.yaml")
    return path, read_article(path)


def test_edits_of_every_kind_live_through_new_rules_and_reading_again(library: Library) -> None:
    editing, name = library.editing, read_only_article(library)[1].id

    def at(words: str) -> object:
        return editing.anchor("ports", name, words=words)

    kinds: list[tuple[str, str, dict[str, object]]] = [
        ("set-speaker", "We cannot wait for a third winter,", {"speaker": editing.speaker("Al")}),
        ("set-bounds", "We cannot wait for a third winter,", {"words": "for a third winter"}),
        ("pin", "for a third winter", {}),
        ("drop-quote", "no plan at all", {}),
        ("add-quote", QUAY, {"speaker": editing.speaker("Bo"), "quote_kind": "block"}),
        ("set-role", "The board of the port of Rotterdam", {"role": "caption"}),
        ("rule-position", "France is still considering a ban", {"country": "FR", "stance": "none"}),
        ("rule-position", "close its old ferry", {"country": "NL", "stance": "ban"}),
        ("set-position", "close its old ferry", {"country": "NL", "object": "ferries"}),
        ("drop-mention", "Berlin", {}),
        ("set-mention", "Dutch", {"country": "BE"}),
        ("add-mention", "quay, while", {"country": "LU"}),
        ("note", "Berlin", {"text": "why?"}),
        ("tag", "Berlin", {"text": "b"}),
        ("highlight", "heavy lorries", {}),
    ]
    editing.set_briefing("ports", {"codebook": "measures"})
    for kind, words, fields in kinds:
        editing.correct("ports", kind, at(words), **fields)  # type: ignore[arg-type]
    values = {
        "headline": "H",
        "publisher": "P",
        "authors": "A;B",
        "date": "2020",
        "url": "https://u.example/",
    }
    editing.set_article("ports", name, {**values, "language": "en", "reprint_of": "R"})
    for number in range(30 - len(kinds) - 7):
        editing.correct("ports", "note", at("Monday"), text=f"note {number}")  # type: ignore[arg-type]
    assert len(library.briefing("ports").edits) == 30
    assert library.briefing("ports").orphans == ()

    def analyst_s() -> object:
        (article,) = library.briefing("ports").articles
        return [
            article.headline, article.publisher, article.authors, article.date, article.url,
            article.reprint_of,
            [
                (
                    *(getattr(chunk, field) for field in ("role", *EDITED)),
                    *(
                        tuple(one for one in items if one.rule == "analyst")
                        for items in (chunk.quotes, chunk.mentions, chunk.positions)
                    ),
                )
                for chunk in article.chunks
            ],
        ]  # fmt: skip

    before = analyst_s()
    stored = read_only_article(library)[1]
    editing.set_briefing("ports", {"codebook": "ban, allow, restrict"})
    assert library.reannotate("ports").changed == (name,)
    assert read_only_article(library)[1] != stored
    assert library.briefing("ports").orphans == ()
    assert analyst_s() == before
    library.reannotate("ports", reread=True)
    assert library.briefing("ports").orphans == ()
    assert analyst_s() == before
    editing.rename_article("ports", name, "renamed")
    assert library.briefing("ports").orphans == ()
    assert analyst_s() == before


def test_a_change_by_hand_is_offered_as_edits_and_adopted(library: Library) -> None:
    editing = library.editing
    path, stored = read_only_article(library)
    old = path.read_bytes()
    assert editing.hand_edits("ports") == ()
    text = path.read_text("utf-8")
    text = text.replace("publisher: null", "publisher: Quay Post")
    text = text.replace("date: null", "date: {value: '2019-02', precision: month, basis: stated}")
    text = text.replace("name: Ana Lin", "name: Anna Lin")
    (line,) = [line for line in text.splitlines() if "no plan at all" in line and "kind:" in line]
    text = text.replace(f"  quotes:\n{line}\n", "")
    path.write_text(text, encoding="utf-8")
    mine = path.read_bytes()
    (found,) = editing.hand_edits("ports")
    assert found.article == stored.id
    assert found.rest == ()
    kinds = [edit.kind for edit in found.edits]
    assert sorted(kinds) == ["drop-quote", "set-metadata", "set-metadata", "set-speaker"]
    assert f"The publisher of {stored.id} is Quay Post." in found.says
    assert library.reannotate("ports").kept == (stored.id,)
    assert library.reannotate("ports", reread=True).kept == (stored.id,)
    assert path.read_bytes() == mine
    assert editing.adopt("ports").done == "4 changes by hand became edits."
    assert path.read_bytes() == old
    (article,) = library.briefing("ports").articles
    assert (article.publisher, article.date and article.date.value) == ("Quay Post", "2019-02")
    quotes = [quote for chunk in article.chunks for quote in chunk.quotes]
    assert "no plan at all" not in [quote.exact for quote in quotes]
    assert "Anna Lin" in [quote.speaker.name for quote in quotes if quote.speaker]
    assert not [one for one in library.check("ports") if "by hand" in one.message]
    assert not editing.adopt("ports").changed
    editing.undo("ports")
    assert path.read_bytes() == mine
    assert not (path.parent / "edits.yaml").exists()


def by_older_rules(path: Path) -> None:
    """Store an article as rules made it that knew less: no Belgium, and not the last quote."""
    article = read_article(path)
    chunks = [
        replace(
            chunk,
            mentions=tuple(one for one in chunk.mentions if one.code != "BE"),
            quotes=tuple(one for one in chunk.quotes if one.exact != "no plan at all"),
        )
        for chunk in article.chunks
    ]
    older = replace(article, chunks=tuple(chunks))
    known = article.annotator
    assert known is not None
    path.write_bytes(
        encode_article(seal(older, known.name, 0, read=known.read, codebook=known.codebook))
    )


@pytest.mark.parametrize("changed", ["rules", "shipped codebook", "own codebook"])
def test_a_change_by_hand_is_told_from_those_of_other_rules_and_codebooks(
    library: Library, changed: str
) -> None:
    editing = library.editing
    path, _ = read_only_article(library)
    if changed == "rules":
        by_older_rules(path)
    elif changed == "own codebook":
        editing.set_briefing("ports", {"codebook": "close, open, wait"})
        library.reannotate("ports")
        editing.set_briefing("ports", {"codebook": "open, wait"})
    else:
        editing.set_briefing("ports", {"codebook": "sides"})
        library.reannotate("ports")
        editing.set_briefing("ports", {"codebook": "measures"})
    then = path.read_bytes()
    text = path.read_text("utf-8").replace("publisher: null", "publisher: Quay Post")
    path.write_text(text.replace("name: Ana Lin", "name: Anna Lin"), encoding="utf-8")
    (found,) = editing.hand_edits("ports")
    assert found.rest == ()
    assert sorted(edit.kind for edit in found.edits) == ["set-metadata", "set-speaker"]
    assert editing.adopt("ports").changed
    assert path.read_bytes() == then
    library.reannotate("ports")
    (article,) = library.briefing("ports").articles
    assert article.publisher == "Quay Post"
    quotes = [quote for chunk in article.chunks for quote in chunk.quotes]
    assert "no plan at all" in [quote.exact for quote in quotes]
    assert "Anna Lin" in [quote.speaker.name for quote in quotes if quote.speaker]


def test_what_cannot_be_told_from_changes_of_the_rules_is_told_how_to_keep(
    library: Library,
) -> None:
    path, stored = read_only_article(library)
    by_older_rules(path)
    text = path.read_text("utf-8").replace("rule: name}", "rule: mine}")
    text = text.replace("name: Ana Lin", "name: Anna Lin").replace("rule: demonym}", "rule: mine}")
    path.write_text(text, encoding="utf-8")
    (found,) = library.editing.hand_edits("ports")
    assert found.edits == ()
    assert "briefing annotate with --force" in found.rest[0]
    assert path.read_text("utf-8") == text
    assert stored.id == found.article


def test_what_follows_from_a_role_and_a_date_set_by_hand_is_no_change_by_hand(
    library: Library,
) -> None:
    path, _ = read_only_article(library)
    made = path.read_text("utf-8")
    text = made.replace("date: null", "date: {value: '2019-02', precision: month, basis: stated}")
    (block,) = [one for one in made.split("- id: ") if "no plan at all" in one and "quotes:" in one]
    text = text.replace(block, block.replace("role: body", "role: unrelated"))
    path.write_text(text, encoding="utf-8")
    (found,) = library.editing.hand_edits("ports")
    assert found.rest == ()
    assert [edit.kind for edit in found.edits] == ["set-metadata", "set-role"]
    library.editing.adopt("ports")
    assert path.read_text("utf-8") == made


def test_a_changed_text_is_no_edit_and_its_file_is_left(library: Library) -> None:
    path, stored = read_only_article(library)
    path.write_text(
        path.read_text("utf-8").replace("four hundred metres", "five hundred metres"), "utf-8"
    )
    (found,) = library.editing.hand_edits("ports")
    assert (found.edits, found.rest) == ((), ("its text or its blocks were changed",))
    mine = path.read_bytes()
    done = library.editing.adopt("ports")
    assert not done.changed
    assert done.done == f"There is nothing to adopt in ports. Left as they are: {stored.id}."
    assert path.read_bytes() == mine


def test_a_role_position_and_mention_changed_by_hand_become_edits(library: Library) -> None:
    path, _ = read_only_article(library)
    text = path.read_text("utf-8")
    assert "{code: BE, start: 0, end: 7, rule: name}" in text
    text = text.replace(
        "{code: BE, start: 0, end: 7, rule: name}", "{code: LU, start: 0, end: 7, rule: name}"
    )
    path.write_text(text, encoding="utf-8")
    (found,) = library.editing.hand_edits("ports")
    assert [(edit.kind, edit.country, edit.anchor.exact) for edit in found.edits] == [
        ("set-mention", "LU", "Belgium")
    ]
    assert all(chunk.role in READ_ROLES for chunk in read_article(path).chunks)


@settings(max_examples=3, deadline=None, suppress_health_check=NOT_APART)
@given(st.integers())
def test_after_any_actions_a_search_finds_what_a_rebuilt_index_finds(
    library: Library, seed: int
) -> None:
    choose = random.Random(seed)  # noqa: S311 (repeatable)
    for _ in range(4):
        act_at_random(library, choose, 6)
        found = found_by_searches(library)
        rebuilt = Library.open(library.root)
        rebuilt.refresh(force=True)
        assert found_by_searches(rebuilt) == found


def found_by_searches(library: Library) -> list[list[tuple[str, str, str]]]:
    """Return the places that each of some queries finds, in any order."""
    queries = ("quay", "note:a", "tag:t", "country:DE", "publisher:2019", "role:caption", "lock")
    return [
        sorted(
            (group.briefing, group.article, hit.chunk)
            for group in library.search(query, limit=1000).groups
            for hit in group.hits
        )
        for query in queries
    ]
