"""The title of a new briefing: the words of its name, spelled as in its articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from briefing.model import READ_ROLES, Article

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
"""A word, or initials with full stops, as in `U.S.`."""

_OPENING = re.compile(r"[.!?:;…\n“”\"‘«»•]")
"""Characters before a word that may be capitalised because of its position."""


class Spelling:
    """Counts how articles spell the words of a briefing's name, and builds a title from them.

    A name with spaces is already a title. Headings, which may capitalise every word, count only
    for words that occur in no other text.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._words = () if " " in name else tuple(re.split(r"[-_]+", name.strip("-_")))
        spelled = (r"\.?".join(map(re.escape, word)) for word in self._words)
        self._any_word = re.compile(rf"(?i)(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])")
        self._texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._headings: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def count(self, article: Article) -> None:
        """Count the spellings of the name's words in an article."""
        wanted = {word.casefold() for word in self._words}
        for chunk in article.chunks if wanted else ():
            # Most paragraphs have none of the words, and are not cut into words to see that.
            if chunk.role not in READ_ROLES or not self._any_word.search(chunk.text):
                continue
            counts = self._headings if chunk.role == "heading" else self._texts
            for form in _words_inside(chunk.text):
                key = form.replace(".", "").casefold()
                if key in wanted:
                    counts[key][form] += 1

    def title(self) -> str:
        """Return the title: each word in its most frequent spelling, the first capitalised."""
        if not self._words:
            return " ".join(self._name.split())
        return _with_capital(" ".join(map(self._spell, self._words)))

    def _spell(self, word: str) -> str:
        """Return a word as the articles spell it, else capitalised; one with capitals unchanged."""
        if word != word.lower():
            return word
        for counts in (self._texts, self._headings):
            forms = counts.get(word.casefold())
            if forms:
                return forms.most_common(1)[0][0]
        return _with_capital(word)


def _words_inside(text: str) -> Iterable[str]:
    """Yield the words of a text that are not first in a sentence, line or quotation."""
    end = 0
    for number, match in enumerate(_WORD.finditer(text)):
        if number and not _OPENING.search(text, end, match.start()):
            yield match.group()
        end = match.end()


def _with_capital(words: str) -> str:
    """Return words with the first capitalised, unless it has a capital inside: `iPhone`."""
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if first == first.lower() else words
