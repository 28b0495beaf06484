"""Who speaks in a briefing, as plain lines: persons, those not named, institutions, outlets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from briefing.cli.lines import PlainLine, place_words
from briefing.compare.panels import Panels
from briefing.compare.persons import KINDS, HeldRole, PersonRow
from briefing.visible import one_line
from briefing.wording import counted


def people_lines(people: Sequence[PersonRow], panels: Panels) -> Iterator[PlainLine]:
    """Yield the title, then who speaks under a heading for each kind."""
    yield PlainLine(f"{one_line(panels.title)} · who speaks", strength="title")
    for kind, heading in KINDS.items():
        found = [person for person in people if person.kind == kind]
        if found:
            yield PlainLine()
            yield PlainLine(f"{heading}: {len(found)}", strength="strong")
        for person in found:
            yield from _person_lines(person, panels)
    if not people:
        yield PlainLine("nobody")


def _person_lines(person: PersonRow, panels: Panels) -> Iterator[PlainLine]:
    country = f" ({person.country})" if person.country else ""
    parts = [f"{one_line(person.label)}{country}"]
    parts += [counted(person.quotes, "quote")] if person.quotes else []
    parts += [counted(person.paraphrases, "paraphrase")] if person.paraphrases else []
    parts += [f"via {one_line(', '.join(person.via))}"] if person.via else []
    yield PlainLine(" · ".join(parts), indent=2)
    if person.name is None:
        yield PlainLine(one_line("; ".join(role.role for role in person.roles)), indent=4)
    else:
        for role in person.roles:
            yield PlainLine(_role_text(role), indent=4)
    labels = {source.article: source.label for source in panels.sources}
    counts = Counter(article for article, _, _ in person.statements)
    for article in person.articles:
        place = place_words(panels.name, article)
        text = f"{one_line(labels[article])} · {counts[article]} · {place}"
        yield PlainLine(text, indent=4, strength="faint")


def _role_text(role: HeldRole) -> str:
    """Return a role with the dates of the articles that give it: `minister, 2019-02 to 2020-07`."""
    if role.since is None:
        return one_line(role.role)
    until = f" to {role.until}" if role.until != role.since else ""
    return one_line(f"{role.role}, {role.since}{until}")
