"""The dialog that asks what is to be added: a file, a folder or a pasted text, and to what."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path, PurePath

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from briefing.errors import BriefingError, InputError
from briefing.ingest import ADDED_SUFFIXES
from briefing.ingest.lines.urls import is_address
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.search.results import CatalogRow
from briefing.tui.kit.actions import in_words, read_in_thread
from briefing.tui.kit.bars import KeyBar
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.messages import DocumentsChosen, LibraryWanted
from briefing.tui.kit.painted import Bordered
from briefing.tui.kit.quiet_screen import SwiftModal
from briefing.tui.library_screen import matching
from briefing.tui.search.answer_bar import AnswerBar, Offer
from briefing.visible import one_line
from briefing.wording import counted

MOST_BRIEFINGS = 20
BIG = 400
"""The characters from which on a pasted line is a text, and no path."""
MOST_PATHS = 20_000
"""The characters of a pasted line that are read as paths."""
HINTS = {
    "source": "A path or an address, or several; or paste the text of an article.",
    "to": "A briefing, or the name of a new one.",
    "library": "The samples cannot be changed: a folder for a library of your own.",
}
OWN_LIBRARY = "~/briefings"


def is_article(pasted: str) -> bool:
    """Whether what is pasted is the text of an article, and not a path or several."""
    lines = pasted.strip().splitlines()
    return (len(lines) > 1 or len(pasted) > BIG) and not _dropped(lines)


def _dropped(lines: Sequence[str]) -> bool:
    """Whether all lines, or all words of the only one, are paths that there are."""
    if len(lines) > 1:
        return all(_existing(line) or is_address(line.strip()) for line in lines)
    try:
        return any(_several(lines[0][:MOST_PATHS]))
    except (InputError, IndexError):
        return False


class PasteBox(QueryBox):
    """An input that hands a pasted text of several lines on and takes only a line itself."""

    take_text: Callable[[str], None]

    def _on_paste(self, event: events.Paste) -> None:
        lines = event.text.strip().splitlines()
        if is_article(event.text):
            self.take_text(event.text)
        elif len(lines) > 1:
            # Files dropped on the terminal come as a path a line.
            self.insert_text_at_cursor(shlex.join(map(str.strip, lines)))
        else:
            return
        event.prevent_default().stop()


class AddScreen(SwiftModal[DocumentsChosen | LibraryWanted | None]):
    """Asks for documents, and over samples for a library; returns what is wanted, or None."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    BINDINGS = keys_of("add")
    AUTO_FOCUS = "#source"

    def __init__(
        self,
        rows: Sequence[CatalogRow],
        to: str | None,
        text: str | None,
        *,
        only_samples: bool = False,
    ) -> None:
        super().__init__()
        self._first = text
        self._rows = () if only_samples else rows
        self._source = PasteBox(placeholder="~/Downloads/article.html", id="source")
        self._source.take_text = self.take_text
        self._to = QueryBox(placeholder="each article its own", id="to")
        self._to.value = "" if only_samples else to or ""
        self._library = QueryBox(placeholder=OWN_LIBRARY, id="library")
        self._library.value = OWN_LIBRARY
        self._fields = [self._source, self._to, *([self._library] if only_samples else [])]
        self._bar = AnswerBar(self._take)
        self._text: str | None = None
        self._found: Sequence[str] = ()
        self._known = 0
        self._choice = -1
        self._written = ""

    def compose(self) -> ComposeResult:
        """Lay out the fields, the completions and the keys."""
        dialog = Bordered(classes="dialog")
        dialog.label("Add articles")
        self._source.label("File, folder, address or text")
        self._to.label("Briefing")
        self._library.label("Library")
        with dialog:
            yield from self._fields
            yield self._bar
        yield KeyBar()

    def on_mount(self) -> None:
        """Take a text that was pasted elsewhere."""
        if self._first is not None:
            self.take_text(self._first)

    @property
    def _box(self) -> QueryBox:
        return next((each for each in self._fields if each.has_focus), self._source)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Offer completions of what was typed; a pasted text that is written over is gone."""
        if message.input is self._source and message.value:
            self._text = None
        if message.value != self._written:
            self._look()

    def _look(self) -> None:
        field, typed = self._box.id or "", self._box.value
        self._found, self._choice = (), -1
        self._tell(HINTS[field])
        if field == "to":
            rows = matching(self._rows, typed)[:MOST_BRIEFINGS]
            self._take_completions(field, typed, [row.name for row in rows])
        elif typed:
            take = partial(self._take_completions, "source", typed)
            read_in_thread(self, "completions", partial(complete_path, typed), take)

    on_descendant_focus = _look

    def _take_completions(self, field: str, typed: str, found: Sequence[str]) -> None:
        """Offer what was found, if it is still asked for."""
        if (field, typed) == (self._box.id, self._box.value):
            self._found = [each for each in found if each != typed]
            self._known = typed.rfind("/") + 1
            self._tell(HINTS[field])

    def _tell(self, words: str, ink: str = "faint") -> None:
        pasted = self._text is not None and self._box is self._source
        offers = () if ink == "warning" or pasted else self._found
        shown = [Offer(each, "", one_line(each[self._known :])) for each in offers]
        self._bar.show(self._pasted_words() if pasted and ink != "warning" else words, ink, "")
        self._bar.offer(shown, max(self._choice, 0))

    def _pasted_words(self) -> str:
        words = len((self._text or "").split())
        return f"The pasted text of {counted(words, 'word')} is added; type a path to add that."

    def take_text(self, text: str) -> None:
        """Take a text in place of a path."""
        self._text = text
        self._source.value = ""
        begun = one_line(text.strip()[:60])
        self._source.placeholder = f"“{begun}…”"
        self._tell("")

    def _take(self, number: int) -> None:
        if not self._found:
            return
        self._choice = number % len(self._found)
        taken = self._found[self._choice]
        # Where nothing else fits, one goes on from what was taken.
        self._written = "" if len(self._found) == 1 else taken
        self._box.write(taken)
        self._tell(HINTS[self._box.id or ""])

    def action_complete(self, direction: int) -> None:
        """Take a completion: the first, then the next one or the one before."""
        self._take(self._choice + direction if self._choice >= 0 or direction > 0 else -1)

    async def action_field(self, direction: int) -> None:
        """Go to the next field, or to the one before."""
        await self._box.typed_before()
        number = self._fields.index(self._box) + direction
        self.screen.set_focus(self._fields[number % len(self._fields)])

    async def action_accept(self) -> None:
        """Return what was typed or pasted, unless it is no good."""
        await self._box.typed_before()
        try:
            inputs, addresses = self._documents()
            chosen = DocumentsChosen(inputs, self._to.value.strip() or None, addresses)
            root = Path(self._library.value.strip() or OWN_LIBRARY)
            other = self._library in self._fields and Library.open(root, create=True).root
        except BriefingError as error:
            self._tell(in_words(error), "warning")
        else:
            self.dismiss(LibraryWanted(other, adding=chosen) if other else chosen)

    def _documents(self) -> tuple[Sequence[Path | InputBytes], Sequence[str]]:
        """Return what is to be added, and what to fetch; raises InputError for nothing."""
        typed = self._source.value.strip()
        if self._text is not None and not typed:
            data = self._text.encode("utf-8", "replace")
            return (InputBytes(name="pasted text.txt", data=data),), ()
        if not typed:
            raise InputError("Nothing is named yet.", HINTS["source"])
        whole = _existing(typed)
        return ((whole,), ()) if whole is not None else _several(typed)


def _existing(typed: str) -> Path | None:
    """Return the path of a file or folder, None where there is none."""
    try:
        path = Path(typed.strip()).expanduser()
        return path if path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _several(typed: str) -> tuple[Sequence[Path], Sequence[str]]:
    """Return the paths and addresses of a line, quoted as in a shell.

    Raises InputError for a path that is none.
    """
    try:
        words = shlex.split(typed)
    except ValueError:
        words = [typed]
    addresses = [word for word in words if is_address(word)]
    names = [word for word in words if not is_address(word)]
    paths = [_existing(name) for name in names]
    missing = [name for name, path in zip(names, paths, strict=True) if path is None]
    if missing:
        others = len(words) > len(missing)
        raise InputError(
            f"{missing[0]}: there is no such file or folder.",
            "Nothing is added before all are there." if others else None,
        )
    return [path for path in paths if path is not None], addresses


MOST = 60
"""The most completions that are offered."""


def complete_path(typed: str) -> Sequence[str]:
    """Return whole paths that begin as typed, folders first, each written as it was begun.

    Hidden ones are offered where a dot was typed. Nothing is offered where nothing can be read.
    """
    folder, begun = os.path.split(typed)
    try:
        with os.scandir(os.path.expanduser(folder or ".")) as entries:  # noqa: PTH111
            found = [
                (not entry.is_dir(), entry.name)
                for entry in entries
                if entry.name.casefold().startswith(begun.casefold())
                and entry.name.startswith(".") == begun.startswith(".")
                and (entry.is_dir() or PurePath(entry.name.lower()).suffix in ADDED_SUFFIXES)
            ]
    except (OSError, ValueError):
        return ()
    named = (f"{name}{'' if is_file else '/'}" for is_file, name in sorted(found)[:MOST])
    return tuple(os.path.join(folder, name) for name in named)  # noqa: PTH118
