"""The title of a new briefing: the words of its name, spelt as its articles spell them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from briefing.model import READ_ROLES, Article

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
"""A word, or initials with their full stops, as in `U.S.`."""

_OPENING = re.compile(r"[.!?:;…\n“”\"‘«»•]")
"""What stands between two words where the second may have its capital from its place alone."""


class Spelling:
    """Counts how articles write the words of a briefing's name, and makes a title of them.

    A name with blanks is a title already and stays as it is. Headings, which may have a capital at
    every word, count only for what no other text has.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._words = () if " " in name else tuple(re.split(r"[-_]+", name.strip("-_")))
        self._texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._headings: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def count(self, article: Article) -> None:
        """Count the forms that an article has of the words of the name."""
        wanted = {word.casefold() for word in self._words}
        for chunk in article.chunks:
            if chunk.role not in READ_ROLES:
                continue
            counts = self._headings if chunk.role == "heading" else self._texts
            for form in _words_inside(chunk.text):
                key = form.replace(".", "").casefold()
                if key in wanted:
                    counts[key][form] += 1

    def title(self) -> str:
        """Return the title: each word in its most frequent form, the first with a capital."""
        if not self._words:
            return " ".join(self._name.split())
        return _with_capital(" ".join(map(self._spelt, self._words)))

    def _spelt(self, word: str) -> str:
        """Return a word as the articles have it, else with a capital; one with capitals stays."""
        if word != word.lower():
            return word
        for counts in (self._texts, self._headings):
            forms = counts.get(word.casefold())
            if forms:
                return forms.most_common(1)[0][0]
        return _with_capital(word)


def _words_inside(text: str) -> Iterable[str]:
    """Yield the words of a text that open no sentence, line or quotation."""
    end = 0
    for number, match in enumerate(_WORD.finditer(text)):
        if number and not _OPENING.search(text, end, match.start()):
            yield match.group()
        end = match.end()


def _with_capital(words: str) -> str:
    """Return words with a capital at the beginning, unless the first has one inside: `iPhone`."""
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if first == first.lower() else words
