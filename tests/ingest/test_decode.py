import pytest

from briefing.errors import InputError
from briefing.ingest import MAX_BYTES, to_article
from briefing.ingest.readers.decode import _codec_of
from briefing.model import Article

TEXT = "Café owners in Zürich – “we wait” – said that the rule’s end was near.\n"
PAGE = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


def read(data: bytes, name: str = "a.txt") -> Article:
    return to_article(data, name=name, added="2026-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("encoding", "bom", "stored"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "utf-32-be"),
        ("windows-1252", b"", "windows-1252"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(encoding, bom, stored):
    article = read(bom + TEXT.encode(encoding))
    assert [chunk.text for chunk in article.chunks] == [TEXT.strip()]
    assert article.source.encoding == stored


def test_mac_roman_is_known_by_its_quote_marks() -> None:
    text = "The pilot said “it’s late,” and left the café."
    article = read(text.encode("mac-roman"))
    assert (article.chunks[0].text, article.source.encoding) == (text, "mac-roman")


@pytest.mark.parametrize(
    "text",
    ["Òscar met Óscar, and Õ is a letter.", "“The pilot’s Ó,” he said.", "OS PORTÕES DO CAIS"],
)
def test_capitals_that_mac_roman_has_marks_for_stay_letters(text: str) -> None:
    assert read(text.encode("windows-1252")).chunks[0].text == text


def test_latin_1_without_typographic_marks_is_read_as_windows_1252():
    article = read("Señor Muñoz met the prime minister of Curaçao.".encode("latin-1"))
    assert article.chunks[0].text == "Señor Muñoz met the prime minister of Curaçao."


def test_a_few_damaged_bytes_do_not_spoil_the_rest_of_a_utf_8_text():
    data = "“One” – “two” – “three” and ".encode() + b"\x93four\x94"
    assert read(data).chunks[0].text == "“One” – “two” – “three” and “four”"


def test_cyrillic_in_a_legacy_encoding_is_told_from_western_text():
    text = "Правительство объявило о новых правилах для портов страны, сообщили чиновники. " * 5
    assert read(text.encode("cp1251")).chunks[0].text == text.strip()


def test_the_charset_that_a_page_declares_is_used():
    words = "Łódź będzie pierwszym miastem, które zmieni zasady dla portów, dróg i kolei."
    data = PAGE.format("iso-8859-2", words).encode("iso-8859-2")
    article = read(data, "a.html")
    assert words in [chunk.text for chunk in article.chunks]
    assert article.source.encoding == "iso8859-2"


def test_utf_8_is_believed_over_a_wrong_declaration():
    data = PAGE.format("iso-8859-2", "The café’s owner said that it was open.").encode()
    assert read(data, "a.html").chunks[0].text == "The café’s owner said that it was open."


def test_an_unknown_declared_charset_does_no_harm():
    data = PAGE.format("no-such-charset", "The \xcele was open.").encode("latin-1")
    assert read(data, "a.html").chunks[0].text == "The Île was open."


@pytest.mark.parametrize(
    "charset",
    [
        "undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "base64", "rot13",
        "hex", "zlib", "bz2", "uu", "quopri", "utf-7", "utf-32", "charmap", "cp037", "palmos", "hz",
        "utf-8-sig", "mbcs",
    ],
)  # fmt: skip
def test_what_is_no_encoding_of_pages_is_not_taken_from_one(charset):
    words = "The \xcele \\u0041 +AGE- was open, officials said on the quay."
    article = read(PAGE.format(charset, words).encode("latin-1"), "a.html")
    assert article.chunks[0].text == "The Île \\u0041 +AGE- was open, officials said on the quay."
    assert article.source.encoding == "windows-1252"


def test_a_lone_surrogate_in_utf_16_becomes_the_replacement_character():
    data = b"\xff\xfe" + "before ".encode("utf-16-le") + b"\x00\xd8" + " after".encode("utf-16-le")
    text = read(data).chunks[0].text
    assert text.startswith("before ")
    assert text.endswith("after")
    assert "\ufffd" in text


def test_control_characters_and_escapes_stay_in_the_text():
    text = "The \x1b[31mred\x1b[0m port \u202eopened\u202c on\x07 Monday, officials said in a note."
    assert read(text.encode()).chunks[0].text == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "only blanks"),
        (b"\xef\xbb\xbf\n\n", "only blanks"),
        ("\u00a0\u3000\n".encode(), "only blanks"),
        ("\u200b\u2060\ufeff\n\u200e".encode(), "only blanks"),
        (b"PK\x03\x04rest", "a ZIP archive or an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "an office document"),
        (b"\x89PNG\r\n\x1a\nrest", "a PNG image"),
        (b"\xff\xd8\xff\xe0rest", "a JPEG image"),
        (b"GIF89arest", "a GIF image"),
        (b"RIFF\x00\x00\x00\x00WEBPrest", "a WebP image"),
        (b"\x00\x00\x00\x18ftypmp42rest", "a video"),
        (b"\x1f\x8b\x08rest", "a gzip archive"),
        (b"text and\x00\x00\x00\x01\x02 more", "binary data"),
        (bytes(range(256)) * 40, "binary data"),
        (b"\x01\x02\x03\x04 words", "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_name_and_kind_with_a_hint(data, words):
    with pytest.raises(InputError) as caught:
        read(data, "odd.txt")
    assert caught.value.message.startswith("odd.txt: ")
    assert words in caught.value.message
    assert caught.value.hint


def test_a_file_above_the_limit_is_refused_with_both_sizes():
    with pytest.raises(InputError, match=r"big\.txt: the file is too large \(50 MB; .* 50 MB\)"):
        read(b"a" * (MAX_BYTES + 1), "big.txt")


def test_a_page_without_any_text_is_refused():
    with pytest.raises(InputError, match=r"a\.html: the page holds no text"):
        read(b"<html><head><script>x()</script></head><body></body></html>", "a.html")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("x-sjis", "cp932"),
        ("windows-31j", "cp932"),
        ("KS_C_5601-1987", "cp949"),
        ("gb2312", "gb18030"),
        ("x-x-big5", "big5hkscs"),
        ("iso-8859-9", "cp1254"),
        ("dos-874", "cp874"),
    ],
)
def test_a_label_of_the_web_is_read_as_browsers_read_it(label: str, codec: str) -> None:
    assert _codec_of(label) == codec


@pytest.mark.parametrize(
    "label",
    ["utf-7", "utf-16-le", "unicode_escape", "raw_unicode_escape", "rot13", "idna", "punycode",
     "cp037", "hz", "utf-32", "palmos", "mbcs", "hex", "base64", "zlib", "x-user-defined"],
)  # fmt: skip
def test_a_codec_that_no_page_of_the_web_may_name_changes_no_word(label: str) -> None:
    words = "A +AGE- \\u0041 z-eva \xcele of the port, 41 m long, was open on Monday, he said."
    article = read(PAGE.format(label, words).encode("latin-1"), "a.html")
    assert article.chunks[0].text == words
