"""The export dialog: what to export, to which file, and a preview."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.widgets import Input

from briefing.compare.choosing import country_row
from briefing.compare.standing_words import country_counts
from briefing.content.naming import slugify
from briefing.errors import BriefingError, UsageError
from briefing.export.formats import ExportFormat, format_for
from briefing.export.material import ExportRequest, choose_quotes
from briefing.library import Library
from briefing.library.reports import Exported
from briefing.tui.dialogs.export_options import (
    BROKEN,
    FORMAT,
    ONE_BY_ONE,
    OPTIONS,
    Option,
    OptionList,
    PickList,
    turned,
    with_suffix_of,
)
from briefing.tui.kit.actions import read_in_thread
from briefing.tui.kit.bars import KeyBar
from briefing.tui.kit.inputs import SignedInput
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList, LinePage
from briefing.tui.kit.messages import CatalogNews, PanelsWanted
from briefing.tui.kit.painted import Bordered
from briefing.tui.kit.quiet_screen import SwiftModal
from briefing.tui.kit.text_lines import Line, Piece, length, spread, wrap
from briefing.tui.search.answer_bar import AnswerBar
from briefing.visible import one_line, visible
from briefing.wording import counted

RENDERING = "Rendering the preview …"
_INKS = (("#", "heading"), (">", "quote"), ("|", "soft"), ("[^", "faint"), ("---", "faint"))
WITHOUT_BROKEN = "Press enter to export without the articles that are broken, esc to close."
NONE_PICKED = "No statement is chosen: space takes one in again."
PREVIEWED = 60_000
"""The most characters that are wrapped for the preview."""


class ScopeRow(NamedTuple):
    """What is exported, the whole briefing or one country of it, and its counts."""

    country: str | None
    name: str
    counts: str


class ScopeList(LineList[ScopeRow]):
    """The whole briefing, and each country that has quotes."""

    COUNTED = False

    def lines_of(self, item: ScopeRow, width: int) -> Sequence[Line]:
        """Return the name and what quotes it has, below it where there is no room beside it."""
        ink = "text" if item.country else "strong"
        name = (Piece(" "), Piece(one_line(item.name), ink))
        counts = (Piece(f"{item.counts} ", "soft"),)
        if length((*name, *counts)) + 2 <= width:
            return (spread(name, counts, width),)
        below = wrap(item.counts, width - 2)
        return (name, *(spread((), (Piece(f"{words} ", "soft"),), width) for words in below))


class Preview(LinePage[str]):
    """The text as it will be written, a line of it a row, wrapped; of a long one the beginning."""

    whole = 0
    """How many lines the text has."""

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.whole = text.count("\n") + 1
        self.show(text[:PREVIEWED].split("\n"))

    def lines_of(self, item: str, width: int) -> Sequence[Line]:
        """Return the line, in the ink of what it is."""
        ink = next((ink for mark, ink in _INKS if item.startswith(mark)), "text")
        indent = " " * min(len(item) - len(item.lstrip(" ")), width // 3)
        lines = wrap(visible(item), width - 2 - len(indent))
        return [(Piece(f" {indent}{line}", ink),) for line in lines]

    def count_note(self) -> str:
        """Return the number of lines."""
        shown = counted(len(self.items), "line")
        whole = f"the first {shown} of {self.whole:,}" if self.whole > len(self.items) else shown
        return whole if self.items else ""


class Asked(NamedTuple):
    """What is rendered: a request, the format by the file's name, and whether files may be broken.

    `format` is None where the name tells none, `file` is that name then.
    """

    request: ExportRequest
    format: ExportFormat | None
    file: str
    without_broken: bool


class ExportScreen(SwiftModal[None]):
    """Renders what is chosen in a worker, shows it, and writes it to the file that is named."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    BINDINGS = keys_of("export")
    AUTO_FOCUS = "#file"

    scope: var[str | None] = var(None, init=False)
    text: var[str | None] = var(None, init=False)

    def __init__(self, library: Library, wanted: PanelsWanted) -> None:
        super().__init__()
        self.library = library
        self.panels = panels = wanted.panels
        self._chosen = {each.field: each.values[0][0] for each in OPTIONS if each.field != FORMAT}
        if not panels.problems:
            del self._chosen[BROKEN]
        self._overwrite: Path | None = None
        self._exported: Exported | None = None
        self._wanted: Asked | None = None
        self._is_rendering = False
        self._is_offering = False
        self.set_reactive(ExportScreen.scope, wanted.country)

        self._scopes = ScopeList(id="scopes")
        self._options = OptionList(self._turn)
        self._statements = PickList(self._render_anew)
        self._preview = Preview(id="preview", empty=RENDERING)
        self._since = SignedInput(placeholder="any date", id="since")
        self._file = SignedInput(value=self._proposed(".md"), id="file")
        self._proposal = self._file.value
        self._status = AnswerBar(lambda _: None, id="status")

    def compose(self) -> ComposeResult:
        """Lay out scopes, choices, preview, file name, status and keys."""
        dialog = Bordered(classes="dialog")
        dialog.label(f"Export {one_line(self.panels.title)}")
        with dialog:
            with Horizontal():
                with Vertical(id="choices"):
                    yield self._scopes
                    yield self._options
                with Vertical():
                    yield self._statements
                    yield self._preview
            with Horizontal(id="fields"):
                yield self._since
                yield self._file
            yield self._status
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the scopes and render the preview."""
        panels = self.panels
        rows = [ScopeRow(None, "Whole briefing", panels.counted_quotes())]
        rows += [
            ScopeRow(row.code, row.name, country_counts(row))
            for row in self.panels.countries
            if row.quotes.total or row.code == self.scope
        ]
        self._scopes.title("Scope")
        self._scopes.show(rows, cursor=[row.country for row in rows].index(self.scope))
        self._options.title("Options")
        self._statements.title("Statements")
        self._preview.title("Preview")
        self._since.label("Since")
        self._file.label(f"File, in {visible(str(Path.cwd()))}")
        self._render_anew()

    def _proposed(self, end: str) -> str:
        country = f"-{slugify(self.scope, 'country')}" if self.scope else ""
        return visible(f"{self.panels.name}{country}{end}")

    # Rendering, of the newest request only

    def _asked(self) -> Asked:
        fields = {name: value for name, value in self._chosen.items() if name != BROKEN}
        if fields["pinned"] == ONE_BY_ONE:
            rows = self._statements.picked
            is_part = len(rows) < len(self._statements.items)
            select = [(row.article, row.quote.id) for row in rows] if is_part else ()
            fields |= {"pinned": False, "select": tuple(select)}
        since, file = self._since.value.strip() or None, self._file.value.strip()
        request = ExportRequest(country=self.scope, since=since, **fields)
        try:
            chosen = format_for(file)
        except UsageError:
            chosen = None
        name = file if chosen is None else ""
        return Asked(request, chosen, name, bool(self._chosen.get(BROKEN)))

    def _render_anew(self) -> None:
        """Show what is chosen, and render it as soon as nothing else is being rendered."""
        is_none_picked = self._show_statements()
        asked = self._asked()
        format_name = asked.format.name if asked.format is not None else ""
        self._options.show_values({FORMAT: format_name, **self._chosen}, self.scope)
        self._is_offering, self._overwrite = False, None
        self.text = None
        self._wanted = asked if not is_none_picked else None
        if is_none_picked:
            self._preview.show_nothing(NONE_PICKED)
            self._status.show(NONE_PICKED, "warning")
        elif not self._is_rendering:
            self._is_rendering = True
            take = partial(self._take_rendered, asked)
            read_in_thread(self, "export", partial(self._render_text, asked), take, take)

    def _show_statements(self) -> bool:
        """Show what is chosen from where that is done one by one; return whether nothing is."""
        shown = self._statements
        shown.display = self._chosen["pinned"] == ONE_BY_ONE
        if not shown.display:
            return False
        request = ExportRequest(with_paraphrases=bool(self._chosen["with_paraphrases"]))
        rows = choose_quotes(self.panels, request, country_row(self.panels, self.scope))
        if rows != shown.items:
            shown.show(rows)
        return bool(rows) and not shown.picked

    def _render_text(self, asked: Asked) -> Exported:
        """Render the text; the library checks every quote against the stored text."""
        name = asked.format.name if asked.format is not None else None
        return self.library.export(
            self.panels.name, asked.request, file=asked.file, format_name=name,
            without_broken=asked.without_broken,
        )  # fmt: skip

    def _take_rendered(self, asked: Asked, exported: Exported | BriefingError) -> None:
        """Show what was rendered if it is still asked for, else render what is."""
        self._is_rendering = False
        if asked != self._wanted:
            self._render_anew()
        elif isinstance(exported, BriefingError):
            self._show_failure(exported)
        else:
            self._exported = exported
            self.text = exported.text

    def _show_failure(self, error: BriefingError) -> None:
        """Say why it cannot be exported, and offer to leave out what is broken."""
        self._preview.show_nothing(error.message)
        self._is_offering = self._chosen.get(BROKEN) is False
        hint = error.hint or "This cannot be exported as it is."
        self._status.show(WITHOUT_BROKEN if self._is_offering else hint, "warning")

    def watch_text(self) -> None:
        """Show the preview, and what enter does."""
        if self.text is None:
            self._status.show(RENDERING, "faint")
        else:
            self._preview.show_text(self.text)
            self._say_ready()

    def _say_ready(self) -> None:
        left_out = len(self._exported.skipped) if self._exported else 0
        without = f", without {counted(left_out, 'broken file')}" if left_out else ""
        self._status.show(
            f"Press enter to write the file{without}.", "warning" if without else "soft"
        )

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Render again what has changed: what is written must be what is stored."""
        if self.panels.name in message.changed:
            self._render_anew()

    # Choosing

    def watch_scope(self) -> None:
        """Propose a name for the scope unless one was typed, and render it."""
        before, name = self._asked().format, self._file.value
        if name == self._proposal and before is not None:
            self._proposal = self._proposed(with_suffix_of("", None, before.name))
            self._file.value = self._proposal
        self._render_anew()

    @on(LineList.Moved, "#scopes")
    def choose_scope(self, message: LineList.Moved) -> None:
        """Change what is exported."""
        chosen: ScopeRow = message.item
        if not message.overtaken:
            self.scope = chosen.country

    def _turn(self, option: Option, direction: int) -> None:
        """Change a choice; another format is another end of the file's name."""
        before, name = self._asked().format, self._file.value.strip()
        to = before.name if before is not None else ""
        if option.field != FORMAT:
            self._chosen[option.field] = turned(option, self._chosen[option.field], direction, to)
            self._render_anew()
            return
        now = turned(option, to, direction, "") if to else option.values[0][0]
        new = with_suffix_of(name, before, str(now))
        if name == self._proposal:
            self._proposal = new
        self._file.value = new

    def on_input_changed(self, _: Input.Changed) -> None:
        """Render again what is asked for otherwise now, and ask again before overwriting."""
        self._overwrite = None
        if self._asked() != self._wanted:
            self._render_anew()

    def action_close(self) -> None:
        """Keep the file that is there, if that was asked, else close."""
        if self._overwrite is None:
            self.dismiss()
        else:
            self._overwrite = None
            self._say_ready()

    @on(Input.Submitted)
    @on(LineList.Chosen, "#scopes,#preview")
    def action_write(self) -> None:
        """Write the file; an existing one is overwritten only when asked twice."""
        name = self._file.value.strip()
        if self._is_offering:
            self._chosen[BROKEN] = True
            self._render_anew()
            return
        if self.text is None or self._exported is None:
            if self._is_rendering:
                self._status.show("Not written: the text is still being rendered.", "warning")
            return
        if not name:
            self._status.show("Enter a file name.", "warning")
            return
        path = Path(name).expanduser().absolute()
        if path.exists() and self._overwrite != path:
            self._overwrite = path
            self._status.show(
                f"{path.name} exists. Press enter again to overwrite it, esc to keep it.", "warning"
            )
            return
        try:
            written = self.library.save_export(self.text, path, overwrite=True)
        except BriefingError as error:
            self._status.show(error.message, "warning")
        else:
            self._overwrite = None
            self._status.show(f"Written: {written}", "voice-named")
            self._remember(self._exported)

    def _remember(self, exported: Exported) -> None:
        """Note what was exported, for `briefing changes`."""
        from briefing.library.earlier_states import keep_state

        if exported.state is None:
            return
        try:
            keep_state(self.library.root, self.panels.name, exported.state)
        except BriefingError as error:
            self._status.show(f"Written, but not remembered: {error.message}", "warning")
