"""What the head of a page marks: headline, authors, times, standfirst."""
# ruff: noqa: E501 -- a paragraph is one line in these pages, as it is in what is saved

import time

import pytest

from tests.ingest.pages_made import HEADLINE, PARAGRAPHS, STORY, TEXT, page, roles, text

TIME = '<time datetime="2019-05-04T10:00:00Z">4 May 2019</time>'


@pytest.mark.parametrize(
    "under",
    [
        f"<aside>{TIME} Mill closes</aside>",
        f'<div class="related-stories"><a href="/m">Mill closes</a> {TIME}</div>',
        f"<figure><figcaption>The bay on {TIME}</figcaption></figure>",
        f'<blockquote class="social-embed"><p>Rosa (@rua) on {TIME}</p></blockquote>',
        f'<div class="tweet-embed">{TIME}</div>',
        f"<p>The board of the towns met on {TIME} in Tarn.</p>",
    ],
)
def test_a_time_beside_the_article_is_no_date_of_publication(under):
    assert page(under).date is None


@pytest.mark.parametrize(
    "story",
    [
        f'{STORY}<section class="comments"><p>Bo wrote on {TIME}: good.</p></section>',
        f'{STORY}<div><a href="/m">Mill closes</a> {TIME}</div>',
        STORY.replace("last week", TIME),
    ],
)
def test_a_time_after_the_head_is_no_date_of_publication(story):
    assert page(story=story).date is None


@pytest.mark.parametrize(
    "under",
    [
        '<time class="dateline-modified" datetime="2022-01-02">2 January</time>',
        '<p>Last updated <time datetime="2022-01-02">2 January</time></p>',
        '<div>Revised: <span><time datetime="2022-01-02">2 January</time></span></div>',
        '<p><time datetime="2022-01-02">2 January</time> (updated)</p>',
    ],
)
def test_the_time_of_an_update_is_kept_apart(under):
    article = page(under)
    assert article.date is None
    assert article.updated is not None
    assert article.updated.value == "2022-01-02"


@pytest.mark.parametrize(
    ("under", "title"),
    [
        ('<p class="byline">By Bo Ek</p><p><time datetime="2021-03-03">3 March</time></p>', None),
        ("<div><time>March 3, 2021</time></div>", None),
        ('<span itemprop="datePublished" content="2021-03-03">3 March</span>', None),
        (
            (
                '<p>Published <time datetime="2021-03-03">3 March</time> · Updated '
                '<time datetime="2021-03-05">5 March</time></p>'
            ),
            None,
        ),
        ("", f'<header><time datetime="2021-03-03">3 March</time><h1>{HEADLINE}</h1></header>'),
    ],
)
def test_a_time_between_headline_and_story_is_the_date(under, title):
    article = page(under, title=title or f"<h1>{HEADLINE}</h1>")
    assert article.date is not None
    assert article.date.value == "2021-03-03"


@pytest.mark.parametrize(
    "under",
    [
        '<span class="author">Ana Sá</span> <span class="author">Li Wen</span>',
        '<address class="c-byline__author">Words by Ana Sá and Li Wen</address>',
        '<div class="article-authors"><a href="/a">Ana Sá</a> <a href="/l">Li Wen</a></div>',
        (
            '<p class="post-meta">Posted by <a rel="author" href="/a">Ana Sá</a>, '
            '<a rel="author" href="/l">Li Wen</a> on May 4</p>'
        ),
        (
            '<div itemprop="author"><span itemprop="name">Ana Sá</span></div>'
            '<div itemprop="author"><span itemprop="name">Li Wen</span></div>'
        ),
        '<p class="byline">BY ANA SÁ AND LI WEN</p>',
        "<p>By Ana Sá and Li Wen, Environment Correspondents</p>",
        '<p class="meta">By Ana Sá , Li Wen on Tuesday, 4 May 2021 at 9:10 a.m.</p>',
        '<p class="author">Von Ana Sá und Li Wen</p>',
        '<p class="signature">Par Ana Sá et Li Wen</p>',
        '<span class="credits__authors">Текст: Ana Sá, Li Wen</span>',
        '<div id="byline">Ana Sá | Li Wen</div>',
        '<div data-testid="story-by">Ana Sá, Li Wen</div>',
    ],
)
def test_a_byline_that_the_page_marks_names_the_authors(under):
    article = page(under)
    assert article.authors == ("Ana Sá", "Li Wen")
    assert not any(role.startswith("standfirst") for role in roles(article))


def test_a_byline_in_a_teaser_or_a_biography_names_no_author():
    assert page('<div class="related"><p class="byline">By Ana Sá</p></div>').authors == ()
    assert page(story=f'{STORY}<aside><a rel="author">Ana Sá</a></aside>').authors == ()


def test_a_byline_right_above_the_headline_counts():
    title = f'<div><p>By <a class="author-link">Ana Sá</a></p><h1>{HEADLINE}</h1></div>'
    assert page(title=title).authors == ("Ana Sá",)


@pytest.mark.parametrize(
    "under",
    [
        '<p class="photo-author">Bo Ek</p>',
        '<p class="byline">Bay Courier</p>',
        '<p class="byline">Bay Courier Politics</p>',
        '<p class="byline">Updated 4 May 2021</p>',
        '<p class="author">The Ferry and Harbour Board</p>',
        '<p class="byline">Our Foreign Staff</p>',
    ],
)
def test_a_byline_without_a_person_names_no_author(under):
    assert page(under).authors == ()


ARTICLE_ITEM = '<div itemscope itemtype="https://schema.org/NewsArticle"{}>{}</div>'
AUTHOR_ITEM = '<span itemprop="author" itemscope><b itemprop="name">{}</b></span>'


@pytest.mark.parametrize("box", ["<aside>{}</aside>", '<div class="widget">{}</div>', "{}"])
def test_the_author_of_the_item_that_is_the_story_is_its_author_wherever_it_stands(box):
    author = box.format(AUTHOR_ITEM.format("Ana Sá"))
    assert page(title="", story=ARTICLE_ITEM.format("", STORY * 2 + author)).authors == ("Ana Sá",)


def test_the_author_of_the_item_of_a_teaser_or_comment_is_none():
    author = AUTHOR_ITEM.format("Ana Sá")
    teaser = ARTICLE_ITEM.format(' class="related"', author)
    comment = f'<div itemscope itemtype="https://schema.org/Comment" class="comment">{author}</div>'
    assert page(title="", story=STORY + teaser).authors == ()
    assert page(title="", story=ARTICLE_ITEM.format("", STORY * 2 + comment)).authors == ()


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Sá, Ana", ("Ana Sá",)),
        ("van der Berg, Jan; Wen, Li", ("Jan van der Berg", "Li Wen")),
        ("Ana Sá, Jr.", ("Ana Sá Jr.",)),
        ("Ana Sá, PhD", ("Ana Sá",)),
        ("Ana Sá, Chief Political Correspondent", ("Ana Sá",)),
        ("Ana Sá, AFP", ("Ana Sá",)),
        ("Ana Sá (Reuters)", ("Ana Sá",)),
        ("ana@bay.example (Ana Sá)", ("Ana Sá",)),
        ("Ana Sá, Li Wen and Bo Ek", ("Ana Sá", "Li Wen", "Bo Ek")),
        ("Ana Sá, BBC Editor-at-large", ("Ana Sá",)),
        ("Ana Rivera. Bay Courier International", ("Ana Rivera",)),
        ("Ana Sá y Ek e Li Wen", ("Ana Sá y Ek", "Li Wen")),
        ("Union for the Bay", ("Union for the Bay",)),
        ("The Associated Press and Ana Sá", ("Ana Sá",)),
        ("The Harbour Board | Ana Sá", ("Ana Sá",)),
        ("PTX", ("PTX",)),
        ("Editorial", ()),
        ("Bay Courier", ()),
        ("Bay Courier Staff", ()),
        ("Reuters", ("Reuters",)),
        ("https://bay.example/ana", ()),
    ],
)
def test_a_field_for_authors_is_read_for_people(stated, authors):
    assert page(head=f'<meta name="author" content="{stated}">').authors == authors


def test_a_property_may_have_several_names():
    head = '<meta property="dc:creator twitter:label" content="Ana Sá">'
    assert page(head=head).authors == ("Ana Sá",)


@pytest.mark.parametrize(("kind", "authors"), [("Person", ("Ana Sá",)), ("Organization", ())])
def test_a_person_may_write_on_a_site_of_the_same_name(kind, authors):
    who = f'{{"@type": "{kind}", "name": "Ana Sá"}}'
    data = f'{{"@type": "BlogPosting", "author": {who}, "publisher": {who}}}'
    assert page(head=f'<script type="application/ld+json">{data}</script>').authors == authors


LD = '{"@type": "NewsArticle", "datePublished": "2021-03-03", "author": %s}'


@pytest.mark.parametrize(
    "data",
    [
        "<!-- " + LD % '"Ana Sá"' + " -->",
        "/*<![CDATA[*/" + LD % '"Ana Sá"' + "/*]]>*/",
        "// made by the desk\n" + LD % '{"name": "Ana Sá", "url": "https://bay.example//a"}',
        LD % '[{"name": "Ana Sá"},]' + ";",
        '{"@type": "WebSite"}\n' + LD % '"Ana Sá"',
        LD % '{"@list": [{"name": {"name": "Ana Sá"}}]}',
        f'{{"@graph": [{{"@graph": [{LD}, {{"@id": "#a", "name": "Ana Sá"}}]}}]}}'
        % '{"@id": "#a"}',
        (LD % '"Ana Sá"').replace("NewsArticle", "https://schema.org/NewsArticle"),
        (LD % '{"@type": "Person", "name": "Ana Sá"}')[:-2],
        LD % '{"name": "Ana Sá"' + "}}}",
        (LD % '"Ana Sá"').replace('", ', '" ').replace("{", '{"headline": "A "fine" day\nout",'),
        (LD % '"Ana Sá"').replace(", ", "}, "),
        (LD % '"Ana Sá"').replace('"', "&quot;"),
        (
            '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ana Sá"}, '
            '"datePublished": "2021-03-03"}'
        ),
        (
            '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ana Sá", '
            '"datePublished": "2021-03-03"}'
        ),
        (LD % '"Ana Sá"').replace("{", r'{"image": "C:\pics\x", /* ours */'),
    ],
)
def test_data_with_a_slip_is_read_all_the_same(data):
    article = page(head=f'<script type="application/ld+json">{data}</script>')
    assert article.authors == ("Ana Sá",)
    assert article.date is not None
    assert article.date.value == "2021-03-03"


@pytest.mark.parametrize("author", ['"Ana Sá', '"Ana Sá "the pilot", of Tarn"', '{"name": "Ana Sá'])
def test_a_value_that_may_have_been_cut_off_is_not_taken(author):
    data = f'{{"@type": "NewsArticle", "datePublished": "2021-03-03", "author": {author}'
    article = page(head=f'<script type="application/ld+json">{data}</script>')
    assert article.authors == ()
    assert article.date is not None


@pytest.mark.parametrize(
    "piece", ['{"a":', "[", '{"a" "', ' "', "/*", '\\"', ", ", '"x ', "}", '"a":"b" ']
)
def test_data_of_one_slip_over_and_over_is_read_in_linear_time(piece):
    def spent(times):
        start = time.process_time()
        page(head=f'<script type="application/ld+json">{{{piece * times}</script>')
        return time.process_time() - start

    assert min(spent(40_000) for _ in range(3)) < 12 * min(spent(10_000) for _ in range(3)) + 0.2


@pytest.mark.parametrize(
    ("head", "updated"),
    [
        ('<meta property="article:modified_time" content="2021-03-05T09:00:00Z">', "2021-03-05"),
        (
            (
                '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished":'
                ' "2021-03-03", "dateModified": "2021-03-04"}</script>'
            ),
            "2021-03-04",
        ),
        ('<meta itemprop="dateModified" content="2021-03-04">', "2021-03-04"),
        (
            (
                '<meta property="article:published_time" content="2021-03-03">'
                '<meta property="article:modified_time" content="2021-03-01">'
            ),
            None,
        ),
        ('<meta property="article:modified_time" content="0001-01-01T00:00:00Z">', None),
    ],
)
def test_the_update_that_the_page_states_is_kept(head, updated):
    found = page(head=head).updated
    assert (found.value if found else None) == updated


def test_a_line_below_the_story_may_tell_its_update():
    found = page(story=f"{STORY}<p>Last updated 4 May 2021</p>")
    assert found.updated is not None
    assert found.updated.value == "2021-05-04"
    assert found.date is None
    two = "Published 3 May 2021, last modified 4 May 2021"
    both = text(f"{HEADLINE}\n\n{two}\n\n{TEXT}")
    assert both.date is not None
    assert both.updated is not None
    assert (both.date.value, both.updated.value) == ("2021-05-03", "2021-05-04")


def test_data_that_refers_to_itself_or_never_ends_is_skipped():
    for data in (LD % '{"@id": "#a", "name": {"@id": "#a"}}', "{" + "/*" * 50_000, '{"a' * 50_000):
        assert page(head=f'<script type="application/ld+json">{data}</script>').authors == ()


@pytest.mark.parametrize(
    "title",
    [
        f'<h1><a href="/">Bay Courier</a></h1><h1 itemprop="headline">{HEADLINE}</h1>',
        f'<div class="logo"><h1>Bay Courier</h1></div><h1>{HEADLINE}</h1>',
        f'<h1><a href="https://bay.example/">Bay Courier</a></h1><h2 itemprop="headline">{HEADLINE}</h2>',
    ],
)
def test_the_masthead_is_no_headline(title):
    head = '<meta property="og:title" content="Bay Courier - Latest headlines">'
    assert page(head=head, title=title).headline == HEADLINE


@pytest.mark.parametrize(
    "under",
    [
        "<h2>Firms were never asked about the route; Portugal wants to see the draft</h2>",
        '<p class="intro">“Nobody asked us,” say the firms, and Portugal wants to see the draft.</p>',
        '<p class="by">By Ana Sá</p><h3>Firms were never asked, and Portugal wants the draft</h3>',
    ],
)
def test_words_right_under_the_headline_are_read(under):
    story = f'<div class="story-body">{STORY}</div>'
    found = roles(page(under, story=story))
    assert "standfirst/between_headline_and_story" in found or found.count("body") == 5


def test_a_sentence_that_is_all_link_stays_in_the_story():
    linked = '<div><p><a href="/v">On Friday the board heard the two firms in the town hall.</a></p></div>'
    story = STORY.replace("<p>Portugal", f"{linked}<p>Portugal")
    assert roles(page(story=story)).count("body") == 5


@pytest.mark.parametrize(
    "box", ['<div class="box bottom">', '<div style="border-top: 1px">', '<section class="link">']
)
def test_a_box_of_the_story_is_read_whatever_its_style(box):
    first, *rest = PARAGRAPHS
    story = f"<div><p>{first}</p>{box}<p>{rest[0]}</p></div><p>{rest[1]}</p><p>{rest[2]}</p></div>"
    assert roles(page(story=story)).count("body") == 4


def test_quotation_marks_that_a_browser_draws_are_in_the_text():
    said = (
        "<p>The firms call it <q>a <q>fair</q> choice</q>, and they will wait until the winter.</p>"
    )
    texts = [chunk.text for chunk in page(story=STORY + said).chunks]
    assert any("call it “a ‘fair’ choice”, and" in each for each in texts)


def test_a_signature_is_the_last_line_of_its_quotation():
    quotation = (
        "<blockquote><p>Nobody has called since March.</p><p>— Ana Sá, mayor</p></blockquote>"
    )
    texts = [
        chunk.text for chunk in page(story=STORY + quotation + f"<p>{PARAGRAPHS[0]}</p>").chunks
    ]
    assert "Nobody has called since March.\n— Ana Sá, mayor" in texts


def test_corrections_print_notes_and_rules_are_no_story():
    foot = (
        "<p>* * *</p><p>This version clarifies the name of the route in the second paragraph.</p>"
        "<p>This article appeared in the print edition of Tuesday under “Who may sail the bay”.</p>"
    )
    assert roles(page(story=STORY + foot))[-4:-1] == [
        "boilerplate/ornament",
        "editor-note/named_note",
        "boilerplate/print_note",
    ]
