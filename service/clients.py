"""Who asks: the address a request comes from, through proxies that are trusted to say it, and from whose page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import ip_network
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope

from service.logs import address_of
from service.settings import Networks

UNKNOWN = "unknown"
LONGEST_HOST = 64
SCHEMES = frozenset({"http", "https"})
FORWARDED = re.compile(r'for="?(\[[^\]]*\]|[^",;:]*)', re.IGNORECASE)
TOLD = frozenset({b"x-forwarded-for", b"forwarded", b"x-forwarded-proto"})


class Clients:
    """Finds the client of each request."""

    def __init__(self, trusted: Networks) -> None:
        self._trusted = trusted
        self._is_trusted = lru_cache(maxsize=1024)(self._lies_in_trusted)

    def look(self, scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        """Put the client that a trusted proxy tells, and the scheme it came by, where the server put the proxy's."""
        peer = scope.get("client")
        if peer is None or TOLD.isdisjoint(headers) or not self._is_trusted(peer[0]):
            return
        told: dict[bytes, list[str]] = {}
        for name, value in scope["headers"]:
            if name in TOLD:
                told.setdefault(name, []).append(value.decode("latin-1"))
        if hops := _hops(told):
            scope["client"] = (self._client(hops), 0)
        scheme = told.get(b"x-forwarded-proto", [""])[-1].strip().lower()
        if scheme in SCHEMES:
            scope["scheme"] = scheme

    def _client(self, hops: list[str]) -> str:
        """The last address that is no trusted proxy's: what stands before it, anybody may have written."""
        for hop in reversed(hops):
            if not self._is_trusted(hop):
                return hop
        return hops[0]

    def _lies_in_trusted(self, host: str) -> bool:
        address = address_of(host)
        return address is not None and any(address in network for network in self._trusted)


def _hops(told: dict[bytes, list[str]]) -> list[str]:
    if b"x-forwarded-for" in told:
        members: Iterable[str] = ",".join(told[b"x-forwarded-for"]).split(",")
    else:
        members = FORWARDED.findall(",".join(told.get(b"forwarded", ())))
    return [host for each in members if (host := _without_port(each.strip())[:LONGEST_HOST])]


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host


@lru_cache(maxsize=4096)
def household_of(host: str) -> str | None:
    """Whom an allowance is for: an IPv4 address or an IPv6 network of /64; None for this machine itself."""
    address = address_of(host)
    if address is None:
        return UNKNOWN
    if address.is_loopback:
        return None
    return str(address) if address.version == 4 else str(ip_network(f"{address}/64", strict=False))


def is_same_origin(request: HTTPConnection) -> bool:
    """Whether a request was begun on one of our own pages. Browsers say so, whatever a foreign page wants."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    try:
        origin = urlsplit(request.headers.get("origin", ""))
        here = urlsplit(f"{request.scope['scheme']}://{request.headers.get('host', '')}")
    except ValueError:
        return False
    return bool(origin.netloc) and (origin.scheme, origin.netloc) == (here.scheme, here.netloc)
