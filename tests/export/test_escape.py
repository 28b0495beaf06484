from __future__ import annotations

import re
import unicodedata
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from briefing.export.escape import (
    carried,
    count_lost,
    escape,
    escape_line,
    escape_marked,
    escape_prose,
)

COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("gfm-like").use(footnote_plugin).use(tasklists_plugin)
EXTENDED = (
    MarkdownIt("js-default", {"linkify": True, "html": True})
    .use(footnote_plugin)
    .use(dollarmath_plugin)
    .use(sub_plugin)
    .use(superscript_plugin)
)
READERS = pytest.mark.parametrize(
    "reader", [COMMONMARK, GITHUB, EXTENDED], ids=["commonmark", "github", "extended"]
)

SIGNS = st.sampled_from(list(r"""\`*_{}[]<>#|~^$@&%=!:+-.()"'""" + " \n\t1aiw/"))
NASTY = st.one_of(
    st.text(SIGNS, max_size=40),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.lists(
        st.sampled_from(
            ["[[x]]", "[^1]", "[^1]: ", "$$x$$", "<b>", "<!--", "&copy;", "&#65;", "@doe99", "#tag",
             "http://a.b/c", "www.a.com", "a@b.com", ":smile:", "%%x%%", "==x==", "~~x~~", "H~2~O",
             "---", "===", "***", "1. ", "(1) ", "a. ", "iv) ", "- ", "+ ", ": ", "> ", "# ",
             "| a |", "```", "~~~", "    ", "\t", "\n", "\n\n", "\r\n", "\\", "\\\n", "  \n",
             "- [ ] ", "!", "[x](y)", "![x](y)", "\u00a0", "\u2003", "word", "é", "。"]
        ),
        max_size=8,
    ).map("".join),
)  # fmt: skip


def only_text(tokens: list[Token] | None) -> str:
    """Return the text of inline tokens, and fail on any that is more than text."""
    found = []
    for token in tokens or []:
        assert token.type in {"text", "softbreak"}, token
        found.append("\n" if token.type == "softbreak" else token.content)
    return "".join(found)


def blocks(reader: MarkdownIt, markdown: str) -> list[Token]:
    return [token for token in reader.parse(markdown) if token.type != "footnote_block_open"]


@READERS
@given(text=NASTY)
@example(text="1) one")
@example(text="www.example.com! http://a.b")
@example(text="0.AL or tide.example, and norway.no")
@example(text="\u00a0 - x \u3000")
@example(text=" ")
@settings(max_examples=400, deadline=None)
def test_a_quote_rendered_back_is_the_stored_text(reader: MarkdownIt, text: str) -> None:
    tokens = reader.parse(f"> {escape_line(text)}\n")
    inline = [token for token in tokens if token.type == "inline"]
    kinds = [token.type for token in tokens]
    if not carried(text):
        assert inline == []
        return
    assert kinds == [
        "blockquote_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "blockquote_close",
    ]
    assert only_text(inline[0].children) == carried(text)


@READERS
@given(text=NASTY)
@settings(max_examples=300, deadline=None)
def test_a_heading_rendered_back_is_the_stored_text(reader: MarkdownIt, text: str) -> None:
    tokens = reader.parse(f"# {escape(text)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert only_text(tokens[1].children) == carried(text)


@pytest.mark.parametrize("reader", [GITHUB, EXTENDED], ids=["github", "extended"])
@given(cells=st.tuples(NASTY, NASTY))
@settings(max_examples=300, deadline=None)
def test_a_table_cell_rendered_back_is_the_stored_text(
    reader: MarkdownIt, cells: tuple[str, str]
) -> None:
    one, other = cells
    tokens = reader.parse(f"| a | b |\n| :-- | --: |\n| {escape(one)} | {escape(other)} |\n")
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 4
    assert [only_text(token.children) for token in inline[2:]] == [carried(one), carried(other)]


@READERS
@given(text=NASTY)
@settings(max_examples=300, deadline=None)
def test_a_list_item_rendered_back_is_the_stored_text(reader: MarkdownIt, text: str) -> None:
    tokens = reader.parse(f"- **x**: “{escape(text)}”\n")
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 1
    children = [
        token
        for token in inline[0].children or []
        if token.type not in {"strong_open", "strong_close"}
    ]
    assert only_text(children) == f"x: “{carried(text)}”"


@given(text=NASTY)
@settings(max_examples=300, deadline=None)
def test_html_made_of_the_markdown_shows_the_stored_text(text: str) -> None:
    html = COMMONMARK.render(f"x{escape(text)}x")
    assert unescape(re.fullmatch(r"<p>(.*)</p>\n", html, re.DOTALL)[1]) == f"x{carried(text)}x"


@given(text=st.text(max_size=60))
def test_what_comes_out_is_one_line_without_hidden_characters(text: str) -> None:
    markdown = escape_line(text)
    assert "\n" not in markdown
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in markdown)
    markdown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("It's a plain sentence, with 5G - and (brackets).", None),
        ("At 10:30 a.m. “we” said: no", None),
        ("a|b", r"a\|b"),
        ("see [[note]] and [^1]", r"see \[\[note\]\] and \[^1\]".replace("^", r"\^")),
        ("@doe99 on #huawei", r"\@doe99 on \#huawei"),
        ("H~2~O is 5$ or x^2^", r"H\~2\~O is 5\$ or x\^2\^"),
        ("AT&T", r"AT\&T"),
        ("Yahoo!", r"Yahoo\!"),
        ("<script>", r"\<script\>"),
        ("https://example.com", r"https\:\//example\.com"),
        ("www.example.com", r"www\.example\.com"),
        ("%%hidden%% ==lit==", r"\%\%hidden\%\% \=\=lit\=\="),
        ("one\n \ntwo\tthree", "one two&#9;three"),
        ("soft\u00adhyphen", "soft\u00adhyphen"),
        ("\u00a0x ", "&#160;x&#32;"),
        ("red\x1b[31m", r"red\[31m"),
        ("abc\u202edef", "abc&#8238;def"),
        ("lone\ud800", "lone"),
    ],
)
def test_signs_are_escaped_and_plain_prose_is_not(text: str, markdown: str | None) -> None:
    assert escape(text) == (text if markdown is None else markdown)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("---", r"\---"),
        ("===", r"\=\=\="),
        (": definition", r"\: definition"),
        ("1. one", r"1\. one"),
        ("2019) one", r"2019\) one"),
        ("(iv) four", r"(iv\) four"),
        ("A. Smith", r"A\. Smith"),
        ("1.5 percent", "1.5 percent"),
        ("In 2019. It", "In 2019. It"),
        ("# heading", r"\# heading"),
    ],
)
def test_a_line_never_begins_a_block(text: str, markdown: str) -> None:
    assert escape_line(text) == markdown


def test_prose_keeps_its_paragraphs_and_lines() -> None:
    assert escape_prose("One\n- two\n\n\n\n# three\n") == "One\n\\- two\n\n\\# three"


@pytest.mark.parametrize("text", ["a\x00b\x1b[1mc\x85\ud800", "\x7f"])
def test_what_cannot_be_carried_is_left_out_and_counted(text: str) -> None:
    assert count_lost(text) == len(text) - len(carried(text))
    assert carried(text).isprintable()


SENTENCE = "She said “no ban” – or [so] he told us."


@pytest.mark.parametrize(
    ("marked", "markdown"),
    [
        ("no ban", "She said “**no ban**” – or \\[so\\] he told us."),
        (" no ban", "She said “**no ban**” – or \\[so\\] he told us."),
        ("no", "She said “**no** ban” – or \\[so\\] he told us."),
        ("[so]", "She said “no ban” – or **\\[so\\]** he told us."),
        ("us.", "She said “no ban” – or \\[so\\] he told **us.**"),
        ("She", "**She** said “no ban” – or \\[so\\] he told us."),
    ],
)
def test_a_fragment_is_bold_within_its_sentence(marked: str, markdown: str) -> None:
    start = SENTENCE.find(marked) if marked.strip() == marked else SENTENCE.index("no")
    assert escape_marked(SENTENCE, [(start, start + len(marked.strip()))]) == markdown


def test_words_that_markdown_cannot_part_are_bold_as_a_whole() -> None:
    assert escape_marked("a(b)c d", [(1, 4)]) == "**a(b)c** d"
    assert escape_marked("x yz x", [(2, 3), (3, 4)]) == "x **yz** x"


def test_a_fragment_that_begins_at_the_break_of_a_line_is_bold() -> None:
    assert escape_marked("one  \ntwo three", [(5, 9)]) == "one **two** three"
    assert escape_marked("\n  1", [(1, 4)]) == "&#32;**1**"


@READERS
@given(text=NASTY, data=st.data())
@settings(max_examples=150, deadline=None)
def test_bold_changes_no_word_and_covers_its_fragment(
    reader: MarkdownIt, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    tokens = reader.parse(f"> x {escape_marked(text, [(start, end)])} x\n")
    (inline,) = [token for token in tokens if token.type == "inline"]
    bold, plain, is_bold = "", "", False
    for child in inline.children or []:
        if child.type in {"strong_open", "strong_close"}:
            is_bold = child.type == "strong_open"
            continue
        assert child.type in {"text", "softbreak"}, child
        plain += child.content
        bold += child.content * is_bold
    assert plain == f"x {carried(text)} x"
    assert carried(text[start:end]).strip() in bold
