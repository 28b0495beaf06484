"""What a line is by its form: a site's own words, a credit, a title, a note, a time stamp.

Every function looks at one block's text alone; its place is judged in `roles/`.
"""

import functools
import itertools
import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from briefing.english.lexicon import read_lexicon
from briefing.ingest.lines.author_names import read_authors

_EDGES = " \t\n\u00a0.…:!*|–—-•>›»<«[]()#"
_ADDRESS = re.compile(r"(?i)\b(?:you|your|yours|our|we|us|here|please|click|welcome|subscribers)\b")
_QUOTE = re.compile(r"[“”\"«»]")
_LONGEST_LINE = 14
_LONGEST_POINTER = 22
_LONGEST_DESK_LINE = 30
_LONGEST_NOTICE = 70

_CREDIT_LINE = re.compile(
    r"(?i)^\(?(?:photos?|photographs?|photography|illustrations?|images?|pictures?|credits?"
    r"|file)(?: credits?| illustration)?(?: by |: ?)\S"
)
_CREDIT_INSIDE = re.compile(
    r"(?:^|[\s(|.])(?:Photo|Photograph|Illustration|Image|Picture|Credit|PHOTO|CREDIT)s?"
    r"(?: [Cc]redit| [Ii]llustration)?(?: by |: ?)\S.{1,100}$"
)
_SLASHED = re.compile(r"^\(?[^\W\d_][\w .,'’\-]{1,60}\s?[/|]\s?[^\W\d_][\w .,'’\-]{1,60}\)?$")
_AGENCY_AT_END = re.compile(
    r"(?:/|\bvia |\()"
    r"(?:Getty Images|Reuters|REUTERS|AP|AFP|EPA|Bloomberg|Shutterstock|AP Photo)\)?\.?$"
)
_STAMP = re.compile(
    r"(?i)^(?:(?:first |last |originally )?(?:updated|published|posted|modified|created)\b.{0,60}"
    r"|\d{1,3} ?(?:s|secs?|seconds?|m|minutes?|mins?|h|hours?|hrs?|d|days?|weeks?|months?|years?)"
    r" ago.{0,40}"
    r"|(?:an?|one) (?:minute|hour|day|week|month|year) ago.{0,40}|yesterday|today)$"
)
_NOTE = re.compile(
    r"(?i)^[\[(*]{0,2}"
    r"(?:editor[’']?s?[’']? ?(?:note|’s note)|editorial note|ed\. note|note to readers|"
    r"author[’']s note|correction|corrections|clarification|update note)\b ?[:.—–-]"
)
_UPDATED_STORY = re.compile(
    r"(?i)^\(?(?:this|an earlier version of this) (?:story|article|post|report|version)"
    r"(?:[’']s headline)? (?:(?:has been|was) (?:last )?(?:updated|corrected|amended"
    r"|edited|revised|changed|clarified|modified)|incorrectly|misstated|misidentified|misspelled|misreported"
    r"|corrects|clarifies|updates|adds|removes|restores)\b"
)
_PRINT_NOTE = re.compile(
    r"(?i)^(?:a|this) (?:version of this )?(?:article|story|column|report|piece|essay|version)"
    r"(?: also)? (?:appear(?:s|ed)|ran|was (?:published|printed)|(?:is|was) (?:also )?in)"
    r" (?:in|on) (?:print|page|the \S{1,20}(?: \S{1,20}){0,4} (?:print )?(?:edition|issue|paper))\b"
)
_ORNAMENT = re.compile(r"[_=~*•·—–#⁂◆■-]{2,80}|[*•·⁂](?: ?[*•·⁂]){2,20}")
_PAGE_NUMBER = re.compile(
    r"(?i)(?:page|p\.) \d{1,4}(?: (?:of|/) \d{1,4})?|\d{1,4} (?:of|/) \d{1,4}"
)
_CRUMBS = re.compile(r"\w[^|>›»/•·\n]{0,24}(?:\s[|>›»•·]\s\w[^|>›»/•·\n]{0,24}){2,9}")
_FURNITURE = (
    (80, _ORNAMENT, "ornament"), (20, _PAGE_NUMBER, "page_number"), (200, _CRUMBS, "navigation"),
)  # fmt: skip
_CLOCK = re.compile(
    r"(?i)^(\d{1,2})[.:h](\d\d)(?::\d\d)?\s?([ap]\.?m\.?)?(?:\s?(?:Uhr|h|hrs|heures))?(?:\s?\(?[A-Z]{2,4}T?(?:[+-]\d{1,2}(?::?\d\d)?)?\)?)?(?:\s?\(?(?:updated|edited)\b.{0,40})?$"
)
_ADDRESS_LINE = re.compile(
    r"(?i)(?:(?:source|url|link|from|via|address)\s?:\s*)?<?((?:https?://|www\.)[^\s<>]{4,2000})>?"
)
_BYLINE = re.compile(r"^(?:[Bb]y|BY|Written by|Reported by|Words by|Story by|Author:)\s+\S")
_BYLINE_ABROAD = re.compile(
    r"(?:[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|Aus [^\W\d_]+ berichtet)\s+(?=[^\W\d_])"
)
_ABBREVIATED = re.compile(r"(?i)(?:\b[ap]\.m|[\s,][js]r)\.$")
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}$")
_BOUNDARY = re.compile(r"[.!?][\"'”’]?\s+[A-Z“]")
_LONGEST_HEADLINE = 45
_LONGEST_BIO = 70
_BIO = re.compile(
    r"(?:,[^.]{0,80},)?\s(?:is|was|has been|writes|covers|reports|teaches|serves|works"
    r"|heads|leads)\b(?! (?:said|told|going))|,? the author of\b|,? an? [a-z]"
)
_END = (".", "!", "…", ";", ",")


def fold(text: str) -> str:
    """Return a copy for comparing: lower case, straight apostrophes, single blanks."""
    return " ".join(text.split()).lower().replace("’", "'").replace("‘", "'")


def count_words(text: str) -> int:
    """Return the number of words, as blanks part them."""
    return len(text.split())


@functools.cache
def _phrases() -> dict[str, dict[str, str]]:
    """Return the phrases of sites with their rules, by how they stand in a line."""
    found: dict[str, dict[str, str]] = {}
    for section, entries in read_lexicon("ingest", "boilerplate").items():
        rule, how = section.rsplit(" ", 1)
        for entry in entries:
            found.setdefault(how, {}).setdefault(entry, rule)
    return found


@functools.cache
def site_rules() -> frozenset[str]:
    """Return the rules for a site's own words, without the one for lines about its reporters."""
    return frozenset().union(*map(dict.values, _phrases().values())) - {"desk_line"}


@functools.cache
def _openings() -> dict[str, list[tuple[str, str]]]:
    """Return the phrases that lines begin with, by their first two characters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase, rule in _phrases()["starts"].items():
        found.setdefault(phrase[:2], []).append((phrase, rule))
    return found


@functools.cache
def _telling_phrases() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    """Return what finds the phrases that tell a notice, those of `says` before those of `holds`."""
    telling = (*_phrases()["says"].items(), *_phrases()["holds"].items())
    return AhoCorasick([phrase for phrase, _ in telling]), telling


def site_voice(text: str, *, aside: bool = False) -> str | None:
    """Return the rule by which a block, if `aside` on less evidence, is the site's own words."""
    if len(text) > 700:
        return None
    folded = fold(text)
    bare = folded.strip(_EDGES)
    rule = _phrases()["whole"].get(bare) or _furniture(text.strip(), bare)
    if rule is not None:
        return rule
    words = count_words(folded)
    if words <= _LONGEST_POINTER:
        for phrase, found in [*_openings().get(bare[:2], []), *_openings().get(bare[:1], [])]:
            if bare.startswith(phrase) and (aside or _starts_alone(bare, phrase, words)):
                return found
    if words <= 6:
        for phrase, found in _phrases()["ends"].items():
            if bare.endswith(phrase):
                return found
    return _notice(text, folded) if words <= _LONGEST_NOTICE else None


def _furniture(text: str, bare: str) -> str | None:
    """Return the rule of a line by its shape: an ornament, a number of a page, a row of menus."""
    if _PRINT_NOTE.match(text[:200]):
        return "print_note"
    for longest, pattern, rule in _FURNITURE:
        if len(text) <= longest and pattern.fullmatch(text):
            return rule
    words = bare.split()
    if 1 < len(words) <= 8 and all(_phrases()["whole"].get(word) == "share" for word in words):
        return "share"
    return None


def _starts_alone(bare: str, phrase: str, words: int) -> bool:
    """Whether a phrase opens a line of its own and not, say, a sentence about cookies."""
    if phrase.endswith(":"):
        return True
    follows = bare[len(phrase) :][:1]
    short = words <= 8 or (words <= _LONGEST_LINE and _ADDRESS.search(bare) is not None)
    return short and not follows.isalnum()


def _notice(text: str, folded: str) -> str | None:
    """Return the rule of a notice: one telling phrase at its start or alone, or two anywhere."""
    if _QUOTE.search(text):
        return None
    finder, telling = _telling_phrases()
    places = {place for place, _, _ in finder.find_matches_as_indexes(folded, overlapping=True)}
    if not places:
        return None
    words = count_words(folded)
    says = len(_phrases()["says"])
    if words <= _LONGEST_DESK_LINE and min(places) < says:
        return telling[min(places)][1]
    found = [telling[place] for place in sorted(places) if place >= says]
    if not found or (words > 12 and not _ADDRESS.search(folded)):
        return None
    phrase, rule = found[0]
    plain = words <= 30 or len(found) > 1 or folded.index(phrase) < 80
    return rule if plain else None


def is_credit(text: str) -> bool:
    """Whether a line credits a picture: `Photo: X/Agency`, `NAME/Agency`."""
    if len(text) > 160 or count_words(text) > 16:
        return False
    if _CREDIT_LINE.match(text):
        return True
    if _SLASHED.match(text) is None or text.rstrip(")").endswith(_END):
        return False
    lexicon = read_lexicon("ingest", "credits")
    names = [fold(part).removeprefix("the ") for part in re.split(r"[/|]", text.strip("()"))]
    return any(one in lexicon["agencies"] or one.endswith(lexicon["endings"]) for one in names)


def has_credit(text: str) -> bool:
    """Whether a short block ends in the credit of a picture: it is a caption then."""
    if len(text) > 600 or count_words(text) > 80:
        return False
    found = _CREDIT_INSIDE.search(text, max(0, len(text) - 140))
    return found is not None or _AGENCY_AT_END.search(text[-60:]) is not None


def clock_time(text: str) -> str | None:
    """Return the time of day, `HH:MM`, of a line that says nothing else; None for other lines."""
    match = _CLOCK.match(text.strip()) if len(text) <= 60 else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    hour = int(match[1])
    half = (match[3] or "").lower().replace(".", "")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{match[2]}"


def read_address(text: str) -> str | None:
    """Return the address of the web that a line holds and nothing else, None for other lines."""
    match = _ADDRESS_LINE.fullmatch(text.strip()) if len(text) <= 2000 else None
    return match and match[1]


def is_stamp(text: str) -> bool:
    """Whether a line says when something was posted or updated."""
    if clock_time(text) is not None:
        return True
    return len(text) <= 100 and _STAMP.match(text.strip(_EDGES)) is not None


def is_editor_note(text: str) -> bool:
    """Whether a block is an editor's note: wholly in brackets, or named as one."""
    if text[:1] == "[" and text.rstrip()[-1:] == "]" and count_words(text.strip("[] ")) >= 4:
        inside = text.rstrip()[:-1]
        depths = itertools.accumulate((char == "[") - (char == "]") for char in inside)
        return text.count("[") == text.count("]") and 0 not in depths  # It closes at its end.
    is_told = len(text) <= 600 and _UPDATED_STORY.match(text[:120]) is not None
    return is_told or _NOTE.match(text[:120]) is not None


def is_byline(text: str) -> bool:
    """Whether a short line names the authors after `By`; after `von`, `par`, `por` only people."""
    ends = text.endswith(".") and _ABBREVIATED.search(text[-5:]) is None
    if len(text) > 160 or ends:
        return False
    names = read_authors(text) if _BYLINE_ABROAD.match(text) else ()
    abroad = bool(names) and not text.lower().startswith(names[0].lower())
    return abroad or _BYLINE.match(text) is not None


def is_title_like(text: str, most: int = 22) -> bool:
    """Whether a block looks like a title: one short line without a full stop."""
    if len(text) > 200 or "\n" in text.strip() or text.rstrip("\"'”’)").endswith(_END):
        return False
    words = text.split()
    if not 0 < len(words) <= most or is_credit(text):
        return False
    first = text.lstrip("\"'“‘([¿¡$£€")[:1]
    return first.isupper() or first.isdigit() or not first.isascii()


def is_headline(text: str) -> bool:
    """Whether the first words of a document are its title though long or ending in `U.S.`."""
    line = " ".join(text.split()) if text.strip().count("\n") == 1 else text.strip()
    if _INITIALS.search(line[-12:]) is not None:
        return is_title_like(line.rstrip("."))
    if line != text.strip() and is_title_like(line):
        return True
    wide = 22 < count_words(line) <= _LONGEST_HEADLINE and len(line) <= 320
    return wide and not line.endswith(_END) and _BOUNDARY.search(line) is None and "\n" not in line


def opens_with_agency(text: str) -> bool:
    """Whether a line opens with the agency of a picture: `Getty Images A pilot boat at work`."""
    if len(text) > 200 or text.rstrip().endswith(_END):
        return False
    folded, capitals = f"{fold(text)} ", text[:3].isupper()
    agencies = read_lexicon("ingest", "credits")["agencies"]
    return any(folded.startswith(f"{a} ") for a in agencies if len(a) > 3 or capitals)


def is_bio(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph says who an author is: `NAME is a fellow at …`, `NAME covers …`."""
    if count_words(text[:1000]) > _LONGEST_BIO:
        return False
    line = text.lstrip("•*–—- ")
    names = (name for name in authors if line.startswith(name))
    return any(_BIO.match(line, len(name)) is not None for name in names)


def opens_tail(text: str) -> bool:
    """Whether a line announces other stories: `More from …`, `Related`."""
    if len(text) > 90:
        return False
    bare = fold(text).strip(_EDGES)
    lexicon = read_lexicon("ingest", "tails")
    if bare in lexicon["whole"]:
        return True
    if count_words(bare) > 8 or text.rstrip().endswith((".", "!", "?")):
        return False
    return any(bare.startswith(f"{phrase} ") or bare == phrase for phrase in lexicon["starts"])


def is_prose(text: str) -> bool:
    """Whether a block reads as running text: a sentence, not a line."""
    words = count_words(text[:400])
    return words >= 25 or (words >= 7 and text.rstrip("\"'”’)] \u00a0")[-1:] in {*".!?…:"})
