"""Anybody's draft against stored articles: every kind of slip is told from what is sound."""

from __future__ import annotations

import pytest

from briefing.annotate.pipeline import annotate
from briefing.compare.word_alignment import marked_parts
from briefing.errors import InputError
from briefing.export.draft_checking import CheckedQuotation, check_draft
from briefing.export.draft_quotes import MAX_BYTES, read_draft
from briefing.ingest import to_article
from briefing.model import Article

GAZETTE = """\
Norway weighs a toll at sea

Harbour Gazette, 3 March 2021

Norway is thinking of a toll for ships that pass the strait, its ministers said on Wednesday.

“We will never close the strait to anybody, but whoever sails through it must pay,” said Ingrid \
Solbakk, Norway’s transport minister. “The toll is 3.5 crowns a tonne,” she added.

Danish skippers were furious. “This is a tax on the weather,” said Mads Holm, chairman of the \
Danish skippers’ union.

A Swedish official said that Stockholm saw “no reason whatsoever to pay”.

The strait is eleven miles wide and frozen in most winters.
"""
COURIER = """\
Skippers turn back at the strait

Tide Courier, 9 March 2021

Eleven ships turned back on Monday. “Nobody told us what it costs,” said Pia Lund, who owns two \
of them.
"""


def article(text: str, name: str, url: str) -> Article:
    made = to_article(text.encode(), name=name, added="2026-01-01T00:00:00Z")
    return annotate(made.__class__(**{**_fields(made), "url": url}))


def _fields(made: Article) -> dict[str, object]:
    return {name: getattr(made, name) for name in made.__struct_fields__}


ARTICLES = [
    ("toll", article(GAZETTE, "gazette.txt", "https://gazette.example/toll")),
    ("toll", article(COURIER, "courier.txt", "https://courier.example/ships")),
]


def check(draft: str, name: str = "draft.md") -> tuple[CheckedQuotation, ...]:
    return check_draft(read_draft(draft.encode(), name), ARTICLES).quotations


def only(draft: str, name: str = "draft.md") -> CheckedQuotation:
    (found,) = check(draft, name)
    return found


SLIPS = """\
# The toll

Solbakk said: “We will never close the channel to anybody, but whoever sails through it must pay.”

“We will close the strait to anybody, but whoever sails through it must pay,” Ingrid Solbakk said.

“This is a tax on the weather,” said Ingrid Solbakk.

“Whoever is against us will drown in the harbour,” said Mads Holm.

“The toll is 35 crowns a tonne,” said Ingrid Solbakk.

“The toll is 3.5 crowns a tonne … This is a tax on the weather”, it was said.

“The strait is eleven miles wide and frozen in most winters,” said Mads Holm.

Mr Holm called it “a tax on the weather”.[^1]

According to [the Courier](https://courier.example/ships), there is “no reason whatsoever to pay”.

A Chinese official saw “no reason whatsoever to pay”.

> Whoever sails through it must pay, but we will never close the strait to anybody.

[^1]: Tide Courier, 9 March 2021.
"""


def test_ten_kinds_of_slip_are_told_apart() -> None:
    found = check(SLIPS)
    assert [
        (one.line, one.verdict, one.marked, one.misattributed, one.other_source) for one in found
    ] == [
        (3, "changed", False, False, False),
        (5, "cut", False, False, False),
        (7, "exact", True, True, False),
        (9, "not found", False, False, False),
        (11, "changed", False, False, False),
        (13, "cut", True, True, False),
        (15, "exact", True, True, False),
        (17, "exact", True, False, True),
        (19, "exact", True, False, True),
        (21, "exact", True, True, False),
        (23, "not found", False, False, False),
    ]
    assert not any(one.is_sound for one in found)
    assert [speaker.name for speaker in found[2].speakers] == ["Mads Holm"]
    assert [speaker.name for speaker in found[5].speakers] == ["Ingrid Solbakk", "Mads Holm"]
    assert "We will never close the strait" in (found[10].passage or "")
    assert found[6].held_as == "text"
    assert found[7].sources == ("Harbour Gazette",)


def test_a_changed_word_and_a_word_left_out_are_shown() -> None:
    changed, cut, *_ = check(SLIPS)
    assert "the [-strait-]{+channel+} to anybody" in marked_parts(changed.parts)
    assert "We will [-never-] close" in marked_parts(cut.parts, hide_cuts=False)


@pytest.mark.parametrize(
    "draft",
    [
        '"We will never close the strait to anybody, but whoever sails through it must pay"',
        "«We will never close the strait to anybody»",
        "‘We will never close the strait to anybody’",
        "“[W]e will never close the strait to anybody”",
        "“We will ne\u00adver close the\u00a0strait\nto anybody”",
        "“We will **never** close _the_ strait to anybody”",
        "&ldquo;We will never close the strait to <em>anybody</em>&rdquo;",
        "> We will never close the strait to anybody",
        "> “We will never close the strait to anybody,” he said.\n>\n> — **Ingrid Solbakk**",
        "Solbakk: “We will never close the strait … whoever sails through it must pay”",
        "“whoever sails through it must pay [...] The toll is 3.5 crowns a tonne”",
        "“We will never close the strait to anybody” (https://www.gazette.example/toll#:~:text=We)",
        "“We will never close the strait to anybody”[^a]\n\n[^a]: <https://gazette.example/toll/>",
        "“We will never close the strait to anybody” [@harbour-gazette-2021-03-03, p. 2]",
        "“This is a tax on the weather” — Mads Holm, chairman of a union",
        "The Danish union’s chairman said, “This is a tax on the weather.”",
        "Sweden saw “no reason whatsoever to pay”.",
        "Ana Bell spoke.\n\n- tagged two-readings, on “a tax on the weather”",
        "> Skippers were furious. “This is a tax on the weather,” said Mads\n>\n> — Mads Holm",
        "The paper, “Norway weighs a toll at sea”, is short.",
    ],
)
def test_what_only_typography_or_an_ellipsis_parts_from_the_text_is_sound(draft: str) -> None:
    assert [one.is_sound for one in check(draft)] == [True]


def test_marks_of_another_language_part_a_quotation_from_the_words_behind_it() -> None:
    draft = (
        "Der Verkehrsminister nannte die Gebühr am Mittwoch in Oslo „eine Steuer auf das Wetter“. "
        "Niemand habe den Schiffern gesagt, was das kosten werde, so der Verband in der Stadt."
    )
    assert [one.text for one in check(draft)] == ["eine Steuer auf das Wetter"]


@pytest.mark.parametrize("draft", ["<p>“We will never close the strait to anybody”</p>"])
def test_a_page_is_read_too(draft: str) -> None:
    page = f"<!doctype html><html><body><h1>The toll</h1>{draft}</body></html>"
    assert only(page, "draft.html").verdict == "exact"


def test_a_wrapped_plain_text_is_read_by_paragraphs() -> None:
    draft = "The minister\nsaid “We will\nnever close the strait\nto anybody” and left.\n"
    assert only(draft, "draft.txt").verdict == "exact"


def test_whether_the_words_stand_there_character_for_character_is_kept() -> None:
    assert only("“no reason whatsoever to pay”").verbatim
    assert not only("“[N]o reason whatsoever to pay”").verbatim


def test_words_that_are_no_quote_in_the_article_are_told() -> None:
    found = only("It is known as “frozen in most winters”.")
    assert (found.verdict, found.held_as, found.is_sound) == ("exact", "text", True)


def test_one_or_two_words_are_sound_whether_they_are_found_or_not() -> None:
    assert [(one.verdict, one.is_sound) for one in check("“the weather” and “polar bears”")] == [
        ("exact", True),
        ("too short", True),
    ]


def test_a_passage_that_is_near_is_named() -> None:
    found = only("“Nobody told us on the quay why such a thing costs”")
    assert found.verdict == "not found"
    assert found.passage is not None
    assert "Nobody told us" in found.passage


def test_front_matter_and_code_hold_no_quotations() -> None:
    draft = (
        '---\ntitle: "Nobody has ever said these words"\n---\n\n```\n"no such words here"\n```\n'
    )
    assert check(f"{draft}\n“This is a tax on the weather”")[0].line == 9
    assert len(check(f"{draft}\n“This is a tax on the weather”")) == 1


def test_a_source_of_a_numbered_list_is_the_one_that_a_footnote_means() -> None:
    draft = "“This is a tax on the weather”[^1]\n\n1. Tide Courier, 2021\n2. Harbour Gazette\n\n"
    assert not only(f"{draft}[^1]: Source 2, ¶ 3").other_source
    assert only(f"{draft}[^1]: Source 1, ¶ 3").other_source


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\x00\x01\x02" * 99, "binary"), (b"PK\x03\x04", "ZIP"), (b" ", "blanks")],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"draft\.md: .*{said}"):
        read_draft(data, "draft.md")


def test_a_draft_that_is_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="more than 5 MB"):
        read_draft(b"x" * (MAX_BYTES + 1), "draft.md")


def test_other_encodings_are_read() -> None:
    (found,) = read_draft("“a tax on the weather”".encode("cp1252"), "draft.txt")
    assert found.text == "a tax on the weather"


def test_marks_in_a_signature_and_words_that_look_like_a_notes_mark_are_no_fault() -> None:
    text = """The toll

“We ask for it,” said Pia Lund, the “toll” chief. “Take it,” she said.[^4] So it is.

“It is dear,” a captain said.
"""
    draft = r"""
> “We ask for it,” said Pia Lund, the “toll” chief.
>
> — **Pia Lund**, “toll” chief · source 1

> “Take it,” she said.\[\^4\] So it is.
>
> — **Pia Lund** · source 1

> “It is dear,” a captain said.
>
> — **Tide Courier captain** · source 1 \[1\]

1. The toll, undated.
"""
    held = [("toll", article(text, "a.txt", "https://a.example"))]
    checked = check_draft(read_draft(draft.encode(), "draft.md"), held).quotations
    assert [(each.text, each.is_sound) for each in checked] == [
        ("We ask for it,", True),
        ("toll", True),
        ("“Take it,” she said.[^4] So it is.", True),
        ("It is dear,", True),
    ]


@pytest.mark.parametrize(
    ("draft", "faults"),
    [
        # Every quotation of a signed paragraph has the note of its signature.
        (
            "> “The toll is 3.5 crowns a tonne,” she said. “We will never close the strait.”\n{}",
            "  ",
        ),
        ("> “This is a tax on the weather”\n>\n> — **Pia Lund**", "m"),
        (
            "> “A tax on the weather”\n>\n> — Mads Holm\n>\n> “Nobody told us”\n>\n> — Pia Lund",
            "  ",
        ),
        ("- Pia Lund owns ships.\n- “This is a tax on the weather,” he said.", " "),
        ("| Norway[^2] | “no reason whatsoever to pay” | x |\n| Sweden[^1] | dear | x |", " "),
        ("| Norway[^1] | “no reason whatsoever to pay” | x |", "o"),
        ("1. Harbour Gazette: “no reason whatsoever to pay”", " "),
        ("Such is “a tax on the weather”.[^3]", " "),
        ("Such is “Nobody told us what it costs”.[^3]", "o"),
        (r"“This is a tax on the \<b\> weather”", "c"),
        ("“This is a tax on <b>the</b> weather”", " "),
        ('- It is dear," he said, "a tax on the weather."', " "),
    ],
)
def test_each_row_item_and_signed_paragraph_is_judged_for_itself(draft: str, faults: str) -> None:
    items = "\n\n1. Tide Courier\n2. Harbour Gazette\n\n"
    notes = f"{items}[^1]: Source 1\n[^2]: Source 2\n[^3]: @g-x [2]\n"
    signed = ">\n> — **Ingrid Solbakk**, BBC analyst[^2]"
    found = check(draft.format(signed) + notes)
    assert faults == "".join(
        "m" * one.misattributed or "o" * one.other_source or " " * one.is_sound or one.verdict[0]
        for one in found
    )


def test_a_title_that_only_the_metadata_has_is_held() -> None:
    named = article(COURIER, "courier.txt", "https://courier.example/ships")
    titled = named.__class__(**{**_fields(named), "headline": "A “toll” nobody can pay"})
    draft = read_draft("The Courier’s “A “toll” nobody can pay” is short.".encode(), "draft.md")
    (found,) = check_draft(draft, [("toll", titled)]).quotations
    assert (found.held_as, found.verdict, found.place) == (
        "title",
        "exact",
        ("toll", titled.id, ""),
    )


def test_of_many_articles_with_a_word_the_one_that_is_named_is_found() -> None:
    texts = [f"Report {number}\n\nOf the strait and its toll.\n" for number in range(30)]
    held = [("toll", article(text, f"{text[:9]}.txt", "")) for text in texts]
    draft = "It was about “the strait”.[^1]\n\n[^1]: Report {}, undated."
    found = [
        check_draft(read_draft(draft.format(number).encode(), "draft.md"), held).quotations[0]
        for number in (3, 29, 99)
    ]
    assert [one.other_source for one in found] == [False, False, False]
    assert [one.place and one.place[1] for one in found][:2] == ["report-3", "report-29"]
