"""What a briefing says now that it did not say before: two states of it, set against each other.

Articles are the same where their originals have the same bytes, else where they have the same id;
quotes where they have the same words in the same article. So neither a new name of a file nor a new
id of a quote is a change.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Generic, Literal, TypeVar

from briefing.compare import panels as rows
from briefing.compare.panels import Panels, StanceNote, Standing
from briefing.compare.same_words import join_objects, words
from briefing.compare.timeline import sentence_around
from briefing.english.sentences import split_sentences
from briefing.model import Article, Briefing, Edit, Problem, Record, fields_of, origin_of
from briefing.wording import counted

_T = TypeVar("_T")
_Kept = TypeVar("_Kept", "KeptArticle", "KeptQuote", "KeptStanding", Edit)
_Placed = list[tuple[str, _T]]
_EDGE = 3
"""The words at either end of a quote by which it is known again with other bounds."""
READ_ANEW = "{} read by other rules or another codebook: quotes and stances may differ for that"


class KeptArticle(Record, frozen=True, kw_only=True):
    """An article: its id and label then, its date, what tells its original, and who read it.

    `sha256` is what `origin_of` returns; `rules` are the annotator with its version and codebook,
    None where that is unknown.
    """

    article: str
    source: str
    date: str | None = None
    sha256: str
    rules: str | None = None


class KeptQuote(Record, frozen=True, kw_only=True):
    """A quote with its words, and its speaker's name, else role; None where not stated."""

    article: str
    source: str
    quote: str
    exact: str
    speaker: str | None = None


class KeptStanding(Record, frozen=True, kw_only=True):
    """Where a country stood on an object, with the sentence that shows it and its place.

    Stances at odds are given where there are conflicts.
    """

    country: str
    name: str
    object: str | None = None
    stance: str
    since: str | None = None
    conflicts: tuple[rows.Conflict, ...] = ()
    at_odds: tuple[str, ...] = ()
    ruled: bool = False
    article: str
    source: str
    chunk: str
    start: int
    end: int
    sentence: str


class BriefingState(Record, frozen=True, kw_only=True):
    """What has to be kept of a briefing to tell later what changed.

    `made` is when, UTC; `unread` are the ids of articles whose files could not be read.
    """

    format: Literal["briefing/state/1"] = "briefing/state/1"
    made: str = ""
    bottom_line: str | None = None
    articles: tuple[KeptArticle, ...] = ()
    quotes: tuple[KeptQuote, ...] = ()
    standings: tuple[KeptStanding, ...] = ()
    rulings: tuple[Edit, ...] = ()
    unread: tuple[str, ...] = ()


class Change(Record, Generic[_T], frozen=True, kw_only=True):
    """What was `before` and is `now`; None where it is new or gone."""

    before: _T | None = None
    now: _T | None = None


class Changes(Record, frozen=True, kw_only=True):
    """How two states differ; in each list what changed comes first, then what is new, then gone.

    `since` says in words with what it was compared, `notes` what could not be compared. A quote
    changes with its speaker or bounds, an article with its original; `positions` are where a stance
    is another, `conflicts` where cues disagree otherwise than before.
    """

    since: str = ""
    notes: tuple[str, ...] = ()
    bottom_line: Change[str] | None = None
    positions: tuple[Change[KeptStanding], ...] = ()
    conflicts: tuple[Change[KeptStanding], ...] = ()
    rulings: tuple[Change[Edit], ...] = ()
    articles: tuple[Change[KeptArticle], ...] = ()
    quotes: tuple[Change[KeptQuote], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return self == Changes(since=self.since, notes=self.notes)


def take_state(briefing: Briefing, panels: Panels, made: str = "") -> BriefingState:
    """Return the state of a briefing whose panels these are, as of `made`."""
    articles = {article.id: article for article in briefing.articles}
    labels = {source.article: source.label for source in panels.sources}
    standings = [(row, standing) for row in panels.countries for standing in row.standings]
    sentences = _read_sentences(briefing.articles, [one.latest for _, one in standings])
    orphans = {orphan.edit.id for orphan in briefing.orphans}
    return BriefingState(
        made=made,
        bottom_line=panels.bottom_line,
        articles=tuple(_keep_article(row, articles[row.article]) for row in panels.sources),
        quotes=tuple(map(_keep_quote, panels.quotes)),
        standings=tuple(
            _keep_standing(row, one, labels[one.latest.article], sentences[one.latest])
            for row, one in standings
        ),
        rulings=tuple(
            edit
            for edit in briefing.edits
            if edit.kind == "rule-position" and edit.id not in orphans
        ),
        unread=tuple(dict.fromkeys(map(_article_of, briefing.problems))),
    )


def _article_of(problem: Problem) -> str:
    """Return the id that an article has by the name of its file, which may be no Unicode."""
    name = problem.file.rpartition("/")[2].removesuffix(".yaml")
    return name.encode("utf-8", "replace").decode("utf-8")


def _keep_article(row: rows.SourceRow, article: Article) -> KeptArticle:
    by = article.annotator
    return KeptArticle(
        article=row.article,
        source=row.label,
        date=row.date.value if row.date else None,
        sha256=origin_of(article.source),
        rules=f"{by.name} {by.version} {by.codebook or ''}" if by else None,
    )


def _keep_quote(row: rows.QuoteRow) -> KeptQuote:
    speaker = row.quote.speaker
    return KeptQuote(
        article=row.article,
        source=row.source,
        quote=row.quote.id,
        exact=row.quote.exact,
        speaker=(speaker.name or speaker.role) if speaker else None,
    )


def _keep_standing(
    row: rows.CountryRow, standing: Standing, source: str, sentence: str
) -> KeptStanding:
    cue = standing.latest
    return KeptStanding(
        country=row.code,
        name=row.name,
        source=source,
        sentence=sentence,
        **fields_of(standing, "object", "stance", "since", "conflicts", "at_odds"),
        **fields_of(cue, "ruled", "article", "chunk", "start", "end"),
    )


def _read_sentences(
    articles: Sequence[Article], cues: Sequence[StanceNote]
) -> Mapping[StanceNote, str]:
    """Return the sentences that each cue reaches into; a chunk is split once."""
    by_chunk: defaultdict[tuple[str, str], list[StanceNote]] = defaultdict(list)
    for cue in cues:
        by_chunk[cue.article, cue.chunk].append(cue)
    found: dict[StanceNote, str] = {}
    for article in articles:
        for chunk in article.chunks:
            held = by_chunk.get((article.id, chunk.id), [])
            sentences = split_sentences(chunk.text) if held else []
            starts = [start for start, _ in sentences]
            for cue in held:
                start, end = sentence_around((cue.start, cue.end), sentences, starts)
                found[cue] = chunk.text[start:end]
    return found


def compare_states(before: BriefingState, now: BriefingState) -> Changes:
    """Return what changed from one state of a briefing to another; takes linear time.

    What is only in an article that the other state could not read is left out.
    """
    articles = _pair(
        [("", one) for one in before.articles],
        [("", one) for one in now.articles],
        lambda _, one: one.sha256,
        lambda _, one: one.article,
    )
    homes = {one.before.article: one.now.article for one in articles if one.before and one.now}
    matters = _matters(before.standings, now.standings)
    standings = _pair(
        _place(_first_of_each(before.standings, matters), homes),
        _place(_first_of_each(now.standings, matters)),
        lambda home, one: (home, one.country, one.sentence),
        lambda _, one: matters[one],
    )
    quotes = _pair(
        _place(before.quotes, homes),
        _place(now.quotes),
        lambda home, one: (home, words(one.exact)),
        lambda home, one: (home, words(one.exact)[:_EDGE]),
        lambda home, one: (home, words(one.exact)[-_EDGE:]),
    )
    rulings = _pair(
        _place(before.rulings, homes),
        _place(now.rulings),
        lambda home, one: (home, one.anchor.exact, one.country),
    )
    line = Change(before=before.bottom_line, now=now.bottom_line)
    unread = before.unread, now.unread
    read_anew = sum(one.before.rules != one.now.rules for one in articles if one.before and one.now)
    return Changes(
        notes=(READ_ANEW.format(counted(read_anew, "article")),) if read_anew else (),
        bottom_line=line if line.before != line.now else None,
        positions=_changed(standings, unread, lambda one: one.stance),
        conflicts=_changed(standings, unread, lambda one: one.at_odds or None),
        rulings=_changed(
            rulings, unread, lambda one: (one.stance, one.target, one.object, one.date)
        ),
        articles=_changed(articles, unread, lambda one: one.sha256),
        quotes=_changed(quotes, unread, lambda one: (words(one.exact), one.speaker)),
    )


def _matters(
    before: Sequence[KeptStanding], now: Sequence[KeptStanding]
) -> Mapping[KeptStanding, Hashable]:
    """Map each standing to what it has in common with the one before or after: country and object.

    One without an object is on the only object that the other state knows of the country.
    """
    names = join_objects(one.object for one in (*before, *now) if one.object)
    matters: dict[KeptStanding, Hashable] = {}
    for standings, others in ((before, now), (now, before)):
        known: defaultdict[str, set[str]] = defaultdict(set)
        for one in others:
            if one.object is not None:
                known[one.country].add(names[one.object])
        for one in standings:
            only = next(iter(known[one.country])) if len(known[one.country]) == 1 else None
            matters[one] = one.country, names[one.object] if one.object else only
    return matters


def _first_of_each(
    standings: Sequence[KeptStanding], matters: Mapping[KeptStanding, Hashable]
) -> list[KeptStanding]:
    """Return the standings without those on objects that are one by now."""
    return list({matters[one]: one for one in reversed(standings)}.values())[::-1]


def _home(one: KeptArticle | KeptQuote | KeptStanding | Edit) -> str:
    return one.anchor.article if isinstance(one, Edit) else one.article


def _place(records: Sequence[_Kept], homes: Mapping[str, str] | None = None) -> _Placed[_Kept]:
    """Return records with the present ids of their articles; `homes` maps the former ones."""
    places = [(_home(one), one) for one in records]
    return [(homes.get(at, f"gone {at}") if homes is not None else at, one) for at, one in places]


def _pair(
    before: _Placed[_Kept], now: _Placed[_Kept], *keys: Callable[[str, _Kept], Hashable]
) -> list[Change[_Kept]]:
    """Pair records by the first of the keys that both have in common; others have no pair."""
    found: list[Change[_Kept]] = []
    for key in keys:
        waiting: defaultdict[Hashable, deque[tuple[str, _Kept]]] = defaultdict(deque)
        for placed in before:
            waiting[key(*placed)].append(placed)
        left: _Placed[_Kept] = []
        for placed in now:
            same = waiting[key(*placed)]
            if same:
                found.append(Change(before=same.popleft()[1], now=placed[1]))
            else:
                left.append(placed)
        before, now = [one for same in waiting.values() for one in same], left
    found += [Change(now=one) for _, one in now]
    found += [Change(before=one) for _, one in before]
    return found


def _changed(
    pairs: Sequence[Change[_Kept]],
    unread: tuple[Collection[str], Collection[str]],
    say: Callable[[_Kept], object],
) -> tuple[Change[_Kept], ...]:
    """Return the pairs of which both say something else, None being said where one is missing."""

    def is_hidden(one: _Kept | None, other: _Kept | None, unread: Collection[str]) -> bool:
        return one is None and other is not None and _home(other) in unread

    return tuple(
        pair
        for pair in pairs
        if (pair.before and say(pair.before)) != (pair.now and say(pair.now))
        and not is_hidden(pair.before, pair.now, unread[0])
        and not is_hidden(pair.now, pair.before, unread[1])
    )
