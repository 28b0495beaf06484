"""Which language a text is in, as far as it is sure, and what languages are called.

English is told by the share of its function words, which costs microseconds and loads nothing; all
else by Google's compact language detector 3, loaded when a text first needs it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from briefing.english.lexicon import read_rows, read_words
from briefing.model import READ_ROLES, Chunk

ENGLISH: Final = "en"
NAMED: Final = frozenset({"de", "es", "fr"})
"""The languages beside English whose names of countries and months are known."""
_SAMPLE: Final = 2_000
"""Characters that are looked at; more make no text surer."""
_OPENING: Final = 240
_ENOUGH_WORDS: Final = 40
_ENGLISH_SHARE: Final = 0.25
"""Of twelve sentences the function words of English have a third of the words and more, of
other languages a sixth at most."""
_CHUNK_SHARE: Final = 0.2
_SHORTEST: Final = 20
_SHORTEST_CHUNK: Final = 100
"""Characters of a text and of a single paragraph below which neither is sure."""
_SURE: Final = 0.9
_CHUNK_SURE: Final = 0.97
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+|https?://\S+")
_BY_SCRIPT: Final = {
    "ARABIC": {"ar", "fa", "ku", "ps", "sd", "ur"},
    "CJK": {"ja", "zh"},
    "CYRILLIC": {"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"},
    "DEVANAGARI": {"hi", "mr", "ne"},
    "GREEK": {"el"},
    "HANGUL": {"ko"},
    "HEBREW": {"he", "yi"},
    "HIRAGANA": {"ja"},
    "KATAKANA": {"ja"},
    "THAI": {"th"},
}
"""Which languages a script writes: the detector takes Korean among Latin names for Hindi."""
_LETTERS: Final = 100
_SAME: Final = {"iw": "he", "no": "nb", "fil": "tl"}
"""Old and other codes of the detector."""


def find_language(texts: Iterable[str]) -> str | None:
    """Return the ISO 639 code of the language that texts together are surely in, else None."""
    pieces: list[str] = []
    length = 0
    for text in texts:
        pieces.append(text[: _SAMPLE - length])
        length += len(pieces[-1])
        if length >= _SAMPLE:
            break
    sample = "\n".join(pieces)
    words = sample.lower().split()
    if len(words) >= _ENOUGH_WORDS and _english_share(words) >= _ENGLISH_SHARE:
        return ENGLISH
    return _detect(sample, _SURE) if length >= _SHORTEST else None


def languages_of_chunks(chunks: Sequence[Chunk], stated: str | None) -> Mapping[str, str]:
    """Return the language of each chunk that is read and not in English, by its id.

    What the text surely is goes before the `stated` language; a paragraph that may be in either is
    in that of the article.
    """
    read = [chunk for chunk in chunks if chunk.role in READ_ROLES]
    main = find_language(chunk.text for chunk in read) or base_code(stated) or ENGLISH
    found = {chunk.id: _language_of(chunk.text, main) for chunk in read}
    return {name: code for name, code in found.items() if code != ENGLISH}


def base_code(language: str | None) -> str | None:
    """Return the code of a language without its region: `de` for `de-AT`."""
    return re.split("[-_]", language.lower())[0] or None if language else None


def other_language(language: str | None) -> str | None:
    """Return the code of a stated language that is not English, None for English or none."""
    code = base_code(language)
    return None if code == ENGLISH else code


def language_name(code: str) -> str:
    """Return the English name of a language, its code where no list has it."""
    return _names().get(code, code)


def what_is_read(code: str) -> str:
    """Return what is read in a text of another language than English, and what is not."""
    found = "quotes, countries and dates" if code in NAMED else "quotes"
    return f"{found} only; speakers and positions are read in English alone"


def _language_of(text: str, main: str) -> str:
    if len(text) < _SHORTEST_CHUNK:
        return main
    if main == ENGLISH and _english_share(text[:_OPENING].lower().split()) >= _CHUNK_SHARE:
        return ENGLISH
    return _detect(text[:_SAMPLE], _CHUNK_SURE) or main


def _english_share(words: Sequence[str]) -> float:
    return sum(map(_function_words().__contains__, words)) / max(1, len(words))


@functools.cache
def _function_words() -> frozenset[str]:
    return read_words("english", "function_words")


def _detect(text: str, sure: float) -> str | None:
    text = _CONTROLS.sub(" ", text).encode("utf-8", "ignore").decode()
    written = _BY_SCRIPT.get(_script_of(text))
    if written is not None and len(written) == 1:
        return next(iter(written))
    found = _detector().FindLanguage(text=text)
    spelt_in_latin = found.language.endswith("-Latn")  # Names from abroad make it say so.
    if not found.is_reliable or found.probability < sure or spelt_in_latin:
        return None
    code = base_code(found.language) or ""
    code = _SAME.get(code, code)
    return None if written is not None and code not in written else code


def _script_of(text: str) -> str:
    """Return the script of most letters that a text opens with, as Unicode names it: `LATIN`."""
    letters = islice(filter(str.isalpha, text), _LETTERS)
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    return scripts.most_common(1)[0][0] if scripts else ""


@functools.cache
def _detector() -> Any:
    import gcld3

    return gcld3.NNetLanguageIdentifier(0, 4 * _SAMPLE)


@functools.cache
def _names() -> Mapping[str, str]:
    return dict(row.split("\t") for row in read_rows("world", "language_names.tsv"))
