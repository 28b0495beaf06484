"""Saved pages, whole, as browsers write them."""
# ruff: noqa: E501 -- a paragraph is one line in these pages, as it is in what is saved

import subprocess
import sys

import pytest

from briefing.errors import InputError
from briefing.ingest import to_article
from briefing.ingest.readers.html.dom import parse_page, walk
from briefing.ingest.readers.html.saved_page import find_extracted
from briefing.model import Article

SENTENCES = (
    (
        "The harbour authority of the northern coast said on Monday that three ports would share their "
        "pilots from next spring, after a year in which ships had to wait for days at the entrance."
    ),
    (
        "“We had no choice,” said Anna Berg, who heads the authority. “Either we share the pilots or the "
        "ships will go elsewhere, and then none of the three ports has a future worth the name.”"
    ),
    (
        "The dockers of the largest port are against the plan, which they learned of from a newspaper, "
        "and will vote on a strike in the week before the new rules are to take effect."
    ),
    (
        "Shipping companies welcomed the plan of the ports, but asked for a date by which the pilots will "
        "have been trained for all three entrances, two of which are known to be difficult."
    ),
)
PAGE = """<!doctype html>
<html lang="en-GB"><head>
<title>Three ports share pilots | Coast Herald</title>
<meta property="og:site_name" content="Coast Herald">
<meta property="article:published_time" content="2021-03-04T08:15:00+01:00">
<link rel="canonical" href="https://coast.example.org/news/pilots">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
 {{"@type": ["NewsArticle"], "headline": "Three ports share pilots",
   "author": [{{"@type": "Person", "name": "Jane Doe"}}, {{"name": "Coast Herald"}}],
   "datePublished": "2021-03-04T08:15:00+01:00", "dateModified": "2021-06-06"}}]}}</script>
<style>p {{ color: red }}</style></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages</a></li></ul></nav>
<main><article>
<h1>Three ports share pilots</h1>
<p class="standfirst">Ships will no longer wait for days, says the authority, but dockers object</p>
<figure><img src="a.jpg"><figcaption>A pilot boat at work. Photo: Max Roe/Coast Herald</figcaption></figure>
<p>{}</p>
<p>{} <a href="/plan?a=1&amp;b=2">The plan</a> is public.</p>
<div class="ad">Advertisement</div>
<h2>Dockers object</h2>
<p>{}<br>They meet today.</p>
<blockquote><p>Nobody has asked us, and nobody will, a docker wrote.</p></blockquote>
<p>{}</p>
</article></main>
<aside><h3>Most read</h3><p>A cook from the south has won the award for the best soup of the whole land,
and cannot believe it, as she told our reporter.</p></aside>
<footer><p>© 2021 Coast Herald</p><button>Subscribe</button></footer>
<script>track()</script></body></html>
""".format(*SENTENCES)


def read(text: str = PAGE) -> Article:
    return to_article(text.encode(), name="a.html", added="2026-01-01T00:00:00Z")


def test_the_story_of_a_page_is_told_from_what_stands_around_it():
    roles = [(chunk.role, chunk.reason, chunk.text.split("\n")[0][:24]) for chunk in read().chunks]
    assert roles == [
        ("boilerplate", "navigation", "Home"),
        ("boilerplate", "outside_main_content", "Sport pages"),
        ("heading", "headline", "Three ports share pilots"),
        ("standfirst", "between_headline_and_story", "Ships will no longer wai"),
        ("caption", "ends_in_credit", "A pilot boat at work. Ph"),
        ("body", None, SENTENCES[0][:24]),
        ("body", None, SENTENCES[1][:24]),
        ("boilerplate", "advertising", "Advertisement"),
        ("heading", "title_line", "Dockers object"),
        ("body", None, SENTENCES[2][:24]),
        ("body", None, "Nobody has asked us, and"),
        ("body", None, SENTENCES[3][:24]),
        ("boilerplate", "outside_main_content", "Most read"),
        ("unrelated", "outside_main_content", "A cook from the south ha"),
        ("boilerplate", "legal", "© 2021 Coast Herald"),
        ("boilerplate", "form_control", "Subscribe"),
    ]


def test_a_page_states_its_metadata():
    article = read()
    assert (article.headline, article.publisher) == ("Three ports share pilots", "Coast Herald")
    assert article.authors == ("Jane Doe",)
    assert article.date is not None
    assert (article.date.value, article.date.precision, article.date.basis) == (
        "2021-03-04", "day", "metadata",
    )  # fmt: skip
    assert article.date.evidence is not None
    assert article.date.evidence.exact == "2021-03-04T08:15:00+01:00"
    assert article.date.evidence.chunk is None
    assert article.url == "https://coast.example.org/news/pilots"
    assert article.language == "en"
    assert article.source.media_type == "text/html"
    assert article.source.file == "originals/coast-herald-2021-03-04.html"


def test_relative_links_are_read_against_the_page_s_own_address():
    chunk = next(chunk for chunk in read().chunks if chunk.links and chunk.role == "body")
    link = chunk.links[0]
    assert chunk.text[link.start : link.end] == "The plan"
    assert link.url == "https://coast.example.org/plan?a=1&b=2"


def test_a_line_break_stays_in_the_paragraph_and_sections_come_from_headings():
    chunk = next(chunk for chunk in read().chunks if chunk.text.startswith(SENTENCES[2]))
    assert chunk.text == f"{SENTENCES[2]}\nThey meet today."
    assert chunk.section == "Dockers object"


def test_what_a_page_does_not_state_is_none():
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    article = read(f"<html><body><p>Posted 3 hours ago</p>{body}</body></html>")
    assert (article.headline, article.publisher, article.date, article.url) == (None,) * 4
    assert article.authors == ()


def test_the_date_of_an_update_or_in_the_text_is_not_the_date_of_publication():
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    article = read(
        '<html><head><meta property="article:modified_time" content="2021-06-06"></head>'
        f"<body><p>It began on 3 May 2019 in the harbour.</p>{body}</body></html>"
    )
    assert article.date is None


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "NewsArticle", "headline": ',
        "[" * 100_000,
        '{"@type": 3, "author": [null, 4]}',
        "nul",
    ],
)
def test_broken_data_in_a_page_is_passed_over(data):
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
    assert read(page).headline == "Three ports share pilots"


def test_a_page_touches_neither_files_nor_entities():
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "boom">]>'
        f"<html><body><p>{SENTENCES[0]} &x; &y;</p><p>{SENTENCES[1]}</p></body></html>"
    )
    assert all("root:" not in chunk.text for chunk in read(page).chunks)


def test_every_word_that_a_browser_shows_is_in_the_chunks():
    page = (
        "<html><body>loose <b>bold</b> words<div>in <span>a div<p>a paragraph</div><table><tr><td>one"
        "<td>two</table><ul><li>item<li>second</ul><select><option>choice</select><pre>a\n  b</pre>"
        "tail<!-- unseen --> text<noscript>no script</noscript></body></html>"
    )
    words = " ".join(" ".join(chunk.text.split()) for chunk in read(page).chunks)
    assert words == (
        "loose bold words in a div a paragraph one two item second choice a b tail text no script"
    )


def test_a_page_in_which_no_story_is_found_is_read_as_it_stands():
    article = read("<html><body><p>Hi</p><button>Close</button><p>We met.</p></body></html>")
    assert [(chunk.role, chunk.text) for chunk in article.chunks] == [
        ("heading", "Hi"),
        ("boilerplate", "Close"),
        ("body", "We met."),
    ]


def test_a_page_nested_deeply_is_read():
    page = f"<html><body>{'<div>' * 1_000}<p>{SENTENCES[0]}</p>{'</div>' * 1_000}</body></html>"
    assert any(chunk.text == SENTENCES[0] for chunk in read(page).chunks)


def test_a_page_nested_beyond_reason_is_refused_and_not_cut_short():
    with pytest.raises(InputError, match=r"a\.html: the page is nested too deeply"):
        read(f"<html><body>{'<div>' * 5_000}<p>{SENTENCES[0]}</p></body></html>")


def test_a_plain_text_does_not_load_the_libraries_for_pages():
    code = (
        "import sys; from briefing.ingest import to_article;"
        "to_article(b'The ports agreed, they said.', name='a.txt', added='');"
        "print([m for m in ('lxml', 'trafilatura', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_all_of_a_page_of_very_many_paragraphs_is_its_story():
    lines = "".join(f"<p>The ferry to pier {number} was late.</p>" for number in range(20_100))
    article = read(f"<html><body><nav>Menu of the site</nav><main>{lines}</main></body></html>")
    body = [chunk for chunk in article.chunks if chunk.role == "body"]
    assert len(body) == 20_100
    assert "Menu" not in "".join(chunk.text for chunk in body)


def test_where_the_extractor_finds_less_than_half_others_are_asked():
    told = [" ".join(f"boat {row} at pier {at}" for at in range(9)) + "." for row in range(12)]
    first, rest = ("".join(f"<p>{one}</p>" for one in part) for part in (told[:5], told[5:]))
    page = f"<html><body><article>{first}</article><div class='rest'>{rest}</div></body></html>"
    root = parse_page(page, "tessel.html")
    assert find_extracted(root, walk(root, None)) == [True] * 12
