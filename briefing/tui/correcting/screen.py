"""The base of the screens on which the analyst corrects: a key each, a line where words are needed.

What a key means follows from where one stands: on selected words, a quote, a position, a block.
Everything is stored by the app's hand, one step after the other, while the screen goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.message import Message

from briefing.compare.place import Place
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import READ_ROLES, Anchor, Article, Chunk, EditKind, Quote
from briefing.tui.correcting.key_bindings import MOST_STANCES, NONE, ON_QUOTE
from briefing.tui.kit.bars import Key
from briefing.tui.kit.messages import CorrectionFailed, LibraryWanted
from briefing.tui.kit.quiet_screen import QuietScreen
from briefing.tui.kit.themes import stance_ink
from briefing.tui.kit.workers import post_result
from briefing.tui.reader.reader import Reader
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.library.editing import Editing
    from briefing.library.reports import Done
    from briefing.tui.app import BriefingApp
    from briefing.tui.correcting.ask_line import Prompt, Values


class Rulable(NamedTuple):
    """A sentence to rule on: its place, the country, what is known of its position."""

    place: Place
    country: str | None
    target: str | None = None
    object: str | None = None
    known: bool = True
    """Whether it shows a position, so that `none` concerns that country only."""


@dataclass(eq=False, repr=False)
class HandRead(Message):
    """Why the briefing cannot be changed, or None; its stances and bottom line."""

    refusal: str | None
    stances: tuple[str, ...]
    bottom_line: str


class CorrectingScreen(QuietScreen):
    """A screen with a reader of one briefing's articles, on which the analyst corrects."""

    library: Library
    briefing: str
    _reader: Reader

    _refusal: str | None = None
    _stances: tuple[str, ...] = ()
    _bottom_line = ""

    # For subclasses

    def here(self) -> Place | None:
        """Return the selected place."""
        raise NotImplementedError

    def rulable(self) -> Rulable | None:
        """Return the sentence that a stance would be given to."""
        place, chunk = self._reader.place, self._chunk()
        if place is None or chunk is None or not self._reader.has_focus:
            return None
        for each in chunk.positions:
            if (each.start, each.end) == (place.start, place.end):
                return Rulable(place, each.country, each.target, each.object)
        return None

    def ruled(self, stance: str) -> None:  # noqa: ARG002
        """Go on to the next sentence after a ruling."""
        self._reader.action_stop(1)

    # Reading

    def read_hand(self) -> None:
        """Find out in a thread whether and how the briefing can be changed."""
        post_result(self, "hand", self._hand, lambda _: HandRead(None, (), ""))

    def _hand(self) -> HandRead:
        panels = self.library.panels(self.briefing)
        stances = panels.codebook.stances if panels.codebook is not None else ()
        refusal = self._editing.can_edit(self.briefing)
        return HandRead(refusal, stances, panels.bottom_line or "")

    def on_hand_read(self, message: HandRead) -> None:
        """Keep what was found."""
        self._refusal, self._stances = message.refusal, message.stances
        self._bottom_line = message.bottom_line
        self.refresh_bindings()

    @property
    def _editing(self) -> Editing:
        return self.library.editing

    # Where one stands

    def _article(self) -> Article | None:
        """Return the article of the selected place, if the reader has it."""
        place, article = self.here(), self._reader.article
        return article if place is not None and article and article.id == place.article else None

    def _chunk(self) -> Chunk | None:
        place, article = self.here(), self._article()
        chunks = article.chunks if article is not None and place is not None else ()
        return next((each for each in chunks if place and each.id == place.chunk), None)

    def _quote(self) -> Quote | None:
        place, chunk = self.here(), self._chunk()
        quotes = chunk.quotes if chunk is not None and place is not None else ()
        return next((each for each in quotes if place and each.id == place.quote), None)

    def _quote_to_come(self, place: Place) -> Quote | None:
        """Return the selected quote where the reader has not got its article yet.

        Whoever types fast would else have the words of an answer taken for keys.
        """
        try:
            article = self.library.article(self.briefing, place.article)
        except BriefingError:
            return None
        quotes = (each for chunk in article.chunks for each in chunk.quotes)
        return next((each for each in quotes if each.id == place.quote), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible where one stands."""
        if action in ON_QUOTE:
            place = self.here()
            unread = self._article() is None
            return place is not None and bool(place.quote) and (unread or self._quote() is not None)
        if action in {"restore", "set_aside"}:
            chunk = self._chunk()
            return chunk is not None and (chunk.role not in READ_ROLES) == (action == "restore")
        if action == "rule":
            number = cast("int", parameters[0])
            return number <= len(self._stances) and self.rulable() is not None
        if action == "rule_by_name":
            return self.rulable() is not None
        if action in {"note", "metadata"}:
            return self._article() is not None
        return super().check_action(action, parameters)

    def first_keys(self) -> Sequence[Key]:
        """Return the stances with their numbers where one may be given."""
        if self.rulable() is None:
            return ()
        stances = self._stances[:MOST_STANCES]
        keys = [
            Key(str(number), one_line(stance), str(number), stance_ink(stance))
            for number, stance in enumerate(stances, 1)
        ]
        more = [Key(".", "other", "full_stop")] if len(self._stances) > MOST_STANCES else []
        return (Key("0", NONE, "0", "soft"), *keys, *more)

    # Asking and storing

    def _may(self) -> bool:
        """Whether the briefing can be changed; where not, offer a copy of the library."""
        if self._refusal is None:
            return True
        from briefing.tui.correcting.questions import FOLDER, copy_question

        name = "briefings" if self.library.is_sample else f"{self.library.root.name}-copy"
        question = copy_question(self._refusal, str(Path.home() / name))

        def copy(values: Values) -> None:
            folder = Path(values[FOLDER].strip()).expanduser()
            post_result(
                self.app, "copy", partial(self._copied, folder),
                lambda error: CorrectionFailed(error, partial(self._again, question, copy, values)),
            )  # fmt: skip

        self._ask(question, copy)
        return False

    def _copied(self, folder: Path) -> LibraryWanted:
        self._editing.copy_to(folder)
        Library.open(folder).refresh()
        return LibraryWanted(folder, self.briefing)

    def _ask(self, question: Prompt, then: Callable[[Values], None]) -> None:
        """Ask, and go on with what was typed; nothing happens where nothing was."""
        from briefing.tui.correcting.ask_line import AskLine

        def answered(values: Values | None) -> None:
            if values is not None:
                then(values)

        self.app.push_screen(AskLine(question), answered)

    def _again(
        self, question: Prompt, then: Callable[[Values], None], values: Values, why: str
    ) -> None:
        """Ask the same again with what was typed, and say why."""
        fields = [each._replace(value=values[each.key]) for each in question.fields]
        self._ask(question._replace(fields=fields, error=why), then)

    def _ask_and_store(self, question: Prompt, job: Callable[[Values], Done]) -> None:
        """Ask, then store; where that fails, ask again with what was typed."""

        def store(values: Values) -> None:
            self._reader.unselect()
            again = partial(self._again, question, store, values)
            self._store(partial(job, values), again=again)

        self._ask(question, store)

    def _store(
        self,
        job: Callable[[], Done],
        *,
        quiet: bool = False,
        again: Callable[[str], None] | None = None,
    ) -> None:
        cast("BriefingApp", self.app).hand.do(job, quiet=quiet, again=again)

    def _correct(self, kind: EditKind, place: Place, **fields: Any) -> Done:
        """Store a correction at a place; runs in a thread."""
        editing = self._editing
        if place.quote is not None:
            anchor = editing.anchor(self.briefing, place.article, quote=place.quote)
        elif place.chunk is not None and place.end > place.start:
            anchor = editing.anchor(
                self.briefing, place.article, chunk=place.chunk, start=place.start, end=place.end
            )
        elif place.chunk is not None:
            anchor = editing.anchor(self.briefing, place.article, chunk=place.chunk)
        else:
            anchor = Anchor(article=place.article, exact="")
        return editing.correct(self.briefing, kind, anchor, **fields)

    # On a quote

    def action_set_speaker(self) -> None:
        """Ask who said the quote."""
        place = self.here()
        if place is None or place.quote is None or not self._may():
            return
        quote = self._quote() or self._quote_to_come(place)
        if quote is None:
            return
        from briefing.tui.correcting.questions import SpeakerQuestion

        asked = SpeakerQuestion(self._editing, self.briefing, place.article, quote.speaker)
        self._ask_and_store(
            asked.question(quote.exact),
            lambda values: self._correct("set-speaker", place, speaker=asked.read(values)),
        )

    def action_drop_quote(self) -> None:
        """Drop the quote."""
        place = self.here()
        if place is not None and self._may():
            self._store(partial(self._correct, "drop-quote", place))

    def action_pin(self) -> None:
        """Pin the quote, or unpin it."""
        place = self.here()
        if place is not None and place.quote is not None and self._may():
            where = self.briefing, place.article, place.quote
            self._store(lambda: self._editing.pin(*where))

    # On selected words

    def on_selectable_view_marked(self, message: Reader.Marked) -> None:
        """Do what the key says with the words that are selected."""
        if self._may():
            act = {
                "note": self._note, "tag": self._tag,
                "highlight": self._highlight, "quote": self._add_quote,
            }[message.what]  # fmt: skip
            act(message.place, message.words)

    def _note(self, place: Place, words: str) -> None:
        from briefing.tui.correcting.questions import TEXT, shortened, text_question

        self._ask_and_store(
            text_question(f"Note on {shortened(words)}"),
            lambda values: self._correct("note", place, text=values[TEXT]),
        )

    def _tag(self, place: Place, words: str) -> None:
        from briefing.tui.correcting.questions import TAG, tag_question

        article = self._article()
        tags = sorted({tag for each in article.chunks for tag in each.tags}) if article else []
        self._ask_and_store(
            tag_question(words, lambda: tags),
            lambda values: self._correct("tag", place, text=values[TAG].strip().lstrip("#")),
        )

    def _highlight(self, place: Place, _: str) -> None:
        self._reader.unselect()
        self._store(partial(self._correct, "highlight", place))

    def _add_quote(self, place: Place, words: str) -> None:
        from briefing.tui.correcting.questions import SpeakerQuestion

        asked = SpeakerQuestion(self._editing, self.briefing, place.article, None)
        self._ask_and_store(
            asked.question(words, "New quote: who said"),
            lambda values: self._correct("add-quote", place, speaker=asked.read(values)),
        )

    # On a block, a source, the briefing

    def action_note(self) -> None:
        """Ask for a note on the quote, the block or the article."""
        place, article, quote, chunk = self.here(), self._article(), self._quote(), self._chunk()
        if place is not None and article is not None and self._may():
            words = quote.exact if quote else chunk.text if chunk else article.headline
            self._note(place, words or article.id)

    def action_restore(self) -> None:
        """Restore the block."""
        self._set_role("body")

    def action_set_aside(self) -> None:
        """Set the block aside."""
        self._set_role("unrelated")

    def _set_role(self, role: str) -> None:
        place = self.here()
        if place is not None and place.chunk is not None and self._may():
            block = Place(place.article, place.chunk)
            self._store(partial(self._correct, "set-role", block, role=role))

    def action_metadata(self) -> None:
        """Ask for the metadata of the source."""
        article = self._article()
        if article is None or not self._may():
            return
        from briefing.tui.correcting.questions import changed, metadata_question

        label = article.publisher or article.headline or article.id
        question = metadata_question(self._editing, self.briefing, article, label)

        def store(values: Mapping[str, str]) -> Done:
            return self._editing.set_article(self.briefing, article.id, changed(question, values))

        self._ask_and_store(question, store)

    def action_bottom_line(self) -> None:
        """Ask for the bottom line."""
        if not self._may():
            return
        from briefing.tui.correcting.questions import TEXT, text_question

        hint = "One or two sentences: the answer to the briefing's question."
        self._ask_and_store(
            text_question("Bottom line", self._bottom_line, hint),
            lambda values: self._editing.set_briefing(self.briefing, {"bottom_line": values[TEXT]}),
        )

    def action_undo(self) -> None:
        """Undo the last change."""
        if self._may():
            self._store(lambda: self._editing.undo(self.briefing))

    # On a position

    def action_rule(self, number: int) -> None:
        """Rule that the sentence shows the stance of that number, or none, and go on."""
        self._rule(self._stances[number - 1] if number else NONE)

    def action_rule_by_name(self) -> None:
        """Ask which stance the sentence shows."""
        if self._may():
            from briefing.tui.correcting.questions import STANCE, stance_question

            question = stance_question(self._stances)
            self._ask(question, lambda values: self._rule(values[STANCE].strip()))

    def _rule(self, stance: str) -> None:
        sentence = self.rulable()
        if sentence is None or not self._may():
            return
        place = sentence.place
        where = (place.article, cast("str", place.chunk), place.start, place.end)
        # That a sentence without a position shows none holds for every country.
        country = None if stance == NONE and not sentence.known else sentence.country
        self._store(
            lambda: self.library.rule(
                self.briefing, where, stance, country,
                target=sentence.target, matter=sentence.object,
            ),
            quiet=True,
        )  # fmt: skip
        self.ruled(stance)
