"""Quotations of an article with their speakers: marked, set apart, and reported ones together."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.quotes import candidates
from briefing.annotate.quotes.article_reading import Reading, read_paragraphs
from briefing.annotate.quotes.asides import ASIDES, NO_TOKEN, TokenPlace
from briefing.annotate.quotes.block_quotations import BlockQuotation, find_block_quotations
from briefing.annotate.quotes.chains import CITING, Relays, label_of
from briefing.annotate.quotes.indirect.reported import MIN_WORDS, Reported
from briefing.annotate.quotes.indirect.reported_speech import find_reported
from briefing.annotate.quotes.not_speech import dropped_by
from briefing.annotate.quotes.rules import choose
from briefing.annotate.quotes.speakers import Speakers
from briefing.annotate.quotes.transcripts import NO_SETTING, Setting, Speech, find_speech
from briefing.english.phrases import Phrases
from briefing.english.tokens import Streams
from briefing.english.word_classes import QUOTE
from briefing.model import READ_ROLES, Chunk, Quote, QuoteKind, Speaker
from briefing.quote_ids import QuoteNames

_MAY_BE_PART: Final = frozenset(
    (
        *("said_before_quote", "said_earlier_in_sentence", "said_later_in_sentence"),
        *("according_to", "subject_of_clause", "carry_over"),
    )
)
"""Rules that may find a fragment of the reporter's sentence; the others find whole statements."""
FRAGMENT: Final = 4
"""A stretch of fewer words inside a reporter's sentence is a fragment."""


def annotate_quotes(
    chunks: Sequence[Chunk],
    *,
    publisher: str | None = None,
    date: str | None = None,
    headline: str | None = None,
    names: QuoteNames | None = None,
    streams: Streams | None = None,
) -> tuple[Chunk, ...]:
    """Return the chunks with their quotes replaced; chunks that are not read get none.

    The chunks are in English. What `publisher` heard itself has no chain; by the ISO `date` people
    hold their offices. `names` has the ids of the parts before, `streams` keeps the tokens for
    others.
    """
    drafts = Drafts.of_chunks(
        chunks, publisher=publisher, date=date, headline=headline, streams=streams
    )
    found = iter(number_quotes(drafts.reading, drafts.rows, names or QuoteNames()))
    rows = ((each, next(found) if each.role in READ_ROLES else ()) for each in chunks)
    return tuple(replace(each, quotes=row) if row or each.quotes else each for each, row in rows)


def find_quotes(
    paragraphs: Sequence[str], options: candidates.Options = candidates.ALL_RULES
) -> tuple[tuple[Quote, ...], ...]:
    """Find the quotes of an article: a row for each paragraph, offsets into that paragraph.

    Ids are unique in the article and follow the order of the text; the parts of one statement
    share an utterance. `options` turns single rules off, for measuring what each is worth.
    """
    drafts = Drafts(read_paragraphs(paragraphs, {}), options)
    return number_quotes(drafts.reading, drafts.rows, QuoteNames())


class Draft(Struct, frozen=True):
    """A quote before it has an id; `statement` is the same for the parts of one statement."""

    start: int
    end: int
    kind: QuoteKind
    candidate: candidates.Candidate
    place: TokenPlace
    speaker: Speaker | None
    to: str | None
    chain: tuple[str, ...]
    statement: tuple[object, ...]


class Drafts:
    """The quotes of one article: `rows` holds those of each paragraph, in order."""

    @classmethod
    def of_chunks(
        cls,
        chunks: Sequence[Chunk],
        options: candidates.Options = candidates.ALL_RULES,
        *,
        publisher: str | None = None,
        date: str | None = None,
        headline: str | None = None,
        streams: Streams | None = None,
    ) -> Drafts:
        """Read the chunks of an article that are read, and find their quotes."""
        read = [chunk for chunk in chunks if chunk.role in READ_ROLES]
        asides = {at: chunk.role for at, chunk in enumerate(read) if chunk.role in ASIDES}
        mentions = [chunk.mentions for chunk in read]
        reading = read_paragraphs([chunk.text for chunk in read], asides, mentions, streams)
        questions = [at for at, chunk in enumerate(read) if chunk.reason == "question"]
        is_release = any(chunk.reason == "press_release" for chunk in chunks)
        return cls(
            reading,
            options,
            publisher=publisher,
            speakers=Speakers(reading, date, sender=publisher if is_release else None),
            setting=Setting(headline, asides, questions),
        )

    def __init__(
        self,
        reading: Reading,
        options: candidates.Options,
        *,
        publisher: str | None = None,
        speakers: Speakers | None = None,
        setting: Setting = NO_SETTING,
    ) -> None:
        self.reading = reading
        self.options = options
        self.context = candidates.QuoteContext(reading, {})
        self.speakers = speakers or Speakers(reading)
        self._speech: Mapping[int, Speech] = {}
        self._silent: Container[int] = ()
        if "transcript_line" not in options.off:
            self._speech, self._silent = find_speech(reading, self.speakers, setting)
        self.relays = Relays(reading, publisher)
        self._blocks = find_block_quotations(reading, options)
        self._drafts: dict[TokenPlace, Draft] = {}
        rows = [self._read(number) for number in range(len(reading.phrases))]
        rows = [[one for one in map(self._repeated, row) if one] for row in rows]
        self.rows = [[self._carry_on(one) for one in row] for row in rows]

    def _read(self, number: int) -> list[Draft]:
        if number in self._speech:
            return [self._said(number, self._speech[number])]
        block = self._blocks.get(number) if number not in self._silent else None
        if block is not None:
            return [self._block(block)]
        marked = (self._marked(TokenPlace(number, at)) for at in self.reading.quote_tokens[number])
        found = [draft for draft in marked if draft is not None]
        if number not in self._silent:
            for reported in find_reported(self.reading, number, self.options):
                found.extend(self._reported(number, reported))
        once = {(draft.start, draft.end, draft.kind): draft for draft in reversed(found)}
        return sorted(once.values(), key=lambda draft: (draft.start, draft.end))

    def _carry_on(self, draft: Draft) -> Draft:
        """Give a statement the outlet that its speaker was heard by before it."""
        label = label_of(draft.speaker)
        chain = self.relays.follow(draft.place, draft.candidate, draft.chain, label)
        return draft if chain == draft.chain else replace(draft, chain=chain)

    def _marked(self, place: TokenPlace) -> Draft | None:
        reading = self.reading
        candidate = self._choose(place)
        if dropped_by(reading, place, candidate, self.options) is not None:
            candidate = None
        self.context.decided[place] = candidate
        if candidate is None:
            return None
        marked = reading.marked[place.paragraph][
            reading.phrases[place.paragraph].stream.marked[place.token]
        ]
        earlier = self._drafts.get(candidate.same_as) if candidate.same_as else None
        if earlier is not None:
            speaker, to, chain = earlier.speaker, earlier.to, earlier.chain
        else:
            candidate, speaker, to, chain = self._whose(place, candidate, _opening(candidate))
        kind = _kind(reading, place, candidate)
        statement = _statement(place, candidate, earlier)
        draft = Draft(
            marked.start, marked.end, kind, candidate, place, speaker, to, chain, statement
        )
        self._drafts[place] = draft
        return draft

    def _whose(
        self, place: TokenPlace, candidate: candidates.Candidate, opening: int
    ) -> tuple[candidates.Candidate, Speaker | None, str | None, tuple[str, ...]]:
        """Return who said words that begin at a token, to whom, and who passed them on."""
        within = self.relays.heard_within(candidate, opening)
        if within:
            candidate, outlet = within
            speaker = self.speakers.resolve(candidate)
            return candidate, speaker, None, self.relays.linked(label_of(speaker), outlet)
        speaker = self.speakers.resolve(candidate)
        chain = self.relays.chain_of(place, candidate, speaker)
        return candidate, speaker, self.relays.hearer_of(candidate), chain

    def _choose(self, place: TokenPlace) -> candidates.Candidate | None:
        """Return who said a stretch; of a repeated line, a rule that says so."""
        if place.paragraph in self.reading.repeats:
            return candidates.Candidate(candidates.REPEATED, place.paragraph, None)
        return choose(self.context, place, self.options)

    def _repeated(self, draft: Draft) -> Draft | None:
        """Give a pulled line the speaker of the words it repeats, None where those are no quote."""
        if draft.candidate.rule != candidates.REPEATED:
            return draft
        place = self.reading.repeats[draft.place.paragraph]
        source = self._drafts.get(place)
        if place.token == NO_TOKEN and place.paragraph in self._blocks:
            source = self._block(self._blocks[place.paragraph])
        if source is None:
            return None
        return replace(draft, speaker=source.speaker, to=source.to, chain=source.chain)

    def _block(self, block: BlockQuotation) -> Draft:
        text = self.reading.texts[block.paragraph]
        phrases = self.reading.phrases[block.paragraph]
        start, end = phrases.stream.starts[block.first], len(text.rstrip())
        if block.last >= 0:
            end = phrases.stream.ends[block.last]
        candidate = block.candidate
        statement = (candidate.paragraph, candidate.rule)
        place = TokenPlace(block.paragraph, block.first)
        within = self.relays.source_within(block.paragraph, candidate)
        speaker = self.speakers.resolve(within[0] if within else candidate)
        chain = self.relays.linked(label_of(speaker), within[1] if within else None)
        return Draft(start, end, "block", candidate, place, speaker, None, chain, statement)

    def _said(self, number: int, speech: Speech) -> Draft:
        """Return a paragraph of a transcript as words of its speaker."""
        start = self.reading.phrases[number].stream.starts[speech.first]
        end = len(self.reading.texts[number].rstrip())
        candidate = candidates.Candidate("transcript_line", number, None)
        place, statement = TokenPlace(number, speech.first), (speech.turn, "transcript_line")
        return Draft(start, end, "block", candidate, place, speech.speaker, None, (), statement)

    def _reported(self, number: int, reported: Reported) -> list[Draft]:
        reading, frame = self.reading, reported.frame
        stream = reading.phrases[number].stream
        subject = frame.subject if reported.has_speaker else None
        candidate = candidates.Candidate(reported.rule, number, subject, frame)
        place = TokenPlace(number, reported.spans[0][0])
        candidate, speaker, to, chain = self._whose(place, candidate, place.token)
        spans = _inner_spans(reading.phrases[number], candidate, reported.spans)
        statement = (number, frame.at)
        return [
            Draft(
                stream.starts[first],
                stream.ends[end - 1],
                "indirect",
                candidate,
                TokenPlace(number, first),
                speaker,
                to,
                chain,
                statement,
            )
            for first, end in spans
        ]


def _opening(candidate: candidates.Candidate) -> int:
    """Return the token behind the frame of a candidate, -1 without one."""
    return candidate.frame.last + 1 if candidate.frame is not None else -1


def _inner_spans(
    phrases: Phrases, candidate: candidates.Candidate, spans: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """Cut reported words to what the inner frame reports, where that is enough for a statement."""
    (first, end), *rest = spans
    rest = [one for one in rest if phrases.lower[one[0]] not in CITING]
    inner = candidate.frame
    if inner is None or not first <= inner.at < end:
        return ((first, end), *rest)
    opening = inner.last + 1
    opening += opening < end and phrases.lower[opening] == "that"
    return ((opening if end - opening >= MIN_WORDS else first, end), *rest)


def _kind(reading: Reading, place: TokenPlace, candidate: candidates.Candidate) -> QuoteKind:
    """Return `direct` for a full clause, `partial` for a fragment of the reporter's sentence."""
    if candidate.rule not in _MAY_BE_PART:
        return "direct"
    phrases = reading.phrases[place.paragraph]
    stream = phrases.stream
    marked = reading.marked[place.paragraph][stream.marked[place.token]]
    opening = stream.text[marked.start : marked.start + 1]
    before = stream.words[place.token - 1] if place.token else ""
    led_in = before in (",", ":", "")
    if candidate.rule == "carry_over":
        opens = (
            place.token == 0 or stream.sentences[place.token - 1] < stream.sentences[place.token]
        )
        return "direct" if led_in or opens else "partial"
    if candidate.rule == "said_before_quote":
        is_long = stream.text.count(" ", marked.start, marked.end) >= FRAGMENT
        resumed = before == "," and _tags_a_quote(phrases, candidate)
        whole = led_in and (not opening.islower() or is_long or resumed)
        return "direct" if whole or (is_long and opening.isupper()) else "partial"
    if led_in and opening.isupper() and stream.final(place.token) in (".", "!", "?"):
        return "direct"
    return "partial"


def _tags_a_quote(phrases: Phrases, candidate: candidates.Candidate) -> bool:
    """Whether a quotation also stands before the frame: `"…," Lin said, "and it failed."`."""
    frame = candidate.frame
    if frame is None or frame.first == 0:
        return False
    before = frame.first - 1
    before -= phrases.stream.words[before] == ","
    return bool(phrases.flags[before] & QUOTE)


def _statement(
    place: TokenPlace, candidate: candidates.Candidate, earlier: Draft | None
) -> tuple[object, ...]:
    """Return a key that the parts of one statement share: from their frame, or the part before."""
    if earlier is not None and candidate.rule in ("carry_over", "reopened_paragraph"):
        return earlier.statement
    frame = candidate.frame
    if frame is not None and candidate.paragraph == place.paragraph:
        return (place.paragraph, frame.at)
    return (place.paragraph, place.token, "alone")


def number_quotes(
    reading: Reading, rows: Sequence[Sequence[Draft]], names: QuoteNames
) -> tuple[tuple[Quote, ...], ...]:
    """Return the quotes of a part's paragraphs with ids and utterances in the order of the text.

    `names` has those of the parts before.
    """
    names.end_utterances()
    named = []
    for number, row in enumerate(rows):
        quotes = []
        for draft in row:
            name = names.name(reading.texts[number], draft.start, draft.end)
            utterance = names.utterance(draft.statement, name)
            quotes.append(_quote(reading, number, draft, name, utterance))
        named.append(tuple(quotes))
    return tuple(named)


def _quote(reading: Reading, number: int, draft: Draft, name: str, utterance: str) -> Quote:
    candidate = draft.candidate
    frame = candidate.frame
    cue = None
    if frame is not None:
        cue = reading.phrases[candidate.paragraph].text(frame.at, frame.cue_last)
    return Quote(
        id=name,
        kind=draft.kind,
        start=draft.start,
        end=draft.end,
        exact=reading.texts[number][draft.start : draft.end],
        utterance=utterance,
        speaker=draft.speaker,
        cue=cue,
        to=draft.to,
        chain=draft.chain,
        rule=candidate.rule,
    )
