"""What the app takes over of Textual's own is still as it was in the version that it is made for.

Overriding a private method is a bet on one version: where this test fails, read what Textual does
there now, mend or drop what is in `briefing/tui`, and only then change the tables below.
"""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType

from textual._compositor import Compositor
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widget import Widget

import briefing.tui

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
RANGE = "textual>=8.2,<9"
TAKEN_OVER = {
    "App._background_screens": "property",
    "App._fatal_error": "(self)",
    "App._handle_exception": "(self, error)",
    "App._load_screen_css": "(self, screen)",
    "App._prune": "(self, *nodes, parent=None)",
    "CommandPalette._watch__list_visible": "(self)",
    "CommandPalette._watch__show_busy": "(self)",
    "Compositor._render_chops": "(self, crop, is_rendered_line)",
    "Input._on_paste": "(self, event)",
    "Screen._compositor_refresh": "(self)",
    "Screen._extend_compose": "(self, widgets)",
    "Screen._on_screen_resume": "(self, event)",
    "Screen._refresh_layout": "(self, size=None, scroll=False)",
    "Screen._screen_resized": "(self, size)",
    "ScrollView._size_updated": "(self, size, virtual_size, container_size, layout=True)",
}
"""Private methods of Textual that classes of ours override, with what they take."""
USED = {
    App: ("_batch_count", "_close_messages_no_wait", "_exit_renderables", "_notifications"),
    Compositor: ("_cuts",),
    LinuxDriver: ("run_input_thread", "process_message"),
    Screen: ("_compositor", "_dirty_widgets", "_repaint_required"),
    Widget: (
        "_layout_required",
        "_repaint_regions",
    ),
}
"""Others that ours use."""


METHODS = (property, FunctionType)


def own_classes() -> Iterator[type]:
    """Yield every class of the app."""
    is_served = find_spec("textual_serve") is not None  # An extra.
    for module in walk_packages(briefing.tui.__path__, "briefing.tui."):
        if not module.name.endswith("__main__") and (is_served or ".serving." not in module.name):
            members = vars(import_module(module.name)).values()
            yield from (each for each in members if inspect.isclass(each))


def taken_by(member: object) -> str:
    """Return what a method takes, without types."""
    if isinstance(member, property):
        return "property"
    signature = inspect.signature(member)
    bare = [each.replace(annotation=each.empty) for each in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=signature.empty))


def overridden() -> dict[str, str]:
    """Return the private methods of Textual that classes of ours override, with what they take."""
    found = {}
    for own in own_classes():
        names = [name for name, member in vars(own).items() if isinstance(member, METHODS)]
        private = [each for each in names if each.startswith("_") and not each.startswith("__")]
        for name in private if own.__module__.startswith("briefing.") else ():
            above = (each for each in own.__mro__[1:] if name in vars(each))
            base = next((each for each in above if each.__module__.startswith("textual.")), None)
            if base is not None:
                found[f"{base.__name__}.{name}"] = taken_by(vars(base)[name])
    return found


def test_what_is_overridden_of_textual_is_as_it_was() -> None:
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    assert RANGE in project["dependencies"]
    now = overridden()
    changed = [
        f"briefing/tui overrides {name}{was}; "
        f"Textual {version('textual')} has {now.get(name, 'no such method')}"
        for name, was in TAKEN_OVER.items()
        if now.get(name) != was
    ]
    assert changed == []
    assert [name for name in now if name not in TAKEN_OVER] == []


def test_what_is_used_of_textual_is_there() -> None:
    made = {
        App: App(),
        Compositor: Compositor(),
        Screen: Screen(),
        Widget: Widget(),
        LinuxDriver: LinuxDriver,
    }
    gone = [name for kind, names in USED.items() for name in names if not hasattr(made[kind], name)]
    assert gone == [], f"Textual {version('textual')} has these no more"
