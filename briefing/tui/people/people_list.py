"""The list of who speaks: for which country, how often, where; narrowed by voice and country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from briefing.compare.choosing import country_row
from briefing.compare.panels import Panels
from briefing.compare.persons import KINDS, PersonRow, choose_people
from briefing.compare.place import Place
from briefing.compare.standing_words import OWN_VOICES, about_heading
from briefing.model import VOICES, SaidBy, SpeakerType
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.quote_lines import BAR, DOTTED_BAR, in_parts
from briefing.tui.kit.text_lines import Line, Piece, length, spread, wrap
from briefing.tui.kit.themes import voice_ink
from briefing.visible import one_line
from briefing.wording import counted

SAID_BY: Mapping[SaidBy | None, str] = MappingProxyType(
    {None: "", "self": "for their country", "other": "of other countries"}
)
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


class PeopleList(LineList[Speaking]):
    """Who speaks for the country that is chosen, and who speaks of it; or all, by kind."""

    GAP: ClassVar[int] = 1
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
        self.title("People", *(part for part in filters if part))
        self.empty = "No such voice is heard. Press v for another kind of voice, f for all."
        groups = (
            zip((OWN_VOICES, about_heading(name)), parts, strict=True)
            if name
            else ((words, [p for p in found if p.kind == kind]) for kind, words in KINDS.items())
        )
        found, heads = in_parts(groups, apart=True)
        self.show(_with_sources(found, panels), heads=heads)

    def select_person(self, person: PersonRow) -> None:
        """Move the cursor to a person."""
        wanted = person.kind, person.label, person.country
        self.select_where(
            lambda row: (row.person.kind, row.person.label, row.person.country) == wanted
        )

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
