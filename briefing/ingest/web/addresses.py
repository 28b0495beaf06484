"""Which addresses may be fetched, and which machines may be asked for them."""

import ipaddress
import re
from typing import Final

import httpx

from briefing.errors import InputError

LONGEST: Final = 4_000
_IPV4_INSIDE: Final = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96")))
"""Where the last 32 bits are an IPv4 address: the old compatible ones, and NAT64."""
_NO_SCHEME: Final = re.compile(r"(?i)www\.")


class FetchError(InputError):
    """An address that was not fetched; `is_final` is whether it would not be next time either."""

    def __init__(self, message: str, hint: str | None = None, *, is_final: bool = False) -> None:
        super().__init__(message, hint)
        self.is_final = is_final


def read_web_address(text: str, base: str | None = None) -> str:
    """Return an address, completed by `base`, without its fragment; raises FetchError."""
    wanted = text.strip()
    if len(wanted) > LONGEST:
        raise FetchError(f"{wanted[:60]}…: the address is too long", is_final=True)
    wanted = f"https://{wanted}" if _NO_SCHEME.match(wanted) else wanted
    try:
        url = httpx.URL(base).join(wanted) if base else httpx.URL(wanted)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{wanted}: this is no address ({error})", is_final=True) from None
    if url.scheme not in {"http", "https"}:
        raise FetchError(f"{wanted}: only addresses of http and https are fetched", is_final=True)
    if not url.raw_host or not 0 < (url.port or 80) < 65_536:
        raise FetchError(f"{wanted}: the address names no host that there can be", is_final=True)
    if url.userinfo:
        bare = url.copy_with(userinfo=b"")
        raise FetchError(f"{bare}: an address with a user's name is not fetched", is_final=True)
    # A quotation mark would be doubled where the address is stored.
    return str(url.copy_with(fragment=None)).replace("'", "%27")


def host_of(address: str) -> str:
    """Return the host of an address that was read."""
    return httpx.URL(address).raw_host.decode("ascii")


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address that was read: what a robots.txt is for."""
    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def is_this_machine(host: str) -> bool:
    """Whether a host is called so that it can only be this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_public(address: str) -> bool:
    """Whether an IP address, or the IPv4 one inside it, is a single one of the internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if any(ip in network for network in _IPV4_INSIDE):
            inside = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        ip = inside or ip
    return ip.is_global and not ip.is_multicast
