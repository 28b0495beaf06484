"""Quotations of a draft against the stored text: their words, who said them, and their source.

The articles are read once; of each quotation the passages are kept that share most with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from briefing.compare.word_alignment import (
    AlignedPart,
    SharedRun,
    TextWord,
    WordedText,
    align,
    find_run,
    match_words,
    read_words_of,
    split_keys,
)
from briefing.export.draft_quotes import DraftQuotation
from briefing.model import Article, Chunk, Quote, Record, Speaker
from briefing.world.outlets import ends_as_outlet, find_outlets

DraftVerdict = Literal["exact", "cut", "changed", "not found", "too short"]
HeldAs = Literal["quote", "paraphrase", "title", "text"]

SHINGLE: Final = 3
"""Words in a row by which passages are found; a shorter quotation is found by all its words."""
MOST_SHARED: Final = 100
"""A run of words finds this many quotations of a draft at most."""
MOST_HELD: Final = 20
MOST_NEAR: Final = 4
ALIKE: Final = 0.6
"""The share of its words, in order, that a changed quotation has from a passage."""
NEAR: Final = 0.35
"""The share from which on a passage is shown as the nearest."""
_WINDOW: Final = 40
_ORDER: Final[tuple[DraftVerdict, ...]] = ("exact", "cut", "changed", "not found")
Run = tuple[str, ...]


class CheckedQuotation(Record, frozen=True, kw_only=True):
    """A quotation of a draft, what of its words is stored, and where.

    `place` is briefing, article and quote, or chunk where the words are no marked quote; `held_as`
    is what they are there and `speakers` who said them, `attributed_to` who did in the draft. A cut
    is `marked` where an ellipsis stands wherever words are left out; `verbatim` is whether the
    words are there character for character. `sources` are all that hold them, by label.
    """

    line: int
    text: str
    verdict: DraftVerdict
    place: tuple[str, str, str] | None = None
    passage: str | None = None
    parts: tuple[AlignedPart, ...] = ()
    marked: bool = False
    verbatim: bool = False
    held_as: HeldAs | None = None
    speakers: tuple[Speaker, ...] = ()
    attributed_to: Speaker | None = None
    misattributed: bool = False
    other_source: bool = False
    sources: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with it."""
        worded = self.verdict in {"exact", "too short"} or (self.verdict == "cut" and self.marked)
        return worded and not (self.misattributed or self.other_source)


class CheckedDraft(Record, frozen=True, kw_only=True):
    """A draft's quotations in order, and the number of articles that they were compared with.

    `unread` are the briefings of which not everything could be read.
    """

    quotations: tuple[CheckedQuotation, ...]
    articles: int = 0
    unread: tuple[str, ...] = ()


class _Place(NamedTuple):
    """A chunk of an article, by its number, that shares words with a quotation.

    `names` are what a draft may name the article by.
    """

    briefing: str
    article: Article
    at: int
    names: Set[str]


class _Near(NamedTuple):
    """What stands near a quotation and may name its source."""

    texts: tuple[str, ...]
    urls: Set[str]

    def names(self, names: Iterable[str]) -> bool:
        """Whether one of the names of sources stands there."""
        return any(name in self.urls or any(name in text for text in self.texts) for name in names)


class _Match(NamedTuple):
    """What of a quotation stands at a place: the chunks with its words, and their alignment."""

    place: _Place
    verdict: DraftVerdict
    marked: bool
    likeness: float
    passage: str
    parts: tuple[AlignedPart, ...]
    chunks: tuple[tuple[Chunk, int, int], ...]

    @property
    def quotes(self) -> list[Quote]:
        """The quotes that hold words of it, those in marks before paraphrases."""
        found = [
            quote
            for chunk, start, end in self.chunks
            for quote in chunk.quotes
            if quote.start < end and quote.end > start
        ]
        return sorted(found, key=lambda quote: quote.kind == "indirect")

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who said its words, as far as that is known."""
        marked = [quote for quote in self.quotes if quote.kind != "indirect"] or self.quotes
        return tuple(dict.fromkeys(quote.speaker for quote in marked if quote.speaker))

    @property
    def held_as(self) -> HeldAs:
        """What its words are in their article."""
        if self.quotes:
            return "paraphrase" if self.quotes[0].kind == "indirect" else "quote"
        return "title" if self.chunks[0][0].role == "heading" else "text"


def check_draft(
    quotations: Sequence[DraftQuotation], articles: Iterable[tuple[str, Article]]
) -> CheckedDraft:
    """Return each quotation with what the articles, each with its briefing, hold of it."""
    # A draft that repeats itself is judged once.
    near = {one: _near_of(one) for one in {one._replace(line=0) for one in quotations}}
    asked: defaultdict[Run, list[_Near]] = defaultdict(list)
    for one, its_near in near.items():
        asked[split_keys(one.text)].append(its_near)
    known: set[str] = set()
    count = 0

    def read() -> Iterator[_Place]:
        nonlocal count
        for briefing, article in articles:
            names = frozenset(_names_of(article))
            known.update(names)
            count += 1
            titled = _with_title(article)
            yield from (_Place(briefing, titled, at, names) for at in range(len(titled.chunks)))

    places = _find_places(asked, read())
    matches = {
        text: _matches(read_words_of(text), places[split_keys(text)])
        for text in {one.text for one in near}
    }
    judged = {
        one: _checked(one, matches[one.text], its_near, known) for one, its_near in near.items()
    }
    checked = (replace(judged[one._replace(line=0)], line=one.line) for one in quotations)
    return CheckedDraft(quotations=tuple(checked), articles=count)


def _with_title(article: Article) -> Article:
    """Return an article with its headline, which its text need not have, as its last chunk."""
    title = Chunk(id="", role="heading", text=article.headline or "")
    return replace(article, chunks=(*article.chunks, title))


def _find_places(
    runs: Mapping[Run, Sequence[_Near]], places: Iterable[_Place]
) -> Mapping[Run, list[_Place]]:
    """Return for each run of words the chunks that hold all of it, else those that share most.

    Of many that hold it all are kept whose article is named near the words.
    """
    wanted: defaultdict[Run, list[Run]] = defaultdict(list)
    sizes: dict[Run, int] = {}
    for run in runs:
        shingles = set(_shingles(run, min(SHINGLE, len(run))))
        sizes[run] = len(shingles)
        for shingle in shingles:
            wanted[shingle].append(run)
    lengths = {len(shingle) for shingle in wanted}
    held: defaultdict[Run, list[_Place]] = defaultdict(list)
    near: defaultdict[Run, list[tuple[int, int, _Place]]] = defaultdict(list)
    for number, place in enumerate(places):
        keys = split_keys(place.article.chunks[place.at].text)
        found = {each for size in lengths for each in _shingles(keys, size) if each in wanted}
        counts = Counter(run for shingle in found for run in wanted[shingle][:MOST_SHARED])
        for run, count in counts.items():
            if count == sizes[run] and find_run(run, keys) >= 0:
                known = len(held[run]) >= MOST_HELD
                if not known or any(near.names(place.names) for near in runs[run]):
                    held[run].append(place)
            elif len(run) >= SHINGLE:
                near[run] = sorted((*near[run], (-count, number, place)))[:MOST_NEAR]
    return {run: held[run] or [place for *_, place in near[run]] for run in runs}


def _shingles(keys: Sequence[str], size: int) -> Iterator[Run]:
    return zip(*(keys[at:] for at in range(size)), strict=False)


def _matches(own: WordedText, places: Sequence[_Place]) -> list[_Match]:
    """Return what of a quotation stands at the places: all that is exact, else the likest."""
    found = [match for place in places if (match := _match(own, place))]
    found.sort(key=lambda match: (_ORDER.index(match.verdict), not match.marked, -match.likeness))
    return [match for match in found if match.verdict == "exact"] or found[:1]


def _match(own: WordedText, place: _Place) -> _Match | None:
    """Return how the words of a quotation stand in a chunk and its neighbours."""
    run, chunks = own.keys, place.article.chunks
    around = chunks[max(0, place.at - 1) : place.at + 2]
    if find_run(run, read_words_of(chunks[place.at].text).keys) >= 0:
        around = chunks[place.at : place.at + 1]
    stored = [(chunk, word) for chunk in around for word in read_words_of(chunk.text).words]
    pairs = _pairs([word.key for _, word in stored], run)
    if not pairs:
        return None
    kept = sum(pair.size for pair in pairs)
    verdict, marked = _judge(pairs, kept, own)
    if verdict == "not found" and kept < max(SHINGLE, NEAR * len(run)):
        return None
    first = max(0, pairs[0].one - pairs[0].other)
    spans = _spans(stored[first : pairs[-1].one + len(run) - pairs[-1].other])
    passage = " ".join(chunk.text[start:end] for chunk, start, end in spans)
    parts: tuple[AlignedPart, ...] = ()
    if verdict != "exact":
        base = read_words_of(passage)
        parts = align(base, own, match_words(base.keys, run))
    return _Match(place, verdict, marked, kept / len(run), passage, parts, spans)


def _pairs(stored: Sequence[str], run: Run) -> list[SharedRun]:
    """Return the words that a quotation shares with a text, near where it shares most in a row."""
    best = max(match_words(stored, run), key=lambda pair: pair.size, default=SharedRun(0, 0, 0))
    low = max(0, best.one - 2 * len(run) - _WINDOW)
    window = stored[low : best.one + 3 * len(run) + _WINDOW]
    return [pair._replace(one=pair.one + low) for pair in match_words(window, run)]


def _judge(pairs: Sequence[SharedRun], kept: int, own: WordedText) -> tuple[DraftVerdict, bool]:
    """Return the verdict on a quotation, and whether an ellipsis stands wherever words are cut."""
    total = len(own.words)
    if kept < total:
        return ("changed" if kept >= ALIKE * total else "not found"), False
    cuts = [after.other for one, after in pairwise(pairs) if one.one + one.size < after.one]
    if not cuts:
        return "exact", True
    marked = own.gaps.issuperset(cuts)
    # Words that a text has one by one, in any distance, are not that text with something cut.
    return ("cut" if marked or len(pairs) * 2 <= total else "not found"), marked


def _spans(stored: Sequence[tuple[Chunk, TextWord]]) -> tuple[tuple[Chunk, int, int], ...]:
    """Return where words stand: each chunk with the first and the last offset in it."""
    spans: dict[str, tuple[Chunk, int, int]] = {}
    for chunk, word in stored:
        _, start, _ = spans.get(chunk.id, (chunk, word.start, 0))
        spans[chunk.id] = (chunk, start, word.end)
    return tuple(spans.values())


def _checked(
    quotation: DraftQuotation, matches: Sequence[_Match], near: _Near, known: Set[str]
) -> CheckedQuotation:
    is_short = len(split_keys(quotation.text)) < SHINGLE
    unfound = CheckedQuotation(
        line=quotation.line,
        text=quotation.text,
        verdict="too short" if is_short else "not found",
        attributed_to=quotation.speaker,
    )
    if not matches or (is_short and matches[0].verdict != "exact"):
        return unfound
    rated = [(_fits(quotation, match), near.names(_heard_from(match)), match) for match in matches]
    fits, _, best = max(rated, key=lambda each: each[:2])
    is_found, quotes = best.verdict != "not found", best.quotes
    is_named = any(named for _, named, _ in rated)
    held = [match.place.article for match in matches]
    part = quotes[0].id if quotes else best.chunks[0][0].id
    return replace(
        unfound,
        verdict=best.verdict,
        place=(best.place.briefing, best.place.article.id, part),
        passage=best.passage,
        parts=best.parts,
        marked=best.marked,
        verbatim=any(quotation.text in chunk.text for chunk, _, _ in best.chunks),
        held_as=best.held_as,
        speakers=best.speakers,
        misattributed=is_found and not fits,
        other_source=is_found
        and not is_named
        and (near.names(known) or any(map(find_outlets, quotation.near))),
        sources=tuple(dict.fromkeys(one.publisher or one.headline or one.id for one in held)),
    )


def _fits(quotation: DraftQuotation, match: _Match) -> bool:
    """Whether the stored words may be of whom the draft names: no speaker there is another."""
    speaker, chunk = quotation.speaker, match.chunks[0][0]
    is_one = match.verdict == "exact"
    if speaker is None:
        # What is joined of the words of two people is no quotation of one.
        return is_one or all(_may_be_one(*pair) for pair in pairwise(match.speakers))
    name = speaker.name or ""
    # An outlet that a draft names as the speaker only passes words on.
    if find_outlets(name) or ends_as_outlet(name) or match.held_as == "title":
        return True
    is_in_sentence = quotation.around != split_keys(quotation.text)
    if is_in_sentence and find_run(quotation.around, split_keys(chunk.text)) >= 0:
        return True
    if not match.speakers:
        return bool(match.quotes) or speaker.type != "named"
    if not is_one:
        return all(_may_be_one(speaker, other) for other in match.speakers)
    # A sentence with the reporter's own words may tell what others said as well.
    return any(quote.speaker and _may_be_one(speaker, quote.speaker) for quote in match.quotes)


def _may_be_one(told: Speaker, stored: Speaker) -> bool:
    """Whether two descriptions may be of one speaker; a name is more than the text tells."""
    words = [
        {key for part in (each.name, each.role, each.mention) for key in split_keys(part or "")}
        for each in (told, stored)
    ]
    ends = [split_keys(each.name or "")[-1:] for each in (told, stored)]
    if any(end and end[0] in held for end, held in zip(ends, words[::-1], strict=True)):
        return True
    if told.country and stored.country and told.country != stored.country:
        return False
    return told.type != "named" or stored.type in {"institution", "document"}


def _heard_from(match: _Match) -> Iterator[str]:
    """Yield the names of an article, and of the outlets that it heard the words from."""
    yield from match.place.names
    outlets = [citation.outlet for chunk, _, _ in match.chunks for citation in chunk.citations]
    links = [link for quote in match.quotes for link in (*quote.chain[1:], quote.to or "")]
    for outlet in (*outlets, *links):
        yield from _folded(outlet)


def _near_of(quotation: DraftQuotation) -> _Near:
    """Return what stands near a quotation, as the names of sources are looked for in it."""
    texts = (f"{near} {_usual_names(near)}" for near in quotation.near)
    folded = tuple(f" {' '.join(split_keys(text))} " for text in texts)
    return _Near(folded, frozenset(map(_bare_url, quotation.urls)))


def _names_of(article: Article) -> Iterator[str]:
    """Yield what a footnote may name an article by: address, outlet, headline, id."""
    for name in (article.id, article.id.replace("-", " "), article.headline or ""):
        yield from _folded(name)
    for source in (article, article.reprint_of):
        if source is not None:
            yield from _folded(source.publisher or "")
            if source.url:
                yield _bare_url(source.url)


def _folded(name: str) -> Iterator[str]:
    """Yield a name, and the usual name of an outlet in it, as they are looked for in a text."""
    for form in (name, _usual_names(name)):
        keys = split_keys(form.removeprefix("The "))
        if keys:
            yield f" {' '.join(keys)} "


def _usual_names(text: str) -> str:
    return " ".join(outlet.outlet for outlet in find_outlets(text))


def _bare_url(url: str) -> str:
    bare = url.split("#", maxsplit=1)[0].rsplit("://", maxsplit=1)[-1]
    return bare.removeprefix("www.").rstrip("/.,;").casefold()
