"""The address of a database that holds the search index: what it may be, and how it is shown."""

import hashlib
import re
from typing import Final

from briefing.errors import UsageError

SCHEMES: Final = ("postgresql://", "postgres://")
_HOST: Final = r"(?:\[[0-9A-Fa-f:.]+\]|[\w.%-]*)(?::[0-9]*)?"
_ADDRESS: Final = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^:@/?#]*)(?::[^:@/?#]*)?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)(?:/(?P<database>[^:@/?#]*))?"
    r"(?:\?(?P<settings>(?:[\w%]+=[^&@#]*&?)*))?"
)
"""Part of a password that is not written as it must be would be taken for a host, and shown."""
_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SHOWN: Final = ("host", "hostaddr", "port", "dbname", "user", "service", "options")
"""Settings that say where the index is; others may hold a password."""


def check_address(address: str) -> str:
    """Return an address as it was given; raises UsageError, which never shows it."""
    if not address.startswith(SCHEMES):
        hint = "Such as postgresql://user@host/database; leave it out for an index in index/."
        raise UsageError("the address of a shared index begins with postgresql://", hint)
    if not (_ADDRESS.fullmatch(address) and address.isprintable()) or _BROKEN.search(address):
        raise UsageError(
            "the address of the shared index is not written as one",
            "It is postgresql://user@host:port/database; in a user's name or password, "
            "@ is written %40, : %3A, / %2F, ? %3F, # %23 and % %25.",
        )
    return address


def shown_address(address: str) -> str:
    """Return an address that was checked, without passwords."""
    found = _ADDRESS.fullmatch(address)
    assert found is not None  # noqa: S101
    user = f"{found['user']}@" if found["user"] else ""
    pairs = (found["settings"] or "").split("&")
    tail = "&".join(pair for pair in pairs if pair.partition("=")[0] in _SHOWN)
    database = found["database"] or ""
    return f"{SCHEMES[0]}{user}{found['hosts']}/{database}{'?' if tail else ''}{tail}"


def address_key(address: str) -> str:
    """Return a name for an address, the same whatever the password; it is safe as a file's."""
    return hashlib.sha256(shown_address(address).encode()).hexdigest()[:16]
