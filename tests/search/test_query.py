from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.query import (
    FIELD_HELP,
    MAX_LEAVES,
    MAX_LENGTH,
    And,
    Field,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    as_typed,
    leaves,
    parse,
    quote_value,
    to_text,
)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("huawei", Word("huawei")),
        ("huawei ban", And((Word("huawei"), Word("ban")))),
        ("huawei AND ban", And((Word("huawei"), Word("ban")))),
        ("a OR b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("a -b", And((Word("a"), Not(Word("b"))))),
        ("a NOT (b c)", And((Word("a"), Not(And((Word("b"), Word("c"))))))),
        ("a --b", And((Word("a"), Word("b")))),
        ("well-known 5-G", And((Word("well-known"), Word("5-G")))),
        ('"share information"', Phrase("share information")),
        ("“share  information”", Phrase("share information")),
        ("«l’accord»", Phrase("l’accord")),
        ('"AND"', Phrase("AND")),
        ("restrict*", Prefix("restrict")),
        ("pompoe~", Fuzzy("pompoe", 1)),
        ("pompoe~2", Fuzzy("pompoe", 2)),
        ("country:GB", Field("country", "GB")),
        ("COUNTRY:britain", Field("country", "britain")),
        ('speaker:"Mike Pompeo"', Field("speaker", "Mike Pompeo")),
        ("speaker:“Mike Pompeo”", Field("speaker", "Mike Pompeo")),
        ("speaker:pomp*", Field("speaker", "pomp", prefix=True)),
        ('speaker:"mike pom"*', Field("speaker", "mike pom", prefix=True)),
        ("-country:GB x", And((Not(Field("country", "GB")), Word("x")))),
        ("12:30", Word("12:30")),
        ("and or not", And((Word("and"), Word("or"), Word("not")))),
        ("a\x00b\tc", And((Word("a"), Word("b"), Word("c")))),
    ],
)
def test_a_query_is_read_as_it_is_meant(text: str, root: Node) -> None:
    assert parse(text) == Query(root)


@pytest.mark.parametrize(
    ("text", "root", "hint"),
    [
        ('"share', Phrase("share"), "a closing quotation mark is missing"),
        ("(a", Word("a"), "a closing parenthesis is missing"),
        ("a) b", And((Word("a"), Word("b"))), "a closing parenthesis has no opening one"),
        ("a OR", Word("a"), "OR wants something on both sides"),
        ("a AND", Word("a"), "AND wants something on both sides"),
        ("AND OR NOT", None, "AND, OR and NOT want words beside them"),
        ("NOT", None, "NOT and minus want a word after them"),
        ("-a", Not(Word("a")), "say what to look for too: leaving out alone finds nothing"),
        ("country: a", Word("a"), "country: wants a value, such as country:GB"),
        ("before:*", None, "before: wants a value, such as before:2019-03"),
        ("* a", Word("a"), "* wants the beginning of a word before it"),
        (
            "colour:red",
            Word("colour:red"),
            f"there is no field “colour”; fields are {', '.join(FIELD_HELP)}",
        ),
    ],
)
def test_what_makes_no_sense_is_passed_over_with_a_hint(
    text: str, root: Node | None, hint: str
) -> None:
    query = parse(text)
    assert query.root == root
    assert hint in query.hints


@pytest.mark.parametrize("text", ["", "   ", "()", "-", "—", '""', "* * *", ":", "~"])
def test_what_asks_for_nothing_has_no_tree(text: str) -> None:
    assert parse(text).root is None


def test_a_very_long_query_is_cut_with_a_hint() -> None:
    query = parse("word " * 2000)
    assert len(list(leaves(query.root))) == MAX_LEAVES
    assert query.hints == (
        f"only the first {MAX_LENGTH:,} characters were searched",
        f"only the first {MAX_LEAVES} words were searched",
    )


def test_ten_thousand_parentheses_are_no_danger() -> None:
    assert parse("(" * 10_000 + "a").root is None
    assert "nested too deeply" in parse("(" * 50 + "a").hints[0]


words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=8
)
pieces = st.one_of(
    words,
    st.sampled_from(
        ["AND", "OR", "NOT", "(", ")", "-", '"', "“", "*", "~", "~2", " ", ":", "country:", "tag:"]
    ),
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(" ".join)))
def test_any_text_is_read_and_written_so_that_it_reads_the_same(text: str) -> None:
    query = parse(text)
    assert parse(to_text(query)).root == query.root
    assert to_text(parse(to_text(query))) == to_text(query)


def test_leaves_are_what_a_hit_may_have() -> None:
    root = parse("a (b OR country:GB) -c").root
    assert list(leaves(root)) == [Word("a"), Word("b"), Field("country", "GB")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("huaw", "huaw*"),
        ("huawei brit", "huawei brit*"),
        ("huawei ", "huawei "),
        ("speaker:pom", "speaker:pom*"),
        ("before:2019", "before:2019"),
        ('"share inf', '"share inf'),
        ("a OR", "a OR"),
        ("restrict*", "restrict*"),
        ("(ban", "(ban*"),
        ("", ""),
    ],
)
def test_the_word_being_typed_is_a_beginning(typed: str, meant: str) -> None:
    assert as_typed(typed) == meant


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("GB", "GB"),
        ("Financial Times", '"Financial Times"'),
        ('The "Sun"', '"The Sun"'),
        ("what*", '"what*"'),
    ],
)
def test_a_value_is_quoted_where_it_must_be(value: str, written: str) -> None:
    assert quote_value(value) == written
