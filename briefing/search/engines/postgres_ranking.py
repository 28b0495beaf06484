"""Asking an index in PostgreSQL: what matches in one statement, its ranking and its facets.

Articles are found by their own words where these decide, which are a tenth as many rows, and else
by their passages, whose number is counted apart. Ranked are the passages of those articles that
have most of the words, and of some that have all of them in one passage; where few are found these
are all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property
from itertools import chain
from operator import itemgetter
from struct import unpack
from typing import Any, Final

from briefing.errors import StaleIndexError
from briefing.model import decoder_of
from briefing.search.analysis import stem, terms
from briefing.search.documents import ArticleRecord, ChunkRecord
from briefing.search.engines.postgres_layout import (
    BEGINNINGS,
    VALUE_END,
    beginning,
    count_terms,
    near_terms,
    slot_value,
)
from briefing.search.engines.postgres_queries import (
    SLOTS,
    Condition,
    Conditions,
    every,
    joined,
    quoted,
)
from briefing.search.nodes import (
    ExactPhrase,
    Field,
    Leaf,
    Near,
    Node,
    Or,
    Prefix,
    Word,
    leaves,
    parts_of,
)
from briefing.search.planning import (
    FACETS,
    LEAD_WEIGHT,
    OTHER_FORM,
    SLOT_FACETS,
    TYPICAL_LENGTH,
    RankedPassage,
    SearchAnswer,
    most_frequent,
    scope_of,
    tied_facets,
    word_groups,
)

BEST, SCANNED = 60, 30
"""Articles that are ranked: those with the most of the words, and some with all in one passage."""
MOST_ARTICLES: Final = 1 << 17
"""Articles whose facets a process keeps, 250 bytes each, before it begins again."""
MANY: Final = 2_000
"""Passages with all words from which on those with the most have some, without looking."""
MOST_COUNTED: Final = 60_000
"""Passages with some words that are counted: how many of more are shown is estimated."""
SAMPLED: Final = 200
"""Articles by which that is done, which are all where no more are found.

Estimates are off by 3 % one time in three, by 7 % one in twenty, where articles are much alike.
"""
WEIGHTS: Final = "'{0.33, 0.17, 0.33, 1}'"
"""The weights of words in the text, in the names of speakers and in the headline."""
ARTICLE_SHARE: Final = 0.5
"""The weight of the other passages of an article, relative to that of a passage's own words."""

BEST_OF: Final = "article, day, length, worded"
FOUND: Final = "number as article, first_day as day, length, shown"


class KnownFacets:
    """The facets of articles by number, which never change, and their counts in one set of these.

    Of another set those are counted that are in one of both only, where they are fewer.
    """

    def __init__(self, generation: str) -> None:
        """Know nothing yet of the articles of a filling of the database."""
        self.generation = generation
        self._numbers: dict[tuple[str, str], int] = {}
        self._values: dict[int, tuple[int, ...]] = {}
        self._articles, self._counts = set[int](), Counter[int]()

    def count(self, articles: Collection[int], cursor: Any) -> dict[str, Counter[str]]:
        """Return the values of each facet that articles have, and how many have each."""
        if len(self._values) > MOST_ARTICLES:
            self.__init__(self.generation)  # type: ignore[misc]
        here = set(articles)
        self._fetch(here - self._values.keys(), cursor)
        come, gone = here - self._articles, self._articles - here
        if len(come) + len(gone) < len(here):
            counts = self._counts.copy()
            counts.update(self._sum(come))
            counts.subtract(self._sum(gone))
        else:
            counts = self._sum(here)
        if len(here) >= len(self._articles):
            self._articles, self._counts = here, counts
        found, named = {name: Counter[str]() for name in FACETS}, list(self._numbers)
        for number, count in counts.items():
            if count:
                name, value = named[number]
                found[name][value] = count
        return found

    def _fetch(self, missing: Collection[int], cursor: Any) -> None:
        query = "select number, facets from articles where number = any(%s)"
        facets = decoder_of(dict[str, list[str]])
        for number, data in cursor.execute(query, (list(missing),)) if missing else ():
            each = facets.decode(data).items()
            pairs = ((name, value) for name, values in each for value in values)
            values = (self._numbers.setdefault(pair, len(self._numbers)) for pair in pairs)
            self._values[number] = tuple(values)

    def _sum(self, articles: Iterable[int]) -> Counter[int]:
        return Counter(chain.from_iterable(map(self._values.__getitem__, articles)))


class PostgresQuestion:
    """A resolved query, asked with a cursor in one transaction."""

    def __init__(self, cursor: Any, root: Node, roles: Collection[str], known: KnownFacets) -> None:
        """Count facets with what is `known` of articles."""
        self._cursor = cursor
        self._known = known
        self._root = root
        self._counts = cache(lambda root: count_terms(cursor, "stem = %s", (root,)))
        self._frequency = cache(self._frequency_of)
        self._made = Conditions(
            roles,
            forms=self._counts,
            near=lambda *asked: near_terms(cursor, *asked),
            held=lambda each: count_terms(cursor, "lexeme = %s", (each,))[each],
        )
        self._much, self._worded, self._is_estimate = "", "f.worded", False
        self._found, self._total, self._again = self._by_words() or self._by_passages()

    def _by_words(self) -> tuple[str, str, str] | None:
        """Return queries of articles found and passages shown, where articles' words decide both.

        The third is the condition of a passage in an article found.
        """
        made, children = self._made, parts_of(self._root)
        _, chosen, shown = made.parts(children)
        articles = made.articles(self._root)
        if articles.scans or not made.only_read or (chosen and not shown):
            return None
        found = f"select {FOUND}, true as worded from articles a where {made.on('a', articles)}"
        if not shown:
            return f"{found} and shown > 0", "select coalesce(sum(shown), 0) from found", "true"
        groups = word_groups(self._root)
        counts = [sum(map(self._frequency, group)) for group in groups]
        known = self._counts_of([*shown.ways, *(chosen.ways if chosen else ())])
        alone = articles == shown
        # Those with a field are looked at twice: alone, and for the words.
        chosen_rows = 2 * sum(known[way] for way in chosen.ways) if chosen else 0
        counted = max(known.values(), default=0) if alone else 0
        rows = sum(counts) + chosen_rows - counted
        self._is_estimate = rows > MOST_COUNTED and min(counts) > SAMPLED
        if (chosen or shown.sql) and not self._is_estimate:
            return None
        much = made.on("a", every([articles, *map(made.often, groups)]))
        self._much = f"select {FOUND}, true as worded from articles a where {much}"
        again = self._holding(list(chain.from_iterable(groups)))
        if shown.sql or any(scope_of(leaf) == "passages" for leaf in leaves(self._root)):
            again = made.on("p", shown)
        if alone and not self._is_estimate:
            total = self._counted(shown.ways, known)
        elif self._is_estimate or min(counts) <= SAMPLED:
            total, again = self._estimated(again, made.on("p", chosen) if chosen else "")
        else:
            # Asked for its truth, what is found is looked up in one table of hashes.
            total = f"""select count(*) from passages p where p.read and {made.on("p", shown)}
                and (p.article in (select article from found)) is true"""
        return found, total, again

    def _estimated(self, worded: str, chosen: str) -> tuple[str, str]:
        """Return the query of about how many passages are shown, and the condition of such.

        Passages that are chosen by their fields only are shown where none of their article has any
        of the words.
        """
        both = f"{chosen} and {worded}" if chosen else worded
        read = "select article, words, far from passages p where p.article = f.article and p.read"
        total = f"""select coalesce(avg(n), 0) * (select count(*) from found) from (
            select coalesce(nullif(count(*) filter (where {both}), 0),
                count(*) filter (where {chosen or "false"})) as n
            from (select article from found order by hashint4(article) limit {SAMPLED}) f
            join lateral ({read} offset 0) p on true group by f.article) s"""
        if not chosen:
            return total, worded
        self._worded = f"exists (select from ({read} offset 0) p where {both})"
        return total, f"{chosen} and (not f.worded or {worded})"

    def _counted(self, ways: Sequence[str], counts: Counter[str]) -> str:
        """Return the query of how many passages have any of some lexemes or beginnings.

        Those with the most frequent one are counted already.
        """
        made = self._made
        most = max(counts, key=counts.__getitem__, default="")
        rest = Condition(tuple(way for way in ways if way != most))
        if not rest.ways:
            return f"select {counts[most]}"
        others = every([rest, Condition((f"!{most}",))]) if most else rest
        return f"""select {counts[most]} + count(*) from passages p
            where p.read and {made.on("p", others)}"""

    def _counts_of(self, ways: Sequence[str]) -> Counter[str]:
        query = "select lexeme, shown from terms where lexeme = any(%s)"
        plain = [way[1:-1] for way in ways if way.endswith("'")]
        rows = self._cursor.execute(query, (plain,)).fetchall()
        return Counter({f"'{lexeme}'": count for lexeme, count in rows})

    def _holding(self, words: Sequence[Leaf]) -> str:
        """Return the condition that a passage has one of some words, asked of their places."""
        made = self._made
        near = [made.on("p", made.passages(leaf)) for leaf in words if isinstance(leaf, Near)]
        asked = [made.ranked(leaf) for leaf in words if not isinstance(leaf, Near)]
        either = [f"p.words @@ {made.bind(joined(asked, '|'), '::tsquery')}"] if asked else []
        return f"({' or '.join([*either, *near])})"

    def _by_passages(self) -> tuple[str, str, str]:
        """Return queries of articles found and passages shown, and the condition of such."""
        made, children = self._made, parts_of(self._root)
        articles, chosen, worded = made.parts(children)
        if len(children) == 1:
            whole = made.passages(self._root)
            ways = made.ways(self._root) if isinstance(self._root, Or) else [whole]
            found, again = self._by_article(*ways), made.on("p", whole)
        elif chosen and worded:
            # Passages without any of the words are shown where none of their article has some.
            some = self._by_article(every(filter(None, (chosen, articles))))
            both = self._by_article(every([chosen, worded]))
            found = f"""select c.article, coalesce(w.n, c.n) as n, w.n is not null as worded
                from ({some}) c left join ({both}) w using (article)"""
            again = f"{made.on('p', chosen)} and (not f.worded or {made.on('p', worded)})"
        else:
            shown = chosen or worded
            found = self._by_article(every(filter(None, (shown, articles))))
            again = made.on("p", shown) if shown else "true"
        found = f"select {FOUND}, worded, n from ({found}) c join articles on number = article"
        return found, "select coalesce(sum(n), 0) from found", again

    def _by_article(self, *ways: Condition) -> str:
        """Return the query of how many passages are found in each article in any of some ways."""
        made = self._made
        each = " union ".join(
            f"select article, place from passages p where {made.searched} and {made.on('p', shown)}"
            for shown in ways
        )
        return f"""select article, count(*)::int as n, true as worded
            from ({each}) p group by article"""

    def _frequency_of(self, leaf: Leaf) -> int:
        """Return how many passages have what a leaf of words asks for, at the most."""
        if isinstance(leaf, Near):
            return min(map(self._frequency, leaf.words))
        rows = self._made.rows(leaf)
        if isinstance(leaf, Prefix) or (isinstance(leaf, Field) and leaf.prefix):
            return sum(self._beginning_with(row[-1]) for row in rows if row)
        counts = self._counts_of([quoted(word) for row in rows for word in row])
        return sum(min((counts[quoted(word)] for word in row), default=0) for row in rows)

    def _beginning_with(self, letters: str) -> int:
        begun = beginning(letters) if len(letters) <= BEGINNINGS else letters
        query = "select coalesce(sum(shown), 0)::int from terms where lexeme ^@ %s"
        return int(self._cursor.execute(query, (begun,)).fetchone()[0])

    def count(self, *, articles: bool) -> int:
        """Return the number of passages or of articles that match."""
        total = "select count(*) from found" if articles else self._total
        query = f"with found as materialized ({self._found}) select ({total})"
        return int(self._cursor.execute(query, self._made.values).fetchone()[0])

    def answer(self, limit: int, *, newest: bool, facets: bool) -> SearchAnswer:
        """Return the best passages, and counts of all passages and articles found."""
        made = self._made
        groups = word_groups(self._root)
        by_day = newest or not groups
        parts = {"found": f"materialized ({self._found})"}
        best = self._best(max(BEST, limit), by_day=by_day)
        if not by_day and len(groups) > 1 and self._have_all(groups) < MANY:
            whole = every(made.either("p", map(made.passages, group)) for group in groups)
            parts["whole"] = f"""materialized (select p.article from passages p
                where {made.searched} and {made.on("p", whole)} limit {MANY})"""
            best += f""" union (select {BEST_OF} from found
                where (article in (select article from whole)) is true
                order by day desc, article limit {SCANNED})"""
        parts["best"] = f"(select article, day, length, {self._worded} as worded from ({best}) f)"
        parts["ranked"] = f"materialized ({self._ranked(groups, limit, by_day=by_day)})"
        numbers = "string_agg(int4send(article), '')" if facets else "null"
        said = [
            f"""select 't', (select generation from state), ({self._total})::int,
                count(*)::float8, {numbers}, null from found""",
            """select 'h', lpad(r.at::text, 9, '0'), r.n, r.score, a.record, p.record from ranked r
                join articles a on a.number = r.article join passages p using (article, place)""",
        ]
        if facets:
            said += self._tied_facets()
        with_ = ", ".join(f"{name} as {query}" for name, query in parts.items())
        query = f"with {with_} {' union all '.join(said)}"
        answer = self._cursor.execute(query, made.values)
        *rows, total = sorted(answer, key=itemgetter(0, 1))
        _, generation, chunks, articles, found, _ = total
        if generation != self._known.generation:
            raise StaleIndexError("others have made the shared index anew")
        is_estimate = self._is_estimate and articles > SAMPLED
        counted: dict[str, Counter[str]] = {}
        if facets:
            here = unpack(f"!{len(found or b'') // 4}i", found or b"")
            counted = self._known.count(here, self._cursor)
            for name in tied_facets(self._root)[1]:
                counted[name] = Counter({value: n for kind, value, n, *_ in rows if kind == name})
        return SearchAnswer(
            hits=tuple(_hit(row) for row in rows if row[0] == "h"),
            chunks=round(chunks, 2 - len(str(chunks))) if is_estimate else chunks,
            articles=int(articles),
            is_estimate=is_estimate,
            facets={name: most_frequent(counts) for name, counts in counted.items()},
        )

    def _best(self, limit: int, *, by_day: bool) -> str:
        """Return the query of the articles that are ranked: the newest, or with the most."""
        newest = "day desc, article"
        if by_day or not self._much:
            order = newest if by_day else f"n desc, {newest}"
            return f"(select {BEST_OF} from found order by {order} limit {limit})"
        # Read one after the other: where enough have much, no others are sorted.
        return f"""(with much as materialized ({self._much} order by {newest} limit {limit})
            select {BEST_OF} from much union all (select {BEST_OF} from found
            where (article in (select article from much)) is not true
            order by {newest} limit {limit}) limit {limit})"""

    def _have_all(self, groups: Sequence[Sequence[Leaf]]) -> float:
        """Return about how many passages have words of all groups, as if by chance."""
        shares = (sum(map(self._frequency, group)) / self._size for group in groups)
        return self._size * math.prod(min(1.0, share) for share in shares)

    def _ranked(self, groups: Sequence[Sequence[Leaf]], limit: int, *, by_day: bool) -> str:
        ranks = [self._rank(leaf) for leaf in dict.fromkeys(chain.from_iterable(groups))]
        own = " + ".join(rank for rank, _ in ranks) or "0::float8"
        shared = ARTICLE_SHARE * sum(rarity for _, rarity in ranks)
        # Sums of the type numeric take longer than to look at a passage's words.
        score = f"""({own}) / (0.5::float8 + p.length / {2 * TYPICAL_LENGTH}::float8)
            * case when p.lead then {LEAD_WEIGHT}::float8 else 1 end
            + {shared}::float8 * n / (n + 1.0::float8 + 0.1::float8 * p.passages)"""
        order = "day desc" if by_day else "whole desc, score desc"
        whole = "true" if by_day or len(groups) < 2 else " and ".join(map(self._holding, groups))
        # Joined to nothing, the words of a passage are fetched once.
        return f"""select *, row_number() over (order by {order}, article, place) as at from (
            select article, place, day, n, whole, ({score})::float8 as score from (
            select p.*, f.day, f.length as passages, {whole} as whole,
                count(*) over (partition by p.article)::int as n
            from best f join lateral (
                select article, place, length, lead, slots, far,
                    setweight(words, 'A', '{{}}') as words
                from passages p where p.article = f.article and {self._made.searched} offset 0
            ) p on true where {self._again}) p) scored order by at limit {limit}"""

    def _rank(self, leaf: Leaf) -> tuple[str, float]:
        """Return how a leaf ranks a passage in SQL, and how rare it is."""
        made = self._made
        if isinstance(leaf, Near):
            return max(map(self._rank, leaf.words), key=lambda rank: rank[1])
        asked = made.bind(made.ranked(leaf), "::tsquery")
        rank = f"ts_rank({WEIGHTS}, p.words, {asked})"
        text = leaf.value if isinstance(leaf, Field) else leaf.text
        words = terms(text)
        if (
            isinstance(leaf, Word)
            and len(words) == 1
            and self._counts(stem(words[0])).keys() - {*words}
        ):
            exact = made.bind(made.ranked(ExactPhrase(text)), "::tsquery")
            rank = f"""({OTHER_FORM}::float8 * {rank}
                + {1 - OTHER_FORM}::float8 * ts_rank({WEIGHTS}, p.words, {exact}))"""
        rarity = math.log(1 + self._size / max(1, self._frequency(leaf)))
        return f"{rarity}::float8 * {rank}", rarity

    @cached_property
    def _size(self) -> int:
        query = "select reltuples::int from pg_class where oid = 'passages'::regclass"
        return max(1_000, int(self._cursor.execute(query).fetchone()[0]))

    def _tied_facets(self) -> list[str]:
        """Return queries of how many articles have a value in the annotation that is asked for."""
        made = self._made
        group, tied = tied_facets(self._root)
        each = []
        for name in tied:
            having = made.on("p", every([made.tied(SLOT_FACETS[name], field) for field in group]))
            says = " and ".join(map(made.says, group))
            mark = made.bind(slot_value(SLOT_FACETS[name], (), whole=False), "::text")
            each.append(
                f"""select '{name}', v, count(*)::int, 0, null, null from (
                select distinct p.article, btrim(item, {mark}) as v
                from (select article, slots from passages p where {made.searched} and {having}
                offset 0) p join found f using (article), {SLOTS},
                unnest(string_to_array(s, {made.bind(VALUE_END, "::text")})) item
                where {says} and item ^@ {mark}) t group by v"""
            )
        return each


def _hit(row: tuple[Any, ...]) -> RankedPassage:
    _, _, count, score, article, chunk = row
    articles, chunks = decoder_of(ArticleRecord), decoder_of(ChunkRecord)
    return RankedPassage(score, articles.decode(article), chunks.decode(chunk), count)
