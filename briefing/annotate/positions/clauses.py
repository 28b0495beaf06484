"""A sentence as tokens with its clauses, and who acts in a clause: countries and governments.

It knows the grammar that the rules of positions look at, and nothing of stances.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.annotate.positions.old_lexicon import Lexicon
from briefing.english.lexicon import read_words
from briefing.english.tokens import find_words
from briefing.model import Mention
from briefing.world.name_kinds import ACTING, kind_of

FRONTED: Final = read_words("annotate/positions", "grammar", "fronted")
"""Words that open an adverbial before the subject: the names in it do not act."""
PREPOSITIONS: Final = FRONTED | read_words("annotate/positions", "grammar", "preposition")
PREPOSITIONS_ALLOWED: Final = frozenset({"of", "in", "from", "at"})
JOINING: Final = read_words("annotate/positions", "grammar", "joining")
CLITICS: Final = tuple(read_words("annotate/positions", "grammar", "clitic"))
"""Auxiliaries that hang on the word before them, read as words of their own."""
AUXILIARIES: Final = read_words("annotate/positions", "grammar", "auxiliary", "clitic")
BE_FORMS: Final = read_words("annotate/positions", "grammar", "be")
ADVERBS: Final = read_words("annotate/positions", "grammar", "adverb")
FINITE_VERBS: Final = read_words("english", "grammar", "verb")
VERBAL: Final = frozenset(
    {"refusal", "considering", "support", "ending", "reporting", "hedges", "negation"}
)
"""Classes of operators that can follow a subject."""
GENITIVES: Final = frozenset({"'s", "’s", "'", "’"})
HEAD_DISTANCE: Final = 5


class MentionToken(NamedTuple):
    """A word or mark: lower-case form, place in the chunk, and the mention that begins here."""

    word: str
    start: int
    end: int
    capital: bool
    mention: int


class Actor(NamedTuple):
    """Who acts: countries (several where they act together), where the words begin and end."""

    countries: tuple[str, ...]
    first: int
    last: int


def read_tokens(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[MentionToken]:
    """Read the sentence `text[start:end]`; a mention is one token, `n't` reads as `not`.

    `mentions` are all of the text's, in order.
    """
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    stop = bisect_left(mentions, end, key=lambda mention: mention.start)
    tokens: list[MentionToken] = []
    edge = start
    for number in range(first, stop):
        mention = mentions[number]
        if mention.start >= edge:
            _read_words(text, edge, mention.start, tokens)
            word = text[mention.start : mention.end].lower()
            tokens.append(
                MentionToken(word, mention.start, mention.end, capital=True, mention=number)
            )
            edge = mention.end
    _read_words(text, edge, end, tokens)
    return tokens


def _read_words(text: str, start: int, end: int, tokens: list[MentionToken]) -> None:
    for first, stop in find_words(text, start, end):
        low = text[first:stop].lower()
        is_capital = text[first].isupper()
        if low == "cannot" or low.endswith(("n't", "n’t")):
            low = "not"
        clitic = _clitic_of(low) if "'" in low or "’" in low else ""
        edge = stop - len(clitic)
        tokens.append(MentionToken(low[: len(low) - len(clitic)], first, edge, is_capital, -1))
        if clitic:
            tokens.append(MentionToken(clitic, edge, stop, capital=False, mention=-1))


def _clitic_of(word: str) -> str:
    return next((one for one in CLITICS if word.endswith(one) and word != one), "")


def split_clauses(tokens: Sequence[MentionToken], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Split a sentence into clauses, as (first, end) numbers of tokens."""
    cuts = [0]
    for number in range(1, len(tokens)):
        if _cuts_before(tokens, cuts[-1], number, lexicon):
            cuts.append(number)
    return list(zip(cuts, [*cuts[1:], len(tokens)], strict=True))


def _cuts_before(tokens: Sequence[MentionToken], first: int, number: int, lexicon: Lexicon) -> bool:
    word = tokens[number].word
    following = tokens[number + 1].word if number + 1 < len(tokens) else ""
    if word in lexicon.sets["clause_openers"]:
        return not (word == "but" and following == "not")
    return word in {";", ":"} or (word == "and" and _opens_clause(tokens, first, number, lexicon))


def _opens_clause(
    tokens: Sequence[MentionToken], first: int, number: int, lexicon: Lexicon
) -> bool:
    """Whether `and` is followed by a new subject with a verb of its own: ... and Japan has ..."""
    if number + 2 >= len(tokens) or tokens[number + 1].mention < 0:
        return False
    has_verb = any(
        one.word in AUXILIARIES or one.word in lexicon.cues for one in tokens[first:number]
    )
    following = tokens[number + 2].word
    return has_verb and (
        following in AUXILIARIES or following in ADVERBS or _is_verb(following, lexicon)
    )


def _is_verb(word: str, lexicon: Lexicon) -> bool:
    if word in AUXILIARIES or word in ADVERBS or word.endswith("ly"):
        return True
    if word in FINITE_VERBS:
        return True
    shapes = {cue.shape for cue in lexicon.cues.get(word, ())} - {"noun"}
    kinds = {operator.kind for operator in lexicon.operators.get(word, ())}
    return bool(shapes) or bool(kinds & VERBAL)


def find_actors(
    tokens: Sequence[MentionToken],
    first: int,
    end: int,
    mentions: Sequence[Mention],
    lexicon: Lexicon,
) -> list[Actor]:
    """Find who can act between two tokens: countries and their governments, in order."""
    actors: list[Actor] = []
    for number in range(_skip_adverbial(tokens, first, end), end):
        mention = tokens[number].mention
        if mention < 0 or not _acts(tokens, number, mentions[mention], lexicon):
            continue
        code = mentions[mention].code
        last = _head(tokens, number, lexicon)
        if actors and _is_joined(tokens, actors[-1].last, number):
            former = actors.pop()
            codes = tuple(dict.fromkeys((*former.countries, code)))
            actors.append(Actor(codes, former.first, last))
        else:
            actors.append(Actor((code,), number, last))
    return actors


def _skip_adverbial(tokens: Sequence[MentionToken], first: int, end: int) -> int:
    start = first
    while start < end and not tokens[start].word[0].isalnum():
        start += 1
    if start < end and (tokens[start].word in FRONTED):
        for number in range(start, end):
            if tokens[number].word == ",":
                return number + 1
    return first


def _is_joined(tokens: Sequence[MentionToken], last: int, number: int) -> bool:
    between = [token.word for token in tokens[last + 1 : number]]
    return bool(between) and len(between) <= HEAD_DISTANCE and set(between) <= JOINING


def _acts(tokens: Sequence[MentionToken], number: int, mention: Mention, lexicon: Lexicon) -> bool:
    if kind_of(mention.rule) not in ACTING:
        return False
    before = tokens[number - 1].word if number else ""
    if before in {"the", "a", "an"} and number > 1:
        before = tokens[number - 2].word
        number_before = number - 2
    else:
        number_before = number - 1
    if before in PREPOSITIONS and not (before == "as" and tokens[number_before - 1].word == "well"):
        return _is_in_head(tokens, number_before, lexicon)
    return _stands_as_subject(tokens, number, mention, lexicon)


def _is_in_head(tokens: Sequence[MentionToken], number: int, lexicon: Lexicon) -> bool:
    """Whether a preposition hangs on a government: officials in Germany, the cabinet of Japan."""
    if tokens[number].word not in PREPOSITIONS_ALLOWED or number == 0:
        return False
    return tokens[number - 1].word in lexicon.sets["government"]


def _stands_as_subject(
    tokens: Sequence[MentionToken], number: int, mention: Mention, lexicon: Lexicon
) -> bool:
    """Whether a name is a subject by what follows it: a verb, a government word, a mark."""
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    if following is None:
        return kind_of(mention.rule) != "demonym"
    if following.word in GENITIVES:
        return _is_possessor(tokens, number, lexicon)
    if not following.word[0].isalnum():
        is_dateline = number == 0 and following.word in "(—–-"
        return kind_of(mention.rule) != "demonym" and not is_dateline
    if _has_government(tokens, number + 1, lexicon):
        return True
    if kind_of(mention.rule) == "demonym" or _is_bare_noun(following.word, lexicon):
        return False
    return _continues(tokens[number], following, lexicon)


def _continues(name: MentionToken, following: MentionToken, lexicon: Lexicon) -> bool:
    """Whether a word after a name goes on with the sentence and not with a longer name."""
    if _is_verb(following.word, lexicon) or following.word in JOINING | PREPOSITIONS:
        return True
    if following.capital or _is_acronym(name):
        return following.word.endswith("ed")
    return following.word.endswith(("s", "ed")) or following.word in {"who", "which"}


def _is_bare_noun(word: str, lexicon: Lexicon) -> bool:
    """Whether a cue follows as a noun that the name belongs to: U.S. pressure, the UK ban."""
    shapes = {cue.shape for cue in lexicon.cues.get(word, ()) if len(cue.words) == 1}
    return "noun" in shapes and "third" not in shapes and "past" not in shapes


def _is_acronym(token: MentionToken) -> bool:
    """Whether a name often stands before a noun like an adjective: US firms, U.K. carriers."""
    return "." in token.word or token.word in {"us", "uk", "eu", "un", "nato", "uae"}


def _is_possessor(tokens: Sequence[MentionToken], number: int, lexicon: Lexicon) -> bool:
    """Whether a possessive acts or owns the cue: Germany's government, Australia's ban."""
    after = number + 2
    if after >= len(tokens):
        return False
    if _has_government(tokens, after, lexicon):
        return True
    return any(token.word in lexicon.cues for token in tokens[after : after + 3])


def _has_government(tokens: Sequence[MentionToken], number: int, lexicon: Lexicon) -> bool:
    """Whether a word for a government or its people follows before the noun phrase ends."""
    for token in tokens[number : number + HEAD_DISTANCE]:
        if token.word in lexicon.sets["government"]:
            return True
        if token.mention >= 0 or not (token.capital or token.word in lexicon.sets["modifiers"]):
            return False
    return False


def _head(tokens: Sequence[MentionToken], number: int, lexicon: Lexicon) -> int:
    """Find the number of the last token of an actor: the government word, if any."""
    last = number
    government = lexicon.sets["government"]
    for place in range(number + 1, min(len(tokens), number + HEAD_DISTANCE + 1)):
        token = tokens[place]
        if token.word in government or (token.capital and last > number and token.mention < 0):
            last = place
        elif token.word not in lexicon.sets["modifiers"] and not token.capital:
            break
    return last


def name_actor(text: str, tokens: Sequence[MentionToken], actor: Actor) -> str:
    """Return the words of an actor as the text has them, blanks folded."""
    return " ".join(text[tokens[actor.first].start : tokens[actor.last].end].split())


def tag_operators(tokens: Sequence[MentionToken], lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Find the operators of a sentence as (first token, end, kind), longest first at each place."""
    found: list[tuple[int, int, str]] = []
    for number, token in enumerate(tokens):
        kinds: set[str] = set()
        for operator in lexicon.operators.get(token.word, ()):
            end = match_words(tokens, number, operator.words, gap=operator.gap)
            if end and operator.kind not in kinds:
                kinds.add(operator.kind)
                found.append((number, end, operator.kind))
    return found


def match_words(
    tokens: Sequence[MentionToken], number: int, words: Sequence[str], *, gap: bool
) -> int:
    """Return the end of the words if they stand at a token, else 0; a `gap` is up to four words."""
    rest = words[1:]
    start = number + 1
    tries = range(start, start + 5) if gap and rest else range(start, start + 1)
    for place in tries:
        if all(
            place + offset < len(tokens) and tokens[place + offset].word == word
            for offset, word in enumerate(rest)
        ):
            return place + len(rest)
    return 0
