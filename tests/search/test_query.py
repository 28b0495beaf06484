from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.nodes import (
    FIELD_HELP,
    And,
    ExactPhrase,
    Field,
    FieldName,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Same,
    Word,
    leaves,
)
from briefing.search.parser import MAX_DISTANCE, MAX_LEAVES, MAX_LENGTH, as_typed, parse
from briefing.search.query import quote_value, to_text


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
        ('"share information"', ExactPhrase("share information")),
        ("“share  information”", ExactPhrase("share information")),
        ("«l’accord»", ExactPhrase("l’accord")),
        ('"AND"', ExactPhrase("AND")),
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
        ("a\tb\nc", And((Word("a"), Word("b"), Word("c")))),
        ("a or b And c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("OR-gate or-gate", And((Word("OR-gate"), Word("or-gate")))),
        ("or", Word("or")),
        ("\\and \\-5 \\tag:x", And((Word("and"), Word("-5"), Word("tag:x")))),
        (
            "U.S. e-mail 1,750 F-35s",
            And((Word("U.S."), Word("e-mail"), Word("1,750"), Word("F-35s"))),
        ),
        ("wait..what", Word("wait..what")),
    ],
)
def test_a_query_is_read_as_it_is_meant(text: str, root: Node) -> None:
    assert parse(text) == Query(root)


@pytest.mark.parametrize(
    ("text", "root", "hint"),
    [
        ('"share', ExactPhrase("share"), "a closing quotation mark is missing"),
        ("(a", Word("a"), "a closing parenthesis is missing"),
        ("a) b", And((Word("a"), Word("b"))), "a closing parenthesis has no opening one"),
        ("a OR", Word("a"), "OR needs something on both sides"),
        ("a AND", Word("a"), "AND needs something on both sides"),
        ("AND OR NOT", None, "AND, OR and NOT need words beside them"),
        ("NOT", None, "NOT and minus need a word after them"),
        ("-a", Not(Word("a")), "add something to search for: exclusions alone find nothing"),
        ("country: a", Word("a"), "country: needs a value, such as country:GB"),
        ("before:*", None, "before: needs a value, such as before:2019-03, not “*”"),
        ("tag:!!! a", Word("a"), "tag: needs a value, such as tag:telecoms, not “!!!”"),
        ("!!! a", Word("a"), "there is nothing to search for in “!!!”"),
        ('"—" a', Word("a"), "there is nothing to search for in “—”"),
        ('"" a', Word("a"), "there is nothing to search for in “”"),
        ("— ~", None, "there is nothing to search for in “—”"),
        ("a - b", And((Word("a"), Word("b"))), "a “-” before a space excludes nothing"),
        ("a () b", And((Word("a"), Word("b"))), "there is nothing between the parentheses"),
        ("or a", Word("a"), "OR needs something on both sides"),
        ("and a", Word("a"), "AND needs something on both sides"),
        (
            "a not b",
            And((Word("a"), Not(Word("b")))),
            '“not” was read as NOT; write "not" for the word',
        ),
        (
            "a\x00b",
            And((Word("a"), Word("b"))),
            "unprintable characters were read as spaces",
        ),
        ("h*wei", Word("h*wei"), "*, ~, ~1 and ~2 only work at the end of a word; see “h*wei”"),
        ("x~3", Word("x~3"), "*, ~, ~1 and ~2 only work at the end of a word; see “x~3”"),
        (
            '"inf* share"',
            ExactPhrase("inf* share"),
            "* has no effect in “inf* share”",
        ),
        (
            "tag:a~",
            Field("tag", "a~"),
            "~ has no effect in a field; tag: was searched for “a~”",
        ),
        (
            "countries:DE",
            Word("countries:DE"),
            "there is no field “countries”; did you mean country:?",
        ),
        (
            'colour:"red"',
            And((Word("colour:"), ExactPhrase("red"))),
            f"there is no field “colour”; fields are {', '.join(FIELD_HELP)}",
        ),
        ("same: a", Word("a"), "same: needs words right after it, such as same:(huawei ban)"),
        ("* a", Word("a"), "* needs the start of a word before it"),
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


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("ban NEAR huawei", Near((Word("ban"), Word("huawei")), 10)),
        ("ban NEAR/3 huawei", Near((Word("ban"), Word("huawei")), 3)),
        ("a NEAR/3 b NEAR/3 c*", Near((Word("a"), Word("b"), Prefix("c")), 3)),
        ('"ban of" NEAR/4 huawei', Near((Word("ban"), Word("of"), Word("huawei")), 4)),
        ('"ban huaw*"~5', Near((Word("ban"), Prefix("huaw")), 5)),
        ('"and near"~5', Near((Word("and"), Word("near")), 5)),
        ('"a b"~', Near((Word("a"), Word("b")), 10)),
        ("-a NEAR/2 b c", And((Not(Near((Word("a"), Word("b")), 2)), Word("c")))),
        ("near beirut", And((Word("near"), Word("beirut")))),
        ("near country:LB", And((Word("near"), Field("country", "LB")))),
        ("ban near", And((Word("ban"), Word("near")))),
        ("a Near b", And((Word("a"), Word("Near"), Word("b")))),
        ('"near"', ExactPhrase("near")),
    ],
)
def test_words_may_be_asked_for_near_each_other(text: str, root: Node) -> None:
    assert parse(text) == Query(root)


@pytest.mark.parametrize(
    ("text", "root", "hint"),
    [
        (
            "ban near/3 huawei",
            Near((Word("ban"), Word("huawei")), 3),
            '“near/3” was read as NEAR; write "near/3" for the word',
        ),
        (
            "(a b) NEAR c",
            And((Word("a"), Word("b"), Word("c"))),
            "NEAR needs words on both sides; it was read as AND",
        ),
        (
            "a NEAR country:GB",
            And((Word("a"), Field("country", "GB"))),
            "NEAR needs words on both sides; it was read as AND",
        ),
        (
            "a NEAR b~",
            And((Word("a"), Fuzzy("b"))),
            "NEAR needs words on both sides; it was read as AND",
        ),
        ("NEAR a", Word("a"), "NEAR needs words on both sides"),
        (
            "a NEAR/3 b NEAR/5 c",
            Near((Word("a"), Word("b"), Word("c")), 5),
            "several NEARs in a row were all read as NEAR/5",
        ),
        (
            '"a b"~999',
            Near((Word("a"), Word("b")), MAX_DISTANCE),
            "NEAR takes a distance from 1 to 100, not 999",
        ),
        (
            '"a"~5',
            ExactPhrase("a"),
            "~5 needs at least two words in quotation marks before it",
        ),
    ],
)
def test_what_cannot_stand_near_is_read_otherwise_with_a_hint(
    text: str, root: Node, hint: str
) -> None:
    assert parse(text) == Query(root, (hint,))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("same:(huawei ban)", Same(And((Word("huawei"), Word("ban"))))),
        ("SAME:(a OR b) c", And((Same(Or((Word("a"), Word("b")))), Word("c")))),
        ("-same:(a b) c", And((Not(Same(And((Word("a"), Word("b"))))), Word("c")))),
        ("same:(a -b)", Same(And((Word("a"), Not(Word("b")))))),
        ("same:country:DE,FR", Same(Or((Field("country", "DE"), Field("country", "FR"))))),
        ("same:word", Word("word")),
        ('same:"a phrase"', ExactPhrase("a phrase")),
        ("same:((a))", Word("a")),
        ("same:same:(a b)", Same(And((Word("a"), Word("b"))))),
    ],
)
def test_words_may_be_asked_for_in_the_same_passage(text: str, root: Node) -> None:
    assert parse(text) == Query(root)


def fields(name: FieldName, *values: str) -> tuple[Node, ...]:
    return tuple(Field(name, value) for value in values)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("country:DE,FR", Or(fields("country", "DE", "FR"))),
        ("country:DE, FR ban", And((Or(fields("country", "DE", "FR")), Word("ban")))),
        ("country:DE, speaker:x", And((Field("country", "DE"), Field("speaker", "x")))),
        ("country:DE, -x", And((Field("country", "DE"), Not(Word("x"))))),
        ("country:(DE OR FR)", Or(fields("country", "DE", "FR"))),
        ("country:(DE,FR)", Or(fields("country", "DE", "FR"))),
        ("country:(DE FR)", And(fields("country", "DE", "FR"))),
        ("country:(-DE)x", And((Not(Field("country", "DE")), Word("x")))),
        ("country:(DE (FR or -GB))", None),
        ('speaker:(mike OR "jim jones")', Or(fields("speaker", "mike", "jim jones"))),
        ('speaker:"Pompeo, Mike"', Field("speaker", "Pompeo, Mike")),
        ('speaker:"a","b c"', Or(fields("speaker", "a", "b c"))),
        ("speaker:(pomp* tag:x)", And((Field("speaker", "pomp", prefix=True), Field("tag", "x")))),
        ("headline:1,750", Field("headline", "1,750")),
        ("tag:5,1,750,x", Or(fields("tag", "5", "1,750", "x"))),
        ("voice:official", Field("voice", "official")),
    ],
)
def test_a_field_takes_several_values(text: str, root: Node | None) -> None:
    if root is None:
        either = Or((Field("country", "FR"), Not(Field("country", "GB"))))
        root = And((Field("country", "DE"), either))
    assert parse(text) == Query(root)


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("date:last week huawei", "last week", "huawei"),
        ("date:last 7 days huawei", "last 7 days", "huawei"),
        ("date:last huawei", "last", "huawei"),
        ("date:March 1987 oil", "March 1987", "oil"),
        ("date:march oil", "march", "oil"),
        ("date:15 March 1987 oil", "15 March 1987", "oil"),
        ("date:March 15, 1987 oil", "March 15, 1987", "oil"),
        ("date:March 1987..May 1987 oil", "March 1987..May 1987", "oil"),
        ("date:2019.. oil", "2019..", "oil"),
        ("date:..2019-03 oil", "..2019-03", "oil"),
        ("date:2019 2020", "2019", "2020"),
        ("date:15 oil", "15", "oil"),
        ('date:"last week" oil', "last week", "oil"),
        ("date:marching oil", "marching", "oil"),
        ("2019-01..2019-03 oil", "2019-01..2019-03", "oil"),
        ("1987..1990 oil", "1987..1990", "oil"),
    ],
)
def test_a_date_takes_as_many_words_as_make_one(text: str, date: str, rest: str) -> None:
    assert parse(text) == Query(And((Field("date", date), Word(rest))))


def test_dates_may_be_listed_and_grouped() -> None:
    both = Or(fields("before", "March 1987", "last week"))
    assert parse("before:March 1987, last week").root == both
    assert parse("before:(March 1987 or last week)").root == both
    assert parse("date:2019,2020").root == Or(fields("date", "2019", "2020"))


@pytest.mark.parametrize(
    "text", ["()", "-", "—", '""', "* * *", ":", "~", "!!!", "\\", "tag:,", ")"]
)
def test_what_asks_for_nothing_has_no_tree_and_a_hint(text: str) -> None:
    query = parse(text)
    assert query.root is None
    assert query.hints


@pytest.mark.parametrize("text", ["", "   "])
def test_a_blank_query_is_no_mistake(text: str) -> None:
    assert parse(text) == Query()


def test_a_very_long_query_is_cut_with_a_hint_that_names_what_was_left_out() -> None:
    query = parse("word " * 398 + "(dropped " + "last " * 2000)
    assert len(list(leaves(query.root))) == MAX_LEAVES
    assert [hint[:56] for hint in query.hints] == [
        f"only the first {MAX_LENGTH:,} characters were searched, not “last",
        f"only the first {MAX_LEAVES} words were searched, not “word word wo",
    ]
    listed = parse("tag:" + ",".join(f"t{n}" for n in range(70)))
    assert len(list(leaves(listed.root))) == MAX_LEAVES
    assert listed.hints[0].endswith("not “t60,t61,t62,t63,t64,t65,t66,t67,t68,t69”")


def test_ten_thousand_parentheses_are_no_danger() -> None:
    assert parse("(" * 10_000 + "a").root is None
    assert parse("country:(" * 1_000 + "a").root is None
    assert parse("same:" * 1_000 + "a") != Query()
    deep = parse("(" * 50 + "a" + ")" * 50 + " b")
    assert deep.root == Word("b")
    assert deep.hints[0].startswith("parentheses are nested too deeply; not searched: “((((")


words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=8
)
pieces = st.one_of(
    words,
    st.sampled_from(
        ["AND", "OR", "NOT", "(", ")", "-", '"', "“", "*", "~", "~2", " ", ":", "country:", "tag:"]
    ),
    st.sampled_from(["and", "or", "not", "near", "NEAR/3", "same:", "same:(", "date:", "tag:("]),
    st.sampled_from([",", "DE,FR", "last", "week", "March", "1987", "15", "..", "2019-01", "000"]),
    st.sampled_from(["before:", "\\", '"a b"~3', "~3", "headline:", "U.S."]),
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(" ".join)))
def test_any_text_is_read_and_written_so_that_it_reads_the_same(text: str) -> None:
    query = parse(text)
    assert parse(to_text(query)).root == query.root
    assert to_text(parse(to_text(query))) == to_text(query)


plain = st.one_of(
    words.filter(lambda text: not set(text) & set('()"“”„«»*~') and any(map(str.isalnum, text))),
    st.sampled_from(
        ["and", "OR", "Not", "near", "NEAR/3", "-a", "\\a", "tag:x", "same:x", "1,750"]
    ),
    st.sampled_from(["2019..2020", "march", "1987", "a,", "x:y", "U.S.", "days", "000"]),
)
values = st.one_of(
    plain,
    st.lists(plain, min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["last week", "15 March 1987", "2019..", "..2019", "a, b", "a*", "last", "15"]),
)
names = st.sampled_from(sorted(FIELD_HELP))
near_words = st.lists(st.one_of(plain.map(Word), plain.map(Prefix)), min_size=2, max_size=4)
single: st.SearchStrategy[Node] = st.one_of(
    plain.map(Word),
    plain.map(Prefix),
    values.map(ExactPhrase),
    st.builds(Fuzzy, plain, st.integers(1, 2)),
    st.builds(Near, near_words.map(tuple), st.integers(1, MAX_DISTANCE)),
    st.builds(Field, names, values, st.booleans()),
)


def joined(kind: type[And | Or], parts: list[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.children if isinstance(part, kind) else (part,))
    return kind(tuple(flat))


def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda parts: joined(And, parts)),
        several.map(lambda parts: joined(Or, parts)),
        inner.map(lambda node: node.child if isinstance(node, Not) else Not(node)),
        inner.map(lambda node: Same(node) if isinstance(node, And | Or | Not) else node),
    )


@given(st.recursive(single, grown, max_leaves=12))
def test_every_tree_is_written_so_that_it_reads_the_same(node: Node) -> None:
    assert parse(to_text(node)).root == node


@given(st.lists(pieces).map(" ".join))
def test_a_query_being_typed_only_ever_gets_a_star(text: str) -> None:
    assert as_typed(text) in {text, f"{text}*"}


def test_leaves_are_what_a_hit_may_have() -> None:
    root = parse("a (b OR country:GB) -c").root
    assert list(leaves(root)) == [Word("a"), Word("b"), Field("country", "GB")]
    root = parse('same:(a "b c"~2) -same:(d e)').root
    assert list(leaves(root)) == [Word("a"), Near((Word("b"), Word("c")), 2)]


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
        ("huawei or", "huawei or*"),
        ("huawei OR", "huawei OR"),
        ("ban near", "ban near*"),
        ("ban NEAR/3", "ban NEAR/3"),
        ("ban near hua", "ban near hua*"),
        ('"ban huawei"~5', '"ban huawei"~5'),
        ("pompoe~2", "pompoe~2"),
        ("huawei b", "huawei b"),
        ("speaker:p", "speaker:p"),
        ("country:ger", "country:ger"),
        ("country:DE, fra", "country:DE, fra"),
        ("country:(DE or fra", "country:(DE or fra"),
        ("country:(DE or", "country:(DE or"),
        ("country:(DE) brit", "country:(DE) brit*"),
        ("speaker:(pom", "speaker:(pom*"),
        ("voice:off", "voice:off"),
        ("role:cap", "role:cap"),
        ("date:last week", "date:last week"),
        ("date:last mon", "date:last mon"),
        ("date:last 7 da", "date:last 7 da"),
        ("date:15 Mar", "date:15 Mar"),
        ("date:March 19", "date:March 19"),
        ("date:March 1987..Apr", "date:March 1987..Apr"),
        ("date:last week huaw", "date:last week huaw*"),
        ("date:2019 huaw", "date:2019 huaw*"),
        ("2019-01..2019-03", "2019-01..2019-03"),
        ("same:(huawei ba", "same:(huawei ba*"),
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
        ("Pompeo, Mike", '"Pompeo, Mike"'),
        ("so~", '"so~"'),
    ],
)
def test_a_value_is_quoted_where_it_must_be(value: str, written: str) -> None:
    assert quote_value(value) == written
