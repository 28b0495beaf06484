"""Who speaks in a briefing: a list, which is a panel too, and the screen of what one says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import ClassVar, NamedTuple, TypeAlias

from textual import on

from briefing.compare.choosing import country_row
from briefing.compare.panels import Panels, QuoteRow
from briefing.compare.persons import (
    KINDS,
    PersonRow,
    choose_people,
    list_people,
    positions_of,
    statements_of,
)
from briefing.compare.side_by_side import StanceCue
from briefing.compare.standing_words import OWN_VOICES, about_heading
from briefing.library import Library
from briefing.model import VOICES, Place, SaidBy, SpeakerType
from briefing.tui.briefing.ledgers import LedgerList, ledger_lines
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import BLANK_LINE, LineList
from briefing.tui.kit.messages import PersonWanted
from briefing.tui.kit.panels_screen import SidesScreen
from briefing.tui.kit.quote_lines import BAR, DOTTED_BAR, in_parts, quote_lines
from briefing.tui.kit.text_lines import Line, Piece, length, spread, wrap
from briefing.tui.kit.themes import voice_ink
from briefing.visible import one_line
from briefing.wording import counted

SAID_BY: Mapping[SaidBy | None, str] = MappingProxyType(
    {None: "", "self": "for their country", "other": "of other countries"}
)
NO_VOICE = "No such voice is heard. Press v for another kind of voice, f for all."
SAID, PARAPHRASED = "━", "╌"
"""What counts of quotes and of paraphrases are drawn with."""


ROLE_LINES = 2
"""The most lines of somebody's roles."""


class Speaking(NamedTuple):
    """Somebody who speaks, the outlets of the words, and the places where these stand."""

    person: PersonRow
    sources: str
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """Where the first words stand."""
        return self.places[0]


class PeopleList(LedgerList[Speaking]):
    """Who speaks for the country that is chosen, and who speaks of it; or all, by kind."""

    GAP: ClassVar[int] = 1
    TITLE: ClassVar[str] = "People"
    WAITING: ClassVar[str] = "Looking who speaks …"
    read = staticmethod(lambda _, panels: list_people(panels))
    reason = staticmethod(lambda *_: NO_VOICE)
    parts = staticmethod(lambda panels: panels)
    BINDINGS = keys_of("people-list")

    voice: SpeakerType | None = None
    said_by: SaidBy | None = None
    _people: Sequence[PersonRow] = ()
    _panels: Panels | None = None
    _country: str | None = None
    _most = _most_quotes = 1

    def fill(self, panels: Panels, country: str | None, people: Sequence[PersonRow]) -> None:
        """Show who speaks for a country and of it, or all, as far as the filters leave them."""
        self._people, self._panels, self._country = people, panels, country
        parts = choose_people(
            people, panels, country=country, voice=self.voice, said_by=self.said_by
        )
        found = [person for part in parts for person in part]
        self._most = max((each.quotes + each.paraphrases for each in found), default=1)
        self._most_quotes = max((each.quotes for each in found), default=1)
        row = country_row(panels, country)
        name = one_line(row.name) if row is not None else ""
        filters = (name, self.voice or "", SAID_BY[self.said_by])
        self.title(self.TITLE, *(part for part in filters if part))
        groups = (
            zip((OWN_VOICES, about_heading(name)), parts, strict=True)
            if name
            else ((words, [p for p in found if p.kind == kind]) for kind, words in KINDS.items())
        )
        found, heads = in_parts(groups, apart=True)
        self.show(_with_sources(found, panels), heads=heads)

    def lines_of(self, item: Speaking, width: int) -> Sequence[Line]:
        """Return name, country and a bar of the counts; role and sources, below where too long."""
        person = item.person
        bar = Piece(f"{BAR} ", voice_ink(person.voice))
        code = (Piece(f" {one_line(person.country)}", "code"),) if person.country else ()
        roles = "; ".join(one_line(role.role) for role in person.roles)
        sources = Piece(f"{item.sources} ", "faint")
        whole = (bar, Piece(roles, "soft"))
        below = [spread(whole, (sources,), width)]
        if length((*whole, sources)) + 2 > width:
            both = ((roles, "soft"), (item.sources, "faint"))
            below = [
                (bar, Piece(line, ink))
                for words, ink in both if words for line in wrap(words, width - 3, ROLE_LINES)
            ]  # fmt: skip
        who = (bar, Piece(one_line(person.label), "speaker"), *code)
        return (
            spread(who, self._counts(person, width), width),
            *below,
        )

    def _counts(self, person: PersonRow, width: int) -> Line:
        """Return a bar of what is quoted and of what is paraphrased, and both counts."""
        longest = min(16, width // 5)
        total = person.quotes + person.paraphrases
        cells = max(round(total / self._most * longest), 1)
        quoted = max(round(person.quotes / self._most * longest), min(person.quotes, 1))
        drawn = SAID * quoted + PARAPHRASED * (cells - quoted)
        digits, more = len(str(self._most_quotes)), len(str(self._most)) + 1
        other = f"{DOTTED_BAR}{person.paraphrases}" if person.paraphrases else ""
        return (
            Piece(f"{drawn:<{longest}}", voice_ink(person.voice)),
            Piece(f" {person.quotes or '':>{digits}}", "soft"),
            Piece(f" {other:<{more}} ", "faint"),
        )

    def action_voice(self, direction: int) -> None:
        """Leave the next kind of voice, or all after the last one."""
        choices: Sequence[SpeakerType | None] = (None, *VOICES)
        at = choices.index(self.voice) + direction
        self.voice = choices[at % len(choices)]
        self._refill()

    def action_said_by(self) -> None:
        """Leave who speaks for a country, then who speaks of it, then both."""
        kinds = tuple(SAID_BY)
        self.said_by = kinds[(kinds.index(self.said_by) + 1) % len(kinds)]
        self._refill()

    def _refill(self) -> None:
        if self._panels is not None:
            self.fill(self._panels, self._country, self._people)
            if self.chosen is not None:
                self.post_message(self.Moved(self, self.chosen))


def _with_sources(people: Sequence[PersonRow], panels: Panels) -> list[Speaking]:
    rows = {row.key: row for row in panels.quotes + panels.paraphrases}
    outlets = {row.article: one_line(row.publisher or row.label) for row in panels.sources}
    found = []
    for person in people:
        where = ", ".join(dict.fromkeys(outlets.get(each, each) for each in person.articles))
        via = f" ← {one_line(', '.join(person.via))}" if person.via else ""
        several = f" · {counted(len(person.articles), 'article')}" if person.articles[1:] else ""
        places = tuple(rows[key].place for key in person.statements)
        found.append(Speaking(person, where + several + via, places))
    return found


Statement: TypeAlias = QuoteRow | StanceCue


class StatementList(LineList[Statement]):
    """The quotes, paraphrases and positions of a person."""

    def show_person(self, person: PersonRow, panels: Panels) -> None:
        """Show all that a person says."""
        rows = statements_of(person, panels)
        quotes, paraphrases = rows[: person.quotes], rows[person.quotes :]
        cues = positions_of(person, panels)
        parts: tuple[tuple[str, Sequence[Statement]], ...] = (
            ("Quotes", quotes), ("Positions", cues), ("Paraphrases", paraphrases),
        )  # fmt: skip
        items, heads = in_parts(parts, apart=True)
        between = (at for at, item in enumerate(items) if isinstance(item, QuoteRow))
        heads = {**dict.fromkeys(between, BLANK_LINE), **heads}
        self.title(one_line(person.label), *filter(None, (one_line(person.country or ""),)))
        self.show(items, heads=heads)

    def lines_of(self, item: Statement, width: int) -> Sequence[Line]:
        """Return the lines of a quote or of a cue."""
        if isinstance(item, QuoteRow):
            return quote_lines(item, width)
        return ledger_lines(item, width)


class PeopleScreen(SidesScreen):
    """Shows who speaks, and of the one under the cursor every quote and position."""

    BINDINGS = keys_of("people")

    def __init__(self, library: Library, wanted: PersonWanted) -> None:
        self._people = PeopleList(id="people", empty=NO_VOICE)
        self._statements = StatementList(id="statements", empty="")
        super().__init__(library, wanted.panels, (self._people, self._statements))
        self.country = wanted.country
        self._all, self._person = wanted.people, wanted.person
        self._entered = False

    def on_mount(self) -> None:
        """Fill both lists, and begin at what the person says."""
        self._fill()
        self.set_focus(self._statements)

    def show_panels(self) -> None:
        """Show the new panels, keeping the person and the statement where they still exist."""
        cursor = self._statements.cursor
        self._all = list_people(self.panels)
        self._fill()
        self._statements.cursor = min(cursor, max(len(self._statements.items) - 1, 0))

    def _fill(self) -> None:
        self._people.fill(self.panels, self.country, self._all)
        wanted = attrgetter("kind", "label", "country")
        self._people.select_where(lambda row: wanted(row.person) == wanted(self._person))
        self._heading.show(self.panels.title, "who speaks", (counted(len(self._all), "voice"),))
        self._show_person()

    def _show_person(self) -> None:
        row = self._people.chosen
        if row is None:
            self.label("People", "Statements")
            self._statements.show_nothing("")
            return
        self._person = row.person
        self._statements.show_person(row.person, self.panels)
        self.label("People", one_line(row.person.label))

    # What the person at the keyboard does

    @on(LineList.Moved, "#people")
    def follow_cursor(self, message: LineList.Moved) -> None:
        """Show what the person under the cursor says."""
        if not message.overtaken:
            self._show_person()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Go on to what the person says, or open the article at the words."""
        if message.sender is self._people:
            self._entered = True
            self.set_focus(self._statements)
        else:
            self.open_place(message.item.place, self.country)

    def action_yank(self) -> None:
        """Copy the quote under the cursor, with its source."""
        row = self._statements.chosen if self.focused is self._statements else None
        self.copy_row(row if isinstance(row, QuoteRow) else None)

    def action_back(self) -> None:
        """Go back to the people from what one says, if entered from there, else to the briefing."""
        if self._entered and self.focused is self._statements:
            self._entered = False
            self.set_focus(self._people)
        else:
            self.dismiss()
