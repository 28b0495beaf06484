"""Positions by sentence: each line is a sentence of our own and the exact stances it shows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from position_rows import positions_of, rows, shown

from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.positions.annotator import annotate_positions
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.codebooks import Codebook, shipped
from briefing.model import Chunk, CodebookSpec, Role

SHOWN = """
Australia has banned the supplier from its networks. | AU ban
Australia banned the supplier last year. | AU ban
Australia last year banned the supplier from its networks. | AU ban
Japan bans foreign vendors from public tenders. | JP ban
The Czech government has barred the vendor from state contracts. | CZ ban
Estonia has blocked the sale of its grid operator. | EE ban
Sweden's regulator excluded two vendors from the auction. | SE ban
India prohibits imports of the device. | IN ban
Denmark forbade its ministries to use the app. | DK ban
Brazil outlawed the practice in May. | BR ban
Lithuania shut the vendor out of its market. | LT ban
Latvia kept the firm out of its ports. | LV ban
Romania will phase out the equipment by 2027. | RO ban
Washington blacklisted the company. | US ban
Ottawa vetoed the takeover. | CA ban
The supplier was banned by Australia last year. | AU ban
The supplier has been excluded by Poland. | PL ban
The vendor is effectively barred from public tenders in the US. | US ban
The app is prohibited in India. | IN ban
The takeover was blocked by the German government. | DE ban
Australia's ban on the supplier took effect in June. | AU ban
New Zealand followed suit with a ban of its own. | NZ ban
Norway imposed a ban on the imports. | NO ban
Ireland introduced a ban on the product. | IE ban
Spain has announced a ban on the product. | ES ban
Chile enacted a ban on mining in the park. | CL ban
Japan has called for a ban. | JP ban called
German officials were pushing for a ban on the vendor. | DE ban pushing
Italy backs a ban on the vendor. | IT ban
Slovakia supports a ban on the fuel. | SK ban
Austria plans to ban the pesticide. | AT ban plans
Greece may ban the pesticide. | GR ban may
Portugal is expected to ban the pesticide. | PT ban expected
Kenya is likely to ban the bags. | KE ban likely
Ghana threatened to ban the imports. | GH ban threatened
Peru vowed to block the deal. | PE ban vowed
Finland would ban the vendor. | FI ban would
Hungary intends to prohibit the trade. | HU ban intends
Belgium is leaning towards banning the vendor. | BE ban leaning
Malaysia proposed banning the app. | MY ban proposed
Vietnam is moving to ban the app. | VN ban moving
Thailand is set to outlaw the device. | TH ban set
Nigeria wants to ban the imports. | NG ban wants
Mexico agreed to ban the pesticide. | MX ban
Cuba does not allow the imports. | CU ban
Belgium would not allow the supplier to bid. | BE ban would
Croatia refused to approve the merger. | HR ban
Serbia will not permit the flights. | RS ban
Qatar declined to let the ship dock. | QA ban
Morocco won't let the ship dock. | MA ban
Iceland can't allow the sale. | IS ban
Cyprus never approved the deal. | CY ban
UK officials have indicated they would restrict but not forbid the gear. | GB restrict would
Britain restricted the vendor to the edge of its networks. | GB restrict
France will limit the vendor's market share. | FR restrict
The Netherlands curbed exports of chip machines. | NL restrict
Norway stopped short of banning the supplier. | NO restrict
Denmark stopped short of a ban. | DK restrict
Spain will allow the company a limited role in its networks. | ES restrict
Britain banned the company from the core of its networks. | GB restrict
Finland barred the vendor from sensitive parts of the network. | FI restrict
Austria opposes a complete ban on the vendor. | AT restrict
Germany does not want an outright ban. | DE restrict want
Ireland imposed restrictions on the vendor. | IE restrict
India has introduced curbs on the imports. | IN restrict
Turkey clamped down on the trade. | TR restrict
Poland partially banned the vendor. | PL restrict
Japan announced a partial ban. | JP restrict
Israel may restrict the vendor. | IL restrict may
Egypt curtailed the exports. | EG restrict
Greece is pushing back on a full ban. | GR restrict pushing
Germany will allow the vendor to bid. | DE allow
Germany is leaning toward letting the company take part. | DE allow leaning
Hungary let the vendor build its network. | HU allow
Serbia has approved the purchase. | RS allow
Brazil permits the vendor to bid. | BR allow
Thailand authorised the tests. | TH allow
Canada gave the takeover the green light. | CA allow
Italy lifted its ban on the supplier. | IT allow
South Korea eased its ban on the imports. | KR allow
France said it would not ban the company. | FR allow would
France ruled out a ban on the company. | FR allow
Switzerland rejected a ban. | CH allow
Luxembourg opposes a ban on the vendor. | LU allow
Poland is unlikely to back the effort to ban the supplier. | PL allow unlikely
Malta has no plans to ban the vendor. | MT allow plans
Slovenia did not ban the vendor. | SI allow
Portugal has decided against banning the vendor. | PT allow
Spain is reluctant to ban the vendor. | ES allow reluctant
Belgium refused to exclude the vendor. | BE allow
Bulgaria denied it would ban the vendor. | BG allow would
Romania avoided banning the vendor. | RO allow
The Philippines won't ban the vendor. | PH allow
Indonesia isn't going to ban the vendor. | ID allow
Argentina has never banned the vendor. | AR allow
Mexico is against letting this go on, but will not ban it. | MX allow
Kenya dropped its plan to ban the bags. | KE allow plan
Uganda scrapped the ban on the bags. | UG allow
Ecuador may allow the ship to dock. | EC allow may
Vietnam is expected to approve the merger. | VN allow expected
The deal was approved by the European Commission. | EU allow
Canada and New Zealand are deliberating the issue. | CA undecided; NZ undecided
Germany has not ruled out a ban. | DE undecided
Germany has also not ruled out Acme Networks. | DE undecided
France hasn't ruled out banning the vendor. | FR undecided
The Czech government remains divided over a ban. | CZ undecided
Sweden has yet to decide whether to ban the supplier. | SE undecided
Norway is considering a ban. | NO undecided
Norway has been weighing the risks of a ban. | NO undecided
Norway is considering whether to ban the vendor. | NO undecided
Denmark is weighing a ban on the vendor. | DK undecided
Italy is mulling whether to block the deal. | IT undecided
The move led Japan to consider a ban on the equipment. | JP undecided
Spain has not decided whether to exclude the vendor. | ES undecided
Portugal has made no decision on the vendor. | PT undecided
Finland is undecided. | FI undecided
Austria is still debating whether to ban the vendor. | AT undecided
Belgium discussed a ban. | BE undecided
India may consider a ban. | IN undecided may
Ireland has not made a final decision. | IE undecided
Poland is exploring a ban on the vendor. | PL undecided
Greece is studying whether to restrict the vendor. | GR undecided
The US wants allies to ban the vendor. | US pressure
Washington has urged Berlin to exclude the vendor. | US pressure
Washington has been trying to convince its European allies to exclude the firm. | US pressure trying
The US is putting increased pressure on its allies to exclude the firm. | US pressure
The White House has urged Brazil to block the deal. | US pressure
The Trump administration pressed Britain to bar the vendor. | US pressure
U.S. officials are lobbying European governments. | US pressure
China threatened Australia over the decision. | CN pressure
Beijing warned Canada against banning the vendor. | CN pressure
Japan asked its allies to restrict exports. | JP pressure
American diplomats called on partners to exclude the vendor. | US pressure
The United States told Germany to block the pipeline. | US pressure
Washington stepped up pressure on Britain. | US pressure
Ukraine urged Poland to let the trucks pass. | UA pressure
Israel persuaded the U.S. to block the sale. | IL pressure
Australia banned the vendor, while Britain allowed it. | AU ban; GB allow
Australia banned the vendor, but Germany is considering whether to do so. | AU ban; DE undecided
Denmark, which banned the firm in 2019, may let it return. | DK ban; DK allow may
Japan restricted the exports and Taiwan banned them. | JP restrict; TW ban
France allowed the app, and Spain will not ban it. | FR allow; ES allow
According to people in Paris, Italy has banned the vendor. | IT ban
Unlike the United States, Germany will allow the vendor. | DE allow
The agency reported that Germany was leaning towards allowing the group to bid. | DE allow leaning
British officials said Norway had banned the vendor. | NO ban
Officials in Germany have banned the vendor. | DE ban
The government of Japan has banned the vendor. | JP ban
Downing Street has approved the plan. | GB allow
The Bundestag approved the law. | DE allow
The Kremlin banned the channel. | RU ban
British Prime Minister Jane Roe has banned the vendor. | GB ban
Brussels will restrict the vendor. | EU restrict
The EU has banned the imports. | EU ban
Scotland banned the practice. | GB ban
Taiwan and South Korea banned the app. | TW ban; KR ban
Chile, Peru and Bolivia banned the imports. | CL ban; PE ban; BO ban
"""

SILENT = """
Norway has examined the risks of a ban.
German carriers have warned that excluding the firm will add costs.
If Britain allows the company in, Washington will retaliate.
Countries that permit the gear will be cut off, the US said.
Germany said carriers would ban the gear.
Should Canada ban the company?
Will Germany ban the vendor?
The banned company sells phones in Germany.
Germany is home to the company that was once banned.
British companies are likely to restrict travel.
US telecom companies have banned the app.
Chinese vendors were angry.
Unless Germany bans the vendor, nothing will change.
The US embassy in Chile is near the park.
Japan's Acme Corp. has banned smoking.
British officials are likely to step up pressure on Acme.
Germany faces pressure from the United States.
The vendor could face a ban.
The ban surprised Germany.
Lawyers say Germany should ban the vendor.
In Germany, activists banned plastic cups from their festival.
The company banned employees in Germany from using the app.
Germany won the match.
Ministers met in Paris.
"""


def _annotated(chunk: Chunk, codebook: Codebook) -> Chunk:
    (read,) = annotate_positions(annotate_quotes(annotate_countries([chunk], None)), codebook)
    return read


@pytest.mark.parametrize("row", rows(SHOWN))
def test_a_sentence_shows_exactly_these_stances(row: str) -> None:
    text, _, expected = row.partition(" | ")
    assert shown(positions_of(text)) == expected


@pytest.mark.parametrize("text", rows(SILENT))
def test_a_sentence_without_a_clear_actor_and_cue_shows_nothing(text: str) -> None:
    assert shown(positions_of(text)) == ""


def test_a_position_carries_sentence_actor_and_rule() -> None:
    text = "Nothing is settled. UK officials have banned the vendor. Talks go on."
    (position,) = positions_of(text)
    assert text[position.start : position.end] == "UK officials have banned the vendor."
    assert (position.country, position.stance) == ("GB", "ban")
    assert (position.actor, position.hedge, position.rule) == ("UK officials", None, "verb_cue")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Norway banned the vendor.", "verb_cue"),
        ("Norway imposed a ban.", "noun_cue"),
        ("Norway is adamantly opposed to it.", "predicate_cue"),
        ("Norway's ban took effect.", "owned_noun"),
        ("Norway will not ban the vendor.", "turned_by_denial"),
        ("Norway refused to ban the vendor.", "turned_by_governor"),
        ("Norway has not ruled out a ban.", "turned_twice"),
        ("Norway has not yet banned the vendor.", "not_yet"),
        ("Norway is discussing a ban.", "considering"),
        ("Norway stopped short of a ban.", "turned_short_of_full"),
        ("Norway banned the vendor from the core.", "partial"),
        ("Norway allowed the vendor a limited role.", "partial"),
        ("Norway said Sweden should ban the vendor.", "pressure_on_others"),
        ("Norway opposes lifting the tax.", "turned_complement"),
        ("Norway said the law was unfair.", "judged"),
    ],
)
def test_each_rule_goes_by_its_name(text: str, rule: str) -> None:
    shown = positions_of(text, ("measures", "sides"))
    assert rule in [one.rule for one in shown]


def test_who_says_it_in_marks_need_not_be_who_does_it() -> None:
    (position,) = positions_of('Norway said: "Sweden has banned the vendor."')
    assert (position.country, position.stance, position.said_by) == ("SE", "ban", "other")


def test_a_denial_gives_way_to_what_the_same_country_does() -> None:
    assert (
        shown(positions_of("Norway restricts the vendor but has not banned it.")) == "NO restrict"
    )


@pytest.mark.parametrize("role", ["unrelated", "heading"])
def test_a_chunk_that_tells_nothing_gets_no_positions(role: Role) -> None:
    chunk = Chunk(id="c1", role=role, text="Norway banned the vendor.")
    assert _annotated(chunk, shipped("measures")).positions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway supports the treaty.", "NO support"),
        ("Norway opposes the treaty.", "NO oppose"),
        ("Norway does not support the treaty.", "NO oppose"),
        ("Norway backed the treaty.", "NO support"),
        ("Norway banned the vendor.", ""),
    ],
)
def test_another_codebook_brings_its_own_cues(text: str, expected: str) -> None:
    assert shown(positions_of(text, ("support", "oppose"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway subsidizes the plant.", "NO subsidize"),
        ("Norway has subsidized the plant.", "NO subsidize"),
        ("Norway is subsidizing the plant.", "NO subsidize"),
        ("Norway will not subsidize the plant.", ""),
        ("Norway tolls its bridges.", ""),
    ],
)
def test_a_word_the_lexicon_does_not_know_is_its_own_cue(text: str, expected: str) -> None:
    assert shown(positions_of(text, ("subsidize",))) == expected


def test_a_doubled_letter_of_an_unknown_word_is_known() -> None:
    assert shown(positions_of("Norway scrapped the plan.", ("scrap",))) == "NO scrap"


def test_without_undecided_in_the_codebook_considering_shows_nothing() -> None:
    assert positions_of("Norway is considering a ban.", ("ban", "allow")) == ()


BOOKS = st.sampled_from(["measures", "sides", "acts", ("sides", "acts"), ("toll", "scrap")])
PIECES = st.sampled_from(
    [
        *("Norway", "ban", "not", "“", "”", '"', ",", "(", "to", "of", "that", "It is", "were"),
        *(
            "refused",
            "a ban",
            "by Sweden",
            "if",
            "until",
            "must",
            "and",
            ";",
            ".",
            "\n",
            "İ",
            "\u2028",
        ),
    ]
)


@settings(deadline=None)  # the first example reads the books
@given(pieces=st.lists(PIECES, max_size=40), codebook=BOOKS)
def test_positions_lie_in_the_chunk_whatever_it_says(
    pieces: list[str], codebook: CodebookSpec
) -> None:
    text = "Norway has banned it. " + " ".join(pieces)
    for one in positions_of(text, codebook):
        assert 0 <= one.start < one.end <= len(text)
        assert one.said_by in ("self", "other")
        assert one.actor


@given(text=st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for one in positions_of(text, ("sides", "acts")):
        assert text[one.start : one.end].strip()


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "Norway bans ",
            "ban ",
            "not ",
            "Norway, ",
            "US' ",
            "NORWAY BANS. ",
            '"',
            "\u201c",
            "(",
            ", ",
        ),
        *("that Norway said ", "to ban ", "Norway and ", "the ban of ", "We ban it. "),
    ],
)
@pytest.mark.parametrize("codebook", ["measures", "acts"])
def test_hostile_length_is_read_in_linear_time(unit: str, codebook: str) -> None:
    chunk = Chunk(id="c1", role="body", text=unit * (200_000 // len(unit)))
    (chunk,) = annotate_countries([chunk], None)
    start = time.process_time()
    annotate_positions([chunk], shipped(codebook))
    assert time.process_time() - start < 6


def test_a_sentence_of_twenty_thousand_words_shows_nothing() -> None:
    words = "Norway banned the vendor and " * 4_000
    assert positions_of(words.strip() + ".") == ()


def test_many_quotes_and_names_in_one_paragraph_are_read_in_linear_time() -> None:
    def seconds(times: int) -> float:
        names = (f"X{chr(97 + n % 26) * (n // 26 + 1)}" for n in range(times))
        text = "".join(f"“We ban it,” {name} of France said of the State Duma. " for name in names)
        chunk = Chunk(id="c1", role="body", text=text)
        chunks = annotate_quotes(annotate_countries([chunk], None))
        start = time.process_time()
        annotate_positions(chunks, shipped("measures"))
        return time.process_time() - start

    seconds(10)
    assert seconds(3_200) < 26 * seconds(200) + 0.02
