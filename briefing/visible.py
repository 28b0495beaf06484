"""Signs for characters that a terminal would obey or hide: one table, two pure functions.

Article text may hold escape sequences, bidirectional overrides and zero-width characters. Shown
raw, they recolour the screen, reorder words or vanish; here each gets a sign that a reader sees.
"""

from __future__ import annotations

_LEFT_TO_RIGHT = "⇢"
_RIGHT_TO_LEFT = "⇠"
_ISOLATE = "⇣"
_POP = "⇡"
_EMPTY = "␣"
_NEWLINE = "␤"
_ESCAPE = "␛"
_OTHER = "␦"
_NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"

_NAMED: dict[int, tuple[str, str]] = {
    0x00AD: ("¬", "SHY"),
    0x061C: (_RIGHT_TO_LEFT, "ALM"),
    0x180E: (_EMPTY, "MVS"),
    0x200B: (_EMPTY, "ZWSP"),
    0x200E: (_LEFT_TO_RIGHT, "LRM"),
    0x200F: (_RIGHT_TO_LEFT, "RLM"),
    0x2028: (_NEWLINE, "LSEP"),
    0x2029: (_NEWLINE, "PSEP"),
    0x202A: (_LEFT_TO_RIGHT, "LRE"),
    0x202B: (_RIGHT_TO_LEFT, "RLE"),
    0x202C: (_POP, "PDF"),
    0x202D: (_LEFT_TO_RIGHT, "LRO"),
    0x202E: (_RIGHT_TO_LEFT, "RLO"),
    0x2060: (_EMPTY, "WJ"),
    0x2061: (_EMPTY, "FA"),
    0x2062: (_EMPTY, "IT"),
    0x2063: (_EMPTY, "IS"),
    0x2064: (_EMPTY, "IP"),
    0x2066: (_LEFT_TO_RIGHT, "LRI"),
    0x2067: (_RIGHT_TO_LEFT, "RLI"),
    0x2068: (_ISOLATE, "FSI"),
    0x2069: (_POP, "PDI"),
    0xFEFF: (_EMPTY, "BOM"),
}
"""Code point -> its one-character sign, and its short name in the Unicode charts."""

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x80, 0x9F, _OTHER),
    (0x206A, 0x206F, _OTHER),
    (0xD800, 0xDFFF, _NO_CHARACTER),
    (0xFFF9, 0xFFFB, _OTHER),
    (0xE0000, 0xE007F, _OTHER),
)
"""First and last code point of what has no name worth showing, and its sign."""


def _signs() -> dict[int, str]:
    """Build the table of one-character signs."""
    signs = {code: chr(0x2400 + code) for code in range(0x20)}
    for first, last, sign in _RANGES:
        signs.update(dict.fromkeys(range(first, last + 1), sign))
    signs.update({code: sign for code, (sign, _) in _NAMED.items()})
    return signs | {0x7F: "␡", 0x85: _NEWLINE, 0x9B: _ESCAPE}


_ALIGNED = _signs()
_ALIGNED_LINES = {code: sign for code, sign in _ALIGNED.items() if code != 0x0A}
_SPELLED = _ALIGNED | {code: f"⟨{name}⟩" for code, (_, name) in _NAMED.items()}
_SPELLED_LINES = {code: sign for code, sign in _SPELLED.items() if code != 0x0A}


def visible(text: str, *, lines: bool = False) -> str:
    """Return `text` with every hidden or active character spelled out, as `␛` or `⟨RLO⟩`.

    `lines` keeps line feeds as they are. The result may be longer than `text`; where offsets must
    stay right, use `visible_aligned`.
    """
    if text.isprintable():
        return text
    return text.translate(_SPELLED_LINES if lines else _SPELLED)


def visible_aligned(text: str, *, lines: bool = False) -> str:
    """Return `text` with one sign for each hidden or active character, offsets unchanged.

    `lines` keeps line feeds as they are. `len(result) == len(text)` always holds.
    """
    if text.isprintable():
        return text
    return text.translate(_ALIGNED_LINES if lines else _ALIGNED)


def one_line(text: str) -> str:
    """Fold every run of white space into one blank and show hidden characters as signs."""
    return visible(" ".join(text.split()))
