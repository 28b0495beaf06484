"""Where a quote belongs: by whom it is, about whom, and what is only mentioned."""

from __future__ import annotations

import pytest

from briefing.compare.filing import Filing, file_quotes, group_country
from briefing.compare.panels import Tally
from briefing.model import (
    Article,
    Chunk,
    Citation,
    Mention,
    Position,
    Quote,
    Role,
    Source,
    Speaker,
)

RULES = {"Oslo": "capital", "Prague": "capital", "Norwegian": "demonym", "Czech": "demonym"}
CODES = {
    "Norway": "NO", "Norwegian": "NO", "Oslo": "NO", "OSLO": "NO", "NORWAY": "NO",
    "Prague": "CZ", "Czech": "CZ", "Poland": "PL", "Polish": "PL",
}  # fmt: skip


def chunk(
    text: str,
    *speakers: Speaker | None,
    outlets: tuple[str, ...] = (),
    positions: tuple[tuple[str, str], ...] = (),
    utterance: str | None = None,
    name: str = "c1",
    role: Role = "body",
) -> Chunk:
    """Make a chunk: what stands in ‹ › are its quotes, one a speaker; names are told by `CODES`."""
    words, spans = "", []
    for part in text.split("‹"):
        said, mark, rest = part.partition("›")
        if mark:
            spans.append((len(words), len(words) + len(said)))
        words += said + rest
    return Chunk(
        id=name,
        role=role,
        text=words,
        mentions=tuple(
            Mention(code=code, start=at, end=at + len(each), rule=RULES.get(each, "name"))
            for each, code in CODES.items()
            for at in range(len(words))
            if words.startswith(each, at)
            and not (each == "Norway" and words.startswith("Norwegian", at))
        ),
        quotes=tuple(
            Quote(
                id=f"q{number}", kind="direct", start=start, end=end, exact=words[start:end],
                utterance=utterance, speaker=speaker, rule="r",
            )
            for number, ((start, end), speaker) in enumerate(zip(spans, speakers, strict=True), 1)
        ),
        citations=tuple(
            Citation(outlet=each, start=words.index(each), end=words.index(each) + len(each))
            for each in outlets
        ),
        positions=tuple(
            Position(
                country=code, stance="ban", start=words.index(clause),
                end=words.index(clause) + len(clause), rule="r",
            )
            for code, clause in positions
        ),
    )  # fmt: skip


def article(*chunks: Chunk) -> Article:
    source = Source(file="originals/a.txt", media_type="text/plain", sha256="0", added="2026")
    return Article(id="a", source=source, chunks=chunks)


def filed(text: str, speaker: Speaker | None = None, **more: object) -> Filing:
    """Return where the only quote of a text belongs."""
    return file_quotes(article(chunk(text, speaker, **more)))["c1", "q1"]  # type: ignore[arg-type]


def person(country: str | None = None, role: str | None = None) -> Speaker:
    return Speaker(name="Ina Berg", role=role, type="named", country=country, mention="Ina Berg")


def test_a_quote_is_by_the_country_its_speaker_speaks_for_and_about_others_it_names() -> None:
    said = filed("“‹Poland may wait for Norway›,” said Ina Berg.", person("NO"))
    assert said == Filing(by="NO", about=("PL",))


def test_a_quote_by_nobody_known_is_about_all_that_it_names() -> None:
    assert filed("“‹Poland may wait for Norway›,” said Ina Berg.", person()) == Filing(
        by=None, about=("PL", "NO")
    )


def test_the_sentence_around_a_quote_tells_what_it_is_about() -> None:
    assert filed("Polish masts are “‹a risk›,” said Ina Berg.") == Filing(about=("PL",))
    said = filed("Norwegian masts are “‹a risk›,” said Ina Berg. Poland was silent.", person("PL"))
    assert said == Filing(by="PL", about=("NO",))


def test_who_is_told_is_what_it_is_about() -> None:
    assert filed("Ina Berg told Prague “‹to wait›”.", person("NO")).about == ("CZ",)


def test_a_quote_that_names_no_country_is_about_none_whatever_its_paragraph_says() -> None:
    said = filed("Poland is near Norway. “‹We wait›,” said Ina Berg. Poland knows.", person("NO"))
    assert said == Filing(by="NO", about=())


@pytest.mark.parametrize(
    "text",
    [
        "“‹We wait›,” said Ina Berg in Prague on Monday.",
        "“‹We wait›,” said Ina Berg, speaking from Prague.",
        "“‹We wait›,” Ina Berg said in Poland.",
        "“‹We wait›,” Ina Berg said on a visit to Poland.",
        "“‹We wait›,” Ina Berg told a hall at the University of Prague.",
        "“‹We wait›,” Ina Berg said in the Czech capital.",
        "Prague, 3 May (Mast Wire) — “‹We wait›,” said Ina Berg.",
        "OSLO — “‹We wait›,” said Ina Berg.",
        "OSLO, Norway (MW) - “‹We wait›,” said Ina Berg.",
        "“‹We met in Prague and wait›,” said Ina Berg.",
    ],
)
def test_a_country_that_only_says_where_is_no_theme(text: str) -> None:
    words = text.replace("Prague, 3 May", "Prague, May 3")
    assert filed(words, person()) == Filing()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("“‹The masts in Poland are safe›,” said Ina Berg.", ("PL",)),
        ("Ina Berg saw “‹a risk›” in the Norwegian plan.", ("NO",)),
        ("Prague has “‹no plan›,” said Ina Berg.", ("CZ",)),
        ("Norway – which waits – has “‹no plan›,” said Ina Berg.", ("NO",)),
    ],
)
def test_a_country_that_is_spoken_of_is_a_theme(text: str, about: tuple[str, ...]) -> None:
    assert filed(text, person()).about == about


def test_the_speakers_own_role_is_no_theme() -> None:
    envoy = person("NO", "ambassador to Poland")
    assert filed("“‹We wait›,” said Ina Berg, the ambassador to Poland.", envoy) == Filing(by="NO")
    assert filed("“‹Poland waits›,” said Ina Berg, ambassador to Poland.", envoy).about == ("PL",)


def test_an_outlets_name_is_no_theme() -> None:
    said = filed(
        "“‹We wait›,” Ina Berg told Poland Today.", person("NO"), outlets=("Poland Today",)
    )
    assert said == Filing(by="NO")


def test_a_country_may_itself_be_the_speaker() -> None:
    norway = Speaker(name="Norway", type="institution", mention="Norway")
    assert filed("Norway said ‹that Poland might wait›.", norway) == Filing(by="NO", about=("PL",))


def test_a_demonym_that_is_a_surname_is_no_country_that_speaks() -> None:
    czech = Speaker(name="Czech", type="named", mention="Czech")
    assert filed("“‹We wait›,” Czech said.", czech) == Filing()


def test_a_position_that_the_sentence_shows_makes_the_quote_about_its_country() -> None:
    text = "The ministry bans “‹all such masts›”. “We wait,” it said."
    assert filed(text, positions=(("PL", "The ministry bans"),)).about == ("PL",)
    assert filed(text, positions=(("PL", "“We wait,” it said."),)).about == ()


def test_the_parts_of_one_utterance_belong_together() -> None:
    first = chunk("“‹Poland waits›,” said Ina Berg.", person("NO"), utterance="u1")
    second = chunk("“‹It must not wait long›.”", None, utterance="u1", name="c2")
    whole = Filing(by="NO", about=("PL",))
    assert file_quotes(article(first, second)) == {("c1", "q1"): whole, ("c2", "q1"): whole}


def test_what_is_set_aside_is_not_filed() -> None:
    aside = chunk("“‹Poland waits›,” said Ina Berg.", person("NO"), role="unrelated")
    assert file_quotes(article(aside)) == {}


def test_a_country_with_a_voice_or_a_position_acts() -> None:
    none, by, about = Tally(), Tally(by=1), Tally(about=1)
    assert group_country(by, none, has_position=False) == "actor"
    assert group_country(none, by, has_position=False) == "actor"
    assert group_country(none, none, has_position=True) == "actor"
    assert group_country(about, none, has_position=False) == "topic"
    assert group_country(none, about, has_position=False) == "topic"
    assert group_country(none, none, has_position=False) == "mentioned"
