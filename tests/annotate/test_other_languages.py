"""Articles and paragraphs that are not in English: marks, names and dates, and nothing invented."""

from __future__ import annotations

import pytest

from briefing.annotate.pipeline import annotate
from briefing.annotate.quotes.explain import explain
from briefing.model import Article, Chunk, PublicationDate, Source
from briefing.world.languages import find_language, languages_of_chunks

SOURCE = Source(file="", media_type="text/plain", sha256="", added="")
ENGLISH = "Ana Lin said that the board would close the old pier until the spring, and that was all."


def read(*texts: str, language: str | None = None, role: str = "body") -> Article:
    chunks = [Chunk(id=f"c{at}", role=role, text=text) for at, text in enumerate(texts, 1)]
    article = Article(id="a", language=language, source=SOURCE, chunks=tuple(chunks))
    return annotate(article)


def named(text: str, language: str) -> list[tuple[str, str]]:
    (chunk,) = read(text, language=language).chunks
    return [(text[one.start : one.end], one.code) for one in chunk.mentions]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "„Wir warten auf den Regen“, sagte Bauer Tom Marsh.", "Wir warten auf den Regen"),
        ("de-AT", "»Wir warten auf den Regen«, sagte Tom.", "Wir warten auf den Regen"),
        ("de", "Sie rief: ‚Wir warten auf Regen‘.", "Wir warten auf Regen"),
        ("de", "‹Wir warten auf Regen›, rief sie.", "Wir warten auf Regen"),
        ("de", "»Wien und Rom«, rief sie, »warten auf Regen.«", "warten auf Regen."),
        ("fr", "« Nous attendons la pluie », a dit Ana Lin.", "Nous attendons la pluie"),
        ("es", "«Esperamos la lluvia hoy», dijo Ana Lin.", "Esperamos la lluvia hoy"),
        ("es", "«No hay lluvia», dijo Ana Lin.", "No hay lluvia"),
        ("sv", "”Vi väntar på regnet”, sade Ana Lin.", "Vi väntar på regnet"),
        ("ja", "林さんは「雨を待っています」と話した。", "雨を待っています"),
        ("fr", "“Nous attendons «la pluie» ici”, dit-elle.", "Nous attendons «la pluie» ici"),
        ("es", '“Esperamos la lluvia hoy", dijo Ana Lin.', "Esperamos la lluvia hoy"),
        ("es", '“Esperamos "la lluvia" hoy”, dijo.', 'Esperamos "la lluvia" hoy'),
        ("es", '"Esperamos la lluvia hoy”, dijo Ana Lin.', "Esperamos la lluvia hoy"),
        ("de", '"Wir warten „hier“ auf Regen", rief sie.', "Wir warten „hier“ auf Regen"),
        ("fr", "« Nous attendons la pluie et le vent.", "Nous attendons la pluie et le vent."),
        ("ja", "彼は『雨を待っている「人」』と話した。", "雨を待っている「人」"),
        ("ja", "「海は開いたままだ」", "海は開いたままだ"),
        ("zh", "她说，“我们在港口等雨”。", "我们在港口等雨"),
        ("zh", "他說：『我們等雨。』", "我們等雨。"),
        ("zh", "“我们在港口等待雨水的到来”是他的话。", "我们在港口等待雨水的到来"),
        ("fi", "»Me odotamme sadetta», sanoi Ana Lin.", "Me odotamme sadetta"),
        ("sv", "”Vi väntar på regnet“, sade Ana Lin.", "Vi väntar på regnet"),
        ("nl", "‘Wij wachten op regen’, zei Ana Lin.", "Wij wachten op regen"),
        ("nl", "Ana Lin zei: 'Wij wachten op regen.'", "Wij wachten op regen."),
        ("ko", "＂우리는 비를 기다린다＂고 린이 말했다.", "우리는 비를 기다린다"),
    ],
)
def test_every_pair_of_marks_gives_a_quote_and_no_speaker(
    language: str, text: str, words: str
) -> None:
    article = read(text, language=language)
    (quote,) = article.chunks[0].quotes
    assert (quote.exact, quote.speaker, quote.rule) == (words, None, "foreign_language")
    explained = explain(article.chunks, quote.id, language)
    assert explained.quote == quote
    assert explained.chosen.reason == "speakers are read in English alone"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Tom Marsh las „Die Entscheidung“."),
        ("de", "Die Entscheidung sagte, dass der Weg zu ist."),
        ("de", "Er schrieb für die „Neue Hafen Zeitung“ und für „Sieben Boote am Kai“."),
        ("fr", "Ana Lin a « refusé » l’accord, et l’eau monte."),
        ("es", 'El puerto mide 5" de ancho y no tiene agua.'),
        ("de", "Er öffnete „die Klammer und vergaß den Rest."),
        ("nl", "Hij liep 's avonds langs de haven en 's nachts terug."),
        ("it", "Sulla 'ndrangheta sappiamo tutti qui solo un po' di cose."),
        ("zh", "“一带一路”倡议和《海港的雨水与船只之书》在这里。"),
        ("es", "La novela «El último puerto» sale en mayo."),
        ("de", "Sie brütet über „Regeln zur Nutzung des Hafens“ – so heißt das Blatt."),
        ("fr", "— Je signe le papier ici, répond Ana Lin."),
        ("es", "- Dragado de los tres puertos"),
        ("fr", "Le film « Un jour au port » sort en mai."),
        ("ja", "「新しい港の計画」の会議で『港と雨の長い長い物語集』を読み「雨の港町」と呼ぶ。"),
    ],
)
def test_titles_scare_quotes_and_stray_marks_are_no_quotes(language: str, text: str) -> None:
    assert read(text, language=language).chunks[0].quotes == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("—¿Va usted a la isla?", ["¿Va usted a la isla?"]),
        ("—Voy a donde me dejen —contestó Ana, y se fue.", ["Voy a donde me dejen"]),
        (
            "—Siempre es el temporal —dijo Ana—. En marzo también lo fue.",
            ["Siempre es el temporal", "En marzo también lo fue."],
        ),
        ("—Dicen que «el puerto está cerrado» —dijo Ana.", ["Dicen que «el puerto está cerrado»"]),
        ("—No —dijo Ana.", []),
    ],
)
def test_a_dash_before_its_word_opens_dialogue_and_another_says_whose(
    text: str, words: list[str]
) -> None:
    quotes = read(text, language="es").chunks[0].quotes
    assert [(one.exact, one.speaker) for one in quotes] == [(each, None) for each in words]
    assert len({one.utterance for one in quotes}) == min(1, len(words))


def test_words_inside_a_sentence_are_part_of_it_though_a_noun_opens_them() -> None:
    text = "Sie sprach von einem „Tag für alle Boote der Küste“. „Wir warten hier“, sagte sie."
    assert [(one.kind, one.exact) for one in read(text, language="de").chunks[0].quotes] == [
        ("partial", "Tag für alle Boote der Küste"),
        ("direct", "Wir warten hier"),
    ]


@pytest.mark.parametrize("text", ["", "\ud800" * 200, "\x00\u2028" * 300, "4" * 5000, "„" * 5000])
def test_what_is_in_no_language_is_read_as_stated(text: str) -> None:
    assert languages_of_chunks([Chunk(id="c1", role="body", text=text)], "de-AT") == {"c1": "de"}
    assert languages_of_chunks([Chunk(id="c1", role="body", text=text)], None) == {}


def test_names_from_abroad_in_latin_letters_are_in_no_language() -> None:
    names = "Yevgeny Khacherin, Yevgeny Kucherov, Vitaly Mandzin, Vyacheslav Yarmin"
    assert find_language([names]) is None


def test_korean_among_latin_names_is_told_by_its_script() -> None:
    text = (
        "KT는 ICT 교류를 위해 TF팀을 꾸리고 KT 사장을 IT 위원장으로 임명했다고 KT 관계자가 밝혔다."
    )
    assert find_language([text]) == "ko"


def test_what_the_text_surely_is_goes_before_what_is_stated() -> None:
    story = "Der Bauer Tom Marsh steht am Fluss und zeigt auf die Felder, die der Regen geholt hat."
    quoted = "Marsh sagte dem Blatt: „Wir warten auf den Regen, und der Regen kommt nicht.“"
    for stated in (None, "en"):
        (quote,) = read(story, quoted, language=stated).chunks[1].quotes
        assert (quote.speaker, quote.rule) == (None, "foreign_language")
    (quote,) = read(*[ENGLISH] * 3, "“We wait,” Ana Lin said.", language="de").chunks[3].quotes
    assert quote.speaker is not None
    assert quote.speaker.name == "Ana Lin"


def test_a_paragraph_in_another_language_is_kept_from_the_rules_of_english() -> None:
    german = (
        "„Wir schließen den Hafen, weil das Wasser steigt“, sagte Ana Lin am Montag in Wien, und"
    )
    german += " sie fügte hinzu, dass Österreich die Brücke bis zum 3. Mai 2021 sperrt."
    english, foreign = read(ENGLISH, german).chunks
    assert [quote.kind for quote in english.quotes] == ["indirect"]
    assert [(quote.kind, quote.speaker) for quote in foreign.quotes] == [("direct", None)]
    assert [(one.code, one.rule) for one in foreign.mentions] == [("AT", "capital"), ("AT", "name")]
    assert [(one.value, one.basis) for one in foreign.dates] == [("2021-05-03", "stated")]
    assert foreign.positions == ()


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("de", "Die chinesische Führung mied Russlands Botschaft.", ["CN", "RU"]),
        ("de", "In den Vereinigten Staaten und im US-Kongress", ["US", "US"]),
        ("de", "Die Deutsche Bank und Sofia Berger kamen zum Essen.", []),
        ("de", "Schweizer Boote, der Däne Per Moen und die Türkin Mia Roe", ["CH", "DK", "TR"]),
        ("de", "Nur Franzosen und eine Türkin blieben.", ["FR", "TR"]),
        ("fr", "OSLO (AFP) – La Norvège attend.", ["NO", "NO"]),
        ("fr", "Les Etats-Unis, l’Iran et les élus allemands", ["US", "IR", "DE"]),
        ("fr", "Elle parle en allemand avec Maurice et Paris Bellec.", []),
        ("es", "El ministro alemán volvió de Perú a Lima.", ["DE", "PE", "PE"]),
        ("es", "Francia Duarte pidió una lima a Israel Vega.", []),
        (
            "es",
            "EE.UU. y EE UU piden ayuda a MÉXICO, a Malí y a Costa de Marfil.",
            ["US", "US", "MX", "ML", "CI"],
        ),
        ("de", "ÖSTERREICH hilft Moldawien und der Elfenbeinküste.", ["AT", "MD", "CI"]),
        ("fr", "Air France et Air Canada volent. En France, Radio Suisse se tait.", ["FR"]),
        ("de", "Brüssel zögert, sagte sie in Brüssel.", ["EU", "BE"]),
        ("fr", "Bruxelles attend, la Belgique aussi.", ["BE", "BE"]),
        ("nl", "De regering in Berlijn sprak met China.", []),
    ],
)
def test_countries_are_named_in_three_languages_beside_english(
    language: str, text: str, countries: list[str]
) -> None:
    assert [code for _, code in named(text, language)] == countries


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("de", "am 1. März 2024 und im Mai 2023, nicht 3. Mai", ["2024-03-01", "2023-05"]),
        ("de", "bis 03.04.2023; Version 1.2.2023.4", ["2023-04-03"]),
        ("fr", "le 1er août 2020 et le 31/12/2021", ["2020-08-01", "2021-12-31"]),
        ("es", "el 12 de marzo de 2024 y en mayo del 2023", ["2024-03-12", "2023-05"]),
        ("es", "el 31 de febrero de 2024", []),
        (
            "es",
            "el 1.º de mayo de 2023, 3 ene. 2022, 03-05-2023",
            ["2023-05-01", "2022-01-03", "2023-05-03"],
        ),
        ("fr", "du 1er au 5 mai 2023 et le 12 fév. 2022", ["2023-05-01/2023-05-05", "2022-02-12"]),
        (
            "de",
            "vom 3. bis 5. März 2024 und am 3. 5. 2023",
            ["2024-03-03/2024-03-05", "2023-05-03"],
        ),
        (
            "de",
            "Schon 1998 und seit 2017, bis 2000 Euro, ab 1.900, im Mai 2023",
            ["1998", "2017", "2023-05"],
        ),
        (
            "fr",
            "En 1973 et depuis 2017 il pleut, dit-elle, rue 1900 et en 2000 hectares.",
            ["1973", "2017"],
        ),
        ("es", "en 1995, desde 2016 y hasta 2000 personas", ["1995", "2016"]),
        ("nl", "in 1995", []),
    ],
)
def test_dates_are_read_where_the_words_give_them_whole(
    language: str, text: str, dates: list[str]
) -> None:
    assert [one.value for one in read(text, language=language).chunks[0].dates] == dates


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("de", "Am Mittwoch, dem 3. Mai, kam sie", [("Mittwoch, dem 3. Mai", "2023-05-03")]),
        (
            "fr",
            "mercredi 3 mai et lundi 3 mai, il y a deux jours",
            [("mercredi 3 mai", "2023-05-03")],
        ),
        ("es", "el 3 de mayo y el miércoles", [("3 de mayo", "2023-05-03")]),
        ("fr", "le 14 avril dernier, rue du 8 mai, le 11 septembre", []),
        ("es", "3 mar y 2 sep, hace dos días, ayer", []),
        (
            "de",
            "Der Hafen war am 3. Mai 2019 zu und ist es am 4. Mai",
            [("3. Mai 2019", "2019-05-03")],
        ),
        ("es", "En 1995 fue así. El 3 de mayo vino ella.", [("1995", "1995")]),
        ("nl", "op 3 mei en gisteren", []),
    ],
)
def test_a_day_without_its_year_is_the_one_near_the_publication(
    language: str, text: str, dates: list[tuple[str, str]]
) -> None:
    published = PublicationDate(value="2023-05-10", precision="day", basis="stated")
    chunk = Chunk(id="c1", role="body", text=text)
    article = Article(id="a", language=language, source=SOURCE, chunks=(chunk,), date=published)
    (chunk,) = annotate(article).chunks
    assert [(text[one.start : one.end], one.value) for one in chunk.dates] == dates


def test_outlets_that_are_words_too_are_named_only_between_marks() -> None:
    text = "Das Bild zeigt, was „Bild“ und die Süddeutsche Zeitung schrieben. Die Zeit drängt."
    (chunk,) = read(text, language="de").chunks
    assert [(one.outlet, one.kind) for one in chunk.citations] == [
        ("Bild", "mention"),
        ("Süddeutsche Zeitung", "mention"),
    ]
