import hashlib

import pytest

from briefing.ingest import to_article
from briefing.model import Article, Evidence, MetadataEvidence, Reprint

STORY = (
    "The pilots of the three harbours met at noon on Monday, and the minister was not there, as a "
    "spokesman for the pilots said.\n\nThey will meet again on 3 May 2019, when the ministry has "
    "answered their letter of Jan. 4, 2019."
)


def read(text: str, name: str = "pilots.txt", taken: tuple[str, ...] = ()) -> Article:
    return to_article(text.encode(), name=name, added="2026-01-01T00:00:00Z", taken=taken)


def test_a_story_that_says_nothing_about_itself_has_no_metadata():
    article = read(STORY)
    assert (article.headline, article.publisher, article.date, article.url) == (None,) * 4
    assert (article.authors, article.reprint_of) == ((), None)
    assert article.id == "pilots"


def test_a_line_with_outlet_and_date_under_the_headline_names_the_publisher():
    article = read(f"Harbours push back\n\n[Wall Street Journal, Mar 5, 2021](#)\n\n{STORY}")
    assert article.publisher == "The Wall Street Journal"
    assert article.date is not None
    assert (article.date.value, article.date.precision, article.date.basis) == (
        "2021-03-05", "day", "stated",
    )  # fmt: skip
    assert article.date.evidence == Evidence(exact="Mar 5, 2021", chunk="c2")
    assert article.reprint_of is None
    assert article.id == "wsj-2021-03-05"


def test_a_page_that_names_its_host_makes_the_line_an_original_elsewhere():
    front = "---\npublisher: Harbour Blog\ndate: 2020-02-01\n---\n"
    article = read(f"{front}# Harbours push back\n\nNorthern Times, 9 Jan 2020\n\n{STORY}", "a.md")
    assert article.publisher == "Harbour Blog"
    assert article.date is not None
    assert article.date.value == "2020-02-01"
    assert article.reprint_of == Reprint(publisher="Northern Times", date="2020-01-09")


def test_a_line_that_speaks_of_an_original_makes_a_reprint():
    article = read(f"{STORY}\n\nThis article was originally published by Reuters on March 3, 2019.")
    assert (article.publisher, article.date) == (None, None)
    assert article.reprint_of == Reprint(publisher="Reuters", date="2019-03-03")
    assert article.chunks[-1].reason == "reprint_line"


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("March 17, 2019", "2019-03-17", "day"),
        ("Published 17 March 2019", "2019-03-17", "day"),
        ("Sunday, 17th March 2019 at 10:45 am GMT", "2019-03-17", "day"),
        ("Published March 17, 2019 | Updated March 20, 2019", "2019-03-17", "day"),
        ("2019-03-17", "2019-03-17", "day"),
        ("March 2019", "2019-03", "month"),
    ],
)
def test_a_date_line_states_the_date(line, value, precision):
    article = read(f"Harbours push back\n\n{line}\n\n{STORY}")
    assert article.date is not None
    assert (article.date.value, article.date.precision) == (value, precision)
    assert article.date.evidence is not None
    assert article.date.evidence.exact in line
    assert article.date.evidence.chunk == "c2"
    assert (article.chunks[1].role, article.chunks[1].reason) == ("boilerplate", "date_line")


@pytest.mark.parametrize(
    "line",
    [
        "Updated March 20, 2019",
        "Updated 1 hour ago",
        "A pilot boat in Kiel, Feb. 4, 2021. Photo: Jo Miller/Reuters",
        "Yesterday",
        "03/04/2019",
        "February 31, 2019",
    ],
)
def test_other_lines_state_no_date_of_publication(line):
    assert read(f"Harbours push back\n\n{line}\n\n{STORY}").date is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By JANE DOE and Max van der Berg", ("Jane Doe", "Max van der Berg")),
        (
            "By Jane Doe, Max Roe and Jo O’Neill, Reuters Staff",
            ("Jane Doe", "Max Roe", "Jo O’Neill"),
        ),
        ("By Staff Reporter", ()),
    ],
)
def test_a_byline_names_the_authors(line, names):
    article = read(f"Harbours push back\n\n{line}\n\n{STORY}")
    assert article.authors == names
    assert article.chunks[1].reason == "byline"


def test_a_picture_s_agency_is_not_the_publisher():
    text = f"Pilots at work in the harbour.\n\nJO MILLER/The Boston Globe News Service\n\n{STORY}"
    assert read(text).publisher is None


def test_one_line_of_the_site_is_no_evidence_for_its_name_but_two_kinds_are():
    sign_up = f"{STORY}\n\nGo deeper\n\nGet Politico Noon sent to your inbox"
    assert read(sign_up).publisher is None
    assert read(f"{sign_up}\n\nIllustration: Jo Miller/Politico").publisher == "Politico"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (STORY, "en"),
        (
            "Die Lotsen der drei Häfen trafen sich am Montag, und der Minister war nicht da. " * 4,
            "de",
        ),
        ("Les pilotes ont vu le maire de la ville, et il est sorti par le port. " * 4, "fr"),
        ("Los pilotos no saben por qué se cerró el puerto de la ciudad en la noche. " * 4, "es"),
        ("Ferries Hull Oslo Bergen Tromsø Larsund Kaldvik. " * 8, None),
        ("The pilots met.", None),
    ],
)
def test_a_language_is_known_by_its_function_words(text, language):
    assert read(text).language == language


@pytest.mark.parametrize(
    ("story", "language", "place"),
    [
        (
            "Die Lotsen der Häfen trafen den Minister am Montag nicht. ",
            "de",
            "; front matter lang says en",
        ),
        ("The pilots of the harbour met and said that it was closed. ", "en", ""),
    ],
)
def test_what_a_text_is_surely_in_goes_before_the_stated_language(story, language, place):
    text = f"---\ntitle: Harbours push back\nlang: en-GB\n---\n\n{story * 6}\n"
    article = to_article(text.encode(), name="s.md", added="2026-11-21T20:00:00Z")
    assert article.language == language
    place = f"the words of the text{place}"
    assert article.evidence.language == Evidence(exact=language, place=place)


def test_a_stated_language_stands_where_the_text_is_too_short_to_tell():
    text = "---\ntitle: Pilots\nlang: en-GB\n---\n\nOslo.\n"
    article = to_article(text.encode(), name="s.md", added="2026-11-21T20:00:00Z")
    assert (article.language, article.evidence.language.exact) == ("en", "en")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12. März 2024", "2024-03-12"),
        ("Dienstag, 12. März 2024, 14:30 Uhr", "2024-03-12"),
        ("Stand: 12.03.2024", "2024-03-12"),
        ("Publié le 1er août 2020 à 14h30", "2020-08-01"),
        ("Madrid, 12 de marzo de 2024", "2024-03-12"),
        ("12.03.2024", None),
        ("22.03.2024", "2024-03-22"),
        ("22/03/2024 - 08:15h", "2024-03-22"),
        ("AGENCIAS | OSLO / 03/05/2024", "2024-05-03"),
        ("Ana Sá | OSLO / 23/05/2024", None),
        ("Am 12. März 2024 begann die Sitzung", None),
    ],
)
def test_a_date_line_may_be_german_french_or_spanish(line, date):
    text = f"Pilots meet\n\n{line}\n\n{STORY}"
    found = to_article(text.encode(), name="s.txt", added="2026-11-21T20:00:00Z").date
    assert (found.value if found else None) == date


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Küsten-Kurier, 12. März 2024", "Küsten-Kurier"),
        ("Le Courrier du Quai · 12 mars 2024", "Le Courrier du Quai"),
        ("Diario del Muelle, 12 de marzo de 2024", "Diario del Muelle"),
        ("Der Kai am Fluss, 12. März 2024", None),
    ],
)
def test_a_source_line_may_name_an_outlet_as_other_languages_build_names(line, publisher):
    article = read(f"Pilots meet\n\n{line}\n\n{STORY}")
    assert article.publisher == publisher


@pytest.mark.parametrize(
    "front",
    [
        "{outlet}\n\n4 May 2021\n\nPilots meet",
        "Pilots meet\n\n{outlet}\n\n4 May 2021",
    ],
)
@pytest.mark.parametrize(
    ("outlet", "publisher"),
    [("Tarn Courier", "Tarn Courier"), ("Harbour Agency", None)],
)
def test_an_outlet_may_stand_in_a_line_above_that_of_the_date(front, outlet, publisher):
    article = read(f"{front.format(outlet=outlet)}\n\n{STORY}")
    assert article.publisher == publisher
    assert article.date.value == "2021-05-04"
    if publisher:
        assert article.headline == "Pilots meet"
        chunk = next(each for each in article.chunks if each.text == outlet)
        assert (chunk.role, chunk.reason) == ("boilerplate", "source_line")
        assert article.evidence.publisher.chunk == chunk.id


def test_an_id_is_of_publisher_and_date_else_headline_else_file_and_always_free():
    titled = f"Harbours push back\n\n{STORY}"
    assert read(titled).id == "harbours-push-back"
    assert read(titled, taken=("harbours-push-back", "harbours-push-back-2")).id == (
        "harbours-push-back-3"
    )
    assert read(STORY, "../../etc/Pilots & Co.txt").id == "pilots-co"
    assert read(STORY, "???").id == "article"
    assert read(STORY, "briefing.txt").id not in {"briefing", "edits", "originals"}


def test_the_source_tells_what_the_article_was_made_from():
    source = read(STORY, "Pilots.TXT").source
    assert source.file == "originals/pilots.txt"
    assert (source.media_type, source.encoding) == ("text/plain", "utf-8")
    assert source.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert source.added == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(("name", "file"), [("a", "a.txt"), ("a.exe", "a.txt"), ("a.md", "a.md")])
def test_an_original_gets_an_ending_that_fits(name, file):
    assert read(STORY, name).source.file == f"originals/{file}"


def test_each_fact_says_where_it_stands() -> None:
    text = (
        "Ferries stay in port\n\nBy Ana Lin\n\nThe Guardian, 3 March 2020\n\n"
        "The ferries of Hull stayed in port on Monday, and nobody could say for how long.\n"
    )
    article = to_article(text.encode(), name="ferries.txt", added="2026-11-21T20:00:00Z")
    assert article.publisher == "The Guardian"
    assert article.evidence == MetadataEvidence(
        headline=Evidence(exact="Ferries stay in port", chunk="c1"),
        publisher=Evidence(exact="The Guardian, 3 March 2020", chunk="c3"),
        authors=Evidence(exact="By Ana Lin", chunk="c2"),
        language=Evidence(exact="en", place="the words of the text"),
    )


PAGE = """<!doctype html><html lang="en"><head>{head}</head><body><article>
<h1>Harbours push back</h1>
{byline}<p>{text}</p><p>{text}</p></article></body></html>"""


def page(head: str = "", byline: str = "", text: str = STORY.replace("\n\n", " ")) -> Article:
    return read(PAGE.format(head=head, byline=byline, text=text), "pilots.html")


def test_what_a_page_states_says_in_which_part_of_it():
    article = page(
        '<meta property="og:site_name" content="The Gull">'
        '<link rel="canonical" href="https://gull.example/pilots">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2019-05-06"}'
        "</script>",
        '<p class="byline">By Ana Sá</p><time datetime="2019-05-04">Saturday</time>',
    )
    shown = article.evidence
    fields = (shown.headline, shown.publisher, shown.authors, shown.url)
    assert [each and each.place for each in fields] == [
        "<h1>",
        "meta og:site_name",
        "<p class=byline>",
        "<link rel=canonical>",
    ]
    dates = (article.date, article.updated)
    assert [date and date.evidence and date.evidence.place for date in dates] == [
        "<time>",
        "JSON-LD dateModified",
    ]


def test_a_date_in_an_address_says_so():
    article = page('<link rel="canonical" href="https://gull.example/2019/05/04/pilots">')
    assert article.date is not None
    assert article.date.basis == "inferred"
    assert article.date.evidence == Evidence(exact="2019/05/04", place="address")


@pytest.mark.parametrize(
    ("byline", "opening", "ending", "words"),
    [
        ("", "OSLO (Reuters) - ", "", "Reuters"),
        ('<p class="byline">By Ana Sá, Associated Press</p>', "", "", None),
        ("", "", " (dpa)", "dpa"),
    ],
)
def test_an_agencys_mark_makes_a_reprint_that_says_where_it_stands(byline, opening, ending, words):
    site = '<meta property="og:site_name" content="The Gull">'
    article = page(site, byline, f"{opening}{STORY.replace(chr(10), ' ')}{ending}")
    assert article.publisher == "The Gull"
    agency = {"Reuters": "Reuters", "dpa": "dpa"}.get(words or "", "Associated Press")
    assert article.reprint_of is not None
    assert (article.reprint_of.publisher or "").lower() == agency.lower()
    evidence = article.evidence.reprint_of
    if words is not None:
        assert evidence is not None
        assert evidence.exact == words
        assert words in next(c.text for c in article.chunks if c.id == evidence.chunk)


def test_an_agencys_own_page_is_no_reprint_of_it():
    site = '<meta property="og:site_name" content="Reuters">'
    assert page(site, "", f"OSLO (Reuters) - {STORY.replace(chr(10), ' ')}").reprint_of is None


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("Oslo, 12 April 2024 (Halyard) - ", "2024-04-12"),
        ("OSLO, April 12, 2024 — ", "2024-04-12"),
        ("Oslo, 12 April 2024: ", None),
        ("Berlin, 1. November 2022. ", "2022-11-01"),
        ("Oslo, 12 April 2024 was grey: ", None),
        ("Lunch, 12 April 2024 - ", None),
        ("Par Ana Lin, le 3 mai 2023 à 18h42\n\n", "2023-05-03"),
        ("OSLO, 12 April 2024: ", "2024-04-12"),
        ("OSLO/Rome, 12 April 2024 (Halyard) – ", "2024-04-12"),
        ("Kyiv, Ukraine, 12 April 2024 /Halyard/ -- ", "2024-04-12"),
        ("GENEVA (12 April 2024) – ", "2024-04-12"),
    ],
)
def test_a_dateline_that_opens_the_story_dates_it(opening: str, date: str | None) -> None:
    article = read(f"Pilots wait\n\n{opening}{STORY}")
    assert (article.date.value if article.date else None) == date


@pytest.mark.parametrize("line", ["Oslo, 12 April 2024 (dpa) - ", "OSLO/Rome, April 12 (dpa) "])
def test_an_agency_behind_the_day_of_a_dateline_is_reprinted(line: str) -> None:
    site = '<meta property="og:site_name" content="The Gull">'
    article = page(site, "", f"{line}{STORY.replace(chr(10), ' ')}")
    assert article.reprint_of is not None
    assert article.reprint_of.publisher == "dpa"
