"""Quotes in marks, names of countries and outlets, and dates where the text is not English.

Who says what, what countries want, and dates relative to others are read by rules of English alone:
here no speaker, no paraphrase and no position is found, and of dates only the year is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from briefing.annotate.countries.annotator import find_names
from briefing.annotate.countries.context import NameMatch
from briefing.annotate.countries.fold import BLANK_LINE, fold
from briefing.annotate.countries.salience import weigh_chunk
from briefing.annotate.dates.resolving import publication_days, resolve, without_year
from briefing.annotate.other_languages.stretches import find_stretches, find_turn
from briefing.isodates import DateValue, Days, year_value
from briefing.model import (
    Chunk,
    Citation,
    DateBasis,
    DateMention,
    Mention,
    PublicationDate,
    Quote,
)
from briefing.quote_ids import QuoteNames
from briefing.world.dates_abroad import find_dates, find_years
from briefing.world.gazetteer import load_gazetteer
from briefing.world.languages import NAMED
from briefing.world.name_kinds import NAMING, rule_name
from briefing.world.outlets import find_outlets, is_common_abroad

RULE: Final = "foreign_language"
"""The rule of a quote in another language than English: its marks are read, not its speaker."""
_SHORTEST: Final = 3
_SHORTEST_PART: Final = 6
"""Fewer marked words, or words inside a sentence that end none, are a title or a scare quote."""
_SMALL: Final = 2
"""How many words of a statement begin with a small letter at least: fewer do in titles."""
_WORD: Final = re.compile(r"[^\W_]+")
_IDEOGRAPH: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_LONG: Final = 12
"""So many ideographs are a statement though nothing says so: `_SHORTEST` need a full stop or a
colon, `_SHORTEST_PART` what follows a statement in Japanese.
"""
_STOPPED: Final = re.compile(r"[。！？!?，]")
_SAID: Final = re.compile(
    r"(?:など)?と(?!呼|称|名|題|銘|い[うわ]|[さしす])"
)  # not `と呼ぶ`, which names
_ADJECTIVE: Final = re.compile(r"Deutsch|.*isch")
_REACH: Final = 4
_INSIDE: Final = re.compile(r".*\w\s+\W\s?\Z")
_GOES_ON: Final = re.compile(r"\s?\W\s+(?:[–—-]\s)?[^\W\d_A-Z]")
_MARKS: Final = frozenset('„“”"«»‚‘’‹›「」『』〝〞〟＂*_')
_STARTS: Final = frozenset(".!?:…–—-") | _MARKS | {BLANK_LINE}
_WORD_BEFORE: Final = re.compile(r"(?:^|\s)(?P<word>[^\W\d_][\w'’-]*) $")
_CAPITAL_AFTER: Final = re.compile(r" [^\W\d_a-zà-öø-ÿœß][^\W\d_]")
_WINDOW: Final = 40
_IN_PLACE: Final = re.compile(r"(?i)(?<!\w)(?:in|nach|à|en) \Z")
_HEADS: Final = frozenset({"Air", "Banco", "Banque", "Canal", "Radio"})
"""Words that begin the names of companies at the start of a sentence too: `Air France`."""


def name_countries(chunks: Sequence[Chunk], languages: Mapping[str, str]) -> list[Chunk]:
    """Return chunks with the countries that each names by the names of its language, if known.

    Brussels is the European Union but behind a word for a place, where no chunk names Belgium.
    """
    found = [
        list(_find_mentions(chunk.text, languages[chunk.id]))
        if languages[chunk.id] in NAMED
        else []
        for chunk in chunks
    ]
    is_seat = not any(one.code == "BE" and one.rule in NAMING for row in found for one in row)
    named = []
    for chunk, row in zip(chunks, found, strict=True):
        mentions = tuple(_read_seat(one, chunk.text) if is_seat else one for one in row)
        countries = weigh_chunk(mentions, chunk.text)
        named.append(replace(chunk, mentions=mentions, countries=countries))
    return named


def _read_seat(mention: Mention, text: str) -> Mention:
    if mention.code != "BE" or _IN_PLACE.search(text[: mention.start][-_WINDOW:]):
        return mention
    return replace(mention, code="EU", rule=rule_name("metonym", "union_seat"))


def annotate_others(
    chunks: Sequence[Chunk],
    languages: Mapping[str, str],
    names: QuoteNames,
    published: PublicationDate | None = None,
) -> tuple[Chunk, ...]:
    """Return chunks that are not in English with their quotes, outlets and dates rebuilt.

    `languages` gives the language of each by its id, `names` the ids of quotes, `published` when
    the article appeared.
    """
    days = publication_days(published)
    names.end_utterances()
    return tuple(
        replace(
            chunk,
            quotes=tuple(_find_quotes(chunk, names)),
            citations=tuple(_find_outlets(chunk.text)),
            positions=(),
            dates=tuple(_find_dates(chunk.text, languages[chunk.id], days)),
        )
        for chunk in chunks
    )


def _find_quotes(chunk: Chunk, names: QuoteNames) -> Iterator[Quote]:
    turn = find_turn(chunk.text)
    marked = find_stretches(chunk.text)
    told = [(one, one) for one in marked if not any(a <= one[0] < b for a, b in turn)]
    for (start, end), key in sorted([*told, *((part, turn[0]) for part in turn)]):
        exact = chunk.text[start:end]
        if not _is_statement(chunk.text, start, end):
            continue
        name = names.name(chunk.text, start, end)
        utterance = names.utterance((chunk.id, key), name)
        yield Quote(
            id=name,
            kind="partial" if _is_phrase(chunk.text, start, exact) else "direct",
            start=start,
            end=end,
            exact=exact,
            utterance=utterance,
            rule=RULE,
        )


def _is_phrase(text: str, start: int, exact: str) -> bool:
    """Whether marked words are part of a sentence; a German phrase may begin with its noun."""
    return exact[0].islower() or (exact[-1] not in ".!?…" and _stands_inside(text, start))


def _stands_inside(text: str, start: int) -> bool:
    """Whether a word stands right before the mark of a stretch."""
    return _INSIDE.match(text, max(0, start - _REACH), start) is not None


def _is_statement(text: str, start: int, end: int) -> bool:
    """Whether marked words are no title, name or scare quote.

    Words without blanks between them are one where something beside them or in them says so.
    """
    exact = text[start:end]
    ideographs = len(_IDEOGRAPH.findall(exact))
    if ideographs * 2 > len(exact):
        if text[start - 1 : start] != "『" and ideographs >= _LONG:
            return True
        before = text[: start - 1].rstrip()
        told = _STOPPED.search(exact) or before.endswith((":", "："))
        reported = before.endswith((",", "，")) or _SAID.match(text, end + 1)
        alone = end - start + 2 >= len(text.strip())
        is_long = ideographs >= _SHORTEST_PART and bool(reported or alone)
        return ideographs >= _SHORTEST and bool(told or is_long)
    words = _WORD.findall(exact)
    small = sum(not word[0].isupper() for word in words)
    if len(words) < _SHORTEST or small < _SMALL:
        return False
    if len(words) >= _SHORTEST_PART or exact[-1] in ".!?…":
        return True
    inside = _stands_inside(text, start) and _GOES_ON.match(text, end)
    return not (exact[0].islower() or inside)


def _find_outlets(text: str) -> Iterator[Citation]:
    """Yield the outlets that a text names; those that are words too only between marks."""
    for name in find_outlets(text):
        form = text[name.start : name.end]
        in_marks = {text[name.start - 1 : name.start], text[name.end : name.end + 1]} <= _MARKS
        if in_marks or not (
            name.ambiguous or is_common_abroad(form) or _CAPITAL_AFTER.match(text, name.end)
        ):
            yield Citation(
                outlet=name.outlet,
                start=name.start,
                end=name.end,
                kind="mention",
                rule="named_only",
            )


def _find_dates(text: str, language: str, published: Days | None) -> list[DateMention]:
    """Return the dates of a text; a day without its year is the one near the publication.

    A stated year in the same paragraph shows that another one may be meant.
    """
    dates = list(find_dates(text, language))
    years = [
        (start, end, year_value(int(text[start:end])))
        for start, end in find_years(text, language)
        if not any(date.start <= start < date.end for date in dates)
    ]
    stated = [date.year for date in dates] + [int(value.value) for *_, value in years]
    is_clear = all(year is None or _is_of(year, published) for year in stated)
    found = [_mention(start, end, value, "year") for start, end, value in years]
    for date in dates:
        value = date.value
        if date.year is None and is_clear and published is not None:
            value = resolve(published, without_year(date.of_year, None, date.weekday))
        if value is not None:
            basis: DateBasis = "stated" if date.year is not None else "inferred"
            found.append(_mention(date.start, date.end, value, date.rule, basis))
    return sorted(found, key=lambda one: one.start)


def _mention(
    start: int, end: int, value: DateValue, rule: str, basis: DateBasis = "stated"
) -> DateMention:
    return DateMention(
        start=start,
        end=end,
        value=value.value,
        precision=value.precision,
        basis=basis,
        rule=rule,
    )


def _is_of(year: int, published: Days | None) -> bool:
    return published is not None and published[0].year == year


def _find_mentions(text: str, language: str) -> Iterator[Mention]:
    gazetteer = load_gazetteer(language)
    folded = fold(text, gazetteer.capitals)
    for match in find_names(folded.text, gazetteer):
        if match.entry.senses and not _is_part_of_name(folded.text, match, language):
            sense = match.entry.senses[0]
            start, end = folded.original(match.start), folded.original(match.end - 1) + 1
            yield Mention(code=sense.code, start=start, end=end, rule=sense.kind)


def _is_part_of_name(text: str, match: NameMatch, language: str) -> bool:
    """Whether a name stands inside a longer one: `Deutsche Bank`, `Israel Ramírez`, `Air France`.

    German writes every noun with a capital, so that there only adjectives and cities tell.
    """
    kind = match.entry.senses[0].kind
    name = match.entry.name
    before = _WORD_BEFORE.search(text[max(0, match.start - _WINDOW) : match.start])
    word = before["word"] if before else ""
    is_demonym = kind == "demonym"
    if is_demonym and language != "de" and word == "en":
        return True
    opens = before is None or match.start == 0
    followed = name[0].isupper() and _CAPITAL_AFTER.match(text, match.end) is not None
    if is_demonym and name[0].isupper():
        is_noun = language == "de" and not _ADJECTIVE.match(name)
        return not opens and followed and not is_noun
    if language == "de":
        return followed and kind == "capital"
    if " " in name or not name[0].isupper():
        return False
    leads = word[:1].isupper() and _is_inside(text, match.start - len(word) - 1)
    return followed or leads or word in _HEADS


def _is_inside(text: str, at: int) -> bool:
    """Whether what stands just before a word at an offset shows that it opens no sentence."""
    before = text[max(0, at - _WINDOW) : at].rstrip(" ")[-1:]
    return bool(before) and before not in _STARTS
