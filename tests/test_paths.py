"""Which library is opened, and where its index, config and reading state live."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import paths
from briefing.errors import NotFoundError, UsageError
from briefing.model import Place

DESK, OTHER = "postgresql://desk/news", "postgresql://desk/other"


def make_library(root: Path, name: str = "ports") -> Path:
    folder = root / "content" / name
    folder.mkdir(parents=True)
    (folder / "briefing.yaml").write_text("title: Ports\n", encoding="utf-8")
    return root


def test_a_named_library_wins_over_everything(tmp_path: Path) -> None:
    make_library(tmp_path)
    place = paths.find_library(
        tmp_path / "other",
        environ={"BRIEFING_LIBRARY": str(tmp_path)},
        folder=tmp_path,
        config=paths.Config(),
    )
    assert (place.root, place.origin) == (tmp_path / "other", "named")


def test_the_environment_wins_over_the_folder(tmp_path: Path) -> None:
    make_library(tmp_path)
    place = paths.find_library(
        None,
        environ={"BRIEFING_LIBRARY": str(tmp_path / "env")},
        folder=tmp_path,
        config=paths.Config(),
    )
    assert (place.root, place.origin) == (tmp_path / "env", "environment")


def test_the_nearest_folder_upwards_with_briefings_is_the_library(tmp_path: Path) -> None:
    make_library(tmp_path)
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "a" / "content").mkdir()
    place = paths.find_library(None, environ={}, folder=deep, config=paths.Config())
    assert (place.root, place.origin) == (tmp_path, "folder")


def test_the_config_comes_before_the_sample(tmp_path: Path) -> None:
    config = paths.Config(library=str(tmp_path / "mine"))
    place = paths.find_library(None, environ={}, folder=tmp_path, config=config)
    assert (place.root, place.origin) == (tmp_path / "mine", "config")


def test_a_config_that_names_no_library_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="library is empty in the config"):
        paths.find_library(None, environ={}, folder=tmp_path, config=paths.Config(library=""))


def test_without_any_of_them_the_sample_opens(tmp_path: Path) -> None:
    place = paths.find_library(None, environ={}, folder=tmp_path, config=paths.Config())
    assert (place.root, place.origin) == (paths.sample_library(), "sample")


def test_a_library_without_content_is_not_found_and_the_hint_says_how_to_make_one(
    tmp_path: Path,
) -> None:
    place = paths.LibraryPlace(root=tmp_path / "none", origin="named")
    with pytest.raises(NotFoundError) as caught:
        paths.require_library(place)
    assert caught.value.hint is not None
    assert "add FILE --to NAME" in caught.value.hint


def test_the_index_of_a_writable_library_lives_inside_it(tmp_path: Path) -> None:
    assert paths.index_folder(make_library(tmp_path)) == tmp_path / "index"


def test_the_index_of_the_installed_sample_lives_in_the_cache(tmp_path: Path) -> None:
    shipped = Path(paths.__file__).parent / "sample"
    folder = paths.index_folder(shipped, environ={"XDG_CACHE_HOME": str(tmp_path)})
    assert folder.parent == tmp_path / "briefing"


def test_a_missing_config_is_empty_and_a_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert paths.read_config(path) == paths.Config()
    path.write_text('theme = "light"\n[keys]\nquit = "x"\n', encoding="utf-8")
    assert paths.read_config(path) == paths.Config(theme="light", keys={"quit": "x"})
    path.write_text("colour = 3\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"config\.toml: Object contains unknown field"):
        paths.read_config(path)


def test_the_reading_state_is_kept_and_a_broken_one_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "state" / "reading.json"
    state = paths.ReadingState(
        theme="dark",
        spots={"/library": {"ports": paths.ReadingPlace(place=Place("article-1", "c2", 3, 8))}},
    )
    paths.write_state(state, path)
    assert paths.read_state(path) == state
    path.write_bytes(b"{")
    assert paths.read_state(path) == paths.ReadingState()


@pytest.mark.parametrize(
    ("named", "environ", "config", "index"),
    [
        (None, {}, {}, None),
        (DESK, {"BRIEFING_INDEX": OTHER}, {"index": OTHER}, DESK),
        (None, {"BRIEFING_INDEX": DESK}, {"index": OTHER}, DESK),
        (None, {}, {"index": DESK}, DESK),
        (None, {}, {"index": DESK, "library": "elsewhere"}, None),
        ("local", {"BRIEFING_INDEX": DESK}, {}, None),
        (None, {"BRIEFING_INDEX": "local"}, {"index": DESK}, None),
    ],
)
def test_the_index_is_named_or_the_librarys_own(
    tmp_path: Path,
    named: str | None,
    environ: dict[str, str],
    config: dict[str, str],
    index: str | None,
) -> None:
    place = paths.find_library(tmp_path, named, environ=environ, config=paths.Config(**config))
    assert place.index == index


def test_the_sample_has_its_own_index(tmp_path: Path) -> None:
    config = paths.Config(index=DESK)
    environ = {"BRIEFING_INDEX": DESK}
    place = paths.find_library(None, environ=environ, folder=tmp_path, config=config)
    assert (place.origin, place.index) == ("sample", None)


def test_what_is_known_of_a_database_is_kept_apart(tmp_path: Path) -> None:
    folders = {paths.shared_folder(tmp_path, address) for address in (None, DESK, OTHER)}
    assert len(folders) == 3
    assert paths.shared_folder(tmp_path, None) == tmp_path
