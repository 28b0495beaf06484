import pytest

from briefing.ingest import to_article

STORY = "The pilots met at noon on Monday, and the minister was not there."


def section(paragraph: str) -> str | None:
    text = f"{STORY}\n\n{paragraph}"
    chunk = to_article(text.encode(), name="a.txt", added="2026-01-01T00:00:00Z").chunks[1]
    assert chunk.text == paragraph
    return chunk.section


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("Why it matters: The pilots may leave.", "Why it matters"),
        ("But, but, but: The pilots may leave.", "But, but, but"),
        ("The bottom line:\u00a0The pilots may leave.", "The bottom line"),
        ("Background: The pilots came in 1950.", "Background"),
        ("A slow-moving answer from Kiel: The pilots wait.", "A slow-moving answer from Kiel"),
    ],
)
def test_a_run_in_label_gives_its_paragraph_a_section_and_stays_in_the_text(paragraph, label):
    assert section(paragraph) == label


@pytest.mark.parametrize(
    "paragraph",
    [
        "Berg: We will not share the pilots.",
        "The minister said: We will share the pilots.",
        "He named three: the pilots, the quay and the crane.",
        "At 12:30 the pilots left the harbour.",
        "The pilots (all of them): gone by noon.",
        "lower case: the pilots may leave.",
        "Prime Minister Berg: The pilots may leave.",
    ],
)
def test_a_colon_after_speakers_and_in_sentences_makes_no_label(paragraph):
    assert section(paragraph) is None


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        (
            "<b>Was folgt:</b> Die Lotsen warten nun auf die Antwort aus der Hauptstadt.",
            "Was folgt",
        ),
        ("<b>Die Lotsen warten</b> nun auf die Antwort aus der alten Hauptstadt.", None),
        ("Die Lage ist überall gleich: Die Lotsen warten nun auf die Antwort.", None),
    ],
)
def test_beyond_english_a_label_is_in_bold_and_a_mark_ends_it(paragraph, label):
    story = "Die Lotsen trafen sich am Montag im Hafen, und der Minister war nicht dabei gewesen."
    page = f"<html><body><article><p>{story}</p><p>{paragraph}</p></article></body></html>"
    article = to_article(page.encode(), name="a.html", added="2026-01-01T00:00:00Z")
    assert article.language == "de"
    assert article.chunks[-1].section == label


def test_a_label_holds_until_the_next_heading():
    text = f"""The pilots of Kiel

{STORY}

Why it matters: The pilots may leave.

They said so in a letter to the ministry.

What comes next

The ministry will answer the letter of the pilots."""
    chunks = to_article(text.encode(), name="a.txt", added="2026-01-01T00:00:00Z").chunks
    assert [chunk.section for chunk in chunks] == [
        None, None, "Why it matters", "Why it matters", None, "What comes next",
    ]  # fmt: skip
