"""Which addresses a link may lead to: only `http` and `https`."""

import re
from urllib.parse import urljoin

_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|www\.[^/\s]+\.[a-z]+(?:/|$)")
_SCHEMED = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"(?i)https?://[^\s\x00-\x20\x7f<>\"]{1,4000}\Z")


def is_address(word: str) -> bool:
    """Whether a word is meant as an address, of whatever kind, and not as the path of a file."""
    return _SCHEME.match(word) is not None


def link_target(url: str | None, base: str | None = None) -> str | None:
    """Return the address, completed by `base`, if it is one of the web and of another page."""
    address = (url or "").strip()
    if not address or address.startswith("#"):
        return None
    if base is not None and _SCHEMED.match(address) is None:
        try:
            address = urljoin(base, address)
        except ValueError:
            return None
    return address if _WEB.match(address) else None
