"""Mails as they were sent: the message, what its head states, and what stands beside it."""

import pytest

from briefing.errors import InputError
from briefing.ingest import to_articles
from briefing.ingest.formats import find_format

ADDED = "2026-01-01T00:00:00Z"
HEAD = """\
From: {sender}
To: desk@example.org
Subject: {subject}
Date: Tue, 3 Mar 2020 10:00:00 +0100
Message-ID: <1@example.org>
MIME-Version: 1.0
"""
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"
STORY = (
    "The harbour of Lindmark closed on Monday after the storm had torn two cranes from the quay. "
    "Minister Vera Holm said that ships would be sent to Orby until the summer."
)


def mail(body, *, sender="Orla Quist <orla.quist@example.org>", subject="The cranes", kind=PLAIN):
    return (HEAD.format(sender=sender, subject=subject) + kind + body).encode()


def read(data, name="one.eml"):
    return to_articles(data, name=name, added=ADDED)


def only(data):
    (draft,) = read(data).articles
    return draft.article


def texts(article, reason=None):
    return [chunk.text for chunk in article.chunks if chunk.reason == reason]


def test_the_head_states_headline_author_and_date_and_says_where():
    article = only(mail(STORY))
    assert (article.headline, article.authors) == ("The cranes", ("Orla Quist",))
    assert (article.publisher, article.date.value) == (None, "2020-03-03")
    assert article.evidence.headline.place == "header Subject"
    assert article.evidence.authors.place == "header From"
    assert article.date.evidence.place == "header Date"
    assert (article.source.reader, article.source.media_type) == ("message", "message/rfc822")


@pytest.mark.parametrize(
    ("sender", "publisher", "authors"),
    [
        ("Quay Notes <letters@example.org>", "Quay Notes", ()),
        ("Orla Quist from Quay Notes <quay@example.org>", "Quay Notes", ("Orla Quist",)),
        ("Orla Quist via Harbour List <list@example.org>", "Harbour List", ("Orla Quist",)),
        ("desk@example.org", None, ()),
    ],
)
def test_a_sender_is_an_outlet_or_a_person(sender, publisher, authors):
    article = only(mail(STORY, sender=sender))
    assert (article.publisher, article.authors) == (publisher, authors)


@pytest.mark.parametrize("piece", ["(", "[a](", "<", '"', ",", "@"])
def test_a_sender_of_one_mark_over_and_over_stops_nothing(piece):
    assert only(mail("The cranes stand still.", sender=piece * 3_000)).headline == "The cranes"


def test_the_name_of_a_list_that_makes_its_address_is_an_outlet():
    letter = mail(STORY, sender="Quay Notes <quaynotes@example.org>")
    listed = letter.replace(b"MIME-V", b"List-Unsubscribe: <https://example.org/u>\nMIME-V")
    assert only(listed).publisher == "Quay Notes"


def test_what_is_quoted_and_signed_is_set_aside():
    article = only(
        mail(
            f"{STORY}\n\nOn Mon, 2 Mar 2020 at 9:00, Per Dahl <per@example.org>\nwrote:\n"
            "> Will the harbour open?\n>\n> Per\n\nIt will not.\n\n-- \nOrla Quist\nQuay Notes\n"
        )
    )
    (quoted,) = texts(article, "quoted_mail")
    assert quoted.startswith("On Mon, 2 Mar 2020 at 9:00, Per Dahl <per@example.org>\nwrote:\n> ")
    assert quoted.endswith("open?\n>\n> Per")
    assert texts(article, "signature") == ["-- \nOrla Quist\nQuay Notes"]
    assert texts(article) == [STORY, "It will not."]


@pytest.mark.parametrize(
    "line",
    ["Yesterday at 15:02, Per Dahl wrote:", "2020-03-02 15:02 GMT+01:00 Per Dahl <per at quay>:"],
)
def test_a_line_that_leads_into_a_quotation_belongs_to_it(line):
    article = only(mail(f"{STORY}\n\n{line}\n\n> Will it open?\n\nIt will be shut."))
    assert texts(article, "quoted_mail") == [f"{line}\n\n> Will it open?"]
    assert "It will be shut." in texts(article)
    answer = only(mail(f"{STORY}\n\nThe minister wrote:\n\nThe quay is shut."))
    assert texts(answer, "quoted_mail") == []


def test_what_a_list_says_of_attachments_is_set_aside():
    note = "-------------- next part --------------\nA non-text attachment was scrubbed..."
    assert texts(only(mail(f"{STORY}\n{note}")), "attachment_note") == [note]


def test_an_earlier_mail_is_set_aside_from_its_head_on():
    quoted = "From: Per Dahl\nTo: Orla Quist\nSent: 2 March 2020 9:00\nSubject: Cranes\n\nOpen?"
    assert texts(only(mail(f"{STORY}\n\n{quoted}")), "quoted_mail") == [quoted]
    page = f"<p>{STORY}</p><div>From: Per Dahl<br>Sent: 2 March 2020</div><p>Open?</p>"
    assert texts(only(mail(page, kind=HTML)), "quoted_mail") == [
        "From: Per Dahl\nSent: 2 March 2020",
        "Open?",
    ]


def test_a_mail_of_nothing_but_a_quotation_is_the_quotation():
    article = only(mail(f"> {STORY}\n"))
    assert texts(article, "quoted_mail") == []


def test_a_forwarded_mail_is_the_message_and_its_head_states_the_facts():
    article = only(
        mail(
            "For you.\n\n---------- Forwarded message ---------\n"
            "From: Quay Notes <letters@example.org>\nDate: Sun, 1 Mar 2020 at 08:00\n"
            f"Subject: Cranes gone\n\n{STORY}\n",
            subject="Fwd: Cranes gone",
        )
    )
    assert (article.headline, article.publisher) == ("Cranes gone", "Quay Notes")
    assert article.date.value == "2020-03-01"
    assert STORY in texts(article)


def test_the_page_of_a_mail_is_read_and_its_asides_are_set_aside():
    page = (
        "<html><body><div style='display:none'>Two cranes fell.</div>"
        f"<p>{STORY}</p><ul><li>Orby takes the ships.</li></ul><p>{STORY.upper()}</p>"
        "<div class='gmail_signature'>Orla</div>"
        "<div class='gmail_quote'>On Monday Per wrote:<blockquote>Open?</blockquote></div>"
        "</body></html>"
    )
    article = only(mail(page, kind=HTML))
    assert texts(article) == [STORY, "Orby takes the ships.", STORY.upper()]
    assert texts(article, "preview_text") == ["Two cranes fell."]
    assert texts(article, "signature") == ["Orla"]
    assert texts(article, "quoted_mail") == ["On Monday Per wrote:", "Open?"]


def test_the_heading_above_the_first_words_of_a_mail_belongs_to_it():
    page = "".join(f"<h2>{title}</h2><p>{STORY}</p><p>{STORY}</p>" for title in ("Tides", "Eels"))
    article = only(
        mail(f"<html><body><p>Read this letter online.</p>{page}</body></html>", kind=HTML)
    )
    headings = [chunk.text for chunk in article.chunks if chunk.role == "heading"]
    assert headings == ["Tides", "Eels"]


def test_attachments_are_told_and_not_read():
    parts = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + PLAIN + STORY + "\n--b\n"
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename=quay.pdf\n\n"
        "%PDF\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nWords\n--b--\n"
    )
    result = read(mail(parts, kind=""))
    assert result.told == ("one.eml: 2 attachments are not read: quay.pdf, a mail",)
    assert texts(result.articles[0].article) == [STORY]


def test_a_mail_without_text_is_refused():
    with pytest.raises(InputError, match="the mail holds no text"):
        read(mail("", kind="Content-Type: application/pdf\n\n%PDF"))


@pytest.mark.parametrize(
    "data",
    [
        b"From: =?utf-8?q?=FF=?=\nSubject: =?x?b?!?=\nDate: soon\nMIME-Version: 1.0\n\nThe quay.",
        b"From: a\nSubject: \xe9 =?utf-7?q?+2AA-?=\nMessage-ID: 1\n\nThe quay.",
        b"From: a\nContent-Type: text/plain; charset=utf-7\n\nThe quay +2AA-.",
        b"From: a\nContent-Type: text/plain; charset=utf\0\n\nThe quay \xe9t\xe9 of Lindmark.",
        b"From: a\nContent-Type: text/plain; charset=none\n\nThe quay \xe9t\xe9 of Lindmark.",
        b'From: a\nMessage-ID: 1\nContent-Type: multipart/mixed; boundary="\n\nThe quay is closed.',
        b"From: a\nMessage-ID: 1\nContent-Disposition: ;;=\nSubject: ,\n\nThe quay is closed.",
    ],
)
def test_a_malformed_mail_is_read_as_far_as_it_goes(data):
    assert any("quay" in chunk.text for chunk in only(data).chunks)


def test_a_mail_of_parts_without_end_is_refused():
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(9999)
    )
    with pytest.raises(InputError, match="nested too deeply"):
        read(mail("", kind=parts))


def story(title, words, link="<a href='https://example.org/more'>more</a>"):
    return f"<h2>{title}</h2><p>{' '.join(['The quay of Lindmark was shut.'] * words)} {link}</p>"


def letter(*stories):
    return mail(
        f"<html><body><p>Good morning.</p>{''.join(stories)}<p>Unsubscribe</p></body></html>",
        sender="Quay Notes <letters@example.org>",
        subject="Quay Notes No. 4",
        kind=HTML,
    )


def test_a_newsletter_is_split_at_its_headings():
    result = read(letter(story("Cranes", 12), story("Tides", 13), story("Eels", 14)))
    articles = [draft.article for draft in result.articles]
    assert [article.headline for article in articles] == ["Cranes", "Tides", "Eels"]
    assert {article.publisher for article in articles} == {"Quay Notes"}
    assert {article.date.value for article in articles} == {"2020-03-03"}
    assert [article.source.part for article in articles] == [1, 2, 3]
    everything = [chunk.text for article in articles for chunk in article.chunks]
    assert {"Good morning.", "Unsubscribe"} <= set(everything)


def test_a_masthead_above_the_stories_is_no_headline():
    stories = [story(title, 12) for title in ("Cranes", "Tides", "Eels")]
    result = read(letter("<h1>The Quay</h1>", *stories))
    assert [draft.article.headline for draft in result.articles] == ["Cranes", "Tides", "Eels"]


@pytest.mark.parametrize(
    "stories",
    [
        (story("Cranes", 12), story("Tides", 13)),
        (story("Cranes", 12), story("Tides", 2), story("Eels", 2), story("Reeds", 3)),
        (story("Cranes", 12, ""), story("Tides", 13, ""), story("Eels", 14, "")),
        ("<h1>Quay Notes No. 4</h1>", *(story(name, 12) for name in ("A", "B", "C"))),
    ],
)
def test_a_newsletter_that_does_not_part_its_stories_clearly_is_one_article(stories):
    assert len(read(letter(*stories)).articles) == 1


def test_two_stories_are_enough_where_their_headings_are_links():
    linked = "<a href='https://example.org/{0}'>{0}</a>"
    stories = [story(linked.format(name), 12) for name in ("Cranes", "Tides")]
    assert len(read(letter(*stories)).articles) == 2


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (mail(STORY), "message/rfc822"),
        (b"Subject: The cranes\nFrom: Orla\n\nThe quay is closed.", "text/plain"),
        (b"From: the quay\nTo: the mole\n\nA walk.", "text/plain"),
    ],
)
def test_a_mail_is_told_by_its_head(data, media_type):
    assert find_format(data, "a.txt").media_type == media_type
