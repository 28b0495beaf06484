"""Whole texts of the shapes in which articles arrive, with every role and section."""
# ruff: noqa: E501 -- a paragraph is one line in these texts, as it is in what is saved

import pytest

from briefing.ingest import to_article
from briefing.model import Article


def read(text: str, name: str = "a.txt") -> Article:
    return to_article(text.encode(), name=name, added="2026-01-01T00:00:00Z")


def roles(text: str) -> list[tuple[str, str | None]]:
    return [(chunk.role, chunk.reason) for chunk in read(text).chunks]


NEWSLETTER = """A crane stands idle in the harbour of Kiel on May 3. Photo: Max Roe/Getty Images

The plan to share pilots between the three northern harbours may be about to fail.

What's happening: The harbour minister, Anna Berg, made the case for sharing on Thursday...

"The ships will not wait for us. They will go to Rotterdam, and they will not come back to these harbours."
"If a harbour keeps its pilots to itself, nobody here will pay for its quay any longer."

Yes, but: The pilots of Kiel and Lübeck seem to be against any sharing of harbours and pilots.

In Kiel, the pilots' union has found that there are other ways to shorten the wait of ships.

Why it matters: The minister has spent much of her standing on pilots who will not be shared.

Go deeper:

Updated 2 hours ago - Sport

Swimming dashboard

Illustration: Jo Miller/Daily Planet

  1. Men: The record over 100 metres has been broken twice in an afternoon.
  2. Women: Two swimmers from Norway share the first place.

Cook wins prize for soup

The cook. Photo: Jo Miller/Getty Images

A cook from the south has won a prize with a soup that nobody had wanted to eat at first.

The big picture: Soup is back, says the jury, after years in which it had been forgotten.

Get Daily Planet delivered to your inbox

Catch up with the day's main stories, chosen by our editors every morning

Please enter your address.

Invalid email
Thanks for signing up!"""


def test_a_newsletter_with_labels_and_other_stories_after_it():
    chunks = read(NEWSLETTER).chunks
    assert [(chunk.role, chunk.section) for chunk in chunks[:8]] == [
        ("caption", None),
        ("body", None),
        ("body", "What's happening"),
        ("body", "What's happening"),
        ("body", "What's happening"),
        ("body", "Yes, but"),
        ("body", "Yes, but"),
        ("body", "Why it matters"),
    ]
    assert [(chunk.role, chunk.reason) for chunk in chunks[8:]] == [
        *[("unrelated", "after_marker")] * 10,
        ("boilerplate", "sign_up"),
        ("boilerplate", "sign_up"),
        ("boilerplate", "form_message"),
        ("boilerplate", "form_message"),
        ("boilerplate", "form_message"),
    ]
    assert {chunk.section for chunk in chunks[8:]} == {None}
    assert chunks[2].text.startswith("What's happening: The harbour minister")


AGENCY = """Skip to main content

Pilot boats lie in the harbour of Kiel, Germany, Feb. 4, 2021.

JO MILLER/The Northern Times News Service

The minister's long campaign to make the northern harbours share their pilots has run aground, with even the smallest of them refusing the plan of the minister.

Over the past months the ministry has tried to plead with the harbours, to scold them and to threaten them with the loss of money for their quays.

Article continues below advertisement

“It looks bad for the plan,” said Max Roe, who led the committee on harbours for years. “Pilots cannot be ordered about.”

The harbours say that they can shorten the wait of ships by other means, among them a new radar.

Article continues below advertisement

The ministry continues to look for a way to make its plan work without the harbours of the west.

Report an error
While this site is rebuilt, we have disabled comments. You may still write: see our letters to the editor.

Welcome to The Morning Post’s comment community. Only members can write here. Subscribe here to join them.

Our house rules keep this a good place for your thoughts. In short:

  • Treat others well
  • Stay on the topic

Our moderators remove what breaks these house rules.

Discussion loading ...

Gardening newsletter"""


def test_an_agency_reprint_with_advertising_and_a_comment_policy():
    article = read(AGENCY)
    assert [(chunk.role, chunk.reason) for chunk in article.chunks] == [
        ("boilerplate", "navigation"),
        ("caption", "above_credit"),
        ("caption", "picture_credit"),
        ("body", None),
        ("body", None),
        ("boilerplate", "advertising"),
        ("body", None),
        ("body", None),
        ("boilerplate", "advertising"),
        ("body", None),
        ("boilerplate", "error_report"),
        ("boilerplate", "comments"),
        ("boilerplate", "comments"),
        ("boilerplate", "comments"),
        ("boilerplate", "after_end_matter"),
        ("boilerplate", "after_end_matter"),
        ("boilerplate", "comments"),
        ("boilerplate", "loading"),
        ("boilerplate", "sign_up"),
    ]
    assert (article.headline, article.publisher, article.date) == (None, None, None)


TRADE = """Minister ‘Raises Pressure’ On Harbours Over Pilots

Harbour

The ministry is said to have visited three harbours in May, asking each to share their pilots

The ministry is putting pressure on three harbours to share their pilots, several papers report.

A delegation visited the harbours earlier this month, according to the Northern Courier.


Radar war

Kiel has a radar of its own and does not want to share it or its pilots, a spokesman said.

Legal concerns

A ban remains unlikely because of the age of the pilots' contracts, said a lawyer for the harbours."""


def test_trade_press_with_a_label_a_standfirst_and_headings():
    article = read(TRADE)
    assert [(chunk.role, chunk.reason, chunk.section) for chunk in article.chunks] == [
        ("heading", "headline", None),
        ("caption", "label_under_headline", None),
        ("standfirst", "between_headline_and_story", None),
        ("body", None, None),
        ("body", None, None),
        ("heading", "title_line", None),
        ("body", None, "Radar war"),
        ("heading", "title_line", None),
        ("body", None, "Legal concerns"),
    ]
    assert article.headline == "Minister ‘Raises Pressure’ On Harbours Over Pilots"


ANALYSIS = """A North / South Rift Over Pilots?

Speaking of rifts, we wrote last week about the minister's plan to make the northern harbours share their pilots, which the harbours of the south have done for years.

So why do the northern harbours refuse to share? There are a few reasons at work:

Changing arguments: At first the minister said that ships would go elsewhere; now she says that the pilots cost too much. The harbours believe neither of the two arguments.

A slow answer from pilots: The pilots were surprised by the plan of the minister. Now that they count the cost of sharing, they ask why it should be needed at all.

Pressure from Rotterdam: The large harbour in the west is not waiting for the north to share its pilots, and offers them better pay.

Put together, it is easy to see why the harbours would rather wait for another minister than share their pilots with each other.

More from Harbour Media

People watch as a cook lifts the lid of a pot at the fair, Lyon, March 20, 2021.
REUTERS/Jo Miller

Soup is back on the tables of the land, and with it a quarrel over who has made it first.

Swimmers rest after the final, in Oslo, Norway, April 7, 2021
REUTERS/Max Roe

Two swimmers shared a medal that neither of them had wanted to share with anybody else.

A choir sings in the rain.
Ann Frampton

On April 13, ten choirs sang in the rain for a day and a night without getting tired of it.
"""


def test_an_analysis_with_a_row_of_labels_and_teasers_after_it():
    article = read(ANALYSIS)
    assert [(chunk.role, chunk.section) for chunk in article.chunks[:7]] == [
        ("heading", None),
        ("body", None),
        ("body", None),
        ("body", "Changing arguments"),
        ("body", "A slow answer from pilots"),
        ("body", "Pressure from Rotterdam"),
        ("body", None),
    ]
    assert {chunk.role for chunk in article.chunks[7:]} == {"unrelated"}
    assert article.headline == "A North / South Rift Over Pilots?"
    assert article.publisher is None


def test_teasers_that_follow_without_a_word_are_found_by_form_and_words():
    story, _, teasers = ANALYSIS.partition("More from Harbour Media\n\n")
    chunks = read(story + teasers).chunks
    assert [chunk.role for chunk in chunks[:7]] == ["heading", *["body"] * 6]
    assert {(chunk.role, chunk.reason) for chunk in chunks[7:]} == {("unrelated", "teaser_run")}


def test_the_story_goes_on_after_a_pointer_to_other_stories_inside_it():
    story = AGENCY.split("\n\n")
    text = "\n\n".join(
        [*story[3:5], "Related stories", "Cook wins prize for soup", *story[6:8], story[9]]
    )
    assert roles(text) == [
        ("body", None),
        ("body", None),
        ("unrelated", "after_marker"),
        ("unrelated", "after_marker"),
        ("body", None),
        ("body", None),
        ("body", None),
    ]


def test_a_story_with_sections_of_its_own_is_not_taken_for_teasers():
    text = """Four questions about the pilots

The minister wants the harbours to share their pilots, and the harbours refuse to do so.

She said so again on Monday, in a letter to the harbours that the pilots were shown.

The harbours answered within the hour that their pilots were not for sharing.

Nobody knows what the minister will do, and she does not say so herself.

Who pays

Taxes cover a third of the quays, while tolls and rents from warehouses bring in the remainder.

Who loses

Small fishing towns far away would see fewer visitors, hotels say, and lower prices for herring.

Who decides

Judges may have the last word, since a contract of 1950 gives mayors a veto over transfers."""
    assert [role for role, _ in roles(text)] == [
        "heading", "body", "body", "body", "body",
        "heading", "body", "heading", "body", "heading", "body",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Skip to content", "navigation"),
        ("ADVERTISEMENT", "advertising"),
        ("Article continues after advertisement", "advertising"),
        ("Share on Facebook", "share"),
        ("Print this article", "share"),
        ("Read more: Pilots of the south share their boats", "read_more"),
        ("Sign up for our daily newsletter", "sign_up"),
        ("We use cookies to make this site work better for you.", "cookie_notice"),
        ("Loading...", "loading"),
        ("Leave a comment", "comments"),
        ("Report a typo", "error_report"),
        ("© 2021 Harbour Media. All rights reserved.", "legal"),
        ("(Reporting by Jo Miller; Editing by Max Roe)", "desk_line"),
        ("Jo Miller in Oslo contributed to this report.", "desk_line"),
    ],
)
def test_a_site_s_own_line_inside_the_story_is_boilerplate(line, rule):
    story = AGENCY.split("\n\n")
    assert roles("\n\n".join([story[3], line, story[4], story[6], story[7]])) == [
        ("body", None),
        ("boilerplate", rule),
        ("body", None),
        ("body", None),
        ("body", None),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry said that its website uses cookies without the consent of those who visit it.",
        "“Sign up for our newsletter,” the minister told the pilots, who laughed at her for it.",
        "Advertisement is what the pilots call the letter of the minister to the harbours.",
        "Comments by the minister on the pilots were not welcome in the harbours on Monday.",
        "Related industries would lose thousands of jobs, the minister wrote to the harbours.",
        "Share prices of the harbours fell on Monday by a third, and by more on Tuesday.",
    ],
)
def test_a_sentence_about_such_things_is_body(sentence):
    story = AGENCY.split("\n\n")
    assert roles("\n\n".join([story[3], sentence, story[4]])) == [("body", None)] * 3


@pytest.mark.parametrize(
    "note",
    [
        "[This article was written before the strike of the pilots began in March.]",
        "Editor's note: The minister has since resigned, and the plan with her.",
        "Correction: The harbour of Kiel has two quays, not three.",
        "This story has been updated with a comment from the pilots.",
    ],
)
def test_an_editor_s_note_is_known_by_its_brackets_or_its_name(note):
    story = AGENCY.split("\n\n")
    assert [role for role, _ in roles(f"{note}\n\n{story[3]}\n\n{note}")] == [
        "editor-note", "body", "editor-note",
    ]  # fmt: skip


def test_a_quotation_that_opens_with_a_bracket_is_body():
    assert roles('"[C]ranes [must] be lower, or the quay will sink," the pilot said.') == [
        ("body", None)
    ]


def test_a_line_that_introduces_speech_is_no_heading():
    text = (
        "The pilots met at noon on Monday.\n\nThe minister said:\n\nWe will share the pilots, soon."
    )
    assert [role for role, _ in roles(text)] == ["body", "body", "body"]


def test_a_text_of_one_line_is_body():
    assert roles("Pilots wait for ships") == [("body", None)]


@pytest.mark.parametrize(
    ("headline", "line", "authors"),
    [
        ("The harbour closes", "By Ana Lin and Tom Voss", ("Ana Lin", "Tom Voss")),
        ("Der Hafen schließt", "Von Ana Lin und Tom Voss", ("Ana Lin", "Tom Voss")),
        ("Le port ferme", "Par Ana Lin", ("Ana Lin",)),
        ("El puerto cierra", "Por Ana Lin", ("Ana Lin",)),
        ("Der Hafen schließt", "Von Kiel nach Tarn fährt kein Schiff", ()),
    ],
)
def test_a_byline_below_a_short_headline_names_the_authors(headline, line, authors) -> None:
    story = "Der Hafen von Tarn hat am Dienstag geschlossen, sagte der Minister in der Stadt."
    article = read(f"{headline}\n\n{line}\n\n{story}\n\nEr öffnet im Frühjahr wieder.")
    assert article.authors == authors
    assert article.headline == (headline if authors else line)
