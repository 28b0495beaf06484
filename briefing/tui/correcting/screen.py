"""The base of the screens on which the analyst corrects: a key each, a line where words are needed.

What a key means follows from where one stands: on selected words, a quote, a position, a block.
Everything is stored by the app's hand, one step after the other, while the screen goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Input

from briefing.model import READ_ROLES, Article, Chunk, EditKind, Place, Quote, read_chunks
from briefing.tui.correcting.asking import AskingScreen
from briefing.tui.kit.actions import say
from briefing.tui.kit.bars import Key
from briefing.tui.kit.messages import LinkWanted
from briefing.tui.kit.quiet_screen import HIDDEN, NARROW
from briefing.tui.kit.themes import stance_ink
from briefing.tui.reader.findable import FindLine
from briefing.tui.reader.reader import Reader
from briefing.tui.reader.selectable import SELECTING
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.library.reports import Done


NONE = "none"
MOST_STANCES = 9
ON_QUOTE = frozenset({"set_speaker", "drop_quote", "pin", "bounds"})
ANYWHERE = frozenset({"undo", "note"})
"""What corrects wherever one stands."""
DAILY = frozenset({"search", "screen.find", "stop(1)", "yank", "browse", "open('export')", "quit"})
"""What is done most, wherever one is; a narrow screen shows it before all else."""
OF_LIST = frozenset({"country(1)", "voice(1)", "said_by", "match(1)"})
"""What is done in one list only, or where something was searched for."""


class Rulable(NamedTuple):
    """A sentence to rule on: its place, the country, what is known of its position."""

    place: Place
    country: str | None
    target: str | None = None
    object: str | None = None
    known: bool = True
    """Whether it shows a position, so that `none` concerns that country only."""


class CorrectingScreen(AskingScreen):
    """A screen with a reader of one briefing's articles, on which the analyst corrects."""

    here: Callable[[], Place | None]
    """Returns the selected place."""
    address: Callable[[], tuple[str, str] | None]
    """Returns the web address of the selected source and words for it, None without one."""
    _reader: Reader
    _dropped: tuple[Place | None, Quote] | None = None
    """The quote that was dropped last, until the screen no longer shows it."""

    def rulable(self) -> Rulable | None:
        """Return the sentence that a stance would be given to."""
        place, chunk = self._reader.place, self._chunk()
        if place is None or chunk is None or self.focused is not self._reader:
            return None
        for each in chunk.positions:
            if (each.start, each.end) == (place.start, place.end):
                return Rulable(place, each.country, each.target, each.object)
        return None

    def action_browse(self) -> None:
        """Open the link selected in the reader, or else the source's own address."""
        link = self._reader.link_here() if self.focused is self._reader else None
        found = link or self.address()
        if found is None:
            say(self, "The article has no web address.")
        else:
            self.post_message(LinkWanted(*found))

    def ruled(self, stance: str) -> None:  # noqa: ARG002
        """Go on to the next sentence after a ruling."""
        self._reader.action_stop(1)

    # Where one stands

    def _article(self) -> Article | None:
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

    def is_reading(self) -> bool:
        """Whether what corrections need is still being read, the list without a quote, too."""
        gone = self._dropped is not None and self._dropped == (self.here(), self._quote())
        return gone or super().is_reading()

    def note_news(self) -> None:
        """Go on with the keys that wait for what was read."""
        if self._dropped is not None and self._dropped != (self.here(), self._quote()):
            self._dropped = None
        super().note_news()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible where one stands; what is not read may allow it."""
        if action == "turn_role":
            chunk, restores = self._chunk(), parameters == ("restore",)
            if chunk is None:
                return not restores and self.is_reading()
            return (chunk.role not in READ_ROLES) == restores
        if action == "rule":
            number = cast("int", parameters[0])
            possible = number <= len(self._stances) and self.rulable() is not None
        elif action == "rule_by_name":
            possible = self.rulable() is not None
        elif action == "find":
            possible = self._reader.article is not None
        elif action in {"note", "metadata"}:
            possible = self._article() is not None
        else:
            return super().check_action(action, parameters)
        return possible or self.is_reading()

    def rank(self, binding: Binding) -> int:
        """Return where the foot shows a key: what is done here, daily, seldom, and elsewhere."""
        place, action = self.here(), binding.action
        room, _, _ = (binding.id or "").partition(".")
        is_on_quote = place is not None and place.quote is not None
        if (action in ON_QUOTE and not is_on_quote) or (
            action == "match(1)" and not self._reader.match_note
        ):
            return HIDDEN
        if self._reader.selects:
            return 0 if action.partition("(")[0] in SELECTING else 4
        if action in OF_LIST:
            return 0
        is_daily, of_source = action in DAILY, place is not None and place.chunk is None
        stands_on = action in ON_QUOTE or (action == "metadata" and of_source)
        if is_daily or (self.stands() and stands_on):
            return int(is_daily != (self.size.width < NARROW))
        if room == "correct":
            return 2 if self.stands() and action in ANYWHERE else 4
        return 3

    def stands(self) -> bool:
        """Whether one stands where something is corrected, and not only chosen."""
        return True

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

    async def _correctable(self) -> tuple[Place, Quote] | None:
        """Return the selected quote and its place, or say that there is none."""
        if not await self._ready():
            return None
        place, quote = self.here(), self._quote()
        if place is None or quote is None:
            say(self, "No quote is selected here. Choose one among the quotes, or with ] in the "
                      "article.", warning=True)  # fmt: skip
            return None
        return place, quote

    def _correct(self, kind: EditKind, place: Place, **fields: Any) -> Done:
        editing = self.library.editing
        start, end = (place.start, place.end) if place.end > place.start else (None, None)
        anchor = editing.anchor(
            self.briefing, place.article, quote=place.quote, chunk=place.chunk, start=start, end=end
        )
        return editing.correct(self.briefing, kind, anchor, **fields)

    # Finding in the article

    async def action_find(self) -> None:
        """Ask for the words at the foot."""
        if await self._has_read() and self._foot is not None:
            self.quiet()
            self._reader.folded_page()
            self._foot.find.open()

    @on(Input.Changed, "#find")
    def find_typed(self, message: Input.Changed) -> None:
        """Find as one types."""
        if self._foot is not None and self._foot.find.is_modal:
            self._reader.find(message.value)
            self._foot.find.note(self._reader.match_note)

    def on_find_line_left(self, message: FindLine.Left) -> None:
        """Go on in the article, at the match or where one is."""
        if self.focused is None or self.focused.id == "find":
            self.go_to_reader()
        if message.kept:
            self._reader.keep_match()
        else:
            self._reader.action_end_find()

    def go_to_reader(self) -> None:
        """Give the reader the keys."""
        self.set_focus(self._reader)

    # On a quote

    async def action_set_speaker(self) -> None:
        """Ask who said the quote."""
        found = await self._correctable()
        if found is None:
            return
        from briefing.tui.correcting.questions import SpeakerQuestion

        place, quote = found
        asked = SpeakerQuestion(self.library.editing, self.briefing, place.article, quote.speaker)
        self._ask_and_store(
            asked.question(quote.exact),
            lambda values: self._correct("set-speaker", place, speaker=asked.read(values)),
        )

    async def action_drop_quote(self) -> None:
        """Drop the quote."""
        found = await self._correctable()
        if found is not None:
            # The keys after it are meant for the quote that comes in its place.
            self._dropped = found
            self._store(partial(self._correct, "drop-quote", found[0]), again=self._keep_quote)

    def _keep_quote(self, why: str) -> None:
        self._dropped = None
        self.note_news()
        say(self, why, warning=True)

    async def action_pin(self) -> None:
        """Pin the quote, or unpin it."""
        found = await self._correctable()
        if found is not None:
            place, quote = found
            self._store(lambda: self.library.editing.pin(self.briefing, place.article, quote.id))

    async def action_bounds(self) -> None:
        """Select the words of the quote, whose ends may then be moved."""
        if await self._correctable() is not None:
            self.quiet()
            self.go_to_reader()
            self._reader.action_select()

    # On selected words

    def on_selectable_view_marked(self, message: Reader.Marked) -> None:
        """Do what the key says with the words that are selected."""
        if self._may():
            act = {
                "note": self._note, "tag": self._tag, "highlight": self._highlight,
                "quote": self._add_quote, "bounds": self._set_bounds,
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

    def _set_bounds(self, place: Place, _: str) -> None:
        chunk, quote = self._chunk(), self._quote()
        self._reader.unselect()
        words = chunk.text[place.start : place.end] if chunk is not None else ""
        if quote is not None and words != quote.exact:
            self._store(partial(self._correct, "set-bounds", place, words=words))

    def _add_quote(self, place: Place, words: str) -> None:
        from briefing.tui.correcting.questions import SpeakerQuestion

        asked = SpeakerQuestion(self.library.editing, self.briefing, place.article, None)
        self._ask_and_store(
            asked.question(words, "New quote: who said"),
            lambda values: self._correct("add-quote", place, speaker=asked.read(values)),
        )

    # On a block, a source, the briefing

    async def action_note(self) -> None:
        """Ask for a note on the quote or the block, of an article on its first block."""
        if not await self._ready():
            return
        place, article, quote, chunk = self.here(), self._article(), self._quote(), self._chunk()
        if place is None or article is None:
            return
        chunk = chunk or next(iter((*read_chunks(article), *article.chunks)))
        self._note(place._replace(chunk=chunk.id), quote.exact if quote else chunk.text)

    async def action_turn_role(self, _: str) -> None:
        """Restore the block or set it aside, whichever it is not."""
        if not await self._ready():
            return
        place, chunk = self.here(), self._chunk()
        if place is None or chunk is None:
            say(self, "No paragraph is selected here. ] selects the next annotation.", warning=True)
            return
        role = "unrelated" if chunk.role in READ_ROLES else "body"
        self._store(partial(self._correct, "set-role", Place(place.article, chunk.id), role=role))

    async def action_metadata(self) -> None:
        """Ask for the metadata of the source."""
        if not await self._ready():
            return
        article = self._article()
        if article is None:
            return
        from briefing.tui.correcting.questions import metadata_question

        label = article.publisher or article.headline or article.id
        question = metadata_question(self.library.editing, self.briefing, article, label)

        def store(values: Mapping[str, str]) -> Done:
            before = {each.key: each.value for each in question.fields}
            changed = {key: value for key, value in values.items() if value != before[key]}
            return self.library.editing.set_article(self.briefing, article.id, changed)

        self._ask_and_store(question, store)

    async def action_bottom_line(self) -> None:
        """Ask for the bottom line."""
        if not await self._ready():
            return
        from briefing.tui.correcting.questions import TEXT, text_question

        hint = "One or two sentences: the answer to the briefing's question."
        self._ask_and_store(
            text_question("Bottom line", self._bottom_line, hint),
            lambda values: self.library.editing.set_briefing(
                self.briefing, {"bottom_line": values[TEXT]}
            ),
        )

    async def action_undo(self) -> None:
        """Undo the last change."""
        self._dropped = None
        if await self._ready():
            self._store(lambda: self.library.editing.undo(self.briefing))

    # On a position

    async def action_rule(self, number: int) -> None:
        """Rule that the sentence shows the stance of that number, or none, and go on."""
        if await self._ready() and number <= len(self._stances):
            self._rule(self.rulable(), self._stances[number - 1] if number else NONE)

    async def action_rule_by_name(self) -> None:
        """Ask which stance the sentence shows."""
        ready, sentence = await self._ready(), self.rulable()
        if ready and sentence is not None:
            from briefing.tui.correcting.questions import STANCE, stance_question

            question = stance_question(self._stances)
            self._ask(question, lambda values: self._rule(sentence, values[STANCE].strip()))

    def _rule(self, sentence: Rulable | None, stance: str) -> None:
        if sentence is None:
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
