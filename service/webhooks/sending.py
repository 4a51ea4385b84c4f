"""One request to a receiver: to public addresses only, no longer than it may take, wherever it leads nowhere further.

The name is looked up once and the request goes to the address that was looked at, so that a name which leads
elsewhere a moment later gains nothing; the certificate is checked against the name. Nothing of the answer is kept but
its status.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import perf_counter

import httpx2

from service import __version__
from service.settings import Networks

SECONDS = 15.0
"""How long a receiver may take from the first look at its name to its status."""

MOST_READ = 65_536
"""Bytes of an answer that are read, and thrown away, so that the connection can be used again."""

TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""IPv6 networks behind which any IPv4 address can be, a private one too."""

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Answer:
    """The status of a receiver, or why there is none, and how long that took."""

    status: int | None
    problem: str | None
    milliseconds: int

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Unreachable(Exception):
    """Nothing may be sent there; says why."""


class Sender:
    """Sends to wherever it may. `trusted` has the certificates of receivers that are not publicly certified."""

    def __init__(self, allowed: Networks = (), trusted: ssl.SSLContext | None = None, seconds: float = SECONDS) -> None:
        self._allowed = allowed
        self._trusted = trusted
        self._seconds = seconds

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[httpx2.AsyncClient]:
        """A client for one receiver: no proxies, no cookies of others, no redirects."""
        verify = True if self._trusted is None else self._trusted
        async with httpx2.AsyncClient(
            verify=verify, trust_env=False, follow_redirects=False, timeout=self._seconds
        ) as client:
            yield client

    async def send(self, client: httpx2.AsyncClient, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a message; whatever goes wrong on the way stands in the answer."""
        started = perf_counter()
        status, problem = None, None
        try:
            async with asyncio.timeout(self._seconds):
                status = await self._post(client, httpx2.URL(url), headers, body)
        except TimeoutError:
            problem = "timeout"
        except Unreachable as unreachable:
            problem = str(unreachable)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            # Not its words: they may repeat what the receiver says.
            problem = type(error).__name__
        return Answer(status, problem, round((perf_counter() - started) * 1000))

    async def _post(self, client: httpx2.AsyncClient, url: httpx2.URL, headers: Mapping[str, str], body: bytes) -> int:
        address = await self._address(url)
        own = {"content-type": "application/json", "user-agent": f"Kopa/{__version__}", "host": url.netloc.decode()}
        pinned = url.copy_with(host=str(address))
        request = client.build_request("POST", pinned, headers={**headers, **own}, content=body)
        request.extensions["sni_hostname"] = url.host
        response = await client.send(request, stream=True)
        try:
            await _drain(response)
        finally:
            await response.aclose()
        return response.status_code

    async def _address(self, url: httpx2.URL) -> Address:
        """Where a name leads; every address of it has to be one to which a message may go."""
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Unreachable("the name leads nowhere") from None
        addresses = [_plain(ip_address(str(where[0]).partition("%")[0])) for *_, where in found]
        if not addresses or not all(self._may_reach(address, url.scheme) for address in addresses):
            raise Unreachable("not a public address by https")
        return addresses[0]

    def _may_reach(self, address: Address, scheme: str) -> bool:
        if any(address in network for network in self._allowed):
            return True
        hidden = any(address in network for network in TRANSLATED)
        return scheme == "https" and address.is_global and not address.is_multicast and not hidden


def _plain(address: Address) -> Address:
    return getattr(address, "ipv4_mapped", None) or address


async def _drain(response: httpx2.Response) -> None:
    read = 0
    async for some in response.aiter_raw():
        read += len(some)
        if read > MOST_READ:
            return
