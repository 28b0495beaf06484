"""The export dialog: what to export, to which file, and a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input

from briefing.compare.panels import Panels
from briefing.compare.standing_words import country_counts
from briefing.content.naming import slugify
from briefing.errors import BriefingError
from briefing.export.request import ExportRequest
from briefing.library import Library
from briefing.library.reports import Exported
from briefing.tui.kit.bars import KeyBar, LineBar
from briefing.tui.kit.inputs import SignedInput
from briefing.tui.kit.line_list import LineList, LinePage
from briefing.tui.kit.text_lines import Line, Piece, spread, wrap
from briefing.tui.kit.workers import post_result
from briefing.visible import one_line, visible
from briefing.wording import counted

RENDERING = "Rendering the preview …"
_INKS = (("#", "heading"), (">", "quote"), ("|", "soft"), ("[^", "faint"), ("---", "faint"))
WITHOUT_BROKEN = "Press enter to export without the articles that are broken, esc to close."
DEFAULT_END = ".md"
"""What a name without an end is taken to have."""
WORDS_FROM = 30
"""A list of at least so many cells has room for counts in words."""


class ScopeRow(NamedTuple):
    """What is exported, the whole briefing or one country of it, and its counts."""

    country: str | None
    name: str
    quotes: int
    counts: str


class ScopeList(LineList[ScopeRow]):
    """The whole briefing, and each country that has quotes."""

    COUNTED = False
    ROW_HEIGHT: ClassVar[int | None] = 1

    def lines_of(self, item: ScopeRow, width: int) -> Sequence[Line]:
        """Return the name and what quotes it has, or only how many where there is no room."""
        ink = "text" if item.country else "strong"
        name = (Piece(" "), Piece(one_line(item.name), ink))
        counts = item.counts if width >= WORDS_FROM else f"{item.quotes:,}"
        return (spread(name, (Piece(f"{counts} ", "soft"),), width),)


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
    """What enter will do, or what it did."""

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
    """Renders what the file's name asks for in a worker, shows it, and writes it to that file."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,enter", "write", "Write", id="export.write", tooltip="Write the file"),
        Binding("tab", "app.focus_next", "Next field", id="export.next",
                tooltip="Next field: scope, preview, file name"),
        Binding("escape", "dismiss", "Close", id="export.close",
                tooltip="Close without writing"),
    ]  # fmt: skip
    AUTO_FOCUS = "#file"

    scope: var[str | None] = var(None, init=False)
    text: var[str | None] = var(None, init=False)

    @dataclass(eq=False, repr=False)
    class Rendered(Message):
        """The text of a scope in a format."""

        asked: tuple[str | None, str]
        exported: Exported

    @dataclass(eq=False, repr=False)
    class Failed(Message):
        """Why a scope cannot be exported."""

        asked: tuple[str | None, str]
        error: BriefingError

    def __init__(self, library: Library, panels: Panels, country: str | None) -> None:
        super().__init__()
        self.library = library
        self.panels = panels
        self._name_is_ours = True
        self._overwrite: Path | None = None
        self._exported: Exported | None = None
        self._rendered: tuple[str | None, str] | None = None
        self._without_broken = False
        self._is_offering = False
        self.set_reactive(ExportScreen.scope, country)

        self._scopes = ScopeList(id="scopes")
        self._preview = Preview(id="preview", empty=RENDERING)
        self._file = SignedInput(value=self._proposed(), id="file")
        self._status = StatusBar()

    def compose(self) -> ComposeResult:
        """Lay out scopes, preview, file name, status and keys."""
        dialog = Vertical(classes="dialog")
        dialog.border_title = cast("str", Content(f"Export {one_line(self.panels.title)}"))
        with dialog:
            with Horizontal():
                yield self._scopes
                yield self._preview
            yield self._file
            yield self._status
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the scopes and render the preview."""
        quotes = len(self.panels.quotes)
        rows = [ScopeRow(None, "Whole briefing", quotes, counted(quotes, "quote"))]
        rows += [
            ScopeRow(row.code, row.name, row.quotes.total, country_counts(row))
            for row in self.panels.countries
            if row.quotes.total or row.code == self.scope
        ]
        self._scopes.title("Scope")
        self._scopes.show(rows, cursor=[row.country for row in rows].index(self.scope))
        self._preview.title("Preview")
        self._file.border_title = cast("str", Content(f"File, in {visible(str(Path.cwd()))}"))
        self._read_text()

    def _proposed(self) -> str:
        country = f"-{slugify(self.scope, 'country')}" if self.scope else ""
        return visible(f"{self.panels.name}{country}.md")

    def _read_text(self) -> None:
        """Render the Markdown; the library checks every quote against the stored text."""
        name, asked = self.panels.name, self._asked()
        self._rendered = asked
        request, file = ExportRequest(country=self.scope), f"memo{asked[1]}"
        post_result(
            self,
            "export",
            lambda: self.Rendered(
                asked,
                self.library.export(name, request, file=file, without_broken=self._without_broken),
            ),
            partial(self.Failed, asked),
        )

    def _asked(self) -> tuple[str | None, str]:
        """Return the scope, and the end of the file's name that chooses the format."""
        ends = "".join(Path(self._file.value.strip()).suffixes)
        return self.scope, ends or DEFAULT_END

    def on_export_screen_rendered(self, message: Rendered) -> None:
        """Show the Markdown if its scope is still the selected one."""
        if message.asked == self._asked():
            self._exported = message.exported
            self.text = message.exported.text

    def on_export_screen_failed(self, message: Failed) -> None:
        """Say why it cannot be exported, and offer to leave out what is broken."""
        if message.asked != self._asked():
            return
        self._preview.show_nothing(message.error.message)
        self._is_offering = bool(self.panels.problems) and not self._without_broken
        hint = message.error.hint or "This cannot be exported as it is."
        self._say(WITHOUT_BROKEN if self._is_offering else hint, "warning")

    def watch_text(self) -> None:
        """Show the preview, and what enter does."""
        lines = self.text.split("\n") if self.text is not None else []
        self._preview.show(lines)
        left_out = len(self._exported.skipped) if self._exported else 0
        without = f", without {counted(left_out, 'broken file')}" if left_out else ""
        self._say(
            f"Press enter to write the file{without}." if self.text is not None else "",
            "warning" if without else "soft",
        )

    def watch_scope(self) -> None:
        """Render the Markdown of the scope, and propose a name unless one was typed."""
        self._preview.empty = RENDERING
        self.text = None
        if self._name_is_ours:
            self._file.value = self._proposed()
        self._read_text()

    @on(LineList.Moved, "#scopes")
    def choose_scope(self, message: LineList.Moved) -> None:
        """Change what is exported."""
        chosen: ScopeRow = message.item
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
        if self._asked() != self._rendered:
            self.text = None
            self._read_text()

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Write the file."""
        self.action_write()

    def _say(self, words: str, ink: str) -> None:
        self._status.show(words, ink)

    def action_write(self) -> None:
        """Write the file; an existing one is overwritten only when asked twice."""
        name = self._file.value.strip()
        if self._is_offering:
            self._is_offering, self._without_broken = False, True
            self._preview.show_nothing(RENDERING)
            self._read_text()
            return
        if self.text is None or self._exported is None:
            return
        if not name:
            self._say("Enter a file name.", "warning")
            return
        path = Path(name).expanduser().absolute()
        if path.exists() and self._overwrite != path:
            self._overwrite = path
            self._say(
                f"{path.name} exists. Press enter again to overwrite it, esc to keep it.", "warning"
            )
            return
        try:
            written = self.library.save_export(self.text, path, overwrite=True)
        except BriefingError as error:
            self._say(error.message, "warning")
        else:
            self._overwrite = None
            self._say(f"Written: {written}", "voice-named")
            self._remember(self._exported)

    def _remember(self, exported: Exported) -> None:
        """Note what was exported, for `briefing changes`."""
        if exported.state is None:
            return
        try:
            self.library.keep_export_state(self.panels.name, exported.state)
        except BriefingError as error:
            self._say(f"Written, but not remembered: {error.message}", "warning")
