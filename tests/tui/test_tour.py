"""The tour of the README, followed to the letter: a key is pressed, and what is bold is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

from briefing.library import Library
from briefing.tui.kit.inputs import QueryBox

ROOT = Path(__file__).parents[2]
WRITTEN = {"/": "slash", "?": "question_mark", "[": "left_square_bracket",
           "]": "right_square_bracket", "esc": "escape"}  # fmt: skip


class Step(NamedTuple):
    """A row of the tour: keys to press or words to type, and the words that are then in sight."""

    keys: tuple[str, ...]
    typed: str
    seen: tuple[str, ...]


def steps() -> list[Step]:
    table = (ROOT / "README.md").read_text("utf-8").split("| press | what you see |")[1]
    rows = [row.split("|") for row in table.split("\n\n")[0].splitlines()[2:]]
    return [_step(row[1].strip(), row[2]) for row in rows]


def _step(press: str, see: str) -> Step:
    told = re.findall(r"`([^`]+)`", press)
    seen = tuple(re.findall(r"\*\*([^*]+)\*\*", see))
    if press.startswith("type "):
        return Step((), told[0], seen)
    return Step(tuple(WRITTEN.get(key, key) for key in told), "", seen)


async def test_the_tour_of_the_readme_is_true(own_home: Path, tmp_path: Path, sit_down) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "library" / "content")
    library = Library.open(tmp_path / "library")
    library.refresh(searchable=True)
    followed = 0
    async with sit_down(library, size=(120, 36), briefing="huawei-5g") as person:
        for step in steps():
            await person.press(*step.keys)
            if step.typed:
                person.app.screen.query_one(QueryBox).write(step.typed)
                await person.wait()
            missing = [words for words in step.seen if words not in person.screen]
            assert missing == [], f"{step}:\n{person.screen}"
            followed += 1
        assert person.app.return_code == 0
    assert followed == len(steps()) == 15
