"""Print the app's speed in one run: start-up against the smallest app, keys, memory.

    python tests/bench/app_speed.py [--work FOLDER] [--rounds 5] [--peer NAME COMMAND TEXT]...

All figures are CPU time as the scheduler counts it (Linux), the least of all rounds. Start-up is
all that a process takes until a text is on its screen; the programs take turns. The libraries are
made of copies of one invented article with its annotations, and kept in FOLDER. Of keys those
above the budget are named; `key_cost.py` alone shows every one. What opens a screen is measured
against what the smallest app takes to open one.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import key_cost
from typing_speed import Terminal

from briefing.library import Library
from briefing.library.reports import InputBytes

COLUMNS, LINES = 160, 48
PATIENCE = 30.0
LIST_KEYS = "j k G g s f 1 2 esc / q u e esc esc ? esc"
OPENING_KEYS = "e esc e esc l esc"
"""What the smallest app opens: an empty screen twice, as the first loads what both need."""
BIG, ARTICLES, QUOTES = "big", 500, 20
ARTICLE = "Sample Wire, 4 March 2025"


class Program(NamedTuple):
    """A program, and a text on its screen that shows it has started."""

    name: str
    command: list[str]
    text: str


def invent_article(quotes: int) -> bytes:
    """Return an article with so many quotes."""
    places = ("Peru", "Egypt", "Norway", "Kenya")
    said = (
        f"“We will open harbour number {each} in the spring,” said Ana Lin of {places[each % 4]}."
        for each in range(quotes)
    )
    return "\n\n".join(("Peru opens a harbour", ARTICLE, *said)).encode()


def fill(folder: Path, briefings: int, articles: int, quotes: int, name: str) -> None:
    """Make a library of copies of one article."""
    library = Library.open(folder, create=True)
    library.add([InputBytes(name="first", data=invent_article(quotes))], to=name, index=False)
    first = folder / "content" / name
    info = (first / "briefing.yaml").read_text()
    (path,) = (each for each in first.glob("*.yaml") if each.name != "briefing.yaml")
    text, stem = path.read_text(), path.stem
    for briefing in range(briefings):
        place = folder / "content" / (f"{name}-{briefing}" if briefing else name)
        place.mkdir(exist_ok=True)
        (place / "briefing.yaml").write_text(info)
        for article in range(articles):
            own = f"{stem}-{article}" if article else stem
            (place / f"{own}.yaml").write_text(text.replace(f"id: {stem}\n", f"id: {own}\n", 1))


def start(program: Program) -> tuple[Terminal, float]:
    """Start a program; return it, and its CPU time in ms when its text was on the screen."""
    app = Terminal(program.command, COLUMNS, LINES)
    await_text(app, program.text)
    return app, key_cost.spent(app.pid)[1]


def await_text(app: Terminal, text: str) -> None:
    """Read until a text was written; raises TimeoutError."""
    seen, end = b"", time.monotonic() + PATIENCE
    while text.encode() not in seen:
        if time.monotonic() > end:
            raise TimeoutError(text)
        seen += app.read(0.05)


def end(app: Terminal) -> None:
    """End a program."""
    os.kill(app.pid, 9)
    os.waitpid(app.pid, 0)


def weigh_starts(programs: list[Program], rounds: int) -> dict[str, float]:
    """Return the least CPU time to the first useful paint by name; a first round is left out."""
    figures: dict[str, list[float]] = {program.name: [] for program in programs}
    for _ in range(rounds + 1):
        for program in programs:
            app, spent = start(program)
            end(app)
            figures[program.name].append(spent)
    return {name: min(spent[1:]) for name, spent in figures.items()}


def weigh_keys(program: Program, keys: list[str], rounds: int) -> tuple[list[float], float]:
    """Return the least CPU time of each key in the screens' thread, and the memory after them."""
    costs, memory = [], 0.0
    for _ in range(rounds):
        app, _ = start(program)
        key_cost.rest(app)
        costs.append([press(app, key) for key in keys])
        memory = max(memory, app.memory("VmRSS"))
        end(app)
    return [min(each) for each in zip(*costs, strict=True)], memory


def press(app: Terminal, key: str) -> float:
    """Press a key; return what it cost the screens' thread."""
    before = key_cost.spent(app.pid)[0]
    app.write(key_cost.NAMED.get(key, key.encode()))
    key_cost.rest(app)
    return key_cost.spent(app.pid)[0] - before


def weigh_session(library: Path, briefing: str, rounds: int) -> list[float]:
    """Return the least cost of each key of a session with corrections, in copies of a library."""
    keys = key_cost.SESSION.split()
    asked = argparse.Namespace(size=f"{COLUMNS}x{LINES}", briefing=briefing, keys=keys)
    costs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as base:
            folder = Path(base) / "copy"
            shutil.copytree(library, folder)
            costs.append([ui for ui, _ in key_cost.weigh(asked, folder)])
    return [min(each) for each in zip(*costs, strict=True)]


def show_keys(title: str, keys: list[str], costs: list[float]) -> None:
    over = " ".join(f"{key} {cost:.0f}" for key, cost in zip(keys, costs, strict=True) if cost > 20)
    middle = sorted(costs)[len(costs) // 2]
    print(f"{title:36} median {middle:5.1f}  most {max(costs):5.1f} ms; over 20: {over or '-'}")


def measure(work: Path, options: argparse.Namespace) -> None:
    """Make the libraries that are not there yet, and print the table."""
    sizes = {"ten": (10, 1, 2), "many": (options.briefings, 1, 2), BIG: (1, ARTICLES, QUOTES)}
    for name, (briefings, articles, quotes) in sizes.items():
        if not (work / name).exists():
            fill(work / name, briefings, articles, quotes, name)
        Library.open(work / name).refresh()

    def ours(name: str, library: str, text: str, *more: str) -> Program:
        command = [sys.executable, "-m", "briefing", "--library", str(work / library), *more]
        return Program(name, command, text)

    minimal = Path(__file__).with_name("minimal_app.py")
    many = ours(f"list of {options.briefings:,} briefings", "many", "Palette")
    starts = [
        Program("smallest Textual app", [sys.executable, str(minimal)], "ready"),
        ours("list of 10 briefings", "ten", "Palette"),
        many,
        ours("a briefing of one article, opened", "ten", "¶", "open", "ten"),
        ours(f"one of {ARTICLES * QUOTES:,} quotes, opened", BIG, "¶", "open", BIG),
        *(Program(name, shlex.split(command), text) for name, command, text in options.peer),
    ]
    figures = weigh_starts(starts, options.rounds)
    least = figures[starts[0].name]
    for name, spent in figures.items():
        print(f"{name:36} {spent:6.0f} ms  ×{spent / least:.2f}")
    costs, _ = weigh_keys(starts[0], OPENING_KEYS.split(), options.rounds)
    for name, cost in zip(("nothing", "a list and a foot"), costs[2::2], strict=True):
        print(f"{f'it opens a screen of {name}':36} {cost:6.1f} ms")
    costs, memory = weigh_keys(many, LIST_KEYS.split(), options.rounds)
    show_keys("keys in the list", LIST_KEYS.split(), costs)
    print(f"{'memory after them':36} {memory:6.1f} MiB")
    for name in ("ten", BIG):
        costs = weigh_session(work / name, name, options.rounds)
        show_keys(f"keys in the briefing {name}", key_cost.SESSION.split(), costs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--work", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--briefings", type=int, default=10_000)
    parser.add_argument("--peer", nargs=3, action="append", default=[],
                        metavar=("NAME", "COMMAND", "TEXT"))  # fmt: skip
    options = parser.parse_args()
    # An installed program has its bytecode: without it a third of the start is compiling ours.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as base:
        os.environ["XDG_STATE_HOME"] = str(Path(base) / "state")
        measure(options.work or Path(base), options)


if __name__ == "__main__":
    main()
