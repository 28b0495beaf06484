"""Who speaks: one person across articles, those not named apart, roles over time."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.panels import Panels
from briefing.compare.persons import PersonRow, choose_people, list_people, positions_of
from briefing.model import (
    Alias,
    Aliases,
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    Mention,
    Position,
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


def about(code: str, start: int = 0) -> Mention:
    return Mention(code=code, start=start, end=start + 4, rule="name")


def harbour() -> Panels:
    """Ida speaks for Denmark and of Norway, Per for Norway, somebody unnamed of Norway."""
    article_ = article(
        "a", "2031-01-05",
        said(named("Ida Brunn", country="DK")),
        said(named("Ida Brunn", country="DK"), kind="indirect"),
        said(named("Per Vik", country="NO")),
        said(Speaker(type="anonymous", mention="a diver")),
    )  # fmt: skip
    spoken = [
        replace(chunk, mentions=(about("NO"),)) if chunk.id in {"c1", "c3"} else chunk
        for chunk in article_.chunks
    ]
    info = BriefingInfo(title="Nets", codebook="measures")
    told = replace(article_, chunks=tuple(spoken))
    return build_panels(Briefing(name="nets", info=info, articles=(told,)))


def test_who_speaks_for_a_country_comes_before_who_speaks_of_it_with_what_they_say_of_it() -> None:
    panels = harbour()
    everybody = list_people(panels)
    own, others = choose_people(everybody, panels, country="NO")
    assert [(one.label, one.quotes, one.paraphrases) for one in own] == [("Per Vik", 1, 0)]
    assert [(one.label, one.quotes, one.paraphrases) for one in others] == [
        ("Ida Brunn", 0, 1),
        ("anonymous voices", 1, 0),
    ]
    assert others[0].statements == (("a", "c1", "q-1"),)
    assert choose_people(everybody, panels, country="NO", said_by="self") == (own, ())
    assert choose_people(everybody, panels, country="NO", said_by="other") == ((), others)
    assert choose_people(everybody, panels, country="NO", voice="anonymous") == ((), others[1:])


def test_without_a_country_people_speak_for_any_or_of_another_than_theirs() -> None:
    panels = harbour()
    everybody = list_people(panels)
    assert choose_people(everybody, panels) == (everybody, ())
    own, _ = choose_people(everybody, panels, said_by="self")
    assert [one.label for one in own] == ["Ida Brunn", "Per Vik"]
    _, others = choose_people(everybody, panels, said_by="other")
    assert [one.label for one in others] == ["Ida Brunn", "anonymous voices"]


def test_a_person_has_the_positions_in_sentences_with_their_words_and_those_they_act_in() -> None:
    words = "“Wait,” said Ida. Norway bans it. Ida Brunn bans it."
    positions = tuple(
        Position(country=code, stance="ban", actor=actor, start=start, end=end, rule="verb_cue")
        for code, actor, start, end in [
            ("DK", None, 0, 17), ("NO", None, 18, 33), ("DK", "Ida Brunn", 34, 53),
        ]
    )  # fmt: skip
    quote = replace(said(named("Ida Brunn", country="DK")), start=1, end=5)
    chunk = Chunk(id="c0", role="body", text=words, quotes=(quote,), positions=positions)
    told = replace(article("a", "2031-01-05"), chunks=(chunk,))
    info = BriefingInfo(title="Nets", codebook="measures")
    panels = build_panels(Briefing(name="nets", info=info, articles=(told,)))
    (ida,) = list_people(panels)
    assert [(cue.code, cue.note.start) for cue in positions_of(ida, panels)] == [
        ("DK", 0),
        ("DK", 34),
    ]
