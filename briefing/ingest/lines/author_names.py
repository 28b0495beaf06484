"""Who wrote an article, read from a byline or from a field that names the authors."""

import re
from collections.abc import Iterable, Iterator

from briefing.english.lexicon import read_words
from briefing.ingest.lines.stated_dates import find_date
from briefing.world.outlets import ends_as_outlet, usual_name

_LONGEST = 300
_LONGEST_BYLINE = 160
_MOST = 20
_BY = re.compile(
    r"(?i)^[\W_]*(?:(?:written|reported|words|story|posted|published|text|analysis|edited|compiled"
    r"|interview(?:ed)?|review(?:ed)?)?\s?\bby\b|from\b(?=\s\S)"
    r"|(?:authors?|autor(?:[ea]s?)?|auteurs?|text[eo]?|reporter|автор|текст)\s?:|par\b|por\b"
    r"|aus [^\W\d_]+ berichtet(?:en)?\b)[:\s]\s*"
)
_LETTER = r"(?:[^\W\d_]|[.’'-])"
_BY_PARTICLE = re.compile(
    rf"(?i)^\W*(?:von|di|av|door)\s(?!de[rnm]\s)(?=[^\W\d_]{_LETTER}+\s(?![js]r\b)[^\W\d_])"
)
WIKILINK = re.compile(r"\[\[(?:[^\[\]|\n]{0,200}\|)?([^\[\]|\n]{1,200})\]\]")
"""A link to another note, `[[name]]` or `[[name|shown]]`; its group are the words shown."""
_MAIL = re.compile(r"\S{0,60}@\S{1,80}")
_ASIDE = re.compile(r"(?<=\S)\s?\([^()]{0,80}\)")
_END = re.compile(
    r"(?i)\b(?:last |first )?(?:updated|published|posted|modified)\b"
    r"|,? with (?:\w+ )?(?:help|reporting|contrib)"
    r"|\d{1,2}[:.]\d\d|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day,?\s"
)
_SEGMENT = re.compile(r"\s[|–—•·/-]\s|[|•·\n\t]|(?<=[a-z]{4})\.\s")
_PART = re.compile(
    r"(?i)\s*(?:;|,?\s(?:and|with)\s|&)\s*|\s(?-i:et|y|und|och|og|e)\s(?=[^\W\d_][\w.’'-]*\s(?!(?:et|y|und|och|og|e)\s)[^\W\d_])"
)
_PLACE = re.compile(r"\s(?:in|at|for|of|from|on|is|was|contributed|reports?)(?:\s.*|$)")
_WORD = rf"[^\W\d_]{_LETTER}*"
_PARTICLE = r"(?:y|de|da|del|dos|du|van|von|der|den|ter|di|la|le|al|bin|el)"
_NAME = re.compile(rf"{_WORD}(?:\s(?:{_PARTICLE}|{_WORD})){{1,4}}$")
_SURNAME = re.compile(rf"(?:{_PARTICLE}\s){{0,2}}{_WORD}$")
_GIVEN = re.compile(rf"{_WORD}(?:\s{_WORD})?$")
_INITIALS = re.compile(r"[^\W\d_]{2,4}(?:,\s[^\W\d_]{2,4}){2,}$")
_GENERATION = frozenset({"jr", "sr", "ii", "iii", "iv"})


def read_authors(text: str, *, stated: bool = False) -> tuple[str, ...]:
    """Return whom a byline, or `stated` field for authors, names, without functions and dates."""
    line = WIKILINK.sub(r"\1", text[:_LONGEST])
    line = _BY.sub("", _ASIDE.sub(" ", _MAIL.sub(" ", line)).strip(" ()"), count=1)
    line = _BY_PARTICLE.sub("", line)
    if line.isupper() and _INITIALS.match(line):
        return ()
    date, end = find_date(line), _END.search(line)
    cut = min(date.start if date else len(line), end.start() if end else len(line))
    names: list[str] = []
    for segment in _SEGMENT.split(line[:cut]):
        parts = _PART.split(segment)
        if parts[0].lower().startswith("the ") and not is_agency(parts[0]):
            continue
        found = [name for part in parts for name in _names_in(part, stated=stated)]
        if names and not found:
            break
        names.extend(found)
    return tuple(dict.fromkeys(names))[:_MOST]


def signs(text: str) -> bool:
    """Whether a line names people and is short, and no sentence."""
    return len(text) <= _LONGEST_BYLINE and text[-1:] != "." and bool(read_authors(text))


def without_site(names: Iterable[str], site: str | None) -> tuple[str, ...]:
    """Return names once each, without those that begin with the name of the site."""
    others = (name for name in names if site is None or not f"{name} ".startswith(f"{site} "))
    return tuple(dict.fromkeys(others))


def is_function(text: str) -> bool:
    """Whether words tell what an author does, or for whom, and name nobody."""
    words = {word.lower() for word in re.findall(r"[^\W_]+", text)}
    return not words.isdisjoint(read_words("ingest", "words", "no names"))


def is_agency(text: str) -> bool:
    """Whether words name an outlet or an agency."""
    name = text.strip()
    is_named = name.lower().removeprefix("the ") in read_words("ingest", "credits", "agencies")
    return is_named or usual_name(name) is not None or ends_as_outlet(name)


def _names_in(part: str, *, stated: bool) -> Iterator[str]:
    """Yield the names in words between `and`s: `Name, function`, `Surname, Name`, `Name, Name`."""
    pieces = [piece for raw in part.split(",") if (piece := " ".join(raw.split()).strip(":"))]
    pieces = list(_with_suffixes(pieces))
    if len(pieces) > 1 and len(pieces) % 2 == 0:
        pairs = list(zip(pieces[::2], pieces[1::2], strict=True))
        named = all(_SURNAME.match(surname) and _GIVEN.match(given) for surname, given in pairs)
        if named and all(map(_is_person, pieces)):
            yield from (_in_title_case(f"{given} {surname}") for surname, given in pairs)
            return
    named = False
    for piece in pieces:
        name = _PLACE.sub("", piece)
        single = stated and not named and len(pieces) == 1 and name == piece
        single = single and _SURNAME.match(name) is not None
        if _is_person(name) and (single or _NAME.match(name)):
            yield _in_title_case(name)
            named = True
        elif named:
            return


def _with_suffixes(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces, `Jr.` joined to the name before it and degrees left out."""
    degrees = {word.lower().replace(".", "") for word in read_words("english", "people", "suffix")}
    waiting: str | None = None
    for piece in pieces:
        bare = piece.lower().replace(".", "")
        if waiting is not None and bare in _GENERATION:
            waiting = f"{waiting} {piece}"
        elif bare not in degrees:
            if waiting is not None:
                yield waiting
            waiting = piece
    if waiting is not None:
        yield waiting


def _is_person(name: str) -> bool:
    small = (word for word in name.split() if word[:1].islower())
    if not 2 <= len(name) <= 60 or not all(re.fullmatch(_PARTICLE, word) for word in small):
        return False
    return not (name.lower().startswith("the ") or is_function(name) or is_agency(name))


def _in_title_case(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else name
