"""Who speaks: one person across articles, those not named apart, roles over time."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.persons import PersonRow, list_people
from briefing.model import (
    Alias,
    Aliases,
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)


def said(speaker: Speaker, chain: tuple[str, ...] = (), kind: str = "direct") -> Quote:
    return Quote(
        id="q-1", kind=kind, start=0, end=4, exact="Wait", speaker=speaker, chain=chain,  # type: ignore[arg-type]
        rule="said_after_quote" if kind == "direct" else "reported_clause",
    )  # fmt: skip


def article(name: str, date: str | None, *quotes: Quote) -> Article:
    chunks = tuple(
        Chunk(id=f"c{n}", role="body", text="Wait for it.", quotes=(replace(one, id=f"q-{n}"),))
        for n, one in enumerate(quotes)
    )
    when = PublicationDate(value=date, precision="day", basis="stated") if date else None
    source = Source(file="originals/x.txt", media_type="text/plain", sha256=name, added="2031")
    return Article(id=name, publisher=name.title(), date=when, source=source, chunks=chunks)


def people(*articles: Article, aliases: Aliases = Aliases()) -> tuple[PersonRow, ...]:  # noqa: B008
    info = BriefingInfo(title="Nets", codebook="measures", aliases=aliases)
    return list_people(build_panels(Briefing(name="nets", info=info, articles=articles)))


def named(name: str, role: str | None = None, country: str | None = None) -> Speaker:
    return Speaker(name=name, role=role, country=country, type="named")


def test_one_person_has_all_roles_in_time_order_with_the_dates_of_their_articles() -> None:
    (one,) = people(
        article("c", "2033-01-05", said(named("Ida Brunn", "Danish prime minister", "DK"))),
        article("a", "2031-01-05", said(named("Ida Brunn", "harbour minister", "DK"))),
        article("b", "2032-01-05", said(named("Ida R. Brunn", "Denmark’s harbour minister", "DK"))),
    )
    assert (one.kind, one.name, one.country, one.quotes) == ("person", "Ida Brunn", "DK", 3)
    assert [(role.role, role.since, role.until) for role in one.roles] == [
        ("harbour minister", "2031-01-05", "2032-01-05"),
        ("Danish prime minister", "2033-01-05", "2033-01-05"),
    ]
    assert one.articles == ("c", "b", "a")


def test_quotes_and_paraphrases_are_counted_apart_with_who_passed_them_on() -> None:
    speaker = named("Ida Brunn")
    (one,) = people(
        article(
            "a", "2031-01-05",
            said(speaker, ("Ida Brunn", "Quay Gazette")),
            said(speaker, ("Ida Brunn", "Quay Gazette"), "indirect"),
            said(speaker, ("Ida Brunn", "Ebb Radio"), "indirect"),
        )
    )  # fmt: skip
    assert (one.quotes, one.paraphrases) == (1, 2)
    assert one.via == ("Quay Gazette", "Ebb Radio")
    assert one.statements == (("a", "c0", "q-0"), ("a", "c1", "q-1"), ("a", "c2", "q-2"))


def test_a_name_without_a_country_is_the_one_who_has_one_unless_two_have() -> None:
    bare, dane = said(named("Ida Brunn")), said(named("Ida Brunn", country="DK"))
    swede = said(named("Ida Brunn", country="SE"))
    both = people(article("a", None, bare), article("b", None, dane))
    assert [(one.country, one.quotes) for one in both] == [("DK", 2)]
    three = people(article("a", None, bare), article("b", None, dane), article("c", None, swede))
    assert sorted(one.country or "" for one in three) == ["", "DK", "SE"]


def test_an_alias_of_the_analyst_joins_names() -> None:
    aliases = Aliases(speakers=(Alias(name="Ida Brunn", forms=("Brunn", "the Eel Queen")),))
    (one,) = people(
        article("a", None, said(named("the Eel Queen"))),
        article("b", None, said(named("Ida Brunn"))),
        aliases=aliases,
    )
    assert (one.name, one.quotes) == ("Ida Brunn", 2)


def test_the_unnamed_of_one_kind_and_country_stand_apart_from_named_persons() -> None:
    first = Speaker(role="Danish officials", type="official", country="DK", mention="they")
    second = Speaker(role="senior Danish official", type="official", country="DK")
    spokesman = Speaker(role="spokesman", type="spokesperson", country="DK")
    found = people(
        article("a", None, said(first), said(second), said(spokesman), said(named("Bo Rask")))
    )
    assert [(one.kind, one.name, one.voice, one.quotes) for one in found] == [
        ("person", "Bo Rask", "named", 1),
        ("unnamed", None, "official", 2),
        ("unnamed", None, "spokesperson", 1),
    ]
    assert [role.role for role in found[1].roles] == ["Danish officials", "senior Danish official"]


def test_a_country_by_its_names_is_one_voice_and_an_outlet_is_nobodys() -> None:
    def body(name: str, country: str | None = None) -> Quote:
        return said(Speaker(name=name, type="institution", country=country), kind="indirect")

    found = people(
        article(
            "a", None, body("Denmark", "DK"), body("Copenhagen", "DK"), body("Folketing", "DK"),
            body("Reuters"),
        )
    )  # fmt: skip
    assert [(one.kind, one.name, one.paraphrases) for one in found] == [
        ("body", "Denmark", 2),
        ("body", "Folketing", 1),
        ("outlet", "Reuters", 1),
    ]
