"""The article file: what it looks like, what is read from it, and what is refused where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.content.articles import (
    encode_article,
    is_hand_edited,
    is_set_by_hand,
    parse_article,
    read_article,
)
from briefing.errors import ContentError, InputError, NotFoundError
from briefing.model import (
    Article,
    Chunk,
    CountryWeight,
    DateMention,
    Evidence,
    Link,
    Mention,
    MetadataEvidence,
    Position,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)

MakeArticle = Callable[..., Article]
HERE = Path("harbour.yaml")

HEAD = """\
format: briefing/article/2
id: harbour
source: {file: originals/harbour.txt, media_type: text/plain, sha256: ab, added: '2026-11-21'}
chunks:
"""


def refusal(data: str | bytes) -> ContentError:
    raw = data.encode("utf-8") if isinstance(data, str) else data
    with pytest.raises(ContentError) as caught:
        parse_article(raw, HERE)
    return caught.value


def place(error: ContentError) -> tuple[int | None, int | None]:
    return error.line, error.column


WRITTEN = """\
format: briefing/article/2
id: harbour
headline: null
publisher: The Morning Tide
authors: [Ana Lin, 'O''Neill, Sam']
date: {value: '2020-01-23', precision: day, basis: stated, evidence: {exact: 'Jan 23, 2020', \
chunk: c1}}
updated: null
language: en
url: null
reprint_of: null
evidence: {publisher: {exact: Tide, chunk: c1}}
source: {file: originals/harbour.txt, media_type: text/plain, sha256: ab12, added: \
'2026-11-21T20:00:00Z'}
annotator: null
chunks:
- id: c1
  role: body
  section: Why it matters
  time: '2020-01-23T09:30Z'
  text: |-
    Norway: “not now,” she said.
      # Jan 23, 2020

    End
  countries: [{code: 'NO', weight: 0.7}, {code: GB, weight: 0.3}]
  mentions:
  - {code: 'NO', start: 0, end: 6}
  quotes:
  - {id: q1, kind: direct, start: 9, end: 17, exact: 'not now,', utterance: null, speaker: \
{name: null, role: null, type: anonymous, country: null}, cue: said, to: null, chain: [], \
rule: said-after}
  positions:
  - {country: 'NO', stance: undecided, target: GB, object: the ferry, hedge: null, said_by: self, \
actor: null, chain: [], start: 0, end: 17, rule: not_now}
  links:
  - {start: 0, end: 6, url: null}
  dates:
  - {start: 33, end: 45, value: '2020-01-23', precision: day, basis: stated, rule: month-day-year}
- id: c2
  role: unrelated
  reason: story-after-end
  text: 'trailing blank '
"""


def test_an_article_is_written_as_a_person_would_lay_it_out() -> None:
    text = "Norway: “not now,” she said.\n  # Jan 23, 2020\n\nEnd"
    quote = Quote(
        id="q1",
        kind="direct",
        start=9,
        end=17,
        exact="not now,",
        speaker=Speaker(type="anonymous"),
        cue="said",
        rule="said-after",
    )
    position = Position(
        country="NO",
        stance="undecided",
        target="GB",
        object="the ferry",
        said_by="self",
        start=0,
        end=17,
        rule="not_now",
    )
    dated = DateMention(
        start=33,
        end=45,
        value="2020-01-23",
        precision="day",
        basis="stated",
        rule="month-day-year",
    )
    article = Article(
        id="harbour",
        publisher="The Morning Tide",
        authors=("Ana Lin", "O'Neill, Sam"),
        date=PublicationDate(
            value="2020-01-23",
            precision="day",
            basis="stated",
            evidence=Evidence(exact="Jan 23, 2020", chunk="c1"),
        ),
        language="en",
        evidence=MetadataEvidence(publisher=Evidence(exact="Tide", chunk="c1")),
        source=Source(
            file="originals/harbour.txt",
            media_type="text/plain",
            sha256="ab12",
            added="2026-11-21T20:00:00Z",
        ),
        chunks=(
            Chunk(
                id="c1",
                role="body",
                section="Why it matters",
                time="2020-01-23T09:30Z",
                text=text,
                countries=(
                    CountryWeight(code="NO", weight=0.7),
                    CountryWeight(code="GB", weight=0.3),
                ),
                mentions=(Mention(code="NO", start=0, end=6),),
                quotes=(quote,),
                positions=(position,),
                links=(Link(start=0, end=6),),
                dates=(dated,),
            ),
            Chunk(id="c2", role="unrelated", reason="story-after-end", text="trailing blank "),
        ),
    )
    assert encode_article(article).decode() == WRITTEN
    assert parse_article(WRITTEN.encode(), HERE) == article


def test_an_article_with_edits_applied_is_not_stored_in_place_of_the_machine_s(
    make_article: MakeArticle, tmp_path: Path
) -> None:
    article = make_article(chunks=(Chunk(id="c1", role="body", text="x", tags=("t",)),))
    with pytest.raises(InputError, match=r"the tags of a chunk belong to edits\.yaml"):
        (tmp_path / "harbour.yaml").write_bytes(encode_article(article))


@pytest.mark.parametrize(
    "word", ["NO", "yes", "off", "12:30", "2020-01-23", "0x1F", "1_000", "1e3", ".5", "Null"]
)
def test_plain_words_that_yaml_readers_convert_stay_strings(word: str) -> None:
    data = HEAD + f"- {{id: c1, role: body, text: {word}}}\n"
    assert parse_article(data.encode(), HERE).chunks[0].text == word


def test_a_file_saved_with_windows_line_ends_and_a_mark_reads_the_same() -> None:
    windows = b"\xef\xbb\xbf" + WRITTEN.replace("\n", "\r\n").encode()
    assert parse_article(windows, HERE) == parse_article(WRITTEN.encode(), HERE)


def test_a_duplicate_key_is_refused_at_its_second_place() -> None:
    error = refusal(HEAD + "- id: c1\n  role: body\n  role: heading\n  text: x\n")
    assert place(error) == (7, 3)
    assert error.message == "harbour.yaml:7:3: the key 'role' is used twice"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("&a x", "the anchor &a is refused"),
        ("*a", "the alias *a is refused"),
        ("!!python/object:os.system x", "the tag tag:yaml.org,2002:python/object:os.system"),
        ("!!str x", "the tag tag:yaml.org,2002:str is refused"),
        ("!own x", "the tag !own is refused"),
        ("{[a]: b}", "a key must be a plain word"),
        ("{*a : b}", "the alias *a is refused"),
        ("{&a b: c}", "the anchor &a is refused"),
    ],
)
def test_what_yaml_could_construct_or_expand_is_refused(value: str, said: str) -> None:
    error = refusal(f"format: briefing/article/2\nid: {value}\n")
    assert said in error.message
    assert error.line == 2


def test_a_message_repeats_little_of_what_a_hostile_file_says() -> None:
    word = "a" * 100_000
    for data in (f"x: !{word} b", f"x: &{word} b", f"format: {word}", f"{HEAD}- {{'{word}': 1}}"):
        assert len(refusal(data).message) < 500


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 9))
    error = refusal("l0: &l0 [lol]\n" + levels)
    assert place(error) == (1, 5)


NESTS = [("[", "]"), ("{a: ", "}"), ("- ", "")]


@pytest.mark.parametrize(("opening", "closing"), NESTS)
@pytest.mark.parametrize("depth", [16, 17, 200])
def test_values_nested_deeper_than_sixteen_levels_are_refused_at_their_place(
    opening: str, closing: str, depth: int
) -> None:
    # The mapping of the file is the first level.
    error = refusal("x:\n  " + opening * depth + "1" + closing * depth)
    assert "nested deeper than 16 levels" in error.message
    assert place(error) == (2, 3 + 15 * len(opening))


@pytest.mark.parametrize(("opening", "closing"), NESTS)
def test_values_nested_sixteen_levels_deep_are_read(opening: str, closing: str) -> None:
    error = refusal("x:\n  " + opening * 15 + "1" + closing * 15)
    assert "the key `format` is missing" in error.message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_without_end_is_refused_in_its_line(opening: str) -> None:
    # The parser may read ahead and meet a limit of its own first, whatever it then says.
    assert refusal("x:\n  " + opening * 100_000).line == 2


def test_a_file_of_two_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(ContentError, match="larger than 131072 KiB"):
        read_article(path)


def test_an_article_too_large_to_be_read_back_is_not_written(
    make_article: MakeArticle, tmp_path: Path
) -> None:
    article = make_article(chunks=(Chunk(id="c1", role="body", text="é" * 68_000_000),))
    with pytest.raises(InputError, match="the limit is 131072 KiB"):
        (tmp_path / "harbour.yaml").write_bytes(encode_article(article))
    assert list(tmp_path.iterdir()) == []


def test_a_text_of_twenty_megabytes_in_one_line_is_written_and_read(
    make_article: MakeArticle, tmp_path: Path
) -> None:
    article = make_article(chunks=(Chunk(id="c1", role="body", text="word " * 4_000_000 + "."),))
    (tmp_path / "harbour.yaml").write_bytes(encode_article(article))
    assert read_article(tmp_path / "harbour.yaml") == article


@pytest.mark.parametrize(
    ("data", "where", "said"),
    [
        (b"id: \x00\x01\x02", (1, 5), "U+0000"),
        (b"\x89PNG\r\n\x1a\n", (1, 1), "byte 0x89 is not UTF-8"),
        ("id: é\nheadline: \xe9".encode("latin-1"), (1, 5), "byte 0xe9 is not UTF-8"),
        ("id: ok\n  é".encode() + b"\xff", (2, 4), "byte 0xff is not UTF-8"),
        ("id: x\n".encode("utf-16"), (1, 1), "byte 0xff is not UTF-8"),
        (b"id: a\x7fb", (1, 6), "U+007F"),
    ],
)
def test_bytes_that_are_no_text_are_refused_at_their_place(
    data: bytes, where: tuple[int, int], said: str
) -> None:
    error = refusal(data)
    assert place(error) == where
    assert said in error.message


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ("id: [unclosed\nnext: 1\n", (2, 5)),
        ("id: 'unclosed\n", (2, 1)),
        ("a: b: c\n", (1, 5)),
        ("a: 1\n  b: 2\n", (2, 4)),
        ("\tid: x\n", (1, 1)),
        ("a: 1\n---\nb: 2\n", (2, 1)),
    ],
)
def test_broken_yaml_is_refused_at_its_place(data: str, where: tuple[int, int]) -> None:
    assert place(refusal(data)) == where


@pytest.mark.parametrize("data", ["", "# only a comment\n", "just words\n", "- a list\n", "null\n"])
def test_a_file_without_keys_is_refused(data: str) -> None:
    assert "should be a mapping of keys to values" in refusal(data).message


def test_a_newer_format_is_told_from_a_foreign_one() -> None:
    newer = refusal("id: x\nformat: briefing/article/9\n")
    assert place(newer) == (2, 1)
    assert "briefing/article/9 is unknown to this version" in newer.message
    assert newer.hint is not None
    assert "update briefing" in newer.hint
    assert "'other/1' should be briefing/article/2" in refusal("format: other/1\n").message
    assert "`format` is missing" in refusal("id: x\n").message


@pytest.mark.parametrize(
    ("chunk", "where", "said"),
    [
        ("- {id: c1, role: body}", (5, 3), "missing required field `text`"),
        ("- {id: c1, role: body, text: x, colour: red}", (5, 33), "unknown field `colour`"),
        ("- {id: 7, role: body, text: x}", (5, 4), "This should be text, and is a whole number"),
        ("- {id: c1, role: sidebar, text: x}", (5, 12), "Invalid enum value 'sidebar'"),
        (
            "- id: c1\n  role: body\n  text: x\n  mentions:\n  - {code: GB, start: '0', end: 1}",
            (9, 16),
            "This should be a whole number, and is text (at chunks[0].mentions[0].start)",
        ),
        (
            "- id: c1\n  role: body\n  text: x\n  mentions:\n  - {code: NO, start: 0, end: 2}",
            (9, 16),
            "the span 0–2 lies outside the chunk's text of 1 characters",
        ),
        (
            (
                "- id: c1\n  role: body\n  text: '2019'\n  dates:\n"
                "  - {start: 0, end: 9, value: '2019', precision: year, basis: stated, rule: r}"
            ),
            (9, 6),
            "the span 0–9 lies outside the chunk's text of 4 characters",
        ),
        ("- {id: c1, role: body, text: x, tags: [a]}", (5, 33), "belong to edits.yaml"),
        ("- {id: c1, role: body, text: x}\n- {id: c1, role: body, text: y}", (6, 4), "used twice"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    chunk: str, where: tuple[int, int], said: str
) -> None:
    error = refusal(HEAD + chunk + "\n")
    assert said in error.message
    assert place(error) == where


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (0, 2, "is not the text at 0–2"),
        (1, 4, "is not the text at 1–4"),
        (-3, -1, "lies outside"),
        (3, 1, "lies outside"),
        (1, 99, "lies outside"),
    ],
)
def test_a_quote_that_is_not_in_the_text_is_refused(start: int, end: int, said: str) -> None:
    quote = f"{{id: q1, kind: direct, start: {start}, end: {end}, exact: no, rule: r}}"
    error = refusal(HEAD + f"- id: c1\n  role: body\n  text: «no»\n  quotes:\n  - {quote}\n")
    assert said in error.message
    assert error.line == 9


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    quote = "{id: q1, kind: direct, start: 2, end: 5, exact: 🙂ok, rule: r}"
    data = HEAD + f"- id: c1\n  role: body\n  text: 🙂“🙂ok”\n  quotes:\n  - {quote}\n"
    assert parse_article(data.encode(), HERE).chunks[0].quotes[0].exact == "🙂ok"


def test_a_wrong_anchor_is_not_written(make_article: MakeArticle, tmp_path: Path) -> None:
    quote = Quote(id="q1", kind="direct", start=0, end=3, exact="foe", rule="r")
    article = make_article(chunks=(Chunk(id="c1", role="body", text="for", quotes=(quote,)),))
    with pytest.raises(InputError, match=r"harbour was not stored: the quote 'q1' is not the text"):
        (tmp_path / "harbour.yaml").write_bytes(encode_article(article))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no file"):
        read_article(tmp_path / "none.yaml")


def test_links_folders_and_pipes_are_not_read_as_articles(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(WRITTEN, encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ContentError, match="a symbolic link is not followed"):
        read_article(tmp_path / "link.yaml")
    for name in ("folder.yaml", "pipe.yaml"):
        with pytest.raises(ContentError, match="not a regular file"):
            read_article(tmp_path / name)


BEFORE = """\
format: briefing/article/1
id: harbour
headline: null
publisher: The Morning Tide
authors: []
date: null
language: en
url: null
reprint_of: null
source: {file: originals/harbour.txt, media_type: text/plain, sha256: ab12, added: \
'2026-11-21T20:00:00Z'}
annotator: {name: rules, version: 1, digest: DIGEST, read: READ}
chunks:
- id: c1
  role: caption
  reason: picture-caption
  text: '“Not now,” she said. “Never,” he said.'
  mentions:
  - {code: GB, start: 0, end: 0, rule: generic-institution}
  quotes:
  - {id: q1, kind: direct, start: 1, end: 9, exact: 'Not now,', utterance: u1, speaker: null, \
cue: said, to: null, chain: [], rule: said_after_quote}
  - {id: q2, kind: direct, start: 22, end: 28, exact: 'Never,', utterance: u1, speaker: null, \
cue: said, to: null, chain: [], rule: said_after_quote}
  dates:
  - {start: 1, end: 4, value: '2020', precision: year, basis: stated, rule: bare-year}
"""


def read_before(*, digest: str = "971786ce195caafe", read: str = "ab7631942f783fdf") -> Article:
    """Read BEFORE; the digests are those that the version before wrote."""
    return parse_article(
        BEFORE.replace("DIGEST", digest).replace("READ", f"'{read}'").encode(), HERE
    )


def test_an_article_of_the_format_before_is_converted_as_it_is_read() -> None:
    article = read_before()
    (chunk,) = article.chunks
    first, second = chunk.quotes
    assert article.format == "briefing/article/2"
    assert (first.id, first.utterance) == ("q-c3c7", "u-c3c7")
    assert second.utterance == "u-c3c7"
    assert chunk.reason == "picture_caption"
    assert [each.rule for each in chunk.mentions] == ["generic_institution"]
    assert [each.rule for each in chunk.dates] == ["bare_year"]
    assert parse_article(encode_article(article), HERE) == article


def test_converting_an_article_keeps_whether_a_person_changed_it() -> None:
    assert not is_hand_edited(read_before())
    assert not is_set_by_hand(read_before())
    assert is_hand_edited(read_before(digest="0123456789abcdef"))
    assert is_set_by_hand(read_before(read="0123456789abcdef"))
