"""Briefing -> panels: counts and orders what the first screen shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from briefing.annotate.positions.codebook import codebook_in_use, is_older, readable_text
from briefing.compare import panels
from briefing.compare.filing import country_mentions, file_quotes, group_country
from briefing.compare.ledger import MACHINE_ROLES, Ledger, build_ledgers
from briefing.compare.origin_counts import tally_origins
from briefing.compare.origins import OriginGraph, trace_origins
from briefing.compare.same_words import group_same_quotes
from briefing.model import (
    Aliases,
    Annotator,
    Article,
    Briefing,
    BriefingInfo,
    Quote,
    fields_of,
    paragraph_numbers,
    read_chunks,
    text_stamp,
)
from briefing.paraphrases import count_quotes, paraphrase_kind
from briefing.wording import where_stated
from briefing.world.country_names import country_name
from briefing.world.languages import other_language

FIRST_WORDS, FIRST_CHARACTERS = 5, 40
"""How much of a headline tells an article from another of its outlet."""
_GROUPS: tuple[panels.CountryGroup, ...] = ("actor", "topic", "mentioned")


def build_panels(briefing: Briefing) -> panels.Panels:
    """Return countries, quotes and sources of the briefing, as its edits left them."""
    articles = reading_order(briefing.articles)
    labels = source_labels(articles)
    graph = trace_origins(articles, briefing.info.aliases)
    rows = [
        row
        for article in articles
        for row in _quote_rows(article, labels[article.id], briefing, graph)
    ]
    rows = [replace(row, number=number) for number, row in enumerate(rows, 1)]
    spoken = _link_same_quotes([row for row in rows if row.quote.kind != "indirect"], graph)
    paraphrases = tuple(row for row in rows if row.paraphrase and row.quote.speaker)
    sources = tuple(
        _source_row(article, number, labels[article.id], graph)
        for number, article in enumerate(articles, 1)
    )
    return panels.Panels(
        name=briefing.name,
        **fields_of(briefing.info, "title", "question", "bottom_line"),
        codebook=codebook_of(briefing.info, articles),
        countries=_country_rows(articles, spoken, paraphrases, graph),
        quotes=tuple(sorted(spoken, key=lambda row: not row.pinned)),
        paraphrases=paraphrases,
        sources=sources,
        circles=graph.circles,
        orphans=len(briefing.orphans),
        problems=len(briefing.problems),
    )


def codebook_of(info: BriefingInfo, articles: Sequence[Article]) -> panels.CodebookNote:
    """Return which codebook the stances of the articles are to be of, and whether they are."""
    by_id = sorted(articles, key=lambda article: article.id)
    return note_codebook(info, [each.annotator for each in by_id], map(readable_text, by_id))


def note_codebook(
    info: BriefingInfo, annotators: Sequence[Annotator | None], texts: Iterable[str]
) -> panels.CodebookNote:
    """Return the same from the annotators of the articles, by id, and as many texts as it takes."""
    codebook = codebook_in_use(info, (each.codebook for each in annotators if each), texts)
    digest = codebook.digest
    return panels.CodebookNote(
        name=codebook.shipped_name,
        stances=codebook.names,
        reason=codebook.reason,
        is_newer=any(is_older(annotator, digest) for annotator in annotators),
    )


def reading_order(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles newest first, undated ones last, and by id within a date."""
    by_id = sorted(articles, key=lambda article: article.id)
    return tuple(sorted(by_id, key=lambda one: one.date.value if one.date else "", reverse=True))


def source_labels(articles: Iterable[Article]) -> Mapping[str, str]:
    """Return a label for each article id: publisher, else headline, else id, made unique.

    Articles of one publisher are told apart by their date, those of one date or of none by how
    their headline begins, and what is the same even so by a number.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    named = [
        (each.publisher or each.headline or each.id, each.date.value if each.date else "")
        for each in ordered
    ]
    of_name, of_day = Counter(name for name, _ in named), Counter(named)
    parts = [
        (f"{name}{_beginning(each) if not day or of_day[name, day] > 1 else ''}", day)
        if of_name[name] > 1
        else (name, "")
        for each, (name, day) in zip(ordered, named, strict=True)
    ]
    frequent, seen, labels = Counter(parts), Counter[tuple[str, str]](), {}
    for each, part in zip(ordered, parts, strict=True):
        seen[part] += 1
        number = f"({seen[part]})" if frequent[part] > 1 else ""
        name, day = part
        labels[each.id] = " ".join(filter(None, (name, number, day)))
    return labels


def _beginning(article: Article) -> str:
    """Return how the headline begins behind a colon; nothing where it is the article's name."""
    headline = " ".join((article.headline or "").split()) if article.publisher else ""
    begins = " ".join(headline.split(" ")[:FIRST_WORDS])[:FIRST_CHARACTERS].strip()
    return f": {begins}{'…' if begins != headline else ''}" if begins else ""


def _quote_rows(
    article: Article, label: str, briefing: Briefing, graph: OriginGraph
) -> list[panels.QuoteRow]:
    paragraphs = paragraph_numbers(article)
    filed = file_quotes(article)
    pinned = {(one.article, one.exact) for one in briefing.info.pinned}
    return [
        panels.QuoteRow(
            article=article.id,
            chunk=chunk.id,
            paragraph=paragraphs.get(chunk.id),
            section=chunk.section,
            source=label,
            quote=_with_alias(quote, briefing.info.aliases),
            paraphrase=paraphrase_kind(quote),
            by=filed[chunk.id, quote.id].by,
            about=filed[chunk.id, quote.id].about,
            pinned=quote.id in chunk.pins or (article.id, quote.exact) in pinned,
            origin=graph.of_quote(article.id, quote),
        )
        for chunk in read_chunks(article)
        for quote in sorted(chunk.quotes, key=lambda quote: quote.start)
    ]


def _with_alias(quote: Quote, aliases: Aliases) -> Quote:
    if quote.speaker is None or quote.speaker.name is None:
        return quote
    for alias in aliases.speakers:
        if quote.speaker.name in alias.forms:
            return replace(quote, speaker=replace(quote.speaker, name=alias.name))
    return quote


def _link_same_quotes(rows: Sequence[panels.QuoteRow], graph: OriginGraph) -> list[panels.QuoteRow]:
    groups = group_same_quotes([(row.article, row.quote) for row in rows])
    members: defaultdict[int, list[panels.QuoteRow]] = defaultdict(list)
    for group, row in zip(groups, rows, strict=True):
        members[group].append(row)
    tallies = {
        group: tally_origins(((one.article, one.origin) for one in found), graph)
        for group, found in members.items()
    }
    linked = []
    for group, row in zip(groups, rows, strict=True):
        others = [other for other in members[group] if other is not row]
        also = tuple(other.key for other in others)
        variants = any(other.quote.exact != row.quote.exact for other in others)
        linked.append(replace(row, also=also, variants=variants, tally=tallies[group]))
    return linked


def _source_row(article: Article, number: int, label: str, graph: OriginGraph) -> panels.SourceRow:
    chunks = read_chunks(article)
    quotes, paraphrases = count_quotes(quote for chunk in chunks for quote in chunk.quotes)
    cites = Counter(
        citation.outlet
        for chunk in chunks
        for citation in chunk.citations
        if citation.kind == "source"
    )
    return panels.SourceRow(
        number=number,
        article=article.id,
        label=label,
        **fields_of(article, "headline", "publisher", "date", "reprint_of", "url"),
        cites=tuple(outlet for outlet, _ in cites.most_common()),
        quotes=quotes,
        paraphrases=paraphrases,
        countries=len({mention.code for chunk in chunks for mention in country_mentions(chunk)}),
        paragraphs=sum(chunk.role == "body" for chunk in article.chunks),
        set_aside=len(article.chunks) - len(chunks),
        stated=tuple(where_stated(article)),
        double_of=article.source.double_of,
        stamp=text_stamp(article),
        origin=graph.of_article(article.id),
        text_of=graph.articles[article.id].outlet,
        kind=graph.kinds[article.id],
        text=graph.texts[article.id],
        language=other_language(article.language),
    )


def _country_rows(
    articles: Sequence[Article],
    quotes: Sequence[panels.QuoteRow],
    paraphrases: Sequence[panels.QuoteRow],
    graph: OriginGraph,
) -> tuple[panels.CountryRow, ...]:
    """Return who speaks or has a position, then who is spoken about, then who is only mentioned."""
    mentions: Counter[str] = Counter()
    holders: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for article in articles:
        for chunk in read_chunks(article):
            for mention in country_mentions(chunk):
                mentions[mention.code] += 1
                holders[mention.code][article.id] = None
    for row in (*quotes, *paraphrases):
        for code in row.about if row.by is None else (row.by, *row.about):
            holders[code][row.article] = None
    spoken, reported = _tallies(quotes), _tallies(paraphrases)
    ledgers = build_ledgers(articles, graph)
    for code, ledger in ledgers.items():
        holders[code].update((note.article, None) for note in ledger.notes)
    rows = (
        panels.CountryRow(
            code=code,
            name=country_name(code),
            group=group_country(spoken[code], reported[code], has_position=code in ledgers),
            quotes=spoken[code],
            paraphrases=reported[code],
            mentions=mentions[code],
            articles=len(sources),
            stance=main.stance if main else None,
            former=main.former if main else None,
            conflict=bool(main and main.conflicts),
            standings=ledger.standings,
            ledger=ledger.notes,
            sources=tuple(sources),
        )
        for code, sources in holders.items()
        for ledger in [ledgers.get(code, Ledger())]
        for main in [next(iter(ledger.standings), None)]
    )
    return tuple(sorted(rows, key=_country_order))


def countries_of(article: Article) -> tuple[str, ...]:
    """Return the codes of the countries whose rows in the panels have an article as a source."""
    filed, chunks = file_quotes(article), read_chunks(article)
    codes = {mention.code for chunk in chunks for mention in country_mentions(chunk)}
    for chunk in chunks:
        for quote in chunk.quotes:
            if quote.kind != "indirect" or (quote.speaker and paraphrase_kind(quote)):
                filing = filed[chunk.id, quote.id]
                codes.update(filing.about, filter(None, [filing.by]))
    marked = (chunk.positions for chunk in article.chunks if chunk.role in MACHINE_ROLES)
    codes.update(position.country for positions in marked for position in positions)
    return tuple(sorted(codes))


def _tallies(rows: Sequence[panels.QuoteRow]) -> defaultdict[str, panels.Tally]:
    by = Counter(row.by for row in rows if row.by is not None)
    about = Counter(code for row in rows for code in row.about)
    found = {
        code: panels.Tally(by=by[code], about=about[code]) for code in by.keys() | about.keys()
    }
    return defaultdict(panels.Tally, found)


def _country_order(row: panels.CountryRow) -> tuple[int, int, int, int, str]:
    spoken, reported = row.quotes.total, row.paraphrases.total
    return _GROUPS.index(row.group), -spoken, -reported, -row.mentions, row.code
