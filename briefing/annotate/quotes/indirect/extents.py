"""Where reported words end within their sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.annotate.quotes.indirect.fragments import DECLINING, WITHHELD
from briefing.annotate.quotes.indirect.reported import (
    MIN_WORDS,
    ReadClauses,
    opening,
    opens_comment,
)
from briefing.english import word_classes as wc
from briefing.english.clauses import Clause
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrases
from briefing.english.segments import SentencePart
from briefing.english.verb_forms import verb_form
from briefing.english.verbs import cue_kinds

_ADDS: Final = frozenset(("relative", "reduced"))
_COMPLEMENTS: Final = frozenset(("that", "to", "ing", "noun", "if"))
_PAUSES: Final = frozenset((",", "—", "–", "-", ";"))
_BREAKS: Final = _PAUSES | {":", "(", "["}
_REMARKS: Final = frozenset(("which", "who", "whom", "whose"))
_DAYS: Final = read_words("annotate/quotes/indirect", "clauses", "day")
_COORDINATE: Final = read_words("annotate/quotes/indirect", "clauses", "coordinate")
_WHEN: Final = frozenset(("on", "in", "at", "since"))
_SPEAKING_AT: Final = frozenset(("on", "in", "at", "during"))
_OCCASIONS: Final = read_words("annotate/quotes/indirect", "clauses", "occasion")
MAX_LISTED: Final = 12
"""How far behind a comma the word may stand that ends its list, in tokens."""
MAX_BRACKET: Final = 24
"""How far back the opening of a bracket is looked for, in tokens."""
OCCASION: Final = 5
"""How far behind its preposition the noun for where one spoke may stand, in tokens."""


def end_of_clause(read: ReadClauses, number: int, start: int) -> int:
    """Return the end of the clause from a token on that the clause of a number takes.

    An infinitive ends at its first pause, a statement with a clause that is none of its own.
    """
    phrases = read.phrases
    words = phrases.stream.words
    reports = read.clauses[number]
    if phrases.lower[start] == "to" or reports.link in ("because", "if", "relative"):
        end = _end(read, number, start)
        end = next(
            (
                at
                for at in range(start, end)
                if words[at] in _PAUSES
                and not _is_in_figure(phrases, at)
                and not _lists(phrases, at, end)
            ),
            end,
        )
    else:
        ends = (at for at in range(start, read.high) if _ends_statement(phrases, at))
        end = next(ends, read.high)
        behind = (opening(one) for one in read.clauses if _stands_beside(read, number, one, start))
        end = min(end, next(behind, end))
        end = _before_quote(read, number, start, end)
        end = _trim_joins(phrases, start, end) if end < read.high else end
    return trim_end(phrases, start, _before_remark(phrases, start, end))


def _lists(phrases: Phrases, at: int, end: int) -> bool:
    """Whether a comma stands in a list of nouns: `his past, the firm and other matters`."""
    if phrases.lower[at] != ",":
        return False
    for place in range(at + 1, min(end, at + MAX_LISTED)):
        flag, word = phrases.flags[place], phrases.lower[place]
        if word in ("and", "or"):
            return place > at + 1
        is_other = phrases.names[place] < 0 and flag & (
            wc.AUX | wc.SUB | wc.REL | wc.PRON | wc.VERB | wc.CUE
        )
        if is_other or word in _BREAKS - {","} or flag & wc.QUOTE:
            return False
        if place == at + 1 and phrases.names[place] < 0 and flag & (wc.PREP | wc.ADV | wc.CONJ):
            return False
    return False


def _is_in_figure(phrases: Phrases, at: int) -> bool:
    """Whether a comma or a dash stands between the digits of a figure: 350,000."""
    stream = phrases.stream
    if not stream.words[at - 1][-1:].isdigit() or at + 1 >= phrases.size:
        return False
    return stream.ends[at - 1] == stream.starts[at] and stream.ends[at] == stream.starts[at + 1]


def _ends_statement(phrases: Phrases, at: int) -> bool:
    """Whether the reporter goes on at a mark: `; …`, `, compared with 20 percent in May`.

    So does he at `, but declined to say`.
    """
    mark = phrases.stream.words[at]
    behind = phrases.lower[at + 1 : at + 5]
    is_withheld = (
        behind[:1] in (("but",), ("and",))
        and behind[2:3] == ("to",)
        and (known := verb_form(behind[1])) is not None
        and known.lemma in DECLINING
        and not WITHHELD.isdisjoint(behind[3:])
    )
    is_aside = mark == ";" and _is_in_brackets(phrases.stream.words, at)  # ($2bn; £1bn)
    return (mark == ";" and not is_aside) or (
        mark == "," and (is_withheld or behind[:1] == ("compared",))
    )


def _is_in_brackets(words: Sequence[str], at: int) -> bool:
    """Whether a bracket near a token is open there."""
    near = words[max(0, at - MAX_BRACKET) : at]
    return near.count("(") > near.count(")")


def _before_quote(read: ReadClauses, number: int, start: int, end: int) -> int:
    """Return where the clause that leads to a quotation begins, if another stands before it."""
    flags, lower = read.phrases.flags, read.phrases.lower
    quote = next((at for at in range(start, end) if flags[at] & wc.QUOTE), -1)
    if quote < 0:
        return end
    for clause in reversed(read.clauses):
        first = opening(clause)
        is_joined = lower[first - 1] in ("and", "but") or _stands_beside(
            read, number, clause, start
        )
        has_verb = any(start < one.verb.last < first for one in read.clauses)
        if start + MIN_WORDS < first < quote and is_joined and has_verb:
            return first
    return end


def _stands_beside(read: ReadClauses, number: int, clause: Clause, start: int) -> bool:
    """Whether a clause behind a statement goes on with its report, or beside it."""
    lower, first = read.phrases.lower, opening(clause)
    first -= lower[first - 1] == "there"
    if first <= start + 1:
        return False
    joint, before = lower[first - 1], lower[first - 2]
    if clause.verb.form == "ing":
        return joint in (",", "and", "but") and "say" in cue_kinds(clause.verb.lemma)
    if joint in ("and", "but", "or") and clause.subject_kind == "shared":
        return clause.subject == read.clauses[number].subject
    if joint in ("and", "but") and cue_kinds(clause.verb.lemma) >= {"say", "clause"}:
        return True  # and others said it was not
    return before in _PAUSES and (joint in _COORDINATE or joint == "and")


def end_of_object(read: ReadClauses, number: int, start: int) -> int:
    """Return the end of an object from a token on: at a pause, or before it is told when."""
    phrases = read.phrases
    lower = phrases.lower
    deeds = (one for one in read.clauses if one.verb.first == start)
    listed = _end_of_list(read.clauses[number], start) if number >= 0 else start
    listed = max([listed, *(one.objects[-1].last for one in deeds if one.objects)])
    end = _end(read, number, start)
    for at in range(start + 1, end):
        is_pause = lower[at] in _BREAKS and at > listed and not _is_in_figure(phrases, at)
        is_pause = is_pause and not _lists(phrases, at, end)
        if is_pause or lower[at] in _DAYS or _tells_when_or_how(phrases, at, end):
            end = at - (lower[at] in _DAYS and lower[at - 1] in _WHEN)
            break
    return trim_end(phrases, start, end)


def _end_of_list(clause: Clause, start: int) -> int:
    """Return the last token of the list of nouns that a token stands in, else the token."""
    for row in (clause.objects, *(part.nouns for part in clause.parts)):
        if row and row[0].first <= start <= row[-1].last:
            return row[-1].last
    return start


def _tells_when_or_how(phrases: Phrases, at: int, end: int) -> bool:
    """Whether words behind an object tell of the verb: `last week`, `by saying`, `at a rally`."""
    word, behind = phrases.lower[at], phrases.lower[at + 1 : min(end, at + OCCASION)]
    if word in _SPEAKING_AT and not _OCCASIONS.isdisjoint(behind):
        return True
    if word in ("last", "this") and behind[:1] and phrases.flags[at + 1] & wc.TIME:
        return True
    is_way = word == "by" and "".join(behind[:1]).endswith("ing")
    return is_way or _opens_time(phrases, at, end)


def _opens_time(phrases: Phrases, at: int, end: int) -> bool:
    """Whether a preposition before a month or a year stands at a token."""
    if phrases.lower[at] not in _WHEN or at + 1 >= end or phrases.flags[at - 1] & wc.REL:
        return False
    following, word = phrases.flags[at + 1], phrases.lower[at + 1]
    is_year = word.isdigit() and len(word) == len("1999")
    return is_year or bool(following & wc.TIME and not following & wc.DET)


def _end(read: ReadClauses, number: int, start: int) -> int:
    """Return where what a clause takes ends, from a token on: before a clause beside it."""
    phrases = read.phrases
    inside = {number}
    end = read.high
    owner = read.clauses[number].subject if number >= 0 else ()
    for place, clause in enumerate(read.clauses):
        first = opening(clause)
        if first < start:
            if place != number and clause.verb.first > start:
                end = min(end, clause.verb.first)  # of a noun in the subject
        elif first == start or _belongs(phrases, clause, number, inside, owner):
            inside.add(place)
        else:
            end = min(end, first)
            break
    return _trim_joins(phrases, start, end) if end < read.high else end


def _belongs(
    phrases: Phrases,
    clause: Clause,
    number: int,
    inside: set[int],
    owner: tuple[SentencePart, ...],
) -> bool:
    """Whether a clause is part of what the clause of a number takes."""
    if clause.link in _ADDS:
        return True
    if clause.governor not in inside:
        return False
    first = opening(clause)
    joint = phrases.lower[first - 1]
    if clause.link == "ing" and joint in ("and", "or", "but") and clause.subject == owner:
        return False
    if clause.governor != number:
        return True
    is_beside = clause.link == "ing" or phrases.lower[first - 2] == ","
    return clause.link in _COMPLEMENTS and not (is_beside and joint in ("and", "or", "but", ","))


def _trim_joins(phrases: Phrases, start: int, end: int) -> int:
    """Return the end of words without the marks and joining words at their end."""
    flags, names = phrases.flags, phrases.names
    while end > start and (
        not flags[end - 1] & (wc.WORD | wc.QUOTE)
        or (flags[end - 1] & (wc.CONJ | wc.SUB | wc.REL | wc.PREP) and names[end - 1] < 0)
    ):
        end -= 1
    return end


def trim_end(phrases: Phrases, start: int, end: int) -> int:
    """Return the end of words between two tokens without final marks and conjunctions."""
    flags = phrases.flags
    words, edge = phrases.stream.words, end
    while end > start and not flags[end - 1] & wc.QUOTE:
        if flags[end - 1] & wc.WORD and not flags[end - 1] & wc.CONJ:
            break
        end -= 1
    closes = end < edge and words[end] == ")" and _is_in_brackets(words[start:], end - start)
    return end + closes


def _before_remark(phrases: Phrases, start: int, end: int) -> int:
    """Return the start of a relative clause behind the last comma or `end`: `…, which fell`."""
    position = end - 1
    while position > start + MIN_WORDS and (
        phrases.lower[position] not in _PAUSES or _is_in_figure(phrases, position)
    ):
        position -= 1
    if position <= start + MIN_WORDS or position + 2 >= end:
        return end
    following, then = phrases.lower[position + 1], phrases.lower[position + 2]
    is_relative = following in _REMARKS or (
        phrases.flags[position + 1] & wc.PREP and then in _REMARKS
    )
    return position if is_relative or opens_comment(phrases, position + 1, end) else end
