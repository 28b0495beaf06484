"""Links: only addresses of the web, and those to words open a page at these words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.export.escape import LEAST_WORDS, WHOLE_WORDS, link_to_words, web_link

COMMONMARK = MarkdownIt("commonmark")
PAGE = "https://example.com/ferry"


@pytest.mark.parametrize(
    ("url", "markdown"),
    [
        ("https://example.com/a?b=c&d=1#e", "<https://example.com/a?b=c&d=1#e>"),
        ("https://example.com/a_(b)|c", "<https://example.com/a_%28b%29%7Cc>"),
        ("https://example.com/é", "<https://example.com/%C3%A9>"),
        ("https://example.com/%20x", "<https://example.com/%20x>"),
        ("javascript:alert(1)", r"javascript\:alert(1) (not a web address)"),
        ("https://exa mple.com", r"https\:\//exa mple\.com (not a web address)"),
        ("https://a.b/>\n<b>", r"https\:\//a.b/\> \<b\> (not a web address)"),
        ("http://[bad", r"http\:\//\[bad (not a web address)"),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, markdown: str | None) -> None:
    assert web_link(url) == markdown


@given(path=st.text(max_size=30))
@settings(deadline=None)
def test_a_link_holds_nothing_but_its_address(path: str) -> None:
    link = web_link(f"https://example.com/{path}")
    assert link is not None
    if link.startswith("<"):
        (paragraph,) = [token for token in COMMONMARK.parse(link) if token.type == "inline"]
        kinds = [token.type for token in paragraph.children or []]
        assert kinds == ["link_open", "text", "link_close"]


@pytest.mark.parametrize(
    ("url", "directive"),
    [
        (PAGE, "#:~:text=The%20ferry%20stays."),
        (PAGE + "#top", "#top:~:text=The%20ferry%20stays."),
        (PAGE + "#top:~:text=old", "#top:~:text=The%20ferry%20stays."),
        (PAGE + "?a=b", "?a=b#:~:text=The%20ferry%20stays."),
    ],
)
def test_a_link_opens_a_page_at_the_words(url: str, directive: str) -> None:
    link = link_to_words(url, "The ferry stays. Or not.", 0, 16)
    assert link == PAGE + directive


@pytest.mark.parametrize("url", [None, "file:///home/ana/a.html", "javascript:alert(1)"])
def test_what_is_no_page_of_the_web_has_no_link_to_words(url: str | None) -> None:
    assert link_to_words(url, "The ferry stays.", 0, 16) is None


def test_signs_that_part_terms_are_encoded() -> None:
    words = "Crew-only, salt & tar"
    link = link_to_words(PAGE, words, 0, len(words))
    assert link == f"{PAGE}#:~:text=Crew%2Donly%2C%20salt%20%26%20tar"


def test_of_many_words_the_first_and_the_last_stand_in_the_link() -> None:
    text = "Before it. One two three four five six seven eight nine ten. After it."
    link = link_to_words(PAGE, text, 11, 60)
    assert link == f"{PAGE}#:~:text=One%20two%20three%20four,seven%20eight%20nine%20ten."


def test_words_that_stand_earlier_too_take_more_words_or_what_stands_before() -> None:
    text = "One two three four, no. One two three four five six seven eight nine."
    link = link_to_words(PAGE, text, 24, len(text))
    assert link is not None
    assert "text=One%20two%20three%20four%20five,six" in link
    twice = "It stays. And they said: It stays."
    assert (
        link_to_words(PAGE, twice, 25, 34)
        == f"{PAGE}#:~:text=stays.%20And%20they%20said%3A-,It%20stays."
    )


WORDS = st.lists(st.sampled_from(["a", "b-c", "d,", "e&f", "né", "(g)", "“h”", "i."]), min_size=1)


@given(before=WORDS, words=WORDS, after=WORDS)
@settings(deadline=None)
def test_a_browser_finds_the_words_first_where_they_stand(
    before: list[str], words: list[str], after: list[str]
) -> None:
    """Follow the steps of the specification over the text of a page."""
    text = "  ".join([*before, *words, *after])
    start = len("  ".join(before)) + 2
    link = link_to_words(PAGE, text, start, start + len("  ".join(words)))
    assert link is not None
    terms = link.removeprefix(f"{PAGE}#:~:text=").split(",")
    prefix = unquote(terms.pop(0)[:-1]) if terms[0].endswith("-") else None
    page = " ".join(text.split())
    at = page.find(f"{prefix} {unquote(terms[0])}" if prefix else unquote(terms[0]))
    assert at >= 0
    assert 1 <= len(terms) <= 2
    assert (len(terms) == 2) == (len(words) > WHOLE_WORDS)
    assert len(unquote(terms[0]).split()) >= min(len(words), LEAST_WORDS)
    whole = " ".join(words)
    assert unquote(terms[0]) == whole[: len(unquote(terms[0]))]
    assert unquote(terms[-1]) == whole[-len(unquote(terms[-1])) :]
