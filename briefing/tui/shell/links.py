"""Which addresses may be opened in a browser: web addresses and nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https"})


def refusal(url: str | None, words: str) -> str | None:
    """Return why the link of these words is not opened, or None where it may be."""
    if url is None:
        return (
            f"“{words}”: this link was dead when the article was stored; only its words are left."
        )
    if not url.isprintable() or " " in url:
        return f"“{words}”: the address holds characters that no web address has."
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"“{words}”: {url} is not a web address."
    if parts.scheme.lower() not in SCHEMES or not parts.netloc:
        return f"“{words}”: only http and https addresses are opened, not {url}"
    return None
