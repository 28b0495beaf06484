"""Comparison across articles: the same quote, and copies of one text."""

from __future__ import annotations

import tracemalloc

from msgspec.structs import replace

from briefing.compare.origins import Origin
from briefing.compare.panels import Panels, SourceRow
from briefing.compare.same_words import (
    connected,
    containment,
    group_same_quotes,
    number_texts,
    shingles,
    words,
)
from briefing.model import (
    Article,
    Chunk,
    PublicationDate,
    Quote,
    Reprint,
    Source,
    Speaker,
)

STORY = (
    "The harbour board voted on Monday to close the old ferry terminal after engineers "
    "found rust in eleven of its forty pillars and warned of a collapse within two winters."
)


def article(
    article_id: str,
    *texts: str,
    date: str | None = None,
    **fields: object,
) -> Article:
    chunks = tuple(
        Chunk(id=f"c{number}", role="body", text=text)
        for number, text in enumerate(texts or ("x",), 1)
    )
    stated = PublicationDate(value=date, precision="day", basis="stated") if date else None
    source = Source(file="originals/x.txt", media_type="text/plain", sha256="0", added="2026")
    return Article(id=article_id, date=stated, source=source, chunks=chunks, **fields)  # type: ignore[arg-type]


def quote(exact: str, name: str | None = None) -> Quote:
    speaker = Speaker(name=name, type="named") if name else None
    return Quote(
        id="q1", kind="direct", start=0, end=len(exact), exact=exact, speaker=speaker, rule="r"
    )


def test_words_fold_case_accents_and_apostrophes() -> None:
    assert words("Don’t café, DON'T!") == ("dont", "cafe", "dont")


def test_a_text_shorter_than_a_shingle_is_one_run() -> None:
    assert shingles("two words", 3) == frozenset({("two", "words")})
    assert shingles("", 3) == frozenset()


def test_containment_is_the_share_of_the_smaller_set() -> None:
    one, other = shingles("a b c d", 2), shingles("b c d e f g", 2)
    assert containment(one, other) == 2 / 3
    assert containment(one, frozenset()) == 0.0


def test_connected_items_share_the_smallest_of_them() -> None:
    assert connected(5, [(3, 1), (4, 3)]) == (0, 1, 2, 1, 1)


def test_a_house_edited_copy_shares_the_text_of_the_story() -> None:
    edited = "By our staff. " + STORY.replace("on Monday ", "") + " Ferries will use pier nine."
    other = "Rain is expected over the valley until Thursday, and farmers fear for the wheat."
    articles = [article("a", STORY), article("b", other), article("c", edited)]
    assert number_texts(articles) == (1, 2, 1)


def test_looking_for_copies_takes_little_more_memory_than_the_texts() -> None:
    texts = [
        " ".join(f"w{(at * 7 + n) % 9973}" for n in range(1_000)) for at in range(0, 6_000, 60)
    ]
    articles = [article(f"a{number}", text) for number, text in enumerate(texts)]
    tracemalloc.start()
    number_texts(articles)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * sum(map(len, texts))


def test_reprints_of_one_original_share_a_text() -> None:
    origin = Reprint(publisher="Daily Tide", headline="Ferry terminal closes")
    articles = [
        article("a", "One text.", reprint_of=origin),
        article("b", "Another.", headline="Ferry terminal closes", publisher="Daily Tide"),
    ]
    assert number_texts(articles) == (1, 1)


def test_the_same_words_in_two_articles_are_one_quote_even_if_one_desk_cut_them() -> None:
    whole = quote("We will not open the gates before the pumps have been checked twice", "Ana Lin")
    cut = quote("we will not open the gates before the pumps have been checked", "Ms. Lin")
    assert group_same_quotes([("a", whole), ("b", cut)]) == (0, 0)


def test_the_same_words_of_two_named_people_stay_apart() -> None:
    said = "We will not open the gates before the pumps have been checked"
    assert group_same_quotes([("a", quote(said, "Ana Lin")), ("b", quote(said, "Tom Marsh"))]) == (
        0,
        1,
    )


def test_quotes_under_five_words_are_never_linked() -> None:
    assert group_same_quotes(
        [("a", quote("never again here")), ("b", quote("never again here"))]
    ) == (
        0,
        1,
    )


def test_articles_are_counted_with_their_origins_and_never_called_independent() -> None:
    def counts(*outlets: str | None) -> tuple[str, ...]:
        rows = (
            SourceRow(number=number, article=f"a{number}", label="a", origin=Origin(outlet=outlet))
            for number, outlet in enumerate(outlets, 1)
        )
        return Panels(name="n", title="n", sources=tuple(rows)).counted_sources()

    assert counts("Coast Daily", "Fell Examiner") == ("2 articles",)
    assert counts("Nordwire", "Coast Daily", "Nordwire") == ("3 articles", "2 origins")
    assert counts("Nordwire", None, None) == ("3 articles", "1 origin and 2 not stated")
    assert counts(None, None) == ("2 articles", "origin not stated")


def test_one_sentence_in_common_makes_no_copies() -> None:
    told = "Sweden bans plastic nets from next year, the ministry says."
    others = ("The rules hold for all boats.", "Fishermen were much surprised.")
    articles = [article(f"a{number}", told, other) for number, other in enumerate(others)]
    assert number_texts(articles) == (1, 2)


def test_who_quotes_the_same_words_has_not_copied() -> None:
    def story(article_id: str, lead: str) -> Article:
        text = f"{lead} “{STORY}” he said."
        made = article(article_id, text)
        said = quote(STORY)
        said = replace(said, start=text.index(STORY), end=text.index(STORY) + len(STORY))
        chunk = replace(made.chunks[0], quotes=(said,))
        return replace(made, chunks=(chunk,))

    one = story("a", "The mayor spoke at the fish market for an hour in the rain.")
    other = story("b", "Rusty pillars were the talk of the town on the first day of spring.")
    assert number_texts([one, other]) == (1, 2)
    assert number_texts([one, one]) == (1, 1)
