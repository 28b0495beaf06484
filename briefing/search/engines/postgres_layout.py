"""The tables of an index in PostgreSQL, and what stands in them of an article.

`passages` has a row a passage, kept narrow so that counting reads few pages: texts and words stand
apart, in TOAST. `words`, which is indexed, holds the terms of the three streams and of its fields
with their places, each field's with a mark of its own before them, and without places what its
annotations have and the beginnings and pairs of its terms. `far` has all places as JSON where a
vector cannot hold them.
`articles.words` holds those of all passages in read roles, what an article itself has, and again,
marked, the words that it has most of. `terms` counts passages by term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, product, repeat, starmap
from struct import pack
from typing import Any, Final, NamedTuple
from zlib import crc32

import msgspec

from briefing.model import READ_ROLES, ROLES
from briefing.search._whoosh import importing_quietly
from briefing.search.analysis import stem
from briefing.search.documents import GAP, IndexedPassage, PreparedArticle, streams_of
from briefing.search.planning import one_letter_off

with importing_quietly():
    from whoosh.support.levenshtein import levenshtein

VERSION: Final = "briefing/postgres/7"
SCHEMA: Final = "briefing"
TABLES: Final = ("state", "keys", "articles", "passages", "terms")
INDEXES: Final = {
    "terms_stem": "terms (stem) where stem is not null",
    "articles_words": "articles using gin (words) with (gin_pending_list_limit = 2048)",
    "passages_words": "passages using gin (words) with (gin_pending_list_limit = 2048)",
}
"""Made when a first batch is in the tables, which is several times as fast as keeping them.

What is added waits in a list that every search reads: of 2 MB, some forty articles, it takes 1 ms.
"""
COUNT: Final = """
insert into terms select * from unnest(%s::text[], %s::text[], %s::int[], %s::int[])
on conflict (lexeme) do update
set count = terms.count + excluded.count, shown = terms.shown + excluded.shown
"""
BEGINNINGS: Final = 2
"""Letters of the beginnings of words that are lexemes: longer ones have few words."""
OFTEN: Final = 3
"""Passages of an article from which on it has much of a word, as where the headline has it."""
_PAIRS: Final = tuple(f"&{number:03x}" for number in range(4_096))
"""The lexemes of two words in a row: the index holds no places, and to fetch them costs much.

One in two hundred passages has a lexeme by chance. Of more of them the index takes longer to make.
"""
_SHORT: Final = 5
"""Letters of a word that may be in nearly all passages: of two others few passages have both."""
_LONG_ROW: Final = 2_048
"""Of a row this long, no shorter one, PostgreSQL moves long values out; spaces pack to nothing."""
HEADLINE, SPEAKER = 3 << 14, 1 << 14
"""The weights A and C in the form of a place."""
_LAST_PLACE: Final = (1 << 14) - 1
_FAR: Final = 1 << 16
"""Added to places that a vector does not hold: with weights, its own are smaller."""
_MOST_PLACES: Final = 255
_MOST_BYTES: Final = 1_000_000
"""Of a longer list of words PostgreSQL takes none."""
_LONGEST: Final = 500
"""Letters of a value that are compared."""
_FIELDS: Final = (
    "country", "stance", "speaker", "cites", "voice", "name", "headline", "section", "tag", "note",
    "role", "publisher", "outlet", "year", "briefing",
)  # fmt: skip
_CODES: Final = {name: chr(ord("a") + number) for number, name in enumerate(_FIELDS)}
TIED: Final = frozenset({"country", "name"})
SLOT_END, VALUE_END = "\x1e", "\x1f"
_CONTROLS: Final = dict.fromkeys(range(32), " ")


def lexeme(field: str, value: str) -> str:
    """Return the lexeme of a field's value or word, of `text` the word itself."""
    return value if field == "text" else f":{_CODES[field]}{_clean(value)[:_LONGEST]}"


def tied(field: str, having: str) -> str:
    """Return the lexeme of an annotation that has a field, and a value given as a lexeme."""
    return f":~{_CODES[field]}{having}"


def beginning(letters: str) -> str:
    """Return the lexeme of the words that begin with so many letters, all of shorter words."""
    return f":<{letters}"


def often(word: str) -> str:
    """Return the lexeme of an article that has much of a word."""
    return f"^{word}"


def pairs(words: Sequence[str]) -> set[str]:
    """Return the lexemes of short words in a row, two by two; two pairs may have the same."""
    rows = [a + b for a, b in pairwise(words) if len(a) <= _SHORT >= len(b)]
    return {_PAIRS[crc32(row.encode()) % len(_PAIRS)] for row in rows}


def slot_value(field: str, words: Sequence[str], *, whole: bool = True) -> str:
    """Return how words in a row of a field stand in `slots`; if not whole, the last begins so."""
    mark = chr(1 + _FIELDS.index(field))
    return mark + mark.join(map(_clean, words)) + (mark if whole else "")


def _clean(value: str) -> str:
    return value if value.isprintable() else value.translate(_CONTROLS)


RowValues = tuple[Any, ...]
ARTICLES: Final = (
    "articles (number, key, first_day, last_day, length, shown, record, words, facets)",
    "int4 text int4 int4 int4 int4 bytea bytea bytea",
)
PASSAGES: Final = (
    "passages (article, place, length, role, read, lead, slots, record, words, far)",
    "int4 int4 int2 int2 bool bool text bytea bytea text",
)
"""Tables that rows are copied into, and the types that their columns are written as."""
COUNTED: Final = """
select l, count(*) filter (where read), count(*) filter (where not read) from (
  select unnest(tsvector_to_array(words)) l, read from passages where article = any(%s)
  union all select l, false from articles, unnest(tsvector_to_array(words)) l
  where number = any(%s) and l ~ '^:[lmno]') each
where left(l, 1) <> '&' group by l
"""
"""Counts the passages of articles by lexeme, those in read roles and others."""


class ArticleRows(NamedTuple):
    """An article as it is copied into the tables, without its number.

    `shown` counts its passages in read roles by term, `others` what else has each.
    """

    key: str
    briefing: str
    digest: str
    article: RowValues
    passages: Sequence[RowValues]
    shown: Mapping[str, int]
    others: Mapping[str, int]


def rows_of(article: PreparedArticle) -> ArticleRows:
    """Return the rows of an article."""
    others: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    much: set[str] = set()
    passages = []
    for place, doc in enumerate(article.documents):
        (terms, places), streams = _placed(doc), (doc.text, doc.headline, *doc.speakers)
        bare = {*_of_annotations(doc), *map(_beginning_of, chain(*(each for each, _ in streams)))}
        read, tails = doc.record.role in READ_ROLES, _tails(terms, places)
        counted = shown if read else others
        counted.update(tails.keys())
        counted.update(bare)
        much.update(doc.headline[0])
        words = _vector(tails, bare.union(*starmap(_pairs, streams)))
        length, role = min(len(doc.text[0]), 32_767), ROLES.index(doc.record.role)
        stored = msgspec.json.encode(doc.record).ljust(_LONG_ROW - len(words))
        row = (place, length, role, read, doc.lead, _slots(doc), stored, words)
        passages.append((*row, _far(terms, places)))
    own: LexemePlaces = [], []
    _put(own, "publisher", article.publisher)
    record = article.record
    facets = record.facets
    fields = (("outlet", "publisher"), ("year", "year"), ("briefing", "briefing"))
    values = {lexeme(field, value) for field, name in fields for value in facets[name]}
    much.update(word for word, count in shown.items() if count >= OFTEN and word[0] != ":")
    vector = _vector(_tails(*own), {*values, *shown, *map(often, much)})
    days, stored = (article.first_day, article.last_day), msgspec.json.encode(record)
    sizes = len(passages), sum(read for _, _, _, read, *_ in passages)
    whole = (article.key, *days, *sizes, stored, vector, msgspec.json.encode(facets))
    others.update(values.union(own[0]))
    return ArticleRows(article.key, record.briefing, article.digest, whole, passages, shown, others)


LexemePlaces = tuple[list[str], list[int]]
"""Lexemes and the place of each, with its weight; _FAR is added to one that no vector holds."""


def _placed(doc: IndexedPassage) -> LexemePlaces:
    """Return the lexemes of a passage that have places, each lexeme's in ascending order."""
    found: LexemePlaces = [], []
    weights = chain((0, HEADLINE), repeat(SPEAKER))
    for weight, (base, terms, at) in zip(weights, streams_of(doc), strict=False):
        found[0].extend(terms)
        found[1].extend(_places(at, base + 1, weight))
    terms, at = doc.headline
    found[0].extend(lexeme("headline", term) for term in terms)
    found[1].extend(_places(at, 1))
    _put(found, "section", [doc.section])
    _put(found, "tag", doc.tags)
    _put(found, "note", doc.notes)
    return found


def _put(found: LexemePlaces, field: str, stretches: Iterable[Sequence[str]]) -> None:
    start = 1
    for words in stretches:
        found[0].extend(lexeme(field, word) for word in words)
        found[1].extend(_places(range(len(words)), start))
        start += len(words) + GAP


def _places(at: Sequence[int], start: int, weight: int = 0) -> list[int]:
    if not at or start + at[-1] < _LAST_PLACE:
        start += weight
        return [start + place for place in at]
    here = (start + place for place in at)
    return [weight + place if place < _LAST_PLACE else _FAR + place for place in here]


def _of_annotations(doc: IndexedPassage) -> Iterator[str]:
    """Yield the lexemes of a passage's role and of its annotations, which have no places."""
    yield lexeme("role", doc.record.role)
    for slot in doc.slots:
        for field, values in slot.items():
            for word in chain.from_iterable(values):
                having = lexeme(field, word)
                yield having
                yield from (tied(other, having) for other in TIED.intersection(slot) - {field})


@lru_cache(maxsize=1 << 17)
def _beginning_of(term: str) -> str:
    return beginning(term[:BEGINNINGS])


def _pairs(terms: Sequence[str], places: Sequence[int]) -> Iterable[str]:
    if not places or places[-1] == len(places) - 1:
        return pairs(terms)
    by_place: dict[int, list[str]] = {}
    for term, place in zip(terms, places, strict=True):
        by_place.setdefault(place, []).append(term)
    rows = (product(here, by_place.get(n + 1, ())) for n, here in by_place.items())
    return chain.from_iterable(map(pairs, chain.from_iterable(rows)))


def _slots(doc: IndexedPassage) -> str:
    slots = (
        VALUE_END.join(slot_value(f, words) for f, values in slot.items() for words in values)
        for slot in doc.slots
    )
    return SLOT_END.join(slots)


def _vector(tails: Mapping[str, bytes], others: Iterable[str] = ()) -> bytes:
    """Return a tsvector in PostgreSQL's binary form: lexemes, and what follows some of them."""
    bare = [word for word in others if word not in tails] if tails else list(others)
    words = "\0".join(tails).encode().split(b"\0") if tails else ()
    parts = chain.from_iterable(zip(words, tails.values(), strict=True))
    data, count = b"".join(parts) + "\0\0\0".join((*bare, "")).encode(), len(tails) + len(bare)
    if len(data) + 4 * count > _MOST_BYTES:
        return _vector(dict(islice(tails.items(), len(tails) // 2)), bare[: len(bare) // 2])
    return pack("!i", count) + data


_TAILS: Final = tuple(pack("!xHH", 1, place) for place in range(_FAR))


def _tails(terms: Sequence[str], places: Sequence[int]) -> dict[str, bytes]:
    """Return what follows each lexeme in a tsvector: its places, as many as there may be."""
    last = dict(zip(terms, places, strict=True))
    tails = {term: _TAILS[at] if at < _FAR else b"\0\0\0" for term, at in last.items()}
    before: dict[str, list[int]] = {}
    for term, place in zip(terms, places, strict=True):
        if last[term] != place:
            before.setdefault(term, []).append(place)
    for term, several in before.items():
        held = [at for at in (*several, last[term]) if at < _FAR][:_MOST_PLACES]
        tails[term] = pack(f"!xH{len(held)}H", len(held), *held)
    return tails


def _far(terms: Sequence[str], places: Sequence[int]) -> str:
    """Return the places of all words as JSON where a vector does not hold them, else nothing."""
    near = max(places, default=0) < _FAR
    if near and (len(terms) <= _MOST_PLACES or max(Counter(terms).values()) <= _MOST_PLACES):
        return ""
    plain: dict[str, list[int]] = {}
    for term, place in zip(terms, places, strict=True):
        plain.setdefault(term, []).append(place - _FAR if place >= _FAR else place & _LAST_PLACE)
    return msgspec.json.encode(plain).decode()


def term_columns(shown: Counter[str], others: Counter[str]) -> tuple[list[Any], ...]:
    """Return the columns of `terms` for changed numbers of passages in read roles and of others."""
    # In one order, so that two who write the same terms wait and do not block each other.
    terms = sorted(term for term in shown.keys() | others.keys() if shown[term] or others[term])
    stems = [None if term[0] == ":" else stem(term) for term in terms]
    read = [shown[term] for term in terms]
    return terms, stems, [n + others[term] for term, n in zip(terms, read, strict=True)], read


def count_terms(cursor: Any, where: str, values: Sequence[Any]) -> Counter[str]:
    """Return the terms that a condition in SQL chooses, and the number of passages with each."""
    query = f"select lexeme, count from terms where {where} and count > 0 order by lexeme"
    return Counter(dict(cursor.execute(query, values).fetchall()))


def near_terms(cursor: Any, term: str, distance: int) -> Counter[str]:
    """Return the words within an edit distance that have the same first letter."""
    if distance == 1:
        return count_terms(cursor, "lexeme = any(%s)", [list(one_letter_off(term))])
    where = "lexeme ^@ %s and left(lexeme, 1) <> ':' and length(lexeme) between %s and %s"
    size = len(term)
    found = count_terms(cursor, where, (term[:1], size - distance, size + distance))
    near = (word for word in found if levenshtein(term, word, distance) <= distance)
    return Counter({word: found[word] for word in near})
