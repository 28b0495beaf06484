"""What the head of an article marks: its headline, who wrote it, when it was published or updated.

The head reaches from the headline to the first running text. A time or a name elsewhere on a page
may be a comment's, a teaser's, an embedded post's: it counts only where it is marked by itself.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from briefing.english.lexicon import read_words
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.forms import is_byline
from briefing.ingest.readers.html.dom import BYLINE_CLASS, stands_apart

_FARTHEST = 400
_HIGHEST = 12
_ABOVE = 12
_STORY = 1000
_MOST_PARTS = 500
_PROSE = 25
_MASTHEAD = re.compile(
    r"(?i)\b(?:logo|masthead|site-?(?:title|name|logo|header|branding)|brand(?:ing)?|banner)\b"
)
_OPENS = re.compile(r"(?i)(?:(?:written|reported|words|story) )?by\b|author:")
_UPDATED = re.compile(r"(?i)updated?\b|updating|modif|revis|amend|edited|refresh")
_PUBLISHED = re.compile(r"(?i)publi|pubdate|posted|created|entry-date|first|issued")
_LONGEST_BYLINE = 250


class ArticleHead(NamedTuple):
    """What the markup of an article's head states, with the elements of times as written there."""

    authors: tuple[str, ...]
    signed: str
    published: tuple[tuple[str, str], ...]
    updated: tuple[tuple[str, str], ...]


def find_headings(root: Any) -> tuple[list[Any], list[Any]]:
    """Return the headlines that the markup names, and other `<h1>`, but for the site's name."""
    headings = [element for element in root.iter("h1", "h2") if not _is_masthead(element)]
    named = [e for e in headings if "headline" in (e.get("itemprop") or "").lower().split()]
    return named, [element for element in headings if element.tag == "h1"]


def read_marked(root: Any, headline: str | None) -> ArticleHead:
    """Return what the head of the article under `headline` marks as authors and times."""
    head, elsewhere = _split_page(root, headline)
    names, signed = _authors(head)
    if not names:
        names, signed = _authors([e for e in elsewhere if _signs(e)])
        names = names if len(names) == 1 else []
    published, updated = _times(head)
    if not published:
        sure = dict(_value(e) for e in elsewhere if _is_published(e) and not _is_other(e))
        published = list(sure.items()) if len(sure) == 1 else []
    return ArticleHead(tuple(names), signed, tuple(published), tuple(updated))


def words_in(element: Any) -> str:
    """Return the words of an element; those of two children are apart."""
    return " ".join(" ".join(element.itertext()).split())


def _is_masthead(element: Any) -> bool:
    links = list(element.iter("a"))
    text = words_in(element)
    home = any(re.fullmatch(r"/?|https?://[^/]+/?", link.get("href") or "-") for link in links)
    if home and sum(len(words_in(link)) for link in links) >= len(text):
        return True
    if "headline" in (element.get("itemprop") or "") or len(text.split()) > 4:
        return False
    near = [element, *itertools.islice(element.iterancestors(), 2)]
    names = (" ".join(e.get(name) or "" for name in ("class", "id", "role")) for e in near)
    return any(_MASTHEAD.search(each[:300]) for each in names)


def _split_page(root: Any, headline: str | None) -> tuple[list[Any], list[Any]]:
    """Return the elements of the article's head, and the others, in reading order."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    title = _place_of_title(elements, headline)
    if title is None:
        return [], elements
    outer = next((e for e in elements[title].iterancestors("header", "hgroup")), None)
    start = max(0, title - _ABOVE)
    if outer is not None:
        start = elements.index(outer, 0, title + 1)
    else:
        near = set(itertools.islice(elements[title].iterancestors(), 2))
        while start < title and near.isdisjoint(elements[start].iterancestors()):
            start += 1
    stop = min(len(elements), title + _FARTHEST)
    for index in range(title, stop):
        is_prose = elements[index].tag == "p" and len(words_in(elements[index]).split()) >= _PROSE
        if is_prose and next(elements[index].iterancestors("header"), None) is None:
            stop = index
            break
    return elements[start:stop], [*elements[:start], *elements[stop:]]


def _place_of_title(elements: Sequence[Any], headline: str | None) -> int | None:
    """Return the place of the heading most like the headline, or else of the only one."""
    wanted = set((headline or "").lower().split())
    best: list[tuple[float, int]] = []
    for index, element in enumerate(elements):
        if element.tag == "h1" or (element.tag == "h2" and wanted):
            words = set(words_in(element).lower().split())
            alike = len(words & wanted) / max(1, len(words | wanted))
            best.append((-1.0 if words_in(element) == headline else -alike, index))
    likely = [pair for pair in best if pair[0] <= -0.5]
    if likely:
        return min(likely)[1]
    only = [index for _, index in best if elements[index].tag == "h1"]
    only = [index for index in only if not _is_masthead(elements[index])]
    return only[0] if len(only) == 1 else None


def _is_other(element: Any) -> bool:
    """Whether an element belongs to something beside the article: a comment, a teaser, a post."""
    if "author" in (element.get("itemprop") or "").lower().split():
        item = next((e for e in element.iterancestors() if e.get("itemscope") is not None), None)
        if item is not None and _is_story(item):
            return False
    outers = itertools.islice((element, *element.iterancestors()), _HIGHEST)
    first = next((each for each in outers if _is_story(each) or stands_apart(each)), None)
    return first is not None and not _is_story(first)


def _is_story(element: Any) -> bool:
    """Whether an element is marked as an article and long enough for one: a teaser is not."""
    kind = (element.get("itemtype") or "").strip().rpartition("/")[2]
    if kind not in read_words("ingest", "page_facts", "article types"):
        return False
    parts = itertools.islice(element.iter(), _MOST_PARTS)
    texts = (text for part in parts for text in (part.text, part.tail) if text)
    lengths = itertools.accumulate(len(text.strip()) for text in texts)
    return any(length >= _STORY for length in lengths)


def _authors(elements: Sequence[Any]) -> tuple[list[str], str]:
    """Return the names in the elements marked as a byline or an author, and the first of these."""
    read: set[Any] = set()
    names: dict[str, None] = {}
    for element in elements:
        if element.tag in {"meta", "link", "script", "img"} or not _is_byline(element):
            continue
        if len(element) > 40 or any(outer in read for outer in element.iterancestors()):
            continue
        if not _is_short(element) or _is_other(element):
            continue
        if found := _names_in(element):
            read.add(element)
            names.update(dict.fromkeys(found))
    return list(names)[:10], _named(next((e for e in elements if e in read), None))


def _is_byline(element: Any) -> bool:
    names = (element.get(name) or "" for name in ("class", "id", "data-testid"))
    if _signs(element) or BYLINE_CLASS.search(" ".join(name[:200] for name in names if name)):
        return True
    opens = _OPENS.match((element.text or "").lstrip()[:20]) is not None
    return opens and _is_short(element) and is_byline(words_in(element))


def _is_short(element: Any) -> bool:
    """Whether an element holds no more than a byline may; a long one is not read to its end."""
    lengths = itertools.accumulate(len(piece.strip()) for piece in element.itertext())
    shown = itertools.islice(lengths, _LONGEST_BYLINE)
    return all(length <= _LONGEST_BYLINE for length in shown) and next(lengths, None) is None


def _signs(element: Any) -> bool:
    """Whether an element is marked as the author by what it is, not by what its class is called."""
    marks = element.get("rel"), element.get("itemprop")
    return any("author" in mark.lower().split() for mark in marks if mark)


def _names_in(element: Any) -> Sequence[str]:
    inside = list(element.iterdescendants())
    marked = (e for e in inside if e.get("rel") == "author" or e.get("itemprop") == "name")
    linked = _read_all(e for e in inside if e.tag == "a")
    written = read_authors(words_in(element))
    return _read_all(marked) or (linked if len(linked) > len(written) else written)


def _read_all(elements: Iterable[Any]) -> list[str]:
    return [name for each in elements for name in read_authors(words_in(each))]


def _times(elements: Sequence[Any]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the times of a head that tell when it was published, and when it was updated."""
    published: list[tuple[str, str]] = []
    updated: list[tuple[str, str]] = []
    for element in elements:
        is_time = element.tag == "time" or _is_published(element)
        if is_time and not (_is_other(element) or _in_sentence(element)):
            (updated if _tells_update(element) else published).append(_value(element))
    return published, updated


def _in_sentence(element: Any) -> bool:
    """Whether a time stands in a sentence, as in `The board met on 4 May in Tarn`."""
    outer = next(element.iterancestors("p", "li", "td"), None)
    text = "" if outer is None else words_in(outer)
    said = _PUBLISHED.search(text[:60]) or _UPDATED.search(text[:60]) or is_byline(text.rstrip("."))
    return text.endswith(".") and len(text.split()) >= 7 and not said


def _is_published(element: Any) -> bool:
    mark = element.get("itemprop")
    if mark and "datepublished" in mark.lower():
        return bool(element.tag != "meta")
    return element.get("pubdate") is not None and element.tag == "time"


def _value(element: Any) -> tuple[str, str]:
    value = element.get("datetime") or element.get("content") or words_in(element)
    return value, _named(element)


def _named(element: Any) -> str:
    """Return how an element is called: `<time>`, or `<span class=byline>` where that tells more."""
    if element is None:
        return ""
    for name in ("itemprop", "rel", "class") if element.tag != "time" else ():
        if mark := " ".join((element.get(name) or "").split()):
            return f"<{element.tag} {name}={mark[:40]}>"
    return f"<{element.tag}>"


def _tells_update(element: Any) -> bool:
    """Whether a time is that of an update, by its own marks or else by the words before it."""
    for outer in (element, element.getparent()):
        marks = f"{outer.get('class') or ''} {outer.get('itemprop') or ''}"[:300]
        if _PUBLISHED.search(marks):
            return False
        if _UPDATED.search(marks):
            return True
    own = words_in(element)
    for outer in list(element.iterancestors())[:3]:
        text = words_in(outer)
        if len(text) > _LONGEST_BYLINE:
            return False
        before, _, after = text.partition(own) if own else (text, "", "")
        said = [*_UPDATED.finditer(before), *_PUBLISHED.finditer(before)]
        if said:
            return _UPDATED.match(max(said, key=lambda found: found.start())[0]) is not None
        if not before and re.fullmatch(r"\W*(?:last )?updated\W*", after, re.IGNORECASE):
            return True
    return False
