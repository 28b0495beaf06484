"""The export dialog: what to write, where, and how it will look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input

from briefing.compare.panels import Panels
from briefing.compare.voices import country_counts
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.tui.kit.bars import KeyBar, LineBar
from briefing.tui.kit.line_list import LineList, LinePage
from briefing.tui.kit.text_lines import Line, Piece, spread, wrap
from briefing.visible import one_line, visible
from briefing.wording import counted

_INKS = (("#", "heading"), (">", "quote"), ("|", "soft"), ("[^", "faint"), ("---", "faint"))


WORDS_FROM = 30
"""A list of this many cells or more has room for counts in words."""


class Scope(NamedTuple):
    """What is exported, the whole briefing or one country of it, and what there is of it."""

    country: str | None
    name: str
    quotes: int
    counts: str


class ScopeList(LineList[Scope]):
    """The whole briefing, and each country that has quotes."""

    ROW_HEIGHT: ClassVar[int | None] = 1

    def lines_of(self, item: Scope, width: int) -> Sequence[Line]:
        """Return the name and what quotes it has, or only how many where there is no room."""
        ink = "text" if item.country else "strong"
        name = (Piece(" "), Piece(one_line(item.name), ink))
        counts = item.counts if width >= WORDS_FROM else f"{item.quotes:,}"
        return (spread(name, (Piece(f"{counts} ", "soft"),), width),)

    def count_note(self) -> str:
        """Return nothing."""
        return ""


class Preview(LinePage[str]):
    """The Markdown as it will be written, a source line a row, wrapped."""

    def lines_of(self, item: str, width: int) -> Sequence[Line]:
        """Return the line, in the ink of what it is."""
        ink = next((ink for mark, ink in _INKS if item.startswith(mark)), "text")
        return [(Piece(f" {line}", ink),) for line in wrap(visible(item), width - 2)]

    def count_note(self) -> str:
        """Return the number of lines."""
        return counted(len(self.items), "line") if self.items else ""


class StatusBar(LineBar):
    """What enter will do, or what came of it."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._words, self._ink = "", "soft"

    def show(self, words: str, ink: str) -> None:
        """Set the words and their ink."""
        self._words, self._ink = one_line(words), ink
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the words."""
        return spread((Piece(f" {self._words}", self._ink),), (), width)


class ExportScreen(ModalScreen[None]):
    """Makes the Markdown in a worker, shows it, and writes it where the person says."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,enter", "write", "Write", id="export.write", tooltip="Write the file"),
        Binding("tab", "app.focus_next", "Next field", id="export.next",
                tooltip="From scope to preview to file name"),
        Binding("escape", "dismiss", "Close", key_display="esc", id="export.close",
                tooltip="Close without writing"),
    ]  # fmt: skip
    AUTO_FOCUS = "#file"

    scope: var[str | None] = var(None, init=False)
    text: var[str | None] = var(None, init=False)

    class Made(Message):
        """The Markdown of a scope."""

        def __init__(self, scope: str | None, text: str) -> None:
            super().__init__()
            self.scope = scope
            self.text = text

    class Failed(Message):
        """The Markdown could not be made or written."""

        def __init__(self, scope: str | None, error: BriefingError) -> None:
            super().__init__()
            self.scope = scope
            self.error = error

    def __init__(self, library: Library, panels: Panels, country: str | None) -> None:
        super().__init__()
        self.library = library
        self.panels = panels
        self._name_is_ours = True
        self._overwrite: Path | None = None
        self.set_reactive(ExportScreen.scope, country)

    def compose(self) -> ComposeResult:
        """Lay out scope, preview, file name, status and keys."""
        with Vertical(classes="dialog"):
            with Horizontal():
                yield ScopeList(id="scopes")
                yield Preview(id="preview", empty="Making the preview …")
            yield Input(value=self._proposed(), id="file")
            yield StatusBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the scopes and make the preview."""
        panels = self.panels
        dialog = self.query_exactly_one(".dialog")
        dialog.border_title = cast("str", Content(f"Export {one_line(panels.title)}"))
        rows = [
            Scope(None, "Whole briefing", len(panels.quotes), counted(len(panels.quotes), "quote"))
        ]
        rows += [
            Scope(row.code, row.name, row.quotes.total, country_counts(row))
            for row in panels.countries
            if row.quotes.total or row.code == self.scope
        ]
        scopes = self.query_exactly_one(ScopeList)
        scopes.title("What")
        codes = [row.country for row in rows]
        scopes.show(rows, cursor=codes.index(self.scope))
        self.query_exactly_one(Preview).title("Preview")
        box = self.query_exactly_one("#file", Input)
        box.border_title = cast("str", Content(f"File, in {visible(str(Path.cwd()))}"))
        self.make_text(self.scope)

    def _proposed(self) -> str:
        country = f"-{self.scope.lower()}" if self.scope else ""
        return f"{self.panels.name}{country}.md"

    @work(thread=True, exclusive=True, group="export")
    def make_text(self, scope: str | None) -> None:
        """Make the Markdown; every quote is checked against the stored text."""
        try:
            self.post_message(
                self.Made(scope, self.library.export(self.panels.name, country=scope))
            )
        except BriefingError as error:
            self.post_message(self.Failed(scope, error))

    def on_export_screen_made(self, message: Made) -> None:
        """Show the Markdown if its scope is still the chosen one."""
        if message.scope == self.scope:
            self.text = message.text

    def on_export_screen_failed(self, message: Failed) -> None:
        """Say why it cannot be exported."""
        if message.scope == self.scope:
            self.query_exactly_one(Preview).empty = message.error.message
            self.query_exactly_one(Preview).refresh()
            self._say(message.error.hint or "This cannot be exported as it is.", "warning")

    def watch_text(self) -> None:
        """Show the preview, and what enter does."""
        lines = self.text.split("\n") if self.text is not None else []
        self.query_exactly_one(Preview).show(lines)
        self._say("Enter writes the file." if self.text is not None else "", "soft")

    def watch_scope(self) -> None:
        """Make the Markdown of the scope, and propose a name unless one was typed."""
        self.query_exactly_one(Preview).empty = "Making the preview …"
        self.text = None
        if self._name_is_ours:
            self.query_exactly_one("#file", Input).value = self._proposed()
        self.make_text(self.scope)

    @on(LineList.Moved, "#scopes")
    def choose_scope(self, message: LineList.Moved) -> None:
        """Change what is exported."""
        chosen: Scope = message.item
        if not message.overtaken:
            self.scope = chosen.country

    @on(LineList.Chosen, "#scopes,#preview")
    def write_from_list(self) -> None:
        """Write from any field."""
        self.action_write()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Keep the name that was typed, and ask again before overwriting."""
        self._name_is_ours = message.value == self._proposed()
        self._overwrite = None

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Write the file."""
        self.action_write()

    def _say(self, words: str, ink: str) -> None:
        self.query_exactly_one(StatusBar).show(words, ink)

    def action_write(self) -> None:
        """Write the file; one that is there is overwritten only when asked twice."""
        name = self.query_exactly_one("#file", Input).value.strip()
        if self.text is None:
            return
        if not name:
            self._say("Type the name of the file.", "warning")
            return
        path = Path(name).expanduser().absolute()
        if path.exists() and self._overwrite != path:
            self._overwrite = path
            self._say(f"{path.name} exists. Enter again overwrites it, esc keeps it.", "warning")
            return
        try:
            written = self.library.save_export(self.text, path, overwrite=True)
        except BriefingError as error:
            self._say(error.message, "warning")
        else:
            self._overwrite = None
            self._say(f"Written: {written}", "voice-named")
